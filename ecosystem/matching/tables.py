"""Tables of rules as files: read from ``data/rules/`` or a region's folder, checked with file, row and cure."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ecosystem.errors import Fault, RulesError
from ecosystem.regions import shipped_data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a rules table: its file, its row as a spreadsheet counts, and its cells by column."""

    file: str
    row: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The trimmed cell of a column."""
        return self.cells[column]

    def wrong(self, column: str, expected: str, cure: str) -> RulesError:
        """The error that names this cell."""
        return RulesError(Fault(self.file, self.row, column, self[column], expected, cure).sentence())

    def pattern(self, column: str) -> re.Pattern[str]:
        """The regular expression in a cell, compiled without regard to case."""
        try:
            return re.compile(self[column], re.IGNORECASE)
        except re.error as error:
            raise self.wrong(column, "a regular expression", f"It cannot be understood: {error}.") from error

    def number(self, column: str, low: float, high: float) -> float:
        """The number in a cell, between two bounds."""
        try:
            found = float(self[column])
        except ValueError:
            found = float("nan")
        if not low <= found <= high:
            raise self.wrong(column, f"a number from {low:g} to {high:g}", "Write it with a decimal point.")
        return found

    def one_of(self, column: str, allowed: Sequence[str]) -> str:
        """The word in a cell, one of those allowed."""
        if self[column] not in allowed:
            raise self.wrong(column, "one of " + ", ".join(allowed), "Correct the word.")
        return self[column]


def lines(path: Path, columns: Sequence[str]) -> tuple[Line, ...]:
    """The lines of a CSV file of rules (UTF-8, comma or semicolon); blank lines are skipped.

    Raises:
        RulesError: the file is missing or no UTF-8, a column is missing, a line has too many cells.
    """
    if not path.is_file():
        raise RulesError(f"There is no file {path.name} in {path.parent}. Restore it from the package's data.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RulesError(
            Fault(path.name, None, "", "", "text in UTF-8", "Save the file in UTF-8.").sentence()
        ) from error
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(text.splitlines(), delimiter=";" if head.count(";") > head.count(",") else ",")
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        cure = f"Its first line needs the columns {', '.join(columns)}."
        raise RulesError(Fault(path.name, 1, missing[0], "", "this column", cure).sentence())
    return tuple(_lines(path.name, reader, columns))


def _lines(file: str, reader: csv.DictReader[str], columns: Sequence[str]) -> list[Line]:
    found = []
    for cells in reader:
        if None in cells:
            cure = "Put a cell that holds the separator into quotation marks."
            raise RulesError(Fault(file, reader.line_num, "", "", "no more cells than columns", cure).sentence())
        line = {column: (cells[column] or "").strip() for column in columns}
        if any(line.values()):
            found.append(Line(file, reader.line_num, line))
    return found


@cache
def shipped(name: str, *columns: str) -> tuple[Line, ...]:
    """The lines of a table in ``data/rules/``."""
    return lines(shipped_data() / "rules" / name, columns)
