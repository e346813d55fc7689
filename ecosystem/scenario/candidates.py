"""Who could hold a tie between two places: the best connected actors of each that are not linked yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from scipy import sparse

    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level

EACH = 6
"""So many actors of a place are looked at."""


@dataclass(frozen=True, eq=False)
class Candidates:
    """Of every place the rows of its best connected actors, the first the best."""

    rows: tuple[tuple[int, ...], ...]
    linked: sparse.csr_array
    names: pd.Series

    @classmethod
    def of(cls, atlas: Atlas, level: Level, field: str | None) -> Candidates:
        """Those of a region, or of a field of it."""
        at = atlas.material
        units, on = at.units(level), at.works_on(field)
        degree = np.diff(atlas.ties.csr.indptr)
        rows: list[list[int]] = [[] for _ in units.ids]
        here = np.flatnonzero(on & units.inside)
        for row in here[np.argsort(-degree[here], kind="stable")].tolist():
            held = rows[int(units.of_actor[row])]
            if len(held) < EACH:
                held.append(int(row))
        return cls(tuple(map(tuple, rows)), atlas.ties.csr, at.actors["name"])

    def pair(self, place: int, partner: int) -> tuple[str, str, str, str]:
        """Id and name of an actor of each place; all empty where the best of both are linked already."""
        tried = sorted(
            (i + j, i, one, other)
            for i, one in enumerate(self.rows[place])
            for j, other in enumerate(self.rows[partner])
        )
        for _, _, one, other in tried:
            held = self.linked.indices[self.linked.indptr[one] : self.linked.indptr[one + 1]]
            if other not in held:
                return (*self._named(one), *self._named(other))
        return ("", "", "", "")

    def _named(self, row: int) -> tuple[str, str]:
        return str(self.names.index[row]), str(self.names.iloc[row])
