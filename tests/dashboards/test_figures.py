"""Figures hold against plotly's own schema, ask nobody for a map, and show what is undefined as undefined."""

from __future__ import annotations

import base64
import re
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboards.figures.base import config
from dashboards.figures.matrix import field_matrix as matrix_figure
from dashboards.figures.network import DASHED, RADII, SOLID, borders, packed, payload
from dashboards.figures.region import MOST_FLOWS, MOST_NAMES, polycentric_map, unit_map
from dashboards.language import UNDEFINED, Translator
from dashboards.palette import DARK, LIGHT, readable_on, theme
from dashboards.state import LANGUAGES, MEASURES, THEMES, UNITS, Selection
from dashboards.views.network import network
from dashboards.views.overview import overview
from dashboards.views.polycentric import field_matrix, region_map
from dashboards.views.units import outlines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboards.views.polycentric import FieldMatrix
    from ecosystem.atlas import Atlas

Figure = dict[str, Any]
ALLOWED = {"scatter", "heatmap"}
FILTERS = ["", "f=", "f=-", "r=", "s=politics", "cl=c01", "t=", "f=&r=", "s=politics&r=nowhere"]


def overview_figure(atlas: Atlas, selection: Selection) -> Figure:
    view = overview(atlas, selection)
    shapes = outlines(atlas, view.units.kind)
    return unit_map(
        view.units,
        view.sizes,
        shapes,
        theme(selection.theme),
        Translator(selection.language),
        font_px=selection.font_px,
        selected=view.units.ids[0],
    )


def map_figure(atlas: Atlas, selection: Selection) -> Figure:
    view = region_map(atlas, selection)
    shapes = outlines(atlas, view.units.kind)
    look, tr = theme(selection.theme), Translator(selection.language)
    return polycentric_map(view, shapes, look, tr, font_px=selection.font_px, selected=view.units.ids[-1])


def drawn(view: FieldMatrix, selection: Selection, rule: str = "") -> Figure:
    look, tr = theme(selection.theme), Translator(selection.language)
    return matrix_figure(
        view, list(view.fields), look, tr, measure=selection.measure, font_px=selection.font_px, selected=rule
    )


def cells_figure(atlas: Atlas, selection: Selection) -> Figure:
    return drawn(field_matrix(atlas, selection), selection, f"field:{atlas.region.field_ids[0]}")


FIGURES = {"overview": overview_figure, "map": map_figure, "matrix": cells_figure}
LOOKS = [
    f"lang={language}&theme={look}&ms={measure}&un={unit}"
    for language, look, (measure, unit) in zip([*LANGUAGES * 3], [*THEMES * 2], product(MEASURES, UNITS), strict=True)
]


def arrays(part: Any) -> Iterator[np.ndarray]:
    if isinstance(part, np.ndarray):
        yield part
    elif isinstance(part, dict):
        for one in part.values():
            yield from arrays(one)
    elif isinstance(part, (list, tuple)):
        for one in part:
            yield from arrays(one)


def sound(figure: Figure) -> None:
    """Plotly takes it, no trace asks for a map, every array is float32 and belongs to the others of its trace."""
    built = go.Figure(figure)
    assert {trace.type for trace in built.data} <= ALLOWED
    names = set(figure["layout"])
    assert not [name for name in names if re.match(r"geo|mapbox|map\d*$", name)]
    assert all(array.dtype == np.float32 for array in arrays(figure))
    for trace in figure["data"]:
        assert all(
            isinstance(trace[axis], np.ndarray) for axis in "xyz" if axis in trace and trace["type"] == "scatter"
        )
        if trace["type"] == "scatter":
            count = len(trace["x"])
            filled = trace.get("hoveron") == "fills"
            columns = [trace["y"], trace["y"] if filled else trace.get("customdata", trace["y"])]
            columns += [trace[name] for name in ("text",) if isinstance(trace.get(name), list)]
            assert {len(column) for column in columns} == {count}, trace["name"]


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("look", LOOKS)
def test_plotly_takes_every_figure_of_the_default_region(ruhr: Atlas, name: str, look: str) -> None:
    sound(FIGURES[name](ruhr, Selection.from_query(look)))


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("query", FILTERS)
@pytest.mark.parametrize("measure", MEASURES)
def test_plotly_takes_every_figure_whatever_the_filters_leave(
    toy: Atlas, bare: Atlas, name: str, query: str, measure: str
) -> None:
    for atlas in (toy, bare):
        sound(FIGURES[name](atlas, Selection.from_query(f"{query}&ms={measure}")))


