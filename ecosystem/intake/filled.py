"""A plan from a filled workbook: its rows merged into the region's tables by their keys.

A row whose key the region has changes it, cell by cell; a blank cell says nothing and leaves what is there. A row with
a new key is added. Rows that break a rule are rejected with the fault validation finds, and with them the rows that
refer to them; all others are taken. Nothing is half loaded: what results passes the same checks as any region.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from ecosystem import contents, tables, validation
from ecosystem.dictionary import csv_tables, dictionary
from ecosystem.errors import Severity, TablesError
from ecosystem.intake.decisions import Decisions
from ecosystem.intake.planning import Plan
from ecosystem.intake.record import Fate, Left, Tally
from ecosystem.sources import provenance, workbook
from ecosystem.sources.record import Origin

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from ecosystem.dictionary import Table
    from ecosystem.errors import Fault
    from ecosystem.sources.record import Reject
    from ecosystem.tables import Tables

Key = tuple[str, ...]
_ROUNDS = 25


def plan(
    known: Tables,
    sheets: Mapping[str, pd.DataFrame],
    *,
    file: str,
    checksum: str = "",
    rejects: Iterable[Reject] = (),
    notes: tuple[str, ...] = (),
    decisions: Decisions | None = None,
) -> Plan:
    """What taking in a filled workbook would do.

    Args:
        known: the region's tables; not changed.
        sheets: raw tables by name, text, indexed by the row of the sheet; other names are rejected as a whole.
        file: name of the workbook.
        checksum: ``sha256:…`` of it.
        rejects: rows its reader could not take.
        notes: what its reader had to say.
        decisions: what people decided; kept with the plan, a workbook says itself what it means.

    Raises:
        TablesError: the region is at fault, not the workbook.
    """
    names = [table.name for table in csv_tables() if table.name in sheets]
    rows = {name: _rows(dictionary()[name], sheets[name], known.frame(name).columns) for name in names}
    left = [Left(one.origin, "rows", Fate.REJECTED, one.column, one.value, one.reason, one.cure) for one in rejects]
    repeated = {name: _repeated(dictionary()[name], sheets[name], file) for name in names}
    left += [one for found in repeated.values() for one in found]
    merged, bad = _settled(known, rows, file)
    left += bad
    lost = {(one.origin.part, one.origin.row) for one in bad}
    fates = {
        name: [_fate(known, name, key, at, lost) for key, (at, _) in rows[name].items()]
        + [Fate.REJECTED] * len(repeated[name])
        for name in names
    }
    order = sorted(left, key=lambda one: (one.origin.part, one.origin.row or 0))
    files = ((file, checksum),)
    return Plan(
        "workbook", known, merged, Tally.of(fates), tuple(order), (), notes, "", files, decisions or Decisions()
    )


def of_file(known: Tables, path: Path, decisions: Decisions | None = None) -> Plan:
    """What taking in a workbook, or a folder of CSV files, would do.

    Raises:
        SourceError: the workbook is refused or holds no table of a region.
        TablesError: the region is at fault, not the workbook.
    """
    found = workbook.read(path)
    checksum = f"sha256:{provenance.digest(path)}" if path.is_file() else ""
    return plan(
        known, found.tables, file=path.name, checksum=checksum, rejects=found.rejects, notes=found.notes,
        decisions=decisions,
    )  # fmt: skip


Rows = dict[Key, tuple[int, dict[str, str]]]


def _rows(table: Table, sheet: pd.DataFrame, columns: Collection[str]) -> Rows:
    """Rows by their key, with the row of the sheet; of several with the same key the first."""
    found: Rows = {}
    for at, cells in zip(sheet.index.tolist(), sheet.astype("str").to_dict("records"), strict=True):
        told = {str(name): cell.strip() for name, cell in cells.items() if name in columns}
        if any(told.values()):
            found.setdefault(tuple(told.get(name, "") for name in table.keys), (int(at), told))
    return found


def _repeated(table: Table, sheet: pd.DataFrame, file: str) -> list[Left]:
    seen: dict[Key, int] = {}
    found = []
    for at, cells in zip(sheet.index.tolist(), sheet.astype("str").to_dict("records"), strict=True):
        key = tuple(str(cells.get(name, "")).strip() for name in table.keys)
        if not any(str(cell).strip() for cell in cells.values()):
            continue
        if key in seen:
            cure = f"Row {seen[key]} has the same key: remove one of them."
            shown, name = " + ".join(key), " + ".join(table.keys)
            reason = f"every {name} once"
            found.append(Left(Origin(file, table.name, int(at)), "rows", Fate.REJECTED, name, shown, reason, cure))
        seen.setdefault(key, int(at))
    return found


def _fate(known: Tables, table: str, key: Key, at: int, lost: set[tuple[str, int | None]]) -> Fate:
    if (table, at) in lost:
        return Fate.REJECTED
    return Fate.KNOWN if key in _keys(known, table) else Fate.NEW


def _keys(known: Tables, table: str) -> set[Key]:
    frame = known.frame(table)
    columns = [frame[name].astype("str").replace("<NA>", "").tolist() for name in dictionary()[table].keys]
    return set(zip(*columns, strict=True))


def _settled(known: Tables, rows: Mapping[str, Rows], file: str) -> tuple[Tables, list[Left]]:
    """The merged tables without the rows at fault; taking some away may leave others without what they refer to."""
    wanted = {name: dict(found) for name, found in rows.items()}
    left: list[Left] = []
    for _ in range(_ROUNDS):
        content = _content(known, wanted)
        found, form = contents.gather(content)
        errors = [one for one in (*form, *validation.faults(found)) if one.severity is Severity.ERROR]
        if not errors:
            return tables.checked(content, file, talk=known.talk), left
        bad = _culprits(errors, found, wanted)
        if not bad:
            raise TablesError(file, tuple(errors))
        for (name, key), fault in bad.items():
            at, _cells = wanted[name].pop(key)
            left.append(Left(Origin(file, name, at), "rows", Fate.REJECTED, fault.column, fault.value, *_words(fault)))
    raise TablesError(file, tuple(errors))


def _words(fault: Fault) -> tuple[str, str]:
    return f"expected {fault.expected}", fault.cure


def _culprits(
    errors: Iterable[Fault], found: contents.Contents, wanted: Mapping[str, Rows]
) -> dict[tuple[str, Key], Fault]:
    """The workbook's rows that the faults are about, each with its first fault."""
    bad: dict[tuple[str, Key], Fault] = {}
    of_file = {table.file: table for table in csv_tables()}
    for fault in errors:
        table = of_file.get(fault.file)
        if table is None or table.name not in wanted:
            continue
        frame = found.frame(table.name)
        if frame is None or fault.row not in frame.index:
            continue
        key = tuple(str(frame.at[fault.row, name]) for name in table.keys)
        if key in wanted[table.name]:
            bad.setdefault((table.name, key), fault)
    return bad


