"""Daten & Herkunft: coverage, sources, age, evidence, points to check, projects, and what every number rests on."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, html

from dashboards.components import dataparts as parts
from dashboards.components import datasheets as sheets
from dashboards.components.attributes import attributes
from dashboards.components.evidencepart import classes
from dashboards.components.links import compare_path, import_path, to
from dashboards.components.measureevidence import measure_evidence, measure_list, measure_sheet
from dashboards.language import translator
from dashboards.pages import Page
from dashboards.regions import file_path
from dashboards.state import Selection
from ecosystem.dictionary import csv_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.sheet import Sheet
    from ecosystem.atlas import Atlas

PAGE = Page("/daten", "/data", filters=False)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {
    "cells": sheets.cells,
    "coverage": sheets.coverage,
    "sources": sheets.sources,
    "years": sheets.years,
    "flags": sheets.flags,
    "projects": sheets.projects,
    "measure": measure_sheet,
}
DOWNLOADS = ("xlsx", "gexf", "graphml", "json")
COVERAGE, MEASURES = "coverage", "measures"


class Id(StrEnum):
    """Ids of this page."""

    BODY = "data-body"


def title(tr: Translator) -> str:
    return tr("Data and sources")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    return html.Div(
        [
            html.H1(tr("Data and sources")),
            html.P(_finding(atlas, tr), className="finding"),
            html.P(
                tr("Collected, not sampled: that an actor or a tie is missing here does not mean that there is none."),
                className="hint",
            ),
            html.P(
                [
                    to(compare_path(tr.language), tr("Compare this region with others")),
                    " · ",
                    to(import_path(tr.language), tr("Read data in")),
                ],
                className="hint",
            ),
            html.Div(_body(atlas, selection, tr), id=Id.BODY),
        ],
        className="page data",
    )


def register(app: Dash, atlas: Atlas) -> None:
    """A part at a time; the downloads are addresses of the server."""

    @app.callback(
        Output(Id.BODY, "children"), Input("query", "data"), Input("focus", "data"), prevent_initial_call=True
    )
    def show(query: str, focus: str) -> list[Component]:
        selection = Selection.from_query(f"{query}&focus={focus}" if focus else query)
        return _body(atlas, selection, translator(selection.language))


def part_names(tr: Translator) -> dict[str, str]:
    """The parts in their order."""
    return {
        COVERAGE: tr("Coverage"),
        "sources": tr("Sources"),
        "age": tr("Age"),
        "evidence": tr("Evidence"),
        "flags": tr("Points to check"),
        "projects": tr("Projects"),
        MEASURES: tr("Measures"),
        "downloads": tr("Downloads"),
    }


def _body(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    names = part_names(tr)
    asked = selection.tab or COVERAGE
    # a measure's evidence belongs to the measures
    current = asked if asked in names else MEASURES
    return [
        _nav(names, current, tr),
        html.Div(_part(atlas, asked, selection, tr), className=f"data-part part-{current}"),
    ]


def _nav(names: dict[str, str], current: str, tr: Translator) -> html.Nav:
    links = []
    for key, name in names.items():
        path = PAGE.own(tr.language) + ("" if key == COVERAGE else f"?part={key}")
        here = {"aria-current": "location"} if key == current else {}
        links.append(html.A(name, href=path, **attributes({"data-page": path, **here})))
    return html.Nav(links, className="parts", **attributes({"aria-label": tr("Parts of this page")}))


def _part(atlas: Atlas, asked: str, selection: Selection, tr: Translator) -> list[Component] | Component:
    if asked == MEASURES:
        return measure_list(tr)
    if asked == "downloads":
        return _downloads(atlas, tr)
    if asked == "evidence":
        return classes(atlas, tr)
    made = {
        COVERAGE: parts.coverage,
        "sources": parts.all_sources,
        "age": parts.age,
        "flags": parts.points,
        "projects": parts.projects,
    }.get(asked)
    return measure_evidence(atlas, selection, tr) if made is None else made(atlas, selection, tr)


def _finding(atlas: Atlas, tr: Translator) -> str:
    tables = atlas.tables
    return tr(
        "{actors}, {ties} and {projects} from {sources}; data version {version}, sources read until {date}.",
        actors=tr.plural("{n} actor", "{n} actors", len(tables.actors)),
        ties=tr.plural("{n} recorded tie", "{n} recorded ties", len(tables.ties)),
        projects=tr.plural("{n} project", "{n} projects", len(tables.projects)),
        sources=tr.plural("{n} source", "{n} sources", len(tables.sources)),
        version=atlas.version,
        date=tr.date(atlas.as_of),
    )


def _downloads(atlas: Atlas, tr: Translator) -> Component:
    tables = [
        html.Li(
            [
                html.A(
                    f"{table.name}.csv", href=file_path(f"/download/{table.name}.csv"), download=f"{table.name}.csv"
                ),
                html.Span(tr.plural("{n} row", "{n} rows", len(atlas.tables.frame(table.name)))),
                html.Span(tr.label(table.description)),
            ]
        )
        for table in csv_tables()
        if table.required or len(atlas.tables.frame(table.name))
    ]
    notes: dict[str, str] = {
        "xlsx": tr("Excel: all tables, clusters and positions"),
        "gexf": tr("Gephi: the whole graph with positions and sources"),
        "graphml": tr("GraphML: the whole graph for other programs"),
        "json": tr("JSON (node-link): the whole graph for your own code"),
    }
    name = atlas.region.region_id
    whole = [
        html.Li(
            [
                html.A(f"{name}.{ending}", href=file_path(f"/download/{name}.{ending}"), download=f"{name}.{ending}"),
                html.Span(notes[ending]),
            ]
        )
        for ending in DOWNLOADS
    ]
    return html.Div(
        [
            html.H2(tr("The whole atlas")),
            html.Ul(whole, className="downloads"),
            html.H2(tr("Every table, as it was read")),
            html.Ul(tables, className="downloads"),
        ]
    )
