"""The heterogeneous graph: actors, places, fields and projects as one networkx multigraph.

Every edge points the way its table says and carries ``relation``, ``directed`` (false only for relations
without a direction), ``weight`` and ``source_ids``. The graph is for people: notebooks, export, a selection on
screen. Heavy work runs on the sparse matrices of ``affiliations`` and ``projections``, built from the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lazy_loader
import pandas as pd

from ecosystem.affiliations import derived_fields, project_fields
from ecosystem.dictionary import dictionary
from ecosystem.model import Basis, Link, NodeKind, Relation
from ecosystem.tables import split

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from ecosystem.tables import Tables
else:
    # a tenth of a cold start; the dashboard needs no graph for its first page
    nx = lazy_loader.load("networkx")

Record = dict[str, Any]


def build(tables: Tables) -> nx.MultiDiGraph:
    """The whole region as one ``MultiDiGraph``.

    Nodes are ``kind:id`` (see :meth:`NodeKind.node`) with ``kind``, ``label`` and the columns of their table;
    a cell that says nothing gives no attribute. A table's own ``kind`` becomes ``actor_kind`` or ``place_kind``, and
    ``extra_`` stands before a column that the data dictionary does not know.

    Edges: ``located_in`` actor → place; ``works_on`` actor → field (``basis`` ``stated``, or ``derived`` with the
    number of projects as weight) and project → field; ``participates_in`` actor → project (``funding_eur``,
    ``year``); ``profiled_on`` place → field; and the ties between actors by relation. Edge keys are stable: the
    tie's id, or the relation with what tells rows apart.
    """
    graph = nx.MultiDiGraph(name=tables.region.name.en, region=tables.region.region_id, digest=tables.digest)
    graph.add_nodes_from(_field_nodes(tables))
    graph.add_nodes_from(_table_nodes(tables, NodeKind.PLACE, "name"))
    graph.add_nodes_from(_table_nodes(tables, NodeKind.ACTOR, "name"))
    graph.add_nodes_from(_table_nodes(tables, NodeKind.PROJECT, "title"))
    for edges in (_located_in, _stated, _derived, _project_fields, _participations, _profiled_on, _ties):
        graph.add_edges_from(edges(tables))
    return graph


def _present(record: Record) -> Record:
    return {str(key): value for key, value in record.items() if not _missing(value)}


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or value == "" or value != value  # noqa: PLR0124 -- NaN differs from itself


def _records(frame: pd.DataFrame) -> list[Record]:
    columns = {str(name): frame[name].tolist() for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _table_nodes(tables: Tables, kind: NodeKind, label: str) -> Iterator[tuple[str, Record]]:
    # a table's own "kind" (firm, town) stands beside the node's; a column nobody foresaw ("id", "start", "label")
    # must not be taken for the graph's or a file format's own
    names = {name: name for name in dictionary()[f"{kind}s"].header} | {"kind": f"{kind}_kind"}
    for record in _records(tables.frame(f"{kind}s")):
        attributes = {names.get(name, f"extra_{name}"): value for name, value in _present(record).items()}
        yield kind.node(record[f"{kind}_id"]), {"kind": kind.value, "label": record[label], **attributes}


def _field_nodes(tables: Tables) -> Iterator[tuple[str, Record]]:
    for field in tables.region.fields:
        names = {"name_de": field.name.de, "name_en": field.name.en}
        yield NodeKind.FIELD.node(field.field_id), {"kind": "field", "label": field.name.en, **names}


Edge = tuple[str, str, str, Record]


def _edge(ends: tuple[str, str], key: str, relation: str, sources: str | tuple[str, ...], **more: Any) -> Edge:
    listed = split(sources) if isinstance(sources, str) else sources
    base = {"relation": str(relation), "directed": True, "weight": 1.0, "source_ids": listed}
    return *ends, str(key), base | _present(more)


def _located_in(tables: Tables) -> Iterator[Edge]:
    for row in _records(tables.actors):
        if row["place_id"]:
            ends = NodeKind.ACTOR.node(row["actor_id"]), NodeKind.PLACE.node(row["place_id"])
            evidence = row["place_evidence"]
            yield _edge(ends, Link.LOCATED_IN, Link.LOCATED_IN, row["source_ids"], place_evidence=evidence)


def _stated(tables: Tables) -> Iterator[Edge]:
    for row in _records(tables.actor_fields):
        ends = NodeKind.ACTOR.node(row["actor_id"]), NodeKind.FIELD.node(row["field_id"])
        key = f"{Link.WORKS_ON}:{Basis.STATED}"
        evidence = row["evidence"]
        yield _edge(ends, key, Link.WORKS_ON, row["source_id"], basis=Basis.STATED.value, evidence=evidence)


def _derived(tables: Tables) -> Iterator[Edge]:
    derived = derived_fields(tables)
    reached = derived.csr.tocoo()
    sources = _project_sources(tables)
    key = f"{Link.WORKS_ON}:{Basis.DERIVED}"
    for i, j, weight in zip(*reached.coords, reached.data, strict=True):
        actor, field = str(derived.rows[i]), str(derived.columns[j])
        ends = NodeKind.ACTOR.node(actor), NodeKind.FIELD.node(field)
        named = sources[actor, field]
        yield _edge(ends, key, Link.WORKS_ON, named, basis=Basis.DERIVED.value, weight=float(weight))


def _project_sources(tables: Tables) -> dict[tuple[str, str], tuple[str, ...]]:
    """Sources behind each derived field: those of the projects and participations it came through."""
    fields = dict(zip(tables.projects["project_id"], tables.projects["fields"], strict=True))
    origin = dict(zip(tables.projects["project_id"], tables.projects["source_id"], strict=True))
    found: dict[tuple[str, str], set[str]] = {}
    for row in _records(tables.participations):
        named = {*split(row["source_id"]), *split(origin[row["project_id"]])}
        for field in split(fields[row["project_id"]]):
            found.setdefault((row["actor_id"], field), set()).update(named)
    return {pair: tuple(sorted(names)) for pair, names in found.items()}


def _project_fields(tables: Tables) -> Iterator[Edge]:
    matrix = project_fields(tables)
    reached = matrix.csr.tocoo()
    origin = tables.projects.set_index("project_id")
    for i, j, weight in zip(*reached.coords, reached.data, strict=True):
        project, field = str(matrix.rows[i]), str(matrix.columns[j])
        ends = NodeKind.PROJECT.node(project), NodeKind.FIELD.node(field)
        named, basis = str(origin.at[project, "source_id"]), origin.at[project, "field_basis"]
        yield _edge(ends, Link.WORKS_ON, Link.WORKS_ON, named, basis=basis, weight=float(weight))


def _participations(tables: Tables) -> Iterator[Edge]:
    seen: dict[tuple[str, str], int] = {}
    for row in _records(tables.participations):
        pair = row["actor_id"], row["project_id"]
        seen[pair] = seen.get(pair, 0) + 1
        ends = NodeKind.ACTOR.node(pair[0]), NodeKind.PROJECT.node(pair[1])
        key = f"{Link.PARTICIPATES_IN}:{seen[pair]}"
        extra = {name: row[name] for name in ("unit", "funding_eur", "year")}
        yield _edge(ends, key, Link.PARTICIPATES_IN, row["source_id"], **extra)


def _profiled_on(tables: Tables) -> Iterator[Edge]:
    for row in _records(tables.city_fields):
        ends = NodeKind.PLACE.node(row["place_id"]), NodeKind.FIELD.node(row["field_id"])
        yield _edge(ends, Link.PROFILED_ON, Link.PROFILED_ON, row["source_id"], evidence=row["evidence"])


def _ties(tables: Tables) -> Iterator[Edge]:
    for row in _records(tables.ties):
        ends = NodeKind.ACTOR.node(row["source_actor_id"]), NodeKind.ACTOR.node(row["target_actor_id"])
        relation = Relation(row["relation"])
        extra = {"directed": relation.directed, "since_year": row["since_year"], "evidence": row["evidence"]}
        yield _edge(ends, row["tie_id"], relation, row["source_id"], **extra)
