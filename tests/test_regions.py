"""Where regions are found: by name, by path, in the user's own folder; and what is said where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ecosystem import regions
from ecosystem.errors import EcosystemError, RegionError


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(regions.shipped_data() / "toy", tmp_path / "data" / "mine")
    monkeypatch.setenv("ECOSYSTEM_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "mine"


@pytest.fixture(autouse=True)
def without_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ECOSYSTEM_DATA", raising=False)


def test_shipped_regions_are_known_by_the_names_of_their_folders() -> None:
    shipped = {path.parent.name for path in regions.shipped_data().glob("*/region.toml")}
    assert set(regions.available()) == shipped
    assert {regions.DEFAULT_REGION, "toy"} <= shipped


def test_a_name_and_its_folder_are_the_same_region() -> None:
    folder = regions.locate("toy")
    assert folder.is_absolute()
    assert regions.locate(folder) == regions.locate(str(folder)) == folder


def test_a_relative_path_counts_from_the_working_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(regions.shipped_data())
    assert regions.locate(Path("toy")) == regions.locate("./toy") == regions.shipped_data() / "toy"


def test_the_home_folder_may_be_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    shutil.copytree(regions.shipped_data() / "toy", tmp_path / "mine")
    assert regions.locate("~/mine") == (tmp_path / "mine").resolve()


def test_the_user_s_own_folder_adds_regions(own: Path) -> None:
    assert regions.locate("mine") == own.resolve()
    assert list(regions.available()) == sorted(["mine", "ruhr", "toy"])


def test_the_user_s_region_hides_a_shipped_one_of_the_same_name(own: Path) -> None:
    own.rename(own.parent / "toy")
    assert regions.locate("toy") == (own.parent / "toy").resolve()


def test_a_user_s_folder_that_is_not_there_hides_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOSYSTEM_DATA", str(tmp_path / "nowhere"))
    assert {"ruhr", "toy"} <= set(regions.available())


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(RegionError) as found:
        regions.locate("atlantis")
    assert all(word in str(found.value) for word in ("“atlantis”", "ruhr", "toy"))
    assert isinstance(found.value, EcosystemError)


def test_a_folder_without_a_description_is_told_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(RegionError, match=r"no region\.toml") as found:
        regions.locate(tmp_path)
    assert str(tmp_path) in str(found.value)


@pytest.mark.parametrize("given", ["", "../toy", "toy/..", "ru*r", "toy\x00"])
def test_a_name_is_neither_a_pattern_nor_a_way_out(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RegionError):
        regions.locate(given)


def test_the_installed_data_are_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "ecosystem"
    (tmp_path / "site" / "data").mkdir(parents=True)
    package.mkdir()
    monkeypatch.setattr(regions, "__file__", str(package / "regions.py"))
    assert regions.shipped_data() == tmp_path / "site" / "data"
    (package / "_data").mkdir()
    assert regions.shipped_data() == package / "_data"
