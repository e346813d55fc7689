"""Small turns that give all tables of findings the same columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def named(table: pd.DataFrame, **names: Mapping[str, str]) -> pd.DataFrame:
    """The table with a column ``<column>_name`` behind each column of ids.

    >>> named(pd.DataFrame({"place": ["C1"], "n": [3]}), place={"C1": "Ahausen"}).values.tolist()
    [['C1', 'Ahausen', 3]]
    """
    shown = table.copy()
    for column, called in names.items():
        texts = np.array([called[key] for key in shown[column]], dtype=object)
        shown.insert(int(np.flatnonzero(shown.columns == column)[0]) + 1, f"{column}_name", texts)
    return shown


def keyed(table: pd.DataFrame, key: str) -> pd.DataFrame:
    """The table with its row labels as a first column."""
    shown: pd.DataFrame = table.rename_axis(index=None, columns=None).reset_index(names=key)
    return shown


def panel(values: Mapping[str, float], reasons: Mapping[str, str], **constant: str) -> pd.DataFrame:
    """Indices side by side as rows: the constants, ``index``, ``value``, ``reason``.

    >>> panel({"p": 0.5, "freeman": float("nan")}, {"freeman": "too few cities"}, layer="direct").values.tolist()
    [['direct', 'p', 0.5, ''], ['direct', 'freeman', nan, 'too few cities']]
    """
    rows = [(*constant.values(), str(name), float(value), reasons.get(name, "")) for name, value in values.items()]
    return pd.DataFrame(rows, columns=[*constant, "index", "value", "reason"])


def stacked(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Tables of the same columns as one; the columns of the first where none has a row."""
    found = list(tables)
    filled = [table for table in found if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else found[0].reset_index(drop=True)


def selected(table: pd.DataFrame, field: str | None, *columns: str) -> pd.DataFrame:
    """The rows that name the field in one of the columns; all of them without a field."""
    if field is None:
        return table
    return table[(table[list(columns)] == field).any(axis=1)].reset_index(drop=True)


def joined(first: np.ndarray | pd.Series, second: np.ndarray | pd.Series) -> np.ndarray:
    """Two columns of reasons as one.

    >>> joined(np.array(["empty place", ""]), np.array(["too few actors", ""])).tolist()
    ['empty place; too few actors', '']
    """
    return np.array(["; ".join(filter(None, pair)) for pair in zip(first, second, strict=True)], dtype=object)
