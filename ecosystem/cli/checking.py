"""Commands that tell what is there: faults, counts, regions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ecosystem.cli.common import EXIT_FAULTS, Format, Region, app, loading, out, print_json
from ecosystem.errors import Severity
from ecosystem.regions import DEFAULT_REGION, available, locate

if TYPE_CHECKING:
    from ecosystem.errors import Fault
    from ecosystem.summary import Counts


@app.command(epilog="Examples: [bold]ecosystem check data/ruhr[/] · [bold]ecosystem check ./my-region --format json[/]")
def check(
    folder: Annotated[str, typer.Argument(help="A region folder, or the name of a region.", metavar="FOLDER|REGION")],
    output: Annotated[Format, typer.Option("--format", help="Table for people, JSON for programs.")] = Format.TABLE,
) -> None:
    """Report every fault of a region folder: exit code 0 without errors, 2 with."""
    from ecosystem import tables

    path = Path(folder).expanduser()
    # also a folder without region.toml: that is one of the faults to report
    faults = tables.inspect(path if path.is_dir() and folder not in available() else locate(folder))
    if output is Format.JSON:
        print_json([fault_record(fault) for fault in faults])
    else:
        _print_faults(faults)
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise typer.Exit(EXIT_FAULTS)


def fault_record(fault: Fault) -> dict[str, str | int | None]:
    """A fault as JSON knows it."""
    return {name: getattr(fault, name) for name in ("severity", "file", "row", "column", "value", "expected", "cure")}


def _print_faults(faults: tuple[Fault, ...]) -> None:
    errors = sum(fault.severity is Severity.ERROR for fault in faults)
    if faults:
        table = Table("", "File", "Row", "Column", "Value", "Expected", "What to do")
        for fault in faults:
            row = "" if fault.row is None else str(fault.row)
            cells = (fault.severity.value, fault.file, row, fault.column, fault.value, fault.expected, fault.cure)
            table.add_row(
                *(escape(cell) for cell in cells), style="red" if fault.severity is Severity.ERROR else "yellow"
            )
        out.print(table)
    out.print(f"{errors} error(s), {len(faults) - errors} warning(s)")


@app.command(epilog="Examples: [bold]ecosystem info[/] · [bold]ecosystem info ./my-region --format json[/]")
def info(
    region: Region = DEFAULT_REGION,
    output: Annotated[Format, typer.Option("--format", help="Table for people, JSON for programs.")] = Format.TABLE,
) -> None:
    """Count a region's actors by sector, field and place, its ties by relation, and list its clusters."""
    from ecosystem import summary

    with loading(region) as atlas:
        told = summary.summary(atlas)
    if output is Format.JSON:
        print_json(told)
    else:
        _print_info(told)


def _print_info(told: dict[str, Counts]) -> None:
    for heading, rows in told.items():
        table = Table(title=heading, title_justify="left", title_style="bold", show_header=False)
        table.add_column()
        table.add_column(justify="right" if all(not isinstance(value, str) for value in rows.values()) else "left")
        for name, value in rows.items():
            table.add_row(escape(name), "–" if value is None else escape(str(value)))
        out.print(table)


@app.command(epilog="Example: [bold]ecosystem regions[/]")
def regions() -> None:
    """List the regions that can be named, and where they lie."""
    table = Table("Region", "Folder")
    for name, folder in available().items():
        table.add_row(escape(name), escape(str(folder)))
    out.print(table)
