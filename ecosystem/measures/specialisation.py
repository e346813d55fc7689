"""Specialisation of places in fields, with what a small number of actors leaves open.

Counts are memberships: places × fields, full counting, whole numbers; an actor with two fields counts in both.
The region on display is the whole: LQ compares a municipality with its region, not with the country.
Specialised means LQ >= 1. Actor lists are collected, not sampled: "supported by n actors", never "significant".
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ecosystem.errors import MeasureError
from ecosystem.measures import _inputs, _intervals
from ecosystem.measures._concentration import concentration, field_concentration
from ecosystem.measures._pvalues import benjamini_hochberg, resampled_p
from ecosystem.measures._results import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = [
    "Support",
    "concentration",
    "field_concentration",
    "location_quotient",
    "lq_permutation_p",
    "lq_table",
    "specialised",
]

SLACK = 1e-12
"""What rounding may take from an LQ of exactly 1."""
INTERVALS = {"jeffreys": _intervals.jeffreys, "log_delta": _intervals.log_delta}


class Support(StrEnum):
    """What can be said about the specialisation of a place in a field."""

    SUPPORTED = "specialised, supported"
    TOO_FEW_ACTORS = "specialised, too few actors"
    NOT_SPECIALISED = "not specialised"
    UNDEFINED = "undefined"


def location_quotient(counts: pd.DataFrame) -> pd.DataFrame:
    """Location quotient LQ_ri = (x_ri/n_r)/(x_i/N): the share of a field here over its share in the region.

    Args:
        counts: places × fields, x_ri >= 0; fractions are allowed (employment, fractional counting).

    Returns:
        Places × fields, no unit, 0 .. N/n_r; 1 = as in the region. NaN where the place (n_r = 0) or the field
        (x_i = 0) is empty.

    Raises:
        MeasureError: a cell that is no finite number >= 0, or repeated labels.

    Source: Balassa 1965 (as revealed comparative advantage).

    >>> counts = pd.DataFrame({"F1": [14, 63], "F2": [11, 163]}, index=["C1", "others"])
    >>> location_quotient(counts).loc["C1", "F1"].round(4)
    np.float64(1.8255)
    """
    frame = _inputs.counts_frame(counts)
    return pd.DataFrame(_quotients(frame.to_numpy()), index=frame.index, columns=frame.columns)


def specialised(lq: pd.DataFrame, threshold: float = 1.0) -> pd.DataFrame:
    """M_ri = 1 where LQ_ri >= threshold (to 1e-12), else 0; an undefined LQ gives 0.

    Args:
        lq: places × fields, NaN where undefined.
        threshold: above 0; 1 = at least the region's share.

    Returns:
        Places × fields, 0 or 1, whole numbers.

    Raises:
        MeasureError: a negative or infinite LQ, repeated labels, or a threshold of 0 or less.

    Source: Hidalgo et al. 2007 (RCA >= 1).

    >>> specialised(pd.DataFrame({"F1": [1.0, 0.99], "F2": [np.nan, 2.5]})).to_numpy().tolist()
    [[1, 0], [0, 1]]
    """
    if not 0 < threshold < np.inf:
        raise MeasureError(f"threshold: expected a number above 0, got {threshold!r}. 1 is the usual choice.")
    frame = _inputs.scores_frame(lq)
    return (frame >= threshold - SLACK).astype("int64")


def lq_table(
    counts: pd.DataFrame,
    *,
    level: float = 0.95,
    method: str = "jeffreys",
    alpha: float = 0.05,
    intervals: bool = True,
) -> pd.DataFrame:
    """Every cell of the location-quotient table with its interval, its support and its state.

    LQ as ``location_quotient``. Interval: under ``"jeffreys"`` equal-tailed limits of LQ = aN/(na + mb) with
    a ~ Beta(x+½, n−x+½) here and b ~ Beta(y+½, m−y+½) elsewhere (y = x_i − x, m = N − n); under ``"log_delta"``
    LQ·exp(±z√v). p = P(K >= x), K hypergeometric(N, x_i, n): Fisher's exact test, one-sided. q: Benjamini and
    Hochberg over all cells of non-empty places (the family of tests). Memberships count as independent; where
    actors hold several fields compare with ``lq_permutation_p``.

    Args:
        counts: places × fields, whole numbers >= 0.
        level: probability inside the interval, between 0 and 1.
        method: ``"jeffreys"`` or ``"log_delta"`` (undefined without an actor of the field here).
        alpha: largest q that counts as supported, between 0 and 1.
        intervals: compute ``low`` and ``high``; without, the columns are left out. A region's table takes
            hundredths of a second; a million cells take seconds without and, the more they differ, minutes with.

    Returns:
        One row per cell, places outside, fields inside: ``place``, ``field``, ``x``, ``n`` (memberships here),
        ``lq``, ``low``, ``high`` (0 .. N/n), ``p`` in (0, 1] (1 in an empty row or column), ``q`` (NaN in an
        empty place), ``state`` (text of ``Support``), ``reason`` (text of ``Reason``: why a number of the row is
        NaN; "" if none is). Limits are also NaN in the only non-empty place.

    Raises:
        MeasureError: counts that are no whole numbers >= 0, an unknown method, a level or alpha outside (0, 1).

    Sources: Balassa 1965; Moineddin, Beyene and Boyle 2003 (log_delta); Benjamini and Hochberg 1995.

    >>> counts = pd.DataFrame({"F1": [14, 63], "F2": [11, 163]}, index=["C1", "others"])
    >>> row = lq_table(counts).iloc[0]
    >>> [round(float(row[column]), 3) for column in ("lq", "low", "high", "p")], str(row["state"])
    ([1.825, 1.232, 2.421, 0.005], 'specialised, supported')
    """
    frame = _inputs.counts_frame(counts, whole=True)
    find_limits = INTERVALS[_inputs.choice(method, INTERVALS, name="method")]
    level, alpha = _inputs.proportion(level, name="level"), _inputs.proportion(alpha, name="alpha")
    values = frame.to_numpy()
    places, fields = values.shape
    x, n, t = values.ravel(), np.repeat(values.sum(1), fields), np.tile(values.sum(0), places)
    total = float(values.sum())
    lq, p = _quotients(values).ravel(), _support_p(x, n, t, total)
    q = benjamini_hochberg(np.where(n > 0, p, np.nan))
    columns: dict[str, object] = {
        "place": frame.index.repeat(fields),
        "field": np.tile(frame.columns.to_numpy(), places),
        "x": x.astype(np.int64),
        "n": n.astype(np.int64),
        "lq": lq,
    }
    limited = np.full(x.shape, True)
    if intervals:
        columns["low"], columns["high"] = find_limits(x, n, t, total, level)
        limited = ~np.isnan(np.asarray(columns["low"]))
    states = _states(lq, q, alpha)
    return pd.DataFrame(columns | {"p": p, "q": q, "state": states, "reason": _reasons(x, n, t, total, limited)})


def lq_permutation_p(
    actors: pd.DataFrame,
    *,
    draws: int = 1000,
    seed: int = 0,
    actor: str = "actor",
    place: str = "city",
    field: str = "field",
) -> pd.DataFrame:
    """How often chance gives a place an LQ at least as high, when whole actors are dealt out to places anew.

    Each draw permutes the places of the actors; every place keeps its number of actors, every actor its fields,
    so memberships of one actor stay together. p = (1 + #{LQ* >= LQ})/(1 + B). The p-values are not corrected
    for the number of cells.

    Args:
        actors: one row per membership with the columns named by ``actor``, ``place`` and ``field``; an actor
            has one place and each field once.
        draws: B, at least 1; 1000 or more for a statement.
        seed: of ``numpy.random.default_rng``.
        actor: name of the column of actors.
        place: name of the column of places.
        field: name of the column of fields.

    Returns:
        Places × fields, both sorted as text, p in (0, 1] (1 where the field is missing), never NaN (a place or field
        without actors does not occur); ``attrs`` carries ``variant``, ``seed``, ``draws`` and ``n`` (actors).

    Raises:
        MeasureError: a missing column or value, an actor in two places, or a membership listed twice.

    Source: permutation test of Fisher; p after Phipson and Smyth 2010.

    >>> one = pd.DataFrame({"actor": list("abcdef"), "city": list("XXXYYY"), "field": list("FFFGGG")})
    >>> float(lq_permutation_p(one, draws=999).loc["X", "F"]) < .1  # by chance once in twenty
    True
    """
    rows, cities = _memberships(actors, actor, place, field)
    draws = _inputs.whole_number(draws, name="draws", at_least=1)
    rng = np.random.default_rng(_inputs.whole_number(seed, name="seed"))
    places, fields = (sorted(set(values), key=str) for values in (cities, rows[field]))
    of_actor = pd.Index(places).get_indexer(pd.Index(cities))
    who = cities.index.get_indexer(pd.Index(rows[actor]))
    what = pd.Index(fields).get_indexer(pd.Index(rows[field]))
    shape = (len(places), len(fields))

    def quotients(codes: NDArray[np.intp]) -> Floats:
        cells = codes[who] * shape[1] + what
        return _quotients(np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape).astype(np.float64))

    observed = quotients(of_actor)
    hits = np.zeros(shape)
    for _ in range(draws):
        hits += quotients(rng.permutation(of_actor)) >= observed - SLACK
    result = pd.DataFrame(resampled_p(hits, draws), index=pd.Index(places), columns=pd.Index(fields))
    result.attrs = {"variant": "whole actors permuted", "seed": seed, "draws": draws, "n": len(cities)}
    return result


def _quotients(values: Floats) -> Floats:
    """LQ as one fraction, so that equal shares of whole numbers give exactly 1."""
    below = np.outer(values.sum(1), values.sum(0))
    lq = np.full(values.shape, np.nan)
    np.divide(values * values.sum(), below, out=lq, where=below > 0)
    return lq


def _support_p(x: Floats, n: Floats, t: Floats, total: float) -> Floats:
    """P(K >= x); where x = 0 it is 1 without computing."""
    from scipy.stats import hypergeom  # noqa: PLC0415  # scipy.stats would add half to the start of the app

    p = np.ones(x.shape)
    some = x > 0
    # rounding may reach past 1, and in huge tables down to 0
    p[some] = np.clip(hypergeom.sf(x[some] - 1, total, t[some], n[some]), np.finfo(np.float64).tiny, 1.0)
    return p


def _states(lq: Floats, q: Floats, alpha: float) -> NDArray[np.str_]:
    """The state of every cell."""
    above = lq >= 1.0 - SLACK
    cases = [np.isnan(lq), above & (q <= alpha), above]
    states = [Support.UNDEFINED, Support.SUPPORTED, Support.TOO_FEW_ACTORS]
    return np.select(cases, [str(state) for state in states], str(Support.NOT_SPECIALISED))


def _reasons(x: Floats, n: Floats, t: Floats, total: float, limited: NDArray[np.bool_]) -> NDArray[np.str_]:
    """Why a number of the row is missing; limits are missing where there is nothing to compare with."""
    cases = [n == 0, t == 0, ~limited & (n == total), ~limited & (x == 0)]
    reasons = [Reason.EMPTY_PLACE, Reason.EMPTY_FIELD, Reason.ONLY_PLACE, Reason.NONE_HERE]
    return np.select(cases, [str(reason) for reason in reasons], "")


def _memberships(actors: pd.DataFrame, actor: str, place: str, field: str) -> tuple[pd.DataFrame, pd.Series[str]]:
    """The memberships, sorted, and the place of every actor."""
    _inputs.required_columns(actors, (actor, place, field), name="actors")
    rows = actors[[actor, place, field]]
    twice = rows.duplicated([actor, field]).to_numpy()
    if twice.any():
        who, _, what = rows[twice].iloc[0]
        raise MeasureError(f"actors: {who!r} holds field {what!r} more than once. Drop the repeated row.")
    homes = rows[[actor, place]].drop_duplicates()
    if homes[actor].duplicated().any():
        who = homes[actor][homes[actor].duplicated()].iloc[0]
        raise MeasureError(f"actors: {who!r} has more than one {place}. Give each actor one place.")
    # A seeded draw depends on the order of actors, so the order of rows must not.
    homes = homes.sort_values(actor, key=lambda values: values.astype(str), kind="stable")
    return rows, homes.set_index(actor)[place]
