"""Imports that are not accepted yet: files that were uploaded, what was read of them, what would change.

A draft lives in a folder of its own under the system's temporary files and goes with it: when it is discarded or
accepted, after an hour, or when too many others came. Files are read apart, with limits of time and memory
(:mod:`ecosystem.sources.apart`); nothing of the region is written before :meth:`Drafts.accept`.
"""

from __future__ import annotations

import logging
import os
import secrets
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ecosystem import intake, tables
from ecosystem.errors import EcosystemError, IntakeError
from ecosystem.intake.decisions import Decision
from ecosystem.sources import apart, provenance
from ecosystem.sources.mapping import targets
from ecosystem.sources.safety import UPLOAD, safe_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ecosystem.intake import Decisions, Entry, Plan
    from ecosystem.intake.planning import Outside
    from ecosystem.sources.apart import Headed
    from ecosystem.sources.mapping import Mapping
    from ecosystem.sources.record import Reading
    from ecosystem.sources.workbook import Filled
    from ecosystem.tables import Tables

log = logging.getLogger(__name__)

Stage = Literal["reading", "mapping", "planning", "planned", "failed", "accepted"]
KINDS = ("operations", "cordis", "ror", "table", "graph", "workbook")
MAPPED = ("operations", "table")
"""Kinds whose columns a person may correct."""
MOST, SECONDS, MOST_FILES = 6, 3600.0, 12
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Draft:
    """One import as far as it is; ``fault`` is why it failed, a sentence."""

    token: str
    key: str
    folder: Path
    kind: str
    directory: Path
    files: tuple[Path, ...] = ()
    outside: Outside = "drop"
    stage: Stage = "reading"
    begun: float = field(default_factory=time.monotonic)
    headed: Headed | None = None
    mapping: Mapping | None = None
    decided: tuple[Decision, ...] = ()
    read: Reading | Filled | None = None
    plan: Plan | None = None
    fault: str = ""

    @property
    def underway(self) -> bool:
        """Whether something is being computed."""
        return self.stage in {"reading", "planning"}


class Drafts:
    """The drafts of a server, by their token; the work is done in threads of their own."""

    def __init__(self, root: Path | None = None) -> None:
        self._root = root
        self._lock = threading.Condition()
        self._held: dict[str, Draft] = {}
        # one file is read at a time: several at once would share out time and memory that are meant for one
        self._turn = threading.Lock()

    def begin(self, key: str, folder: Path, kind: str, *, outside: Outside = "drop") -> Draft:
        """A new draft without files.

        Raises:
            IntakeError: no such kind, or the folder is none that may be written.
        """
        if kind not in KINDS:
            raise IntakeError(f"“{kind}” is nothing that can be read in. Choose one of {', '.join(KINDS)}.")
        intake.require_writable(folder)
        self._tidy()
        token = secrets.token_urlsafe(16)
        directory = Path(tempfile.mkdtemp(prefix="ecosystem-import-", dir=self._root))
        draft = Draft(token, key, folder, kind, directory, outside=outside)
        with self._lock:
            self._held[token] = draft
        return draft

    def take(self, token: str, name: str, pieces: Iterable[bytes]) -> None:
        """Write an uploaded file into the draft's folder, under a name that leads nowhere else.

        Raises:
            IntakeError: too many files, or too large.
        """
        draft = self._require(token)
        if len(draft.files) >= MOST_FILES:
            raise IntakeError(
                f"At most {MOST_FILES} files are read in at once. Pack them (.zip), or take them in turns."
            )
        path = draft.directory / f"{len(draft.files)}" / safe_name(name)
        path.parent.mkdir()
        size = 0
        with path.open("wb") as file:
            for piece in pieces:
                size += len(piece)
                if size > UPLOAD.file:
                    limit = UPLOAD.file // PIECE
                    raise IntakeError(
                        f"{path.name} is larger than the {limit} MB that can be uploaded. Pack it (.zip, .gz), leave "
                        f"out what the region does not need, or import it on the command line."
                    )
                file.write(piece)
        self._set(token, files=(*draft.files, path))

    def start(self, token: str) -> None:
        """Read the files; a list's columns are shown before they are taken."""
        self._set(token, stage="reading", fault="")
        self._work(token, self._look if self._require(token).kind in MAPPED else self._read)

    def map(self, token: str, columns: dict[str, str]) -> None:
        """Take what a person says each column gives (header → target, none for "-") and read the rows.

        Raises:
            IntakeError: the draft has no columns to choose, or no such column or target; two columns for one target.
        """
        draft = self._require(token)
        if draft.headed is None:
            raise IntakeError("There are no columns to choose. Begin the import again.")
        mapping = corrected(draft.headed, columns)
        self._set(token, mapping=mapping, stage="reading", fault="")
        self._work(token, self._read)

    def decide(self, token: str, key: str, verdict: str) -> None:
        """Answer an open question of the plan, which is then made anew; nothing is written.

        Raises:
            IntakeError: no such question or verdict.
        """
        draft = self._require(token)
        question = next((one for one in draft.plan.questions if one.key == key), None) if draft.plan else None
        if question is None or question.kind != "match" or verdict not in {"merge", "apart", "later"}:
            raise IntakeError("This question is not open any more. Load the page again.")
        today = datetime.now(UTC).date().isoformat()
        one = Decision("match", question.subject, question.about, verdict, today)
        kept = [held for held in draft.decided if held.key != one.key]
        self._set(token, decided=(*kept, one), stage="planning")
        self._work(token, self._plan)

    def accept(self, token: str) -> Entry | None:
        """Write the plan into the region's folder.

        Raises:
            IntakeError: there is no plan, or the folder has changed since it was made.
        """
        draft = self._require(token)
        if draft.plan is None or draft.stage != "planned":
            raise IntakeError("There is nothing to accept yet. Wait until the preview has come.")
        entry = intake.accept(draft.plan, draft.folder)
        self.discard(token)
        return entry

    def discard(self, token: str) -> None:
        """Forget a draft and remove its files."""
        with self._lock:
            draft = self._held.pop(token, None)
        if draft is not None:
            shutil.rmtree(draft.directory, ignore_errors=True)

    def get(self, token: str, key: str) -> Draft | None:
        """A draft of a region; ``None`` for one that is not, or not any more."""
        with self._lock:
            found = self._held.get(token)
        return found if found is not None and found.key == key else None

    def settled(self, token: str, wait: float) -> Draft | None:
        """The draft once nothing is being computed, or after ``wait`` seconds."""
        with self._lock:
            self._lock.wait_for(lambda: token not in self._held or not self._held[token].underway, timeout=wait)
            return self._held.get(token)

    def _require(self, token: str) -> Draft:
        with self._lock:
            found = self._held.get(token)
        if found is None:
            raise IntakeError("This import is not there any more. Begin it again.")
        return found

    def _set(self, token: str, **more: object) -> None:
        with self._lock:
            if token in self._held:
                self._held[token] = replace(self._held[token], **more)  # type: ignore[arg-type]
            self._lock.notify_all()

    def _tidy(self) -> None:
        """Room for another: what is old goes, then what was begun first."""
        now = time.monotonic()
        with self._lock:
            old = [one.token for one in self._held.values() if now - one.begun > SECONDS]
            left = [token for token in self._held if token not in old]
            gone = [*old, *left[: max(0, len(left) - MOST + 1)]]
        for token in gone:
            self.discard(token)

    def _work(self, token: str, step: Callable[[Draft], None]) -> None:
        threading.Thread(target=self._run, args=(token, step), daemon=True, name="import").start()

    def _run(self, token: str, step: Callable[[Draft], None]) -> None:
        try:
            with self._turn:
                step(self._require(token))
        except EcosystemError as error:
            self._set(token, stage="failed", fault=str(error))
        except Exception as error:
            log.exception("An import failed")
            self._set(token, stage="failed", fault=f"{type(error).__name__}: {error}")

    def _look(self, draft: Draft) -> None:
        self._set(draft.token, headed=apart.headed(draft.kind, draft.files[0]), stage="mapping")

    def _read(self, draft: Draft) -> None:
        read: Reading | Filled
        if draft.kind == "workbook":
            read = apart.workbook(draft.files[0])
        else:
            read = apart.read(draft.kind, draft.files, mapping=draft.mapping)
        self._set(draft.token, read=read, stage="planning")
        self._plan(replace(draft, read=read))

    def _plan(self, draft: Draft) -> None:
        known = tables.read(draft.folder)
        decided = intake.load(draft.folder).decided(*draft.decided)
        self._set(draft.token, plan=planned(draft, known, decided), stage="planned")


