"""A step and a scenario as plain records; a scenario remembers what was undone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE = "scenario"
"""Id of the source of everything a scenario adds: what is assumed is never mixed up with what is known."""


class Action(StrEnum):
    """What a step does. ``add``, ``remove`` and ``change`` work on one row of a table, the others on several."""

    ADD = "add"
    REMOVE = "remove"
    CHANGE = "change"
    MERGE = "merge"
    MOVE = "move"
    FUND = "fund"


ROWS = (Action.ADD, Action.REMOVE, Action.CHANGE)
TABLES = ("actors", "ties", "projects", "participations", "actor_fields")
"""The tables a step may touch: what a region is and where its places lie is no matter of a scenario."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the tables.

    Attributes:
        action: what is done.
        table: one of :data:`TABLES` for ``add``, ``remove`` and ``change``; empty otherwise.
        key: the row by its key (the parts of a key joined by "|" in the order of the data dictionary), for ``move`` and
            ``merge`` the actor that moves or stays; empty for ``fund`` and where ``cells`` say it.
        cells: texts by column, in the form they have in a CSV file. ``merge``: ``others``, the actors that go, joined
            by "|". ``move``: ``place_id``. ``fund``: ``title``, ``fields``, ``partners`` (joined by "|"), and if wanted
            ``projects`` (how many, default 1), ``call``, ``programme``, ``year``, ``funding_eur`` (for each project).
        author: a role or a table's number, never a person's name.
        time: when it was proposed, ISO 8601; empty where nobody noted it.
        reason: why, in a sentence.
    """

    action: Action
    table: str = ""
    key: str = ""
    cells: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    author: str = ""
    time: str = ""
    reason: str = ""

    def sentence(self) -> str:
        """The step in one line, for lists and errors.

        >>> Step(Action.REMOVE, "actors", "a-town").sentence()
        'remove actors a-town'
        """
        told = ", ".join(f"{name}={value}" for name, value in self.cells.items() if value)
        return " ".join(part for part in (self.action.value, self.table, self.key, f"({told})" if told else "") if part)


@dataclass(frozen=True, slots=True)
class Scenario:
    """Steps on one data version of a region, with what is assumed; ``undone`` are steps taken back, the latest last.

    >>> one = Scenario("toy", "0123456789").doing(Step(Action.REMOVE, "actors", "a-town"))
    >>> len(one.undoing().steps), one.undoing().redoing() == one
    (0, True)
    """

    region: str
    base: str
    title: str = ""
    assumptions: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    def doing(self, *steps: Step) -> Scenario:
        """With these steps at the end; what was undone before can then no longer be redone."""
        return replace(self, steps=(*self.steps, *steps), undone=())

    def undoing(self) -> Scenario:
        """Without the last step; itself where there is none."""
        if not self.steps:
            return self
        return replace(self, steps=self.steps[:-1], undone=(*self.undone, self.steps[-1]))

    def redoing(self) -> Scenario:
        """With the step undone last; itself where nothing was undone."""
        if not self.undone:
            return self
        return replace(self, steps=(*self.steps, self.undone[-1]), undone=self.undone[:-1])
