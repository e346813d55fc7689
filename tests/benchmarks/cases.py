"""What is compared: for every subject ours and what a user would pick."""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import TYPE_CHECKING

import activities
import networks
import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from given import Case, Given

CASES: dict[str, dict[str, Callable[[Given], Case]]] = {
    "projection": {
        "ours": networks.projection_ours,
        "scipy B·Bᵀ": networks.projection_scipy,
        "numpy pairs, summed by scipy": networks.projection_pairs_summed,
        "numpy pairs, sorted": networks.projection_pairs_sorted,
        "duckdb self-join": networks.projection_duckdb,
        "networkx": networks.projection_networkx,
    },
    "communities": {
        "ours": partial(networks.communities_ours, method="leiden"),
        "scikit-network Leiden": partial(networks.communities_scikit, method="Leiden"),
        "ours, Louvain": partial(networks.communities_ours, method="louvain"),
        "scikit-network Louvain": partial(networks.communities_scikit, method="Louvain"),
        "networkx Louvain": networks.communities_networkx,
    },
    "betweenness": {
        "ours": partial(networks.betweenness_ours, sources=None),
        "networkx": partial(networks.betweenness_networkx, sources=None),
    },
    "betweenness, 256 sources": {
        "ours": partial(networks.betweenness_ours, sources=256),
        "networkx": partial(networks.betweenness_networkx, sources=256),
    },
    "two-mode clustering": {"ours": networks.clustering_ours, "networkx": networks.clustering_networkx},
    "layout": {
        "ours": networks.layout_ours,
        "networkx ForceAtlas2": partial(networks.layout_networkx, layout="forceatlas2_layout"),
        "networkx spring": partial(networks.layout_networkx, layout="spring_layout"),
    },
    "relatedness and ECI": {
        "ours": activities.both_ours,
        # its one function takes rows and also computes density and outlook
        "ecomplexity": activities.rows_ecomplexity,
        "econcomplex": activities.both_econcomplex,
    },
    "relatedness, density and ECI, from rows": {
        "ours": activities.rows_ours,
        "ecomplexity": activities.rows_ecomplexity,
        "econcomplex": activities.rows_econcomplex,
    },
    "ECI alone, from a matrix": {
        "ours": activities.eci_ours,
        "ecomplexity": activities.eci_ecomplexity,
        "econcomplex": activities.eci_econcomplex,
    },
    "proximity alone, from a matrix": {
        "ours": activities.proximity_ours,
        "ecomplexity": activities.proximity_ecomplexity,
    },
    "atlas": {"ours": whole.atlas_ours},
    "ecosystem serve": {
        "with a warm cache": partial(whole.serve_ours, warm=True),
        "without a cache": partial(whole.serve_ours, warm=False),
    },
}

if __name__ == "__main__":
    print(json.dumps(list(CASES[sys.argv[1]])))
