"""Who is within reach: the neighbourhood of a selection, and the shortest way between two actors.

Steps are linked pairs after the filters, whatever their weight. Of several shortest ways the one is told whose
actors come first in the order of their ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from dashboards.views import selected as rules
from dashboards.views.filters import positions

if TYPE_CHECKING:
    from dashboards.state import Selection
    from dashboards.views.linked import Linked
    from ecosystem.atlas import Atlas

Problem = Literal["", "incomplete", "unknown", "hidden", "same", "none"]


@dataclass(frozen=True)
class Ego:
    """The actors (a mask) within ``steps`` of the ``centre``; ``None`` where nothing was chosen to start from."""

    steps: int
    actors: np.ndarray | None
    centre: int = 0
    name: str = ""


@dataclass(frozen=True)
class Way:
    """A shortest way: positions of its actors in order, one of ``ways``; or the ``problem`` with its ``ends``."""

    ends: tuple[str, str]
    actors: tuple[int, ...] = ()
    ways: int = 0
    problem: Problem = ""
    culprits: tuple[str, ...] = ()

    @property
    def steps(self) -> int:
        """Number of pairs on the way."""
        return max(len(self.actors) - 1, 0)


def ego(atlas: Atlas, selection: Selection, left: Linked) -> Ego | None:
    """The neighbourhood asked for, around the selection or else the focus; ``None`` where none is."""
    steps = int(selection.ego)
    if steps == 0:
        return None
    centre = rules.resolve(atlas, selection.selected or selection.focus)
    if centre is None or not (centre & left.actors).any():
        return Ego(steps, None)
    centre = centre & left.actors
    names = atlas.tables.actors["name"].to_numpy()[centre]
    return Ego(steps, within(left, centre, steps), int(centre.sum()), str(names[0]))


def within(left: Linked, centre: np.ndarray, steps: int) -> np.ndarray:
    """Mask of the actors at most ``steps`` pairs away from those of ``centre``."""
    reached, i, j = centre.copy(), left.pairs.i, left.pairs.j
    for _ in range(steps):
        further = reached.copy()
        further[j[reached[i]]] = True
        further[i[reached[j]]] = True
        reached = further
    return reached


def way(atlas: Atlas, selection: Selection, left: Linked) -> Way | None:
    """The way asked for (``a~b``); ``None`` where none is."""
    if not selection.way:
        return None
    start, _, goal = selection.way.partition("~")
    ends = (start, goal)
    if not start or not goal:
        return Way(ends, problem="incomplete")
    position = positions(atlas, ends)
    names = [_name(atlas, one) for one in ends]
    ends = (names[0], names[1])
    unknown = tuple(name for name, at in zip(ends, position, strict=True) if at < 0)
    if unknown:
        return Way(ends, problem="unknown", culprits=unknown)
    if start == goal:
        return Way(ends, problem="same")
    hidden = tuple(name for name, at in zip(ends, position, strict=True) if not left.actors[at])
    if hidden:
        return Way(ends, problem="hidden", culprits=hidden)
    found, ways = _shortest(left, int(position[0]), int(position[1]))
    return Way(ends, found, ways, "" if found else "none")


def _name(atlas: Atlas, actor: str) -> str:
    at = positions(atlas, [actor])[0]
    return actor if at < 0 else str(atlas.tables.actors["name"].iloc[at])


def _shortest(left: Linked, start: int, goal: int) -> tuple[tuple[int, ...], int]:
    """The first of the shortest ways, and how many there are; none at all is an empty way."""
    i, j = left.pairs.i, left.pairs.j
    source, target = np.concatenate([i, j]), np.concatenate([j, i])
    # from the goal outwards: how far every actor is, and by how many ways
    far = np.full(len(left.actors), -1)
    ways = np.zeros(len(left.actors))
    far[goal], ways[goal] = 0, 1
    step = 0
    while far[start] < 0 and (far == step).any():
        on = (far[source] == step) & ((far[target] < 0) | (far[target] > step))
        np.add.at(ways, target[on], ways[source[on]])
        far[target[on]] = step + 1
        step += 1
    if far[start] < 0:
        return (), 0
    return _walk(source, target, far, start), int(ways[start])


def _walk(source: np.ndarray, target: np.ndarray, far: np.ndarray, start: int) -> tuple[int, ...]:
    found = [start]
    while far[found[-1]] > 0:
        here = found[-1]
        found.append(int(min(target[(source == here) & (far[target] == far[here] - 1)])))
    return tuple(found)
