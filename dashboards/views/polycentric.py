"""The polycentric view: which unit carries which field, and how the units hang together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import pdist

from dashboards.views.filters import actor_mask, filters_of, linked_pairs, subset
from dashboards.views.shelf import kept
from dashboards.views.units import Units, by_unit, units
from ecosystem.affiliations import binary
from ecosystem.measures.specialisation import lq_table

if TYPE_CHECKING:
    from scipy import sparse

    from dashboards.state import Selection
    from ecosystem.atlas import Atlas


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit × field: fractional actors, memberships, and the location quotient with its support."""

    unit: str
    field: str
    actors: float
    share: float
    memberships: int
    unit_memberships: int
    lq: float
    low: float
    high: float
    q: float
    state: str


@dataclass(frozen=True)
class FieldMatrix:
    """Units × fields in the order they are shown; ``sizes`` are actors per unit."""

    units: tuple[str, ...]
    names: tuple[str, ...]
    fields: tuple[str, ...]
    sizes: tuple[int, ...]
    cells: tuple[Cell, ...]

    def values(self, measure: str) -> np.ndarray:
        """Units × fields of one measure: ``count``, ``share`` or ``lq``; NaN where it is undefined."""
        attribute = {"count": "actors", "share": "share", "lq": "lq"}[measure]
        flat = [getattr(cell, attribute) for cell in self.cells]
        return np.array(flat, dtype=float).reshape(len(self.units), len(self.fields))


def field_matrix(atlas: Atlas, selection: Selection) -> FieldMatrix:
    """Units × fields.

    Place and field filters hide rows and columns but leave the reference of the location quotient alone; sector and
    cluster filters change what is counted and the reference alike. Counts and shares are fractional, location
    quotients count memberships (every field of an actor is 1) against all units of the region.
    """
    key = (filters_of(selection), selection.unit, selection.sort)
    return kept(atlas, "field matrix", key, lambda: _field_matrix(atlas, selection))


def _field_matrix(atlas: Atlas, selection: Selection) -> FieldMatrix:
    found = units(atlas, selection.unit)
    mask = actor_mask(atlas, replace(selection, fields=None, places=None)) & (found.of_actor >= 0)
    counts = _by_unit(found, mask, atlas.fields_of_actors.csr)
    members = _by_unit(found, mask, binary(atlas.fields_of_actors.csr))
    names = list(atlas.region.field_ids)
    sizes = by_unit(found, mask)
    quotients = _quotients(found, members, names)
    rows = _row_order(found, sizes, counts, selection)
    chosen = [name for name in names if selection.fields is None or name in selection.fields]
    cells = [
        _cell(found.ids[row], name, counts[row, names.index(name)], counts[row].sum(), quotients[found.ids[row], name])
        for row in rows
        for name in chosen
    ]
    return FieldMatrix(
        tuple(found.ids[row] for row in rows),
        tuple(found.names[row] for row in rows),
        tuple(chosen),
        tuple(int(sizes.iloc[row]) for row in rows),
        tuple(cells),
    )


def _by_unit(found: Units, mask: np.ndarray, weights: sparse.csr_array) -> np.ndarray:
    """Units × fields: the rows of ``weights`` (actors × fields) summed over each unit's actors."""
    chosen = np.flatnonzero(mask)
    total = np.zeros((len(found), weights.shape[1]))
    np.add.at(total, found.of_actor[chosen], weights[chosen].toarray())
    return total


def _quotients(found: Units, members: np.ndarray, names: list[str]) -> dict[tuple[str, str], dict[str, Any]]:
    frame = pd.DataFrame(members, index=pd.Index(found.ids), columns=names)
    return {
        (row["place"], row["field"]): row for row in cast("list[dict[str, Any]]", lq_table(frame).to_dict("records"))
    }


