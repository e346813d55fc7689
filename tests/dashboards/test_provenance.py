"""What the numbers rest on, counted again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboards.views import provenance
from ecosystem.model import Sector

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas


def test_coverage_by_hand_the_thinnest_first(toy: Atlas) -> None:
    rows = provenance.coverage(toy)
    told = [(row.place, row.actors, row.beyond_statute, row.with_field, row.tied) for row in rows]
    # one council or town hall each is there by law
    assert told == [("Cedorf", 3, 2, 2, 3), ("Bestadt", 4, 3, 3, 4), ("Ahausen", 5, 4, 4, 5)]
    assert [row.per_100k for row in rows] == pytest.approx([15, 10, 25 / 3])
    assert [row.unit for row in rows] == ["Cedorf", "Bestadt", "Ahausen"]


def test_every_municipality_is_there_even_without_an_actor(ruhr: Atlas) -> None:
    rows = provenance.coverage(ruhr)
    places = ruhr.tables.places[ruhr.tables.places["in_region"]]
    assert {row.place_id for row in rows} == set(places["place_id"])
    counts = ruhr.tables.actors["place_id"].value_counts()
    for row in rows:
        assert row.actors == counts.get(row.place_id, 0) >= row.beyond_statute
        assert max(row.with_field, row.tied) <= row.actors
    assert [row.beyond_statute for row in rows] == sorted(row.beyond_statute for row in rows)
    assert all(np.isfinite(row.per_100k) for row in rows)


def test_a_place_of_unknown_population_has_no_rate(bare: Atlas) -> None:
    places = bare.tables.places
    assert len(places) == 1
    assert np.isnan(provenance._per_100k(3, None))
    assert np.isnan(provenance._per_100k(3, float("nan")))


def test_evidence_by_hand(toy: Atlas) -> None:
    assert [(row.key, row.records) for row in provenance.place_evidence(toy)] == [("table", 9), ("statute", 3)]
    assert [(row.key, row.records) for row in provenance.source_kinds(toy)] == [("page", 1), ("register", 1)]
    assert [(row.key, row.records) for row in provenance.tie_evidence(toy)] == [("page", 8)]
    assert provenance.tie_years(toy) == (5, 3)


def test_every_record_is_in_one_class(ruhr: Atlas) -> None:
    tables = ruhr.tables
    assert sum(row.records for row in provenance.place_evidence(ruhr)) == len(tables.actors)
    assert sum(row.records for row in provenance.source_kinds(ruhr)) == len(tables.sources)
    assert sum(row.records for row in provenance.tie_evidence(ruhr)) == len(tables.ties)
    assert sum(provenance.tie_years(ruhr)) == len(tables.ties)
    for counts in (provenance.place_evidence(ruhr), provenance.source_kinds(ruhr), provenance.tie_evidence(ruhr)):
        assert [row.records for row in counts] == sorted((row.records for row in counts), reverse=True)


def test_sectors_and_fields_by_hand(toy: Atlas) -> None:
    frame = provenance.sector_by_field(toy)
    assert list(frame.columns) == ["energy", "care", ""]
    assert frame.loc[Sector.INDUSTRY].tolist() == [3, 1, 0]
    assert frame.loc[Sector.SCIENCE].tolist() == [0.75, 1.25, 0]
    assert frame.loc[Sector.POLITICS].tolist() == [0, 0, 2]
    assert frame.loc[Sector.ADMINISTRATION].tolist() == [1, 0, 1]
    assert frame.loc[Sector.CIVIL_SOCIETY].tolist() == [0, 2, 0]


def test_sectors_and_fields_add_up_to_all_actors(ruhr: Atlas, bare: Atlas) -> None:
    for atlas in (ruhr, bare):
        frame = provenance.sector_by_field(atlas)
        counts = atlas.tables.actors["sector"].value_counts()
        assert frame.to_numpy().sum() == pytest.approx(len(atlas.tables.actors))
        assert {str(sector): total for sector, total in frame.sum(axis=1).items()} == pytest.approx(
            {sector.value: counts.get(sector.value, 0) for sector in Sector}
        )


def test_a_region_of_which_little_is_known(bare: Atlas) -> None:
    assert provenance.tie_evidence(bare) == ()
    assert provenance.tie_years(bare) == (0, 0)
    assert [(row.actors, row.tied, row.with_field) for row in provenance.coverage(bare)] == [(2, 0, 0)]
