"""Which regions one server shows, and their atlases: loaded when asked for, a few at a time.

The region a server was started with is always there; the others are read in the background by one thread, so that
nobody who looks at a region waits for another. What was shown longest ago goes when the shelf is full. A folder that
cannot be read is told with its faults until its files change; so is one that changed after it was read: it is read
again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar
from urllib.parse import quote

import flask

from ecosystem import atlas as atlases
from ecosystem import description, regions
from ecosystem.errors import EcosystemError, Severity, TablesError
from ecosystem.model import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from pathlib import Path

    from dash import Dash

    from ecosystem.atlas import Atlas
    from ecosystem.atlas import Step as Read

log = logging.getLogger(__name__)

Made = TypeVar("Made")
BELOW = "/r"
# atlases that are held beside the one the server was started with
MOST = 3
# of folders between two looks at their files
SECONDS_BETWEEN_LOOKS = 1.0
# of the longest loading anybody waits for
LONGEST = 900.0
# results that are kept when their atlas is not
MOST_RESULTS = 48
# faults of a folder that are told
MOST_FAULTS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A region that can be chosen: its ``key`` in links (empty: the server's own), name, folder and what is wrong."""

    key: str
    name: Label
    folder: Path | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """How far a region is; ``step`` of the loading with ``done`` of ``total`` while it is underway."""

    kind: Literal["ready", "loading", "faulty", "unknown"]
    step: Read | Literal["opened", "measured", ""] = ""
    done: int = 0
    total: int = 0
    fault: str = ""


@dataclass(frozen=True)
class Shown(Generic[Made]):
    """An atlas, what was made of it for its readers, and the files it was read from as they were then."""

    atlas: Atlas
    made: Made
    signature: Signature


Signature = tuple[tuple[str, int, int], ...]


def signature(folder: Path | None) -> Signature:
    """Name, time and size of the files of a region folder: differs when one was written anew."""
    if folder is None:
        return ()
    found = []
    for path in sorted(folder.glob("*")):
        try:
            told = path.stat()
        except OSError:
            continue
        found.append((path.name, told.st_mtime_ns, told.st_size))
    return tuple(found)


@dataclass(frozen=True)
class Result:
    """What was computed of a region in the background: ``value``, or why there is none."""

    value: Any
    fault: str
    signature: Signature


def fault_text(error: TablesError) -> str:
    """The first errors of a folder without where it lies: that is the server's own business.

    >>> from ecosystem.errors import Fault
    >>> fault_text(TablesError("/somewhere", (Fault("ties.csv", 2, "tie_id", "", "an id", "Give it one."),)))
    'ties.csv, row 2, column tie_id: expected an id. Give it one.'
    """
    errors = [fault.sentence() for fault in error.faults if fault.severity is Severity.ERROR]
    more = f"\n… and {len(errors) - MOST_FAULTS} more" if len(errors) > MOST_FAULTS else ""
    return "\n".join(errors[:MOST_FAULTS]) + more


def _distinct(entries: list[Entry]) -> tuple[Entry, ...]:
    """Regions of the same name are told apart by their key."""
    names = [one.name for one in entries]
    return tuple(
        replace(one, name=Label(f"{one.name.de} ({one.key})", f"{one.name.en} ({one.key})"))
        if one.key and names.count(one.name) > 1
        else one
        for one in entries
    )


