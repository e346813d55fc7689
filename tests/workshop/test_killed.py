"""The process is killed (SIGKILL) amid its writes, several times: whatever it had confirmed is there afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ecosystem import workshop
from ecosystem.scenario import check
from ecosystem.workshop import Status

WRITES = Path(__file__).parent / "writes.py"
SECRET = "a secret of the tests"


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_nothing_confirmed_is_lost(hall: Any, url: str, toy: Any) -> None:
    confirmed: list[tuple[str, int, str]] = []
    for pause in (0.05, 0.31, 0.73):
        command = [sys.executable, str(WRITES), url, hall.code, SECRET]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=WRITES.parents[2]) as process:
            assert process.stdout is not None
            # from the first confirmation on, so that it is killed at work
            first = process.stdout.readline()
            time.sleep(pause)
            process.kill()
            # a last line may be torn: it was not confirmed to anybody
            lines = [one for one in [first, *process.stdout] if one.endswith("\n")]
            confirmed += [(word, int(number), name) for word, number, name in (one[:-1].split("\t") for one in lines)]
    at = workshop.standing(hall.database, hall.code)
    known = {one.number: one for one in at.proposals}
    assert len(confirmed) >= 3
    for word, number, name in confirmed:
        assert known[number].cells["name"] == name
        assert word == "proposed" or known[number].status is Status.ACCEPTED
    assert check(toy.tables, at.scenario.steps) == ()
    events = workshop.events(hall.database, hall.code)
    assert [one.seq for one in events] == list(range(1, len(events) + 1))
    told = [one.about for one in events if one.kind == "proposed"]
    assert told == [f"proposal:{number}" for number in known]
    # and the room goes on
    hall.reject(hall.lab(hall.sit(), "After the storm"))
