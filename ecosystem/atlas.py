"""The atlas: one frozen bundle of a region's tables, graph, ties, clusters and positions.

App, command line, notebooks and export all take their numbers from here. What is expensive — clusters and
positions — is computed once and kept on disk (:mod:`ecosystem.cache`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from ecosystem import affiliations, clusters, graph, layout, projections, regions, tables
from ecosystem import cache as shelf
from ecosystem.cache import Kept
from ecosystem.clusters import ClusterOptions, Clusters
from ecosystem.findings.methods import Findings
from ecosystem.model import NodeKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import networkx as nx

    from ecosystem.affiliations import Counting, Matrix
    from ecosystem.model import Region
    from ecosystem.tables import Tables

Step = Literal["read", "clusters", "positions"]
POSITION_COLUMNS = ("map_x", "map_y", "network_x", "network_y")


def _place(whole: nx.MultiDiGraph, kind: NodeKind, points: pd.DataFrame) -> None:
    for key, point in points.to_dict("index").items():
        whole.nodes[kind.node(str(key))].update({str(name): float(value) for name, value in point.items()})


@dataclass(frozen=True)
class Atlas(Findings):
    """A region, read and computed; nothing in it is changed after it was built.

    ``positions`` has a row per actor: kilometres ``map_x``, ``map_y``, and ``network_x``, ``network_y`` without a unit.
    Every measure is a method, see :class:`ecosystem.findings.methods.Findings`.
    """

    tables: Tables
    clusters: Clusters
    positions: pd.DataFrame

    @property
    def region(self) -> Region:
        """What the region's description says."""
        return self.tables.region

    @property
    def version(self) -> str:
        """The data version: the first ten digits of the hash over all files of the region."""
        return self.tables.digest[:10]

    @property
    def as_of(self) -> str:
        """The latest date a source was read (ISO 8601, as precise as stated); empty where none is given."""
        return max(self.tables.sources["accessed"], default="")

    @property
    def about(self) -> dict[str, str]:
        """What else an export says of this atlas; the whole region says that nothing was left out."""
        return {"filter": "none: the whole region"}

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """The heterogeneous graph of :func:`ecosystem.graph.build`, with positions; do not change it: copy it first.

        Actors also carry ``cluster`` and all four positions, ``x`` and ``y`` on the network. Places stand where
        they are on the map, projects and fields amid their actors on the network.
        """
        whole = graph.build(self.tables)
        for actor, cluster in self.cluster_of_actors.items():
            whole.nodes[NodeKind.ACTOR.node(str(actor))]["cluster"] = str(cluster)
        _place(whole, NodeKind.ACTOR, self.positions.rename(columns={"network_x": "x", "network_y": "y"}))
        _place(whole, NodeKind.PLACE, layout.place_positions(self.tables))
        _place(whole, NodeKind.PROJECT, self._amid(affiliations.actor_projects(self.tables)))
        _place(whole, NodeKind.FIELD, self._amid(self.fields_of_actors))
        return whole

    def _amid(self, groups: Matrix) -> pd.DataFrame:
        """Weighted middle of each group's actors on the network; the middle of all for a group without any."""
        points = self.positions[["network_x", "network_y"]].to_numpy()
        totals = np.asarray(groups.csr.sum(axis=0)).ravel()[:, None]
        centre = points.sum(axis=0) / max(len(points), 1)
        middles = np.where(totals > 0, (groups.csr.T @ points) / np.where(totals > 0, totals, 1.0), centre)
        return pd.DataFrame(middles.round(4), index=groups.columns, columns=["x", "y"])

    @cached_property
    def ties(self) -> Matrix:
        """Actors × actors: the layers added with the weights the clusters were searched with."""
        options = self.clusters.options
        return projections.actor_ties(self.tables, direct=options.direct_weight, projects=options.project_weight)

    @cached_property
    def fields_of_actors(self) -> Matrix:
        """Actors × fields, fractional: see :func:`ecosystem.affiliations.actor_fields`."""
        return affiliations.actor_fields(self.tables)

    @cached_property
    def cluster_of_actors(self) -> pd.Series:
        """Actor → cluster id, ``""`` for none."""
        return self.clusters.of_actors()

    @cached_property
    def source_records(self) -> dict[str, dict[str, str]]:
        """Source id → its row of the table of sources."""
        rows = self.tables.sources.set_index("source_id", drop=False)
        return {str(key): {str(k): str(v) for k, v in row.items()} for key, row in rows.to_dict("index").items()}

    @cached_property
    def place_ties(self) -> pd.DataFrame:
        """Places × places: :attr:`ties` summed over the actors of both places, each tie once."""
        return projections.between_groups(self.ties, affiliations.actor_places(self.tables))

    def place_field(self, counting: Counting = "fractional") -> pd.DataFrame:
        """Places × fields, see :func:`ecosystem.affiliations.place_field`."""
        return affiliations.place_field(self.tables, counting)

    def sector_field(self, counting: Counting = "fractional") -> pd.DataFrame:
        """Sectors × fields, see :func:`ecosystem.affiliations.sector_field`."""
        return affiliations.sector_field(self.tables, counting)


Report = "Callable[[Step, int, int], None]"


def load(
    region: str | Path = regions.DEFAULT_REGION,
    *,
    options: ClusterOptions | None = None,
    cache: bool = True,
    progress: Callable[[Step, int, int], None] | None = None,
) -> Atlas:
    """The atlas of a region given by name or folder.

    ``progress`` is called with the step, how far it is and how far it goes. ``cache=False`` neither reads nor
    writes the cache.

    Raises:
        RegionError: there is no such region.
        TablesError: its tables have errors; carries all of them.
    """
    tell = progress or _silent
    tell("read", 0, 1)
    loaded = tables.read(regions.locate(region))
    tell("read", 1, 1)
    return build(loaded, options=options, cache=cache, progress=tell)


def _silent(step: Step, done: int, total: int) -> None:
    """Report to nobody."""


def build(
    loaded: Tables,
    *,
    options: ClusterOptions | None = None,
    cache: bool = True,
    progress: Callable[[Step, int, int], None] | None = None,
) -> Atlas:
    """The atlas of tables that are already in memory."""
    chosen, tell = options or ClusterOptions(), progress or _silent
    path, actors = shelf.file(loaded.digest, chosen), affiliations.actor_index(loaded)
    kept = shelf.restore(path, actors) if cache else None
    if kept is None:
        kept = _compute(loaded, chosen, tell)
        if cache:
            shelf.keep(path, kept)
    positions = pd.DataFrame(kept.positions, index=actors, columns=list(POSITION_COLUMNS))
    return Atlas(loaded, clusters.describe(loaded, kept.first, kept.second, chosen), positions)


def _compute(loaded: Tables, options: ClusterOptions, tell: Callable[[Step, int, int], None]) -> Kept:
    first, second = clusters.search(loaded, options, lambda done, total: tell("clusters", done, total))
    found = clusters.describe(loaded, first, second, options)
    ties = projections.actor_ties(loaded, direct=options.direct_weight, projects=options.project_weight)
    on_map = layout.map_positions(loaded, ties.csr)
    on_network = layout.network_positions(
        on_map, ties.csr, _numbers(found), progress=lambda done, total: tell("positions", done, total)
    )
    return Kept(first, second, np.hstack([on_map, on_network]))


def _numbers(found: Clusters) -> np.ndarray:
    """Cluster number of every actor, −1 for none."""
    number = {item.cluster_id: place for place, item in enumerate(found.items)}
    return np.array([number.get(cluster, -1) for cluster in found.of_actors()], dtype=int)