class Regions(Generic[Made]):
    """The regions of a server. ``dress`` makes of an atlas what readers are given (the app), in the thread that loads.

    ``own`` is the region the server was started with, from ``folder`` where it has one. ``imports`` says whether data
    may be read in: not at all, by who sits at this machine, or by everybody.
    """

    def __init__(
        self,
        own: Atlas,
        dress: Callable[[Regions[Made], str, Atlas], Made],
        *,
        folder: Path | None = None,
        find: Callable[[], dict[str, Path]] = regions.available,
        load: Callable[..., Atlas] = atlases.load,
        most: int = MOST,
    ) -> None:
        self._find, self._load, self._dress, self._most = find, load, dress, most
        self._folder = folder
        # held for a look-up, never while something is loaded
        self._lock = threading.Condition()
        # one loads at a time: two would take twice the memory and be no faster
        self._turn = threading.Lock()
        self._shelf: OrderedDict[str, Shown[Made]] = OrderedDict()
        self._underway: dict[str, State] = {}
        self._faulty: dict[str, tuple[Signature, str]] = {}
        self._names: dict[Path, tuple[Signature, Label, str]] = {}
        self._looked: dict[str, float] = {}
        # what belongs to the server and to none of its apps, which may be made anew
        self.shared: dict[str, Any] = {}
        self.imports: Literal["off", "here", "all"] = "off"
        self._results: OrderedDict[tuple[str, Hashable], Result] = OrderedDict()
        self._busy: set[tuple[str, Hashable]] = set()
        self._own = own
        self._shelf[""] = Shown(own, dress(self, "", own), signature(folder))

    @property
    def own(self) -> Atlas:
        """The atlas of the region the server was started with."""
        with self._lock:
            return self._shelf[""].atlas if "" in self._shelf else self._own

    def folder(self, key: str) -> Path | None:
        """Where a region's files lie; ``None`` where it has none or is unknown."""
        return self._folder if key == "" else self._folders().get(key)

    def entries(self) -> tuple[Entry, ...]:
        """The server's own region, then the others by their key."""
        with self._lock:
            faults = {key: fault for key, (_, fault) in self._faulty.items()}
        found = [Entry("", self.own.region.name, self._folder, faults.get("", ""))]
        for key, folder in self._folders().items():
            name, fault = self._described(key, folder)
            found.append(Entry(key, name, folder, fault or faults.get(key, "")))
        return _distinct(found)

    def key(self, name: str) -> str:
        """The key of a region by the name in a link: the server's own has an empty one; others keep theirs."""
        return "" if name in self._own_names() else name

    def _own_names(self) -> set[str]:
        if self._folder is None:
            return {"", self.own.region.region_id}
        found, here = self._find(), self._folder.resolve()
        named = {name for name, path in found.items() if path.resolve() == here}
        # a folder given by its path is called as the folder is, unless another region has that name
        return {"", *named, *({here.name} - found.keys())}

    def _folders(self) -> dict[str, Path]:
        mine = self._own_names()
        return {name: path for name, path in self._find().items() if name not in mine}

    def _described(self, key: str, folder: Path) -> tuple[Label, str]:
        """The name in a folder's description, and why it cannot be read."""
        file = folder / regions.DESCRIPTION_FILE
        mark = tuple(one for one in signature(folder) if one[0] == file.name)
        with self._lock:
            kept = self._names.get(folder)
        if kept is not None and kept[0] == mark:
            return kept[1], kept[2]
        try:
            region, faults = description.parse(file.read_bytes())
        except OSError as error:
            region, faults = None, ()
            fault = f"{file.name}: {error.strerror or error}."
        else:
            fault = "" if region else next((one.sentence() for one in faults), "")
        name = region.name if region else Label(key, key)
        with self._lock:
            self._names[folder] = (mark, name, fault)
        return name, fault

    def state(self, key: str) -> State:
        """How far a region is, without asking for it."""
        if key != "" and key not in self._folders():
            return State("unknown")
        with self._lock:
            if key in self._underway:
                return self._underway[key]
            if key in self._faulty:
                return State("faulty", fault=self._faulty[key][1])
            return State("ready" if key in self._shelf else "loading")

    def ask(self, key: str, wait: float = 0.0) -> Shown[Made] | None:
        """A region, if it is there or comes within ``wait`` seconds; loading goes on in the background.

        ``None`` for one that is unknown, faulty or not there yet: :meth:`state` says which.
        """
        if key != "" and key not in self._folders():
            return None
        self._renew(key)
        with self._lock:
            if key in self._shelf and key not in self._underway:
                self._shelf.move_to_end(key)
                return self._shelf[key]
            if key in self._faulty:
                # the server's own region stays on screen as it was read
                return self._shelf.get(key)
            if key not in self._underway:
                self._begin(key)
            if key in self._shelf:
                return self._shelf[key]
            self._lock.wait_for(lambda: key not in self._underway, timeout=wait)
            return self._shelf.get(key)

    def _renew(self, key: str) -> None:
        """Forget what was read of files that are others by now; looks at them every second at most."""
        now = time.monotonic()
        with self._lock:
            if now - self._looked.get(key, 0.0) < SECONDS_BETWEEN_LOOKS:
                return
            self._looked[key] = now
        here = signature(self.folder(key))
        with self._lock:
            if key in self._faulty and self._faulty[key][0] != here:
                del self._faulty[key]
            if key in self._shelf and self._shelf[key].signature != here and key not in self._faulty:
                if key == "":
                    # readers keep what they have until the new one has come
                    if key not in self._underway:
                        self._begin(key)
                else:
                    del self._shelf[key]

    def result(self, key: str, what: Hashable, make: Callable[[Atlas], Any], wait: float = 0.0) -> Result | None:
        """``make`` of a region's atlas, computed in the background and kept under ``what``; ``None`` until it is there.

        It is kept when the atlas is not, and made anew when the region's files have changed.
        """
        named = (key, what)
        here = signature(self.folder(key))
        with self._lock:
            kept = self._results.get(named)
            if kept is not None and kept.signature == here:
                self._results.move_to_end(named)
                return kept
            if named not in self._busy:
                self._busy.add(named)
                threading.Thread(target=self._work, args=(key, what, make), daemon=True, name=f"result {key}").start()
            self._lock.wait_for(lambda: named not in self._busy, timeout=wait)
            return None if named in self._busy else self._results.get(named)

    def _work(self, key: str, what: Hashable, make: Callable[[Atlas], Any]) -> None:
        value, fault = None, ""
        mark = signature(self.folder(key))
        shown = self.ask(key, LONGEST)
        try:
            if shown is None:
                fault = self.state(key).fault or "The region could not be loaded."
            else:
                mark = shown.signature
                with self._turn:
                    value = make(shown.atlas)
        except EcosystemError as error:
            fault = str(error)
        except Exception as error:
            log.exception("Nothing could be computed of the region %s", key)
            fault = f"{type(error).__name__}: {error}"
        with self._lock:
            self._results[key, what] = Result(value, fault, mark)
            while len(self._results) > MOST_RESULTS:
                self._results.popitem(last=False)
            self._busy.discard((key, what))
            self._lock.notify_all()

    def reread(self, key: str) -> None:
        """Look at a region's files at once, at the next question."""
        with self._lock:
            self._looked.pop(key, None)

    def _begin(self, key: str) -> None:
        self._underway[key] = State("loading", "read", 0, 1)
        threading.Thread(target=self._bring, args=(key,), daemon=True, name=f"region {key}").start()

    def _bring(self, key: str) -> None:
        folder = self.folder(key)
        mark = signature(folder)
        try:
            with self._turn:
                atlas = self._load(folder, progress=lambda step, done, total: self._tell(key, step, done, total))
                self._tell(key, "opened", 0, 1)
                shown = Shown(atlas, self._dress(self, key, atlas), mark)
        except TablesError as error:
            self._end(key, None, fault_text(error), mark)
        except EcosystemError as error:
            self._end(key, None, str(error), mark)
        except Exception as error:
            # one region must not take the others with it, whatever it holds
            log.exception("The region in %s could not be opened", folder)
            self._end(key, None, f"{type(error).__name__}: {error}", mark)
        else:
            self._end(key, shown, "", mark)

    def _tell(self, key: str, step: Read | Literal["opened"], done: int, total: int) -> None:
        with self._lock:
            self._underway[key] = replace(self._underway[key], step=step, done=done, total=total)

    def _end(self, key: str, shown: Shown[Made] | None, fault: str, mark: Signature) -> None:
        with self._lock:
            del self._underway[key]
            if shown is None:
                self._faulty[key] = (mark, fault)
            else:
                self._shelf[key] = shown
                self._shelf.move_to_end(key)
                others = [one for one in self._shelf if one != ""]
                for one in others[: max(0, len(others) - self._most)]:
                    del self._shelf[one]
            self._lock.notify_all()


