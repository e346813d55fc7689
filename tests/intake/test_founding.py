"""A new region from a user's files: what is made passes the check, what is missing is said by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ecosystem import tables
from ecosystem.errors import EcosystemError, IntakeError
from ecosystem.intake.founding import found

if TYPE_CHECKING:
    from pathlib import Path

PLACES = (
    "AGS;GEN;NUTS;KRS;KREIS\n01001000;Ahausen;XX111;XX11;Nord\n01002000;Bestadt;XX112;XX11;Nord\n"
    "02001000;Cedorf;XX211;XX21;Süd\n"
)
TOWNS = [
    ("01001000", "Ahausen", "XX111"), ("01002000", "Bestadt", "XX112"), ("02001000", "Cedorf", "XX211"),
    ("01002000", "Bestadt", "XX112"),
]  # fmt: skip
METRES = {"51.0": "5600000.0", "[7.0, 51": "[350000, 5600000"}
FIELDS = "field_id,name_de,name_en\nenergy,Energie,Energy\ncare,Pflege,Care\n"


def square(west: float, south: float, side: float = 0.1) -> dict[str, object]:
    east, north = west + side, south + side
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def outlines(key: str = "RS", as_number: bool = False) -> dict[str, object]:
    features = []
    for number, (place, name, nuts) in enumerate(TOWNS):
        told = {"OBJID": f"o{number}", key: int(place) if as_number else place, "GEN": name, "NUTS": nuts}
        features.append({"type": "Feature", "properties": told, "geometry": square(7 + number / 10, 51)})
    return {"type": "FeatureCollection", "attribution": "invented, CC0", "features": features}


def in_metres() -> str:
    text = json.dumps(outlines())
    for degrees, metres in METRES.items():
        text = text.replace(degrees, metres)
    return text


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "orte.csv").write_text(PLACES, "utf-8")
    (tmp_path / "fields.csv").write_text(FIELDS, "utf-8")
    (tmp_path / "outlines.geojson").write_text(json.dumps(outlines()), "utf-8")
    return tmp_path


def test_places_fields_and_outlines_make_a_valid_region(files: Path) -> None:
    told = found(
        files / "mitte",
        "Mitte",
        fields=files / "fields.csv",
        places=files / "orte.csv",
        boundaries=files / "outlines.geojson",
    )
    assert (told.municipalities, told.outlined, told.fields, told.warnings) == (3, 3, 2, ())
    assert list(tables.inspect(files / "mitte")) == []
    read = tables.read(files / "mitte")
    assert (read.region.region_id, read.region.name.en) == ("mitte", "Mitte")
    assert list(read.places["place_id"]) == ["01001000", "01002000", "02001000"]
    assert len(read.actors) == 0
    # a point inside the outline, whose two parts were joined
    assert read.places.loc[0, ["lat", "lon"]].tolist() == pytest.approx([51.05, 7.05])
    assert read.boundaries is not None
    kinds = {one["properties"]["place_id"]: one["geometry"]["type"] for one in read.boundaries["features"]}
    assert kinds == {"01001000": "Polygon", "01002000": "MultiPolygon", "02001000": "Polygon"}
    assert read.districts is not None
    assert [one["properties"]["district_id"] for one in read.districts["features"]] == ["XX11", "XX21"]
    assert set(read.sources["source_id"]) == {"orte", "outlines", "fields"}
    assert all(note.startswith("sha256:") for note in read.sources["note"])


def test_nuts_codes_choose_the_municipalities(files: Path) -> None:
    for number, more in enumerate(
        ({"places": files / "orte.csv"}, {"boundaries": files / "outlines.geojson", "key": "rs"})
    ):
        found(files / f"r{number}", "R", fields=files / "fields.csv", nuts=["xx11"], **more)
        assert list(tables.read(files / f"r{number}").places["name"]) == ["Ahausen", "Bestadt"]


def test_keys_that_lost_their_zero_are_found(files: Path) -> None:
    (files / "outlines.geojson").write_text(json.dumps(outlines("CODE", as_number=True)), "utf-8")
    told = found(
        files / "r", "R", fields=files / "fields.csv", places=files / "orte.csv", boundaries=files / "outlines.geojson"
    )
    assert told.outlined == 3


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"places": None}, ["--places", "--boundaries", "NUTS"]),
        ({"nuts": ["XX9"]}, ["orte.csv", "XX9", "XX11", "XX21"]),
        ({"places": "ort;name\n1;A\n", "nuts": ["XX1"]}, ["place_id", "ort, name", "ags"]),
        ({"places": "place_id;name\n1;A\n", "nuts": ["XX1"]}, ["nuts3", "place_id, name", "--nuts"]),
        ({"places": "place_id;name\n\n"}, ["place_id"]),
        ({"places": 'place_id;name\n1;"A\n'}, ["orte.csv", "row 2", "quote"]),
        ({"places": "place_id;name;lat\n1;A;nord\n"}, ["lat", "nord", "nothing was written"]),
        ({"places": "place_id;name\n9;A\n", "boundaries": True}, ["no property", "OBJID (o0)", "--key"]),
        ({"boundaries": True, "key": "colour"}, ["colour", "OBJID, RS, GEN, NUTS"]),
        ({"boundaries": True, "key": "OBJID"}, ["OBJID", "holds no key", "--key"]),
        ({"boundaries": "{}"}, ["outlines.geojson", "FeatureCollection"]),
        ({"boundaries": "[1"}, ["outlines.geojson", "GeoJSON"]),
        ({"boundaries": in_metres()}, ["degrees", "4326"]),
        ({"fields": "field_id,colour\na,b\n"}, ["fields.csv", "name_de", "colour"]),
        ({"fields": "field_id,name\n"}, ["fields.csv", "no field"]),
        ({"fields": "field_id,name\na,A\na,B\n"}, ["every field once"]),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_is_left_behind(
    files: Path, change: dict[str, object], words: list[str]
) -> None:
    names = {"places": "orte.csv", "boundaries": "outlines.geojson", "fields": "fields.csv"}
    given: dict[str, object] = {"places": files / "orte.csv", "fields": files / "fields.csv"}
    for option, value in change.items():
        if option in names and isinstance(value, str):
            (files / names[option]).write_text(value, "utf-8")
        given[option] = (files / names[option]) if option in names and value else value
    before = sorted(files.iterdir())
    with pytest.raises(IntakeError) as told:
        found(files / "r", "R", **given)  # type: ignore[arg-type]
    assert [word for word in words if word not in str(told.value)] == [], str(told.value)
    assert sorted(files.iterdir()) == before


def test_a_folder_that_holds_something_is_left_alone(files: Path) -> None:
    with pytest.raises(IntakeError, match="not empty"):
        found(files, "R", fields=files / "fields.csv", places=files / "orte.csv")


def test_keywords_come_along_and_are_tried_first(files: Path) -> None:
    (files / "words.csv").write_text("field_id,kind,keyword,language,weight,note\nenergy,word,*strom*,de,1,\n", "utf-8")
    given = {"fields": files / "fields.csv", "places": files / "orte.csv", "keywords": files / "words.csv"}
    found(files / "r", "R", **given)  # type: ignore[arg-type]
    assert (files / "r" / "keywords.csv").read_bytes() == (files / "words.csv").read_bytes()
    (files / "words.csv").write_text("field_id,kind,keyword,language,weight,note\ngone,word,*strom*,de,1,\n", "utf-8")
    with pytest.raises(EcosystemError, match=r"keywords\.csv"):
        found(files / "s", "S", **given)  # type: ignore[arg-type]
    assert not [path for path in files.iterdir() if path.name.startswith((".", "s"))]
