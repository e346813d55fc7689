"""Accepting and undoing: all or nothing, whatever happens in the middle; back byte for byte."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from bytewise import state

from ecosystem import intake, journal, tables
from ecosystem.errors import IntakeError
from ecosystem.regions import locate

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecosystem.sources.record import Reading


def planned(folder: Path, reading: Reading) -> intake.Plan:
    return intake.plan(tables.read(folder), reading, intake.load(folder), folder=folder)


def test_accepting_makes_the_folder_what_the_plan_said(folder: Path, reading: Reading) -> None:
    plan = planned(folder, reading)
    before = state(folder)
    entry = intake.accept(plan, folder)
    assert entry is not None
    read = tables.read(folder)
    assert tables.texts(read) == tables.texts(plan.tables)
    assert [one for one in tables.inspect(folder) if one.severity == "error"] == []
    told = json.loads((folder / "imports" / "0001" / "import.json").read_text("utf-8"))
    assert told["files"] == [{"name": "List of operations", "checksum": "sha256:abcdef0123"}]
    assert told["counts"]["actors"]["new"] == 2
    assert told["when"].endswith("+00:00")
    assert intake.log(folder) == (entry,)
    # files that say the same keep their bytes
    changed = {
        name for name, data in state(folder).items() if before.get(name) != data and not name.startswith("imports")
    }
    assert changed == {"actors.csv", "projects.csv", "participations.csv", "ties.csv", "sources.csv"}


def test_undo_restores_every_byte(folder: Path, reading: Reading) -> None:
    # a form of one's own: semicolons and CRLF survive an undo
    text = (folder / "ties.csv").read_text("utf-8").replace(",", ";").replace("\n", "\r\n")
    (folder / "ties.csv").write_bytes(text.encode())
    before = state(folder)
    assert intake.accept(planned(folder, reading), folder) is not None
    assert state(folder) != before
    entry = intake.undo(folder)
    assert entry.number == 1
    assert state(folder) == before
    assert not (folder / "imports").exists()
    with pytest.raises(IntakeError, match="no import to undo"):
        intake.undo(folder)


def test_undo_takes_one_import_at_a_time(folder: Path, reading: Reading) -> None:
    from dataclasses import replace

    states = [state(folder)]
    half = replace(reading, projects=(), participations=(), ties=())
    for one in (half, reading):
        assert intake.accept(planned(folder, one), folder) is not None
        states.append(state(folder))
    assert [entry.number for entry in intake.log(folder)] == [1, 2]
    intake.undo(folder)
    assert state(folder) == states[1]
    intake.undo(folder)
    assert state(folder) == states[0]


def test_importing_the_same_again_changes_nothing(folder: Path, reading: Reading) -> None:
    assert intake.accept(planned(folder, reading), folder) is not None
    before = state(folder)
    assert intake.accept(planned(folder, reading), folder) is None
    assert state(folder) == before


def test_a_folder_that_changed_since_the_plan_is_not_overwritten(folder: Path, reading: Reading) -> None:
    plan = planned(folder, reading)
    (folder / "ties.csv").write_text((folder / "ties.csv").read_text("utf-8").replace("2018", "2017"), "utf-8")
    before = state(folder)
    with pytest.raises(IntakeError, match="has changed since"):
        intake.accept(plan, folder)
    assert state(folder) == before


def test_undo_does_not_lose_what_was_changed_by_hand(folder: Path, reading: Reading) -> None:
    intake.accept(planned(folder, reading), folder)
    (folder / "ties.csv").write_text((folder / "ties.csv").read_text("utf-8").replace("2018", "2017"), "utf-8")
    before = state(folder)
    with pytest.raises(IntakeError, match=r"ties\.csv has changed since .*imports/0001/before/ties\.csv"):
        intake.undo(folder)
    assert state(folder) == before


@pytest.mark.parametrize("name", ["../evil.csv", "region.toml/../../x", "/etc/passwd", "notes.txt"])
def test_a_log_that_was_tampered_with_writes_nowhere_else(folder: Path, reading: Reading, name: str) -> None:
    intake.accept(planned(folder, reading), folder)
    path = folder / "imports" / "0001" / "import.json"
    told = json.loads(path.read_text("utf-8"))
    told["changed"][name] = {"before": "", "after": ""}
    path.write_text(json.dumps(told), "utf-8")
    with pytest.raises(IntakeError, match="no file of a region"):
        intake.undo(folder)


class Killed(BaseException):
    """What a killed process does: nothing more."""


def killed_at(number: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Every write, rename and removal from the given one on never happens; says how many were asked for."""
    count = 0

    def counted(real: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count >= number:
                raise Killed
            return real(*arguments, **options)

        return call

    for owner, name in (
        (journal, "_put"), (Path, "rename"), (Path, "replace"), (Path, "unlink"), (Path, "rmdir"), (shutil, "rmtree"),
    ):  # fmt: skip
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))
    return lambda: count


@pytest.mark.parametrize("act", ["accept", "undo"])
def test_killed_anywhere_there_is_the_old_state_or_the_new_one(
    folder: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    if act == "undo":
        intake.accept(planned(folder, reading), folder)
    old = tables.digest(folder)
    plan = planned(folder, reading) if act == "accept" else None
    kept = folder.parent / "kept"
    shutil.copytree(folder, kept)
    seen = set()
    for number in range(1, 200):
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        with monkeypatch.context() as patch:
            asked = killed_at(number, patch)
            try:
                intake.accept(plan, folder) if plan else intake.undo(folder)
                done = True
            except Killed:
                done = False
        found = tables.digest(folder)
        assert [one for one in tables.inspect(folder) if one.severity == "error"] == []
        seen.add(found)
        # the next program that looks finishes what was begun, and finds the same
        entries = len(intake.log(folder))
        assert tables.digest(folder) == found
        assert not [path for path in folder.iterdir() if path.name.startswith(".")]
        assert entries == (1 if (found == old) == (act == "undo") else 0)
        if done:
            assert asked() < number
            break
    assert done
    assert number > 10
    assert len(seen) == 2


def test_regions_of_the_package_stay_as_they_are(reading: Reading) -> None:
    toy = locate("toy")
    before = state(toy)
    plan = intake.plan(tables.read(toy), reading)
    with pytest.raises(IntakeError, match="came with the package"):
        intake.accept(plan, toy)
    with pytest.raises(IntakeError, match="came with the package"):
        intake.undo(toy)
    assert state(toy) == before


def test_a_copy_is_complete_or_not_there(tmp_path: Path) -> None:
    to = intake.copied(locate("toy"), tmp_path / "new" / "mine")
    assert state(to) == state(locate("toy"))
    with pytest.raises(IntakeError, match="not empty"):
        intake.copied(locate("toy"), to)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["mine"]


def test_a_folder_that_cannot_be_written_is_said(
    folder: Path, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    plan, before = planned(folder, reading), state(folder)
    with monkeypatch.context() as patch:
        patch.setattr(journal, "_put", full)
        with pytest.raises(IntakeError, match="No space left"):
            intake.accept(plan, folder)
    journal.settle(folder)
    assert state(folder) == before


def test_what_else_lies_in_the_folder_is_no_fault(folder: Path, reading: Reading) -> None:
    intake.accept(planned(folder, reading), folder)
    (folder / "notes.txt").write_text("x", "utf-8")
    before = tables.digest(folder)
    (folder / "decisions.csv").write_text("kind,subject,object,verdict\nsector,a-works,,industry\n", "utf-8")
    assert [one for one in tables.inspect(folder) if one.severity == "error"] == []
    assert tables.digest(folder) == before
