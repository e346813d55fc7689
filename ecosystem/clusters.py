"""Clusters: what the communities of the actor network are made of, and what to call them.

Conventions: the network is direct ties plus Newman-weighted co-participation, each layer with a stated weight;
a community of fewer than ``min_actors`` actors is no cluster (its actors have none). Cities are the places
inside the region. The effective number of cities is exp(H) of the actors' shares over those cities (Hill number
of order 1; Hill, 1973, doi 10.2307/1934352): 1 where one city holds the cluster, n where n cities share it
evenly. The inter-city share counts linked pairs of actors, both inside the region.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.affiliations import actor_fields, actor_places, actor_sectors
from ecosystem.measures.communities import Partition, communities
from ecosystem.model import Label, Region
from ecosystem.projections import actor_ties

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecosystem.affiliations import Matrix
    from ecosystem.tables import Tables

MIN_ACTORS = 5
LEAD_FIELD_RATIO = 0.6
ANCHORS = 5
MOST_RUNS, FEWEST_RUNS = 20, 3
TIES_SEARCHED = 10_000_000
"""Ties gone over by all runs together: about half a minute of searching."""
NO_CLUSTER = ""


@dataclass(frozen=True)
class ClusterOptions:
    """How clusters are searched: weights of the two layers, number of seeded runs, resolution, smallest size.

    Without a number of ``runs`` it follows from the number of ties, see :func:`runs_for`; how many there were is
    told by ``modularity_runs`` of the partition.
    """

    direct_weight: float = 1.0
    project_weight: float = 1.0
    runs: int | None = None
    seed: int = 0
    resolution: float = 1.0
    min_actors: int = MIN_ACTORS


@dataclass(frozen=True)
class Cluster:
    """One cluster; shares and counts refer to its actors, cities only to places inside the region.

    ``cities`` and ``fields`` are (id, weight), heaviest first: actors per city, fractional actors per field.
    ``intercity_share`` is NaN without a linked pair inside the region, ``effective_cities`` without a city.
    """

    cluster_id: str
    name: Label
    actors: tuple[str, ...]
    cities: tuple[tuple[str, int], ...]
    outside: int
    fields: tuple[tuple[str, float], ...]
    lead_fields: tuple[str, ...]
    sectors: tuple[tuple[str, int], ...]
    anchors: tuple[str, ...]
    linked_pairs: int
    intercity_share: float
    effective_cities: float

    @property
    def size(self) -> int:
        """Number of actors."""
        return len(self.actors)


@dataclass(frozen=True)
class Clusters:
    """All clusters of a region, the partition they come from and the second opinion on it."""

    items: tuple[Cluster, ...]
    partition: Partition
    second: Partition
    options: ClusterOptions = field(default_factory=ClusterOptions)

    def of_actors(self) -> pd.Series:
        """Actor → cluster id, ``""`` for an actor in no cluster."""
        ids = pd.Series(NO_CLUSTER, index=self.partition.labels.index, dtype="str", name="cluster_id")
        for item in self.items:
            ids.loc[list(item.actors)] = item.cluster_id
        return ids


def search(
    tables: Tables, options: ClusterOptions, progress: Callable[[int, int], None] | None = None
) -> tuple[Partition, Partition]:
    """The partition by Leiden and, as a second opinion on the same network, by Louvain."""
    ties = _network(tables, options)
    runs = runs_for(ties.csr.nnz // 2) if options.runs is None else options.runs
    search_with = partial(communities, ties.csr, ties.rows, runs=runs, seed=options.seed, resolution=options.resolution)
    return search_with(method="leiden", progress=progress), search_with(method="louvain")


def runs_for(ties: int) -> int:
    """Runs of each method on a network of so many ties: 20 up to half a million, then fewer, 3 from 3.3 million on.

    A run takes longer the more ties there are, and nobody should wait longer than a minute for a region.

    >>> [runs_for(ties) for ties in (0, 2_000, 500_000, 2_000_000, 7_000_000)]
    [20, 20, 20, 5, 3]
    """
    return max(FEWEST_RUNS, min(MOST_RUNS, TIES_SEARCHED // max(ties, 1)))


def _network(tables: Tables, options: ClusterOptions) -> Matrix:
    return actor_ties(tables, direct=options.direct_weight, projects=options.project_weight)


def describe(tables: Tables, partition: Partition, second: Partition, options: ClusterOptions) -> Clusters:
    """What each community consists of; communities below ``options.min_actors`` are left out."""
    view = _View.of(tables, options)
    labels = partition.labels.to_numpy()
    sizes = np.bincount(labels[labels >= 0])
    large = [label for label, size in enumerate(sizes) if size >= options.min_actors]
    items = [view.cluster(f"c{number:02d}", partition, label) for number, label in enumerate(large, start=1)]
    return Clusters(_distinct(items, tables), partition, second, options)


@dataclass(frozen=True)
class _View:
    """The matrices a cluster is described from, cut to its rows when needed."""

    region: Region
    ties: Matrix
    places: Matrix
    fields: Matrix
    sectors: Matrix
    inside: np.ndarray
    place_names: dict[str, str]

    @classmethod
    def of(cls, tables: Tables, options: ClusterOptions) -> _View:
        places = tables.places
        return cls(
            tables.region,
            _network(tables, options),
            actor_places(tables),
            actor_fields(tables),
            actor_sectors(tables),
            places["in_region"].to_numpy(dtype=bool),
            dict(zip(places["place_id"], places["name"], strict=True)),
        )

    def cluster(self, cluster_id: str, partition: Partition, label: int) -> Cluster:
        members = np.flatnonzero(partition.labels.to_numpy() == label)
        at = sparse.csr_array(self.places.csr[members])
        counts = np.asarray(at.sum(axis=0)).ravel()
        cities = _ranked(self.places.columns[self.inside], counts[self.inside])
        fields = _ranked(self.fields.columns, np.asarray(self.fields.csr[members].sum(axis=0)).ravel())
        lead = _lead(fields)
        pairs, share = self._intercity(members, at)
        city_counts = tuple((place, int(count)) for place, count in cities)
        return Cluster(
            cluster_id=cluster_id,
            name=self._name(lead, city_counts),
            actors=tuple(str(actor) for actor in self.ties.rows[members]),
            cities=city_counts,
            outside=int(counts[~self.inside].sum()),
            fields=fields,
            lead_fields=lead,
            sectors=self._sectors(members),
            anchors=self._anchors(members),
            linked_pairs=pairs,
            intercity_share=share,
            effective_cities=effective_number(np.array([count for _, count in city_counts], dtype=float)),
        )

    def _sectors(self, members: np.ndarray) -> tuple[tuple[str, int], ...]:
        totals = np.asarray(self.sectors.csr[members].sum(axis=0)).ravel()
        return tuple((str(name), int(n)) for name, n in zip(self.sectors.columns, totals, strict=True))

    def _anchors(self, members: np.ndarray) -> tuple[str, ...]:
        within = np.asarray(self.ties.csr[members][:, members].sum(axis=1)).ravel()
        best = np.lexsort((np.asarray(self.ties.rows[members], dtype=str), -within.round(9)))[:ANCHORS]
        return tuple(str(actor) for actor in self.ties.rows[members[best]])

    def _intercity(self, members: np.ndarray, at: sparse.csr_array) -> tuple[int, float]:
        """Linked pairs inside the cluster, and the share of those inside the region that join two cities."""
        coo = sparse.triu(self.ties.csr[members][:, members], k=1).tocoo()
        place = np.full(len(members), -1)
        coordinates = at.tocoo()
        place[coordinates.row] = np.where(self.inside[coordinates.col], coordinates.col, -1)
        i, j = place[coo.row], place[coo.col]
        known = (i >= 0) & (j >= 0)
        share = float((i[known] != j[known]).mean()) if known.any() else float("nan")
        return int(coo.nnz), share

    def _name(self, lead: tuple[str, ...], cities: tuple[tuple[str, int], ...]) -> Label:
        where = "–".join(self.place_names[place] for place in _lead_cities(cities))
        names = [self.region.field(name).short for name in lead]
        de, en = " & ".join(name.de for name in names), " & ".join(name.en for name in names)
        return Label(_joined(de or "Feldübergreifend", where), _joined(en or "Cross-field", where))


def _joined(what: str, where: str) -> str:
    return f"{what} · {where}" if where else what


def _ranked(labels: pd.Index, weights: np.ndarray) -> tuple[tuple[str, float], ...]:
    """Positive weights with their labels, heaviest first, equal ones by label."""
    pairs = [(str(label), round(float(weight), 9)) for label, weight in zip(labels, weights, strict=True) if weight > 0]
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def _lead(fields: tuple[tuple[str, float], ...]) -> tuple[str, ...]:
    """The heaviest field, and a second one that is nearly as heavy."""
    return tuple(name for name, weight in fields[:2] if weight >= LEAD_FIELD_RATIO * fields[0][1])


def _lead_cities(cities: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """At most three cities, without those that hold less than a quarter of the first one's actors."""
    return tuple(place for place, count in cities[:3] if count >= 0.25 * cities[0][1])


