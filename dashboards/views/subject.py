"""What a profile is about: a place or district, a field, an actor, a sector or a cluster, and the actors it stands for.

``core`` are its actors inside the region: what is compared with the region. A place outside is its own core and is
compared with nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views import selected
from ecosystem.model import Label, NodeKind, Sector

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level


@dataclass(frozen=True, eq=False)
class Subject:
    """One thing with a profile; ``rule`` selects its actors, ``level`` is what measures call a place of this kind."""

    kind: str
    key: str
    name: Label
    rule: str
    members: np.ndarray
    inside: np.ndarray
    level: Level = "municipality"
    compared: bool = True

    @property
    def core(self) -> np.ndarray:
        """Mask of the actors that are counted."""
        return self.members & self.inside if self.compared else self.members

    @property
    def outside(self) -> int:
        """How many of its actors sit outside the region."""
        return int((self.members & ~self.inside).sum())


def subject(atlas: Atlas, kind: str, key: str) -> Subject | None:
    """The subject of this kind and id; ``None`` where these data have none."""
    reader: Callable[[Atlas, str], Subject | None] | None = _READERS.get(kind)
    return None if reader is None or not key else reader(atlas, key)


def inside(atlas: Atlas) -> np.ndarray:
    """Mask of the actors of the region."""
    places = atlas.tables.places
    return atlas.tables.actors["place_id"].isin(set(places.loc[places["in_region"], "place_id"])).to_numpy()


def _place(atlas: Atlas, key: str) -> Subject | None:
    places = atlas.tables.places
    at = selected.places_of(atlas, key)
    if not at:
        return None
    single = places[places["place_id"] == key]
    mine = single if len(single) else places[places["district_id"] == key]
    name = str(mine["name"].iloc[0] if len(single) else mine["district"].iloc[0] or key)
    # a city that is its own district is looked up by either id
    level: Level = "municipality" if len(single) else "district"
    members = atlas.tables.actors["place_id"].isin(set(mine["place_id"])).to_numpy()
    rule = f"{'place' if len(single) else 'unit'}:{key}"
    compared = bool(mine["in_region"].all())
    return Subject("place", key, Label(name, name), rule, members, inside(atlas), level, compared)


def _field(atlas: Atlas, key: str) -> Subject | None:
    if key not in atlas.region.field_ids:
        return None
    members = selected.resolve(atlas, f"field:{key}")
    return None if members is None else _group(atlas, "field", key, atlas.region.field(key).name, members)


def _sector(atlas: Atlas, key: str) -> Subject | None:
    if key not in {one.value for one in Sector}:
        return None
    # the app has the words for sectors, the data only their ids
    members = (atlas.tables.actors["sector"] == key).to_numpy()
    return _group(atlas, "sector", key, Label(key, key), members)


def _cluster(atlas: Atlas, key: str) -> Subject | None:
    found = next((one for one in atlas.clusters.items if one.cluster_id == key), None)
    if found is None:
        return None
    return _group(atlas, "cluster", key, found.name, np.asarray(atlas.cluster_of_actors == key))


def _actor(atlas: Atlas, key: str) -> Subject | None:
    node = NodeKind.ACTOR.node(key)
    if node not in atlas.graph:
        return None
    name = str(atlas.graph.nodes[node]["name"])
    members = np.asarray(atlas.positions.index == key)
    within = inside(atlas)
    return Subject(
        "actor", key, Label(name, name), f"actor:{key}", members, within, compared=bool((members & within).any())
    )


def _group(atlas: Atlas, kind: str, key: str, name: Label, members: np.ndarray) -> Subject:
    return Subject(kind, key, name, f"{kind}:{key}", members, inside(atlas))


_READERS: dict[str, Callable[[Atlas, str], Subject | None]] = {
    "place": _place, "field": _field, "sector": _sector, "cluster": _cluster, "actor": _actor,
}  # fmt: skip
