"""Spezialisierung: which place is strong in what, how sure that is, and what lies near.

Five parts, one screen each; every part is a module of its own (``specialisation_…``) with layout and callbacks. All
parts are on the page, a class of its root says which is shown, and a callback of a hidden part does nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, html

from dashboards.components import balance, changes, indices, nearest, quotients, related
from dashboards.components.reference import nothing_left
from dashboards.components.specialisation import PART_CLASS, controls, of, part_choice, part_class
from dashboards.language import translator
from dashboards.pages import (
    Page,
    specialisation_helix,
    specialisation_indices,
    specialisation_matrix,
    specialisation_nearest,
    specialisation_related,
)
from dashboards.state import Selection
from dashboards.views.nearest import diversification

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.sheet import Sheet
    from ecosystem.atlas import Atlas

PAGE = Page("/spezialisierung", "/specialisation", filters=True, menu=True, nested=False)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {
    "cells": quotients.cells_sheet,
    "relatedness": related.pairs_sheet,
    "diversification": nearest.steps_sheet,
    "nearest": nearest.next_sheet,
    "complexity": nearest.complexity_sheet,
    "change": changes.change_sheet,
    "variety": changes.variety_sheet,
    "places": indices.places_sheet,
    "fields": indices.fields_sheet,
    "helix-places": balance.places_sheet,
    "helix-fields": balance.fields_sheet,
    "synergy": balance.synergy_sheet,
}
PARTS = {
    "matrix": specialisation_matrix,
    "related": specialisation_related,
    "nearest": specialisation_nearest,
    "indices": specialisation_indices,
    "helix": specialisation_helix,
}


class Id(StrEnum):
    """Ids of this page."""

    ROOT = "spec"
    NOTHING = "spec-nothing"


def title(tr: Translator) -> str:
    return tr("Specialisation")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    findings = [of((name,), html.P(id=one.Id.FINDING, className="finding")) for name, one in PARTS.items()]
    return html.Div(
        [
            html.Div([html.H1(title(tr)), part_choice(selection, tr)], className="head"),
            *findings,
            html.Div(controls(atlas, selection, tr), className="toolbar"),
            html.Div(id=Id.NOTHING),
            *(of((name,), one.layout(tr)) for name, one in PARTS.items()),
        ],
        id=Id.ROOT,
        className=part_class(selection),
    )


def register(app: Dash, atlas: Atlas) -> None:
    @app.callback(Output(Id.NOTHING, "children"), Input("query", "data"))
    def nothing(query: str) -> Component | list[Component]:
        selection = Selection.from_query(query)
        total = diversification(atlas, selection).total
        return nothing_left(atlas, selection, total, translator(selection.language))

    app.clientside_callback(PART_CLASS, Output(Id.ROOT, "className"), Input("query", "data"))
    for one in PARTS.values():
        one.register(app, atlas)
