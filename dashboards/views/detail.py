"""How finely the network is drawn: actors, or actors taken together by place and field.

"Automatic" draws actors where the filters leave at most ``FEW``: a number that also a computer without a graphics card
draws in half a second. It follows the filters alone, never the camera.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from dashboards.state import Selection
    from dashboards.views.linked import Linked

Level = Literal["actor", "cell", "place", "field"]

FEW = 300
MOST_ACTORS, MOST_AT_ALL = 3_000, 20_000
MOST_CELLS = 90
MOST_PAIRS = 60_000
# bundles of ties between cells: more lie on one another like felt
MOST_BUNDLES = 150
# drawing on a computer without a graphics card, measured: seconds per thousand actors
SECONDS_PER_THOUSAND = 0.3


@dataclass(frozen=True)
class Detail:
    """The level drawn and how much of it: ``drawn`` of ``total`` actors or cells, ``pairs_drawn`` of ``pairs``.

    ``least`` is the smallest number of pairs a drawn bundle holds; ``left_out`` actors are in no cell of the level.
    """

    level: Level
    automatic: bool
    total: int
    drawn: int
    pairs: int
    pairs_drawn: int
    least: int = 1
    left_out: int = 0

    @property
    def seconds(self) -> int:
        """How long all actors would take to draw."""
        return max(1, round(self.total / 1000 * SECONDS_PER_THOUSAND))


def level(selection: Selection, actors: int, *, fields: bool) -> Level:
    """The level to draw; without any field known, place × field is just the place."""
    asked = selection.detail
    if asked in {"actor", "all"} or (asked == "auto" and actors <= FEW):
        return "actor"
    if asked in {"place", "field"}:
        return "place" if asked == "place" else "field"
    return "cell" if fields else "place"


def drawn_actors(left: Linked, selection: Selection) -> np.ndarray:
    """Mask of the actors drawn: all, or the most linked ones where there are too many."""
    most = MOST_AT_ALL if selection.detail == "all" else MOST_ACTORS
    who = np.flatnonzero(left.actors)
    if len(who) <= most:
        return left.actors
    best = who[np.argsort(-left.degree[who], kind="stable")[:most]]
    mask = np.zeros(len(left.actors), dtype=bool)
    mask[best] = True
    return mask


def heaviest(weights: np.ndarray, most: int) -> np.ndarray:
    """Mask of at most so many entries such that every one above the smallest kept is kept.

    >>> heaviest(np.array([3, 1, 1, 2]), 3).tolist()
    [True, False, False, True]
    """
    if len(weights) <= most:
        return np.ones(len(weights), dtype=bool)
    ordered = np.sort(weights)[::-1]
    keep = weights > ordered[most]
    # one weight for nearly all: better the first ones than none
    return np.asarray(keep if keep.any() else np.arange(len(weights)) < most)
