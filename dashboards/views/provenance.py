"""What the numbers rest on: sources, coverage, evidence, vintages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dashboards.views.units import by_unit, units
from ecosystem.affiliations import sector_field
from ecosystem.confidence import OF_SOURCE
from ecosystem.model import Sector
from ecosystem.tables import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.atlas import Atlas


@dataclass(frozen=True, slots=True)
class Coverage:
    """One municipality: what is known of it, and how much of it is more than the law tells."""

    place_id: str
    place: str
    unit: str
    actors: int
    beyond_statute: int
    with_field: int
    tied: int
    per_100k: float


def coverage(atlas: Atlas) -> tuple[Coverage, ...]:
    """A row per municipality of the region, the thinnest first."""
    found = units(atlas, "municipality")
    actors = atlas.tables.actors
    statute = (actors["place_evidence"] == "statute").to_numpy()
    with_field = np.asarray(atlas.fields_of_actors.csr.sum(axis=1)).ravel() > 0
    tied = np.asarray(atlas.ties.csr.sum(axis=1)).ravel() > 0
    everyone = np.ones(len(actors), dtype=bool)
    counts = [by_unit(found, mask) for mask in (everyone, ~statute, with_field, tied)]
    places = atlas.tables.places.set_index("place_id")
    rows = [
        Coverage(
            place,
            name,
            str(places.at[place, "district"]),
            *(int(counts[0][place]), int(counts[1][place]), int(counts[2][place]), int(counts[3][place])),
            _per_100k(int(counts[0][place]), places.at[place, "population"]),
        )
        for place, name in zip(found.ids, found.names, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (row.beyond_statute, row.actors, row.place_id)))


def _per_100k(actors: int, population: Any) -> float:
    return float("nan") if pd.isna(population) else actors / float(population) * 100_000


@dataclass(frozen=True, slots=True)
class Count:
    """A class of evidence and how many records have it."""

    key: str
    records: int


def place_evidence(atlas: Atlas) -> tuple[Count, ...]:
    """How actors' places are known, the most frequent first."""
    return _counts(atlas.tables.actors["place_evidence"])


def source_kinds(atlas: Atlas) -> tuple[Count, ...]:
    """Kinds of sources, the most frequent first."""
    return _counts(atlas.tables.sources["kind"])


def tie_evidence(atlas: Atlas) -> tuple[Count, ...]:
    """Ties by the kind of their source, the most frequent first."""
    kinds = atlas.tables.sources.set_index("source_id")["kind"]
    first = atlas.tables.ties["source_id"].str.split("|").str[0]
    return _counts(first.map(kinds))


def tie_years(atlas: Atlas) -> tuple[int, int]:
    """Ties with and without a stated year."""
    dated = int(atlas.tables.ties["since_year"].notna().sum())
    return dated, len(atlas.tables.ties) - dated


def _counts(values: pd.Series) -> tuple[Count, ...]:
    counts = values.value_counts()
    return tuple(
        Count(str(key), int(n)) for key, n in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    )


def sector_by_field(atlas: Atlas) -> pd.DataFrame:
    """Sectors × fields in fractional actors, with a last column of actors without a field."""
    matrix = sector_field(atlas.tables)
    without = np.asarray(atlas.fields_of_actors.csr.sum(axis=1)).ravel() == 0
    counts = atlas.tables.actors.loc[without, "sector"].value_counts()
    return matrix.assign(**{"": [float(counts.get(sector.value, 0)) for sector in Sector]})


@dataclass(frozen=True, slots=True)
class Cell:
    """Actors of a unit on a field by the kind of the best source that says so; ``derived`` from projects alone."""

    unit_id: str
    field_id: str
    actors: int
    by_kind: tuple[tuple[str, int], ...]


def cells(atlas: Atlas, kind: str) -> tuple[Cell, ...]:
    """Every unit and field: how many actors, and what kind of source says that they are on the field."""
    found = units(atlas, kind)
    unit_of = dict(zip(atlas.tables.actors["actor_id"], found.of_actor, strict=True))
    counts: dict[tuple[int, str], Counter[str]] = {}
    for actor, field, source_kind in _memberships(atlas):
        if unit_of[actor] >= 0:
            counts.setdefault((int(unit_of[actor]), field), Counter())[source_kind] += 1
    return tuple(
        Cell(unit, field, sum(by.values()), tuple(sorted(by.items(), key=lambda pair: (-pair[1], pair[0]))))
        for number, unit in enumerate(found.ids)
        for field in atlas.region.field_ids
        for by in (counts.get((number, field), Counter()),)
    )


DERIVED = "projects"


def _memberships(atlas: Atlas) -> Iterator[tuple[str, str, str]]:
    """(actor, field, kind of the best source); what follows from projects is of the kind :data:`DERIVED`."""
    kinds = dict(zip(atlas.tables.sources["source_id"], atlas.tables.sources["kind"], strict=True))
    stated = atlas.tables.actor_fields
    done = set()
    for actor, field, cell in zip(stated["actor_id"], stated["field_id"], stated["source_id"], strict=True):
        best = max(split(cell), key=lambda one: OF_SOURCE.get(kinds.get(one, ""), 0), default="")
        done.add(actor)
        yield str(actor), str(field), kinds.get(best, "")
    matrix = atlas.fields_of_actors
    entries = matrix.csr.tocoo()
    actors, fields = (axis.to_numpy(dtype=str) for axis in (matrix.rows, matrix.columns))
    for row, column in zip(entries.row, entries.col, strict=True):
        if actors[row] not in done:
            yield str(actors[row]), str(fields[column]), DERIVED


@dataclass(frozen=True, slots=True)
class Year:
    """Records of a year."""

    year: int
    ties: int
    projects: int
    sources: int


def years(atlas: Atlas) -> tuple[Year, ...]:
    """Every year from the first to the last record: ties since, projects of, sources published in it."""
    published = pd.to_numeric(atlas.tables.sources["published"].str[:4], errors="coerce")
    columns = [atlas.tables.ties["since_year"], atlas.tables.projects["year"], published]
    counts = [column.dropna().astype(int).value_counts() for column in columns]
    told = sorted(set().union(*(set(count.index) for count in counts)))
    if not told:
        return ()
    span = range(int(told[0]), int(told[-1]) + 1)
    return tuple(Year(year, *(int(count.get(year, 0)) for count in counts)) for year in span)


def undated(atlas: Atlas) -> tuple[int, int, int]:
    """Ties, projects and sources without a year."""
    tables = atlas.tables
    return (
        int(tables.ties["since_year"].isna().sum()),
        int(tables.projects["year"].isna().sum()),
        int((tables.sources["published"] == "").sum()),
    )
