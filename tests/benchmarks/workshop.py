"""``poe bench-workshop``: a full room on loopback, on SQLite and on PostgreSQL, into RESULTS.md.

The server runs as ``ecosystem workshop`` in a process of its own. Sixty phones look for news like the room's script
does and propose again and again; the operator accepts; a projector looks twice a second. All of them share the cores.
"""

from __future__ import annotations

import argparse
import os
import platform
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import sections
from guests import Answer, Guest, operator, phone
from postgres import cluster, why_not

from ecosystem.model import Sector
from ecosystem.regions import locate
from ecosystem.tables import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CODE = "BENCHR"
HEADING = "# A workshop under load"
LOOKS, THINKS, WALL = 2.0, (8.0, 20.0), 0.5
"""Seconds: between two looks of a phone, between two of its proposals, between two looks of the projector."""


@dataclass
class Tally:
    """What was measured, from many threads."""

    looks: list[float] = field(default_factory=list)
    actions: list[float] = field(default_factory=list)
    accepts: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    accepted: dict[int, float] = field(default_factory=dict)
    server_s: float = float("nan")
    others: float = float("nan")

    def timed(self, into: list[float], work: Callable[[], Answer], fine: tuple[int, ...]) -> Answer | None:
        """Do it and note how long it took; anything but a fine status is an error."""
        began = time.perf_counter()
        try:
            answer = work()
        except OSError as error:
            self.errors.append(repr(error))
            return None
        into.append(time.perf_counter() - began)
        if answer.status not in fine:
            self.errors.append(f"{answer.status}: {answer.text[:120]}")
        return answer


