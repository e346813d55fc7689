"""Modules of a two-mode network: actors or cities × fields or projects, grouped together.

One objective, Barber's bipartite modularity, computed here whatever found the partition. Rows and columns are sorted
as strings before anything is seeded. A row or column without ties belongs to no module (−1); modules are numbered
from the largest, equal ones by their smallest label. A search always runs many times: a grouping that depends on
the seed says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ecosystem.measures._curveball import randomised
from ecosystem.measures._inputs import choice, counts_frame, incidence_frame, labels_series, same_labels, whole_number
from ecosystem.measures._lpab import barber_q
from ecosystem.measures._module_runs import best_q, numbered, one_run, tied_part
from ecosystem.measures._pvalues import resampled_p
from ecosystem.measures._results import DrawnResult
from ecosystem.measures.mixing import ei_index, participation
from ecosystem.measures.partitions import (
    NO_GROUP,
    Association,
    adjusted_mutual_info,
    adjusted_rand_index,
    ami_of_codes,
    association,
    consensus_matrix,
    node_stability,
    variation_of_information,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    Codes = NDArray[np.intp]

__all__ = [
    "Association",
    "Modules",
    "NullModularity",
    "adjusted_mutual_info",
    "adjusted_rand_index",
    "association",
    "barber_modularity",
    "bipartite_modules",
    "consensus_matrix",
    "ei_index",
    "modularity_against_null",
    "node_stability",
    "participation",
    "variation_of_information",
]

METHODS = ("lpab_brim", "leiden", "louvain")
STABLE = 0.8
"""Mean agreement between runs below which modules are said to depend on the seed (suggested)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Modules(DrawnResult):
    """The best partition found in ``draws`` runs over ``n`` rows and columns with ties, and how stable it is.

    ``rows``, ``cols``: label → module (−1 without ties); ``q`` its modularity, a lower bound of the maximum;
    ``q_runs`` the modularity of every run; ``ami_mean``, ``ami_min`` the agreement between runs (NaN for one run);
    ``stability``: (side ``row`` or ``col``, label) → ``node_stability``; ``partitions``: the same index × runs.
    """

    rows: pd.Series[int]
    cols: pd.Series[int]
    q: float
    q_runs: tuple[float, ...]
    ami_mean: float
    ami_min: float
    stability: pd.Series[float]
    partitions: pd.DataFrame


@dataclass(frozen=True, kw_only=True, eq=False)
class NullModularity(DrawnResult):
    """Modularity found (``q``) against that of ``draws`` random tables with the same margins; p is an upper tail."""

    q: float
    null_mean: float
    null_sd: float
    z: float
    p: float


def barber_modularity(incidence: pd.DataFrame, rows: pd.Series[Any], cols: pd.Series[Any]) -> float:
    """Barber's bipartite modularity Q = (1/m) Σ_ij (B_ij − k_i d_j/m)·[g_i = h_j].

    k_i, d_j row and column sums, m their total, g and h the modules of rows and columns. At most 1, 0 for a single
    module, below 0 possible; no unit.

    Args:
        incidence: B, rows × columns, 0/1 or weights >= 0.
        rows: row label → module, same labels in the same order as the rows.
        cols: column label → module, as the columns.

    Undefined: NaN without ties. Labels −1 (no module) are allowed where there are no ties.

    Raises:
        MeasureError: numbers not finite and >= 0, or labels that differ or are missing.

    >>> two = pd.DataFrame(np.eye(2), index=["A", "B"], columns=["F1", "F2"])
    >>> barber_modularity(two, pd.Series([0, 1], index=["A", "B"]), pd.Series([0, 1], index=["F1", "F2"]))
    0.5

    Source: Barber (2007), doi 10.1103/PhysRevE.76.066102.
    """
    checked = counts_frame(incidence, name="incidence")
    of_rows, of_cols = labels_series(rows, name="rows"), labels_series(cols, name="cols")
    same_labels(checked.index, of_rows.index, "incidence", "rows")
    same_labels(checked.columns, of_cols.index, "incidence columns", "cols")
    b = checked.to_numpy()
    total = float(b.sum())
    if total == 0:
        return float("nan")
    same = of_rows.to_numpy()[:, None] == of_cols.to_numpy()
    return float(((b - np.outer(b.sum(axis=1), b.sum(axis=0)) / total) * same).sum() / total)


