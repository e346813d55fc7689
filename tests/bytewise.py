"""What the tests of importing share: the state of a folder, byte for byte, and where a row of a list stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem.sources.record import Origin

if TYPE_CHECKING:
    from pathlib import Path


def state(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def at(row: int) -> Origin:
    """A row of a list."""
    return Origin("list.csv", "", row)
