"""From what is marked on the canvas to the selection of the address, and back.

A marked cell stands for all actors of its rule, also those the filters hide: the same as everywhere in the app.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboards.views import selected as rules
from dashboards.views.cells import FIELDLESS, OUTSIDE, cells
from dashboards.views.network import network

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.state import Selection
    from ecosystem.atlas import Atlas


def actors_of(atlas: Atlas, selection: Selection, key: str) -> np.ndarray | None:
    """The actors of a cell (a mask); ``None`` for what is no cell of this region."""
    if key in {OUTSIDE, FIELDLESS}:
        found = cells(atlas, "place" if key == OUTSIDE else "field", selection.unit)
        return np.asarray(found.members[:, [-1]].toarray()[:, 0] > 0)
    return rules.resolve(atlas, key) if key.partition(":")[0] in {"cell", "place", "unit", "field"} else None


def rule(atlas: Atlas, selection: Selection, marked: Sequence[str], before: str) -> str | None:
    """The rule for the marked ids of actors and cells; ``None`` where it means what the rule ``before`` means."""
    mask = np.asarray(atlas.positions.index.isin(list(marked)))
    for key in marked:
        members = actors_of(atlas, selection, key)
        mask = mask if members is None else mask | members
    known = rules.resolve(atlas, before)
    if np.array_equal(mask, np.zeros_like(mask) if known is None else known):
        return None
    alone = len(marked) == 1 and rules.resolve(atlas, marked[0]) is not None
    return marked[0] if alone else rules.encode(atlas, atlas.positions.index[mask])


def marked(atlas: Atlas, selection: Selection, chosen: str) -> list[str]:
    """What a rule marks: a cell where all of its actors are chosen, else the actors one by one."""
    mask = rules.resolve(atlas, chosen)
    if mask is None:
        return []
    view = network(atlas, selection)
    if view.cells is None:
        return [str(actor) for actor in atlas.positions.index[mask]]
    drawn = [key for key, count in zip(view.nodes.ids, view.nodes.stands_for, strict=True) if count]
    if chosen in drawn:
        return [chosen]
    whole = cells(atlas, view.detail.level, selection.unit)
    inside = np.asarray(whole.members.T @ mask.astype(float)).ravel() == whole.counts
    full = [key for key, all_in in zip(whole.keys, inside, strict=True) if all_in and key in set(drawn)]
    rest = mask.copy()
    for key in full:
        members = actors_of(atlas, selection, key)
        rest = rest if members is None else rest & ~members
    return [*full, *(str(actor) for actor in atlas.positions.index[rest])]
