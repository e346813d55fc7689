"""What becomes of every raw row, worked out by hand on a region of three towns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from bytewise import at, state

from ecosystem import intake, tables
from ecosystem.intake import Decision, Decisions, Fate
from ecosystem.sources.record import RawActor

if TYPE_CHECKING:
    from pathlib import Path

    from ecosystem.sources.record import Reading


def test_every_row_has_its_fate(folder: Path, reading: Reading) -> None:
    plan = intake.plan(tables.read(folder), reading, folder=folder)
    fates = {kind: {fate.value: n for fate, n in held.items() if n} for kind, held in plan.tally.counts.items()}
    assert fates == {
        "actors": {"new": 2, "known": 1, "joined": 1, "person": 1, "outside": 1, "rejected": 2},
        "projects": {"new": 2, "outside": 1, "person": 1, "rejected": 1},
        "participations": {"new": 3, "joined": 2, "outside": 2, "person": 2, "rejected": 4},
        "ties": {"new": 2, "joined": 1, "rejected": 1, "outside": 1},
    }


def test_the_rows_are_those_of_the_source(folder: Path, reading: Reading) -> None:
    plan = intake.plan(tables.read(folder), reading, folder=folder)
    actors = plan.tables.actors.set_index("actor_id")
    new = actors.loc["waermepumpen-bestadt-gmbh"]
    assert (new["name"], new["sector"], new["place_id"]) == ("Wärmepumpen Bestadt GmbH", "industry", "XX112")
    assert (new["website"], new["place_evidence"], new["source_ids"]) == (
        "https://wp.example.org", "table", "list-of-operations-abcdef",
    )  # fmt: skip
    assert new["sector_evidence"]
    assert new["note"].startswith("sector: ")
    known = actors.loc["a-works"]
    # another case is no other name; an acronym is
    assert known["aliases"] == "AW"
    assert known["source_ids"] == "toy-page|toy-register|list-of-operations-abcdef"
    projects = plan.tables.projects.set_index("project_id")
    assert projects.loc["operations-10", ["fields", "field_basis", "year", "other_partners"]].tolist() == [
        "energy",
        "title",
        2022,
        5,
    ]
    assert projects.loc["p-care", "fields"] == "care"
    funding = plan.tables.participations.set_index(["project_id", "actor_id"])["funding_eur"]
    assert funding["operations-10", "waermepumpen-bestadt-gmbh"] == 1000.5
    assert funding["operations-10", "a-works"] == 250
    assert funding.isna()["p-care", "pflegeheim-cedorf-ggmbh"]
    assert any("below zero" in note for note in plan.notes)
    ties = plan.tables.ties[plan.tables.ties["source_id"].str.contains("list-of")]
    assert set(zip(ties["source_actor_id"], ties["relation"], ties["target_actor_id"], strict=True)) == {
        ("a-works", "cooperates_with", "waermepumpen-bestadt-gmbh"),
        ("pflegeheim-cedorf-ggmbh", "funds", "a-works"),
    }
    source = plan.tables.sources.set_index("source_id").loc["list-of-operations-abcdef"]
    assert source[["title", "publisher", "licence", "note"]].tolist() == [
        "List of operations", "the tests", "CC0", "sha256:abcdef0123",
    ]  # fmt: skip


def test_rows_that_are_not_taken_say_why_and_persons_have_no_name(folder: Path, reading: Reading) -> None:
    plan = intake.plan(tables.read(folder), reading, folder=folder)
    left = {one.origin.row: one for one in plan.left}
    assert set(left) == {6, 7, 8, 9, 11, 12, 13, 14, 17, 18, 20, 21}
    assert left[6].fate is left[12].fate is Fate.PERSON
    assert left[7].fate is left[11].fate is left[18].fate is Fate.OUTSIDE
    assert "Ferndorf" in left[7].reason
    assert "no place" in left[8].reason
    assert "sector" in left[9].reason
    assert "ghost" in left[13].reason
    assert "liebt" in left[17].reason
    assert "nobody" in left[20].reason
    assert "no name" in left[21].reason
    assert all(one.reason and one.cure for one in plan.left)
    assert plan.rejected == sum(one.fate is Fate.REJECTED for one in plan.left) == 7
    told = repr(plan.left) + repr(plan.questions) + repr(plan.notes) + repr(tables.texts(plan.tables))
    assert "Mustermann" not in told


def test_partners_outside_can_be_kept(folder: Path, reading: Reading) -> None:
    plan = intake.plan(tables.read(folder), reading, folder=folder, outside="keep")
    actors = plan.tables.actors.set_index("actor_id")
    assert actors.loc["fernwerk-gmbh", "place_id"] == "x-ferndorf"
    place = plan.tables.places.set_index("place_id").loc["x-ferndorf"]
    assert (place["name"], place["in_region"]) == ("Ferndorf", False)
    projects = plan.tables.projects.set_index("project_id")
    assert projects.loc["operations-10", "other_partners"] == 4
    # a project nobody inside takes part in is none of the region's
    assert "p-far" not in projects.index


def test_a_unit_is_tied_to_its_parent(folder: Path, reading: Reading) -> None:
    actors = (
        RawActor("p", "Hochschule Ahausen", at(2), municipality="Ahausen"),
        RawActor("u", "Institut für Wärme", at(3), municipality="Ahausen", parent="p"),
        RawActor("v", "Institut für Kälte", at(4), municipality="Ahausen", parent="gone"),
    )
    plan = intake.plan(
        tables.read(folder), replace(reading, actors=actors, projects=(), participations=(), ties=(), rejects=())
    )
    ties = plan.tables.ties[plan.tables.ties["source_id"] == plan.source_id]
    ends = ["source_actor_id", "relation", "target_actor_id"]
    assert ties[ends].to_numpy().tolist() == [["a-college", "hosts", "institut-fuer-waerme"]]
    assert any("1 tie(s)" in note for note in plan.notes)


def test_names_of_another_script_are_the_same_the_next_time(folder: Path, reading: Reading) -> None:
    actors = (RawActor("g", "Πανεπιστήμιο", at(2), municipality="Ahausen", kinds=(("cordis", "HES"),)),)
    alone = replace(reading, actors=actors, projects=(), participations=(), ties=(), rejects=())
    first = intake.plan(tables.read(folder), alone)
    assert first.tally.of_kind("actors", Fate.NEW) == 1
    assert intake.plan(first.tables, alone).changes == ()


def test_a_mere_likeness_of_a_town_places_nobody(folder: Path, reading: Reading) -> None:
    actors = (RawActor("x", "Neue Werke GmbH", at(2), municipality="Ahauser"),)
    plan = intake.plan(
        tables.read(folder), replace(reading, actors=actors, projects=(), participations=(), ties=(), rejects=())
    )
    assert plan.tally.of_kind("actors", Fate.NEW) == 0


def test_decisions_are_followed(folder: Path, reading: Reading) -> None:
    from ecosystem.matching.organisations import key

    raws = {raw.raw_id: raw for raw in reading.actors}
    decided = Decisions().decided(
        Decision("sector", key(raws["sectorless"]), "", "civil_society"),
        Decision("place", key(raws["nowhere"]), "", "XX111"),
        Decision("match", key(raws["new"]), "c-motors", "merge"),
        Decision("fields", "p-care", "", "none"),
        Decision("person", key(raws["person"]), "", "organisation"),
    )
    plan = intake.plan(tables.read(folder), reading, decided, folder=folder)
    actors = plan.tables.actors.set_index("actor_id")
    assert actors.loc["dings", ["sector", "sector_evidence"]].tolist() == ["civil_society", "knowledge"]
    assert actors.loc["irgendwo-gmbh", ["place_id", "place_evidence"]].tolist() == ["XX111", "knowledge"]
    assert "Wärmepumpen Bestadt GmbH" in actors.loc["c-motors", "aliases"].split("|")
    assert "waermepumpen-bestadt-gmbh" not in actors.index
    assert plan.tables.projects.set_index("project_id").loc["p-care", "fields"] == ""
    assert plan.tally.of_kind("actors", Fate.PERSON) == 0


def test_planning_again_on_what_came_out_changes_nothing(folder: Path, reading: Reading) -> None:
    for outside in ("drop", "keep"):
        first = intake.plan(tables.read(folder), reading, folder=folder, outside=outside)
        again = intake.plan(first.tables, reading, folder=folder, outside=outside)
        assert again.changes == ()
        assert again.tally.of_kind("actors", Fate.NEW) == 0
        assert {one.origin.row for one in again.left} == {one.origin.row for one in first.left}


def test_a_newer_edition_adds_its_source_and_changes_the_amount(folder: Path, reading: Reading) -> None:
    first = intake.plan(tables.read(folder), reading, folder=folder)
    raised = tuple(replace(one, funding_eur=2000.0) if one.actor == "new" else one for one in reading.participations)
    newer = replace(
        reading,
        participations=raised,
        provenance=replace(reading.provenance, checksum="sha256:999999", accessed="2027-01-01"),
    )
    second = intake.plan(first.tables, newer, folder=folder)
    cells = {
        (one.column, one.before, one.after)
        for change in second.changes
        for one in change.cells
        if change.table == "participations"
    }
    assert ("funding_eur", "1000.5", "2000") in cells
    assert [len(change.added) for change in second.changes if change.table == "sources"] == [1]
    assert all(change.removed.empty for change in second.changes)


def test_a_reading_that_gives_nothing_lists_no_source(folder: Path, reading: Reading) -> None:
    far = replace(
        reading,
        actors=reading.actors[5:6],
        projects=reading.projects[2:3],
        participations=reading.participations[7:8],
        ties=(),
        rejects=(),
    )
    plan = intake.plan(tables.read(folder), far)
    assert plan.changes == ()
    assert intake.accept(plan, folder) is None
    assert "imports" not in {path.name for path in folder.iterdir()}


def test_the_region_itself_is_not_touched_by_a_plan(folder: Path, reading: Reading) -> None:
    before, known = state(folder), tables.read(folder)
    texts = tables.texts(known)
    intake.plan(known, reading, folder=folder)
    assert state(folder) == before
    assert tables.texts(known) == texts


HEAD = "kind,subject,object,verdict\n"
BROKEN = [
    "kind,subject\n",
    HEAD + "match,a,,merge\n",
    HEAD + "sector,a,,green\n",
    HEAD + "love,a,,b\n",
    HEAD + "sector,,,science\n",
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_file_of_decisions_is_named(folder: Path, broken: str) -> None:
    (folder / "decisions.csv").write_text(broken, "utf-8")
    with pytest.raises(intake.IntakeError, match=r"decisions\.csv, row [12], column"):
        intake.load(folder)
