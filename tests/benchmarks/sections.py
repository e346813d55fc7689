"""RESULTS.md holds the sections of several benchmarks; each renews its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def renew(file: Path, text: str) -> None:
    """Put a section, which opens with its heading ``# …``, where the one of this heading was, or at the end."""
    heading = text.split("\n", 1)[0]
    sections = _sections(file.read_text(encoding="utf-8")) if file.exists() else {}
    sections[heading] = text
    file.write_text("\n\n".join(one.strip() for one in sections.values()) + "\n", encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    found = ["# " + one for one in ("\n" + text).split("\n# ")[1:]]
    return {one.split("\n", 1)[0]: one for one in found}
