"""What a subject is made of: its sectors, fields and places beside the region's, its ties and projects.

Fields count memberships (an actor of two fields counts in both), as the measures do; everything else counts actors
once. Shares are NaN where nothing is counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dashboards.state import Selection
from dashboards.views.filters import linked_pairs, subset
from dashboards.views.shelf import kept
from dashboards.views.subject import inside
from dashboards.views.units import units
from ecosystem.affiliations import actor_sectors, binary
from ecosystem.measures import Support
from ecosystem.model import Sector

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.views.subject import Subject
    from ecosystem.atlas import Atlas

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Part:
    """One sector, field or place of a subject: ``count`` of its actors, and the region's share beside its own.

    ``lq`` with its interval and ``state`` stand where the subject is a place and the part a field, or the other way.
    """

    key: str
    name: str
    count: int
    share: float
    region_share: float
    lq: float = NAN
    low: float = NAN
    high: float = NAN
    state: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Portrait:
    """The composition of a subject; ``inner`` and ``outer`` are linked pairs inside it and to other actors."""

    actors: int
    region: int
    outside: int
    statutory: int
    with_field: int
    tied: int
    sectors: tuple[Part, ...]
    fields: tuple[Part, ...]
    places: tuple[Part, ...]
    inner: int
    outer: int
    projects: int
    funding_eur: float

    @property
    def share(self) -> float:
        """Of the region's actors."""
        return self.actors / self.region if self.region else NAN


def portrait(atlas: Atlas, one: Subject) -> Portrait:
    """The numbers of a subject."""
    core, region = one.core, inside(atlas)
    pairs_i, pairs_j = pairs(atlas)
    ends = one.members[pairs_i].astype(int) + one.members[pairs_j]
    ids = set(atlas.tables.actors.loc[one.members, "actor_id"])
    shares = atlas.tables.participations
    mine = shares[shares["actor_id"].isin(ids)]
    funding = mine["funding_eur"]
    has_field = np.diff(atlas.fields_of_actors.csr.indptr) > 0
    tied = np.diff(atlas.ties.csr.indptr) > 0
    statutory = (atlas.tables.actors["place_evidence"] == "statute").to_numpy()
    return Portrait(
        actors=int(core.sum()),
        region=int(region.sum()),
        outside=one.outside if one.compared else 0,
        statutory=int((core & statutory).sum()),
        with_field=int((core & has_field).sum()),
        tied=int((core & tied).sum()),
        sectors=_sectors(atlas, one, region),
        fields=_fields(atlas, one, region),
        places=_places(atlas, one, region),
        inner=int((ends == 2).sum()),
        outer=int((ends == 1).sum()),
        projects=int(mine["project_id"].nunique()),
        funding_eur=float(funding.sum()) if funding.notna().any() else NAN,
    )


def pairs(atlas: Atlas) -> tuple[np.ndarray, np.ndarray]:
    """Both ends of every linked pair of actors, by recorded tie or joint project."""

    def found() -> tuple[np.ndarray, np.ndarray]:
        i, j, _, _ = linked_pairs(subset(atlas, Selection()))
        return i, j

    return kept(atlas, "pairs", "all", found)


def _parts(
    keys: list[str], names: list[str], mine: np.ndarray, all_: np.ndarray, *, compared: bool
) -> tuple[Part, ...]:
    total, whole = mine.sum(), all_.sum()
    return tuple(
        Part(
            key,
            name,
            int(n),
            float(n / total) if total else NAN,
            float(m / whole) if whole and compared else NAN,
        )
        for key, name, n, m in zip(keys, names, mine, all_, strict=True)
    )


def _sectors(atlas: Atlas, one: Subject, region: np.ndarray) -> tuple[Part, ...]:
    matrix = actor_sectors(atlas.tables).csr
    mine, everyone = (np.asarray(matrix[mask].sum(axis=0)).ravel() for mask in (one.core, region))
    keys = [sector.value for sector in Sector]
    return _parts(keys, keys, mine, everyone, compared=one.compared)


def memberships(atlas: Atlas, mask: np.ndarray) -> np.ndarray:
    """Actors of the mask on every field, in the region's order."""
    return np.asarray(binary(atlas.fields_of_actors.csr)[mask].sum(axis=0)).ravel()


def _fields(atlas: Atlas, one: Subject, region: np.ndarray) -> tuple[Part, ...]:
    ids = list(atlas.region.field_ids)
    parts = _parts(ids, ids, memberships(atlas, one.core), memberships(atlas, region), compared=one.compared)
    if one.kind != "place" or not one.compared:
        return parts
    cells = atlas.specialisation(level=one.level).frame("cells")
    return _judged(parts, cells[(cells["place"] == one.key).to_numpy()].set_index("field"))


def _places(atlas: Atlas, one: Subject, region: np.ndarray) -> tuple[Part, ...]:
    """Units, or the municipalities of a district; a single municipality has none."""
    if one.kind == "place":
        if one.level == "municipality":
            return ()
        return _at(atlas, "municipality", one, region, only=True)
    parts = _at(atlas, "unit", one, region)
    level = units(atlas, "unit").kind
    if one.kind != "field":
        return parts
    cells = atlas.specialisation(level="district" if level == "unit" else "municipality").frame("cells")
    return _judged(parts, cells[(cells["field"] == one.key).to_numpy()].set_index("place"))


def _at(atlas: Atlas, kind: str, one: Subject, region: np.ndarray, *, only: bool = False) -> tuple[Part, ...]:
    found = units(atlas, kind)
    counts = [
        np.bincount(found.of_actor[mask & (found.of_actor >= 0)], minlength=len(found)) for mask in (one.core, region)
    ]
    parts = _parts(list(found.ids), list(found.names), *counts, compared=one.compared)
    if only:
        places = atlas.tables.places
        mine = set(places.loc[places["district_id"] == one.key, "place_id"])
        # a city that is its own district has no parts
        parts = tuple(part for part in parts if part.key in mine) if len(mine) > 1 else ()
    return tuple(sorted(parts, key=lambda part: (-part.count, part.name)))


def _judged(parts: tuple[Part, ...], cells: pd.DataFrame) -> tuple[Part, ...]:
    """The parts with location quotient, interval and what can be said about it."""
    rows = cells[["lq", "low", "high", "state", "reason"]].to_dict("index")
    return tuple(
        replace(
            part,
            lq=float(rows[part.key]["lq"]),
            low=float(rows[part.key]["low"]),
            high=float(rows[part.key]["high"]),
            state=str(rows[part.key]["state"]),
            reason=str(rows[part.key]["reason"]),
        )
        if part.key in rows
        else part
        for part in parts
    )


def strong(parts: tuple[Part, ...], state: str = Support.SUPPORTED) -> tuple[Part, ...]:
    """Those in this state, the highest quotient first."""
    return tuple(sorted((part for part in parts if part.state == state), key=lambda part: -part.lq))
