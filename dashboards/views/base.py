"""What measures are computed on under filters.

Filters on sector, cluster, year, confidence and kind of tie change what is counted and the reference alike: the
measures see a smaller region. Filters on fields and places only choose what is shown, so a location quotient keeps
its reference.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dashboards.views.filters import actor_mask
from dashboards.views.part import part
from dashboards.views.shelf import kept
from ecosystem.findings.methods import Findings
from ecosystem.subset import restricted

if TYPE_CHECKING:
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas
    from ecosystem.clusters import Clusters
    from ecosystem.findings.material import Level, Material
    from ecosystem.tables import Tables


@dataclass(frozen=True, eq=False)
class Base(Findings):
    """A part of a region with the measures of the whole."""

    tables: Tables
    clusters: Clusters

    @cached_property
    def material(self) -> Material:
        """As the measures take it; the whole region's partition is not that of the part."""
        from ecosystem.findings.material import Material  # noqa: PLC0415 -- an app starts without the measures

        return Material(self.tables, self.clusters.options)


def base(atlas: Atlas, selection: Selection) -> Findings:
    """The atlas, or the part of it that counts under the selection's filters; kept for the next who asks."""
    tables = part(atlas, selection)
    if selection.sectors is None and selection.clusters is None and selection.confidence == 0:
        if tables is atlas.tables:
            return atlas
        return kept(atlas, "base", tables.digest, lambda: Base(tables, atlas.clusters))
    counted = replace(selection, fields=None, places=None)
    key = (tables.digest, selection.sectors, selection.clusters, selection.confidence)
    return kept(atlas, "base", key, lambda: _smaller(atlas, tables, counted))


def _smaller(atlas: Atlas, tables: Tables, selection: Selection) -> Base:
    actors = atlas.positions.index[actor_mask(atlas, selection)]
    return Base(restricted(tables, actors=set(actors)), atlas.clusters)


def level(selection: Selection) -> Level:
    """What the measures call the places the selection compares."""
    return "municipality" if selection.unit == "municipality" else "district"
