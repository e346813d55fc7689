"""The places a page compares: which level there is, which rows the filters leave, and in which order.

Filters on places hide rows; what is computed keeps all of them, so that a reference stays what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.polycentric import by_similarity
from dashboards.views.units import units

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.state import Selection
    from dashboards.views.units import Units
    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level


@dataclass(frozen=True, slots=True)
class Compared:
    """Places (units or municipalities) with their names, in the order they are shown."""

    level: Level
    ids: tuple[str, ...]
    names: tuple[str, ...]

    def rule(self, place: str) -> str:
        """What selects a place: units and municipalities have rules of their own."""
        return rule_of(self.level, place)


def rule_of(at: Level, place: str) -> str:
    """The rule that selects a place of a level.

    >>> rule_of("district", "05113"), rule_of("municipality", "05113000")
    ('unit:05113', 'place:05113000')
    """
    return f"{'unit' if at == 'district' else 'place'}:{place}"


def level(atlas: Atlas, selection: Selection) -> Level:
    """What the measures call the places compared; a region whose places name no district has municipalities only."""
    return "district" if units(atlas, selection.unit).kind == "unit" else "municipality"


def compared(atlas: Atlas, selection: Selection, counts: pd.DataFrame) -> Compared:
    """The places left by the filter on places, ordered by ``sort``; ``counts`` are places × what they are sized by."""
    found = units(atlas, selection.unit)
    kept = set(found.ids)
    if selection.places is not None:
        kept = {found.of_place[place] for place in selection.places if place in found.of_place}
    order = _order(found, selection.sort, counts)
    rows = [row for row in order if found.ids[row] in kept]
    return Compared(
        level(atlas, selection),
        tuple(found.ids[row] for row in rows),
        tuple(found.names[row] for row in rows),
    )


def _order(found: Units, sort: str, counts: pd.DataFrame) -> list[int]:
    if sort == "similarity":
        return by_similarity(counts.reindex(list(found.ids)).fillna(0).to_numpy(dtype=float))
    sizes = counts.sum(axis=1).reindex(list(found.ids)).fillna(0).to_numpy(dtype=float)
    first = {"west": found.centres[:, 0], "size": -sizes, "name": np.zeros(len(found))}[sort]
    return sorted(range(len(found)), key=lambda row: (float(first[row]), found.names[row]))


def fields_shown(atlas: Atlas, selection: Selection) -> tuple[str, ...]:
    """The fields left by the filter on fields, in the region's order."""
    return tuple(one for one in atlas.region.field_ids if selection.fields is None or one in selection.fields)
