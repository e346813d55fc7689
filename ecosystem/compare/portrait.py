"""One region in the numbers that are compared, small enough to be kept when its atlas is not.

Conventions: only actors of places inside the region count, with every field of an actor as 1 (memberships); sizes are
actors per unit, ties the recorded ones and the projects two units share, added (layer ``both``).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ecosystem.compare.basis import NO_POPULATION, Basis, basis
from ecosystem.findings.ties import layers
from ecosystem.measures import NetworkReason, Reason, concentration
from ecosystem.model import Sector

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ecosystem.atlas import Atlas
    from ecosystem.clusters import ClusterOptions
    from ecosystem.findings.material import Level
    from ecosystem.model import Field, Label

NAN = float("nan")
NO_CLUSTERS = "no cluster"
NO_FIELDS = "no field recorded"
NO_OTHER_FIELD = "no other field"
MORPHOLOGY = ("effective_centres", "primacy_share", "gini", "slope_all")
FUNCTION = ("intercity_share", "p", "delta", "p_sf", "freeman", "entropy_index_pairs")
TWO_SIDED = 1.959963984540054
"""Standard errors on either side of an estimate that hold it with 95 %."""


@dataclass(frozen=True, slots=True)
class Options:
    """The parameters all regions are measured with.

    ``density`` is Green's (:func:`ecosystem.measures.green_polycentricity`); a unit with fewer than ``min_actors``
    memberships is left out where profiles of units are compared.
    """

    level: Level = "municipality"
    density: str = "binary"
    min_actors: int = 10


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a region.

    ``group`` and ``key`` name the measure; ``low`` and ``high`` are its interval, NaN where it has none; ``n`` is what
    it rests on. A ``value`` that is not defined is NaN and ``reason`` says why.
    """

    group: str
    key: str
    value: float
    reason: str = ""
    low: float = NAN
    high: float = NAN
    n: int = 0


@dataclass(frozen=True, slots=True)
class FieldNumbers:
    """One field of a region: ``n`` memberships and their ``share`` of all (0 … 1).

    ``effective_units`` is 2^H of the memberships over the units (Hill number of order 1, 1 … units); ``krugman``
    Σ |share of a unit in this field − its share in the other fields| (0 … 2, 0 = spread like the others);
    ``locational_gini`` 0 … ½. NaN with ``reason`` in an empty field; ``krugman`` also where it is the only one.
    """

    field_id: str
    n: int
    share: float
    effective_units: float
    krugman: float
    locational_gini: float
    reason: str = ""


@dataclass(frozen=True)
class Portrait:
    """A region as it is compared; ``options`` and ``search`` are the parameters it was measured with."""

    region_id: str
    name: Label
    version: str
    options: Options
    search: ClusterOptions
    numbers: tuple[Number, ...]
    fields: tuple[Field, ...]
    by_field: tuple[FieldNumbers, ...]
    sectors: tuple[int, ...]
    basis: Basis = field(repr=False)

    def number(self, group: str, key: str) -> Number:
        """The number of a measure; ``KeyError`` where there is none."""
        for one in self.numbers:
            if (one.group, one.key) == (group, key):
                return one
        raise KeyError((group, key))


def portrait(atlas: Atlas, options: Options | None = None) -> Portrait:
    """The numbers of a region.

    Raises:
        MeasureError: an unknown level or density.

    >>> from ecosystem.atlas import load
    >>> found = portrait(load("toy"))
    >>> round(found.number("function", "intercity_share").value, 4), found.sectors
    (0.3077, (4, 2, 2, 2, 2))
    """
    chosen = options or Options()
    counts = atlas.material.counts(chosen.level)
    helix = atlas.helix(level=chosen.level).frame("region").iloc[0]
    sectors = tuple(int(helix[one.value]) for one in Sector)
    told = basis(atlas)
    return Portrait(
        region_id=atlas.region.region_id,
        name=atlas.region.name,
        version=atlas.version,
        options=chosen,
        search=atlas.clusters.options,
        numbers=(
            *_headline(atlas, told, chosen),
            *_polycentricity(atlas, chosen),
            *_helix(helix, sectors),
            *_specialisation(atlas, counts, chosen),
            *_clusters(atlas),
        ),
        fields=atlas.region.fields,
        by_field=_fields(atlas, counts, chosen),
        sectors=sectors,
        basis=told,
    )


def _headline(atlas: Atlas, told: Basis, options: Options) -> Iterator[Number]:
    units = atlas.material.units(options.level)
    without_people = "" if told.population > 0 else NO_POPULATION
    yield Number("headline", "actors", told.actors, n=told.actors)
    yield Number("headline", "units", len(units.ids), n=told.actors)
    yield Number("headline", "population", told.population, without_people, n=told.places)
    yield Number("headline", "actors_per_100k", told.density, without_people, n=told.actors)
    yield Number("headline", "ties", told.ties, n=told.ties)
    yield Number("headline", "projects", told.projects, n=told.projects)


