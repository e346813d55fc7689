"""The part with diversification: what lies near to what a place holds, and what changed."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, dcc, html
from dash.exceptions import PreventUpdate

from dashboards.components.attributes import attributes
from dashboards.components.block import block, menu
from dashboards.components.changes import change_table, told, variety_words
from dashboards.components.grid import empty_grid, filling
from dashboards.components.nearest import checks, finding, legend, next_sheet, next_table, steps_sheet
from dashboards.components.related import field_names
from dashboards.components.specialisation import PICK_POINT, part
from dashboards.figures.base import config
from dashboards.figures.nearest import steps
from dashboards.language import translator
from dashboards.palette import field_colours, theme
from dashboards.state import Selection
from dashboards.views.nearest import changes, complexity, diversification, variety

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas


class Id(StrEnum):
    """Ids of this part."""

    FINDING = "spec-nearest-finding"
    GRAPH = "spec-nearest"
    TABLE = "spec-nearest-table"
    NEXT = "spec-next"
    NEXT_TABLE = "spec-next-table"
    CHANGE = "spec-change"
    VARIETY = "spec-variety"
    COMPLEXITY = "spec-complexity"


def layout(tr: Translator) -> Component:
    figure = html.Div(
        dcc.Graph(id=Id.GRAPH, config=config(tr, "diversification"), className="fill"),
        className="figure spec-tall",
        role="img",
        **attributes({"aria-label": tr("Fields by their relatedness to what the place holds, and by size")}),
    )
    return html.Div(
        [
            block(
                tr("How near each field is"),
                html.Div([figure, html.Div(legend(tr), className="legend flat-legend")]),
                tr,
                sheet="specialisation/diversification",
                graph=Id.GRAPH,
                twin=empty_grid(Id.TABLE, tr),
                measure="diversification",
            ),
            html.Div(
                [
                    block(
                        tr("Nearest missing field of every place"),
                        html.Div(
                            id=Id.NEXT,
                            className="spec-scroll",
                            tabIndex=0,
                            role="group",
                            **attributes({"aria-label": tr("Nearest missing field of every place")}),
                        ),
                        tr,
                        sheet="specialisation/nearest",
                        twin=empty_grid(Id.NEXT_TABLE, tr),
                        measure="diversification",
                    ),
                    _words(tr("Order by complexity"), Id.COMPLEXITY, "complexity", tr),
                    _words(tr("Related variety"), Id.VARIETY, "variety", tr),
                ]
            ),
            html.Div(_words(tr("Entries and exits"), Id.CHANGE, "change", tr), className="spec-row"),
        ],
        className="spec-halves",
    )


def _words(heading: str, content: str, measure: str, tr: Translator) -> Component:
    """A block that says in words, or in a small table, what there is."""
    return html.Section(
        [
            html.Div(
                [html.H2(heading), menu(tr, sheet=f"specialisation/{measure}", measure=measure)], className="block-head"
            ),
            html.Div(id=content),
        ],
        className="block",
    )


def register(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.FINDING, "children"),
        Output(Id.GRAPH, "figure"),
        Output(Id.NEXT, "children"),
        Output(Id.TABLE, "columnDefs"),
        Output(Id.TABLE, "rowData"),
        Output(Id.NEXT_TABLE, "columnDefs"),
        Output(Id.NEXT_TABLE, "rowData"),
        Input("query", "data"),
    )
    def show(query: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        if part(selection) != "nearest":
            raise PreventUpdate
        tr, look, view = translator(selection.language), theme(selection.theme), diversification(atlas, selection)
        names = field_names(atlas, tr)
        colours = dict(zip(names, field_colours(len(names), look), strict=True))
        every, following = steps_sheet(atlas, selection, tr), next_sheet(atlas, selection, tr)
        return (
            finding(view, names, tr),
            steps(view, names, colours, look, tr, axis=selection.axis, font_px=selection.font_px),
            next_table(view, names, tr),
            *filling(every, tr),
            *filling(following, tr),
        )

    @app.callback(
        Output(Id.CHANGE, "children"),
        Output(Id.VARIETY, "children"),
        Output(Id.COMPLEXITY, "children"),
        Input("query", "data"),
    )
    def more(query: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        if part(selection) != "nearest":
            raise PreventUpdate
        tr, moved = translator(selection.language), changes(atlas, selection)
        names = field_names(atlas, tr)
        return (
            [html.P(told(moved, tr)), change_table(moved, names, tr)],
            html.P(variety_words(variety(atlas, selection), tr)),
            checks(complexity(atlas, selection), names, tr),
        )

    app.clientside_callback(PICK_POINT, Input(Id.GRAPH, "clickData"), prevent_initial_call=True)
