"""What is made before anybody asks is what pages ask for, and it gives way to readers."""

from __future__ import annotations

from dataclasses import replace
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from dashboards.preparation import Attended, prepare
from dashboards.state import Selection
from dashboards.views.coordination import pairs
from dashboards.views.network import network
from dashboards.views.polycentric import field_matrix

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

OPENED = "lang=de&theme=dark&px=18&nw=0"
SOON = 0.01
LONG = 30.0


def asked(attended: Attended) -> list[bytes]:
    return list(attended({}, lambda *_: None))  # type: ignore[arg-type,return-value]


def test_what_a_page_opens_with_is_there(toy: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = replace(toy)
    waits: list[None] = []
    prepare(fresh, lambda: waits.append(None))
    assert len(waits) == 3
    selection = Selection.from_query(OPENED)
    assert network(fresh, selection) is network(fresh, Selection(language="de"))
    assert field_matrix(fresh, selection) is field_matrix(fresh, Selection(language="de"))

    def none(*_: Any, **__: Any) -> None:
        raise AssertionError("made a second time")

    for made in ("network._network", "polycentric._field_matrix", "coordination._measured"):
        monkeypatch.setattr(f"dashboards.views.{made}", none)
    network(fresh, selection)
    field_matrix(fresh, selection)
    assert pairs(fresh, selection).rows


def test_nobody_has_asked_yet() -> None:
    attended = Attended(lambda _environ, _start: [])
    attended.wait(quiet=0.0, patience=SOON)
    assert attended.latest is None


def test_what_is_asked_is_answered_first() -> None:
    begun, answer, over = Event(), Event(), Event()

    def slow(_environ: Any, _start: Any) -> list[bytes]:
        begun.set()
        answer.wait(LONG)
        return [b"there"]

    attended, got = Attended(slow), []
    reader = Thread(target=lambda: got.extend(asked(attended)))
    reader.start()
    assert begun.wait(LONG)

    def wait() -> None:
        attended.wait(quiet=SOON, patience=LONG)
        over.set()

    waiting = Thread(target=wait)
    waiting.start()
    # twenty times as long as it would take were nobody waiting
    assert not over.wait(20 * SOON)
    answer.set()
    reader.join(LONG)
    assert over.wait(LONG)
    assert got == [b"there"]
    waiting.join(LONG)


def test_an_application_that_fails_keeps_nobody_waiting() -> None:
    def broken(_environ: Any, _start: Any) -> list[bytes]:
        raise RuntimeError("broken")

    attended = Attended(broken)
    with pytest.raises(RuntimeError, match="broken"):
        asked(attended)
    assert attended.underway == 0
    attended.wait(quiet=SOON, patience=LONG)
