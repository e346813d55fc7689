"""The README is true: its commands exist, its Python runs, its pictures are there, CI runs its test command."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer.main
from click.testing import CliRunner

from ecosystem import atlas
from ecosystem.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMAND = typer.main.get_command(app)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


def marked(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```sh\n(.*?)\n```", README, flags=re.DOTALL)
    assert found
    return found[1]


def told() -> list[list[str]]:
    """Every line of the README that calls the command line, without its comment."""
    lines = [line.partition("#")[0] for block in blocks("sh") for line in block.splitlines()]
    return [shlex.split(line) for line in lines if line.startswith("ecosystem ")]


def test_two_commands_do_all_the_set_up() -> None:
    first_screen = README[: README.index("\n## ")]
    assert re.findall(r"<!-- (\w+) -->", first_screen) == ["run", "test"]
    for name in ("run", "test"):
        assert "\n" not in marked(name)
        assert marked(name).startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert "ecosystem serve" in marked("run")


def test_ci_runs_the_test_command_it_reads_here() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "$(told test)" in script
    assert "README.md" in script


def test_every_command_stands_in_the_readme() -> None:
    assert set(COMMAND.commands) == {words[1] for words in told()}


@pytest.mark.parametrize("words", told(), ids=" ".join)
def test_commands_in_the_readme_parse(words: list[str]) -> None:
    assert CliRunner().invoke(COMMAND, [*words[1:], "--help"]).exit_code == 0
    command = COMMAND.commands[words[1]]
    # make_context parses without running
    command.make_context(words[1], list(words[2:]))


def test_python_in_the_readme_runs() -> None:
    (code,) = blocks("python")
    space: dict[str, object] = {"atlas": atlas}
    exec(compile(code, "README.md", "exec"), space)  # noqa: S102 -- our own README
    assert isinstance(space["ruhr"], atlas.Atlas)


def test_figures_named_in_the_readme_are_those_of_the_tables(ruhr: atlas.Atlas) -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"{len(ruhr.tables.actors):,} real actors" in README
    assert f"{len(ruhr.tables.actors):,} actors, {len(ruhr.tables.ties):,} ties" in changelog
    assert f"{int(ruhr.tables.places['in_region'].sum())} municipalities" in README


@pytest.mark.parametrize("picture", re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README))
def test_pictures_are_there_and_small(picture: str) -> None:
    path = ROOT / picture
    assert path.read_bytes().startswith(b"\x89PNG")
    assert path.stat().st_size < 1_000_000


@pytest.mark.parametrize("link", re.findall(r"(?<!!)\[[^\]]*\]\(([^):]+)\)", README))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
