"""Where places are alike and tied, or not, and what partners could add to what a place lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ecosystem.findings.record import Content, silent, step_of
from ecosystem.findings.shaping import joined, keyed, named, selected, stacked
from ecosystem.findings.ties import LAYERS, TIES_NOTE, Layer, direct_ties, layers, project_table
from ecosystem.measures import (
    NetworkReason,
    Reason,
    Support,
    field_overlap,
    layers_against_chance,
    location_quotient,
    lq_table,
    overlap_vs_ties,
    specialised,
)
from ecosystem.measures import complementarity as complementarity_of
from ecosystem.measures.relatedness import relatedness

if TYPE_CHECKING:
    from ecosystem.findings.material import Level, Material
    from ecosystem.findings.record import Progress
    from ecosystem.measures import Complementarity

READ = ("actors", "actor_fields", "projects", "participations", "ties")
QUADRANTS = ("similar and tied", "similar and untied", "different and tied", "different and untied")
PARTNERS = 2
"""How many best partners stand beside a total."""
CANNOT_TELL = "“Similar and untied” may be competition, duplication or ignorance: the data cannot tell."
CHANCE = "Expected ties keep how much each place ties to others and redraw with whom; “tied” is more than expected."


def coordination(
    at: Material,
    *,
    field: str | None = None,
    level: Level = "municipality",
    method: str = "finger_kreinin",
    alpha: float = 0.05,
    min_actors: int = 10,
    seed: int = 0,
    draws: int = 1000,
    progress: Progress = silent,
) -> Content:
    """Profile overlap against ties beyond chance for every pair of places, layer by layer.

    Overlap is that of whole profiles, or what one field contributes to it where both places have it; then ties are
    those of the field. Chance is :func:`ecosystem.measures.layers_against_chance`. Tables: ``pairs`` with overlap,
    ties, ``expected``, ``excess``, p and q of the ties, ``quadrant``, ``few_actors``; ``quadrants``, the pairs in each,
    how many of these with few actors in a place and how many with supported ties (q <= alpha); ``fields``, the same
    field by field.
    """
    units = at.units(level)
    overall = pairs(
        at, field, level=level, method=method, min_actors=min_actors, draws=draws, seed=seed, progress=progress
    )
    fields = [field] if field is not None else list(at.fields)
    by_field = (
        [overall]
        if field is not None
        else [
            pairs(at, one, level=level, method=method, min_actors=min_actors, draws=draws, seed=seed, progress=progress)
            for one in fields
        ]
    )
    tables = [_quadrants(one, alpha) for one in by_field]
    for one, table in zip(fields, tables, strict=True):
        table.insert(0, "field", one)
    return Content(
        frames={
            "pairs": named(overall, place=units.called, partner=units.called),
            "quadrants": _quadrants(overall, alpha),
            "fields": named(stacked(tables), field=at.fields),
        },
        n=len(units.ids) * (len(units.ids) - 1) // 2,
        counted="pairs of places",
        read=READ,
        notes=(TIES_NOTE, CHANCE, CANNOT_TELL),
        warnings=_too_few(overall, alpha, draws),
        reasons=() if len(units.ids) > 1 else (f"pairs: {NetworkReason.FEW_CITIES}",),
    )


def pairs(
    at: Material,
    field: str | None = None,
    *,
    level: Level = "municipality",
    method: str = "finger_kreinin",
    min_actors: int = 10,
    draws: int = 1000,
    seed: int = 0,
    progress: Progress = silent,
) -> pd.DataFrame:
    """One row per layer and pair of places: the table ``pairs`` of :func:`coordination`, with ids alone."""
    counts, ties = at.counts(level), layers(at, level, field)
    chance = layers_against_chance(
        direct_ties(at, level, field),
        project_table(at, level, field),
        draws=draws,
        seed=seed,
        progress=step_of(progress, "all fields" if field is None else at.fields[field]),
    )
    # two places of which one lacks the field are neither alike nor different in it
    overlap = None if field is None else field_overlap(counts, field).replace(0.0, np.nan)
    found = [
        _layer(layer, counts, ties[layer], chance[(chance["layer"] == layer).to_numpy()], overlap, method, min_actors)
        for layer in LAYERS
    ]
    return stacked(found)


def _layer(
    layer: Layer,
    counts: pd.DataFrame,
    ties: pd.DataFrame,
    chance: pd.DataFrame,
    overlap: pd.DataFrame | None,
    method: str,
    min_actors: int,
) -> pd.DataFrame:
    expected = np.zeros(ties.shape)
    i, j = np.triu_indices(len(ties), k=1)
    expected[i, j] = expected[j, i] = chance["expected"].to_numpy()
    chosen = {"method": method} if overlap is None else {"method": "finger_kreinin"}
    pairs = overlap_vs_ties(
        counts,
        ties,
        pd.DataFrame(expected, index=ties.index, columns=ties.columns),
        overlap=overlap,
        min_actors=min_actors,
        **chosen,
    )
    pairs.insert(0, "layer", layer)
    pairs = pairs.astype({"n": "int64", "n_partner": "int64", "ties": "int64"})
    place = list(pairs.columns).index("quadrant")
    for name in ("q", "p"):
        pairs.insert(place, name, chance[name].to_numpy())
    lacking = (overlap is not None) & pairs["overlap"].isna() & (np.minimum(pairs["n"], pairs["n_partner"]) > 0)
    own = np.where(lacking, str(Reason.NONE_HERE), pairs["reason"])
    return pairs.assign(reason=joined(own, chance["reason"]))


def _too_few(pairs: pd.DataFrame, alpha: float, draws: int) -> tuple[str, ...]:
    """What to say where no pair could be supported, whatever its ties."""
    tested = max((int(rows["q"].notna().sum()) for _, rows in pairs.groupby("layer")), default=0)
    needed = int(np.ceil(tested / alpha)) - 1
    said = f"{draws} draws: of {tested} pairs none can be supported alone below {needed} draws"
    return (said,) if draws < needed else ()


def _quadrants(pairs: pd.DataFrame, alpha: float) -> pd.DataFrame:
    """How many pairs lie in each quadrant, and on how much that rests."""
    rows = []
    for layer in LAYERS:
        here = pairs[(pairs["layer"] == layer).to_numpy()]
        for quadrant in QUADRANTS:
            cell = here[(here["quadrant"] == quadrant).to_numpy()]
            supported = int((cell["q"] <= alpha).sum())
            rows.append((layer, quadrant, len(cell), int(cell["few_actors"].sum()), supported))
    return pd.DataFrame(rows, columns=["layer", "quadrant", "pairs", "few_actors", "supported_ties"])


def complementarity(
    at: Material,
    *,
    field: str | None = None,
    level: Level = "municipality",
    layer: Layer = "both",
    method: str = "association",
    alpha: float = 0.05,
    min_actors: int = 10,
) -> Content:
    """What partners could add to the fields a place lacks; see :func:`ecosystem.measures.complementarity`.

    Partners count only with specialisations that are supported (q <= alpha). Tables: ``cells``, the total of every
    place and field with the two partners that contribute most, ``few_actors`` below ``min_actors`` memberships;
    ``partners``, every partner that would add something, tied or not (``weight`` 0: what a new tie would bring).
    """
    counts, units = at.counts(level), at.units(level)
    held = specialised(location_quotient(counts))
    state = lq_table(counts, alpha=alpha, intervals=False)["state"].to_numpy()
    supported = pd.DataFrame(
        (state == str(Support.SUPPORTED)).reshape(held.shape).astype("int64"), index=held.index, columns=held.columns
    )
    phi = relatedness(at.incidence(at.municipalities.inside), method)
    found = complementarity_of(held, phi, layers(at, level)[layer], partners_specialised=supported)
    partners = found.added[(found.added["added"] > 0).to_numpy()].reset_index(drop=True)
    cells = _cells(found, partners, units.called)
    cells["n"] = np.repeat(counts.sum(axis=1).to_numpy(), counts.shape[1])
    cells["few_actors"] = cells["n"] < min_actors
    return Content(
        frames={
            "cells": selected(named(cells, place=units.called, field=at.fields), field, "field"),
            "partners": selected(
                named(partners, place=units.called, partner=units.called, field=at.fields), field, "field"
            ),
        },
        n=found.n,
        counted="places",
        read=READ,
        notes=(TIES_NOTE, "The total grows with the number of ties: read it with its partners."),
    )


def _cells(found: Complementarity, partners: pd.DataFrame, called: dict[str, str]) -> pd.DataFrame:
    """Totals as rows, the best partners in words."""
    best = partners[((partners["rank"] <= PARTNERS) & (partners["weight"] > 0)).to_numpy()].sort_values("rank")
    told: dict[tuple[str, str], list[str]] = {}
    for row in best.itertuples():
        told.setdefault((str(row.place), str(row.field)), []).append(
            f"{called[str(row.partner)]} (ties {row.weight:g})"
        )
    cells = keyed(found.total, "place").melt("place", var_name="field", value_name="total", ignore_index=False)
    cells = cells.sort_index(kind="stable").reset_index(drop=True)
    pairs = zip(cells["place"], cells["field"], strict=True)
    cells["best_partners"] = ["; ".join(told.get((str(place), str(name)), [])) for place, name in pairs]
    return cells.assign(reason=found.reasons.to_numpy().ravel())
