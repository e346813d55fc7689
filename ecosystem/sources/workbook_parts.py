"""What the parts of a spreadsheet say before calamine sees them: well-formed, without macros, entities, passwords.

Calamine lays a sheet out as a full rectangle, takes references as they come and waits for elements that never close. So
every XML part is parsed once here, by expat, and the rectangle is measured: a single cell in the last corner of an
otherwise empty sheet would take all memory there is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from ecosystem.errors import SourceError

if TYPE_CHECKING:
    from ecosystem.sources.safety import Limits

DAMAGED = "Open it in the spreadsheet program and save it again as .xlsx."
_REFERENCE = re.compile(r"([A-Za-z]{0,3})(\d{1,7})")
_MACROS = ("basic/", "scripts/", "xl/macrosheets/")
_WITHOUT_MACROS = "Save it as .xlsx without macros."
_NO_PASSWORD = "Open it in the spreadsheet program and save it without a password."  # noqa: S105 - a sentence


class Watch:
    """Looks at the parts of a workbook as they are unpacked, piece by piece; :meth:`close` after the last.

    Raises:
        SourceError: from either, where something is found.
    """

    def __init__(self, file: str, limits: Limits) -> None:
        self.file, self.limits = file, limits
        self.formulas = 0
        self._name = ""
        self._parser: expat.XMLParserType | None = None
        self._begin()

    def __call__(self, name: str, piece: bytes) -> None:
        """The next piece of the part ``name``."""
        if name != self._name:
            self.close()
            self._name = name
            self._open(name.lower())
        if self._parser:
            self._parse(piece, last=False)

    def close(self) -> None:
        """The part before is at its end."""
        if self._parser:
            self._parse(b"", last=True)
            self._parser = None

    def _open(self, name: str) -> None:
        if "vbaproject" in name or name.startswith(_MACROS):
            raise SourceError(self.file, "", "the workbook holds macros", _WITHOUT_MACROS)
        if not name.endswith((".xml", ".rels")):
            return
        self._begin()
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._declares
        if name.startswith("xl/worksheets/"):
            self._parser.StartElementHandler = self._sheet_xlsx
        elif name == "content.xml":
            self._parser.StartElementHandler = self._start_ods
            self._parser.EndElementHandler = self._end_ods
        elif name in {"[content_types].xml", "meta-inf/manifest.xml"}:
            self._parser.StartElementHandler = self._content

    def _begin(self) -> None:
        self._row = self._column = self._high = self._wide = 0
        self._repeated, self._filled, self._in_cell = 1, 0, False

    def _parse(self, piece: bytes, *, last: bool) -> None:
        try:
            if self._parser:
                self._parser.Parse(piece, last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            problem = f"the workbook is damaged ({error})"
            raise SourceError(self.file, f"“{self._name[-60:]}” in it", problem, DAMAGED) from error

    def _declares(self, *_: object) -> None:
        cure = "Real spreadsheets have none; do not use this file."
        raise SourceError(self.file, "", "its XML declares entities or a document type", cure)

    def _content(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith("encryption-data"):
            raise SourceError(self.file, "", "the workbook is protected by a password", _NO_PASSWORD)
        if any("macroEnabled" in value for value in attributes.values()):
            raise SourceError(self.file, "", "the workbook may hold macros", _WITHOUT_MACROS)

    def _sheet_xlsx(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self._row = self._place(attributes["r"])[1] if "r" in attributes else self._row + 1
            self._column = 0
        elif name == "c":
            if "r" in attributes:
                self._column, self._row = self._place(attributes["r"])
            else:
                self._column += 1
            self._reach(self._row, self._column)
        elif name == "f":
            self.formulas += 1

    def _place(self, reference: str) -> tuple[int, int]:
        """Column and row of a reference such as AB12; of a row's number, column 0."""
        found = _REFERENCE.fullmatch(reference)
        if not found:
            problem = f"the workbook is damaged (a cell called {reference[:20]})"
            raise SourceError(self.file, f"“{self._name[-60:]}” in it", problem, DAMAGED)
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - 64
        return column, int(found[2])

    def _start_ods(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "table":
            self._begin()
        elif name == "table-row":
            self._column = self._filled = 0
            self._repeated = self._times(attributes, "table:number-rows-repeated")
        elif name in {"table-cell", "covered-table-cell"}:
            self._column += self._times(attributes, "table:number-columns-repeated")
            self._in_cell = True
            self.formulas += "table:formula" in attributes
            if "office:value-type" in attributes:
                self._filled = self._column
        elif self._in_cell:
            self._filled = self._column

    def _end_ods(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in {"table-cell", "covered-table-cell"}:
            self._in_cell = False
        elif name == "table-row":
            self._row += self._repeated
            if self._filled:  # rows without anything count once another follows
                self._reach(self._row, self._filled)

    def _times(self, attributes: dict[str, str], name: str) -> int:
        told = attributes.get(name, "1")
        if not (told.isascii() and told.isdecimal() and len(told) < 10):
            problem = f"the workbook is damaged (repeated {told[:20]} times)"
            raise SourceError(self.file, f"“{self._name[-60:]}” in it", problem, DAMAGED)
        return int(told)

    def _reach(self, row: int, column: int) -> None:
        if row <= self._high and column <= self._wide:
            return
        self._high, self._wide = max(self._high, row), max(self._wide, column)
        if self._high * self._wide > self.limits.cells:
            problem = f"a sheet spans {self._high * self._wide:,} cells; at most {self.limits.cells:,} are read"
            cure = "Delete the empty rows and columns behind the table, or save it as CSV."
            raise SourceError(self.file, "", problem, cure)
