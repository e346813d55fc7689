"""The pictures of the page on specialisation as trace data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboards.figures.balance import stacked
from dashboards.figures.indices import dots
from dashboards.figures.nearest import steps
from dashboards.figures.quotients import lq_colour, matrix, whiskers
from dashboards.figures.related import circle
from dashboards.language import translator
from dashboards.palette import LIGHT, field_colours, readable_on
from dashboards.state import Selection
from dashboards.views.balance import balance
from dashboards.views.indices import indices
from dashboards.views.nearest import diversification
from dashboards.views.quotients import quotients
from dashboards.views.related import related
from ecosystem.measures import Support

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

TR = translator("en")


def chosen(query: str = "") -> Selection:
    return Selection.from_query(query)


def names(atlas: Atlas) -> dict[str, str]:
    return {field.field_id: field.short.en for field in atlas.region.fields}


def test_cells_tell_their_state_by_pattern_and_text(ruhr: Atlas) -> None:
    view = quotients(ruhr, chosen("un=municipality"))
    (trace,) = matrix(view, [*names(ruhr).values()], LIGHT, TR, font_px=16, selected="")["data"]
    looks = {
        (cell.state, hatch, "✓" in text, "n = " in text, text == "–")
        for cell, hatch, text in zip(view.cells, trace["marker"]["pattern"]["shape"], trace["text"], strict=True)
    }
    assert looks == {
        (Support.SUPPORTED, "", True, False, False),
        (Support.TOO_FEW_ACTORS, "/", False, True, False),
        (Support.NOT_SPECIALISED, "", False, False, False),
        (Support.UNDEFINED, "", False, False, True),
    }
    assert trace["customdata"] == [f"cell:{key}" for key in view.by_key]


def test_undefined_has_a_colour_no_quotient_has() -> None:
    assert lq_colour(float("nan"), LIGHT) == LIGHT.ground
    assert LIGHT.ground not in {lq_colour(value, LIGHT) for value in (0.0, 0.25, 1.0, 4.0, 99.0)}
    assert lq_colour(0.0, LIGHT) != lq_colour(4.0, LIGHT)


def test_headers_carry_the_rule_they_select(ruhr: Atlas) -> None:
    view = quotients(ruhr, chosen())
    for draw in (matrix, whiskers):
        drawn = draw(view, [*names(ruhr).values()], LIGHT, TR, font_px=16, selected="")["layout"]["annotations"]
        rules = [one["name"] for one in drawn]
        assert rules == [f"unit:{one}" for one in view.places.ids] + [f"field:{one}" for one in view.fields]
        assert all(one["captureevents"] for one in drawn)


@pytest.mark.parametrize(
    ("rule", "box"),
    [
        ("cell:05112.logistics", (2.5, 3.5, 0.5, 1.5)),
        ("unit:05112", (-0.5, 5.5, 0.5, 1.5)),
        ("field:logistics", (2.5, 3.5, -0.5, 14.5)),
        ("cell:nowhere.logistics", None),
        ("cluster:c01", None),
        ("", None),
    ],
)
def test_the_selection_is_outlined(ruhr: Atlas, rule: str, box: tuple[float, ...] | None) -> None:
    view = quotients(ruhr, chosen())
    assert (view.places.ids[1], view.fields[3]) == ("05112", "logistics")
    shapes = matrix(view, [*names(ruhr).values()], LIGHT, TR, font_px=16, selected=rule)["layout"]["shapes"]
    assert [(one["x0"], one["x1"], one["y0"], one["y1"]) for one in shapes] == ([] if box is None else [box])


def test_whiskers_have_a_panel_per_field_and_a_point_per_quotient(ruhr: Atlas) -> None:
    view = quotients(ruhr, chosen("un=municipality"))
    drawn = whiskers(view, [*names(ruhr).values()], LIGHT, TR, font_px=16, selected="")
    points = [trace for trace in drawn["data"] if trace["mode"] == "markers"]
    assert [trace["xaxis"] for trace in points] == [f"x{i}" for i in range(1, 7)]
    assert sum(len(trace["x"]) for trace in points) == sum(cell.n > 0 for cell in view.cells)
    assert all(abs(x) <= 3 for trace in points for x in trace["x"])


def test_lines_are_dashed_where_few_hold_both(ruhr: Atlas) -> None:
    view = related(ruhr, chosen("s=politics,science"))
    colours = dict(zip(names(ruhr), field_colours(6, LIGHT), strict=True))
    drawn = circle(view, names(ruhr), colours, LIGHT, TR, 16)
    lines = [trace for trace in drawn["data"] if trace["mode"] == "lines"]
    shown = [pair for pair in reversed(view.pairs) if pair.shared > 0]
    assert [line["line"]["dash"] for line in lines] == ["dash" if pair.few else "solid" for pair in shown]
    assert {pair.few for pair in shown} == {True, False}
    widths = [line["line"]["width"] for line in lines]
    assert widths == sorted(widths)


def test_labels_of_fields_do_not_lie_on_each_other(ruhr: Atlas) -> None:
    colours = dict(zip(names(ruhr), field_colours(6, LIGHT), strict=True))
    view = diversification(ruhr, chosen("pl=05112"))
    (trace,) = steps(view, names(ruhr), colours, LIGHT, TR, axis="size", font_px=16)["data"]
    missing = [one.missing for one in view.of("05112")]
    assert [symbol == "diamond-open" for symbol in trace["marker"]["symbol"]] == missing
    assert ["missing" in text for text in trace["text"]] == missing
    # Cyber/AI, new industry and logistics lie side by side: three labels, three places for them
    assert len({trace["textposition"][i] for i in (0, 2, 3)}) == 3


def test_dots_are_open_below_ten_memberships(ruhr: Atlas) -> None:
    view = indices(ruhr, chosen("un=municipality"))
    (trace,) = dots(view, LIGHT, TR, font_px=16, selected="")["data"]
    assert [symbol == "circle-open" for symbol in trace["marker"]["symbol"]] == [row["n"] < 10 for row in view.ranked]
    assert ["few" in text for text in trace["text"]] == [row["n"] < 10 for row in view.ranked]


def test_bars_of_sectors_fill_the_row_and_few_are_hatched(ruhr: Atlas) -> None:
    mixes = [mix for mix in balance(ruhr, chosen("un=municipality")).places if mix.n]
    rules = [f"place:{mix.key}" for mix in mixes]
    drawn = stacked(mixes, rules, rules, "BRPAC", LIGHT, TR, font_px=16, selected=rules[1])
    assert len(drawn["data"]) == 5
    for row, mix in enumerate(mixes):
        assert sum(trace["x"][row] for trace in drawn["data"]) == pytest.approx(1.0)
        assert drawn["data"][0]["marker"]["pattern"]["shape"][row] == ("/" if mix.n < 10 else "")
    assert all(readable_on(trace["marker"]["color"]) == "#000000" for trace in drawn["data"])
    assert [shape["y0"] for shape in drawn["layout"]["shapes"]] == [0.5]


def test_where_nothing_is_left_a_sentence_stands(ruhr: Atlas) -> None:
    none = chosen("f=&r=")
    for drawn in (
        matrix(quotients(ruhr, none), [], LIGHT, TR, font_px=16, selected=""),
        whiskers(quotients(ruhr, none), [], LIGHT, TR, font_px=16, selected=""),
        circle(related(ruhr, none), {}, {}, LIGHT, TR, 16),
        dots(indices(ruhr, none), LIGHT, TR, font_px=16, selected=""),
        stacked([], [], [], "BRPAC", LIGHT, TR, font_px=16, selected=""),
    ):
        assert drawn["data"] == []
        assert drawn["layout"]["annotations"][0]["text"] == TR("The filters leave nothing to show here.")
