"""All that is known about one actor, each statement with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem.model import Basis, Link, NodeKind

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from."""

    source_id: str
    title: str
    publisher: str
    url: str
    kind: str
    accessed: str


@dataclass(frozen=True, slots=True)
class Tie:
    """One recorded tie seen from the actor: ``outgoing`` is ``None`` for a relation without direction."""

    relation: str
    outgoing: bool | None
    other_id: str
    other_name: str
    since: int | None
    evidence: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Participation:
    """One project of the actor and its partners in the tables."""

    title: str
    programme: str
    call: str
    year: int | None
    funding_eur: float
    partners: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Works:
    """A field the actor works on: stated, or derived from projects (``weight`` projects)."""

    field_id: str
    basis: str
    weight: float
    evidence: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor with its ties, projects and fields."""

    actor_id: str
    name: str
    aliases: str
    sector: str
    kind: str
    place_id: str
    place: str
    place_evidence: str
    cluster_id: str
    website: str
    note: str
    fields: tuple[Works, ...]
    ties: tuple[Tie, ...]
    projects: tuple[Participation, ...]
    sources: tuple[Source, ...]


def profile(atlas: Atlas, actor_id: str) -> Profile | None:
    """The profile of an actor; ``None`` where there is no such actor."""
    node = NodeKind.ACTOR.node(actor_id)
    if node not in atlas.graph:
        return None
    data = atlas.graph.nodes[node]
    place = data.get("place_id", "")
    at = NodeKind.PLACE.node(place)
    return Profile(
        actor_id=actor_id,
        name=data["name"],
        aliases=data.get("aliases", ""),
        sector=data["sector"],
        kind=data.get("actor_kind", ""),
        place_id=place,
        place=atlas.graph.nodes[at]["name"] if place else "",
        place_evidence=data.get("place_evidence", ""),
        cluster_id=data.get("cluster", ""),
        website=data.get("website", ""),
        note=data.get("note", ""),
        fields=_fields(atlas, node),
        ties=_ties(atlas, node),
        projects=_projects(atlas, node),
        sources=sources(atlas, tuple(data.get("source_ids", "").split("|"))),
    )


def sources(atlas: Atlas, ids: tuple[str, ...]) -> tuple[Source, ...]:
    """The records of these sources, in the order given."""
    known = atlas.source_records
    return tuple(
        Source(name, *(str(known[name][key]) for key in ("title", "publisher", "url", "kind", "accessed")))
        for name in ids
        if name in known
    )


def _fields(atlas: Atlas, node: str) -> tuple[Works, ...]:
    found = [
        Works(
            target.partition(":")[2],
            data["basis"],
            data["weight"],
            data.get("evidence", ""),
            sources(atlas, data["source_ids"]),
        )
        for _, target, data in atlas.graph.out_edges(node, data=True)
        if data["relation"] == Link.WORKS_ON
    ]
    return tuple(sorted(found, key=lambda work: (work.basis != Basis.STATED, -work.weight, work.field_id)))


def _ties(atlas: Atlas, node: str) -> tuple[Tie, ...]:
    graph = atlas.graph
    outgoing = [(target, data, True) for _, target, data in graph.out_edges(node, data=True)]
    incoming = [(source, data, False) for source, _, data in graph.in_edges(node, data=True)]
    ties = [
        Tie(
            relation=str(data["relation"]),
            outgoing=out if data["directed"] else None,
            other_id=other.partition(":")[2],
            other_name=graph.nodes[other]["name"],
            since=_year(data.get("since_year")),
            evidence=data.get("evidence", ""),
            sources=sources(atlas, data["source_ids"]),
        )
        for other, data, out in outgoing + incoming
        if graph.nodes[other]["kind"] == NodeKind.ACTOR
    ]
    return tuple(sorted(ties, key=lambda tie: (tie.relation, tie.other_name)))


def _projects(atlas: Atlas, node: str) -> tuple[Participation, ...]:
    graph = atlas.graph
    found: dict[str, Participation] = {}
    for _, target, data in graph.out_edges(node, data=True):
        if data["relation"] != Link.PARTICIPATES_IN:
            continue
        project = graph.nodes[target]
        funding = data.get("funding_eur", float("nan"))
        before = found.get(target)
        found[target] = Participation(
            title=project["title"],
            programme=project.get("programme", ""),
            call=project.get("call", ""),
            year=_year(data.get("year")),
            funding_eur=funding if before is None else before.funding_eur + funding,
            partners=_partners(atlas, target, node),
            sources=sources(atlas, data["source_ids"]),
        )
    return tuple(sorted(found.values(), key=lambda one: (-(one.year or 0), one.title)))


def _partners(atlas: Atlas, project: str, node: str) -> tuple[tuple[str, str], ...]:
    others = {
        source
        for source, _, data in atlas.graph.in_edges(project, data=True)
        if data["relation"] == Link.PARTICIPATES_IN and source != node
    }
    return tuple(sorted((other.partition(":")[2], atlas.graph.nodes[other]["name"]) for other in others))


def _year(value: object) -> int | None:
    return None if value is None else int(str(value))
