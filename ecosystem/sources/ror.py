"""The Research Organization Registry: its dump as JSON (schema 1 and 2) or CSV, packed or not.

A relation stands on both sides in the dump (“parent: B” in the record of A, “child: A” in that of B); it becomes one
tie, written with ``parent`` (b is the parent of a). Relations to organisations that are not in the files are counted,
not made into ties. Withdrawn records are rejected, inactive ones are taken and marked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ecosystem.errors import SourceError
from ecosystem.sources import provenance, values
from ecosystem.sources.archives import members
from ecosystem.sources.collect import Collector
from ecosystem.sources.jsonitems import is_json, items
from ecosystem.sources.record import Origin, Provenance, RawTie
from ecosystem.sources.ror_record import NotOurs, of_csv, of_json
from ecosystem.sources.safety import LIMITS, Limits, shown
from ecosystem.sources.sheets import of_member

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ecosystem.sources.archives import Member
    from ecosystem.sources.collect import Progress
    from ecosystem.sources.record import Reading

_TURNED = {"child": "parent", "successor": "predecessor"}
"""Of two inverse words the one a tie is written with."""
_CURE = "Give the registry's own file, from its releases on Zenodo."


def read(files: Sequence[Path], progress: Progress | None = None, limits: Limits = LIMITS) -> Reading:
    """Read dumps of the registry.

    Raises:
        SourceError: a file that is refused, or that is not the registry's.
    """
    collector = Collector("ror", progress)
    related: list[tuple[str, str, str, Origin]] = []
    for path in files:
        read_before, taken_before = collector.rows_read, collector.rows_taken
        for member in _best(members(path, limits)):
            _member(member, collector, related, limits)
        if collector.rows_taken == taken_before:
            problem = f"none of {collector.rows_read - read_before:,} records is one of the registry"
            raise SourceError(shown(path.name), "", problem, _CURE)
    collector.ties = list(_ties(collector, related))
    title, url = "Research Organization Registry (ROR)", "https://ror.org/"
    return collector.reading(provenance.of(files, Provenance(title, "ROR", url, "CC0 1.0")))


def _best(found: tuple[Member, ...]) -> list[Member]:
    """Of an archive that holds the same data in several schemas and formats, the newest schema, JSON before CSV."""
    tables = [one for one in found if one.name.lower().endswith((".json", ".csv"))] if len(found) > 1 else list(found)
    ranked = sorted(tables, key=lambda one: (not is_json(one), "schema_v2" not in one.name, one.name))
    return ranked[:1]


def _member(member: Member, collector: Collector, related: list[tuple[str, str, str, Origin]], limits: Limits) -> None:
    for number, record in _records(member, collector, limits):
        origin = Origin(member.file, member.part, number)
        collector.step(member.file)
        try:
            raw, relations, state = of_json(record, origin) if is_json(member) else of_csv(record, origin)
        except NotOurs as error:
            collector.reject(origin, error.column, error.value, error.reason, _CURE)
            continue
        if state == "withdrawn":
            collector.reject(origin, "status", raw.raw_id, "a record the registry withdrew", "Nothing is to be done.")
        elif raw.raw_id in collector.actors:
            collector.reject(origin, "id", raw.raw_id, "this record once more", "Nothing is to be done.")
        else:
            collector.actor(raw)
            collector.take()
            related += [(raw.raw_id, other, relation, origin) for relation, other in relations]


def _records(member: Member, collector: Collector, limits: Limits) -> Iterator[tuple[int, Any]]:
    if is_json(member):
        yield from items(member, limits)
        return
    for sheet in of_member(member, limits):
        rows = sheet.rows()
        header = [values.line(cell) for cell in next(rows, (0, []))[1]]
        rows.close()  # type: ignore[attr-defined]
        if "id" not in header:
            raise SourceError(sheet.file, sheet.part, "the header has no column “id”", _CURE)
        body = sheet.rows(len(header), 1)
        next(body, None)
        for number, cells in body:
            yield number, dict(zip(header, cells, strict=False))
        collector.rejected(sheet.rejects)
        collector.note(*sheet.notes)


def _ties(collector: Collector, related: list[tuple[str, str, str, Origin]]) -> Iterator[RawTie]:
    """Every relation once, and the parent of every organisation."""
    from dataclasses import replace  # noqa: PLC0415 - used once

    outside = 0
    done: set[tuple[str, str, str]] = set()
    for a, b, relation, origin in related:
        if b not in collector.actors:
            outside += 1
            continue
        if relation == "parent" and not collector.actors[a].parent:
            collector.actors[a] = replace(collector.actors[a], parent=b)
        if relation == "child" and not collector.actors[b].parent:
            collector.actors[b] = replace(collector.actors[b], parent=a)
        if relation in _TURNED:
            a, b, relation = b, a, _TURNED[relation]  # noqa: PLW2901 - the same tie from its other end
        if (a, b, relation) in done or (relation == "related" and (b, a, relation) in done):
            continue
        done.add((a, b, relation))
        yield RawTie(a, b, relation, origin)
    if outside:
        collector.note(f"{outside:,} relations lead to organisations that are not in the files.")
