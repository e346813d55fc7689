"""What is missing in a subject: sectors and fields without an actor, the nearest missing field, partners without a tie.

A gap is one of the data before it is one of the region: nobody collected everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.portrait import NAN
from ecosystem.affiliations import binary

if TYPE_CHECKING:
    from dashboards.views.portrait import Portrait
    from dashboards.views.subject import Subject
    from ecosystem.atlas import Atlas

MOST = 6
SECTOR, FIELD, UNIT, NEAR, PARTNER, STEP, RECORD = (
    "sector", "field", "unit", "near field", "unlinked partner", "two steps away", "record",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: ``what`` is missing (id), ``who`` could help, with the number that says how much it matters.

    ``value``: relatedness density in per cent for a near field, what a partner would add to it, common partners of
    two actors; ``size`` is the memberships of a field in the region.
    """

    kind: str
    what: str
    who: str = ""
    name: str = ""
    value: float = NAN
    size: int = 0
    few: bool = False


def gaps(atlas: Atlas, one: Subject, of: Portrait) -> tuple[Gap, ...]:
    """The gaps of a subject, sorts of gaps in a fixed order."""
    if one.kind == "actor":
        return (*_records(atlas, one), *_two_steps(atlas, one))
    missing = [
        *(Gap(SECTOR, part.key) for part in of.sectors if not part.count and one.kind != "sector"),
        *(Gap(FIELD, part.key) for part in of.fields if not part.count and one.kind != "field"),
    ]
    if one.kind in {"field", "sector"}:
        missing += [Gap(UNIT, part.key, name=part.name) for part in of.places if not part.count]
    if one.kind == "place" and one.compared:
        missing += [*_near(atlas, one), *_partners(atlas, one)]
    return tuple(missing)


def _near(atlas: Atlas, one: Subject) -> list[Gap]:
    """Fields the place is not specialised in, the most related to what it is specialised in first."""
    cells = atlas.diversification(level=one.level).frame("cells")
    mine = cells[((cells["place"] == one.key) & cells["missing"] & cells["density"].notna()).to_numpy()]
    mine = mine.sort_values("density", ascending=False, kind="stable")
    return [
        Gap(
            NEAR,
            str(row.field),
            value=float(str(row.density)),
            size=int(float(str(row.field_size))),
            few=bool(row.few_actors),
        )
        for row in mine.head(3).itertuples()
        if float(str(row.density)) > 0
    ]


def _partners(atlas: Atlas, one: Subject) -> list[Gap]:
    """Places without a tie here that hold what the place lacks, those that would add most first."""
    rows = atlas.complementarity(level=one.level).frame("partners")
    mine = rows[((rows["place"] == one.key) & (rows["weight"] == 0)).to_numpy()]
    mine = mine.sort_values(["added", "partner"], ascending=[False, True], kind="stable").drop_duplicates("partner")
    return [
        Gap(PARTNER, str(row.field), str(row.partner), str(row.partner_name), float(str(row.added)))
        for row in mine.head(MOST).itertuples()
    ]


def _records(atlas: Atlas, one: Subject) -> list[Gap]:
    """What the actor's own entry does not say."""
    row = atlas.tables.actors.loc[one.members].iloc[0]
    at = np.flatnonzero(one.members)
    shares = atlas.tables.participations
    missing = {
        "field": not atlas.fields_of_actors.csr[at].nnz,
        "tie": not atlas.ties.csr[at].nnz,
        "project": row["actor_id"] not in set(shares["actor_id"]),
        "website": not row["website"],
        "source": not row["source_ids"],
        "place": row["place_evidence"] in {"", "doubtful", "knowledge"},
    }
    return [Gap(RECORD, name) for name, gone in missing.items() if gone]


def _two_steps(atlas: Atlas, one: Subject) -> list[Gap]:
    """Actors with a field in common, no tie, and the most partners in common."""
    at = int(np.flatnonzero(one.members)[0])
    ties = binary(atlas.ties.csr)
    common = np.asarray((ties[[at]] @ ties).todense()).ravel()
    fields = binary(atlas.fields_of_actors.csr)
    same = np.asarray((fields @ fields[[at]].T).todense()).ravel()
    common[(same == 0) | (np.asarray(ties[[at]].todense()).ravel() > 0)] = 0
    common[at] = 0
    actors = atlas.tables.actors
    order = np.lexsort((np.arange(len(common)), -common))[:MOST]
    return [
        Gap(STEP, "", str(actors["actor_id"].iloc[n]), str(actors["name"].iloc[n]), float(common[n]))
        for n in order
        if common[n] > 0
    ]
