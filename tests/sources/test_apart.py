"""Reading in a process of its own: it gives the same, and neither time nor memory run away."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import source_samples

from ecosystem import sources
from ecosystem.errors import SourceError
from ecosystem.regions import locate
from ecosystem.sources import apart
from ecosystem.sources.safety import MB, Limits

if TYPE_CHECKING:
    from pathlib import Path


def test_it_gives_what_reading_gives(tmp_path: Path) -> None:
    files = source_samples.h2020_zip(tmp_path)
    assert apart.read("cordis", files) == sources.read("cordis", files)


def test_a_workbook_apart(tmp_path: Path) -> None:
    assert len(apart.workbook(locate("toy")).tables["actors"]) > 5
    with pytest.raises(SourceError, match="no such file"):
        apart.workbook(tmp_path / "none.xlsx")


def test_refusals_come_back_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a;b\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"x\.csv: no row in the first 40") as told:
        apart.read("table", [path])
    assert told.value.file == "x.csv"


def test_an_endless_reading_is_ended() -> None:
    begun = time.monotonic()
    with pytest.raises(SourceError, match=r"x\.csv: reading took longer than 1 seconds"):
        apart.run(time.sleep, (60,), "x.csv", 1.0, apart.MEMORY)
    assert time.monotonic() - begun < 20


def test_memory_is_bounded() -> None:
    with pytest.raises(SourceError, match=r"needs more than the 1,536 MB"):
        apart.run(bytearray, (4096 * MB,), "x.csv", 60.0, apart.MEMORY)


def test_whatever_else_happens_is_a_sentence() -> None:
    with pytest.raises(SourceError, match=r"unexpectedly \(ValueError: "):
        apart.run(int, ("x",), "x.csv", 60.0, apart.MEMORY)


def test_a_process_that_dies_is_a_sentence() -> None:
    import os

    with pytest.raises(SourceError, match="reading needs more"):
        apart.run(os._exit, (3,), "x.csv", 60.0, apart.MEMORY)


def test_limits_of_uploads_hold(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Name;Ort\n" + "a;b\n" * 50, encoding="utf-8")
    with pytest.raises(SourceError, match="more than 10 rows"):
        apart.read("table", [path], limits=Limits(rows=10))
