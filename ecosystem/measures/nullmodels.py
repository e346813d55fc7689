"""Null models of a two-mode network: what would be shared if only the margins were given.

An incidence is actors (or cities) × fields, projects or actors, 0/1. Ties made by projection are tested against
random tables with the same margins; ties observed as such are thinned by the backbones re-exported below. Rows and
columns are sorted as strings before anything is drawn, so their order does not matter. Upper tails only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.measures._bicm import probabilities, tails
from ecosystem.measures._curveball import randomised
from ecosystem.measures._inputs import choice, incidence_frame, proportion, whole_number
from ecosystem.measures._pvalues import benjamini_hochberg, resampled_p
from ecosystem.measures._reasons import NetworkReason
from ecosystem.measures.backbones import disparity_backbone, noise_corrected

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Progress = Callable[[int, int], None]

__all__ = ["bicm", "curveball", "disparity_backbone", "noise_corrected", "projection_square", "validated_projection"]

MODELS = ("fdsm", "sdsm")
SPARSE_BELOW = 0.02
"""Share of the dense multiplications below which a sparse product is quicker (measured)."""


def curveball(incidence: pd.DataFrame, *, draws: int = 1000, seed: int = 0) -> Iterator[pd.DataFrame]:
    """Random 0/1 tables with exactly the row and column sums observed, labelled as the input.

    A Markov chain of curveball trades, at least 5·rows between two tables (rows of the shorter side); uniform over
    all such tables in the limit.

    Args:
        incidence: rows × columns, 0/1.
        draws: how many tables.
        seed: of ``numpy.random.default_rng``; the same seed gives the same tables, in any order of rows.

    Raises:
        MeasureError: cells other than 0 and 1, repeated labels, fewer than 1 draw. (Raised at the call.)

    >>> table = pd.DataFrame(np.eye(3, dtype=int), index=list("abc"), columns=list("xyz"))
    >>> [one.to_numpy().sum(axis=0).tolist() for one in curveball(table, draws=2)]
    [[1, 1, 1], [1, 1, 1]]

    Sources: Strona et al. (2014), doi 10.1038/ncomms5114; Carstens, Berger and Strona (2018), arXiv 1609.05137.
    """
    checked = incidence_frame(incidence)
    whole_number(draws, name="draws", at_least=1)
    whole_number(seed, name="seed")
    rows, cols = _order(checked.index), _order(checked.columns)
    table = _table(checked)[np.ix_(rows, cols)]
    back = np.ix_(np.argsort(rows), np.argsort(cols))
    return (
        pd.DataFrame(drawn[back].astype(np.int64), index=checked.index, columns=checked.columns)
        for drawn in randomised(table, draws, seed)
    )


def bicm(incidence: pd.DataFrame) -> pd.DataFrame:
    """Bipartite configuration model: the chance of each cell when the margins hold on average.

    p_ij = x_i y_j/(1 + x_i y_j), x and y such that expected = observed row and column sums (to 1e-10). Same shape
    and labels as the input; 0..1, exactly 0 or 1 where the margins force the cell (an empty or a full row).

    Args:
        incidence: rows × columns, 0/1.

    Undefined: never.

    Raises:
        MeasureError: cells other than 0 and 1, or repeated labels.

    >>> bicm(pd.DataFrame([[1, 0], [0, 1]])).round(6).to_numpy().tolist()
    [[0.5, 0.5], [0.5, 0.5]]

    Source: Saracco et al. (2017), doi 10.1088/1367-2630/aa6b38.
    """
    checked = incidence_frame(incidence)
    p, _ = probabilities(_table(checked))
    return pd.DataFrame(p, index=checked.index, columns=checked.columns)


def validated_projection(
    incidence: pd.DataFrame,
    *,
    model: str = "fdsm",
    draws: int = 1000,
    seed: int = 0,
    alpha: float = 0.05,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Pairs of rows that share more columns than their margins explain.

    V_ij = Σ_k B_ik B_jk against one of two null models:

    - ``fdsm`` (default): random tables with exactly these margins; p = (1 + #{V* >= V})/(1 + draws);
    - ``sdsm``: V_ij is a sum of coins of chance p_ik p_jk (``bicm``), its upper tail exact; more careful, no draws.

    q is Benjamini–Hochberg over all tested pairs of rows. One pair among m can pass alone only if
    draws >= m/alpha − 1: ``attrs["warnings"]`` says so when there are fewer.

    Args:
        incidence: rows × columns, 0/1. Use many columns (projects or actors, not six fields).
        model: ``fdsm`` or ``sdsm``.
        draws: random tables (``fdsm`` only).
        seed: of the draws.
        alpha: false discovery rate of ``keep``.
        progress: called with (draws done, draws) about a hundred times.

    Returns:
        One row per unordered pair: ``i``, ``j`` (labels, in the order of the input), ``shared`` V, ``expected`` its
        mean under the model, ``p``, ``q``, ``keep`` (q <= alpha), ``reason``. ``attrs`` carries ``variant``, ``n``
        (pairs tested), ``draws``, ``seed``, ``alpha``, ``warnings``.

    Undefined: a pair with a row that the margins force to be full or empty is not tested: p = 1, q NaN.

    Raises:
        MeasureError: cells other than 0 and 1, repeated labels, an unknown model, draws below 1, alpha not in (0, 1).

    >>> table = pd.DataFrame([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]], index=list("abc"))
    >>> validated_projection(table, model="sdsm")[["i", "j", "shared", "expected", "p"]].round(4).values.tolist()
    [['a', 'b', 2, 1.1111, 0.305], ['a', 'c', 0, 1.1111, 1.0], ['b', 'c', 0, 1.1111, 1.0]]

    Sources: Neal, Domagalski and Sagan (2021), doi 10.1038/s41598-021-03238-3; Phipson and Smyth (2010), doi
    10.2202/1544-6115.1585.
    """
    choice(model, MODELS, name="model")
    whole_number(draws, name="draws", at_least=1)
    whole_number(seed, name="seed")
    proportion(alpha, name="alpha")
    checked = incidence_frame(incidence)
    rows = _order(checked.index)
    table = _table(checked)[np.ix_(rows, _order(checked.columns))]
    chances, forced = probabilities(table)
    shared = _overlap(table).astype(np.int64)
    p, expected = _fdsm(table, shared, draws, seed, progress) if model == "fdsm" else _sdsm(table, shared, chances)
    p[forced], p[:, forced] = 1.0, 1.0
    back = np.argsort(rows)
    square = np.ix_(back, back)
    found = _pairs(checked.index, shared[square], expected[square], p[square], forced[back])
    found["keep"] = found["q"] <= alpha
    found.attrs = _particulars(model, int(found["q"].notna().sum()), draws, seed, alpha)
    return found[["i", "j", "shared", "expected", "p", "q", "keep", "reason"]]


