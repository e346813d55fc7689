"""A region's tables as a workbook to fill in, and back: ``.xlsx``, ``.ods``, or a folder or archive of CSV files.

Cells come back as the text they hold; nothing is checked here beyond whether there is a table: what a cell may hold is
the data dictionary's business, and the region's own validation tells it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from ecosystem.dictionary import csv_tables, dictionary
from ecosystem.errors import SourceError
from ecosystem.sources import values
from ecosystem.sources.mapping import plain
from ecosystem.sources.safety import LIMITS, Limits, shown
from ecosystem.sources.sheets import sheets
from ecosystem.sources.template import HELP, LISTS, template

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ecosystem.dictionary import Table
    from ecosystem.sources.record import Reject
    from ecosystem.sources.sheets import Sheet

__all__ = ["Filled", "read", "template"]

_HEADER_WITHIN = 10


@dataclass(frozen=True, slots=True)
class Filled:
    """What a workbook holds.

    Attributes:
        tables: name of the table → its rows as text; the index is the row in the sheet, the header being row 1, the
            columns those of the sheet in its order, known ones by their names in the dictionary.
        rejects: rows that could not be made out.
        notes: sheets and columns passed over, odd encodings.
    """

    tables: Mapping[str, pd.DataFrame]
    rejects: tuple[Reject, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Taken:
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(path: Path, limits: Limits = LIMITS) -> Filled:
    """Read a filled workbook, or a folder of CSV files named as the tables are.

    Raises:
        SourceError: a file that is refused, one without any table of a region, or a table that stands there twice.
    """
    taken = _Taken()
    for file in _files(path):
        for sheet in sheets(file, limits):
            _take(sheet, _named(sheet), taken)
    if not taken.tables:
        names = ", ".join(table.name for table in csv_tables())
        cure = "Write one with “ecosystem template --to template.xlsx”."
        raise SourceError(shown(path.name), "", f"no sheet is called {names}", cure)
    return Filled(taken.tables, tuple(taken.rejects), tuple(dict.fromkeys(taken.notes)))


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.iterdir() if one.is_file() and one.suffix.lower() == ".csv")
    if not found:
        raise SourceError(shown(path.name), "", "no CSV file in the folder", "Name the files as the tables are.")
    return found


def _named(sheet: Sheet) -> str:
    """Name of the table a sheet is: the sheet's in a workbook, the file's without its ending else."""
    told = shown(sheet.part or sheet.file).lower()
    told = told.removesuffix(".gz").removesuffix(".csv").strip()
    return told if told in {table.name for table in csv_tables()} else ""


def _take(sheet: Sheet, name: str, taken: _Taken) -> None:
    if not name:
        if sheet.part not in {HELP, LISTS}:
            taken.notes.append(f"“{sheet.part or sheet.file}” was passed over: it is not called as a table is.")
        return
    if name in taken.tables:
        raise SourceError(sheet.file, sheet.part, f"the table {name} stands there twice", "Leave one of them out.")
    table = dictionary()[name]
    header, row = _header(sheet, table)
    known = {plain(column): column for column in table.header}
    names = [known.get(plain(one), one) for one in header]
    doubled = next((one for one in names if one and names.count(one) > 1), "")
    if doubled:
        raise SourceError(sheet.file, sheet.part, f"the column {doubled} stands there twice", "Leave one of them out.")
    records = {
        number: [values.text(cell) for cell in cells] for number, cells in sheet.rows(len(header), row) if number > row
    }
    frame = pd.DataFrame(list(records.values()), index=list(records), columns=names, dtype="str")
    taken.tables[name] = frame.loc[:, [one for one in names if one]]
    taken.rejects += sheet.rejects
    taken.notes += [note for note in sheet.notes if LISTS not in note]
    for one in names:
        if one and one not in table.header:
            taken.notes.append(f"{name}: the column “{one[:60]}” is not one of the table's.")


def _header(sheet: Sheet, table: Table) -> tuple[list[str], int]:
    """The header and its row: the first row that has a key of the table.

    Raises:
        SourceError: none has.
    """
    keys = {plain(name) for name in table.keys}
    rows = sheet.rows()
    for _, (number, cells) in zip(range(_HEADER_WITHIN), rows, strict=False):
        header = [values.line(cell) for cell in cells]
        if keys & {plain(one) for one in header}:
            while header and not header[-1]:
                header.pop()
            return header, number
    problem = f"no row of the first {_HEADER_WITHIN} has the column {table.keys[0]}"
    raise SourceError(sheet.file, sheet.part, problem, f"Put the header there: {', '.join(table.header)}.")
