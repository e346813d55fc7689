"""Properties of the network families on generated tables."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem.measures._graphs import adjacency
from ecosystem.measures.brokerage import betweenness, brokerage_roles, constraint_table, removal_curve
from ecosystem.measures.coordination import complementarity, profile_overlap
from ecosystem.measures.modules import (
    adjusted_mutual_info,
    adjusted_rand_index,
    barber_modularity,
    bipartite_modules,
    variation_of_information,
)
from ecosystem.measures.nullmodels import bicm, curveball, disparity_backbone, noise_corrected, validated_projection
from ecosystem.measures.polycentricity import (
    functional_panel,
    green_polycentricity,
    morphological_panel,
    rank_size,
    stepwise,
)

FEW = settings(max_examples=40, deadline=None)


@st.composite
def tables(draw, top=1, rows=(1, 7), cols=(1, 7)):
    r, c = draw(st.integers(*rows)), draw(st.integers(*cols))
    values = draw(st.lists(st.integers(0, top), min_size=r * c, max_size=r * c))
    return pd.DataFrame(
        np.array(values).reshape(r, c), index=[f"r{i}" for i in range(r)], columns=[f"c{i}" for i in range(c)]
    )


@st.composite
def ties(draw, n=(2, 7), top=9):
    size = draw(st.integers(*n))
    values = draw(st.lists(st.integers(0, top), min_size=size * size, max_size=size * size))
    half = np.triu(np.array(values).reshape(size, size), k=1)
    names = [f"n{i}" for i in range(size)]
    return pd.DataFrame(half + half.T, index=names, columns=names)


def graph_of(square):
    graph = nx.from_pandas_adjacency(square)
    graph.add_nodes_from(square.index)
    return graph


def turned(frame, seed):
    rng = np.random.default_rng(seed)
    return frame.iloc[rng.permutation(len(frame)), rng.permutation(frame.shape[1])]


@FEW
@given(ties())
def test_green_and_freeman_stay_in_their_range(square):
    found = green_polycentricity(square)
    for value in (found.p, found.p_sf, found.freeman, found.density_binary, found.density_weighted):
        assert np.isnan(value) or 0 <= value <= 1 + 1e-12
    assert np.isnan(found.p) == (square.to_numpy().sum() == 0)


@FEW
@given(ties(), st.integers(0, 99))
def test_order_and_unit_change_no_functional_index(square, seed):
    order = np.random.default_rng(seed).permutation(len(square))
    other = square.iloc[order, order] * 8
    one, two = green_polycentricity(square), green_polycentricity(other)
    np.testing.assert_allclose([one.p, one.p_sf, one.freeman], [two.p, two.p_sf, two.freeman], atol=1e-12)
    a, b = functional_panel(square, directed=True), functional_panel(other, directed=True)
    numbers = ["dominance", "relative_strength", "node_symmetry"]
    np.testing.assert_allclose(a.cities[numbers], b.cities.loc[square.index, numbers], atol=1e-12)
    assert np.allclose(a.region.iloc[4:], b.region.iloc[4:], atol=1e-9, equal_nan=True)


@FEW
@given(tables(top=50, rows=(2, 7), cols=(2, 7)))
def test_symmetric_flows_have_no_direction(table):
    n = min(table.shape)
    square = pd.DataFrame(table.to_numpy()[:n, :n] + table.to_numpy()[:n, :n].T)
    panel = functional_panel(square, directed=True)
    assert (panel.cities["node_symmetry"].dropna() == 0).all()
    assert np.allclose(panel.links["link_symmetry"].dropna(), 1)


@FEW
@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.integers(0, 99))
def test_morphology_ignores_order_and_empty_places(sizes, seed):
    series = pd.Series(sizes, index=[f"p{i}" for i in range(len(sizes))], dtype=float)
    other = pd.concat([series.sample(frac=1, random_state=seed), pd.Series({"z": 0.0})])
    changing = ["places", "gini"]
    one, two = (morphological_panel(some).drop(changing) for some in (series, other))
    np.testing.assert_allclose(one, two, atol=1e-12)
    slope = rank_size(series).slope
    assert np.isnan(slope) or slope <= 1e-12
    assert len(stepwise(lambda some: some.sum(), series)) == max(0, int((series > 0).sum()) - 1)


@FEW
@given(tables(top=9, rows=(2, 6), cols=(1, 5)))
def test_overlaps_are_symmetric_and_in_range(counts):
    for method in ("finger_kreinin", "cosine", "jaccard", "jensen_shannon"):
        overlap = profile_overlap(counts, method)
        values = overlap.to_numpy()
        np.testing.assert_array_equal(values, values.T)
        defined = values[~np.isnan(values)]
        assert ((defined >= 0) & (defined <= 1)).all()
        same = np.diag(values)[~np.isnan(np.diag(values))]
        np.testing.assert_allclose(same, 0 if method == "jensen_shannon" else 1, atol=1e-12)
        bigger = pd.concat([counts, pd.DataFrame(0, index=["new"], columns=counts.columns)])
        kept = profile_overlap(bigger, method).loc[counts.index, counts.index]
        np.testing.assert_allclose(kept, overlap, atol=1e-12)


@FEW
@given(tables(rows=(2, 5), cols=(2, 5)), st.data())
def test_added_density_is_a_share(m, data):
    phi = data.draw(ties(n=(m.shape[1], m.shape[1])))
    links = data.draw(ties(n=(len(m), len(m))))
    phi = phi.set_axis(m.columns).set_axis(m.columns, axis=1)
    found = complementarity(m, phi, links.set_axis(m.index).set_axis(m.index, axis=1))
    assert found.added["added"].between(0, 100 + 1e-9).all()
    assert (found.total.isna() == (found.reasons != "")).all(axis=None)
    assert (found.total.min().dropna() >= 0).all()


@FEW
@given(tables(), st.integers(0, 99))
def test_curveball_keeps_both_margins_and_the_input(table, seed):
    before = table.copy(deep=True)
    first = list(curveball(table, draws=3, seed=seed))
    for drawn in first:
        assert drawn.sum().tolist() == table.sum().tolist()
        assert drawn.sum(axis=1).tolist() == table.sum(axis=1).tolist()
        assert drawn.isin([0, 1]).all(axis=None)
    for one, again in zip(first, curveball(turned(table, seed), draws=3, seed=seed), strict=True):
        pd.testing.assert_frame_equal(one, again.loc[table.index, table.columns])
    pd.testing.assert_frame_equal(table, before)


@settings(max_examples=150, deadline=None)
@given(tables(rows=(1, 9), cols=(1, 9)))
def test_bicm_expects_the_margins_of_any_table(table):
    p = bicm(table)
    np.testing.assert_allclose(p.sum(), table.sum(), rtol=0, atol=1e-6)
    np.testing.assert_allclose(p.sum(axis=1), table.sum(axis=1), rtol=0, atol=1e-6)
    assert ((p >= 0) & (p <= 1)).all(axis=None)


@FEW
@given(tables(rows=(2, 6)), st.sampled_from(["fdsm", "sdsm"]), st.integers(0, 99))
def test_validated_projection_does_not_depend_on_order(table, model, seed):
    one = validated_projection(table, model=model, draws=20, seed=seed)
    two = validated_projection(turned(table, seed), model=model, draws=20, seed=seed)

    def by_pair(found):
        keys = [tuple(sorted(pair)) for pair in zip(found["i"], found["j"], strict=True)]
        return found.drop(columns=["i", "j"]).set_axis(keys).sort_index()

    pd.testing.assert_frame_equal(by_pair(one), by_pair(two))
    tested = one.dropna(subset=["q"])
    assert (tested["q"] >= tested["p"] - 1e-12).all()
    assert one["p"].between(1e-300, 1).all()
    if model == "fdsm":
        assert (one["p"] >= 1 / 21).all()
    assert (one.loc[one["shared"] == 0, "p"] == 1).all()


@FEW
@given(ties(top=30))
def test_backbones_are_in_range_and_grow_with_the_level(square):
    strict, loose = disparity_backbone(square, 0.05), disparity_backbone(square, 0.5)
    assert strict["alpha"].between(0, 1).all()
    assert (loose["keep"] | ~strict["keep"]).all()
    found = noise_corrected(square, directed=False)
    assert found["score"].between(-1, 1).all()
    assert (found["sd"].isna() == (found["reason"] != "")).all()
    assert (found["sd"].dropna() >= 0).all()
    assert not found.loc[found["sd"].isna(), "keep"].any()


@FEW
@given(tables(top=2, rows=(1, 6), cols=(1, 6)), st.integers(0, 99))
def test_modules_are_the_same_in_any_order_and_better_than_one_module(table, seed):
    before = table.copy(deep=True)
    found, again = (bipartite_modules(some, runs=3, seed=seed) for some in (table, turned(table, seed)))
    pd.testing.assert_series_equal(found.rows, again.rows.reindex(table.index))
    pd.testing.assert_series_equal(found.cols, again.cols.reindex(table.columns))
    assert np.isnan(found.q) or -1e-12 <= found.q <= 1
    q = barber_modularity(table, found.rows, found.cols)
    assert np.isnan(q) == np.isnan(found.q)
    assert np.isnan(q) or abs(q - found.q) < 1e-12
    pd.testing.assert_frame_equal(table, before)


labels = st.lists(st.integers(0, 3), min_size=2, max_size=14)


@FEW
@given(labels, st.data())
def test_partition_indices_are_symmetric_and_bounded(values, data):
    a = pd.Series(values)
    b = pd.Series(data.draw(st.permutations(values)))
    for measure in (adjusted_mutual_info, adjusted_rand_index):
        assert abs(measure(a, b) - measure(b, a)) < 1e-9
        assert measure(a, b) <= 1 + 1e-9
        assert measure(a, 9 - a) == 1
    assert 0 <= variation_of_information(a, b) <= np.log2(len(a)) + 1e-9


@FEW
@given(ties(n=(3, 8), top=2), st.integers(0, 99))
def test_network_measures_permute_with_the_nodes(square, seed):
    order = np.random.default_rng(seed).permutation(len(square))
    one, two = graph_of(square), graph_of(square.iloc[order, order])
    pd.testing.assert_frame_equal(constraint_table(one), constraint_table(two))
    groups = {node: int(node[1:]) % 2 for node in square.index}
    pd.testing.assert_frame_equal(brokerage_roles(one, groups, draws=5), brokerage_roles(two, groups, draws=5))
    first, second = (removal_curve(some, random_orders=3) for some in (one, two))
    assert first.order == second.order
    assert first.share.is_monotonic_decreasing
    assert 0 <= first.r <= 0.5
    value = betweenness(*adjacency(one)).value
    theirs = nx.betweenness_centrality(one)
    np.testing.assert_allclose(value, [theirs[node] for node in value.index], atol=1e-12)
