"""Other tables: Förderkatalog, GEPRIS, Wikidata, OpenAlex, a list of one's own; mappings proposed, corrected, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import source_samples
from sources.conftest import complete

from ecosystem import sources
from ecosystem.errors import SourceError
from ecosystem.sources import mapping
from ecosystem.sources.mapping import Mapping, propose

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ecosystem.sources.record import Reading


def test_foerderkatalog_partners_of_one_consortium(sample: Callable[[str], Reading]) -> None:
    found = sample("foerderkatalog")
    assert (found.rows_taken, len(found.actors), len(found.projects), len(found.participations)) == (3, 3, 2, 3)
    joint, single = found.projects
    assert joint.title == "Grüner Ofen"
    # two partners of the same amount: their sum, not the one amount
    assert joint.funding_eur == pytest.approx(246913.56)
    assert (joint.start, joint.end) == ("2020-01-01", "2023-06-30")
    assert joint.topics[1:] == (("funding_reference", "01IS00001A"), ("funding_reference", "01IS00001B"))
    assert (single.raw_id, single.funding_eur) == ("03XP00002", 1000.0)
    # the unit that does the work, not the one that signs; ="05113000" is text
    assert (found.actors[0].name, found.actors[0].place_code) == ("Muster Stahl GmbH", "05113000")
    assert found.provenance.title == "Förderkatalog des Bundes"


def test_gepris(sample: Callable[[str], Reading]) -> None:
    found = sample("gepris")
    assert (found.projects[0].raw_id, found.projects[0].start, found.projects[0].end) == ("123456", "2019", "2023")
    assert found.projects[0].topics == (("label", "Bauingenieurwesen"),)


def test_wikidata(sample: Callable[[str], Reading]) -> None:
    found = sample("wikidata")
    assert (found.actors[0].lat, found.actors[0].lon) == (51.4508, 7.0131)
    assert found.actors[0].raw_id == "http://www.wikidata.org/entity/Q900001"
    assert (found.actors[1].url, found.blanked[0].value) == ("", "kein Netz")


def test_openalex(sample: Callable[[str], Reading]) -> None:
    (actor,) = sample("openalex").actors
    assert actor.other_names == ("Beispiel-Universität", "Uni Beispiel", "EU")
    assert actor.kinds == (("ror", "education"),)
    assert actor.ids == (("ror", "https://ror.org/012345601"), ("openalex", "https://openalex.org/I900001"))
    assert (actor.lat, actor.lon) == (51.45, 7.01)


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Interven-\ntionstyp", "intervention"),
        ("Name des Begünstigten (Nennung ausschließlich von juristischen Personen)", "name"),
        ("Datum des Endes des Vorhabens\n(voraussichtliches Datum des Abschlusses der Arbeiten)", "end"),
        ("Union co-financing rate,\nas per priority axis", "cofinancing_rate"),
        ("Code postal de l'opération", "postcode"),
        ("Całkowita wartość projektu", "total_eur"),
        ("Spezif.\nZiel", "objective"),
        ("BEGUENSTIGTER", "name"),
        ("Begünstigtre", "name"),
        ("Farbe", ""),
    ],
)
def test_headers_as_they_are_published(header: str, target: str) -> None:
    assert (mapping.recognised(header) or ("",))[0] == target


def test_every_known_header_is_recognised_as_itself_once() -> None:
    from ecosystem.regions import shipped_data

    lines = (shipped_data() / mapping.HEADERS_FILE).read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) > 600
    targets = {line.split(",")[0] for line in lines}
    assert targets == set(mapping.targets()) - {"kind_scheme"}
    assert all(mapping.recognised(known) for known in ("Begünstigter", "Nazwa beneficjenta", "Porteur de projet"))


def test_each_header_and_each_target_is_used_once() -> None:
    found = propose(["Name", "Begünstigter", "Ort", "Ort", "PLZ"])
    # the more telling header comes first in the list of known ones
    assert found.header("name") == "Begünstigter"
    assert found.unmapped == ("Name", "Ort (2)")
    assert dict(found.how) == {"name": "exact", "municipality": "exact", "postcode": "exact"}


def test_an_id_belongs_to_what_the_table_is_of() -> None:
    assert propose(["ID", "Name", "Ort"]).header("actor_id") == "ID"
    assert propose(["ID", "Name", "Projekttitel"]).header("project_id") == "ID"


def test_the_place_of_the_beneficiary_comes_before_that_of_the_operation() -> None:
    found = propose(["Begünstigter", "PLZ des Vorhabens", "PLZ des Begünstigten", "Ort des Vorhabens", "Sitz"])
    assert (found.header("postcode"), found.unmapped[0]) == ("PLZ des Begünstigten", "PLZ des Vorhabens")


def test_a_mapping_is_corrected_kept_and_read_again(tmp_path: Path) -> None:
    found = propose(["Wer", "Begünstigte", "Ort"]).corrected("name", "Wer").corrected("district", "Ort")
    assert (found.header("name"), found.header("district"), found.header("municipality")) == ("Wer", "Ort", "")
    assert found.unmapped == ("Begünstigte",)
    found.save(tmp_path / "own.yaml")
    again = Mapping.load(tmp_path / "own.yaml")
    assert (set(again.columns), again.unmapped) == (set(found.columns), found.unmapped)
    assert Mapping.parse(again.text()) == again


def test_a_mapping_reads_what_no_header_tells(given: Callable[[str, str | bytes], Path]) -> None:
    path = given("own.csv", "Liste\n\nWer;Was;Geld\nVerein;Plan;1.234\n")
    held = Mapping(
        columns=(("name", "Wer"), ("title", "Was"), ("total_eur", "Geld")), decimal=",",
        constants=(("country", "DE"), ("programme", "Eigenes")),
    )  # fmt: skip
    found = complete(sources.read("operations", [path], mapping=held))
    assert (found.actors[0].country, found.projects[0].programme) == ("DE", "Eigenes")
    assert found.projects[0].total_eur == 1234.0
    point = sources.read("operations", [path], mapping=Mapping(held.columns, decimal="."))
    assert point.projects[0].total_eur == 1.234


def test_layouts_show_what_would_be_read(given: Callable[[str, str | bytes], Path]) -> None:
    path = given("own.csv", "Titel darüber;;\nBegünstigte;Vorhaben;Farbe\nVerein;Plan;rot\n")
    (held,) = sources.layouts("operations", path)
    assert (held.header_row, held.first_row, held.headers) == (2, 3, ("Begünstigte", "Vorhaben", "Farbe"))
    assert held.mapping.unmapped == ("Farbe",)
    assert held.sample == (("Verein", "Plan", "rot"),)
    with pytest.raises(SourceError, match="this reader has no mapping"):
        sources.layouts("ror", path)


def test_a_mapping_that_does_not_fit_says_what_is_there(given: Callable[[str, str | bytes], Path]) -> None:
    path = given("own.csv", "Wer;Was\nVerein;Plan\n")
    with pytest.raises(SourceError, match=r"own\.csv: the mapping names the header “Wann”.*“Wer”, “Was”"):
        sources.read("table", [path], mapping=Mapping((("name", "Wer"), ("start", "Wann"))))
    with pytest.raises(SourceError, match="no row has the headers the mapping names"):
        sources.read("table", [path], mapping=Mapping((("name", "Wozu"),)))
    with pytest.raises(SourceError, match="no row has the headers"):
        sources.read("table", [path], mapping=Mapping((("name", "Wer"),), header_row=9))


def test_a_mapping_passes_over_sheets_it_is_not_for(tmp_path: Path) -> None:
    sheets = {"Hinweise": [["Wer", "fragt"], ["a", "b"]], "Liste": [["Wer", "Was"], ["Verein", "Plan"]]}
    path = source_samples.ods(tmp_path / "l.ods", sheets)
    held = Mapping((("name", "Wer"), ("title", "Was")))
    found = complete(sources.read("operations", [path], mapping=held))
    assert (found.rows_taken, found.actors[0].origin.part) == (1, "Liste")
    assert found.notes == ("l.ods: passed over, as no header was found there: “Hinweise”.",)
    named = sources.read("table", [path], mapping=Mapping((("name", "Wer"),), sheet="Hinweise"))
    assert named.actors[0].name == "a"
    with pytest.raises(SourceError, match="sheet “Blatt”: no row has the headers"):
        sources.read("table", [path], mapping=Mapping((("name", "Wer"),), sheet="Blatt"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("columns: {name: Wer", "this is no YAML"),
        ("- a\n- b\n", "expected entries"),
        ("columns: {nmae: Wer}", "no such target"),
        ("columns: [Wer]", "expected one “target: header” a line"),
        ("columns: {name: 1}", "expected one “target: header” a line"),
        ("column: {name: Wer}", "a mapping has no such entry"),
        ("sheet: A", "the mapping names no column"),
        ("columns: {name: Wer}\nheader_row: 0", "found 0"),
        ("columns: {name: Wer}\ndecimal: x", "found 'x'"),
        ("columns: {name: Wer}\nsheet: [1]", "name and sheet are texts"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\ncolumns: {name: Wer}", "references"),
    ],
)
def test_a_broken_mapping_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=problem) as told:
        Mapping.load(path)
    assert told.value.file == "m.yaml"
    assert told.value.cure


def test_shipped_mappings_can_be_read() -> None:
    assert set(mapping.presets()) == {"foerderkatalog", "gepris", "openalex_institutions", "wikidata"}
    assert all(one.header("name") for one in mapping.presets().values())
