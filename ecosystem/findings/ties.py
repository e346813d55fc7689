"""Ties between places, layer by layer.

Conventions: ``direct`` counts recorded ties between actors; ``projects`` the projects two places share, each once
however many actors take part; ``both`` adds the two. On the diagonal what stays inside a place counts twice, as it
does in any sum over a symmetric table. Of one field are direct ties whose two actors work on it, and projects that
have it. Commuters are flows between districts of the region in the latest year stated; their direction is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from scipy import sparse

if TYPE_CHECKING:
    from ecosystem.findings.material import Level, Material, Units

Layer = Literal["direct", "projects", "both"]
LAYERS: tuple[Layer, ...] = ("direct", "projects", "both")
TIES_NOTE = "Places are tied by recorded ties of their actors (direct) and by the projects they share (projects)."


def direct_ties(at: Material, level: Level, field: str | None = None) -> pd.DataFrame:
    """Places × places, symmetric: recorded ties between their actors, of one field or all."""
    units = at.units(level)
    of_unit = units.matrix(at.works_on(field))
    return _square(sparse.csr_array(of_unit @ at.direct.csr @ of_unit.T), units)


def project_table(at: Material, level: Level, field: str | None = None) -> pd.DataFrame:
    """Places × projects that two or more of them share, 0/1."""
    units = at.units(level)
    kept = np.flatnonzero(at.has_field(field))
    held = (units.matrix(units.inside) @ at.participations.csr).toarray()[:, kept] > 0
    shared = held.sum(axis=0) > 1
    return pd.DataFrame(
        held[:, shared].astype("int64"), index=units.ids, columns=at.participations.columns[kept[shared]]
    )


def shared_projects(at: Material, level: Level, field: str | None = None) -> pd.DataFrame:
    """Places × places: projects they share; on the diagonal twice those two or more actors of the place share."""
    units = at.units(level)
    partners = (units.matrix(units.inside) @ at.participations.csr).toarray()[:, at.has_field(field)]
    held = (partners > 0).astype(float)
    shared = held @ held.T
    np.fill_diagonal(shared, 2.0 * (partners > 1).sum(axis=1))
    return pd.DataFrame(shared, index=units.ids, columns=units.ids)


def layers(at: Material, level: Level, field: str | None = None) -> dict[Layer, pd.DataFrame]:
    """The three layers of ties between places."""
    direct, projects = direct_ties(at, level, field), shared_projects(at, level, field)
    return {"direct": direct, "projects": projects, "both": direct + projects}


def commuters(at: Material) -> tuple[pd.DataFrame, int | None]:
    """Origin × destination over the districts, and the year; all 0 and ``None`` where there are no flows."""
    ids, flows = at.districts.ids, at.tables.flows
    year = int(flows["year"].max()) if len(flows) else None
    latest = flows[(flows["year"] == year).to_numpy(dtype=bool)] if year is not None else flows
    i = ids.get_indexer(pd.Index(latest["origin_district_id"], dtype=object))
    j = ids.get_indexer(pd.Index(latest["destination_district_id"], dtype=object))
    inside = (i >= 0) & (j >= 0)
    table = np.zeros((len(ids), len(ids)))
    np.add.at(table, (i[inside], j[inside]), latest["commuters"].to_numpy(dtype=float)[inside])
    return pd.DataFrame(table, index=ids, columns=ids), year


def actor_layer(at: Material, layer: Layer) -> sparse.csr_array:
    """Actors × actors: one layer, or both with the weights the clusters are searched with."""
    direct = sparse.csr_array(at.direct.csr * at.options.direct_weight)
    joint = sparse.csr_array(at.joint.csr * at.options.project_weight)
    chosen = {"direct": at.direct.csr, "projects": at.joint.csr, "both": sparse.csr_array(direct + joint)}[layer]
    kept = sparse.csr_array(chosen.copy())
    kept.eliminate_zeros()
    return kept


def _square(values: sparse.csr_array, units: Units) -> pd.DataFrame:
    return pd.DataFrame(values.toarray(), index=units.ids, columns=units.ids)
