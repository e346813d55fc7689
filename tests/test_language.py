"""The German catalogue is complete and fresh, and numbers, shares, money and dates are written as readers expect."""

from __future__ import annotations

import ast
import math
import re
import shlex
import string
import tomllib
from pathlib import Path

import numpy as np
import pytest
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from dashboards.components.words import sector_letters
from dashboards.language import DEFAULT_LANGUAGE, Translator, translator
from ecosystem.model import Label, Sector

ROOT = Path(__file__).parents[1]
GERMAN = ROOT / "dashboards" / "locale" / "de.po"
NARROW = "\u202f"


def ids(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def texts(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def messages():
    with GERMAN.open("rb") as file:
        catalogue = read_po(file, locale="de", abort_invalid=True)
    assert not catalogue.obsolete
    return [message for message in catalogue if message.id]


def placeholders(text):
    return tuple(sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None))


def extracted(tmp_path):
    """What ``poe words`` finds in the source just now."""
    tasks = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["poe"]["tasks"]
    command = shlex.split(tasks["words"]["sequence"][0]["cmd"])
    command[command.index("-o") + 1] = str(tmp_path / "words.pot")
    CommandLineInterface().run(command)
    with (tmp_path / "words.pot").open("rb") as file:
        return [message for message in read_po(file) if message.id]


def calls():
    """The arguments of every ``tr(…)`` and ``tr.plural(…)`` that are messages, with their place."""
    for path in sorted((ROOT / "dashboards").rglob("*.py")):
        if "node_modules" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"tr", "tr.plural"}:
                wanted = 1 if isinstance(node.func, ast.Name) else 2
                yield f"{path.name}:{node.lineno}", node.args[:wanted]


