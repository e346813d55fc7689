"""Who works on what, against the answers worked out by hand in data/toy/README.md."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pandas as pd
import pytest

from ecosystem import affiliations
from ecosystem.model import Sector

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

PLACES = ["XX111", "XX112", "XX113"]


def _table(frame: pd.DataFrame) -> dict[str, list[float]]:
    return {str(row): [float(value) for value in frame.loc[row]] for row in frame.index}


@pytest.mark.parametrize(
    ("counting", "expected"),
    [
        ("full", {"XX111": [3.0, 1.0], "XX112": [0.0, 2.0], "XX113": [1.0, 1.0]}),
        ("fractional", {"XX111": [2.5, 0.5], "XX112": [0.0, 2.0], "XX113": [1.0, 1.0]}),
    ],
)
def test_stated_fields_by_city(
    toy: Atlas, counting: Literal["fractional", "full"], expected: dict[str, list[float]]
) -> None:
    without_projects = replace(toy.tables, participations=toy.tables.participations.iloc[:0])
    assert _table(affiliations.place_field(without_projects, counting)) == expected


def test_fractional_counting_by_city(toy: Atlas) -> None:
    counted = affiliations.place_field(toy.tables)
    assert list(counted.columns) == ["energy", "care"]
    assert _table(counted) == {"XX111": [3.5, 0.5], "XX112": [0.25, 2.75], "XX113": [1.0, 1.0]}
    assert counted.sum().tolist() == [4.75, 4.25]


def test_full_counting_adds_every_field_of_an_actor_once(toy: Atlas) -> None:
    # the stated ones of the README, and those that a-town (energy) and b-institute (both) have from projects
    assert _table(affiliations.place_field(toy.tables, "full")) == {
        "XX111": [4.0, 1.0], "XX112": [1.0, 3.0], "XX113": [1.0, 1.0],
    }  # fmt: skip


def test_fields_of_actors(toy: Atlas) -> None:
    fields = _table(affiliations.actor_fields(toy.tables).frame())
    assert fields["a-college"] == [0.5, 0.5]
    assert fields["a-town"] == [1.0, 0.0]
    assert fields["b-institute"] == [0.25, 0.75]
    assert [actor for actor, weights in fields.items() if weights == [0.0, 0.0]] == ["a-council", "b-town", "c-council"]


def test_derived_fields_count_projects_even_beside_stated_ones(toy: Atlas) -> None:
    derived = _table(affiliations.derived_fields(toy.tables).frame())
    assert derived["b-institute"] == [0.5, 1.5]
    assert derived["a-works"] == [2.0, 0.0]
    assert derived["c-citizens"] == [0.0, 0.0]


def test_fields_of_sectors(toy: Atlas) -> None:
    counted = affiliations.sector_field(toy.tables)
    assert list(counted.index) == [sector.value for sector in Sector]
    assert _table(counted) == {
        "industry": [3.0, 1.0], "science": [0.75, 1.25], "politics": [0.0, 0.0],
        "administration": [1.0, 0.0], "civil_society": [0.0, 2.0],
    }  # fmt: skip


def test_projects_without_fields_weigh_on_none(toy: Atlas) -> None:
    shares = _table(affiliations.project_fields(toy.tables).frame())
    assert shares == {"P1": [1, 0], "P2": [0, 1], "P3": [0.5, 0.5], "P4": [1, 0], "P5": [0, 0]}


def test_actors_of_places_sectors_and_projects(toy: Atlas) -> None:
    of_places = affiliations.actor_places(toy.tables).frame()
    assert (list(of_places.columns), of_places.sum().tolist()) == (PLACES, [5.0, 4.0, 3.0])
    assert affiliations.actor_sectors(toy.tables).frame().sum().tolist() == [4.0, 2.0, 2.0, 2.0, 2.0]
    assert affiliations.actor_projects(toy.tables).frame().sum().tolist() == [4.0, 3.0, 2.0, 3.0, 1.0]


def test_a_second_unit_or_instalment_is_no_second_participation(toy: Atlas) -> None:
    again = toy.tables.participations.assign(unit="another unit", year=2031)
    twice = replace(toy.tables, participations=pd.concat([toy.tables.participations, again], ignore_index=True))
    assert affiliations.actor_projects(twice).frame().equals(affiliations.actor_projects(toy.tables).frame())
    assert affiliations.place_field(twice).equals(affiliations.place_field(toy.tables))


def test_labels_outside_the_rows_or_columns_are_left_out_and_pairs_add_up() -> None:
    rows, columns = pd.Index(["a", "b"]), pd.Index(["x"])
    found = affiliations.labelled(
        pd.Series(["a", "a", "b", "nobody"]), pd.Series(["x", "x", "nowhere", "x"]), None, rows, columns
    )
    assert found.frame().to_dict() == {"x": {"a": 2.0, "b": 0.0}}


def test_the_ruhr_counts_every_actor_with_a_field_once(ruhr: Atlas) -> None:
    tables = ruhr.tables
    weights = affiliations.actor_fields(tables).frame().sum(axis=1)
    through = tables.participations.merge(tables.projects, on="project_id").query("fields != ''")["actor_id"]
    told = set(tables.actor_fields["actor_id"]) | set(through)
    assert set(weights.index[weights > 0]) == told
    assert weights[weights > 0].to_numpy() == pytest.approx(1.0)
    assert affiliations.place_field(tables).to_numpy().sum() == pytest.approx(len(told))
    assert affiliations.sector_field(tables).to_numpy().sum() == pytest.approx(len(told))
