"""How often somebody may do something: buckets that fill up again with time, kept in memory only."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem.workshop import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BUCKETS = 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    """``burst`` at once, then one every ``seconds``."""

    burst: int
    seconds: float


PARTICIPANT = Rate(20, 1.5)
"""Writes of one browser."""
ADDRESS = Rate(400, 0.04)
"""Writes from one address: a whole room may share it."""
SECRET = Rate(8, 12.0)
"""Attempts at the operator's secret from one address."""
CODE = Rate(40, 3.0)
"""Attempts at a room's code from one address."""


class Limits:
    """The buckets; thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: dict[tuple[Rate, str], tuple[float, float]] = {}

    def spend(self, rate: Rate, who: str) -> None:
        """Count one more.

        Raises:
            Refused: the bucket is empty; says in how many seconds it is not.

        >>> limits = Limits(clock=lambda: 0.0)
        >>> limits.spend(Rate(1, 60.0), "somebody")
        >>> limits.spend(Rate(1, 60.0), "somebody")
        Traceback (most recent call last):
        ecosystem.workshop.why.Refused: That was too quick. Try again in 60 seconds.
        """
        with self._lock:
            now = self._clock()
            level, since = self._buckets.get((rate, who), (float(rate.burst), now))
            level = min(float(rate.burst), level + (now - since) / rate.seconds)
            if level < 1:
                raise Refused(Why.TOO_OFTEN, seconds=max(1, round((1 - level) * rate.seconds)))
            if len(self._buckets) >= MOST_BUCKETS:
                self._drop(now)
            self._buckets[rate, who] = (level - 1, now)

    def _drop(self, now: float) -> None:
        """Forget full buckets; where all are in use, all: too much memory is worse than too much patience."""
        full = [
            key
            for key, (level, since) in self._buckets.items()
            if level + (now - since) / key[0].seconds >= key[0].burst
        ]
        for key in full:
            del self._buckets[key]
        if not full:
            self._buckets.clear()
