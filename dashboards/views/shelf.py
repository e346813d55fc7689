"""What is computed once per atlas and filter, and found again by whoever asks next."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from ecosystem.atlas import Atlas

Thing = TypeVar("Thing")
# enough for the steps of a talk; a part of a region is a few megabytes
MOST = 24
# held for a look-up, never while something is made
LOCK = Lock()


def kept(atlas: Atlas, shelf: str, key: Hashable, make: Callable[[], Thing]) -> Thing:
    """``make()``, or what it gave for this key before; what was asked for longest ago goes when a shelf is full.

    The parts of a page ask at the same time: the first makes it, the others wait for it. It stands with the atlas, so
    that it goes when the atlas goes and one region is never taken for another.
    """
    with LOCK:
        things: dict[Hashable, Any] = vars(atlas).setdefault(f"_shelf_{shelf}", {})
        if key in things:
            found: Thing = things.pop(key)
            things[key] = found
            return found
        underway: dict[Hashable, Future[Thing]] = vars(atlas).setdefault(f"_underway_{shelf}", {})
        others = underway.get(key)
        mine = underway.setdefault(key, Future())
    if others is not None:
        return others.result()
    return _made(things, underway, key, mine, make)


def _made(
    things: dict[Hashable, Any],
    underway: dict[Hashable, Future[Thing]],
    key: Hashable,
    mine: Future[Thing],
    make: Callable[[], Thing],
) -> Thing:
    try:
        made = make()
    except BaseException as error:
        with LOCK:
            del underway[key]
        # whoever waits fails alike; whoever comes later tries again
        mine.set_exception(error)
        raise
    with LOCK:
        while len(things) >= MOST:
            things.pop(next(iter(things)))
        things[key] = made
        del underway[key]
    mine.set_result(made)
    return made
