"""Before and after as points and lines on the same positions: what stays, what is gone, what is assumed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from dashboards.views.looks import COLOURED, shapes

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.views.scenario import What
    from ecosystem.atlas import Atlas
    from ecosystem.tables import Tables

MOST_DRAWN = 3_000
"""Of more actors those touched and the best connected are drawn."""
ROOM = 0.08
NAMING = ("source_actor_id", "target_actor_id", "actor_id", "others", "partners")

Pair = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Half:
    """One side: actors with their points, cluster colours (−1: grey) and shapes; linked pairs; marks.

    ``marked`` are actors that the steps touch, ``named`` those that a step names; ``own`` are pairs that are here and
    not on the other side.
    """

    ids: pd.Index
    names: list[str]
    places: list[str]
    points: np.ndarray
    colours: np.ndarray
    shapes: np.ndarray
    pairs: np.ndarray
    marked: np.ndarray
    named: np.ndarray
    own: tuple[Pair, ...]


@dataclass(frozen=True, eq=False)
class Sides:
    """Both sides on one scale; ``extent`` is x0, x1, y0, y1; ``left_out`` actors are too many to be drawn."""

    before: Half
    after: Half
    extent: tuple[float, float, float, float]
    clusters: tuple[tuple[str, int], ...]
    left_out: int


def sides(what: What, *, on_map: bool, near: bool) -> Sides:
    """What both pictures show."""
    gone, new = pairs_of(what.before.tables), pairs_of(what.after.tables)
    named = named_actors(what)
    touched = touched_actors(what, gone ^ new) | named
    colour, clusters = _colours(what)
    drawn = [_chosen(atlas, touched) for atlas in (what.before, what.after)]
    halves = [
        _half(atlas, rows, (touched, named), colour[side], tuple(sorted(own)), on_map=on_map)
        for side, (atlas, rows, own) in enumerate(
            [(what.before, drawn[0], gone - new), (what.after, drawn[1], new - gone)]
        )
    ]
    points = np.vstack([half.points[half.marked] if near else half.points for half in halves])
    if not len(points):
        points = np.vstack([half.points for half in halves])
    left = len(what.before.positions) - len(drawn[0])
    return Sides(halves[0], halves[1], _extent(points), clusters, left)


def pairs_of(tables: Tables) -> set[Pair]:
    """Pairs of actors with a direct tie or a joint project, the smaller id first."""
    ties = tables.ties[["source_actor_id", "target_actor_id"]].to_numpy().tolist()
    found = {(min(a, b), max(a, b)) for a, b in ties}
    for members in tables.participations.groupby("project_id")["actor_id"].unique():
        found.update(combinations(sorted(map(str, members)), 2))
    return found


def named_actors(what: What) -> set[str]:
    """Actors that the applied steps name, by whichever cell."""
    ties = what.before.tables.ties.set_index("tie_id")[["source_actor_id", "target_actor_id"]]
    found: set[str] = set()
    for step in what.opened.fit:
        found |= {actor for cell in NAMING for actor in step.cells.get(cell, "").split("|")}
        if step.table in {"", "actors"}:
            found.add(step.key)
        elif step.table == "ties" and step.key in ties.index:
            found |= set(map(str, ties.loc[step.key]))
    return found - {""}


def touched_actors(what: What, differing: set[Pair]) -> set[str]:
    """Actors that are new, gone or changed, or an end of a pair that is on one side only (``differing``)."""
    before, after = what.before.tables, what.after.tables
    ends = {actor for pair in differing for actor in pair}
    rows = [
        tables.actors.set_index("actor_id")[["name", "place_id", "sector", "aliases"]] for tables in (before, after)
    ]
    only = set(rows[0].index) ^ set(rows[1].index)
    both = rows[0].index.intersection(rows[1].index)
    differs = (rows[0].loc[both] != rows[1].loc[both]).any(axis=1)
    fields = [set(map(tuple, t.actor_fields[["actor_id", "field_id"]].to_numpy().tolist())) for t in (before, after)]
    shares = [
        set(map(tuple, t.participations[["actor_id", "project_id"]].to_numpy().tolist())) for t in (before, after)
    ]
    ties = [set(map(tuple, t.ties[["source_actor_id", "target_actor_id", "relation"]].to_numpy().tolist()))
            for t in (before, after)]  # fmt: skip
    more = {row[0] for row in (fields[0] ^ fields[1]) | (shares[0] ^ shares[1])}
    more |= {end for row in ties[0] ^ ties[1] for end in row[:2]}
    return ends | only | more | set(both[differs.to_numpy()])


def _chosen(atlas: Atlas, touched: set[str]) -> np.ndarray:
    """Rows of the actors that are drawn."""
    index = atlas.positions.index
    if len(index) <= MOST_DRAWN:
        return np.arange(len(index))
    degree = np.diff(atlas.ties.csr.indptr) + np.where(index.isin(list(touched)), len(index), 0)
    return np.sort(np.argsort(-degree, kind="stable")[:MOST_DRAWN])


def _colours(what: What) -> tuple[tuple[dict[str, int], dict[str, int]], tuple[tuple[str, int], ...]]:
    """A colour for each of the largest clusters before, and for what became of it."""
    first = what.before.clusters.items[:COLOURED]
    before = {item.cluster_id: place for place, item in enumerate(first)}
    found = what.compared.clusters
    found = found[(found["before"] != "") & (found["after"] != "")].sort_values("jaccard", kind="stable")
    after = {str(row.after): before[str(row.before)] for row in found.itertuples() if str(row.before) in before}
    return (before, after), tuple((item.cluster_id, place) for place, item in enumerate(first))


def _half(
    atlas: Atlas,
    rows: np.ndarray,
    marks: tuple[set[str], set[str]],
    colour: dict[str, int],
    own: tuple[Pair, ...],
    *,
    on_map: bool,
) -> Half:
    actors = atlas.tables.actors.set_index("actor_id").reindex(atlas.positions.index).iloc[rows]
    columns = ["map_x", "map_y"] if on_map else ["network_x", "network_y"]
    member = atlas.cluster_of_actors.to_numpy(dtype=str)[rows]
    kept = sparse.csr_array(atlas.ties.csr[rows][:, rows])
    coo = sparse.triu(kept, k=1).tocoo()
    called = dict(zip(atlas.tables.places["place_id"], atlas.tables.places["name"], strict=True))
    there = set(actors.index)
    return Half(
        ids=actors.index,
        names=actors["name"].astype(str).tolist(),
        places=[str(called.get(place, "")) for place in actors["place_id"]],
        points=atlas.positions[columns].to_numpy()[rows],
        colours=np.array([colour.get(one, -1) for one in member], dtype=int),
        shapes=shapes(actors["sector"]),
        pairs=np.column_stack([coo.row, coo.col]),
        marked=np.asarray(actors.index.isin(list(marks[0]))),
        named=np.asarray(actors.index.isin(list(marks[1]))),
        own=tuple(pair for pair in own if there.issuperset(pair)),
    )


def _extent(points: np.ndarray) -> tuple[float, float, float, float]:
    """All points with some room, never smaller than a few kilometres."""
    if not len(points):
        return (0.0, 1.0, 0.0, 1.0)
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    room = ROOM * max(x1 - x0, y1 - y0, 10.0)
    return float(x0 - room), float(x1 + room), float(y0 - room), float(y1 + room)
