"""One contender in a process of its own: prepares, works, and prints seconds, peak memory and what it found as JSON.

``python contender.py SUBJECT NAME SIZE FOLDER ROUND``; an import that fails ends it with a line that says so.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
import warnings
from pathlib import Path

ENOUGH_S = 5.0
MOST_CALLS = 5
NOT_INSTALLED = 3


def _peak_mb() -> float:
    # the server is a child of its case, so the larger of both counts
    both = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(both) / 1024


def main() -> None:
    subject, name, size, folder, number = sys.argv[1:]
    import cases
    from given import Given

    try:
        case = cases.CASES[subject][name](Given(Path(folder), size, int(number)))
    except ImportError as error:
        print(f"{error}", file=sys.stderr)
        sys.exit(NOT_INSTALLED)
    before, walls, cpus = _peak_mb(), [], []
    # what is quick is done several times: the first time pays for memory that later ones find ready
    while sum(walls) < ENOUGH_S and len(walls) < MOST_CALLS:
        wall, cpu = time.perf_counter(), time.process_time()
        result = case.work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    peak = _peak_mb()
    told = dict(case.tell(result))
    figures = {"wall": statistics.median(walls), "cpu": statistics.median(cpus), "peak": peak, "before": before}
    print(json.dumps({**figures, "told": told}))


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # the peers' own
    main()
