"""Before and after of what was accepted, computed beside the requests: nobody waits for it, the latest counts."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem.scenario import check, compare, continue_on

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas
    from ecosystem.scenario import Comparison, Step, Unfit
    from ecosystem.workshop import Ground

log = logging.getLogger(__name__)
Steps = tuple["Step", ...]
REST = 2.0
"""A round is followed by a rest of this many times its length, so that a busy room keeps its processor."""


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


class Lookout:
    """One thread that follows the accepted steps; :meth:`latest` is what it has found so far.

    ``rounds`` counts its findings, so that a page can tell a new one.
    """

    def __init__(self, atlas: Atlas, ground: Ground, base: str) -> None:
        self._atlas, self._ground, self._base = atlas, ground, base
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

    def _look(self, steps: Steps) -> Outlook:
        return look(self._atlas, self._ground, steps, base=self._base)

    def stop(self) -> None:
        """End the thread."""
        with self._ready:
            self._stopped = True
            self._ready.notify_all()
        self._thread.join(30)

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
