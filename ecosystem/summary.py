"""A region in counts: what ``ecosystem info`` prints, in terms that can be recounted in the tables."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from ecosystem.dictionary import csv_tables
from ecosystem.model import Relation, Sector

if TYPE_CHECKING:
    import pandas as pd

    from ecosystem.atlas import Atlas

Counts = dict[str, str | int | float | None]


def summary(atlas: Atlas) -> dict[str, Counts]:
    """Headings → names → numbers, in the order they are shown; ``None`` where a number is undefined.

    Counts by sector, field, place and relation are rows of the tables; fields count statements, not actors.
    """
    tables = atlas.tables
    return {
        "Region": _region(atlas),
        "Tables (rows)": _rows(atlas),
        "Actors by sector": _counted(tables.actors["sector"], [sector.value for sector in Sector]),
        "Statements by field": _counted(tables.actor_fields["field_id"], list(tables.region.field_ids)),
        "Actors by place": _places(atlas),
        "Ties by relation": _counted(tables.ties["relation"], [relation.value for relation in Relation]),
        "Clusters (actors)": {f"{item.cluster_id}  {item.name.en}": item.size for item in atlas.clusters.items},
        "Cluster search": _search(atlas),
    }


def _region(atlas: Atlas) -> Counts:
    inside = int(atlas.tables.places["in_region"].sum())
    return {
        "name": atlas.region.name.en,
        "data version": atlas.version,
        "sources read until": atlas.as_of or "–",
        "places in the region": inside,
        "places outside": len(atlas.tables.places) - inside,
    }


def _rows(atlas: Atlas) -> Counts:
    return {table.name: len(atlas.tables.frame(table.name)) for table in csv_tables()}


def _counted(values: pd.Series, order: list[str]) -> Counts:
    counts = values.value_counts()
    return {name: int(counts.get(name, 0)) for name in order}


def _places(atlas: Atlas) -> Counts:
    places = atlas.tables.places
    names = dict(zip(places["place_id"], places["name"], strict=True))
    counts = atlas.tables.actors["place_id"].value_counts()
    inside = places.loc[places["in_region"], "place_id"]
    ranked = sorted(((int(counts.get(place, 0)), place) for place in inside), key=lambda pair: (-pair[0], pair[1]))
    listed: Counts = {f"{names[place]} ({place})": count for count, place in ranked}
    listed["outside the region"] = int(counts.sum()) - sum(count for count, _ in ranked) - int(counts.get("", 0))
    listed["without a place"] = int(counts.get("", 0))
    return listed


def _search(atlas: Atlas) -> Counts:
    first, second = atlas.clusters.partition, atlas.clusters.second
    grouped = sum(item.size for item in atlas.clusters.items)
    return {
        "actors in clusters": grouped,
        "actors without any tie": int((first.labels < 0).sum()),
        f"modularity, {first.method}": _defined(first.modularity),
        f"modularity, {second.method} (second opinion)": _defined(second.modularity),
        "seed of the run shown": first.seed,
        "runs": len(first.modularity_runs),
    }


def _defined(value: float) -> float | None:
    return None if isnan(value) else round(value, 4)
