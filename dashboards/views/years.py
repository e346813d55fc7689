"""Years of recorded ties (since when) and of projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.shelf import kept

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas


@dataclass(frozen=True)
class Years:
    """Every dated tie and project by year, sorted; and how many have none."""

    dated: np.ndarray
    undated: int

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last year; ``None`` where no year is known, or only one."""
        if not len(self.dated) or self.dated[0] == self.dated[-1]:
            return None
        return int(self.dated[0]), int(self.dated[-1])

    def within(self, first: int, last: int) -> int:
        """Ties and projects of these years."""
        return int(np.searchsorted(self.dated, last, "right") - np.searchsorted(self.dated, first))


def years(atlas: Atlas) -> Years:
    """Of the whole region."""
    return kept(atlas, "years", "", lambda: _years(atlas))


def _years(atlas: Atlas) -> Years:
    known = [atlas.tables.ties["since_year"].dropna(), atlas.tables.projects["year"].dropna()]
    dated = np.sort(np.concatenate([one.to_numpy(dtype=int) for one in known]))
    return Years(dated, len(atlas.tables.ties) + len(atlas.tables.projects) - len(dated))
