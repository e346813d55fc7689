"""One number per place or field: how one-sided a profile is, how unevenly a field is spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from dashboards.views.base import base
from dashboards.views.compared import compared, fields_shown, level
from dashboards.views.quotients import MIN_ACTORS

if TYPE_CHECKING:
    from dashboards.state import Selection
    from dashboards.views.compared import Compared
    from ecosystem.atlas import Atlas

INDICES = (
    "krugman_rest",
    "hhi_unbiased",
    "hill_q0",
    "hill_q1",
    "hill_q2",
    "rarefied_richness",
    "evenness",
    "hoover",
    "hachman",
)
"""Indices of places in the order they are offered; the first is the default."""


@dataclass(frozen=True)
class Indices:
    """Rows of places and of fields, and the index looked at."""

    places: Compared
    rows: tuple[dict[str, Any], ...]
    fields: tuple[dict[str, Any], ...]
    index: str
    rarefied_to: int
    total: int
    sources: tuple[str, ...]

    @property
    def ranked(self) -> tuple[dict[str, Any], ...]:
        """The rows with a value, the largest first: places of few memberships come after the others."""
        known = [row for row in self.rows if row[self.index] == row[self.index]]
        return tuple(sorted(known, key=lambda row: (row["few_actors"], -row[self.index], row["place_name"])))


def indices(atlas: Atlas, selection: Selection) -> Indices:
    """Concentration of the places and fields shown."""
    found = base(atlas, selection).concentration(level=level(atlas, selection), min_actors=MIN_ACTORS)
    places, fields = found.frame("places"), found.frame("fields")
    rows = compared(atlas, selection, places.set_index("place")[["n"]])
    by_place = {row["place"]: row for row in cast("list[dict[str, Any]]", places.to_dict("records"))}
    shown = fields[fields["field"].isin(fields_shown(atlas, selection))]
    return Indices(
        places=rows,
        rows=tuple(by_place[place] for place in rows.ids),
        fields=tuple(cast("list[dict[str, Any]]", shown.to_dict("records"))),
        index=selection.concentration if selection.concentration in INDICES else INDICES[0],
        rarefied_to=int(cast("int", found.parameters["rarefy_to"])),
        total=found.n,
        sources=found.sources,
    )
