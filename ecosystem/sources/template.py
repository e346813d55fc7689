"""The workbook to fill in: one sheet a table of ``data/columns.csv``, drop-downs, examples, help in German and English.

Columns of ids and texts are formatted as text, so that keys keep their leading zeros. What is written is never a
formula. Notes on the headers and the help sheet carry descriptions and examples; the sheets themselves are empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ecosystem.dictionary import NUMERIC, REGION_FIELDS, csv_tables
from ecosystem.errors import SourceError
from ecosystem.sources.safety import shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ecosystem.dictionary import Column, Table
    from ecosystem.tables import Tables

HELP = "Hilfe · Help"
LISTS = "Listen · Lists"
_ROWS = 5_000
"""Rows below the header that have drop-downs and formats."""
_LONGEST_MESSAGE = 255
_LONGEST_TITLE = 32
_INTRODUCTION = (
    ("Vorlage für die Tabellen einer Region", "Template for the tables of a region"),
    ("Jedes Blatt ist eine Tabelle, jede Zeile ein Datensatz. Blätter, die niemand füllt, bleiben leer.",
     "Every sheet is a table, every row a record. Sheets nobody fills stay empty."),
    ("Orange Spalten sind nötig. Zellen mit Auswahl zeigen beim Anklicken, was erlaubt ist.",
     "Orange columns are required. Cells with a choice show what is allowed when clicked."),
    ("Mehrere Angaben in einer Zelle trennt ein senkrechter Strich |.",
     "Several entries in a cell are separated by |."),
    ("Einlesen: ecosystem import workbook DATEI --region ORDNER",
     "To read it: ecosystem import workbook FILE --region FOLDER"),
    ("Keine Namen von Privatpersonen eintragen: nur Organisationen.",
     "No names of private persons: organisations only."),
)  # fmt: skip
_HEADS = ("Tabelle · Table", "Spalte · Column", "nötig · required", "Typ · Type", "erlaubt · allowed",
          "Inhalt", "Content", "Beispiel · Example")  # fmt: skip
_TEXT_FORMAT = "@"


def template(to: Path, region: Tables | None = None) -> None:
    """Write the workbook; with a region's tables its drop-downs offer that region's fields, places, actors, sources.

    Raises:
        SourceError: the name does not end in .xlsx, or the file cannot be written.
    """
    import xlsxwriter  # noqa: PLC0415 - only this command writes spreadsheets from here
    import xlsxwriter.exceptions  # noqa: PLC0415

    if to.suffix.lower() != ".xlsx":
        raise SourceError(shown(to.name), "", "a template is an Excel workbook", "Give a name that ends in .xlsx.")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with xlsxwriter.Workbook(str(to), options) as book:
            _help(book)
            lists = _Lists(book, region)
            for table in csv_tables():
                _sheet(book, table, lists)
            lists.write()
    except (OSError, xlsxwriter.exceptions.XlsxWriterException) as error:
        cause = getattr(error, "strerror", None) or str(error).split("\n", 1)[0][:120]
        raise SourceError(shown(to.name), "", f"cannot be written ({cause})", "Choose another folder.") from error


def _help(book: Any) -> None:
    sheet = book.add_worksheet(HELP)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    title = book.add_format({"bold": True, "font_size": 14})
    for row, (german, english) in enumerate(_INTRODUCTION):
        sheet.write_string(row, 0, german, title if row == 0 else None)
        sheet.write_string(row, 6, english, title if row == 0 else None)
    start = len(_INTRODUCTION) + 1
    sheet.write_row(start, 0, _HEADS, bold)
    lines = [(table, column) for table in csv_tables() for column in table.columns]
    for row, (table, column) in enumerate(lines, start=start + 1):
        need = "ja · yes" if column.stated else "Spalte · column" if column.present else ""
        told = (table.name, column.name, need, _kind(column), ", ".join(column.allowed) or column.foreign_key,
                column.description.text("de"), column.description.text("en"), column.example)  # fmt: skip
        for place, text in enumerate(told):
            sheet.write_string(row, place, text, wrap)
    for place, width in enumerate((14, 20, 14, 14, 34, 52, 52, 34)):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(start + 1, 2)
    sheet.autofilter(start, 0, start + len(lines), len(_HEADS) - 1)


def _kind(column: Column) -> str:
    return column.type + (f" ({column.unit})" if column.unit else "") + (" |" if column.separator else "")


def _sheet(book: Any, table: Table, lists: _Lists) -> None:
    sheet = book.add_worksheet(table.name)
    needed = book.add_format({"bold": True, "bg_color": "#FCE8C8", "border": 1})
    free = book.add_format({"bold": True, "bg_color": "#EDEDED", "border": 1})
    text = book.add_format({"num_format": _TEXT_FORMAT})
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, needed if column.stated else free)
        sheet.write_comment(0, place, _note(column), {"x_scale": 2, "y_scale": 1.4})
        width = max(12, min(40, len(column.name) + 4, max(len(column.name) + 2, len(column.example))))
        sheet.set_column(place, place, width, None if column.type in NUMERIC else text)
        rule = lists.rule(column)
        if rule:
            sheet.data_validation(1, place, _ROWS, place, rule | _message(column))
    sheet.freeze_panes(1, 1)


def _note(column: Column) -> str:
    need = " (nötig · required)" if column.stated else ""
    example = f"\nBeispiel · Example: {column.example}" if column.example else ""
    return f"{column.description.text('de')}\n{column.description.text('en')}{need}{example}"


def _message(column: Column) -> dict[str, Any]:
    """What a spreadsheet shows beside a chosen cell; its length is Excel's."""
    message = f"{column.description.text('de')} · {column.description.text('en')}"
    return {
        "input_title": column.name[:_LONGEST_TITLE],
        "input_message": message[:_LONGEST_MESSAGE],
        "error_title": column.name[:_LONGEST_TITLE],
        "error_message": f"{column.name}: siehe Blatt „{HELP}“ · see the sheet “{HELP}”"[:_LONGEST_MESSAGE],
    }


