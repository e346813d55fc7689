"""Which place is specialised in what, and how concentrated places and fields are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ecosystem.findings.record import Content
from ecosystem.findings.shaping import keyed, named, selected
from ecosystem.measures import Reason, field_concentration, location_quotient, lq_permutation_p, lq_table
from ecosystem.measures import concentration as place_concentration

if TYPE_CHECKING:
    import pandas as pd

    from ecosystem.findings.material import Level, Material

READ = ("actors", "actor_fields", "projects", "participations")
BENCHMARK = "The region is the whole: a location quotient compares a place with this region, not with the country."
COUNTED = "Memberships are counted: an actor with two fields counts in both."
SUPPORT = "Actors are collected, not sampled: read “supported by n actors”, not “significant”."


def specialisation(
    at: Material,
    *,
    field: str | None = None,
    level: Level = "municipality",
    method: str = "jeffreys",
    alpha: float = 0.05,
    min_actors: int = 10,
    seed: int = 0,
    draws: int = 1000,
) -> Content:
    """Location quotients with interval, support and state; see :func:`ecosystem.measures.lq_table`.

    Tables: ``cells``, one row per place and field, with ``p_actors``, the p of
    :func:`ecosystem.measures.lq_permutation_p` that keeps the fields of an actor together, and ``few_actors`` where
    the place has fewer than ``min_actors`` memberships: do not rank it. ``quotients``: places × fields, plain.
    """
    counts, units = at.counts(level), at.units(level)
    cells = lq_table(counts, method=method, alpha=alpha)
    cells.insert(list(cells.columns).index("p") + 1, "p_actors", _by_actors(at, level, counts, draws, seed))
    cells["few_actors"] = cells["n"] < min_actors
    quotients = keyed(location_quotient(counts), "place").assign(reason=_why(counts))
    return Content(
        frames={
            "cells": selected(named(cells, place=units.called, field=at.fields), field, "field"),
            "quotients": named(quotients, place=units.called),
        },
        n=int(counts.to_numpy().sum()),
        counted="memberships",
        read=READ,
        notes=(BENCHMARK, COUNTED, SUPPORT),
    )


def _by_actors(at: Material, level: Level, counts: pd.DataFrame, draws: int, seed: int) -> np.ndarray:
    """How often chance gives each cell as much when whole actors are dealt out anew; 1 in an empty row or column."""
    long = at.long(level)
    if long.empty:
        return np.ones(counts.size)
    drawn = lq_permutation_p(long, draws=draws, seed=seed)
    return drawn.reindex(index=counts.index, columns=counts.columns).fillna(1.0).to_numpy().ravel()


def _why(counts: pd.DataFrame) -> list[str]:
    """Why quotients of a row are missing."""
    missing_field = str(Reason.EMPTY_FIELD) if (counts.sum(axis=0) == 0).any() else ""
    return [missing_field if n else str(Reason.EMPTY_PLACE) for n in counts.sum(axis=1)]


def concentration(
    at: Material,
    *,
    level: Level = "municipality",
    krugman: str = "rest",
    rarefy_to: int = 10,
    min_actors: int = 10,
) -> Content:
    """Concentration of places on fields and of fields on places, every index under its own name.

    Tables: ``places`` (:func:`ecosystem.measures.concentration`, ``few_actors`` below ``min_actors`` memberships) and
    ``fields`` (:func:`ecosystem.measures.field_concentration`).
    """
    counts, units = at.counts(level), at.units(level)
    places = keyed(place_concentration(counts, krugman=krugman, rarefy_to=rarefy_to), "place")
    places["few_actors"] = places["n"] < min_actors
    fields = keyed(field_concentration(counts), "field")
    return Content(
        frames={"places": named(places, place=units.called), "fields": named(fields, field=at.fields)},
        n=int(counts.to_numpy().sum()),
        counted="memberships",
        read=READ,
        notes=(COUNTED, "Plain hhi, entropy and evenness of few memberships say little: compare hhi_unbiased."),
    )
