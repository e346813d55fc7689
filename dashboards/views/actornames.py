"""Actors by what somebody types: capitals, ä and a, ß and ss are the same."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from dashboards.views.filters import positions
from dashboards.views.shelf import kept

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

Option = dict[str, str]


def folded(text: str) -> str:
    """Text as it is compared.

    >>> folded("Universität Straße")
    'universitat strasse'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def options(atlas: Atlas, typed: str | None = None, most: int | None = None) -> list[Option]:
    """Actors by name, those that contain what was typed in their name or an alias."""
    every = kept(atlas, "search", "", lambda: _every(atlas))
    wanted = folded(typed or "")
    found = [option for text, option in every if wanted in text]
    return found[:most]


def named(atlas: Atlas, actor: str) -> list[Option]:
    """The option of one actor, none for an unknown one."""
    at = int(positions(atlas, [actor])[0])
    return [] if at < 0 else [{"value": actor, "label": str(atlas.tables.actors["name"].iloc[at])}]


def _every(atlas: Atlas) -> list[tuple[str, Option]]:
    actors = atlas.tables.actors
    rows = zip(actors["actor_id"], actors["name"], actors["short_name"], actors["aliases"], strict=True)
    found = [
        (folded(f"{name} {short} {aliases}"), {"value": str(actor), "label": str(name)})
        for actor, name, short, aliases in rows
    ]
    return sorted(found, key=lambda one: folded(one[1]["label"]))
