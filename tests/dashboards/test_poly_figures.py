"""Figures of the polycentric page: plotly takes them, names stand on no other, widths and patterns mean something."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboards.figures.curves import curves as curve_figure
from dashboards.figures.fieldmaps import field_maps as small_maps
from dashboards.figures.flows import WIDTHS, limits, step
from dashboards.figures.labels import LETTER, LINE, em_km, placed
from dashboards.figures.matrix import field_matrix as matrix_figure
from dashboards.figures.region import polycentric_map
from dashboards.language import translator
from dashboards.palette import theme
from dashboards.state import INDICES, PROJECTOR, THEMES, Selection
from dashboards.views.commuting import commuting
from dashboards.views.fieldflows import field_maps
from dashboards.views.poleindices import curves
from dashboards.views.polycentric import field_matrix, region_map
from dashboards.views.units import across, outlines, units
from ecosystem.measures.specialisation import Support

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

Figure = dict[str, Any]


def small(atlas: Atlas, query: str = "", columns: int = 3) -> Figure:
    selection = Selection.from_query(query)
    view = field_maps(atlas, selection)
    return small_maps(
        view,
        outlines(atlas, view.units.kind),
        [one.field_id for one in view.fields],
        theme(selection.theme),
        translator(selection.language),
        font_px=16,
        least=selection.least,
        columns=columns,
    )


def lines(atlas: Atlas, query: str = "") -> Figure:
    selection = Selection.from_query(query)
    found = curves(atlas, selection)
    names = {one.basis: one.basis for one in found}
    return curve_figure(found, names, theme(selection.theme), translator("de"), title="", font_px=16)


@pytest.mark.parametrize("query", ["", "f=", "f=care", "t=", "s=politics", "r=nowhere", "un=municipality", "min=3"])
def test_plotly_takes_small_maps_and_curves(ruhr: Atlas, toy: Atlas, bare: Atlas, query: str) -> None:
    for atlas in (ruhr, toy, bare):
        for figure in (small(atlas, query), lines(atlas, query)):
            built = go.Figure(figure)
            assert {trace.type for trace in built.data} <= {"scatter"}


def test_a_small_map_per_field_with_one_legend(ruhr: Atlas) -> None:
    figure = small(ruhr)
    assert len({trace["xaxis"] for trace in figure["data"] if "xaxis" in trace}) == 6
    domains = [figure["layout"][f"xaxis{number or ''}"]["domain"] for number in ("", 2, 3, 4, 5, 6)]
    assert domains[0] == domains[3]
    assert domains[0][1] < domains[1][0]
    told = [trace["name"] for trace in figure["data"] if trace["showlegend"]]
    assert len(told) == len(set(told)) == 5


def test_weak_flows_are_left_out_and_said(ruhr: Atlas) -> None:
    everything, strong = small(ruhr), small(ruhr, "min=5")
    count = [
        sum(np.isnan(trace["x"]).sum() + 1 for trace in one["data"] if trace["name"] == "flow")
        for one in (everything, strong)
    ]
    assert count[1] < count[0]
    tr = translator("de")
    view = field_maps(ruhr, Selection())
    for one, note in zip(view.fields, strong["layout"]["annotations"], strict=True):
        drawn = sum(flow.pairs for flow in one.flows if flow.pairs >= 5)
        assert tr("{n} of them drawn", n=tr.number(drawn)) in note["text"]


@pytest.mark.parametrize("top", [0, 1, 2, 3, 7, 16, 77, 500])
def test_stronger_flows_are_never_thinner(top: int) -> None:
    edges = limits(top)
    widths = [step(value, edges) for value in range(1, max(top, 1) + 1)]
    assert widths == sorted(widths)
    assert widths[-1] == len(WIDTHS) - 1
    assert edges[0] == 1


@pytest.mark.parametrize("index", INDICES)
@pytest.mark.parametrize("look", THEMES)
def test_every_line_of_a_curve_is_named_at_its_end(ruhr: Atlas, index: str, look: str) -> None:
    figure = lines(ruhr, f"ix={index}&theme={look}")
    names = sorted(note["text"] for note in figure["layout"]["annotations"])
    assert names == sorted(f"<b>{trace['name']}</b>" for trace in figure["data"])
    at = sorted(note["y"] for note in figure["layout"]["annotations"])
    low, high = figure["layout"]["yaxis"]["range"]
    assert all(b - a > (high - low) / 40 for a, b in pairwise(at))
    # colour alone tells nothing
    looks = [(trace["line"]["dash"], trace["marker"]["symbol"]) for trace in figure["data"]]
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("projector", PROJECTOR)
def test_no_name_of_a_map_covers_another(ruhr: Atlas, projector: str) -> None:
    selection = Selection.from_query(f"bm={projector}")
    found = units(ruhr, "unit")
    em = 0.85 * em_km(selection, across(found, outlines(ruhr, "unit")))
    view = region_map(ruhr, selection)
    labels = [f"<b>{name}</b> {size}" for name, size in zip(found.names, view.sizes, strict=True)]
    where = placed(labels, found.centres, view.sizes, view.actor_points, em=em)
    halves = [((len(label) - 7) * LETTER * em / 2, LINE * em / 2) for label in labels]
    covered = [
        (labels[a], labels[b])
        for a, b in combinations(range(len(labels)), 2)
        if abs(where[a, 0] - where[b, 0]) < halves[a][0] + halves[b][0]
        and abs(where[a, 1] - where[b, 1]) < halves[a][1] + halves[b][1]
    ]
    assert covered == []


def test_a_name_goes_off_its_actors_but_not_to_another_unit() -> None:
    points = np.column_stack([np.linspace(-1, 1, 40), np.zeros(40)])
    (free,) = placed(["A"], np.zeros((1, 2)), [1], points, em=1.0)
    assert abs(free[1]) > 0.5
    anchors = np.array([[0.0, 0.0], [0.0, 1.5]])
    both = placed(["A", "B"], anchors, [2, 1], points, em=1.0)
    for number, (x, y) in enumerate(both):
        assert np.argmin(np.hypot(*(anchors - (x, y)).T)) == number


def test_no_name_is_cut_off_or_stands_far_off_in_another_unit() -> None:
    nothing, em = np.empty((0, 2)), 1.0
    (alone,) = placed(["A"], np.array([[0.0, 0.2]]), [1], nothing, em=em, between=(0.0, 9.0))
    assert alone[1] >= LINE * em / 2
    # a crowd of wide names: the last finds no room of its own
    anchors = np.array([[0.1 * one, 0.1 * (one % 5)] for one in range(25)])
    where = placed(["Wide name of a city"] * 25, anchors, list(range(25)), nothing, em=em)
    left = np.isnan(where).any(axis=1)
    assert 0 < left.sum() < 25
    assert not left[24]


def test_commuters_are_laid_over_dotted_and_in_the_legend(ruhr: Atlas) -> None:
    selection = Selection()
    view = region_map(ruhr, selection)
    draw = {"font_px": 16, "fields": ["a"] * 6}
    tr, look = translator("de"), theme("light")
    plain = polycentric_map(view, {}, look, tr, **draw)
    beside = polycentric_map(view, {}, look, tr, **draw, commuting=commuting(ruhr, selection))
    streams = [trace for trace in beside["data"] if trace["name"] == "stream"]
    assert len(streams) == 20
    assert {trace["line"]["dash"] for trace in streams} == {"dot"}
    assert not any(trace["name"] == "stream" for trace in plain["data"])
    names = [{trace["name"] for trace in one["data"] if trace.get("showlegend")} for one in (plain, beside)]
    assert names[1] - names[0] == {tr("Commuters {year}", year=2023)}


def test_cells_carried_by_few_are_hatched_and_undefined_ones_crossed(ruhr: Atlas, toy: Atlas) -> None:
    def paths(atlas: Atlas, query: str) -> list[str]:
        selection = Selection.from_query(query)
        view = field_matrix(atlas, selection)
        figure = matrix_figure(
            view,
            list(view.fields),
            theme("light"),
            translator("de"),
            measure=selection.measure,
            font_px=16,
            selected="",
        )
        return [shape["path"] for shape in figure["layout"]["shapes"]]

    few = [cell.state for cell in field_matrix(ruhr, Selection()).cells].count(Support.TOO_FEW_ACTORS)
    (hatched,) = paths(ruhr, "ms=lq")
    assert hatched.count("M") == 6 * few
    assert paths(ruhr, "ms=count") == []
    (crossed,) = paths(toy, "s=politics&ms=share")
    # six cells, four corners each
    assert crossed.count("M") == 24
