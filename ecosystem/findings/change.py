"""What places took up or gave up between two periods, and how varied they are: only where the data can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem import affiliations
from ecosystem.errors import MeasureError
from ecosystem.findings.record import Content
from ecosystem.findings.shaping import keyed, named, selected
from ecosystem.findings.specialisation import BENCHMARK, COUNTED
from ecosystem.measures import Reason, Support, entry_exit, location_quotient, lq_table, specialised
from ecosystem.measures import variety as variety_of

if TYPE_CHECKING:
    from ecosystem.findings.material import Level, Material

NOT_DATED = "no projects of two different years"
NO_PROJECTS = "no projects with a field in one of the periods"


def change(
    at: Material,
    *,
    field: str | None = None,
    level: Level = "municipality",
    split: int | None = None,
    alpha: float = 0.05,
    min_actors: int = 10,
) -> Content:
    """Entries into and exits from specialisations between two periods of dated projects.

    A membership of a period is an actor in a project of the period with the field. The second period starts with the
    year ``split``; by default the one that divides the dated projects most evenly. Tables: ``places`` (rates of
    :func:`ecosystem.measures.entry_exit`, NaN where a place has no projects in one of the periods), ``cells`` and
    ``periods``.
    """
    units, years = at.units(level), _years(at)
    start = _start(years) if split is None else split
    early, late = (years < start).to_numpy(dtype=bool), (years >= start).to_numpy(dtype=bool)
    before, after = _counts(at, level, early), _counts(at, level, late)
    both = (before.sum(axis=1) > 0) & (after.sum(axis=1) > 0)
    cells = _cells(before, after, both, alpha)
    places = _places(before, after, both, alpha)
    places["few_actors"] = np.minimum(before.sum(axis=1), after.sum(axis=1)) < min_actors
    dated = bool(early.any() and late.any())
    undated = int(years.isna().sum())
    return Content(
        frames={
            "places": named(keyed(places, "place"), place=units.called),
            "cells": selected(named(cells, place=units.called, field=at.fields), field, "field"),
            "periods": _periods(years, (early, late), (before, after)),
        },
        n=int(both.sum()),
        counted="places with projects in both periods",
        read=("actors", "projects", "participations"),
        notes=(
            BENCHMARK,
            COUNTED,
            "An entry may be one actor crossing LQ = 1: read the supported ones.",
            *((f"The second period starts in {start:.0f}.",) if dated else ()),
        ),
        warnings=(f"{undated} projects state no year and are left out",) if undated else (),
        reasons=() if dated else (f"change: {NOT_DATED}",),
    )


def _years(at: Material) -> pd.Series:
    """Year of every project, NaN where it is not stated."""
    return at.tables.projects["year"].astype("float64")


def _start(years: pd.Series) -> float:
    """First year of the second period: both as even as can be, the earlier year of equals."""
    dated = years.dropna()
    found = sorted(dated.unique())[1:]
    return min(found, key=lambda year: abs(2 * int((dated < year).sum()) - len(dated)), default=float("inf"))


def _counts(at: Material, level: Level, chosen: np.ndarray) -> pd.DataFrame:
    """Places × fields: memberships through the projects chosen."""
    units, of_project = at.units(level), affiliations.project_fields(at.tables)
    which = np.flatnonzero(chosen)
    reached = sparse.csr_array(at.participations.csr[:, which] @ of_project.csr[which])
    held = (reached.toarray() > 0).astype(float)
    values = units.matrix(units.inside) @ held
    return pd.DataFrame(values, index=units.ids, columns=list(of_project.columns)).astype("int64")


def _supported(counts: pd.DataFrame, alpha: float) -> pd.DataFrame:
    state = lq_table(counts, alpha=alpha, intervals=False)["state"].to_numpy()
    values = (state == str(Support.SUPPORTED)).reshape(counts.shape).astype("int64")
    return pd.DataFrame(values, index=counts.index, columns=counts.columns)


def _places(before: pd.DataFrame, after: pd.DataFrame, both: pd.Series, alpha: float) -> pd.DataFrame:
    old, new = (specialised(location_quotient(counts)) for counts in (before, after))
    rates = entry_exit(old, new, supported=_supported(after, alpha)).rates
    rates.insert(0, "n_before", before.sum(axis=1))
    rates.insert(1, "n_after", after.sum(axis=1))
    known = [name for name in rates.columns if name not in {"n_before", "n_after", "reason"}]
    rates[known] = rates[known].astype(float).where(both, axis=0)
    rates["reason"] = rates["reason"].where(both, NO_PROJECTS)
    return rates


def _cells(before: pd.DataFrame, after: pd.DataFrame, both: pd.Series, alpha: float) -> pd.DataFrame:
    table = lq_table(before, intervals=False)[["place", "field", "x", "lq"]]
    table = table.rename(columns={"x": "x_before", "lq": "lq_before"})
    later = lq_table(after, alpha=alpha, intervals=False)
    table["x_after"], table["lq_after"] = later["x"], later["lq"]
    old, new = (specialised(location_quotient(counts)).to_numpy().ravel() == 1 for counts in (before, after))
    known = np.repeat(both.to_numpy(), before.shape[1])
    change_of = np.select([~known, ~old & new, old & ~new, old], ["", "entered", "left", "kept"], "not held")
    table["change"] = change_of
    table["supported"] = (later["state"] == str(Support.SUPPORTED)) & known
    empty = table["lq_before"].isna() | table["lq_after"].isna()
    table["reason"] = np.where(~known, NO_PROJECTS, np.where(empty, str(Reason.EMPTY_FIELD), ""))
    return table


def _periods(
    years: pd.Series, masks: tuple[np.ndarray, np.ndarray], counts: tuple[pd.DataFrame, pd.DataFrame]
) -> pd.DataFrame:
    rows = []
    for name, mask, table in zip(("before", "after"), masks, counts, strict=True):
        inside = years[mask]
        rows.append((name, inside.min(), inside.max(), len(inside), int(table.to_numpy().sum())))
    periods = pd.DataFrame(rows, columns=["period", "first_year", "last_year", "projects", "memberships"])
    return periods.assign(reason=np.where(periods["first_year"].isna(), NOT_DATED, ""))


def variety(at: Material, *, level: Level = "municipality", lower: str = "activity", min_actors: int = 10) -> Content:
    """Unrelated and related variety of places; see :func:`ecosystem.measures.variety`.

    Related variety needs a second level below the fields: a column of its own in the table of actors and fields (named
    by ``lower``), filled in for statements of fields. Without it there is the entropy over fields and no more.
    """
    units, stated = at.units(level), at.tables.actor_fields
    if lower in {"actor_id", "field_id", "evidence", "source_id"}:
        raise MeasureError(f"lower: “{lower}” is no level below the fields. Name a column that says the activity.")
    two_levels = lower in stated.columns and bool((stated[lower] != "").any())
    rows = _activities(at, level, lower) if two_levels else _one_level(at, level)
    counted = rows.groupby(["place", "field", "activity"]).size().rename("count").reset_index()
    found = variety_of(counted, "field", "activity", place="place").reindex(units.ids)
    found["n"] = found["n"].fillna(0).astype("int64")
    found["few_actors"] = found["n"] < min_actors
    found["reason"] = [
        str(Reason.EMPTY_PLACE) if n == 0 else why for n, why in zip(found["n"], found["reason"], strict=True)
    ]
    return Content(
        frames={"places": named(keyed(found, "place"), place=units.called)},
        n=len(rows),
        counted="memberships",
        read=("actors", "actor_fields") if two_levels else ("actors", "actor_fields", "projects", "participations"),
        notes=(COUNTED, "Entropy of one level is not related variety. Both grow with n."),
        reasons=() if two_levels else (f"related variety: {Reason.ONE_LEVEL} (no column “{lower}” below the fields)",),
    )


def _one_level(at: Material, level: Level) -> pd.DataFrame:
    long = at.long(level)
    return pd.DataFrame({"place": long["city"], "field": long["field"], "activity": long["field"]})


def _activities(at: Material, level: Level, lower: str) -> pd.DataFrame:
    """Stated memberships that name an activity; the same word below two fields is two activities."""
    units, stated = at.units(level), at.tables.actor_fields
    position = at.actors.index.get_indexer(pd.Index(stated["actor_id"]))
    unit = units.of_actor[position]
    kept = (unit >= 0) & (stated[lower] != "").to_numpy()
    rows = stated[kept]
    activity = (rows["field_id"] + ": " + rows[lower]).to_numpy(dtype=object)
    field = rows["field_id"].to_numpy(dtype=object)
    return pd.DataFrame({"place": units.ids[unit[kept]], "field": field, "activity": activity})
