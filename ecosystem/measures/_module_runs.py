"""One seeded search for bipartite modules, by whichever method: sorted, without empty rows and columns, numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from ecosystem.measures._lpab import barber_q, search, split

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Codes = NDArray[np.intp]


def tied_part(checked: pd.DataFrame) -> tuple[sparse.csr_array, Codes, Codes]:
    """The rows and columns with ties, sorted by label, and where they stand in the input."""
    values = checked.to_numpy()
    rows = np.argsort([str(label) for label in checked.index], kind="stable")
    cols = np.argsort([str(label) for label in checked.columns], kind="stable")
    rows, cols = rows[values[rows].sum(axis=1) > 0], cols[values[:, cols].sum(axis=0) > 0]
    return sparse.csr_array(values[np.ix_(rows, cols)]), rows, cols


def best_q(table: NDArray[np.bool_], method: str, runs: int, seed: int) -> float:
    """The largest Q of some runs over one random table."""
    b, n = sparse.csr_array(table.astype(np.float64)), len(table)
    found = [one_run(b, method, seed, run) for run in range(runs)]
    return max(barber_q(b, codes[:n], codes[n:]) for codes in found)


def one_run(b: sparse.csr_array, method: str, seed: int, run: int) -> Codes:
    """One search: codes of rows, then of columns."""
    if b.nnz == 0:
        return np.empty(0, dtype=np.intp)
    rng = np.random.default_rng([seed, run])
    if method == "lpab_brim":
        return np.concatenate(search(b, rng, singletons=run % 2 == 0))
    # here, not at the top: the default search needs no second library
    from sknetwork.clustering import Louvain  # noqa: PLC0415

    from ecosystem.measures._leiden import GreedyLeiden  # noqa: PLC0415

    rows, cols = rng.permutation(b.shape[0]), rng.permutation(b.shape[1])
    algorithm = (GreedyLeiden if method == "leiden" else Louvain)(return_probs=False, return_aggregate=False)
    algorithm.fit(sparse.csr_matrix(b[rows][:, cols]), force_bipartite=True)
    own, other = np.empty(len(rows), dtype=np.intp), np.empty(len(cols), dtype=np.intp)
    own[rows], other[cols] = algorithm.labels_row_, algorithm.labels_col_
    return np.concatenate(split(b, own, other))


def numbered(codes: Codes, labels: list[str]) -> Codes:
    """Modules numbered from the largest, equal ones by their smallest label."""
    _, inverse, sizes = np.unique(codes, return_inverse=True, return_counts=True)
    by_label = np.argsort(np.argsort(labels, kind="stable"))
    smallest = np.full(len(sizes), len(labels))
    np.minimum.at(smallest, inverse, by_label)
    rank = np.empty(len(sizes), dtype=np.intp)
    rank[np.lexsort((smallest, -sizes))] = np.arange(len(sizes))
    return rank[inverse]
