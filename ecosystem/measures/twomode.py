"""Centralities of a two-mode network: actors or cities × fields or projects.

Every measure is normalised within its own side: a field can reach more actors than an actor can reach fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.measures._inputs import incidence_frame
from ecosystem.measures._reasons import NetworkReason, joined
from ecosystem.measures.betweenness import betweenness

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def bipartite_table(incidence: pd.DataFrame, *, sources: int | None = None, seed: int = 0) -> pd.DataFrame:
    """Degree, betweenness and redundancy of both sides of a two-mode network.

    - ``degree``: number of ties; ``degree_centrality``: share of the other side, 0..1;
    - ``betweenness``: divided by the largest value its side allows, 0..1;
    - ``redundancy``: share of pairs of a node's neighbours that also meet elsewhere, 0..1.

    Args:
        incidence: rows × columns, 0/1.
        sources: as in ``betweenness``: exact up to 3,000 nodes in all.
        seed: of the sources.

    Returns:
        One row per (side ``row`` or ``col``, label), in the order of the input, with ``reason``. ``attrs`` says
        whether betweenness is ``exact`` or ``sampled``, with ``draws`` and ``seed``.

    Undefined: redundancy NaN below 2 ties; betweenness where a side has no pair to lie between (all of one side tied
    to a single node at most); degree centrality where the other side is empty.

    Raises:
        MeasureError: cells other than 0 and 1, or repeated labels.

    >>> bipartite_table(pd.DataFrame([[1, 1], [1, 1], [0, 1]]))["redundancy"].round(2).tolist()
    [1.0, 1.0, nan, 1.0, 0.33]

    Sources: Borgatti and Everett (1997), doi 10.1016/S0378-8733(96)00301-2; Latapy, Magnien and Del Vecchio (2008),
    doi 10.1016/j.socnet.2007.04.006.
    """
    checked = incidence_frame(incidence)
    b = checked.to_numpy()
    sides = [("row", label) for label in checked.index] + [("col", label) for label in checked.columns]
    square = sparse.csr_array(np.block([[np.zeros((len(b),) * 2), b], [b.T, np.zeros((b.shape[1],) * 2)]]))
    found = betweenness(square, pd.Index(sides, tupleize_cols=False), sources=sources, seed=seed, normalised=False)
    degree, redundancy = (
        np.concatenate((b.sum(axis=1), b.sum(axis=0))),
        np.concatenate((_redundancy(b), _redundancy(b.T))),
    )
    table = pd.DataFrame(
        {
            "degree": degree.astype(np.int64),
            "degree_centrality": _shares(degree, np.repeat(b.shape[::-1], b.shape)),
            "betweenness": _shares(np.asarray(found.value, dtype=np.float64), _most(*b.shape)),
            "redundancy": redundancy,
        },
        index=pd.MultiIndex.from_tuples(sides, names=["side", "label"]),
    )
    table["reason"] = joined(
        np.where(table["redundancy"].isna(), NetworkReason.SINGLE_TIE, ""),
        np.where(table["betweenness"].isna(), NetworkReason.NOT_BETWEEN, ""),
    )
    table.attrs = {"variant": found.variant, "n": found.n, "draws": found.draws, "seed": seed, "warnings": ()}
    return table


def robins_alexander(incidence: pd.DataFrame) -> float:
    """Two-mode clustering 4·C4/L3: share of paths of three ties that are closed to a cycle of four, 0..1.

    Args:
        incidence: rows × columns, 0/1.

    Undefined: NaN without a path of three ties.

    Raises:
        MeasureError: cells other than 0 and 1, or repeated labels.

    >>> robins_alexander(pd.DataFrame([[1, 1], [1, 1]]))
    1.0

    Source: Robins and Alexander (2004), doi 10.1023/B:CMOT.0000032580.12184.c0.
    """
    b = incidence_frame(incidence).to_numpy()
    shared = np.triu(b @ b.T, k=1)
    cycles = float((shared * (shared - 1) / 2).sum())
    paths = float(((b.sum(axis=1)[:, None] - 1) * (b.sum(axis=0) - 1) * b).sum())
    return 4 * cycles / paths if paths > 0 else float("nan")


def _redundancy(b: Floats) -> Floats:
    """Share of pairs of a row's columns that share another row."""
    elsewhere = (b.T @ b >= 2).astype(np.float64)
    np.fill_diagonal(elsewhere, 0.0)
    degree = b.sum(axis=1)
    return _shares(((b @ elsewhere) * b).sum(axis=1), np.where(degree >= 2, degree * (degree - 1), 0.0))


def _most(rows: int, cols: int) -> Floats:
    """The largest betweenness a node of each side can have."""
    return np.repeat([_largest(rows, cols), _largest(cols, rows)], [rows, cols])


def _largest(own: int, other: int) -> float:
    if own == 0 or other == 0:
        return 0.0
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def _shares(part: Floats, whole: Floats) -> Floats:
    """part/whole, NaN where whole is 0."""
    share: Floats = np.full(len(part), np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return share
