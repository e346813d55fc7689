"""What an address of a profile asks for, and what things of every kind are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.links import KINDS, profile_path
from dashboards.components.words import sector_names
from dashboards.views.shelf import kept
from dashboards.views.subject import subject

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.sheet import Sheet
    from dashboards.views.subject import Subject
    from ecosystem.atlas import Atlas


def asked(path: str) -> tuple[str, str]:
    """Kind and id of ``stadt/05911000`` or ``place/05911000``; the kind is empty where nobody knows the word.

    >>> asked("feld/green"), asked("field/green"), asked("stadt"), asked("moon/1")
    (('field', 'green'), ('field', 'green'), ('place', ''), ('', '1'))
    """
    word, _, key = path.strip("/").partition("/")
    return next((kind for kind, words in KINDS.items() if word.lower() in words), ""), key


def subject_of(atlas: Atlas, selection: Selection) -> Subject | None:
    """What the profile on screen is about; kept, since every table of it asks."""
    kind, key = asked(selection.subject)
    return kept(atlas, "subject", (kind, key), lambda: subject(atlas, kind, key))


def kind_word(kind: str, tr: Translator) -> str:
    """What one thing of a kind is called."""
    return {
        "place": tr("City or district"),
        "field": tr("Field"),
        "actor": tr("Actor"),
        "sector": tr("Sector"),
        "cluster": tr("Cluster"),
    }[kind]


def called(atlas: Atlas, kind: str, key: str, tr: Translator, name: str = "") -> str:
    """The name of a thing in the reader's language; ``name`` where it is the same in all."""
    if kind == "sector":
        return sector_names(tr).get(key, key)
    if kind == "field" and key in atlas.region.field_ids:
        return tr.label(atlas.region.field(key).short)
    if kind == "cluster":
        return next((tr.label(item.name) for item in atlas.clusters.items if item.cluster_id == key), key)
    return name or key


def name_of(one: Subject, tr: Translator) -> str:
    """The subject's name."""
    return sector_names(tr)[one.key] if one.kind == "sector" else tr.label(one.name)


def at(kind: str, key: str, tr: Translator) -> str:
    """Where a row of a table leads: the address of a profile."""
    return profile_path(kind, key, tr.language)


def nothing_asked(tr: Translator, title: str) -> Sheet:
    """The rows behind a profile of nothing."""
    from dashboards.views.sheet import Column, Sheet  # noqa: PLC0415

    return Sheet(title, (Column("name", tr("Name")),), (), (tr("The address names no subject of a profile."),))
