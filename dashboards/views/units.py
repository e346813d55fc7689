"""Places as the pages group them: the municipalities, or the districts and independent cities they form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dashboards.views.shelf import kept
from ecosystem.layout import Projection, place_positions

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas


@dataclass(frozen=True)
class Units:
    """Rows of the region's pictures: ids, names and centres (kilometres), and the unit of every actor.

    ``of_actor`` gives the position of the actor's unit, −1 outside the region or without a place; ``of_place`` the
    unit's id of every place inside.
    """

    kind: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    centres: np.ndarray
    of_actor: np.ndarray
    of_place: dict[str, str]

    def __len__(self) -> int:
        """Number of units."""
        return len(self.ids)


def units(atlas: Atlas, kind: str) -> Units:
    """Municipalities (``municipality``) or districts and independent cities (``unit``).

    A region whose places name no district has municipalities only.
    """
    return kept(atlas, "units", kind, lambda: _units(atlas, kind))


def _units(atlas: Atlas, kind: str) -> Units:
    places = atlas.tables.places
    inside = places[places["in_region"]]
    by_district = kind == "unit" and bool((inside["district_id"] != "").all())
    key, name = ("district_id", "district") if by_district else ("place_id", "name")
    named = inside.groupby(key, sort=True)[name].first()
    centres = place_positions(atlas.tables).loc[inside["place_id"]].groupby(inside[key].to_numpy()).mean()
    position = {unit: number for number, unit in enumerate(named.index)}
    unit_of_place = dict(zip(inside["place_id"], inside[key], strict=True))
    of_actor = [position.get(unit_of_place.get(place, ""), -1) for place in atlas.tables.actors["place_id"]]
    return Units(
        "unit" if by_district else "municipality",
        tuple(str(unit) for unit in named.index),
        tuple(str(one) for one in named),
        centres.loc[named.index].to_numpy(),
        np.array(of_actor, dtype=int),
        unit_of_place,
    )


def outlines(atlas: Atlas, kind: str) -> dict[str, list[np.ndarray]]:
    """Closed outlines in kilometres by unit id; empty where the region has no boundaries."""
    return kept(atlas, "outlines", kind, lambda: _outlines(atlas, kind))


def _outlines(atlas: Atlas, kind: str) -> dict[str, list[np.ndarray]]:
    shapes = atlas.tables.districts if kind == "unit" else atlas.tables.boundaries
    if shapes is None:
        return {}
    projection = Projection.of(atlas.tables.places)
    key = "district_id" if kind == "unit" else "place_id"
    return {
        str(feature["properties"][key]): [_ring(projection, ring) for ring in _rings(feature["geometry"])]
        for feature in shapes["features"]
    }


def across(found: Units, shapes: dict[str, list[np.ndarray]]) -> float:
    """How wide the region is, in kilometres: from outline to outline, or between the centres; at least 1."""
    rings = [ring[:, 0] for unit in shapes.values() for ring in unit] or [found.centres[:, 0]]
    east = np.concatenate(rings)
    return max(1.0, float(np.ptp(east))) if len(east) else 1.0


def _rings(geometry: dict[str, Any]) -> list[list[list[float]]]:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return [polygon[0] for polygon in polygons]


def _ring(projection: Projection, ring: list[list[float]]) -> np.ndarray:
    points = np.asarray(ring, dtype=float)
    return projection.kilometres(points[:, 1], points[:, 0])


def by_unit(found: Units, actors: np.ndarray) -> pd.Series:
    """Number of actors (a mask) in each unit."""
    inside = found.of_actor[actors]
    return pd.Series(np.bincount(inside[inside >= 0], minlength=len(found)), index=pd.Index(found.ids))
