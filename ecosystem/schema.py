"""What every cell of a table must be: a pandera schema made of the data dictionary, and its failures as faults.

The schema looks at plain text, before any conversion, so that every fault shows the cell as it was written.
Of a cell that fails several checks only the first failure is reported; a key that occurs twice is a fault of
its own.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ecosystem.cells import FALSE, TRUE, split
from ecosystem.cures import CONTROL, explain, items, nearest, unclean
from ecosystem.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import pandas as pd

    from ecosystem.cells import Reading
    from ecosystem.cures import Targets
    from ecosystem.dictionary import Column, Table
    from ecosystem.parsing import Sheet

    TextCheck = Callable[[pd.Series[str]], pd.Series[bool]]
    Failure = tuple[int, str, str]

_ID = re.compile(r"[^\s|,;\"]+")
_URL = re.compile(r"https?://[^\s/]+\S*")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def faults(sheet: Sheet, readings: Mapping[str, Reading], targets: Mapping[str, Targets]) -> list[Fault]:
    """Every fault of single cells, and every key that occurs twice, of one table.

    ``readings`` has its numeric columns; ``targets`` what the columns may refer to whose references can be
    checked. Columns the file does not have are no fault of every row.
    """
    table, frame = sheet.table, sheet.frame
    if frame is None:
        return []
    checks = _checks(table, frame, readings, targets)
    for name in sheet.absent:
        checks[name].pop("stated", None)
    failed = _failures(checks, frame)
    first: dict[tuple[int, str], str] = {}
    for row, name, check in failed:
        if check != "key":
            first.setdefault((row, name), check)
    found = _cell_faults(table, frame, first, targets)
    return found + _key_faults(table, frame, [row for row, _, check in failed if check == "key"])


def _failures(checks: Mapping[str, Mapping[str, TextCheck]], frame: pd.DataFrame) -> list[Failure]:
    """Spreadsheet row, column and check of everything that fails, by column in the order of its checks."""
    # pandera costs a third of a second, which a start from the cache should not pay
    import pandera.pandas as pa  # noqa: PLC0415

    columns = {
        name: pa.Column(checks=[pa.Check(check, error=code) for code, check in mine.items()])
        for name, mine in checks.items()
    }
    try:
        pa.DataFrameSchema(columns).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases.sort_values("check_number", kind="stable")
        return list(zip(cases["index"], cases["column"], cases["check"], strict=True))
    return []


def _checks(
    table: Table, frame: pd.DataFrame, readings: Mapping[str, Reading], targets: Mapping[str, Targets]
) -> dict[str, dict[str, TextCheck]]:
    checks: dict[str, dict[str, TextCheck]] = {name: {"clean": _each(_is_clean)} for name in frame.columns}
    for column in table.columns:
        checks[column.name] |= _column_checks(column, readings, targets)
    if table.keys:
        repeated = _repeated(table, frame)
        checks[table.keys[0]]["key"] = _not_in(repeated)
    return checks


def _column_checks(
    column: Column, readings: Mapping[str, Reading], targets: Mapping[str, Targets]
) -> dict[str, TextCheck]:
    checks: dict[str, TextCheck] = {}
    if column.stated:
        checks["stated"] = lambda texts: texts != ""
    if column.separator:
        checks["list"] = _each(_is_list)
    if column.numeric:
        checks["form"] = _not_in(readings[column.name].wrong)
        checks["range"] = _not_in(_out_of_range(column, readings[column.name]))
    elif column.type != "text":
        checks["form"] = _each(_form(column))
    if column.allowed:
        checks["allowed"] = _each(_belongs(column, frozenset(column.allowed)))
    if column.name in targets:
        checks["reference"] = _each(_belongs(column, targets[column.name].ids))
    return checks


def _each(is_right: Callable[[str], bool]) -> TextCheck:
    """A check of a column from one of a text; every different text is looked at once, blank ones pass."""

    def check(texts: pd.Series[str]) -> pd.Series[bool]:
        right: pd.Series[bool] = texts.isin([text for text in texts.unique() if not text or is_right(text)])
        return right

    return check


def _not_in(wrong: pd.Series[bool]) -> TextCheck:
    return lambda texts: ~wrong.loc[texts.index]


def _is_clean(text: str) -> bool:
    return CONTROL.search(text) is None


def _is_list(text: str) -> bool:
    found = split(text)
    return all(item == item.strip() != "" for item in found) and len(set(found)) == len(found)


def _form(column: Column) -> Callable[[str], bool]:
    one = {"id": _is_id, "url": _is_url, "date": _is_date, "boolean": _is_truth}[column.type]
    return lambda text: all(one(item) for item in items(column, text))


def _is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def _is_url(text: str) -> bool:
    return _URL.fullmatch(text) is not None


def _is_truth(text: str) -> bool:
    return text.lower() in TRUE | FALSE


def _is_date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if not found:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def _belongs(column: Column, ids: frozenset[str]) -> Callable[[str], bool]:
    return lambda text: ids.issuperset(items(column, text))


def _out_of_range(column: Column, reading: Reading) -> pd.Series[bool]:
    low = float("-inf") if column.minimum is None else column.minimum
    high = float("inf") if column.maximum is None else column.maximum
    return (reading.parsed < low) | (reading.parsed > high)


def _repeated(table: Table, frame: pd.DataFrame) -> pd.Series[bool]:
    """Rows whose key an earlier row has; a key with a blank cell that must be stated is no key."""
    must = [column.name for column in table.columns if column.key and column.stated]
    return frame.duplicated(list(table.keys)) & (frame[must] != "").all(axis=1)


def _cell_faults(
    table: Table, frame: pd.DataFrame, failed: Mapping[tuple[int, str], str], targets: Mapping[str, Targets]
) -> list[Fault]:
    near = _near(table, frame, failed, targets)
    cells = {name: frame[name].to_dict() for name in {name for _, name in failed}}
    found = []
    for (row, name), check in failed.items():
        value = str(cells[name][row])
        words = (
            unclean(value)
            if check == "clean"
            else explain(table.column(name), check, value, targets, near.get(name, {}))
        )
        found.append(Fault(table.file, row, name, value, *words))
    return found


def _near(
    table: Table, frame: pd.DataFrame, failed: Mapping[tuple[int, str], str], targets: Mapping[str, Targets]
) -> dict[str, dict[str, str]]:
    """By column: the nearest right value of the wrong ones."""
    near = {}
    for column in table.columns:
        rows = [
            row for (row, name), check in failed.items() if name == column.name and check in {"allowed", "reference"}
        ]
        if rows:
            right = frozenset(column.allowed) or targets[column.name].ids
            near[column.name] = nearest(_wrong(column, frame.loc[rows, column.name], right), right)
    return near


def _wrong(column: Column, texts: Iterable[str], right: frozenset[str]) -> list[str]:
    return [item for text in texts for item in items(column, text) if item not in right]


def _key_faults(table: Table, frame: pd.DataFrame, repeated: list[int]) -> list[Fault]:
    keys = frame[list(table.keys)]
    tuples = [tuple(key) for key in keys.to_numpy().tolist()]
    first = dict(zip(reversed(tuples), reversed(frame.index.tolist()), strict=True))
    name = " + ".join(table.keys)
    found = []
    for row in repeated:
        key = tuple(keys.loc[row])
        shown = " + ".join(part for part in key if part)
        cure = f"Row {first[key]} has the same {name}: remove one of them, or correct it."
        found.append(Fault(table.file, row, table.keys[0], shown, f"every {name} once", cure))
    return found
