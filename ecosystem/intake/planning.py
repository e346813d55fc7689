"""A reading made into a plan: what every raw row becomes, the tables that result, and what is left to decide.

Nothing is written. A plan is made of three looks: organisations are sifted (:mod:`.sifting`), matched and taken
(:mod:`.organisations`), then projects, participations and ties follow (:mod:`.linking`, :mod:`.tying`). Every raw row
ends with exactly one :class:`~ecosystem.intake.record.Fate`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ecosystem.intake import changes, linking, organisations, sifting, tying
from ecosystem.intake.decisions import Decisions
from ecosystem.intake.draft import Draft, clean
from ecosystem.intake.record import Fate, Left, Question, Tally
from ecosystem.intake.slugs import slug
from ecosystem.matching.fields import Keywords
from ecosystem.matching.places import Gazetteer, read_postcodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ecosystem.intake.changes import Change
    from ecosystem.intake.linking import Linked
    from ecosystem.intake.organisations import Rules, Taken
    from ecosystem.sources.record import Provenance, Reading, Reject
    from ecosystem.tables import Tables

Outside = Literal["keep", "drop"]
KIND_OF_SOURCE = "register"
"""All readers read registers; what they list is strong evidence (:mod:`ecosystem.confidence`)."""


@dataclass(frozen=True, eq=False)
class Plan:
    """What an import would do; accepted by :func:`ecosystem.intake.accept`, discarded by forgetting it.

    Attributes:
        kind: what was read: cordis, operations, ror, table, graph, workbook.
        before: the tables as they are.
        tables: the tables as they would be; valid.
        tally: the fates of all raw rows; they add up to what was read.
        left: the rows that were not taken, each with its reason, in the order of the file.
        questions: what only a person can decide; open matches are taken as new actors until then.
        notes: sentences about the reading and about what was done otherwise than expected.
        source_id: the row of sources.csv the new rows name.
        files: names and checksums of the files read.
        decisions: the decisions it was made with.
    """

    kind: str
    before: Tables
    tables: Tables
    tally: Tally
    left: tuple[Left, ...]
    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()
    source_id: str = ""
    files: tuple[tuple[str, str], ...] = ()
    decisions: Decisions = field(default_factory=Decisions)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Rows added, removed and changed, by table."""
        return changes.between(self.before, self.tables)

    @property
    def rejected(self) -> int:
        """Rows that could not be taken though they should; persons and rows outside the region are none of them."""
        return sum(one.fate is Fate.REJECTED for one in self.left)


