"""Economic complexity (ECI, PCI) behind checks: places with similar profiles get similar numbers, no more.

The numbers come from the second eigenvector of a table of 0 and 1. On few fields, in a table that falls apart, or
where two eigenvalues are equal they mean nothing; then they are refused with a reason. Say "fields of places with
similar profiles", not "complex fields".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, diags_array
from scipy.sparse.csgraph import connected_components

from ecosystem.measures import _inputs
from ecosystem.measures._matrices import second_eigenvector
from ecosystem.measures._results import Reason, Result

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GAP = 1e-9
"""Eigenvalues closer than this count as equal."""
NO_SIGN = 1e-9
WEAK_SIGN = 0.2


@dataclass(frozen=True, kw_only=True, eq=False)
class Complexity(Result):
    """ECI and PCI with every check they passed or failed; ``n`` counts the places used.

    ``eci`` and ``pci`` are in population standard deviations of ECI, NaN where ``place_reason`` or ``field_reason``
    says why. ``defined`` is False and ``reason`` filled where the whole table has none. ``components`` counts the
    separate parts of the table, ``eigenvalue`` is the second (0 .. 1), ``eigengap`` the second less the third.
    ``corr_diversity`` is the correlation of ECI with the number of fields a place is specialised in: positive by
    choice of sign, and arbitrary where ``sign_arbitrary``. ``distinct_pci`` counts different PCI values.
    """

    eci: pd.Series[float]
    pci: pd.Series[float]
    defined: bool
    reason: str
    components: int
    eigenvalue: float
    eigengap: float
    corr_diversity: float
    sign_arbitrary: bool
    distinct_pci: int
    place_reason: pd.Series[str]
    field_reason: pd.Series[str]


def complexity(
    specialised: pd.DataFrame, *, actors: pd.Series[float] | None = None, min_actors: int = 10
) -> Complexity:
    """Economic complexity index of places and product (field) complexity index, with all checks.

    With d_r, u_i the row and column sums of M: k is the second right eigenvector of R = D⁻¹ M U⁻¹ Mᵀ, λ its
    eigenvalue, g_i = (Mᵀk)_i/(u_i λ). ECI_r = (k_r − mean k)/sd k and PCI_i = (g_i − mean k)/sd k, population sd, so
    that ECI_r is the mean PCI of the fields of r. One joint sign: corr(ECI, d) > 0.

    Args:
        specialised: M, places × fields, 0/1. Empty rows and columns are set aside.
        actors: number of actors per place, labelled as the rows. Places below ``min_actors`` are set aside before
            anything is computed, because tiny places would lead the ranking. Without it none is, and a warning says so.
        min_actors: smallest number of actors of a place that takes part.

    Returns:
        ``Complexity``; the numbers are z-scores without bound. All NaN, ``defined`` False, where the table is empty
        or falls into several components, where λ2 or λ2 − λ3 is 1e-9 or less, or where |corr(ECI, d)| is below
        1e-9, so that no sign exists.

    Raises:
        MeasureError: cells that are not 0/1, repeated labels, or ``actors`` labelled differently.

    Sources: Hidalgo and Hausmann 2009; Mealy, Farmer and Teytelboym 2019 (what it measures).

    >>> m = pd.DataFrame([[1, 1, 1, 1], [0, 1, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]], index=["C1", "C2", "C3", "C4"])
    >>> result = complexity(m)
    >>> result.eci.round(3).tolist(), round(result.corr_diversity, 2), result.sign_arbitrary
    ([-0.075, -1.603, 0.748, 0.93], 0.11, True)
    """
    matrix = _inputs.incidence_matrix(specialised, name="specialised")
    min_actors = _inputs.whole_number(min_actors, name="min_actors")
    small = _small(specialised, actors, min_actors)
    diversity: Floats = matrix.sum(axis=1)
    rows, columns = np.flatnonzero(~small & (diversity > 0)), np.flatnonzero(matrix[~small].sum(axis=0) > 0)
    solution = _solve(matrix[rows][:, columns])
    place_reason = np.select([small, diversity == 0], [Reason.TOO_FEW_ACTORS, Reason.NOT_SPECIALISED], solution.reason)
    field_reason = np.full(matrix.shape[1], str(Reason.NEVER_SPECIALISED), dtype=object)
    field_reason[columns] = solution.reason
    return Complexity(
        variant="second eigenvector",
        n=len(rows),
        warnings=_warnings(solution, sizes_known=actors is not None),
        eci=_spread(solution.eci, rows, specialised.index, "eci"),
        pci=_spread(solution.pci, columns, specialised.columns, "pci"),
        defined=not solution.reason,
        reason=solution.reason,
        components=solution.components,
        eigenvalue=solution.eigenvalue,
        eigengap=solution.eigengap,
        corr_diversity=solution.corr,
        sign_arbitrary=_sign_arbitrary(solution),
        distinct_pci=len(np.unique(solution.pci[~np.isnan(solution.pci)].round(9))),
        place_reason=pd.Series(place_reason.astype(object), index=specialised.index, name="reason"),
        field_reason=pd.Series(field_reason, index=specialised.columns, name="reason"),
    )


@dataclass(frozen=True, eq=False)
class _Solution:
    """The result on the places and fields that take part."""

    eci: Floats
    pci: Floats
    reason: str
    components: int
    eigenvalue: float = np.nan
    eigengap: float = np.nan
    corr: float = np.nan


def _solve(matrix: csr_array[np.float64]) -> _Solution:
    """Run the checks in turn; the first that fails gives the reason."""
    nothing = np.full(matrix.shape[0], np.nan), np.full(matrix.shape[1], np.nan)
    parts = _components(matrix)
    if parts != 1:
        return _Solution(*nothing, Reason.DISCONNECTED if parts else Reason.NOT_SPECIALISED, parts)
    second, gap, k, g = _eigenvectors(matrix)
    if second <= GAP or gap <= GAP:
        return _Solution(*nothing, Reason.NO_SECOND_EIGENVECTOR, parts, second, gap)
    diversity: Floats = matrix.sum(axis=1)
    corr = _correlation(k, diversity)
    if abs(corr) < NO_SIGN:
        return _Solution(*nothing, Reason.NO_SIGN, parts, second, gap, corr)
    scale = np.copysign(k.std(), corr)
    return _Solution((k - k.mean()) / scale, (g - k.mean()) / scale, "", parts, second, gap, abs(corr))


def _components(matrix: csr_array[np.float64]) -> int:
    """Number of separate parts of the two-mode graph; 0 for an empty table."""
    if not matrix.nnz:
        return 0
    entries = matrix.tocoo()
    size = sum(matrix.shape)
    graph = csr_array((entries.data, (entries.coords[0], entries.coords[1] + matrix.shape[0])), shape=(size, size))
    return int(connected_components(graph, directed=False)[0])


def _eigenvectors(matrix: csr_array[np.float64]) -> tuple[float, float, Floats, Floats]:
    """λ2, λ2 − λ3, k and g, through the symmetric problem on the shorter side."""
    d: Floats = matrix.sum(axis=1)
    u: Floats = matrix.sum(axis=0)
    nothing = np.zeros(len(d)), np.zeros(len(u))
    weighted = csr_array(diags_array(d**-0.5) @ matrix @ diags_array(u**-0.5))
    tall = weighted.shape[0] >= weighted.shape[1]
    second, third, vector = second_eigenvector(weighted if tall else csr_array(weighted.T), np.sqrt(u if tall else d))
    if second <= GAP:
        return second, second - third, *nothing
    places = np.asarray(weighted @ vector, dtype=np.float64) / np.sqrt(second) if tall else vector
    k = places / np.sqrt(d)
    return second, second - third, k, np.asarray(matrix.T @ k, dtype=np.float64) / (u * second)


def _correlation(k: Floats, diversity: Floats) -> float:
    """Pearson's correlation; 0 where all places have as many fields."""
    spread = k.std() * diversity.std()
    return float(((k - k.mean()) * (diversity - diversity.mean())).mean() / spread) if spread > 0 else 0.0


