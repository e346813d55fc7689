"""The search for groups: the best single step until none helps, from several starts; and all groups, for comparison."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecosystem.consortium.ground import Ground
    from ecosystem.consortium.score import Scorer

Group = tuple[int, ...]
STARTS = 16
ROUNDS = 60
DIGITS = 9
"""Values are compared to so many: beyond them stands the noise of adding numbers in another order."""


def search(scorer: Scorer, pinned: Sequence[int], size: int) -> Group:
    """The best group found with all pinned candidates and at most ``size`` members; empty without candidates.

    A heuristic: nobody proves that there is no better group. Of equal groups the one of the smallest ids is taken.
    """
    # climbs that meet go on as one
    steps: dict[Group, Group] = {}
    found = {climb(scorer, pinned, [*pinned, start], size, steps) for start in _starts(scorer.ground, pinned, size)}
    return _best(scorer, found) if found else ()


def climb(
    scorer: Scorer, pinned: Sequence[int], start: Sequence[int], size: int, steps: dict[Group, Group] | None = None
) -> Group:
    """From one group by the best step of adding, swapping or removing until none helps.

    ``steps`` remembers where each group went.
    """
    known = {} if steps is None else steps
    group = tuple(sorted(set(start)))
    for _ in range(ROUNDS):
        if group not in known:
            known[group] = _step(scorer, pinned, group, size)
        if known[group] == group:
            break
        group = known[group]
    return group


def _step(scorer: Scorer, pinned: Sequence[int], group: Group, size: int) -> Group:
    """The best group one step away; the group itself where none is better. Adding before swapping before removing."""
    added = np.round(scorer.with_each([group])[0], DIGITS)
    reached, found = float(added[-1]), group
    if len(group) < size and added[:-1].max(initial=-np.inf) > reached:
        top = int(added[:-1].argmax())
        reached, found = float(added[top]), (*group, top)
    smaller = [tuple(one for one in group if one != gone) for gone in group if gone not in pinned]
    if not smaller:
        return tuple(sorted(found))
    values = np.round(scorer.with_each(smaller), DIGITS)
    if len(group) == 1:
        # nobody at all is no group
        values[:, -1] = -np.inf
    if values[:, :-1].max(initial=-np.inf) > reached:
        row, top = (int(one) for one in np.unravel_index(values[:, :-1].argmax(), values[:, :-1].shape))
        reached, found = float(values[row, top]), (*smaller[row], top)
    if values[:, -1].max() > reached:
        found = smaller[int(values[:, -1].argmax())]
    return tuple(sorted(found))


def _starts(ground: Ground, pinned: Sequence[int], size: int) -> list[int]:
    """The strongest and best connected candidates, in turn from every sector."""
    if len(pinned) >= size:
        return list(pinned[:1])
    ties = (ground.near == 1).sum(axis=1)
    order = sorted(range(len(ground.ids)), key=lambda one: (-ground.strength[one], -ties[one], ground.ids[one]))
    rank: dict[int, int] = {}
    turns = []
    for one in order:
        if one in pinned:
            continue
        sector = int(ground.sector[one])
        turns.append((rank.get(sector, 0), sector, one))
        rank[sector] = rank.get(sector, 0) + 1
    return [one for _, _, one in sorted(turns)[:STARTS]] or list(pinned[:1])


def exhaustive(scorer: Scorer, pinned: Sequence[int], size: int) -> Group:
    """The best of all groups; for regions that can be counted on fingers."""
    others = [one for one in range(len(scorer.ground.ids)) if one not in pinned]
    groups = {
        tuple(sorted([*pinned, *more]))
        for count in range(size - len(pinned) + 1)
        for more in combinations(others, count)
        if pinned or more
    }
    return _best(scorer, groups)


def _best(scorer: Scorer, groups: set[Group]) -> Group:
    ids = scorer.ground.ids
    return min(groups, key=lambda group: (-round(scorer.value(group), DIGITS), [ids[one] for one in group]))
