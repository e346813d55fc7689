"""A scenario as a file: one JSON with its schema, the data version it was made on, assumptions and steps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ecosystem.errors import ScenarioError
from ecosystem.scenario.record import Action, Scenario, Step

SCHEMA = 1
MOST_BYTES = 4 * 1024 * 1024
MOST_STEPS = 5000
_TEXTS = ("table", "key", "author", "time", "reason")


def dump(scenario: Scenario, path: Path | str) -> Path:
    """Write the scenario; what was undone is not kept.

    Raises:
        ScenarioError: the file cannot be written.
    """
    target = Path(path).expanduser()
    try:
        target.write_text(dumps(scenario), encoding="utf-8")
    except OSError as error:
        raise ScenarioError(f"{target} cannot be written ({error.strerror}). Choose another folder.") from error
    return target


def dumps(scenario: Scenario) -> str:
    """The scenario as JSON text; the same scenario gives the same text.

    >>> one = Scenario("toy", "0123456789", steps=(Step(Action.REMOVE, "actors", "a-town"),))
    >>> loads(dumps(one)) == one
    True
    """
    return json.dumps(told(scenario), ensure_ascii=False, indent=2) + "\n"


def told(scenario: Scenario) -> dict[str, Any]:
    """The scenario as JSON knows it; what was undone is left out."""
    return {
        "schema": SCHEMA,
        "region": scenario.region,
        "base": scenario.base,
        "title": scenario.title,
        "assumptions": list(scenario.assumptions),
        "steps": [_told(step) for step in scenario.steps],
    }


def _told(step: Step) -> dict[str, Any]:
    plain = {name: getattr(step, name) for name in _TEXTS if getattr(step, name)}
    return {"action": step.action.value, **plain, "cells": dict(step.cells)}


def load(path: Path | str) -> Scenario:
    """Read a scenario file.

    Raises:
        ScenarioError: there is no such file, it is too large, or not a scenario; says where and what to do.
    """
    source = Path(path).expanduser()
    try:
        if source.stat().st_size > MOST_BYTES:
            raise ScenarioError(
                f"{source} has more than {MOST_BYTES // 1024**2} MB; that is no scenario of this program."
            )
        return loads(source.read_text(encoding="utf-8"), str(source))
    except OSError as error:
        raise ScenarioError(f"{source} cannot be read ({error.strerror}). Give the file of a scenario.") from error
    except UnicodeDecodeError as error:
        raise ScenarioError(f"{source} is no text in UTF-8. Give the file of a scenario.") from error


def loads(text: str, name: str = "scenario") -> Scenario:
    """Read a scenario from JSON text; ``name`` is what errors call it.

    Raises:
        ScenarioError: not JSON, another schema, or a part that is not what it should be.
    """
    try:
        told = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "too deep"
        raise ScenarioError(f"{name}: no JSON ({where}). Export the scenario again.") from error
    if not isinstance(told, dict):
        raise ScenarioError(f"{name}: expected an object with “schema” and “steps”. Export the scenario again.")
    if told.get("schema") != SCHEMA:
        raise ScenarioError(
            f"{name}: schema {told.get('schema')!r}; this version reads schema {SCHEMA}. Update the program."
        )
    steps = told.get("steps")
    if not isinstance(steps, list) or len(steps) > MOST_STEPS:
        raise ScenarioError(f"{name}: “steps” has to be a list of at most {MOST_STEPS} steps.")
    assumptions = told.get("assumptions", [])
    if not isinstance(assumptions, list) or not all(isinstance(one, str) for one in assumptions):
        raise ScenarioError(f"{name}: “assumptions” has to be a list of texts.")
    return Scenario(
        region=_text(told, "region", name),
        base=_text(told, "base", name),
        title=_text(told, "title", name),
        assumptions=tuple(assumptions),
        steps=tuple(_step(one, f"{name}, step {number}") for number, one in enumerate(steps, start=1)),
    )


def _step(told: Any, where: str) -> Step:
    if not isinstance(told, dict):
        raise ScenarioError(f"{where}: expected an object with “action”.")
    actions = [action.value for action in Action]
    if told.get("action") not in actions:
        raise ScenarioError(f"{where}: action {told.get('action')!r}; expected one of {', '.join(actions)}.")
    values = told.get("cells", {})
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise ScenarioError(f"{where}: “cells” has to hold texts by column, as they stand in a file.")
    if unknown := sorted(set(told) - {"action", "cells", *_TEXTS}):
        raise ScenarioError(f"{where}: unknown “{unknown[0]}”; a step has action, {', '.join(_TEXTS)} and cells.")
    return Step(Action(told["action"]), cells=dict(values), **{key: _text(told, key, where) for key in _TEXTS})


def _text(told: dict[str, Any], key: str, where: str) -> str:
    value = told.get(key, "")
    if not isinstance(value, str):
        raise ScenarioError(f"{where}: “{key}” has to be a text, not {value!r}.")
    return value
