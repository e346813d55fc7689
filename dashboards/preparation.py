"""What readers ask for first is made before they ask, and gives way to what they ask meanwhile."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Condition
from typing import TYPE_CHECKING, Any

from dashboards.language import DEFAULT_LANGUAGE
from dashboards.state import Selection
from dashboards.views.coordination import pairs
from dashboards.views.network import network
from dashboards.views.polycentric import field_matrix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from ecosystem.atlas import Atlas

# so long nobody has asked: a page asks for all it has within less
QUIET_S = 1.0
# a wall that asks twice a second is never quiet
PATIENCE_S = 60.0


@dataclass
class Attended:
    """A WSGI application that knows whether somebody waits for it."""

    application: WSGIApplication
    underway: int = 0
    latest: float | None = None
    changed: Condition = field(default_factory=Condition)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """As the application."""
        self._count(1)
        try:
            return self.application(environ, start_response)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self.changed:
            self.underway += more
            self.latest = time.monotonic()
            self.changed.notify_all()

    def wait(self, quiet: float = QUIET_S, patience: float = PATIENCE_S) -> None:
        """Until somebody has asked and nobody has waited for ``quiet`` seconds, or ``patience`` seconds have passed.

        >>> Attended(lambda environ, start_response: []).wait(patience=0.0)
        """
        until = time.monotonic() + patience
        with self.changed:
            while (now := time.monotonic()) < until:
                left = quiet if self.underway or self.latest is None else self.latest + quiet - now
                if left <= 0:
                    return
                self.changed.wait(min(left, until - now))


def prepare(atlas: Atlas, wait: Callable[[], None]) -> None:
    """What takes longest on the pages as they open: each part once nobody waits, but for the first.

    The network comes first and at once, since a browser takes as long to load its scripts.
    """
    opened = Selection(language=DEFAULT_LANGUAGE)
    network(atlas, opened)
    for part in _later(atlas, opened):
        wait()
        part()


def _later(atlas: Atlas, opened: Selection) -> tuple[Callable[[], Any], ...]:
    return (
        lambda: field_matrix(atlas, opened),
        # the graph behind the actors' cards
        lambda: atlas.graph,
        # a thousand random worlds
        lambda: pairs(atlas, opened),
    )
