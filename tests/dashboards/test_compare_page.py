"""Regions side by side: what is chosen, what is told while they come, the figure, the table and the files."""

from __future__ import annotations

import math
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dashboards.components import regionsides as parts
from dashboards.components.regionwords import group_names, meanings, measure_names, step_words, warning
from dashboards.figures.regionsides import multiples
from dashboards.language import translator
from dashboards.pages import compare as page
from dashboards.palette import theme
from dashboards.regions import Entry, Mounted, Regions
from dashboards.state import Selection
from dashboards.views.regionsides import FIRST, MOST, OWN, chosen, sides
from ecosystem.compare import Difference, Options, compare
from ecosystem.compare.differences import KINDS
from ecosystem.model import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecosystem.atlas import Atlas

LONG = 120.0
BOTH = Selection(regions=(OWN, "ruhr"))


def none(*_: object) -> None:
    """No app is made here."""


@pytest.fixture
def here(toy: Atlas, ruhr: Atlas, tmp_path: Path) -> Mounted:
    """A server started with the toy region that has the Ruhr, too."""
    for name in ("ruhr", "broken"):
        (tmp_path / name).mkdir()
        told = (Path(__file__).parents[2] / "data" / "ruhr" / "region.toml").read_bytes()
        (tmp_path / name / "region.toml").write_bytes(told if name == "ruhr" else b"id = 3\n")
    found = {"ruhr": tmp_path / "ruhr", "broken": tmp_path / "broken"}
    regions: Regions[None] = Regions(toy, none, find=lambda: found, load=lambda *_, **__: ruhr)
    return Mounted(regions, "")


def entry(key: str, fault: str = "") -> Entry:
    return Entry(key, Label(key, key), None, fault)


def test_without_a_choice_it_is_the_one_on_screen_and_the_first_others() -> None:
    entries = (entry(""), *(entry(name) for name in "abcdef"), entry("x", "broken"))
    assert [one.key for one in chosen(entries, Selection(), "d")] == ["d", "", "a", "b"]
    assert len(chosen(entries, Selection(), "")) == FIRST
    told = Selection(regions=("b", OWN, "b", "nowhere", "x"))
    assert [one.key for one in chosen(entries, told, "")] == ["b", "", "x"]
    assert len(chosen(entries, Selection(regions=(OWN, *"abcdef")), "")) == MOST
    assert chosen(entries, Selection(regions=()), "") == ()


def test_both_are_measured_at_the_level_that_was_chosen(here: Mounted, toy: Atlas, ruhr: Atlas) -> None:
    for unit, level in (("unit", "district"), ("municipality", "municipality")):
        view = sides(here, toy, replace(BOTH, unit=unit), LONG)
        expected = compare([toy, ruhr], Options(level=level))  # type: ignore[arg-type]
        assert view.comparison is not None
        keys = [[one.key for one in found.portraits[1].numbers] for found in (view.comparison, expected)]
        assert keys[0] == keys[1]
        for found, wanted in zip(view.comparison.portraits, expected.portraits, strict=True):
            values = [one.value for one in wanted.numbers]
            assert [one.value for one in found.numbers] == pytest.approx(values, nan_ok=True)
        assert view.waiting == view.faulty == ()


def test_what_is_not_there_yet_is_told(toy: Atlas, ruhr: Atlas, here: Mounted) -> None:
    held = threading.Event()

    def load(*_: object, **__: object) -> Atlas:
        assert held.wait(LONG)
        return ruhr

    assert here.regions is not None
    here.regions._load = load
    try:
        view = sides(here, toy, BOTH)
        assert {one.entry.key for one in view.waiting} >= {"ruhr"}
        for language in ("de", "en"):
            tr = translator(language)
            told = str(parts.waiting(view, step_words(tr), tr))
            assert ("Metropole Ruhr wird geladen" if language == "de" else "Ruhr metropolis is being loaded") in told
            assert len(parts.finding(view, tr)) > 20
    finally:
        held.set()
    assert sides(here, toy, BOTH, LONG).comparison is not None


