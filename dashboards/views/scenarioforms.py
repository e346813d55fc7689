"""The forms of a scenario: which boxes each has, and the steps its values make."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboards.views.actornames import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ecosystem.atlas import Atlas
    from ecosystem.scenario import Step

MOST_PARTNERS = 30
# the boxes of each kind of change, those in capitals of their own row of the dictionary have to be filled in
FORMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "tie": (("one", "relation", "other"), ()),
    "project": (("title", "fields", "many"), ("year", "money")),
    "actor": (("name", "sector", "place"), ("fields",)),
    "call": (("title", "fields", "many", "number"), ("year", "money")),
    "untie": (("one", "other"), ()),
    "leave": (("one",), ()),
    "end": (("project",), ()),
    "move": (("one", "place"), ()),
    "merge": (("one", "many"), ()),
}
BOXES = (
    "one", "relation", "other", "name", "sector", "place", "title", "fields", "many", "number", "year", "money",
    "project",
)  # fmt: skip
COMMON = ("reason", "author")


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a form makes no step: boxes that are empty, or ``what`` is wrong with one."""

    boxes: tuple[str, ...] = ()
    what: str = ""


Values = dict[str, str]


def steps_of(atlas: Atlas, kind: str, told: Mapping[str, Any]) -> tuple[Step, ...] | Lack:
    """The steps a form makes on the atlas as it is; or what it lacks.

    >>> from ecosystem.atlas import load
    >>> steps_of(load("toy"), "leave", {})
    Lack(boxes=('one',), what='')
    """
    if kind not in FORMS:
        return Lack(what="kind")
    needed, _ = FORMS[kind]
    values = {name: _plain(told.get(name)) for name in (*BOXES, *COMMON)}
    if empty := tuple(name for name in needed if not values[name]):
        return Lack(empty)
    for name in ("number", "year", "money"):
        if values[name] and not re.fullmatch(r"\d{1,12}(\.\d+)?", values[name]):
            return Lack(what=name)
    return MAKERS[kind](atlas, values)


def _plain(value: Any) -> str:
    """A value of the browser as the text of a cell; lists joined by "|", which no text may hold."""
    if isinstance(value, list):
        return "|".join(str(one).replace("|", "/") for one in value[:MOST_PARTNERS])
    if value is None or isinstance(value, bool | dict):
        return ""
    text = f"{value:g}" if isinstance(value, float) and value.is_integer() and abs(value) < 1e6 else str(value)
    return " ".join(text.split())[:400]


def _step(values: Values, action: str, table: str = "", key: str = "", **cells: str) -> Step:
    from ecosystem.scenario import Action, Step  # noqa: PLC0415 -- an app starts without the engine

    filled = {name: value for name, value in cells.items() if value}
    return Step(Action(action), table, key, filled, author=values["author"][:60], reason=values["reason"])


def _tie(atlas: Atlas, values: Values) -> tuple[Step, ...] | Lack:
    del atlas
    ends = {"source_actor_id": values["one"], "relation": values["relation"], "target_actor_id": values["other"]}
    return (_step(values, "add", "ties", **ends),)


def _fund(atlas: Atlas, values: Values) -> tuple[Step, ...] | Lack:
    del atlas
    call = values["title"] if values["number"] else ""
    cells = {
        "title": values["title"], "fields": values["fields"], "partners": values["many"], "projects": values["number"],
        "call": call, "year": values["year"], "funding_eur": values["money"],
    }  # fmt: skip
    return (_step(values, "fund", **cells),)


def _project(atlas: Atlas, values: Values) -> tuple[Step, ...] | Lack:
    if "|" not in values["many"]:
        return Lack(what="alone")
    return _fund(atlas, values | {"number": ""})


def _actor(atlas: Atlas, values: Values) -> tuple[Step, ...] | Lack:
    key = _free(values["name"], set(atlas.positions.index))
    cells = {"name": values["name"].replace("|", "/"), "sector": values["sector"], "place_id": values["place"]}
    fields = [one for one in values["fields"].split("|") if one]
    return (
        _step(values, "add", "actors", key, **cells),
        *(_step(values, "add", "actor_fields", "", actor_id=key, field_id=field) for field in fields),
    )


def _free(name: str, known: set[str]) -> str:
    """An id for a new actor: its name in plain letters, numbered where it is taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")[:60]
    wanted = plain or "s-" + hashlib.sha256(name.encode()).hexdigest()[:8]
    found, number = wanted, 2
    while found in known:
        found, number = f"{wanted}-{number}", number + 1
    return found


def _untie(atlas: Atlas, values: Values) -> tuple[Step, ...] | Lack:
    ties = atlas.tables.ties
    ends, wanted = ties[["source_actor_id", "target_actor_id"]], {values["one"], values["other"]}
    between = ties.loc[[set(pair) == wanted for pair in ends.to_numpy().tolist()], "tie_id"]
    if not len(between):
        return Lack(what="untied")
    return tuple(_step(values, "remove", "ties", str(tie)) for tie in between)


def _leave(atlas: Atlas, values: Values) -> tuple[Step, ...] | Lack:
    del atlas
    return (_step(values, "remove", "actors", values["one"]),)


def _end(atlas: Atlas, values: Values) -> tuple[Step, ...] | Lack:
    del atlas
    return (_step(values, "remove", "projects", values["project"]),)


def _move(atlas: Atlas, values: Values) -> tuple[Step, ...] | Lack:
    actors = atlas.tables.actors
    here = actors.loc[actors["actor_id"] == values["one"], "place_id"]
    if len(here) and here.iloc[0] == values["place"]:
        return Lack(what="there")
    return (_step(values, "move", "", values["one"], place_id=values["place"]),)


def _merge(atlas: Atlas, values: Values) -> tuple[Step, ...] | Lack:
    del atlas
    return (_step(values, "merge", "", values["one"], others=values["many"]),)


MAKERS: dict[str, Callable[[Atlas, Values], tuple[Step, ...] | Lack]] = {
    "tie": _tie, "project": _project, "actor": _actor, "call": _fund, "untie": _untie, "leave": _leave, "end": _end,
    "move": _move, "merge": _merge,
}  # fmt: skip
