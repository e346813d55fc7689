"""Commands on scenarios: make one step by step, check it, apply it, see what it changes, ask what would help most."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ecosystem.cli.common import EXIT_FAULTS, Level, Printed, Region, app, err, loading, out, print_json, unfolded
from ecosystem.errors import ScenarioError
from ecosystem.regions import DEFAULT_REGION, locate
from ecosystem.scenario.record import TABLES, Action

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd

    from ecosystem.scenario import Opened, Scenario
    from ecosystem.tables import Tables

group = typer.Typer(
    help="What would change: scenarios are files of steps that turn a region's tables into others.",
    epilog="Examples: [bold]ecosystem scenario best-ties --field green[/]"
    " · [bold]ecosystem scenario new what-if.json ruhr[/]",
    no_args_is_help=True,
    rich_markup_mode="rich",
)
app.add_typer(group, name="scenario")

File = Annotated[Path, typer.Argument(help="A scenario: a .json file.", metavar="SCENARIO")]
Output = Annotated[Printed, typer.Option("--format", help="Table for people, CSV or JSON for programs.")]


@group.command(epilog='Example: [bold]ecosystem scenario new what-if.json ruhr --title "One more bridge"[/]')
def new(
    scenario: File,
    region: Region = DEFAULT_REGION,
    title: Annotated[str, typer.Option(help="What the scenario is called.")] = "",
    assume: Annotated[list[str] | None, typer.Option(help="An assumption; may be given several times.")] = None,
) -> None:
    """Begin a scenario on the data version there is."""
    from ecosystem.scenario import Scenario

    if scenario.exists():
        raise ScenarioError(f"{scenario} exists already. Choose another name, or delete it first.")
    tables = _tables(region)
    _saved(Scenario(tables.region.region_id, tables.digest[:10], title, tuple(assume or ())), scenario)


@group.command(
    epilog="Examples: [bold]ecosystem scenario add what-if.json add ties --cell source_actor_id=stadt-essen "
    "--cell relation=cooperates_with --cell target_actor_id=ruhr-universitaet-bochum[/]"
    " · [bold]ecosystem scenario add what-if.json remove actors --key stadt-essen[/]"
    ' · [bold]ecosystem scenario add what-if.json fund --cell title=Pilot --cell fields=green --cell "partners='
    'stadt-essen|stadt-bochum" --reason "asked for at table 3"[/]'
)
def add(
    scenario: File,
    action: Annotated[Action, typer.Argument(help="What is done.")],
    table: Annotated[str, typer.Argument(help=f"For add, remove, change: {', '.join(TABLES)}.")] = "",
    key: Annotated[str, typer.Option(help="The row; for move and merge the actor that moves or stays.")] = "",
    cell: Annotated[list[str] | None, typer.Option(help="A cell as COLUMN=VALUE; several times.")] = None,
    author: Annotated[str, typer.Option(help="A role or a table's number, no name of a person.")] = "",
    reason: Annotated[str, typer.Option(help="Why, in a sentence.")] = "",
    region: Annotated[str, typer.Option(help="Region folder, if it is not the one the scenario names.")] = "",
) -> None:
    """Add a step to a scenario; one that does not fit is explained and changes nothing."""
    from ecosystem.scenario import Step, check, load, opened

    found = load(scenario)
    step = Step(action, table, key, _cells(cell or []), author=author, time=_now(), reason=reason)
    at = opened(_tables(region or found.region), found)
    for unfit in check(at.tables, [step]):
        raise ScenarioError(f"The step does not fit and was not added. {unfit.reason}")
    _saved(found.doing(step), scenario)


def _cells(told: Sequence[str]) -> dict[str, str]:
    if wrong := [one for one in told if "=" not in one]:
        raise ScenarioError(f"--cell {wrong[0]}: give COLUMN=VALUE, as place_id=05113000.")
    return {name: value for name, _, value in (one.partition("=") for one in told)}


def _now() -> str:
    import datetime as dt

    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


@group.command(epilog="Example: [bold]ecosystem scenario drop what-if.json 2[/]")
def drop(
    scenario: File,
    number: Annotated[int, typer.Argument(help="Number of the step, as “show” lists it; 0 is the last.", min=0)] = 0,
) -> None:
    """Take a step out of a scenario."""
    from dataclasses import replace

    from ecosystem.scenario import load

    found = load(scenario)
    at = (number or len(found.steps)) - 1
    if not 0 <= at < len(found.steps):
        raise ScenarioError(f"{scenario} has {len(found.steps)} steps, none with the number {number}.")
    _saved(replace(found, steps=(*found.steps[:at], *found.steps[at + 1 :])), scenario)


@group.command(epilog="Example: [bold]ecosystem scenario merge table-1.json table-2.json --to both.json[/]")
def merge(
    scenario: File,
    other: Annotated[Path, typer.Argument(help="The other scenario.", metavar="SCENARIO")],
    to: Annotated[Path, typer.Option("--to", help="File to write.")],
    region: Annotated[str, typer.Option(help="Region folder, if it is not the one the scenarios name.")] = "",
) -> None:
    """Join two scenarios; contradictions and steps that no longer fit are listed, exit code 2."""
    from ecosystem import scenario as scenarios

    one, two = scenarios.load(scenario), scenarios.load(other)
    found = scenarios.merge(_tables(region or one.region), one, two)
    told = [f"contradiction, left out: {conflict.sentence()}" for conflict in found.conflicts]
    told += [f"does not fit: {unfit.sentence()}" for unfit in found.unfit]
    for line in told:
        err.print(escape(line), style="yellow", soft_wrap=True, highlight=False)
    _saved(found.scenario, to)
    if told:
        raise typer.Exit(EXIT_FAULTS)


@group.command(
    epilog="Examples: [bold]ecosystem scenario show what-if.json[/]"
    " · [bold]ecosystem scenario show what-if.json ruhr --format json[/]"
)
def show(
    scenario: File,
    region: Annotated[str, typer.Argument(help="Region, if not the one the scenario names.", metavar="REGION")] = "",
    output: Output = Printed.TABLE,
) -> None:
    """List the steps of a scenario, checked on the data there are: exit code 2 where some do not fit."""
    from ecosystem.scenario import load

    at = _opened(region, load(scenario))
    reasons = {one.number: one.reason for one in at.unfit}
    rows = [
        {
            "number": number,
            "step": step.sentence(),
            "author": step.author,
            "time": step.time,
            "reason": step.reason,
            "fits": number not in reasons,
            "why_not": reasons.get(number, ""),
        }
        for number, step in enumerate(at.scenario.steps, start=1)
    ]
    if output is Printed.JSON:
        head = {name: getattr(at.scenario, name) for name in ("region", "base", "title")}
        print_json(head | {"assumptions": list(at.scenario.assumptions), "version": at.version, "steps": rows})
    elif output is Printed.CSV:
        _csv(rows)
    else:
        _print_steps(at, rows)
    if at.unfit:
        raise typer.Exit(EXIT_FAULTS)


def _print_steps(at: Opened, rows: list[dict[str, Any]]) -> None:
    title = f"{at.scenario.title or 'Scenario'} · {at.scenario.region} {at.scenario.base}"
    table = Table("", "Step", "Author", "Reason", "Fits", title=escape(title), title_justify="left")
    for row in rows:
        fits = "yes" if row["fits"] else f"no: {row['why_not']}"
        cells = (str(row["number"]), row["step"], row["author"], row["reason"], fits)
        table.add_row(*map(escape, cells), style="" if row["fits"] else "yellow")
    out.print(table)
    for one in at.scenario.assumptions:
        out.print(f"Assumed: {escape(one)}", soft_wrap=True, highlight=False)
    if at.newer:
        told = f"Made on data version {at.scenario.base}, checked on {at.version}."
        out.print(told, soft_wrap=True, highlight=False)


@group.command(epilog="Example: [bold]ecosystem scenario apply what-if.json ruhr --to ./ruhr-what-if[/]")
def apply(
    scenario: File,
    to: Annotated[Path, typer.Option("--to", help="Folder to write; it becomes a region of its own.")],
    region: Annotated[str, typer.Argument(help="Region, if not the one the scenario names.", metavar="REGION")] = "",
) -> None:
    """Write the region a scenario makes as a folder of its own, its additions marked by the source “scenario”."""
    from ecosystem import tables
    from ecosystem.scenario import load

    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise ScenarioError(f"{to} is not empty. Choose a new folder: nothing is overwritten.")
    at = _fitting(region, load(scenario))
    try:
        tables.write(at.tables, to)
    except OSError as error:
        raise ScenarioError(f"{to} cannot be written ({error.strerror}). Choose another folder.") from error
    steps = len(at.scenario.steps)
    out.print(f"{escape(str(to))}: {steps} step{'s' * (steps != 1)} applied", highlight=False, soft_wrap=True)


@group.command(
    epilog="Examples: [bold]ecosystem scenario diff what-if.json[/]"
    " · [bold]ecosystem scenario diff what-if.json ruhr --table clusters --format csv[/]"
)
def diff(
    scenario: File,
    region: Annotated[str, typer.Argument(help="Region, if not the one the scenario names.", metavar="REGION")] = "",
    table: Annotated[str, typer.Option(help="headline, places, fields, quotients or clusters.")] = "headline",
    level: Annotated[Level, typer.Option(help="Places to compare.")] = Level.MUNICIPALITY,
    rows: Annotated[int, typer.Option(help="Rows of a printed table at most; 0 for all.", min=0)] = 40,
    output: Output = Printed.TABLE,
) -> None:
    """Show what a scenario changes, the largest change first, each beside the spread it has without any change."""
    from ecosystem.scenario import compare, continue_on, load

    at = _fitting(region, load(scenario))
    with loading(region or at.scenario.region) as atlas:
        found = compare(atlas, continue_on(atlas, at.tables), level=level.value)
    if table not in TABLES_OF_DIFFERENCES:
        raise ScenarioError(f"There is no table “{table}”; there are {', '.join(TABLES_OF_DIFFERENCES)}.")
    frame: pd.DataFrame = getattr(found, table)
    changed = frame[frame["fate"] != "same"] if table == "clusters" else frame[frame["change"] != 0]
    if table != "clusters":
        changed = changed[changed["before"].notna() | changed["after"].notna()]
    _told(changed, table, rows, output)
    if output is Printed.TABLE and not len(changed):
        out.print("Nothing differs in this table.")


@group.command(
    "best-ties",
    epilog="Examples: [bold]ecosystem scenario best-ties --field green[/]"
    " · [bold]ecosystem scenario best-ties ruhr --field health --index freeman --layer projects --format csv[/]",
)
def best_ties(
    region: Region = DEFAULT_REGION,
    field: Annotated[str | None, typer.Option(help="Id of a field; the whole region without.")] = None,
    index: Annotated[str, typer.Option(help="p, p_sf (more is more polycentric) or freeman (less is).")] = "p_sf",
    layer: Annotated[str, typer.Option(help="both, direct (ties) or projects (joint projects).")] = "both",
    level: Annotated[Level, typer.Option(help="Places to compare.")] = Level.MUNICIPALITY,
    rows: Annotated[int, typer.Option(help="Rows of a printed table at most; 0 for all.", min=0)] = 10,
    output: Output = Printed.TABLE,
) -> None:
    """Which single new tie raises polycentricity most; Ctrl+C stops and shows what was tried until then."""
    from ecosystem import scenario as scenarios
    from ecosystem.findings.ties import LAYERS

    chosen = next((one for one in LAYERS if one == layer), None)
    if chosen is None:
        raise ScenarioError(f"--layer {layer}: expected one of {', '.join(LAYERS)}.")
    with loading(region) as atlas, _asking() as (tell, stop):
        found = scenarios.best_ties(
            atlas, field=field, index=index, layer=chosen, level=level.value, progress=tell, stop=stop
        )
    _told(found, "best_ties", rows, output)
    _tried(found.attrs["tried"], found.attrs["pairs"], "pairs")


@group.command(
    epilog="Examples: [bold]ecosystem scenario leaving ruhr-universitaet-bochum[/]"
    " · [bold]ecosystem scenario leaving --region ruhr --rows 5[/]"
)
def leaving(
    actors: Annotated[
        list[str] | None, typer.Argument(help="Ids of actors; the forty best connected without.", metavar="[ACTOR]...")
    ] = None,
    region: Annotated[str, typer.Option(help="Name of a region, or the path of a region folder.")] = DEFAULT_REGION,
    level: Annotated[Level, typer.Option(help="What is meant by places.")] = Level.MUNICIPALITY,
    rows: Annotated[int, typer.Option(help="Rows of a printed table at most; 0 for all.", min=0)] = 10,
    output: Output = Printed.TABLE,
) -> None:
    """What breaks if an actor leaves; Ctrl+C stops and shows what was tried until then."""
    from ecosystem import scenario as scenarios

    with loading(region) as atlas, _asking() as (tell, stop):
        found = scenarios.leaving(atlas, actors or None, level=level.value, progress=tell, stop=stop)
    _told(found, "leaving", rows, output)
    _tried(found.attrs["tried"], found.attrs["actors"], "actors")


TABLES_OF_DIFFERENCES = ("headline", "places", "fields", "quotients", "clusters")


def _tables(region: str) -> Tables:
    from ecosystem import tables

    return tables.read(locate(region))


def _opened(region: str, found: Scenario) -> Opened:
    from ecosystem.scenario import opened

    return opened(_tables(region or found.region), found)


def _fitting(region: str, found: Scenario) -> Opened:
    at = _opened(region, found)
    if at.unfit:
        told = "\n".join(f"  {one.sentence()}" for one in at.unfit)
        raise ScenarioError(f"{len(at.unfit)} step(s) do not fit data version {at.version}.\n{told}")
    return at


def _saved(scenario: Scenario, path: Path) -> None:
    from ecosystem.scenario import dump

    steps = len(scenario.steps)
    out.print(
        f"{escape(str(dump(scenario, path)))}: {steps} step{'s' * (steps != 1)} on {scenario.region} {scenario.base}",
        highlight=False,
        soft_wrap=True,
    )


@contextmanager
def _asking() -> Iterator[tuple[Callable[[str, int, int], None], Callable[[], bool]]]:
    """A bar, and whether Ctrl+C was pressed: the first press ends the search, not the program."""
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    try:
        with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
            task = bar.add_task("Trying", total=None)
            yield (lambda _, done, total: bar.update(task, completed=done, total=total)), (lambda: bool(pressed))
    finally:
        signal.signal(signal.SIGINT, before)


def _tried(tried: int, of: int, what: str) -> None:
    if tried < of:
        err.print(f"Stopped: {tried} of {of} {what} were tried.", style="yellow", highlight=False)


def _told(frame: pd.DataFrame, title: str, rows: int, output: Printed) -> None:
    from ecosystem import report
    from ecosystem.findings.formats import rows_of

    if output is Printed.JSON:
        print_json(rows_of(frame))
    elif output is Printed.CSV:
        sys.stdout.write(frame.to_csv(index=False, lineterminator="\n"))
    else:
        report.print_frame(unfolded(), frame, title.replace("_", " "), rows)


def _csv(rows: list[dict[str, Any]]) -> None:
    import pandas as pd

    sys.stdout.write(pd.DataFrame(rows).to_csv(index=False, lineterminator="\n"))
