"""Netz: who is tied to whom."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, State, dcc, html, no_update

from dashboards.components import actorsearch, netlists, netsheets, netyears
from dashboards.components.attributes import attributes
from dashboards.components.block import menu
from dashboards.components.controls import control
from dashboards.components.drawer import drawer
from dashboards.components.grid import grid, sheet_columns, sheet_rows
from dashboards.components.netnotes import notes
from dashboards.components.nettools import GOAL, MODE, SEARCH, START, tools, views
from dashboards.components.network import finding, legend, panel, strings
from dashboards.components.nothing import filtered_out
from dashboards.figures.network import borders, packed, payload
from dashboards.language import translator
from dashboards.netview import NetView
from dashboards.pages import Page
from dashboards.state import Selection
from dashboards.views import choose
from dashboards.views import selected as rules
from dashboards.views.cellcard import between, cell_card, cell_names
from dashboards.views.cells import FIELDLESS, OUTSIDE
from dashboards.views.group import group
from dashboards.views.network import network
from dashboards.views.profile import profile
from dashboards.views.units import outlines
from dashboards.views.years import years

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.sheet import Sheet
    from ecosystem.atlas import Atlas

# a projected or small picture carries few words, large ones
MOST_LABELS, FEW_LABELS = 40, 12
MOST_CITIES, MOST_CAPTIONS, FEW_CAPTIONS = 18, 8, 5
CAPTION_REM = 1.05
# rows of ties on screen; the file has all
MOST_ROWS = 20_000
PAGE = Page("/netz", "/network", filters=True)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {
    "nodes": netsheets.nodes,
    "ties": netsheets.ties,
    "brokers": netsheets.standing,
    "stability": netsheets.border,
}


class Id(StrEnum):
    """Ids of this page."""

    NET = "net"
    FINDING = "net-finding"
    NOTES = "net-notes"
    LEGEND = "net-legend"
    NOTHING = "net-nothing"
    TABLE = "net-table"
    TIES = "net-ties"
    DRAWER = "net-drawer"
    PANEL = "net-panel"
    LISTS = "net-lists"
    PICKED = "net-picked"
    TABLED = "net-tabled"


def title(tr: Translator) -> str:
    return tr("Network")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    canvas = html.Div(
        [
            _canvas(atlas, selection, tr),
            html.Div(id=Id.NOTHING),
            html.Div(
                [netyears.year_bar(atlas, selection, tr), html.Div(id=Id.LEGEND, className="legend strip")],
                className="shelf",
            ),
        ],
        className="canvas only-picture",
    )
    side = html.Aside(
        [html.Div(id=Id.PANEL), html.Div(id=Id.LISTS), html.Div(id=Id.DRAWER)],
        className="side",
        tabIndex="0",
        **attributes({"aria-label": tr("Details")}),
    )
    return html.Div(
        [
            html.Div(
                [
                    html.H1(tr("Network")),
                    html.P(id=Id.FINDING, className="finding"),
                    html.Div(views(selection, tr), className="views"),
                ],
                className="head",
            ),
            html.Div(tools(atlas, selection, tr), className="toolbar"),
            html.Div(
                [canvas, _tables(tr), html.Div(id=Id.NOTES, className="net-notes"), side],
                className="stage",
            ),
            dcc.Store(id=Id.PICKED),
            dcc.Store(id=Id.TABLED, data="1" if selection.table else "0"),
        ],
        className="page network",
    )


def _canvas(atlas: Atlas, selection: Selection, tr: Translator) -> NetView:
    lines = [ring for shapes in outlines(atlas, "municipality").values() for ring in shapes]
    return NetView(
        id=Id.NET,
        mix=selection.mix / 100,
        mode="pan",
        theme=selection.theme,
        outlines=packed(borders(lines)),
        className="net",
        aria_label=tr("Network of actors"),
        strings=strings(tr),
    )


def _tables(tr: Translator) -> Component:
    tables = [
        (tr("Actors"), Id.TABLE, "network/nodes", True),
        (tr("Ties"), Id.TIES, "network/ties", False),
    ]
    return html.Div(
        [
            html.Section(
                [
                    html.Div([html.H2(name), menu(tr, sheet=sheet)], className="block-head"),
                    html.Div(grid(table, [], [], tr, selectable=selectable), className="twin"),
                ],
                className="block",
            )
            for name, table, sheet, selectable in tables
        ],
        className="canvas only-table twins",
    )


def _captions(selection: Selection, *, roomy: bool, on_map: bool) -> int | None:
    """How many captions the picture carries; circles always have all of theirs."""
    if selection.arrangement != "mix" and not on_map:
        return None
    return (MOST_CITIES if on_map else MOST_CAPTIONS) if roomy else FEW_CAPTIONS


def register(app: Dash, atlas: Atlas) -> None:
    actorsearch.register(app, atlas, SEARCH, START, GOAL)
    _pictures(app, atlas)
    _beside(app, atlas)
    _choices(app, atlas)
    _in_browser(app, atlas)


def _pictures(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.NET, "data"),
        Output(Id.NET, "theme"),
        Output(Id.NET, "label_budget"),
        Output(Id.NET, "caption_size"),
        Output(Id.NET, "path"),
        Output(Id.LEGEND, "children"),
        Output(Id.NOTHING, "children"),
        Output(Id.FINDING, "children"),
        Output(Id.NOTES, "children"),
        Output(netyears.TOLD, "children"),
        Input("query", "data"),
        Input("arrangement", "data"),
    )
    def show(query: str, arrangement: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        tr, view = translator(selection.language), network(atlas, selection)
        empty: Component | list[Component] = [] if view.actors else filtered_out(tr, view.culprit)
        roomy = selection.projector == "0" and not selection.narrow
        data = payload(
            view,
            on_map=arrangement == "map",
            untied=tr("without a recorded tie"),
            called={OUTSIDE: tr("outside the region"), FIELDLESS: tr("no field stated")},
            most_captions=_captions(selection, roomy=roomy, on_map=arrangement == "map"),
        )
        path = [str(atlas.positions.index[at]) for at in view.way.actors] if view.way else []
        return (
            packed(data),
            selection.theme,
            MOST_LABELS if roomy else FEW_LABELS,
            round(selection.font_px * CAPTION_REM),
            path,
            legend(atlas, view, selection, tr),
            empty,
            finding(view, tr),
            notes(view, selection, tr),
            netyears.years_told(atlas, selection, tr),
        )

    for table, sheet in ((Id.TABLE, netsheets.nodes), (Id.TIES, netsheets.ties)):
        _table(app, atlas, table, sheet)


def _table(app: Dash, atlas: Atlas, table: Id, sheet: Callable[[Atlas, Selection, Translator], Sheet]) -> None:
    @app.callback(
        Output(table, "columnDefs"),
        Output(table, "rowData"),
        Input("query", "data"),
        Input(Id.TABLED, "data"),
    )
    def fill(query: str, tabled: str) -> tuple[object, ...]:
        if tabled != "1":
            return no_update, no_update
        selection = Selection.from_query(query)
        tr = translator(selection.language)
        found = sheet(atlas, selection, tr)
        return sheet_columns(found, tr), sheet_rows(replace(found, rows=found.rows[:MOST_ROWS]))


def _beside(app: Dash, atlas: Atlas) -> None:
    @app.callback(Output(Id.DRAWER, "children"), Input("focus", "data"), Input("query", "data"))
    def details(focus: str, query: str) -> Component | str:
        selection = Selection.from_query(query)
        tr = translator(selection.language)
        kind, _, key = focus.partition(":")
        if kind == "actor":
            return _actor(atlas, key, tr)
        if kind not in {"cell", "unit", "place", "field", "tie"}:
            return ""
        names = cell_names(atlas, selection, tr("outside the region"), tr("no field stated"))
        if kind == "tie":
            found = between(atlas, selection, key)
            return netlists.between_text(atlas, found, names, tr) if found else _unknown(tr)
        card = cell_card(atlas, selection, focus)
        return netlists.cell_text(card, names, tr) if card else _not_drawn(atlas, focus, tr)

    @app.callback(Output(Id.LISTS, "children"), Input("query", "data"))
    def lists(query: str) -> list[Component]:
        selection = Selection.from_query(query)
        tr, view = translator(selection.language), network(atlas, selection)
        told = [netlists.way_text(atlas, view.way, tr)] if view.way else []
        return [*told, *netlists.broker_list(atlas, view, tr), *netlists.border_list(atlas, view, tr)]


def _actor(atlas: Atlas, key: str, tr: Translator) -> Component:
    one = profile(atlas, key)
    if one is None:
        return html.P(tr("No actor “{id}” in these data.", id=key), className="nothing")
    ways = [
        (tr("Neighbourhood"), f"sel=actor:{key}&ego=1"),
        (tr("Way from here"), f"way={key}~"),
    ]
    buttons = [html.Button(name, className="button quiet", **attributes({"data-set": keys})) for name, keys in ways]
    return html.Div([html.Div(buttons, className="actor-ways"), drawer(atlas, one, tr)])


def _unknown(tr: Translator) -> html.P:
    return html.P(tr("These data have no such group."), className="nothing")


def _not_drawn(atlas: Atlas, key: str, tr: Translator) -> html.P:
    if rules.resolve(atlas, key) is None:
        return _unknown(tr)
    return html.P(tr("This group is not part of the picture at this level."), className="nothing")


def _choices(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.NET, "selected"),
        Output(Id.PANEL, "children"),
        Input("selected", "data"),
        Input("query", "data"),
    )
    def select(rule: str, query: str) -> tuple[list[str], Component | str]:
        selection = Selection.from_query(query)
        tr = translator(selection.language)
        if not rule:
            return [], ""
        chosen = rules.resolve(atlas, rule)
        if chosen is None:
            return [], html.P(tr("The selection of this link does not exist in these data."), className="nothing")
        marked = choose.marked(atlas, selection, rule)
        return marked, panel(group(atlas, chosen, selection, rule), tr)

    @app.callback(
        Output(Id.PICKED, "data"),
        Input(Id.NET, "selected"),
        State("selected", "data"),
        State("query", "data"),
        prevent_initial_call=True,
    )
    def picked(marked: list[str] | None, rule: str, query: str) -> object:
        found = choose.rule(atlas, Selection.from_query(query), marked or [], rule)
        return no_update if found is None else found


def _in_browser(app: Dash, atlas: Atlas) -> None:
    low, high = years(atlas).span or (0, 1)
    calls: tuple[tuple[str, tuple[Output, ...], tuple[Input | State, ...]], ...] = (
        ("(rule) => window.ecosystem.set({sel: rule})", (), (Input(Id.PICKED, "data"),)),
        ("(event) => window.ecosystem.netClicked(event)", (), (Input(Id.NET, "clicked"),)),
        ("(actor) => window.ecosystem.found(actor)", (), (Input(SEARCH, "value"),)),
        ("(start, goal) => window.ecosystem.netWay(start, goal)", (), (Input(START, "value"), Input(GOAL, "value"))),
        (f"(value) => window.ecosystem.netYears(value, {low}, {high})", (), (Input(netyears.SLIDER, "value"),)),
        (
            "(rows, ids) => window.ecosystem.rowsSelected(rows, ids)",
            (),
            (Input(Id.TABLE, "selectedRows"), State(Id.NET, "selected")),
        ),
    )
    for script, outputs, inputs in calls:
        app.clientside_callback(script, *outputs, *inputs, prevent_initial_call=True)
    app.clientside_callback(
        "(search, start, goal) => window.ecosystem.netWayEnds(search, start, goal)",
        Output(START, "value"),
        Output(GOAL, "value"),
        Input("url", "search"),
        State(START, "value"),
        State(GOAL, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        f"(search, value) => window.ecosystem.netYearThumbs(search, value, {low}, {high})",
        Output(netyears.SLIDER, "value"),
        Input("url", "search"),
        State(netyears.SLIDER, "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback("(mode) => mode", Output(Id.NET, "mode"), Input(MODE, "value"))
    app.clientside_callback("(mix) => mix / 100", Output(Id.NET, "mix"), Input(control("mix"), "value"))
    app.clientside_callback("(focus) => focus.replace(/^actor:/, '')", Output(Id.NET, "focus"), Input("focus", "data"))
    app.clientside_callback(
        "(ids, rows) => window.ecosystem.selectRows(ids, rows)",
        Output(Id.TABLE, "selectedRows"),
        Input(Id.NET, "selected"),
        Input(Id.TABLE, "rowData"),
    )
