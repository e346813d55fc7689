"""Entry, exit and variety: only where dated or two-level data exist.

An entry may be one actor crossing LQ = 1: give ``supported`` and show both counts. Related and unrelated variety both
grow with n, so n stands beside them. One level of fields gives entropy only, never "related variety".
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import entr

from ecosystem.errors import MeasureError
from ecosystem.measures import _inputs
from ecosystem.measures._results import Reason, Result


@dataclass(frozen=True, kw_only=True, eq=False)
class EntryExit(Result):
    """Entries and exits between two dates; ``n`` counts places.

    ``entry`` and ``exit`` are places × fields: 1 happened, 0 did not, NaN could not (already held; not held).
    ``rates`` has one row per place: ``missing`` and ``held`` fields before, ``entered``, ``exited``, ``entry_rate`` =
    entered/missing and ``exit_rate`` = exited/held (0 .. 1), ``entered_supported`` where support was given, ``reason``.
    """

    entry: pd.DataFrame
    exit: pd.DataFrame
    rates: pd.DataFrame


def entry_exit(before: pd.DataFrame, after: pd.DataFrame, *, supported: pd.DataFrame | None = None) -> EntryExit:
    """Which fields places took up or gave up between two dates.

    Entry: M_t = 0 and M_t+1 = 1, out of the fields missing at t. Exit: M_t = 1 and M_t+1 = 0, out of the fields held.

    Args:
        before: M_t, places × fields, 0/1.
        after: M_t+1, labelled as ``before``.
        supported: 1 where the specialisation after is supported (``Support.SUPPORTED``), labelled as ``before``; adds
            the column ``entered_supported``.

    Returns:
        ``EntryExit``. ``entry_rate`` is NaN where no field was missing, ``exit_rate`` where none was held.

    Raises:
        MeasureError: cells that are not 0/1, repeated labels, or labels that differ.

    Source: Boschma, Balland and Kogler 2015; definitions as in EconGeo 2.1 (Balland).

    >>> before = pd.DataFrame([[1, 0, 0]], index=["C1"], columns=["F1", "F2", "F3"])
    >>> after = pd.DataFrame([[0, 1, 0]], index=["C1"], columns=["F1", "F2", "F3"])
    >>> entry_exit(before, after).rates.loc["C1", ["entry_rate", "exit_rate"]].tolist()
    [0.5, 1.0]
    """
    old = _inputs.incidence_frame(before, name="before")
    new = _aligned(after, old, "after")
    entry, leave = new.where(old == 0), (1.0 - new).where(old == 1)
    missing, held = (old == 0).sum(axis=1), (old == 1).sum(axis=1)
    entered, exited = (entry == 1).sum(axis=1), (leave == 1).sum(axis=1)
    rates = pd.DataFrame(
        {
            "missing": missing,
            "held": held,
            "entered": entered,
            "exited": exited,
            "entry_rate": entered / missing.where(missing > 0),
            "exit_rate": exited / held.where(held > 0),
        }
    )
    if supported is not None:
        rates["entered_supported"] = ((entry == 1) & (_aligned(supported, old, "supported") == 1)).sum(axis=1)
    rates["reason"] = _joined(missing == 0, Reason.NOTHING_MISSING, held == 0, Reason.NOTHING_HELD)
    warnings = () if supported is not None else ("support unknown: an entry may rest on one actor",)
    return EntryExit(variant="by place", n=len(old), warnings=warnings, entry=entry, exit=leave, rates=rates)


def variety(
    counts_long: pd.DataFrame,
    upper: str = "division",
    lower: str = "activity",
    *,
    place: str = "region",
    count: str = "count",
) -> pd.DataFrame:
    """Unrelated and related variety: entropy between divisions, and within them.

    With P_g the share of division g and H_g the entropy inside it: UV = −Σ P_g log2 P_g, RV = Σ P_g H_g, and
    UV + RV = entropy of the lower level.

    Args:
        counts_long: one row per place and activity, with the four columns; ``count`` >= 0.
        upper: name of the column of divisions.
        lower: name of the column of activities; every activity lies in one division.
        place: name of the column of places.
        count: name of the column of counts.

    Returns:
        One row per place, sorted: ``n``, ``unrelated_variety_bits`` (0 .. log2 of the divisions),
        ``related_variety_bits``, ``entropy_bits`` (0 .. log2 of the activities), ``reason``. All NaN where n = 0;
        related variety NaN where no division has two activities (reason ``no two-level taxonomy``).

    Raises:
        MeasureError: a missing column or value, a count that is no number >= 0, an activity in two divisions, or a
            place and activity listed twice.

    Source: Frenken, van Oort and Verburg 2007.

    >>> long = pd.DataFrame({"region": "A", "division": list("xxy"), "activity": list("abc"), "count": [1, 1, 2]})
    >>> variety(long).loc["A", ["unrelated_variety_bits", "related_variety_bits", "entropy_bits"]].tolist()
    [1.0, 0.5, 1.5]
    """
    division_of = _taxonomy(counts_long, upper, lower, place, count)
    amounts = _inputs.counts_frame(counts_long[[count]].reset_index(drop=True), name="counts_long")[count]
    keyed = pd.DataFrame(
        {"place": counts_long[place].to_numpy(), "lower": counts_long[lower].to_numpy(), "amount": amounts.to_numpy()}
    )
    fine = keyed.pivot_table(index="place", columns="lower", values="amount", aggfunc="sum", fill_value=0.0)
    fine = fine.loc[sorted(fine.index, key=str)].rename_axis(index=place, columns=None)
    coarse = fine.T.groupby(division_of.loc[fine.columns].to_numpy()).sum().T
    n = fine.sum(axis=1)
    whole, between = _entropy_bits(fine, n), _entropy_bits(coarse, n)
    two_levels = bool(division_of.duplicated().any())
    related = (whole - between).clip(lower=0.0) if two_levels else whole * np.nan
    one_level = pd.Series(not two_levels, index=n.index)
    return pd.DataFrame(
        {
            "n": n,
            "unrelated_variety_bits": between,
            "related_variety_bits": related,
            "entropy_bits": whole,
            "reason": _joined(n == 0, Reason.EMPTY_PLACE, one_level & (n > 0), Reason.ONE_LEVEL),
        }
    )


def _aligned(frame: pd.DataFrame, like: pd.DataFrame, name: str) -> pd.DataFrame:
    """A second 0/1 table with the labels of the first."""
    checked = _inputs.incidence_frame(frame, name=name)
    _inputs.same_labels(like.index, checked.index, "before rows", f"{name} rows")
    _inputs.same_labels(like.columns, checked.columns, "before columns", f"{name} columns")
    return checked


def _joined(first: pd.Series[bool], one: Reason, second: pd.Series[bool], other: Reason) -> list[str]:
    """Up to two reasons per row."""
    pairs = zip(first, second, strict=True)
    return ["; ".join(why for holds, why in ((a, one), (b, other)) if holds) for a, b in pairs]


def _taxonomy(counts_long: pd.DataFrame, upper: str, lower: str, place: str, count: str) -> pd.Series[str]:
    """The division of every activity."""
    _inputs.required_columns(counts_long, (place, upper, lower, count), name="counts_long")
    twice = counts_long.duplicated([place, lower]).to_numpy()
    if twice.any():
        where, what = counts_long.loc[twice, [place, lower]].iloc[0]
        raise MeasureError(f"counts_long: {where!r} lists {what!r} more than once. Sum the counts first.")
    pairs = counts_long[[lower, upper]].drop_duplicates()
    if pairs[lower].duplicated().any():
        what = pairs.loc[pairs[lower].duplicated(), lower].iloc[0]
        raise MeasureError(f"counts_long: {what!r} lies in more than one {upper}. Give each {lower} one {upper}.")
    return pairs.set_index(lower)[upper]


def _entropy_bits(counts: pd.DataFrame, n: pd.Series[float]) -> pd.Series[float]:
    """Entropy of each row; NaN in an empty one."""
    shares = counts.div(n.where(n > 0), axis=0)
    return pd.Series(entr(shares.to_numpy()).sum(axis=1) / np.log(2.0), index=counts.index)