@pytest.mark.parametrize("kind", ["choropleth", "scattergeo", "scattermapbox", "choroplethmapbox", "densitymap"])
def test_a_forbidden_trace_would_be_found(kind: str) -> None:
    # plotly 7 knows no mapbox any more and says so itself
    with pytest.raises((AssertionError, ValueError)):
        sound({"data": [{"type": kind}], "layout": {}})


def test_a_geo_subplot_and_a_wide_array_would_be_found() -> None:
    with pytest.raises(AssertionError):
        sound({"data": [], "layout": {"geo": {}}})
    with pytest.raises(AssertionError):
        sound({"data": [{"type": "scatter", "x": np.zeros(2), "y": np.zeros(2)}], "layout": {}})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_graph_offers_to_send_itself_anywhere(language: str) -> None:
    told = config(Translator(language), "name")
    assert told["showSendToCloud"] is False
    assert told["displaylogo"] is False
    assert (told["locale"], told["toImageButtonOptions"]["filename"]) == (language, "name")


def colour_of_cells(figure: Figure) -> np.ndarray:
    """What plotly paints in each cell: the colour of its step."""
    trace, _ = figure["data"]
    steps = trace["colorscale"]
    low, high = trace["zmin"], trace["zmax"]
    share = (trace["z"] - low) / (high - low)
    assert ((share > 0) & (share < 1)).all()
    return np.array([[next(c for edge, c in reversed(steps) if edge < one) for one in row] for row in share.tolist()])


def notes(figure: Figure, shape: tuple[int, ...]) -> np.ndarray:
    """What is written in each cell, by where it stands."""
    written = figure["data"][1]
    told = np.full(shape, "", dtype=object)
    told[written["y"].astype(int), written["x"].astype(int)] = written["text"]
    return told


@pytest.mark.parametrize("look", THEMES)
@pytest.mark.parametrize("measure", ["share", "lq"])
def test_undefined_cells_are_a_dash_without_a_value_s_colour(toy: Atlas, look: str, measure: str) -> None:
    # Ahausen and Bestadt have industry in one field each, no civil society works in Ahausen at all
    selection = Selection.from_query(f"s=civil_society&ms={measure}&theme={look}")
    view = field_matrix(toy, selection)
    figure = drawn(view, selection)
    undefined = np.isnan(view.values(measure))
    assert undefined.any()
    assert not undefined.all()
    told, painted = notes(figure, undefined.shape), colour_of_cells(figure)
    assert set(told[undefined]) == {UNDEFINED}
    assert UNDEFINED not in set(told[~undefined])
    ground = theme(look).ground
    assert set(painted[undefined]) == {ground}
    assert ground not in set(painted[~undefined])


def test_nothing_counted_is_nought_and_no_dash(toy: Atlas) -> None:
    view = field_matrix(toy, Selection.from_query("s=politics"))
    figure = drawn(view, Selection())
    assert set(notes(figure, (3, 2)).ravel()) == {"0"}
    # another look than undefined, which has the ground's colour
    assert set(colour_of_cells(figure).ravel()) == {LIGHT.surface} != {LIGHT.ground}


