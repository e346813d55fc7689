"""The part with the five sectors of every place and field."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, html
from dash.exceptions import PreventUpdate

from dashboards.components.balance import (
    fields_sheet,
    finding,
    how_read,
    legend,
    places_sheet,
    synergy_words,
)
from dashboards.components.block import block, menu
from dashboards.components.grid import empty_grid, filling
from dashboards.components.related import field_names
from dashboards.components.specialisation import PICK_HEADER, PICK_POINT, height, part, picture
from dashboards.components.words import sector_letters
from dashboards.figures.balance import stacked
from dashboards.language import translator
from dashboards.palette import theme
from dashboards.state import Selection
from dashboards.views.balance import balance
from dashboards.views.compared import rule_of

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas

ROW_REM, HEAD_REM = 1.5, 3.0


class Id(StrEnum):
    """Ids of this part."""

    FINDING = "spec-helix-finding"
    PLACES = "spec-helix-places"
    PLACES_BOX = "spec-helix-places-box"
    PLACES_TABLE = "spec-helix-places-table"
    FIELDS = "spec-helix-fields"
    FIELDS_BOX = "spec-helix-fields-box"
    FIELDS_TABLE = "spec-helix-fields-table"
    SYNERGY = "spec-synergy"


def layout(tr: Translator) -> Component:
    return html.Div(
        [
            block(
                tr("Sectors in every place, actors"),
                html.Div(
                    [
                        html.Div(legend(tr), className="legend flat-legend"),
                        picture(
                            Id.PLACES,
                            Id.PLACES_BOX,
                            "sectors-places",
                            tr("Sectors in every place, actors"),
                            tr,
                            size="spec-tall",
                        ),
                    ]
                ),
                tr,
                sheet="specialisation/helix-places",
                graph=Id.PLACES,
                twin=empty_grid(Id.PLACES_TABLE, tr),
                measure="helix",
            ),
            html.Div(
                [
                    block(
                        tr("Sectors in every field, memberships"),
                        picture(
                            Id.FIELDS,
                            Id.FIELDS_BOX,
                            "sectors-fields",
                            tr("Sectors in every field, memberships"),
                            tr,
                            size="spec-low",
                        ),
                        tr,
                        sheet="specialisation/helix-fields",
                        graph=Id.FIELDS,
                        twin=empty_grid(Id.FIELDS_TABLE, tr),
                        measure="helix",
                        hint=how_read(tr),
                    ),
                    html.Section(
                        [
                            html.Div(
                                [
                                    html.H2(tr("Synergy of place, field and sector")),
                                    menu(tr, sheet="specialisation/synergy", measure="synergy"),
                                ],
                                className="block-head",
                            ),
                            html.P(id=Id.SYNERGY),
                        ],
                        className="block",
                    ),
                ]
            ),
        ],
        className="spec-sectors",
    )


def register(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.FINDING, "children"),
        Output(Id.PLACES, "figure"),
        Output(Id.PLACES_BOX, "style"),
        Output(Id.FIELDS, "figure"),
        Output(Id.SYNERGY, "children"),
        Input("query", "data"),
        Input("selected", "data"),
    )
    def show(query: str, rule: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        if part(selection) != "helix":
            raise PreventUpdate
        tr, look, view = translator(selection.language), theme(selection.theme), balance(atlas, selection)
        letters, names = sector_letters(tr), field_names(atlas, tr)
        places = [view.region, *view.places] if view.places else []
        drawn = stacked(
            places,
            [tr("Region"), *(view.names[mix.key] for mix in view.places)],
            ["", *(rule_of(view.level, mix.key) for mix in view.places)],
            letters,
            look,
            tr,
            font_px=selection.font_px,
            selected=rule or "",
        )
        fields = stacked(
            view.fields,
            [names[mix.key] for mix in view.fields],
            [f"field:{mix.key}" for mix in view.fields],
            letters,
            look,
            tr,
            font_px=selection.font_px,
            selected=rule or "",
            room=0.12,
        )
        return (
            finding(view, tr),
            drawn,
            height(len(places), ROW_REM, HEAD_REM),
            fields,
            synergy_words(view.synergy, tr),
        )

    @app.callback(
        Output(Id.PLACES_TABLE, "columnDefs"),
        Output(Id.PLACES_TABLE, "rowData"),
        Output(Id.FIELDS_TABLE, "columnDefs"),
        Output(Id.FIELDS_TABLE, "rowData"),
        Input("query", "data"),
    )
    def rows(query: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        if part(selection) != "helix":
            raise PreventUpdate
        tr = translator(selection.language)
        places, fields = places_sheet(atlas, selection, tr), fields_sheet(atlas, selection, tr)
        return (
            *filling(places, tr),
            *filling(fields, tr),
        )

    for graph in (Id.PLACES, Id.FIELDS):
        app.clientside_callback(PICK_POINT, Input(graph, "clickData"), prevent_initial_call=True)
        app.clientside_callback(PICK_HEADER, Input(graph, "clickAnnotationData"), prevent_initial_call=True)
