"""Ties between places in two layers, recorded ties and shared projects, against what chance would give them.

Both nulls keep how much a place ties to others and redraw with whom: recorded ties keep their number at every place
(ends are matched anew), projects keep their number at every place and their number of places (curveball). What stays
inside a place does not enter. The layers are drawn independently, so that their sum has an expectation and a p of its
own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ecosystem.measures._curveball import blocks
from ecosystem.measures._inputs import counts_frame, incidence_frame, same_labels, ties_frame, whole_number
from ecosystem.measures._pvalues import benjamini_hochberg, resampled_p
from ecosystem.measures._reasons import NetworkReason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Codes = NDArray[np.intp]
    Floats = NDArray[np.float64]

ROUNDS = 200
"""Where one place has more than half of all ends some of its pairs cannot be parted: they stay inside it."""
LAYERS = ("direct", "projects", "both")


def layers_against_chance(
    direct: pd.DataFrame,
    projects: pd.DataFrame,
    *,
    draws: int = 1000,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Ties of every pair of places, their mean under chance and how often chance gives as many.

    Layers: ``direct`` the recorded ties, drawn by matching their ends at random (each place keeps its number of ends,
    pairs within one place exchange ends with other pairs); ``projects`` the projects two places share, drawn by
    curveball trades (FDSM); ``both`` their sum. Over all pairs, chance gives as many ties as there are.

    Args:
        direct: places × places, whole numbers, symmetric; the diagonal is left out.
        projects: the same places × projects, 0/1; those of a single place are left out.
        draws: B, random worlds.
        seed: of the draws.
        progress: called with (draws done, draws) now and then.

    Returns:
        One row per layer and unordered pair: ``layer``, ``i``, ``j``, ``ties``, ``expected``, ``p`` = (1 + #{ties* >=
        ties})/(1 + B), ``q`` (Benjamini–Hochberg over the tested pairs of a layer), ``reason``.

    Undefined: a pair is not tested where one of its places has nothing in the layer: p = 1, q NaN.

    Raises:
        MeasureError: ties that are not symmetric whole numbers, cells of projects other than 0 and 1, labels that
            differ, draws below 1.

    >>> direct = pd.DataFrame([[0, 2], [2, 0]], index=["C1", "C2"], columns=["C1", "C2"])
    >>> table = layers_against_chance(direct, pd.DataFrame([[1, 0], [1, 1]], index=["C1", "C2"]), draws=99)
    >>> table[["layer", "ties"]].values.tolist(), table.loc[1, "expected"]
    ([['direct', 2.0], ['projects', 1.0], ['both', 3.0]], np.float64(1.0))

    Sources: Newman and Girvan (2004), doi 10.1103/PhysRevE.69.026113 (matched ends); Strona et al. (2014), doi
    10.1038/ncomms5114 (curveball); p after Phipson and Smyth (2010), doi 10.2202/1544-6115.1585.
    """
    whole_number(draws, name="draws", at_least=1)
    whole_number(seed, name="seed")
    ties, held = ties_frame(counts_frame(direct, name="direct", whole=True), name="direct"), incidence_frame(projects)
    same_labels(ties.index, held.index, "direct", "projects")
    order = np.argsort(np.asarray([str(label) for label in ties.index]), kind="stable")
    recorded, table = ties.to_numpy()[np.ix_(order, order)], held.to_numpy()[order] > 0
    table = table[:, table.sum(axis=0) > 1]
    observed = _stacked(recorded, _shared(table))
    hits, total, done = np.zeros(observed.shape), np.zeros(observed.shape), 0
    matched = _matched(recorded, draws, seed)
    for drawn in blocks(table, draws, seed):
        chance = _stacked(np.stack([next(matched) for _ in drawn]), _shared(drawn))
        hits += (chance >= observed[:, None]).sum(axis=1)
        total += chance.sum(axis=1)
        done += len(drawn)
        if progress is not None:
            progress(done, draws)
    back = np.argsort(order)
    square = np.ix_(np.arange(len(LAYERS)), back, back)
    values = observed[square], (total / draws)[square], resampled_p(hits, draws)[square]
    return (
        pd.concat([_pairs(ties.index, layer, *(one[k] for one in values)) for k, layer in enumerate(LAYERS)])
        .assign(reason=lambda rows: np.where(rows["q"].isna(), str(NetworkReason.FORCED), ""))
        .reset_index(drop=True)
    )


def _shared(table: NDArray[np.bool_]) -> Floats:
    """Projects every two places share, in one table or in each of several."""
    held = table.astype(np.float64)
    return held @ np.swapaxes(held, -1, -2)


def _stacked(direct: Floats, shared: Floats) -> Floats:
    """The three layers, places × places each, of one world or of several."""
    return np.stack([direct, shared, direct + shared])


def _matched(recorded: Floats, draws: int, seed: int) -> Iterator[Floats]:
    """Tables of as many ties between ends that were paired at random."""
    size, rng = len(recorded), np.random.default_rng([seed, 1])
    ends = np.repeat(np.arange(size), recorded.sum(axis=1).astype(np.int64))
    for _ in range(draws):
        paired = rng.permutation(ends)
        first, second = paired[0::2], paired[1::2]
        _part(first, second, rng)
        one_way = np.bincount(first * size + second, minlength=size * size).reshape(size, size)
        np.fill_diagonal(one_way, 0)
        yield (one_way + one_way.T).astype(np.float64)


def _part(first: Codes, second: Codes, rng: np.random.Generator) -> None:
    """Let pairs within one place exchange their second end with a random other pair until none is left, in place."""
    # one by one, and lists are read one by one several times as fast as arrays
    ends, others = first.tolist(), second.tolist()
    within = np.flatnonzero(first == second).tolist()
    for _ in range(ROUNDS):
        if not within:
            break
        for one, other in zip(within, rng.integers(0, len(first), len(within)).tolist(), strict=True):
            if ends[other] != others[one] and ends[one] != others[other]:
                others[one], others[other] = others[other], others[one]
        # an exchange leaves neither of the two inside
        within = [one for one in within if ends[one] == others[one]]
    second[:] = others


def _pairs(places: pd.Index, layer: str, ties: Floats, expected: Floats, p: Floats) -> pd.DataFrame:
    """One layer as one row per pair."""
    i, j = np.triu_indices(len(places), k=1)
    idle = ties.sum(axis=1) - np.diag(ties) == 0
    untested = idle[i] | idle[j]
    chances = np.where(untested, 1.0, p[i, j])
    return pd.DataFrame(
        {
            "layer": layer,
            "i": places[i],
            "j": places[j],
            "ties": ties[i, j],
            "expected": expected[i, j],
            "p": chances,
            "q": benjamini_hochberg(np.where(untested, np.nan, chances)),
        }
    )
