import pytest

from ecosystem.errors import RulesError
from ecosystem.matching import forms, names, tables
from ecosystem.matching.text import compact, fold, mended


@pytest.mark.parametrize("written", ["München", "MÜNCHEN", "MUENCHEN", "MUNCHEN", "MuÌˆnchen", "MÃ¼nchen", "M√ºnchen"])
def test_a_town_has_one_form_however_its_umlaut_was_lost(written):
    assert fold(written) == "munchen"


def test_what_was_not_mangled_stays():
    assert mended("Ärzte √2 Å") == "Ärzte √2 Å"
    assert compact("ruhr:HUB") == compact("RuhrHub")


@pytest.mark.parametrize(
    ("name", "rest", "found"),
    [
        ("Muster GmbH & Co. KG", "muster", ["GmbH & Co. KG"]),
        ("Muster GmbH + Co. KGaA", "muster", ["KGaA"]),
        ("Muster gGmbH", "muster", ["gGmbH"]),
        ("Muster Gesellschaft mit beschränkter Haftung", "muster", ["GmbH"]),
        ("Muster e. V.", "muster", ["e.V."]),
        ("AG Muster", "ag muster", []),
        ("Przykład sp. z o.o.", "przyklad", ["sp. z o.o."]),
        ("Exemple S.A.S.", "exemple", ["SAS"]),
        ("Example Ltd", "example", ["Ltd"]),
        ("GmbH", "gmbh", []),
    ],
)
def test_legal_forms_are_cut_out(name, rest, found):
    assert forms.cut(name).rest == rest
    assert [form.name for form in forms.cut(name).forms] == found


def test_words_of_other_languages_and_abbreviations():
    assert names.parse("TU Musterstadt").words == names.parse("Technische Universität Musterstadt").words
    assert names.parse("IHK zu Musterstadt").words == names.parse("Industrie- und Handelskammer Musterstadt").words
    assert names.parse("Institute of Examples").words == ("institut", "examples")


def test_a_foreign_short_form_at_the_end_is_not_the_names_own():
    assert names.parse("Verein für gute Proben VGP e.V.").acronyms == {"vgp"}
    assert names.parse("Versammlung der Probe RVR").acronyms == frozenset()


def test_tables_of_rules_may_have_semicolons_and_a_byte_order_mark(tmp_path):
    path = tmp_path / "rules.csv"
    path.write_bytes("﻿word;note\na;b\n\n".encode())
    assert [(line.row, line["word"], line["note"]) for line in tables.lines(path, ("word", "note"))] == [(2, "a", "b")]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b""])
def test_a_table_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "rules.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RulesError, match=r"rules\.csv"):
        tables.lines(path, ("word",))


def test_a_wrong_pattern_is_named(tmp_path):
    path = tmp_path / "rules.csv"
    path.write_text("pattern\n(a\n", encoding="utf-8")
    (line,) = tables.lines(path, ("pattern",))
    with pytest.raises(RulesError, match=r"row 2, column pattern: found '\(a'"):
        line.pattern("pattern")