def _polycentricity(atlas: Atlas, options: Options) -> Iterator[Number]:
    """Morphological and functional indices as the finding of that name has them."""
    found = atlas.polycentricity(level=options.level, density=options.density)
    panel = {
        (row["kind"], row["basis"], row["index"]): (float(row["value"]), str(row["reason"]))
        for row in found.frame("panel").to_dict("records")
    }

    def told(group: str, key: str, at: tuple[str, str, str], n: int) -> Number:
        return Number(group, key, *panel[at], n=n)

    actors = int(atlas.material.sizes(options.level).sum())
    for key in MORPHOLOGY:
        yield told("morphology", key, ("morphological", "actors", key), actors)
    zipf = told("morphology", "zipf", ("morphological", "actors", "zipf"), found.n)
    error = TWO_SIDED * panel["morphological", "actors", "zipf_se"][0]
    yield replace(zipf, low=zipf.value - error, high=zipf.value + error)
    yield told("morphology", "effective_centres_people", ("morphological", "population", "effective_centres"), found.n)
    pairs = int(np.triu(layers(atlas.material, options.level)["both"].to_numpy(), 1).sum())
    for key in FUNCTION:
        yield told("function", key, ("functional", "both", key), pairs)
    general = next(row for row in found.frame("general").to_dict("records") if row["layer"] == "both")
    yield Number("function", "p_gf", float(general["p_gf"]), str(general["reason"]), n=int(general["fields"]))


def _helix(helix: pd.Series, sectors: tuple[int, ...]) -> Iterator[Number]:
    total = sum(sectors)
    yield Number("helix", "evenness", float(helix["evenness"]), str(helix["reason"]), n=total)
    for one, count in zip(Sector, sectors, strict=True):
        share = count / total if total else NAN
        yield Number("helix", one.value, share, "" if total else str(Reason.EMPTY_PLACE), n=count)


def _specialisation(atlas: Atlas, counts: pd.DataFrame, options: Options) -> Iterator[Number]:
    """How many fields the region spreads over, and how far the profiles of its units differ from the rest of it."""
    total = int(counts.to_numpy().sum())
    whole = concentration(counts.sum(axis=0).rename("region").to_frame().T).iloc[0]
    for key, column in (("effective_fields", "hill_q1"), ("effective_fields_q2", "hill_q2")):
        yield Number("specialisation", key, float(whole[column]), "" if total else NO_FIELDS, n=total)
    places = atlas.concentration(level=options.level, min_actors=options.min_actors).frame("places")
    enough = places[~places["few_actors"] & places["krugman_rest"].notna()]
    reason = "" if len(enough) else str(Reason.TOO_FEW_ACTORS)
    yield Number(
        "specialisation", "krugman_median", float(enough["krugman_rest"].median()) if len(enough) else NAN, reason,
        n=len(enough),
    )  # fmt: skip


def _fields(atlas: Atlas, counts: pd.DataFrame, options: Options) -> tuple[FieldNumbers, ...]:
    """The table turned: each field as a profile over units."""
    spread = concentration(counts.T)
    uneven = atlas.concentration(level=options.level, min_actors=options.min_actors).frame("fields")
    ginis = dict(zip(uneven["field"], uneven["locational_gini"], strict=True))
    total = int(counts.to_numpy().sum())
    return tuple(
        FieldNumbers(
            field_id=str(name),
            n=int(row["n"]),
            share=int(row["n"]) / total if total else NAN,
            effective_units=float(row["hill_q1"]),
            krugman=float(row["krugman_rest"]),
            locational_gini=float(ginis[str(name)]),
            reason=_why(int(row["n"]), float(row["krugman_rest"])),
        )
        for name, row in spread.iterrows()
    )


def _why(memberships: int, krugman: float) -> str:
    if not memberships:
        return str(Reason.EMPTY_FIELD)
    return "" if krugman == krugman else NO_OTHER_FIELD  # noqa: PLR0124 -- NaN differs from itself


def _clusters(atlas: Atlas) -> Iterator[Number]:
    found = atlas.clusters
    sizes = np.array([item.size for item in found.items], dtype=float)
    held = int(sizes.sum())
    none = "" if held else NO_CLUSTERS
    yield Number("clusters", "clusters", len(found.items), n=held)
    cities = np.array([item.effective_cities for item in found.items], dtype=float)
    known = np.isfinite(cities)
    mean = float(np.average(cities[known], weights=sizes[known])) if known.any() else NAN
    yield Number("clusters", "effective_cities", mean, "" if known.any() else NO_CLUSTERS, n=held)
    pairs = np.array([item.linked_pairs for item in found.items], dtype=float)
    shares = np.array([item.intercity_share for item in found.items], dtype=float)
    linked = np.isfinite(shares) & (pairs > 0)
    between = float(np.average(shares[linked], weights=pairs[linked])) if linked.any() else NAN
    yield Number("clusters", "intercity_share", between, none or ("" if linked.any() else str(NetworkReason.NO_TIES)),
                 n=int(pairs.sum()))  # fmt: skip
    runs = found.partition.modularity_runs
    q = found.partition.modularity
    tied = int((found.partition.labels >= 0).sum())
    low, high = (min(runs), max(runs)) if runs and tied else (NAN, NAN)
    untied = "" if tied else str(NetworkReason.NO_TIES)
    yield Number("clusters", "modularity", q if tied else NAN, untied, low, high, tied)
