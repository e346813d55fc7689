"""Where packages disagree: we equal the expected values, and the peer's stored value differs as stated."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from ecosystem.measures.brokerage import constraint_table
from ecosystem.measures.modules import adjusted_mutual_info, barber_modularity, bipartite_modules
from ecosystem.measures.nullmodels import noise_corrected, validated_projection
from ecosystem.measures.polycentricity import functional_panel, green_polycentricity


@pytest.fixture
def davis(reference):
    return reference.input("davis_18x14")


@pytest.fixture
def worked(reference):
    return reference.expected("worked_examples")


def test_green_uses_the_population_sd_in_both_places(worked):
    triangle = pd.DataFrame([[0, 4, 2], [4, 0, 2], [2, 2, 0]])
    ours = green_polycentricity(triangle).p
    assert ours == pytest.approx(worked["green_triangle"]["ordinary_P_pop"], rel=0, abs=1e-9)
    strength = triangle.sum()
    sample = 1 - strength.std(ddof=1) / np.std([0, strength.max()], ddof=1)
    assert sample == pytest.approx(worked["green_triangle"]["ordinary_P_sample"], rel=0, abs=1e-9)
    assert (round(ours, 4), round(sample, 4)) == (0.6857, 0.7278)


def test_the_three_readings_of_density_differ(reference):
    flows = reference.input("od_flows_6")
    p_sf = [green_polycentricity(flows + flows.T, density).p_sf for density in ("binary", "weighted", "intercity")]
    assert [round(value, 3) for value in p_sf] == [0.367, 0.093, 0.106]


def test_entropy_is_over_all_possible_links(worked):
    example = worked["limtanakool_3"]
    ours = functional_panel(pd.DataFrame(example["od"]), directed=True).region["entropy_index_links"]
    assert ours == pytest.approx(example["out"]["EI_all_links"], rel=0, abs=1e-9)
    assert example["out"]["EI_present_links"] - ours == pytest.approx(0.9528 - 0.7372, abs=1e-4)


def test_sdsm_is_exact_where_r_backbone_approximates(davis, reference):
    ours = validated_projection(davis, model="sdsm")
    exact = {
        (i, j): p for i, j, _, p in reference.expected("davis_18x14_bipartite")["bicm_poissonbinomial_p_upper_rows"]
    }
    pairs = list(zip(ours["i"], ours["j"], strict=True))
    peer = reference.peer("davis_18x14", "backbone")["sdsm_Pupper"]
    assert max(abs(p - exact[pair]) for pair, p in zip(pairs, ours["p"], strict=True)) < 1e-6
    assert 0.02 < max(abs(peer[i][j] - exact[i, j]) for i, j in pairs) <= 0.024


def test_fdsm_goes_on_where_r_backbone_starts_again(davis, reference):
    """Restarted from the observed table 70 trades are too few: p drawn towards the observed, up to .03 on Davis.

    test_nullmodels_against_independent_numpy holds our chain against enumeration and against plain swaps.
    """
    ours = validated_projection(davis, draws=20_000)
    peer = reference.peer("davis_18x14", "backbone")["fdsm_Pupper"]
    theirs = np.array([peer[i][j] for i, j in zip(ours["i"], ours["j"], strict=True)])
    noise = np.sqrt(theirs * (1 - theirs) * 2 / 20_000)
    assert 0.025 < np.abs(ours["p"] - theirs).max() < 0.04
    assert (np.abs(ours["p"] - theirs) > 4 * noise + 1e-4).sum() >= 10


def test_fdsm_and_sdsm_differ_on_davis(davis):
    fixed, loose = validated_projection(davis, draws=5000), validated_projection(davis, model="sdsm")
    assert ((fixed["p"] < 0.05).sum(), (loose["p"] < 0.05).sum()) == (5, 0)
    assert np.abs(fixed["p"] - loose["p"]).max() == pytest.approx(0.17, abs=0.02)


def test_noise_corrected_moment_matching_changes_no_side(reference):
    """backboning.py has (1−μ²) in b where matching the moments gives (1−μ)²; the sd moves by at most 4 %."""
    flows = reference.input("od_flows_6")
    ours = noise_corrected(flows, directed=True)
    w = flows.to_numpy() * (1 - np.eye(6))
    i, j = np.nonzero(w)
    out, into, n, x = w.sum(axis=1)[i], w.sum(axis=0)[j], w.sum(), w[i, j]
    mu = out * into / n**2
    variance = out * into * (n - out) * (n - into) / (n**4 * (n - 1))
    a, b = mu**2 * (1 - mu) / variance - mu, mu * (1 - mu) ** 2 / variance - (1 - mu)
    p, kappa = (a + x) / (a + b + n), n / (out * into)
    d = 1 / (out * into) - n * (out + into) / (out * into) ** 2
    sd = np.sqrt(p * (1 - p) * n) * 2 * (kappa + x * d) / (kappa * x + 1) ** 2
    assert 0.001 < np.abs(sd / ours["sd"] - 1).max() <= 0.04
    assert ((ours["score"] > 1.64 * sd) == ours["keep"]).all()


def test_noise_corrected_undirected_counts_each_tie_from_both_ends():
    """netbone doubles the expectation of undirected ties; with N = 2Σw a tie as expected scores 0."""
    ring = pd.DataFrame(nx.to_numpy_array(nx.complete_graph(5)))
    # s = 4 everywhere, N = 20: expected 4·4/20 = .8 for a weight of 1
    assert noise_corrected(ring, directed=False)["score"].tolist() == pytest.approx([(1.25 - 1) / (1.25 + 1)] * 10)


def test_scikit_network_reports_newman_where_barber_is_meant(davis):
    from sknetwork.clustering import get_modularity

    ours = bipartite_modules(davis, runs=30)
    reported = get_modularity(sparse.csr_matrix(davis.to_numpy()), ours.rows.to_numpy(), ours.cols.to_numpy())
    barber = barber_modularity(davis, ours.rows, ours.cols)
    assert barber == pytest.approx(0.3455371796, rel=0, abs=1e-9)
    assert reported == pytest.approx(0.333, abs=1e-3)


def test_partition_similarity_is_adjusted(reference):
    stored = reference.expected("partition_similarity")
    assert stored["NMI_arithmetic"]["AC"] == pytest.approx(0.642, abs=1e-3)
    assert abs(adjusted_mutual_info(pd.Series(stored["A"]), pd.Series(stored["C"]))) < 1e-12


def test_networkx_louvain_depends_on_node_order_and_our_search_does_not(davis):
    from networkx.algorithms.community import louvain_communities

    graph = nx.karate_club_graph()
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from(reversed(list(graph.edges)))
    groups = [
        {frozenset(group) for group in louvain_communities(some, weight=None, seed=seed)}
        for seed in range(5)
        for some in (graph, turned)
    ]
    assert any(groups[2 * seed] != groups[2 * seed + 1] for seed in range(5))
    first, second = (bipartite_modules(table, runs=5, method="louvain") for table in (davis, davis.iloc[::-1, ::-1]))
    assert first.rows.equals(second.rows.reindex(davis.index))


def test_constraint_of_a_triangle_is_right(worked):
    assert (
        constraint_table(nx.complete_graph(3))["constraint"].iloc[0] == worked["burt_constraint_triangle"]["c"] == 1.125
    )
