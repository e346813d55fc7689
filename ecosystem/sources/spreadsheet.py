"""Rows of the sheets of a spreadsheet (XLSX, ODS), read by calamine after its parts were looked at.

Formulas are never worked out: what counts is the value that was stored when the file was saved.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ecosystem.errors import SourceError
from ecosystem.sources.archives import archive_of, inspect
from ecosystem.sources.safety import LIMITS, Limits
from ecosystem.sources.workbook_parts import DAMAGED, Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.sources.archives import Member

Cell = str | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta


class Workbook:
    """A spreadsheet that was looked at and opened; ``sheets`` are the names of those that can be seen.

    Raises:
        SourceError: encrypted, with macros, with entities, damaged, or larger than ``limits`` let in.
    """

    def __init__(self, member: Member, limits: Limits = LIMITS) -> None:
        import python_calamine as calamine  # noqa: PLC0415 - only who reads spreadsheets pays for it

        self.member = member
        self.notes: list[str] = []
        watch = Watch(member.file, limits)
        with archive_of(member.path) as archive:
            for _ in inspect(member.path, archive, limits, limits.workbook, watch):
                pass
        watch.close()
        if watch.formulas:
            self.notes.append(
                f"{member.file} has {watch.formulas:,} formulas; their stored values were taken, none was worked out."
            )
        self._workbook: Any = self._guarded(lambda: calamine.load_workbook(str(member.path)))
        visible = calamine.SheetVisibleEnum.Visible
        data = self._guarded(lambda: self._workbook.sheets_metadata)
        kinds = (calamine.SheetTypeEnum.WorkSheet,)
        self.sheets = tuple(one.name for one in data if one.visible == visible and one.typ in kinds)
        hidden = [one.name for one in data if one.visible != visible]
        if hidden:
            self.notes.append(f"{member.file}: hidden sheets were passed over: {', '.join(hidden)}.")

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        """The rows of a sheet with their numbers as the spreadsheet shows them; blank ones are passed over."""
        found = self._guarded(lambda: self._workbook.get_sheet_by_name(sheet))
        for number, cells in enumerate(self._guarded(found.iter_rows), start=1):
            if any(cell not in ("", None) and (not isinstance(cell, str) or cell.strip()) for cell in cells):
                yield number, cells

    def _guarded(self, work: Any) -> Any:
        """Calamine's own errors, and the panics of the Rust below it, as one sentence."""
        try:
            return work()
        except SourceError:
            raise
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as error:
            reason = str(error).split("\n", 1)[0][:120]
            raise SourceError(self.member.file, "", f"the workbook is damaged ({reason})", DAMAGED) from error
