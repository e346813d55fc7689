"""Commands at the beginning of the way: the workbook to fill in, downloads of registers."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from ecosystem.cli.common import app, err, out

_MB = 1024 * 1024


class Register(StrEnum):
    """What can be fetched."""

    CORDIS = "cordis"


class Programme(StrEnum):
    """Framework programmes of the EU whose projects are published in bulk."""

    HORIZON = "HORIZON"
    H2020 = "H2020"
    FP7 = "FP7"


class Form(StrEnum):
    """Formats of the bulk downloads."""

    CSV = "csv"
    JSON = "json"


@app.command(
    epilog="Examples: [bold]ecosystem template --to template.xlsx[/]"
    " · [bold]ecosystem template ruhr --to template.xlsx[/]"
)
def template(
    to: Annotated[Path, typer.Option("--to", help="Workbook to write; .xlsx.")],
    region: Annotated[
        str | None,
        typer.Argument(help="Region whose fields, places and actors the drop-downs offer.", metavar="[REGION|FOLDER]"),
    ] = None,
) -> None:
    """Write an Excel workbook to fill in: a sheet for every table, with drop-downs, examples and help."""
    from ecosystem import tables
    from ecosystem.regions import locate
    from ecosystem.sources.workbook import template as write

    write(to, tables.read(locate(region)) if region else None)
    out.print(f"{escape(str(to))}: {to.stat().st_size:,} bytes", highlight=False, soft_wrap=True)


@app.command(
    epilog="Examples: [bold]ecosystem fetch cordis --programme HORIZON --to downloads[/]"
    " · [bold]ecosystem fetch cordis --programme H2020 --format json --to downloads[/]"
)
def fetch(
    register: Annotated[Register, typer.Argument(help="The register: cordis.")],
    programme: Annotated[Programme, typer.Option(help="Framework programme.", case_sensitive=False)],
    to: Annotated[Path, typer.Option("--to", help="Folder to write into.")],
    form: Annotated[Form, typer.Option("--format", help="csv or json.")] = Form.CSV,
    base_url: Annotated[str | None, typer.Option(help="Another address than the publisher's: a mirror.")] = None,
    sha256: Annotated[str, typer.Option(help="What the checksum must be, if you know it.")] = "",
    limit: Annotated[int, typer.Option(help="Megabytes at most.", min=1, max=100_000)] = 800,
) -> None:
    """Download a register from its publisher, resumed where it broke off, with checksum and licence beside it."""
    from ecosystem.sources import fetch as fetching

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(register.value, total=None)
        found = fetching.cordis(
            programme.value, to, form=form.value, base_url=base_url or fetching.CORDIS, sha256=sha256,
            limit=limit * _MB, progress=lambda _, done, total: bar.update(task, completed=done, total=total),
        )  # fmt: skip
    told = f" ({found.resumed:,} of them were there before)" if found.resumed else ""
    lines = (
        f"{found.path}: {found.size:,} bytes{told}",
        f"sha256 {found.sha256}",
        f"{found.provenance.producer}; {found.provenance.licence}",
    )
    out.print(escape("\n".join(lines)), highlight=False, soft_wrap=True)
