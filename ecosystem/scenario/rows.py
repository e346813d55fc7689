"""One row of a table, checked as validation checks a file: by the data dictionary and against the other tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ecosystem import schema
from ecosystem.cells import numbers
from ecosystem.cures import Targets
from ecosystem.dictionary import REGION_FIELDS, dictionary
from ecosystem.parsing import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ecosystem.dictionary import Table
    from ecosystem.errors import Fault
    from ecosystem.tables import Tables

ROW = 2


def faults(tables: Tables, table: Table, cells: Mapping[str, str]) -> list[Fault]:
    """What validation would say about a row with these cells; columns that are not named are blank."""
    frame = pd.DataFrame({name: [cells.get(name, "")] for name in table.header}, index=[ROW], dtype="str")
    readings = {one.name: numbers(frame[one.name], one, decimal_comma=False) for one in table.columns if one.numeric}
    # a row of a scenario has a key that is looked up, not one that could stand twice in a frame of one row
    return schema.faults(Sheet(table, frame, there=True), readings, _targets(tables, table))


def _targets(tables: Tables, table: Table) -> dict[str, Targets]:
    found = {}
    for column in table.columns:
        if column.foreign_key == REGION_FIELDS:
            found[column.name] = Targets(frozenset(tables.region.field_ids), "region.toml")
        elif column.foreign_key:
            other, _, name = column.foreign_key.partition(".")
            ids = frozenset(tables.frame(other)[name]) - {""}
            found[column.name] = Targets(ids, dictionary()[other].file)
    return found


def typed(table: Table, cells: Mapping[str, str], columns: pd.Index) -> dict[str, Any]:
    """The cells as the values of a frame with these columns."""
    row: dict[str, Any] = {str(name): cells.get(str(name), "") for name in columns}
    for column in table.columns:
        text = row[column.name]
        if column.numeric:
            value = numbers(pd.Series([text], dtype="str"), column, decimal_comma=False).parsed.iloc[0]
            row[column.name] = (pd.NA if pd.isna(value) else int(value)) if column.dtype == "Int64" else float(value)
    return row


def key_of(table: Table, cells: Mapping[str, str]) -> str:
    """The key of a row as one text."""
    return "|".join(cells.get(name, "") for name in table.keys)


def keys(frame: pd.DataFrame, table: Table) -> pd.Series:
    """The key of every row of a frame as one text."""
    parts = [frame[name].astype("str").fillna("") for name in table.keys]
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + "|" + part
    return joined


def cells_of(frame: pd.DataFrame, row: int, table: Table) -> dict[str, str]:
    """A row's cells as they would stand in a file."""
    found = {}
    for column in table.columns:
        value: Any = frame.at[row, column.name]
        if pd.isna(value):
            found[column.name] = ""
        elif column.numeric:
            found[column.name] = f"{value:.10g}" if float(value) != int(value) else str(int(value))
        else:
            found[column.name] = str(value)
    return found
