"""Which joint projects stand out from chance.

Tested are pairs of actors over the projects that two or more share: by SDSM, a pair's joint projects are a sum of
coins whose chances keep every actor's and every project's number on average; the upper tail is exact, nothing is
drawn. q is Benjamini–Hochberg over all pairs tested. Recorded ties are observed as such and are not tested.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dashboards.views.part import part
from dashboards.views.shelf import kept
from ecosystem.affiliations import actor_projects
from ecosystem.projections import MAX_PARTNERS

if TYPE_CHECKING:
    from dashboards.state import Selection
    from dashboards.views.filters import Pairs
    from ecosystem.atlas import Atlas
    from ecosystem.tables import Tables

ALPHA = 0.05
# actors with joint projects: more make millions of pairs, and a reader waits for minutes
MOST_TESTED = 1500


@dataclass(frozen=True)
class Validation:
    """Pairs with a joint project, tested: positions of both ends, ``p`` and ``q``.

    ``actors`` take part in ``projects`` joint projects and make ``tested`` pairs. Without a result (``possible`` is
    false) there were too many of them.
    """

    actors: int
    projects: int
    tested: int
    i: np.ndarray
    j: np.ndarray
    p: np.ndarray
    q: np.ndarray
    possible: bool = True

    @property
    def stand_out(self) -> dict[str, int]:
        """Number of pairs at or below the level, by q and by p."""
        return {"q": int((self.q <= ALPHA).sum()), "p": int((self.p <= ALPHA).sum())}

    def of(self, pairs: Pairs) -> tuple[np.ndarray, np.ndarray]:
        """Values p and q of these pairs, NaN where not tested."""
        values = {(a, b): at for at, (a, b) in enumerate(zip(self.i.tolist(), self.j.tolist(), strict=True))}
        place = np.array([values.get(ends, -1) for ends in zip(pairs.i.tolist(), pairs.j.tolist(), strict=True)], int)
        p, q = np.append(self.p, np.nan), np.append(self.q, np.nan)
        return p[place], q[place]


def validation(atlas: Atlas, selection: Selection) -> Validation:
    """Joint projects of the part that filters on kind, year and confidence leave; all actors take part."""
    tables = part(atlas, selection)
    return kept(atlas, "validation", tables.digest, lambda: _tested(tables))


def _tested(tables: Tables) -> Validation:
    from ecosystem.measures import validated_projection  # noqa: PLC0415 -- an app starts without the measures

    table = actor_projects(tables).csr
    partners = np.asarray(table.sum(axis=0)).ravel()
    table = table[:, np.flatnonzero((partners >= 2) & (partners <= MAX_PARTNERS))]
    who = np.flatnonzero(np.asarray(table.sum(axis=1)).ravel() > 0)
    none: np.ndarray = np.empty(0)
    ends = none.astype(int)
    if len(who) < 2 or len(who) > MOST_TESTED:
        return Validation(len(who), table.shape[1], 0, ends, ends, none, none, possible=len(who) < 2)
    incidence = pd.DataFrame(table[who].toarray().astype("int64"), index=who)
    found = validated_projection(incidence, model="sdsm", alpha=ALPHA)
    some = found[(found["shared"] > 0).to_numpy()]
    i, j, p, q = (some[name].to_numpy() for name in ("i", "j", "p", "q"))
    return Validation(len(who), table.shape[1], len(found), i.astype(int), j.astype(int), p, q)


def standing_out(found: Validation, pairs: Pairs, by: str) -> np.ndarray:
    """Mask of the pairs whose joint projects stand out by ``q`` or ``p``."""
    p, q = found.of(pairs)
    with np.errstate(invalid="ignore"):
        return np.asarray((q if by == "q" else p) <= ALPHA)
