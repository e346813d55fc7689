"""Small tables and outlines a user hands over for a new region, whatever their columns are called.

Nothing is guessed of a value; only the names of columns and properties are looked up in a list of synonyms, and an
error shows the names that are there.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecosystem import parsing
from ecosystem.dictionary import Table
from ecosystem.errors import IntakeError, Severity
from ecosystem.model import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Row = dict[str, str]

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "place_id": (
        "place_id", "ags", "ags_0", "gemeindeschluessel", "gemeindeschlüssel", "lau_id", "lau_code", "lau", "lau2",
        "gisco_id", "insee", "insee_com", "code_insee", "com_code", "jpt_kod_je", "teryt", "key", "schluessel", "id",
    ),
    "name": (
        "name", "gen", "lau_name", "gemeinde", "gemeindename", "municipality", "commune", "nom", "nom_com", "com_name",
        "jpt_nazwa_", "gmina", "ort", "name_latn",
    ),
    "nuts3": ("nuts3", "nuts", "nuts_id", "nuts3_id", "nuts_3", "nuts_code", "nuts3_code", "nuts 3 code"),
    "kind": ("kind", "bez", "art"),
    "district_id": ("district_id", "krs", "kreisschluessel", "kreisschlüssel"),
    "district": ("district", "kreis", "landkreis", "kreisname", "powiat", "departement"),
    "population": ("population", "ewz", "einwohner", "pop", "inhabitants", "ludnosc"),
    "population_year": ("population_year",),
    "area_km2": ("area_km2", "kfl", "flaeche_km2", "fläche_km2"),
    "lat": ("lat", "latitude", "breite", "y_wgs84"),
    "lon": ("lon", "lng", "long", "longitude", "laenge", "länge", "x_wgs84"),
    "in_region": ("in_region",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it was handed over: its name and the SHA-256 of its bytes."""

    path: Path
    data: bytes

    @property
    def checksum(self) -> str:
        """As sources note it: ``sha256:…``."""
        return "sha256:" + hashlib.sha256(self.data).hexdigest()


def opened(path: Path) -> Given:
    """The bytes of a file.

    Raises:
        IntakeError: it is not there or cannot be read.
    """
    try:
        return Given(path, path.read_bytes())
    except OSError as error:
        raise IntakeError(f"{path} cannot be read ({error.strerror}). Check the path.") from error


def rows(given: Given) -> list[Row]:
    """The rows of a CSV file (comma or semicolon, UTF-8) under their own column names, in lower case.

    Raises:
        IntakeError: it is no CSV file in UTF-8; names the row.
    """
    # without columns of its own: what they are called is looked up later, only the form of the file counts here
    table = Table(given.path.stem, "csv", required=True, description=Label("", ""), columns=())
    sheet, faults = parsing.parse(table, given.data)
    broken = [one for one in faults if one.severity is Severity.ERROR]
    if broken or sheet.frame is None:
        raise IntakeError(broken[0].sentence())
    found = sheet.frame
    return [{str(name).strip().lower(): str(cell) for name, cell in row.items()} for row in found.to_dict("records")]


def known(row: Mapping[str, Any], names: Mapping[str, str]) -> Row:
    """A row under the dictionary's names; ``names`` as :func:`columns` found them."""
    return {name: _text(row.get(own)) for name, own in names.items()}


def columns(names: Iterable[str]) -> dict[str, str]:
    """Which of some column names stands for which column of ``places.csv``.

    >>> columns(["AGS", "GEN", "NUTS", "colour"])
    {'place_id': 'AGS', 'name': 'GEN', 'nuts3': 'NUTS'}
    """
    lower = {name.strip().lower(): name for name in reversed(list(names))}
    found = {}
    for name, synonyms in SYNONYMS.items():
        own = next((lower[one] for one in synonyms if one in lower), None)
        if own is not None:
            found[name] = own
    return found


def features(given: Given) -> list[dict[str, Any]]:
    """The features of a GeoJSON file.

    Raises:
        IntakeError: it is no feature collection.
    """
    cure = "Export the outlines as GeoJSON (WGS 84, EPSG:4326) with one feature for each municipality."
    try:
        found = json.loads(given.data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise IntakeError(f"{given.path.name} is no GeoJSON ({error}). {cure}") from error
    held = found.get("features") if isinstance(found, dict) else None
    if not isinstance(held, list) or not held or not all(isinstance(one, dict) for one in held):
        raise IntakeError(f"{given.path.name} holds no FeatureCollection with features. {cure}")
    return held


def properties(feature: Mapping[str, Any]) -> dict[str, str]:
    """The properties of a feature as text."""
    found = feature.get("properties")
    return {str(name): _text(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    if value is None or isinstance(value, (list, dict)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
