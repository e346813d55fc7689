"""From the bytes of a CSV file to a frame of plain text, whatever spreadsheet it came from.

Text stays text here: nothing is guessed, so that keys keep their leading zeros. Rows are numbered as a
spreadsheet shows them (the header is row 1), also behind quoted line breaks and blank lines.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

import pandas as pd

from ecosystem.errors import Fault, Severity

if TYPE_CHECKING:
    from ecosystem.dictionary import Table

_UNDECODED = re.compile("[\udc80-\udcff]")
_DECODED_TWICE = re.compile("Ã[\u0080-\u00bf]|â€")
_OTHER_FORMATS = {b"\xff\xfe": "UTF-16 text", b"\xfe\xff": "UTF-16 text", b"PK\x03\x04": "an Excel workbook"}
_ENCODINGS = (
    (_UNDECODED, "text in UTF-8", Severity.ERROR),
    (_DECODED_TWICE, "text that was decoded once", Severity.WARNING),
)
_SAVE_AS_UTF8 = "Save the table as “CSV UTF-8” and check its umlauts."


@dataclass(frozen=True, slots=True)
class Sheet:
    """One CSV file as text.

    ``frame`` holds the rows that have a cell for every column, indexed by spreadsheet row, its columns the
    dictionary's in their order and then unknown ones; ``None`` where the file could not be read or is not
    there. ``loose`` are the cells of all other rows, so that what they define does not count as missing.
    ``absent`` names the dictionary's columns the file does not have.
    """

    table: Table
    frame: pd.DataFrame | None
    there: bool
    decimal_comma: bool = False
    loose: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Records:
    """Rows by spreadsheet row, and those with too few or too many cells."""

    rows: dict[int, list[str]] = field(default_factory=dict)
    ragged: dict[int, list[str]] = field(default_factory=dict)


def parse(table: Table, content: bytes) -> tuple[Sheet, tuple[Fault, ...]]:
    """Read one CSV file: UTF-8 with or without a byte order mark, separated by commas or semicolons.

    Every fault of form is reported: undecodable bytes, unclosed quotes, rows with too many or too few
    cells, columns that are missing, doubled or unknown.
    """
    for magic, name in _OTHER_FORMATS.items():
        if content.startswith(magic):
            fault = Fault(table.file, None, "", name, "a CSV file in UTF-8", "Save the table as “CSV UTF-8”.")
            return Sheet(table, None, there=True), (fault,)
    text = content.decode("utf-8-sig", errors="surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    text = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    separator = _separator(text)
    lines: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            lines.append(line)  # noqa: PERF402 - the rows read before an error tell where it is
    except csv.Error as error:
        cure = "Close every double quote, and double those inside a quoted cell; the rest was not read."
        fault = Fault(table.file, len(lines) + 1, "", str(error), "readable CSV", cure)
        return Sheet(table, None, there=True), (fault,)
    encoding = _encoding_faults(table, text, lines)
    if _UNDECODED.search(text):
        lines = [[_UNDECODED.sub("�", cell) for cell in line] for line in lines]
    sheet, faults = _sheet(table, lines, separator)
    return sheet, (*encoding, *faults)


def _sheet(table: Table, lines: list[list[str]], separator: str) -> tuple[Sheet, tuple[Fault, ...]]:
    names = _trimmed([cell.strip() for cell in lines[0]], 0) if lines else []
    header = _header_faults(table, names)
    records = _records(lines, len(names))
    ragged = tuple(_ragged(table, row, cells, len(names), separator) for row, cells in records.ragged.items())
    frame = pd.DataFrame(list(records.rows.values()), index=list(records.rows), columns=names, dtype="str")
    frame = frame.loc[:, [name and not again for name, again in zip(names, frame.columns.duplicated(), strict=True)]]
    absent = frozenset(table.header) - set(names)
    frame = frame.assign(**dict.fromkeys(absent, ""))
    frame = frame[[*table.header, *(name for name in frame.columns if name not in table.header)]].astype("str")
    loose = frozenset(cell for cells in records.ragged.values() for cell in cells)
    return Sheet(table, frame, True, separator == ";", loose, absent), (*header, *ragged)


def _separator(text: str) -> str:
    header = text.partition("\n")[0]
    return ";" if header.count(";") > header.count(",") else ","


def _records(lines: list[list[str]], width: int) -> _Records:
    """Rows that hold nothing are passed over, as are empty cells below empty cells at the header's end."""
    records = _Records()
    for row, line in enumerate(islice(lines, 1, None), start=2):
        cells = [cell.strip() for cell in line]
        if len(cells) <= len(lines[0]):
            cells = _trimmed(cells, width)
        if any(cells):
            (records.rows if len(cells) == width else records.ragged)[row] = cells
    return records


def _trimmed(cells: list[str], width: int) -> list[str]:
    """Without the empty cells at the end, as far as there are more than ``width``."""
    last = max((place for place, cell in enumerate(cells, start=1) if cell), default=0)
    return cells[: max(last, width)]


def _ragged(table: Table, row: int, cells: list[str], width: int, separator: str) -> Fault:
    more = f"Put a cell that contains “{separator}” or a line break in double quotes."
    fewer = "Fill in the missing cells (blank cells need their separator too)."
    return Fault(
        table.file, row, "", f"{len(cells)} cells", f"{width} cells, as many as the header has",
        more if len(cells) > width else fewer,
    )  # fmt: skip


def _header_faults(table: Table, names: list[str]) -> list[Fault]:
    faults = []
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    faults += [
        Fault(table.file, 1, name, "", "every column once", "Rename or remove the second one.") for name in doubled
    ]
    unknown = sorted({name for name in names if name and name not in table.header})
    for name in (column.name for column in table.columns if column.present and column.name not in names):
        near = get_close_matches(name, unknown, 1, 0.6)
        cure = f"Rename “{near[0]}” to “{name}”." if near else f"Add it; the columns are {', '.join(table.header)}."
        faults.append(Fault(table.file, 1, name, "", "this column in the header", cure))
    if "" in names:
        faults.append(Fault(table.file, 1, "", "a blank name", "a name for every column", "Name or remove the column."))
    return faults + [_unknown(table, name) for name in unknown]


def _unknown(table: Table, name: str) -> Fault:
    near = get_close_matches(name, table.header, 1, 0.75)
    cure = f"Did you mean “{near[0]}”?" if near else "It is kept and not used; remove it if it is a mistake."
    return Fault(table.file, 1, name, "", f"one of {', '.join(table.header)}", cure, Severity.WARNING)


def _encoding_faults(table: Table, text: str, lines: list[list[str]]) -> list[Fault]:
    """One fault per file for each way of being wrongly encoded: the cause is the file's, not the cell's."""
    faults = []
    for pattern, expected, severity in _ENCODINGS:
        if not pattern.search(text):
            continue
        cells = [
            (row, place, cell)
            for row, line in enumerate(lines, start=1)
            for place, cell in enumerate(line)
            if not cell.isascii() and pattern.search(cell)
        ]
        row, place, cell = cells[0]
        shown = _UNDECODED.sub("�", cell)
        column = lines[0][place] if place < len(lines[0]) else ""
        more = f" {len(cells) - 1} more cells have the same fault." if len(cells) > 1 else ""
        faults.append(Fault(table.file, row, column, shown, expected, _SAVE_AS_UTF8 + more, severity))
    return faults
