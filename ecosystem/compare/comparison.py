"""Regions side by side, and how far their profiles are from each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from ecosystem.compare.differences import Difference, differences
from ecosystem.compare.portrait import NO_FIELDS, Number, Options, portrait
from ecosystem.errors import MeasureError
from ecosystem.measures import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecosystem.atlas import Atlas
    from ecosystem.compare.portrait import FieldNumbers, Portrait

FIELDS_DIFFER = "the regions have different fields"


@dataclass(frozen=True, slots=True)
class Pair:
    """How far the profiles of two regions are apart, by their positions.

    ``fields`` and ``sectors`` are Krugman's index Σ |p − q| of memberships over the fields and of actors over the five
    sectors: 0 (alike) … 2 (nothing in common). ``fields`` is NaN with ``reason`` where the ids of the fields differ or
    one region has no membership, ``sectors`` NaN where one has no actor.
    """

    first: int
    second: int
    fields: float
    sectors: float
    reason: str = ""


@dataclass(frozen=True)
class Comparison:
    """Portraits of two or more regions with the same options, their distances, and what must be read with them.

    ``common`` are ids of the fields that every region has, in the order of the first.
    """

    portraits: tuple[Portrait, ...]
    pairs: tuple[Pair, ...]
    differences: tuple[Difference, ...]
    common: tuple[str, ...]

    @property
    def options(self) -> Options:
        """The parameters of all numbers."""
        return self.portraits[0].options

    @property
    def keys(self) -> tuple[str, ...]:
        """Ids of the regions; one that occurs twice is numbered."""
        found: list[str] = []
        for one in self.portraits:
            name, number = one.region_id, 2
            while name in found:
                name, number = f"{one.region_id}-{number}", number + 1
            found.append(name)
        return tuple(found)

    def rows(self) -> tuple[tuple[Number, ...], ...]:
        """The numbers of all regions, measure by measure."""
        return tuple(zip(*(one.numbers for one in self.portraits), strict=True))

    def field_rows(self) -> tuple[tuple[str, tuple[FieldNumbers, ...]], ...]:
        """The fields every region has, with the numbers of each region."""
        by_id = [{one.field_id: one for one in region.by_field} for region in self.portraits]
        return tuple((name, tuple(one[name] for one in by_id)) for name in self.common)


def compare(atlases: Sequence[Atlas], options: Options | None = None) -> Comparison:
    """Two or more regions with the same measures.

    Raises:
        MeasureError: fewer than two regions; an unknown level or density.

    >>> from ecosystem.atlas import load
    >>> toy = load("toy")
    >>> found = compare([toy, toy])
    >>> found.keys, found.pairs[0].fields, found.differences
    (('toy', 'toy-2'), 0.0, ())
    """
    return compared([portrait(one, options) for one in atlases])


def compared(portraits: Sequence[Portrait]) -> Comparison:
    """The same of portraits that are there already.

    Raises:
        MeasureError: fewer than two, or measured with different options.
    """
    if len(portraits) < 2:
        raise MeasureError("A comparison takes two or more regions. Name another one.")
    if len({one.options for one in portraits}) > 1:
        raise MeasureError("The regions were measured with different options. Measure all of them with the same.")
    everywhere = set.intersection(*({one.field_id for one in region.fields} for region in portraits))
    return Comparison(
        portraits=tuple(portraits),
        pairs=tuple(_pair(portraits, *both) for both in combinations(range(len(portraits)), 2)),
        differences=differences(portraits),
        common=tuple(one.field_id for one in portraits[0].fields if one.field_id in everywhere),
    )


def _pair(portraits: Sequence[Portrait], first: int, second: int) -> Pair:
    one, other = portraits[first], portraits[second]
    sectors = krugman(one.sectors, other.sectors)
    here = {row.field_id: row.n for row in one.by_field}
    there = {row.field_id: row.n for row in other.by_field}
    if here.keys() != there.keys():
        return Pair(first, second, float("nan"), sectors, FIELDS_DIFFER)
    fields = krugman(list(here.values()), [there[name] for name in here])
    reason = "" if np.isfinite(fields) else NO_FIELDS
    return Pair(first, second, fields, sectors, reason or ("" if np.isfinite(sectors) else str(Reason.EMPTY_PLACE)))


def krugman(one: Sequence[float], other: Sequence[float]) -> float:
    """Krugman's index Σ |p − q| of the shares of two profiles over the same categories, 0 … 2; NaN for an empty one.

    Source: Krugman (1991), Geography and Trade.

    >>> krugman([3, 1], [1, 1]), krugman([1, 0], [0, 5])
    (0.5, 2.0)
    """
    p, q = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if not p.sum() or not q.sum():
        return float("nan")
    return float(np.abs(p / p.sum() - q / q.sum()).sum())
