"""Commands that write files for other programs and for talks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ecosystem.cli.common import Region, app, loading, out
from ecosystem.errors import ExportError
from ecosystem.regions import DEFAULT_REGION


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
    from ecosystem import export as writers

    writers.ending_of(to)
    span = None if years is None else _span(years)
    given = (field, sector, place, cluster, relation, span)
    with loading(region) as atlas:
        left = atlas
        if confidence or any(one is not None for one in given):
            from ecosystem.part import part

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
    from dashboards import slides
    from ecosystem import story as stories

    if to.suffix.lower() not in {".pptx", ".yaml"}:
        raise ExportError(f"{to.name}: give a file that ends in .pptx or .yaml.")
    with loading(region) as atlas:
        told = stories.load(file) if file else atlas.tables.talk
        if told is None:
            raise ExportError(f"The region has no {stories.FILE}. Make one on the page “Story”, or give --story FILE.")
        content = stories.text(told).encode() if to.suffix.lower() == ".yaml" else slides.file(atlas, told, language)
    try:
        to.write_bytes(content)
    except OSError as error:
        raise ExportError(f"{to} cannot be written ({error.strerror}). Choose another folder.") from error
    out.print(f"{escape(str(to))}: {len(told.steps)} steps, {len(content):,} bytes", highlight=False, soft_wrap=True)
