"""Rows of a CSV file as a stream: delimiter found, broken quotes survived, every line accounted for.

Python's own reader does the work; it is as quick as pandas for this (see ``tests/benchmarks/RESULTS.md``), keeps one
row at a time, and knows where each one stands. A quote that is never closed would swallow the lines after it: a row
that spans lines and has the wrong number of cells is rejected by its first line, and the others are read again.
"""

from __future__ import annotations

import csv
from collections import Counter
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING

from ecosystem.errors import SourceError
from ecosystem.sources.record import Origin, Reject
from ecosystem.sources.texts import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.sources.archives import Member

DELIMITERS = ";,\t|"
_RECOVERIES = 500
"""Rows with unclosed quotes that are survived; each may cost a read of 128 KB."""
_WINDOW = 60


class Rows:
    """The rows of a CSV file; it may be gone through several times.

    ``rejects`` and ``notes`` are those of the last time through, complete at its end.
    """

    def __init__(self, member: Member, delimiter: str = "") -> None:
        self.member = member
        self.delimiter = delimiter or _delimiter(member)
        self.rejects: list[Reject] = []
        self.notes: list[str] = []

    def rows(self, width: int | None = None, header: int = 0) -> Iterator[tuple[int, list[str]]]:
        """``(row number, cells)``, the first row being 1; blank rows are passed over.

        Below the row ``header`` those that do not have ``width`` cells are rejected, unless only empty ones are more.
        """
        self.rejects = []
        taken: list[str] = []
        number = recovered = 0
        with closing(Lines(self.member)) as lines:
            self.notes = lines.notes
            rows = csv.reader(_recorded(lines, taken), delimiter=self.delimiter)
            while True:
                taken.clear()
                number += 1
                strict = width if number > header else None
                cells = self._next(rows, taken, strict)
                if cells is None and not taken:
                    return
                if cells is None:
                    recovered += 1
                    self._swallowed(number, taken[0], recovered)
                    lines.back(taken[1:])
                    rows = csv.reader(_recorded(lines, taken), delimiter=self.delimiter)
                elif any(map(str.strip, cells)) and (fitting := self._fitted(number, cells, strict)):
                    yield number, fitting

    def _next(self, rows: Iterator[list[str]], taken: list[str], width: int | None) -> list[str] | None:
        """The next row; None at the end (then no line was taken), or where a quote is not closed."""
        try:
            cells = next(rows, None)
        except csv.Error:
            return None
        if width is None or len(taken) < 2:
            return cells
        try:
            again = list(csv.reader(taken, delimiter=self.delimiter, strict=True))
        except csv.Error:
            return None
        return cells if len(again) == 1 and len(again[0]) >= width else None

    def _fitted(self, number: int, cells: list[str], width: int | None) -> list[str] | None:
        if width is None or len(cells) == width:
            return cells
        if len(cells) > width and not any(map(str.strip, cells[width:])):
            return cells[:width]
        reason = f"{len(cells)} cells where the header has {width}"
        cure = f"Put a cell that contains “{self.delimiter}”, a quote or a line break in double quotes."
        self._reject(number, self.delimiter.join(cells), reason, cure)
        return None

    def _swallowed(self, number: int, line: str, recovered: int) -> None:
        if recovered > _RECOVERIES:
            problem = f"more than {_RECOVERIES} rows with an unclosed quote"
            cure = f"Check that cells are separated by “{self.delimiter}” and quotes are doubled inside quotes."
            raise SourceError(self.member.file, self.member.part, problem, cure)
        cure = "Close every double quote, and double those inside a quoted cell."
        self._reject(number, line, "a quote that is not closed, or too few cells", cure)

    def _reject(self, number: int, value: str, reason: str, cure: str) -> None:
        origin = Origin(self.member.file, self.member.part, number)
        self.rejects.append(Reject(origin, "", value.strip()[:200], reason, cure))


def _recorded(lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _delimiter(member: Member) -> str:
    """The sign that splits most of the first lines into the same number of cells, more than one."""
    with closing(Lines(member)) as source:
        lines = list(islice(source, _WINDOW))
    best, score = ",", (0, 0)
    for sign in DELIMITERS:
        counts = Counter(len(row) for row in _parsed(lines, sign) if len(row) > 1)
        if counts:
            width, times = max(counts.items(), key=lambda one: (one[1], one[0]))
            best, score = max((best, score), (sign, (times, width)), key=lambda one: one[1])
    return best


def _parsed(lines: list[str], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return rows
    return rows
