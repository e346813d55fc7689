"""Steps made of several: merge, move, fund, each as the rows it adds, changes and removes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ecosystem.cells import split
from ecosystem.dictionary import dictionary
from ecosystem.scenario import rows
from ecosystem.scenario.misfit import Misfit
from ecosystem.scenario.record import Action, Step
from ecosystem.scenario.ties import repeated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from ecosystem.tables import Tables

MOST_PROJECTS = 50
ENDS = ("source_actor_id", "target_actor_id")


def _needs(step: Step, *names: str) -> None:
    allowed = {
        Action.MOVE: ("place_id",),
        Action.MERGE: ("others",),
        Action.FUND: ("title", "fields", "partners", "projects", "call", "programme", "year", "funding_eur"),
    }[step.action]
    for name in step.cells:
        if name not in allowed:
            raise Misfit("column", f"{step.action.value} does not know “{name}”; it takes {', '.join(allowed)}.")
    for name in names:
        if not step.cells.get(name):
            raise Misfit("value", f"{step.action.value} needs “{name}”. Fill it in.", name)


def move(tables: Tables, step: Step) -> list[Step]:
    """An actor's seat in another place; how its place was known no longer holds."""
    del tables
    _needs(step, "place_id")
    return [Step(Action.CHANGE, "actors", step.key, {"place_id": step.cells["place_id"], "place_evidence": ""})]


def merge(tables: Tables, step: Step) -> list[Step]:
    """Several actors become one: their ties, fields and projects are its own, their names its aliases."""
    _needs(step, "others")
    known = tables.actors.set_index("actor_id")
    gone = split(step.cells["others"])
    for actor in (step.key, *gone):
        if actor not in known.index:
            raise Misfit("missing", f"actors.csv has no {actor}. Name an actor that is there.", "others", actor)
    if step.key in gone:
        raise Misfit("loop", f"{step.key} cannot be merged into itself. Name the other actors.")
    names = [str(known.at[actor, "name"]) for actor in gone]
    before = split(str(known.at[step.key, "aliases"]))
    parts = [Step(Action.CHANGE, "actors", step.key, {"aliases": "|".join(dict.fromkeys([*before, *names]))})]
    parts += _ties_kept(tables.ties, step.key, gone)
    for table in ("actor_fields", "participations"):
        parts += _taken_over(tables.frame(table), table, step.key, gone)
    return [*parts, *(Step(Action.REMOVE, "actors", actor) for actor in gone)]


def _ties_kept(ties: pd.DataFrame, stays: str, gone: tuple[str, ...]) -> list[Step]:
    """Ties of the actors that go, now of the one that stays; those inside, and those it has already, go."""
    found, table, now = [], dictionary()["ties"], ties.copy()
    touched = now[now[list(ENDS)].isin(gone).any(axis=1)]
    for at in touched.index:
        told = rows.cells_of(now, int(at), table)
        key = told["tie_id"]
        ends = {name: stays if told[name] in gone else told[name] for name in ENDS}
        if ends[ENDS[0]] == ends[ENDS[1]] or repeated(now, told | ends, key):
            found.append(Step(Action.REMOVE, "ties", key))
            now = now[now["tie_id"] != key]
        else:
            found.append(Step(Action.CHANGE, "ties", key, ends))
            for name, actor in ends.items():
                now.loc[at, name] = actor
    return found


def _taken_over(frame: pd.DataFrame, name: str, stays: str, gone: tuple[str, ...]) -> list[Step]:
    table, found = dictionary()[name], []
    held = set(rows.keys(frame, table))
    for at in frame.index[frame["actor_id"].isin(gone)]:
        told = rows.cells_of(frame, int(at), table) | {"actor_id": stays}
        key = rows.key_of(table, told)
        if key not in held:
            held.add(key)
            found.append(Step(Action.ADD, name, "", told))
    return found


def fund(tables: Tables, step: Step) -> list[Step]:
    """A call: joint projects on a field with the partners given, each of them in every project."""
    _needs(step, "title", "fields", "partners")
    told = step.cells
    number = told.get("projects", "1") or "1"
    if not number.isdecimal() or not 1 <= int(number) <= MOST_PROJECTS:
        told_so = f"projects: found {number!r}; expected a whole number from 1 to {MOST_PROJECTS}."
        raise Misfit("value", told_so, "projects", number)
    partners = split(told["partners"])
    if len(partners) != len(set(partners)):
        raise Misfit("value", "partners: an actor is named twice. Name each once.", "partners")
    known = set(tables.projects["project_id"])
    parts: list[Step] = []
    for one in range(1, int(number) + 1):
        project = _free(_project_id(told, one), known)
        known.add(project)
        parts.append(Step(Action.ADD, "projects", project, _project(told, one, int(number))))
        shares = {name: told[name] for name in ("year", "funding_eur") if told.get(name)}
        parts += [
            Step(Action.ADD, "participations", "", {"project_id": project, "actor_id": actor, **shares})
            for actor in partners
        ]
    return parts


def _project(told: Mapping[str, str], one: int, of: int) -> dict[str, str]:
    title = told["title"] if of == 1 else f"{told['title']} {one}"
    plain = {name: told[name] for name in ("fields", "call", "programme", "year") if told.get(name)}
    return {"title": title, **plain, "field_basis": "call" if told.get("call") else "title"}


def _project_id(told: Mapping[str, str], one: int) -> str:
    text = "|".join([told["title"], told["fields"], told["partners"], told.get("call", ""), str(one)])
    return "s-" + hashlib.sha256(text.encode()).hexdigest()[:10]


def _free(wanted: str, known: set[str]) -> str:
    found, number = wanted, 2
    while found in known:
        found, number = f"{wanted}-{number}", number + 1
    return found


COMPOSED: dict[Action, Callable[[Tables, Step], list[Step]]] = {
    Action.MERGE: merge,
    Action.MOVE: move,
    Action.FUND: fund,
}
