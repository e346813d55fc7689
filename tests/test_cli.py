"""The command line: help with examples that parse, exit codes, JSON that is JSON, messages instead of tracebacks."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer.main

from ecosystem import cli, export
from ecosystem.regions import locate, shipped_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ecosystem.atlas import Atlas

ROOT = Path(__file__).parent.parent
# typer brings a click of its own, or uses the installed one: what both offer
GROUP: Any = typer.main.get_command(cli.app)
COMMANDS = sorted(GROUP.commands)


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    monkeypatch.setenv("COLUMNS", "250")
    monkeypatch.setenv("TERMINAL_WIDTH", "250")

    def started(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["ecosystem", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        return Answer(int(ended.value.code or 0), told.out, told.err)

    return started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(locate("toy"), tmp_path / "toy")
    return tmp_path / "toy"


def _process(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", "from ecosystem.cli import main; main()", *arguments],
        cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


# help


def test_the_commands_are_those_of_the_issue() -> None:
    assert {"serve", "check", "info", "export"} <= set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Callable[..., Answer], command: str) -> None:
    for flag in ("--help", "-h"):
        answer = run(command, flag)
        assert answer.code == 0
        assert re.search(rf"Examples?: .*ecosystem {command}", answer.out)
        assert GROUP.commands[command].help in answer.out


def _examples() -> list[str]:
    found = re.compile(r"\[bold\](ecosystem [^\[]+)\[/\]")
    return [example for info in cli.app.registered_commands for example in found.findall(info.epilog or "")]


@pytest.mark.parametrize("example", _examples())
def test_every_example_parses(example: str) -> None:
    _, command, *arguments = shlex.split(example)
    context = GROUP.commands[command].make_context(command, arguments)
    known = {option for parameter in context.command.params for option in parameter.opts}
    assert {word for word in arguments if word.startswith("--")} <= known


def test_every_option_is_explained() -> None:
    for command in COMMANDS:
        for parameter in GROUP.commands[command].params:
            assert parameter.help, (command, parameter.name)


def test_without_a_command_the_commands_are_shown(run: Callable[..., Answer]) -> None:
    answer = run()
    assert all(command in answer.out + answer.err for command in COMMANDS)


@pytest.mark.parametrize(
    "arguments", [["bogus"], ["info", "--format", "xml"], ["export", "toy"], ["serve", "--port", "0"], ["check"]]
)
def test_a_wrong_call_is_explained(run: Callable[..., Answer], arguments: list[str]) -> None:
    answer = run(*arguments)
    assert answer.code == 2
    assert "Usage: ecosystem" in answer.err
    assert "Error" in answer.err


# check


def test_a_clean_folder_is_zero(run: Callable[..., Answer], folder: Path) -> None:
    for region in (str(folder), "toy", "ruhr"):
        answer = run("check", region)
        assert answer.code == 0
        assert "0 error(s)" in answer.out


def test_faults_are_two(run: Callable[..., Answer], folder: Path) -> None:
    path = folder / "actors.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",industry,firm,XX111", ",indutry,firm,XX999"), "utf-8")
    answer = run("check", str(folder))
    assert answer.code == 2
    for part in ("actors.csv", "6", "sector", "indutry", "place_id", "XX999", "2 error(s)"):
        assert part in answer.out, part


def test_faults_as_json(run: Callable[..., Answer], folder: Path) -> None:
    assert json.loads(run("check", str(folder), "--format", "json").out) == []
    path = folder / "ties.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("2018", "20018").replace("t2,a-council", "t2,[b]x"), "utf-8"
    )
    answer = run("check", str(folder), "--format", "json")
    assert answer.code == 2
    faults = json.loads(answer.out)
    assert [(fault["severity"], fault["file"], fault["row"], fault["column"], fault["value"]) for fault in faults] == [
        ("error", "ties.csv", 3, "source_actor_id", "[b]x"),
        ("error", "ties.csv", 4, "since_year", "20018"),
    ]
    assert all(fault["expected"] and fault["cure"] for fault in faults)
    assert "[b]x" in run("check", str(folder)).out


def test_warnings_alone_are_zero(run: Callable[..., Answer], folder: Path) -> None:
    path = folder / "sources.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0] + ",colour", *(line + ",blue" for line in lines[1:])]) + "\n", "utf-8")
    answer = run("check", str(folder), "--format", "json")
    assert {fault["severity"] for fault in json.loads(answer.out)} == {"warning"}
    assert answer.code == 0


def test_a_folder_without_a_description_is_checked_all_the_same(run: Callable[..., Answer], folder: Path) -> None:
    (folder / "region.toml").unlink()
    (folder / "places.csv").unlink()
    answer = run("check", str(folder), "--format", "json")
    assert answer.code == 2
    assert {"region.toml", "places.csv"} <= {fault["file"] for fault in json.loads(answer.out)}


# info


def _column(name: str, column: str) -> list[str]:
    with (shipped_data() / "ruhr" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [row[column] for row in csv.DictReader(stream)]


def test_info_agrees_with_the_files_own_counts(run: Callable[..., Answer], ruhr: object) -> None:
    del ruhr  # so that the cache is warm
    told = json.loads(run("info", "--format", "json").out)
    assert told["Region"]["name"]
    inside = [value.lower() in {"true", "1", "yes"} for value in _column("places", "in_region")]
    assert (told["Region"]["places in the region"], told["Region"]["places outside"]) == (
        sum(inside),
        inside.count(False),
    )
    for name, count in told["Tables (rows)"].items():
        with (shipped_data() / "ruhr" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as stream:
            assert count == len(list(csv.DictReader(stream))), name
    assert +Counter(told["Actors by sector"]) == Counter(_column("actors", "sector"))
    assert +Counter(told["Statements by field"]) == Counter(_column("actor_fields", "field_id"))
    assert +Counter(told["Ties by relation"]) == Counter(_column("ties", "relation"))


def test_info_counts_places_as_the_files_do(run: Callable[..., Answer], ruhr: object) -> None:
    del ruhr
    told = json.loads(run("info", "ruhr", "--format", "json").out)["Actors by place"]
    homes = Counter(_column("actors", "place_id"))
    names = dict(zip(_column("places", "place_id"), _column("places", "name"), strict=True))
    inside = {key for key, flag in zip(names, _column("places", "in_region"), strict=True) if flag.lower() == "true"}
    assert {f"{names[key]} ({key})": homes[key] for key in inside} == {
        name: count for name, count in told.items() if name not in {"outside the region", "without a place"}
    }
    assert told["outside the region"] == sum(count for key, count in homes.items() if key not in inside)


def test_info_lists_clusters_and_how_they_were_found(run: Callable[..., Answer]) -> None:
    told = json.loads(run("info", "toy", "--format", "json").out)
    assert told["Clusters (actors)"] == {"c01  Energy · Ahausen–Cedorf": 5, "c02  Care · Bestadt–Cedorf": 5}
    assert told["Cluster search"]["modularity, leiden"] == round(23 / 49, 4)
    table = run("info", "toy").out
    for part in ("Threetown", "Care · Bestadt–Cedorf", "shareholder_of", "Ahausen (XX111)", "0.4694"):
        assert part in table, part


def test_undefined_numbers_are_null(run: Callable[..., Answer], folder: Path) -> None:
    for name in ("ties.csv", "participations.csv"):
        (folder / name).unlink()
    told = json.loads(run("info", str(folder), "--format", "json").out, parse_constant=pytest.fail)
    assert told["Cluster search"]["modularity, leiden"] is None
    assert "–" in run("info", str(folder)).out


def test_faulty_tables_are_named_with_the_next_step(run: Callable[..., Answer], folder: Path) -> None:
    (folder / "places.csv").unlink()
    answer = run("info", str(folder))
    assert answer.code == 1
    assert "places.csv" in answer.err
    assert f"ecosystem check {folder}" in answer.err


# export and regions


@pytest.mark.parametrize("ending", export.formats())
def test_export_writes_what_the_library_writes(
    run: Callable[..., Answer], tmp_path: Path, ending: str, toy: Atlas
) -> None:
    target = tmp_path / f"toy.{ending}"
    answer = run("export", "toy", "--to", str(target))
    assert answer.code == 0
    assert str(target) in answer.out
    assert target.read_bytes() == export.render(toy, ending)


@pytest.mark.parametrize(("name", "told"), [("toy.csv", ".gexf, .graphml, .json, .xlsx"), ("toy", "no ending"),
                                            ("nowhere/toy.json", "cannot be written")])  # fmt: skip
def test_export_says_what_is_wrong(run: Callable[..., Answer], tmp_path: Path, name: str, told: str) -> None:
    answer = run("export", "toy", "--to", str(tmp_path / name))
    assert answer.code == 1
    assert told in answer.err
    assert Path(name).name in answer.err


def test_regions_are_listed_with_their_folders(run: Callable[..., Answer]) -> None:
    answer = run("regions")
    assert answer.code == 0
    assert all(part in answer.out for part in ("ruhr", "toy", str(locate("toy"))))


@pytest.mark.parametrize("arguments", [["info"], ["check"], ["serve"], ["export", "--to", "x.json"]])
def test_an_unknown_region_is_answered_with_the_known_ones(run: Callable[..., Answer], arguments: list[str]) -> None:
    command, *options = arguments
    answer = run(command, "[red]atlantis", *options)
    assert answer.code == 1
    assert "“[red]atlantis”" in answer.err
    assert "ruhr, toy" in answer.err


# serve


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_a_taken_port_is_said_clearly(run: Callable[..., Answer], taken: int) -> None:
    answer = run("serve", "toy", "--port", str(taken))
    assert answer.code == 1
    assert f"127.0.0.1:{taken}" in answer.err
    assert "--port" in answer.err


def test_an_address_of_another_machine_is_said_clearly(run: Callable[..., Answer]) -> None:
    # an address for documentation (RFC 5737): nobody has it
    answer = run("serve", "toy", "--host", "192.0.2.1")
    assert answer.code == 1
    assert "192.0.2.1" in answer.err


def test_serve_answers_and_stops_quietly(toy: object) -> None:
    del toy
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = _process("serve", "toy", "--port", str(port))
    try:
        page = _fetched(f"http://127.0.0.1:{port}/", process)
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert b"<!DOCTYPE html>" in page
    assert f"http://127.0.0.1:{port}/" in err.decode()
    assert "Traceback" not in err.decode()


def _fetched(address: str, process: subprocess.Popen[bytes]) -> bytes:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 -- http on this machine
                content: bytes = answer.read()
                return content
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"no answer from {address}")


# consoles


@pytest.mark.parametrize("arguments", [["info", "toy"], ["export", "--to", "Ä.csv"]])
def test_a_console_that_is_not_unicode_will_do(arguments: list[str]) -> None:
    process = _process(*arguments, PYTHONIOENCODING="ascii", COLUMNS="200")
    _, err = process.communicate(timeout=60)
    assert process.returncode == (0 if arguments[0] == "info" else 1), err
    assert b"Traceback" not in err


def test_json_is_the_same_data_on_any_console(run: Callable[..., Answer]) -> None:
    process = _process("info", "toy", "--format", "json", PYTHONIOENCODING="cp437")
    out, _ = process.communicate(timeout=60)
    assert json.loads(out.decode("ascii")) == json.loads(run("info", "toy", "--format", "json").out)


def test_a_reader_that_has_seen_enough_is_no_error(folder: Path) -> None:
    rows = [f"x{number},nobody,funds,nobody,1,,nothing" for number in range(3000)]
    path = folder / "ties.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")
    process = _process("check", str(folder), "--format", "json")
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(10)
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) != 0
    assert b"Traceback" not in err


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    code = "import sys, ecosystem.cli; print(sorted({'pandas', 'networkx', 'dash', 'scipy'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
