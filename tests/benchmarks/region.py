"""A made-up region's folder: the affiliations of :mod:`made` with everything else an atlas is built from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import made
import numpy as np
import pandas as pd

from ecosystem import tables
from ecosystem.dictionary import csv_tables, dictionary
from ecosystem.model import Field, Label, Region, Relation, Sector
from ecosystem.tables import Tables

if TYPE_CHECKING:
    from made import Affiliations

SOURCE = "made"
# shares of the five sectors; of organisations with a stated field; direct ties per organisation; those of partners
SECTORS = (0.62, 0.14, 0.04, 0.08, 0.12)
STATED, TIES = 0.4, 0.6
PARTNERS = 0.7
OUTSIDE = 0.2


def write(name: str, folder: Path, seed: int = 0) -> None:
    """Write the region of size ``S`` or ``M``; the same bytes for the same seed."""
    found, rng = made.affiliations(name, seed), np.random.default_rng([seed, 1])
    frames = {
        "places": _places(found, rng),
        "actors": _actors(found, rng),
        "actor_fields": _actor_fields(found, rng),
        "ties": _ties(found, rng),
        "projects": _projects(found, rng),
        "participations": _participations(found, rng),
        "sources": _frame("sources", 1, source_id=SOURCE, title="Made up for a benchmark"),
    }
    whole: dict[str, Any] = {table.name: frames.get(table.name, tables.empty(table.name)) for table in csv_tables()}
    tables.write(Tables(_region(name), **whole, boundaries=None, districts=None, warnings=(), digest=""), folder)


def _region(name: str) -> Region:
    labels = {f"f{number:02d}": Label(f"Feld {number}", f"Field {number}") for number in range(made.FIELDS)}
    title = f"Made-up region of size {name}"
    fields = tuple(Field(key, label, label) for key, label in labels.items())
    return Region(f"made-{name.lower()}", Label(title, title), Label("", ""), fields)


def _frame(table: str, rows: int, **columns: Any) -> pd.DataFrame:
    """A frame of the dictionary's columns; those not given are blank."""
    frame = pd.DataFrame(index=pd.RangeIndex(rows))
    for column in dictionary()[table].columns:
        blank = np.nan if column.numeric else ""
        values = pd.Series(columns.get(column.name, blank), index=frame.index)
        frame[column.name] = values.astype(column.dtype)
    return frame


def _ids(prefix: str, numbers: np.ndarray) -> list[str]:
    return [f"{prefix}{number:06d}" for number in numbers.tolist()]


def _fields(numbers: np.ndarray) -> list[str]:
    return [f"f{number:02d}" for number in numbers.tolist()]


def _places(found: Affiliations, rng: np.random.Generator) -> pd.DataFrame:
    count = found.size.places
    return _frame(
        "places",
        count,
        place_id=_ids("p", np.arange(count)),
        name=_ids("Town ", np.arange(count)),
        lat=rng.uniform(50.5, 52.0, count).round(5),
        lon=rng.uniform(6.0, 9.0, count).round(5),
        in_region=np.arange(count) < (1 - OUTSIDE) * count,
    )


def _actors(found: Affiliations, rng: np.random.Generator) -> pd.DataFrame:
    count = found.size.organisations
    return _frame(
        "actors",
        count,
        actor_id=_ids("o", np.arange(count)),
        name=_ids("Organisation ", np.arange(count)),
        sector=rng.choice([sector.value for sector in Sector], count, p=SECTORS),
        place_id=_ids("p", found.place),
        source_ids=SOURCE,
    )


def _actor_fields(found: Affiliations, rng: np.random.Generator) -> pd.DataFrame:
    chosen = np.flatnonzero(rng.random(found.size.organisations) < STATED)
    return _frame(
        "actor_fields",
        len(chosen),
        actor_id=_ids("o", chosen),
        field_id=_fields(found.field[chosen]),
        source_id=SOURCE,
    )


def _ties(found: Affiliations, rng: np.random.Generator) -> pd.DataFrame:
    """Ties mostly between partners of one project, every pair once."""
    count = int(TIES * found.size.organisations)
    one, other = rng.integers(len(found.project) - 1, size=(2, count))
    # rows are sorted by project: the next one is, mostly, a partner
    other = np.where(rng.random(count) < PARTNERS, one + 1, other)
    ends = np.sort(found.organisation[np.stack([one, other], axis=1)], axis=1)
    ends = np.unique(ends[ends[:, 0] < ends[:, 1]], axis=0)
    return _frame(
        "ties",
        len(ends),
        tie_id=_ids("t", np.arange(len(ends))),
        source_actor_id=_ids("o", ends[:, 0]),
        relation=rng.choice([relation.value for relation in Relation], len(ends)),
        target_actor_id=_ids("o", ends[:, 1]),
        source_id=SOURCE,
    )


def _projects(found: Affiliations, rng: np.random.Generator) -> pd.DataFrame:
    count = found.size.projects
    second = rng.integers(made.FIELDS, size=count)
    pairs = zip(_fields(found.project_field), _fields(second), (rng.random(count) < 0.25).tolist(), strict=True)
    return _frame(
        "projects",
        count,
        project_id=_ids("q", np.arange(count)),
        title=_ids("Project ", np.arange(count)),
        year=rng.integers(2007, 2027, count),
        fields=[f"{one}|{two}" if both and one != two else one for one, two, both in pairs],
        field_basis="title",
        source_id=SOURCE,
    )


def _participations(found: Affiliations, rng: np.random.Generator) -> pd.DataFrame:
    count = len(found.project)
    return _frame(
        "participations",
        count,
        project_id=_ids("q", found.project),
        actor_id=_ids("o", found.organisation),
        funding_eur=np.exp(rng.normal(11.5, 1.1, count)).round(),
        year=rng.integers(2007, 2027, count),
        source_id=SOURCE,
    )


if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]))
