"""scikit-network's Leiden without the random numbers of the C library.

Its refinement draws from ``rand()``, whose state belongs to the whole process and differs from one C library to
another: a second search in the same process, or the same one on another system, would find other communities.
Here the refinement of Traag, Waltman and van Eck (2019) is greedy instead: nodes are visited in order, and one that
still stands alone joins the part of its community that gains most, the first of equals.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from sknetwork.clustering import Leiden

from ecosystem.measures.communities import ties_inside

if TYPE_CHECKING:
    from scipy import sparse


class GreedyLeiden(Leiden):  # type: ignore[misc] # the base class is untyped
    """Leiden in which the order of the nodes alone decides between equals."""

    def _optimize_refine(
        self,
        labels: np.ndarray,
        labels_refined: np.ndarray,
        adjacency: sparse.csr_matrix,
        out_weights: np.ndarray,
        in_weights: np.ndarray,
    ) -> np.ndarray:
        """Parts of each community; ``labels_refined`` has every node alone, all weights sum to 1 each."""
        inside = ties_inside(adjacency, labels)
        parts = _Parts(labels_refined, out_weights, in_weights, self.resolution)
        others, weights = inside.indices.astype(np.intp), 2 * inside.data
        for node, (low, high) in enumerate(pairwise(inside.indptr.tolist())):
            if parts.alone[node] and low < high:
                parts.join_best(node, others[low:high], weights[low:high])
        return parts.part


class PolishedLeiden(GreedyLeiden):
    """The same, and then every node is asked once more whether another community suits it better.

    Communities of a large network are made of parts that never open again: on 30,000 organisations and more this round
    adds 2 per cent of modularity for a tenth of the time (measured).
    """

    def _pre_processing(self, input_matrix: sparse.csr_matrix, force_bipartite: bool) -> tuple[Any, ...]:
        whole: tuple[Any, ...] = super()._pre_processing(input_matrix, force_bipartite)
        self._whole = whole
        return whole

    def _post_processing(self, input_matrix: sparse.csr_matrix, membership: sparse.csr_matrix, index: Any) -> None:
        super()._post_processing(input_matrix, membership, index)
        adjacency, out_weights, in_weights, *_ = self._whole
        moved, _ = self._optimize(self.labels_, adjacency, out_weights, in_weights)
        self.labels_: np.ndarray = moved


class _Parts:
    """Which part each node is in, and what weight each part holds; a part is named after its first node."""

    def __init__(self, part: np.ndarray, out: np.ndarray, into: np.ndarray, resolution: float) -> None:
        self.part = part.astype(np.intp)
        self.alone = [True] * len(part)
        self._own = np.stack([out, into], axis=1).astype(np.float64).tolist()
        self._held_out, self._held_into = out.astype(np.float64), into.astype(np.float64)
        self._gain = np.zeros(len(part))
        self._resolution = resolution

    def join_best(self, node: int, others: np.ndarray, weights: np.ndarray) -> None:
        """Move a lone node to the part of greatest gain, if there is any gain."""
        out, into = self._own[node]
        share_out, share_into = self._resolution * out, self._resolution * into
        targets = self.part[others]
        # a part that is met several times gets the same number several times, and then all its ties in their order
        self._gain[targets] = -(share_out * self._held_into[targets] + share_into * self._held_out[targets])
        np.add.at(self._gain, targets, weights)
        gains = self._gain[targets]
        most = gains.max()
        if most <= 0:
            return
        best = int(targets[gains == most].min())
        self.alone[node] = self.alone[best] = False
        self.part[node] = best
        self._held_out[best] += out
        self._held_into[best] += into
        self._held_out[node] = self._held_into[node] = 0.0
