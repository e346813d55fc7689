"""Positions on two canvases: a map, where actors stand around their city, and a network, where partners draw them.

Conventions: the map is in kilometres east and north of the region's centre (equirectangular at its mean latitude).
The network stands on the same canvas, so that a slider can run from one to the other, but its distances are no
kilometres. The network starts from the map, so
that west stays west; it is a force layout with springs along ties, a pull of every actor to its city and to its
cluster, and repulsion between neighbours found with a k-d tree (Fruchterman and Reingold, 1991, localised).

Only ``+ − × ÷ √`` act inside the iteration and positions are rounded after every step, so that versions of numpy
or vector widths of a processor cannot lead the layout apart; there is no random number in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.spatial import cKDTree

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecosystem.tables import Tables

KM_PER_DEGREE_LAT = 110.574
KM_PER_DEGREE_LON = 111.320
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
# a screen is wider than high: a square picture would leave nearly half of it empty
CANVAS_ASPECT = 1.9
# what a region's outline rises above its northernmost centre, in heights of the map
MARGIN_ABOVE = 0.08
OUTSIDE_ROWS = 2
BAND_COLUMNS = 70


@dataclass(frozen=True)
class Projection:
    """Degrees → kilometres around a centre."""

    lat: float
    lon: float

    @classmethod
    def of(cls, places: pd.DataFrame) -> Projection:
        """Centred on the region's places; on 0, 0 where none has coordinates."""
        known = places[places["in_region"] & places["lat"].notna() & places["lon"].notna()]
        if known.empty:
            return cls(0.0, 0.0)
        return cls(float(known["lat"].mean()), float(known["lon"].mean()))

    def kilometres(self, lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
        """Array n × 2 of kilometres east and north of the centre.

        >>> Projection(0.0, 0.0).kilometres(np.array([1.0]), np.array([1.0])).tolist()
        [[111.32, 110.574]]
        """
        east = (np.asarray(lon) - self.lon) * (KM_PER_DEGREE_LON * np.cos(np.radians(self.lat)))
        north = (np.asarray(lat) - self.lat) * KM_PER_DEGREE_LAT
        return np.column_stack([east, north]).round(4)


def place_positions(tables: Tables) -> pd.DataFrame:
    """Kilometres ``x``, ``y`` of every place, indexed by ``place_id``.

    Places without coordinates (partners outside the region) stand in two rows below the region, in the order
    of their names: a place to be found, not a direction.
    """
    places = tables.places.set_index("place_id")
    flat = Projection.of(places).kilometres(places["lat"].to_numpy(dtype=float), places["lon"].to_numpy(dtype=float))
    known = np.isfinite(flat).all(axis=1)
    without = places.index[~known]
    order = np.argsort(places.loc[without, "name"].to_numpy(dtype=str), kind="stable")
    flat[np.flatnonzero(~known)[order]] = _rows_below(flat[known], len(without))
    return pd.DataFrame(flat.round(4), index=places.index, columns=["x", "y"])


def _rows_below(points: np.ndarray, count: int) -> np.ndarray:
    low, high = _box(points)
    across = max(1, -(-count // OUTSIDE_ROWS))
    gap = max(float((high - low).max()) / 16, 1.0)
    number = np.arange(count)
    x = low[0] + (high[0] - low[0]) * (number % across + 0.5) / across
    return np.column_stack([x, low[1] - 1.4 * gap - (number // across) * gap])


def _box(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if len(points) == 0:
        return np.array([-50.0, 0.0]), np.array([50.0, 0.0])
    return points.min(axis=0), points.max(axis=0)


def map_positions(tables: Tables, weights: sparse.csr_array) -> np.ndarray:
    """Actors around their place on a sunflower, the best connected in the middle; n × 2 kilometres.

    The disc of a place grows with its number of actors, so that each has the same room.
    """
    places = place_positions(tables)
    strength = np.asarray(weights.sum(axis=1)).ravel().round(9)
    actors = tables.actors
    order = np.lexsort((actors["actor_id"].to_numpy(dtype=str), -strength))
    rank = np.empty(len(actors), dtype=int)
    rank[order] = np.arange(len(actors))
    inside = pd.Series(rank).groupby(actors["place_id"].to_numpy(dtype=object)).rank(method="first").to_numpy()
    inside = inside.astype(int) - 1
    radius = _spacing(places, len(actors)) * np.sqrt(inside + 0.3)
    ring = np.column_stack([radius * np.cos(inside * GOLDEN_ANGLE), radius * np.sin(inside * GOLDEN_ANGLE)])
    centres = places.loc[actors["place_id"], ["x", "y"]].to_numpy(dtype=float)
    return np.asarray(centres + ring).round(4)


def _spacing(places: pd.DataFrame, actors: int) -> float:
    """Kilometres between neighbours of a disc: all discs together fill about a sixth of the region's box."""
    low, high = _box(places[["x", "y"]].to_numpy())
    area = max(1.0, float(np.prod(high - low)))
    return float(np.sqrt(area / 6 / np.pi / max(actors, 1)))


def network_positions(
    start: np.ndarray,
    weights: sparse.csr_array,
    clusters: np.ndarray,
    *,
    steps: int = 120,
    progress: Callable[[int, int], None] | None = None,
) -> np.ndarray:
    """Force layout from ``start`` (n × 2 kilometres) with symmetric tie ``weights`` and cluster numbers (−1: none).

    Actors without any tie stand in rows below, in their west–east order. The result is as wide as the start,
    centred on it and :data:`CANVAS_ASPECT` times as wide as high.
    """
    tied = np.asarray(weights.sum(axis=1)).ravel() > 0
    low, high = _canvas(start)
    floor = low + np.array([0.0, _band_height(int((~tied).sum()), low, high)])
    result = start.copy()
    if tied.sum() > 1:
        moved = _relax(start[tied], sparse.csr_array(weights[tied][:, tied]), clusters[tied], steps, progress)
        result[tied] = _fit(moved, floor, high)
    if not tied.all():
        result[~tied] = _band(start[~tied], low, high)
    return result.round(4)


def _canvas(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The box around the points, made as wide as a screen."""
    low, high = _box(points)
    high = high + np.array([0.0, MARGIN_ABOVE * float(high[1] - low[1])])
    width = max(float(high[0] - low[0]), float(high[1] - low[1]) * CANVAS_ASPECT, 1.0)
    half = np.array([width, width / CANVAS_ASPECT]) / 2
    return (low + high) / 2 - half, (low + high) / 2 + half


def _relax(
    start: np.ndarray,
    ties: sparse.csr_array,
    clusters: np.ndarray,
    steps: int,
    progress: Callable[[int, int], None] | None,
) -> np.ndarray:
    low, high = _box(start)
    room = float(np.sqrt(max(1e-6, float(np.prod(np.maximum(high - low, 1.0)))) / len(start)))
    springs = _Springs.of(ties)
    anchors = _cluster_anchors(start, clusters, room)
    position: np.ndarray = np.asarray(anchors + (start - anchors) * 0.25).round(5)
    for step in range(steps):
        heat = room * 1.2 * (1 - step / steps) ** 2 + 0.02 * room
        force = springs.pull(position) + _repulsion(position, room) + 0.06 * (anchors - position)
        length = np.sqrt((force * force).sum(axis=1))
        limit = np.minimum(length, heat) / np.maximum(length, 1e-9)
        position = (position + force * limit[:, None]).round(5)
        if progress:
            progress(step + 1, steps)
    return position


@dataclass(frozen=True)
class _Springs:
    """Ties as springs, actor by actor: the others, their number, and a pull weaker by the busier end's degree."""

    others: np.ndarray
    degree: np.ndarray
    pulls: np.ndarray

    @classmethod
    def of(cls, ties: sparse.csr_array) -> _Springs:
        others, degree = ties.indices.astype(np.intp), np.diff(ties.indptr)
        busier = np.maximum(np.repeat(degree, degree), degree[others])
        return cls(others, degree, 0.25 * (np.sqrt(np.minimum(ties.data, 4.0)) / np.sqrt(busier)))

    def pull(self, position: np.ndarray) -> np.ndarray:
        # one axis at a time: gathering from a short, dense column is several times quicker than gathering rows
        return np.column_stack([self._pull_along(np.ascontiguousarray(position[:, axis])) for axis in (0, 1)])

    def _pull_along(self, at: np.ndarray) -> np.ndarray:
        # taken without a check of bounds; both arrays are as long as there are ties
        step = np.take(at, self.others, mode="clip")
        step -= np.repeat(at, self.degree)
        step *= self.pulls
        return self._sums(step)

    def _sums(self, of_ties: np.ndarray) -> np.ndarray:
        """Sum over each actor's ties, from the first to the last, so that every processor agrees on it."""
        ends = np.concatenate([[0], np.cumsum(self.degree)])
        by_actor = sparse.csr_array((of_ties, np.zeros(len(of_ties), dtype=int), ends), shape=(len(self.degree), 1))
        return np.asarray(by_actor @ np.ones(1))


def _cluster_anchors(start: np.ndarray, clusters: np.ndarray, room: float) -> np.ndarray:
    """Where each actor is drawn to: its cluster's centre, after the centres were pushed apart by their size."""
    _, member = np.unique(clusters, return_inverse=True)
    sizes = np.bincount(member)
    centres = np.column_stack([np.bincount(member, weights=start[:, axis]) / sizes for axis in (0, 1)]).round(5)
    radius = 0.62 * room * np.sqrt(sizes)
    for _ in range(200):
        gap = centres[:, None] - centres[None]
        distance = np.sqrt((gap * gap).sum(axis=2)) + np.eye(len(sizes))
        overlap = np.maximum(radius[:, None] + radius[None] - distance, 0) * (1 - np.eye(len(sizes)))
        centres = (centres + (gap / distance[:, :, None] * overlap[:, :, None] * 0.25).sum(axis=1)).round(5)
    anchors = centres[member]
    free = clusters < 0
    anchors[free] = start[free]
    return anchors


def _repulsion(position: np.ndarray, room: float) -> np.ndarray:
    """Push between actors closer than two rooms, falling linearly to 0 there."""
    reach, count = 2.0 * room, len(position)
    first, second = _near(position, reach)
    x, y = (position[first, axis] - position[second, axis] for axis in (0, 1))
    distance = np.sqrt(x * x + y * y)
    # two actors on the same spot part to the sides, by their order
    x[distance == 0] = 1e-3
    distance = np.maximum(distance, 1e-3)
    strength = 0.5 * (reach - distance) / distance
    pushes = (x * strength, y * strength)
    return np.column_stack(
        [
            np.bincount(first, weights=push, minlength=count) - np.bincount(second, weights=push, minlength=count)
            for push in pushes
        ]
    )


def _near(position: np.ndarray, reach: float) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of actors within reach, sorted: in which order forces are added decides their last digit."""
    count = len(position)
    pairs = cKDTree(position).query_pairs(reach, output_type="ndarray")
    # one number a pair: much quicker to sort than two columns
    keys = np.sort(pairs[:, 0] * count + pairs[:, 1])
    return keys // count, keys % count


def _fit(points: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Scaled along each axis to fill the box; these are no longer kilometres on the ground."""
    mine_low, mine_high = _box(points)
    factor = (high - low) / np.maximum(mine_high - mine_low, 1e-6)
    fitted: np.ndarray = (points - (mine_low + mine_high) / 2) * factor + (low + high) / 2
    return fitted


def _band_height(count: int, low: np.ndarray, high: np.ndarray) -> float:
    """Room for the rows of actors without ties, and as much again between them and the others."""
    rows = -(-count // BAND_COLUMNS)
    return 0.0 if rows == 0 else (rows + 2) * float(high[0] - low[0]) / BAND_COLUMNS


def _band(points: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    order = np.lexsort((points[:, 1], points[:, 0]))
    step = float(high[0] - low[0]) / BAND_COLUMNS
    number = np.arange(len(points))
    placed = np.empty_like(points)
    rows = number // BAND_COLUMNS
    placed[order] = np.column_stack([low[0] + (number % BAND_COLUMNS + 0.5) * step, low[1] + rows * step])
    return placed