@pytest.mark.parametrize("query", ["f=", "f=-", "r=", "r=nowhere"])
def test_a_matrix_without_rows_or_columns_is_a_sentence(toy: Atlas, query: str) -> None:
    figure = drawn(field_matrix(toy, Selection.from_query(query)), Selection())
    (note,) = figure["layout"]["annotations"]
    assert note["text"] == Translator("de")("undefined: no actor with a field here")
    assert figure["layout"]["xaxis"]["visible"] is figure["layout"]["yaxis"]["visible"] is False


def test_cells_fill_the_matrix_from_edge_to_edge(toy: Atlas) -> None:
    look = drawn(field_matrix(toy, Selection()), Selection())["layout"]
    assert look["xaxis"]["range"] == [-0.5, 1.5]
    assert look["yaxis"]["range"] == [2.5, -0.5]


def test_numbers_in_cells_by_hand(toy: Atlas) -> None:
    view = field_matrix(toy, Selection())
    told = notes(drawn(view, Selection()), (3, 2))
    assert told.tolist() == [["3,5", "0,5"], ["0,2", "2,8"], ["1", "1"]]
    shares = notes(drawn(view, Selection.from_query("ms=share&lang=en")), (3, 2))
    assert shares[0].tolist() == ["88%", "12%"]
    quotients = notes(drawn(view, Selection.from_query("ms=lq&lang=en")), (3, 2))
    # specialised but carried by few says so; below 1 it is the number alone
    assert quotients[0].tolist() == ["1.5<br><i><span style='font-size:0.75em'>n = 4</span></i>", "0.4"]


def test_the_quotient_s_colours_turn_at_one(toy: Atlas) -> None:
    selection = Selection.from_query("ms=lq")
    view = field_matrix(toy, selection)
    painted = colour_of_cells(drawn(view, selection)).ravel()

    def warm(colour: str) -> bool:
        return int(colour[1:3], 16) > int(colour[5:7], 16)

    assert [warm(colour) for colour in painted] == [cell.lq > 1 for cell in view.cells]


@pytest.mark.parametrize("look", LOOKS)
def test_numbers_are_legible_on_their_cell(ruhr: Atlas, look: str) -> None:
    selection = Selection.from_query(look)
    view = field_matrix(ruhr, selection)
    figure = drawn(view, selection)
    written = figure["data"][1]["textfont"]["color"]
    assert written == [readable_on(colour) for colour in colour_of_cells(figure).ravel()]


def test_rows_and_columns_are_never_merged(ruhr: Atlas) -> None:
    for unit in UNITS:
        selection = Selection.from_query(f"un={unit}")
        view = field_matrix(ruhr, selection)
        figure = drawn(view, selection)
        trace, _ = figure["data"]
        # by number, not by name: two places of one name would fall into one row
        assert figure["layout"]["yaxis"]["tickvals"] == list(range(len(view.units)))
        assert figure["layout"]["xaxis"]["tickvals"] == list(range(len(view.fields)))
        assert trace["z"].shape == (len(view.units), len(view.fields))
        assert [cell for row in trace["customdata"] for cell in row] == [
            f"{cell.unit}.{cell.field}" for cell in view.cells
        ]


@pytest.mark.parametrize(
    ("rule", "box"),
    [
        ("cell:XX112.care", (0.5, 1.5, 0.5, 1.5)),
        ("unit:XX113", (-0.5, 1.5, 1.5, 2.5)),
        ("place:XX111", (-0.5, 1.5, -0.5, 0.5)),
        ("field:energy", (-0.5, 0.5, -0.5, 2.5)),
        ("cell:XX112.gone", None),
        ("unit:gone", None),
        ("actor:a-town", None),
        ("", None),
    ],
)
def test_the_selection_is_outlined(toy: Atlas, rule: str, box: tuple[float, ...] | None) -> None:
    shapes = drawn(field_matrix(toy, Selection()), Selection(), rule)["layout"]["shapes"]
    found = [(shape["x0"], shape["x1"], shape["y0"], shape["y1"]) for shape in shapes]
    assert found == ([box] if box else [])


