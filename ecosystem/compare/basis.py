"""What the numbers of a region rest on: how much was recorded, how well, from what, and of when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ecosystem import confidence
from ecosystem.cells import split

if TYPE_CHECKING:
    import pandas as pd

    from ecosystem.atlas import Atlas
    from ecosystem.tables import Tables

    Mix = tuple[tuple[str, float], ...]

NO_POPULATION = "population not stated for every place"
PER = 100_000


@dataclass(frozen=True, slots=True)
class Basis:
    """The data base of a region.

    ``density`` is actors per 100,000 inhabitants, NaN where a place inside states no population (``population`` then
    too). ``kinds`` are shares of the records by the kind of their sources, ``ties_by_strength`` and
    ``seats_by_strength`` shares by confidence 0 … 3; each is empty where there are no such records. ``project_years``
    are the first and last year of participations, ``None`` where none is dated. ``read`` is the last day or month a
    source was read.
    """

    actors: int
    places: int
    population: float
    density: float
    ties: int
    projects: int
    flows: int
    sources: int
    kinds: Mix
    ties_by_strength: Mix
    seats_by_strength: Mix
    project_years: tuple[int, int] | None
    read: str


def basis(atlas: Atlas) -> Basis:
    """The data base of an atlas: records that touch places inside the region.

    >>> from ecosystem.atlas import load
    >>> found = basis(load("toy"))
    >>> found.actors, found.ties, found.density, found.project_years
    (12, 8, 10.0, (2020, 2022))
    """
    tables = atlas.tables
    inside = tables.places["in_region"].to_numpy(dtype=bool)
    here = tables.actors["place_id"].isin(tables.places.loc[inside, "place_id"])
    ids = set(tables.actors.loc[here, "actor_id"])
    ties = tables.ties[tables.ties["source_actor_id"].isin(ids) & tables.ties["target_actor_id"].isin(ids)]
    shares = tables.participations[tables.participations["actor_id"].isin(ids)]
    people = tables.places.loc[inside, "population"]
    known = bool(len(people)) and not people.isna().any() and float(people.sum()) > 0
    population = float(people.sum()) if known else float("nan")
    together = shares.drop_duplicates(["project_id", "actor_id"])["project_id"].value_counts()
    years = shares["year"].dropna()
    return Basis(
        actors=int(here.sum()),
        places=int(inside.sum()),
        population=population,
        density=PER * int(here.sum()) / population if known else float("nan"),
        ties=len(ties),
        projects=int((together > 1).sum()),
        flows=len(tables.flows),
        sources=len(tables.sources),
        kinds=_kinds(tables, (tables.actors.loc[here, "source_ids"], ties["source_id"], shares["source_id"])),
        ties_by_strength=_mix(confidence.of_ties(tables).loc[ties.index].tolist()),
        seats_by_strength=_mix(confidence.of_actors(tables)[here].tolist()),
        project_years=(int(years.min()), int(years.max())) if len(years) else None,
        read=atlas.as_of,
    )


def _kinds(tables: Tables, cells: tuple[pd.Series, ...]) -> Mix:
    """Records by the kind of their sources; one with several sources counts in each by its part."""
    kind = dict(zip(tables.sources["source_id"], tables.sources["kind"], strict=True))
    found: dict[str, float] = defaultdict(float)
    for column in cells:
        for cell, times in column.value_counts().items():
            named = [one for one in split(str(cell)) if one in kind]
            for one in named:
                found[kind[one]] += times / len(named)
    total = sum(found.values())
    return tuple(sorted((name, amount / total) for name, amount in found.items())) if total else ()


def _mix(levels: list[int]) -> Mix:
    if not levels:
        return ()
    counts = np.bincount(levels, minlength=len(confidence.LEVELS))
    return tuple((str(level), float(count / len(levels))) for level, count in enumerate(counts))
