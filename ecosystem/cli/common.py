"""What every command shares: the application, its consoles, the words for a region, the bar while one is read.

Heavy imports stand inside the commands, so that ``ecosystem --help`` answers at once.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.atlas import Atlas

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


def unfolded() -> Console:
    """Where tables are printed: on a terminal as wide as that is, in a file or a pipe with every cell in one line."""
    return out if out.is_terminal else Console(width=WIDE)


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


def print_json(told: Any) -> None:
    """Pure ASCII where the output is not UTF-8, so that it stays the same data."""
    ascii_only = not sys.stdout.encoding.lower().startswith("utf")
    sys.stdout.write(json.dumps(told, ensure_ascii=ascii_only, allow_nan=False, indent=2) + "\n")


def say(sentence: str, *, plain: bool = True) -> None:
    """A sentence of a report; ``plain`` is shown as it is, anything else may hold markup."""
    out.print(escape(sentence) if plain else sentence, highlight=False, soft_wrap=True)


STEP_TEXT = {"read": "Reading tables", "clusters": "Searching clusters", "positions": "Placing actors"}


@contextmanager
def loading(region: str) -> Iterator[Atlas]:
    """The atlas of a region, with a bar for every step on a terminal."""
    from ecosystem import atlas

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        tasks = {step: bar.add_task(text, total=None, visible=step == "read") for step, text in STEP_TEXT.items()}
        loaded = atlas.load(
            region,
            progress=lambda step, done, total: bar.update(tasks[step], completed=done, total=total, visible=True),
        )
    yield loaded
