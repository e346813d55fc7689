"""The controls of the page on specialisation: which part is shown, and what that part can be asked.

All controls of all parts are on the page; the style sheet shows those of the current part (``of-…``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import dcc, html

from dashboards.components.attributes import attributes
from dashboards.components.controls import choice, control, labelled
from dashboards.components.indices import index_names
from dashboards.components.related import method_names
from dashboards.figures.base import config
from dashboards.views.nearest import diversification, options

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas

# the first is shown without a key in the address
PARTS = ("", "related", "nearest", "indices", "helix")
NAMELESS = "matrix"
# what makes way for the picture before a room
DESK = "at-desk"


def part(selection: Selection) -> str:
    """The part shown; an unknown one is the first."""
    return selection.tab if selection.tab in PARTS else PARTS[0]


def part_class(selection: Selection) -> str:
    """What the style sheet tells the parts apart by."""
    return " ".join(("page", "specialisation", f"part-{part(selection) or NAMELESS}"))


def of(parts: tuple[str, ...], *children: Component) -> html.Div:
    """Something that belongs to these parts and is hidden in the others."""
    return html.Div([*children], className=" ".join(["of", *(one if one == DESK else f"of-{one}" for one in parts)]))


def part_choice(selection: Selection, tr: Translator) -> Component:
    """The five parts."""
    names = [
        ("", tr("Location quotients")),
        ("related", tr("Related fields")),
        ("nearest", tr("Diversification")),
        ("indices", tr("Profiles")),
        ("helix", tr("Sectors")),
    ]
    return choice("part", tr("Part of this page"), names, part(selection), on_stage=True)


def controls(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    """What can be set."""
    units = [("unit", tr("Units")), ("municipality", tr("Municipalities"))]
    sorts = [
        ("west", tr("West–east")),
        ("size", tr("Size")),
        ("similarity", tr("Similarity")),
        ("name", tr("Name")),
    ]
    pictures = [("0", tr("Picture")), ("1", tr("Table"))]
    shows = [("0", tr("Numbers")), ("1", tr("Intervals"))]
    axes = [("size", tr("Size of the field")), ("ubiquity", tr("Places specialised"))]
    return [
        of(("matrix",), choice("ci", tr("Cells show"), shows, "1" if selection.intervals else "0")),
        of(("nearest",), _select("pl", tr("Place"), _places(atlas, selection, tr), selection.place, tr)),
        of(
            (
                "related",
                "nearest",
            ),
            _select("rel", tr("Relatedness"), [*method_names(tr).items()], selection.relatedness, tr),
        ),
        of(("nearest",), choice("ax", tr("Height"), axes, selection.axis)),
        of(("indices",), _select("cx", tr("Index"), _indices(tr), selection.concentration, tr)),
        of(
            (
                "matrix",
                "nearest",
                "indices",
                "helix",
                DESK,
            ),
            choice("un", tr("Level"), units, selection.unit),
        ),
        of(
            (
                "matrix",
                "nearest",
                "helix",
            ),
            choice("sort", tr("Order"), sorts, selection.sort),
        ),
        html.Div(choice("tab", tr("Show as"), pictures, "1" if selection.table else "0"), className=DESK),
    ]


def _places(atlas: Atlas, selection: Selection, tr: Translator) -> list[tuple[str, str]]:
    largest = diversification(atlas, selection).largest
    found = options(atlas)
    names = dict(found)
    first = tr("The largest: {name}", name=names[largest]) if largest in names else tr("The largest")
    return [("", first), *found]


def _indices(tr: Translator) -> list[tuple[str, str]]:
    """The first is the default, which has no key in the address."""
    (_, first), *rest = index_names(tr).items()
    return [("", first), *rest]


def _select(key: str, label: str, choices: list[tuple[str, str]], value: str, tr: Translator) -> html.Div:
    """One of many, found by typing."""
    select = dmc.Select(
        id=control(key),
        data=[{"value": one, "label": text} for one, text in choices],
        value=value,
        searchable=True,
        allowDeselect=False,
        size="sm",
        limit=80,
        nothingFoundMessage=tr("Nothing of this name"),
        comboboxProps={"withinPortal": True},
        **attributes({"aria-label": label}),
    )
    return labelled(label, select)


def picture(graph_id: str, box_id: str, filename: str, label: str, tr: Translator, *, size: str) -> html.Div:
    """A graph in a box that scrolls where the rows need more room than there is, so the keyboard must get in."""
    return html.Div(
        html.Div(dcc.Graph(id=graph_id, config=config(tr, filename), className="fill"), id=box_id, className="fill"),
        className=f"figure {size}",
        tabIndex=0,
        role="group",
        **attributes({"aria-label": label}),
    )


def height(rows: int, rem: float, more: float) -> dict[str, str]:
    """The height of a picture of that many rows, at least that of its box."""
    return {"height": f"max(100%, {rows * rem + more:.1f}rem)"}


# a click on what carries a rule selects it, a second click lets go
PICK_POINT = """(event) => {
  const rule = event && event.points[0] && [event.points[0].customdata].flat()[0];
  if (rule) window.ecosystem.set({sel: window.ecosystem.valueOf("sel") === rule ? null : rule});
}"""
PICK_HEADER = """(event) => {
  const rule = event && event.annotation && event.annotation.name;
  if (rule) window.ecosystem.set({sel: window.ecosystem.valueOf("sel") === rule ? null : rule});
}"""
PART_CLASS = """(query) => {
  const told = new URLSearchParams(query || "").get("part") || "";
  const known = ["related", "nearest", "indices", "helix"].includes(told);
  return `page specialisation part-${known ? told : "matrix"}`;
}"""
