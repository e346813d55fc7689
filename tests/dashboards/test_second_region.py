"""A second region built by commands, from places, outlines, fields and a list of operations: every page serves it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from commanded import LIST, Answer, runner
from posted import PATHS, answers, values

from ecosystem import tables
from ecosystem.atlas import load
from ecosystem.regions import locate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    return runner(monkeypatch, capsys)


@pytest.fixture
def second(run: Callable[..., Answer], tmp_path: Path) -> Path:
    """Built by two commands from places, boundaries, fields, keywords and a list of operations."""
    (tmp_path / "places.csv").write_text(
        "AGS;GEN;NUTS\nXX111;Ahausen;XX111\nXX112;Bestadt;XX112\nXX113;Cedorf;XX113\nXX999;Anderswo;XX999\n", "utf-8"
    )
    (tmp_path / "fields.csv").write_text("field_id;name_de;name_en\nenergy;Energie;Energy\ncare;Pflege;Care\n", "utf-8")
    shutil.copy(locate("toy") / "boundaries.geojson", tmp_path / "outlines.geojson")
    words = "field_id,kind,keyword,language,weight,note\nenergy,word,*wärmepumpe*,de,1,\ncare,word,*pflege*,de,1,\n"
    (tmp_path / "keywords.csv").write_text(words, "utf-8")
    folder = tmp_path / "zweite"
    answer = run(
        "new-region", "--name", "Zweite Region", "--places", tmp_path / "places.csv", "--nuts", "XX11",
        "--fields", tmp_path / "fields.csv",
        "--boundaries", tmp_path / "outlines.geojson", "--keywords", tmp_path / "keywords.csv", "--to", folder,
    )  # fmt: skip
    assert answer.code == 0, answer.err
    assert "3 municipalities, 3 with an outline, 2 fields" in answer.out
    assert run("check", folder).code == 0
    assert run("info", folder).code == 0
    (tmp_path / "vorhaben.csv").write_text(LIST, "utf-8")
    assert run("import", "operations", tmp_path / "vorhaben.csv", "--region", folder).code == 2
    assert run("check", folder).code == 0
    return folder


def test_a_second_region_is_built_by_commands_and_serves(
    second: Path, run: Callable[..., Answer], browse: Any, words: Any
) -> None:
    read = tables.read(second)
    assert set(read.actors["name"]) == {"Wärmepumpen Bestadt GmbH", "Ahauser Werke AG", "Cedorfer Motoren AG"}
    assert dict(zip(read.projects["title"], read.projects["fields"], strict=True)) == {
        "Wärmepumpe im Quartier": "energy", "Neue Pflege": "care", "Wärmepumpe mit Motor": "energy",
    }  # fmt: skip
    told = json.loads(run("info", second, "--format", "json").out)
    assert told
    atlas = load(second, cache=False)
    browser = browse(atlas)
    for path in PATHS:
        for language in ("de", "en"):
            assert browser.client.get(f"{path}?lang={language}").status_code == 200
            given = values(f"lang={language}", path__data=path, language__data=language)
            assert words(browser.answer("screen.children", given)["screen"]["children"])
    found = answers(browser, values("lang=en&lvl=actor"))
    assert "Wärmepumpen Bestadt GmbH" in found["net"]["data"]["label"]
    assert found["overview-map"]["figure"]["data"]
    for name in ("actors.csv", "projects.csv", "boundaries.geojson", "region.toml"):
        assert browser.client.get(f"/download/{name}").status_code == 200
