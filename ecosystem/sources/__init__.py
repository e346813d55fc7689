"""Readers of real registers, one a source: raw rows with their provenance, nothing silently lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem.errors import SourceError
from ecosystem.sources.safety import LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ecosystem.sources.layout import Layout
    from ecosystem.sources.mapping import Mapping
    from ecosystem.sources.record import Reading

KINDS = ("cordis", "operations", "ror", "table", "graph")


def read(
    kind: str,
    files: Sequence[Path],
    *,
    mapping: Mapping | None = None,
    progress: Callable[[str, int, int | None], None] | None = None,
    limits: Limits = LIMITS,
) -> Reading:
    """Read the files of one source, which are never changed and nothing of which is executed.

    Args:
        kind: one of :data:`KINDS`.
        files: one or more; packed ones (.zip, .gz) too.
        mapping: which header gives what, for ``operations``, ``table`` and ``graph``; proposed by the headers.
        progress: called now and then with the file, the rows read so far and their number where it is known.
        limits: how much is let in; :data:`~ecosystem.sources.safety.UPLOAD` for files of others.

    Raises:
        SourceError: a file that is refused or cannot be read at all; single rows are rejected in the reading instead.
    """
    if kind not in KINDS:
        raise SourceError(kind, "", "no reader has this name", f"Use one of {', '.join(KINDS)}.")
    if not files:
        raise SourceError(kind, "", "no file was given", "Give one or more files.")
    if kind in {"operations", "table"}:
        from ecosystem.sources import listed  # noqa: PLC0415 - one reader needs not load the others

        return listed.read(kind, files, mapping, progress, limits)
    if kind == "cordis":
        from ecosystem.sources import cordis  # noqa: PLC0415

        return cordis.read(files, progress, limits)
    if kind == "ror":
        from ecosystem.sources import ror  # noqa: PLC0415

        return ror.read(files, progress, limits)
    from ecosystem.sources import graph  # noqa: PLC0415

    return graph.read(files, mapping, progress, limits)


def layouts(kind: str, file: Path, mapping: Mapping | None = None, limits: Limits = LIMITS) -> tuple[Layout, ...]:
    """How the tables of a file would be read as ``operations`` or ``table``: headers, mapping, first rows.

    Raises:
        SourceError: as for :func:`read`, and for readers that have no mapping.
    """
    from ecosystem.sources import listed  # noqa: PLC0415

    if kind not in listed.REQUIRED:
        raise SourceError(kind, "", "this reader has no mapping", f"Use one of {', '.join(listed.REQUIRED)}.")
    return tuple(listed.found_in(kind, file, mapping, limits))
