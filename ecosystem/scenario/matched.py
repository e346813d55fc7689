"""Clusters of two atlases matched by the actors they share: which stayed, grew, split, merged, came or went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas
    from ecosystem.clusters import Cluster

PART = 0.3
"""A cluster that takes at least this share of another one's actors is a successor of it."""
FATES = ("same", "grew", "shrank", "changed", "split", "merged", "gone", "new")
COLUMNS = [
    "fate", "before", "name_before", "after", "name_after", "jaccard",
    "actors_before", "actors_after", "joined", "left",
    "effective_cities_before", "effective_cities_after", "change", "intercity_share_before", "intercity_share_after",
]  # fmt: skip


def matched(before: Atlas, after: Atlas) -> pd.DataFrame:
    """One row per pair of corresponding clusters, and per cluster without a counterpart.

    Columns: ``fate`` (see :data:`FATES`), ids and English names of both, ``jaccard`` (shared actors over all actors of
    the two, 0 … 1), sizes, how many actors ``joined`` and ``left``, effective number of cities and inter-city share on
    both sides; ``change`` is that of the effective cities: above 0 it became more polycentric. Rows that changed most
    come first.
    """
    old, new = before.clusters.items, after.clusters.items
    shared = _shared(old, new)
    sizes_old, sizes_new = np.array([one.size for one in old]), np.array([one.size for one in new])
    onward = shared >= PART * sizes_old[:, None] if len(old) else np.zeros((0, len(new)), dtype=bool)
    back = shared >= PART * sizes_new[None, :] if len(new) else np.zeros((len(old), 0), dtype=bool)
    tied = (onward | back) & (shared > 0)
    rows = [
        _row(old[i], new[j], int(shared[i, j]), _fate(old[i], new[j], tied, i, j))
        for i, j in zip(*np.nonzero(tied), strict=True)
    ]
    rows += [_row(one, None, 0, "gone") for i, one in enumerate(old) if not tied[i].any()]
    rows += [_row(None, one, 0, "new") for j, one in enumerate(new) if not tied[:, j].any()]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    moved = frame["joined"] + frame["left"]
    order = np.lexsort((frame["before"].to_numpy(dtype=str), -frame["change"].abs().fillna(0).to_numpy(), -moved))
    return frame.iloc[order].reset_index(drop=True)


def _shared(old: tuple[Cluster, ...], new: tuple[Cluster, ...]) -> np.ndarray:
    found = np.zeros((len(old), len(new)), dtype=int)
    home = {actor: j for j, one in enumerate(new) for actor in one.actors}
    for i, one in enumerate(old):
        for actor in one.actors:
            if actor in home:
                found[i, home[actor]] += 1
    return found


def _fate(one: Cluster, other: Cluster, tied: np.ndarray, i: int, j: int) -> str:
    if tied[i].sum() > 1:
        return "split"
    if tied[:, j].sum() > 1:
        return "merged"
    joined, left = set(other.actors) - set(one.actors), set(one.actors) - set(other.actors)
    if not joined and not left:
        return "same"
    if joined and left:
        return "changed"
    return "grew" if joined else "shrank"


def _row(one: Cluster | None, other: Cluster | None, shared: int, fate: str) -> tuple[object, ...]:
    nan = float("nan")
    size, size_after = one.size if one else 0, other.size if other else 0
    union = size + size_after - shared
    cities = one.effective_cities if one else nan
    cities_after = other.effective_cities if other else nan
    return (
        fate,
        one.cluster_id if one else "",
        one.name.en if one else "",
        other.cluster_id if other else "",
        other.name.en if other else "",
        shared / union if union else nan,
        size,
        size_after,
        size_after - shared,
        size - shared,
        cities,
        cities_after,
        cities_after - cities,
        one.intercity_share if one else nan,
        other.intercity_share if other else nan,
    )
