"""Where one cluster lies: its actors by unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.sheet import Column, Sheet
from dashboards.views.units import by_unit, units

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.units import Units
    from ecosystem.atlas import Atlas
    from ecosystem.clusters import Cluster


@dataclass(frozen=True)
class Footprint:
    """The cluster (``None`` where there is none) and its actors per unit; ``chosen`` if the filter names it."""

    cluster: Cluster | None
    units: Units
    sizes: tuple[int, ...]
    chosen: bool


def footprint(atlas: Atlas, selection: Selection) -> Footprint:
    """The one cluster that the filter leaves, else the largest."""
    wanted = selection.clusters or ()
    found = [item for item in atlas.clusters.items if len(wanted) == 1 and item.cluster_id == wanted[0]]
    item = next(iter(found), next(iter(atlas.clusters.items), None))
    grid = units(atlas, selection.unit)
    members = np.asarray(atlas.cluster_of_actors == (item.cluster_id if item else "no cluster"))
    return Footprint(item, grid, tuple(int(n) for n in by_unit(grid, members)), bool(found))


def footprint_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """A row per unit with an actor of the cluster."""
    view = footprint(atlas, selection)
    name = tr.label(view.cluster.name) if view.cluster else ""
    total = max(sum(view.sizes), 1)
    rows = [
        {"id": unit, "cluster": name, "unit": called, "actors": size, "share": size / total}
        for unit, called, size in zip(view.units.ids, view.units.names, view.sizes, strict=True)
        if size
    ]
    columns = (
        Column("cluster", tr("Cluster"), wide=True),
        Column("unit", tr("Unit or municipality"), wide=True),
        Column("actors", tr("Actors"), "number"),
        Column("share", tr("Share of the cluster"), "share"),
    )
    return Sheet(tr("Where the cluster lies"), columns, rows)
