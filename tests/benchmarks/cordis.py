"""``poe bench-sources``: all of Horizon 2020 through the reader, and what reads its rows fastest, into RESULTS.md.

Every contender runs in a process of its own and takes turns with the others. The data are made up in the official
format (``cordis_made.py``, one seed).
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cordis_made
import report
import sections
from report import Row, Run

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
HEADING = "# What reading a register takes"
ROUNDS = 3
MOST_S, MOST_MB = 60.0, 1500.0
READING = """\
{rounds} rounds; the contenders of a table took turns, each run in a process of its own. Seconds are wall time of the
work alone, without imports. The data are made up in the official format (`cordis_made.py`, one seed): {projects:,}
projects with objectives of 180 words, {participations:,} participations of {organisations:,} organisations,
{subjects:,} subjects, {topics:,} topics; {mb:,.0f} MB of CSV.

"Whole" is `ecosystem.sources.read("cordis", …)` from the archive as published to records with provenance. "Rows" is
only the step a library could do for it: every cell of the project and organization files as text, with the number of
its row, one row at a time, as the reader needs them."""
CHOICE = """\
The reader takes Python's own `csv`. It gives text as it is, keeps one row at a time, survives a broken quote and knows
the row it stands in, which a frame read at once does not. What pandas or DuckDB would save (below zero: cost) is the
difference of the "rows" table ({saved}, of one core) in a whole of
{whole:.1f} s, most of which goes into making, checking and merging records. DuckDB would be a dependency of 60 MB."""


def whole_csv(files: dict[str, Path]) -> dict[str, Any]:
    return _whole(files["csv"])


def whole_json(files: dict[str, Path]) -> dict[str, Any]:
    return _whole(files["json"])


def _whole(path: Path) -> dict[str, Any]:
    from ecosystem import sources

    found = sources.read("cordis", [path])
    return {
        "organisations": len(found.actors), "projects": len(found.projects),
        "participations": len(found.participations), "rejected": len(found.rejects),
    }  # fmt: skip


def rows_csv(files: dict[str, Path]) -> dict[str, Any]:
    from ecosystem.sources.sheets import sheets

    count = cells = 0
    for name, header in (("project", cordis_made.PROJECT), ("organization", cordis_made.ORGANIZATION)):
        for _, row in next(sheets(files[name])).rows(len(header), 1):
            count += 1
            cells += len(row)
    return {"rows": count - 2, "cells": cells - len(cordis_made.PROJECT) - len(cordis_made.ORGANIZATION)}


def rows_pandas(files: dict[str, Path]) -> dict[str, Any]:
    import pandas as pd

    count = cells = 0
    for name in ("project", "organization"):
        frame = pd.read_csv(files[name], sep=";", dtype="str", keep_default_na=False)
        for row in frame.itertuples(name=None):
            count += 1
            cells += len(row) - 1
    return {"rows": count, "cells": cells}


def rows_pandas_chunks(files: dict[str, Path]) -> dict[str, Any]:
    import pandas as pd

    count = cells = 0
    for name in ("project", "organization"):
        for frame in pd.read_csv(files[name], sep=";", dtype="str", keep_default_na=False, chunksize=20_000):
            for row in frame.itertuples(name=None):
                count += 1
                cells += len(row) - 1
    return {"rows": count, "cells": cells}


def rows_duckdb(files: dict[str, Path]) -> dict[str, Any]:
    import duckdb

    count = cells = 0
    for name in ("project", "organization"):
        query = "select * from read_csv(?, delim=';', all_varchar=true, header=true, quote='\"', escape='\"')"
        found = duckdb.connect(config={"threads": 2}).execute(query, [str(files[name])])
        while rows := found.fetchmany(20_000):
            for row in rows:
                count += 1
                cells += len(row)
    return {"rows": count, "cells": cells}


SUBJECTS: dict[str, dict[str, Callable[[dict[str, Path]], dict[str, Any]]]] = {
    "whole": {"ours, CSV": whole_csv, "ours, JSON": whole_json},
    "rows": {
        "ours, Python's csv": rows_csv, "pandas": rows_pandas, "pandas in chunks": rows_pandas_chunks,
        "duckdb": rows_duckdb,
    },
}  # fmt: skip


def main() -> None:
    """Run the contenders and write the section."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--out", type=Path, default=HERE / "RESULTS.md")
    asked.add_argument("--contender", nargs=3, help=argparse.SUPPRESS)
    asked.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.make:
        cordis_made.make(options.make)
        return
    if options.contender:
        _work(*options.contender)
        return
    with tempfile.TemporaryDirectory() as folder:
        # apart, too: the peak memory that Linux reports for a child starts at what its parent holds
        subprocess.run([sys.executable, __file__, "--make", folder], check=True)
        mb = sum(path.stat().st_size for path in Path(folder).glob("*.csv")) / 1024**2
        rows = {subject: _rows(subject, folder, options.rounds) for subject in SUBJECTS}
    sections.renew(options.out, _section(rows, options.rounds, mb))
    print(f"{options.out.name} written")


