"""Everything that is wrong with a region folder, in one list: cells, keys, references, rules between rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem import rules, schema
from ecosystem.cures import Targets
from ecosystem.dictionary import REGION_FIELDS, csv_tables, dictionary
from ecosystem.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ecosystem.contents import Contents
    from ecosystem.dictionary import Table
    from ecosystem.parsing import Sheet


def faults(contents: Contents) -> tuple[Fault, ...]:
    """All faults of the contents, errors and warnings, in no particular order."""
    known = _known(contents)
    found: list[Fault] = []
    for table in csv_tables():
        sheet = contents.sheets[table.name]
        found += schema.faults(sheet, contents.readings.get(table.name, {}), _targets(table, known))
        found += _without_target(contents, sheet)
    return (*found, *rules.faults(contents))


def _targets(table: Table, known: Mapping[str, Targets]) -> dict[str, Targets]:
    return {column.name: known[column.foreign_key] for column in table.columns if column.foreign_key in known}


def _known(contents: Contents) -> dict[str, Targets]:
    """What can be referred to, by foreign key.

    Targets that could not be read are left out, lest every row that refers to them is reported.
    """
    keys = {column.foreign_key for table in csv_tables() for column in table.columns} - {"", REGION_FIELDS}
    known = {key: found for key in keys if (found := _target(contents, *key.split("."))) is not None}
    if contents.region is not None:
        ids = frozenset(contents.region.field_ids)
        known[REGION_FIELDS] = Targets(ids, dictionary()[REGION_FIELDS.partition(".")[0]].file)
    return known


def _target(contents: Contents, table: str, column: str) -> Targets | None:
    sheet = contents.sheets[table]
    if sheet.frame is None or column in sheet.absent:
        return None
    restored = rules.lost_zeros(contents)[column].values() if table == "places" else ()
    return Targets(frozenset({*sheet.frame[column], *sheet.loose, *restored} - {""}), sheet.table.file)


def _without_target(contents: Contents, sheet: Sheet) -> Iterator[Fault]:
    """One fault for each column that refers to an optional table that is not there."""
    table, frame = sheet.table, sheet.frame
    for column in table.columns:
        target = contents.sheets.get(column.foreign_key.partition(".")[0])
        if frame is None or target is None or target.there or target.table.required:
            continue
        for row in frame.index[frame[column.name] != ""].tolist()[:1]:
            cure = f"Add {target.table.file}, or leave out {table.file}."
            value = str(frame.at[row, column.name])
            yield Fault(table.file, row, column.name, value, f"the file {target.table.file}", cure)
