"""What a room holds, as plain records: no database, no web.

Nobody is named: a participant is a table's number and a role (one of the five sectors).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ecosystem.scenario import Scenario

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ecosystem.scenario import Step

MOST_TABLES = 30
DOTS = 6
"""Dots a participant spreads over the fields."""


class Phase(StrEnum):
    """What the room does, in the order of the agenda."""

    COLLECT = "collect"
    CLUSTER = "cluster"
    WEIGH = "weigh"
    DECIDE = "decide"


MINUTES = {Phase.COLLECT: 30, Phase.CLUSTER: 15, Phase.WEIGH: 10, Phase.DECIDE: 20}


class Kind(StrEnum):
    """What can be proposed."""

    ACTOR = "actor"
    TIE = "tie"
    PROJECT = "project"


class Status(StrEnum):
    """Where a proposal stands; only accepted ones are steps of the scenario."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What the room decided about a proposal."""

    TAKEN = "taken"
    POSTPONED = "postponed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Room:
    """A workshop at ``address``, where phones find it.

    ``base`` is the data version it works on; ``seq`` numbers the last that happened, ``seen`` the last that all see.
    """

    code: str
    region: str
    base: str
    title: str
    host: str
    port: int
    address: str
    phase: Phase
    seq: int
    seen: int
    opened: dt.datetime
    closed: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Item:
    """A phase of the agenda: planned minutes, and when it was (last) started."""

    phase: Phase
    minutes: int
    started: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody at a table; ``changed`` counts what they did themselves."""

    participant_id: int
    table: int
    role: str
    changed: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a table proposed. ``cells`` are checked ids and texts by kind; ``steps`` are set once it is accepted."""

    number: int
    participant_id: int
    kind: Kind
    cells: Mapping[str, str]
    reason: str
    table: int
    role: str
    status: Status
    theme: str
    note: str
    steps: tuple[Step, ...]
    order: int
    proposed: dt.datetime
    settled: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Decision:
    """An entry of the decision log; votes as they stood when it was taken."""

    number: int
    outcome: Outcome
    text: str
    votes_for: int
    votes_against: int
    decided: dt.datetime


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, by its number; ``about`` is ``proposal:<number>``, ``table:<number>`` or a phase."""

    seq: int
    kind: str
    about: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A whole room at one moment.

    ``dots``: field → dots given. ``votes``: proposal's number → (for, against). ``tables``: participants by table.
    """

    room: Room
    agenda: tuple[Item, ...]
    proposals: tuple[Proposal, ...]
    dots: Mapping[str, int]
    votes: Mapping[int, tuple[int, int]]
    decisions: tuple[Decision, ...]
    tables: Mapping[int, int]

    def having(self, status: Status) -> tuple[Proposal, ...]:
        """The proposals of a status; accepted ones in the order of their acceptance."""
        found = [one for one in self.proposals if one.status is status]
        return tuple(sorted(found, key=lambda one: (one.order, one.number)))

    @property
    def scenario(self) -> Scenario:
        """The accepted steps in the order they were accepted."""
        steps = tuple(step for one in self.having(Status.ACCEPTED) for step in one.steps)
        return Scenario(self.room.region, self.room.base, self.room.title, steps=steps)

    def item(self) -> Item:
        """Where the agenda stands."""
        return next(one for one in self.agenda if one.phase is self.room.phase)
