"""What the matcher is measured by: the Ruhr's own aliases, sectors and fields, held apart from what it may see."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ecosystem.matching import organisations, sectors
from ecosystem.matching.fields import Keywords
from ecosystem.sources.record import Origin, RawActor
from ecosystem.tables import split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecosystem.tables import Tables

ORIGIN = Origin("truth")
SURE, ALL = ("same",), ("same", "ask")
TUNED, UNSEEN = 0, 1


def half(text: str) -> int:
    """0: the half the rules were written with, 1: the half they were not looked at with."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2


@dataclass(frozen=True)
class Aliases:
    """Each alias as a raw row, the actor it is in truth, and the region without its aliases."""

    raws: tuple[RawActor, ...]
    truth: dict[str, str]
    known: Tables

    @classmethod
    def of(cls, tables: Tables, *, placed: bool = True) -> Aliases:
        names = dict(zip(tables.places["place_id"], tables.places["name"], strict=True))
        raws, truth = [], {}
        for row in tables.actors.itertuples():
            for count, alias in enumerate(split(row.aliases)):
                raw_id = f"{row.actor_id}#{count}"
                truth[raw_id] = row.actor_id
                raws.append(RawActor(raw_id, alias, ORIGIN, municipality=names[row.place_id] if placed else ""))
        return cls(tuple(raws), truth, replace(tables, actors=tables.actors.assign(aliases="")))

    def without(self, gone: set[str]) -> Aliases:
        """The same rows, with some actors unknown to the region: every proposal for their rows is wrong."""
        actors = self.known.actors
        left = actors[~actors["actor_id"].isin(gone)].reset_index(drop=True)
        return replace(self, known=replace(self.known, actors=left))

    def figures(self, verdicts: Iterable[str], only: int | None = None) -> tuple[float, float, int]:
        """Precision and recall of the pairs (row, actor) proposed with these verdicts, and the number of true pairs."""
        proposals = [one for one in organisations.propose(self.raws, self.known) if not one.within]
        there = set(self.known.actors["actor_id"])
        rows = {row for row, actor in self.truth.items() if only is None or half(actor) == only}
        found = [one for one in proposals if one.raw_id in rows and one.verdict in verdicts]
        right = sum(self.truth[one.raw_id] == one.actor_id for one in found)
        true = sum(self.truth[row] in there for row in rows)
        return right / len(found), right / true, true


def half_of_actors(aliases: Aliases) -> set[str]:
    """Every second actor with aliases, by a hash of its own."""
    return {actor for actor in aliases.truth.values() if half("gone" + actor)}


def sector_pairs(tables: Tables) -> list[tuple[str, str, str]]:
    """Kind, sector in the tables, and sector by the rules ("" where open), of every actor."""
    return [
        (row.kind, row.sector, sectors.sector(RawActor(row.actor_id, row.name, ORIGIN, country="DE")).value)
        for row in tables.actors.itertuples()
    ]


def agreement(pairs: list[tuple[str, str, str]]) -> tuple[float, float]:
    """Share of actors that were given a sector, and share of those where it is that of the tables."""
    given = [pair for pair in pairs if pair[2]]
    return len(given) / len(pairs), sum(one == other for _, one, other in given) / len(given)


@dataclass(frozen=True)
class FieldFigures:
    """Precision and recall over pairs of project and field, share of fieldless projects left without, projects."""

    precision: float
    recall: float
    left_open: float
    projects: int


def field_figures(tables: Tables, only: int | None = None) -> FieldFigures:
    keywords, counts, total = Keywords.load(), Counter(), 0
    for row in tables.projects.itertuples():
        if only is not None and half(row.project_id) != only:
            continue
        total += 1
        true = set(split(row.fields))
        found = {match.field_id for match in keywords.fields((("call", row.call),) if row.call else (), [row.title])}
        counts.update(right=len(true & found), found=len(found), true=len(true))
        counts.update(bare=not true, open=not true and not found)
    return FieldFigures(
        counts["right"] / counts["found"], counts["right"] / counts["true"], counts["open"] / counts["bare"], total
    )
