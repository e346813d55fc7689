"""What must hold for any steps: undo gives the same tables back, disjoint scenarios commute, outcomes are valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from madesteps import ACTORS, LISTS, PLACES, STEPS, TOY, ties

from ecosystem import tables
from ecosystem.errors import ScenarioError, Severity
from ecosystem.scenario import Action, Scenario, Step, apply, fitting, loads, merge
from ecosystem.scenario.files import dumps

if TYPE_CHECKING:
    from ecosystem.tables import Tables


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
