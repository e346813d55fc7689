"""Scenarios on the command line: from nothing to a region of its own, and what is said where a step does not fit."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest
import typer.main
from typer.testing import CliRunner

from ecosystem import cli, tables
from ecosystem.errors import ScenarioError
from ecosystem.regions import locate
from ecosystem.scenario import SOURCE, load

if TYPE_CHECKING:
    from pathlib import Path

GROUP = typer.main.get_command(cli.app).commands["scenario"]  # type: ignore[attr-defined]
TIE = ["add", "ties", "--cell", "source_actor_id=a-works", "--cell", "relation=cooperates_with"]


def run(*arguments: str) -> str:
    answer = CliRunner().invoke(cli.app, ["scenario", *arguments])
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def code(*arguments: str) -> tuple[int, str]:
    answer = CliRunner().invoke(cli.app, ["scenario", *arguments])
    return answer.exit_code, answer.output


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = str(tmp_path / "one.json")
    run("new", path, "toy", "--title", "A bridge", "--assume", "both want it")
    return path


@pytest.mark.parametrize("command", sorted(GROUP.commands))
def test_every_command_and_option_is_explained_with_an_example_that_parses(command: str) -> None:
    one = GROUP.commands[command]
    assert one.help
    assert all(parameter.help for parameter in one.params)
    examples = re.findall(r"\[bold\](ecosystem scenario [^\[]+)\[/\]", one.epilog)
    assert examples
    for example in examples:
        words = shlex.split(example)
        assert words[2] == command
        one.make_context(command, words[3:])


def test_a_scenario_is_made_shown_undone_and_becomes_a_region(file: str, tmp_path: Path) -> None:
    run("add", file, *TIE, "--cell", "target_actor_id=c-council", "--author", "table 1", "--reason", "they meet")
    run("add", file, "remove", "actors", "--key", "a-town")
    found = load(file)
    assert (found.title, found.assumptions, len(found.steps)) == ("A bridge", ("both want it",), 2)
    assert (found.steps[0].author, found.steps[0].reason) == ("table 1", "they meet")
    assert found.steps[0].time
    told = json.loads(run("show", file, "--format", "json"))
    assert [step["fits"] for step in told["steps"]] == [True, True]
    run("drop", file, "2")
    assert len(load(file).steps) == 1
    folder = tmp_path / "what-if"
    run("apply", file, "--to", str(folder))
    made = tables.read(folder)
    (row,) = made.ties[made.ties["source_id"] == SOURCE].to_dict("records")
    assert (row["source_actor_id"], row["target_actor_id"]) == ("a-works", "c-council")
    with pytest.raises(ScenarioError, match="not empty"):
        run("apply", file, "--to", str(folder))
    with pytest.raises(ScenarioError, match="none with the number 7"):
        run("drop", file, "7")
    with pytest.raises(ScenarioError, match="exists already"):
        run("new", file, "toy")


def test_what_a_scenario_changes_is_a_table_for_people_and_programs(file: str) -> None:
    assert "Nothing differs" in run("diff", file)
    run("add", file, *TIE, "--cell", "target_actor_id=c-council")
    rows = list(csv.DictReader(io.StringIO(run("diff", file, "--format", "csv"))))
    assert {row["measure"]: row["change"] for row in rows}["direct ties"] == "1.0"
    sizes = [float(row["size"]) for row in rows if row["size"]]
    assert sizes == sorted(sizes, reverse=True)
    assert "direct ties" in run("diff", file)
    for table in ("places", "fields", "quotients", "clusters"):
        json.loads(run("diff", file, "--table", table, "--format", "json", "--level", "district"))
    with pytest.raises(ScenarioError, match="no table"):
        run("diff", file, "--table", "towns")


def test_a_step_that_does_not_fit_is_explained_and_not_added(file: str) -> None:
    with pytest.raises(ScenarioError, match="nobody"):
        run("add", file, *TIE, "--cell", "target_actor_id=nobody")
    with pytest.raises(ScenarioError, match="COLUMN=VALUE"):
        run("add", file, *TIE, "--cell", "target_actor_id")
    assert load(file).steps == ()


def test_on_newer_data_every_step_is_checked_again(file: str, tmp_path: Path) -> None:
    run("add", file, *TIE, "--cell", "target_actor_id=c-council")
    run("add", file, "move", "--key", "a-works", "--cell", "place_id=XX112")
    newer = tmp_path / "toy"
    whole = tables.read(locate("toy"))
    from ecosystem.scenario import Action, Step, apply

    tables.write(apply(whole, [Step(Action.REMOVE, "actors", "c-council")]), newer)
    exit_code, told = code("show", file, str(newer))
    assert exit_code == 2
    assert "c-council" in told
    rows = json.loads(code("show", file, str(newer), "--format", "json")[1])["steps"]
    assert [row["fits"] for row in rows] == [False, True]
    with pytest.raises(ScenarioError, match=r"1 step\(s\) do not fit"):
        run("diff", file, str(newer))


def test_two_scenarios_join_and_contradictions_are_listed(file: str, tmp_path: Path) -> None:
    other, both = str(tmp_path / "two.json"), str(tmp_path / "both.json")
    run("new", other, "toy")
    run("add", file, "move", "--key", "a-works", "--cell", "place_id=XX112")
    run("add", other, "remove", "actors", "--key", "c-council")
    run("merge", file, other, "--to", both)
    assert len(load(both).steps) == 2
    run("add", other, "move", "--key", "a-works", "--cell", "place_id=XX113")
    exit_code, told = code("merge", file, other, "--to", both)
    assert exit_code == 2
    assert "contradiction" in told
    assert len(load(both).steps) == 2


def test_the_two_questions(toy: object) -> None:
    del toy
    best = json.loads(run("best-ties", "toy", "--format", "json"))
    assert len(best) == 3
    changes = [row["change"] for row in best if row["change"] is not None]
    assert changes == sorted(changes, reverse=True)
    assert "Trying" not in run("best-ties", "toy", "--field", "energy")
    (row,) = json.loads(run("leaving", "a-works", "--region", "toy", "--format", "json"))
    assert row["actor"] == "a-works"
    with pytest.raises(ScenarioError, match="--layer"):
        run("best-ties", "toy", "--layer", "air")
