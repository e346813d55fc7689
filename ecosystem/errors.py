"""The family of errors a user may meet: each names the culprit, what was expected, and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class EcosystemError(Exception):
    """Base of every error this package raises on purpose; its text is meant to be shown as it is."""


class Severity(StrEnum):
    """Whether a fault stops loading."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with one cell, row or file of a region folder.

    ``row`` counts as a spreadsheet does: the header is row 1, the first record row 2; ``None`` where the
    fault is the file's. ``column`` and ``value`` are empty where they have no meaning.
    """

    file: str
    row: int | None
    column: str
    value: str
    expected: str
    cure: str
    severity: Severity = Severity.ERROR

    def sentence(self) -> str:
        """The fault as one readable line."""
        where = self.file if self.row is None else f"{self.file}, row {self.row}"
        where = f"{where}, column {self.column}" if self.column else where
        found = f" found {self.value!r};" if self.value else ""
        return f"{where}:{found} expected {self.expected}. {self.cure}"


class RegionError(EcosystemError):
    """A region that cannot be found, or whose name is not one."""


class TablesError(EcosystemError):
    """A region folder whose tables cannot be loaded; carries every fault found."""

    def __init__(self, folder: str, faults: tuple[Fault, ...]) -> None:
        self.folder = folder
        self.faults = faults
        errors = [fault for fault in faults if fault.severity is Severity.ERROR]
        shown = "\n".join("  " + fault.sentence() for fault in errors[:10])
        more = f"\n  … and {len(errors) - 10} more" if len(errors) > 10 else ""
        super().__init__(
            f"{folder}: {len(errors)} error(s), nothing was loaded.\n{shown}{more}\n"
            f"Run “ecosystem check {folder}” for the whole report."
        )


class IntakeError(EcosystemError):
    """Rows that cannot be taken into a region folder, or a folder that cannot be founded, changed or set back."""


class MeasureError(EcosystemError, ValueError):
    """An input no measure can be computed from (negative counts, unknown variant, mismatched labels)."""


class ExportError(EcosystemError):
    """A file that cannot be written, or an ending no writer knows."""


class StoryError(EcosystemError):
    """A story that cannot be read; names the steps that are at fault."""


class ServeError(EcosystemError):
    """The dashboard cannot be started: the port is taken, the address does not exist."""


class ScenarioError(EcosystemError):
    """A scenario that cannot be read, or a step of it that does not fit the tables."""


class SourceError(EcosystemError):
    """A file of a register that is refused or cannot be read; names file, place, what was expected, and the cure.

    >>> print(SourceError("list.xlsx", "sheet “Vorhaben”", "found no header", "Choose the header row."))
    list.xlsx, sheet “Vorhaben”: found no header. Choose the header row.
    """

    def __init__(self, file: str, place: str, problem: str, cure: str) -> None:
        self.file, self.place, self.problem, self.cure = file, place, problem, cure
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {problem}. {cure}")

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str, str, str]]:
        """So that it comes whole out of a worker process."""
        return type(self), (self.file, self.place, self.problem, self.cure)


class RulesError(EcosystemError):
    """A table of matching rules (legal forms, words, sectors, keywords …) that cannot be read; names file and row."""


class WorkshopError(EcosystemError):
    """A room that cannot be opened or found, a database that cannot be used, or something a room refuses."""
