"""Links inside the app; they keep language, filters and selection (``data-page``, see ``assets/ecosystem.js``)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from dash import html

from dashboards.components.attributes import attributes

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator

# kinds of profiles: what they are called in the path, in German and in English
KINDS = {
    "place": ("stadt", "place"),
    "field": ("feld", "field"),
    "actor": ("akteur", "actor"),
    "sector": ("sektor", "sector"),
    "cluster": ("cluster", "cluster"),
}


def to(path: str, *children: Component | str, class_name: str = "", keep: str = "") -> html.A:
    """A link to a page of the app; its own query goes before what is kept; ``keep`` names more keys (``fd,call``)."""
    more = {"data-keep": keep} if keep else {}
    return html.A([*children], href=path, className=class_name, **attributes({"data-page": path, **more}))


def profile_path(kind: str, key: str, language: str) -> str:
    """Where the profile of a place (or unit), field, actor, sector or cluster stands.

    >>> profile_path("place", "05911000", "de")
    '/profil/stadt/05911000'
    """
    german = language == "de"
    return f"/{'profil' if german else 'profile'}/{KINDS[kind][0 if german else 1]}/{quote(key, safe='')}"


def profile_link(kind: str, key: str, name: str, tr: Translator) -> html.A:
    """The name of something, leading to its profile."""
    return to(profile_path(kind, key, tr.language), name)


def project_path(project: str, language: str) -> str:
    """Where a project is shown: the table of projects, its card on top."""
    return f"{'/daten' if language == 'de' else '/data'}?part=projects&focus=project:{quote(project, safe='')}"


def compare_path(language: str) -> str:
    """Where regions stand side by side."""
    return "/vergleich" if language == "de" else "/compare"


def import_path(language: str) -> str:
    """Where data are read in."""
    return "/einlesen" if language == "de" else "/import"


def method_path(measure: str, language: str) -> str:
    """Where a measure is explained."""
    return f"{'/methode' if language == 'de' else '/methods'}?part={measure}"


def evidence_path(measure: str, language: str) -> str:
    """What the numbers of a measure rest on."""
    return f"{'/daten' if language == 'de' else '/data'}?part={measure}"
