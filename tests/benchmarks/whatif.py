"""How long a scenario takes on the default region, into RESULTS.md: ``python tests/benchmarks/whatif.py``.

"First" includes what is kept with the atlas afterwards (what the facts measure, their spread); "again" is what a room
waits for after each further step. Wall clock and processor time, the median of the rounds.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import sections

from ecosystem import atlas
from ecosystem.scenario import Action, Step, best_ties, compare, leaving, what_if

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 7
RESULTS = Path(__file__).parent / "RESULTS.md"
ENDS = {"source_actor_id": "stadt-essen", "relation": "cooperates_with"}
TIE = Step(Action.ADD, "ties", cells=ENDS | {"target_actor_id": "ruhr-universitaet-bochum"})
LEAVES = Step(Action.REMOVE, "actors", "ruhr-universitaet-bochum")
PARTNERS = "stadt-essen|stadt-bochum|ruhr-universitaet-bochum"
CALL = Step(Action.FUND, cells={"title": "x", "fields": "green", "partners": PARTNERS, "projects": "5"})


def main() -> None:
    """Measure, print and write."""
    ruhr = atlas.load("ruhr")
    first = _timed(lambda: compare(ruhr, what_if(ruhr, [TIE])), 1)
    rows = [
        ("one tie: new atlas and all differences, first", first),
        ("one tie, again", _timed(lambda: compare(ruhr, what_if(ruhr, [TIE])))),
        ("an actor leaves, again", _timed(lambda: compare(ruhr, what_if(ruhr, [LEAVES])))),
        ("a call of five projects, again", _timed(lambda: compare(ruhr, what_if(ruhr, [CALL])))),
        ("which tie for a field: 561 pairs tried", _timed(lambda: best_ties(ruhr, field="green"), 3)),
        ("which tie for the region: 1,378 pairs tried", _timed(lambda: best_ties(ruhr), 3)),
        ("who leaves: 40 actors tried", _timed(lambda: leaving(ruhr), 3)),
    ]
    lines = [
        "# A scenario on the default region",
        "",
        f"{len(ruhr.tables.actors):,} actors, {len(ruhr.tables.ties):,} ties; medians in seconds.",
        "",
        "| what | wall clock | processor |",
        "|---|--:|--:|",
        *(f"| {name} | {wall:.2f} | {cpu:.2f} |" for name, (wall, cpu) in rows),
    ]
    print("\n".join(lines))
    sections.renew(RESULTS, "\n".join(lines))


def _timed(work: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return statistics.median(walls), statistics.median(cpus)


if __name__ == "__main__":
    main()
