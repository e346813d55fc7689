"""GeoJSON files of a region folder: outlines in degrees (WGS 84), each with the key of what it outlines."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from ecosystem.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.dictionary import Table

Outlines = dict[str, Any]
Box = tuple[float, float, float, float]


def parse(table: Table, content: bytes) -> tuple[Outlines | None, tuple[Fault, ...]]:
    """Read a file of outlines; ``None`` where it is no collection of polygons in degrees."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None, (Fault(table.file, None, "", "", "text in UTF-8", "Save the file in UTF-8."),)
    except json.JSONDecodeError as error:
        cure = f"{error.msg}, column {error.colno}. Export the file again from the geographic information system."
        return None, (Fault(table.file, error.lineno, "", "", "valid JSON", cure),)
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection" or not _features(found):
        cure = "Export the outlines as GeoJSON with one feature each."
        return None, (Fault(table.file, None, "", "", "a FeatureCollection with features", cure),)
    broken = tuple(_geometry_faults(table, found))
    return (None if broken else found), (*_key_faults(table, found), *broken)


def text(outlines: Outlines) -> str:
    """The canonical file of outlines; the inverse of :func:`parse`."""
    return json.dumps(outlines, ensure_ascii=False, separators=(",", ":")) + "\n"


def keys(outlines: Outlines, name: str) -> list[str]:
    """The property ``name`` of every feature, blank where a feature has none."""
    found = ((feature.get("properties") or {}).get(name) for feature in _features(outlines))
    return ["" if key is None else str(key) for key in found]


def box(outlines: Outlines) -> Box:
    """West, south, east and north of everything that is outlined, in degrees.

    >>> square = {"type": "Polygon", "coordinates": [[[7, 51], [8, 51], [8, 52], [7, 51]]]}
    >>> box({"features": [{"geometry": square}]})
    (7.0, 51.0, 8.0, 52.0)
    """
    points = [point for feature in _features(outlines) for point in _points(feature["geometry"]["coordinates"])]
    lons, lats = zip(*points, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _features(outlines: Outlines) -> list[dict[str, Any]]:
    features = outlines.get("features")
    return features if isinstance(features, list) and all(isinstance(one, dict) for one in features) else []


def _key_faults(table: Table, outlines: Outlines) -> Iterator[Fault]:
    name = table.keys[0]
    found = keys(outlines, name)
    for number in (number for number, key in enumerate(found, start=1) if not key):
        cure = f"Give every feature the property {name}."
        yield Fault(table.file, None, name, f"feature {number}", "a key", cure)
    for key in (key for key, count in Counter(found).items() if key and count > 1):
        yield Fault(table.file, None, name, key, "every outline once", "Join the parts to one MultiPolygon.")


def _geometry_faults(table: Table, outlines: Outlines) -> Iterator[Fault]:
    name = table.keys[0]
    for feature, key in zip(_features(outlines), keys(outlines, name), strict=True):
        geometry = feature.get("geometry") or {}
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if kind not in {"Polygon", "MultiPolygon"} or not _in_degrees(geometry.get("coordinates")):
            cure = "Export polygons in WGS 84 (EPSG:4326), longitude before latitude."
            yield Fault(table.file, None, name, key, "a polygon in degrees", cure)


def _in_degrees(coordinates: Any) -> bool:
    try:
        points = list(_points(coordinates))
    except (IndexError, TypeError, ValueError):
        return False
    return bool(points) and all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in points)


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], list):
        for part in coordinates:
            yield from _points(part)
    else:
        yield float(coordinates[0]), float(coordinates[1])
