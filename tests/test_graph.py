"""The graph says what the tables say: as many nodes and edges, each with its kind, relation, direction and sources."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from ecosystem import affiliations, graph
from ecosystem.model import Link, Relation
from ecosystem.tables import split

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas
    from ecosystem.tables import Tables

REGIONS = ["toy", "ruhr"]


@pytest.fixture(params=REGIONS)
def atlas(request: pytest.FixtureRequest) -> Atlas:
    found: Atlas = request.getfixturevalue(request.param)
    return found


def _edges(atlas: Atlas) -> list[tuple[str, str, str, dict[str, Any]]]:
    return list(atlas.graph.edges(keys=True, data=True))


def _counts(tables: Tables) -> dict[str, int]:
    return {
        Link.LOCATED_IN: len(tables.actors),
        Link.PARTICIPATES_IN: len(tables.participations),
        Link.PROFILED_ON: len(tables.city_fields),
        Link.WORKS_ON: len(tables.actor_fields)
        + affiliations.derived_fields(tables).csr.nnz
        + affiliations.project_fields(tables).csr.nnz,
        **Counter(tables.ties["relation"]),
    }


def test_nodes_by_kind_are_rows(atlas: Atlas) -> None:
    tables = atlas.tables
    kinds = Counter(data["kind"] for _, data in atlas.graph.nodes(data=True))
    assert kinds == {
        "actor": len(tables.actors), "place": len(tables.places), "project": len(tables.projects),
        "field": len(tables.region.fields),
    }  # fmt: skip


def test_edges_by_relation_are_rows(atlas: Atlas) -> None:
    assert Counter(data["relation"] for *_, data in _edges(atlas)) == _counts(atlas.tables)


def test_every_edge_has_relation_direction_weight_and_sources(atlas: Atlas) -> None:
    known = set(atlas.tables.sources["source_id"])
    for source, target, key, data in _edges(atlas):
        where = source, target, key
        assert data["relation"] in {*Link, *Relation}, where
        assert data["directed"] is (data["relation"] != Relation.COOPERATES_WITH), where
        assert data["weight"] > 0, where
        assert set(data["source_ids"]) <= known, where


def test_only_actors_without_a_stated_source_are_located_without_one(atlas: Atlas) -> None:
    unsourced = {source for source, _, _, data in _edges(atlas) if not data["source_ids"]}
    actors = atlas.tables.actors
    assert unsourced == {f"actor:{key}" for key in actors.loc[actors["source_ids"] == "", "actor_id"]}
    assert {data["relation"] for *_, data in _edges(atlas) if not data["source_ids"]} <= {Link.LOCATED_IN}


def test_relations_join_the_kinds_they_are_about(atlas: Atlas) -> None:
    ends = {
        (data["relation"] if data["relation"] in set(Link) else "tie", source.split(":")[0], target.split(":")[0])
        for source, target, _, data in _edges(atlas)
    }
    assert ends == {
        ("located_in", "actor", "place"),
        ("works_on", "actor", "field"),
        ("works_on", "project", "field"),
        ("participates_in", "actor", "project"),
        ("profiled_on", "place", "field"),
        ("tie", "actor", "actor"),
    }


def test_ties_point_as_their_table_says(atlas: Atlas) -> None:
    ties = atlas.tables.ties
    rows = zip(ties["tie_id"], ties["source_actor_id"], ties["relation"], ties["target_actor_id"], strict=True)
    for tie, source, relation, target in rows:
        assert atlas.graph.edges[f"actor:{source}", f"actor:{target}", tie]["relation"] == relation


def test_nodes_carry_what_their_table_states(atlas: Atlas) -> None:
    actors, nodes = atlas.tables.actors, atlas.graph.nodes
    for record in actors.to_dict("records"):
        node = nodes[f"actor:{record['actor_id']}"]
        stated = {name: value for name, value in record.items() if value != "" and name != "kind"}
        assert {name: node.get(name) for name in stated} == stated
        assert (node["label"], node.get("actor_kind", "")) == (record["name"], record["kind"])


def test_what_is_not_stated_is_no_attribute(atlas: Atlas) -> None:
    records = [data for _, data in atlas.graph.nodes(data=True)] + [data for *_, data in _edges(atlas)]
    for data in records:
        empty = {name for name, value in data.items() if value is None or value != value}  # noqa: PLR0124 -- NaN
        assert not empty, data
        assert {name for name, value in data.items() if isinstance(value, str) and value == ""} <= {"cluster"}


def test_actors_carry_cluster_and_positions_and_every_node_stands_somewhere(atlas: Atlas) -> None:
    nodes = atlas.graph.nodes
    for actor, position in atlas.positions.to_dict("index").items():
        node = nodes[f"actor:{actor}"]
        assert node["cluster"] == atlas.cluster_of_actors.at[actor]
        assert [node["x"], node["y"]] == [position["network_x"], position["network_y"]]
        assert [node["map_x"], node["map_y"]] == [position["map_x"], position["map_y"]]
    low, high = atlas.positions.min().min() - 100, atlas.positions.max().max() + 100
    assert all(low < data["x"] < high and low < data["y"] < high for _, data in nodes(data=True))


def test_projects_stand_amid_their_actors(toy: Atlas) -> None:
    both = toy.positions.loc[["a-college", "b-institute"], ["network_x", "network_y"]].mean()
    project = toy.graph.nodes["project:P3"]
    assert [project["x"], project["y"]] == pytest.approx(both.tolist(), abs=1e-4)


def test_fields_are_stated_or_derived(toy: Atlas) -> None:
    stated = toy.graph.edges["actor:a-college", "field:energy", "works_on:stated"]
    assert (stated["basis"], stated["weight"], stated["source_ids"]) == ("stated", 1.0, ("toy-page",))
    assert stated["evidence"] == "Teaches power engineering"
    derived = toy.graph.edges["actor:b-institute", "field:care", "works_on:derived"]
    assert (derived["basis"], derived["weight"], derived["source_ids"]) == ("derived", 1.5, ("toy-register",))
    project = toy.graph.edges["project:P3", "field:care", "works_on"]
    assert (project["weight"], project["basis"]) == (0.5, "both")


def test_participations_carry_money_and_year(toy: Atlas) -> None:
    edge = toy.graph.edges["actor:a-college", "project:P3", "participates_in:1"]
    assert (edge["funding_eur"], edge["year"], edge["unit"]) == (60_000.0, 2021, "School of Engineering")
    assert "funding_eur" not in toy.graph.edges["actor:a-grid", "project:P4", "participates_in:1"]


def test_sources_of_derived_fields_are_those_of_projects_and_participations(ruhr: Atlas) -> None:
    tables = ruhr.tables
    joined = tables.participations.merge(tables.projects, on="project_id", suffixes=("", "_project"))
    row = joined[joined["fields"] != ""].iloc[0]
    edge = ruhr.graph.edges[f"actor:{row['actor_id']}", f"field:{split(row['fields'])[0]}", "works_on:derived"]
    assert {*split(row["source_id"]), *split(row["source_id_project"])} <= set(edge["source_ids"])


def test_columns_nobody_foresaw_take_no_name_of_the_graph(toy: Atlas) -> None:
    more = toy.tables.actors.assign(label="mine", id="7", start="2019", x="9", cluster="no", viz="blue")
    node = graph.build(replace(toy.tables, actors=more)).nodes["actor:a-town"]
    assert (node["kind"], node["label"], node["extra_label"], node["actor_id"]) == (
        "actor", "Stadt Ahausen", "mine", "a-town",
    )  # fmt: skip
    assert not {"id", "start", "x", "cluster", "viz"} & set(node)
    assert (node["extra_start"], node["extra_viz"]) == ("2019", "blue")


def test_the_graph_is_built_once_and_knows_its_data(toy: Atlas) -> None:
    assert toy.graph is toy.graph
    assert toy.graph.graph == {"name": "Threetown", "region": "toy", "digest": toy.tables.digest}
