"""``poe bench``: the engine against what a user would pick, every contender in fresh processes, into RESULTS.md.

The contenders of a subject take turns, so that a busy machine is busy for all of them; what does not end within a
minute of work is stopped. This process imports nothing large: the peak memory that Linux reports for a child starts
at what its parent holds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import report
import sections
from report import Row, Run

HERE = Path(__file__).parent
# a minute of work, and as much again for data and imports on a busy machine
PATIENCE_S = 120
MINUTE_S = 60
NOT_INSTALLED = 3
ROUNDS = 3

# subject, size, the contenders that are given up from the start because they do not end within a minute
PLAN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("projection", "S", ()),
    ("projection", "M", ()),
    ("projection", "L", ("networkx",)),
    ("communities", "S", ()),
    ("communities", "M", ()),
    ("communities", "L", ("networkx Louvain",)),
    ("betweenness", "S", ()),
    ("betweenness, 256 sources", "S", ()),
    ("betweenness, 256 sources", "M", ("networkx",)),
    ("two-mode clustering", "S", ()),
    ("layout", "S", ()),
    ("layout", "M", ("networkx ForceAtlas2", "networkx spring")),
    ("relatedness and ECI", "1,500 × 600", ()),
    ("relatedness, density and ECI, from rows", "1,500 × 600", ()),
    ("ECI alone, from a matrix", "1,500 × 600", ()),
    ("proximity alone, from a matrix", "1,500 × 600", ()),
    ("atlas", "S", ()),
    ("atlas", "M", ()),
    ("ecosystem serve", "ruhr", ()),
)


def main() -> None:
    """Run the plan and write the results."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--only", action="append", help="a subject, or subject:size; may be repeated")
    asked.add_argument("--out", type=Path, default=HERE / "RESULTS.md")
    options = asked.parse_args()
    chosen = [one for one in PLAN if not options.only or one[0] in options.only or ":".join(one[:2]) in options.only]
    with tempfile.TemporaryDirectory() as folder:
        _prepare(Path(folder))
        rows = [
            row
            for subject, size, hopeless in chosen
            for row in _compared(subject, size, hopeless, folder, options.rounds)
        ]
    sections.renew(options.out, report.text(rows, options.rounds))
    print(f"\n{report.bounds(rows)}\n{options.out.name} written")


def _prepare(folder: Path) -> None:
    """Data and region folders, made by processes of their own."""
    _python("made.py", str(folder), check=True)
    for size in ("S", "M"):
        _python("region.py", size, str(folder / f"region-{size}"), check=True)


def _compared(subject: str, size: str, hopeless: tuple[str, ...], folder: str, rounds: int) -> list[Row]:
    found: dict[str, list[Run]] = {}
    out: dict[str, str] = dict.fromkeys(hopeless, "not asked: over a minute at the size below")
    names = json.loads(_python("cases.py", subject, check=True).stdout)
    for number in range(rounds):
        for name in (name for name in names if name not in out and not _slow(name, found)):
            run = _run(subject, name, size, folder, number)
            if isinstance(run, Run):
                found.setdefault(name, []).append(run)
            else:
                out[name] = run
    rows = [Row(subject, size, name, tuple(found.get(name, ())), out.get(name, "")) for name in names]
    print(report.table(rows), flush=True)
    return rows


def _slow(name: str, found: dict[str, list[Run]]) -> bool:
    """Whether a contender, other than ours, took so long that once is enough."""
    return name != "ours" and any(run.wall > report.SLOW_S for run in found.get(name, ()))


def _run(subject: str, name: str, size: str, folder: str, number: int) -> Run | str:
    """One run, or why there is none."""
    try:
        process = _python("contender.py", subject, name, size, folder, str(number), timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        return "over a minute"
    if process.returncode == NOT_INSTALLED:
        return f"skipped: {process.stderr.strip().splitlines()[-1]}"
    if process.returncode:
        raise SystemExit(f"{subject}, {name}, {size}:\n{process.stderr}")
    run = Run(**json.loads(process.stdout.strip().splitlines()[-1]))
    return run if run.wall <= MINUTE_S or name == "ours" else "over a minute"


def _python(*words: str, check: bool = False, timeout: float | None = None) -> subprocess.CompletedProcess[str]:
    script, *rest = words
    environment = os.environ | {"PYTHONPATH": str(HERE.parents[1]), "PYTHONHASHSEED": "0"}
    command = [sys.executable, str(HERE / script), *rest]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=check, timeout=timeout)


if __name__ == "__main__":
    main()