def test_a_region_with_faults_is_named_and_the_others_compared(here: Mounted, toy: Atlas) -> None:
    view = sides(here, toy, Selection(regions=(OWN, "ruhr", "broken")), LONG)
    # the loader of this test reads anything; the description is what is wrong
    assert view.entries[1].key == "ruhr" or view.entries[1].key == "broken"
    assert any(one.fault for one in view.entries)
    assert [one.key for one in chosen(view.entries, Selection(), "")] == ["", "ruhr"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_number_has_a_name_and_every_cell_a_number_or_a_reason(
    here: Mounted, toy: Atlas, language: str, words: Callable[[Any], str]
) -> None:
    tr = translator(language)
    view = sides(here, toy, replace(BOTH, language=language), LONG)
    assert view.comparison is not None
    names = measure_names(tr)
    keys = [(row[0].group, row[0].key) for row in view.comparison.rows()]
    assert set(names) == set(keys)
    assert set(meanings(tr)) <= set(keys)
    assert set(group_names(tr)) == {group for group, _ in keys}
    told = words(parts.table(view, tr))
    assert all(name in told for name in names.values())
    rows = parts.sheet(view, tr)
    for row in rows.rows:
        for key in view.comparison.keys:
            assert math.isfinite(row[key]) == (not row[f"{key}|why"]), row
    assert len(rows.rows) == len(keys)
    # versions and differences go along with the file
    assert any(toy.version in note for note in rows.notes)
    assert len(rows.notes) == 2 + len(view.comparison.differences)
    shown = parts.screen_sheet(view, tr)
    zipf = next(row for row in shown.rows if row["id"] == "morphology.zipf")
    assert zipf["toy"].startswith("– (")
    ruhr = view.comparison.portraits[1].number("morphology", "zipf")
    assert zipf["ruhr"].startswith(tr.number(ruhr.value, 3))


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_difference_is_a_sentence(toy: Atlas, ruhr: Atlas, language: str) -> None:
    found = compare([toy, ruhr])
    tr = translator(language)
    texts = {
        "fields": ("care", "health"),
        "missing": ("", "ties, flows"),
        "read": ("2020", ""),
        "years": ("2020–2021", ""),
        "search": ("a", "b"),
    }
    for kind in KINDS:
        values: tuple[Any, ...] = texts.get(kind, (0.25, float("nan")))
        told = warning(
            Difference(kind, values, "3" if kind in {"evidence", "seats"} else "register"), found.portraits, tr
        )
        assert all(tr.label(one.name) in told for one in found.portraits)
        assert "{" not in told
        assert "nan" not in told


def test_the_figure_has_a_panel_for_each_measure_and_says_what_is_undefined(here: Mounted, toy: Atlas) -> None:
    view = sides(here, toy, BOTH, LONG)
    figure = page._figure(view, BOTH, translator("de"))
    assert [trace["name"] for trace in figure["data"]] == [key for _, key in page.PANELS]
    told = [one["text"] for one in figure["layout"]["annotations"]]
    assert sum("<b>" in one for one in told) >= 2 * len(page.PANELS)
    krugman = next(trace for trace in figure["data"] if trace["name"] == "krugman_median")
    assert krugman["x"][0] == 0
    assert any(one.startswith("Dreistadt: – (") for one in told)
    modularity = next(trace for trace in figure["data"] if trace["name"] == "modularity")
    assert max(modularity["error_x"]["arrayminus"]) > 0
    domains = [
        (figure["layout"][f"xaxis{n or ''}"]["domain"], figure["layout"][f"yaxis{n or ''}"]["domain"])
        for n in (0, *range(2, 13))
    ]
    assert len({(tuple(x), tuple(y)) for x, y in domains}) == len(page.PANELS)
    assert all(0 <= x[0] < x[1] <= 1 and 0 <= y[0] < y[1] <= 1 for x, y in domains)
    narrow = multiples(
        [view.comparison.rows()[0]],
        ["A", "B"],
        measure_names(translator("en")),
        [["1", "2"]],
        theme("dark"),
        translator("en"),
        font_px=15,
        narrow=True,
    )  # type: ignore[union-attr]
    assert narrow["layout"]["paper_bgcolor"] == theme("dark").ground


def test_one_region_alone_is_told_how_another_comes(toy: Atlas, words: Callable[[Any], str]) -> None:
    tr = translator("en")
    told = words(page.layout(toy, Selection(language="en"), tr))
    assert "ECOSYSTEM_DATA" in told
    assert "ecosystem new-region" in told
    assert parts.measures_sheet(Mounted(None, ""), toy, Selection(), tr).rows == ()
    assert "takes two or more" in parts.finding(sides(Mounted(None, ""), toy, Selection()), tr)
