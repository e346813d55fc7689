"""Part of an atlas as an atlas: what a person looks at after filtering, ready for export, notebooks and measures.

Conventions: AND between kinds of filters, OR within one; an actor with several fields passes if one matches; a tie
stays if its relation, year and confidence pass and both its ends do. Places, fields and sources stay, since the
region is the same. Clusters and positions are those of the whole region: a part is looked at, not searched anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ecosystem import confidence
from ecosystem.atlas import Atlas
from ecosystem.errors import MeasureError
from ecosystem.model import Relation, Sector
from ecosystem.projections import CO_PARTICIPATION
from ecosystem.subset import restricted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import pandas as pd

    from ecosystem.findings.material import Material
    from ecosystem.subset import Years
    from ecosystem.tables import Tables


@dataclass(frozen=True)
class Part(Atlas):
    """An atlas of some actors and ties of ``whole``; ``told`` is what an export says of it beyond the usual."""

    whole: Atlas
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The data version: that of the whole."""
        return self.whole.version

    @property
    def about(self) -> dict[str, str]:
        """What was kept."""
        return {**self.told, "clusters and positions": "those of the whole region"}

    @cached_property
    def cluster_of_actors(self) -> pd.Series:
        """Actor → cluster id of the whole region, ``""`` for none."""
        return self.whole.cluster_of_actors.loc[self.positions.index]

    @cached_property
    def material(self) -> Material:
        """As the measures take it; the whole region's partition is not that of the part."""
        from ecosystem.findings.material import Material  # noqa: PLC0415 -- an export needs no measure

        return Material(self.tables, self.clusters.options)


def of_tables(whole: Atlas, tables: Tables, told: Mapping[str, str] | None = None) -> Part:
    """The atlas of tables that are a part of the whole's (:func:`ecosystem.subset.restricted`)."""
    actors = tables.actors["actor_id"]
    names = set(actors)
    clusters = tuple(item for item in whole.clusters.items if names & set(item.actors))
    # what no row of the whole names stands behind places and outlines, and those stay
    gone = used_sources(whole.tables) - used_sources(tables)
    left = replace(tables, sources=tables.sources[~tables.sources["source_id"].isin(gone)].reset_index(drop=True))
    return Part(left, replace(whole.clusters, items=clusters), whole.positions.loc[actors], whole, dict(told or {}))


def used_sources(tables: Tables) -> set[str]:
    """Ids of the sources that the rows of these tables name, places and outlines left aside."""
    columns = (
        (tables.actors, "source_ids"), (tables.actor_fields, "source_id"), (tables.ties, "source_id"),
        (tables.projects, "source_id"), (tables.participations, "source_id"), (tables.city_fields, "source_id"),
        (tables.flows, "source_id"),
    )  # fmt: skip
    return {one for frame, column in columns for cell in frame[column] for one in str(cell).split("|") if one}


def part(
    whole: Atlas,
    *,
    fields: Collection[str] | None = None,
    sectors: Collection[str] | None = None,
    places: Collection[str] | None = None,
    clusters: Collection[str] | None = None,
    relations: Collection[str] | None = None,
    years: Years | None = None,
    undated: bool = True,
    at_least: int = 0,
) -> Part:
    """The actors and ties that pass every filter; a filter that is not given restricts nothing.

    Args:
        whole: the atlas.
        fields: ids of fields, as in ``region.toml``.
        sectors: names of sectors, see :class:`ecosystem.model.Sector`.
        places: ids of municipalities or districts.
        clusters: ids of clusters.
        relations: names of relations, see :class:`ecosystem.model.Relation`; ``co_participation`` keeps joint projects.
        years: first and last year of ties and projects, both included.
        undated: whether ties and projects without a year stay while ``years`` restricts.
        at_least: confidence 0 … 3 of actors and ties, see :mod:`ecosystem.confidence`.

    Raises:
        MeasureError: a name that these data do not have; says which there are.

    >>> from ecosystem.atlas import load
    >>> toy = load("toy")
    >>> care = part(toy, fields=["care"], sectors=["science", "administration"])
    >>> len(care.tables.actors) < len(toy.tables.actors), care.version == toy.version
    (True, True)
    """
    tables = whole.tables
    districts = tables.places["district_id"]
    _known("field", fields, whole.region.field_ids)
    _known("sector", sectors, [one.value for one in Sector])
    _known("place", places, [*tables.places["place_id"], *districts[districts != ""].unique()])
    _known("cluster", clusters, [item.cluster_id for item in whole.clusters.items])
    _known("relation", relations, [*(one.value for one in Relation), CO_PARTICIPATION])
    keep = np.ones(len(tables.actors), dtype=bool)
    if fields is not None:
        columns = [at for at, name in enumerate(whole.fields_of_actors.columns) if name in fields]
        keep &= np.asarray(whole.fields_of_actors.csr[:, columns].sum(axis=1)).ravel() > 0
    if sectors is not None:
        keep &= tables.actors["sector"].isin(sectors).to_numpy()
    if places is not None:
        inside = tables.places["place_id"].isin(places) | districts.isin(places)
        keep &= tables.actors["place_id"].isin(tables.places.loc[inside, "place_id"]).to_numpy()
    if clusters is not None:
        keep &= whole.cluster_of_actors.isin(clusters).to_numpy()
    ties = None
    if at_least:
        keep &= (confidence.of_actors(tables) >= at_least).to_numpy()
        ties = set(tables.ties.loc[confidence.of_ties(tables) >= at_least, "tie_id"])
    left = restricted(
        tables,
        actors=set(tables.actors["actor_id"][keep]),
        ties=ties,
        relations=None if relations is None else set(relations) - {CO_PARTICIPATION},
        projects=None if relations is None or CO_PARTICIPATION in relations else (),
        years=years,
        undated=undated,
    )
    given = {"fields": fields, "sectors": sectors, "places": places, "clusters": clusters, "relations": relations}
    told = [f"{name}: {' or '.join(sorted(values))}" for name, values in given.items() if values is not None]
    told += [f"years: {years[0]}–{years[1]}{' and undated' if undated else ''}"] if years else []
    told += [f"confidence: at least {at_least}"] if at_least else []
    return of_tables(whole, left, {"filter": "; ".join(told) or "none: the whole region"})


def _known(kind: str, given: Collection[str] | None, there: Collection[str]) -> None:
    for name in given or ():
        if name not in there:
            shown = ", ".join(sorted(there)[:20]) + (" …" if len(there) > 20 else "")
            raise MeasureError(f"No {kind} “{name}” in these data. There are: {shown or 'none'}.")