def test_catalogue_matches_a_fresh_extraction(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    fresh = {ids(message) for message in extracted(tmp_path)}
    kept = {ids(message) for message in messages()}
    assert fresh
    assert fresh - kept == set(), "new in the app: poe words, then translate"
    assert kept - fresh == set(), "no longer in the app: poe words"


def test_every_message_is_a_literal_of_the_catalogue():
    # an f-string hides the call inside it from the extraction, a variable its text
    known = {ids(message) for message in messages()}
    for place, arguments in calls():
        assert all(isinstance(one, ast.Constant) for one in arguments), place
        assert tuple(one.value for one in arguments) in known, place


def faults(fault):
    """Entries and forms of which ``fault(original, text)`` holds."""
    return [
        (ids(message)[0], text) for message in messages() for text in texts(message) if fault(ids(message)[0], text)
    ]


def test_every_entry_is_translated_in_all_its_forms():
    assert [
        ids(one) for one in messages() if one.fuzzy or len(texts(one)) != len(ids(one)) or not all(texts(one))
    ] == []


def test_placeholders_are_the_same_in_every_form():
    assert [ids(one) for one in messages() if len({placeholders(text) for text in ids(one) + texts(one)}) != 1] == []


def test_spaces_at_the_ends_are_kept():
    assert faults(lambda one, text: (one[:1] == " ", one[-1:] == " ") != (text[:1] == " ", text[-1:] == " ")) == []


def test_german_typography_and_tone():
    assert faults(lambda _, text: set(text) & set("!\"”'") or "..." in text) == []
    assert faults(lambda _, text: text.count("„") != text.count("“")) == []
    assert faults(lambda _, text: re.search(r"\d (%|€)", text)) == [], "a narrow no-break space belongs there"


def test_words_the_glossary_avoids():
    avoided = ("kante", "knoten", "gemeinde", "warnung", "verstoß", "alarm")
    assert faults(lambda _, text: any(word in text.casefold() for word in avoided)) == []


def test_pages_and_sectors_are_called_as_specified():
    tr = translator("de")
    pages = [tr(name) for name in ("Overview", "Network", "Polycentric view", "Data and sources")]
    assert pages == ["Überblick", "Netz", "Polyzentrik", "Daten & Herkunft"]
    sectors = [tr(name) for name in ("Business", "Research", "Politics", "Administration", "Civil society")]
    assert sectors == ["Wirtschaft", "Forschung/Wissenschaft", "Politik", "Verwaltung", "Zivilgesellschaft"]


@pytest.mark.parametrize(("language", "letters"), [("de", "WFPVZ"), ("en", "BRPAC")])
def test_one_letter_per_sector(language, letters):
    assert "".join(sector_letters(translator(language))) == letters
    assert len(set(letters)) == len(Sector)


@pytest.mark.parametrize(
    ("n", "german", "english"),
    [
        (0, "0 Akteure", "0 actors"),
        (1, "1 Akteur", "1 actor"),
        (2, "2 Akteure", "2 actors"),
        (1234, "1.234 Akteure", "1,234 actors"),
    ],
)
def test_plurals(n, german, english):
    assert translator("de").plural("{n} actor", "{n} actors", n) == german
    assert translator("en").plural("{n} actor", "{n} actors", n) == english


def test_placeholders_are_filled_and_braces_without_values_stay():
    assert translator("de")("since {year}", year=2019) == "seit 2019"
    assert translator("en")("since {year}") == "since {year}"


@pytest.mark.parametrize(
    ("value", "digits", "german", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (1234567.891, 3, "1.234.567,891", "1,234,567.891"),
        (5, 2, "5,00", "5.00"),
        (np.int64(15000), 0, "15.000", "15,000"),
        (np.float32(0.1), 1, "0,1", "0.1"),
        (-2.25, 1, "-2,2", "-2.2"),
        (-0.3, 0, "0", "0"),
        (math.nan, 0, "–", "–"),
        (math.inf, 2, "–", "–"),
        (-math.inf, 2, "–", "–"),
    ],
)
def test_numbers(value, digits, german, english):
    assert (translator("de").number(value, digits), translator("en").number(value, digits)) == (german, english)


@pytest.mark.parametrize(
    ("value", "digits", "german", "english"),
    [
        (0.125, 1, f"12,5{NARROW}%", "12.5%"),
        (0.5, 0, f"50{NARROW}%", "50%"),
        (12.5, 0, f"1.250{NARROW}%", "1,250%"),
        (0, 0, f"0{NARROW}%", "0%"),
        (math.nan, 0, "–", "–"),
        (math.inf, 0, "–", "–"),
    ],
)
def test_shares(value, digits, german, english):
    assert (translator("de").share(value, digits), translator("en").share(value, digits)) == (german, english)


@pytest.mark.parametrize(
    ("euro", "german", "english"),
    [
        (0, "0_€", "€0"),
        (1234.4, "1.234_€", "€1,234"),
        (999_960, "999.960_€", "€999,960"),
        (1_000_000, "1_Mio._€", "€1 million"),
        (1_240_000, "1,2_Mio._€", "€1.2 million"),
        (2_500_000_000, "2,5_Mrd._€", "€2.5 billion"),
        (-3_100_000, "-3,1_Mio._€", "-€3.1 million"),
        (-0.2, "0_€", "€0"),
        (math.nan, "–", "–"),
    ],
)
def test_money(euro, german, english):
    assert (translator("de").money(euro), translator("en").money(euro)) == (german.replace("_", NARROW), english)


@pytest.mark.parametrize(
    ("iso", "german", "english"),
    [
        ("2026-09-30", "30.09.2026", "30 Sep 2026"),
        ("2026-06-01", "01.06.2026", "1 Jun 2026"),
        ("2026-09", "09/2026", "Sep 2026"),
        ("2026", "2026", "2026"),
        ("", "–", "–"),
    ],
)
def test_dates_are_as_precise_as_they_are(iso, german, english):
    assert (translator("de").date(iso), translator("en").date(iso)) == (german, english)


@pytest.mark.parametrize(
    ("names", "german", "english"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a und b", "a and b"),
        (["a", "b", "c"], "a, b und c", "a, b and c"),
    ],
)
def test_joined_names(names, german, english):
    assert (translator("de").joined(iter(names)), translator("en").joined(iter(names))) == (german, english)


def test_labels_and_separators():
    label = Label("Feld", "field")
    assert (translator("de").label(label), translator("en").label(label)) == ("Feld", "field")
    assert (translator("de").separators, translator("en").separators) == (",.", ".,")


@pytest.mark.parametrize("language", ["fr", "", "DE", "../de"])
def test_an_unknown_language_falls_back_to_german(language):
    tr = Translator(language)
    assert tr.language == DEFAULT_LANGUAGE == "de"
    assert tr("Network") == "Netz"
    assert tr.number(1234.5, 1) == "1.234,5"


def test_a_sentence_without_translation_is_shown_as_it_is():
    assert translator("de")("Nobody has written this sentence") == "Nobody has written this sentence"
