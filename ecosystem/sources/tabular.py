"""Rows of a mapped table as organisations, projects and who takes part in which.

A row names an organisation; where it names a project too, the organisation takes part in it. Rows with the same project
id, or the same consortium, are one project with several partners: its amounts are their sum where they differ, and the
one amount where all rows repeat it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ecosystem.sources import values
from ecosystem.sources.collect import key
from ecosystem.sources.mapping import plain
from ecosystem.sources.organisations import Organisations
from ecosystem.sources.record import Code, Origin, RawActor, RawParticipation, RawProject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecosystem.sources.collect import Collector
    from ecosystem.sources.layout import Layout
    from ecosystem.sources.projects import Projects
    from ecosystem.sources.spreadsheet import Cell

_TOTAL = re.compile(
    r"(gesamt|summe|gesamtsumme|zwischensumme|insgesamt|total|totals|sum|razem|suma)\s*:?", re.IGNORECASE
)
_SIGN = re.compile(r"[^\W_]")
_PROJECT_CODES = ("intervention", "fund", "objective", "cofinancing_rate")


class Rows(Organisations):
    """Turns the rows of one table into records; ``needed`` says that a row without a project is rejected."""

    def __init__(self, layout: Layout, collector: Collector, projects: Projects, *, needed: bool) -> None:
        super().__init__(layout.columns, layout.mapping, collector)
        self.layout, self.projects, self.needed = layout, projects, needed
        self.file, self.part = layout.sheet.file, layout.sheet.part

    def read(self) -> None:
        """Go through the table."""
        layout = self.layout
        for number, cells in layout.sheet.rows(len(layout.headers), layout.first_row - 1):
            if number >= layout.first_row:
                self.collector.step(self.file)
                self._row(Origin(self.file, self.part, number), cells)
        self.collector.rejected(layout.sheet.rejects)
        self.collector.note(*layout.sheet.notes)

    def _row(self, origin: Origin, cells: Sequence[Cell]) -> None:
        name = self.text(cells, "name")
        title = self.text(cells, "title") or self.text(cells, "consortium")
        problem = self._problem(cells, name, title)
        if problem:
            column, value, reason, cure = problem
            self.collector.reject(origin, column, value, reason, cure)
            return
        actor = self.actor(origin, cells, name, topics=not title)
        self.collector.actor(actor)
        if title:
            self._project(origin, cells, title, actor)
        self.collector.take()

    def _problem(self, cells: Sequence[Cell], name: str, title: str) -> tuple[str, str, str, str] | None:
        column = self.mapping.header("name")
        again = name == column and self._told(cells) == " ".join(filter(None, self.layout.headers))
        total = _TOTAL.fullmatch(name) or (not name and any(_TOTAL.fullmatch(values.line(cell)) for cell in cells))
        if again or total:
            reason = "the header once more" if again else "a total, not a row of data"
            return column, self._told(cells), reason, "Nothing is to be done."
        if not _SIGN.search(name) or name.lower() in values.NONE:
            return column, self._told(cells), "no name of an organisation", "Fill in the name, or leave the row out."
        if self.needed and not title:
            header = self.mapping.header("title")
            cure = "Fill it in; notes below a table are left out rightly."
            return header, self._told(cells), "no name of an operation", cure
        return None

    def _told(self, cells: Sequence[Cell]) -> str:
        return " ".join(filter(None, map(values.line, cells)))

    def _project(self, origin: Origin, cells: Sequence[Cell], title: str, actor: RawActor) -> None:
        consortium, given = self.text(cells, "consortium"), self.text(cells, "project_id")
        total, funding = (self.number(origin, cells, target) for target in ("total_eur", "funding_eur"))
        start, end = (self.date(origin, cells, target) for target in ("start", "end"))
        if start and end and end < start[: len(end)]:
            self.collector.blank(origin, self.mapping.header("end"), end, f"the end is before the start {start}")
            end = ""
        if consortium:
            raw_id, title = key("consortium", plain(consortium)), consortium
        else:
            alike = (title, actor.raw_id, start, end, f"{total} {funding}")
            raw_id = given or self.projects.unnamed(key("project", *alike))
        topics = self._topics(cells) + ((("funding_reference", given),) if consortium and given else ())
        project = RawProject(
            raw_id, title, origin, self.text(cells, "summary"), self.text(cells, "programme"),
            self.text(cells, "call"), start, end, total, funding, topics,
        )  # fmt: skip
        self.projects.add(project, share=bool(consortium))
        role = self.text(cells, "role")
        self.collector.participations.append(RawParticipation(raw_id, actor.raw_id, origin, role, funding))

    def _topics(self, cells: Sequence[Cell]) -> tuple[Code, ...]:
        codes = [(target, found) for target in _PROJECT_CODES if (found := self.text(cells, target))]
        return (*codes, *(("label", one) for one in self.items(cells, "topic")))
