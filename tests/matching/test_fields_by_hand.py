import pytest

from ecosystem.errors import RulesError
from ecosystem.matching.fields import Keywords, topics
from ecosystem.sources.record import Origin, RawProject

HEAD = "field_id,kind,keyword,language,weight,note\n"
REGION = 'id = "r"\nname_de = "R"\nname_en = "R"\n[[fields]]\nid = "green"\nname_de = "G"\nname_en = "G"\n'


def folder(path, *lines):
    (path / "region.toml").write_text(REGION, encoding="utf-8")
    (path / "keywords.csv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def ids(found):
    return [match.field_id for match in found]


def test_weights_add_up_and_every_word_is_told(tmp_path):
    table = Keywords.load(folder(tmp_path, "green,word,energie*,de,0.5,", "green,word,*klima*,de,0.5,"))
    assert table.fields((), ["Energie für alle"]) == ()
    (found,) = table.fields((), ["Energiewende und Stadtklimaschutz"])
    assert (found.weight, found.reasons) == (1.0, ("“Energiewende” (0.5)", "“Stadtklimaschutz” (0.5)"))


def test_a_word_counts_once_however_often_it_stands(tmp_path):
    table = Keywords.load(folder(tmp_path, "green,word,energie*,de,0.5,"))
    assert table.fields((), ["Energie, Energie, Energie"]) == ()


def test_the_call_counts_where_a_title_opens_with_it():
    table = Keywords.load()
    assert ids(table.fields((), ["Logistik.NRW: Beispiel"])) == ["logistics"]
    assert ids(table.fields((("call", "IKT.NRW"),), ["Beispiel"])) == ["digital"]
    assert table.fields((), ["Beratung zu Medien.NRW und mehr"]) == ()


def test_codes_mean_what_their_period_says():
    table = Keywords.load()
    assert ids(table.fields((("intervention-2014", "019"),), [])) == ["green"]
    assert ids(table.fields((("intervention-2021", "019"),), [])) == ["health"]
    assert table.fields((("intervention", "019"),), []) == ()


@pytest.mark.parametrize(
    ("facts", "scheme"),
    [
        ({"start": "2016-01-01"}, "intervention-2014"),
        ({"start": "2025-01-01"}, "intervention-2021"),
        ({"start": "2022-01-01"}, "intervention"),
        ({"start": "2022-01-01", "programme": "EFRE 2014-2020"}, "intervention-2014"),
        ({"start": "2022-01-01", "programme": "EFRE/JTF 2021–2027"}, "intervention-2021"),
    ],
)
def test_the_period_of_a_code_comes_from_programme_or_start(facts, scheme):
    project = RawProject("1", "T", Origin("a.csv"), topics=(("intervention", "19"),), **facts)
    assert topics(project)[0] == (scheme, "019")


def test_paths_of_euroscivoc():
    table = Keywords.load()
    path = "/medical and health sciences/clinical medicine/oncology"
    assert ids(table.fields((("euroscivoc", path),), ["Beispiel"])) == ["health"]


def test_english_titles():
    assert ids(Keywords.load().fields((), ["Hydrogen storage"])) == ["green"]
    assert ids(Keywords.load().fields((), ["Secure software and cybersecurity"])) == ["digital"]


def test_a_region_without_a_table_gets_no_field(tmp_path):
    (tmp_path / "region.toml").write_text(REGION, encoding="utf-8")
    assert Keywords.load(tmp_path).fields((), ["Wasserstoff"]) == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("blue,word,wasser,de,1,", "column field_id: found 'blue'; expected one of green"),
        ("green,wort,wasser,de,1,", "column kind: found 'wort'"),
        ("green,word,wasser,de,viel,", "column weight: found 'viel'; expected a number from 0.05 to 10"),
        ("green,word,*,de,1,", "column keyword"),
        ("green,word,a,b,c,de,1,", "no more cells than columns"),
    ],
)
def test_a_wrong_line_is_named_with_its_row(tmp_path, line, told):
    with pytest.raises(RulesError) as error:
        Keywords.load(folder(tmp_path, "green,word,energie,de,1,", line))
    assert "keywords.csv, row 3" in str(error.value)
    assert told in str(error.value)


def test_a_table_without_a_column_is_named(tmp_path):
    (tmp_path / "region.toml").write_text(REGION, encoding="utf-8")
    (tmp_path / "keywords.csv").write_text("field_id,keyword\ngreen,energie\n", encoding="utf-8")
    with pytest.raises(RulesError, match="column kind: expected this column"):
        Keywords.load(tmp_path)
