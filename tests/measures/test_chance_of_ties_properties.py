"""Random ties in two layers and random networks: what they keep, and what no order of rows may change."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from ecosystem.errors import MeasureError
from ecosystem.measures import (
    communities_against_null,
    field_overlap,
    layers_against_chance,
    overlap_vs_ties,
    profile_overlap,
    reassigned,
    rewired,
)
from ecosystem.measures.layers import _matched

PLACES = [f"C{number}" for number in range(8)]


@pytest.fixture
def direct() -> pd.DataFrame:
    values = np.triu(np.random.default_rng(1).poisson(1.5, (8, 8)), k=1)
    return pd.DataFrame(values + values.T, index=PLACES, columns=PLACES)


@pytest.fixture
def projects() -> pd.DataFrame:
    values = np.random.default_rng(2).integers(0, 2, (8, 30))
    return pd.DataFrame(values, index=PLACES, columns=[f"P{number}" for number in range(30)])


def _square(table: pd.DataFrame, layer: str, column: str) -> pd.DataFrame:
    rows = table[table["layer"] == layer]
    found = rows.pivot_table(index="i", columns="j", values=column).reindex(index=PLACES, columns=PLACES).fillna(0.0)
    return found + found.T


def test_every_place_keeps_its_recorded_ties(direct: pd.DataFrame, projects: pd.DataFrame) -> None:
    table = layers_against_chance(direct, projects, draws=50)
    expected = _square(table, "direct", "expected").sum(axis=1)
    assert expected.to_dict() == pytest.approx(direct.sum(axis=1).to_dict())


def test_layers_add_up(direct: pd.DataFrame, projects: pd.DataFrame) -> None:
    table = layers_against_chance(direct, projects, draws=50)
    for column in ("ties", "expected"):
        whole = _square(table, "direct", column) + _square(table, "projects", column)
        pd.testing.assert_frame_equal(whole, _square(table, "both", column))
    assert _square(table, "projects", "ties").to_numpy() == pytest.approx(
        (projects @ projects.T).to_numpy() * (1 - np.eye(8))
    )


def test_order_of_places_changes_nothing(direct: pd.DataFrame, projects: pd.DataFrame) -> None:
    turned = PLACES[::-1]
    one = layers_against_chance(direct, projects, draws=20, seed=3)
    other = layers_against_chance(direct.loc[turned, turned], projects.loc[turned], draws=20, seed=3)
    for layer in ("direct", "projects", "both"):
        pd.testing.assert_frame_equal(_square(one, layer, "p"), _square(other, layer, "p"))


def test_projects_of_one_place_and_ties_inside_change_nothing(direct: pd.DataFrame, projects: pd.DataFrame) -> None:
    alone = projects.assign(lone=[1, *[0] * 7])
    inside = direct + pd.DataFrame(np.diag([4] * 8), index=PLACES, columns=PLACES)
    pd.testing.assert_frame_equal(
        layers_against_chance(direct, projects, draws=9), layers_against_chance(inside, alone, draws=9)
    )


def test_a_star_can_only_be_itself() -> None:
    star = nx.to_numpy_array(nx.star_graph(4)) * 3
    for drawn in _matched(star, 20, 0):
        assert drawn.tolist() == star.tolist()


def test_a_strong_pair_is_found() -> None:
    values = np.ones((8, 8)) - np.eye(8)
    values[0, 1] = values[1, 0] = 12
    ties = pd.DataFrame(values, index=PLACES, columns=PLACES)
    table = layers_against_chance(ties, pd.DataFrame(np.zeros((8, 0)), index=PLACES), draws=999)
    rows = table[table["layer"] == "direct"].set_index(["i", "j"])
    assert rows.loc[("C0", "C1"), "p"] <= 0.01
    assert rows["p"].idxmin() == ("C0", "C1")
    # no project at all: nothing to test
    idle = table[table["layer"] == "projects"]
    assert (idle["p"] == 1).all()
    assert idle["q"].isna().all()
    assert (idle["reason"] != "").all()


def test_p_is_uniform_at_most_under_chance() -> None:
    # a table that was drawn by the null itself: small p must not be frequent
    ends = np.array([[0, 6, 6, 6], [6, 0, 6, 6], [6, 6, 0, 6], [6, 6, 6, 0]], dtype=float)
    names = PLACES[:4]
    nothing = pd.DataFrame(np.zeros((4, 0)), index=names)
    small = []
    for drawn in _matched(ends, 60, 5):
        ties = pd.DataFrame(drawn, index=names, columns=names)
        table = layers_against_chance(ties, nothing, draws=99)
        small.append((table.loc[table["layer"] == "direct", "p"] <= 0.1).mean())
    assert np.mean(small) < 0.13


def test_wrong_ties_are_refused(direct: pd.DataFrame, projects: pd.DataFrame) -> None:
    for ties, table, message in (
        (direct + 0.5, projects, "whole numbers"),
        (direct, projects.iloc[:-1], "direct"),
        (direct, projects * 2, "only 0 and 1"),
        (direct.assign(C0=1), projects, "opposite cell differs"),
    ):
        with pytest.raises(MeasureError, match=message):
            layers_against_chance(ties, table)


def test_rewired_keeps_degrees_and_weights() -> None:
    graph = nx.gnm_random_graph(40, 90, seed=4)
    weights = sparse.csr_array(nx.to_scipy_sparse_array(graph) * 1.0)
    upper = sparse.triu(weights, k=1).tocoo()
    values = np.random.default_rng(0).random(upper.nnz)
    one_way = sparse.csr_array((values, upper.coords), shape=weights.shape)
    ties = sparse.csr_array(one_way + one_way.T)
    drawn = next(rewired(ties, seed=1))
    assert np.diff(drawn.indptr).tolist() == np.diff(ties.indptr).tolist()
    assert sorted(sparse.triu(drawn).data) == pytest.approx(sorted(values))
    assert (drawn != ties).nnz
    assert not drawn.diagonal().any()
    assert abs(drawn - drawn.T).sum() == 0


def test_rewired_without_ties_is_without_ties() -> None:
    assert next(rewired(sparse.csr_array((3, 3)))).nnz == 0


def test_reassigned_keeps_both_margins() -> None:
    table = sparse.csr_array(np.random.default_rng(3).integers(0, 2, (12, 9)).astype(float))
    for drawn in reassigned(table, draws=5, seed=2):
        for axis in (0, 1):
            assert drawn.sum(axis=axis).tolist() == table.sum(axis=axis).tolist()


def test_a_random_network_is_not_more_modular_than_chance() -> None:
    ties = sparse.csr_array(nx.to_scipy_sparse_array(nx.gnm_random_graph(60, 150, seed=7)) * 1.0)
    found = communities_against_null(ties, pd.RangeIndex(60), rewired(ties, seed=1), draws=39, runs=2)
    assert found.p > 0.05
    assert abs(found.z) < 3


def test_null_modularity_without_ties_is_undefined() -> None:
    nothing = sparse.csr_array((4, 4))
    found = communities_against_null(nothing, pd.RangeIndex(4), rewired(nothing), draws=3)
    assert np.isnan([found.q, found.null_mean, found.z, found.p]).all()
    with pytest.raises(MeasureError, match="draws"):
        communities_against_null(nothing, pd.RangeIndex(4), rewired(nothing), draws=0)


def test_overlap_of_fields_adds_up_and_can_stand_in_for_that_of_profiles(direct: pd.DataFrame) -> None:
    counts = pd.DataFrame(np.random.default_rng(6).integers(1, 9, (8, 3)), index=PLACES, columns=list("abc"))
    parts = {field: field_overlap(counts, field) for field in counts}
    pd.testing.assert_frame_equal(sum(parts.values()), profile_overlap(counts), check_exact=False)
    pairs = overlap_vs_ties(counts, direct, direct * 0, overlap=parts["a"])
    assert pairs["overlap"].tolist() == parts["a"].to_numpy()[np.triu_indices(8, k=1)].tolist()
    with pytest.raises(MeasureError, match="overlap rows"):
        overlap_vs_ties(counts, direct, overlap=parts["a"].iloc[1:, 1:])
    with pytest.raises(MeasureError, match="field"):
        field_overlap(counts, "z")
