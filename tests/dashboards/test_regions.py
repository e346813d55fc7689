"""The regions of a server: read when asked for, a few at a time, faults told, files that change read anew."""

from __future__ import annotations

import shutil
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from dashboards import regions as module
from dashboards.regions import Regions, file_path, mount, mounted, prefix, region_of, signature
from ecosystem import atlas as atlases
from ecosystem.errors import MeasureError
from ecosystem.regions import shipped_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ecosystem.atlas import Atlas

Dressed = tuple[str, str]
LONG = 30.0


@pytest.fixture(autouse=True)
def every_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS_BETWEEN_LOOKS", 0.0)


def dress(_: Regions[Dressed], key: str, atlas: Atlas) -> Dressed:
    return key, atlas.version


class Shelf:
    """Copies of the toy region in a folder, and what was loaded of them."""

    def __init__(self, root: Path, toy: Atlas) -> None:
        self.root, self.toy = root, toy
        self.loaded: list[str] = []
        self.held = threading.Event()
        self.held.set()

    def add(self, name: str) -> Path:
        shutil.copytree(shipped_data() / "toy", self.root / name)
        return self.root / name

    def find(self) -> dict[str, Path]:
        return {path.parent.name: path.parent for path in sorted(self.root.glob("*/region.toml"))}

    def load(self, folder: Path, progress: Callable[[Any, int, int], None]) -> Atlas:
        progress("clusters", 3, 20)
        assert self.held.wait(LONG)
        self.loaded.append(folder.name)
        return atlases.load(folder, progress=progress)

    def regions(self, **more: Any) -> Regions[Dressed]:
        return Regions(self.toy, dress, find=self.find, load=self.load, **more)


@pytest.fixture
def shelf(tmp_path: Path, toy: Atlas) -> Shelf:
    return Shelf(tmp_path, toy)


def test_the_server_s_own_region_is_there_at_once(shelf: Shelf, toy: Atlas) -> None:
    found = shelf.regions()
    shown = found.ask("")
    assert shown is not None
    assert shown.atlas is toy
    assert shown.made == ("", toy.version)
    assert [(one.key, one.name.en) for one in found.entries()] == [("", "Threetown")]
    # one of the same name is told apart
    shelf.add("b")
    assert [one.name.en for one in found.entries()] == ["Threetown", "Threetown (b)"]
    assert found.state("").kind == "ready"


def test_another_is_loaded_when_it_is_asked_for(shelf: Shelf) -> None:
    shelf.add("b")
    found = shelf.regions()
    assert [one.key for one in found.entries()] == ["", "b"]
    assert shelf.loaded == []
    shelf.held.clear()
    assert found.ask("b") is None
    assert found.ask("b", 0.01) is None
    assert found.state("b").kind == "loading"
    shelf.held.set()
    shown = found.ask("b", LONG)
    assert shown is not None
    assert shown.made[0] == "b"
    assert found.ask("b") is shown
    # asked three times, loaded once
    assert shelf.loaded == ["b"]
    assert found.state("b").kind == "ready"


def test_how_far_it_is_can_be_asked(shelf: Shelf) -> None:
    shelf.add("b")
    found = shelf.regions()
    shelf.held.clear()
    found.ask("b")
    for _ in range(300):
        if found.state("b").step == "clusters":
            break
        time.sleep(0.02)
    state = found.state("b")
    shelf.held.set()
    assert (state.kind, state.step, state.done, state.total) == ("loading", "clusters", 3, 20)
    assert found.ask("b", LONG)


def test_only_a_few_are_held_and_the_own_always(shelf: Shelf) -> None:
    for name in "bcd":
        shelf.add(name)
    found = shelf.regions(most=2)
    for name in "bcd":
        assert found.ask(name, LONG)
    assert [name for name in ("", "b", "c", "d") if name in found._shelf] == ["", "c", "d"]
    # used again, so that the other one goes
    assert found.ask("c")
    assert found.ask("b", LONG)
    assert set(found._shelf) == {"", "c", "b"}
    assert shelf.loaded == ["b", "c", "d", "b"]


def test_a_folder_with_faults_is_told_and_read_again_once_it_is_mended(shelf: Shelf) -> None:
    folder = shelf.add("b")
    whole = (folder / "actors.csv").read_text(encoding="utf-8")
    (folder / "actors.csv").write_text(whole.replace("industry", "magic"), encoding="utf-8")
    found = shelf.regions()
    assert found.ask("b", LONG) is None
    state = found.state("b")
    assert state.kind == "faulty"
    assert state.fault.startswith("actors.csv, row ")
    # where it lies is the server's own business
    assert str(folder) not in state.fault
    assert "… and 1 more" in state.fault
    (entry,) = (one for one in found.entries() if one.key == "b")
    assert entry.fault == state.fault
    assert found.ask("b", LONG) is None
    assert shelf.loaded == ["b"]
    (folder / "actors.csv").write_text(whole, encoding="utf-8")
    assert found.ask("b", LONG)
    assert found.state("b").kind == "ready"


@pytest.mark.parametrize("text", ["fields = [", 'id = "b"\n', "\xff"])
def test_a_description_with_faults_has_the_folder_s_name(shelf: Shelf, text: str) -> None:
    folder = shelf.add("b")
    (folder / "region.toml").write_bytes(text.encode("latin-1"))
    (_, entry) = shelf.regions().entries()
    assert (entry.key, entry.name.de) == ("b", "b")
    assert entry.fault.startswith("region.toml")


