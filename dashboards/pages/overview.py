"""Überblick: what is here and what stands out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, dcc, html

from dashboards.components import fieldcards
from dashboards.components import overview as parts
from dashboards.components import summary as plain
from dashboards.components.attributes import attributes
from dashboards.components.block import block
from dashboards.components.controls import choice
from dashboards.components.grid import sheet_grid, sheet_rows
from dashboards.components.nothing import filtered_out
from dashboards.components.overviewsheets import cluster_sheet, field_sheet, number_sheet, summary_sheet
from dashboards.components.polycentric import selection_card
from dashboards.figures.base import config
from dashboards.figures.labels import em_km
from dashboards.figures.region import unit_map
from dashboards.language import translator
from dashboards.pages import Page
from dashboards.palette import theme
from dashboards.state import Selection
from dashboards.views.filters import culprit
from dashboards.views.overview import overview
from dashboards.views.summary import summary
from dashboards.views.unitfigures import unit_figures, unit_sheet
from dashboards.views.units import across, outlines

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.overview import Overview
    from dashboards.views.sheet import Sheet
    from dashboards.views.unitfigures import UnitFigures
    from ecosystem.atlas import Atlas

PAGE = Page("/", "/", filters=True)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {
    "map": unit_sheet,
    "fields": field_sheet,
    "clusters": cluster_sheet,
    "numbers": number_sheet,
    "summary": summary_sheet,
}


class Id(StrEnum):
    """Ids of this page."""

    MAP = "overview-map"
    UNITS = "overview-units"
    NUMBERS = "overview-numbers"
    BODY = "overview-body"
    FIELDS = "overview-fields"
    SUMMARY = "overview-summary"
    CLUSTERS = "overview-clusters"
    FINDING = "overview-finding"
    HINT = "overview-hint"
    CARD = "overview-card"


def title(tr: Translator) -> str:
    return tr("Overview")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    shown = [("0", tr("Picture")), ("1", tr("Table"))]
    return html.Div(
        [
            html.Div(
                [
                    html.Div([html.H1(tr.label(atlas.region.name)), html.P(id=Id.FINDING, className="finding")]),
                    choice("tab", tr("Show as"), shown, "1" if selection.table else "0"),
                ],
                className="overview-head",
            ),
            html.Div(id=Id.NUMBERS),
            parts.ways(tr),
            html.Div(
                [
                    _map(atlas, selection, tr),
                    html.Section([html.H2(tr("What stands out")), html.Div(id=Id.SUMMARY)], className="overview-told"),
                ],
                className="overview-main",
            ),
            block(
                tr("The fields"),
                html.Div(id=Id.BODY),
                tr,
                sheet="overview/fields",
                twin=sheet_grid(Id.FIELDS, field_sheet(atlas, selection, tr), tr),
                measure="helix",
            ),
            block(
                tr("The largest clusters"),
                html.Div(id=Id.CLUSTERS),
                tr,
                sheet="overview/clusters",
                measure="communities",
            ),
        ],
        className="page overview",
    )


def _map(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    measures = [
        ("actors", tr("Actors")),
        ("ties", tr("Ties")),
        ("intercity", tr("Ties between cities")),
        ("evidence", tr("Evidence")),
    ]
    picture = html.Div(
        [
            choice("mp", tr("Measure of the map"), measures, selection.map_measure),
            html.Div(
                dcc.Graph(id=Id.MAP, config=config(tr, "overview"), className="fill"),
                className="figure overview-map",
                role="img",
                **attributes({"aria-label": tr("Map of the region by city and district")}),
            ),
            html.P(id=Id.HINT, className="hint"),
            html.Div(id=Id.CARD),
        ]
    )
    return block(
        tr("The region"),
        picture,
        tr,
        sheet="overview/map",
        graph=Id.MAP,
        twin=sheet_grid(Id.UNITS, unit_sheet(atlas, selection, tr), tr),
        class_name="overview-left",
    )


def register(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.MAP, "figure"),
        Output(Id.UNITS, "rowData"),
        Output(Id.HINT, "children"),
        Input("query", "data"),
        Input("selected", "data"),
    )
    def show_map(query: str, rule: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        tr, view = translator(selection.language), unit_figures(atlas, selection)
        figure = drawn(atlas, view, selection, rule.removeprefix("unit:").removeprefix("place:"), tr)
        return figure, sheet_rows(unit_sheet(atlas, selection, tr)), reading(selection.map_measure, tr)

    @app.callback(
        Output(Id.NUMBERS, "children"),
        Output(Id.BODY, "children"),
        Output(Id.FIELDS, "rowData"),
        Output(Id.CLUSTERS, "children"),
        Output(Id.FINDING, "children"),
        Input("query", "data"),
    )
    def show(query: str) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        tr, view = translator(selection.language), overview(atlas, selection)
        return (
            parts.numbers(view.headline, tr),
            body(atlas, view, selection, tr),
            sheet_rows(field_sheet(atlas, selection, tr)),
            parts.clusters(view.clusters, tr),
            parts.finding(view.headline, tr),
        )

    @app.callback(Output(Id.CARD, "children"), Input("selected", "data"), Input("query", "data"))
    def card(rule: str, query: str) -> Component | str:
        selection = Selection.from_query(query)
        return selection_card(atlas, rule, selection, translator(selection.language)) if rule else ""

    # apart, since the measures behind it take longer than everything else on the page
    @app.callback(Output(Id.SUMMARY, "children"), Input("query", "data"), apart=True)
    def tell(query: str) -> Component:
        selection = Selection.from_query(query)
        return plain.told(summary(atlas, selection), atlas, translator(selection.language))

    app.clientside_callback("(event) => window.ecosystem.pickUnit(event)", Input(Id.MAP, "clickData"))


def drawn(atlas: Atlas, view: UnitFigures, selection: Selection, chosen: str, tr: Translator) -> dict[str, object]:
    """The map of the measure asked for."""
    values = view.values(selection.map_measure)
    shares = selection.map_measure in {"intercity", "evidence"}
    numbers = [tr.share(value) if shares else tr.number(value) for value in values]
    shapes = outlines(atlas, view.units.kind)
    return unit_map(
        view.units,
        values,
        shapes,
        theme(selection.theme),
        tr,
        font_px=selection.font_px,
        selected=chosen,
        told=numbers,
        hovers=hovers(view, tr),
        shares=shares,
        em=em_km(selection, across(view.units, shapes)),
    )


def hovers(view: UnitFigures, tr: Translator) -> list[str]:
    """All four numbers of every unit."""
    return [
        "<br>".join(
            [
                tr.plural("{n} actor", "{n} actors", int(view.actors[number])),
                tr.plural("{n} linked pair", "{n} linked pairs", int(view.ties[number])),
                tr("{share} of its pairs inside the region leave it", share=tr.share(view.intercity[number])),
                tr("{share} of its actors have an evidenced seat", share=tr.share(view.evidence[number])),
            ]
        )
        for number in range(len(view.units))
    ]


def reading(measure: str, tr: Translator) -> str:
    """What the numbers on the map are."""
    return {
        "actors": tr("Actors per unit. A click selects a unit."),
        "ties": tr("Linked pairs of actors with an end in the unit; a pair between two units counts for both."),
        "intercity": tr("Of the linked pairs of a unit inside the region, the share that leads to another unit."),
        "evidence": tr("Share of the actors whose town a page, register or statute tells; the rest is not re-checked."),
    }[measure]


def body(atlas: Atlas, view: Overview, selection: Selection, tr: Translator) -> list[Component]:
    """A card per field, or what to do where no actor is left."""
    if view.headline.actors == 0:
        return [filtered_out(tr, culprit(atlas, selection))]
    programmes = tuple(sorted(set(atlas.tables.projects["programme"]) - {""}))
    return [
        html.Div([html.Span(tr("Sectors")), fieldcards.sector_legend(tr)], className="cards-legend"),
        fieldcards.cards(atlas, view, selection, tr),
        html.P(fieldcards.trend_note(view, programmes, tr), className="hint"),
    ]
