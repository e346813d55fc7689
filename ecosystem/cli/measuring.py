"""Commands that compute: measures and consortia."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from ecosystem.cli.common import Level, Printed, Region, app, err, loading, print_json, unfolded
from ecosystem.errors import MeasureError
from ecosystem.regions import DEFAULT_REGION, locate

if TYPE_CHECKING:
    from ecosystem.findings.record import Finding


@app.command(
    epilog="Examples: [bold]ecosystem measure --list[/] · [bold]ecosystem measure specialisation ruhr --field health[/]"
    " · [bold]ecosystem measure polycentricity --level district --table curves --format csv[/]"
    " · [bold]ecosystem measure coordination --set method=cosine --seed 7 --draws 30000 --format json[/]"
)
def measure(
    name: Annotated[str | None, typer.Argument(help="Name of a measure, see --list.", metavar="NAME")] = None,
    region: Region = DEFAULT_REGION,
    list_all: Annotated[bool, typer.Option("--list", help="List the measures, their question and options.")] = False,
    field: Annotated[str | None, typer.Option(help="Id of a field: only what concerns it.")] = None,
    level: Annotated[Level | None, typer.Option(help="Places to compare; municipalities by default.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of everything drawn.")] = None,
    draws: Annotated[int | None, typer.Option(help="Number of draws: more take longer and tell finer.")] = None,
    assignments: Annotated[
        list[str] | None, typer.Option("--set", help="Another option as OPTION=VALUE; may be given several times.")
    ] = None,
    table: Annotated[str | None, typer.Option(help="Which table of the finding; the main one by default.")] = None,
    rows: Annotated[int, typer.Option(help="Rows of a printed table at most; 0 for all.", min=0)] = 60,
    output: Annotated[
        Printed, typer.Option("--format", help="Table for people, CSV of one table, JSON of everything.")
    ] = Printed.TABLE,
) -> None:
    """Compute a measure of a region; the answer carries its parameters, seed, n and sources."""
    from ecosystem import report
    from ecosystem.findings import formats

    if list_all:
        report.print_measures(unfolded())
        return
    if name is None:
        raise MeasureError("Name a measure. “ecosystem measure --list” shows them with the question each answers.")
    given = {"field": field, "level": None if level is None else level.value, "seed": seed, "draws": draws}
    options = {option: value for option, value in given.items() if value is not None}
    finding = _finding(name, region, options, assignments or [])
    frame = finding.frame(table)
    if output is Printed.JSON:
        told = formats.record(finding)
        print_json(told if table is None else told | {"tables": {table: told["tables"][table]}})
    elif output is Printed.CSV:
        sys.stdout.write(formats.csv_text(finding, table))
        err.print(f"{len(frame)} rows · {escape(formats.stamp(finding))}", highlight=False, soft_wrap=True)
    else:
        report.print_finding(unfolded(), finding, table, rows)


def _finding(name: str, region: str, options: dict[str, Any], assignments: list[str]) -> Finding:
    """The finding, with a bar for every step that takes a while; read from the tables, no atlas is needed."""
    from ecosystem import tables
    from ecosystem.findings import formats, registry
    from ecosystem.findings.material import Material

    asked = options | formats.parsed(name, assignments)
    material = Material(tables.read(locate(region)))
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        return registry.find(material, name, progress=tell, **asked)


@app.command(
    epilog="Examples: [bold]ecosystem consortium --field health[/] · [bold]ecosystem consortium ruhr --field green "
    "--cities 4 --pin universitaet-duisburg-essen --ban duisburger-hafen-ag --format csv[/]"
    " · [bold]ecosystem consortium --field logistics --call Logistik.NRW --weight trust=2 --weight spread=0[/]"
)
def consortium(
    region: Region = DEFAULT_REGION,
    field: Annotated[str, typer.Option(help="Id of the field to work on.")] = "",
    cities: Annotated[int, typer.Option(help="Members come from at least so many municipalities.", min=1)] = 3,
    pin: Annotated[list[str] | None, typer.Option(help="Id of an actor that must be in; several times.")] = None,
    ban: Annotated[list[str] | None, typer.Option(help="Id of an actor that may not be in; several times.")] = None,
    call: Annotated[str, typer.Option(help="A call for projects: members with a project in it are preferred.")] = "",
    size: Annotated[int, typer.Option(help="Members at most.", min=1)] = 7,
    count: Annotated[int, typer.Option(help="How many proposals.", min=1)] = 3,
    sector: Annotated[
        list[str] | None, typer.Option(help="A sector that must have a member; all five by default.")
    ] = None,
    weight: Annotated[list[str] | None, typer.Option(help="Weight of a part as PART=NUMBER, 1 by default.")] = None,
    output: Annotated[
        Printed, typer.Option("--format", help="Table for people, CSV of the members, JSON of everything.")
    ] = Printed.TABLE,
) -> None:
    """Propose who could work together on a field: every sector, several cities, ties with their sources."""
    from ecosystem import report
    from ecosystem.consortium import propose
    from ecosystem.consortium.report import csv_text, parsed_weights, record

    weights = parsed_weights(weight or [])
    chosen = {} if sector is None else {"sectors": sector}
    with loading(region) as atlas:
        if not field:
            raise MeasureError(f"Name a field with --field. {region} has {', '.join(atlas.region.field_ids)}.")
        found = propose(
            atlas,
            field=field,
            call=call,
            cities=cities,
            size=size,
            pinned=pin or [],
            banned=ban or [],
            weights=weights,
            count=count,
            **chosen,
        )
    if output is Printed.JSON:
        print_json(record(found))
    elif output is Printed.CSV:
        sys.stdout.write(csv_text(found))
    else:
        report.print_consortia(unfolded(), found)
