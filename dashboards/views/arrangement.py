"""Where actors and cells stand: on the map, on the network, or around circles of fields or places.

Positions are those of the whole region, so that a filter never moves what stays. The map is in kilometres, the other
canvas as large. All is arithmetic in a fixed order: the same region gives the same picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.cells import Cells, cells
from dashboards.views.shelf import kept
from dashboards.views.units import units
from ecosystem.layout import GOLDEN_ANGLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.views.detail import Level
    from ecosystem.atlas import Atlas

# a canvas of a desk screen: what radii in pixels mean in the coordinates of a region
CANVAS_PX = 1500.0
LEAST_RADIUS = 11.0
# up to so many points every pair is looked at
FEW = 300
# moves until few overlap; what more points still gain after a third of them is hardly seen
ROUNDS, ROUNDS_OF_MANY = 120, 40
# of the ellipse groups stand on, in shares of half the canvas
ROUND = (0.80, 0.74)


def cell_radii(counts: np.ndarray, most: int | None = None) -> np.ndarray:
    """Pixels: the area grows with the number of actors, the largest as large as so many cells allow."""
    top = float(np.clip(250 / np.sqrt(max(len(counts), 1)), 26, 56))
    largest = counts.max(initial=1) if most is None else most
    return np.maximum(LEAST_RADIUS, top * np.sqrt(counts / max(largest, 1)))


def cell_positions(atlas: Atlas, level: Level, kind: str) -> dict[str, np.ndarray]:
    """Cell → map x, y, network x, y."""
    return kept(atlas, "cell positions", (level, kind), lambda: _cell_positions(atlas, cells(atlas, level, kind), kind))


def _cell_positions(atlas: Atlas, whole: Cells, kind: str) -> dict[str, np.ndarray]:
    found = whole.of(np.flatnonzero(whole.counts > 0))
    points = atlas.positions.to_numpy()
    starts = found.members.tocsc()
    tied = np.diff(atlas.ties.csr.indptr) > 0
    of_cell = [starts.indices[starts.indptr[at] : starts.indptr[at + 1]] for at in range(len(found.keys))]
    # actors without ties stand in a band that says nothing about who belongs together
    linked = [_linked(members, tied, units(atlas, kind).of_actor) for members in of_cell]
    middle = np.array([np.median(points[members], axis=0) for members in linked]).reshape(-1, 4)
    room = (cell_radii(found.counts) + 4) / CANVAS_PX * _width(atlas)
    on_map = apart(_on_map(atlas, found, kind, middle[:, :2]), room)
    on_network = _filling(atlas, apart(_filling(atlas, middle[:, 2:]), room * 1.5))
    return dict(zip(found.keys, np.column_stack([on_map, on_network]), strict=True))


def _linked(members: np.ndarray, tied: np.ndarray, unit: np.ndarray) -> np.ndarray:
    """Those with ties, else whoever has ties in the same unit, else all."""
    beside = np.flatnonzero(tied & (unit == unit[members[0]]))
    some = members[tied[members]]
    return some if len(some) else beside if len(beside) else members


def _filling(atlas: Atlas, points: np.ndarray) -> np.ndarray:
    """Middles lie in the middle: stretched along both axes until they fill the canvas but for a rim."""
    low, high = _canvas(atlas)
    mine_low, mine_high = (points.min(axis=0), points.max(axis=0)) if len(points) else (low, high)
    rim = 0.07 * (high - low)
    factor = (high - low - 2 * rim) / np.maximum(mine_high - mine_low, 1e-9)
    filled: np.ndarray = (points - (mine_low + mine_high) / 2) * np.where(mine_high > mine_low, factor, 1.0) + (
        low + high
    ) / 2
    return filled


def _width(atlas: Atlas) -> float:
    return max(float(np.ptp(atlas.positions["network_x"])), 1.0) if len(atlas.positions) else 1.0


def _on_map(atlas: Atlas, found: Cells, kind: str, middle: np.ndarray) -> np.ndarray:
    """At the unit's centre; the fields of a unit around it, each always on the same side."""
    of = units(atlas, kind)
    centre = dict(zip(of.ids, of.centres, strict=True))
    fields = list(atlas.region.field_ids)
    petal = 0.018 * _width(atlas)
    placed = middle.copy()
    for at, (unit, field) in enumerate(zip(found.units, found.fields, strict=True)):
        if unit:
            turn = 2 * np.pi * (fields.index(field) / len(fields)) if field else 0.0
            placed[at] = centre[unit] + (petal * np.array([np.sin(turn), np.cos(turn)]) if field else 0.0)
    return placed


