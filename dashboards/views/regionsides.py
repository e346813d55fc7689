"""Regions side by side: which are compared, what is there of each, and what is still underway."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboards.regions import State
from dashboards.views.shelf import kept
from ecosystem.compare import Comparison, Options, Portrait, compared, portrait

if TYPE_CHECKING:
    from dashboards.regions import Entry, Mounted, Result
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level

OWN = "."
"""In links, the region the server was started with."""
FIRST, MOST = 4, 6
"""Regions compared where nobody chose, and at most."""
PATIENT = 120.0
"""Seconds a file waits for the regions that are in it."""

COMMANDS = """ecosystem new-region --name … --places places.csv --fields fields.csv --to my-regions/…
ECOSYSTEM_DATA=my-regions ecosystem serve"""
"""What makes a second region and shows it."""


@dataclass(frozen=True)
class Side:
    """One region of a comparison: its portrait, or how far it is, or what is wrong with it."""

    entry: Entry
    portrait: Portrait | None = None
    state: State | None = None
    fault: str = ""


@dataclass(frozen=True)
class Sides:
    """All that the page shows: the regions that could be compared, those that are, and the numbers of who is there."""

    entries: tuple[Entry, ...]
    sides: tuple[Side, ...]
    comparison: Comparison | None

    @property
    def waiting(self) -> tuple[Side, ...]:
        """Regions that will come."""
        return tuple(one for one in self.sides if one.portrait is None and not one.fault)

    @property
    def faulty(self) -> tuple[Side, ...]:
        """Regions that will not, as they are."""
        return tuple(one for one in self.sides if one.fault)

    @property
    def portraits(self) -> tuple[Portrait, ...]:
        """Of the regions that are there."""
        return tuple(one.portrait for one in self.sides if one.portrait is not None)


def option(entry: Entry) -> str:
    """What a region is called in the link of a comparison."""
    return entry.key or OWN


def chosen(entries: tuple[Entry, ...], selection: Selection, here: str) -> tuple[Entry, ...]:
    """The regions to compare: those the link names; without any, the one on screen and the first others."""
    if selection.regions is not None:
        by_name = {option(one): one for one in entries}
        return tuple(by_name[name] for name in dict.fromkeys(selection.regions) if name in by_name)[:MOST]
    able = [one for one in entries if not one.fault]
    return tuple(sorted(able, key=lambda one: one.key != here)[:FIRST])


def level(selection: Selection) -> Level:
    """Units compared inside a region."""
    return "municipality" if selection.unit == "municipality" else "district"


def sides(here: Mounted, atlas: Atlas, selection: Selection, wait: float = 0.0) -> Sides:
    """The regions of a server side by side; what is not there yet is begun and waited for ``wait`` seconds each."""
    options = Options(level=level(selection))
    if here.regions is None:
        return Sides((), (), None)
    entries = here.regions.entries()
    found = []
    for entry in chosen(entries, selection, here.key):
        result = here.regions.result(entry.key, ("portrait", options), lambda of: portrait(of, options), wait)
        found.append(_side(here, entry, result))
    there = [one.portrait for one in found if one.portrait is not None]
    return Sides(entries, tuple(found), _together(atlas, there) if len(there) > 1 else None)


def _together(atlas: Atlas, there: list[Portrait]) -> Comparison:
    key = tuple((one.name, one.version, one.options) for one in there)
    return kept(atlas, "comparison", key, lambda: compared(there))


def _side(here: Mounted, entry: Entry, result: Result | None) -> Side:
    if result is None:
        state = here.regions.state(entry.key) if here.regions else None
        return Side(entry, state=state if state and state.kind == "loading" else State("loading", "measured"))
    # under the name it is chosen by: two regions may be called alike
    told = replace(result.value, name=entry.name) if result.value is not None else None
    return Side(entry, told, fault=result.fault)
