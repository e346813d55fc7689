"""From the text of a cell to its value, and back.

Numbers may follow either convention, 1,234.56 or 1.234,56. A cell that fits both with different values
(“1.234”) is read as the other cells of its column are; where they do not tell, as the file is (a file
separated by semicolons comes from a spreadsheet with decimal commas), and the reading is reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecosystem.dictionary import Column

LIST_SEPARATOR = "|"
TRUE = frozenset({"true", "yes", "1", "wahr", "ja"})
FALSE = frozenset({"false", "no", "0", "falsch", "nein"})

_POINT = re.compile(r"[+-]?(?:(?P<whole>\d+)|(?P<group>[1-9]\d{0,2}(?:,\d{3})+))(?P<rest>\.\d+)?|[+-]?(?P<bare>\.\d+)")
_CURRENCY = re.compile(r"^(?:€|eur|euro)|(?:€|eur|euro)$", re.IGNORECASE)
_FILLERS = str.maketrans({" ": "", "\u00a0": "", "\u202f": "", "\u2009": "", "'": "", "’": "", "−": "-"})
_SWAP = str.maketrans(",.", ".,")
_LOOKS_GROUPED = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a column of text says in numbers; all three series share the index of the text.

    ``parsed`` is float64, NaN where the cell is blank or no number; ``wrong`` marks cells that are no
    number; ``ambiguous`` those whose marks could be read two ways and whose column did not tell which.
    """

    parsed: pd.Series[float]
    wrong: pd.Series[bool]
    ambiguous: pd.Series[bool]


def split(value: str) -> tuple[str, ...]:
    """The items of a list cell.

    >>> split("green|digital")
    ('green', 'digital')
    >>> split("")
    ()
    """
    return tuple(value.split(LIST_SEPARATOR)) if value else ()


def join(items: Iterable[str]) -> str:
    """The list cell of some items; the inverse of :func:`split`.

    >>> join(["green", "digital"])
    'green|digital'
    """
    return LIST_SEPARATOR.join(items)


def numbers(texts: pd.Series[str], column: Column, *, decimal_comma: bool) -> Reading:
    """Read a column of numbers in either convention, or in both where its cells tell them apart.

    >>> from ecosystem.dictionary import dictionary
    >>> money = dictionary()["participations"].column("funding_eur")
    >>> numbers(pd.Series(["1.234,56", "1.234", ""], dtype="str"), money, decimal_comma=False).parsed.tolist()
    [1234.56, 1234.0, nan]
    """
    found = {text: _readings(text, column) for text in texts.unique() if text}
    convention = _convention(found.values())
    undecided = {text for text, (point, comma) in found.items() if None not in (point, comma) and point != comma}
    use_comma = decimal_comma if convention is None else convention
    values = {text: _choose(pair, use_comma=use_comma) for text, pair in found.items()}
    parsed = texts.map({text: np.nan if value is None else value for text, value in values.items()}).astype("float64")
    ambiguous = texts.isin(undecided if convention is None else set())
    return Reading(parsed, parsed.isna() & (texts != ""), ambiguous)


def truths(texts: pd.Series[str]) -> pd.Series[bool]:
    """A column of yes and no; ``False`` where a cell says neither (validation reports it before)."""
    return texts.str.lower().isin(TRUE)


def number_texts(values: pd.Series[float], column: Column) -> pd.Series[str]:
    """Numbers as canonical text, blank where missing: a point, no grouping, every digit that matters.

    Money without cents is written without a fraction, other numbers always with one. A fraction of three
    digits could be a group of thousands; it gets a zero where no other cell of the column tells.

    >>> from ecosystem.dictionary import dictionary
    >>> number_texts(pd.Series([17243.0, 0.5]), dictionary()["participations"].column("funding_eur")).tolist()
    ['17243', '0.5']
    >>> area = dictionary()["places"].column("area_km2")
    >>> number_texts(pd.Series([48.0, 1.125]), area).tolist(), number_texts(pd.Series([1.125]), area).tolist()
    (['48.0', '1.125'], ['1.1250'])
    """
    trim: Literal["-", "0"] = "-" if column.type == "money" else "0"
    texts = ["" if np.isnan(value) else np.format_float_positional(value, trim=trim) for value in values]
    readings = [_readings(text, column) for text in texts if text]
    if _convention(readings) is None:
        texts = [text + "0" if _LOOKS_GROUPED.fullmatch(text) else text for text in texts]
    return pd.Series(texts, index=values.index, dtype="str")


def _readings(text: str, column: Column) -> tuple[float | None, float | None]:
    """What a cell means if the point is the decimal mark, and if the comma is; ``None`` where it cannot be."""
    if text.isascii() and text.isdigit():
        return float(text), float(text)
    plain = _CURRENCY.sub("", text.translate(_FILLERS))
    point, comma = _reading(plain), _reading(plain.translate(_SWAP))
    if column.type in {"integer", "year"}:
        point, comma = _whole(point, comma), _whole(comma, point)
    possible = [value for value in (point, comma) if value is not None and _within(value, column)]
    if len(possible) == 1 and point is not None and comma is not None:
        return (point, None) if possible[0] == point else (None, comma)
    return point, comma


def _reading(text: str) -> float | None:
    if not _POINT.fullmatch(text):
        return None
    return float(text.replace(",", ""))


def _whole(value: float | None, other: float | None) -> float | None:
    """A count is never a fraction, and “1.000” persons are a thousand."""
    if value is None or not value.is_integer():
        return None
    return value if other is None or value >= other else None


def _within(value: float, column: Column) -> bool:
    low = -np.inf if column.minimum is None else column.minimum
    high = np.inf if column.maximum is None else column.maximum
    return bool(low <= value <= high)


def _convention(pairs: Iterable[tuple[float | None, float | None]]) -> bool | None:
    """Whether the cells of a column use a decimal comma; ``None`` where none tells or they disagree."""
    told = {point is None for point, comma in pairs if (point is None) != (comma is None)}
    return told.pop() if len(told) == 1 else None


def _choose(pair: tuple[float | None, float | None], *, use_comma: bool) -> float | None:
    point, comma = pair
    preferred, other = (comma, point) if use_comma else (point, comma)
    return other if preferred is None else preferred
