"""The municipalities of a new region and their outlines, from what the user hands over.

Municipalities come from a list of places, or from the properties of the outlines; ``--nuts`` keeps those whose NUTS
code begins with one of the codes given. Points inside a municipality are computed from its outline where none is
stated; everything else that is not stated stays blank.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from shapely import set_precision, unary_union
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape

from ecosystem.errors import IntakeError
from ecosystem.intake import given

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from ecosystem.intake.given import Given, Row

Shapes = dict[str, "BaseGeometry"]

GRID = 1e-5
"""Degrees; outlines are rounded to it: about a metre."""
_SHOWN = 6


def municipalities(places: Given | None, boundaries: Given | None, nuts: Sequence[str], key: str | None) -> list[Row]:
    """Rows of ``places.csv`` to be, from the list of places where there is one, else from the outlines.

    Raises:
        IntakeError: no file carries what is needed; says which column or property is missing, and what there is.
    """
    source = places or boundaries
    if source is None:
        raise IntakeError(
            "A region needs its municipalities: give --places places.csv (columns place_id, name and, for --nuts, "
            "nuts3), or --boundaries file.geojson whose features carry them (for Germany: VG250 with AGS, GEN, NUTS)."
        )
    told = given.rows(places) if places else [given.properties(one) for one in given.features(source)]
    names = given.columns(told[0]) if told else {}
    if places is None and key:
        names["place_id"] = _property(told, key, source)
    for needed in ("place_id", "name"):
        if needed not in names:
            raise IntakeError(_missing(source, needed, told, "the key of the municipality", places is not None))
    found = _once(given.known(row, names) for row in told)
    kept = _inside(found, nuts, source, told) if nuts else found
    if not kept:
        raise IntakeError(f"{source.path.name} has no municipality with a key. Fill in the column {names['place_id']}.")
    return [row | {"in_region": row.get("in_region") or "true"} for row in kept]


def outlined(boundaries: Given, rows: Sequence[Row], key: str | None) -> Shapes:
    """The outline of each municipality that has one, parts joined, by ``place_id``; other features are left out.

    Raises:
        IntakeError: no property holds the keys of the places, or an outline cannot be read.
    """
    found = given.features(boundaries)
    told = [given.properties(one) for one in found]
    ids = {row["place_id"] for row in rows}
    own = _property(told, key, boundaries) if key else _matching(told, ids, boundaries)
    same = _respelt(ids)
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for number, (feature, properties) in enumerate(zip(found, told, strict=True), start=1):
        place = same.get(_plain(properties.get(own, "")))
        if place is not None:
            parts[place].append(_shape(feature, number, boundaries))
    if not parts:
        raise IntakeError(_unmatched(boundaries, own, told, ids))
    return {place: unary_union(shapes) if len(shapes) > 1 else shapes[0] for place, shapes in sorted(parts.items())}


def with_points(rows: Sequence[Row], shapes: Mapping[str, BaseGeometry]) -> list[Row]:
    """The rows, those without a point given one inside their outline (WGS 84, five decimals)."""
    return [_pointed(row, shapes.get(row["place_id"])) for row in rows]


def collection(shapes: Mapping[str, BaseGeometry], key: str, attribution: str) -> dict[str, Any]:
    """Outlines as GeoJSON, each with its key."""
    features = [
        {"type": "Feature", "properties": {key: place}, "geometry": _rounded(one)} for place, one in shapes.items()
    ]
    told = {"attribution": attribution} if attribution else {}
    return {"type": "FeatureCollection", **told, "features": features}


def districts(rows: Sequence[Row], shapes: Mapping[str, BaseGeometry]) -> Shapes:
    """The outlines of districts all of whose municipalities have one; none where a district is not stated."""
    members: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        members[row.get("district_id", "")].append(row["place_id"])
    if "" in members or len(members) in {1, len(rows)}:
        return {}
    whole = {one: held for one, held in members.items() if all(place in shapes for place in held)}
    return {one: unary_union([shapes[place] for place in held]) for one, held in sorted(whole.items())}


def _inside(found: list[Row], nuts: Sequence[str], source: Given, told: list[Row]) -> list[Row]:
    codes = tuple(code.strip().upper() for code in nuts)
    if not any(row.get("nuts3") for row in found):
        what = "the NUTS code of the municipality, needed for --nuts"
        raise IntakeError(_missing(source, "nuts3", told, what, source.path.suffix.lower() == ".csv"))
    kept = [row for row in found if row.get("nuts3", "").upper().startswith(codes)]
    if empty := [code for code in codes if not any(row.get("nuts3", "").upper().startswith(code) for row in kept)]:
        there = sorted({row.get("nuts3", "")[:4] for row in found} - {""})
        more = " …" if len(there) > _SHOWN else ""
        raise IntakeError(
            f"{source.path.name} has no municipality in {', '.join(empty)}. Its NUTS codes begin with "
            f"{', '.join(there[:_SHOWN])}{more}; give one of them, or the file of that country."
        )
    return kept


def _once(rows: Any) -> list[Row]:
    """Every municipality once: outlines may have several features of one (an island, a lake)."""
    found: dict[str, Row] = {}
    for row in rows:
        if row["place_id"]:
            found.setdefault(row["place_id"], row)
    return list(found.values())


def _missing(source: Given, column: str, told: list[Row], what: str, is_table: bool) -> str:
    there = ", ".join(list(told[0])[:20]) if told else "nothing"
    kind = "column" if is_table else "property"
    wanted = "the name of the municipality" if column == "name" else what
    more = "" if is_table or column != "place_id" else " or name the property with --key"
    return (
        f"{source.path.name} has no {kind} “{column}” ({wanted}). "
        f"It has: {there}. Add it{more}; also understood: {', '.join(given.SYNONYMS[column][1:8])}."
    )


def _property(told: list[Row], key: str, source: Given) -> str:
    there = list(told[0]) if told else []
    own = next((name for name in there if name.lower() == key.lower()), None)
    if own is None:
        raise IntakeError(f"{source.path.name} has no property “{key}”. It has: {', '.join(there)}.")
    return own


def _matching(told: list[Row], ids: set[str], source: Given) -> str:
    """The property in which most of the places' keys are found."""
    same = _respelt(ids)
    names = list(dict.fromkeys(name for one in told for name in one))
    hits = {name: len({same.get(_plain(one.get(name, ""))) for one in told} - {None}) for name in names}
    best = max(hits, key=lambda name: hits[name], default="")
    if not best or not hits[best]:
        raise IntakeError(_unmatched(source, "", told, ids))
    return best


