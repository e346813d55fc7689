"""Cases on networks: projection, communities, betweenness, clustering, layout.

Each function prepares its input and its imports; only the work it returns is timed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from given import Case
from scipy import sparse

if TYPE_CHECKING:
    from given import Given
    from made import Affiliations


def _told_pairs(weights: np.ndarray) -> dict[str, Any]:
    return {"pairs": len(weights), "weight": round(float(weights.sum()), 3)}


def projection_ours(given: Given) -> Case:
    from ecosystem.projections import co_membership

    matrix = given.matrix()
    return Case(lambda: co_membership(matrix), lambda found: _told_pairs(sparse.triu(found.matrix.csr).data))


def projection_scipy(given: Given) -> Case:
    values = given.matrix().csr

    def work() -> sparse.csr_array:
        size = values.sum(axis=0)
        weights = np.divide(1.0, size - 1, out=np.zeros(len(size)), where=size > 1)
        return sparse.triu(values @ sparse.diags_array(weights) @ values.T, k=1, format="csr")

    return Case(work, lambda found: _told_pairs(found.data))


def _pairs(found: Affiliations) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every pair of partners of every project: both ends, smaller first, and the weight."""
    size = np.bincount(found.project, minlength=found.size.projects)
    later = np.repeat(np.cumsum(size), size) - np.arange(len(found.project)) - 1
    first = np.repeat(np.arange(len(found.project)), later)
    second = np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later) + first + 1
    weights = 1 / (size[found.project[first]] - 1)
    return found.organisation[first], found.organisation[second], weights


def projection_pairs_summed(given: Given) -> Case:
    found = given.affiliations()
    shape = (found.size.organisations,) * 2

    def work() -> sparse.csr_array:
        low, high, weights = _pairs(found)
        return sparse.csr_array(sparse.coo_array((weights, (low, high)), shape=shape))

    return Case(work, lambda result: _told_pairs(result.data))


def projection_pairs_sorted(given: Given) -> Case:
    found = given.affiliations()

    def work() -> tuple[np.ndarray, np.ndarray]:
        low, high, weights = _pairs(found)
        keys = low * found.size.organisations + high
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        starts = np.flatnonzero(np.diff(keys, prepend=-1))
        return keys[starts], np.add.reduceat(weights[order], starts)

    return Case(work, lambda result: _told_pairs(result[1]))


PAIRS = """
with sized as (select project, count(*) as size from rows group by project)
select a.organisation as low, b.organisation as high, sum(1.0 / (size - 1)) as weight
from rows a join rows b using (project) join sized using (project)
where a.organisation < b.organisation group by low, high
"""


def projection_duckdb(given: Given) -> Case:
    import duckdb

    found = given.affiliations()
    rows = pd.DataFrame({"organisation": found.organisation, "project": found.project})
    connection = duckdb.connect()
    connection.register("rows", rows)
    return Case(lambda: connection.execute(PAIRS).fetchnumpy(), lambda result: _told_pairs(result["weight"]))


def projection_networkx(given: Given) -> Case:
    import networkx as nx

    found = given.affiliations()
    graph = nx.Graph()
    graph.add_edges_from(zip(found.organisation.tolist(), (-1 - found.project).tolist(), strict=True))
    actors = np.unique(found.organisation).tolist()
    work = partial(nx.bipartite.collaboration_weighted_projected_graph, graph, actors)
    return Case(work, lambda result: _told_pairs(np.array([w for _, _, w in result.edges(data="weight")])))


def communities_ours(given: Given, method: str) -> Case:
    import sknetwork.clustering  # noqa: F401 - imported late by what is timed

    from ecosystem.measures.communities import communities

    ties = given.projected()
    work = partial(communities, ties.csr, ties.rows, method=method, runs=1, seed=given.round)
    return Case(work, lambda found: {"Q": found.modularity, "communities": found.count})


def communities_scikit(given: Given, method: str) -> Case:
    import sknetwork.clustering

    ties = given.projected().csr
    # it has no seed for Leiden: the order of the nodes stands in for one
    order = np.random.default_rng(given.round).permutation(ties.shape[0])
    shuffled = sparse.csr_matrix(ties[order][:, order])
    shuffled.sort_indices()
    algorithm = getattr(sknetwork.clustering, method)(return_probs=False, return_aggregate=False)
    return Case(lambda: algorithm.fit_predict(shuffled), partial(_told_labels, shuffled))


def _told_labels(ties: sparse.csr_matrix, labels: np.ndarray) -> dict[str, Any]:
    from ecosystem.measures.communities import modularity

    tied = np.asarray(ties.sum(axis=1)).ravel() > 0
    return {"Q": modularity(sparse.csr_array(ties), np.asarray(labels)), "communities": len(np.unique(labels[tied]))}


def communities_networkx(given: Given) -> Case:
    import networkx as nx

    graph = given.graph()
    work = partial(nx.community.louvain_communities, graph, seed=given.round)
    return Case(work, lambda found: {"Q": nx.community.modularity(graph, found), "communities": len(found)})


def betweenness_ours(given: Given, sources: int | None) -> Case:
    from ecosystem.measures.betweenness import betweenness

    ties = given.projected()
    work = partial(betweenness, ties.csr, ties.rows, sources=sources)
    return Case(work, lambda found: {"mean": round(float(found.value.mean()), 9)} if sources is None else {})


def betweenness_networkx(given: Given, sources: int | None) -> Case:
    import networkx as nx

    work = partial(nx.betweenness_centrality, given.graph(), k=sources, seed=given.round)
    return Case(work, lambda found: {"mean": round(float(np.mean(list(found.values()))), 9)} if sources is None else {})


def clustering_ours(given: Given) -> Case:
    from ecosystem.measures.twomode import robins_alexander

    incidence = given.matrix().frame()
    return Case(lambda: robins_alexander(incidence), lambda found: {"clustering": round(found, 9)})


def clustering_networkx(given: Given) -> Case:
    import networkx as nx

    found = given.affiliations()
    graph = nx.Graph(zip(found.organisation.tolist(), (-1 - found.project).tolist(), strict=True))
    work = partial(nx.bipartite.robins_alexander_clustering, graph)
    return Case(work, lambda value: {"clustering": round(value, 9)})


def layout_ours(given: Given) -> Case:
    from ecosystem.layout import network_positions
    from ecosystem.measures.communities import communities

    ties = given.projected()
    start = np.random.default_rng(given.round).uniform(0, 100, (len(ties.rows), 2))
    labels = communities(ties.csr, ties.rows, runs=1).labels.to_numpy()
    return Case(lambda: network_positions(start, ties.csr, labels), partial(_told_positions, ties.csr))


def layout_networkx(given: Given, layout: str) -> Case:
    import networkx as nx

    graph, ties = given.graph(), given.projected().csr
    work = partial(getattr(nx, layout), graph, seed=given.round)
    return Case(work, lambda found: _told_positions(ties, np.array([found[node] for node in range(len(graph))])))


def _told_positions(ties: sparse.csr_array, points: np.ndarray) -> dict[str, Any]:
    """Of the ten actors nearest to a tied one: the share that are its partners."""
    from scipy.spatial import cKDTree

    near = cKDTree(points).query(points, k=11)[1][:, 1:]
    tied = np.flatnonzero(np.diff(ties.indptr) >= 10)
    kept = [np.isin(near[i], ties.indices[ties.indptr[i] : ties.indptr[i + 1]]).mean() for i in tied]
    return {"neighbours kept": round(float(np.mean(kept)), 3)}
