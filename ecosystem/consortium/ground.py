"""Whom a consortium can be made of: candidates with their field, sector, city and nearness to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem import affiliations
from ecosystem.consortium.record import Gap
from ecosystem.measures.relatedness import relatedness
from ecosystem.model import Sector

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from ecosystem.findings.material import Material

    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

SECTORS = tuple(sector.value for sector in Sector)
COMMON_THIRD = 0.5
PARTIES = ("party", "parliamentary_group")
"""Kinds of actors that no program should choose between: councils stand for politics, whoever wants one pins it."""


@dataclass(frozen=True, eq=False)
class Ground:
    """Candidates in the order of their ids, each array with one entry per candidate.

    ``sector`` and ``city`` are numbers; ``own`` is candidates × fields with w_aj; ``nearness`` r_fj and ``relatedness``
    φ_fj are per field, φ of the field itself 0; ``near`` is candidates × candidates with 1, ½ or 0.
    """

    ids: tuple[str, ...]
    fields: tuple[str, ...]
    field: int
    sector: NDArray[np.intp]
    city: NDArray[np.intp]
    own: Floats
    nearness: Floats
    relatedness: Floats
    strength: Floats
    near: Floats
    in_call: Mask
    gaps: tuple[Gap, ...]

    def keeping(self, chosen: Mask) -> Ground:
        """The ground of some of the candidates."""
        rows = np.flatnonzero(chosen)
        return Ground(
            ids=tuple(self.ids[row] for row in rows),
            fields=self.fields,
            field=self.field,
            sector=self.sector[rows],
            city=self.city[rows],
            own=self.own[rows],
            nearness=self.nearness,
            relatedness=self.relatedness,
            strength=self.strength[rows],
            near=self.near[np.ix_(rows, rows)],
            in_call=self.in_call[rows],
            gaps=self.gaps,
        )


def ground(
    at: Material,
    field: str,
    *,
    call: str = "",
    sectors: Collection[str] = SECTORS,
    pinned: Collection[str] = (),
    banned: Collection[str] = (),
) -> Ground:
    """The candidates for a field.

    Actors with a place in the region that work on it; for a required sector without any, those of a related field,
    and where there are none either, all of the sector. Pinned actors always, banned ones never, :data:`PARTIES` only
    pinned.
    """
    names = list(at.memberships.columns)
    own, phi = own_fields(at), related_to(at, field)
    r = np.where(np.arange(len(names)) == names.index(field), 1.0, phi / (1 + phi))
    strength = (own * r).max(axis=1, initial=0.0)
    ids = np.asarray(at.actors.index, dtype=object)
    fixed, out = np.isin(ids, list(pinned)), np.isin(ids, list(banned))
    free = at.municipalities.inside & ~out & ~at.tables.actors["kind"].isin(PARTIES).to_numpy(dtype=bool)
    sector = np.array([SECTORS.index(one) for one in at.actors["sector"]], dtype=np.intp)
    on = free & (own[:, names.index(field)] > 0)
    gaps, chosen = [], on | fixed
    for number in sorted(SECTORS.index(one) for one in sectors):
        here = sector == number
        if (on & here).any():
            continue
        near, everyone = free & here & (strength > 0), free & here
        chosen |= near if near.any() else everyone
        gaps.append(Gap(SECTORS[number], "related" if near.any() else "any" if everyone.any() else "none"))
    rows = np.flatnonzero(chosen)
    return Ground(
        ids=tuple(str(one) for one in ids[rows]),
        fields=tuple(names),
        field=names.index(field),
        sector=sector[rows],
        city=at.municipalities.of_actor[rows],
        own=own[rows],
        nearness=r,
        relatedness=phi,
        strength=strength[rows],
        near=nearness(at, rows),
        in_call=_took_part(at, call)[rows],
        gaps=tuple(gaps),
    )


def own_fields(at: Material) -> Floats:
    """w_aj, actors × fields: 1 where stated, else the weight of the field among those of the actor's projects."""
    stated = affiliations.stated_fields(at.tables).csr.toarray()
    weighted = affiliations.actor_fields(at.tables).csr.toarray()
    values: Floats = np.where(stated > 0, 1.0, weighted)
    return values


def related_to(at: Material, field: str) -> Floats:
    """φ of the field with each field, 0 with itself."""
    phi = relatedness(at.incidence(at.municipalities.inside))
    values: Floats = np.nan_to_num(phi[field].to_numpy(dtype=float))
    values[list(phi.columns).index(field)] = 0.0
    return values


def tied(at: Material) -> sparse.csr_array:
    """Actors × actors: stored where there is a recorded tie or a joint project."""
    return sparse.csr_array(at.direct.csr + at.joint.csr)


def nearness(at: Material, rows: NDArray[np.intp]) -> Floats:
    """1 for a tie or a joint project, ½ for a common third, else 0; the diagonal is 0."""
    links = affiliations.binary(tied(at))
    of_rows = links[rows]
    near = of_rows[:, rows].toarray()
    common = (of_rows @ of_rows.T).toarray() > 0
    values: Floats = np.where(near > 0, 1.0, np.where(common, COMMON_THIRD, 0.0))
    np.fill_diagonal(values, 0.0)
    return values


def _took_part(at: Material, call: str) -> Mask:
    projects = at.tables.projects
    wanted = projects.loc[(projects["call"] == call).to_numpy(dtype=bool), "project_id"] if call else pd.Series([])
    columns = at.participations.columns.isin(set(wanted))
    return np.asarray(at.participations.csr[:, np.flatnonzero(columns)].sum(axis=1)).ravel() > 0