@pytest.mark.parametrize("draw", [overview_figure, map_figure])
def test_maps_have_an_area_to_click_for_every_unit(ruhr: Atlas, draw: Any) -> None:
    figure = draw(ruhr, Selection())
    areas = [trace for trace in figure["data"] if trace.get("fill") == "toself"]
    assert len(areas) == 15
    for trace in areas:
        assert len(set(trace["customdata"])) == 1
        assert trace["hoveron"] == "fills"
        assert np.isfinite(trace["x"]).sum() > 10
    # the chosen one lies on top, so that no neighbour covers its line
    widths = [trace["line"]["width"] for trace in areas]
    assert widths == sorted(widths)
    assert widths[-1] > widths[-2]


def test_the_map_draws_the_strongest_flows_widest(ruhr: Atlas) -> None:
    view = region_map(ruhr, Selection())
    lines = [trace for trace in map_figure(ruhr, Selection())["data"] if trace.get("name") == "flow"]
    # a trace for each width, arcs parted by a gap
    arcs = [np.flatnonzero(np.isnan(trace["x"])) for trace in lines]
    assert sum(len(gaps) + 1 for gaps in arcs) == min(MOST_FLOWS, len(view.flows))
    widths = [trace["line"]["width"] for trace in lines]
    assert widths == sorted(set(widths))
    assert widths[-1] > widths[0]
    for trace in lines:
        told = {text for text, x in zip(trace["text"], trace["x"], strict=True) if np.isfinite(x)}
        assert len(told) == np.isnan(trace["x"]).sum() + 1
    centre = dict(zip(view.units.ids, view.units.centres, strict=True))
    strongest = view.flows[0]
    # from one centre to the other, but for the last bit, where a click is meant for the disc
    source, target = (np.array(centre[one]) for one in (strongest.source, strongest.target))
    span = np.linalg.norm(target - source)
    begins = int(arcs[-1][-1]) + 1 if len(arcs[-1]) else 0
    for end, where in ((source, begins), (target, -1)):
        gap = np.linalg.norm(np.array([lines[-1][axis][where] for axis in "xy"]) - end)
        assert 0 < gap < 0.12 * span


def test_actors_are_on_the_map_in_the_colour_of_their_field(toy: Atlas) -> None:
    (points,) = [trace for trace in map_figure(toy, Selection())["data"] if trace.get("name") == "actors"]
    assert len(points["x"]) == 12
    colours = points["marker"]["color"]
    assert colours.count(LIGHT.fields[0]) == 5
    assert colours.count(LIGHT.fields[1]) == 4


def test_not_more_names_than_a_map_can_carry(ruhr: Atlas) -> None:
    figure = map_figure(ruhr, Selection.from_query("un=municipality"))
    names = [trace for trace in figure["data"] if trace.get("name") == "names"]
    assert len(names[-1]["text"]) == MOST_NAMES


@pytest.mark.parametrize("query", ["", "col=cluster&size=funding", "col=place", "f=green", "t=funds", "f=", "t="])
@pytest.mark.parametrize("on_map", [False, True])
def test_the_networks_columns_fit_together(ruhr: Atlas, toy: Atlas, bare: Atlas, query: str, on_map: bool) -> None:
    for atlas in (ruhr, toy, bare):
        view = network(atlas, Selection.from_query(f"lvl=actor&{query}"))
        data = payload(view, on_map=on_map)
        nodes = ("id", "label", "x", "y", "mx", "my", "size", "c", "s", "rank")
        assert {len(data[name]) for name in nodes} == {view.actors}
        assert {len(data[name]) for name in ("a", "b", "ek", "ew")} == {view.pairs}
        for end in ("a", "b"):
            assert ((data[end] >= 0) & (data[end] < view.actors)).all()
        assert (data["a"] != data["b"]).all()
        assert {str(array.dtype) for array in arrays(data)} <= {"float32", "uint8", "int8", "uint16", "int16"}
        assert set(data["size"].tolist()) <= set(RADII)
        assert set(data["c"].tolist()) <= set(range(-1, 6))
        assert set(data["s"].tolist()) <= set(range(5))
        assert set(data["ek"].tolist()) <= set(range(len(data["edge_styles"])))
        assert sorted(data["rank"].tolist()) == list(range(view.actors))


