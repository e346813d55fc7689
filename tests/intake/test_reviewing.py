"""Open questions and their answers: carried out at once, kept over every import, taken back like an import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bytewise import at, state

from ecosystem import intake, tables
from ecosystem.errors import IntakeError
from ecosystem.sources.record import Provenance, RawActor, RawParticipation, RawProject, RawTie, Reading

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def asking() -> Reading:
    """Two organisations that look like one the region has, one in contact with it."""
    actors = (
        RawActor("m", "Cedorfer Motoren AG", at(2), municipality="Cedorf"),
        RawActor("n", "Netz Ahausen AG", at(3), municipality="Ahausen"),
        RawActor("w", "Ahauser Werke AG", at(4), municipality="Ahausen"),
    )
    projects = (
        RawProject("p-1", "Motor", at(2), start="2021-01-01"),
        RawProject("P4", "Motor test bench", at(3), start="2021-05-01"),
    )
    participations = (
        RawParticipation("p-1", "m", at(2), funding_eur=10.0),
        RawParticipation("P4", "m", at(3), funding_eur=5.0),
        RawParticipation("p-1", "n", at(3)),
    )
    ties = (RawTie("m", "w", "cooperation", at(4)), RawTie("m", "n", "funds", at(5)))
    return Reading("table", Provenance("A list", checksum="sha256:1234567"), actors, projects, participations, ties)


@pytest.fixture
def asked(folder: Path, asking: Reading) -> dict[str, intake.Question]:
    intake.accept(intake.plan(tables.read(folder), asking, folder=folder), folder)
    return {one.name: one for one in intake.asked(folder)}


def again(folder: Path, asking: Reading) -> intake.Plan:
    return intake.plan(tables.read(folder), asking, intake.load(folder), folder=folder)


def test_what_looks_alike_is_taken_apart_and_asked_about(folder: Path, asked: dict[str, intake.Question]) -> None:
    one = asked["Cedorfer Motoren AG"]
    assert (one.kind, one.actor_id, one.other, one.other_name) == (
        "match", "cedorfer-motoren-ag", "c-motors", "Cedorfer Motoren GmbH",
    )  # fmt: skip
    assert one.place == "Cedorf"
    assert 0 < one.score < 1
    assert one.reasons
    assert one.key.startswith("q-")
    assert {"cedorfer-motoren-ag", "c-motors"} <= set(tables.read(folder).actors["actor_id"])
    assert set(asked) == {"Cedorfer Motoren AG", "Netz Ahausen AG"}


def test_merging_moves_everything_and_keeps_the_name(
    folder: Path, asking: Reading, asked: dict[str, intake.Question]
) -> None:
    before = tables.read(folder)
    intake.decide(folder, asked["Cedorfer Motoren AG"].key, "merge")
    read = tables.read(folder)
    actors = read.actors.set_index("actor_id")
    assert "cedorfer-motoren-ag" not in actors.index
    assert actors.loc["c-motors", "aliases"] == "Cedorfer Motoren AG"
    assert "a-list-123456" in actors.loc["c-motors", "source_ids"].split("|")
    funding = read.participations.set_index(["project_id", "actor_id"])["funding_eur"]
    # the same project and year: 90,000 were there before
    assert (funding["p-1", "c-motors"], funding["P4", "c-motors"]) == (10, 90005)
    assert read.participations["funding_eur"].sum() == before.participations["funding_eur"].sum()
    # the tie to the works was there before: one with it now, and sourced twice
    ties = read.ties.set_index("tie_id")
    assert ties.loc["t3", "source_id"] == "toy-page|a-list-123456"
    assert len(read.ties) == len(before.ties) - 1
    assert [one.name for one in intake.asked(folder)] == ["Netz Ahausen AG"]
    plan = again(folder, asking)
    assert plan.changes == ()
    assert plan.questions == ()


@pytest.mark.parametrize("verdict", ["apart", "later"])
def test_apart_and_later_change_no_table_and_hold(
    folder: Path, asking: Reading, asked: dict[str, intake.Question], verdict: str
) -> None:
    before = tables.digest(folder)
    intake.decide(folder, asked["Netz Ahausen AG"].key, verdict, note="seen the register")
    assert tables.digest(folder) == before
    assert {one.name for one in intake.asked(folder)} == set(asked) - (
        {"Netz Ahausen AG"} if verdict == "apart" else set()
    )
    assert ",seen the register\n" in (folder / "decisions.csv").read_text("utf-8")
    assert intake.accept(again(folder, asking), folder) is None


def test_decisions_hold_where_the_region_is_built_anew(
    folder: Path, asking: Reading, asked: dict[str, intake.Question]
) -> None:
    intake.decide(folder, asked["Cedorfer Motoren AG"].key, "merge")
    intake.decide(folder, asked["Netz Ahausen AG"].key, "apart")
    decided = (folder / "decisions.csv").read_bytes()
    built = tables.read(folder)
    for _ in range(3):
        intake.undo(folder)
    assert intake.asked(folder) == ()
    assert not (folder / "decisions.csv").exists()
    (folder / "decisions.csv").write_bytes(decided)
    intake.accept(again(folder, asking), folder)
    assert intake.asked(folder) == ()
    now = tables.read(folder)
    assert set(now.actors["actor_id"]) == set(built.actors["actor_id"])
    ends = ["source_actor_id", "relation", "target_actor_id"]
    assert set(map(tuple, now.ties[ends].to_numpy())) == set(map(tuple, built.ties[ends].to_numpy()))
    names = [read.actors.set_index("actor_id").at["c-motors", "aliases"] for read in (built, now)]
    assert names[0] == names[1] == "Cedorfer Motoren AG"


def test_a_decision_is_undone_like_an_import(folder: Path, asked: dict[str, intake.Question]) -> None:
    before = state(folder)
    for verdict in ("merge", "apart"):
        intake.decide(folder, asked["Cedorfer Motoren AG"].key, verdict)
        assert intake.undo(folder).kind == "review"
        assert state(folder) == before


def test_undoing_an_import_keeps_decisions_made_before_it(folder: Path, asking: Reading) -> None:
    intake.decide(folder, "sector:a-works", "science")
    before = state(folder)
    intake.accept(again(folder, asking), folder)
    intake.undo(folder)
    assert state(folder) == before


def test_sectors_fields_and_places_can_be_set(folder: Path) -> None:
    intake.decide(folder, "sector:a-works", "science")
    intake.decide(folder, "fields:a-works", "care|energy")
    intake.decide(folder, "fields:a-grid", "none")
    intake.decide(folder, "fields:P5", "care")
    intake.decide(folder, "place:a-works", "XX113")
    read = tables.read(folder)
    works = read.actors.set_index("actor_id").loc["a-works"]
    assert works[["sector", "sector_evidence", "place_id", "place_evidence"]].tolist() == [
        "science", "knowledge", "XX113", "knowledge",
    ]  # fmt: skip
    fields = read.actor_fields.groupby("actor_id")["field_id"].agg(set)
    assert fields["a-works"] == {"care", "energy"}
    assert "a-grid" not in fields
    assert read.projects.set_index("project_id").loc["P5", "fields"] == "care"
    assert [one.kind for one in intake.log(folder)] == ["review"] * 5


@pytest.mark.parametrize(
    ("key", "verdict", "words"),
    [
        ("q-00000000", "merge", "no open question"),
        ("nonsense", "merge", "no open question"),
        ("match:a", "merge", "no open question"),
        ("sector:a-works", "green", "one of industry"),
        ("fields:a-works", "green", "the region has energy, care, none"),
        ("place:a-works", "XX999", "the region has XX111"),
        ("sector:", "science", "no open question"),
    ],
)
def test_what_cannot_be_decided_is_said(folder: Path, key: str, verdict: str, words: str) -> None:
    before = state(folder)
    with pytest.raises(IntakeError, match=words):
        intake.decide(folder, key, verdict)
    assert state(folder) == before


def test_a_question_wants_its_own_answers(folder: Path, asked: dict[str, intake.Question]) -> None:
    with pytest.raises(IntakeError, match="merge, apart, later"):
        intake.decide(folder, asked["Netz Ahausen AG"].key, "science")
    assert (folder / "proposals.csv").is_file()
    (folder / "proposals.csv").write_text("key,kind\nq-1,match\n", "utf-8")
    with pytest.raises(IntakeError, match=r"proposals\.csv"):
        intake.asked(folder)
