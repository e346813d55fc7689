"""Polyzentrik: which city carries which field, and how the poles hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Input, Output, html
from dash.exceptions import PreventUpdate

from dashboards.components import poleindices as words
from dashboards.components.clustercard import cluster_card
from dashboards.components.grid import filling, sheet_rows
from dashboards.components.indexwords import basis_names, index_names
from dashboards.components.nothing import filtered_out
from dashboards.components.overviewsheets import cluster_sheet
from dashboards.components.polycentric import comparison, finding, selection_card, states, strongest
from dashboards.components.polyparts import clusters_part, fields_part, map_part, measures_part
from dashboards.components.polysheets import flow_sheet, matrix_sheet
from dashboards.components.polyshell import Id, part, shell, toolbar
from dashboards.figures.curves import curves as curve_figure
from dashboards.figures.fieldmaps import field_maps as small_maps
from dashboards.figures.labels import em_km
from dashboards.figures.matrix import field_matrix as matrix_figure
from dashboards.figures.region import polycentric_map, unit_map
from dashboards.language import translator
from dashboards.pages import Page
from dashboards.palette import theme
from dashboards.state import Selection
from dashboards.views.commuting import commuting
from dashboards.views.fieldflows import field_flow_sheet, field_maps
from dashboards.views.filters import culprit
from dashboards.views.footprint import footprint, footprint_sheet
from dashboards.views.poleindices import curves, panel
from dashboards.views.polycentric import field_matrix, region_map
from dashboards.views.units import across, outlines

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.sheet import Sheet
    from ecosystem.atlas import Atlas

PAGE = Page("/polyzentrik", "/polycentricity", filters=True)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {
    "flows": flow_sheet,
    "matrix": matrix_sheet,
    "fields": field_flow_sheet,
    "panel": words.panel_sheet,
    "curve": words.curve_sheet,
    "clusters": cluster_sheet,
    "footprint": footprint_sheet,
}
__all__ = ["PAGE", "SHEETS", "Id", "layout", "register", "title"]


def title(tr: Translator) -> str:
    return tr("Polycentric view")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    return html.Div(
        [
            html.Div([html.H1(tr("Polycentric view")), html.P(id=Id.FINDING, className="finding")], className="head"),
            html.Div(toolbar(selection, tr), className="toolbar"),
            html.Div(id=Id.NOTHING),
            map_part(selection, tr),
            fields_part(selection, tr),
            measures_part(selection, tr),
            clusters_part(atlas, tr),
        ],
        id=Id.PAGE,
        className=shell(selection),
    )


def register(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.PAGE, "className"),
        Output(Id.FINDING, "children"),
        Output(Id.NOTHING, "children"),
        Input("query", "data"),
    )
    def show(query: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        tr, view = translator(selection.language), region_map(atlas, selection)
        return shell(selection), finding(view, tr), [] if view.actors else filtered_out(tr, culprit(atlas, selection))

    @app.callback(
        Output(Id.MAP, "figure"),
        Output(Id.LINKS, "children"),
        Output(Id.COMMUTERS, "children"),
        Output(Id.FLOWS, "columnDefs"),
        Output(Id.FLOWS, "rowData"),
        Input("query", "data"),
        Input("selected", "data"),
    )
    def ground(query: str, rule: str) -> tuple[object, ...]:
        selection = _asked(query, "")
        tr, beside = translator(selection.language), None
        if selection.commuters:
            beside = commuting(atlas, selection)
        links = strongest(region_map(atlas, selection), beside, tr)
        told = comparison(beside, tr) if beside else []
        return drawn(atlas, selection, rule, tr), links, told, *filling(flow_sheet(atlas, selection, tr), tr)

    @app.callback(
        Output(Id.MATRIX, "figure"),
        Output(Id.MATRIX_BOX, "style"),
        Output(Id.STATES, "children"),
        Output(Id.READING, "children"),
        Output(Id.TABLE, "columnDefs"),
        Output(Id.TABLE, "rowData"),
        Input("query", "data"),
        Input("selected", "data"),
    )
    def matrix(query: str, rule: str) -> tuple[object, ...]:
        selection = _asked(query, "")
        tr, view = translator(selection.language), field_matrix(atlas, selection)
        names = [tr.label(atlas.region.field(field).short) for field in view.fields]
        look, px = theme(selection.theme), selection.font_px
        figure = matrix_figure(view, names, look, tr, measure=selection.measure, font_px=px, selected=rule)
        height = {"height": f"max(100%, {2.6 * len(view.units) + 3:.1f}rem)"}
        twin = filling(matrix_sheet(atlas, selection, tr), tr)
        return figure, height, states(selection.measure, tr), reading(selection, tr), *twin

    @app.callback(
        Output(Id.SMALL, "figure"),
        Output(Id.SMALL_BOX, "style"),
        Output(Id.SMALL_TABLE, "columnDefs"),
        Output(Id.SMALL_TABLE, "rowData"),
        Input("query", "data"),
        Input("selected", "data"),
    )
    def fields(query: str, rule: str) -> tuple[object, ...]:
        selection = _asked(query, "fields")
        tr, view = translator(selection.language), field_maps(atlas, selection)
        columns = 2 if selection.narrow or selection.projector not in {"0", "1"} else 3
        figure = small_maps(
            view,
            outlines(atlas, view.units.kind),
            [tr.label(atlas.region.field(one.field_id).short) for one in view.fields],
            theme(selection.theme),
            tr,
            font_px=selection.font_px,
            least=selection.least,
            columns=min(columns, max(len(view.fields), 1)),
            selected=rule.partition(":")[2],
        )
        rows = -(-len(view.fields) // columns)
        return figure, {"--rows": str(max(rows, 1))}, *filling(field_flow_sheet(atlas, selection, tr), tr)

    @app.callback(
        Output(Id.PANEL, "children"),
        Output(Id.ABOUT, "children"),
        Output(Id.BY_FIELD, "children"),
        Output(Id.CURVE, "figure"),
        Output(Id.CURVE_NOTE, "children"),
        Output(Id.PANEL_TABLE, "columnDefs"),
        Output(Id.PANEL_TABLE, "rowData"),
        Output(Id.CURVE_TABLE, "columnDefs"),
        Output(Id.CURVE_TABLE, "rowData"),
        Input("query", "data"),
    )
    def measures(query: str) -> tuple[object, ...]:
        selection = _asked(query, "measures")
        tr, view, lines = translator(selection.language), panel(atlas, selection), curves(atlas, selection)
        names = {field.field_id: tr.label(field.short) for field in atlas.region.fields}
        figure = curve_figure(
            lines,
            basis_names(tr, view.year),
            theme(selection.theme),
            tr,
            title=index_names(tr)[selection.index],
            font_px=selection.font_px,
        )
        sheets = [one(atlas, selection, tr) for one in (words.panel_sheet, words.curve_sheet)]
        twins = [part for sheet in sheets for part in filling(sheet, tr)]
        told = words.curve_finding(lines, selection.index, tr)
        about = words.about(view, atlas, tr)
        return words.panels(view, tr), about, words.field_table(view, names, "both", tr), figure, told, *twins

    @app.callback(
        Output(Id.CLUSTERS, "rowData"),
        Output(Id.FOOTPRINT, "figure"),
        Output(Id.CLUSTER, "children"),
        Input("query", "data"),
    )
    def clusters(query: str) -> tuple[object, ...]:
        selection = _asked(query, "clusters")
        tr, view = translator(selection.language), footprint(atlas, selection)
        shapes = outlines(atlas, view.units.kind)
        figure = unit_map(
            view.units,
            view.sizes,
            shapes,
            theme(selection.theme),
            tr,
            font_px=selection.font_px,
            everywhere=False,
            em=em_km(selection, across(view.units, shapes)),
        )
        return sheet_rows(cluster_sheet(atlas, selection, tr)), figure, cluster_card(view.cluster, atlas, tr)

    @app.callback(Output(Id.CARD, "children"), Input("selected", "data"), Input("query", "data"))
    def card(rule: str, query: str) -> Component | str:
        selection = Selection.from_query(query)
        return selection_card(atlas, rule, selection, translator(selection.language)) if rule else ""

    for source, chosen, pick in (
        (Id.MAP, "clickData", "pickUnit"),
        (Id.MATRIX, "clickData", "pickCell"),
        (Id.SMALL, "clickData", "pickCell"),
        (Id.CLUSTERS, "cellClicked", "pickCluster"),
    ):
        app.clientside_callback(
            f"(event) => window.ecosystem.{pick}(event)", Input(source, chosen), prevent_initial_call=True
        )


def _asked(query: str, wanted: str) -> Selection:
    """The selection; what is not on screen is not computed.

    Raises:
        PreventUpdate: another part of the page is shown.
    """
    selection = Selection.from_query(query)
    if part(selection) != wanted:
        raise PreventUpdate
    return selection


def drawn(atlas: Atlas, selection: Selection, rule: str, tr: Translator) -> dict[str, Any]:
    """The large map."""
    view = region_map(atlas, selection)
    shapes = outlines(atlas, view.units.kind)
    where = rule.partition(":")[2].rpartition(".")[0] or rule.partition(":")[2]
    return polycentric_map(
        view,
        shapes,
        theme(selection.theme),
        tr,
        font_px=selection.font_px,
        selected=where,
        fields=[tr.label(field.short) for field in atlas.region.fields],
        commuting=commuting(atlas, selection) if selection.commuters else None,
        em=em_km(selection, across(view.units, shapes)),
    )


def reading(selection: Selection, tr: Translator) -> str:
    """What the numbers of the matrix are."""
    if selection.measure == "lq":
        return tr(
            "Location quotient: share of the field here ÷ share in the whole region, not in the country. Orange: "
            "above 1, blue: below. Place and field filters leave the reference alone, sector and cluster filters do "
            "not."
        )
    return tr("Actors, fractional: an actor's weight of 1 is spread over its fields. The number at a name: all actors.")
