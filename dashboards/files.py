"""Tables as files: CSV and XLSX of the rows behind a picture, each with what must be read with it.

* **CSV** opens in spreadsheets and in pandas as it is: no comment lines, no trailing rows. The caption stands in a last
  column of its own, in its first row; a table without rows has it in that column's name.
* **XLSX** has the rows, a sheet on filters, counts, data version and notes, and a sheet of sources with their terms.

Undefined numbers are empty cells. Text that a spreadsheet would take for a formula gets an apostrophe in CSV (the only
way a program that reads text can be told) and is stored as text in XLSX.
"""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from dashboards.components.caption import Caption
    from dashboards.language import Translator
    from dashboards.views.sheet import Column, Sheet

# what spreadsheets begin a formula with, and the blanks they skip before one
FORMULA = ("=", "+", "-", "@", "\t", "\r")
SOURCE_COLUMNS = ("source_id", "title", "publisher", "url", "licence", "published", "accessed")


def csv_file(sheet: Sheet, told: Caption, tr: Translator) -> bytes:
    """German: semicolon and decimal comma; both with the mark by which spreadsheets know UTF-8."""
    german = tr.language == "de"
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if german else ",", lineterminator="\r\n")
    note = " | ".join([*told.lines, *sheet.notes])
    heads = [plain(head(column)) for column in sheet.columns]
    writer.writerow([*heads, tr("Provenance") if sheet.rows else f"{tr('Provenance')}: {note}"])
    for number, row in enumerate(sheet.rows):
        cells = [_text(row.get(column.key), german=german) for column in sheet.columns]
        writer.writerow([*cells, plain(note) if number == 0 else ""])
    return buffer.getvalue().encode("utf-8-sig")


def head(column: Column) -> str:
    """The name of a column with its unit; a share is a number from 0 to 1."""
    return f"{column.name} (€)" if column.kind == "money" else column.name


def plain(text: str) -> str:
    """Text that no spreadsheet takes for a formula.

    >>> plain("=1+1"), plain("-"), plain("Essen")
    ("'=1+1", "'-", 'Essen')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def number(value: Any) -> float | None:
    """A finite number, or ``None``: for what is undefined and for what is no number."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return None
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if math.isfinite(found) else None


def _text(value: Any, *, german: bool) -> str:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, bool):
        return str(value).lower()
    found = number(value)
    if found is None:
        return ""
    written = str(int(found)) if found.is_integer() and abs(found) < 1e15 else repr(found)
    return written.replace(".", ",") if german else written


def xlsx_file(sheet: Sheet, told: Caption, sources: pd.DataFrame, tr: Translator) -> bytes:
    """A workbook of three sheets: rows, filters, sources."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": sheet.title})
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        formats = [book.add_format({"num_format": _format(column)}) for column in sheet.columns]
        _rows(book.add_worksheet(tr("Data")), sheet, bold, formats)
        about = book.add_worksheet(tr("Filters"))
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 110)
        for row, (name, text) in enumerate([*told.named(tr), *((tr("Note"), note) for note in sheet.notes)]):
            about.write_string(row, 0, name, bold)
            about.write_string(row, 1, text, wrap)
        _sources(book.add_worksheet(tr("Provenance")), sources, bold, tr)
    return buffer.getvalue()


def _format(column: Column) -> str:
    decimals = "." + "0" * column.digits if column.digits else ""
    formats = {"share": f"0{decimals}%", "year": "0", "money": "#,##0 €", "text": "@", "mixed": "General"}
    return formats.get(column.kind, f"#,##0{decimals}")


def _rows(page: Any, sheet: Sheet, bold: Any, formats: Sequence[Any]) -> None:
    page.freeze_panes(1, 0)
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, head(column), bold)
        for row, cells in enumerate(sheet.rows, start=1):
            value = cells.get(column.key)
            found = number(value)
            if isinstance(value, str):
                if value:
                    page.write_string(row, at, value)
            elif isinstance(value, bool):
                page.write_boolean(row, at, value)
            elif found is not None:
                page.write_number(row, at, found, formats[at])
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.autofit(400)


def _sources(page: Any, sources: pd.DataFrame, bold: Any, tr: Translator) -> None:
    names = (tr("Id"), tr("Title"), tr("Publisher"), tr("Address"), tr("Terms"), tr("Published"), tr("Read"))
    page.freeze_panes(1, 0)
    for at, (column, name) in enumerate(zip(SOURCE_COLUMNS, names, strict=True)):
        page.write_string(0, at, name, bold)
        for row, value in enumerate(sources[column].tolist(), start=1):
            if value:
                page.write_string(row, at, str(value))
    page.autofit(400)


def chosen_sources(sources: pd.DataFrame, ids: Iterable[str]) -> pd.DataFrame:
    """The rows of the sources with these ids; all where none is named."""
    wanted = set(ids)
    return sources[sources["source_id"].isin(wanted)] if wanted else sources
