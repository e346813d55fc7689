"""What must hold for any steps: undo gives the same tables back, disjoint scenarios commute, outcomes are valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem import atlas, tables
from ecosystem.errors import ScenarioError, Severity
from ecosystem.scenario import Action, Scenario, Step, apply, fitting, loads, merge
from ecosystem.scenario.files import dumps

if TYPE_CHECKING:
    from ecosystem.tables import Tables

TOY = atlas.load("toy", cache=False).tables
ACTORS = sorted(TOY.actors["actor_id"])
PLACES, FIELDS = sorted(TOY.places["place_id"]), list(TOY.region.field_ids)
RELATIONS = ["member_of", "funds", "cooperates_with", "hosts"]
actors = st.sampled_from([*ACTORS, "new-1", "new-2", "gone"])


def ties(source: st.SearchStrategy[str] = actors, target: st.SearchStrategy[str] = actors) -> st.SearchStrategy[Step]:
    cells = st.fixed_dictionaries(
        {"source_actor_id": source, "relation": st.sampled_from(RELATIONS), "target_actor_id": target}
    )
    return cells.map(lambda told: Step(Action.ADD, "ties", cells=told))


STEPS = st.one_of(
    ties(),
    st.tuples(st.sampled_from(["new-1", "new-2"]), st.sampled_from(PLACES), st.sampled_from(["industry", "press"])).map(
        lambda told: Step(Action.ADD, "actors", told[0], {"name": told[0], "place_id": told[1], "sector": told[2]})
    ),
    actors.map(lambda actor: Step(Action.REMOVE, "actors", actor)),
    st.sampled_from(sorted(TOY.ties["tie_id"])).map(lambda key: Step(Action.REMOVE, "ties", key)),
    st.sampled_from(sorted(TOY.projects["project_id"])).map(lambda key: Step(Action.REMOVE, "projects", key)),
    st.tuples(actors, st.sampled_from([*PLACES, "mars"])).map(
        lambda told: Step(Action.MOVE, key=told[0], cells={"place_id": told[1]})
    ),
    st.tuples(actors, actors).map(lambda told: Step(Action.MERGE, key=told[0], cells={"others": told[1]})),
    st.tuples(actors, st.sampled_from([*FIELDS, "mining"])).map(
        lambda told: Step(Action.ADD, "actor_fields", cells={"actor_id": told[0], "field_id": told[1]})
    ),
    st.tuples(st.sampled_from(FIELDS), st.lists(actors, min_size=1, max_size=3), st.integers(1, 3)).map(
        lambda told: Step(
            Action.FUND,
            cells={"title": "x", "fields": told[0], "partners": "|".join(told[1]), "projects": str(told[2])},
        )
    ),
)
LISTS = st.lists(STEPS, max_size=8)


def same(one: Tables, other: Tables) -> bool:
    names = ("actors", "actor_fields", "ties", "projects", "participations", "sources")
    return one.digest == other.digest and all(one.frame(name).equals(other.frame(name)) for name in names)


@settings(max_examples=20)
@given(LISTS)
def test_any_sequence_leaves_valid_tables_and_loses_no_step(steps: list[Step]) -> None:
    now, unfit = fitting(TOY, steps)
    content = {name: text.encode() for name, text in tables.texts(now).items()}
    faults = tables._check(content)[1]
    assert [fault.sentence() for fault in faults if fault.severity is Severity.ERROR] == []
    assert all(steps[one.number - 1] is one.step and one.reason for one in unfit)
    fit = [step for number, step in enumerate(steps, start=1) if number not in {one.number for one in unfit}]
    assert same(apply(TOY, fit), now)


@settings(max_examples=20)
@given(LISTS, STEPS)
def test_undo_gives_back_the_same_tables(steps: list[Step], last: Step) -> None:
    scenario = Scenario("toy", TOY.digest[:10]).doing(*steps)
    before, _ = fitting(TOY, scenario.steps)
    done = scenario.doing(last)
    assert same(fitting(TOY, done.undoing().steps)[0], before)
    assert done.undoing().redoing() == done


@settings(max_examples=20)
@given(LISTS)
def test_a_file_gives_back_the_scenario(steps: list[Step]) -> None:
    scenario = Scenario("toy", "0123456789", "A title", ("one", "two"), tuple(steps))
    assert loads(dumps(scenario)) == scenario


HALVES = len(ACTORS) // 2
one_half, other_half = st.sampled_from(ACTORS[:HALVES]), st.sampled_from(ACTORS[HALVES:])


def within(half: st.SearchStrategy[str]) -> st.SearchStrategy[list[Step]]:
    moves = st.tuples(half, st.sampled_from(PLACES)).map(
        lambda told: Step(Action.MOVE, key=told[0], cells={"place_id": told[1]})
    )
    return st.lists(st.one_of(ties(half, half), moves), max_size=5)


@settings(max_examples=20)
@given(within(one_half), within(other_half))
def test_disjoint_scenarios_commute(mine: list[Step], theirs: list[Step]) -> None:
    one, other = (Scenario("toy", "v", steps=tuple(steps)) for steps in (mine, theirs))
    there, back = merge(TOY, one, other), merge(TOY, other, one)
    assert there.conflicts == back.conflicts == ()
    assert same(fitting(TOY, there.scenario.steps)[0], fitting(TOY, back.scenario.steps)[0])


def test_contradictions_are_reported_and_nothing_is_decided_silently() -> None:
    a, b = ACTORS[:2]
    mine = Scenario("toy", "v", steps=(Step(Action.MOVE, key=a, cells={"place_id": PLACES[0]}),))
    theirs = Scenario("toy", "v", steps=(Step(Action.MOVE, key=a, cells={"place_id": PLACES[1]}),))
    found = merge(TOY, mine, theirs)
    (conflict,) = found.conflicts
    assert "place_id" in conflict.sentence()
    assert found.scenario.steps == mine.steps
    gone = Scenario("toy", "v", steps=(Step(Action.REMOVE, "actors", a),))
    tied = Scenario("toy", "v", steps=(Step(Action.CHANGE, "actors", a, {"name": "x"}),))
    assert len(merge(TOY, gone, tied).conflicts) == 1
    assert len(merge(TOY, tied, gone).conflicts) == 1
    assert merge(TOY, mine, mine).scenario.steps == mine.steps
    with pytest.raises(ScenarioError, match="same data version"):
        merge(TOY, mine, Scenario("toy", "w"))
    del b


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no JSON"),
        ("[]", "object"),
        ('{"schema": 2}', "schema 2"),
        ('{"schema": 1, "steps": {}}', "list"),
        ('{"schema": 1, "steps": [1]}', "step 1"),
        ('{"schema": 1, "steps": [{"action": "burn"}]}', "burn"),
        ('{"schema": 1, "steps": [{"action": "add", "cells": {"name": 3}}]}', "texts"),
        ('{"schema": 1, "steps": [{"action": "add", "person": "x"}]}', "person"),
        ('{"schema": 1, "steps": [], "assumptions": [1]}', "assumptions"),
        ('{"schema": 1, "steps": [], "title": 1}', "title"),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_a_file_that_is_no_scenario_says_where(text: str, told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        loads(text)
