"""From a region's tables to what the measures take: units, memberships, ties.

Conventions: only actors of the region count, those of places outside are left out unless a measure says otherwise.
Memberships are full counts: every field of an actor counts 1. Units are the municipalities of the region or the
districts they lie in; a municipality that states no district is in none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem import affiliations, clusters, projections
from ecosystem.clusters import ClusterOptions
from ecosystem.tables import split

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ecosystem.affiliations import Matrix
    from ecosystem.measures.communities import Partition
    from ecosystem.tables import Tables

    Codes = NDArray[np.intp]
    Mask = NDArray[np.bool_]

Level = Literal["municipality", "district"]
LEVELS: tuple[Level, ...] = ("municipality", "district")


@dataclass(frozen=True, eq=False)
class Units:
    """The places compared: ``ids`` in the order of the tables, ``names`` beside them.

    ``of_actor`` is the position of every actor's unit, −1 for an actor outside the region or without a unit.
    """

    level: Level
    ids: pd.Index
    names: tuple[str, ...]
    of_actor: Codes

    @property
    def called(self) -> dict[str, str]:
        """Id → name."""
        return dict(zip(self.ids, self.names, strict=True))

    @property
    def inside(self) -> Mask:
        """Which actors have a unit."""
        return self.of_actor >= 0

    def matrix(self, actors: Mask) -> sparse.csr_array:
        """Units × actors, 1 where one of ``actors`` belongs to the unit."""
        chosen = np.flatnonzero(actors & self.inside)
        shape = (len(self.ids), len(self.of_actor))
        return sparse.csr_array((np.ones(len(chosen)), (self.of_actor[chosen], chosen)), shape=shape)


@dataclass(frozen=True, eq=False)
class Material:
    """A region as the measures take it, every table turned once.

    ``options`` say how actors are tied to each other in the network the clusters are searched in; ``known`` is the
    partition found with them, where somebody has it already.
    """

    tables: Tables
    options: ClusterOptions = field(default_factory=ClusterOptions)
    known: Partition | None = None

    @cached_property
    def partition(self) -> Partition:
        """The communities of the actor network that clusters are made of."""
        return clusters.search(self.tables, self.options)[0] if self.known is None else self.known

    @cached_property
    def actors(self) -> pd.DataFrame:
        """Actors by id with their ``name``, ``sector`` and ``place_id``, in the order of all matrices."""
        return self.tables.actors.set_index("actor_id")[["name", "sector", "place_id"]]

    @cached_property
    def memberships(self) -> Matrix:
        """Actors × fields, 0/1."""
        return affiliations.actor_fields(self.tables, "full")

    @cached_property
    def participations(self) -> Matrix:
        """Actors × projects, 0/1."""
        return affiliations.actor_projects(self.tables)

    @cached_property
    def direct(self) -> Matrix:
        """Actors × actors: number of recorded ties, directions dropped."""
        return projections.direct_ties(self.tables)

    @cached_property
    def joint(self) -> Matrix:
        """Actors × actors: joint projects, Newman's weights."""
        return projections.co_participation(self.tables).matrix

    @cached_property
    def fields(self) -> dict[str, str]:
        """Field id → short English name, in the region's order."""
        return {one.field_id: one.short.en for one in self.tables.region.fields}

    @cached_property
    def municipalities(self) -> Units:
        """The municipalities of the region."""
        places = self._places
        return self._units("municipality", places["place_id"], places["place_id"], places["name"])

    @cached_property
    def districts(self) -> Units:
        """The districts that municipalities of the region lie in."""
        places = self._places[self._places["district_id"] != ""]
        named = places.drop_duplicates("district_id").sort_values("district_id")
        return self._units("district", places["district_id"], named["district_id"], named["district"])

    def units(self, level: Level) -> Units:
        """The places compared at a level."""
        return self.municipalities if level == "municipality" else self.districts

    def left_out(self, level: Level) -> int:
        """How many municipalities have no unit at a level."""
        return int((self._places["district_id"] == "").sum()) if level == "district" else 0

    @cached_property
    def _places(self) -> pd.DataFrame:
        places = self.tables.places
        return places[places["in_region"].to_numpy(dtype=bool)]

    def _units(self, level: Level, of_place: pd.Series, ids: pd.Series, names: pd.Series) -> Units:
        index = pd.Index(ids.to_numpy(dtype=object), name="place")
        home = dict(zip(self._places.loc[of_place.index, "place_id"], of_place, strict=True))
        units = [home.get(place, "") for place in self.actors["place_id"]]
        called = tuple(name or unit for unit, name in zip(ids, names, strict=True))
        return Units(level, index, called, index.get_indexer(pd.Index(units, dtype=object)))

    def works_on(self, field_id: str | None) -> Mask:
        """Which actors work on the field; all of them without one."""
        if field_id is None:
            return np.ones(len(self.actors), dtype=bool)
        column = list(self.memberships.columns).index(field_id)
        return np.asarray(self.memberships.csr[:, [column]].toarray()[:, 0] > 0)

    def has_field(self, field_id: str | None) -> Mask:
        """Which projects have the field; all of them without one."""
        if field_id is None:
            return np.ones(len(self.participations.columns), dtype=bool)
        return np.array([field_id in split(names) for names in self.tables.projects["fields"]], dtype=bool)

    def counts(self, level: Level) -> pd.DataFrame:
        """Units × fields, memberships."""
        units = self.units(level)
        values = (units.matrix(units.inside) @ self.memberships.csr).toarray()
        return pd.DataFrame(values, index=units.ids, columns=list(self.memberships.columns)).astype("int64")

    def sizes(self, level: Level, field_id: str | None = None) -> pd.Series[float]:
        """Actors per unit, of one field or all."""
        units = self.units(level)
        counted = np.asarray(units.matrix(self.works_on(field_id)).sum(axis=1), dtype=float)
        return pd.Series(counted, index=units.ids, name="actors")

    def incidence(self, inside: Mask) -> pd.DataFrame:
        """Actors × fields, 0/1: those of the actors chosen that have a field."""
        values = self.memberships.csr.toarray()
        chosen = inside & (values > 0).any(axis=1)
        return pd.DataFrame(
            values[chosen].astype("int64"), index=self.actors.index[chosen], columns=list(self.memberships.columns)
        )

    def long(self, level: Level) -> pd.DataFrame:
        """One row per membership of an actor with a unit: ``actor``, ``city`` (the unit), ``field``, ``sector``."""
        units, entries = self.units(level), self.memberships.csr.tocoo()
        who, what = (axis[units.inside[entries.coords[0]]] for axis in entries.coords)
        columns = {
            "actor": self.actors.index[who],
            "city": units.ids[units.of_actor[who]],
            "field": self.memberships.columns[what],
            "sector": self.actors["sector"].iloc[who],
        }
        return pd.DataFrame({name: np.asarray(values, dtype=object) for name, values in columns.items()})

    def sources(self, tables: tuple[str, ...]) -> tuple[str, ...]:
        """Ids of the sources that rows of these tables name, sorted."""
        return tuple(sorted(set().union(*(self._named(table) for table in tables))))

    def _named(self, table: str) -> set[str]:
        frame = self.tables.frame(table)
        columns = [name for name in ("source_id", "source_ids") if name in frame]
        return {one for column in columns for cell in frame[column].unique() for one in split(cell)}
