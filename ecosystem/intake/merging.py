"""Two actors become one: names, sources, fields, ties and funding go to the one that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from ecosystem.cells import split
from ecosystem.errors import IntakeError
from ecosystem.intake.tying import tie_key

if TYPE_CHECKING:
    from ecosystem.intake.draft import Draft

ENDS = ("source_actor_id", "target_actor_id")
_BLANK_FILLED = ("short_name", "kind", "website", "ror_id", "sector_evidence")


def merge(draft: Draft, goes: str, stays: str) -> None:
    """Draft that the actor ``goes`` is the actor ``stays``.

    Raises:
        IntakeError: one of them is not there, or both are the same.
    """
    for actor in (goes, stays):
        if not draft.has("actors", actor):
            raise IntakeError(f"actors.csv has no {actor}. It was merged, renamed or removed since; decide “apart”.")
    if goes == stays:
        raise IntakeError(f"{goes} cannot be merged into itself.")
    _own_cells(draft, (goes,), (stays,))
    _fields(draft, goes, stays)
    _participations(draft, goes, stays)
    _ties(draft, goes, stays)
    draft.remove("actors", (goes,))


def _own_cells(draft: Draft, goes: tuple[str], stays: tuple[str]) -> None:
    names = [str(draft.cell("actors", goes, "name")), *split(str(draft.cell("actors", goes, "aliases")))]
    own = str(draft.cell("actors", stays, "name"))
    draft.extend("actors", stays, "aliases", [name for name in names if name != own])
    draft.extend("actors", stays, "source_ids", split(str(draft.cell("actors", goes, "source_ids"))))
    for column in _BLANK_FILLED:
        if not draft.cell("actors", stays, column) and (value := draft.cell("actors", goes, column)):
            draft.change("actors", stays, {column: value})


def _fields(draft: Draft, goes: str, stays: str) -> None:
    for key in [key for key in draft.keys("actor_fields") if key[0] == goes]:
        cells = _cells(draft, "actor_fields", key)
        draft.remove("actor_fields", key)
        if draft.has("actor_fields", stays, key[1]):
            draft.extend("actor_fields", (stays, key[1]), "source_id", split(cells["source_id"]))
        else:
            draft.add("actor_fields", cells | {"actor_id": stays})


def _participations(draft: Draft, goes: str, stays: str) -> None:
    """Funding of both in the same project, unit and year is added up."""
    for key in [key for key in draft.keys("participations") if key[1] == goes]:
        cells = _cells(draft, "participations", key)
        draft.remove("participations", key)
        same = (key[0], stays, *key[2:])
        if draft.has("participations", *same):
            draft.extend("participations", same, "source_id", split(cells["source_id"]))
            told = [
                one for one in (draft.cell("participations", same, "funding_eur"), cells["funding_eur"]) if _is(one)
            ]
            if told:
                draft.change("participations", same, {"funding_eur": float(sum(told))})
        else:
            draft.add("participations", cells | {"actor_id": stays})


def _ties(draft: Draft, goes: str, stays: str) -> None:
    """Ties between the two vanish, those the other has already are one with them."""
    there = {
        tie_key(*(str(draft.cell("ties", key, name)) for name in (ENDS[0], "relation", ENDS[1]))): key
        for key in draft.keys("ties")
    }
    for tie, key in list(there.items()):
        if goes not in (tie[0], tie[2]):
            continue
        source, relation, target = (stays if end == goes else end for end in tie)
        now = tie_key(source, relation, target)
        if source == target:
            draft.remove("ties", key)
        elif now in there:
            draft.extend("ties", there[now], "source_id", split(str(draft.cell("ties", key, "source_id"))))
            draft.remove("ties", key)
        else:
            draft.change("ties", key, {ENDS[0]: now[0], ENDS[1]: now[2]})
            there[now] = key


def _cells(draft: Draft, table: str, key: tuple[str, ...]) -> dict[str, Any]:
    return {str(name): draft.cell(table, key, str(name)) for name in draft.known.frame(table).columns}


def _is(value: Any) -> bool:
    return value not in {None, ""} and not pd.isna(value)
