"""Actors taken together: those of a place on a field, of a place, or of a field.

Counts are full: an actor with two fields stands in both, so that a cell holds the same actors as the rule
``cell:place.field`` and the filters on place and field. Pairs of actors are counted once for every two cells they join,
and once inside a cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from dashboards.state import NOT_STATED
from dashboards.views.shelf import kept
from dashboards.views.units import units

if TYPE_CHECKING:
    from dashboards.state import Selection
    from dashboards.views.detail import Level
    from dashboards.views.filters import Pairs
    from ecosystem.atlas import Atlas

OUTSIDE, FIELDLESS = f"place:{NOT_STATED}", f"field:{NOT_STATED}"


@dataclass(frozen=True)
class Cells:
    """Cells by their rule (``keys``), with unit and field (``""`` where the level has none).

    ``members`` is actors × cells, 0/1. Actors outside the region and those without a field have a cell of their own
    where the level has only places or only fields; in place × field they are in none.
    """

    level: Level
    keys: tuple[str, ...]
    units: tuple[str, ...]
    fields: tuple[str, ...]
    members: sparse.csr_array

    @property
    def counts(self) -> np.ndarray:
        """Actors of each cell."""
        return np.asarray(self.members.sum(axis=0)).ravel().astype(int)

    def of(self, chosen: np.ndarray) -> Cells:
        """The cells at these positions."""

        def some(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(names[at] for at in chosen)

        members = sparse.csr_array(self.members[:, chosen])
        return Cells(self.level, some(self.keys), some(self.units), some(self.fields), members)

    def among(self, actors: np.ndarray) -> Cells:
        """The cells that hold some of the actors (a mask), with only those."""
        keep = sparse.diags_array(actors.astype(float))
        lean = Cells(self.level, self.keys, self.units, self.fields, sparse.csr_array(keep @ self.members))
        return lean.of(np.flatnonzero(lean.counts > 0))


def cells(atlas: Atlas, level: Level, kind: str) -> Cells:
    """All cells of the whole region at a level; units are those of ``kind``."""
    return kept(atlas, "cells", (level, kind), lambda: _cells(atlas, level, kind))


def shown(atlas: Atlas, selection: Selection, level: Level, actors: np.ndarray) -> Cells:
    """The cells of the actors left; a filter on fields or places also hides the cells of all others."""
    found = cells(atlas, level, selection.unit).among(actors)
    keep = np.ones(len(found.keys), dtype=bool)
    if selection.fields is not None and level != "place":
        keep &= np.array([(field or NOT_STATED) in selection.fields for field in found.fields], dtype=bool)
    return found.of(np.flatnonzero(keep))


def _cells(atlas: Atlas, level: Level, kind: str) -> Cells:
    found = units(atlas, kind)
    count, fields = len(atlas.positions), list(atlas.region.field_ids)
    prefix = "unit" if found.kind == "unit" else "place"
    place = np.where(found.of_actor < 0, len(found), found.of_actor)
    works = sparse.csr_array(atlas.fields_of_actors.csr > 0).tocoo()
    if level == "place":
        members = _matrix(np.arange(count), place, (count, len(found) + 1))
        keys = (*(f"{prefix}:{unit}" for unit in found.ids), OUTSIDE)
        return Cells(level, keys, (*found.ids, ""), ("",) * len(keys), members)
    if level == "field":
        without = np.flatnonzero(np.diff(atlas.fields_of_actors.csr.indptr) == 0)
        rows = np.concatenate([works.row, without])
        columns = np.concatenate([works.col, np.full(len(without), len(fields))])
        keys = (*(f"field:{field}" for field in fields), FIELDLESS)
        return Cells(level, keys, ("",) * len(keys), (*fields, ""), _matrix(rows, columns, (count, len(keys))))
    inside = found.of_actor[works.row] >= 0
    rows, columns = works.row[inside], works.col[inside]
    members = _matrix(rows, place[rows] * len(fields) + columns, (count, len(found) * len(fields)))
    pairs = [(unit, field) for unit in found.ids for field in fields]
    keys = tuple(f"cell:{unit}.{field}" for unit, field in pairs)
    return Cells(level, keys, tuple(unit for unit, _ in pairs), tuple(field for _, field in pairs), members)


def _matrix(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array(sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=shape))


@dataclass(frozen=True)
class Bundles:
    """Ties between cells: both ends (positions, a < b), pairs of actors, those recorded, those with a joint project.

    ``inside`` are the pairs within each cell.
    """

    a: np.ndarray
    b: np.ndarray
    pairs: np.ndarray
    direct: np.ndarray
    joint: np.ndarray
    inside: np.ndarray


def bundles(found: Cells, pairs: Pairs) -> Bundles:
    """The pairs of actors summed over cells."""
    every, inside = _between(found, pairs)
    table = every.tocoo()
    a, b = table.coords
    counted = [_between(found, pairs.where(some > 0))[0] for some in (pairs.direct, pairs.joint)]
    direct, joint = (np.asarray(one[a, b]).ravel().astype(int) if len(a) else np.empty(0, int) for one in counted)
    return Bundles(a, b, table.data.astype(int), direct, joint, inside)


def _between(found: Cells, pairs: Pairs) -> tuple[sparse.csr_array, np.ndarray]:
    """Pairs of actors between every two cells (upper triangle), and inside each."""
    one, other = found.members[pairs.i], found.members[pairs.j]
    ways = sparse.csr_array(one.T @ other)
    # both actors in both cells: the same pair was counted from either end
    shared = one.multiply(other)
    twice = sparse.csr_array(shared.T @ shared)
    both = sparse.csr_array(sparse.triu(sparse.csr_array(ways + ways.T - twice), k=1))
    both.eliminate_zeros()
    return both, np.asarray(ways.diagonal()).astype(int)
