"""Edge swaps: a random network in which every node keeps its number of ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

Edges = list[tuple[int, int]]
SWAPS_PER_EDGE = 10


def swap(edges: Edges, linked: set[tuple[int, int]], rng: np.random.Generator) -> None:
    """Try ten swaps per edge, in place: a–b and c–d become a–d and c–b where that makes no loop and no second edge.

    Edges are (smaller, larger); ``linked`` is the set of them.
    """
    if len(edges) < 2:
        return
    tries = SWAPS_PER_EDGE * len(edges)
    pairs, turns = rng.integers(0, len(edges), (tries, 2)).tolist(), rng.integers(0, 2, tries).tolist()
    for (one, two), turn in zip(pairs, turns, strict=True):
        (a, b), (c, d) = edges[one], edges[two] if turn else edges[two][::-1]
        first, second = (a, d) if a < d else (d, a), (c, b) if c < b else (b, c)
        if a == d or c == b or first == second or first in linked or second in linked:
            continue
        linked.remove(edges[one])
        linked.remove(edges[two])
        linked.add(first)
        linked.add(second)
        edges[one], edges[two] = first, second
