"""From a field, what is required and who is pinned or banned, to proposals that explain themselves."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

from ecosystem.consortium.explain import Asked, explained
from ecosystem.consortium.ground import SECTORS, Ground, ground
from ecosystem.consortium.record import WEIGHTS, Consortia, Proposal
from ecosystem.consortium.score import Scorer
from ecosystem.consortium.search import search
from ecosystem.errors import MeasureError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ecosystem.findings.material import Material
    from ecosystem.findings.methods import Findings


def propose(
    at: Findings,
    *,
    field: str,
    call: str = "",
    sectors: Sequence[str] = SECTORS,
    cities: int = 3,
    size: int = 7,
    pinned: Collection[str] = (),
    banned: Collection[str] = (),
    weights: Mapping[str, float] | None = None,
    count: int = 3,
) -> Consortia:
    """Groups of actors for a field that have a member of every sector and of at least so many cities.

    The second and further proposals are made of other actors; only a sector that has nobody else, and who is pinned,
    may stand in several. Scores are in 0 … 1; formulas in :mod:`ecosystem.consortium`.

    Args:
        at: an atlas, or a part of one with the same measures.
        field: id of the field.
        call: a call for projects as its table names it: members with a project in it are preferred.
        sectors: those that must have a member, all five by default.
        cities: how many municipalities the members must come from at least.
        size: members at most.
        pinned: ids of actors that must be in every proposal.
        banned: ids of actors that may not be in any.
        weights: of the parts of the score by name, 1 each by default; 0 leaves a part out.
        count: how many proposals.

    Undefined: no proposal where no actor qualifies; what is missing stands in ``gaps`` and ``cities_found``.

    Raises:
        MeasureError: an unknown field, call, sector, actor or part, an actor outside the region, one both pinned and
            banned, numbers below 1, more pinned actors than members.

    >>> from ecosystem.atlas import load
    >>> found = propose(load("toy", cache=False), field="energy", sectors=["industry", "science"], cities=2, size=3)
    >>> [member.actor_id for member in found.proposals[0].members]
    ['a-grid', 'c-motors', 'a-college']
    """
    material, chosen = at.material, _weights(weights)
    _check(material, field, call, sectors, pinned, banned)
    _check_numbers(cities, size, count, len(set(pinned)))
    on = ground(material, field, call=call, sectors=sectors, pinned=pinned, banned=banned)
    required = _coverable(on, sectors)
    found = len({int(city) for city in on.city})
    wanted = min(cities, found)
    asked = Asked(field, tuple(sectors), tuple(sorted(set(pinned))))
    proposals: list[Proposal] = []
    left = on
    seen: set[frozenset[str]] = set()
    for _ in range(count):
        scorer = Scorer(left, required, wanted, chosen, with_call=bool(call))
        fixed = [left.ids.index(one) for one in asked.pinned]
        group = search(scorer, fixed, size)
        who = frozenset(left.ids[one] for one in group)
        # what falls short of the wish stands only where nothing else does
        if not group or who in seen or (proposals and scorer.value(group) < 0):
            break
        seen.add(who)
        proposals.append(explained(material, scorer, group, asked))
        if set(group) <= set(fixed):
            break
        left = _without(left, group, fixed, required)
    proposals.sort(key=lambda one: (len(one.lacking), -round(one.score, 9)))
    return Consortia(
        region=material.tables.region.region_id,
        version=material.tables.digest[:10],
        field=field,
        call=call,
        sectors=tuple(sectors),
        cities=cities,
        size=size,
        pinned=asked.pinned,
        banned=tuple(sorted(set(banned))),
        weights=chosen,
        candidates=len(on.ids),
        cities_found=found,
        gaps=on.gaps,
        proposals=tuple(proposals),
    )


def _weights(given: Mapping[str, float] | None) -> dict[str, float]:
    for name, value in (given or {}).items():
        if name not in WEIGHTS:
            raise MeasureError(f"consortium: there is no part “{name}”. The parts are {', '.join(WEIGHTS)}.")
        if not 0 <= value < float("inf"):
            raise MeasureError(f"consortium: the weight of {name} has to be a number from 0, not {value!r}.")
    chosen = WEIGHTS | dict(given or {})
    if not any(chosen.values()):
        raise MeasureError("consortium: all weights are 0, so nothing could be preferred. Give one part a weight.")
    return chosen


def _check(
    at: Material,
    field: str,
    call: str,
    sectors: Sequence[str],
    pinned: Collection[str],
    banned: Collection[str],
) -> None:
    region = at.tables.region.region_id
    _known("field", field, list(at.fields), region)
    for sector in sectors:
        _known("sector", sector, SECTORS, region)
    if call:
        _known("call", call, sorted(set(at.tables.projects["call"]) - {""}), region)
    inside = dict(zip(at.actors.index, at.municipalities.inside, strict=True))
    for actor in (*pinned, *banned):
        _known("actor", actor, list(inside), region)
    for actor in pinned:
        if not inside[actor]:
            raise MeasureError(f"consortium: “{actor}” has no place in {region}, so it cannot be pinned.")
        if actor in banned:
            raise MeasureError(f"consortium: “{actor}” is both pinned and banned. Decide for one.")


def _known(kind: str, value: str, known: Sequence[str], region: str) -> None:
    if value in known:
        return
    near = get_close_matches(str(value), known, 3)
    few = f"There are {', '.join(known)}." if 0 < len(known) <= 12 else f"{region} has {len(known)}."
    hint = f"Did you mean {' or '.join(near)}?" if near else few
    raise MeasureError(f"consortium: {region} has no {kind} “{value}”. {hint}")


def _check_numbers(cities: int, size: int, count: int, pinned: int) -> None:
    for name, value in (("cities", cities), ("size", size), ("count", count)):
        if value < 1:
            raise MeasureError(f"consortium: {name} has to be at least 1, not {value}.")
    if pinned > size:
        raise MeasureError(f"consortium: {pinned} actors are pinned, but a proposal has at most {size}. Raise size.")


def _coverable(on: Ground, sectors: Sequence[str]) -> tuple[int, ...]:
    there = set(on.sector.tolist())
    return tuple(number for number in (SECTORS.index(one) for one in dict.fromkeys(sectors)) if number in there)


def _without(on: Ground, group: Sequence[int], fixed: Sequence[int], required: tuple[int, ...]) -> Ground:
    """The candidates for the next proposal: those used go, unless pinned or the last of a required sector."""
    stays = np.ones(len(on.ids), dtype=bool)
    stays[[one for one in group if one not in fixed]] = False
    for sector in required:
        here = on.sector == sector
        if not (stays & here).any():
            stays |= here
    return on.keeping(stays)
