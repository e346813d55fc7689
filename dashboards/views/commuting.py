"""Commuters beside the ties of actors: do the pairs of districts that exchange workers also have linked actors?

Commuters are counted between districts and independent cities only, in the latest year stated; both directions of a
pair are added. A rank correlation over pairs describes these pairs; they are all there are, and no sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dashboards.views.polycentric import region_map
from dashboards.views.shelf import kept

if TYPE_CHECKING:
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas


@dataclass(frozen=True, slots=True)
class PairOfUnits:
    """Two units: commuters both ways and linked pairs of actors, with the rank of each (1 = most)."""

    source: str
    target: str
    source_name: str
    target_name: str
    commuters: int
    pairs: int
    commuters_rank: int
    pairs_rank: int


@dataclass(frozen=True)
class Commuting:
    """All pairs of units; ``rho`` is Spearman's, NaN where one side does not vary.

    ``year`` is ``None`` where the region has no flows, and ``pairs`` is empty where the units are municipalities.
    """

    year: int | None
    pairs: tuple[PairOfUnits, ...]
    rho: float

    @property
    def untied(self) -> tuple[PairOfUnits, ...]:
        """Pairs without a linked pair of actors, those with the most commuters first."""
        without = [pair for pair in self.pairs if pair.pairs == 0 and pair.commuters]
        return tuple(sorted(without, key=lambda pair: (-pair.commuters, pair.source, pair.target)))


def commuting(atlas: Atlas, selection: Selection) -> Commuting:
    """Commuters against the ties that the filters leave."""
    view = region_map(atlas, selection)
    flows = kept(atlas, "commuters", "latest", lambda: _latest(atlas))
    if flows.empty:
        return Commuting(None, (), float("nan"))
    year = int(flows["year"].iloc[0])
    if view.units.kind != "unit":
        return Commuting(year, (), float("nan"))
    amount = {(str(a), str(b)): int(n) for a, b, n in zip(*(flows[one] for one in _COLUMNS), strict=True)}
    tied = {(flow.source, flow.target): flow.pairs for flow in view.flows}
    keys = list(combinations(range(len(view.units)), 2))
    ids, names = view.units.ids, view.units.names
    both = [amount.get((ids[a], ids[b]), 0) + amount.get((ids[b], ids[a]), 0) for a, b in keys]
    pairs = [tied.get((ids[a], ids[b]), tied.get((ids[b], ids[a]), 0)) for a, b in keys]
    ranks = [pd.Series(one, dtype=float).rank(ascending=False, method="min").astype(int) for one in (both, pairs)]
    rows = [
        PairOfUnits(ids[a], ids[b], names[a], names[b], both[i], pairs[i], int(ranks[0].iloc[i]), int(ranks[1].iloc[i]))
        for i, (a, b) in enumerate(keys)
    ]
    return Commuting(year, tuple(rows), _spearman(both, pairs))


_COLUMNS = ("origin_district_id", "destination_district_id", "commuters")


def _latest(atlas: Atlas) -> pd.DataFrame:
    flows = atlas.tables.flows
    return flows[(flows["year"] == flows["year"].max()).to_numpy(dtype=bool)] if len(flows) else flows


def _spearman(a: list[int], b: list[int]) -> float:
    """The correlation of ranks, equals sharing theirs; NaN for fewer than three pairs or without variation."""
    first, second = (pd.Series(one, dtype=float).rank().to_numpy() for one in (a, b))
    if len(a) < 3 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])
