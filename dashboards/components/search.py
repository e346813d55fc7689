"""The search: a button in the bar, Ctrl-K, and a dialog with what is found as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import dcc, html

from dashboards.components.attributes import attributes
from dashboards.components.links import method_path, profile_path, project_path
from dashboards.components.measurenames import measure_names, other_names
from dashboards.components.words import sector_names
from dashboards.views.search import (
    ACTOR,
    CLUSTER,
    FIELD,
    MEASURE,
    PAGE,
    PLACE,
    PROJECT,
    SECTOR,
    UNIT,
    Entry,
    Index,
    index,
    nearest,
    search,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.search import Group
    from ecosystem.atlas import Atlas

PROFILES = {ACTOR: "actor", PLACE: "place", UNIT: "place", FIELD: "field", SECTOR: "sector", CLUSTER: "cluster"}
RULES = frozenset(PROFILES)


def kind_names(tr: Translator) -> dict[str, str]:
    """What the groups of hits are called."""
    return {
        ACTOR: tr("Actors"),
        PLACE: tr("Municipalities"),
        UNIT: tr("Districts"),
        FIELD: tr("Fields"),
        SECTOR: tr("Sectors"),
        CLUSTER: tr("Clusters"),
        PROJECT: tr("Projects"),
        MEASURE: tr("Measures"),
        PAGE: tr("Pages"),
    }


def search_box(tr: Translator) -> html.Div:
    """The button and its dialog, one in the bar of every page; ids are those of the callbacks in the app."""
    text = dmc.TextInput(
        id="search-text",
        placeholder=tr("Actor, municipality, field, project, measure …"),
        debounce=120,
        value="",
        size="md",
        **attributes({"aria-label": tr("Search")}),
    )
    close = html.Button(
        "×", className="button quiet", **attributes({"data-search-close": "1", "aria-label": tr("Close the search")})
    )
    dialog = html.Dialog(
        [
            html.Div([text, close], className="search-head"),
            html.P(id="search-count", className="search-count", role="status"),
            html.Div(
                id="search-hits", className="search-hits", role="listbox", **attributes({"aria-label": tr("Hits")})
            ),
            html.P(_keys(tr), className="search-keys"),
            dcc.Store(id="search-added"),
            dcc.Store(id="search-rule"),
        ],
        id="search-dialog",
        className="search-dialog",
        **attributes({"aria-label": tr("Search")}),
    )
    return html.Div([search_button(tr), dialog], className="search-box")


def search_button(tr: Translator, text: str = "", *, wide: bool = False) -> html.Button:
    """Opens the search, with ``text`` typed in already; ``wide`` looks like the field it opens."""
    told = {
        "data-search": text,
        "aria-haspopup": "dialog",
        "aria-label": tr("Search"),
        "aria-keyshortcuts": "Control+K",
    }
    shown = tr("Search actors, cities, fields, projects, measures …") if wide else tr("Search")
    return html.Button(
        [
            html.Span(className="lens", **attributes({"aria-hidden": "true"})),
            html.Span(shown, className="search-word"),
            html.Kbd(tr("Ctrl K")),
        ],
        className="button search-open wide" if wide else "button search-open",
        **attributes(told),
    )


def _keys(tr: Translator) -> str:
    return tr("Arrow keys choose, Enter opens, Ctrl+Enter adds to the selection, Escape closes.")


def entries(tr: Translator, pages: Sequence[tuple[str, str]]) -> tuple[Entry, ...]:
    """What has a name in the app and not in the data: sectors, measures, pages as (path, name)."""
    measures, also = measure_names(tr), other_names(tr)
    return (
        *(Entry(SECTOR, key, name) for key, name in sector_names(tr).items()),
        *(Entry(MEASURE, key, one.title, "", (key, one.question, also.get(key, ""))) for key, one in measures.items()),
        *(Entry(PAGE, path, name) for path, name in pages),
    )


def whole_index(atlas: Atlas, tr: Translator, pages: Sequence[tuple[str, str]] = ()) -> Index:
    """Everything that can be found, in the reader's language."""
    return index(atlas, tr.language, entries(tr, pages))


def path_of(entry: Entry, language: str) -> str:
    """Where a hit leads."""
    if entry.kind in PROFILES:
        return profile_path(PROFILES[entry.kind], entry.key, language)
    if entry.kind == PROJECT:
        return project_path(entry.key, language)
    return method_path(entry.key, language) if entry.kind == MEASURE else entry.key


def hits(at: Index, text: str, tr: Translator) -> tuple[list[Component], str]:
    """The list and the sentence that says how long it is; without a hit what looks most like the text."""
    if not text.strip():
        return [], tr("Type at least one letter; ä, ae and a are the same here.")
    groups = search(at, text)
    total = sum(group.total for group in groups)
    if total:
        return [_group(group, tr) for group in groups], tr.plural("{n} hit", "{n} hits", total)
    close = nearest(at, text)
    if not close:
        return [], tr("Nothing found for “{text}”, and nothing like it. Part of a name is enough.", text=text)
    options = [_option(entry, tr, kind_names(tr)[entry.kind]) for entry in close]
    similar = html.Div(options, role="group", className="search-group", **attributes({"aria-label": tr("Similar")}))
    return [similar], tr("Nothing found for “{text}”; similar names:", text=text)


def _group(group: Group, tr: Translator) -> html.Div:
    name = kind_names(tr)[group.kind]
    more = group.total - len(group.entries)
    told = (
        name
        if not more
        else tr(
            "{kind} (the first {shown} of {total})", kind=name, shown=len(group.entries), total=tr.number(group.total)
        )
    )
    head = html.Div(told, className="search-kind", **attributes({"aria-hidden": "true"}))
    return html.Div(
        [head, *(_option(entry, tr) for entry in group.entries)],
        role="group",
        className="search-group",
        **attributes({"aria-label": told}),
    )


def _option(entry: Entry, tr: Translator, kind: str = "") -> html.Div:
    rule = f"{entry.kind}:{entry.key}" if entry.kind in RULES | {PROJECT} else ""
    about = " · ".join(part for part in (kind, entry.about) if part)
    return html.Div(
        [html.Span(entry.name, className="search-name"), html.Small(about)] if about else entry.name,
        id={"type": "hit", "key": f"{entry.kind}:{entry.key}"},
        role="option",
        className="search-hit",
        **attributes({"data-page": path_of(entry, tr.language), "data-rule": rule, "aria-selected": "false"}),
    )
