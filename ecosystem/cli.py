"""The commands; the only place where all parts meet.

Heavy imports stand inside the commands, so that ``ecosystem --help`` answers at once.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from ecosystem.errors import EcosystemError, ExportError, MeasureError, Severity
from ecosystem.regions import DEFAULT_REGION, available, locate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.atlas import Atlas
    from ecosystem.errors import Fault
    from ecosystem.findings.record import Finding
    from ecosystem.summary import Counts

app = typer.Typer(
    name="ecosystem",
    help="Explorer of regional innovation ecosystems: actors, fields, cities, ties and polycentric clusters.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out = Console()
err = Console(stderr=True)

EXIT_FAULTS = 2
WIDE = 400
"""Columns of a file or a pipe, which have no edge."""

Region = Annotated[
    str, typer.Argument(help="Name of a region, or the path of a region folder.", metavar="REGION|FOLDER")
]


class Format(StrEnum):
    """How a report is printed."""

    TABLE = "table"
    JSON = "json"


class Printed(StrEnum):
    """How a finding is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Level(StrEnum):
    """Which places a measure compares."""

    MUNICIPALITY = "municipality"
    DISTRICT = "district"


def main() -> None:
    """Run the command line; an error of ours is one readable message and exit code 1, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # a console or pipe that is not UTF-8 shows "?" where it lacks a character
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app(prog_name="ecosystem")
    except EcosystemError as error:
        err.print(f"[bold red]Error[/] {escape(str(error))}", soft_wrap=True, highlight=False)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


STEP_TEXT = {"read": "Reading tables", "clusters": "Searching clusters", "positions": "Placing actors"}


@contextmanager
def _loading(region: str) -> Iterator[Atlas]:
    from ecosystem import atlas  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        tasks = {step: bar.add_task(text, total=None, visible=step == "read") for step, text in STEP_TEXT.items()}
        loaded = atlas.load(
            region,
            progress=lambda step, done, total: bar.update(tasks[step], completed=done, total=total, visible=True),
        )
    yield loaded


@app.command(epilog="Examples: [bold]ecosystem serve --open[/] · [bold]ecosystem serve ./my-region --port 8060[/]")
def serve(
    region: Region = DEFAULT_REGION,
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 lets the local network in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8050,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in the default browser.")] = False,
) -> None:
    """Start the dashboard on a region."""
    from dashboards import server  # noqa: PLC0415

    server.require_free(host, port)
    with _loading(region) as atlas:
        ready = server.bind(atlas, host, port)
    err.print(f"{escape(atlas.region.name.en)}: [bold]{ready.address}[/]  (Ctrl+C stops it)", highlight=False)
    if open_browser:
        typer.launch(ready.address)
    ready.run()


@app.command(epilog="Examples: [bold]ecosystem check data/ruhr[/] · [bold]ecosystem check ./my-region --format json[/]")
def check(
    folder: Annotated[str, typer.Argument(help="A region folder, or the name of a region.", metavar="FOLDER|REGION")],
    output: Annotated[Format, typer.Option("--format", help="Table for people, JSON for programs.")] = Format.TABLE,
) -> None:
    """Report every fault of a region folder: exit code 0 without errors, 2 with."""
    from ecosystem import tables  # noqa: PLC0415

    path = Path(folder).expanduser()
    # also a folder without region.toml: that is one of the faults to report
    faults = tables.inspect(path if path.is_dir() and folder not in available() else locate(folder))
    if output is Format.JSON:
        _print_json([fault_record(fault) for fault in faults])
    else:
        _print_faults(faults)
    if any(fault.severity is Severity.ERROR for fault in faults):
        raise typer.Exit(EXIT_FAULTS)


def _print_json(told: Any) -> None:
    """Pure ASCII where the output is not UTF-8, so that it stays the same data."""
    ascii_only = not sys.stdout.encoding.lower().startswith("utf")
    sys.stdout.write(json.dumps(told, ensure_ascii=ascii_only, allow_nan=False, indent=2) + "\n")


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
    from ecosystem import summary  # noqa: PLC0415

    with _loading(region) as atlas:
        told = summary.summary(atlas)
    if output is Format.JSON:
        _print_json(told)
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


@app.command(
    epilog="Examples: [bold]ecosystem export --to ruhr.gexf[/] · [bold]ecosystem export ruhr --to ruhr.xlsx[/]"
    " · [bold]ecosystem export --field logistics --field green --sector science --to part.graphml[/]"
)
def export(
    to: Annotated[Path, typer.Option("--to", help="File to write; .gexf, .graphml, .json or .xlsx.")],
    region: Region = DEFAULT_REGION,
    field: Annotated[list[str] | None, typer.Option(help="Id of a field; several: one is enough.")] = None,
    sector: Annotated[list[str] | None, typer.Option(help="Sector of actors: science, industry …")] = None,
    place: Annotated[list[str] | None, typer.Option(help="Id of a municipality or district.")] = None,
    cluster: Annotated[list[str] | None, typer.Option(help="Id of a cluster, see “ecosystem info”.")] = None,
    relation: Annotated[
        list[str] | None, typer.Option(help="Relation of ties; co_participation for joint projects.")
    ] = None,
    years: Annotated[str | None, typer.Option(help="First and last year, as 2015-2024.")] = None,
    dated: Annotated[bool, typer.Option("--dated", help="With --years: leave out what has no year.")] = False,
    confidence: Annotated[int, typer.Option(help="Least confidence of actors and ties.", min=0, max=3)] = 0,
) -> None:
    """Write the atlas, or what is left of it under filters, for Gephi, networkx, Excel or a program of your own."""
    from ecosystem import export as writers  # noqa: PLC0415

    writers.ending_of(to)
    span = None if years is None else _span(years)
    given = (field, sector, place, cluster, relation, span)
    with _loading(region) as atlas:
        left = atlas
        if confidence or any(one is not None for one in given):
            from ecosystem.part import part  # noqa: PLC0415

            left = part(
                atlas, fields=field, sectors=sector, places=place, clusters=cluster, relations=relation, years=span,
                undated=not dated, at_least=confidence,
            )  # fmt: skip
        path = writers.export(left, to)
    out.print(f"{escape(str(path))}: {path.stat().st_size:,} bytes", highlight=False, soft_wrap=True)


def _span(told: str) -> tuple[int, int]:
    first, _, last = told.partition("-")
    if not (first.isdecimal() and last.isdecimal() and int(first) <= int(last)):
        raise ExportError(f"--years {told}: give the first and the last year, as 2015-2024.")
    return int(first), int(last)


@app.command(epilog="Examples: [bold]ecosystem story --to talk.pptx[/] · [bold]ecosystem story ruhr --to talk.yaml[/]")
def story(
    to: Annotated[Path, typer.Option("--to", help="File to write: .pptx, or .yaml for the story itself.")],
    region: Region = DEFAULT_REGION,
    language: Annotated[str, typer.Option(help="de or en.")] = "de",
    file: Annotated[Path | None, typer.Option("--story", help="Another story than the region's: a .yaml file.")] = None,
) -> None:
    """Write a region's story as slides: titles, texts, notes with provenance, and tables instead of pictures."""
    from dashboards import slides  # noqa: PLC0415
    from ecosystem import story as stories  # noqa: PLC0415

    if to.suffix.lower() not in {".pptx", ".yaml"}:
        raise ExportError(f"{to.name}: give a file that ends in .pptx or .yaml.")
    with _loading(region) as atlas:
        told = stories.load(file) if file else atlas.tables.talk
        if told is None:
            raise ExportError(f"The region has no {stories.FILE}. Make one on the page “Story”, or give --story FILE.")
        content = stories.text(told).encode() if to.suffix.lower() == ".yaml" else slides.file(atlas, told, language)
    try:
        to.write_bytes(content)
    except OSError as error:
        raise ExportError(f"{to} cannot be written ({error.strerror}). Choose another folder.") from error
    out.print(f"{escape(str(to))}: {len(told.steps)} steps, {len(content):,} bytes", highlight=False, soft_wrap=True)


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
    from ecosystem import report  # noqa: PLC0415
    from ecosystem.findings import formats  # noqa: PLC0415

    if list_all:
        report.print_measures(out if out.is_terminal else Console(width=WIDE))
        return
    if name is None:
        raise MeasureError("Name a measure. “ecosystem measure --list” shows them with the question each answers.")
    given = {"field": field, "level": None if level is None else level.value, "seed": seed, "draws": draws}
    options = {option: value for option, value in given.items() if value is not None}
    finding = _finding(name, region, options, assignments or [])
    frame = finding.frame(table)
    if output is Printed.JSON:
        told = formats.record(finding)
        _print_json(told if table is None else told | {"tables": {table: told["tables"][table]}})
    elif output is Printed.CSV:
        sys.stdout.write(formats.csv_text(finding, table))
        err.print(f"{len(frame)} rows · {escape(formats.stamp(finding))}", highlight=False, soft_wrap=True)
    else:
        report.print_finding(out if out.is_terminal else Console(width=WIDE), finding, table, rows)


def _finding(name: str, region: str, options: dict[str, Any], assignments: list[str]) -> Finding:
    """The finding, with a bar for every step that takes a while; read from the tables, no atlas is needed."""
    from ecosystem import tables  # noqa: PLC0415
    from ecosystem.findings import formats, registry  # noqa: PLC0415
    from ecosystem.findings.material import Material  # noqa: PLC0415

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
    from ecosystem import report  # noqa: PLC0415
    from ecosystem.consortium import propose  # noqa: PLC0415
    from ecosystem.consortium.report import csv_text, parsed_weights, record  # noqa: PLC0415

    weights = parsed_weights(weight or [])
    chosen = {} if sector is None else {"sectors": sector}
    with _loading(region) as atlas:
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
        _print_json(record(found))
    elif output is Printed.CSV:
        sys.stdout.write(csv_text(found))
    else:
        report.print_consortia(out if out.is_terminal else Console(width=WIDE), found)


@app.command(epilog="Example: [bold]ecosystem regions[/]")
def regions() -> None:
    """List the regions that can be named, and where they lie."""
    table = Table("Region", "Folder")
    for name, folder in available().items():
        table.add_row(escape(name), escape(str(folder)))
    out.print(table)
