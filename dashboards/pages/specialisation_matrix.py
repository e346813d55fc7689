"""The part with the matrix of location quotients, or of their intervals."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, html
from dash.exceptions import PreventUpdate

from dashboards.components.block import block
from dashboards.components.grid import empty_grid, filling
from dashboards.components.quotients import cells_sheet, finding, side
from dashboards.components.specialisation import PICK_HEADER, PICK_POINT, height, part, picture
from dashboards.figures.quotients import matrix, whiskers
from dashboards.language import translator
from dashboards.palette import theme
from dashboards.state import Selection
from dashboards.views.quotients import quotients

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas

ROW_REM, HEAD_REM = 1.45, 3.6


class Id(StrEnum):
    """Ids of this part."""

    FINDING = "spec-matrix-finding"
    GRAPH = "spec-matrix"
    BOX = "spec-matrix-box"
    SIDE = "spec-matrix-side"
    TABLE = "spec-matrix-table"


def layout(tr: Translator) -> Component:
    label = tr("Location quotients of places and fields")
    return html.Div(
        [
            block(
                tr("Which place is specialised in which field"),
                picture(Id.GRAPH, Id.BOX, "location-quotients", label, tr, size="spec-tall"),
                tr,
                sheet="specialisation/cells",
                graph=Id.GRAPH,
                twin=empty_grid(Id.TABLE, tr, selectable=True),
                measure="specialisation",
            ),
            html.Div(id=Id.SIDE, className="spec-side"),
        ],
        className="spec-wide-narrow",
    )


def register(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.FINDING, "children"),
        Output(Id.GRAPH, "figure"),
        Output(Id.BOX, "style"),
        Output(Id.SIDE, "children"),
        Input("query", "data"),
        Input("selected", "data"),
    )
    def show(query: str, rule: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        if part(selection) != "":
            raise PreventUpdate
        tr, view = translator(selection.language), quotients(atlas, selection)
        names = [tr.label(atlas.region.field(field).short) for field in view.fields]
        draw = whiskers if selection.intervals else matrix
        drawn = draw(view, names, theme(selection.theme), tr, font_px=selection.font_px, selected=rule or "")
        return (
            finding(view, selection, tr),
            drawn,
            height(len(view.places.ids), ROW_REM, HEAD_REM),
            side(view, atlas, selection, rule or "", tr),
        )

    @app.callback(Output(Id.TABLE, "columnDefs"), Output(Id.TABLE, "rowData"), Input("query", "data"))
    def rows(query: str) -> tuple[object, object]:
        selection = Selection.from_query(query)
        if part(selection) != "":
            raise PreventUpdate
        tr = translator(selection.language)
        sheet = cells_sheet(atlas, selection, tr)
        return filling(sheet, tr)

    app.clientside_callback(PICK_POINT, Input(Id.GRAPH, "clickData"), prevent_initial_call=True)
    app.clientside_callback(PICK_HEADER, Input(Id.GRAPH, "clickAnnotationData"), prevent_initial_call=True)
    # the way by keyboard: space on a row of the table
    app.clientside_callback(
        """(rows) => {
          const last = rows && rows[rows.length - 1];
          if (last) window.ecosystem.set({sel: `cell:${last.id}`});
        }""",
        Input(Id.TABLE, "selectedRows"),
        prevent_initial_call=True,
    )
