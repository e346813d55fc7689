"""A region folder as it was found: every file read once, nothing judged but its form."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem import description, journal, outlines, parsing
from ecosystem.cells import Reading, numbers
from ecosystem.dictionary import csv_tables, dictionary
from ecosystem.errors import Fault, RegionError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from ecosystem.model import Region
    from ecosystem.outlines import Outlines
    from ecosystem.parsing import Sheet


@dataclass(frozen=True, slots=True)
class Contents:
    """What the files of a folder say; ``None`` stands for what could not be read or is not there.

    ``readings`` has, for every table that could be read, its numeric columns.
    """

    region: Region | None
    sheets: Mapping[str, Sheet]
    outlines: Mapping[str, Outlines | None]
    readings: Mapping[str, Mapping[str, Reading]]

    def frame(self, table: str) -> pd.DataFrame | None:
        """The text of a CSV table, indexed by spreadsheet row."""
        return self.sheets[table].frame


def files(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of the folder that the dictionary knows, by name, in order of the names.

    Raises:
        RegionError: there is no such folder.
    """
    if not folder.is_dir():
        raise RegionError(f"There is no folder {folder}. Give the folder that holds a region's tables.")
    # in the order of the names; what else lies in the folder (imports, decisions, notes) is not the tables' business
    found = {name: journal.current(folder, name) for name in sorted(table.file for table in dictionary().values())}
    return {name: data for name, data in found.items() if data is not None}


def digest(content: Mapping[str, bytes]) -> str:
    """SHA-256 over names, lengths and bytes of files, in order of their names, as 64 hexadecimal digits.

    >>> digest({"a": b"1"}) == digest({"a": b"1"}), digest({"a": b"1"}) == digest({"b": b"1"})
    (True, False)
    """
    total = hashlib.sha256()
    for name, data in sorted(content.items()):
        total.update(f"{name}\0{len(data)}\0".encode())
        total.update(data)
    return total.hexdigest()


def gather(content: Mapping[str, bytes]) -> tuple[Contents, tuple[Fault, ...]]:
    """Read every file; the faults are those of form and of files that are missing."""
    faults = [
        Fault(table.file, None, "", "", "this file", f"Add it: {table.description.en}. See data/README.md.")
        for table in dictionary().values()
        if table.required and table.file not in content
    ]
    region, sheets, found = None, {}, {}
    for table in dictionary().values():
        data = content.get(table.file)
        if table.format == "csv":
            sheets[table.name], more = (
                (parsing.Sheet(table, None, there=False), ()) if data is None else parsing.parse(table, data)
            )
        elif table.format == "geojson":
            found[table.name], more = (None, ()) if data is None else outlines.parse(table, data)
        else:
            region, more = (None, ()) if data is None else description.parse(data)
        faults += more
    return Contents(region, sheets, found, _readings(sheets)), tuple(faults)


def _readings(sheets: Mapping[str, Sheet]) -> dict[str, dict[str, Reading]]:
    return {
        table.name: {
            column.name: numbers(frame[column.name], column, decimal_comma=sheets[table.name].decimal_comma)
            for column in table.columns
            if column.numeric
        }
        for table in csv_tables()
        if (frame := sheets[table.name].frame) is not None
    }
