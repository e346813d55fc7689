"""Steps on the toy region, whose tables are worked out in data/toy/README.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ecosystem import tables
from ecosystem.errors import ScenarioError
from ecosystem.scenario import SOURCE, Action, Scenario, Step, apply, check, fitting

if TYPE_CHECKING:
    from pathlib import Path

    from ecosystem.atlas import Atlas
    from ecosystem.tables import Tables


@pytest.fixture
def region(toy: Atlas) -> Tables:
    return toy.tables


def tie(source: str, target: str, relation: str = "cooperates_with") -> Step:
    ends = {"source_actor_id": source, "relation": relation, "target_actor_id": target}
    return Step(Action.ADD, "ties", cells=ends, author="table 1", reason="they meet anyway")


def ids(frame: Any, column: str) -> set[str]:
    return set(frame[column])


def two_untied(region: Tables) -> tuple[str, str]:
    names = sorted(ids(region.actors, "actor_id"))
    linked = {frozenset(pair) for pair in region.ties[["source_actor_id", "target_actor_id"]].to_numpy().tolist()}
    return next((a, b) for a in names for b in names if a < b and frozenset((a, b)) not in linked)


def test_an_added_tie_names_the_scenario_as_its_source(region: Tables) -> None:
    a, b = two_untied(region)
    now = apply(region, [tie(a, b)])
    assert len(now.ties) == len(region.ties) + 1
    (row,) = now.ties[now.ties["source_id"] == SOURCE].to_dict("records")
    assert (row["source_actor_id"], row["target_actor_id"], row["relation"]) == (a, b, "cooperates_with")
    assert SOURCE in ids(now.sources, "source_id")
    assert SOURCE not in ids(region.sources, "source_id")
    assert now.digest != region.digest


def test_a_removed_actor_takes_its_rows_along(region: Tables) -> None:
    actor = str(region.ties["source_actor_id"].iloc[0])
    now = apply(region, [Step(Action.REMOVE, "actors", actor)])
    assert actor not in ids(now.actors, "actor_id")
    for frame, columns in (
        (now.ties, ["source_actor_id", "target_actor_id"]),
        (now.participations, ["actor_id"]),
        (now.actor_fields, ["actor_id"]),
    ):
        assert not (frame[columns] == actor).any(axis=None)
    gone = (region.ties[["source_actor_id", "target_actor_id"]] == actor).any(axis=1).sum()
    assert len(now.ties) == len(region.ties) - gone
    assert SOURCE not in ids(now.sources, "source_id")


def test_what_is_taken_back_leaves_the_very_same_tables(region: Tables) -> None:
    a, b = two_untied(region)
    added = tie(a, b)
    key = str(apply(region, [added]).ties.query("source_id == @SOURCE")["tie_id"].iloc[0])
    assert apply(region, [added, Step(Action.REMOVE, "ties", key)]) is region
    scenario = Scenario("toy", "").doing(added).undoing()
    assert apply(region, scenario.steps) is region
    assert scenario.redoing().steps == (added,)
    assert Scenario("toy", "").undoing() == Scenario("toy", "").redoing() == Scenario("toy", "")


def test_moving_an_actor_drops_what_was_known_of_its_place(region: Tables) -> None:
    row = region.actors.iloc[0]
    other = next(place for place in region.places["place_id"] if place != row["place_id"])
    now = apply(region, [Step(Action.MOVE, key=row["actor_id"], cells={"place_id": other})])
    moved = now.actors.set_index("actor_id").loc[row["actor_id"]]
    assert (moved["place_id"], moved["place_evidence"]) == (other, "")
    assert moved["source_ids"].split("|")[-1] == SOURCE


def test_merging_moves_ties_and_projects_and_keeps_the_name(region: Tables) -> None:
    tied = region.ties.iloc[0]
    stays, goes = str(tied["source_actor_id"]), str(tied["target_actor_id"])
    name = str(region.actors.set_index("actor_id").at[goes, "name"])
    now = apply(region, [Step(Action.MERGE, key=stays, cells={"others": goes})])
    assert goes not in ids(now.actors, "actor_id")
    assert name in now.actors.set_index("actor_id").at[stays, "aliases"].split("|")
    partners = {
        actor
        for pair in region.ties[["source_actor_id", "target_actor_id"]].to_numpy().tolist()
        if goes in pair
        for actor in pair
    } - {goes, stays}
    after = now.ties[["source_actor_id", "target_actor_id"]].to_numpy().tolist()
    assert partners <= {actor for pair in after if stays in pair for actor in pair}
    projects = set(region.participations.loc[region.participations["actor_id"].isin([stays, goes]), "project_id"])
    assert projects == set(now.participations.loc[now.participations["actor_id"] == stays, "project_id"])


def test_a_call_makes_projects_with_all_partners(region: Tables) -> None:
    a, b = two_untied(region)
    field = region.region.field_ids[0]
    cells = {"title": "Pilot", "fields": field, "partners": f"{a}|{b}", "projects": "3", "year": "2027"}
    now = apply(region, [Step(Action.FUND, cells=cells | {"funding_eur": "250000"})])
    new = now.projects[now.projects["source_id"] == SOURCE]
    assert new["title"].sort_values().tolist() == ["Pilot 1", "Pilot 2", "Pilot 3"]
    shares = now.participations[now.participations["project_id"].isin(new["project_id"])]
    assert sorted(shares["actor_id"]) == sorted([a, b] * 3)
    assert set(shares["funding_eur"]) == {250000.0}
    assert set(shares["year"]) == {2027}


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (tie("nobody", "a-town"), "source_actor_id"),
        (tie("a-town", "a-town"), "same actor"),
        (Step(Action.ADD, "ties", cells={"source_actor_id": "a-town"}), "relation: expected a value"),
        (Step(Action.ADD, "actors", "new", {"name": "New", "sector": "press", "place_id": "XX111"}), "sector"),
        (Step(Action.ADD, "actors", "a-town", {"name": "x", "sector": "politics", "place_id": "XX111"}), "already"),
        (Step(Action.ADD, "actors", "new", {"name": "x", "sector": "politics", "place_id": "mars"}), "place_id"),
        (Step(Action.ADD, "actors", "new", {"colour": "red"}), "no column"),
        (Step(Action.CHANGE, "actors", "a-town", {"actor_id": "b"}), "found by"),
        (Step(Action.CHANGE, "actors", "gone", {"name": "b"}), "no gone"),
        (Step(Action.CHANGE, "actors", "a-town", {"name": ""}), "name"),
        (Step(Action.REMOVE, "places", "XX111"), "cannot touch"),
        (Step(Action.MERGE, key="a-town", cells={"others": "a-town"}), "itself"),
        (Step(Action.MERGE, key="a-town", cells={}), "needs"),
        (Step(Action.MOVE, key="a-town", cells={"place_id": "XX111", "name": "x"}), "does not know"),
        (Step(Action.FUND, cells={"title": "x", "fields": "care", "partners": "a-town", "projects": "0"}), "projects"),
        (Step(Action.FUND, cells={"title": "x", "fields": "mining", "partners": "a-town"}), "fields"),
        (Step(Action.FUND, cells={"title": "x", "fields": "care", "partners": "a-town|a-town"}), "twice"),
    ],
)
def test_a_step_that_does_not_fit_says_why_and_changes_nothing(region: Tables, step: Step, told: str) -> None:
    before = {name: region.frame(name).copy() for name in ("actors", "ties", "projects", "participations")}
    with pytest.raises(ScenarioError, match=told):
        apply(region, [step])
    (unfit,) = check(region, [step])
    assert unfit.number == 1
    assert step.sentence() in unfit.sentence()
    assert all(region.frame(name).equals(frame) for name, frame in before.items())


def test_unfit_steps_are_listed_and_the_others_applied(region: Tables) -> None:
    a, b = two_untied(region)
    steps = [Step(Action.REMOVE, "actors", "gone"), tie(a, b), tie(a, "gone"), tie(a, b)]
    now, unfit = fitting(region, steps)
    assert [one.number for one in unfit] == [1, 3, 4]
    assert len(now.ties) == len(region.ties) + 1


def test_the_outcome_is_a_region_folder(region: Tables, tmp_path: Path) -> None:
    a, b = two_untied(region)
    steps = [
        tie(a, b),
        Step(Action.ADD, "actors", "new", {"name": "New, Ltd", "sector": "industry", "place_id": "XX112"}),
        tie("new", a, "member_of"),
        Step(Action.ADD, "actor_fields", cells={"actor_id": "new", "field_id": region.region.field_ids[0]}),
    ]
    now = apply(region, steps)
    tables.write(now, tmp_path)
    again = tables.read(tmp_path)
    for name in ("actors", "actor_fields", "ties", "sources"):
        assert again.frame(name).equals(now.frame(name)), name


def test_a_merged_actor_takes_part_in_a_project_once_whatever_is_blank(region: Tables) -> None:
    a, b = two_untied(region)
    call = Step(Action.FUND, cells={"title": "x", "fields": region.region.field_ids[0], "partners": f"{a}|{b}"})
    now = apply(region, [call, Step(Action.MERGE, key=a, cells={"others": b})])
    new = now.projects.loc[now.projects["source_id"] == SOURCE, "project_id"]
    assert now.participations.loc[now.participations["project_id"].isin(new), "actor_id"].tolist() == [a]
