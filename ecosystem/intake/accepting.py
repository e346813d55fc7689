"""A plan accepted into its region folder, all or nothing, and taken back byte for byte.

Every accepted import leaves ``imports/0001/`` in the region folder: ``import.json`` (what, when, files and their
checksums, counts) and ``before/`` with the files it replaced, as they were. :func:`undo` puts these back and removes
the entry. Neither is part of the region's data: reading and checking a region pass over them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ecosystem import journal, regions, tables
from ecosystem.dictionary import dictionary
from ecosystem.errors import IntakeError
from ecosystem.intake import decisions, proposals
from ecosystem.intake.decisions import Decision, Decisions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ecosystem.intake.planning import Plan
    from ecosystem.intake.record import Question
    from ecosystem.tables import Tables

FOLDER = "imports"
ENTRY = "import.json"
BEFORE = "before"
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a region's import log."""

    number: int
    when: str
    kind: str
    files: tuple[tuple[str, str], ...]
    counts: Mapping[str, Mapping[str, int]]
    changed: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its folder in ``imports/``."""
        return f"{self.number:04d}"


def require_writable(folder: Path) -> None:
    """Make sure a region folder is the user's own.

    Raises:
        IntakeError: it is one of those that came with the package.
    """
    if folder.resolve().parent == regions.shipped_data().resolve():
        raise IntakeError(
            f"{folder} came with the package and stays as it is. Copy it first: give a folder of your own with --to."
        )


def accept(plan: Plan, folder: Path) -> Entry | None:
    """Write what a plan changes, with its log entry; None where it changes nothing.

    Raises:
        IntakeError: the folder has changed since the plan was made, is not writable, or came with the package.
    """
    open_now = proposals.load(folder)
    asked = {one.key: one for one in plan.questions if not _decided(one, plan.decisions)}
    return write(
        folder,
        plan.before,
        plan.tables,
        kind=plan.kind,
        files=plan.files,
        counts={kind: {fate.value: n for fate, n in held.items()} for kind, held in plan.tally.counts.items()},
        questions=(open_now | asked).values(),
        decided=plan.decisions,
    )


def _decided(question: Question, held: Decisions) -> bool:
    return question.kind == "match" and held.verdict("match", question.subject, question.about) in {"merge", "apart"}


def write(
    folder: Path,
    before: Tables,
    after: Tables,
    *,
    kind: str,
    files: Iterable[tuple[str, str]] = (),
    counts: Mapping[str, Mapping[str, int]] | None = None,
    questions: Iterable[Question],
    decided: Decisions,
) -> Entry | None:
    """Write new tables, open questions and decisions as one change that can be undone.

    Raises:
        IntakeError: as :func:`accept`.
    """
    require_writable(folder)
    changes = _changed_files(before, after)
    asked = proposals.text(questions).encode()
    if asked != (journal.current(folder, proposals.FILE) or proposals.text(()).encode()):
        changes[proposals.FILE] = asked
    held = decisions.load(folder)
    # what was decided since the plan was made stays
    decided = held.decided(*decided.held.values())
    if dict(decided.held) != dict(held.held):
        changes[decisions.FILE] = decided.text().encode()
    if not changes:
        return None
    number = max((one.number for one in log(folder)), default=0) + 1
    when = datetime.now(UTC).replace(microsecond=0).isoformat()
    entry = Entry(number, when, kind, tuple(files), counts or {}, tuple(sorted(changes)))
    added = {key: one for key, one in decided.held.items() if held.held.get(key) != one}
    record = _record(entry, folder, changes, added, held)
    base = before.digest
    journal.commit(folder, {**changes, **record}, still=lambda: tables.digest(folder) == base)
    return entry


def _changed_files(before: Tables, after: Tables) -> dict[str, bytes | None]:
    """Files whose content differs, as bytes; None for those that are gone. Others keep the form a person gave them."""
    old, new = tables.texts(before), tables.texts(after)
    names = {table.file for table in dictionary().values()}
    return {
        name: new[name].encode() if name in new else None
        for name in sorted(names & (old.keys() | new.keys()))
        if old.get(name) != new.get(name)
    }


def _record(
    entry: Entry,
    folder: Path,
    changes: Mapping[str, bytes | None],
    added: Mapping[decisions.Key, Decision],
    held: Decisions,
) -> dict[str, bytes]:
    root = f"{FOLDER}/{entry.name}"
    before = {name: journal.current(folder, name) for name in changes}
    told: Told = {
        "number": entry.number,
        "when": entry.when,
        "kind": entry.kind,
        "files": [{"name": name, "checksum": checksum} for name, checksum in entry.files],
        "counts": {kind: dict(found) for kind, found in entry.counts.items()},
        "changed": {
            name: {"before": _checksum(before[name]), "after": _checksum(changes[name])} for name in entry.changed
        },
        "decisions": [[list(key), _as_list(held.held.get(key))] for key in sorted(added)],
    }
    record = {f"{root}/{ENTRY}": (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()}
    return record | {f"{root}/{BEFORE}/{name}": data for name, data in before.items() if data is not None}


def _as_list(one: Decision | None) -> list[str] | None:
    return None if one is None else [getattr(one, name) for name in decisions.HEADER]


def _checksum(data: bytes | None) -> str:
    return "" if data is None else "sha256:" + hashlib.sha256(data).hexdigest()


def log(folder: Path) -> tuple[Entry, ...]:
    """The import log of a region folder, oldest first.

    Raises:
        IntakeError: an entry cannot be read.
    """
    return tuple(_entry(folder, number) for number in _numbers(folder))


def _numbers(folder: Path) -> list[int]:
    journal.settle(folder)
    found = (folder / FOLDER).glob(f"*/{ENTRY}")
    return sorted(int(path.parent.name) for path in found if path.parent.name.isdecimal())


def _told(folder: Path, number: int) -> Told:
    path = folder / FOLDER / f"{number:04d}" / ENTRY
    try:
        found: Told = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        cure = f"The files it replaced are in {path.parent / BEFORE}."
        raise IntakeError(f"{path} cannot be read ({error}). {cure}") from error
    return found


def _entry(folder: Path, number: int) -> Entry:
    told = _told(folder, number)
    files = tuple((one["name"], one["checksum"]) for one in told["files"])
    return Entry(told["number"], told["when"], told["kind"], files, told["counts"], tuple(told["changed"]))


def undo(folder: Path) -> Entry:
    """Take the last accepted import back: every file as it was, byte for byte; the entry goes, too.

    Decisions made since then stay; those the entry itself made go.

    Raises:
        IntakeError: there is nothing to undo, or a file was changed since the import.
    """
    require_writable(folder)
    numbers = _numbers(folder)
    if not numbers:
        raise IntakeError(f"{folder} has no import to undo.")
    number = numbers[-1]
    entry, told = _entry(folder, number), _told(folder, number)
    root = folder / FOLDER / entry.name
    changes: dict[str, bytes | None] = {}
    for name, sums in told["changed"].items():
        now = journal.current(folder, name)
        # a name from a file: nothing but the folder's own files is ever written
        if name not in _own_files():
            raise IntakeError(f"{root / ENTRY} names {name}, which is no file of a region. Restore it by hand.")
        kept = root / BEFORE / name
        before = kept.read_bytes() if sums["before"] and kept.is_file() else None
        if _checksum(before) != sums["before"]:
            raise IntakeError(f"{kept} is not what the import had kept. Restore the region from your own copy.")
        if _checksum(now) == sums["after"] or name == proposals.FILE:
            changes[name] = before
        elif name == decisions.FILE:
            changes[name] = _without(decisions.load(folder), told["decisions"])
        else:
            raise IntakeError(
                f"{name} has changed since the import of {entry.when}. Undo would lose that change; "
                f"the file as it was before the import is {kept}."
            )
    changes |= {str(path.relative_to(folder).as_posix()): None for path in sorted(root.rglob("*")) if path.is_file()}
    journal.commit(folder, changes)
    return entry


def _own_files() -> frozenset[str]:
    return frozenset({*(table.file for table in dictionary().values()), proposals.FILE, decisions.FILE})


def _without(held: Decisions, made: list[list[Any]]) -> bytes | None:
    left = held.without(*(tuple(key) for key, _ in made))
    left = left.decided(*(Decision(*cells) for _, cells in made if cells))
    return left.text().encode() if left.held else None


__all__ = ["Entry", "accept", "log", "require_writable", "undo", "write"]
