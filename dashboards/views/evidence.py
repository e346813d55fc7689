"""What the records of some actors rest on: places, fields and ties by class of evidence, and the sources by name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem import confidence
from ecosystem.affiliations import binary
from ecosystem.tables import split

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from ecosystem.atlas import Atlas

SEATS, FIELDS, TIES = "seats", "fields", "ties"
STATED, DERIVED = "stated", "derived"


@dataclass(frozen=True, slots=True)
class Class:
    """A class of evidence of one sort of record: how many have it and their share."""

    records: str
    key: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Used:
    """A source and how many of the records name it."""

    source_id: str
    records: int


def classes(atlas: Atlas, members: np.ndarray) -> tuple[Class, ...]:
    """Confidence of seats and ties (levels 3 … 0), and fields stated by a source or derived from projects."""
    seats = confidence.of_actors(atlas.tables).to_numpy()[members]
    ties = confidence.of_ties(atlas.tables).to_numpy()[tie_mask(atlas, members)]
    levels = [str(level) for level in reversed(confidence.LEVELS)]
    stated, derived = field_basis(atlas, members)
    return (
        *_classes(SEATS, levels, [int((seats == int(level)).sum()) for level in levels]),
        *_classes(FIELDS, [STATED, DERIVED], [stated, derived]),
        *_classes(TIES, levels, [int((ties == int(level)).sum()) for level in levels]),
    )


def _classes(records: str, keys: list[str], counts: list[int]) -> list[Class]:
    total = sum(counts)
    return [Class(records, key, n, n / total if total else float("nan")) for key, n in zip(keys, counts, strict=True)]


def field_basis(atlas: Atlas, members: np.ndarray) -> tuple[int, int]:
    """Memberships of these actors that a source states, and those that follow from their projects."""
    held = int(binary(atlas.fields_of_actors.csr)[members].sum())
    rows = atlas.tables.actor_fields
    stated = int(rows["actor_id"].isin(set(atlas.tables.actors.loc[members, "actor_id"])).sum())
    return stated, held - stated


def tie_mask(atlas: Atlas, members: np.ndarray) -> np.ndarray:
    """Recorded ties with at least one end among these actors."""
    ids = set(atlas.tables.actors.loc[members, "actor_id"])
    ties = atlas.tables.ties
    return (ties["source_actor_id"].isin(ids) | ties["target_actor_id"].isin(ids)).to_numpy()


def sources_used(atlas: Atlas, members: np.ndarray) -> tuple[Used, ...]:
    """Sources that records of these actors name, the most named first."""
    tables = atlas.tables
    ids = set(tables.actors.loc[members, "actor_id"])
    cells: list[pd.Series] = [
        tables.actors.loc[members, "source_ids"],
        tables.actor_fields.loc[tables.actor_fields["actor_id"].isin(ids), "source_id"],
        tables.ties.loc[tie_mask(atlas, members), "source_id"],
        tables.participations.loc[tables.participations["actor_id"].isin(ids), "source_id"],
    ]
    counts = Counter(name for column in cells for cell in column for name in split(cell))
    known = atlas.source_records
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Used(name, n) for name, n in ranked if name in known)