@pytest.mark.parametrize(
    "query", ["lvl=cell", "lvl=place", "lvl=field", "lvl=cell&lay=fields", "lvl=cell&lay=places", "f="]
)
def test_cells_are_columns_with_their_number_of_actors(ruhr: Atlas, toy: Atlas, bare: Atlas, query: str) -> None:
    for atlas in (ruhr, toy, bare):
        view = network(atlas, Selection.from_query(query))
        data = payload(view, called={"place:-": "outside", "field:-": "none"})
        nodes = ("id", "label", "x", "y", "mx", "my", "size", "c", "s", "rank", "flags")
        assert {len(data[name]) for name in nodes} == {len(view.ids)}
        assert all(data["label"])
        assert data.get("letter", []) == [str(count) for count in view.nodes.stands_for.tolist()]
        # areas grow with the number of actors, but none is too small to be hit
        order = np.argsort(view.nodes.stands_for, kind="stable")
        assert (np.diff(data["size"][order]) >= 0).all()
        assert (data["size"] >= 11).all()
        x0, x1, y0, y1 = data["extent"]
        for x, y in ((data["x"], data["y"]), (data["mx"], data["my"])):
            assert ((x >= x0 - 1e-3) & (x <= x1 + 1e-3) & (y >= y0) & (y <= y1 + 1e-3)).all()


def test_a_pair_tied_only_by_a_project_is_dashed(toy: Atlas) -> None:
    view = network(toy, Selection())
    data = payload(view)
    style = {
        (view.ids[a], view.ids[b]): data["edge_styles"][kind]
        for a, b, kind in zip(data["a"].tolist(), data["b"].tolist(), data["ek"].tolist(), strict=True)
    }
    assert style["a-grid", "a-works"] == DASHED
    assert style["a-grid", "a-town"] == style["b-clinic", "b-town"] == SOLID


def test_the_network_names_clusters_and_the_map_cities(ruhr: Atlas) -> None:
    view = network(ruhr, Selection.from_query("lvl=actor&col=cluster"))
    on_network, on_map = payload(view, untied="alone")["captions"], payload(view, on_map=True)["captions"]
    assert [caption["text"] for caption in on_network] == ["alone", *(caption.text for caption in view.clusters)]
    assert [caption["text"] for caption in on_map] == [caption.text for caption in view.cities]
    assert payload(view)["palette"]["dark"] == list(DARK.fields)


def test_packed_columns_are_their_bytes() -> None:
    columns = {"x": np.array([0.5, -1.5], dtype=np.float32), "a": np.array([1, 258], dtype=">u2"), "id": ["p", "q"]}
    found = packed(columns)
    assert found["id"] == ["p", "q"]
    assert (found["x"]["dtype"], found["a"]["dtype"]) == ("f4", "u2")
    assert np.frombuffer(base64.b64decode(found["x"]["bdata"]), dtype="<f4").tolist() == [0.5, -1.5]
    assert base64.b64decode(found["a"]["bdata"]) == bytes([1, 0, 2, 1])


def test_outlines_behind_the_network_are_columns(ruhr: Atlas) -> None:
    rings = [ring for shapes in outlines(ruhr, "municipality").values() for ring in shapes]
    drawn = borders(rings)
    assert len(drawn["start"]) == len(rings) >= 53
    last = drawn["start"][-1]
    assert np.allclose(np.column_stack([drawn["x"], drawn["y"]])[last:], rings[-1], atol=0.005)
    assert len(borders([])["start"]) == 0
