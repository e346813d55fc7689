"""Which fields go together, which missing field is near to what a place has, and complexity behind its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ecosystem.findings.record import Content, silent, step_of
from ecosystem.findings.shaping import joined, keyed, named, panel, selected
from ecosystem.findings.specialisation import BENCHMARK, COUNTED, READ
from ecosystem.measures import (
    NetworkReason,
    Reason,
    field_concentration,
    informative_rows,
    location_quotient,
    lq_table,
    relatedness_density,
    specialised,
    validated_projection,
)
from ecosystem.measures.complexity import complexity as second_eigenvector
from ecosystem.measures.relatedness import relatedness as phi_of

if TYPE_CHECKING:
    from ecosystem.findings.material import Level, Material
    from ecosystem.findings.record import Progress
    from ecosystem.measures.complexity import Complexity

FEW = 5
"""A relatedness that fewer actors than these hold up is drawn dashed."""


def relatedness(
    at: Material,
    *,
    field: str | None = None,
    method: str = "association",
    model: str = "fdsm",
    alpha: float = 0.05,
    seed: int = 0,
    draws: int = 1000,
    progress: Progress = silent,
) -> Content:
    """Relatedness of every pair of fields, from the fields of single actors.

    Tables: ``pairs`` with ``shared`` (actors of both fields), ``phi``, ``few`` where fewer than five actors hold both,
    and what chance gives (``expected``, ``p``, ``q``: :func:`ecosystem.measures.validated_projection`); ``matrix``, φ.
    """
    inside = at.incidence(at.municipalities.inside)
    phi = phi_of(inside, method)
    pairs = validated_projection(
        inside.T, model=model, draws=draws, seed=seed, alpha=alpha, progress=step_of(progress, "random tables")
    )
    told = pairs.attrs["warnings"]
    pairs = pairs.rename(columns={"i": "field", "j": "partner"})
    pairs.insert(3, "phi", phi.to_numpy()[np.triu_indices(len(phi), k=1)])
    pairs.insert(4, "few", pairs["shared"] < FEW)
    pairs.attrs = {}
    return Content(
        frames={
            "pairs": selected(named(pairs, field=at.fields, partner=at.fields), field, "field", "partner"),
            "matrix": named(keyed(phi, "field"), field=at.fields),
        },
        n=informative_rows(inside),
        counted="actors with two or more fields",
        read=READ,
        notes=("Actors with one field say nothing about relatedness.",),
        warnings=tuple(told),
        reasons=() if len(phi) > 1 else (f"pairs: {Reason.ONE_FIELD}",),
    )


def diversification(
    at: Material,
    *,
    field: str | None = None,
    level: Level = "municipality",
    method: str = "association",
    alpha: float = 0.05,
    min_actors: int = 10,
) -> Content:
    """How near every field is to what a place is specialised in, against the size and ubiquity of the field.

    Tables: ``cells`` with ``density`` in per cent (:func:`ecosystem.measures.relatedness_density`, meant for fields
    the place lacks) and the plainer axes ``field_size`` (memberships) and ``ubiquity`` (places specialised); ``fields``
    the same by field with ``pci``, which stays NaN unless complexity passes its checks.
    """
    counts, units = at.counts(level), at.units(level)
    held = specialised(location_quotient(counts))
    phi = phi_of(at.incidence(at.municipalities.inside), method)
    fields = _fields(counts, second_eigenvector(held, actors=counts.sum(axis=1), min_actors=min_actors))
    cells = lq_table(counts, alpha=alpha, intervals=False)[["place", "field", "x", "n", "lq", "state"]]
    cells["density"] = relatedness_density(held, phi).where(counts.sum(axis=1) > 0).to_numpy().ravel()
    cells["field_size"] = np.tile(fields["n"].to_numpy(), len(counts))
    cells["ubiquity"] = np.tile(fields["ubiquity"].to_numpy(), len(counts))
    cells["missing"] = held.to_numpy().ravel() == 0
    cells["few_actors"] = cells["n"] < min_actors
    cells["reason"] = _why(cells, phi)
    return Content(
        frames={
            "cells": selected(named(cells, place=units.called, field=at.fields), field, "field"),
            "fields": named(keyed(fields, "field"), field=at.fields),
        },
        n=int(counts.to_numpy().sum()),
        counted="memberships",
        read=READ,
        notes=(BENCHMARK, COUNTED, "A field is never counted in its own density."),
    )


def _fields(counts: pd.DataFrame, found: Complexity) -> pd.DataFrame:
    fields = field_concentration(counts)[["n", "ubiquity"]]
    return fields.assign(pci=found.pci, reason=found.field_reason.where(found.pci.isna(), ""))


def _why(cells: pd.DataFrame, phi: pd.DataFrame) -> np.ndarray:
    """Why a density or a quotient is missing."""
    alone = phi.index[phi.sum(axis=1) == 0]
    empty = cells.groupby("field")["x"].transform("sum") == 0
    own = np.where(cells["n"] == 0, str(Reason.EMPTY_PLACE), np.where(empty, str(Reason.EMPTY_FIELD), ""))
    near = np.where(cells["field"].isin(alone), str(NetworkReason.UNRELATED_FIELD), "")
    return joined(own, near)


def complexity(at: Material, *, level: Level = "municipality", min_actors: int = 10) -> Content:
    """ECI of places and PCI of fields, refused with a reason where they mean nothing.

    Tables: ``checks`` (all of them, see :class:`ecosystem.measures.Complexity`), ``places`` and ``fields``.
    """
    counts, units = at.counts(level), at.units(level)
    held = specialised(location_quotient(counts))
    sizes = counts.sum(axis=1)
    found = second_eigenvector(held, actors=sizes, min_actors=min_actors)
    places = pd.DataFrame({"n": sizes, "diversity": held.sum(axis=1), "eci": found.eci})
    places["reason"] = found.place_reason.where(found.eci.isna(), "")
    fields = pd.DataFrame({"n": counts.sum(axis=0), "ubiquity": held.sum(axis=0), "pci": found.pci})
    fields["reason"] = found.field_reason.where(found.pci.isna(), "")
    return Content(
        frames={
            "checks": _checks(found),
            "places": named(keyed(places, "place"), place=units.called),
            "fields": named(keyed(fields, "field"), field=at.fields),
        },
        n=found.n,
        counted="places that take part",
        read=READ,
        notes=(BENCHMARK, "It orders places with similar profiles; “complex” says more than that."),
        warnings=() if found.reason else found.warnings,
        reasons=(f"complexity: {_refused(found)}",) if found.reason else (),
    )


def _refused(found: Complexity) -> str:
    """Why there is no complexity; where no place is large enough, that is why."""
    too_few = bool((found.place_reason == Reason.TOO_FEW_ACTORS).all())
    return Reason.TOO_FEW_ACTORS if too_few else found.reason


def _checks(found: Complexity) -> pd.DataFrame:
    names = ("defined", "components", "eigenvalue", "eigengap", "corr_diversity", "sign_arbitrary", "distinct_pci")
    values = {name: float(getattr(found, name)) for name in names}
    missing = {name: _refused(found) for name, value in values.items() if np.isnan(value)}
    return panel({"places": float(found.n), **values}, missing)