def _row_order(found: Units, sizes: pd.Series, counts: np.ndarray, selection: Selection) -> list[int]:
    keep = _units_left(found, selection)
    if selection.sort == "similarity":
        return [row for row in by_similarity(counts) if row in set(keep)]
    keys: dict[str, list[tuple[float, str]]] = {
        "west": [(float(x), name) for x, name in zip(found.centres[:, 0], found.names, strict=True)],
        "size": [(-float(size), name) for size, name in zip(sizes, found.names, strict=True)],
        "name": [(0.0, name) for name in found.names],
    }
    return sorted(keep, key=lambda row: keys[selection.sort][row])


def by_similarity(counts: np.ndarray) -> list[int]:
    """Rows so that like profiles stand beside each other: average linkage of cosine distances, leaves in best order.

    Rows without any count come last, in their own order (Bar-Joseph et al., 2001, for the order of the leaves).

    >>> by_similarity(np.array([[5.0, 0.0], [0.0, 5.0], [4.0, 1.0], [0.0, 0.0]]))[-1]
    3
    """
    filled = np.flatnonzero(counts.sum(axis=1) > 0)
    empty = [int(row) for row in np.flatnonzero(counts.sum(axis=1) <= 0)]
    if len(filled) < 3:
        return [*map(int, filled), *empty]
    distances = pdist(counts[filled], "cosine").clip(0)
    return [*(int(filled[leaf]) for leaf in leaves_list(linkage(distances, "average", optimal_ordering=True))), *empty]


def _units_left(found: Units, selection: Selection) -> list[int]:
    everything = range(len(found))
    if selection.places is None:
        return list(everything)
    wanted = {found.of_place.get(place) for place in selection.places}
    return [row for row in everything if found.ids[row] in wanted]


def _cell(unit: str, field: str, actors: float, total: float, quotient: dict[str, Any]) -> Cell:
    return Cell(
        unit=unit,
        field=field,
        actors=float(actors),
        share=float(actors / total) if total > 0 else float("nan"),
        memberships=int(quotient["x"]),
        unit_memberships=int(quotient["n"]),
        lq=float(quotient["lq"]),
        low=float(quotient["low"]),
        high=float(quotient["high"]),
        q=float(quotient["q"]),
        state=str(quotient["state"]),
    )


@dataclass(frozen=True, slots=True)
class Flow:
    """Linked pairs of actors between two units."""

    source: str
    target: str
    pairs: int
    direct: int
    joint: int


@dataclass(frozen=True)
class RegionMap:
    """What the map shows: units with centre and number of actors, single actors, flows between units."""

    units: Units
    sizes: tuple[int, ...]
    flows: tuple[Flow, ...]
    actor_points: np.ndarray
    actor_fields: np.ndarray
    actor_names: tuple[str, ...]
    actors: int
    pairs: int
    intercity_pairs: int
    footprint: tuple[tuple[str, int], ...]


def region_map(atlas: Atlas, selection: Selection) -> RegionMap:
    """Actors, units and the ties between units that the filters leave; outside actors are not on the map."""
    key = (filters_of(selection), selection.unit)
    return kept(atlas, "region map", key, lambda: _region_map(atlas, selection))


def _region_map(atlas: Atlas, selection: Selection) -> RegionMap:
    found = units(atlas, selection.unit)
    left = subset(atlas, selection)
    inside = left.actors & (found.of_actor >= 0)
    i, j, direct, joint = linked_pairs(left)
    flows = flows_of(found, i, j, direct, joint)
    shown = np.flatnonzero(inside)
    sizes = by_unit(found, inside)
    both = (found.of_actor[i] >= 0) & (found.of_actor[j] >= 0)
    return RegionMap(
        units=found,
        sizes=tuple(int(n) for n in sizes),
        flows=flows,
        actor_points=atlas.positions[["map_x", "map_y"]].to_numpy()[shown],
        actor_fields=_first_fields(atlas)[shown],
        actor_names=tuple(atlas.tables.actors["name"].iloc[shown]),
        actors=int(inside.sum()),
        pairs=int(both.sum()),
        intercity_pairs=sum(flow.pairs for flow in flows),
        footprint=_footprint(atlas, found, selection),
    )