def apart(points: np.ndarray, room: np.ndarray) -> np.ndarray:
    """The points moved aside until circles of these radii no longer overlap, or nearly so."""
    placed = points.astype(float).copy()
    if len(placed) < 2:
        return placed
    # two on the same spot part in the order they come
    spread = np.arange(len(placed)) * GOLDEN_ANGLE
    placed += 1e-3 * room.mean() * np.column_stack([np.cos(spread), np.sin(spread)])
    for _ in range(ROUNDS if len(placed) <= FEW else ROUNDS_OF_MANY):
        i, j = _near(placed, 2 * float(room.max()))
        gap = placed[i] - placed[j]
        far = np.sqrt((gap * gap).sum(axis=1))
        overlap = room[i] + room[j] - far
        close = overlap > 0
        if not close.any():
            break
        i, j, push = i[close], j[close], (gap / far[:, None] * overlap[:, None] * 0.35)[close]
        moved = np.zeros_like(placed)
        np.add.at(moved, i, push)
        np.add.at(moved, j, -push)
        placed = placed + moved.clip(-room.max(), room.max())
    return placed


def _near(points: np.ndarray, reach: float) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of points within reach of each other, each once, in the order of the points."""
    if len(points) <= FEW:
        return np.triu_indices(len(points), k=1)
    from scipy.spatial import cKDTree  # noqa: PLC0415 -- an app of a usual region starts without it

    pairs = cKDTree(points).query_pairs(reach, output_type="ndarray")
    # one number a pair: sorted in half the time of two
    numbers = np.sort(pairs[:, 0] * len(points) + pairs[:, 1])
    i, j = np.divmod(numbers, len(points))
    return i, j


def circle(
    atlas: Atlas, keys: Sequence[str], order: Sequence[str], room: np.ndarray
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Positions of items in round groups along an ellipse, and the middle of every group.

    ``keys`` is the group of each item, ``order`` that of the groups, clockwise from the top; ``room`` the radius each
    item needs.
    """
    low, high = _canvas(atlas)
    names, labels = np.asarray(keys, dtype=str), [one for one in order if one in set(keys)]
    wide = np.array([_group_radius(room[names == one]) for one in labels])
    # long arcs for large groups
    share = (wide + wide.mean()) / max(float((wide + wide.mean()).sum()), 1e-9) if len(wide) else wide
    turn = 2 * np.pi * (np.cumsum(share) - share / 2 - (share[0] / 2 if len(share) else 0))
    half = (high - low) / 2
    middles = (low + high) / 2 + np.column_stack([np.sin(turn), np.cos(turn)]) * half * np.array(ROUND)
    placed = np.zeros((len(names), 2))
    for middle, one in zip(middles, labels, strict=True):
        mine = np.flatnonzero(names == one)
        placed[mine] = middle + sunflower(len(mine), _group_radius(room[mine]))
    return placed, dict(zip(labels, middles, strict=True))


def _group_radius(room: np.ndarray) -> float:
    """Of a disc in which circles of these radii fit."""
    return 1.2 * float(np.sqrt((room * room).sum()))


def _canvas(atlas: Atlas) -> tuple[np.ndarray, np.ndarray]:
    points = atlas.positions.to_numpy()[:, 2:]
    return (points.min(axis=0), points.max(axis=0)) if len(points) else (np.zeros(2), np.ones(2))


def sunflower(count: int, radius: float) -> np.ndarray:
    """Points spread evenly over a disc."""
    k = np.arange(count)
    reach = radius * np.sqrt((k + 0.5) / max(count, 1))
    return np.column_stack([np.cos(k * GOLDEN_ANGLE), np.sin(k * GOLDEN_ANGLE)]) * reach[:, None]


def aside(points: np.ndarray, centre: np.ndarray, radius: float) -> np.ndarray:
    """What makes way for a disc: every point moves outwards, those far away hardly."""
    gap = points - centre
    far = np.sqrt((gap * gap).sum(axis=1))[:, None]
    further = np.sqrt(far * far + radius * radius)
    moved: np.ndarray = centre + gap / np.maximum(far, 1e-9) * further
    return moved
