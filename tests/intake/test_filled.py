"""A filled workbook merged by key: new rows, changed cells, blanks, faulty rows and what hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from ecosystem import intake, tables
from ecosystem.intake import Fate, filled

if TYPE_CHECKING:
    from pathlib import Path


def sheet(*rows: dict[str, str], first: int = 2) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), dtype="str").fillna("")
    frame.index = pd.RangeIndex(first, first + len(rows))
    return frame


ACTOR = {
    "actor_id": "d-new",
    "name": "Neues Institut",
    "sector": "science",
    "place_id": "XX111",
    "source_ids": "toy-page",
}


def test_rows_are_merged_by_their_keys(folder: Path) -> None:
    known = tables.read(folder)
    sheets = {
        "actors": sheet(
            ACTOR, {"actor_id": "a-works", "name": "", "short_name": "AW", "sector": "industry", "place_id": "XX111"}
        ),
        "participations": sheet(
            {
                "project_id": "P1",
                "actor_id": "d-new",
                "funding_eur": "1.234,50",
                "year": "2020",
                "source_id": "toy-page",
            }
        ),
    }
    plan = filled.plan(known, sheets, file="filled.xlsx")
    assert plan.left == ()
    assert plan.tally.rows()[0] | {} == {
        "kind": "actors",
        "read": 2,
        "new": 1,
        "known": 1,
        "joined": 0,
        "person": 0,
        "outside": 0,
        "rejected": 0,
    }
    works = plan.tables.actors.set_index("actor_id").loc["a-works"]
    # a blank cell says nothing
    assert (works["name"], works["short_name"], works["source_ids"]) == (
        "Ahauser Werke AG",
        "AW",
        "toy-page|toy-register",
    )
    changed = {change.table: (len(change.added), change.changed_rows) for change in plan.changes}
    assert changed == {"actors": (1, 1), "participations": (1, 0)}
    assert plan.tables.participations["funding_eur"].max() == 150000
    funding = plan.tables.participations.set_index(["project_id", "actor_id"])["funding_eur"]
    assert funding["P1", "d-new"] == 1234.5
    intake.accept(plan, folder)
    again = filled.plan(tables.read(folder), sheets, file="filled.xlsx")
    assert again.changes == ()
    assert again.tally.of_kind("actors", Fate.KNOWN) == 2


def test_faulty_rows_are_rejected_with_what_hangs_on_them(folder: Path) -> None:
    known = tables.read(folder)
    sheets = {
        "actors": sheet(
            ACTOR | {"sector": "sciense"},
            ACTOR | {"actor_id": "e-good"},
            ACTOR | {"actor_id": "e-good", "name": "Again"},
        ),
        "ties": sheet(
            {
                "tie_id": "n1",
                "source_actor_id": "d-new",
                "relation": "funds",
                "target_actor_id": "a-works",
                "source_id": "toy-page",
            },
            {
                "tie_id": "n2",
                "source_actor_id": "e-good",
                "relation": "funds",
                "target_actor_id": "a-works",
                "source_id": "toy-page",
            },
            {
                "tie_id": "",
                "source_actor_id": "e-good",
                "relation": "funds",
                "target_actor_id": "b-labs",
                "source_id": "toy-page",
            },
            first=5,
        ),
    }
    plan = filled.plan(known, sheets, file="filled.xlsx")
    told = {(one.origin.part, one.origin.row): (one.column, one.value) for one in plan.left}
    assert told == {
        ("actors", 2): ("sector", "sciense"),
        ("actors", 4): ("actor_id", "e-good"),
        ("ties", 5): ("source_actor_id", "d-new"),
        ("ties", 7): ("tie_id", ""),
    }
    assert plan.rejected == 4
    assert [(plan.tally.of_kind(kind), plan.tally.of_kind(kind, Fate.REJECTED)) for kind in sheets] == [(3, 2), (3, 2)]
    assert all(one.cure for one in plan.left)
    assert "Did you mean “science”?" in plan.left[0].cure
    assert {"e-good"} == set(plan.tables.actors["actor_id"]) - set(known.actors["actor_id"])
    assert {"n2"} == set(plan.tables.ties["tie_id"]) - set(known.ties["tie_id"])


@pytest.mark.parametrize("cell", ["=1+1", "+49", "@SUM(A1)", "<script>alert(1)</script>", "../../etc/passwd"])
def test_what_looks_dangerous_is_text_or_refused_but_never_more(folder: Path, cell: str) -> None:
    plan = filled.plan(tables.read(folder), {"actors": sheet(ACTOR | {"name": cell})}, file="filled.xlsx")
    assert plan.tables.actors.set_index("actor_id").loc["d-new", "name"] == cell


def test_a_workbook_without_rows_changes_nothing(folder: Path) -> None:
    plan = filled.plan(
        tables.read(folder), {"actors": pd.DataFrame(columns=["actor_id", "name"], dtype="str")}, file="f.xlsx"
    )
    assert plan.changes == ()
    assert intake.accept(plan, folder) is None


def test_a_template_comes_back_filled(folder: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    from ecosystem.sources.workbook import template

    known = tables.read(folder)
    path = tmp_path / "template.xlsx"
    template(path, known)
    book = load_workbook(path)
    page = book["actors"]
    header = {str(cell.value).strip(" *"): cell.column for cell in page[1]}
    for name, value in ACTOR.items():
        page.cell(row=2, column=header[name], value=value)
    book.save(path)
    plan = filled.of_file(known, path)
    assert (plan.rejected, plan.tally.of_kind("actors", Fate.NEW)) == (0, 1)
    assert plan.files[0][1].startswith("sha256:")
    assert plan.tables.actors.set_index("actor_id").loc["d-new", "name"] == "Neues Institut"
