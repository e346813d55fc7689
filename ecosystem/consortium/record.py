"""What a proposal is: its members, the parts of its score, and the ties it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ecosystem.tied import RecordedTie, SharedProject

Basis = Literal["stated", "derived", "related", "none"]
Reach = Literal["related", "any", "none"]

PARTS = ("field", "complementarity", "trust", "spread", "call")
WEIGHTS: dict[str, float] = dict.fromkeys(PARTS, 1.0)
"""All parts weigh the same unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Member:
    """An actor of a proposal and why it is in it.

    ``strength`` is its part of the field score and ``basis`` what that rests on: a source states the field, projects
    have it, only the related field ``through`` is known, or no field at all. ``adds`` are related fields that no other
    member works on, ``tied_to`` the members it has a recorded tie or joint project with; ``in_call`` says whether it
    has a project of the call. ``sources`` are those of ``basis``.
    """

    actor_id: str
    name: str
    sector: str
    place_id: str
    place: str
    strength: float
    basis: Basis
    through: str
    adds: tuple[str, ...]
    tied_to: tuple[str, ...]
    in_call: bool
    pinned: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """Two members without a tie, and up to three others who have one with both."""

    one: str
    other: str
    through: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One group: ``parts`` by name in 0 … 1 (NaN: undefined), ``score`` their weighted mean.

    ``lacking`` are required sectors without a member; ``cities`` counts the municipalities of the members.
    """

    members: tuple[Member, ...]
    parts: Mapping[str, float]
    score: float
    cities: int
    lacking: tuple[str, ...]
    ties: tuple[RecordedTie, ...]
    projects: tuple[SharedProject, ...]
    bridges: tuple[Bridge, ...]
    tied_pairs: int
    sources: tuple[str, ...]

    @property
    def pairs(self) -> int:
        """Number of pairs of members."""
        return len(self.members) * (len(self.members) - 1) // 2


@dataclass(frozen=True, slots=True)
class Gap:
    """A sector in which no actor is known to work on the field, and whom the proposals take instead.

    ``reach``: actors of a ``related`` field, ``any`` actor of the sector, or ``none`` at all.
    """

    sector: str
    reach: Reach


@dataclass(frozen=True, kw_only=True)
class Consortia:
    """Proposals for a field, best first, with everything needed to ask for them again.

    ``candidates`` counts the actors looked at; ``gaps`` and ``cities_found`` (at most so many cities have a candidate)
    say what could not be had.
    """

    region: str
    version: str
    field: str
    call: str
    sectors: tuple[str, ...]
    cities: int
    size: int
    pinned: tuple[str, ...]
    banned: tuple[str, ...]
    weights: Mapping[str, float]
    candidates: int
    cities_found: int
    gaps: tuple[Gap, ...]
    proposals: tuple[Proposal, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of all sources behind the proposals, sorted."""
        return tuple(sorted({source for one in self.proposals for source in one.sources}))
