"""How sure it is that an actor belongs to its cluster: whether repeated searches keep it with the same others.

The network is that of the clusters, the whole region whatever the filters. Stability is the share of ``RUNS`` seeded
searches, on average over the other members of the actor's cluster, in which both come out together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dashboards.views.shelf import kept

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

RUNS = 20
# below, an actor lies as often outside its cluster as in it
SHAKY = 0.5
# a search over more ties takes seconds, and twenty of them minutes
MOST_TIES = 400_000


@dataclass(frozen=True)
class Stability:
    """0 … 1 for every actor, NaN for one in no cluster; all NaN where the network is too large (``possible`` false)."""

    value: np.ndarray
    possible: bool = True

    @property
    def shaky(self) -> np.ndarray:
        """Mask of the actors that lie on the border of their cluster."""
        return np.asarray(np.nan_to_num(self.value, nan=1.0) < SHAKY)


def stability(atlas: Atlas) -> Stability:
    """Stability of the clusters shown."""
    return kept(atlas, "stability", "", lambda: _stability(atlas))


def _stability(atlas: Atlas) -> Stability:
    from ecosystem.measures import node_stability  # noqa: PLC0415 -- an app starts without the measures
    from ecosystem.measures.communities import communities  # noqa: PLC0415

    nothing = np.full(len(atlas.positions), np.nan)
    ties, options = atlas.ties, atlas.clusters.options
    if ties.csr.nnz // 2 > MOST_TIES:
        return Stability(nothing, possible=False)
    if ties.csr.nnz == 0:
        return Stability(nothing)
    found = {
        run: communities(ties.csr, ties.rows, runs=1, seed=run, resolution=options.resolution).labels
        for run in range(RUNS)
    }
    value = node_stability(pd.DataFrame(found), atlas.clusters.partition.labels).to_numpy()
    # communities too small to be a cluster are in none
    return Stability(np.where((atlas.cluster_of_actors != "").to_numpy(), value, np.nan))
