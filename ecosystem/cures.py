"""What was expected of a cell, and what to do about it: the words of a fault for every check of the schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ecosystem.cells import split

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from ecosystem.dictionary import Column

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_MOST_LOOKUPS, _MOST_IDS, _FEW_IDS = 50, 5000, 12
_FORMS = {
    "id": ("an id without blanks, commas, semicolons or quotes", "Shorten it to letters, digits and hyphens."),
    "url": ("an address", "Write it in full, starting with https://."),
    "date": ("a date as YYYY, YYYY-MM or YYYY-MM-DD", "Write 31 December 2022 as 2022-12-31."),
    "boolean": ("true or false", "Write true or false."),
    "integer": ("a whole number", "Write digits only; leave the cell blank where the number is not known."),
    "year": ("a year", "Write four digits; leave the cell blank where the year is not known."),
    "number": ("a number", "Write digits and one decimal mark; leave the cell blank where it is not known."),
    "money": ("an amount", "Write digits and one decimal mark; leave the cell blank where it is not stated."),
}


@dataclass(frozen=True, slots=True)
class Targets:
    """The ids a column may refer to, and the file they stand in."""

    ids: frozenset[str]
    file: str


def explain(
    column: Column, check: str, value: str, targets: Mapping[str, Targets], near: Mapping[str, str]
) -> tuple[str, str]:
    """What was expected and how to cure it, for a cell that failed a check.

    ``near`` has the nearest right value of wrong ones, see :func:`nearest`.
    """
    if check == "stated":
        return "a value", f"Fill it in: {column.description.en}."
    if check == "list":
        return f"items separated by “{column.separator}”", "Remove blank and repeated items, and blanks around items."
    if check == "form":
        return _FORMS[column.type]
    if check == "range":
        return _bounds(column), "Check the number, its decimal mark and its sign."
    right = column.allowed if check == "allowed" else targets[column.name].ids
    wrong = next(item for item in items(column, value) if item not in right)
    if check == "allowed":
        hint = near.get(wrong)
        return f"one of {', '.join(right)}", f"Did you mean “{hint}”?" if hint else "Use one of these values."
    return _reference(wrong, targets[column.name], near.get(wrong, ""))


def unclean(value: str) -> tuple[str, str]:
    """The same for a cell with control characters."""
    signs = ", ".join(f"U+{ord(sign):04X}" for sign in sorted(set(CONTROL.findall(value))))
    return "text without control characters", f"Remove {signs}."


def items(column: Column, value: str) -> tuple[str, ...]:
    """What a cell names: its items in a list column, else itself."""
    return split(value) if column.separator else (value,)


def nearest(wrong: Iterable[str], right: Collection[str]) -> dict[str, str]:
    """The right value most like each wrong one, where there is one.

    Only some are looked up: where very many are wrong the cause is another than a slip of the pen.

    >>> nearest(["scence", "5113000"], ["science", "politics", "05113000"])
    {'scence': 'science', '5113000': '05113000'}
    """
    found = {}
    for item in list(dict.fromkeys(wrong))[:_MOST_LOOKUPS]:
        pool = [one for one in right if len(right) <= _MOST_IDS or one[:3] == item[:3]]
        match = get_close_matches(item, sorted(pool), 1) if len(pool) <= _MOST_IDS else []
        if "0" + item in right:
            found[item] = "0" + item
        elif match:
            found[item] = match[0]
    return found


def _reference(wrong: str, target: Targets, hint: str) -> tuple[str, str]:
    expected = f"an id of {target.file}"
    if hint == "0" + wrong:
        return expected, f"“{wrong}” lost its leading zero: write {hint}, and format the column as text."
    few = f" ({', '.join(sorted(target.ids))})" if len(target.ids) <= _FEW_IDS else ""
    cure = f"Did you mean “{hint}”?" if hint else f"Add it to {target.file}, or correct it."
    return expected + few, f"“{wrong}” is not there. {cure}"


def _bounds(column: Column) -> str:
    unit = "" if column.unit == "year" else f" {column.unit}".rstrip()
    low = None if column.minimum is None else f"{column.minimum:.0f}"
    high = None if column.maximum is None else f"{column.maximum:.0f}"
    if low and high:
        return f"between {low} and {high}{unit}"
    return f"at least {low}{unit}" if low else f"at most {high}{unit}"
