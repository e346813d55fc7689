"""How ties run between groups of nodes: participation of a node, external against internal ties of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ecosystem.measures._inputs import labels_series, same_labels, ties_frame

if TYPE_CHECKING:
    from numpy.typing import NDArray


def participation(ties: pd.DataFrame, groups: pd.Series[str]) -> pd.Series[float]:
    """Participation coefficient c_i = 1 − Σ_c (k_ic/k_i)², k_ic ties of i to group c, k_i all its ties.

    0 where all ties of a node run to one group, at most 1 − 1/c over c groups; no unit. Weighted ties count by
    weight.

    Args:
        ties: n × n, symmetric, >= 0; the diagonal is left out.
        groups: node → group (here: city), the same nodes in the same order.

    Undefined: NaN for a node without ties.

    Raises:
        MeasureError: wrong ties, nodes that differ, or a node without a group.

    >>> ties = pd.DataFrame([[0, 1, 1], [1, 0, 0], [1, 0, 0]])
    >>> participation(ties, pd.Series(["A", "A", "B"])).tolist()
    [0.5, 0.0, 0.0]

    Source: Guimerà and Amaral (2005), doi 10.1038/nature03288.
    """
    w, codes, index = _grouped(ties, groups)
    to_group = w @ np.eye(int(codes.max(initial=0)) + 1)[codes]
    strength = w.sum(axis=1)
    value = np.full(len(w), np.nan)
    tied = strength > 0
    value[tied] = 1 - ((to_group[tied] / strength[tied, None]) ** 2).sum(axis=1)
    return pd.Series(value, index=index, name="participation")


def ei_index(ties: pd.DataFrame, groups: pd.Series[str]) -> float:
    """E-I index (between − within)/(between + within) of ties by group, −1 (all within) .. 1 (all between).

    Weighted ties count by weight. The value expected by chance depends on the group sizes: compare regions with
    care.

    Args:
        ties: n × n, symmetric, >= 0; the diagonal is left out.
        groups: node → group, the same nodes in the same order.

    Undefined: NaN without ties.

    Raises:
        MeasureError: wrong ties, nodes that differ, or a node without a group.

    >>> ties = pd.DataFrame([[0, 1, 1], [1, 0, 1], [1, 1, 0]])
    >>> round(ei_index(ties, pd.Series(["A", "A", "B"])), 4)
    0.3333

    Source: Krackhardt and Stern (1988), doi 10.2307/2786835.
    """
    w, codes, _ = _grouped(ties, groups)
    total, within = float(w.sum()), float(w[codes[:, None] == codes].sum())
    return (total - 2 * within) / total if total > 0 else float("nan")


def _grouped(ties: pd.DataFrame, groups: pd.Series[str]) -> tuple[NDArray[np.float64], NDArray[np.intp], pd.Index]:
    """Ties as an array, groups as codes 0, 1, ..., and the nodes."""
    checked, labels = ties_frame(ties), labels_series(groups)
    same_labels(checked.index, labels.index, "ties", "groups")
    return checked.to_numpy(), pd.factorize(labels.to_numpy())[0], checked.index
