"""Relatedness between fields: how often two fields are held together, against what their sizes let expect.

Compute it from actors × fields (0/1): actors with one field contribute nothing, see ``informative_rows``. With C the
co-occurrences (zero diagonal): S_i = Σ_j C_ij, T = Σ_i S_i, U_i = number of rows that hold field i. Frames of
pandas' sparse type are not made dense on the way in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ecosystem.measures import _inputs
from ecosystem.measures._matrices import gram

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]

METHODS = ("association", "prob", "cosine", "jaccard", "min_conditional")


def co_occurrence(incidence: pd.DataFrame) -> pd.DataFrame:
    """C_ij = number of rows that hold both fields: AᵀA with the diagonal set to 0.

    Args:
        incidence: A, actors × fields (or projects × fields), 0/1.

    Returns:
        Fields × fields, whole numbers 0 .. rows, symmetric. Never undefined.

    Raises:
        MeasureError: a cell that is neither 0 nor 1, or repeated labels.

    Source: Hidalgo et al. 2007.

    >>> actors = pd.DataFrame({"F1": [1, 1, 0], "F2": [1, 1, 1], "F3": [0, 1, 0]})
    >>> co_occurrence(actors).to_numpy().tolist()
    [[0, 2, 1], [2, 0, 1], [1, 1, 0]]
    """
    together, _ = _together(_inputs.incidence_matrix(incidence))
    return pd.DataFrame(together.astype(np.int64), index=incidence.columns, columns=incidence.columns)


def informative_rows(incidence: pd.DataFrame) -> int:
    """Number of rows with two or more fields: all that a relatedness rests on.

    Args:
        incidence: actors × fields, 0/1.

    Returns:
        0 .. rows; show it beside every relatedness.

    Raises:
        MeasureError: a cell that is neither 0 nor 1, or repeated labels.

    Source: follows from the definition of C.

    >>> informative_rows(pd.DataFrame({"F1": [1, 1, 0], "F2": [1, 0, 0]}))
    1
    """
    return int((_inputs.incidence_matrix(incidence).sum(axis=1) >= 2).sum())


def relatedness(incidence: pd.DataFrame, method: str = "association") -> pd.DataFrame:
    """Relatedness φ_ij of every pair of fields.

    - ``"association"``: C_ij T/(S_i S_j), 0 .. , 1 = as expected from the sizes;
    - ``"prob"``: C_ij / {[S_i/T · S_j/(T−S_i) + S_j/T · S_i/(T−S_j)] · T/2}, 0 .. , 1 = as expected without own field;
    - ``"cosine"``: C_ij/√(S_i S_j), 0 .. 1;
    - ``"jaccard"``: C_ij/(S_i + S_j − C_ij), 0 .. 1;
    - ``"min_conditional"`` (proximity): C_ij/max(U_i, U_j), 0 .. 1: the smaller conditional probability.

    Args:
        incidence: A, actors × fields (or projects × fields), 0/1.
        method: one of the above.

    Returns:
        Fields × fields, no unit, symmetric, diagonal 0. A pair that never meets has 0, also where a field meets
        none: never undefined. Values from C_ij < 5 rest on few actors.

    Raises:
        MeasureError: a cell that is neither 0 nor 1, repeated labels, or an unknown method.

    Sources: van Eck and Waltman 2009 (association); Steijn 2021 (prob); Hidalgo et al. 2007 (min_conditional).

    >>> actors = pd.DataFrame({"F1": [1, 1, 0, 0], "F2": [1, 0, 1, 0], "F3": [0, 1, 0, 1], "F4": [0, 0, 1, 1]})
    >>> relatedness(actors).loc["F1", ["F2", "F4"]].tolist()  # every S is 2, T is 8
    [2.0, 0.0]
    """
    _inputs.choice(method, METHODS, name="method")
    together, holders = _together(_inputs.incidence_matrix(incidence))
    phi = _share_of(together, _expected(together, holders, method))
    return pd.DataFrame(phi, index=incidence.columns, columns=incidence.columns)


def relatedness_density(specialised: pd.DataFrame, phi: pd.DataFrame) -> pd.DataFrame:
    """RD_ri = 100 · Σ_{j≠i} φ_ij M_rj / Σ_{j≠i} φ_ij: how much of a field's relatedness the place already holds.

    Meant for fields the place lacks (M_ri = 0: how close is this missing field?); computed for all. A field is never
    counted in its own density, whatever stands on the diagonal of φ.

    Args:
        specialised: M, places × fields, 0/1.
        phi: φ, fields × fields, symmetric, >= 0, labelled as the columns of ``specialised``.

    Returns:
        Places × fields in per cent, 0 .. 100. A place without any specialised field has 0; NaN, for one reason
        only, where the field is related to none (Σ φ_ij = 0).

    Raises:
        MeasureError: cells that are not 0/1, an asymmetric or negative φ, or labels that differ.

    Source: Balland, Boschma, Crespo and Rigby 2019.

    >>> phi = pd.DataFrame([[0, 1, 3], [1, 0, 0], [3, 0, 0]], index=list("abc"), columns=list("abc"))
    >>> held = pd.DataFrame([[0, 1, 0]], index=["C1"], columns=list("abc"))
    >>> relatedness_density(held, phi).iloc[0].tolist()
    [25.0, 0.0, 0.0]
    """
    held = _inputs.incidence_matrix(specialised, name="specialised")
    ties = _inputs.ties_frame(phi, name="phi")
    _inputs.same_labels(specialised.columns, ties.index, "specialised columns", "phi")
    values = ties.to_numpy()
    total = values.sum(axis=0)
    density = np.full(held.shape, np.nan)
    np.divide(100.0 * (held @ values), total, out=density, where=np.broadcast_to(total > 0, held.shape))
    # Rounding may carry a place that holds everything a hair over 100.
    return pd.DataFrame(np.minimum(density, 100.0), index=specialised.index, columns=specialised.columns)


def _together(matrix: csr_array[np.float64]) -> tuple[Floats, Floats]:
    """C with zero diagonal, and U."""
    together = gram(matrix)
    holders = together.diagonal().copy()
    np.fill_diagonal(together, 0.0)
    return together, holders


def _expected(together: Floats, holders: Floats, method: str) -> Floats:
    """What C_ij is divided by."""
    s: Floats = together.sum(axis=0)
    total = float(s.sum())
    if method == "min_conditional":
        return np.maximum(holders[:, None], holders)
    if method == "jaccard":
        return s[:, None] + s - together
    if method == "cosine":
        return np.sqrt(s[:, None] * s)
    if total == 0.0:
        return np.zeros(together.shape)
    if method == "association":
        return s[:, None] * s / total
    # S_i <= T/2, because every co-occurrence is counted on both sides: the denominator is never 0
    one_way: Floats = s[:, None] * s / (total * (total - s[:, None]))
    return (one_way + one_way.T) * total / 2.0


def _share_of(together: Floats, expected: Floats) -> Floats:
    """C over its expectation; 0 where nothing was expected, because nothing was found either."""
    phi = np.zeros(together.shape)
    np.divide(together, expected, out=phi, where=expected > 0)
    return phi