def projection_square(pairs: pd.DataFrame, column: str) -> pd.DataFrame:
    """One column of ``validated_projection`` as a symmetric table, such as ``expected`` for ``overlap_vs_ties``.

    Args:
        pairs: the result of ``validated_projection``.
        column: ``shared``, ``expected``, ``p``, ``q`` or ``keep``.

    Returns:
        n × n over the labels of the pairs, 0 on the diagonal; NaN where the column is.

    Raises:
        MeasureError: a column that is not there.

    >>> pairs = validated_projection(pd.DataFrame([[1, 1, 0], [0, 1, 1]], index=["a", "b"]), model="sdsm")
    >>> projection_square(pairs, "shared").to_numpy().tolist()
    [[0.0, 1.0], [1.0, 0.0]]

    Source: none, a change of shape.
    """
    choice(column, list(pairs.columns.intersection(["shared", "expected", "p", "q", "keep"])), name="column")
    labels = pd.Index(pd.unique(pd.concat([pairs["i"].head(1), pairs["j"]])), tupleize_cols=False)
    values = np.zeros((len(labels), len(labels)))
    i, j = labels.get_indexer(pairs["i"]), labels.get_indexer(pairs["j"])
    values[i, j] = values[j, i] = pairs[column].to_numpy(dtype=np.float64)
    return pd.DataFrame(values, index=labels, columns=labels)


