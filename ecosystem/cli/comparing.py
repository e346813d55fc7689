"""The command that sets regions side by side."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import Annotated

import typer

from ecosystem.cli.common import Level, Printed, app, loading, print_json, unfolded
from ecosystem.errors import MeasureError


@app.command(
    epilog="Examples: [bold]ecosystem compare ruhr toy[/] · [bold]ecosystem compare ruhr ./my-region --format csv[/]"
    " · [bold]ecosystem compare ruhr toy --level district --format json[/]"
)
def compare(
    regions: Annotated[
        list[str], typer.Argument(help="Names of regions, or paths of region folders.", metavar="REGION REGION…")
    ],
    level: Annotated[Level, typer.Option(help="Units that are compared inside a region.")] = Level.MUNICIPALITY,
    min_actors: Annotated[int, typer.Option(help="Memberships a unit needs for its profile to count.", min=0)] = 10,
    output: Annotated[
        Printed, typer.Option("--format", help="Tables for people, CSV of the numbers, JSON of everything.")
    ] = Printed.TABLE,
) -> None:
    """Set regions side by side: same measures, same parameters, and a warning where their data bases differ."""
    from ecosystem import compare as comparing
    from ecosystem.compare import report

    if len(regions) < 2:
        raise MeasureError("A comparison takes two or more regions. Name another one: ecosystem compare ruhr toy.")
    options = comparing.Options(level=level.value, min_actors=min_actors)
    with ExitStack() as stack:
        found = comparing.compare([stack.enter_context(loading(one)) for one in regions], options)
    if output is Printed.JSON:
        print_json(report.record(found))
    elif output is Printed.CSV:
        sys.stdout.write(report.csv_text(found))
    else:
        report.print_comparison(unfolded(), found)
