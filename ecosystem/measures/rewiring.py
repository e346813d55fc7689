"""Is a weighted network more modular than chance makes it? Its modularity against that of random networks.

Random networks keep what each actor has: its number of ties (edge swaps), its number of joint projects (curveball
trades). A projection must be redrawn before it is projected: swapping projected ties would dissolve the cliques that
every joint project makes, and anything would look modular.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from ecosystem.measures._curveball import randomised
from ecosystem.measures._inputs import whole_number
from ecosystem.measures._pvalues import resampled_p
from ecosystem.measures._swaps import swap
from ecosystem.measures.communities import communities
from ecosystem.measures.modules import NullModularity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas as pd

    from ecosystem.measures.communities import Method


def rewired(ties: sparse.csr_array, *, seed: int = 0) -> Iterator[sparse.csr_array]:
    """Networks without end in which every node has as many ties as here; each tie's weight goes with it.

    A chain of edge swaps, ten tries per tie between two networks.

    Args:
        ties: n × n, symmetric, >= 0; the diagonal is left out.
        seed: of the swaps; the order of the nodes matters too.

    >>> ring = np.roll(np.eye(6), 1, axis=1)
    >>> drawn = next(rewired(sparse.csr_array(ring + ring.T), seed=1))
    >>> drawn.sum(axis=1).tolist()
    [2.0, 2.0, 2.0, 2.0, 2.0, 2.0]

    Source: Maslov and Sneppen (2002), doi 10.1126/science.1065103.
    """
    upper = sparse.triu(ties, k=1).tocoo()
    i, j = upper.coords
    edges, rng = list(zip(i.tolist(), j.tolist(), strict=True)), np.random.default_rng(seed)
    linked = set(edges)
    while True:
        swap(edges, linked, rng)
        ends = np.array(edges, dtype=np.intp).reshape(-1, 2)
        one_way = sparse.csr_array((upper.data, (ends[:, 0], ends[:, 1])), shape=ties.shape)
        yield sparse.csr_array(one_way + one_way.T)


def reassigned(table: sparse.csr_array, *, draws: int, seed: int = 0) -> Iterator[sparse.csr_array]:
    """Tables of 0 and 1 with the row and column sums of this one (curveball trades), such as actors × projects.

    Args:
        table: rows × columns, 0/1.
        draws: how many.
        seed: of the trades; the order of the rows matters too.

    >>> [one.sum(axis=0).tolist() for one in reassigned(sparse.csr_array(np.eye(3)), draws=2)]
    [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]

    Source: Strona et al. (2014), doi 10.1038/ncomms5114.
    """
    for drawn in randomised(sparse.csr_array(table > 0).toarray(), draws, seed):
        one: sparse.csr_array = sparse.csr_array(drawn.astype(np.float64))
        yield one


def communities_against_null(
    weights: sparse.csr_array,
    nodes: pd.Index,
    nulls: Iterable[sparse.csr_array],
    *,
    draws: int = 100,
    runs: int = 5,
    seed: int = 0,
    method: Method = "leiden",
    progress: Callable[[int, int], None] | None = None,
) -> NullModularity:
    """Modularity of a network against that of random ones, both the best of ``runs`` searches.

    z = (Q − mean)/sd, population sd; p = (1 + #{Q* >= Q})/(1 + draws).

    Args:
        weights: n × n, symmetric, >= 0, empty diagonal.
        nodes: the n labels.
        nulls: random networks of the same nodes, at least ``draws`` of them.
        draws: how many of them are searched.
        runs: searches per network.
        seed: of the searches, stated with the result.
        method: of ``communities``.
        progress: called with (networks done, draws).

    Undefined: NaN without ties; z also where all random networks have one modularity.

    Raises:
        MeasureError: what ``communities`` refuses; draws below 1.

    >>> import pandas as pd
    >>> two = sparse.csr_array(np.kron(np.eye(2), np.ones((6, 6)) - np.eye(6)))
    >>> communities_against_null(two, pd.RangeIndex(12), rewired(two), draws=19, runs=1).p
    0.05

    Source: the null model after Guimerà, Sales-Pardo and Amaral (2004), doi 10.1103/PhysRevE.70.025101.
    """
    whole_number(draws, name="draws", at_least=1)
    q, nan = communities(weights, nodes, method=method, runs=runs, seed=seed).modularity, float("nan")
    found = []
    for done, drawn in enumerate(islice(nulls, 0 if np.isnan(q) else draws), start=1):
        found.append(communities(drawn, nodes, method=method, runs=runs, seed=seed).modularity)
        if progress is not None:
            progress(done, draws)
    null = np.array(found)
    mean, sd = (float(null.mean()), float(null.std())) if found else (nan, nan)
    return NullModularity(
        variant=method,
        n=int((weights.sum(axis=1) > 0).sum()),
        seed=seed,
        draws=draws,
        q=q,
        null_mean=mean,
        null_sd=sd,
        z=(q - mean) / sd if sd > 1e-12 else nan,
        p=float(resampled_p((null >= q - 1e-12).sum(), draws)) if found else nan,
    )
