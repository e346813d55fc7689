"""Points on the map of a region: the municipality whose outline holds them, else the nearest within a limit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import shape

if TYPE_CHECKING:
    import pandas as pd

    from ecosystem.outlines import Outlines

OUTLINE_LIMIT_KM = 0.5
"""How far outside every outline a point may lie: outlines are simplified, addresses stand at the river."""
POINT_LIMIT_KM = 5.0
"""How far a point may lie from a municipality of which only a point is known."""
_KM_PER_DEGREE = 111.32


@dataclass(frozen=True, slots=True)
class Points:
    """Outlines and points of places, with a search tree over the outlines."""

    outlined: tuple[str, ...]
    tree: shapely.STRtree
    bare: tuple[tuple[str, float, float], ...]
    """Places without outline: key, latitude, longitude."""

    @classmethod
    def of(cls, places: pd.DataFrame, boundaries: Outlines | None) -> Points:
        """The map of the places of a region (columns place_id, lat, lon)."""
        found = [
            (str(feature["properties"]["place_id"]), shape(feature["geometry"]))
            for feature in (boundaries or {}).get("features", ())
        ]
        known = {key for key, _ in found}
        bare = [
            (str(key), float(lat), float(lon))
            for key, lat, lon in places[["place_id", "lat", "lon"]].dropna().itertuples(index=False)
            if key not in known
        ]
        return cls(tuple(key for key, _ in found), shapely.STRtree([outline for _, outline in found]), tuple(bare))

    def places(self, lat: float, lon: float) -> frozenset[str]:
        """The places of a point in degrees; empty where it lies outside the region."""
        point = shapely.Point(lon, lat)
        holding = self.tree.query(point, predicate="within")
        if len(holding):
            return frozenset(self.outlined[index] for index in holding)
        near = self._nearest_outline(point, lat)
        return near or self._nearest_point(lat, lon)

    def _nearest_outline(self, point: shapely.Point, lat: float) -> frozenset[str]:
        if not self.outlined:
            return frozenset()
        index = int(self.tree.nearest(point))
        outline = self.tree.geometries[index]
        edge = shapely.shortest_line(outline, point).coords[0]
        near = _km(edge[1], edge[0], lat, point.x) <= OUTLINE_LIMIT_KM
        return frozenset({self.outlined[index]}) if near else frozenset()

    def _nearest_point(self, lat: float, lon: float) -> frozenset[str]:
        distances = sorted((_km(there, along, lat, lon), key) for key, there, along in self.bare)
        return frozenset({distances[0][1]}) if distances and distances[0][0] <= POINT_LIMIT_KM else frozenset()


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Distance in km of two points that lie near each other (plane at their latitude).

    >>> round(_km(51.0, 7.0, 51.0, 7.1), 1)
    7.0
    """
    across = (lon - other_lon) * math.cos(math.radians((lat + other_lat) / 2))
    return math.hypot(lat - other_lat, across) * _KM_PER_DEGREE