def test_anything_else_that_goes_wrong_is_told_too(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.add("b")

    def broken(*_: object, **__: object) -> Atlas:
        raise RuntimeError("out of paper")

    monkeypatch.setattr(shelf, "load", broken)
    found = shelf.regions()
    assert found.ask("b", LONG) is None
    assert found.state("b").fault == "RuntimeError: out of paper"
    assert "could not be opened" in caplog.text


def test_changed_files_are_read_anew(shelf: Shelf) -> None:
    folder = shelf.add("b")
    found = shelf.regions()
    before = found.ask("b", LONG)
    assert before is not None
    text = (folder / "actors.csv").read_text(encoding="utf-8")
    (folder / "actors.csv").write_text(text.replace("Ahauser Werke AG", "Ahauser Werke SE"), encoding="utf-8")
    after = found.ask("b", LONG)
    assert after is not None
    assert after.atlas.version != before.atlas.version
    assert after.signature == signature(folder)


def test_the_own_region_stays_on_screen_until_the_new_one_has_come(shelf: Shelf) -> None:
    folder = shelf.add("own")
    found = Regions(atlases.load(folder), dress, folder=folder, find=shelf.find, load=shelf.load)
    before = found.ask("")
    assert before is not None
    # it stands under its own name in no list
    assert [one.key for one in found.entries()] == [""]
    assert found.key("own") == ""
    shelf.held.clear()
    text = (folder / "actors.csv").read_text(encoding="utf-8")
    (folder / "actors.csv").write_text(text.replace("Ahauser Werke AG", "Ahauser Werke SE"), encoding="utf-8")
    assert found.ask("") is before
    shelf.held.set()
    for _ in range(600):
        after = found.ask("", 0.05)
        if after is not before:
            break
        time.sleep(0.02)
    assert after is not None
    assert after.atlas.version != before.atlas.version
    # and it stays where the new one has faults
    (folder / "actors.csv").write_text(text.replace("industry", "magic"), encoding="utf-8")
    for _ in range(600):
        assert found.ask("", 0.05) is after
        if found.state("").kind == "faulty":
            break
        time.sleep(0.02)
    assert found.state("").kind == "faulty"
    assert found.entries()[0].fault.startswith("actors.csv")


@pytest.mark.parametrize("key", ["nowhere", "..", "../toy", "b/../b", "\x00"])
def test_what_is_no_region_is_unknown(shelf: Shelf, key: str) -> None:
    shelf.add("b")
    found = shelf.regions()
    assert found.state(key).kind == "unknown"
    assert found.ask(key, 0.1) is None
    assert shelf.loaded == []


def test_a_new_folder_appears_by_itself(shelf: Shelf) -> None:
    found = shelf.regions()
    assert len(found.entries()) == 1
    shelf.add("later")
    assert [one.key for one in found.entries()] == ["", "later"]
    shutil.rmtree(shelf.root / "later")
    assert found.state("later").kind == "unknown"


def test_results_outlive_their_atlas_and_follow_its_files(shelf: Shelf) -> None:
    folder = shelf.add("b")
    shelf.add("c")
    found = shelf.regions(most=1)
    made: list[str] = []

    def count(atlas: Atlas) -> int:
        made.append(atlas.version)
        return len(atlas.tables.actors)

    assert found.result("b", "count", count) is None
    result = found.result("b", "count", count, LONG)
    assert result is not None
    assert (result.value, result.fault) == (12, "")
    assert found.ask("c", LONG)
    assert "b" not in found._shelf
    assert found.result("b", "count", count) is result
    assert shelf.loaded == ["b", "c"]
    lines = (folder / "actors.csv").read_text(encoding="utf-8")
    (row,) = (one for one in lines.splitlines() if one.startswith("c-motors,"))
    row = row.replace("c-motors", "c-new").replace("Cedorfer Motoren GmbH", "Neue Werke AG")
    (folder / "actors.csv").write_text(f"{lines}{row}\n", encoding="utf-8")
    again = found.result("b", "count", count, LONG)
    assert again is not None
    assert again.value == 13
    assert len(made) == 2


def test_a_result_that_fails_says_why(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    folder = shelf.add("b")
    found = shelf.regions()

    def refused(_: Atlas) -> None:
        raise MeasureError("Not with these data.")

    def broken(_: Atlas) -> None:
        raise ValueError("no")

    for name, make, fault in (("one", refused, "Not with these data."), ("two", broken, "ValueError: no")):
        result = found.result("b", name, make, LONG)
        assert result is not None
        assert (result.value, result.fault) == (None, fault)
    assert "Nothing could be computed" in caplog.text
    (folder / "places.csv").write_text("", encoding="utf-8")
    result = found.result("b", "one", refused, LONG)
    assert result is not None
    assert result.fault.startswith("places.csv")


def test_two_who_ask_at_once_are_answered_by_one_loading(shelf: Shelf) -> None:
    shelf.add("b")
    found = shelf.regions()
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(found.ask("b", LONG))) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert shelf.loaded == ["b"]
    assert len({id(one) for one in answers}) == 1


def test_an_app_knows_its_region_and_no_other_does() -> None:
    import flask
    from dash import Dash

    first, second = Dash("first"), Dash("second")
    mount(first.server, None, "toy")
    assert (region_of(first), region_of(second)) == ("toy", "")
    assert file_path("/download/x.csv") == "/download/x.csv"
    with first.server.app_context():
        assert mounted().key == "toy"
        assert file_path("/download/x.csv") == "/r/toy/download/x.csv"
    with flask.Flask("third").app_context():
        assert mounted().key == ""
    assert prefix("ä/b") == "/r/%C3%A4%2Fb"
