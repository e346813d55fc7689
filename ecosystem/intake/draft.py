"""Tables while rows are added, changed and removed; :meth:`Draft.tables` makes valid tables of them.

Rows are cells by column: text as ``str``, numbers as ``int`` or ``float``, ``None`` for what is not stated.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from ecosystem import tables
from ecosystem.cells import join, split
from ecosystem.dictionary import csv_tables, dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ecosystem.tables import Tables

Cells = dict[str, Any]
Key = tuple[str, ...]
_CONTROL = re.compile("[\x00-\x1f\x7f]")


def clean(text: str) -> str:
    r"""Text as a cell holds it: one line, without control characters and blanks around.

    >>> clean(" two\n lines\x00")
    'two lines'
    """
    return " ".join(_CONTROL.sub(" ", text).split())


class Draft:
    """The tables of a region and what is to become different in them; the tables given are not touched."""

    def __init__(self, known: Tables) -> None:
        self.known = known
        self.added: dict[str, dict[Key, Cells]] = {table.name: {} for table in csv_tables()}
        self.changed: dict[str, dict[Key, Cells]] = {table.name: {} for table in csv_tables()}
        self.removed: dict[str, set[Key]] = {table.name: set() for table in csv_tables()}
        self.ties: dict[tuple[str, str, str], Key] | None = None
        """Ties by ends and relation, once somebody asked for them."""

    @cached_property
    def _rows(self) -> dict[str, dict[Key, int]]:
        return {table.name: _index(self.known.frame(table.name), table.keys) for table in csv_tables()}

    def has(self, table: str, *key: str) -> bool:
        """Whether a row with this key is there now."""
        return key in self.added[table] or (key in self._rows[table] and key not in self.removed[table])

    def is_new(self, table: str, *key: str) -> bool:
        """Whether the row was added here."""
        return key in self.added[table]

    def cell(self, table: str, key: Key, column: str) -> Any:
        """A cell as it is now; "" or NaN where nothing is stated."""
        if key in self.added[table]:
            return self.added[table][key].get(column, "")
        if column in self.changed[table].get(key, {}):
            return self.changed[table][key][column]
        return self.known.frame(table).at[self._rows[table][key], column]

    def add(self, table: str, cells: Mapping[str, Any]) -> Key:
        """Add a row; its key."""
        key = tuple(_text(cells.get(name)) for name in dictionary()[table].keys)
        self.added[table][key] = dict(cells)
        return key

    def change(self, table: str, key: Key, cells: Mapping[str, Any]) -> None:
        """Set cells of a row that is there; cells that say the same already are no change."""
        for column, value in cells.items():
            if _text(self.cell(table, key, column)) == _text(value):
                continue
            if key in self.added[table]:
                self.added[table][key][column] = value
            else:
                self.changed[table].setdefault(key, {})[column] = value

    def extend(self, table: str, key: Key, column: str, items: Iterable[str]) -> None:
        """Add items to a list cell, each once, behind those that are there."""
        held = split(str(self.cell(table, key, column)))
        self.change(table, key, {column: join(dict.fromkeys((*held, *items)))})

    def remove(self, table: str, key: Key) -> None:
        """Take a row away."""
        if self.added[table].pop(key, None) is None:
            self.removed[table].add(key)
            self.changed[table].pop(key, None)

    def keys(self, table: str) -> list[Key]:
        """The keys of all rows as they are now."""
        return [*(key for key in self._rows[table] if key not in self.removed[table]), *self.added[table]]

    def frames(self) -> dict[str, pd.DataFrame]:
        """Every table that differs, sorted by its key."""
        found = {}
        for table in csv_tables():
            name = table.name
            if self.added[name] or self.changed[name] or self.removed[name]:
                frame = self._frame(name)
                found[name] = frame.sort_values(list(table.keys), kind="stable", ignore_index=True)
        return found

    def _frame(self, name: str) -> pd.DataFrame:
        frame = self.known.frame(name).copy()
        rows = self._rows[name]
        columns: dict[str, dict[int, Any]] = {}
        for key, cells in self.changed[name].items():
            for column, value in cells.items():
                columns.setdefault(column, {})[rows[key]] = value
        for column, values in columns.items():
            dtype = frame[column].dtype
            frame.loc[list(values), column] = pd.Series(list(values.values()), index=list(values), dtype=dtype)
        if self.removed[name]:
            frame = frame.drop(index=[rows[key] for key in self.removed[name]])
        if self.added[name]:
            frame = pd.concat([frame, _typed(list(self.added[name].values()), frame)], ignore_index=True)
        return frame

    def tables(self) -> Tables:
        """Valid tables with everything drafted.

        Raises:
            TablesError: a row breaks a rule of the data dictionary; carries every fault.
        """
        found = self.frames()
        if not found:
            return self.known
        changed: dict[str, Any] = dict(found)
        content = tables.texts(replace(self.known, **changed))
        files = {name: text.encode() for name, text in content.items() if name in _files()}
        return tables.checked(files, self.known.region.region_id, talk=self.known.talk)


def _files() -> frozenset[str]:
    return frozenset(table.file for table in dictionary().values())


def _index(frame: pd.DataFrame, keys: tuple[str, ...]) -> dict[Key, int]:
    columns = [frame[name].astype("str").replace("<NA>", "").fillna("").tolist() for name in keys]
    return {key: row for row, key in enumerate(zip(*columns, strict=True))}


def _text(value: Any) -> str:
    """A value as a key or a comparison sees it."""
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _typed(rows: list[Cells], like: pd.DataFrame) -> pd.DataFrame:
    """Rows with the columns and types of a frame."""
    found = {}
    for column, dtype in like.dtypes.items():
        name = str(column)
        if dtype == "bool":
            values: list[Any] = [bool(row.get(name)) for row in rows]
        elif dtype == "Int64":
            values = [pd.NA if row.get(name) in {None, ""} else int(row[name]) for row in rows]
        elif dtype == "float64":
            values = [float("nan") if row.get(name) in {None, ""} else float(row[name]) for row in rows]
        else:
            values = [clean(str(row.get(name) or "")) for row in rows]
        found[name] = pd.Series(values, dtype=dtype)
    return pd.DataFrame(found)
