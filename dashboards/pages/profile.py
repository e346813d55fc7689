"""Profil: one printable page about a city, field, actor, sector or cluster."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, State, html

from dashboards.components import profilepage as parts
from dashboards.components import profilerelations as relations
from dashboards.components import profilesheets as sheets
from dashboards.components.block import block
from dashboards.components.portrait import actor_sentences, sentences
from dashboards.components.profilecompare import compare, compare_control
from dashboards.components.sheettable import sheet_table
from dashboards.components.subjects import name_of, subject_of
from dashboards.language import translator
from dashboards.pages import Page
from dashboards.state import Selection
from dashboards.views.profile import profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.sheet import Sheet
    from dashboards.views.subject import Subject
    from ecosystem.atlas import Atlas

PAGE = Page("/profil", "/profile", filters=False, menu=False, nested=True)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {
    "fields": sheets.fields,
    "sectors": sheets.sectors,
    "places": sheets.places,
    "partners": relations.partners,
    "linked": relations.linked,
    "peers": relations.peers,
    "gaps": relations.gaps,
    "brokerage": relations.brokerage,
    "evidence": sheets.evidence,
    "sources": sheets.sources,
    "members": sheets.members,
    "projects": sheets.projects,
    "compare": compare,
}


class Id(StrEnum):
    """Ids of this page."""

    BEYOND = "profile-beyond"
    COMPARED = "profile-compared"


def title(tr: Translator) -> str:
    return tr("Profile")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    one = subject_of(atlas, selection)
    if one is None:
        found = parts.unknown(atlas, selection, tr) if selection.subject else parts.start(atlas, tr)
        # the callbacks' places are there, and stay empty
        return html.Div([*found, html.Div(id=Id.BEYOND), html.Div(id=Id.COMPARED)], className="page profile")
    return html.Div(
        [
            parts.head(one, name_of(one, tr), tr),
            parts.summary(_told(atlas, one, tr), selection, tr),
            html.Div(compare_control(atlas, one, selection, tr), className="profile-compare"),
            html.Div(id=Id.COMPARED),
            html.Div(
                [
                    *([parts.entry_facts(atlas, one, tr)] if one.kind == "actor" else []),
                    *([] if one.kind == "actor" else parts.composition(atlas, one, selection, tr)),
                ],
                className="profile-sections",
            ),
            html.Div(
                html.P(tr("Partners are being counted …"), className="waiting"),
                id=Id.BEYOND,
                className="profile-sections",
            ),
            html.Div(
                [
                    *parts.peers_and_gaps(atlas, one, selection, tr),
                    *parts.records(atlas, one, selection, tr),
                    *parts.grounds(atlas, selection, tr),
                ],
                className="profile-sections",
            ),
            parts.foot(atlas, tr),
        ],
        className=f"page profile profile-{one.kind}",
    )


def _told(atlas: Atlas, one: Subject, tr: Translator) -> list[str]:
    known = profile(atlas, one.key) if one.kind == "actor" else None
    return sentences(atlas, one, tr) if known is None else actor_sentences(atlas, one, known, tr)


def register(app: Dash, atlas: Atlas) -> None:
    # what is drawn a thousand times comes after the page
    @app.callback(Output(Id.BEYOND, "children"), Input("language", "data"), State("path", "data"))
    def beyond(language: str, path: str) -> list[Component]:
        tr, selection = _at(language, path)
        one = subject_of(atlas, selection)
        return [] if one is None else parts.beyond(atlas, one, selection, tr)

    @app.callback(Output(Id.COMPARED, "children"), Input("query", "data"), State("path", "data"))
    def compared(query: str, path: str) -> Component | list[Component]:
        chosen = Selection.from_query(query)
        tr, selection = _at(chosen.language, path)
        one = subject_of(atlas, selection)
        if one is None or not chosen.compared:
            return []
        table = sheet_table(compare(atlas, replace(selection, compared=chosen.compared), tr), tr)
        return block(tr("Comparison"), table, tr, sheet="profile/compare", class_name="wide")


def _at(language: str, path: str | None) -> tuple[Translator, Selection]:
    """The profile under a path, in a language; nothing else counts here."""
    tr = translator(language)
    return tr, Selection(language=tr.language, subject=PAGE.rest(path or ""))
