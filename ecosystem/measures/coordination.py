"""Coordination between cities: how alike their profiles are, how tied they are, what they could add to each other.

Counts are places × fields; profiles are row shares. "Similar and untied" may be competition, duplication or
ignorance: the data cannot tell, so quadrants carry neutral names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import xlogy

from ecosystem.measures._inputs import (
    choice,
    counts_frame,
    incidence_frame,
    same_labels,
    scores_frame,
    ties_frame,
    whole_number,
)
from ecosystem.measures._reasons import NetworkReason, joined
from ecosystem.measures._results import Result
from ecosystem.measures.specialisation import location_quotient, specialised

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

METHODS = ("finger_kreinin", "cosine", "jaccard", "jensen_shannon")


@dataclass(frozen=True, kw_only=True, eq=False)
class Complementarity(Result):
    """What other places could add to the missing fields of each of ``n`` places.

    ``total``: places × fields, C_ri; ``reasons``: same shape, why a cell is NaN (empty where it is not);
    ``added``: one row per (place, partner, field) with a defined cell: ``weight`` w_rs, ``added`` A_rsi in percent,
    ``contribution`` w·A, ``rank`` of the partner for this cell by contribution, then by what it adds (1 = best).
    """

    total: pd.DataFrame
    reasons: pd.DataFrame
    added: pd.DataFrame


def profile_overlap(counts: pd.DataFrame, method: str = "finger_kreinin") -> pd.DataFrame:
    """How alike the profiles of any two places are.

    With P_r the shares of place r's memberships over fields:

    - ``finger_kreinin`` (default): 1 − Σ_i abs(P_ri − P_si)/2, 0..1;
    - ``cosine``: (x_r·x_s)/(‖x_r‖‖x_s‖) of the counts, 0..1;
    - ``jaccard``: fields both are specialised in (LQ >= 1) / fields either is, 0..1;
    - ``jensen_shannon``: H((P_r + P_s)/2) − (H(P_r) + H(P_s))/2, 0..1 bit. A **distance**: 0 = the same profile.

    Args:
        counts: places × fields, >= 0.
        method: one of the four.

    Returns:
        Places × places, symmetric; 1 (distance: 0) on the diagonal.

    Undefined: NaN in the row and column of an empty place; ``jaccard`` also where neither is specialised.

    Raises:
        MeasureError: wrong counts or an unknown method.

    >>> counts = pd.DataFrame({"F1": [3, 1], "F2": [1, 3]}, index=["C1", "C2"])
    >>> float(profile_overlap(counts).loc["C1", "C2"])
    0.5

    Sources: Finger and Kreinin (1979), doi 10.2307/2231506; Lin (1991), doi 10.1109/18.61115.
    """
    choice(method, METHODS, name="method")
    checked = counts_frame(counts)
    x = checked.to_numpy()
    empty = x.sum(axis=1) == 0
    if method == "jaccard":
        values = _jaccard(specialised(location_quotient(checked)).to_numpy(dtype=np.float64))
    elif method == "cosine":
        length = np.sqrt((x**2).sum(axis=1))
        values = np.clip(_ratio(x @ x.T, np.outer(length, length)), 0.0, 1.0)
    else:
        shares = _ratio(x, np.broadcast_to(x.sum(axis=1, keepdims=True), x.shape))
        distance = _manhattan if method == "finger_kreinin" else _jensen_shannon
        values = np.array([distance(shares, row) for row in shares]).reshape(len(x), len(x))
        values = np.maximum(1 - values / 2, 0.0) if method == "finger_kreinin" else values
    values[empty] = values[:, empty] = np.nan
    return pd.DataFrame(values, index=checked.index, columns=checked.index)


def field_overlap(counts: pd.DataFrame, field: str) -> pd.DataFrame:
    """What one field contributes to the Finger–Kreinin overlap of any two places: min(P_ri, P_si), 0..1.

    Summed over all fields it is 1 − K/2, the default of ``profile_overlap``.

    Args:
        counts: places × fields, >= 0.
        field: one of the columns.

    Returns:
        Places × places, symmetric.

    Undefined: NaN in the row and column of an empty place.

    Raises:
        MeasureError: wrong counts, or a field that is not among the columns.

    >>> counts = pd.DataFrame({"F1": [3, 1], "F2": [1, 3]}, index=["C1", "C2"])
    >>> [float(field_overlap(counts, field).loc["C1", "C2"]) for field in counts]
    [0.25, 0.25]

    Source: Finger and Kreinin (1979), doi 10.2307/2231506.
    """
    checked = counts_frame(counts)
    choice(field, list(checked.columns), name="field")
    x = checked.to_numpy()
    shares = _ratio(x, np.broadcast_to(x.sum(axis=1, keepdims=True), x.shape))
    own = shares[:, list(checked.columns).index(field)]
    return pd.DataFrame(np.minimum.outer(own, own), index=checked.index, columns=checked.index)


def overlap_vs_ties(
    counts: pd.DataFrame,
    ties: pd.DataFrame,
    expected_ties: pd.DataFrame | None = None,
    *,
    method: str = "finger_kreinin",
    overlap: pd.DataFrame | None = None,
    min_actors: int = 10,
) -> pd.DataFrame:
    """Profile overlap against ties beyond expectation, one row per pair of places.

    excess = ties − expected. Quadrants at the median overlap of all pairs with an overlap, and at excess 0:
    ``similar``/``different`` (overlap >= median or below, reversed for ``jensen_shannon``) and ``tied``/``untied``
    (excess above 0 or not).

    Args:
        counts: places × fields, >= 0.
        ties: places × places, symmetric, same labels; the diagonal is left out.
        expected_ties: same shape; from a null model with the same margins (``validated_projection``: the mean of
            the random projections). Without them no excess is made up: it is NaN.
        method: of ``profile_overlap``.
        overlap: another overlap than that of whole profiles, such as ``field_overlap``; ``method`` then says only
            whether it is a distance.
        min_actors: below so many memberships in either place ``few_actors`` is True: draw the pair in grey.

    Returns:
        ``place``, ``partner``, ``n``, ``n_partner`` (memberships), ``overlap``, ``ties``, ``expected``, ``excess``,
        ``quadrant`` (``similar and tied``, ``similar and untied``, ``different and tied``,
        ``different and untied``; empty where undefined), ``few_actors``, ``reason``.

    Undefined: overlap as in ``profile_overlap``; excess without expected ties.

    Raises:
        MeasureError: wrong counts or ties, labels that differ, an unknown method, min_actors below 0.

    >>> counts = pd.DataFrame({"F1": [9, 9], "F2": [9, 9]}, index=["C1", "C2"])
    >>> ties = pd.DataFrame([[0, 3], [3, 0]], index=["C1", "C2"], columns=["C1", "C2"])
    >>> overlap_vs_ties(counts, ties, ties * 0 + 1)[["overlap", "excess", "quadrant"]].values.tolist()
    [[1.0, 2.0, 'similar and tied']]

    Source: this project; overlap after Finger and Kreinin (1979), doi 10.2307/2231506.
    """
    whole_number(min_actors, name="min_actors")
    overlap = profile_overlap(counts, method) if overlap is None else _same_overlap(counts, overlap)
    tied = _same_places(overlap.index, ties, "ties").to_numpy()
    i, j = np.triu_indices(len(overlap), k=1)
    expected = np.full(len(i), np.nan)
    if expected_ties is not None:
        expected = _same_places(overlap.index, expected_ties, "expected_ties").to_numpy()[i, j]
    n = counts_frame(counts).to_numpy().sum(axis=1)
    pairs = pd.DataFrame(
        {
            "place": overlap.index[i],
            "partner": overlap.index[j],
            "n": n[i],
            "n_partner": n[j],
            "overlap": overlap.to_numpy()[i, j],
            "ties": tied[i, j],
            "expected": expected,
            "excess": tied[i, j] - expected,
        }
    )
    pairs["quadrant"] = _quadrant(pairs, distance=method == "jensen_shannon")
    pairs["few_actors"] = np.minimum(n[i], n[j]) < min_actors
    no_profile = np.where(np.minimum(n[i], n[j]) == 0, NetworkReason.EMPTY_PROFILE, NetworkReason.NO_SPECIALISATION)
    pairs["reason"] = joined(
        np.where(pairs["overlap"].isna(), no_profile, ""),
        np.where(pairs["excess"].isna(), NetworkReason.NO_EXPECTATION, ""),
    )
    return pairs


def complementarity(
    specialised: pd.DataFrame,
    phi: pd.DataFrame,
    ties: pd.DataFrame,
    *,
    partners_specialised: pd.DataFrame | None = None,
) -> Complementarity:
    """Added relatedness density: which partners hold fields related to the ones a place misses.

    A_rsi = 100·Σ_{j≠i} φ_ij M_sj (1 − M_rj)/Σ_{j≠i} φ_ij: the share of the neighbourhood of field i that partner s
    holds and r does not, 0..100 %. C_ri = Σ_{s≠r} w_rs A_rsi over ties w (not normalised, so C grows with the number
    of ties: show w and the best partners with it), >= 0, only where M_ri = 0.

    Args:
        specialised: M, places × fields, 0/1.
        phi: φ, fields × fields, symmetric, >= 0; the diagonal is left out.
        ties: w, places × places, symmetric, >= 0; the diagonal is left out.
        partners_specialised: M_s when partners are held to a stricter rule, such as supported cells only.

    Returns:
        ``Complementarity``; ``added`` lists untied partners too (weight 0): what a new tie would bring.

    Undefined: NaN where M_ri = 1 (``already specialised``) or field i is related to no other; see ``reasons``.

    Raises:
        MeasureError: cells of M other than 0 and 1, φ or ties not symmetric or not >= 0, labels that differ.

    >>> fields, places = ["F1", "F2"], ["C1", "C2"]
    >>> m = pd.DataFrame([[1, 0], [0, 0]], index=places, columns=fields)
    >>> phi = pd.DataFrame([[0, 1], [1, 0]], index=fields, columns=fields)
    >>> ties = pd.DataFrame([[0, 2], [2, 0]], index=places, columns=places)
    >>> complementarity(m, phi, ties).total.to_numpy().tolist()
    [[nan, 0.0], [0.0, 200.0]]

    Source: Balland and Boschma (2021), doi 10.1080/00343404.2020.1861240.
    """
    own = incidence_frame(specialised, name="specialised")
    theirs = own if partners_specialised is None else incidence_frame(partners_specialised, name="partners_specialised")
    same_labels(own.index, theirs.index, "specialised", "partners_specialised")
    same_labels(own.columns, theirs.columns, "specialised columns", "partners_specialised columns")
    near = ties_frame(phi, name="phi")
    same_labels(own.columns, near.index, "specialised columns", "phi")
    w = _same_places(own.index, ties, "ties").to_numpy()
    m, around = own.to_numpy(), near.to_numpy().sum(axis=0)
    missing = (m == 0) & (around > 0)
    added = np.array([_added(row, theirs.to_numpy(), near.to_numpy(), around) for row in m]).reshape(len(m), *m.shape)
    total = np.einsum("rs,rsi->ri", w, added)
    reasons = np.where(
        m > 0, NetworkReason.ALREADY_SPECIALISED, np.where(around > 0, "", NetworkReason.UNRELATED_FIELD)
    )
    return Complementarity(
        variant="specialised" if partners_specialised is None else "partners held to a stricter rule",
        n=len(m),
        total=pd.DataFrame(np.where(missing, total, np.nan), index=own.index, columns=own.columns),
        reasons=pd.DataFrame(reasons, index=own.index, columns=own.columns),
        added=_ranked(own, w, added, missing),
    )


def _ratio(part: Floats, whole: Floats) -> Floats:
    """part/whole, NaN where whole is 0."""
    share: Floats = np.full(part.shape, np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share


def _manhattan(shares: Floats, row: Floats) -> Floats:
    distance: Floats = np.abs(shares - row).sum(axis=1)
    return distance


def _jensen_shannon(shares: Floats, row: Floats) -> Floats:
    """Divergence in bits of every profile from one."""
    middle = (shares + row) / 2
    together = -xlogy(middle, middle).sum(axis=1)
    apart = -(xlogy(shares, shares).sum(axis=1) + xlogy(row, row).sum()) / 2
    divergence: Floats = np.clip((together - apart) / np.log(2), 0.0, 1.0)
    return divergence


def _jaccard(m: Floats) -> Floats:
    both, held = m @ m.T, m.sum(axis=1)
    return _ratio(both, held[:, None] + held - both)


def _same_places(places: pd.Index, square: pd.DataFrame, name: str) -> pd.DataFrame:
    """A symmetric table over exactly these places."""
    checked = ties_frame(square, name=name)
    same_labels(places, checked.index, "places", name)
    return checked


def _same_overlap(counts: pd.DataFrame, overlap: pd.DataFrame) -> pd.DataFrame:
    """An overlap given from outside, over exactly the places of the counts."""
    checked = scores_frame(overlap, name="overlap")
    for axis, name in ((checked.index, "overlap rows"), (checked.columns, "overlap columns")):
        same_labels(counts.index, axis, "counts", name)
    return checked


def _quadrant(pairs: pd.DataFrame, *, distance: bool) -> NDArray[np.str_]:
    """Neutral names of the four quadrants, empty where a coordinate is missing."""
    overlap, excess = pairs["overlap"].to_numpy(), pairs["excess"].to_numpy()
    known = ~np.isnan(overlap)
    median = float(np.median(overlap[known])) if known.any() else float("nan")
    alike = np.where(overlap <= median if distance else overlap >= median, "similar", "different")
    names = np.char.add(np.char.add(alike, " and "), np.where(excess > 0, "tied", "untied"))
    return np.where(known & ~np.isnan(excess), names, "")


def _added(own: Floats, theirs: Floats, phi: Floats, around: Floats) -> Floats:
    """A_rsi of one place r: partners × fields, in percent."""
    return 100 * _ratio((theirs * (1 - own)) @ phi, np.broadcast_to(around, theirs.shape))


def _ranked(own: pd.DataFrame, w: Floats, added: Floats, missing: NDArray[np.bool_]) -> pd.DataFrame:
    """The long table, partners ranked within each cell."""
    k = len(own)
    place, field = np.nonzero(missing)
    r, s, i = np.repeat(place, k), np.tile(np.arange(k), len(place)), np.repeat(field, k)
    r, s, i = r[r != s], s[r != s], i[r != s]
    adds = added[r, s, i]
    by_label = np.argsort(np.argsort([str(label) for label in own.index], kind="stable"))
    best_first = np.lexsort((by_label[s], -adds, -w[r, s] * adds, i, r))
    rank = np.empty(len(r), dtype=np.int64)
    # every cell has the same number of partners, so positions in the sorted table are ranks
    rank[best_first] = np.arange(len(r)) % max(k - 1, 1) + 1
    return pd.DataFrame(
        {
            "place": own.index[r],
            "partner": own.index[s],
            "field": own.columns[i],
            "weight": w[r, s],
            "added": adds,
            "contribution": w[r, s] * adds,
            "rank": rank,
        }
    )
