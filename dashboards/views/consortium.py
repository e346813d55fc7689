"""Proposals for a consortium as a link asks for them, and what stands in the way of more.

The whole region is asked: filters of other pages do not count here. What a link names and the region has not is left
out and told, so that an old link never fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import numpy as np

from dashboards.views.coordination import calls
from dashboards.views.filters import positions
from dashboards.views.shelf import kept
from ecosystem.tied import projects_between, ties_between

if TYPE_CHECKING:
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas
    from ecosystem.consortium import Consortia, Proposal
    from ecosystem.tied import RecordedTie, SharedProject

ALTERNATIVES = 3
LARGEST = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the region.

    ``size`` is at least the number of pinned actors. Told, and left out: ``unknown`` ids, ``outside`` the region
    pinned actors without a place in it, ``lost_call`` a call the data do not name.
    """

    field: str
    call: str
    cities: int
    size: int
    pinned: tuple[str, ...]
    banned: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    lost_call: str = ""
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Lack:
    """A sector without a member, or cities short, and why.

    ``banned``: those of the sector that could stand in are left out; ``unknown``: the data have none; ``found``:
    candidates come from ``have`` cities only; ``size``: so many members cannot cover more.
    """

    what: Literal["sector", "cities"]
    cause: Literal["banned", "unknown", "found", "size"]
    sector: str = ""
    have: int = 0
    banned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A pair of members with what is recorded of them; ``through`` others tied to both where nothing is.

    ``sources`` are those of everything named.
    """

    one: str
    other: str
    ties: tuple[RecordedTie, ...]
    projects: tuple[SharedProject, ...]
    through: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ConsortiumView:
    """The proposals, and the one on show; without any proposal ``one`` is ``None``."""

    asked: Asked
    found: Consortia
    number: int
    one: Proposal | None
    lacks: tuple[Lack, ...]
    links: tuple[Link, ...]


def asked(atlas: Atlas, selection: Selection) -> Asked | None:
    """What a selection asks for; ``None`` as long as no field is chosen."""
    field = selection.field
    if field not in atlas.region.field_ids:
        return None
    inside = atlas.material.municipalities.inside
    banned, strange = _known(atlas, selection.banned)
    wanted, strange_too = _known(atlas, selection.pinned)
    # who is left out is not held as well
    wanted = tuple(one for one in wanted if one not in banned)
    pinned = tuple(one for one, at in zip(wanted, positions(atlas, wanted), strict=True) if inside[at])[:LARGEST]
    known = kept(atlas, "calls", "", lambda: {name for name, _ in calls(atlas.tables)})
    call = selection.call if selection.call in known else ""
    return Asked(
        field=field,
        call=call,
        cities=selection.cities,
        size=max(selection.members, len(pinned)),
        pinned=pinned,
        banned=banned,
        unknown=(*strange, *strange_too),
        outside=tuple(one for one in wanted if one not in pinned),
        lost_call=selection.call if not call else "",
        raised=len(pinned) > selection.members,
    )


def _known(atlas: Atlas, ids: tuple[str, ...] | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids the region has, and the others; each once."""
    every = tuple(dict.fromkeys(ids or ()))
    there = positions(atlas, every) >= 0
    return (
        tuple(one for one, known in zip(every, there, strict=True) if known),
        tuple(one for one, known in zip(every, there, strict=True) if not known),
    )


def consortium(atlas: Atlas, selection: Selection) -> ConsortiumView | None:
    """The proposals a selection asks for; ``None`` as long as no field is chosen."""
    wish = asked(atlas, selection)
    if wish is None:
        return None
    found = kept(atlas, "consortium", wish, lambda: _proposed(atlas, wish))
    number = min(selection.proposal, max(len(found.proposals), 1))
    if not found.proposals:
        return ConsortiumView(wish, found, 1, None, (), ())
    one = found.proposals[number - 1]
    links = kept(atlas, "consortium links", (wish, number), lambda: _links(atlas, one))
    return ConsortiumView(wish, found, number, one, _lacks(atlas, wish, found, one), links)


def _proposed(atlas: Atlas, wish: Asked) -> Consortia:
    from ecosystem.consortium import propose  # noqa: PLC0415 -- an app starts without the engine

    return propose(
        atlas,
        field=wish.field,
        call=wish.call,
        cities=wish.cities,
        size=wish.size,
        pinned=wish.pinned,
        banned=wish.banned,
        count=ALTERNATIVES,
    )


def _lacks(atlas: Atlas, wish: Asked, found: Consortia, one: Proposal) -> tuple[Lack, ...]:
    nobody = {gap.sector for gap in found.gaps if gap.reach == "none"}
    sectors = atlas.tables.actors["sector"].to_numpy()[positions(atlas, wish.banned)] if wish.banned else np.array([])
    lacks = []
    for sector in one.lacking:
        out = tuple(actor for actor, of in zip(wish.banned, sectors, strict=True) if of == sector)
        cause: Literal["banned", "unknown", "size"] = "size" if sector not in nobody else "banned" if out else "unknown"
        lacks.append(Lack("sector", cause, sector=sector, banned=out))
    if one.cities < wish.cities:
        short = found.cities_found < wish.cities
        lacks.append(Lack("cities", "found" if short else "size", have=found.cities_found if short else one.cities))
    return tuple(lacks)


def _links(atlas: Atlas, one: Proposal) -> tuple[Link, ...]:
    """Every pair of members of which something is known, in the members' order."""
    ids = [member.actor_id for member in one.members]
    through = {frozenset((bridge.one, bridge.other)): bridge.through for bridge in one.bridges}
    thirds = {third for bridge in one.bridges for third in bridge.through}
    ties, projects = ties_between(atlas.tables, ids, thirds), projects_between(atlas.tables, ids, thirds)
    found = []
    for a, b in combinations(ids, 2):
        pair, others = {a, b}, set(through.get(frozenset((a, b)), ()))
        own = tuple(tie for tie in one.ties if {tie.source, tie.target} == pair)
        joint = tuple(project for project in one.projects if pair <= {*project.left, *project.right})
        if not (own or joint or others):
            continue
        named = [tie.sources for tie in own] + [project.sources for project in joint]
        named += [tie.sources for tie in ties if {tie.source, tie.target} & pair and {tie.source, tie.target} & others]
        named += [project.sources for project in projects if {*project.left} & pair and {*project.right} & others]
        sources = tuple(sorted({source for sources in named for source in sources}))
        found.append(Link(a, b, own, joint, through.get(frozenset((a, b)), ()), sources))
    return tuple(found)


def workers(atlas: Atlas) -> dict[str, int]:
    """Field id → number of actors known to work on it, in the region's order."""
    matrix = atlas.fields_of_actors
    counts = np.asarray((matrix.csr > 0).sum(axis=0)).ravel()
    return {str(field): int(n) for field, n in zip(matrix.columns, counts, strict=True)}