def bipartite_modules(
    incidence: pd.DataFrame,
    *,
    method: str = "lpab_brim",
    runs: int = 50,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Modules:
    """Modules of rows and columns together, by many searches for the largest Barber modularity.

    Args:
        incidence: rows × columns, 0/1 or weights >= 0.
        method: ``lpab_brim`` (default): label propagation from single nodes and BRIM from random modules in turn;
            ``leiden`` or ``louvain``: scikit-network on the two-mode graph, node order shuffled with each seed.
        runs: searches, 50 or more to speak of stability.
        seed: run r draws from ``default_rng([seed, r])``.
        progress: called with (runs done, runs).

    Returns:
        ``Modules``. Equal modularity keeps the earlier run. ``warnings`` says when the mean agreement is below .8.

    Undefined: without ties all modules are −1 and the numbers NaN; agreement NaN for a single run.

    Raises:
        MeasureError: numbers not finite and >= 0, repeated labels, an unknown method, runs below 1.

    >>> two = pd.DataFrame(np.kron(np.eye(2), np.ones((2, 2))), index=list("abcd"), columns=list("wxyz"))
    >>> found = bipartite_modules(two, runs=4)
    >>> found.rows.tolist(), found.cols.tolist(), found.q, found.ami_min
    ([0, 0, 1, 1], [0, 0, 1, 1], 0.5, 1.0)

    Sources: Barber (2007), doi 10.1103/PhysRevE.76.066102; Liu and Murata (2010) and Beckett (2016), doi
    10.1098/rsos.140536 (LPAb+); Traag, Waltman and van Eck (2019), doi 10.1038/s41598-019-41695-z (Leiden).
    """
    choice(method, METHODS, name="method")
    whole_number(runs, name="runs", at_least=1)
    whole_number(seed, name="seed")
    checked = counts_frame(incidence, name="incidence")
    b, rows, cols = tied_part(checked)
    labels = [str(label) for label in (*checked.index[rows], *checked.columns[cols])]
    found: list[Codes] = []
    for run in range(runs):
        found.append(numbered(one_run(b, method, seed, run), labels))
        if progress is not None:
            progress(run + 1, runs)
    return _bundle(checked, (b, rows, cols), found, (method, seed))


def modularity_against_null(
    incidence: pd.DataFrame, *, draws: int = 100, runs: int = 10, seed: int = 0, method: str = "lpab_brim"
) -> NullModularity:
    """Is the table more modular than its margins make it? Q against random tables with the same margins.

    Observed and random tables are searched alike (``runs`` times, best kept), because the best of more searches is
    larger. z = (Q − mean)/sd, population sd; p = (1 + #{Q* >= Q})/(1 + draws).

    Args:
        incidence: rows × columns, 0/1.
        draws: random tables (``curveball``).
        runs: searches per table.
        seed: of the tables and the searches.
        method: of ``bipartite_modules``.

    Undefined: NaN without ties; z also where all random tables have one modularity.

    Raises:
        MeasureError: cells other than 0 and 1, repeated labels, an unknown method, draws or runs below 1.

    >>> two = pd.DataFrame(np.kron(np.eye(2), np.ones((3, 3))))
    >>> modularity_against_null(two, draws=19, runs=2).p
    0.05

    Source: Beckett (2016), doi 10.1098/rsos.140536; random tables as in ``curveball``.
    """
    whole_number(draws, name="draws", at_least=1)
    observed = bipartite_modules(incidence_frame(incidence), method=method, runs=runs, seed=seed).q
    nan = float("nan")
    if np.isnan(observed):
        return NullModularity(
            variant=method, n=0, seed=seed, draws=draws, q=nan, null_mean=nan, null_sd=nan, z=nan, p=nan
        )
    b, _, _ = tied_part(incidence_frame(incidence))
    table = np.asarray(b.toarray() > 0, dtype=np.bool_)
    null = np.array([best_q(drawn, method, runs, seed) for drawn in randomised(table, draws, seed)])
    mean, sd = float(null.mean()), float(null.std())
    return NullModularity(
        variant=method,
        n=sum(table.shape),
        seed=seed,
        draws=draws,
        q=observed,
        null_mean=mean,
        null_sd=sd,
        z=(observed - mean) / sd if sd > 1e-12 else nan,
        p=float(resampled_p((null >= observed - 1e-12).sum(), draws)),
    )


def _bundle(
    checked: pd.DataFrame, tied: tuple[sparse.csr_array, Codes, Codes], found: list[Codes], asked: tuple[str, int]
) -> Modules:
    """The best run, and what the runs say about each other."""
    (b, rows, cols), (method, seed) = tied, asked
    n = len(rows)
    q_runs = tuple(barber_q(b, codes[:n], codes[n:]) if b.nnz else float("nan") for codes in found)
    best = next(run for run, q in enumerate(q_runs) if not q < max(q_runs) - 1e-12)
    sides = [("row", label) for label in checked.index] + [("col", label) for label in checked.columns]
    labels = np.full((len(sides), len(found)), NO_GROUP)
    labels[np.concatenate((rows, len(checked) + cols))] = np.array(found).T
    index = pd.MultiIndex.from_tuples(sides, names=["side", "label"])
    partitions = pd.DataFrame(labels, index=index, columns=[f"run {run}" for run in range(len(found))])
    mean, least = agreement(found)
    shaky = mean < STABLE
    return Modules(
        variant=method,
        n=n + len(cols),
        warnings=(f"modules depend on the seed: mean agreement between runs {mean:.2f}",) if shaky else (),
        seed=seed,
        draws=len(found),
        rows=pd.Series(labels[: len(checked), best], index=checked.index, name="module"),
        cols=pd.Series(labels[len(checked) :, best], index=checked.columns, name="module"),
        q=q_runs[best],
        q_runs=q_runs,
        ami_mean=mean,
        ami_min=least,
        stability=node_stability(partitions, partitions.iloc[:, best]),
        partitions=partitions,
    )


def agreement(found: Sequence[Codes]) -> tuple[float, float]:
    """Mean and smallest adjusted mutual information over all pairs of runs; runs that agree are compared once.

    Args:
        found: the codes 0, 1, ... of every run, all of the same nodes.

    Undefined: NaN for a single run, and without nodes.

    >>> _, least = agreement([np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]), np.array([0, 1, 0, 1])])
    >>> round(least, 4)
    -0.5

    Source: Vinh, Epps and Bailey (2010), JMLR 11, 2837–2854.
    """
    if len(found) < 2 or len(found[0]) == 0:
        return float("nan"), float("nan")
    different, times = np.unique(np.array(found), axis=0, return_counts=True)
    pairs = list(combinations(range(len(different)), 2))
    values = np.array([ami_of_codes(different[i], different[j]) for i, j in pairs] + [1.0])
    same = float((times * (times - 1) / 2).sum())
    weights = np.array([times[i] * times[j] for i, j in pairs] + [same], dtype=np.float64)
    return float(values @ weights / weights.sum()), float(values[weights > 0].min())
