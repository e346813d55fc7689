"""With whom a subject is linked: other places, fields, sectors, clusters, and single actors outside it.

A linked pair is two actors with a recorded tie or a joint project; it counts once however many there are of either.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboards.state import Selection
from dashboards.views.filters import subset
from dashboards.views.portrait import NAN, pairs
from ecosystem.model import Sector

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.views.subject import Subject
    from ecosystem.atlas import Atlas

ALPHA = 0.05
Rows = dict[tuple[str, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner: ``linked`` pairs of actors; for places recorded ``ties`` and joint ``projects``, for fields actors.

    ``expected`` is what chance gives and ``p`` how likely chance alone would give so many, ``q`` over all comparisons;
    NaN where nothing is tested.
    """

    kind: str
    key: str
    name: str
    linked: int
    ties: int = 0
    projects: int = 0
    counted: float = NAN
    expected: float = NAN
    p: float = NAN
    q: float = NAN
    reason: str = ""


def partners(atlas: Atlas, one: Subject) -> tuple[Partner, ...]:
    """Partners of the same kind, the most linked first; for an actor other actors."""
    if one.kind == "place":
        return _places(atlas, one)
    if one.kind == "field":
        return _fields(atlas, one)
    if one.kind == "actor":
        return actors(atlas, one)
    if one.kind == "sector":
        keys = [sector.value for sector in Sector]
        return _groups(atlas, one, "sector", atlas.tables.actors["sector"].to_numpy(dtype=str), dict.fromkeys(keys, ""))
    names = {item.cluster_id: item.name.de for item in atlas.clusters.items}
    return _groups(atlas, one, "cluster", atlas.cluster_of_actors.to_numpy(dtype=str), names)


def actors(atlas: Atlas, one: Subject) -> tuple[Partner, ...]:
    """Actors outside the subject by the number of its actors they are linked with."""
    i, j = pairs(atlas)
    mine = one.members
    other = np.concatenate([j[mine[i] & ~mine[j]], i[mine[j] & ~mine[i]]])
    counts = np.bincount(other, minlength=len(mine))
    names = atlas.tables.actors["name"].to_numpy(dtype=str)
    ids = atlas.tables.actors["actor_id"].to_numpy(dtype=str)
    strength = np.asarray(atlas.ties.csr[mine].sum(axis=0)).ravel()
    left = subset(atlas, Selection())
    ties, projects = (np.asarray(layer[mine].sum(axis=0)).ravel() for layer in (left.direct, left.joint))
    ranked = sorted(np.flatnonzero(counts), key=lambda n: (-counts[n], -strength[n], names[n]))
    return tuple(
        Partner("actor", str(ids[n]), str(names[n]), int(counts[n]), int(ties[n]), int(projects[n])) for n in ranked
    )


def _groups(atlas: Atlas, one: Subject, kind: str, labels: np.ndarray, names: dict[str, str]) -> tuple[Partner, ...]:
    i, j = pairs(atlas)
    mine = one.members
    other = np.concatenate([labels[j[mine[i] & ~mine[j]]], labels[i[mine[j] & ~mine[i]]]])
    found, counts = np.unique(other[other != ""], return_counts=True)
    rows = [Partner(kind, str(key), names.get(str(key), ""), int(n)) for key, n in zip(found, counts, strict=True)]
    return tuple(sorted(rows, key=lambda row: (-row.linked, row.key)))


def _places(atlas: Atlas, one: Subject) -> tuple[Partner, ...]:
    linked = linked_places(atlas, one)
    rows = _tested(atlas, one) if one.compared else {}
    found = [_place(key, name, n, rows) for key, (name, n) in linked.items()]
    return tuple(sorted(found, key=lambda row: (-row.linked, row.name)))


def _place(key: str, name: str, linked: int, rows: Rows) -> Partner:
    ties, projects = (int(rows.get((layer, key), {}).get("ties", 0)) for layer in ("direct", "projects"))
    row = rows.get(("both", key))
    if row is None:
        return Partner("place", key, name, linked, ties, projects)
    return _chance(Partner("place", key, name, linked, ties, projects), row, "ties")


def _chance(one: Partner, row: dict[str, Any], counted: str) -> Partner:
    """The partner with what the test of its pair says."""
    return replace(
        one,
        counted=float(row[counted]),
        expected=float(row["expected"]),
        p=float(row["p"]),
        q=float(row["q"]),
        reason=str(row["reason"]),
    )


def linked_places(atlas: Atlas, one: Subject) -> dict[str, tuple[str, int]]:
    """Place (or unit) id → name and linked pairs; places outside under their own id."""
    where, names = _where(atlas, one)
    i, j = pairs(atlas)
    mine = one.members
    other = np.concatenate([where[j[mine[i] & ~mine[j]]], where[i[mine[j] & ~mine[i]]]])
    found, counts = np.unique(other[other != ""], return_counts=True)
    order = sorted(zip(found, counts, strict=True), key=lambda pair: (-pair[1], names.get(str(pair[0]), "")))
    return {str(key): (names.get(str(key), str(key)), int(n)) for key, n in order}


def _where(atlas: Atlas, one: Subject) -> tuple[np.ndarray, dict[str, str]]:
    places = atlas.tables.places
    home = {str(row.place_id): str(row.place_id) for row in places.itertuples()}
    names = dict(zip(places["place_id"], places["name"], strict=True))
    if one.level == "district":
        within = places[places["in_region"] & (places["district_id"] != "")]
        home |= dict(zip(within["place_id"], within["district_id"], strict=True))
        names |= dict(zip(within["district_id"], within["district"], strict=True))
    return atlas.tables.actors["place_id"].map(home).fillna("").to_numpy(dtype=str), names


def _tested(atlas: Atlas, one: Subject) -> Rows:
    """(layer, partner) → the row of coordination between the subject and the partner."""
    frame: pd.DataFrame = atlas.coordination(level=one.level).frame("pairs")
    mine = frame[((frame["place"] == one.key) | (frame["partner"] == one.key)).to_numpy()]
    return {
        (str(row["layer"]), str(row["partner"] if row["place"] == one.key else row["place"])): {
            str(name): value for name, value in row.items()
        }
        for row in mine.to_dict("records")
    }


def _fields(atlas: Atlas, one: Subject) -> tuple[Partner, ...]:
    """Fields the same actors work on, against chance."""
    frame = atlas.relatedness().frame("pairs")
    mine = frame[((frame["field"] == one.key) | (frame["partner"] == one.key)).to_numpy()]
    rows = []
    for row in mine.to_dict("records"):
        other = str(row["partner"] if row["field"] == one.key else row["field"])
        told = {str(name): value for name, value in row.items()}
        rows.append(_chance(Partner("field", other, "", int(row["shared"])), told, "shared"))
    return tuple(sorted(rows, key=lambda row: (-row.linked, row.key)))
