"""What somebody typed becomes a checked draft, and a draft the steps of a scenario.

A draft names actors by id: what people type is looked up among names, short names and further spellings. Texts are
one line of plain signs; nothing of a person is asked for.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

from ecosystem.cells import split
from ecosystem.model import Relation, Sector
from ecosystem.scenario import Action, Step
from ecosystem.scenario.ties import repeated
from ecosystem.workshop.record import Kind
from ecosystem.workshop.why import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ecosystem.tables import Tables

MOST_NAME, MOST_REASON, MOST_NOTE, MOST_THEME = 120, 400, 400, 60
MOST_PARTNERS, MOST_FIELDS = 8, 3


def line(value: str, field: str, most: int, *, needed: bool = True) -> str:
    """A text on one line; whitespace is one blank.

    Raises:
        Refused: it is missing, too long, or has signs that are no text.

    >>> line("  two   words ", "reason", 20)
    'two words'
    """
    found = unicodedata.normalize("NFC", " ".join(value.split()))
    if any(unicodedata.category(sign) in {"Cc", "Cs", "Co", "Cn"} for sign in found):
        raise Refused(Why.SIGNS, field=field)
    if needed and not found:
        raise Refused(Why.MISSING, field=field)
    if len(found) > most:
        raise Refused(Why.TOO_LONG, field=field, most=most)
    return found


def folded(name: str) -> str:
    """A name as it is looked up: case and blanks do not count."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class Names:
    """The actors of tables by everything they are called; a name of several leads to the first.

    ``called`` is what an actor is called, by its id.
    """

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._ids = set(tables.actors["actor_id"])
        self._found: dict[str, str] = {}
        columns = (tables.actors[name] for name in ("actor_id", "name", "short_name", "aliases"))
        rows = list(zip(*columns, strict=True))
        self.called = {str(key): str(name) for key, name, _, _ in rows}
        for key, name, _, _ in rows:
            self._found.setdefault(folded(name), key)
        for key, _, short, aliases in rows:
            for other in (short, *split(aliases)):
                if other:
                    self._found.setdefault(folded(other), key)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and folded(name) in self._found

    def actor(self, told: str, field: str) -> str:
        """The id of the actor that is called so (or has this id).

        Raises:
            Refused: nobody is called so.
        """
        name = line(told, field, 2 * MOST_NAME)
        found = name if name in self._ids else self._found.get(folded(name))
        if found is None:
            raise Refused(Why.UNKNOWN, value=name, field=field)
        return found


def draft(names: Names, kind: Kind, told: Mapping[str, list[str]]) -> dict[str, str]:
    """The cells of a proposal: ids and texts, checked as far as one proposal can be checked alone.

    ``told`` holds what was sent by field: ``name``, ``sector``, ``place``, ``field`` (several) of a missing actor;
    ``source``, ``relation``, ``target`` of a tie; ``title``, ``field`` (several), ``partner`` (several) of a project.

    Raises:
        Refused: something is missing, unknown or there already; says what.
    """
    return {Kind.ACTOR: _actor, Kind.TIE: _tie, Kind.PROJECT: _project}[kind](names, told)


def _one(told: Mapping[str, list[str]], name: str) -> str:
    return (told.get(name) or [""])[0]


def _actor(names: Names, told: Mapping[str, list[str]]) -> dict[str, str]:
    name = line(_one(told, "name"), "name", MOST_NAME)
    if name in names:
        raise Refused(Why.KNOWN_ACTOR, name=name)
    places = names.tables.places
    return {
        "name": name,
        "sector": _among(_one(told, "sector"), set(Sector), "sector"),
        "place_id": _among(_one(told, "place"), set(places.loc[places["in_region"].astype(bool), "place_id"]), "place"),
        "fields": _fields(names, told, needed=False),
    }


def _tie(names: Names, told: Mapping[str, list[str]]) -> dict[str, str]:
    source, target = (names.actor(_one(told, end), end) for end in ("source", "target"))
    if source == target:
        raise Refused(Why.SAME)
    relation = _among(_one(told, "relation"), set(Relation), "relation")
    cells = {"source_actor_id": source, "relation": relation, "target_actor_id": target}
    if repeated(names.tables.ties, cells):
        raise Refused(Why.KNOWN_TIE)
    return cells


def _project(names: Names, told: Mapping[str, list[str]]) -> dict[str, str]:
    given = [one for one in told.get("partner", []) if one.strip()]
    if not 2 <= len(given) <= MOST_PARTNERS:
        raise Refused(Why.PARTNERS, most=MOST_PARTNERS)
    partners = [names.actor(one, "partner") for one in given]
    if len(set(partners)) != len(partners):
        raise Refused(Why.PARTNERS, most=MOST_PARTNERS)
    return {
        "title": line(_one(told, "title"), "title", MOST_NAME),
        "fields": _fields(names, told, needed=True),
        "partners": "|".join(partners),
    }


def _fields(names: Names, told: Mapping[str, list[str]], *, needed: bool) -> str:
    given = list(dict.fromkeys(one for one in told.get("field", []) if one))
    if needed and not given:
        raise Refused(Why.MISSING, field="field")
    if len(given) > MOST_FIELDS:
        raise Refused(Why.TOO_MANY, field="field", most=MOST_FIELDS)
    return "|".join(_among(one, set(names.tables.region.field_ids), "field") for one in given)


def _among(value: str, known: set[str], field: str) -> str:
    if not value:
        raise Refused(Why.MISSING, field=field)
    if value not in known:
        raise Refused(Why.UNKNOWN, value=value[:MOST_NAME], field=field)
    return str(value)


def label(table: int, role: str) -> str:
    """Who proposed, as the author of a step: a table and a role, nobody by name.

    >>> label(3, "science")
    'table 3, science'
    """
    return f"table {table}, {role}"


def actor_id(name: str, place: str) -> str:
    """The id of a proposed actor: the same actor proposed twice is the same."""
    return "s-" + hashlib.sha256(f"{folded(name)}|{place}".encode()).hexdigest()[:10]


def steps(kind: Kind, cells: Mapping[str, str], *, author: str, time: str, reason: str) -> tuple[Step, ...]:
    """What a draft does to the tables."""
    about = {"author": author, "time": time, "reason": reason}
    if kind is Kind.TIE:
        return (Step(Action.ADD, "ties", "", dict(cells), **about),)
    if kind is Kind.PROJECT:
        return (Step(Action.FUND, "", "", dict(cells), **about),)
    key = actor_id(cells["name"], cells["place_id"])
    row = {name: cells[name] for name in ("name", "sector", "place_id")}
    works = [
        Step(Action.ADD, "actor_fields", "", {"actor_id": key, "field_id": one}, **about)
        for one in split(cells["fields"])
    ]
    return (Step(Action.ADD, "actors", key, row, **about), *works)
