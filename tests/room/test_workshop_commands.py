"""The commands around a room: what they say, what they refuse, and that a resumed room is the same one."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from guests import Guest, operator, phone

ROOT = Path(__file__).parents[2]
MAIN = "from ecosystem.cli import main; main()"


def command(*arguments: str, **variables: str) -> list[Any]:
    environment = {key: value for key, value in os.environ.items() if key != "ECOSYSTEM_OPERATOR_SECRET"}
    told = environment | {"PYTHONPATH": str(ROOT), "COLUMNS": "250"} | variables
    return [[sys.executable, "-c", MAIN, *arguments], {"cwd": ROOT, "env": told, "text": True}]


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    words, options = command(*arguments, **variables)
    return subprocess.run(words, capture_output=True, timeout=120, check=False, **options)


class Running:
    """A workshop in a process of its own; what it says is collected."""

    def __init__(self, *arguments: str, **variables: str) -> None:
        words, options = command("workshop", *arguments, **variables)
        self.process = subprocess.Popen(words, stderr=subprocess.PIPE, **options)
        self.said = ""
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line

    def wait(self, base: str) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.said
            try:
                urllib.request.urlopen(base, timeout=5).close()  # noqa: S310 -- our own address
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise AssertionError(self.said)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join()
        assert self.process.stderr is not None
        self.process.stderr.close()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_room_is_opened_killed_resumed_and_deleted(tmp_path: Path, port: int) -> None:
    url = f"sqlite:///{tmp_path / 'rooms.sqlite'}"
    base = f"http://127.0.0.1:{port}/r/CLIROOM"
    where = ("--host", "127.0.0.1", "--port", str(port))
    guests: list[Guest] = []
    first = Running("toy", *where, "--database", url, "--code", "cliroom")
    try:
        first.wait(base)
        secret = re.search(r"shown this once: (\S+)", first.said)
        assert secret
        assert base in first.said
        guest, desk = phone(base, 2, "politics"), operator(base, secret[1])
        guests += [guest, desk]
        told = {"kind": "actor", "name": "Works", "sector": "industry", "place": "XX111"}
        assert guest.send("propose", **told).status == 200
        assert desk.send("accept", number=1).status == 200
    finally:
        first.kill()
    # same code, same address, same secret, same browsers
    second = Running("--resume", "CLIROOM", "--database", url)
    try:
        second.wait(base)
        assert secret[1] not in second.said
        assert desk.look().status == 200
        assert "Works" in desk.parts["accepted"]
        assert guest.look().status == 200
        guests += [operator(base, secret[1]), Guest(f"http://127.0.0.1:{port}")]
        assert guests[-2].look().status == 200
        # the dashboard is there, too
        assert guests[-1].ask("GET", "/_dash-layout").status == 200
    finally:
        second.kill()
        for one in guests:
            one.close()
    gone = run("workshop-delete", "cliroom", "--database", url)
    assert (gone.returncode, gone.stdout.strip()) == (0, "Room CLIROOM and everything in it is deleted.")
    again = run("workshop-delete", "CLIROOM", "--database", url)
    assert again.returncode == 1
    assert "nothing was deleted" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--resume", "NOSUCH"], "There is no room “NOSUCH”"),
        (["--resume", "A", "--code", "B"], "--code is for a new room"),
        (["toy", "--code", "a b"], "is no room code"),
        (["nowhere"], "No region “nowhere”"),
    ],
)
def test_what_cannot_be_opened_is_one_sentence(tmp_path: Path, port: int, arguments: list[str], says: str) -> None:
    url = f"sqlite:///{tmp_path / 'rooms.sqlite'}"
    answer = run("workshop", *arguments, "--host", "127.0.0.1", "--port", str(port), "--database", url)
    assert answer.returncode == 1
    assert says in answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_short_secret_and_a_strange_database_are_refused(tmp_path: Path, port: int) -> None:
    where = ["toy", "--host", "127.0.0.1", "--port", str(port)]
    answer = run(
        "workshop", *where, "--database", f"sqlite:///{tmp_path / 'a.sqlite'}", ECOSYSTEM_OPERATOR_SECRET="short"
    )
    assert answer.returncode == 1
    assert "at least 8 characters" in answer.stderr
    answer = run("workshop", *where, ECOSYSTEM_DATABASE="mysql://somewhere")
    assert answer.returncode == 1
    assert "not supported" in answer.stderr


def test_a_taken_port_is_said_before_anything_is_opened(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        url = f"sqlite:///{tmp_path / 'rooms.sqlite'}"
        port = taken.getsockname()[1]
        answer = run("workshop", "toy", "--host", "127.0.0.1", "--port", str(port), "--database", url, "--code", "ABCD")
        assert answer.returncode == 1
        assert "Cannot listen on" in answer.stderr
    assert run("workshop-delete", "ABCD", "--database", url).returncode == 1
