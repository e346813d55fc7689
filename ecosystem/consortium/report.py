"""Proposals as plain data and as rows, for programs and for a terminal."""

from __future__ import annotations

from dataclasses import asdict
from math import isnan
from typing import TYPE_CHECKING, Any

import pandas as pd

from ecosystem.errors import MeasureError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecosystem.consortium.record import Consortia, Member, Proposal

COLUMNS = (
    "proposal", "score", "actor_id", "name", "sector", "place", "strength", "basis", "through", "adds", "tied_to",
    "in_call", "pinned", "sources",
)  # fmt: skip
BASES = {
    "stated": "works on the field (stated)",
    "derived": "works on the field (derived from projects)",
    "related": "works on the related field {through}",
    "none": "no field known",
}
HEURISTIC = "A heuristic: good groups, not provably the best. A proposal to talk, not a ranking of organisations."
UNRECORDED = "A tie that is not recorded may exist all the same."


def record(found: Consortia) -> dict[str, Any]:
    """Everything as JSON knows it; an undefined part is ``None``."""
    told: dict[str, Any] = asdict(found)
    for one in told["proposals"]:
        one["parts"] = {name: None if isnan(value) else value for name, value in one["parts"].items()}
    return told | {"sources": list(found.sources), "notes": [HEURISTIC, UNRECORDED]}


def rows(found: Consortia) -> list[dict[str, Any]]:
    """A row per member of every proposal under :data:`COLUMNS`; lists are joined by ``|``."""
    return [
        {name: _cell(number, one, member, name) for name in COLUMNS}
        for number, one in enumerate(found.proposals, start=1)
        for member in one.members
    ]


def _cell(number: int, one: Proposal, member: Member, name: str) -> Any:
    value = number if name == "proposal" else one.score if name == "score" else getattr(member, name)
    return "|".join(value) if isinstance(value, tuple) else value


def why(member: Member, one: Proposal) -> str:
    """Why the actor is in it, in one line."""
    names = {other.actor_id: other.name for other in one.members}
    told = [f"covers {member.sector}", BASES[member.basis].format(through=member.through)]
    if member.tied_to:
        told.append("tied to " + ", ".join(names[other] for other in member.tied_to))
    if member.adds:
        told.append("adds " + ", ".join(member.adds))
    return "; ".join([*told, *(["pinned"] if member.pinned else [])])


def missing(found: Consortia) -> list[str]:
    """What the proposals cannot offer, as sentences."""
    ways = {
        "related": "taken from a related field",
        "any": "taken without a known field",
        "none": "none is known in the region",
    }
    told = [f"No {gap.sector} actor works on {found.field}: {ways[gap.reach]}." for gap in found.gaps]
    if found.cities_found < found.cities:
        told.append(f"Candidates come from {found.cities_found} cities, {found.cities} were asked for.")
    if not found.proposals:
        told.append("No actor qualifies.")
    return told


def csv_text(found: Consortia) -> str:
    """:func:`rows` as CSV, with a heading also where there is no proposal."""
    return pd.DataFrame(rows(found), columns=list(COLUMNS)).to_csv(index=False, lineterminator="\n")


def parsed_weights(assignments: Iterable[str]) -> dict[str, float]:
    """Weights from texts such as ``trust=2``.

    Raises:
        MeasureError: no equals sign, or a number that is none.

    >>> parsed_weights(["trust=2", "spread=0"])
    {'trust': 2.0, 'spread': 0.0}
    """
    weights = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        try:
            weights[name.strip()] = float(value)
        except ValueError:
            found = f"“{value}” is no number" if equals else "there is no equals sign"
            raise MeasureError(f"consortium: “{assignment}”: {found}. Write PART=NUMBER, such as trust=2.") from None
    return weights


def sentences(found: Consortia) -> list[str]:
    """What must be read with the proposals."""
    weights = ", ".join(f"{name} {value:g}" for name, value in found.weights.items() if name != "call" or found.call)
    told = f"{found.region} (data {found.version}) · {found.candidates} candidates · weights {weights}"
    return [*missing(found), HEURISTIC, UNRECORDED, f"{told} · {len(found.sources)} sources"]