def _unmatched(source: Given, own: str, told: list[Row], ids: set[str]) -> str:
    shown = ", ".join(f"{name} ({value})" for name, value in list(told[0].items())[:_SHOWN]) if told else "none"
    where = f"the property “{own}”" if own else "no property"
    return (
        f"{source.path.name}: {where} holds a key of the places, such as {', '.join(sorted(ids)[:3])}. "
        f"Properties of the first feature: {shown}. Name the right one with --key."
    ).replace(f"“{own}” holds a key", f"“{own}” holds no key")


def _plain(key: str) -> str:
    """A key as number tables write it: without leading zeros."""
    return key.lstrip("0") if key.isdigit() else key.strip().casefold()


def _respelt(ids: set[str]) -> dict[str, str]:
    return {_plain(one): one for one in sorted(ids)}


def _shape(feature: Mapping[str, Any], number: int, source: Given) -> BaseGeometry:
    cure = "Export polygons in WGS 84 (EPSG:4326), longitude before latitude."
    try:
        found: BaseGeometry = shape(feature["geometry"])
    except (ShapelyError, KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise IntakeError(f"{source.path.name}, feature {number}: no readable outline. {cure}") from error
    if found.is_empty or found.geom_type not in {"Polygon", "MultiPolygon"}:
        raise IntakeError(f"{source.path.name}, feature {number}: {found.geom_type}, expected a polygon. {cure}")
    west, south, east, north = found.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        shown = f"{west:.0f}, {south:.0f}"
        raise IntakeError(f"{source.path.name}, feature {number}: {shown} are no degrees. {cure}")
    return found if found.is_valid else found.buffer(0)


def _pointed(row: Row, outline: BaseGeometry | None) -> Row:
    if outline is None or (row.get("lat") and row.get("lon")):
        return row
    point = outline.representative_point()
    return row | {"lat": f"{point.y:.5f}", "lon": f"{point.x:.5f}"}


def _rounded(outline: BaseGeometry) -> dict[str, Any]:
    """A geometry on the grid, as far as it does not vanish there."""
    coarse = set_precision(outline, GRID)
    kept = coarse if coarse.geom_type in {"Polygon", "MultiPolygon"} and not coarse.is_empty else outline
    found: dict[str, Any] = mapping(kept)
    return {"type": found["type"], "coordinates": _short(found["coordinates"])}


def _short(part: Any) -> Any:
    if isinstance(part, (tuple, list)):
        return [_short(one) for one in part]
    return round(float(part), 5)
