"""A workshop is played: an operator, five phones, 30 proposals, 5 of them rejected, dots and votes, the server killed
(SIGKILL) in the middle and resumed, and a record that equals what was accepted.
"""

from __future__ import annotations

import csv
import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

from ecosystem.scenario import check
from ecosystem.scenario.files import loads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from ecosystem.atlas import Atlas

ROOT = Path(__file__).parents[2]
SECRET, CODE = "the secret of this play", "PLAY22"
TABLES = [(1, "industry"), (2, "science"), (3, "administration"), (4, "civil_society"), (5, "politics")]
REJECTED = (3, 9, 14, 21, 28)
KILLED_AFTER = 15


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The command in a process of its own, started again after it was killed."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str) -> None:
        """Start it and wait until it answers."""
        code = "from ecosystem.cli import main; main()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "workshop", *arguments],
            cwd=ROOT,
            env=os.environ | {"ECOSYSTEM_OPERATOR_SECRET": SECRET, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the workshop ended by itself"
            try:
                urllib.request.urlopen(f"{self.address}/r/{CODE}", timeout=5).close()  # noqa: S310 -- our own address
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
            else:
                return
        raise AssertionError("the workshop did not start")

    def kill(self) -> None:
        """As a power cut would."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()


@contextmanager
def guest(chromium: Browser, trouble: list[str], **options: Any) -> Iterator[Page]:
    """A browser context of its own; what its console complains of is kept, lost connections aside."""
    context: BrowserContext = chromium.new_context(locale="en-GB", accept_downloads=True, **options)
    context.set_default_timeout(60_000)
    page = context.new_page()
    lost = re.compile(r"ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED")
    page.on(
        "console", lambda one: trouble.append(one.text) if one.type == "error" and not lost.search(one.text) else None
    )
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda one: trouble.append(one.url) if urlparse(one.url).hostname != "127.0.0.1" else None)
    yield page
    context.close()


def fill(phone: Page, number: int, known: list[str]) -> None:
    """One proposal through the forms, its kind by turns."""
    kind = number % 3
    form = phone.locator("details[name=kind]").nth(kind)
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    if kind == 0:
        form.locator("[name=name]").fill(f"Works number {number}")
        form.locator("[name=sector]").select_option("industry")
        form.locator("[name=place]").select_option("XX111")
        form.locator("[name=field]").first.check()
    elif kind == 1:
        # actors without a tie to each other in the toy region, each pair once
        pair = known[2 * (number // 3) : 2 * (number // 3) + 2]
        form.locator("[name=source]").fill(pair[0])
        form.locator("[name=relation]").select_option("cooperates_with")
        form.locator("[name=target]").fill(pair[1])
    else:
        form.locator("[name=title]").fill(f"Project number {number}")
        form.locator("[name=field]").nth(1).check()
        for at, name in enumerate(known[number % 4 : number % 4 + 2]):
            form.locator("[name=partner]").nth(at).fill(name)
    form.locator("[name=reason]").fill(f"reason {number}")
    form.locator("button.main").click()


def pairs(toy: Atlas) -> list[str]:
    """Names of actors, two by two, of which no pair is tied or comes twice."""
    names = dict(zip(toy.tables.actors["actor_id"], toy.tables.actors["name"], strict=True))
    ties = toy.tables.ties
    tied = {frozenset(pair) for pair in zip(ties["source_actor_id"], ties["target_actor_id"], strict=True)}
    every = sorted(names)
    free = [(a, b) for at, a in enumerate(every) for b in every[at + 1 :] if frozenset((a, b)) not in tied]
    return [names[one] for pair in free[:10] for one in pair]


@pytest.mark.browser
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_a_workshop_is_played(chromium: Browser, toy: Atlas, tmp_path: Path) -> None:
    port = free_port()
    address, url = f"http://127.0.0.1:{port}", f"sqlite:///{tmp_path / 'play.sqlite'}"
    new = ["toy", "--host", "127.0.0.1", "--port", str(port), "--database", url, "--code", CODE]
    server, trouble, known = Server(address), [], pairs(toy)
    try:
        server.start(*new)
        with guest(chromium, trouble, viewport={"width": 1920, "height": 1080}) as operator:
            operator.goto(f"{address}/r/{CODE}/operator?lang=en")
            operator.locator("[name=secret]").fill(SECRET)
            operator.locator("button.main").click()
            expect(operator.locator("svg.qr")).to_be_visible()
            play(chromium, operator, server, url, known, trouble)
            with operator.expect_download() as downloaded:
                operator.locator("a.button.main").click()
            operator.locator("summary").last.click()
            operator.locator("[name=sure]").fill(CODE)
            operator.locator("form[action*=close] button").click()
            expect(operator.locator("[data-part=agenda]")).to_contain_text("over")
            record = zipfile.ZipFile(downloaded.value.path())
            equals(record, toy)
    finally:
        server.kill()
    assert trouble == []


def play(
    chromium: Browser, operator: Page, server: Server, url: str, known: list[str], trouble: list[str]
) -> None:  # fmt: skip
    """All that happens between the first page and the record."""
    address = server.address
    large: dict[str, Any] = {"viewport": {"width": 1024, "height": 768}}
    small: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    with (
        guest(chromium, trouble, **small) as a, guest(chromium, trouble, **small) as b,
        guest(chromium, trouble, **small) as c, guest(chromium, trouble, **small) as d,
        guest(chromium, trouble, **small) as e, guest(chromium, trouble, **large) as wall,
    ):  # fmt: skip
        phones = [a, b, c, d, e]
        wall.goto(f"{address}/r/{CODE}/screen?lang=en")
        for phone, (table, role) in zip(phones, TABLES, strict=True):
            phone.goto(f"{address}/r/{CODE}?lang=en")
            phone.locator("[name=table]").select_option(str(table))
            phone.locator("[name=role]").select_option(role)
            phone.locator("button.main").click()
            expect(phone.locator(".seat")).to_contain_text(f"Table {table}")
        for first in range(1, 31, len(phones)):
            turn = range(first, first + len(phones))
            for number, phone in zip(turn, phones, strict=True):
                if number == KILLED_AFTER:
                    # the phone sends into the void, and its proposal arrives once the room is there again
                    server.kill()
                fill(phone, number - 1, known)
                if number == KILLED_AFTER:
                    expect(phone.locator("[role=status]")).to_contain_text("sent again")
                    server.start("--resume", CODE, "--database", url)
                # the next one is sent when this one has its number: the test counts on their order
                expect(phone.locator("[data-part=mine] li").first).to_contain_text(str(number))
            for number in turn:
                settle(operator, number)
            last = max(number for number in turn if number not in REJECTED)
            expect(wall.locator("[data-part=board] li").first).to_contain_text(told(last, known))
        vote(operator, phones)


def settle(operator: Page, number: int) -> None:
    """The operator's decision; the proposal leaves the queue."""
    button = operator.locator(f'[data-{"reject" if number in REJECTED else "accept"}="{number}"]')
    button.click()
    expect(button).to_have_count(0)


def told(number: int, known: list[str]) -> str:
    """What the wall shows of a proposal."""
    kind, at = (number - 1) % 3, (number - 1) // 3
    return (f"Works number {number - 1}", known[2 * at], f"Project number {number - 1}")[kind]


def vote(operator: Page, phones: list[Page]) -> None:
    """Dots on fields, then votes on the first two proposals, then a decision."""
    operator.locator("[data-part=steering] button", has_text="Weigh").click()
    for at, phone in enumerate(phones):
        steppers = phone.locator(".stepper input")
        expect(steppers.first).to_be_visible()
        steppers.nth(at % 2).fill("4")
        steppers.nth((at + 1) % 2).fill("2")
        phone.locator("[data-dots] button.main").click()
        expect(phone.locator("[role=status]")).to_contain_text("counted")
    operator.locator("[data-part=steering] button", has_text="Decide").click()
    for at, phone in enumerate(phones):
        buttons = phone.locator("[data-part=ballot] .votes button")
        buttons.nth(0 if at < 4 else 1).click()
        expect(phone.locator("[data-part=ballot] [aria-pressed=true]")).to_have_count(1)
    decide = operator.locator('[data-decide="1"]')
    decide.locator("xpath=..").locator("[name=text]").fill("start in spring")
    decide.click()
    expect(operator.locator("[data-part=log]")).to_contain_text("start in spring")


def equals(record: zipfile.ZipFile, toy: Atlas) -> None:
    """The record holds what was accepted: not less, not more, in the order it was accepted."""
    scenario = loads(record.read("scenario.json").decode())
    accepted = [number for number in range(1, 31) if number not in REJECTED]
    reasons = list(dict.fromkeys(step.reason for step in scenario.steps))
    assert reasons == [f"reason {number - 1}" for number in accepted]
    assert check(toy.tables, scenario.steps) == ()
    assert {step.author for step in scenario.steps} == {f"table {table}, {role}" for table, role in TABLES}

    def rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(record.read(name).decode("utf-8-sig"))))

    proposals = rows("proposals.csv")
    assert [int(row["No."]) for row in proposals] == list(range(1, 31))
    assert [int(row["No."]) for row in proposals if row["Status"] == "accepted"] == accepted
    assert [int(row["No."]) for row in proposals if row["Status"] == "not accepted"] == list(REJECTED)
    assert sum(int(row["Dots"]) for row in rows("votes.csv") if row["Dots"]) == 30
    assert (proposals[0]["For"], proposals[0]["Against"]) == ("4", "1")
    assert [(row["No."], row["For"], row["Note"]) for row in rows("decisions.csv")] == [("1", "4", "start in spring")]
    assert record.read("record.pdf").startswith(b"%PDF-")
    assert record.read("record.pptx").startswith(b"PK")
