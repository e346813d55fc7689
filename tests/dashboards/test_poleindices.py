"""The panel of polycentricity is the measure's, with a word for every index and a reason for everything undefined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboards.components.indexwords import index_meanings, index_names, panel_reason
from dashboards.components.poleindices import curve_finding, curve_sheet, panel_sheet, panels, shown
from dashboards.language import translator
from dashboards.state import INDICES, Selection
from dashboards.views.poleindices import FUNCTIONAL, MORPHOLOGICAL, SAME, SIZES, TIES, asked_field, curves, panel
from ecosystem.findings.polycentricity import COMMUTERS, VALIDATED

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas


def asked(query: str = "") -> Selection:
    return Selection.from_query(query)


def test_sizes_by_hand(toy: Atlas) -> None:
    view = panel(toy, asked())
    # 5, 4 and 3 actors; 60, 40 and 20 thousand people
    assert view.values["effective_centres", "actors"].value == pytest.approx(144 / (25 + 16 + 9))
    assert view.values["primacy_share", "actors"].value == pytest.approx(5 / 12)
    assert view.values["primacy_ratio", "population"].value == pytest.approx(1.5)
    assert (view.level, view.field, view.places) == ("district", None, 3)


def test_ties_by_hand(toy: Atlas) -> None:
    view = panel(toy, asked())
    # recorded ties between two cities: Ahausen–Cedorf and Bestadt–Cedorf, so two of three pairs and a star
    assert view.values["delta", "direct"].value == pytest.approx(2 / 3)
    assert view.values["freeman", "direct"].value == pytest.approx(1)
    assert view.values["intercity_share", "direct"].value == pytest.approx(2 / 8)
    strengths = np.array([1, 1, 2])
    assert view.values["p", "direct"].value == pytest.approx(1 - 2 * strengths.std() / strengths.max())
    dominant = view.values["dominance", "direct"]
    assert (dominant.value, dominant.note) == (pytest.approx(2 / 1), "Cedorf")


@pytest.mark.parametrize("query", ["un=unit", "un=municipality", "un=unit&f=green"])
def test_every_value_of_the_measure_is_on_the_panel(ruhr: Atlas, query: str) -> None:
    selection = asked(query)
    view = panel(ruhr, selection)
    finding = ruhr.polycentricity(level=view.level, field=view.field)
    for row in finding.frame("panel").itertuples(index=False):
        index, basis, value, reason = row[2], row[1], row[3], row[4]
        one = view.values[SAME.get(index, index), basis]
        assert one.value == pytest.approx(value, nan_ok=True)
        assert one.reason == reason
    assert view.values["p_gf", "both"].value == pytest.approx(
        finding.frame("general").set_index("layer").loc["both", "p_gf"]
    )


def test_one_field_of_the_filter_is_measured_several_are_not(ruhr: Atlas) -> None:
    assert asked_field(ruhr, asked("f=green")) == "green"
    assert asked_field(ruhr, asked("f=green,-")) == "green"
    for query in ("", "f=", "f=green,health", "f=-", "f=gone"):
        assert asked_field(ruhr, asked(query)) is None
    whole, green = panel(ruhr, asked()), panel(ruhr, asked("f=green"))
    assert whole.values["flow", "direct"].value > green.values["flow", "direct"].value


def test_the_bases_are_those_of_the_measure(ruhr: Atlas) -> None:
    assert {basis for _, basis in panel(ruhr, asked()).values} == {*SIZES, *TIES}
    assert {VALIDATED, COMMUTERS} < set(TIES)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_index_has_words_and_every_gap_a_reason(
    ruhr: Atlas, toy: Atlas, bare: Atlas, words: object, language: str
) -> None:
    tr = translator(language)
    assert set(index_names(tr)) == set(index_meanings(tr)) == {*MORPHOLOGICAL, *FUNCTIONAL}
    assert set(INDICES) <= set(index_names(tr))
    for atlas in (ruhr, toy, bare):
        for query in ("", "f=", "s=politics", "t=", "un=municipality"):
            view = panel(atlas, asked(query))
            for (name, basis), one in view.values.items():
                if name in index_names(tr) and np.isnan(one.value):
                    assert len(panel_reason(one.reason, tr)) > 4, (name, basis)
            told = words(panels(view, tr))  # type: ignore[operator]
            assert "nan" not in told.lower().split()


def test_curves_are_the_measure_s_and_end_at_the_panel(ruhr: Atlas) -> None:
    for index in INDICES:
        selection = asked(f"ix={index}")
        view = panel(ruhr, selection)
        found = curves(ruhr, selection)
        assert found, index
        for one in found:
            assert list(one.centres) == list(range(2, 16))
            assert one.values[-1] == pytest.approx(view.values[index, one.basis].value, nan_ok=True), index


def test_a_curve_says_how_far_it_depends_on_the_number_of_centres(ruhr: Atlas, bare: Atlas) -> None:
    tr = translator("en")
    found = curves(ruhr, asked())
    both = next(one for one in found if one.basis == "both")
    low, high = both.span
    kept = both.values[both.centres >= 4]
    assert (low, high) == (kept.min(), kept.max())
    assert f"from {shown('p', low, tr)} to {shown('p', high, tr)}" in curve_finding(found, "p", tr)
    assert curve_finding(curves(bare, asked()), "p", tr) == "undefined for these centres"


def test_sheets_have_a_row_per_index_and_basis(ruhr: Atlas) -> None:
    rows = panel_sheet(ruhr, asked(), translator("de")).rows
    assert len({row["id"] for row in rows}) == len(rows) > 60
    lines = curve_sheet(ruhr, asked("ix=gini"), translator("de")).rows
    assert {row["index"] for row in lines} == {"Gini"}
    assert len(lines) == 14
