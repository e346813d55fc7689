"""Commands that follow an import: the review of what it left open, and taking it back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ecosystem.cli.common import app, out, say, unfolded
from ecosystem.errors import IntakeError
from ecosystem.regions import locate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecosystem.intake import Question


@app.command(
    epilog="Examples: [bold]ecosystem review ./my-region[/] · "
    "[bold]ecosystem review ./my-region --decide q-1a2b3c4d=merge --decide sector:muster-verein=science[/]"
)
def review(
    region: Annotated[str, typer.Argument(help="Name of a region, or a region folder.", metavar="REGION|FOLDER")],
    decide: Annotated[
        list[str] | None,
        typer.Option(help="KEY=merge, apart or later; or sector:ACTOR=…, fields:ACTOR=…, place:ACTOR=…"),
    ] = None,
    note: Annotated[str, typer.Option(help="Why it was decided so.")] = "",
) -> None:
    """List what imports left open, and decide it; on a terminal one question after the other."""
    from ecosystem import intake

    folder = locate(region)
    pairs = [_pair(one) for one in decide or []]
    for key, verdict in pairs:
        entry = intake.decide(folder, key, verdict, note=note)
        say(f"{key}: {verdict}" + ("" if entry else " (as before)"))
    questions = intake.asked(folder)
    if not pairs and questions and sys.stdin.isatty() and out.is_terminal:
        _ask(folder, questions, note)
    elif not pairs or questions:
        _list(questions)


def _pair(told: str) -> tuple[str, str]:
    key, sign, verdict = told.rpartition("=")
    if not sign or not key or not verdict:
        raise IntakeError(f"--decide {told}: write KEY=VERDICT, as q-1a2b3c4d=merge.")
    return key, verdict


def _list(questions: Sequence[Question]) -> None:
    if not questions:
        say("No question is open.")
        return
    table = Table(
        "Key", "In the source", "Place", "May be", "Score", "Why", title="Open questions", title_justify="left"
    )
    for one in questions:
        cells = (one.key, one.name, one.place, one.other_name, f"{one.score:.2f}", "; ".join(one.reasons))
        table.add_row(*(escape(cell) for cell in cells))
    unfolded().print(table)
    say(f"{len(questions)} open. Decide with --decide KEY=merge, apart or later.")


def _ask(folder: Path, questions: Sequence[Question], note: str) -> None:
    from ecosystem import intake

    for number, one in enumerate(questions, start=1):
        if one.key not in {still.key for still in intake.asked(folder)}:
            continue
        say(f"{number}/{len(questions)}  {one.name} ({one.place})  =  {one.other_name}?  {one.score:.2f}")
        for reason in one.reasons:
            say(f"    {reason}")
        choices = "merge, apart, later, stop" if one.kind == "match" else "a value, later, stop"
        verdict = typer.prompt(f"  {choices}", default="later").strip()
        if verdict == "stop":
            return
        if verdict != "later" or one.kind == "match":
            intake.decide(folder, one.key, verdict, note=note)


@app.command(epilog="Example: [bold]ecosystem undo ./my-region[/]")
def undo(
    region: Annotated[str, typer.Argument(help="Name of a region, or a region folder.", metavar="REGION|FOLDER")],
) -> None:
    """Take the last import or decision of a region back: its files are as they were, byte for byte."""
    from ecosystem import intake

    entry = intake.undo(locate(region))
    files = ", ".join(name for name, _ in entry.files)
    say(f"Undone: {entry.kind} of {entry.when} ({files}). Restored: {', '.join(entry.changed)}.")
