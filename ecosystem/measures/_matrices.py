"""Products and eigenvectors of large tables of 0 and 1, by whichever of sparse and dense is quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import eigh
from scipy.sparse.linalg import LinearOperator, eigsh

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]

DENSE_SHARE = 0.05
"""Share of non-zero cells from which a dense product is quicker than a sparse one."""
DENSE_CELLS = 20_000_000
"""Larger tables are never made dense (8 bytes a cell)."""
EXACT_UP_TO = 300
"""Columns up to which all eigenvectors are computed; beyond, Lanczos' method finds the few that are wanted."""
GRAM_UP_TO = 2000
"""Columns up to which Lanczos' method multiplies with MᵀM; beyond, with M and Mᵀ in turn."""


def gram(matrix: csr_array[np.float64]) -> Floats:
    """MᵀM as a dense array, columns × columns."""
    cells = matrix.shape[0] * matrix.shape[1]
    if cells <= DENSE_CELLS and matrix.nnz >= DENSE_SHARE * cells:
        dense = matrix.toarray()
        return dense.T @ dense
    return (matrix.T @ matrix).toarray()


def second_eigenvector(matrix: csr_array[np.float64], first: Floats) -> tuple[float, float, Floats]:
    """Second and third eigenvalue of MᵀM and the second eigenvector, given the direction of the first.

    The known first eigenvector, and for the third eigenvalue the second too, are taken out of the matrix: only so
    does Lanczos' method notice that an eigenvalue occurs twice. An eigenvalue that does not exist is 0.
    """
    known = first / np.linalg.norm(first)
    size = matrix.shape[1]
    if size <= EXACT_UP_TO:
        values, vectors = eigh(gram(matrix) - np.outer(known, known))
        values = np.concatenate([np.zeros(2), values])
        return float(values[-1]), float(values[-2]), vectors[:, -1]

    square = gram(matrix) if size <= GRAM_UP_TO else None

    def without(taken: Floats) -> Callable[[Floats], Floats]:
        def apply(vector: Floats) -> Floats:
            rest = vector - taken @ (taken.T @ vector)
            product = np.asarray(matrix.T @ (matrix @ rest) if square is None else square @ rest, dtype=np.float64)
            return product - taken @ (taken.T @ product)

        return apply

    start = np.random.default_rng(0).standard_normal(size)
    second, vector = _largest(without(known[:, None]), start)
    third, _ = _largest(without(np.column_stack([known, vector])), start)
    return second, third, vector


def _largest(apply: Callable[[Floats], Floats], start: Floats) -> tuple[float, Floats]:
    """Largest eigenvalue and its vector of a symmetric operator."""
    size = len(start)
    operator = LinearOperator((size, size), matvec=apply, dtype=np.float64)
    values, vectors = eigsh(operator, k=1, which="LA", v0=start, ncv=min(size, 40), maxiter=100 * size)
    return float(values[0]), vectors[:, 0]
