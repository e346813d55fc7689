"""Brokers and articulation actors, from the finding on brokerage.

A broker stands between cities or between sectors more often than chance: z above 2 and a count of 5 or more in one of
the roles of Gould and Fernandez, from recorded ties only. Without an articulation actor the network falls into more
pieces. Both hold for the region's actors after the filters on what is counted, whatever fields and places are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.base import base
from dashboards.views.filters import positions
from dashboards.views.shelf import kept

if TYPE_CHECKING:
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas

# actors: drawing random groups a thousand times takes minutes beyond
MOST_ACTORS = 5000
DRAWS = 1000


@dataclass(frozen=True)
class Broker:
    """An actor with its strongest role (``between`` cities or sectors), or none, and whether it is an articulation."""

    actor: int
    between: str
    role: str
    count: int
    z: float
    articulation: bool
    betweenness: float


@dataclass(frozen=True)
class Brokers:
    """All of them, by betweenness; none where the network is too large (``possible`` false)."""

    items: tuple[Broker, ...]
    possible: bool = True


def brokers(atlas: Atlas, selection: Selection) -> Brokers:
    """Brokers and articulation actors of what is counted."""
    measured = base(atlas, selection)
    if len(atlas.positions) > MOST_ACTORS:
        return Brokers((), possible=False)
    key = (measured.material.tables.digest, selection.layer)
    return kept(atlas, "brokers", key, lambda: _brokers(atlas, measured, selection.layer))


def _brokers(atlas: Atlas, measured: object, layer: str) -> Brokers:
    # the curve of removals and the rich club are not shown here: one draw each
    found = measured.brokerage(layer=layer, random_orders=1, rich_club_draws=1, draws=DRAWS)  # type: ignore[attr-defined]
    roles = found.frame("roles")
    best = roles[roles["broker"]].sort_values("z", ascending=False).drop_duplicates("actor").set_index("actor")
    table = found.frame("actors").set_index("actor")
    chosen = table[table["articulation"].astype(bool) | table.index.isin(best.index)]
    items = []
    for actor, row in chosen.sort_values("betweenness", ascending=False).iterrows():
        role = best.loc[actor] if actor in best.index else None
        items.append(
            Broker(
                int(positions(atlas, [str(actor)])[0]),
                "" if role is None else str(role["between"]),
                "" if role is None else str(role["role"]),
                0 if role is None else int(role["count"]),
                float("nan") if role is None else float(role["z"]),
                bool(row["articulation"]),
                float(row["betweenness"]),
            )
        )
    return Brokers(tuple(items))


def marks(found: Brokers, actors: int) -> tuple[np.ndarray, np.ndarray]:
    """Masks over the atlas's actors: brokers, articulation actors."""
    broker, articulation = np.zeros(actors, dtype=bool), np.zeros(actors, dtype=bool)
    broker[[one.actor for one in found.items if one.role]] = True
    articulation[[one.actor for one in found.items if one.articulation]] = True
    return broker, articulation
