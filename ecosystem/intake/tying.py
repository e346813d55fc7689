"""Raw ties become rows: the source's word for a relation is looked up, ends that were not taken take the tie along.

``data/rules/relations.csv`` has the words of sources; where a word reads from the target's side the ends are swapped.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

from ecosystem.intake.draft import clean
from ecosystem.intake.record import Fate, Left
from ecosystem.intake.slugs import digest
from ecosystem.matching.text import fold
from ecosystem.model import Relation
from ecosystem.regions import shipped_data
from ecosystem.sources.record import RawTie

if TYPE_CHECKING:
    from ecosystem.intake.draft import Draft
    from ecosystem.intake.organisations import Rules, Taken
    from ecosystem.sources.record import Reading

RELATIONS_FILE = "rules/relations.csv"
NO_TIE = "none"


def tie(draft: Draft, reading: Reading, taken: Taken, rules: Rules) -> tuple[list[Fate], list[Left]]:
    """Draft the ties of a reading; the fate of each in order, and what was left out."""
    left: list[Left] = []
    title = reading.provenance.title
    return [_tie(draft, one, taken, rules, title, left) for one in reading.ties], left


def tie_key(source: str, relation: str, target: str) -> tuple[str, str, str]:
    """A tie by its ends and relation; without direction the ends are in order.

    >>> tie_key("b", "cooperates_with", "a")
    ('a', 'cooperates_with', 'b')
    """
    if not Relation(relation).directed and source > target:
        source, target = target, source
    return source, relation, target


@cache
def relations() -> dict[str, tuple[str, bool]]:
    """The words of sources for relations: folded word → relation (or ``none``), and whether the ends are swapped."""
    with (shipped_data() / RELATIONS_FILE).open(encoding="utf-8", newline="") as file:
        return {fold(row["word"]): (row["relation"], row["swapped"] == "yes") for row in csv.DictReader(file)}


def _tie(draft: Draft, raw: RawTie, taken: Taken, rules: Rules, title: str, left: list[Left]) -> Fate:
    def leave(fate: Fate, reason: str, cure: str) -> Fate:
        left.append(Left(raw.origin, "ties", fate, "", raw.relation, reason, cure))
        return fate

    for end in (raw.a, raw.b):
        if end not in taken.fates:
            return leave(Fate.REJECTED, f"one end, {end}, is not in the file", "Add it, or leave the tie out.")
        if end not in taken.ids:
            return leave(taken.fates[end], "one end was not taken", "See its own reason.")
    relation, swapped = relations().get(fold(raw.relation), ("", False))
    if not relation:
        cure = f"Use one of {', '.join(Relation)}, or a word of data/{RELATIONS_FILE}."
        return leave(Fate.REJECTED, f"no relation is called “{raw.relation}”", cure)
    if relation == NO_TIE:
        return leave(Fate.REJECTED, f"“{raw.relation}” is no tie between two that exist", "Nothing is to be done.")
    a, b = (raw.b, raw.a) if swapped else (raw.a, raw.b)
    key = tie_key(taken.ids[a], relation, taken.ids[b])
    if key[0] == key[2]:
        return leave(Fate.JOINED, "both ends are the same actor", "Nothing is to be done.")
    return _told(draft, key, raw, rules, title)


def _told(draft: Draft, key: tuple[str, str, str], raw: RawTie, rules: Rules, title: str) -> Fate:
    there = _there(draft).get(key)
    if there is not None:
        draft.extend("ties", there, "source_id", [rules.source_id])
        return Fate.JOINED if draft.is_new("ties", *there) else Fate.KNOWN
    year = raw.year if raw.year is not None and 1800 <= raw.year <= 2100 else None
    cells = {
        "tie_id": "t-" + digest(*key, digits=10),
        "source_actor_id": key[0],
        "relation": key[1],
        "target_actor_id": key[2],
        "since_year": year,
        "evidence": clean(f"listed as “{raw.relation}” in {title}"),
        "source_id": rules.source_id,
    }
    _there(draft)[key] = draft.add("ties", cells)
    return Fate.NEW


def _there(draft: Draft) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """The ties of a draft by ends and relation; kept with the draft, for there may be a hundred thousand."""
    if draft.ties is None:
        names = ("source_actor_id", "relation", "target_actor_id")
        draft.ties = {
            tie_key(*(str(draft.cell("ties", key, name)) for name in names)): key for key in draft.keys("ties")
        }
    return draft.ties


def hosted(draft: Draft, reading: Reading, taken: Taken, rules: Rules) -> int:
    """Ties from parents to their units, where both were taken; how many are new."""
    count = 0
    for raw in reading.actors:
        if raw.parent in taken.ids and raw.raw_id in taken.ids:
            key = tie_key(taken.ids[raw.parent], Relation.HOSTS.value, taken.ids[raw.raw_id])
            if key[0] != key[2]:
                tie = RawTie(raw.parent, raw.raw_id, "parent of", raw.origin)
                count += _told(draft, key, tie, rules, reading.provenance.title) is Fate.NEW
    return count