def effective_number(weights: np.ndarray) -> float:
    """Effective number exp(−Σ p ln p) of the shares p of non-negative weights; NaN if all are 0.

    Range 1 … number of positive weights. Source: Hill (1973), doi 10.2307/1934352.

    >>> effective_number(np.array([4.0, 0.0])), round(effective_number(np.full(5, 3.0)), 12)
    (1.0, 5.0)
    """
    positive = weights[weights > 0]
    if positive.size == 0:
        return float("nan")
    shares = positive / positive.sum()
    return float(np.exp(-(shares * np.log(shares)).sum()))


def _distinct(items: list[Cluster], tables: Tables) -> tuple[Cluster, ...]:
    """Clusters that would carry the same name are told apart by their first anchor, namesakes by its id."""
    actors = tables.actors.set_index("actor_id")
    called = dict(
        zip(actors.index, actors["short_name"].where(actors["short_name"] != "", actors["name"]), strict=True)
    )
    told_apart = _marked(items, lambda item: called[item.anchors[0]])
    return tuple(_marked(told_apart, lambda item: item.anchors[0]))


def _marked(items: list[Cluster], mark: Callable[[Cluster], str]) -> list[Cluster]:
    """The clusters, a mark added to every name that occurs twice in either language."""
    de, en = Counter(item.name.de for item in items), Counter(item.name.en for item in items)
    return [
        replace(item, name=Label(f"{item.name.de} ({mark(item)})", f"{item.name.en} ({mark(item)})"))
        if de[item.name.de] > 1 or en[item.name.en] > 1
        else item
        for item in items
    ]
