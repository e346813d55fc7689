"""The commands; the only place where all parts meet."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from rich.markup import escape

from ecosystem.cli import (
    checking,
    comparing,
    exporting,
    importing,
    measuring,
    reviewing,
    scenarios,
    serving,
    sourcing,
    workshops,
)
from ecosystem.cli.common import app, err
from ecosystem.errors import EcosystemError

__all__ = [
    "app",
    "checking",
    "comparing",
    "exporting",
    "importing",
    "main",
    "measuring",
    "reviewing",
    "scenarios",
    "serving",
    "sourcing",
    "workshops",
]


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
