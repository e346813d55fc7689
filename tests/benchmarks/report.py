"""Runs as tables: medians and spread, ratios within a subject, and the bounds that were set."""

from __future__ import annotations

import os
import platform
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGES = (
    "numpy", "scipy", "pandas", "networkx", "scikit-network", "duckdb", "ecomplexity", "econcomplex", "dash",
)  # fmt: skip
MOST_MB = 4 * 1024
SLOW_S = 20
READING = """\
{rounds} rounds; the contenders of a table took turns, each run in a process of its own, those above {slow} s once.
Seconds are wall time of the work alone, without imports and input. The data are made up (`made.py`, one seed): S 2,000
organisations, 3,000 projects, 43,000 pairs of partners; M 30,000, 25,000, 1.9 million; L 120,000, 80,000, 6.3 million.
Ratios within a table can be trusted, seconds only on a like machine; a high load widens the ranges."""


@dataclass(frozen=True)
class Run:
    """One process: seconds of the work, peak memory with and without the work in MB, what it found."""

    wall: float
    cpu: float
    peak: float
    before: float
    told: dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A contender; without runs ``why`` says why."""

    subject: str
    size: str
    name: str
    runs: tuple[Run, ...]
    why: str

    @property
    def wall(self) -> float:
        """Median seconds."""
        return statistics.median(run.wall for run in self.runs)

    @property
    def peak(self) -> float:
        """Highest peak memory in MB."""
        return max(run.peak for run in self.runs)

    @property
    def quality(self) -> float:
        """Best modularity; NaN where none is told."""
        return max((run.told["Q"] for run in self.runs if "Q" in run.told), default=float("nan"))


def table(rows: list[Row]) -> str:
    """A subject's contenders; the ratio is to the first, which is ours: above 1 where ours is quicker."""
    first = rows[0].wall if rows[0].runs else float("nan")
    head = (
        f"### {rows[0].subject}, {rows[0].size}\n\n"
        "| contender | s, median (range) | CPU s | time ÷ first | peak MB (before the work) | found |\n"
        "|---|---|---|---|---|---|"
    )
    return "\n".join([head, *(_line(row, first) for row in rows)]) + "\n"


def _line(row: Row, first: float) -> str:
    if not row.runs:
        return f"| {row.name} | {row.why} | | | | |"
    walls = [run.wall for run in row.runs]
    cpu = statistics.median(run.cpu for run in row.runs)
    memory = f"{row.peak:,.0f} ({max(run.before for run in row.runs):,.0f})"
    seconds = f"{_short(row.wall)} ({_short(min(walls))}–{_short(max(walls))})"
    return f"| {row.name} | {seconds} | {_short(cpu)} | {_short(row.wall / first)} | {memory} | {_told(row.runs)} |"


def _short(value: float) -> str:
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def _told(runs: tuple[Run, ...]) -> str:
    """What the runs found; a range where they differ."""
    parts = []
    for key in runs[0].told:
        values = [run.told[key] for run in runs]
        low, high = (_number(one) for one in (min(values), max(values)))
        parts.append(f"{key} {low}" if low == high else f"{key} {low}–{high}")
    return ", ".join(parts)


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"


def bounds(rows: list[Row]) -> str:
    """The bounds that were set and what was reached, as a list."""
    return "\n".join(f"- {sentence}" for sentence in _bounds({(r.subject, r.size, r.name): r for r in rows if r.runs}))


def _bounds(found: dict[tuple[str, str, str], Row]) -> Iterator[str]:
    projection = [row for (subject, size, name), row in found.items() if (subject, size) == ("projection", "L")]
    if len(projection) > 1:
        ours, others = _apart(projection)
        fastest = min(others, key=lambda row: row.wall)
        yield _verdict(f"projection L: {{:.2f}} × the fastest other ({fastest.name})", ours.wall / fastest.wall, 2.0)
    ours, theirs = (found.get(("communities", "L", name)) for name in ("ours", "scikit-network Leiden"))
    if ours and theirs:
        yield _verdict("Leiden L: {:.2f} × scikit-network's own", ours.wall / theirs.wall, 2.0)
        best = max(row.quality for (subject, size, _), row in found.items() if (subject, size) == ("communities", "L"))
        worst = min(run.told["Q"] for run in ours.runs)
        yield _verdict(
            "Leiden L: the worst seed has {:.4f} of the best modularity of any run", worst / best, 0.99, least=True
        )
    ours, theirs = (found.get(("relatedness and ECI", "1,500 × 600", name)) for name in ("ours", "ecomplexity"))
    if ours and theirs:
        yield _verdict(
            "relatedness and ECI: {:.1f} × as fast as ecomplexity", theirs.wall / ours.wall, 20.0, least=True
        )
    atlas = found.get(("atlas", "M", "ours"))
    if atlas:
        yield _verdict("whole atlas of M: {:.0f} s", atlas.wall, 60.0)
    peak = max((row.peak for row in found.values() if row.name.startswith("ours")), default=0.0)
    yield _verdict("highest peak of ours: {:,.0f} MB", peak, MOST_MB)


def _apart(rows: Iterable[Row]) -> tuple[Row, list[Row]]:
    every = list(rows)
    return next(row for row in every if row.name == "ours"), [row for row in every if row.name != "ours"]


def _verdict(sentence: str, value: float, bound: float, *, least: bool = False) -> str:
    reached = value >= bound if least else value <= bound
    return (
        f"{sentence.format(value)}; bound {'≥' if least else '≤'} {bound:g}: {'reached' if reached else '**missed**'}"
    )


def text(rows: list[Row], rounds: int) -> str:
    """The whole file."""
    subjects: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        subjects.setdefault((row.subject, row.size), []).append(row)
    today = datetime.now(tz=UTC).date().isoformat()
    return "\n".join(
        [
            "# What the engine takes, and what others take",
            "",
            f"Written by `poe bench` on {today}. {machine()}",
            "",
            READING.format(rounds=rounds, slow=SLOW_S),
            "",
            "## Bounds",
            "",
            bounds(rows),
            "",
            "## Tables",
            "",
            *(table(one) for one in subjects.values()),
        ]
    )


def machine() -> str:
    """Cores, load and versions."""
    known = []
    for name in PACKAGES:
        try:
            known.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            known.append(f"{name} not installed")
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    system = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores, {load} at the end"
    told = f"{system}; Python {platform.python_version()}, {', '.join(known)}."
    return f"{told} Ten million additions in plain Python take {_pace():.2f} s here."


def _pace() -> float:
    """Seconds for a plain loop: how fast this machine is just now, to compare figures of two days."""
    began, total = time.perf_counter(), 0
    for number in range(10_000_000):
        total += number
    return time.perf_counter() - began
