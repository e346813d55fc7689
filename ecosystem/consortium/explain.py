"""Why a group is proposed: its members one by one, the ties it rests on, and who bridges what is not tied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ecosystem import affiliations
from ecosystem.consortium.ground import SECTORS, Ground, tied
from ecosystem.consortium.record import Bridge, Member, Proposal
from ecosystem.tables import split
from ecosystem.tied import projects_between, ties_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scipy import sparse

    from ecosystem.consortium.record import Basis
    from ecosystem.consortium.score import Scorer
    from ecosystem.findings.material import Material
    from ecosystem.tied import RecordedTie, SharedProject

MOST_BRIDGES = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What is the same for every proposal."""

    field: str
    sectors: tuple[str, ...]
    pinned: tuple[str, ...]


def explained(at: Material, scorer: Scorer, group: Sequence[int], asked: Asked) -> Proposal:
    """The proposal that a group of candidates is, each member with why and every tie with its sources."""
    on = scorer.ground
    ids = [on.ids[one] for one in group]
    near = on.near[np.ix_(list(group), list(group))]
    pairs = [(i, j) for i in range(len(ids)) for j in range(i + 1, len(ids))]
    members = tuple(_member(at, on, group, place, near, asked) for place in range(len(ids)))
    ties, projects = ties_between(at.tables, ids, ids), projects_between(at.tables, ids, ids)
    links = affiliations.binary(tied(at))
    named = {source for sources in _sources(members, ties, projects) for source in sources}
    return Proposal(
        members=tuple(sorted(members, key=lambda one: (SECTORS.index(one.sector), one.actor_id))),
        parts=scorer.parts(group),
        score=scorer.score(group),
        cities=len({member.place_id for member in members}),
        lacking=tuple(one for one in asked.sectors if one not in {member.sector for member in members}),
        ties=ties,
        projects=projects,
        bridges=tuple(_bridge(at, links, ids[i], ids[j]) for i, j in pairs if 0 < near[i, j] < 1),
        tied_pairs=sum(int(near[i, j] == 1) for i, j in pairs),
        sources=tuple(sorted(named)),
    )


def _member(at: Material, on: Ground, group: Sequence[int], place: int, near: np.ndarray, asked: Asked) -> Member:
    row, ids = group[place], [on.ids[one] for one in group]
    actor, known = ids[place], at.actors.loc[ids[place]]
    others = on.own[[one for one in group if one != row]].sum(axis=0)
    adds = (on.own[row] > 0) & (others == 0) & (on.relatedness > 0)
    basis, through = _basis(at, on, row)
    return Member(
        actor_id=actor,
        name=str(known["name"]),
        sector=str(known["sector"]),
        place_id=str(known["place_id"]),
        place=at.municipalities.called[str(known["place_id"])],
        strength=float(on.strength[row]),
        basis=basis,
        through=through,
        adds=tuple(field for field, new in zip(on.fields, adds, strict=True) if new),
        tied_to=tuple(other for other, how in zip(ids, near[place], strict=True) if how == 1),
        in_call=bool(on.in_call[row]),
        pinned=actor in asked.pinned,
        sources=_field_sources(at, actor, through or asked.field),
    )


def _basis(at: Material, on: Ground, row: int) -> tuple[Basis, str]:
    """What the actor's strength rests on, and the related field where it is one."""
    if on.own[row, on.field] > 0:
        rows = at.tables.actor_fields
        here = (rows["actor_id"] == on.ids[row]) & (rows["field_id"] == on.fields[on.field])
        return ("stated" if here.any() else "derived"), ""
    if on.strength[row] > 0:
        return "related", on.fields[int((on.own[row] * on.nearness).argmax())]
    return "none", ""


def _field_sources(at: Material, actor: str, field: str) -> tuple[str, ...]:
    """Who says that the actor works on the field: statements, else its projects that have it."""
    stated = at.tables.actor_fields
    cells = stated.loc[(stated["actor_id"] == actor) & (stated["field_id"] == field), "source_id"]
    if cells.empty:
        projects = at.tables.projects
        has = projects.loc[[field in split(cell) for cell in projects["fields"]]]
        shares = at.tables.participations
        cells = shares.loc[
            (shares["actor_id"] == actor) & shares["project_id"].isin(set(has["project_id"])), "source_id"
        ]
    return tuple(sorted({source for cell in cells for source in split(cell)}))


def _bridge(at: Material, links: sparse.csr_array, one: str, other: str) -> Bridge:
    index = at.actors.index
    rows = index.get_indexer(pd.Index([one, other]))
    both = [set(links[[row]].indices.tolist()) for row in rows.tolist()]
    return Bridge(one, other, tuple(str(index[third]) for third in sorted(both[0] & both[1])[:MOST_BRIDGES]))


def _sources(
    members: tuple[Member, ...], ties: tuple[RecordedTie, ...], projects: tuple[SharedProject, ...]
) -> Iterator[tuple[str, ...]]:
    yield from (one.sources for one in members)
    yield from (one.sources for one in ties)
    yield from (one.sources for one in projects)
