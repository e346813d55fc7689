"""What a reader does to a scenario: one change in, a new scenario or why not out. Nothing is kept here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboards.views.scenario import applied, begun, held
from dashboards.views.scenarioforms import Lack, steps_of
from ecosystem.errors import ScenarioError

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas
    from ecosystem.scenario import Conflict, Scenario, Unfit

MOST_STEPS = 500
MOST_SIGNS = 4_000


@dataclass(frozen=True)
class Edited:
    """What came of a change.

    ``did`` names it (as asked), ``n`` the number of steps it touched. Where ``scenario`` is ``None`` nothing was
    changed, and ``lack``, ``unfit`` or ``error`` say why; ``conflicts`` are what joining left out.
    """

    scenario: Scenario | None
    did: str = ""
    n: int = 0
    lack: Lack | None = None
    unfit: tuple[Unfit, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    error: str = ""


def edited(atlas: Atlas, token: str, browser: Any, asked: Any) -> Edited:
    """The scenario of a token after what was asked.

    ``asked`` comes from the browser: ``what`` is one of ``undo``, ``redo``, ``reset``, ``drop`` (step ``n``),
    ``words`` (``title`` and ``assumptions``), ``form`` (``kind`` and ``values``), ``take`` (packed steps in ``token``),
    ``load`` and ``join`` (``text`` of a file). Anything else changes nothing. ``on`` is the token to start from where
    the address is not there yet; ``title`` and ``assumptions``, where given, are what is typed by now.
    """
    if not isinstance(asked, dict) or asked.get("what") not in DEEDS:
        return Edited(None)
    did = str(asked["what"])
    start = asked.get("on")
    now = held(atlas, start if isinstance(start, str) else token, browser).scenario or begun(atlas)
    if did not in {"words", "load"}:
        now = _worded(now, asked)
    try:
        found = DEEDS[did](atlas, now, asked)
    except ScenarioError as error:
        return Edited(None, did, error=str(error))
    if found.scenario is not None and len(found.scenario.steps) > MOST_STEPS:
        return Edited(None, did, error="long")
    return replace(found, did=did)


def _undo(atlas: Atlas, now: Scenario, asked: dict[str, Any]) -> Edited:
    del atlas, asked
    return Edited(now.undoing() if now.steps else None, n=len(now.steps[-1:]))


def _redo(atlas: Atlas, now: Scenario, asked: dict[str, Any]) -> Edited:
    del atlas, asked
    return Edited(now.redoing() if now.undone else None, n=len(now.undone[-1:]))


def _reset(atlas: Atlas, now: Scenario, asked: dict[str, Any]) -> Edited:
    """Back to the facts; every step can be redone."""
    del atlas, asked
    back = now
    while back.steps:
        back = back.undoing()
    return Edited(back if now.steps else None, n=len(now.steps))


def _drop(atlas: Atlas, now: Scenario, asked: dict[str, Any]) -> Edited:
    del atlas
    number = asked.get("n")
    if not isinstance(number, int) or not 1 <= number <= len(now.steps):
        return Edited(None)
    return Edited(replace(now, steps=(*now.steps[: number - 1], *now.steps[number:]), undone=()), n=1)


def _worded(now: Scenario, asked: dict[str, Any]) -> Scenario:
    """With title and assumptions as they are typed; itself where none are told."""
    if not all(isinstance(asked.get(name), str) for name in ("title", "assumptions")):
        return now
    lines = tuple(line.strip() for line in _text(asked, "assumptions").splitlines() if line.strip())
    return replace(now, title=_text(asked, "title").strip(), assumptions=lines)


def _words(atlas: Atlas, now: Scenario, asked: dict[str, Any]) -> Edited:
    del atlas
    changed = _worded(now, asked)
    return Edited(changed if changed != now else None)


def _form(atlas: Atlas, now: Scenario, asked: dict[str, Any]) -> Edited:
    from ecosystem.scenario import check  # noqa: PLC0415 -- an app starts without the engine

    values = asked.get("values")
    opened, after = applied(atlas, now)
    made = steps_of(after, _text(asked, "kind"), values if isinstance(values, dict) else {})
    if isinstance(made, Lack):
        return Edited(None, lack=made)
    when = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    steps = [replace(step, time=when) for step in made]
    if unfit := check(opened.tables, steps):
        return Edited(None, unfit=unfit)
    return Edited(now.doing(*steps), n=len(steps))


def _take(atlas: Atlas, now: Scenario, asked: dict[str, Any]) -> Edited:
    """Steps another page proposes; those that are here already are not added again."""
    from ecosystem.scenario import check, unpack  # noqa: PLC0415 -- an app starts without the engine

    more = unpack(_text(asked, "token"))
    had = {(step.action, step.table, step.key, *sorted(step.cells.items())) for step in now.steps}
    new = [s for s in more.steps if (s.action, s.table, s.key, *sorted(s.cells.items())) not in had]
    if unfit := check(applied(atlas, now)[0].tables, new):
        return Edited(None, unfit=unfit)
    return Edited(now.doing(*new) if new else now, n=len(new))


def _load(atlas: Atlas, now: Scenario, asked: dict[str, Any]) -> Edited:
    """Another scenario in place of this one; unfit steps are listed on the page, not refused."""
    from ecosystem.scenario import loads, opened  # noqa: PLC0415 -- an app starts without the engine

    del now
    found = loads(str(asked.get("text", "")), str(asked.get("name", ""))[:80] or "scenario")
    return Edited(found, n=len(opened(atlas.tables, found).scenario.steps))


def _join(atlas: Atlas, now: Scenario, asked: dict[str, Any]) -> Edited:
    from ecosystem.scenario import loads, merge  # noqa: PLC0415 -- an app starts without the engine

    other = loads(str(asked.get("text", "")), str(asked.get("name", ""))[:80] or "scenario")
    found = merge(atlas.tables, now, other)
    return Edited(found.scenario, n=len(found.scenario.steps) - len(now.steps), conflicts=found.conflicts)


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name, "")
    return value[:MOST_SIGNS] if isinstance(value, str) else ""


DEEDS = {
    "undo": _undo, "redo": _redo, "reset": _reset, "drop": _drop, "words": _words, "form": _form, "take": _take,
    "load": _load, "join": _join,
}  # fmt: skip
