"""What follows the filters on every page that has them: the numbers of the panel and the sentence above the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Input, Output

from dashboards.components import active, filters
from dashboards.components.controls import control
from dashboards.language import translator
from dashboards.state import Selection
from dashboards.views.filtercounts import filter_counts

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from ecosystem.atlas import Atlas


def register(app: Dash, atlas: Atlas) -> None:
    """A page comes with its numbers, so that nothing is asked before a filter changes."""

    @app.callback(
        *(Output(one, "children") for one in filters.count_ids(atlas)),
        Output(filters.YEARS, "children"),
        Output(filters.BARS, "children"),
        Output(filters.UNDATED_TEXT, "children"),
        Output(filters.UNDATED, "hidden"),
        Output(control("r"), "data"),
        Output(control("cl"), "data"),
        Input("query", "data"),
        prevent_initial_call=True,
    )
    def count(query: str) -> tuple[Any, ...]:
        selection = Selection.from_query(query)
        tr, counts = translator(selection.language), filter_counts(atlas, selection)
        return (
            *filters.count_texts(atlas, counts, tr),
            filters.years_text(selection, counts, tr),
            filters.bars(selection, counts),
            filters.undated_text(counts, tr),
            selection.years is None,
            _options(filters.place_options(atlas, counts, tr)),
            _options(filters.cluster_options(atlas, counts, tr)),
        )

    @app.callback(Output(active.ID, "children"), Input("query", "data"), prevent_initial_call=True)
    def tell(query: str) -> list[Component]:
        selection = Selection.from_query(query)
        return active.parts(atlas, selection, translator(selection.language))


def _options(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"value": one, "label": text} for one, text in pairs]
