"""Diversification: how near each field is to what a place is specialised in, and what changed over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from dashboards.views.base import base
from dashboards.views.compared import compared, fields_shown, level
from dashboards.views.quotients import MIN_ACTORS, counted
from dashboards.views.units import units

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.state import Selection
    from dashboards.views.compared import Compared
    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level
    from ecosystem.findings.record import Finding


# what the finding says of a specialisation that a place had in neither period
NOT_HELD = "not held"


@dataclass(frozen=True, slots=True)
class Step:
    """A field seen from a place: ``density`` is the share (per cent) of its relatedness that lies in held fields."""

    place: str
    field: str
    x: int
    n: int
    lq: float
    density: float
    size: float
    ubiquity: int
    missing: bool
    few_actors: bool
    state: str
    reason: str


@dataclass(frozen=True)
class Diversification:
    """Steps of all places shown, and the place looked at: the one chosen, or the largest.

    ``unknown`` is what was chosen and does not exist.
    """

    places: Compared
    fields: tuple[str, ...]
    place: str
    name: str
    unknown: str
    largest: str
    steps: tuple[Step, ...]
    total: int
    sources: tuple[str, ...]

    def of(self, place: str) -> tuple[Step, ...]:
        """The steps of one place, in the order of the fields."""
        return tuple(one for one in self.steps if one.place == place)

    def nearest(self, place: str) -> Step | None:
        """The missing field with the highest density, where the place holds anything; ``None`` if there is none."""
        found = [one for one in self.of(place) if one.missing and one.density > 0]
        return max(found, key=lambda one: (one.density, one.size, one.field), default=None)


def diversification(atlas: Atlas, selection: Selection) -> Diversification:
    """Density of every field in every place shown.

    The place looked at may be of the other level than the rest: it is compared with its own kind.
    """
    found = _found(atlas, selection, level(atlas, selection))
    table = found.frame("cells")
    counts = counted(table)
    rows, fields = compared(atlas, selection, counts), fields_shown(atlas, selection)
    sizes = counts.sum(axis=1)
    largest = str(sizes.idxmax()) if len(sizes) and sizes.max() > 0 else ""
    own, place, name = _looked_at(atlas, selection, table, largest)
    steps = [*_steps(table, set(rows.ids) - {place}, fields), *_steps(own, {place}, fields)]
    unknown = selection.place if selection.place != place else ""
    return Diversification(rows, fields, place, name, unknown, largest, tuple(steps), found.n, found.sources)


def _found(atlas: Atlas, selection: Selection, at: Level) -> Finding:
    return base(atlas, selection).diversification(level=at, method=selection.relatedness, min_actors=MIN_ACTORS)


def _looked_at(atlas: Atlas, selection: Selection, table: pd.DataFrame, largest: str) -> tuple[pd.DataFrame, str, str]:
    """The table the place chosen stands in, the place and its name; the largest where the choice says nothing."""
    levels: tuple[Level, ...] = ("district", "municipality")
    for at in levels if selection.place else ():
        own = _found(atlas, selection, at).frame("cells")
        names = dict(zip(own["place"], own["place_name"], strict=True))
        if selection.place in names:
            return own, selection.place, str(names[selection.place])
    names = dict(zip(table["place"], table["place_name"], strict=True))
    return table, largest, str(names.get(largest, ""))


def _steps(table: pd.DataFrame, places: set[str], fields: tuple[str, ...]) -> list[Step]:
    chosen = table[table["place"].isin(places) & table["field"].isin(fields)]
    return [_step(row) for row in cast("list[dict[str, Any]]", chosen.to_dict("records"))]


def _step(row: dict[str, Any]) -> Step:
    return Step(
        place=row["place"],
        field=row["field"],
        x=int(row["x"]),
        n=int(row["n"]),
        lq=float(row["lq"]),
        density=float(row["density"]),
        size=float(row["field_size"]),
        ubiquity=int(row["ubiquity"]) if np.isfinite(row["ubiquity"]) else 0,
        missing=bool(row["missing"]),
        few_actors=bool(row["few_actors"]),
        state=str(row["state"]),
        reason=str(row["reason"]),
    )


@dataclass(frozen=True)
class Changes:
    """Entries and exits between two periods: ``known`` places have projects in both."""

    rows: tuple[dict[str, Any], ...]
    cells: tuple[dict[str, Any], ...]
    periods: tuple[dict[str, Any], ...]
    known: int
    undated: bool
    reason: str
    sources: tuple[str, ...]


def changes(atlas: Atlas, selection: Selection) -> Changes:
    """What places took up or gave up, from the years of their projects."""
    found = base(atlas, selection).change(level=level(atlas, selection), min_actors=MIN_ACTORS)
    cells, places = found.frame("cells"), found.frame("places")
    rows = compared(atlas, selection, counts_of(places))
    fields = fields_shown(atlas, selection)
    by_place = {row["place"]: row for row in cast("list[dict[str, Any]]", places.to_dict("records"))}
    shown = cells[cells["place"].isin(rows.ids) & cells["field"].isin(fields)]
    return Changes(
        rows=tuple(by_place[place] for place in rows.ids),
        cells=tuple(cast("list[dict[str, Any]]", shown.to_dict("records"))),
        periods=tuple(cast("list[dict[str, Any]]", found.frame("periods").to_dict("records"))),
        known=found.n,
        undated=bool(found.warnings),
        reason=_reason(found, "change"),
        sources=found.sources,
    )


def counts_of(places: pd.DataFrame) -> pd.DataFrame:
    """Memberships of both periods, by which places are sorted."""
    return places.set_index("place")[["n_before", "n_after"]]


def _reason(found: Finding, of: str) -> str:
    """Why there is nothing at all, as the finding says it."""
    return next((one.removeprefix(f"{of}: ") for one in found.reasons if one.startswith(f"{of}: ")), "")


def options(atlas: Atlas) -> list[tuple[str, str]]:
    """Places that can be looked at: units first, then municipalities that are no unit of their own."""
    found = units(atlas, "unit")
    first = sorted(zip(found.ids, found.names, strict=True), key=lambda one: one[1])
    if found.kind != "unit":
        return first
    alone = {unit for unit in found.ids if [*found.of_place.values()].count(unit) == 1}
    small = units(atlas, "municipality")
    rest = [(one, name) for one, name in zip(small.ids, small.names, strict=True) if found.of_place[one] not in alone]
    return [*first, *sorted(rest, key=lambda one: one[1])]


def complexity(atlas: Atlas, selection: Selection) -> Finding:
    """The checks of economic complexity, and its numbers where they hold."""
    return base(atlas, selection).complexity(level=level(atlas, selection), min_actors=MIN_ACTORS)


def variety(atlas: Atlas, selection: Selection) -> Finding:
    """Related and unrelated variety, where fields have a second level."""
    return base(atlas, selection).variety(level=level(atlas, selection), min_actors=MIN_ACTORS)