def _order(labels: pd.Index) -> NDArray[np.intp]:
    """Positions of the labels sorted as strings."""
    return np.argsort(np.asarray([str(label) for label in labels]), kind="stable")


def _table(checked: pd.DataFrame) -> NDArray[np.bool_]:
    return np.asarray(checked.to_numpy() > 0, dtype=np.bool_)


def _overlap(table: NDArray[np.bool_]) -> NDArray[np.float32]:
    """V = B·Bᵀ, exact up to 2²⁴ columns; the sparse way where the table is thin."""
    rows, cols = table.shape
    work = float((table.sum(axis=0, dtype=np.float64) ** 2).sum())
    if work < SPARSE_BELOW * rows * rows * cols:
        thin = sparse.csr_array(table, dtype=np.float32)
        return np.asarray(sparse.csr_array(thin @ thin.T).toarray(), dtype=np.float32)
    dense = table.astype(np.float32)
    # the copy keeps numpy from BLAS's symmetric product, measured 2 to 13 times slower here
    product: NDArray[np.float32] = dense @ np.ascontiguousarray(dense.T)
    return product


def _fdsm(
    table: NDArray[np.bool_], shared: NDArray[np.int64], draws: int, seed: int, progress: Progress | None
) -> tuple[Floats, Floats]:
    """Upper tail and mean of every pair of rows over random tables with the same margins."""
    hits, total = np.zeros(shared.shape, dtype=np.int64), np.zeros(shared.shape)
    observed, every = shared.astype(np.float32), max(1, draws // 100)
    for done, drawn in enumerate(randomised(table, draws, seed), start=1):
        overlap = _overlap(drawn)
        hits += overlap >= observed
        total += overlap
        if progress is not None and (done % every == 0 or done == draws):
            progress(done, draws)
    return resampled_p(hits, draws), total / draws


def _sdsm(table: NDArray[np.bool_], shared: NDArray[np.int64], chances: Floats) -> tuple[Floats, Floats]:
    """Exact upper tail and mean of every pair of rows; rows of equal degree have equal chances."""
    _, first, kind = np.unique(table.sum(axis=1), return_index=True, return_inverse=True)
    u, v = np.triu_indices(len(first))
    most = int(shared.max(initial=0))
    reached = tails(chances[first[u]] * chances[first[v]], most)
    place = np.zeros((len(first), len(first)), dtype=np.int64)
    place[u, v] = place[v, u] = np.arange(len(u))
    p = reached[place[np.ix_(kind, kind)], shared]
    return np.maximum(p, np.finfo(np.float64).tiny), chances @ chances.T


def _pairs(
    labels: pd.Index, shared: NDArray[np.int64], expected: Floats, p: Floats, forced: NDArray[np.bool_]
) -> pd.DataFrame:
    """Square tables as one row per pair, q over the tested ones."""
    i, j = np.triu_indices(len(labels), k=1)
    untested = forced[i] | forced[j]
    return pd.DataFrame(
        {
            "i": labels[i],
            "j": labels[j],
            "shared": shared[i, j],
            "expected": expected[i, j],
            "p": p[i, j],
            "q": benjamini_hochberg(np.where(untested, np.nan, p[i, j])),
            "reason": np.where(untested, NetworkReason.FORCED, ""),
        }
    )


def _particulars(model: str, pairs: int, draws: int, seed: int, alpha: float) -> dict[Hashable | None, object]:
    """What a reader needs to repeat and to judge the test."""
    if model == "sdsm":
        return {"variant": model, "n": pairs, "draws": None, "seed": None, "alpha": alpha, "warnings": ()}
    needed = int(np.ceil(pairs / alpha)) - 1
    short = (
        f"{draws} draws: no p below {1 / (1 + draws):.2g}; of {pairs} pairs none can pass alone below {needed} draws"
    )
    warnings = (short,) if draws < needed else ()
    return {"variant": model, "n": pairs, "draws": draws, "seed": seed, "alpha": alpha, "warnings": warnings}
