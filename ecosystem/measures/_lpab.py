"""Search for bipartite modules on plain arrays: LPAb+ and BRIM.

Rows take the best module given the columns, then columns given the rows, until Barber's Q stops rising. From one
module per node this is label propagation (LPAb), from random modules it is BRIM; both end by joining the pair of
modules that raises Q most and moving on from there (the "+"), and by splitting what does not hang together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.intp]
    Floats = NDArray[np.float64]

LEAST_GAIN = 1e-12


def barber_q(b: sparse.csr_array, rows: Codes, cols: Codes) -> float:
    """Q = Σ_c (w_c/m − K_c D_c/m²), w_c the ties inside module c, K_c and D_c its row and column sums."""
    inside, k, d, m = _blocks(b, rows, cols)
    return float(np.trace(inside) / m - k @ d / m**2)


def search(b: sparse.csr_array, rng: np.random.Generator, *, singletons: bool) -> tuple[Codes, Codes]:
    """One start: modules of rows and of columns (codes without order), every row and column having a tie."""
    n, p = b.shape
    rows = np.arange(n)
    cols = np.arange(p) if singletons else rng.integers(0, rng.integers(2, max(3, min(n, p) + 1)), p)
    best = -np.inf
    while True:
        rows, cols = _alternate(b, rows, cols, rng)
        rows, cols = split(b, *_join(b, rows, cols))
        q = barber_q(b, rows, cols)
        if q <= best + LEAST_GAIN:
            return rows, cols
        best = q


def split(b: sparse.csr_array, rows: Codes, cols: Codes) -> tuple[Codes, Codes]:
    """Modules in several pieces become one module per piece; Q cannot fall by it."""
    table = b.tocoo()
    i, j = table.coords
    inside = rows[i] == cols[j]
    n = len(rows)
    size = n + len(cols)
    graph = sparse.coo_array((np.ones(int(inside.sum())), (i[inside], j[inside] + n)), shape=(size, size))
    pieces = connected_components(sparse.csr_array(graph), directed=False)[1].astype(np.intp)
    return pieces[:n], pieces[n:]


def _blocks(b: sparse.csr_array, rows: Codes, cols: Codes) -> tuple[Floats, Floats, Floats, float]:
    """Ties between row modules and column modules, the modules' row and column sums, all ties."""
    count = int(max(rows.max(), cols.max())) + 1
    inside = _one_hot(rows, count).T @ (b @ _one_hot(cols, count))
    dense = np.asarray(inside.toarray(), dtype=np.float64)
    return dense, dense.sum(axis=1), dense.sum(axis=0), float(dense.sum())


def _one_hot(codes: Codes, count: int) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(codes)), codes, np.arange(len(codes) + 1)), shape=(len(codes), count))


def _alternate(b: sparse.csr_array, rows: Codes, cols: Codes, rng: np.random.Generator) -> tuple[Codes, Codes]:
    """Move rows, then columns, to their best module until Q stops rising."""
    turned = sparse.csr_array(b.T)
    best = -np.inf
    while True:
        rows = _move(b, rows, cols, rng)
        cols = _move(turned, cols, rows, rng)
        q = barber_q(b, rows, cols)
        if q <= best + LEAST_GAIN:
            return rows, cols
        best = q


def _move(b: sparse.csr_array, own: Codes, other: Codes, rng: np.random.Generator) -> Codes:
    """The best module of each row of ``b``; it stays where it is if that is as good, else ties are drawn."""
    count = int(max(own.max(), other.max())) + 1
    ties = np.asarray((b @ _one_hot(other, count)).toarray(), dtype=np.float64)
    k, sums = ties.sum(axis=1), ties.sum(axis=0)
    gain = ties - np.outer(k, sums) / sums.sum()
    good = gain >= gain.max(axis=1, keepdims=True) - LEAST_GAIN * k[:, None]
    here = good[np.arange(len(own)), own]
    drawn = np.argmax(good * rng.random(good.shape), axis=1)
    return np.where(here, own, drawn)


def _join(b: sparse.csr_array, rows: Codes, cols: Codes) -> tuple[Codes, Codes]:
    """Join two modules at a time, the pair that raises Q most first, while any does."""
    _, codes = np.unique(np.concatenate((rows, cols)), return_inverse=True)
    rows, cols = codes[: len(rows)], codes[len(rows) :]
    inside, k, d, m = _blocks(b, rows, cols)
    target = np.arange(len(inside))
    while len(inside) > 1:
        gain = (inside + inside.T) / m - (np.outer(k, d) + np.outer(d, k)) / m**2
        np.fill_diagonal(gain, -np.inf)
        a, z = sorted(int(place) for place in np.unravel_index(int(np.argmax(gain)), gain.shape))
        if gain[a, z] <= LEAST_GAIN:
            break
        inside[a] += inside[z]
        inside[:, a] += inside[:, z]
        inside = np.delete(np.delete(inside, z, axis=0), z, axis=1)
        k, d = inside.sum(axis=1), inside.sum(axis=0)
        target[target == z] = a
        target[target > z] -= 1
    return target[rows], target[cols]