def _rows(subject: str, folder: str, rounds: int) -> list[Row]:
    runs: dict[str, list[Run]] = {name: [] for name in SUBJECTS[subject]}
    why: dict[str, str] = {}
    for _ in range(rounds):
        for name, found in runs.items():
            command = [sys.executable, __file__, "--contender", subject, name, folder]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                why[name] = done.stderr.strip().splitlines()[-1][:80]
            else:
                found.append(Run(**json.loads(done.stdout)))
                print(f"{subject}, {name}: {found[-1].wall:.1f} s, {found[-1].peak:,.0f} MB")
    size = f"{cordis_made.Size().participations:,} participations"
    return [Row(subject, size, name, tuple(found), why.get(name, "")) for name, found in runs.items()]


def _work(subject: str, name: str, folder: str) -> None:
    files = {path.stem: path for path in Path(folder).glob("*.csv")}
    files |= {form: Path(folder) / f"cordis-h2020projects-{form}.zip" for form in ("csv", "json")}
    from ecosystem import sources  # noqa: F401 - imports are not part of the work

    before, wall, cpu = _peak(), time.perf_counter(), time.process_time()
    told = SUBJECTS[subject][name](files)
    figures = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "peak": _peak(), "before": before}
    print(json.dumps({**figures, "told": told}))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _section(rows: dict[str, list[Row]], rounds: int, mb: float) -> str:
    size = cordis_made.Size()
    reading = READING.format(
        rounds=rounds, projects=size.projects, participations=size.participations, organisations=size.organisations,
        subjects=size.subjects, topics=size.projects, mb=mb,
    )  # fmt: skip
    today = datetime.now(tz=UTC).date().isoformat()
    ours = rows["whole"]
    every = [run for row in ours for run in row.runs]
    worst_s, worst_mb = max(run.cpu for run in every), max(row.peak for row in ours)
    walls = [run.wall for run in every]
    clock = f" ({min(walls):.1f} to {max(walls):.1f} s by the clock, beside whatever else ran)"
    bounds = [
        f"- whole, the slowest run of either format: {worst_s:.1f} s of one core{clock}; {_reached(worst_s, MOST_S)}",
        f"- whole, highest peak: {worst_mb:,.0f} MB; {_reached(worst_mb, MOST_MB)}",
    ]
    mine, *others = [row for row in rows["rows"] if row.runs]
    saved = ", ".join(f"{row.name}: {_cpu(mine) - _cpu(row):.1f} s" for row in others)
    told = [report.table(one) for one in rows.values()]
    choice = CHOICE.format(saved=saved, whole=_cpu(ours[0]))
    head = f"{HEADING}\n\nWritten by `poe bench-sources` on {today}. {report.machine()}\n\n{reading}"
    return "\n\n".join([head, "## Bounds", "\n".join(bounds), "## Choice", choice, "## Tables", *told])


def _cpu(row: Row) -> float:
    return statistics.median(run.cpu for run in row.runs)


def _reached(value: float, bound: float) -> str:
    return f"bound ≤ {bound:,.0f}: {'reached' if value <= bound else '**missed**'}"


if __name__ == "__main__":
    main()
