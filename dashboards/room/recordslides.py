"""The record as slides: the picture, before and after, what was accepted, dots, decisions, what it rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboards import slides
from dashboards.room.drawing import png
from dashboards.room.recordsheets import for_people
from dashboards.slides import Slide
from dashboards.slidetable import fitted
from ecosystem.workshop import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboards.room.record import Record
    from dashboards.views.sheet import Sheet

MOST_SLIDES = 6
"""Slides of one table; the files have all rows."""
SHOWN = {
    "comparison": ("of", "measure", "before_text", "after_text", "change_text"),
    "proposals": ("number", "table", "role", "text", "reason"),
    "votes": ("subject", "dots"),
    "decisions": ("number", "text", "outcome", "for", "against", "note"),
}


def deck(record: Record) -> bytes:
    """The file."""
    tr, standing = record.tr, record.standing
    accepted = standing.having(Status.ACCEPTED)
    count = sum(standing.tables.values())
    opened = tr.date(standing.room.opened.astimezone().date().isoformat())
    about = [
        opened,
        tr.plural("{n} participant", "{n} participants", count),
        tr.plural("{n} proposal", "{n} proposals", len(standing.proposals)),
        tr("{n} of them accepted", n=tr.number(len(accepted))),
        tr("Scenario, not recorded facts."),
    ]
    whole = png([*record.hall.picture.shapes, *record.hall.added(standing)], record.hall.picture.frame)
    shown = [
        Slide(tr("What the tables propose"), _legend(record), _footing(record), _notes(record), picture=whole),
        *_tables(record, tr("What would change"), for_people(record.sheets["comparison"]), "comparison"),
        *_tables(record, tr("Accepted proposals"), _accepted(record), "proposals"),
        *_tables(record, tr("Dots by field"), _dots(record), "votes"),
        *_tables(record, tr("Decisions"), record.sheets["decisions"], "decisions"),
    ]
    return slides.deck(record.title, "\n".join(about), shown, slides.basis(record.hall.atlas, tr))


def _legend(record: Record) -> str:
    tr, standing = record.tr, record.standing
    accepted = standing.having(Status.ACCEPTED)
    tables = sorted({one.table for one in accepted})
    lines = [tr("Dashed: accepted proposals; the number is the table.")]
    for table in tables[:10]:
        count = sum(one.table == table for one in accepted)
        lines.append(tr("Table {n}: {count}", n=table, count=tr.number(count)))
    return "\n".join(lines)


def _footing(record: Record) -> tuple[str, ...]:
    return (" ".join((record.tr("Scenario, not recorded facts."), record.told.counts)), record.told.data)


def _notes(record: Record) -> str:
    return "\n".join(record.told.lines)


def _accepted(record: Record) -> Sheet:
    sheet = record.sheets["proposals"]
    numbers = [one.number for one in record.standing.having(Status.ACCEPTED)]
    rows = {row["number"]: row for row in sheet.rows}
    return replace(sheet, rows=[rows[number] for number in numbers])


def _dots(record: Record) -> Sheet:
    sheet = record.sheets["votes"]
    return replace(sheet, rows=[row for row in sheet.rows if str(row["id"]).startswith("field:")])


def _tables(record: Record, title: str, sheet: Sheet, name: str) -> Iterator[Slide]:
    """A table over as many slides as it needs, six at most; none where it is empty."""
    chosen = replace(sheet, columns=tuple(one for key in SHOWN[name] for one in sheet.columns if one.key == key))
    done, number = 0, 0
    total = len(chosen.rows)
    while done < total and number < MOST_SLIDES:
        left = replace(chosen, rows=chosen.rows[done:])
        width, height = slides.WIDTH - 2 * slides.MARGIN, slides.FOOT - slides.TOP
        part = fitted(left, lambda value, column: slides.shown(value, column, record.tr), width, height)
        number, first = number + 1, done
        done += part.rows
        span = record.tr(
            "{first}–{last} of {total}", first=record.tr.number(first + 1), last=record.tr.number(done),
            total=record.tr.number(total),
        )  # fmt: skip
        heading = title if total == part.rows else f"{title} ({span})"
        yield Slide(heading, "", _footing(record), _notes(record), table=part)
