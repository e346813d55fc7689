"""Where names stand on a map: near their unit, beside its actors, on no other name.

A greedy search: the largest unit chooses first, among places around it, the one that covers the fewest points and no
name that stands already. Sizes of text are estimated, since the server does not know the font of the browser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.figures.ground import wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.state import Selection

# width of a letter and height of a line, in sizes of type
LETTER, LINE = 0.56, 1.25
# how far from its unit a name may go, in its own heights, and in how many directions it is tried
STEPS = (0.0, 0.55, 0.95, 1.35, 1.8, 2.3, 2.9, 3.6)
DIRECTIONS = 16
# a step of distance is worth a few covered points; to stand nearer to another unit is worse than many of them, and to
# cover a name, or to be cut off, worse than any distance
POINT, NAME, DISTANCE, ASTRAY = 0.4, 400.0, 2.0, 14.0
# so far off, in its own heights, a name may stand nearer to another unit; farther it would be read as that one's
MOST_ASTRAY = 1.8


@dataclass(frozen=True, slots=True)
class Box:
    """A name's box: its middle and half its size, kilometres."""

    x: float
    y: float
    half_width: float
    half_height: float


def em_km(selection: Selection, across_km: float) -> float:
    """Kilometres per size of type on a map that is ``across_km`` wide: how wide maps are in the layouts, in rem."""
    wide = {"0": 46.0, "1": 48.0, "1.25": 36.0, "1.5": 27.0}[selection.projector]
    return across_km / (max(wide, 56.0) if selection.narrow and selection.projector == "0" else wide)


def placed(
    labels: Sequence[str],
    anchors: np.ndarray,
    ranks: Sequence[float],
    points: np.ndarray,
    *,
    em: float,
    between: tuple[float, float] = (-np.inf, np.inf),
) -> np.ndarray:
    """The middle of every label, n × 2; NaN where it would only find room far off, in another unit.

    Args:
        labels: text, lines parted by ``<br>``.
        anchors: n × 2, where each belongs.
        ranks: the label of the largest rank chooses first.
        points: m × 2, better not covered.
        em: the size of type in the units of the map.
        between: the south and north end of what the picture shows; what stands out is cut off.

    >>> placed(["A", "B"], np.array([[0.0, 0.0], [0.0, 0.0]]), [2, 1], np.empty((0, 2)), em=1.0)[0].tolist()
    [0.0, 0.0]
    """
    where = np.array(anchors, dtype=float)
    taken: list[Box] = []
    for number in sorted(range(len(labels)), key=lambda one: (-ranks[one], one)):
        width, height = _half(labels[number], em)
        tried, far = _around(anchors[number], width, height)
        half = np.array([width, height])
        costs = POINT * _covered(tried, half, points) + NAME * _overlaps(tried, half, taken) + DISTANCE * far
        costs += NAME * ((tried[:, 1] - height < between[0]) | (tried[:, 1] + height > between[1]))
        astray = _astray(tried, number, anchors)
        best = int(np.argmin(costs + ASTRAY * astray))
        if astray[best] and far[best] > MOST_ASTRAY:
            # no name says less than a name in the wrong place
            where[number] = np.nan
            continue
        x, y = tried[best]
        taken.append(Box(float(x), float(y), width, height))
        where[number] = x, y
    return where


def _half(label: str, em: float) -> tuple[float, float]:
    lines = [re.sub(r"<[^>]+>", "", line) for line in label.split("<br>")]
    return max(len(line) for line in lines) * LETTER * em / 2, len(lines) * LINE * em / 2


def _around(anchor: np.ndarray, width: float, height: float) -> tuple[np.ndarray, np.ndarray]:
    """Middles to try, n × 2, and their distance in steps; ellipses, since names are wider than high."""
    angles = np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS - np.pi / 2
    far = np.repeat(STEPS, [DIRECTIONS if step else 1 for step in STEPS])
    turn = np.concatenate([angles if step else angles[:1] for step in STEPS])
    x, y = anchor[0] + far * (width + height) * np.cos(turn), anchor[1] + far * 2 * height * np.sin(turn)
    return np.column_stack([x, y]), far


def _covered(tried: np.ndarray, half: np.ndarray, points: np.ndarray) -> np.ndarray:
    """How many points lie under each box."""
    # an axis at a time: a third dimension of two costs numpy five times as much
    beside, above = (np.abs(points[:, axis] - tried[:, [axis]]) < half[axis] for axis in (0, 1))
    found: np.ndarray = (beside & above).sum(axis=1).astype(float)
    return found


def _astray(tried: np.ndarray, number: int, anchors: np.ndarray) -> np.ndarray:
    """Whether a label would be read as another unit's: its middle lies nearer to that one."""
    astray: np.ndarray = ((anchors[None] - tried[:, None]) ** 2).sum(axis=2).argmin(axis=1) != number
    return astray


def _overlaps(tried: np.ndarray, half: np.ndarray, taken: Sequence[Box]) -> np.ndarray:
    """How much each box shares with those that stand, of the smaller one's area; 0 where they do not touch."""
    found = np.zeros(len(tried))
    for one in taken:
        other = np.array([one.half_width, one.half_height])
        both = np.maximum(0.0, half + other - np.abs(tried - [one.x, one.y])).prod(axis=1)
        shared = both / (4 * min(half.prod(), other.prod()))
        # to touch at all is bad, however little is shared
        found += np.where(shared > 0, 0.1 + shared, 0.0)
    return found


def two_lines(name: str, number: str) -> str:
    """A name with its number: the number on a line of its own where the name needs two."""
    broken = wrapped(name)
    return f"<b>{broken}</b><br>{number}" if "<br>" in broken else f"<b>{broken}</b> {number}"
