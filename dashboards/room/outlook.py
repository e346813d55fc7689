"""Before and after of what was accepted, computed beside the requests: nobody waits for it, the latest counts."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing as mp
import os
import threading
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ecosystem.scenario import check, compare, continue_on
from ecosystem.workshop import Ground

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from ecosystem.atlas import Atlas
    from ecosystem.scenario import Comparison, Step, Unfit

log = logging.getLogger(__name__)
Steps = tuple["Step", ...]
REST = 0.5
"""A round is followed by a rest of this many times its length, so that a busy room keeps its processor."""
SECONDS_TO_END = 5.0
STEPS_BACK = 10
"""By how much the process of the comparison stands back (nice value)."""


@dataclass(frozen=True, eq=False)
class Outlook:
    """What the steps do: the comparison (``None`` where nothing fits), and steps that do not fit today's data."""

    steps: Steps
    comparison: Comparison | None
    unfit: tuple[Unfit, ...]


def look(atlas: Atlas, ground: Ground, steps: Steps, *, base: str) -> Outlook:
    """Compare the region with and without the steps; those that do not fit are listed, not counted.

    A step was checked when it was accepted, on the data version ``base``: it is checked again where the data differ.
    """
    unfit = () if base == atlas.version else check(atlas.tables, steps)
    after = continue_on(atlas, ground.after(steps).tables)
    return Outlook(steps, None if after is atlas else compare(atlas, after), unfit)


class Apart:
    """:func:`look` in a process of its own: a second of computing there costs sixty phones nothing here.

    Two threads of one interpreter share one core, and a request that waits for its turn a dozen times waits long. The
    process ends with this one, also when that is killed: the pipe between them is then closed.
    """

    def __init__(self, atlas: Atlas, base: str) -> None:
        self._given = (atlas, base)
        self._lock = threading.Lock()
        self._pipe, self._process = self._begun()

    def _begun(self) -> tuple[Connection, BaseProcess]:
        # started afresh: a fork would copy the threads' locks in whatever state they are
        context = mp.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, *self._given), name="lookout", daemon=True)
        process.start()
        theirs.close()
        return ours, process

    def __call__(self, steps: Steps) -> Outlook:
        """What the steps do; a process that is gone is replaced, once.

        Raises:
            RuntimeError: it failed there; says how.
            OSError, EOFError: the new process went, too.
        """
        with self._lock:
            try:
                found, failed = self._asked(steps)
            except (OSError, EOFError):
                self._end()
                self._pipe, self._process = self._begun()
                found, failed = self._asked(steps)
        if failed:
            raise RuntimeError(failed)
        answer: Outlook = found
        return answer

    def _asked(self, steps: Steps) -> Any:
        self._pipe.send(steps)
        return self._pipe.recv()

    def _end(self) -> None:
        self._pipe.close()
        self._process.join(SECONDS_TO_END)
        self._process.kill()
        self._process.join()

    def stop(self) -> None:
        """End the process."""
        with self._lock:
            self._end()


def _serve(pipe: Connection, atlas: Atlas, base: str) -> None:
    """What happens over there, until nobody asks any more."""
    if hasattr(os, "nice"):
        # where cores are few the room's answers come first
        os.nice(STEPS_BACK)
    ground = Ground(atlas.tables)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            steps = pipe.recv()
            try:
                answer: tuple[Outlook | None, str] = look(atlas, ground, steps, base=base), ""
            except Exception as error:
                log.exception("The comparison failed")
                answer = None, f"{type(error).__name__}: {error}"
            pipe.send(answer)


class Lookout:
    """One thread that follows the accepted steps; :meth:`latest` is what it has found so far.

    ``rounds`` counts its findings, so that a page can tell a new one. ``apart``: computed in a process of its own.
    """

    def __init__(self, atlas: Atlas, ground: Ground, base: str, *, apart: bool = False) -> None:
        self._apart = Apart(atlas, base) if apart else None
        self._look: Callable[[Steps], Outlook] = self._apart or partial(_here, atlas, ground, base)
        self._wanted: Steps = ()
        self._found = Outlook((), None, ())
        self._ready = threading.Condition()
        self._stopped = False
        self.rounds = 0
        self._thread = threading.Thread(target=self._follow, name="lookout", daemon=True)
        self._thread.start()

    def want(self, steps: Steps) -> None:
        """These are the accepted steps now."""
        with self._ready:
            if steps != self._wanted:
                self._wanted = steps
                self._ready.notify_all()

    def latest(self) -> Outlook:
        """What is known; its steps tell whether it is up to date."""
        with self._ready:
            return self._found

    def at(self, steps: Steps) -> Outlook:
        """What these steps do; computed now where it is not known yet."""
        found = self.latest()
        return found if found.steps == steps else self._look(steps)

    def stop(self) -> None:
        """End the thread, and the process where there is one."""
        with self._ready:
            self._stopped = True
            self._ready.notify_all()
        self._thread.join(30)
        if self._apart is not None:
            self._apart.stop()

    def _follow(self) -> None:
        while True:
            with self._ready:
                self._ready.wait_for(lambda: self._stopped or self._wanted != self._found.steps)
                if self._stopped:
                    return
                wanted = self._wanted
            began = time.monotonic()
            try:
                found = self._look(wanted)
            except Exception:
                # the room goes on without the numbers; the reason stands in the log
                log.exception("The comparison failed")
                found = Outlook(wanted, None, ())
            with self._ready:
                self._found = found
                self.rounds += 1
                self._ready.wait_for(lambda: self._stopped, REST * (time.monotonic() - began))


def _here(atlas: Atlas, ground: Ground, base: str, steps: Steps) -> Outlook:
    return look(atlas, ground, steps, base=base)
