"""The two questions asked first: which single new tie helps most, and what breaks if somebody leaves.

Both try every candidate on the matrices of the whole region, without a new search for clusters, and can be stopped:
what was tried until then is ranked and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from ecosystem.errors import MeasureError
from ecosystem.findings.record import silent
from ecosystem.findings.ties import LAYERS, layers
from ecosystem.measures import green_polycentricity
from ecosystem.scenario.candidates import Candidates
from ecosystem.scenario.record import Action, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level
    from ecosystem.findings.record import Progress
    from ecosystem.findings.ties import Layer

INDICES = ("p", "p_sf", "freeman")
TRIED = 40
"""Actors looked at where nobody says which: those with the most ties."""


def best_ties(
    atlas: Atlas,
    *,
    field: str | None = None,
    index: str = "p_sf",
    level: Level = "municipality",
    layer: Layer = "both",
    part: tuple[int, int] | None = None,
    progress: Progress = silent,
    stop: Callable[[], bool] | None = None,
) -> pd.DataFrame:
    """Every pair of places by what one more tie (or joint project) between them would do to an index.

    Args:
        atlas: the region.
        field: only actors and projects of this field; all without one.
        index: ``p``, ``p_sf`` (Green, 2007; more is more polycentric) or ``freeman`` (less is).
        level: which places are compared.
        layer: the ties counted; a joint project of two places counts 1 in ``projects``, a direct tie 1 in ``direct``.
        part: only these pairs (first and end of a slice): who may stop at any time asks part by part and joins the
            answers with :func:`ranked`.
        progress: is told how many pairs were tried.
        stop: asked before every pair; true ends the search.

    Returns:
        One row per pair of places that both have an actor (of the field), best first: ``place``, ``partner`` and their
        names, ``ties`` they have, ``before``, ``after``, ``change``, and for each side a candidate (``actor``,
        ``partner_actor`` with names): of the best connected ones the first two that are not linked yet, empty where
        all of them are. ``attrs["tried"]`` and ``attrs["pairs"]`` say how many were tried of how many. ``change`` is
        NaN where the index is undefined before or after.

    Raises:
        MeasureError: no such index, layer or field.
    """
    if index not in INDICES or layer not in LAYERS:
        raise MeasureError(f"best_ties: index is one of {', '.join(INDICES)} and layer one of {', '.join(LAYERS)}.")
    at = atlas.material
    if field is not None and field not in at.fields:
        raise MeasureError(f"best_ties: there is no field “{field}”. Its fields are {', '.join(at.fields)}.")
    ties, units = layers(at, level, field)[layer], at.units(level)
    sizes = at.sizes(level, field).to_numpy()
    candidates = Candidates.of(atlas, level, field)
    before = getattr(green_polycentricity(ties), index)
    i, j = np.triu_indices(len(units.ids), k=1)
    here = (sizes[i] > 0) & (sizes[j] > 0)
    rows, every = [], list(zip(i[here].tolist(), j[here].tolist(), strict=True))
    pairs = every if part is None else every[part[0] : part[1]]
    known = ties.to_numpy()
    values = ties.to_numpy(dtype=float, copy=True)
    for number, (a, b) in enumerate(pairs):
        if stop is not None and stop():
            break
        values[a, b] += 1
        values[b, a] += 1
        after = getattr(green_polycentricity(pd.DataFrame(values, index=ties.index, columns=ties.columns)), index)
        values[a, b] -= 1
        values[b, a] -= 1
        rows.append((
            units.ids[a], units.names[a], units.ids[b], units.names[b], int(known[a, b]), before, after, after - before,
            *candidates.pair(a, b),
        ))  # fmt: skip
        if number % 100 == 0:
            progress("pairs", number, len(pairs))
    progress("pairs", len(rows), len(pairs))
    found = pd.DataFrame(
        rows,
        columns=[
            "place", "place_name", "partner", "partner_name", "ties", "before", "after", "change",
            "actor", "actor_name", "partner_actor", "partner_actor_name",
        ],
    )  # fmt: skip
    found = ranked(found, index)
    found.attrs |= {"tried": len(rows), "pairs": len(every), "index": index, "layer": layer, "level": level}
    return found


def ranked(found: pd.DataFrame, index: str) -> pd.DataFrame:
    """Rows of :func:`best_ties`, the best first; undefined ones last."""
    gain = found["change"].astype(float) * (-1 if index == "freeman" else 1)
    order = np.lexsort((found["partner"], found["place"], -gain.fillna(-np.inf)))
    return found.iloc[order].reset_index(drop=True)


def tie_step(row: Mapping[str, object], reason: str = "") -> Step:
    """A row of :func:`best_ties` as the step that makes it true: its two candidates cooperate.

    >>> tie_step({"actor": "a-works", "partner_actor": "c-motors"}).sentence()
    'add ties (source_actor_id=a-works, relation=cooperates_with, target_actor_id=c-motors)'
    """
    ends = {"source_actor_id": str(row["actor"]), "relation": "cooperates_with"}
    return Step(Action.ADD, "ties", cells=ends | {"target_actor_id": str(row["partner_actor"])}, reason=reason)


def leaving(
    atlas: Atlas,
    actors: Sequence[str] | None = None,
    *,
    level: Level = "municipality",
    progress: Progress = silent,
    stop: Callable[[], bool] | None = None,
) -> pd.DataFrame:
    """What the region loses with each actor, the most first.

    Args:
        atlas: the region.
        actors: ids to look at; without them the forty actors of the region with the most linked partners.
        level: which places are meant by "between places".
        progress: is told how many actors were tried.
        stop: asked before every actor; true ends the search.

    Returns:
        One row per actor: ``partners`` it is linked to, ``cut_off`` (actors that no longer hang together with the rest
        of their component), ``pieces`` (components more than before), ``pairs_of_places`` (pairs of places whose only
        tie it held), ``p_before``, ``p_after``, ``change`` (Green's P of the places' ties, NaN where undefined). Ranked
        by cut_off, then pairs_of_places, then partners. ``attrs["tried"]`` of ``attrs["actors"]`` were tried.

    Raises:
        MeasureError: an id that is no actor.
    """
    at, ties = atlas.material, sparse.csr_array(atlas.ties.csr)
    degree = np.diff(ties.indptr)
    units = at.units(level)
    if actors is None:
        inside = np.flatnonzero(units.inside & (degree > 0))
        chosen = inside[np.argsort(-degree[inside], kind="stable")][:TRIED]
    else:
        chosen = at.actors.index.get_indexer(pd.Index(list(actors)))
        if (chosen < 0).any():
            unknown = list(actors)[int(np.flatnonzero(chosen < 0)[0])]
            raise MeasureError(f"leaving: there is no actor “{unknown}”. Give the id of an actor.")
    counts = units.matrix(units.inside)
    linked = sparse.csr_array((np.ones(ties.nnz), ties.indices, ties.indptr), shape=ties.shape)
    whole = (counts @ linked @ counts.T).toarray()
    of_actor = connected_components(ties, directed=False)[1]
    before = _p(whole, units.ids)
    rows = []
    for number, row in enumerate(chosen.tolist()):
        if stop is not None and stop():
            break
        rows.append(_without(atlas, row, linked, counts, whole, of_actor, before, units.ids))
        progress("actors", number + 1, len(chosen))
    found = pd.DataFrame(
        rows,
        columns=[
            "actor", "actor_name", "partners", "cut_off", "pieces", "pairs_of_places", "p_before", "p_after", "change",
        ],
    )  # fmt: skip
    found = found.sort_values(
        ["cut_off", "pairs_of_places", "partners", "actor"], ascending=[False, False, False, True], kind="stable"
    ).reset_index(drop=True)
    found.attrs |= {"tried": len(rows), "actors": len(chosen), "level": level}
    return found


def _without(
    atlas: Atlas,
    row: int,
    linked: sparse.csr_array,
    counts: sparse.csr_array,
    whole: np.ndarray,
    of_actor: np.ndarray,
    before: float,
    places: pd.Index,
) -> tuple[object, ...]:
    partners = linked.indices[linked.indptr[row] : linked.indptr[row + 1]]
    own = np.flatnonzero(of_actor == of_actor[row])
    rest = own[own != row]
    pieces, labels = connected_components(linked[rest][:, rest], directed=False) if len(rest) else (0, np.empty(0, int))
    cut_off = int(len(rest) - np.bincount(labels).max()) if pieces > 1 else 0
    left = whole.copy()
    unit = np.asarray(counts[:, [row]].toarray()).ravel()
    to_places = np.asarray(counts[:, partners].sum(axis=1)).ravel() if len(partners) else np.zeros(len(places))
    lost = np.outer(unit, to_places)
    left -= lost + lost.T
    off = ~np.eye(len(left), dtype=bool)
    severed = int(((whole > 0) & (left <= 0) & off).sum()) // 2
    after = _p(left, places)
    actors = atlas.material.actors
    name = str(actors["name"].iloc[row])
    return (
        str(actors.index[row]), name, len(partners), cut_off, max(pieces - 1, 0), severed,
        before, after, after - before,
    )  # fmt: skip


def _p(values: np.ndarray, places: pd.Index) -> float:
    return green_polycentricity(pd.DataFrame(values, index=places, columns=places)).p
