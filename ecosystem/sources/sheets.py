"""Any table in any file as a stream of rows: sheets of a spreadsheet, CSV files, packed or in an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem.errors import SourceError
from ecosystem.sources.archives import Member, members
from ecosystem.sources.csvrows import Rows
from ecosystem.sources.safety import LIMITS, Limits
from ecosystem.sources.spreadsheet import Cell, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ecosystem.sources.record import Reject

_MOST_COLUMNS = 1_000
_NO_TABLES = (".json", ".xml", ".gexf", ".graphml", ".html", ".htm", ".pdf", ".md", ".doc", ".docx", ".rtf")


class Sheet:
    """One table of a file; its rows may be gone through several times."""

    def __init__(self, member: Member, limits: Limits, book: Workbook | None = None, name: str = "") -> None:
        self.file, self.part = member.file, name or member.part
        self._member, self._limits, self._book = member, limits, book
        self._csv = None if book else Rows(member)

    def rows(self, width: int | None = None, header: int = 0) -> Iterator[tuple[int, list[Cell]]]:
        """``(row number, cells)`` as a person sees them in the file; blank rows are passed over.

        Below the row ``header`` those of a CSV file that do not have ``width`` cells are rejected; a spreadsheet's
        always have.

        Raises:
            SourceError: more rows than are let in.
        """
        if self._csv:
            found: Iterator[tuple[int, list[Cell]]] = iter(self._csv.rows(width, header))  # type: ignore[arg-type]
        else:
            found = self._book.rows(self.part) if self._book else iter(())
        for count, (number, cells) in enumerate(found, start=1):
            if count > self._limits.rows:
                problem = f"more than {self._limits.rows:,} rows"
                raise SourceError(self.file, self.part, problem, "Leave out what the region does not need.")
            if len(cells) > _MOST_COLUMNS:
                problem = f"a row of {len(cells):,} columns; at most {_MOST_COLUMNS:,} are read"
                raise SourceError(self.file, self.part, problem, "Leave out what the region does not need.")
            yield number, cells if width is None else cells[:width]

    @property
    def rejects(self) -> list[Reject]:
        """Rows that could not be made out the last time through."""
        return self._csv.rejects if self._csv else []

    @property
    def notes(self) -> list[str]:
        """What was odd about the file, complete once its rows were gone through."""
        return self._csv.notes if self._csv else self._book.notes if self._book else []

    @property
    def named(self) -> bool:
        """Whether it is one of the sheets of a spreadsheet, which have names of their own."""
        return self._book is not None

    @property
    def decimal(self) -> str:
        """The decimal sign its numbers have where they do not tell: a file separated by semicolons has commas."""
        return "," if self._csv and self._csv.delimiter == ";" else ""


def sheets(path: Path, limits: Limits = LIMITS) -> Iterator[Sheet]:
    """Every table of a file, in its order.

    Raises:
        SourceError: whatever is found before parsing, or a file that is no table.
    """
    for member in members(path, limits):
        yield from of_member(member, limits)


def of_member(member: Member, limits: Limits = LIMITS) -> Iterator[Sheet]:
    """The tables of one file."""
    if member.workbook:
        book = Workbook(member, limits)
        for name in book.sheets:
            yield Sheet(member, limits, book, name)
        return
    start = member.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if member.name.lower().endswith(_NO_TABLES) or start == b"<":
        raise SourceError(member.file, member.part, "this is no table", "Give a CSV file, .xlsx or .ods.")
    yield Sheet(member, limits)
