"""Two scenarios on the same data become one; where they contradict each other is said, not decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ecosystem.cells import split
from ecosystem.dictionary import dictionary
from ecosystem.errors import ScenarioError
from ecosystem.scenario import rows
from ecosystem.scenario.record import Action, Scenario, Step
from ecosystem.scenario.steps import fitting, with_defaults

if TYPE_CHECKING:
    from ecosystem.scenario.steps import Unfit
    from ecosystem.tables import Tables

Cell = tuple[str, str, str]
WHOLE = "*"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A step of each scenario that cannot both hold, and what they disagree about."""

    one: Step
    other: Step
    about: str

    def sentence(self) -> str:
        """The conflict in one line."""
        return f"{self.about}: “{self.one.sentence()}” against “{self.other.sentence()}”"


@dataclass(frozen=True, slots=True)
class Merged:
    """The steps of both scenarios, the conflicts between them, and steps that do not fit behind the others."""

    scenario: Scenario
    conflicts: tuple[Conflict, ...]
    unfit: tuple[Unfit, ...]


def merge(tables: Tables, one: Scenario, other: Scenario) -> Merged:
    """All steps of ``one``, then those of ``other`` that ``one`` does not have.

    Scenarios without conflicts give the same tables whichever comes first. With conflicts the steps of ``one`` stay and
    the contradicting ones of ``other`` are left out and listed, so that somebody can decide.

    Raises:
        ScenarioError: the scenarios are about different regions or data versions.
    """
    if (one.region, one.base) != (other.region, other.base):
        raise ScenarioError(
            f"The scenarios were made on {one.region} {one.base} and {other.region} {other.base}. "
            "Open both on the same data version and save them again."
        )
    own = set(map(_told, one.steps))
    more = [step for step in other.steps if _told(step) not in own]
    conflicts = [found for step in more for mine in one.steps if (found := _conflict(mine, step)) is not None]
    left_out = {id(conflict.other) for conflict in conflicts}
    kept = [step for step in more if id(step) not in left_out]
    both = replace(
        one,
        title=" + ".join(title for title in dict.fromkeys((one.title, other.title)) if title),
        assumptions=tuple(dict.fromkeys((*one.assumptions, *other.assumptions))),
        steps=(*one.steps, *kept),
        undone=(),
    )
    return Merged(both, tuple(conflicts), fitting(tables, both.steps)[1])


def _told(step: Step) -> tuple[str, ...]:
    return (step.action.value, step.table, step.key, repr(sorted(step.cells.items())))


def _conflict(one: Step, other: Step) -> Conflict | None:
    mine, theirs = _writes(one), _writes(other)
    for cell in sorted(mine.keys() & theirs.keys()):
        if mine[cell] != theirs[cell]:
            return Conflict(one, other, f"{cell[0]} {cell[1]}, {cell[2]}")
    for gone, needed in ((mine, _touched(other)), (theirs, _touched(one))):
        removed = {(table, key) for (table, key, column), value in gone.items() if column == WHOLE and value is None}
        if hit := sorted(removed & needed):
            return Conflict(one, other, f"{hit[0][0]} {hit[0][1]} is removed by one and used by the other")
    return None


def _writes(step: Step) -> dict[Cell, str | None]:
    """What a step sets: cells with their value, and rows that are added or (``None``) removed as a whole."""
    if step.action is Action.MERGE:
        return {("actors", actor, WHOLE): None for actor in split(step.cells.get("others", ""))}
    if step.action is Action.MOVE:
        return {("actors", step.key, "place_id"): step.cells.get("place_id", "")}
    if step.action is Action.FUND:
        return {}
    if step.action is Action.REMOVE:
        return {(step.table, step.key, WHOLE): None}
    if step.action is Action.CHANGE:
        return {(step.table, step.key, name): value for name, value in step.cells.items()}
    key = _key(step)
    return {(step.table, key, WHOLE): repr(sorted(step.cells.items()))}


def _touched(step: Step) -> set[tuple[str, str]]:
    """Rows a step needs to be there."""
    found: set[tuple[str, str]] = set()
    if step.action in {Action.MOVE, Action.MERGE}:
        found |= {("actors", actor) for actor in (step.key, *split(step.cells.get("others", "")))}
    elif step.action is Action.FUND:
        found |= {("actors", actor) for actor in split(step.cells.get("partners", ""))}
    elif step.action is Action.CHANGE:
        found.add((step.table, step.key))
    if step.action in {Action.ADD, Action.CHANGE} and step.table in dictionary():
        for column in dictionary()[step.table].columns:
            table = column.foreign_key.partition(".")[0]
            if table in {"actors", "projects"} and step.cells.get(column.name):
                found.add((table, step.cells[column.name]))
    return found


def _key(step: Step) -> str:
    if step.key or step.table not in dictionary():
        return step.key
    return rows.key_of(dictionary()[step.table], with_defaults(step.table, step.cells))