def _small(specialised: pd.DataFrame, actors: pd.Series[float] | None, min_actors: int) -> NDArray[np.bool_]:
    """Which places have too few actors."""
    if actors is None:
        return np.full(len(specialised), False)
    sizes = _inputs.amounts_series(actors, name="actors")
    _inputs.same_labels(specialised.index, sizes.index, "specialised rows", "actors")
    return sizes.to_numpy() < min_actors


def _sign_arbitrary(solution: _Solution) -> bool:
    """Whether diversity hardly tells which end is up."""
    return bool(abs(solution.corr) < WEAK_SIGN)


def _warnings(solution: _Solution, *, sizes_known: bool) -> tuple[str, ...]:
    """What to say beside the numbers."""
    said = [] if sizes_known else ["no sizes given: small places take part and may lead the ranking"]
    if solution.reason:
        said.append(f"not defined: {solution.reason}")
    elif _sign_arbitrary(solution):
        said.append(f"sign arbitrary: correlation with diversity is only {solution.corr:.2f}")
    return tuple(said)


def _spread(values: Floats, positions: NDArray[np.intp], labels: pd.Index, name: str) -> pd.Series[float]:
    """Put values back to their labels, NaN elsewhere."""
    full = np.full(len(labels), np.nan)
    full[positions] = values
    return pd.Series(full, index=labels, name=name)