def corrected(headed: Headed, columns: dict[str, str]) -> Mapping:
    """The mapping with a person's choices; columns that are not named stay as they are proposed.

    Raises:
        IntakeError: no such column or target, or two columns for one target.
    """
    wanted = {target: header for header, target in columns.items() if target not in {"", "-"}}
    for header, target in columns.items():
        if header not in headed.headers:
            raise IntakeError(f"The table has no column “{header}”. Choose one of its own.")
        if target not in {"", "-", *targets()}:
            raise IntakeError(f"“{target}” is nothing a column can give. Choose from the list.")
        if target not in {"", "-"} and wanted[target] != header:
            raise IntakeError(f"“{header}” and “{wanted[target]}” give the same ({target}). Let one of them be.")
    mapping = headed.mapping
    for target, header in headed.mapping.columns:
        if header in columns and columns[header] != target:
            mapping = mapping.corrected(target, "")
    for target, header in wanted.items():
        if mapping.header(target) != header:
            mapping = mapping.corrected(target, header)
    return mapping


def planned(draft: Draft, known: Tables, decided: Decisions) -> Plan:
    """What importing a draft would do to the tables."""
    if draft.read is None:
        raise IntakeError("The files have not been read yet. Begin the import again.")
    if draft.kind == "workbook":
        filled, path = draft.read, draft.files[0]
        return intake.filled.plan(
            known,
            filled.tables,  # type: ignore[union-attr]
            file=path.name,
            checksum=f"sha256:{provenance.digest(path)}",
            rejects=filled.rejects,
            notes=filled.notes,
            decisions=decided,
        )
    return intake.plan(known, draft.read, decided, outside=draft.outside, folder=draft.folder)  # type: ignore[arg-type]


def why_read_only(folder: Path | None) -> Literal["", "none", "shipped", "rights"]:
    """Why nothing can be written into a region folder; empty where it can."""
    if folder is None:
        return "none"
    try:
        intake.require_writable(folder)
    except IntakeError:
        return "shipped"
    return "" if os.access(folder, os.W_OK) else "rights"
