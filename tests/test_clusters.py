"""What clusters consist of and what they are called: the toy region by hand, the Ruhr by recount."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecosystem import affiliations, atlas, clusters
from ecosystem.clusters import ClusterOptions, effective_number
from ecosystem.measures.communities import Partition

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas
    from ecosystem.clusters import Cluster, Clusters
    from ecosystem.tables import Tables


def _entropy(*shares: float) -> float:
    return -sum(share * log(share) for share in shares)


def _described(tables: Tables, groups: list[set[str]], min_actors: int = 1) -> Clusters:
    number = {actor: place for place, group in enumerate(groups) for actor in group}
    labels = pd.Series({actor: number.get(actor, -1) for actor in affiliations.actor_index(tables)})
    partition = Partition(labels, 0.0, "leiden", 0, 1.0, (0.0,))
    return clusters.describe(tables, partition, partition, ClusterOptions(min_actors=min_actors))


def test_the_toy_region_s_clusters_by_hand(toy: Atlas) -> None:
    energy, care = toy.clusters.items
    assert [energy.cluster_id, care.cluster_id] == ["c01", "c02"]
    assert energy.actors == ("a-grid", "a-town", "a-works", "c-council", "c-motors")
    assert care.actors == ("b-clinic", "b-institute", "b-labs", "b-town", "c-citizens")
    assert (energy.cities, care.cities) == ((("XX111", 3), ("XX113", 2)), (("XX112", 4), ("XX113", 1)))
    assert (energy.fields, care.fields) == ((("energy", 4.0),), (("care", 3.75), ("energy", 0.25)))
    assert (energy.lead_fields, care.lead_fields) == (("energy",), ("care",))
    assert (energy.name.en, care.name.de) == ("Energy · Ahausen–Cedorf", "Pflege · Bestadt–Cedorf")
    assert (energy.linked_pairs, care.linked_pairs) == (6, 5)
    assert [energy.intercity_share, care.intercity_share] == pytest.approx([2 / 6, 1 / 5])
    assert energy.effective_cities == pytest.approx(exp(_entropy(0.6, 0.4)))
    assert care.effective_cities == pytest.approx(exp(_entropy(0.8, 0.2)))
    assert (energy.anchors[0], care.anchors[0]) == ("c-motors", "b-clinic")
    assert dict(care.sectors) == {
        "industry": 1, "science": 1, "politics": 0, "administration": 1, "civil_society": 2,
    }  # fmt: skip
    assert (energy.size, energy.outside) == (5, 0)


def test_small_communities_are_no_clusters(toy: Atlas) -> None:
    assert (toy.clusters.partition.count, len(toy.clusters.items)) == (3, 2)
    member = toy.clusters.of_actors()
    assert list(member.index[member == clusters.NO_CLUSTER]) == ["a-college", "a-council"]
    smaller = atlas.build(toy.tables, options=ClusterOptions(min_actors=2), cache=False)
    assert [item.size for item in smaller.clusters.items] == [5, 5, 2]
    larger = atlas.build(toy.tables, options=ClusterOptions(min_actors=6), cache=False)
    assert larger.clusters.items == ()
    assert set(larger.clusters.of_actors()) == {clusters.NO_CLUSTER}


def test_layer_weights_decide(toy: Atlas) -> None:
    ties_only = atlas.build(toy.tables, options=ClusterOptions(project_weight=0, min_actors=2), cache=False)
    # without projects a-grid and a-town hang together by the shareholding alone
    assert ("a-grid", "a-town") in {item.actors for item in ties_only.clusters.items}


def test_a_cluster_of_one_city_is_not_polycentric(toy: Atlas) -> None:
    ahausen, shared = _described(toy.tables, [{"a-grid", "a-works", "a-town"}, {"b-labs", "c-motors"}]).items
    assert (ahausen.effective_cities, ahausen.intercity_share) == (1.0, 0.0)
    assert shared.effective_cities == pytest.approx(2.0)
    assert (shared.linked_pairs, np.isnan(shared.intercity_share)) == (0, True)


def test_places_outside_the_region_are_no_cities_of_a_cluster(toy: Atlas) -> None:
    outer = toy.tables.places.assign(in_region=toy.tables.places["place_id"] != "XX113")
    (item,) = _described(replace(toy.tables, places=outer), [{"a-works", "a-grid", "c-motors", "c-council"}]).items
    assert (item.cities, item.outside) == ((("XX111", 2),), 2)
    # c-motors is tied to three others, but only a-works – a-grid lies inside the region
    assert (item.linked_pairs, item.intercity_share, item.effective_cities) == (4, 0.0, 1.0)
    assert item.name.en == "Energy · Ahausen"


def test_a_cluster_without_city_or_field_still_has_a_name(toy: Atlas) -> None:
    outer = toy.tables.places.assign(in_region=False)
    (item,) = _described(replace(toy.tables, places=outer), [{"a-council", "b-town"}]).items
    assert (item.name.de, item.name.en) == ("Feldübergreifend", "Cross-field")
    assert np.isnan(item.effective_cities)


def test_a_nearly_as_heavy_second_field_is_named_too(toy: Atlas) -> None:
    both, one = _described(toy.tables, [{"a-works", "b-labs"}, {"a-grid", "c-motors", "b-clinic"}]).items
    assert (both.lead_fields, one.lead_fields) == (("care", "energy"), ("energy",))
    assert both.name.de == "Pflege & Energie · Ahausen–Bestadt"


def test_equal_names_are_told_apart_by_an_anchor(toy: Atlas) -> None:
    first, second = _described(toy.tables, [{"a-works", "a-town"}, {"a-grid"}]).items
    assert (first.name.en, second.name.en) == (
        "Energy · Ahausen (Stadt Ahausen)",
        "Energy · Ahausen (Netz Ahausen GmbH)",
    )


def test_even_namesakes_are_told_apart(toy: Atlas) -> None:
    namesakes = replace(toy.tables, actors=toy.tables.actors.assign(name="Werk", short_name=""))
    first, second = _described(namesakes, [{"a-works"}, {"a-grid"}]).items
    assert (first.name.de, second.name.de) == (
        "Energie · Ahausen (Werk) (a-works)",
        "Energie · Ahausen (Werk) (a-grid)",
    )


def _recounted(tables: Tables, item: Cluster) -> dict[str, object]:
    rows = tables.actors[tables.actors["actor_id"].isin(item.actors)]
    inside = set(tables.places.loc[tables.places["in_region"], "place_id"])
    counts = Counter(place for place in rows["place_id"] if place in inside)
    return {
        "cities": sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])),
        "outside": len(rows) - counts.total(),
        "sectors": {name: n for name, n in Counter(rows["sector"]).items() if n},
        "effective": exp(_entropy(*(n / counts.total() for n in counts.values()))),
    }


def test_the_ruhr_s_clusters_by_recount(ruhr: Atlas) -> None:
    assert len(ruhr.clusters.items) > 10
    for item in ruhr.clusters.items:
        counted = _recounted(ruhr.tables, item)
        assert list(item.cities) == counted["cities"], item.name.en
        assert item.outside == counted["outside"], item.name.en
        assert {name: n for name, n in item.sectors if n} == counted["sectors"], item.name.en
        assert item.effective_cities == pytest.approx(counted["effective"]), item.name.en
        assert sum(weight for _, weight in item.fields) <= item.size + 1e-6
        assert set(item.anchors) <= set(item.actors)


def test_the_ruhr_s_clusters_are_apart_and_large_enough(ruhr: Atlas) -> None:
    members = [actor for item in ruhr.clusters.items for actor in item.actors]
    assert len(members) == len(set(members))
    sizes = [item.size for item in ruhr.clusters.items]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= clusters.MIN_ACTORS
    assert ruhr.clusters.of_actors().value_counts().drop("").to_dict() == {
        item.cluster_id: item.size for item in ruhr.clusters.items
    }


def test_the_ruhr_s_inter_city_shares_by_recount(ruhr: Atlas) -> None:
    home = dict(zip(ruhr.tables.actors["actor_id"], ruhr.tables.actors["place_id"], strict=True))
    inside = set(ruhr.tables.places.loc[ruhr.tables.places["in_region"], "place_id"])
    i, j = ruhr.ties.csr.nonzero()
    names = ruhr.ties.rows.to_numpy()
    pairs = [(names[a], names[b]) for a, b in zip(i.tolist(), j.tolist(), strict=True) if a < b]
    for item in ruhr.clusters.items:
        own = set(item.actors)
        within = [(home[a], home[b]) for a, b in pairs if a in own and b in own]
        known = [(a, b) for a, b in within if a in inside and b in inside]
        assert item.linked_pairs == len(within)
        assert item.intercity_share == pytest.approx(np.mean([a != b for a, b in known]))


@pytest.mark.parametrize("language", ["de", "en"])
def test_names_are_readable_and_unique(ruhr: Atlas, language: str) -> None:
    names = [item.name.text(language) for item in ruhr.clusters.items]
    assert len(set(names)) == len(names)
    fields = {field.short.text(language) for field in ruhr.region.fields}
    cities = set(ruhr.tables.places.loc[ruhr.tables.places["in_region"], "name"])
    for item, name in zip(ruhr.clusters.items, names, strict=True):
        what, where = name.split(" · ")
        assert what.startswith(tuple(fields)), name
        assert where.split(" (")[0].startswith(tuple(cities)), name
        assert item.cluster_id not in name
        assert len(name) < 90, name


def test_the_second_opinion_is_louvain_on_the_same_network(ruhr: Atlas) -> None:
    first, second = ruhr.clusters.partition, ruhr.clusters.second
    assert (first.method, second.method) == ("leiden", "louvain")
    assert first.labels.index.equals(second.labels.index)
    assert abs(first.modularity - second.modularity) < 0.02
    assert set(first.labels.index[first.labels < 0]) == set(second.labels.index[second.labels < 0])


def test_runs_follow_from_the_size_unless_they_are_given(ruhr: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(ruhr.clusters.partition.modularity_runs) == clusters.MOST_RUNS
    monkeypatch.setattr(clusters, "TIES_SEARCHED", 5 * (ruhr.ties.csr.nnz // 2))
    for options, runs in ((ClusterOptions(), 5), (ClusterOptions(runs=2), 2)):
        first, second = clusters.search(ruhr.tables, options)
        assert len(first.modularity_runs) == len(second.modularity_runs) == runs


@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=20))
def test_effective_number_lies_between_one_and_the_number_of_parts(weights: list[float]) -> None:
    found = effective_number(np.array(weights))
    assert 1 - 1e-9 <= found <= len(weights) + 1e-9
    assert effective_number(np.array([*weights[::-1], 0.0]) * 3) == pytest.approx(found)


@pytest.mark.parametrize("n", [1, 2, 5])
def test_effective_number_of_equal_parts_is_their_number(n: int) -> None:
    assert effective_number(np.full(n, 7.0)) == pytest.approx(n)


@pytest.mark.parametrize("weights", [[], [0.0, 0.0]])
def test_effective_number_of_nothing_is_undefined(weights: list[float]) -> None:
    assert np.isnan(effective_number(np.array(weights)))
