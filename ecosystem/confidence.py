"""How far a record can be relied on, on one scale for actors and ties.

0 none or doubtful, 1 weak (general knowledge, not re-checked), 2 medium (a page says so), 3 strong (a register, a
statute, statistics or a funding list). A record with several sources has the strength of its best one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from ecosystem.cells import split

if TYPE_CHECKING:
    from ecosystem.tables import Tables

NONE, WEAK, MEDIUM, STRONG = range(4)
LEVELS = (NONE, WEAK, MEDIUM, STRONG)

OF_PLACE = {"table": STRONG, "statute": STRONG, "page": MEDIUM, "name": MEDIUM, "knowledge": WEAK, "doubtful": NONE}
OF_SOURCE = {"register": STRONG, "statute": STRONG, "statistics": STRONG, "package": MEDIUM, "page": MEDIUM}


def of_actors(tables: Tables) -> pd.Series:
    """Confidence 0 … 3 in every actor's seat, in the order of the table; 0 where nothing is said.

    >>> from ecosystem.regions import locate
    >>> from ecosystem.tables import read
    >>> int(of_actors(read(locate("toy"))).max()) <= STRONG
    True
    """
    return tables.actors["place_evidence"].map(OF_PLACE).fillna(NONE).astype("int64")


def of_ties(tables: Tables) -> pd.Series:
    """Confidence 0 … 3 in every direct tie, in the order of the table: that of its best source."""
    kinds = dict(zip(tables.sources["source_id"], tables.sources["kind"], strict=True))
    best = [
        max((OF_SOURCE.get(kinds.get(one, ""), NONE) for one in split(cell)), default=NONE)
        for cell in tables.ties["source_id"]
    ]
    return pd.Series(best, index=tables.ties.index, dtype="int64")
