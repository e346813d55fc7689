"""The atlas and its cache: what is kept equals what is computed, damage is survived, nothing is ever out of date."""

from __future__ import annotations

import logging
import shutil
from dataclasses import FrozenInstanceError, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from ecosystem import affiliations, atlas, cache, clusters, projections, tables
from ecosystem.clusters import ClusterOptions
from ecosystem.errors import RegionError, TablesError
from ecosystem.regions import locate

if TYPE_CHECKING:
    from pathlib import Path

    from ecosystem.atlas import Atlas

OPTIONS = ClusterOptions(runs=3)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ECOSYSTEM_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one for every search for clusters."""
    calls: list[int] = []
    search = clusters.search

    def counted(*arguments: Any) -> Any:
        calls.append(1)
        return search(*arguments)

    monkeypatch.setattr(clusters, "search", counted)
    return calls


def _same(one: Atlas, other: Atlas) -> bool:
    same_items = one.clusters.items == other.clusters.items
    first, second = (
        a.labels.equals(b.labels)
        and (a.modularity, a.seed, a.method, a.resolution) == (b.modularity, b.seed, b.method, b.resolution)
        and a.modularity_runs == b.modularity_runs
        for a, b in [
            (one.clusters.partition, other.clusters.partition),
            (one.clusters.second, other.clusters.second),
        ]
    )
    return same_items and first and second and one.positions.equals(other.positions)


def _load(options: ClusterOptions = OPTIONS) -> Atlas:
    return atlas.load("toy", options=options)


def test_a_kept_atlas_equals_a_computed_one(searched: list[int], folder: Path) -> None:
    computed = atlas.load("toy", options=OPTIONS, cache=False)
    assert not folder.exists()
    first, kept = _load(), _load()
    assert len(searched) == 2
    assert _same(first, computed)
    assert _same(kept, computed)
    assert [path.suffix for path in folder.iterdir()] == [".npz"]


def test_a_kept_ruhr_equals_a_computed_one(ruhr: Atlas, searched: list[int]) -> None:
    kept = [atlas.build(ruhr.tables) for _ in range(2)]
    assert len(searched) == 1
    assert _same(kept[0], ruhr)
    assert _same(kept[1], ruhr)


def _damaged(content: bytes, how: str) -> bytes:
    return {
        "empty": b"",
        "cut": content[: len(content) // 2],
        "text": b"not an archive",
        "pickle": b"\x80\x04N.",
        "flipped": content[:100] + bytes(byte ^ 255 for byte in content[100:160]) + content[160:],
        "flipped at the end": content[:-40] + bytes(byte ^ 255 for byte in content[-40:]),
    }[how]


@pytest.mark.parametrize("how", ["empty", "cut", "text", "pickle", "flipped", "flipped at the end"])
def test_a_damaged_file_is_computed_again(
    searched: list[int], folder: Path, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    computed = _load()
    (path,) = folder.iterdir()
    path.write_bytes(_damaged(path.read_bytes(), how))
    with caplog.at_level(logging.WARNING):
        assert _same(_load(), computed)
    assert [record.message for record in caplog.records if str(path) in record.message]
    assert _same(_load(), computed)
    assert len(searched) == 2


def test_every_damaged_byte_is_survived(folder: Path) -> None:
    computed = _load()
    (path,) = folder.iterdir()
    content, actors = path.read_bytes(), affiliations.actor_index(computed.tables)
    wanted = computed.positions.to_numpy()
    read = 0
    for place in range(0, len(content), 7):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        kept = cache.restore(path, actors)
        read += kept is not None
        assert kept is None or np.array_equal(kept.positions, wanted)
    # checksums cover the arrays, not the dates and attributes of the archive
    assert read < len(content) / 7 / 2


def test_arrays_of_another_region_do_not_fit(folder: Path) -> None:
    _load()
    (path,) = folder.iterdir()
    assert cache.restore(path, pd.Index(["one", "two"])) is None
    assert cache.restore(folder / "nothing.npz", pd.Index([])) is None


def test_a_folder_that_cannot_be_written_is_named_and_otherwise_ignored(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # a file where the folder should be stops even those whom permissions do not stop
    folder.write_text("", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        found = _load()
    assert len(found.positions) == 12
    (message,) = [record.message for record in caplog.records]
    assert str(folder) in message
    assert "computed again" in message


def test_a_failed_write_leaves_no_draft(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, **_: Any) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full)
    assert len(_load().positions) == 12
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "changed",
    [
        ClusterOptions(runs=4),
        ClusterOptions(runs=3, seed=1),
        ClusterOptions(runs=3, direct_weight=2.0),
        ClusterOptions(runs=3, project_weight=2.0),
        ClusterOptions(runs=3, resolution=2.0),
        ClusterOptions(runs=3, min_actors=2),
    ],
)
def test_other_options_are_kept_apart(changed: ClusterOptions, searched: list[int], folder: Path) -> None:
    _load()
    other = _load(changed)
    assert other.clusters.options == changed
    assert (len(searched), len(list(folder.iterdir()))) == (2, 2)


def test_other_tables_code_or_libraries_are_kept_apart(toy: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {cache.file(toy.tables.digest, OPTIONS), cache.file("0" * 64, OPTIONS)}
    monkeypatch.setattr(cache, "version", lambda library: f"{library} of tomorrow")
    names.add(cache.file(toy.tables.digest, OPTIONS))
    monkeypatch.setattr(cache, "CODE", cache.CODE[1:])
    names.add(cache.file(toy.tables.digest, OPTIONS))
    assert len(names) == 4


def test_without_the_variable_the_cache_is_the_user_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ECOSYSTEM_CACHE")
    assert cache.folder().name == "ecosystem"
    assert cache.folder().is_absolute()


def test_a_region_is_loaded_by_name_and_by_folder(tmp_path: Path, toy: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(locate("toy"), tmp_path / "copy")
    for region in (tmp_path / "copy", str(tmp_path / "copy")):
        assert atlas.load(region).version == toy.version
    monkeypatch.chdir(tmp_path)
    assert atlas.load("copy").version == toy.version


def test_what_is_no_region_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegionError, match=r"Known regions: .*ruhr"):
        atlas.load("atlantis")
    shutil.copytree(locate("toy"), tmp_path / "copy")
    (tmp_path / "copy" / "places.csv").unlink()
    with pytest.raises(TablesError, match=r"places\.csv"):
        atlas.load(tmp_path / "copy")


def test_progress_goes_through_all_steps() -> None:
    told: list[tuple[str, int, int]] = []
    atlas.load("toy", options=OPTIONS, progress=lambda *step: told.append(step))
    assert list(dict.fromkeys(step for step, _, _ in told)) == ["read", "clusters", "positions"]
    assert all(last == total for step in ("read", "clusters", "positions") for _, last, total in [_last(told, step)])


def _last(told: list[tuple[str, int, int]], step: str) -> tuple[str, int, int]:
    return [entry for entry in told if entry[0] == step][-1]


@pytest.mark.parametrize("name", ["tables", "clusters", "positions"])
def test_an_atlas_is_frozen(toy: Atlas, name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(toy, name, None)


def test_everything_comes_from_the_same_tables(toy: Atlas) -> None:
    found = toy.tables
    assert toy.region is found.region
    assert toy.version == found.digest[:10]
    assert toy.as_of == "2026-11"
    assert toy.place_field().equals(affiliations.place_field(found))
    assert toy.sector_field("full").equals(affiliations.sector_field(found, "full"))
    assert toy.ties.frame().equals(projections.actor_ties(found).frame())
    assert toy.place_ties.equals(projections.place_ties(found))
    assert toy.fields_of_actors.frame().equals(affiliations.actor_fields(found).frame())
    assert toy.cluster_of_actors.equals(toy.clusters.of_actors())
    assert toy.source_records["toy-page"]["licence"] == "CC0"


def test_ties_have_the_weights_of_the_search() -> None:
    heavy = _load(ClusterOptions(runs=1, direct_weight=3.0, project_weight=0.0))
    assert heavy.ties.csr.sum() == 3 * 2 * 8


@pytest.mark.parametrize("kept", ["actors and places", "a header"])
def test_the_smallest_regions_have_an_atlas(kept: str, tmp_path: Path) -> None:
    for name in ("region.toml", "places.csv", "actors.csv", "sources.csv"):
        shutil.copy(locate("toy") / name, tmp_path / name)
    if kept == "a header":
        lines = (tmp_path / "actors.csv").read_text(encoding="utf-8").splitlines()
        (tmp_path / "actors.csv").write_text(lines[0] + "\n", encoding="utf-8")
    count = len(tables.read(tmp_path).actors)
    for _ in range(2):
        found = atlas.load(tmp_path)
        assert (found.clusters.items, len(found.positions), found.graph.number_of_edges()) == ((), count, count)
        assert np.isfinite(found.positions.to_numpy()).all()


def test_tables_in_memory_need_no_folder(toy: Atlas) -> None:
    fewer = replace(toy.tables, ties=toy.tables.ties.iloc[:0], digest="none on disk")
    assert atlas.build(fewer, cache=False).ties.csr.nnz == 2 * 12
