"""Commands that bring something in: a new region, and rows of a register into one."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from ecosystem.cli.common import EXIT_FAULTS, app, err, say, unfolded
from ecosystem.errors import IntakeError
from ecosystem.regions import DEFAULT_REGION, locate, shipped_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ecosystem.intake import Left, Plan
    from ecosystem.tables import Tables

REJECT_COLUMNS = ("file", "part", "row", "fate", "column", "value", "reason", "cure")
MOST_SHOWN = 8


class Kind(StrEnum):
    """What is imported."""

    WORKBOOK = "workbook"
    CORDIS = "cordis"
    OPERATIONS = "operations"
    ROR = "ror"
    TABLE = "table"
    GRAPH = "graph"


class Outside(StrEnum):
    """What becomes of partners outside the region."""

    KEEP = "keep"
    DROP = "drop"


@app.command(
    "new-region",
    epilog="Examples: [bold]ecosystem new-region --name Lausitz --places places.csv --fields fields.csv "
    "--boundaries outlines.geojson --to ./lausitz[/] · [bold]ecosystem new-region --name Ruhr --nuts DEA1 --nuts DEA5 "
    "--boundaries vg250.geojson --fields fields.csv --to ./ruhr2[/]",
)
def new_region(
    name: Annotated[str, typer.Option(help="Name of the region in German.")],
    fields: Annotated[
        Path, typer.Option(help="CSV of the fields of the strategy: field_id, name_de, name_en, short_de, short_en.")
    ],
    to: Annotated[Path, typer.Option(help="Folder to make; its name becomes the region's id.")],
    places: Annotated[
        Path | None, typer.Option(help="CSV of municipalities: place_id, name, nuts3, district …; AGS, GEN, NUTS too.")
    ] = None,
    nuts: Annotated[
        list[str] | None,
        typer.Option(help="Keep municipalities whose NUTS code begins so; several times, or with commas."),
    ] = None,
    boundaries: Annotated[
        Path | None, typer.Option(help="GeoJSON of municipalities (WGS 84); names them where there is no --places.")
    ] = None,
    key: Annotated[
        str | None, typer.Option(help="Property of the outlines that holds the municipality's key; else found.")
    ] = None,
    name_en: Annotated[str | None, typer.Option(help="Name in English; else the same.")] = None,
    keywords: Annotated[
        Path | None,
        typer.Option(help="CSV of words that tell fields: field_id, kind, keyword, language, weight, note."),
    ] = None,
) -> None:
    """Make a valid region folder from a list of municipalities, their outlines and the fields of the strategy."""
    from ecosystem import intake

    codes = [code for one in nuts or [] for code in one.split(",") if code.strip()]
    told = intake.found(
        to, name, fields=fields, places=places, boundaries=boundaries, nuts=codes, key=key, name_en=name_en,
        keywords=keywords,
    )  # fmt: skip
    say(f"{to}: {told.municipalities} municipalities, {told.outlined} with an outline, {told.fields} fields.")
    for fault in told.warnings[:MOST_SHOWN]:
        say(f"[yellow]Note:[/] {escape(fault.sentence())}", plain=False)
    if len(told.warnings) > MOST_SHOWN:
        say(f"… and {len(told.warnings) - MOST_SHOWN} more; “ecosystem check {to}” lists them.")
    if not keywords:
        say("It has no keywords.csv, so no project will be given a field by its words; see data/README.md.")
    say(f"Next: ecosystem import operations FILE --region {to} · ecosystem serve {to}")


@app.command(
    "import",
    epilog="Examples: [bold]ecosystem import operations list.xlsx --region ./my-region --dry-run[/] · "
    "[bold]ecosystem import cordis project.csv organization.csv --region ./my-region --rejects rejects.csv[/] · "
    "[bold]ecosystem import workbook filled.xlsx --region ruhr --to ./my-ruhr[/]",
)
def import_(
    kind: Annotated[Kind, typer.Argument(help="What the files are.")],
    files: Annotated[list[Path], typer.Argument(help="One or more files.", metavar="FILE…")],
    region: Annotated[str, typer.Option(help="Name of a region, or a region folder.")] = DEFAULT_REGION,
    to: Annotated[
        Path | None, typer.Option(help="Copy the region there first; needed for one that came with the package.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change and write nothing.")] = False,
    mapping: Annotated[Path | None, typer.Option(help="A mapping file: which column says what.")] = None,
    save_mapping: Annotated[
        Path | None, typer.Option(help="Write the mapping the headers propose there, to correct and give again.")
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option(help="Write every row that was not taken there, with reasons.")
    ] = None,
    outside: Annotated[
        Outside, typer.Option(help="Partners outside the region that share a project or tie with an actor inside.")
    ] = Outside.DROP,
) -> None:
    """Take rows of a register into a region: exit code 0 where all could be taken, 2 where some were rejected."""
    from ecosystem import intake, tables

    folder = locate(region)
    _require_own(folder, to, dry_run=dry_run)
    if save_mapping:
        _save_mapping(kind, files, mapping, save_mapping)
    known = tables.read(folder)
    plan = _plan(kind, files, known, folder, mapping, outside)
    _report(plan)
    if rejects:
        _write_rejects(plan, rejects)
    if dry_run:
        say("Nothing was written (--dry-run).")
    else:
        target = folder
        if to:
            target = intake.copied(folder, to)
            say(f"{folder} was copied to {to}; the copy is imported into.")
        entry = intake.accept(plan, target)
        say(
            f"{target}: accepted as import {entry.number}; “ecosystem undo {to or region}” takes it back."
            if entry
            else f"{target}: nothing changed, all of it was there already."
        )
    if plan.rejected:
        raise typer.Exit(EXIT_FAULTS)


def _require_own(folder: Path, to: Path | None, *, dry_run: bool) -> None:
    if not dry_run and not to and folder.parent == shipped_data().resolve():
        raise IntakeError(
            f"{folder.name} came with the package and stays as it is. Say where a copy of it shall be made and "
            f"imported into: --to ./my-{folder.name}; or look first with --dry-run."
        )


def _plan(
    kind: Kind, files: Sequence[Path], known: Tables, folder: Path, mapping: Path | None, outside: Outside
) -> Plan:
    from ecosystem import intake, sources
    from ecosystem.sources.mapping import Mapping

    decided = intake.load(folder)
    if kind is Kind.WORKBOOK:
        if len(files) > 1:
            raise IntakeError("import workbook takes one file, or a folder of CSV files named as the tables are.")
        return intake.filled.of_file(known, files[0], decided)
    chosen = Mapping.load(mapping) if mapping else None
    with _progress() as tell:
        reading = sources.read(kind.value, files, mapping=chosen, progress=tell)
        tell("Matching", 0, None)
        return intake.plan(known, reading, decided, outside=outside.value, folder=folder, progress=tell)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int | None], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("Reading", total=None)
        yield lambda step, done, total: bar.update(task, description=escape(step), completed=done, total=total)


def _save_mapping(kind: Kind, files: Sequence[Path], given: Path | None, to: Path) -> None:
    from ecosystem import sources
    from ecosystem.sources.mapping import Mapping

    if kind not in {Kind.OPERATIONS, Kind.TABLE}:
        raise IntakeError(f"--save-mapping: {kind.value} has no mapping. It is for operations and table.")
    held = sources.layouts(kind.value, files[0], Mapping.load(given) if given else None)
    held[0].mapping.save(to)
    table = Table("Says", "Column", "Found", title=f"Mapping, saved to {to}", title_justify="left")
    how = dict(held[0].mapping.how)
    for target, header in held[0].mapping.columns:
        table.add_row(escape(target), escape(header), how.get(target, ""))
    for header in held[0].mapping.unmapped:
        table.add_row("[dim]not used[/]", escape(header), "")
    unfolded().print(table)


def _report(plan: Plan) -> None:
    """What was read, and what became of it."""
    from ecosystem.intake import Fate

    table = Table("", title="Rows", title_justify="left")
    for heading in ("read", *(fate.value for fate in Fate)):
        table.add_column(heading, justify="right")
    for row in plan.tally.rows():
        table.add_row(*(str(row[name]) for name in ("kind", "read", *(fate.value for fate in Fate))))
    unfolded().print(table)
    changed = Table("", title="What changes", title_justify="left")
    for heading in ("added", "changed", "removed"):
        changed.add_column(heading, justify="right")
    for one in plan.changes:
        changed.add_row(one.table, str(len(one.added)), str(one.changed_rows), str(len(one.removed)))
    if plan.changes:
        unfolded().print(changed)
    for note in plan.notes:
        say(f"[yellow]Note:[/] {escape(note)}", plain=False)
    _tell_rejected([one for one in plan.left if one.fate is Fate.REJECTED])
    if plan.questions:
        say(f"{len(plan.questions)} question(s) only a person can decide; “ecosystem review” lists them.")


def _tell_rejected(rejected: Sequence[Left]) -> None:
    """Every reason once, with its first row."""
    by_reason: dict[str, list[Left]] = {}
    for one in rejected:
        by_reason.setdefault(one.reason, []).append(one)
    for reason, rows in sorted(by_reason.items(), key=lambda item: -len(item[1]))[:MOST_SHOWN]:
        first = rows[0]
        shown = " ".join(part for part in (first.column, f"“{first.value}”" if first.value else "") if part)
        where = f"{first.origin}: {shown}" if shown else str(first.origin)
        say(f"Rejected, {len(rows)} row(s): {reason}. First: {where}. {first.cure}")
    if len(by_reason) > MOST_SHOWN:
        say(f"… and {len(by_reason) - MOST_SHOWN} more reasons; --rejects FILE writes every row with its own.")


def _write_rejects(plan: Plan, to: Path) -> None:
    """Every row that was not taken: rejected, outside the region, or a natural person (without the name)."""
    try:
        with to.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(REJECT_COLUMNS)
            for one in plan.left:
                at = one.origin
                row = ("" if at.row is None else at.row, one.fate.value, one.column, one.value, one.reason, one.cure)
                writer.writerow([_harmless(str(cell)) for cell in (at.file, at.part, *row)])
    except OSError as error:
        raise IntakeError(f"{to} cannot be written ({error.strerror}). Choose another folder.") from error
    say(f"{to}: {len(plan.left)} row(s) that were not taken, each with its reason.")


def _harmless(cell: str) -> str:
    """A cell no spreadsheet takes for a formula."""
    return "'" + cell if cell[:1] in {"=", "+", "-", "@", "\t"} else cell
