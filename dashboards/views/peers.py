"""Who is alike: subjects of one kind with similar profiles (cosine), or actors of the same field and sector."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.portrait import memberships, pairs
from dashboards.views.subject import inside, subject
from dashboards.views.units import units
from ecosystem.affiliations import binary
from ecosystem.model import Sector

if TYPE_CHECKING:
    from dashboards.views.subject import Subject
    from ecosystem.atlas import Atlas

FEW = 10
"""Memberships below which a profile says little, as in the measures."""
MOST = 8


@dataclass(frozen=True, slots=True)
class Peer:
    """One that is alike: ``similarity`` 0 … 1, ``shared`` fields (for fields: units) that both have, ``linked`` or not.

    ``n`` is what its profile rests on, ``few`` says that this or the subject's own is little.
    """

    kind: str
    key: str
    name: str
    similarity: float
    shared: tuple[str, ...]
    n: int
    few: bool
    linked: int


def peers(atlas: Atlas, one: Subject, most: int = MOST) -> tuple[Peer, ...]:
    """The most similar, at most ``most``; none where the subject has no profile or stands alone."""
    if one.kind == "actor":
        return _actors(atlas, one, most)
    keys, names, rows = _profiles(atlas, one)
    if one.key not in keys:
        return ()
    at = keys.index(one.key)
    sizes = np.linalg.norm(rows, axis=1)
    if not sizes[at]:
        return ()
    with np.errstate(invalid="ignore", divide="ignore"):
        alike = rows @ rows[at] / (sizes * sizes[at])
    order = [n for n in np.lexsort((np.arange(len(keys)), -np.nan_to_num(alike, nan=-1.0))) if n != at and sizes[n] > 0]
    own = int(rows[at].sum())
    return tuple(
        Peer(
            one.kind, keys[n], names[n], float(alike[n]), _shared(atlas, one, rows[at], rows[n]), int(rows[n].sum()),
            min(own, int(rows[n].sum())) < FEW, _linked(atlas, one, keys[n]),
        )
        for n in order[:most]
    )  # fmt: skip


def _profiles(atlas: Atlas, one: Subject) -> tuple[list[str], list[str], np.ndarray]:
    """Ids, names and profiles of everything of the subject's kind."""
    if one.kind == "place":
        units_ = atlas.material.units(one.level)
        return list(units_.ids), list(units_.names), atlas.material.counts(one.level).to_numpy(dtype=float)
    if one.kind == "field":
        found = units(atlas, "unit")
        within = found.of_actor >= 0
        on = binary(atlas.fields_of_actors.csr).toarray()[within]
        rows = np.zeros((len(found), on.shape[1]))
        np.add.at(rows, found.of_actor[within], on)
        return list(atlas.region.field_ids), [""] * on.shape[1], rows.T
    keys = [item.cluster_id for item in atlas.clusters.items]
    names = [item.name.de for item in atlas.clusters.items]
    labels = atlas.cluster_of_actors.to_numpy(dtype=str)
    if one.kind == "sector":
        keys = [sector.value for sector in Sector]
        names, labels = [""] * len(keys), atlas.tables.actors["sector"].to_numpy(dtype=str)
    within = inside(atlas)
    return keys, names, np.array([memberships(atlas, (labels == key) & within) for key in keys])


def _shared(atlas: Atlas, one: Subject, mine: np.ndarray, other: np.ndarray) -> tuple[str, ...]:
    """The largest they have in common: ids of fields, or names of units where the subject is a field."""
    labels = list(units(atlas, "unit").names) if one.kind == "field" else list(atlas.region.field_ids)
    common = np.minimum(mine / max(mine.sum(), 1), other / max(other.sum(), 1))
    return tuple(labels[n] for n in np.argsort(-common, kind="stable")[:3] if common[n] > 0)


def _linked(atlas: Atlas, one: Subject, key: str) -> int:
    other = subject(atlas, one.kind, key)
    if other is None:
        return 0
    i, j = pairs(atlas)
    return int(((one.members[i] & other.members[j]) | (one.members[j] & other.members[i])).sum())


def _actors(atlas: Atlas, one: Subject, most: int) -> tuple[Peer, ...]:
    """Actors of the same sector that share a field, the most shared (Jaccard) and best tied first."""
    on = binary(atlas.fields_of_actors.csr).toarray() > 0
    mine = on[one.members][0]
    if not mine.any():
        return ()
    actors = atlas.tables.actors
    same = (actors["sector"] == actors.loc[one.members, "sector"].iloc[0]).to_numpy() & ~one.members
    both, either = (on & mine).sum(axis=1), (on | mine).sum(axis=1)
    alike = np.where(same, both / np.maximum(either, 1), 0.0)
    ties = np.diff(atlas.ties.csr.indptr)
    order = np.lexsort((np.arange(len(alike)), -ties, -alike))[:most]
    linked = set(atlas.ties.csr[np.flatnonzero(one.members)].indices)
    names, ids = actors["name"].to_numpy(dtype=str), actors["actor_id"].to_numpy(dtype=str)
    fields = np.array(atlas.region.field_ids)
    return tuple(
        Peer(
            "actor", str(ids[n]), str(names[n]), float(alike[n]), tuple(str(x) for x in fields[on[n] & mine]),
            int(ties[n]), False, int(n in linked),
        )
        for n in order
        if alike[n] > 0
    )  # fmt: skip
