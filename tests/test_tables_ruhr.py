"""The default region: clean, complete as its README says, and written back byte for byte."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from ecosystem import tables
from ecosystem.dictionary import csv_tables
from ecosystem.regions import shipped_data

if TYPE_CHECKING:
    from pathlib import Path

RUHR = shipped_data() / "ruhr"


@pytest.fixture(scope="module")
def ruhr() -> tables.Tables:
    return tables.read(RUHR)


def test_it_is_clean() -> None:
    assert tables.inspect(RUHR) == ()


def test_it_has_what_its_readme_counts(ruhr: tables.Tables) -> None:
    rows = {table.name: len(ruhr.frame(table.name)) for table in csv_tables()}
    assert rows == {
        "places": 98, "actors": 1157, "actor_fields": 981, "ties": 1628, "projects": 567,
        "participations": 795, "city_fields": 99, "flows": 210, "sources": 706,
    }  # fmt: skip
    assert ruhr.boundaries is not None
    assert ruhr.districts is not None
    assert (len(ruhr.boundaries["features"]), len(ruhr.districts["features"])) == (53, 15)
    assert ruhr.actors["sector"].value_counts().to_dict() == {
        "industry": 557, "administration": 195, "civil_society": 149, "science": 147, "politics": 109,
    }  # fmt: skip
    assert ruhr.actor_fields["field_id"].value_counts().to_dict() == {
        "green": 223, "logistics": 177, "digital": 172, "industry": 150, "urban": 138, "health": 121,
    }  # fmt: skip
    assert ruhr.ties["relation"].value_counts().to_dict() == {
        "partner_in": 611, "cooperates_with": 335, "member_of": 250, "shareholder_of": 157, "hosts": 147,
        "funds": 116, "spin_off_of": 12,
    }  # fmt: skip
    assert ruhr.participations["funding_eur"].sum() == 616_217_129


def test_every_inhabited_place_of_the_region_has_an_actor(ruhr: tables.Tables) -> None:
    inside = ruhr.places[ruhr.places["in_region"]]
    assert len(inside) == 53
    assert set(inside["place_id"]) <= set(ruhr.actors["place_id"])
    assert ruhr.actors["place_id"].isin(inside["place_id"]).sum() == 1036


def test_every_point_lies_inside_its_own_outline(ruhr: tables.Tables) -> None:
    assert ruhr.boundaries is not None
    shapes = {feature["properties"]["place_id"]: feature["geometry"] for feature in ruhr.boundaries["features"]}
    inside = ruhr.places[ruhr.places["in_region"]]
    points = zip(inside["place_id"], inside["lon"], inside["lat"], strict=True)
    assert [place for place, lon, lat in points if not _contains(shapes[place], lon, lat)] == []


def _contains(geometry: dict[str, Any], x: float, y: float) -> bool:
    """Whether a ray to the east crosses the rings an odd number of times."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    edges = [edge for part in parts for ring in part for edge in pairwise(ring)]
    crossed = [
        x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in edges if (y1 > y) != (y2 > y)
    ]  # fmt: skip
    return sum(crossed) % 2 == 1


def test_frames_have_the_promised_form(ruhr: tables.Tables) -> None:
    for table in csv_tables():
        frame = ruhr.frame(table.name)
        assert isinstance(frame.index, pd.RangeIndex)
        assert tuple(frame.columns) == table.header
        assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
            column.name: column.dtype for column in table.columns
        }
        assert frame.equals(frame.sort_values(list(table.keys), ignore_index=True))
        texts = frame.select_dtypes("str")
        assert not texts.isna().any(axis=None)


def test_what_is_not_stated_is_missing_and_not_zero(ruhr: tables.Tables) -> None:
    outside = ruhr.places[~ruhr.places["in_region"]]
    assert outside["population"].isna().all()
    assert outside["lat"].isna().all()
    assert (ruhr.participations["funding_eur"] == 0).sum() == 2


def test_writing_gives_the_same_bytes(ruhr: tables.Tables, tmp_path: Path) -> None:
    tables.write(ruhr, tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    # keywords.csv is a table of rules of matching, no table of the dictionary
    kept = {path.name: path.read_bytes() for path in RUHR.iterdir() if path.name != "keywords.csv"}
    assert written == kept
    assert tables.digest(tmp_path) == ruhr.digest == tables.digest(RUHR)


def test_nobody_is_named_in_an_address(ruhr: tables.Tables) -> None:
    assert not ruhr.sources["url"].str.contains("@").any()
    assert not ruhr.actors["website"].str.contains("@").any()


def test_ror_ids_have_valid_check_digits(ruhr: tables.Tables) -> None:
    """ISO/IEC 7064 MOD 97-10 over Crockford's base 32, as ROR documents it."""
    signs = "0123456789abcdefghjkmnpqrstvwxyz"
    found = [ror for ror in ruhr.actors["ror_id"] if ror]
    assert len(found) == 35
    for ror in found:
        assert re.fullmatch(r"https://ror\.org/0[0-9a-z]{8}", ror)
        number = 0
        for sign in ror[-9:-2]:
            number = number * 32 + signs.index(sign)
        assert 98 - number * 100 % 97 == int(ror[-2:]), ror


@pytest.mark.slow
def test_two_hundred_thousand_participations_are_read(ruhr: tables.Tables, tmp_path: Path) -> None:
    count = 200_000
    projects = pd.DataFrame({"project_id": [f"L{number:06}" for number in range(count // 4)]}).assign(
        **{name: ruhr.projects[name].iloc[0] for name in ruhr.projects.columns if name != "project_id"}
    )
    actors = ruhr.actors["actor_id"]
    participations = pd.DataFrame({
        "project_id": projects["project_id"].repeat(4).to_numpy(),
        "actor_id": [actors[(number * 7) % len(actors)] for number in range(count)],
        "unit": pd.Series([""] * count, dtype="str"),
        "funding_eur": [float(number * 37 % 1_000_003) for number in range(count)],
        "year": pd.Series([2010] * count, dtype="Int64"),
        "source_id": ruhr.projects["source_id"].iloc[0],
    })  # fmt: skip
    tables.write(replace(ruhr, projects=projects, participations=participations), tmp_path)
    large = tables.read(tmp_path)
    assert large.participations["funding_eur"].sum() == participations["funding_eur"].sum()
