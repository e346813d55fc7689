"""The commands of an import, as a person gives them."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest
from bytewise import state
from commanded import LIST, Answer, runner

from ecosystem import tables
from ecosystem.regions import locate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    return runner(monkeypatch, capsys)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "vorhaben.csv"
    path.write_text(LIST, "utf-8")
    return path


def rejected(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["row"]: row for row in csv.DictReader(file)}


def test_a_dry_run_says_what_would_change_and_writes_nothing(
    run: Callable[..., Answer], folder: Path, listed: Path
) -> None:
    before = state(folder)
    answer = run(
        "import", "operations", listed, "--region", folder, "--dry-run", "--rejects", listed.with_name("rejects.csv")
    )
    assert answer.code == 2
    assert "Nothing was written" in answer.out
    assert state(folder) == before
    left = rejected(listed.with_name("rejects.csv"))
    assert {row: one["fate"] for row, one in left.items()} == {"5": "person", "6": "outside", "7": "rejected"}
    assert all(one["reason"] and one["cure"] for one in left.values())
    assert "Mustermann" not in listed.with_name("rejects.csv").read_text("utf-8") + answer.out


def test_import_review_undo(run: Callable[..., Answer], folder: Path, listed: Path) -> None:
    before = state(folder)
    answer = run("import", "operations", listed, "--region", folder)
    assert answer.code == 2
    assert "accepted as import 1" in answer.out
    assert re.search(r"actors\s+│\s+6\b|actors\s+│\s+5\b", answer.out)
    assert run("check", folder).code == 0
    imported = state(folder)
    again = run("import", "operations", listed, "--region", folder)
    assert "nothing changed" in again.out
    assert state(folder) == imported
    listing = run("review", folder)
    key = re.search(r"q-[0-9a-f]{8}", listing.out)
    assert key is not None
    assert "Cedorfer Motoren GmbH" in listing.out
    assert run("review", folder, "--decide", f"{key[0]}=merge").code == 0
    assert "cedorfer-motoren-ag" not in set(tables.read(folder).actors["actor_id"])
    assert "No question is open" in run("review", folder).out
    merged = state(folder)
    assert "nothing changed" in run("import", "operations", listed, "--region", folder).out
    assert state(folder) == merged
    assert "review" in run("undo", folder).out
    assert state(folder) == imported
    assert "actors.csv" in run("undo", folder).out
    assert state(folder) == before
    assert run("undo", folder).code == 1


def test_all_rows_taken_is_zero(run: Callable[..., Answer], folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "good.csv"
    path.write_text("\n".join(LIST.splitlines()[1:4]) + "\n", "utf-8")
    assert run("import", "operations", path, "--region", folder).code == 0


def test_a_region_of_the_package_is_copied_first(run: Callable[..., Answer], listed: Path, tmp_path: Path) -> None:
    before = state(locate("toy"))
    answer = run("import", "operations", listed, "--region", "toy")
    assert answer.code == 1
    assert "--to ./my-toy" in answer.err
    answer = run("import", "operations", listed, "--region", "toy", "--to", tmp_path / "mine")
    assert answer.code == 2
    assert "was copied to" in answer.out
    assert "waermepumpen-bestadt-gmbh" in set(tables.read(tmp_path / "mine").actors["actor_id"])
    assert state(locate("toy")) == before
    assert run("undo", "toy").code == 1
    assert run("review", "toy", "--decide", "sector:a-works=science").code == 1
    assert state(locate("toy")) == before


def test_a_mapping_is_saved_corrected_and_used(run: Callable[..., Answer], folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Wer;Was;Wo\nWärmepumpen Bestadt GmbH;Wärmepumpe;Bestadt\n", "utf-8")
    answer = run("import", "operations", path, "--region", folder, "--dry-run")
    assert answer.code == 1
    assert "odd.csv" in answer.err
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("columns:\n  name: Wer\n  title: Was\n  municipality: Wo\n", "utf-8")
    answer = run(
        "import",
        "operations",
        path,
        "--region",
        folder,
        "--mapping",
        mapping,
        "--save-mapping",
        tmp_path / "saved.yaml",
    )
    assert answer.code == 0
    assert "name: Wer" in (tmp_path / "saved.yaml").read_text("utf-8")
    assert "waermepumpen-bestadt-gmbh" in set(tables.read(folder).actors["actor_id"])
    assert run("import", "ror", path, "--save-mapping", tmp_path / "x.yaml", "--dry-run").code == 1


def test_outside_partners_are_kept_when_asked(run: Callable[..., Answer], folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "joint.csv"
    path.write_text(
        "Projekt-ID;Name des Begünstigten;Bezeichnung des Vorhabens;Ort\n"
        "x1;Wärmepumpen Bestadt GmbH;Gemeinsam;Bestadt\nx1;Fernwerk GmbH;Gemeinsam;Ferndorf\n",
        "utf-8",
    )
    assert run("import", "operations", path, "--region", folder, "--outside", "keep").code == 0
    assert "x-ferndorf" in set(tables.read(folder).places["place_id"])


def test_a_workbook_is_imported(run: Callable[..., Answer], folder: Path, tmp_path: Path) -> None:
    filled = tmp_path / "filled"
    filled.mkdir()
    (filled / "actors.csv").write_text(
        "actor_id,name,sector,place_id,source_ids\n"
        "d-new,Neues Institut,science,XX111,toy-page\nd-bad,Schlecht,sciense,XX111,toy-page\n",
        "utf-8",
    )
    answer = run("import", "workbook", filled, "--region", folder, "--rejects", tmp_path / "r.csv")
    assert answer.code == 2
    assert rejected(tmp_path / "r.csv")["3"]["value"] == "sciense"
    assert "d-new" in set(tables.read(folder).actors["actor_id"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "operations", "gone.csv", "--region", "toy", "--dry-run"], "gone.csv"),
        (["import", "workbook", "a", "b", "--region", "toy", "--dry-run"], "one file"),
        (["review", "toy", "--decide", "merge"], "KEY=VERDICT"),
        (["new-region", "--name", "X", "--fields", "gone.csv", "--to", "x"], "gone.csv"),
    ],
)
def test_what_goes_wrong_is_one_sentence(run: Callable[..., Answer], arguments: list[str], words: str) -> None:
    answer = run(*arguments)
    assert answer.code == 1
    assert words in answer.err


def test_cells_that_look_like_formulas_are_harmless_in_the_reject_file(
    run: Callable[..., Answer], folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "evil.csv"
    path.write_text(
        "Name des Begünstigten;Bezeichnung des Vorhabens;Ort\n=cmd GmbH;X;Ferndorf\n@SUM(1);Y;Cedorf\n", "utf-8"
    )
    run("import", "operations", path, "--region", folder, "--dry-run", "--rejects", tmp_path / "r.csv")
    cells = [cell for row in rejected(tmp_path / "r.csv").values() for cell in row.values()]
    assert any("cmd" in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}] == []


def test_on_a_terminal_the_questions_are_asked_one_after_the_other(
    run: Callable[..., Answer], folder: Path, listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ecosystem import intake
    from ecosystem.cli import reviewing

    run("import", "operations", listed, "--region", folder)
    (question,) = intake.asked(folder)
    for answer, left in (("stop", 1), ("later", 1), ("merge", 0)):
        monkeypatch.setattr(reviewing.typer, "prompt", lambda *_, answer=answer, **__: answer)
        reviewing._ask(folder, intake.asked(folder), "by hand")
        assert len(intake.asked(folder)) == left
    assert question.actor_id not in set(tables.read(folder).actors["actor_id"])


def test_a_folder_that_is_being_made_is_no_region(
    run: Callable[..., Answer], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECOSYSTEM_DATA", str(folder.parent))
    folder.rename(folder.with_name(".toy-half"))
    assert ".toy-half" not in run("regions").out