def plan(
    known: Tables,
    reading: Reading,
    decisions: Decisions | None = None,
    *,
    outside: Outside = "drop",
    folder: Path | None = None,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> Plan:
    """What importing a reading would do.

    Args:
        known: the region's tables; not changed.
        reading: what a reader took from its files.
        decisions: what people decided before.
        outside: ``keep`` takes partners outside the region that share a project or tie with an actor inside.
        folder: the region's folder, for its own keywords.csv and postcodes.csv; without it there are none.
        progress: called with the step, how far it is and how far it goes.

    Raises:
        TablesError: what would result is no valid region (a fault of this package, not of the file).
    """
    decided = decisions or Decisions()
    draft = Draft(known)
    gazetteer = Gazetteer.of(known, read_postcodes(folder) if folder else None).learn(reading.actors)
    sifted = sifting.sift(known, reading.actors, gazetteer, decided)
    near = sifting.near(reading, sifted) if outside == "keep" else frozenset()
    rules = _rules(draft, reading, decided, folder, gazetteer)
    taken = organisations.take(draft, sifted, near, rules, progress)
    linked = linking.link(draft, reading, taken, rules)
    tie_fates, tie_left = tying.tie(draft, reading, taken, rules)
    hosted = tying.hosted(draft, reading, taken, rules)
    if not _cites(draft, rules.source_id):
        draft.added["sources"].pop((rules.source_id,), None)
    tally = Tally.of({
        "actors": _actor_fates(reading, taken),
        "projects": _project_fates(reading, linked),
        "participations": linked.participation_fates,
        "ties": tie_fates,
    })  # fmt: skip
    return Plan(
        kind=reading.kind,
        before=known,
        tables=draft.tables(),
        tally=tally,
        left=_in_order(reading, [*taken.left.values(), *linked.left, *tie_left]),
        questions=tuple(taken.questions),
        notes=tuple(_notes(reading, linked, hosted)),
        source_id=rules.source_id,
        files=((reading.provenance.title, reading.provenance.checksum),),
        decisions=decided,
    )


def _rules(draft: Draft, reading: Reading, decided: Decisions, folder: Path | None, gazetteer: Gazetteer) -> Rules:
    keywords = Keywords.load(folder) if folder else Keywords(())
    source_id = _source(draft, reading.kind, reading.provenance)
    return organisations.Rules(decided, keywords, gazetteer, source_id)


def _source(draft: Draft, kind: str, told: Provenance) -> str:
    """The id of the source's row; the same file is the same row, whenever it is read."""
    mark = told.checksum.rpartition(":")[2][:6]
    source_id = "-".join(part for part in (slug(told.title, 40) or kind, mark) if part)
    if not draft.has("sources", source_id):
        draft.add(
            "sources",
            {
                "source_id": source_id,
                "title": clean(told.title) or kind,
                "publisher": clean(told.producer),
                "url": told.url if told.url.startswith(("http://", "https://")) else "",
                "kind": KIND_OF_SOURCE,
                "licence": clean(told.licence),
                "published": told.published,
                "accessed": told.accessed,
                "note": told.checksum,
            },
        )
    return source_id


def _cites(draft: Draft, source_id: str) -> bool:
    """Whether any row names the source: one that gave nothing is not listed."""
    held = (
        cells.get(column, "")
        for rows in (draft.added, draft.changed)
        for table, found in rows.items()
        if table != "sources"
        for cells in found.values()
        for column in ("source_id", "source_ids")
    )
    return any(source_id in str(cell).split("|") for cell in held)


def _actor_fates(reading: Reading, taken: Taken) -> Iterator[Fate]:
    """A raw id that comes again is one with its first row, where that was taken; else it shares its fate."""
    seen = set()
    for raw in reading.actors:
        fate = taken.fates[raw.raw_id]
        yield Fate.JOINED if raw.raw_id in seen and fate is Fate.NEW else fate
        seen.add(raw.raw_id)


def _project_fates(reading: Reading, linked: Linked) -> Iterator[Fate]:
    seen = set()
    for raw in reading.projects:
        fate = linked.project_fates[raw.raw_id]
        yield Fate.JOINED if raw.raw_id in seen and fate is Fate.NEW else fate
        seen.add(raw.raw_id)


def _in_order(reading: Reading, left: list[Left]) -> tuple[Left, ...]:
    """One line for each row of the file: the reader's own reject, or the reason nearest to the cause."""
    nearest = ("actors", "participations", "projects", "ties")
    everything = [_left(one) for one in reading.rejects] + sorted(left, key=lambda one: nearest.index(one.kind))
    found: dict[tuple[str, str, int | None, str], Left] = {}
    for one in everything:
        at = one.origin
        # rows without a number are told apart by what they are
        key = (at.file, at.part, at.row, "" if at.row is not None else f"{one.kind}{one.value}{one.reason}")
        found.setdefault(key, one)
    return tuple(sorted(found.values(), key=lambda one: (one.origin.file, one.origin.part, one.origin.row or 0)))


def _left(one: Reject) -> Left:
    return Left(one.origin, "rows", Fate.REJECTED, one.column, one.value, one.reason, one.cure)


def _notes(reading: Reading, linked: Linked, hosted: int) -> Iterator[str]:
    yield from reading.notes
    if reading.blanked:
        first = reading.blanked[0]
        yield (
            f"{len(reading.blanked)} cell(s) could not be read and were left blank; the first: {first.origin}: "
            f"{first.column} “{first.value}”: {first.reason}."
        )
    if linked.negative:
        yield f"{linked.negative} amount(s) below zero were left out."
    if hosted:
        yield f"{hosted} tie(s) from an organisation to its unit were added."
