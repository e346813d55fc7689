"""Comparing partitions: agreement corrected for chance, and how stable a grouping is between runs.

A partition is a Series from node to label. Nodes that carry a label of −1 belong to no group (the convention of all
searches here) and are left out of every comparison; entropy and information are in bits. Compare with the adjusted
indices: normalised mutual information rewards a partition for being fine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.special import gammaln, xlogy

from ecosystem.errors import MeasureError
from ecosystem.measures._inputs import labels_series, same_labels, whole_number
from ecosystem.measures._pvalues import resampled_p
from ecosystem.measures._results import DrawnResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Codes = NDArray[np.intp]
    Floats = NDArray[np.float64]

NO_GROUP = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Association(DrawnResult):
    """Adjusted mutual information of two groupings of ``n`` nodes, with a permutation p (upper tail)."""

    ami: float
    p: float


def adjusted_mutual_info(a: pd.Series[Any], b: pd.Series[Any]) -> float:
    """Adjusted mutual information, arithmetic mean: (I − E[I])/((H_a + H_b)/2 − E[I]).

    E[I] is exact under the hypergeometric model (both sets of group sizes kept). 1 for the same partition, 0 on
    average by chance, below 0 possible; no unit.

    Args:
        a: node → label.
        b: the same nodes in the same order.

    Undefined: NaN without nodes. Two partitions that are the same have 1, also where the formula is 0/0.

    Raises:
        MeasureError: nodes that differ, repeat or have no label.

    >>> a = pd.Series([0, 0, 0, 1, 1, 1, 2, 2, 2, 2])
    >>> b = pd.Series([0, 0, 1, 1, 1, 1, 2, 2, 2, 0])
    >>> round(adjusted_mutual_info(a, b), 4)
    0.4773

    Source: Vinh, Epps and Bailey (2010), JMLR 11, 2837–2854.
    """
    return ami_of_codes(*_both(a, b))


def adjusted_rand_index(a: pd.Series[Any], b: pd.Series[Any]) -> float:
    """Rand index corrected for chance: (S − E)/(M − E), 1 for the same partition, 0 on average by chance.

    With C(x) = x(x−1)/2: S = Σ C(n_ab), E = Σ C(n_a) Σ C(n_b)/C(n), M = (Σ C(n_a) + Σ C(n_b))/2.

    Args:
        a: node → label.
        b: the same nodes in the same order.

    Undefined: NaN without nodes. Two partitions that are the same have 1, also where the formula is 0/0.

    Raises:
        MeasureError: nodes that differ, repeat or have no label.

    >>> round(adjusted_rand_index(pd.Series([0, 0, 1, 1]), pd.Series([0, 0, 1, 2])), 4)
    0.5714

    Source: Hubert and Arabie (1985), doi 10.1007/BF01908075.
    """
    left, right = _both(a, b)
    if len(left) == 0:
        return float("nan")
    if _same(left, right):
        return 1.0
    together, own, other = (_couples(x) for x in (_table(left, right), np.bincount(left), np.bincount(right)))
    expected = own * other / (len(left) * (len(left) - 1) / 2)
    return (together - expected) / ((own + other) / 2 - expected)


def variation_of_information(a: pd.Series[Any], b: pd.Series[Any]) -> float:
    """Distance H(a|b) + H(b|a) in bits, 0 (the same partition) .. log2 n.

    Args:
        a: node → label.
        b: the same nodes in the same order.

    Undefined: NaN without nodes.

    Raises:
        MeasureError: nodes that differ, repeat or have no label.

    >>> variation_of_information(pd.Series([0, 0, 1, 1]), pd.Series([0, 0, 0, 0]))
    1.0

    Source: Meilă (2007), doi 10.1016/j.jmva.2006.11.013.
    """
    left, right = _both(a, b)
    if len(left) == 0:
        return float("nan")
    mutual = _information(left, right)
    return max(0.0, (_entropy(left) + _entropy(right) - 2 * mutual) / float(np.log(2)))


def association(a: pd.Series[Any], b: pd.Series[Any], *, draws: int = 1000, seed: int = 0) -> Association:
    """Do modules follow an attribute (city, field, sector)? AMI with a permutation p.

    The labels of ``b`` are shuffled among the nodes; p = (1 + #{I* >= I})/(1 + draws). Group sizes stay, so mutual
    information and AMI order the draws alike.

    Args:
        a: node → module (−1: none).
        b: the same nodes in the same order → attribute.
        draws: shuffles, 1000 or more for a p of .001.
        seed: of the shuffles.

    Undefined: NaN without nodes.

    Raises:
        MeasureError: nodes that differ, repeat or have no label; draws below 1.

    >>> module = pd.Series([0, 0, 0, 0, 1, 1, 1, 1])
    >>> city = pd.Series(["A", "A", "A", "A", "B", "B", "B", "B"])
    >>> found = association(module, city, draws=199)
    >>> found.ami, found.p < 0.05
    (1.0, True)

    Source: Vinh, Epps and Bailey (2010), JMLR 11; p after Phipson and Smyth (2010), doi 10.2202/1544-6115.1585.
    """
    whole_number(draws, name="draws", at_least=1)
    whole_number(seed, name="seed")
    left, right = _both(a, b)
    n, p = len(left), float("nan")
    if n:
        rng, observed = np.random.default_rng(seed), _information(left, right)
        hits = sum(_information(left, rng.permutation(right)) >= observed - 1e-12 for _ in range(draws))
        p = float(resampled_p(hits, draws))
    return Association(variant="ami_arithmetic", n=n, seed=seed, draws=draws, ami=ami_of_codes(left, right), p=p)


def consensus_matrix(partitions: pd.DataFrame) -> pd.DataFrame:
    """D_ij = share of runs in which i and j are in the same group, nodes × nodes, 0..1, 1 on the diagonal.

    Args:
        partitions: nodes × runs, labels (−1: no group).

    Undefined: NaN in the row and column of a node that belongs to no group in some run.

    Raises:
        MeasureError: no run, repeated nodes, or a missing label.

    >>> consensus_matrix(pd.DataFrame({"run0": [0, 0, 1], "run1": [0, 1, 1]})).to_numpy().tolist()
    [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]

    Source: Lancichinetti and Fortunato (2012), doi 10.1038/srep00336.
    """
    codes, known = _runs(partitions)
    together = np.zeros((len(codes), len(codes)))
    for run in codes.T:
        together += run[:, None] == run
    values = np.where(known[:, None] & known, together / codes.shape[1], np.nan)
    return pd.DataFrame(values, index=partitions.index, columns=partitions.index)


def node_stability(partitions: pd.DataFrame, final: pd.Series[Any]) -> pd.Series[float]:
    """Mean of D_ij (``consensus_matrix``) over the other members j of i's final module, 0..1.

    Args:
        partitions: nodes × runs, labels (−1: no group).
        final: node → module shown to the reader, the same nodes in the same order.

    Undefined: NaN for a node alone in its module or without one.

    Raises:
        MeasureError: no run, nodes that differ or repeat, or a missing label.

    >>> runs = pd.DataFrame({"run0": [0, 0, 1], "run1": [0, 1, 1]})
    >>> node_stability(runs, runs["run0"]).tolist()
    [0.5, 0.5, nan]

    Source: after Lancichinetti and Fortunato (2012), doi 10.1038/srep00336.
    """
    same_labels(partitions.index, labels_series(final, name="final").index, "partitions", "final")
    codes, known = _runs(partitions)
    module, _ = pd.factorize(final.to_numpy())
    grouped = known & (final.to_numpy() != NO_GROUP)
    others = np.bincount(module[grouped], minlength=int(module.max(initial=0)) + 1)[module] - 1.0
    together = np.zeros(len(module))
    for run in codes.T[:, grouped]:
        _, cell, size = np.unique(np.stack([module[grouped], run]), axis=1, return_inverse=True, return_counts=True)
        together[grouped] += size[cell.ravel()] - 1
    stability = np.full(len(module), np.nan)
    defined = grouped & (others > 0)
    stability[defined] = together[defined] / (others[defined] * codes.shape[1])
    return pd.Series(stability, index=partitions.index, name="stability")


def ami_of_codes(left: Codes, right: Codes) -> float:
    """``adjusted_mutual_info`` of two arrays of codes 0, 1, ...; for many comparisons of checked partitions."""
    if len(left) == 0:
        return float("nan")
    if _same(left, right):
        return 1.0
    mutual, expected = _information(left, right), _expected_information(np.bincount(left), np.bincount(right))
    return (mutual - expected) / ((_entropy(left) + _entropy(right)) / 2 - expected)


def _both(a: pd.Series[Any], b: pd.Series[Any]) -> tuple[Codes, Codes]:
    """Codes of the nodes both partitions group."""
    left, right = labels_series(a, name="a"), labels_series(b, name="b")
    same_labels(left.index, right.index, "a", "b")
    grouped = (left.to_numpy() != NO_GROUP) & (right.to_numpy() != NO_GROUP)
    return pd.factorize(left.to_numpy()[grouped])[0], pd.factorize(right.to_numpy()[grouped])[0]


def _runs(partitions: pd.DataFrame) -> tuple[Codes, NDArray[np.bool_]]:
    """Codes of every run (−1 stays −1), and which nodes every run groups."""
    if not isinstance(partitions, pd.DataFrame) or partitions.shape[1] == 0:
        raise MeasureError("partitions: expected a DataFrame of nodes × runs with at least one run.")
    columns = [
        labels_series(partitions.iloc[:, run], name=f"run {run}").to_numpy() for run in range(partitions.shape[1])
    ]
    codes = np.stack([np.where(column == NO_GROUP, NO_GROUP, pd.factorize(column)[0]) for column in columns], axis=1)
    return codes, np.asarray((codes != NO_GROUP).all(axis=1))


def _table(left: Codes, right: Codes) -> Codes:
    """Cells n_ab of the cross table, flat."""
    width = int(right.max()) + 1
    return np.bincount(left * width + right, minlength=(int(left.max()) + 1) * width)


def _same(left: Codes, right: Codes) -> bool:
    """Whether the partitions differ in names only."""
    cells = int((_table(left, right) > 0).sum())
    return cells == len(np.unique(left)) == len(np.unique(right))


def _couples(sizes: Codes) -> float:
    return float((sizes * (sizes - 1.0)).sum() / 2)


def _entropy(codes: Codes) -> float:
    """Entropy in nats."""
    share = np.bincount(codes) / len(codes)
    return float(-xlogy(share, share).sum())


def _information(left: Codes, right: Codes) -> float:
    """Mutual information in nats."""
    joint = _table(left, right) / len(left)
    return _entropy(left) + _entropy(right) + float(xlogy(joint, joint).sum())


def _expected_information(own: Codes, other: Codes) -> float:
    """Mean mutual information in nats of random tables with these margins; equal margins are computed once."""
    n = float(own.sum())
    a, times_a = np.unique(own[own > 0], return_counts=True)
    b, times_b = np.unique(other[other > 0], return_counts=True)
    i, j = (grid.ravel() for grid in np.meshgrid(np.arange(len(a)), np.arange(len(b)), indexing="ij"))
    low, high = np.maximum(1, a[i] + b[j] - own.sum()), np.minimum(a[i], b[j])
    terms = np.maximum(high - low + 1, 0)
    cell = np.repeat(np.arange(len(i)), terms)
    x = (np.arange(len(cell)) - np.repeat(np.cumsum(terms) - terms, terms) + low[cell]).astype(np.float64)
    big, small = a[i][cell].astype(np.float64), b[j][cell].astype(np.float64)
    log_chance = _log_ways(big, x) + _log_ways(n - big, small - x) - _log_ways(np.full_like(x, n), small)
    weight = (times_a[i] * times_b[j])[cell]
    return float((weight * np.exp(log_chance) * (x / n) * np.log(n * x / (big * small))).sum())


def _log_ways(n: Floats, k: Floats) -> Floats:
    """Natural logarithm of the binomial coefficient."""
    ways: Floats = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return ways
