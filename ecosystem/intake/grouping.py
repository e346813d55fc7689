"""Which raw organisations are one, and which of the region's actors they are: proposals and decisions made into groups.

Precision before recall: only what matching calls the same, or a person has decided to merge, is merged; everything
else that looks alike becomes a question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem.cells import split
from ecosystem.intake.draft import clean
from ecosystem.matching import organisations
from ecosystem.matching.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ecosystem.intake.decisions import Decisions
    from ecosystem.intake.sifting import Sifted
    from ecosystem.matching.places import Gazetteer
    from ecosystem.tables import Tables


@dataclass(frozen=True, slots=True)
class Group:
    """Raw organisations that are one, the first of them first; the actor of the region they are, "" for a new one."""

    members: tuple[Sifted, ...]
    actor_id: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """A raw organisation that may be another one: a known actor (by actor_id) or another raw one (by raw_id)."""

    raw_id: str
    other: str
    of_reading: bool
    score: float
    reasons: tuple[str, ...]
    keys: tuple[str, str]
    """The pair as decisions know it."""


def grouped(
    known: Tables,
    sifted: Sequence[Sifted],
    decided: Decisions,
    gazetteer: Gazetteer,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> tuple[tuple[Group, ...], tuple[Alike, ...]]:
    """The groups in the order of their first members, and the pairs nobody has decided about."""
    by_id = {one.raw.raw_id: one for one in sifted}
    proposals = organisations.propose([one.raw for one in sifted], known, decided.matches(), gazetteer, progress)
    same = [(one.raw_id, one.actor_id, one.within, one.score) for one in proposals if one.verdict == organisations.SAME]
    same += _exact(known, sifted, decided, {one[0] for one in same if not one[2]})
    alike = tuple(
        Alike(one.raw_id, one.actor_id, one.within, one.score, one.reasons, one.keys)
        for one in proposals
        if one.verdict != organisations.SAME
    )
    return _groups(by_id, same), alike


EXACT = 1.0
Same = tuple[str, str, bool, float]
"""raw_id, the other's id, whether it is a raw one, score."""


def _exact(known: Tables, sifted: Sequence[Sifted], decided: Decisions, settled: set[str]) -> Iterator[Same]:
    """The same name in the same place is the same organisation, so that importing twice changes nothing.

    Matching leaves open which one is meant where several are equally good; here the first of them is taken.
    """
    actors = known.actors.sort_values("actor_id", kind="stable")
    theirs: dict[tuple[str, str], list[str]] = {}
    columns = (actors[name] for name in ("actor_id", "name", "aliases", "place_id"))
    for actor, name, aliases, place in zip(*columns, strict=True):
        for spelling in dict.fromkeys(_plain(one) for one in (name, *split(aliases))):
            theirs.setdefault((spelling, place), []).append(actor)
    first: dict[tuple[str, str], str] = {}
    for one in sifted:
        at = (_plain(one.raw.name), one.place_id)
        if not one.place_id or not at[0]:
            continue
        other = first.setdefault(at, one.raw.raw_id)
        if other != one.raw.raw_id:
            yield one.raw.raw_id, other, True, EXACT
        if one.raw.raw_id not in settled:
            open_ones = [key for key in theirs.get(at, ()) if decided.verdict("match", one.subject, key) != "apart"]
            if open_ones:
                yield one.raw.raw_id, open_ones[0], False, EXACT


def _plain(name: str) -> str:
    """A name as spellings are compared; one of another script, of which folding leaves nothing, in lower case."""
    return fold(name) or clean(name).casefold()


def _groups(by_id: Mapping[str, Sifted], same: Sequence[Same]) -> tuple[Group, ...]:
    """Rows that are the same as one another; those that are different known actors stay apart."""
    actor_of: dict[str, str] = {}
    for raw_id, other, of_reading, _ in sorted(same, key=lambda one: (-one[3], one[0], one[1])):
        if not of_reading:
            actor_of.setdefault(raw_id, other)
    head = {raw_id: raw_id for raw_id in by_id}
    actor = dict(actor_of)

    def find(one: str) -> str:
        while head[one] != one:
            head[one] = head[head[one]]
            one = head[one]
        return one

    for raw_id, other, of_reading, _ in sorted(same, key=lambda one: (-one[3], one[0], one[1])):
        if not of_reading or other not in head:
            continue
        a, b = find(raw_id), find(other)
        mine, theirs = actor.get(a, ""), actor.get(b, "")
        if a != b and not (mine and theirs and mine != theirs):
            head[b] = a
            actor[a] = mine or theirs
    members: dict[str, list[Sifted]] = {}
    for raw_id, one in by_id.items():
        members.setdefault(find(raw_id), []).append(one)
    return tuple(Group(tuple(held), actor.get(root, "")) for root, held in members.items())
