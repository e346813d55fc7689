"""Findings as tables in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from ecosystem.consortium import report as consortia
from ecosystem.findings import formats
from ecosystem.findings.registry import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from rich.console import Console

    from ecosystem.consortium import Consortia
    from ecosystem.consortium.record import Proposal
    from ecosystem.findings.record import Finding

WIDEST = 32
"""Longer texts go on in the next line."""
GAP = 3
EDGES = 2
MOST_KEYS = 4


def print_measures(out: Console) -> None:
    """All measures with their question and what can be set."""
    table = Table("Measure", "Question", "Options", box=SIMPLE_HEAD, pad_edge=False)
    for one in MEASURES:
        table.add_row(f"[bold]{one.name}[/]", escape(one.question), escape(", ".join(one.options)))
    out.print(table)


def print_finding(out: Console, finding: Finding, name: str | None, rows: int) -> None:
    """The question, one table (the main one by default) with at most ``rows`` rows, and what stands beside it."""
    frame, chosen = finding.frame(name), name or next(iter(finding.frames))
    out.print(f"[bold]{escape(finding.title)}[/]: {escape(finding.question)}", highlight=False)
    print_frame(out, frame, chosen, rows)
    for kind, sentences in (("Not answered", finding.reasons), ("Note", finding.warnings), ("", finding.notes)):
        for sentence in sentences:
            out.print(f"[yellow]{kind}:[/] {escape(sentence)}" if kind else escape(sentence), highlight=False)
    others = [f"{other} ({len(found)} rows)" for other, found in finding.frames.items() if other != chosen]
    if others:
        out.print(f"Further tables: {escape(', '.join(others))}; print one with --table", highlight=False)
    out.print(escape(formats.stamp(finding)), style="dim", highlight=False)


def print_frame(out: Console, frame: pd.DataFrame, title: str, rows: int) -> None:
    """At most ``rows`` rows of a table (0: all), in parts that fit the width."""
    for part in _tables(frame.head(rows) if rows else frame, title, out.width):
        out.print(part)
    if rows and len(frame) > rows:
        out.print(f"… {len(frame) - rows} more rows: --rows 0 prints all, --format csv writes all", highlight=False)


def _tables(frame: pd.DataFrame, title: str, width: int) -> Iterator[Table]:
    """The table in as many parts side by side as the width asks for, each with the columns that tell rows apart."""
    written = formats.texts(frame)
    # most tables have no undefined number: an empty column of reasons would only take room
    if "reason" in written and not written["reason"].astype(bool).any():
        written = written.drop(columns="reason")
    numbers = {str(name) for name in frame.columns if frame[name].dtype.kind in "iufb"}
    keys = _keys(list(written.columns), numbers)
    for names in _parts(written, keys, width):
        yield _table(written[[*keys, *names]], title, numbers)


def _keys(columns: list[str], numbers: set[str]) -> list[str]:
    """The columns in front of the first number."""
    first = next((place for place, name in enumerate(columns) if name in numbers), len(columns))
    return columns[: min(first, MOST_KEYS)]


def _parts(written: pd.DataFrame, keys: list[str], width: int) -> Iterator[list[str]]:
    """The other columns in groups that fit beside the keys, at least one in each."""
    left = width - EDGES - sum(_wide(written, key) for key in keys)
    part: list[str] = []
    room = left
    for name in written.columns:
        if name in keys:
            continue
        if part and _wide(written, name) > room:
            yield part
            part, room = [], left
        part.append(name)
        room -= _wide(written, name)
    if part or len(keys) == len(written.columns):
        yield part


def _wide(written: pd.DataFrame, name: str) -> int:
    """Columns of the terminal that a column of the table takes."""
    heading = max(map(len, name.split("_")))
    longest = max((len(cell) for cell in written[name]), default=0)
    return max(heading, min(longest, WIDEST)) + GAP


def _table(written: pd.DataFrame, title: str, numbers: set[str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for name in written.columns:
        wide = _wide(written, name) - GAP
        table.add_column(
            escape(name.replace("_", " ")),
            justify="right" if name in numbers else "left",
            min_width=wide,
            max_width=wide,
        )
    for row in written.itertuples(index=False):
        table.add_row(*(escape(cell) for cell in row))
    return table


def print_consortia(out: Console, found: Consortia) -> None:
    """Every proposal with its members and why, the parts of its score, its ties and what is missing."""
    for number, one in enumerate(found.proposals, start=1):
        parts = ", ".join(f"{name} {value:.2f}" for name, value in one.parts.items() if value == value)  # noqa: PLR0124 -- NaN differs from itself
        title = f"Proposal {number}: score {one.score:.2f} ({parts})"
        table = Table("Actor", "Sector", "City", "Why", "Sources", title=title, title_justify="left", box=SIMPLE_HEAD)
        for member in one.members:
            cells = (member.name, member.sector, member.place, consortia.why(member, one), ", ".join(member.sources))
            table.add_row(*(escape(cell) for cell in cells))
        out.print(table)
        for line in _recorded(one):
            out.print(escape(line), highlight=False)
    for sentence in consortia.sentences(found):
        out.print(escape(sentence), style="dim", highlight=False)


def _recorded(one: Proposal) -> Iterator[str]:
    """The ties and joint projects of a proposal, a line each."""
    names = {member.actor_id: member.name for member in one.members}
    yield f"{one.tied_pairs} of {one.pairs} pairs have a recorded tie or a joint project."
    for tie in one.ties:
        told = f"{names[tie.source]} – {tie.relation} – {names[tie.target]}"
        yield f"  {told}: {tie.evidence} [{', '.join(tie.sources)}]"
    for project in one.projects:
        who = ", ".join(names[actor] for actor in project.left)
        yield f"  Joint project {project.project_id} “{project.title}”: {who} [{', '.join(project.sources)}]"
