"""The papers and books the measures come from (``literature.csv``); titles stay in their own language."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".csv")


@dataclass(frozen=True, slots=True)
class Work:
    """One source; ``doi`` is empty where none was assigned or checked."""

    authors: str
    year: int
    title: str
    where: str
    doi: str = ""

    @property
    def address(self) -> str:
        """Where the DOI leads; empty without one."""
        return f"https://doi.org/{self.doi}" if self.doi else ""


@cache
def literature() -> dict[str, Work]:
    """Every work by its short name.

    >>> literature()["green"].year
    2007
    """
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["key"]: Work(row["authors"], int(row["year"]), row["title"], row["where"], row["doi"]) for row in rows}
