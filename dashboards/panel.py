"""What follows the filters on every page that has them: the numbers of the panel and the sentence above the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Input, Output

from dashboards.components import active, filters
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
        Output(filters.TEXTS, "data"),
        Output(filters.BARS, "children"),
        Output(filters.UNDATED, "hidden"),
        Output(filters.OPTIONS, "data"),
        Input("query", "data"),
        prevent_initial_call=True,
    )
    def count(query: str) -> tuple[Any, ...]:
        selection = Selection.from_query(query)
        tr, counts = translator(selection.language), filter_counts(atlas, selection)
        texts = {
            **dict(zip(filters.count_ids(atlas), filters.count_texts(atlas, counts, tr), strict=True)),
            filters.YEARS: filters.years_text(selection, counts, tr),
            filters.UNDATED_TEXT: filters.undated_text(counts, tr),
        }
        lists = {
            "r": _options(filters.place_options(atlas, counts, tr)),
            "cl": _options(filters.cluster_options(atlas, counts, tr)),
        }
        return texts, filters.bars(selection, counts), selection.years is None, lists

    @app.callback(Output(active.ID, "children"), Input("query", "data"), prevent_initial_call=True)
    def tell(query: str) -> list[Component]:
        selection = Selection.from_query(query)
        return active.parts(atlas, selection, translator(selection.language))

    app.clientside_callback(
        "(texts) => window.ecosystem.counted(texts)", Input(filters.TEXTS, "data"), prevent_initial_call=True
    )
    app.clientside_callback(
        "(lists) => window.ecosystem.offered(lists)", Input(filters.OPTIONS, "data"), prevent_initial_call=True
    )


def _options(pairs: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"value": one, "label": text} for one, text in pairs]
