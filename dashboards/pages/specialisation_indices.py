"""The part with one index per place and field."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, html
from dash.exceptions import PreventUpdate

from dashboards.components.block import block, menu
from dashboards.components.grid import empty_grid, filling
from dashboards.components.indices import field_table, fields_sheet, finding, places_sheet, reading, spread
from dashboards.components.related import field_names
from dashboards.components.specialisation import PICK_HEADER, PICK_POINT, height, part, picture
from dashboards.figures.indices import dots
from dashboards.language import translator
from dashboards.palette import theme
from dashboards.state import Selection
from dashboards.views.indices import indices

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas

ROW_REM, HEAD_REM = 1.45, 2.0


class Id(StrEnum):
    """Ids of this part."""

    FINDING = "spec-indices-finding"
    GRAPH = "spec-indices"
    BOX = "spec-indices-box"
    READING = "spec-indices-reading"
    PLACES = "spec-indices-places"
    FIELDS = "spec-indices-fields"
    FIELDS_TABLE = "spec-indices-fields-table"


def layout(tr: Translator) -> Component:
    return html.Div(
        [
            block(
                tr("One index of every place"),
                html.Div(
                    [
                        html.P(id=Id.READING, className="reading"),
                        picture(Id.GRAPH, Id.BOX, "index", tr("One index of every place"), tr, size="spec-tall"),
                    ]
                ),
                tr,
                sheet="specialisation/places",
                graph=Id.GRAPH,
                measure="concentration",
                class_name="only-picture",
            ),
            html.Div(
                [
                    html.Section(
                        [
                            html.Div(
                                [
                                    html.H2(tr("All indices, sortable")),
                                    menu(tr, sheet="specialisation/places", measure="concentration"),
                                ],
                                className="block-head",
                            ),
                            html.Div(empty_grid(Id.PLACES, tr), className="table spec-grid"),
                        ],
                        className="block",
                    ),
                    block(
                        tr("How unevenly each field is spread over places"),
                        html.Div(id=Id.FIELDS),
                        tr,
                        sheet="specialisation/fields",
                        twin=empty_grid(Id.FIELDS_TABLE, tr),
                        measure="concentration",
                        hint=spread(tr),
                    ),
                ]
            ),
        ],
        className="spec-halves",
    )


def register(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.FINDING, "children"),
        Output(Id.GRAPH, "figure"),
        Output(Id.BOX, "style"),
        Output(Id.READING, "children"),
        Output(Id.FIELDS, "children"),
        Input("query", "data"),
        Input("selected", "data"),
    )
    def show(query: str, rule: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        if part(selection) != "indices":
            raise PreventUpdate
        tr, view = translator(selection.language), indices(atlas, selection)
        return (
            finding(view, selection, tr),
            dots(view, theme(selection.theme), tr, font_px=selection.font_px, selected=rule or ""),
            height(len(view.ranked), ROW_REM, HEAD_REM),
            reading(view.index, tr),
            field_table(view, field_names(atlas, tr), tr),
        )

    @app.callback(
        Output(Id.PLACES, "columnDefs"),
        Output(Id.PLACES, "rowData"),
        Output(Id.FIELDS_TABLE, "columnDefs"),
        Output(Id.FIELDS_TABLE, "rowData"),
        Input("query", "data"),
    )
    def rows(query: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        if part(selection) != "indices":
            raise PreventUpdate
        tr = translator(selection.language)
        places, fields = places_sheet(atlas, selection, tr), fields_sheet(atlas, selection, tr)
        return (
            *filling(places, tr),
            *filling(fields, tr),
        )

    app.clientside_callback(PICK_POINT, Input(Id.GRAPH, "clickData"), prevent_initial_call=True)
    app.clientside_callback(PICK_HEADER, Input(Id.GRAPH, "clickAnnotationData"), prevent_initial_call=True)
