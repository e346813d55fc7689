"""What differs between two states of a region's tables, row by row and cell by cell; computed, not remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ecosystem.dictionary import csv_tables

if TYPE_CHECKING:
    from ecosystem.dictionary import Table
    from ecosystem.tables import Tables


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that says something else than before."""

    key: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, eq=False)
class Change:
    """What is different in one table.

    Attributes:
        table: its name in the data dictionary.
        added: the new rows, as text.
        removed: the rows that are gone, as text.
        cells: cells of other rows that differ.
    """

    table: str
    added: pd.DataFrame
    removed: pd.DataFrame
    cells: tuple[Cell, ...]

    @property
    def changed_rows(self) -> int:
        """Number of rows with a cell that differs."""
        return len({one.key for one in self.cells})


def between(before: Tables, after: Tables) -> tuple[Change, ...]:
    """The tables that differ, in the dictionary's order.

    >>> from ecosystem.regions import locate
    >>> from ecosystem.tables import read
    >>> toy = read(locate("toy"))
    >>> between(toy, toy)
    ()
    """
    found = (_change(table, before.frame(table.name), after.frame(table.name)) for table in csv_tables())
    return tuple(one for one in found if one is not None)


def _change(table: Table, before: pd.DataFrame, after: pd.DataFrame) -> Change | None:
    if before is after or before.equals(after):
        return None
    old, new = _keyed(before, table), _keyed(after, table)
    both = old.index.intersection(new.index)
    columns = [name for name in new.columns if name in old.columns]
    left, right = old.loc[both, columns], new.loc[both, columns]
    differs = left.ne(right)
    cells = tuple(
        Cell(str(key), str(column), str(left.at[key, column]), str(right.at[key, column]))
        for key in both[differs.any(axis=1)]
        for column in differs.columns[differs.loc[key]]
    )
    added, removed = new.loc[new.index.difference(old.index)], old.loc[old.index.difference(new.index)]
    if added.empty and removed.empty and not cells:
        return None
    return Change(table.name, added.reset_index(drop=True), removed.reset_index(drop=True), cells)


def _keyed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The frame as text, by its key in one text."""
    texts = frame.astype("object").map(_text)
    key = texts[table.keys[0]]
    for name in table.keys[1:]:
        key = key + " | " + texts[name]
    return texts.set_index(pd.Index(key.tolist(), dtype="object"))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).lower() if isinstance(value, bool) else str(value)
