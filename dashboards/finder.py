"""The search on every page: what its callbacks answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from dash import Input, Output, State, no_update

from dashboards.components.search import hits, whole_index
from dashboards.language import translator
from dashboards.sitemap import PAGES
from dashboards.state import Selection
from dashboards.views import selected as rules

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.search import Index
    from ecosystem.atlas import Atlas


def finder(atlas: Atlas, tr: Translator) -> Index:
    """Everything with a name, the pages among it."""
    return whole_index(atlas, tr, [(page.PAGE.own(tr.language), page.title(tr)) for page in PAGES])


def added(atlas: Atlas, before: str, rule: str) -> str:
    """The selection with a hit added to it; empty where the hit stands for no actor."""
    kind, _, key = rule.partition(":")
    if kind == "project":
        shares = atlas.tables.participations
        rule = rules.encode(atlas, shares.loc[shares["project_id"] == key, "actor_id"])
    old, new = rules.resolve(atlas, before), rules.resolve(atlas, rule)
    if new is None or old is None or not (old & ~new).any():
        return "" if new is None else rule
    return rules.encode(atlas, atlas.positions.index[np.asarray(old | new)])


def register(app: Dash, atlas: Atlas) -> None:
    """Hits as one types, and what Ctrl+Enter adds."""

    @app.callback(
        Output("search-hits", "children"),
        Output("search-count", "children"),
        Input("search-text", "value"),
        State("language", "data"),
    )
    def find(text: str | None, language: str) -> tuple[list[Component], str]:
        tr = translator(language)
        return hits(finder(atlas, tr), text or "", tr)

    @app.callback(
        Output("search-rule", "data"),
        Input("search-added", "data"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def add(rule: str | None, search: str | None) -> object:
        return added(atlas, Selection.from_query(search or "").selected, rule or "") or no_update

    app.clientside_callback("(hits) => window.ecosystem.listed()", Input("search-hits", "children"))
    app.clientside_callback(
        "(rule) => window.ecosystem.chosen(rule)", Input("search-rule", "data"), prevent_initial_call=True
    )
