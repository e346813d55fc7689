"""Real files, where they lie beside the project: they import without changes, and every row is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest
from sources.conftest import complete

from ecosystem import sources
from ecosystem.sources import apart

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT.parent / "shared" / "data" / "samples",)
FOUND = next((folder for folder in FOLDERS if folder.is_dir()), FOLDERS[0])

pytestmark = pytest.mark.skipif(not FOUND.is_dir(), reason="../shared/data/samples is not here")


@pytest.mark.parametrize(
    ("kind", "name", "read", "taken", "actors", "projects"),
    [
        ("operations", "esf_nrw_2014_2020.xlsx", 19_389, 19_389, 7_139, 19_389),
        ("operations", "esf_nrw_2021_2027.xlsx", 14_002, 14_002, 3_743, 14_002),
        ("cordis", "cordis_h2020_organisations_2017.csv.gz", 16_592, 16_592, 16_592, 0),
        # withdrawn and repeated records
        ("ror", "ror_v1_sample.json.gz", 328, 319, 319, 0),
        ("ror", "ror_v2_sample.json.gz", 431, 427, 427, 0),
    ],
)
def test_counts(kind: str, name: str, read: int, taken: int, actors: int, projects: int) -> None:
    found = complete(sources.read(kind, [FOUND / name]))
    assert (found.rows_read, found.rows_taken, len(found.actors), len(found.projects)) == (
        read,
        taken,
        actors,
        projects,
    )
    assert found.blanked == ()
    assert all(actor.name and actor.name == actor.name.strip() for actor in found.actors)


def test_every_file_there_is_read() -> None:
    known = {"esf": "operations", "cor": "cordis", "ror": "ror"}
    paths = [path for path in FOUND.iterdir() if path.suffix in {".xlsx", ".csv", ".gz", ".ods", ".json", ".zip"}]
    assert paths
    for path in paths:
        complete(sources.read(known.get(path.name[:3], "table"), [path]))


def test_what_the_lists_of_operations_say() -> None:
    first = sources.read("operations", [FOUND / "esf_nrw_2014_2020.xlsx"])
    second = sources.read("operations", [FOUND / "esf_nrw_2021_2027.xlsx"])
    assert (first.provenance.published, second.provenance.published) == ("2016-08-25", "2023-08-31")
    # a namesake in the north; what it means is for matching to say
    assert any(one.postcode == "24576" and "Hagen" in one.municipality for one in first.actors)
    assert all(one.start and one.end and one.total_eur is not None for one in (*first.projects, *second.projects))
    assert {code[0] for one in second.projects for code in one.topics} == {
        "intervention", "fund", "objective", "cofinancing_rate",
    }  # fmt: skip


def test_ror_relations_stay_inside() -> None:
    for name in ("ror_v1_sample.json.gz", "ror_v2_sample.json.gz"):
        found = sources.read("ror", [FOUND / name])
        ids = {one.raw_id for one in found.actors}
        assert found.ties
        assert all({tie.a, tie.b} <= ids for tie in found.ties)


def test_an_upload_of_a_real_list_fits_its_limits() -> None:
    assert apart.read("operations", [FOUND / "esf_nrw_2014_2020.xlsx"]).rows_taken == 19_389
