"""Sources behind a statement as short links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.links import profile_link
from dashboards.views.profile import sources
from dashboards.views.shelf import kept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas

FEW = 2


def cited(atlas: Atlas, ids: Iterable[str], tr: Translator) -> html.Div:
    """Links to the sources, the first ones open, the rest behind a summary."""
    found = [_link(one.title or one.publisher, one.url) for one in sources(atlas, tuple(ids))]
    if not found:
        return html.Div(tr("no source"), className="sources")
    first: list[Component | str] = [html.Span(tr("Source"), className="lead-word"), *_commas(found[:FEW])]
    rest = found[FEW:]
    if not rest:
        return html.Div(first, className="sources")
    more = html.Details(
        [html.Summary(tr.plural("{n} more source", "{n} more sources", len(rest))), html.Div(_commas(rest))]
    )
    return html.Div([*first, more], className="sources")


def _link(text: str, url: str) -> Component:
    if not url:
        return html.Span(text)
    return html.A(text, href=url, target="_blank", rel="noopener noreferrer", className="outgoing")


def _commas(parts: list[Component]) -> list[Component | str]:
    spaced: list[Component | str] = []
    for part in parts:
        spaced += ["; ", part] if spaced else [part]
    return spaced


def actor_names(atlas: Atlas) -> dict[str, str]:
    """Actor id → name."""
    actors = atlas.tables.actors
    return kept(atlas, "names", "", lambda: dict(zip(actors["actor_id"], actors["name"], strict=True)))


def actor_links(ids: Iterable[str], names: dict[str, str], tr: Translator) -> list[Component | str]:
    """Actors by name, each leading to its profile."""
    return _commas([profile_link("actor", one, names[one], tr) for one in ids])
