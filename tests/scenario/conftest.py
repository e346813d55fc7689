"""A region of which next to nothing is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ecosystem import atlas, tables

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas


@pytest.fixture(scope="session")
def bare_region(toy: Atlas) -> Atlas:
    """One city, two actors without any tie."""
    whole = toy.tables
    gone = ("actor_fields", "ties", "projects", "participations", "city_fields", "flows")
    none: dict[str, Any] = {name: tables.empty(name) for name in gone}
    left = replace(
        whole, **none, places=whole.places.head(1), actors=whole.actors.head(2), boundaries=None, digest="c" * 64
    )
    return atlas.build(left, cache=False)
