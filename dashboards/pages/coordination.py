"""Abstimmung statt Doppelung: where places are alike and tied, or not."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import Input, Output, State, dcc, html

from dashboards.components import coordination_sheets as sheets
from dashboards.components.attributes import attributes
from dashboards.components.block import block
from dashboards.components.controls import choice, one_of
from dashboards.components.coordination import (
    cannot_tell,
    dismissal_reasons,
    dismissal_words,
    field_options,
    way,
)
from dashboards.components.coordination_panels import details, drawn, panel, statement
from dashboards.components.grid import grid, sheet_columns, sheet_rows
from dashboards.figures.base import config
from dashboards.language import translator
from dashboards.pages import Page
from dashboards.state import Selection
from dashboards.views.coordination import calls
from dashboards.views.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas

PAGE = Page("/abstimmung", "/coordination", filters=True, menu=True, nested=False)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {
    "pairs": sheets.pair_sheet,
    "quadrants": sheets.quadrant_sheet,
    "pair-profiles": sheets.profile_sheet,
    "pair-ties": sheets.tie_sheet,
    "pair-bridges": sheets.bridge_sheet,
    "pair-projects": sheets.project_sheet,
    "candidates": sheets.candidate_sheet,
}


class Id(StrEnum):
    """Ids of this page."""

    FINDING = "coord-finding"
    LINES = "coord-lines"
    NOTHING = "coord-nothing"
    CARDS = "coord-cards"
    SCATTER = "coord-scatter"
    TABLE = "coord-table"
    PANEL = "coord-panel"
    DETAILS = "coord-details"
    QUADRANTS = "coord-quadrants"
    HINT = "coord-hint"
    FORM = "coord-form"
    REASON = "coord-reason"
    NOTE = "coord-note"
    DISMISS = "coord-dismiss"
    SAID = "coord-said"
    LOG = "coord-log"
    WORDS = "coord-words"
    DISMISSED = "coord-dismissed"


def title(tr: Translator) -> str:
    return tr("Coordination")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    return html.Div(
        [
            way("coordination", tr),
            html.Div(
                [html.H1(tr("Coordination instead of duplication")), html.P(id=Id.FINDING, className="finding")],
                className="head",
            ),
            html.Div(_toolbar(atlas, selection, tr), className="toolbar"),
            html.Div(id=Id.NOTHING),
            html.Div(
                [
                    html.Div(
                        [
                            html.Div(id=Id.CARDS, className="quadrants"),
                            _picture(tr),
                            html.Div(id=Id.LINES, className="split-lines"),
                            html.P(_reading(tr), className="hint"),
                        ],
                        className="coord-left",
                    ),
                    html.Aside(
                        [html.Div(id=Id.PANEL), _form(tr)],
                        className="coord-side",
                        tabIndex=0,
                        **attributes({"aria-label": tr("Pairs and points to check")}),
                    ),
                ],
                className="coord",
            ),
            html.Div(id=Id.DETAILS, className="pair-sections"),
            _by_field(tr),
            _log(tr),
            dcc.Store(id=Id.HINT),
            dcc.Store(id=Id.WORDS, data=dismissal_words(tr) | {"region": atlas.region.region_id}),
            # stays in this browser: the server keeps nothing of it
            dcc.Store(id=Id.DISMISSED, storage_type="local"),
        ],
        className="page coordination",
    )


def _toolbar(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    units = [("unit", tr("Units")), ("municipality", tr("Municipalities"))]
    layers = [("both", tr("All ties")), ("direct", tr("Recorded ties")), ("projects", tr("Joint projects"))]
    called = [(call, f"{call} ({tr.number(n)})") for call, n in calls(atlas.tables)]
    return [
        one_of(
            "fd", tr("Field"), tr("all fields"), field_options(atlas, tr), selection.field, tr("No field of this name")
        ),
        one_of("call", tr("Call"), tr("all calls"), called, selection.call, tr("No call of this name")),
        choice("un", tr("Level"), units, selection.unit, on_stage=True),
        choice("ly", tr("Ties"), layers, selection.layer),
        choice("tab", tr("Show as"), [("0", tr("Picture")), ("1", tr("Table"))], "1" if selection.table else "0"),
    ]


def _picture(tr: Translator) -> Component:
    figure = html.Div(
        dcc.Graph(id=Id.SCATTER, config=config(tr, "pairs"), className="fill"),
        className="figure coord-scatter",
        role="img",
        **attributes({"aria-label": tr("Pairs of places: overlap of profiles against ties, in four quadrants")}),
    )
    return block(
        tr("Which places are alike, which are tied"),
        figure,
        tr,
        sheet="coordination/pairs",
        graph=Id.SCATTER,
        twin=grid(Id.TABLE, sheet_columns(Sheet("", sheets.pair_columns(tr), []), tr), [], tr),
        measure="coordination",
    )


def _reading(tr: Translator) -> str:
    return tr(
        "A point is a pair. To the right: more alike. Up: more recorded ties, each step about a doubling; points "
        "are moved a little so that all can be seen. Hollow: few actors. {limit}",
        limit=cannot_tell(tr),
    )


def _form(tr: Translator) -> Component:
    return html.Div(
        [
            html.H3(tr("Dismiss this point to check")),
            dmc.Select(
                id=Id.REASON,
                data=dismissal_reasons(tr),
                label=tr("Reason"),
                placeholder=tr("Choose a reason"),
                clearable=True,
                clearButtonProps={"aria-label": tr("Reason") + " ×"},
                size="sm",
            ),
            dmc.TextInput(
                id=Id.NOTE,
                label=tr("In your own words (please no names of persons)"),
                value="",
                size="sm",
            ),
            html.P(
                tr("Kept in this browser alone, with the date; listed below, can be taken back and exported."),
                className="hint",
            ),
            html.Button(tr("Dismiss"), id=Id.DISMISS, className="button", n_clicks=0),
            html.P(id=Id.SAID, role="status"),
        ],
        id=Id.FORM,
        className="dismiss-form",
        hidden=True,
    )


def _by_field(tr: Translator) -> Component:
    columns = sheet_columns(Sheet("", sheets.quadrant_columns(tr), []), tr)
    return block(
        tr("Overall and by field"),
        html.Div(id=Id.QUADRANTS),
        tr,
        sheet="coordination/quadrants",
        measure="coordination",
        twin=grid(f"{Id.QUADRANTS}-table", columns, [], tr),
        hint=tr("Each field is divided at its own medians; pairs that lack the field in one place are in no quadrant."),
    )


def _log(tr: Translator) -> Component:
    export = {"data-dismissed": "csv"}
    return html.Section(
        [
            html.Div(
                [
                    html.H2(tr("Dismissed points to check")),
                    html.Button(tr("Export CSV"), className="button quiet", **attributes(export)),
                ],
                className="block-head",
            ),
            html.Div(id=Id.LOG, className="dismissed-log"),
        ],
        className="block",
    )


def register(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.SCATTER, "figure"),
        Output(Id.TABLE, "rowData"),
        Output(Id.FINDING, "children"),
        Output(Id.LINES, "children"),
        Output(Id.CARDS, "children"),
        Output(Id.NOTHING, "children"),
        Output(Id.PANEL, "children"),
        Output(Id.HINT, "data"),
        Output(Id.FORM, "hidden"),
        Input("query", "data"),
    )
    def show(query: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        tr = translator(selection.language)
        beside, hint = panel(atlas, selection, tr)
        table = sheet_rows(sheets.pair_sheet(atlas, selection, tr))
        return (
            drawn(atlas, selection, tr),
            table,
            *statement(atlas, selection, tr),
            beside,
            hint,
            "key" not in hint,
        )

    @app.callback(
        Output(Id.DETAILS, "children"),
        Output(Id.QUADRANTS, "children"),
        Output(f"{Id.QUADRANTS}-table", "rowData"),
        Input("query", "data"),
    )
    def tell(query: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        tr = translator(selection.language)
        counted = sheets.quadrant_sheet(atlas, selection, tr)
        return (*details(atlas, selection, tr), sheet_rows(counted))

    app.clientside_callback(
        "(event) => window.ecosystem.pickPair(event)", Input(Id.SCATTER, "clickData"), prevent_initial_call=True
    )
    app.clientside_callback(
        "(event) => window.ecosystem.pickQuadrant(event)",
        Input(Id.SCATTER, "clickAnnotationData"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        "(cell) => window.ecosystem.pickPairRow(cell)", Input(Id.TABLE, "cellClicked"), prevent_initial_call=True
    )
    app.clientside_callback(
        "(clicks, reason, note, hint, words, store) => "
        "window.ecosystem.dismiss(clicks, reason, note, hint, words, store)",
        Output(Id.DISMISSED, "data"),
        Output(Id.SAID, "children"),
        Output(Id.REASON, "value"),
        Output(Id.NOTE, "value"),
        Input(Id.DISMISS, "n_clicks"),
        State(Id.REASON, "value"),
        State(Id.NOTE, "value"),
        State(Id.HINT, "data"),
        State(Id.WORDS, "data"),
        State(Id.DISMISSED, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        "(store, panel, words) => window.ecosystem.dismissed(store, words)",
        Input(Id.DISMISSED, "data"),
        Input(Id.PANEL, "children"),
        State(Id.WORDS, "data"),
    )