class _Lists:
    """The sheet the drop-downs look into, and the rule of every column."""

    def __init__(self, book: Any, region: Tables | None) -> None:
        self.book, self.region = book, region
        self.columns: list[tuple[str, list[str]]] = []

    def rule(self, column: Column) -> dict[str, Any] | None:
        """A drop-down, a range, or nothing; a list cell may hold several entries, so its drop-down only warns."""
        options = list(column.allowed) or self._options(column.foreign_key)
        if column.type == "boolean":
            options = ["true", "false"]
        if options:
            source = self._source(f"{column.table}.{column.name}", options)
            return {"validate": "list", "source": source, "error_type": "information" if column.separator else "stop",
                    "ignore_blank": True}  # fmt: skip
        if column.type in NUMERIC and column.minimum is not None:
            kind = "integer" if column.type in {"integer", "year"} else "decimal"
            if column.maximum is None:
                return {"validate": kind, "criteria": ">=", "value": column.minimum, "error_type": "warning"}
            return {"validate": kind, "criteria": "between", "minimum": column.minimum, "maximum": column.maximum,
                    "error_type": "warning"}  # fmt: skip
        return None

    def _options(self, foreign_key: str) -> list[str]:
        if not foreign_key or self.region is None:
            return []
        if foreign_key == REGION_FIELDS:
            return [one.field_id for one in self.region.region.fields]
        table, _, name = foreign_key.partition(".")
        return _distinct(self.region.frame(table)[name])

    def _source(self, name: str, options: list[str]) -> str:
        known = [own for _, own in self.columns]
        place = known.index(options) if options in known else len(known)
        if place == len(known):
            self.columns.append((name, options))
        from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415

        letters = xl_col_to_name(place)
        return f"='{LISTS}'!${letters}$2:${letters}${len(options) + 1}"

    def write(self) -> None:
        """The sheet itself, last and hidden."""
        sheet = self.book.add_worksheet(LISTS)
        for place, (name, options) in enumerate(self.columns):
            sheet.write_string(0, place, name)
            for row, option in enumerate(options, start=1):
                sheet.write_string(row, place, option)
        sheet.hide()


def _distinct(found: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys(str(one) for one in found if isinstance(one, str) and one))