EXTENSION = "ecosystem-regions"


@dataclass(frozen=True)
class Mounted:
    """The regions of the server an app belongs to, and the app's own key among them."""

    regions: Regions[Any] | None
    key: str


def mount(server: flask.Flask, regions: Regions[Any] | None, key: str) -> None:
    """Tell an app which region it shows and which others there are; not a global: a process may hold many apps."""
    server.extensions[EXTENSION] = Mounted(regions, key)


def mounted() -> Mounted:
    """Of the app that answers; alone where no app does, as in tests and notebooks."""
    if not flask.has_app_context():
        return Mounted(None, "")
    found: Mounted = flask.current_app.extensions.get(EXTENSION, Mounted(None, ""))
    return found


def region_of(app: Dash) -> str:
    """The key of the region an app shows."""
    found: Mounted = app.server.extensions.get(EXTENSION, Mounted(None, ""))
    return found.key


def prefix(key: str) -> str:
    """What stands before the addresses of callbacks and files of a region.

    >>> prefix(""), prefix("toy"), prefix("meine Region")
    ('', '/r/toy', '/r/meine%20Region')
    """
    return f"{BELOW}/{quote(key, safe='')}" if key else ""


def file_path(path: str) -> str:
    """The address of a file of the app that answers: ``/download/actors.csv`` below its prefix."""
    return prefix(mounted().key) + path