def _first_fields(atlas: Atlas) -> np.ndarray:
    dense = atlas.fields_of_actors.csr.toarray().round(9)
    return np.where(dense.sum(axis=1) > 0, dense.argmax(axis=1), -1)


def flows_of(found: Units, i: np.ndarray, j: np.ndarray, direct: np.ndarray, joint: np.ndarray) -> tuple[Flow, ...]:
    """Linked pairs (both ends, direct ties, joint projects) summed by the units they join, the strongest first."""
    a, b = found.of_actor[i], found.of_actor[j]
    between = (a >= 0) & (b >= 0) & (a != b)
    frame = pd.DataFrame(
        {
            "source": np.minimum(a, b)[between],
            "target": np.maximum(a, b)[between],
            "pairs": 1,
            "direct": direct[between],
            "joint": joint[between],
        }
    )
    summed = frame.groupby(["source", "target"], sort=True).sum().reset_index()
    columns = [summed[name].to_numpy(dtype=int).tolist() for name in ("source", "target", "pairs", "direct", "joint")]
    flows = [Flow(found.ids[a], found.ids[b], *counts) for a, b, *counts in zip(*columns, strict=True)]
    return tuple(sorted(flows, key=lambda flow: (-flow.pairs, flow.source, flow.target)))


def inner_flows(atlas: Atlas, selection: Selection) -> tuple[Flow, ...]:
    """Linked pairs whose two actors are in one unit, unit by unit."""
    found = units(atlas, selection.unit)
    i, j, direct, joint = linked_pairs(subset(atlas, selection))
    a, b = found.of_actor[i], found.of_actor[j]
    made = []
    for number, unit in enumerate(found.ids):
        here = (a == number) & (b == number)
        if here.any():
            made.append(Flow(unit, unit, int(here.sum()), int(direct[here].sum()), int(joint[here].sum())))
    return tuple(made)


def _footprint(atlas: Atlas, found: Units, selection: Selection) -> tuple[tuple[str, int], ...]:
    """Actors per unit of the one cluster that is chosen; empty where none or several are."""
    if selection.clusters is None or len(selection.clusters) != 1:
        return ()
    members = np.asarray(atlas.cluster_of_actors == selection.clusters[0])
    counts = by_unit(found, members)
    return tuple((str(unit), int(n)) for unit, n in counts.items() if n)


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A cluster in one line: where it lies and how polycentric it is."""

    cluster_id: str
    name: str
    actors: int
    left: int
    cities: int
    effective_cities: float
    intercity_share: float
    leading: str
    anchors: str


def cluster_rows(atlas: Atlas, selection: Selection) -> tuple[ClusterRow, ...]:
    """All clusters, the largest first; ``left`` counts the actors the filters leave."""
    mask = actor_mask(atlas, replace(selection, clusters=None))
    member = atlas.cluster_of_actors.to_numpy(dtype=str)
    names = dict(zip(atlas.tables.places["place_id"], atlas.tables.places["name"], strict=True))
    actors = atlas.tables.actors.set_index("actor_id")
    short = actors["short_name"].where(actors["short_name"] != "", actors["name"])
    return tuple(
        ClusterRow(
            cluster_id=item.cluster_id,
            name=item.name.text(selection.language),
            actors=item.size,
            left=int((mask & (member == item.cluster_id)).sum()),
            cities=len(item.cities),
            effective_cities=item.effective_cities,
            intercity_share=item.intercity_share,
            leading=", ".join(f"{names[place]} {count}" for place, count in item.cities[:3]),
            anchors=", ".join(str(short[actor]) for actor in item.anchors[:3]),
        )
        for item in atlas.clusters.items
    )
