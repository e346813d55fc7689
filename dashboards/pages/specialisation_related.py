"""The part with the relatedness of fields."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, dcc, html
from dash.exceptions import PreventUpdate

from dashboards.components.attributes import attributes
from dashboards.components.block import block
from dashboards.components.grid import empty_grid, filling
from dashboards.components.related import drawn, field_names, finding, legend, pair_table, pairs_sheet, reading
from dashboards.components.specialisation import PICK_POINT, part
from dashboards.figures.base import config
from dashboards.figures.related import circle
from dashboards.language import translator
from dashboards.palette import field_colours, theme
from dashboards.state import Selection
from dashboards.views.related import related

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas


class Id(StrEnum):
    """Ids of this part."""

    FINDING = "spec-related-finding"
    GRAPH = "spec-related"
    PAIRS = "spec-related-pairs"
    READING = "spec-related-reading"
    TABLE = "spec-related-table"


def layout(tr: Translator) -> Component:
    label = tr("Network of fields: the wider a line, the more related")
    figure = html.Div(
        dcc.Graph(id=Id.GRAPH, config=config(tr, "related-fields"), className="fill"),
        className="figure spec-tall",
        role="img",
        **attributes({"aria-label": label}),
    )
    return html.Div(
        [
            block(
                tr("Which fields the same actors work on"),
                html.Div([figure, html.Div(legend(tr), className="legend flat-legend")]),
                tr,
                sheet="specialisation/relatedness",
                graph=Id.GRAPH,
                twin=empty_grid(Id.TABLE, tr),
                measure="relatedness",
            ),
            html.Div(
                [html.Div(id=Id.PAIRS, className="only-picture"), html.P(id=Id.READING, className="reading")],
                className="spec-side",
            ),
        ],
        className="spec-wide-narrow",
    )


def register(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.FINDING, "children"),
        Output(Id.GRAPH, "figure"),
        Output(Id.PAIRS, "children"),
        Output(Id.READING, "children"),
        Output(Id.TABLE, "columnDefs"),
        Output(Id.TABLE, "rowData"),
        Input("query", "data"),
    )
    def show(query: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        if part(selection) != "related":
            raise PreventUpdate
        tr, look, view = translator(selection.language), theme(selection.theme), related(atlas, selection)
        names = field_names(atlas, tr)
        colours = dict(zip(names, field_colours(len(names), look), strict=True))
        sheet = pairs_sheet(atlas, selection, tr)
        return (
            finding(view, names, tr),
            circle(view, names, colours, look, tr, selection.font_px),
            pair_table(view, names, tr),
            [html.Span(reading(view.method, tr)), html.Span(f" {drawn(view, tr)}", className="hint")],
            *filling(sheet, tr),
        )

    app.clientside_callback(PICK_POINT, Input(Id.GRAPH, "clickData"), prevent_initial_call=True)