def _content(known: Tables, rows: Mapping[str, Rows]) -> dict[str, bytes]:
    """Every file of the region with the rows merged in."""
    files = {table.file for table in dictionary().values()}
    content = {name: text.encode() for name, text in tables.texts(known).items() if name in files}
    for name, found in rows.items():
        if found:
            table = dictionary()[name]
            content[table.file] = _merged(known, table, found).to_csv(index=False, lineterminator="\n").encode()
    return content


def _merged(known: Tables, table: Table, rows: Rows) -> pd.DataFrame:
    held: dict[Key, dict[str, str]] = {}
    base: dict[str, Any] = {table.name: known.frame(table.name)}
    text = tables.texts(replace(known, **base)).get(table.file, ",".join(table.header) + "\n")
    sheet, _ = contents.gather({table.file: text.encode()})
    frame = sheet.frame(table.name)
    for cells in [] if frame is None else frame.to_dict("records"):
        told = {str(name): str(cell) for name, cell in cells.items()}
        held[tuple(told[name] for name in table.keys)] = told
    for key, (_, new) in rows.items():
        before = held.get(key, {})
        held[key] = before | {name: cell for name, cell in new.items() if cell or name not in before}
    columns = list(dict.fromkeys([*table.header, *(name for one in held.values() for name in one)]))
    return pd.DataFrame(list(held.values()), columns=columns, dtype="str").fillna("")
