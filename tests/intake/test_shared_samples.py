"""Real files of registers into the Ruhr, where they are there: a reason for every row that is not taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from ecosystem import intake, sources, tables
from ecosystem.intake import Fate
from ecosystem.regions import locate

SAMPLES = next(
    (
        folder
        for parent in Path(__file__).resolve().parents
        if (folder := parent / "shared" / "data" / "samples").is_dir()
    ),
    None,
)
FILES = {
    "esf_nrw_2014_2020.xlsx": ("operations", 19_389),
    "esf_nrw_2021_2027.xlsx": ("operations", 14_002),
    "cordis_h2020_organisations_2017.csv.gz": ("cordis", 16_592),
    "ror_v1_sample.json.gz": ("ror", 328),
    "ror_v2_sample.json.gz": ("ror", 431),
}
TAKEN = (Fate.NEW, Fate.KNOWN, Fate.JOINED)


@pytest.mark.slow
@pytest.mark.skipif(SAMPLES is None, reason="../shared/data/samples is not here")
@pytest.mark.parametrize("name", FILES)
def test_every_row_of_a_real_file_is_taken_or_explained(name: str) -> None:
    assert SAMPLES is not None
    kind, rows = FILES[name]
    folder = locate("ruhr")
    known = tables.read(folder)
    reading = sources.read(kind, [SAMPLES / name])
    assert reading.rows_read == rows
    plan = intake.plan(known, reading, folder=folder)
    each = "participations" if reading.participations else "actors"
    taken = plan.tally.of_kind(each, *TAKEN)
    assert plan.tally.of_kind(each) == len(getattr(reading, each)) == rows - len(reading.rejects)
    # ties of the same rows may be left beside the organisation that was taken
    explained = {(one.origin.file, one.origin.part, one.origin.row) for one in plan.left if one.kind != "ties"}
    assert taken + len(explained) == rows
    assert all(one.reason and one.cure for one in plan.left)
    assert plan.tally.of_kind("actors", Fate.KNOWN) >= 2
    assert plan.tally.of_kind("actors", Fate.NEW) >= 2
    again = intake.plan(plan.tables, reading, folder=folder)
    assert again.changes == ()
