"""Vergleich: regions side by side with the same measures, and where their data bases differ."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, dcc, html

from dashboards.components.block import block
from dashboards.components.controls import choice, from_many
from dashboards.components.grid import empty_grid, filling
from dashboards.components.regionsides import finding, measures_sheet, only_one, screen_sheet, table, waiting, warnings
from dashboards.components.regionwords import measure_names, reason, step_words, value
from dashboards.components.specialisation import picture
from dashboards.figures.regionsides import HEAD_REM, REGION_REM, grid, multiples
from dashboards.language import translator
from dashboards.pages import Page
from dashboards.palette import theme
from dashboards.regions import mounted
from dashboards.state import Selection
from dashboards.views.regionsides import FIRST, option, sides

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.figures.base import Figure
    from dashboards.language import Translator
    from dashboards.views.regionsides import Sides
    from dashboards.views.sheet import Sheet
    from ecosystem.atlas import Atlas

PAGE = Page("/vergleich", "/compare", filters=False, menu=False, section="/daten", whole=True)
PANELS = (
    ("headline", "actors_per_100k"),
    ("morphology", "effective_centres"),
    ("morphology", "primacy_share"),
    ("morphology", "gini"),
    ("function", "intercity_share"),
    ("function", "p_sf"),
    ("function", "freeman"),
    ("helix", "evenness"),
    ("specialisation", "effective_fields"),
    ("specialisation", "krugman_median"),
    ("clusters", "effective_cities"),
    ("clusters", "modularity"),
)
SECONDS = 1.5
"""Between two looks at regions that are being loaded."""


def _measures(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    return measures_sheet(mounted(), atlas, selection, tr)


SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {"measures": _measures}


class Id(StrEnum):
    """Ids of this page."""

    FINDING = "sides-finding"
    WAIT = "sides-wait"
    TICK = "sides-tick"
    WARNINGS = "sides-warnings"
    BODY = "sides-body"
    GRAPH = "sides-graph"
    BOX = "sides-box"
    GRID = "sides-grid"


def title(tr: Translator) -> str:
    return tr("Compare regions")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    del atlas
    here = mounted()
    entries = here.regions.entries() if here.regions else ()
    several = len(entries) > 1
    return html.Div(
        [
            html.Div([html.H1(title(tr)), html.P(id=Id.FINDING, className="finding")], className="head"),
            *([] if several else [only_one(tr)]),
            html.Div(
                [
                    from_many(
                        "rs",
                        tr("Regions"),
                        tr("of itself: the first {n}", n=tr.number(FIRST)),
                        [(option(one), tr.label(one.name)) for one in entries],
                        selection.regions,
                        tr("No region of this name"),
                    ),
                    choice(
                        "un",
                        tr("Level"),
                        [("unit", tr("Units")), ("municipality", tr("Municipalities"))],
                        selection.unit,
                    ),
                    choice(
                        "tab", tr("View"), [("0", tr("Picture")), ("1", tr("Table"))], "1" if selection.table else "0"
                    ),
                ],
                className="toolbar",
                hidden=not several,
            ),
            # told as it changes; the page asks again while something is underway
            html.Div(id=Id.WAIT, role="status", className="sides-wait"),
            dcc.Interval(id=Id.TICK, interval=round(1000 * SECONDS), disabled=True),
            html.Div(id=Id.WARNINGS),
            html.Div(
                [
                    block(
                        tr("The most telling measures"),
                        picture(Id.GRAPH, Id.BOX, "regions", tr("The most telling measures"), tr, size="sides-figure"),
                        tr,
                        sheet="compare/measures",
                        graph=Id.GRAPH,
                        twin=empty_grid(Id.GRID, tr),
                        hint=tr("Bars begin at 0; every panel has its own scale. Lines are intervals."),
                    ),
                    html.Section([html.H2(tr("All measures")), html.Div(id=Id.BODY)], className="block only-picture"),
                ],
                hidden=not several,
            ),
        ],
        className="page compare",
    )


def register(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.FINDING, "children"),
        Output(Id.WAIT, "children"),
        Output(Id.TICK, "disabled"),
        Output(Id.WARNINGS, "children"),
        Output(Id.BODY, "children"),
        Output(Id.GRAPH, "figure"),
        Output(Id.BOX, "style"),
        Output(Id.GRID, "columnDefs"),
        Output(Id.GRID, "rowData"),
        Input("query", "data"),
        Input(Id.TICK, "n_intervals"),
    )
    def show(query: str, ticks: int | None) -> tuple[object, ...]:
        del ticks
        selection = Selection.from_query(query)
        tr, view = translator(selection.language), sides(mounted(), atlas, selection)
        rows = screen_sheet(view, tr)
        return (
            finding(view, tr),
            waiting(view, step_words(tr), tr),
            not view.waiting,
            warnings(view, tr),
            table(view, tr),
            _figure(view, selection, tr),
            _height(view, selection),
            *filling(rows, tr),
        )


def _height(view: Sides, selection: Selection) -> dict[str, str]:
    high, _ = grid(len(PANELS), narrow=selection.narrow)
    return {"height": f"{high * (REGION_REM * max(len(view.portraits), 1) + HEAD_REM):.1f}rem"}


def _figure(view: Sides, selection: Selection, tr: Translator) -> Figure:
    found = view.comparison
    look = theme(selection.theme)
    if found is None:
        hidden = {"visible": False, "fixedrange": True}
        return {"data": [], "layout": {"xaxis": hidden, "yaxis": hidden, "paper_bgcolor": look.ground}}
    by_key = {(row[0].group, row[0].key): row for row in found.rows()}
    rows = [by_key[key] for key in PANELS]
    texts = [[value(one, tr) if not one.reason else f"– ({reason(one.reason, tr)})" for one in row] for row in rows]
    names = [tr.label(one.name) for one in found.portraits]
    return multiples(
        rows,
        names,
        measure_names(tr),
        texts,
        look,
        tr,
        font_px=selection.font_px,
        narrow=selection.narrow,
    )
