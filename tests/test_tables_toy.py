"""The toy region's counts, against data/toy/README.md (worked out by hand)."""

from __future__ import annotations

from itertools import combinations

import pytest

from ecosystem import tables
from ecosystem.regions import shipped_data


@pytest.fixture(scope="module")
def toy() -> tables.Tables:
    return tables.read(shipped_data() / "toy")


def test_it_is_clean(toy: tables.Tables) -> None:
    assert toy.warnings == ()


def test_actors_by_city_and_sector(toy: tables.Tables) -> None:
    assert toy.actors["place_id"].value_counts().to_dict() == {"XX111": 5, "XX112": 4, "XX113": 3}
    assert toy.actors["sector"].value_counts().to_dict() == {
        "industry": 4, "science": 2, "politics": 2, "administration": 2, "civil_society": 2,
    }  # fmt: skip


def test_statements_by_city_and_field(toy: tables.Tables) -> None:
    stated = toy.actor_fields.merge(toy.actors, on="actor_id").groupby(["place_id", "field_id"]).size()
    assert stated.to_dict() == {
        ("XX111", "energy"): 3, ("XX111", "care"): 1, ("XX112", "care"): 2,
        ("XX113", "energy"): 1, ("XX113", "care"): 1,
    }  # fmt: skip
    assert toy.actor_fields["actor_id"].nunique() == 7


def test_funding_by_city_and_project(toy: tables.Tables) -> None:
    placed = toy.participations.merge(toy.actors, on="actor_id")
    assert placed.groupby("place_id")["funding_eur"].sum().to_dict() == {
        "XX111": 410_000, "XX112": 300_000, "XX113": 100_000,
    }  # fmt: skip
    assert placed.groupby("project_id")["funding_eur"].sum().to_dict() == {
        "P1": 320_000, "P2": 240_000, "P3": 120_000, "P4": 120_000, "P5": 10_000,
    }  # fmt: skip
    assert placed.groupby("project_id").size().to_dict() == {"P1": 4, "P2": 3, "P3": 2, "P4": 3, "P5": 1}
    assert toy.participations["funding_eur"].isna().sum() == 1


def test_pairs_that_share_projects(toy: tables.Tables) -> None:
    groups = [sorted(found) for _, found in toy.participations.groupby("project_id")["actor_id"]]
    pairs = [pair for group in groups for pair in combinations(group, 2)]
    assert (len(set(pairs)), len(pairs), pairs.count(("a-grid", "a-works"))) == (12, 13, 2)


def test_ties_between_cities_and_sectors(toy: tables.Tables) -> None:
    actors = toy.actors.set_index("actor_id")
    ends = [toy.ties[end].map(actors["place_id"]) for end in ("source_actor_id", "target_actor_id")]
    sectors = [toy.ties[end].map(actors["sector"]) for end in ("source_actor_id", "target_actor_id")]
    assert (len(toy.ties), int((ends[0] != ends[1]).sum()), int((sectors[0] != sectors[1]).sum())) == (8, 2, 6)
    assert toy.ties["relation"].value_counts()["funds"] == 3


def test_commuters(toy: tables.Tables) -> None:
    assert toy.flows.groupby("destination_district_id")["commuters"].sum().to_dict() == {
        "XX111": 600, "XX112": 200, "XX113": 100,
    }  # fmt: skip


def test_writing_gives_the_same_bytes(toy: tables.Tables, tmp_path) -> None:
    (tmp_path / "districts.geojson").write_text("of an earlier state", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not ours", encoding="utf-8")
    tables.write(toy, tmp_path)
    folder = shipped_data() / "toy"
    assert tables.digest(tmp_path) == tables.digest(folder) == toy.digest
    assert {path.name for path in tmp_path.iterdir()} == {"notes.txt"} | {
        path.name for path in folder.iterdir() if path.name != "README.md"
    }
    for path in folder.iterdir():
        if path.name != "README.md":
            assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_digest_follows_names_and_bytes(toy: tables.Tables, tmp_path) -> None:
    tables.write(toy, tmp_path)
    (tmp_path / "README.md").write_text("is no table", encoding="utf-8")
    assert tables.digest(tmp_path) == toy.digest
    (tmp_path / "flows.csv").unlink()
    without = tables.digest(tmp_path)
    path = tmp_path / "ties.csv"
    path.write_bytes(path.read_bytes().replace(b"2018", b"2019"))
    assert len({toy.digest, without, tables.digest(tmp_path)}) == 3
    assert toy.digest == "4724d2135c2441009226edcac13df3459b88f98077611c204f5d9ba6f59db21e"


def test_a_frame_that_is_none_is_no_table(toy: tables.Tables) -> None:
    with pytest.raises(KeyError):
        toy.frame("region")
