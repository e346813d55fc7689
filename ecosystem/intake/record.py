"""What becomes of every raw row, and the questions a person has to answer: plain records of an import."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ecosystem.sources.record import Origin

Row = dict[str, str]


class Fate(StrEnum):
    """What became of a raw row; every row has exactly one."""

    NEW = "new"
    """It is a new row of the region."""
    KNOWN = "known"
    """The region had it, or has the actor it was matched to."""
    JOINED = "joined"
    """It is the same as another row of the reading and is one with it."""
    PERSON = "person"
    """A natural person, or of natural persons only: left out."""
    OUTSIDE = "outside"
    """It lies outside the region, and nothing inside needs it."""
    REJECTED = "rejected"
    """It could not be taken; the reason stands beside."""


KINDS = ("actors", "projects", "participations", "ties")


@dataclass(frozen=True, slots=True)
class Left:
    """A row that was not taken, as the reject file tells it; of persons only where the row stands, never the name."""

    origin: Origin
    kind: str
    fate: Fate
    column: str
    value: str
    reason: str
    cure: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something only a person can decide about a row.

    Attributes:
        key: what the answer is given for; the same at every import of the same organisation.
        kind: ``match`` (are they the same?) or ``place`` (is it placed rightly?).
        subject: the organisation as :func:`ecosystem.matching.organisations.key` names it.
        about: what else the decision is about: a known actor's id, or another organisation of the reading.
        name: its name in the source.
        place: where it was placed, by name.
        actor_id: the actor it has become; "" where none.
        other: what is proposed: id of an actor or of a place.
        other_name: the same in words.
        score: how likely the proposal is, 0 … 1.
        reasons: why, a phrase each.
    """

    key: str
    kind: str
    subject: str
    about: str
    name: str
    place: str
    actor_id: str
    other: str
    other_name: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many raw rows of each kind had which fate."""

    counts: Mapping[str, Mapping[Fate, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, fates: Mapping[str, Iterable[Fate]]) -> Tally:
        """Count fates by kind of row.

        >>> Tally.of({"actors": [Fate.NEW, Fate.PERSON]}).of_kind("actors", Fate.PERSON)
        1
        """
        return cls({kind: Counter(found) for kind, found in fates.items()})

    def of_kind(self, kind: str, *fates: Fate) -> int:
        """Rows of a kind with one of these fates; with all fates where none is named."""
        held = self.counts.get(kind, {})
        return sum(held.get(fate, 0) for fate in fates or tuple(Fate))

    def total(self, fate: Fate) -> int:
        """Rows of all kinds with this fate."""
        return sum(held.get(fate, 0) for held in self.counts.values())

    def rows(self) -> list[dict[str, str | int]]:
        """A row for each kind with its counts, for reports."""
        return [
            {"kind": kind, "read": self.of_kind(kind), **{fate.value: held.get(fate, 0) for fate in Fate}}
            for kind, held in self.counts.items()
        ]