def main() -> None:
    """Measure what is asked for and write the results."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=180)
    asked.add_argument("--phones", type=int, default=60)
    asked.add_argument("--only", choices=("sqlite", "postgresql"), help="one database; then nothing is written")
    asked.add_argument("--out", type=Path, default=HERE / "RESULTS.md")
    options = asked.parse_args()
    rows = []
    for name in ("sqlite", "postgresql"):
        if options.only in {None, name}:
            tally = _measured(name, options.seconds, options.phones)
            rows.append(_row(name, tally, options.seconds))
            print(rows[-1])
            print("\n".join(tally.errors[:5]))
    if options.only is None:
        sections.renew(options.out, _told(rows, options.seconds, options.phones))


def _told(rows: list[str], seconds: float, phones: int) -> str:
    head = (
        "| database | errors | actions | action p50, p95, max (ms) | looks | look p95 (ms) | accepted | "
        "accept p95 (ms) | accepted → projector p50, p95, max (s) | server's processor | others' load |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|"
    )
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {datetime.now(UTC).date().isoformat()}"
    reading = (
        f"{phones} phones for {seconds:.0f} s on loopback, {machine}; server, phones, operator, projector share the\n"
        f"cores. Each phone looks every {LOOKS:.0f} s and proposes every {THINKS[0]:.0f}–{THINKS[1]:.0f} s, the\n"
        f"operator accepts one every 1.5 s, the projector looks every {WALL} s. An action is a proposal from\n"
        "sending to its answer; “→ projector” runs from the operator's click to the answer that shows the step.\n"
        "Wanted: no error, an action's p95 ≤ 500 ms, a step on the projector within 2 s. Others' load is the load\n"
        "average of the machine just before: above 0 the cores were shared with something else, and times say little."
    )
    return "\n\n".join([HEADING, reading, "\n".join([head, *rows])]) + "\n"


def _row(name: str, tally: Tally, seconds: float) -> str:
    def spread(values: list[float], scale: float, form: str) -> str:
        found = np.quantile(values or [float("nan")], [0.5, 0.95, 1.0]) * scale
        return ", ".join(format(one, form) for one in found)

    looks, accepts = (np.quantile(one or [float("nan")], 0.95) * 1000 for one in (tally.looks, tally.accepts))
    return (
        f"| {name} | {len(tally.errors)} | {len(tally.actions)} ({len(tally.actions) / seconds:.1f}/s) | "
        f"{spread(tally.actions, 1000, '.0f')} | {len(tally.looks)} | {looks:.0f} | {len(tally.accepts)} | "
        f"{accepts:.0f} | {spread(tally.shown, 1, '.2f')} | "
        f"{tally.server_s / seconds:.0%} of a core | {tally.others:.1f} |"
    )


def _measured(name: str, seconds: float, count: int) -> Tally:
    with ExitStack() as stack:
        if name == "postgresql":
            if reason := why_not():
                sys.exit(reason)
            url = stack.enter_context(cluster())
        else:
            url = f"sqlite:///{stack.enter_context(tempfile.TemporaryDirectory())}/rooms.sqlite"
        secret = secrets.token_urlsafe(12)
        base, process = stack.enter_context(_served(url, secret))
        others = os.getloadavg()[0]
        before = _processor(process)
        tally = _played(base, secret, seconds, count)
        tally.server_s, tally.others = _processor(process) - before, others
        return tally


def _processor(process: int) -> float:
    """Seconds of processor time a process has had."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _served(url: str, secret: str) -> Iterator[tuple[str, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "from ecosystem.cli import main; main()", "workshop", "ruhr"]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), "--database", url, "--code", CODE],
        cwd=ROOT, env=os.environ | {"ECOSYSTEM_OPERATOR_SECRET": secret, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    base = f"http://127.0.0.1:{port}/r/{CODE}"
    try:
        for _ in range(600):
            try:
                if Guest(base).open().status == 200:
                    break
            except OSError:
                time.sleep(0.2)
        yield base, process.pid
    finally:
        process.terminate()
        process.wait(30)


def _played(base: str, secret: str, seconds: float, count: int) -> Tally:
    tally, roles = Tally(), list(Sector)
    names = read(locate("ruhr")).actors["name"].tolist()
    guests = [phone(base, at % 10 + 1, roles[at % 5].value) for at in range(count)]
    desk, wall = operator(base, secret), Guest(base, "/screen")
    end = time.monotonic() + seconds
    chances = [Random(at) for at in range(count)]
    threads = [
        threading.Thread(target=_phone, args=(guest, tally, names, chance, end))
        for guest, chance in zip(guests, chances, strict=True)
    ]
    threads += [
        threading.Thread(target=_desk, args=(desk, tally, end)), threading.Thread(target=_wall, args=(wall, tally, end))
    ]  # fmt: skip
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return tally


def _phone(guest: Guest, tally: Tally, names: list[str], chance: Random, end: float) -> None:
    next_look = time.monotonic() + chance.uniform(0, LOOKS)
    next_word = time.monotonic() + chance.uniform(0, THINKS[1])
    while (now := time.monotonic()) < end:
        if now >= next_word:
            form = _proposal(names, chance)
            # two guests may think of the same tie: told so in a sentence, which is no error
            tally.timed(tally.actions, lambda form=form: guest.send("propose", **form), (200, 409))
            next_word = time.monotonic() + chance.uniform(*THINKS)
        elif now >= next_look:
            tally.timed(tally.looks, guest.look, (200, 304))
            next_look = time.monotonic() + LOOKS
        else:
            time.sleep(max(0.0, min(next_look, next_word, end) - now))


def _proposal(names: list[str], chance: Random) -> dict[str, object]:
    kind = chance.choice(["actor", "tie", "project"])
    if kind == "actor":
        name = f"Initiative {chance.randrange(10**9)}"
        return {"kind": kind, "name": name, "sector": "science", "place": "05113000", "field": "green", "reason": "why"}
    if kind == "tie":
        source, target = chance.sample(names, 2)
        return {"kind": kind, "source": source, "relation": "cooperates_with", "target": target, "reason": "why"}
    partners = chance.sample(names, 3)
    return {"kind": kind, "title": "Project", "field": ["green", "urban"], "partner": partners, "reason": "why"}


def _desk(desk: Guest, tally: Tally, end: float) -> None:
    number = 1
    while time.monotonic() < end:
        sent = time.perf_counter()
        answer = desk.send("accept", number=number)
        if answer.status == 422:
            # nothing waits
            time.sleep(0.5)
            continue
        if answer.status == 200:
            tally.accepted[number] = sent
            tally.accepts.append(time.perf_counter() - sent)
        elif answer.status == 409:
            desk.send("reject", number=number)
        else:
            tally.errors.append(f"{answer.status}: {answer.text[:120]}")
        number += 1
        time.sleep(1.5)


def _wall(wall: Guest, tally: Tally, end: float) -> None:
    """The projector counts what it shows; a step is there once the count has reached it."""
    seen = 0
    wall.tag = ""
    while time.monotonic() < end + 2:
        try:
            answer = wall.look("state")
        except OSError as error:
            tally.errors.append(repr(error))
            continue
        now = time.perf_counter()
        if answer.status == 200:
            marks = int(wall.parts["picture"].split('data-count="')[1].split('"')[0])
            order = sorted(tally.accepted.values())
            tally.shown += [now - sent for sent in order[seen:marks]]
            seen = max(seen, min(marks, len(order)))
        time.sleep(WALL)


if __name__ == "__main__":
    main()
