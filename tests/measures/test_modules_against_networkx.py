"""Bipartite modules of Davis against networkx 3.6.1 and a stored multi-start search (1e-9), and by hand."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from ecosystem.errors import MeasureError
from ecosystem.measures.modules import (
    adjusted_mutual_info,
    barber_modularity,
    bipartite_modules,
    consensus_matrix,
    ei_index,
    modularity_against_null,
    node_stability,
    participation,
)

BEST_KNOWN = 0.3455371


@pytest.fixture
def davis(reference):
    return reference.input("davis_18x14")


@pytest.fixture
def stored(reference):
    return reference.expected("davis_18x14_bipartite")["barber_modularity_best_found_BRIM"]


def test_barber_modularity_against_stored_partition(davis, stored):
    rows, cols = pd.Series(stored["row_module"]), pd.Series(stored["col_module"])
    q = barber_modularity(davis, rows.reindex(davis.index), cols.reindex(davis.columns))
    assert q == pytest.approx(stored["Q"], rel=0, abs=1e-9)


def test_barber_modularity_against_newman_on_a_complete_pair_of_blocks():
    """Two complete blocks of equal size: Barber's null knows the sides, so Q = 1/2 and not Newman's 1/2 − 0."""
    table = pd.DataFrame(np.kron(np.eye(2), np.ones((2, 3))))
    modules = pd.Series([0, 0, 1, 1]), pd.Series([0, 0, 0, 1, 1, 1])
    assert barber_modularity(table, *modules) == pytest.approx(0.5, rel=0, abs=1e-12)
    assert barber_modularity(table, modules[0] * 0, modules[1] * 0) == pytest.approx(0, abs=1e-12)


@pytest.mark.skipif(not hasattr(nx.bipartite, "modularity"), reason="networkx.bipartite.modularity is new in 3.7")
def test_barber_modularity_against_networkx(davis, stored):
    graph = nx.Graph([(w, e) for w in davis.index for e in davis.columns if davis.loc[w, e]])
    labels = {**stored["row_module"], **stored["col_module"]}
    groups = [{node for node in labels if labels[node] == module} for module in set(labels.values())]
    assert nx.bipartite.modularity(graph, groups, list(davis.index)) == pytest.approx(stored["Q"], rel=0, abs=1e-9)


@pytest.mark.parametrize("method", ["lpab_brim", "leiden", "louvain"])
def test_search_reaches_the_best_known_modularity(davis, method):
    found = bipartite_modules(davis, runs=200, method=method)
    assert found.q >= BEST_KNOWN
    assert found.q == pytest.approx(barber_modularity(davis, found.rows, found.cols), rel=0, abs=1e-12)
    assert max(found.q_runs) <= found.q + 1e-12
    assert len(set(np.round(found.q_runs, 9))) > 1


def test_every_run_has_the_modularity_it_reports(davis):
    found = bipartite_modules(davis, runs=6)
    for name, q in zip(found.partitions, found.q_runs, strict=True):
        labels = found.partitions[name]
        assert barber_modularity(davis, labels["row"], labels["col"]) == pytest.approx(q, rel=0, abs=1e-12)


def test_the_same_seed_gives_the_same_modules_in_any_order(davis):
    first, second = bipartite_modules(davis, runs=4, seed=5), bipartite_modules(davis.iloc[::-1, ::-1], runs=4, seed=5)
    pd.testing.assert_series_equal(first.rows, second.rows.reindex(davis.index))
    pd.testing.assert_series_equal(first.cols, second.cols.reindex(davis.columns))
    assert first.q_runs == second.q_runs
    assert bipartite_modules(davis, runs=4, seed=6).q_runs != first.q_runs


def test_modules_are_numbered_from_the_largest_and_hang_together(davis):
    found = bipartite_modules(davis, runs=10)
    sizes = pd.concat([found.rows, found.cols]).value_counts().sort_index()
    assert sizes.is_monotonic_decreasing
    assert sizes.index.tolist() == list(range(len(sizes)))
    graph = nx.Graph([(w, e) for w in davis.index for e in davis.columns if davis.loc[w, e]])
    labels = {**found.rows.to_dict(), **found.cols.to_dict()}
    for module in set(labels.values()):
        assert nx.is_connected(graph.subgraph(node for node in labels if labels[node] == module))


def test_unstable_modules_say_so(davis):
    found = bipartite_modules(davis, runs=40)
    expected = np.mean(
        [
            adjusted_mutual_info(found.partitions[a], found.partitions[b])
            for i, a in enumerate(found.partitions)
            for b in list(found.partitions)[i + 1 :]
        ]
    )
    assert found.ami_mean == pytest.approx(expected, rel=0, abs=1e-9)
    assert found.ami_mean < 0.8
    assert found.warnings == (f"modules depend on the seed: mean agreement between runs {found.ami_mean:.2f}",)


def test_rows_and_columns_without_ties_belong_to_no_module():
    table = pd.DataFrame(np.kron(np.eye(2), np.ones((2, 2)))).assign(alone=0.0)
    table.loc["alone"] = 0.0
    found = bipartite_modules(table, runs=3)
    assert found.rows.tolist() == [0, 0, 1, 1, -1]
    assert found.cols.tolist() == [0, 0, 1, 1, -1]
    assert found.q == 0.5
    assert np.isnan(found.stability[("row", "alone")])
    assert found.n == 8


def test_modularity_against_its_null(davis):
    found = modularity_against_null(davis, draws=39, runs=4, seed=2)
    assert found.p == 1 / 40
    assert found.z > 3
    assert found.null_mean < found.q


def test_modularity_of_a_random_table_is_no_surprise():
    table = pd.DataFrame((np.random.default_rng(3).random((15, 20)) < 0.3).astype(int))
    assert modularity_against_null(table, draws=39, runs=4).p > 0.05


def test_consensus_matrix_and_node_stability_by_hand():
    runs = pd.DataFrame({"r0": [0, 0, 0, 1, -1], "r1": [4, 4, 5, 5, -1]}, index=list("abcde"))
    d = consensus_matrix(runs)
    assert d.loc["a", ["a", "b", "c", "d"]].tolist() == [1, 1, 0.5, 0]
    assert d.loc["c", ["c", "d"]].tolist() == [1, 0.5]
    assert d["e"].isna().all()
    stability = node_stability(runs, runs["r0"])
    assert stability[["a", "b", "c"]].tolist() == [0.75, 0.75, 0.5]
    assert stability[["d", "e"]].isna().all()


def test_node_stability_is_the_mean_of_the_consensus_matrix(davis):
    found = bipartite_modules(davis, runs=12)
    final = pd.concat([found.rows, found.cols]).to_numpy()
    d = consensus_matrix(found.partitions).to_numpy(copy=True)
    np.fill_diagonal(d, np.nan)
    by_hand = [np.nanmean(d[i, final == final[i]]) for i in range(len(final))]
    np.testing.assert_allclose(found.stability, by_hand, rtol=0, atol=1e-12)


def test_participation_by_hand():
    ties = pd.DataFrame([[0, 1, 1, 2], [1, 0, 0, 0], [1, 0, 0, 0], [2, 0, 0, 0]])
    value = participation(ties, pd.Series(["A", "A", "B", "C"]))
    assert value.tolist() == [1 - (1 + 1 + 4) / 16, 0, 0, 0]
    even = pd.DataFrame(np.ones((4, 4)))
    assert participation(even, pd.Series(list("ABCD"))).tolist() == pytest.approx([1 - 1 / 3] * 4)


def test_ei_index_by_hand():
    ties = pd.DataFrame([[0, 3, 1], [3, 0, 0], [1, 0, 0]])
    groups = pd.Series(["A", "A", "B"])
    assert ei_index(ties, groups) == (1 - 3) / 4
    assert ei_index(ties, pd.Series(list("ABC"))) == 1
    assert ei_index(ties, pd.Series(list("AAA"))) == -1
    assert np.isnan(ei_index(ties * 0, groups))


def test_a_module_for_every_row_is_asked_for(davis):
    with pytest.raises(MeasureError, match="rows"):
        barber_modularity(davis, pd.Series(0, index=davis.index[:-1]), pd.Series(0, index=davis.columns))
