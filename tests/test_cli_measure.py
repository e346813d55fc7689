"""``ecosystem measure``: every measure as table, CSV and JSON, and what it says when something cannot be asked."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from ecosystem import cli, report
from ecosystem.findings import formats, registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecosystem.atlas import Atlas

NAMES = [one.name for one in registry.MEASURES]
FEW = {"draws": 19, "null_draws": 2, "rich_club_draws": 2, "random_orders": 5, "runs": 4}


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    def started(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["ecosystem", "measure", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return Answer(int(ended.value.code or 0), told.out, told.err)

    return started


def _few(name: str) -> list[str]:
    options = registry.measure(name).options
    return [f"--set={option}={value}" for option, value in FEW.items() if option in options]


def test_the_list_has_every_measure_with_its_question(measure: Callable[..., Answer]) -> None:
    answer = measure("--list")
    assert answer.code == 0
    for one in registry.MEASURES:
        line = next(line for line in answer.out.splitlines() if f" {one.name} " in line)
        assert one.question in line
        assert ", ".join(one.options) in line


@pytest.mark.parametrize("name", NAMES)
def test_every_measure_prints_its_question_and_what_repeats_it(measure: Callable[..., Answer], name: str) -> None:
    answer = measure(name, "toy", *_few(name))
    one = registry.measure(name)
    assert answer.code == 0
    assert one.question in answer.out
    stamp = answer.out.strip().splitlines()[-1]
    assert stamp.startswith(f"{name} · toy (data ")
    assert stamp.endswith("· 2 sources")
    assert all(f"{option} " in stamp for option in one.options)
    assert "nan" not in answer.out
    assert answer.err == ""


@pytest.mark.parametrize("name", NAMES)
def test_every_measure_is_json(measure: Callable[..., Answer], toy: Atlas, name: str) -> None:
    answer = measure(name, "toy", "--format", "json", *_few(name))
    told = json.loads(answer.out, parse_constant=pytest.fail)
    options = {option: value for option, value in FEW.items() if option in registry.measure(name).options}
    assert told == formats.record(registry.find(toy.material, name, **options))
    assert told["data_version"] == toy.version


def test_csv_is_one_table_and_nothing_else(measure: Callable[..., Answer], toy: Atlas) -> None:
    answer = measure("helix", "toy", "--format", "csv")
    assert answer.out == formats.csv_text(toy.helix())
    assert pd.read_csv(io.StringIO(answer.out), dtype={"place": str})["n"].tolist() == [5, 4, 3]
    # the numbers go to a file, what repeats them to the person
    assert "level municipality" in answer.err


def test_another_table_is_chosen_by_its_name(measure: Callable[..., Answer], toy: Atlas) -> None:
    answer = measure("helix", "toy", "--table", "fields", "--format", "csv")
    assert answer.out == formats.csv_text(toy.helix(), "fields")
    printed = measure("helix", "toy", "--table", "fields").out
    assert "Further tables: places (3 rows), region (1 rows)" in printed
    told = json.loads(measure("helix", "toy", "--table", "fields", "--format", "json").out)
    assert list(told["tables"]) == ["fields"]


def test_options_reach_the_measure(measure: Callable[..., Answer]) -> None:
    arguments = ("--field", "care", "--level", "district", "--seed", "7", "--draws", "29", "--set", "min-actors=3")
    told = json.loads(measure("coordination", "toy", *arguments, "--set", "alpha=0.1", "--format", "json").out)
    expected = {"field": "care", "level": "district", "seed": 7, "draws": 29, "min_actors": 3, "alpha": 0.1}
    assert told["parameters"] | expected == told["parameters"]


def test_a_hyphen_is_an_underscore(measure: Callable[..., Answer]) -> None:
    assert "Validated ties" in measure("validated-ties", "toy", "--draws", "9").out


def test_the_default_region_is_measured(measure: Callable[..., Answer]) -> None:
    answer = measure("concentration")
    assert "concentration · ruhr" in answer.out


def test_long_tables_are_cut_and_say_so(measure: Callable[..., Answer]) -> None:
    answer = measure("specialisation", "toy", "--rows", "2", "--draws", "9")
    assert "4 more rows: --rows 0 prints all" in answer.out
    assert answer.out.count("Ahausen") == 2
    assert "more rows" not in measure("specialisation", "toy", "--rows", "0", "--draws", "9").out


def test_undefined_is_a_dash_with_its_reason(measure: Callable[..., Answer]) -> None:
    answer = measure("concentration", "toy")
    line = next(line for line in answer.out.splitlines() if "Bestadt" in line)
    assert "–" in line
    assert "smaller than the common sample" in line
    # a table without an undefined number has no empty column
    assert "reason" not in measure("specialisation", "toy", "--draws", "9").out


def test_refusals_and_warnings_are_printed(measure: Callable[..., Answer]) -> None:
    assert "Not answered: complexity: too few actors" in measure("complexity", "toy").out
    assert "Note: 9 draws: of 3 pairs" in measure("coordination", "toy", "--draws", "9").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["specalisation"], "There is no measure “specalisation”. Did you mean specialisation"),
        (["helix", "toy", "--draws", "9"], "helix: takes no “draws”"),
        (["helix", "toy", "--field", "enrgy"], "Did you mean “energy”?"),
        (["helix", "toy", "--table", "cities"], "there is no table “cities”. Choose one of places, region, fields."),
        (["helix", "nowhere"], "No region “nowhere”"),
        (["helix", "toy", "--set", "level"], "“level” sets nothing. Write OPTION=VALUE"),
        (["helix", "toy", "--set", "colour=red"], "there are field (–), level (municipality), min_actors (10)"),
        (["helix", "toy", "--set", "min_actors=many"], "min_actors has to be a whole number, not “many”"),
        (["change", "toy", "--set", "alpha=x"], "alpha has to be a number, not “x”"),
        (["change", "toy", "--set", "split=x"], "split has to be a whole number, not “x”"),
        (["synergy", "toy", "--seed", "-1"], "seed has to be a whole number of at least 0"),
        ([], "Name a measure. “ecosystem measure --list” shows them"),
    ],
)
def test_what_cannot_be_asked_is_said(measure: Callable[..., Answer], arguments: list[str], message: str) -> None:
    answer = measure(*arguments)
    assert answer.code == 1
    assert answer.out == ""
    assert message in answer.err


@pytest.mark.parametrize("arguments", [["helix", "--level", "county"], ["helix", "--format", "xml"]])
def test_a_wrong_call_is_explained(measure: Callable[..., Answer], arguments: list[str]) -> None:
    answer = measure(*arguments)
    assert answer.code == 2
    assert "Usage: ecosystem measure" in answer.err


def test_texts_are_names_and_four_digits() -> None:
    frame = pd.DataFrame(
        {"place": ["P1"], "place_name": ["One"], "n": [12345], "share": [0.123456], "big": [123456.7], "ok": [True]}
    )
    assert formats.texts(frame).iloc[0].to_dict() == {
        "place": "One", "n": "12345", "share": "0.1235", "big": "123457", "ok": "yes",
    }  # fmt: skip


def test_a_narrow_terminal_still_shows_every_number(toy: Atlas) -> None:
    from rich.console import Console

    stream = io.StringIO()
    report.print_finding(Console(file=stream, width=80), toy.helix(), None, 0)
    lines = stream.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert "…" not in stream.getvalue()


@pytest.mark.parametrize("name", [name for name in NAMES if name != "communities"])
def test_every_measure_answers_for_the_ruhr(measure: Callable[..., Answer], name: str) -> None:
    assert measure(name, "--format", "json").code == 0


def test_a_table_wider_than_the_terminal_comes_in_parts(toy: Atlas) -> None:
    from rich.console import Console

    stream = io.StringIO()
    report.print_finding(Console(file=stream, width=60), toy.specialisation(), None, 0)
    text = stream.getvalue()
    # every part says which place and field its rows are of, and no number is cut
    assert text.count("Ahausen   Energy") == text.count("\ncells") > 1
    cells = formats.texts(toy.specialisation().frame())
    assert all(str(value) in text for column in ("lq", "low", "high", "p", "q") for value in cells[column])
