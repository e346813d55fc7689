"""Konsortium: who could work together on a field, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, dcc, html

from dashboards.components import actorsearch
from dashboards.components import consortium_sheets as sheets
from dashboards.components.actorsearch import actor_search
from dashboards.components.attributes import attributes
from dashboards.components.block import block
from dashboards.components.consortium import cards, chips, field_choice, legend, member_list, told
from dashboards.components.consortium_panels import drawn, sections, spoken
from dashboards.components.consortium_words import finding
from dashboards.components.controls import choice, one_of
from dashboards.components.coordination import field_options, way
from dashboards.components.grid import grid, sheet_columns, sheet_rows
from dashboards.figures.base import config
from dashboards.figures.consortium import rows
from dashboards.figures.grids import nothing
from dashboards.language import translator
from dashboards.pages import Page
from dashboards.palette import theme
from dashboards.state import Selection
from dashboards.views.consortium import consortium
from dashboards.views.coordination import calls
from dashboards.views.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas

PAGE = Page("/konsortium", "/consortium", filters=False, menu=False, section="/abstimmung", whole=True)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {
    "members": sheets.member_sheet,
    "ties": sheets.tie_sheet,
    "bridges": sheets.bridge_sheet,
    "proposals": sheets.proposal_sheet,
}
CITIES, SIZES = (1, 2, 3, 4, 5, 6), (5, 6, 7, 8, 10, 12)


class Id(StrEnum):
    """Ids of this page."""

    FINDING = "kons-finding"
    START = "kons-start"
    TOLD = "kons-told"
    BODY = "kons-body"
    CARDS = "kons-cards"
    COMPARED = "kons-compared"
    FRAME = "kons-frame"
    PICTURE = "kons-picture"
    LEGEND = "kons-legend"
    TABLE = "kons-table"
    PIN = "kons-pin"
    BAN = "kons-ban"
    CHIPS = "kons-chips"
    MEMBERS = "kons-members"
    SECTIONS = "kons-sections"


def title(tr: Translator) -> str:
    return tr("Consortium")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    return html.Div(
        [
            way("consortium", tr),
            html.Div(
                [html.H1(tr("Propose a consortium")), html.P(id=Id.FINDING, className="finding")],
                className="head",
            ),
            html.Div(_toolbar(atlas, selection, tr), className="toolbar"),
            html.Div(id=Id.START),
            html.Div(id=Id.TOLD),
            html.Div(
                [
                    _alternatives(tr),
                    html.Div([_picture(tr), _side(atlas, tr)], className="kons"),
                    html.Div(id=Id.SECTIONS, className="pair-sections"),
                ],
                id=Id.BODY,
                hidden=True,
            ),
        ],
        className="page consortium",
    )


def _toolbar(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    called = [(call, f"{call} ({tr.number(n)})") for call, n in calls(atlas.tables)]
    cities, sizes = _numbers(CITIES, selection.cities, tr), _numbers(SIZES, selection.members, tr)
    return [
        one_of(
            "fd", tr("Field"), tr("Choose a field"), field_options(atlas, tr), selection.field,
            tr("No field of this name"), on_stage=True,
        ),
        one_of("call", tr("Call"), tr("all calls"), called, selection.call, tr("No call of this name")),
        choice("k", tr("Cities at least"), cities, str(selection.cities), on_stage=True),
        choice("sz", tr("Members at most"), sizes, str(selection.members)),
        choice("tab", tr("Show as"), [("0", tr("Picture")), ("1", tr("Table"))], "1" if selection.table else "0"),
    ]  # fmt: skip


def _numbers(offered: tuple[int, ...], asked: int, tr: Translator) -> list[tuple[str, str]]:
    """A few numbers, and the one a link asks for."""
    return [(str(n), tr.number(n)) for n in sorted({*offered, asked})]


def _alternatives(tr: Translator) -> Component:
    return block(
        tr("Proposals side by side"),
        html.Div(id=Id.CARDS, className="proposals"),
        tr,
        sheet="consortium/proposals",
        measure="consortium",
        twin=grid(Id.COMPARED, sheet_columns(Sheet("", sheets.proposal_columns(tr), []), tr), [], tr),
        class_name="kons-alternatives",
    )


def _picture(tr: Translator) -> Component:
    figure = html.Div(
        dcc.Graph(id=Id.PICTURE, config=config(tr, "consortium"), className="fill"),
        id=Id.FRAME,
        className="figure kons-picture",
        role="img",
        **attributes({"aria-label": tr("The members by sector and city, with the ties between them")}),
    )
    return block(
        tr("Members by sector and city"),
        html.Div([figure, html.Div(id=Id.LEGEND, className="legend flat-legend")]),
        tr,
        sheet="consortium/members",
        graph=Id.PICTURE,
        measure="consortium",
        twin=grid(Id.TABLE, sheet_columns(Sheet("", sheets.member_columns(tr), []), tr), [], tr),
    )


def _side(atlas: Atlas, tr: Translator) -> Component:
    return html.Aside(
        [
            html.Div(
                [
                    actor_search(atlas, Id.PIN, tr("Hold an actor …"), tr),
                    actor_search(atlas, Id.BAN, tr("Leave an actor out …"), tr),
                ],
                className="kons-search",
            ),
            html.Div(id=Id.CHIPS),
            html.Div(id=Id.MEMBERS),
        ],
        className="kons-side",
        tabIndex=0,
        **attributes({"aria-label": tr("Members and why they are proposed")}),
    )


def register(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.FINDING, "children"),
        Output(Id.START, "children"),
        Output(Id.TOLD, "children"),
        Output(Id.BODY, "hidden"),
        Output(Id.CARDS, "children"),
        Output(Id.COMPARED, "rowData"),
        Output(Id.PICTURE, "figure"),
        Output(Id.FRAME, "style"),
        Output(Id.LEGEND, "children"),
        Output(Id.TABLE, "rowData"),
        Output(Id.CHIPS, "children"),
        Output(Id.MEMBERS, "children"),
        Output(Id.SECTIONS, "children"),
        Input("query", "data"),
    )
    def show(query: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        tr = translator(selection.language)
        view = consortium(atlas, selection)
        said = finding(atlas, view, tr)
        if view is None:
            empty = nothing(theme(selection.theme), tr, selection.font_px)
            start = field_choice(atlas, tr, selection.field)
            return said, start, [], True, [], [], empty, {}, [], [], [], [], []
        return (
            said,
            [],
            told(atlas, view, tr),
            False,
            cards(view, tr),
            sheet_rows(sheets.proposal_sheet(atlas, selection, tr)),
            drawn(atlas, selection, view, tr),
            {"--rows": rows(view)},
            legend(atlas, view, tr),
            sheet_rows(sheets.member_sheet(atlas, selection, tr)),
            chips(atlas, view.asked, tr),
            member_list(atlas, view, tr),
            sections(atlas, selection, view, tr),
        )

    actorsearch.register(app, atlas, Id.PIN, Id.BAN)
    for name, key in ((Id.PIN, "pin"), (Id.BAN, "ban")):
        app.clientside_callback(
            f"(actor) => window.ecosystem.steerActor('{name}', '{key}', actor)",
            Input(name, "value"),
            prevent_initial_call=True,
        )
    app.clientside_callback(
        "(event) => window.ecosystem.pickMember(event)", Input(Id.PICTURE, "clickData"), prevent_initial_call=True
    )
    app.clientside_callback("(children) => window.ecosystem.steered()", Input(Id.MEMBERS, "children"))


__all__ = ["PAGE", "SHEETS", "layout", "register", "spoken", "title"]
