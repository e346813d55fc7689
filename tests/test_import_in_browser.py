"""Reading data in, in a real browser: from the file to the tables and back, both languages, no barrier."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from chromium import NARROW, barriers, served, shown
from conftest_regions import Held
from playwright.sync_api import expect

from dashboards import switch
from dashboards.language import translator
from dashboards.regions import Regions
from dashboards.switch import Switch
from ecosystem import atlas as atlases
from ecosystem.regions import shipped_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PATH = {"de": "/einlesen", "en": "/import"}
LIST = (
    "Begünstigte;Vorhaben;Ort;Gesamtkosten;Irgendwann\n"
    "Neue Werke GmbH;Bessere Pumpen;Ahausen;12.000,50;01.02.2021\n"
    "Ahauser Werke GmbH;Härterer Stahl;Ahausen;9.000;01.03.2022\n"
    "Erika Mustermann;Ein Laden;Cedorf;100;2020\n"
    "Fern AG;Weit weg;Hamburg;5;2020\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(shipped_data() / "toy", tmp_path / "regions" / "mine")
    return tmp_path / "regions" / "mine"


@pytest.fixture
def at(folder: Path) -> Iterator[str]:
    held = Held(folder.parent)
    found = Switch(Regions(atlases.load(folder), switch._app, folder=folder, find=held.find, load=held.load))
    found.regions.imports = "here"
    with ExitStack() as stack:
        yield stack.enter_context(served(found)).rstrip("/")


def give(page: Page, tr: Callable[[str], str], path: Path) -> None:
    with page.expect_file_chooser() as choosing:
        page.get_by_role("button", name=tr("Choose files and look")).click()
    choosing.value.set_files(path)


@pytest.mark.parametrize(("language", "theme"), [("en", "dark")])
def test_from_a_file_to_the_tables_and_back(
    page: Page, at: str, folder: Path, tmp_path: Path, language: str, theme: str
) -> None:
    tr = translator(language)
    before = (folder / "actors.csv").read_bytes()
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    shown(page, at, f"{PATH[language]}?lang={language}&theme={theme}")
    assert barriers(page) == []
    give(page, tr, file)
    expect(page.get_by_role("heading", name=tr("Check the columns"))).to_be_visible(timeout=90_000)
    assert barriers(page) == []
    # the column nobody knows is given its meaning
    row = page.locator(".import-columns tbody tr", has_text="Irgendwann")
    row.locator("input:not([type=hidden])").click()
    page.get_by_role("option", name=tr("Start"), exact=True).click()
    page.get_by_role("button", name=tr("Read the rows")).click()
    expect(page.get_by_role("heading", name=tr("What changes"))).to_be_visible(timeout=90_000)
    assert barriers(page) == []
    expect(page.locator("#import-body")).to_contain_text("Fern AG")
    expect(page.locator("#import-body")).not_to_contain_text("Mustermann")
    # one question, answered before anything is written
    choice = page.locator(".import-choice")
    expect(choice).to_have_count(1)
    choice.get_by_role("button", name=tr("The same")).click()
    expect(page.locator(".import-choice")).to_have_count(0, timeout=90_000)
    expect(page.get_by_role("heading", name=tr("What changes"))).to_be_visible(timeout=90_000)
    assert (folder / "actors.csv").read_bytes() == before
    page.get_by_role("button", name=tr("Accept"), exact=True).click()
    expect(page.locator("#import-told")).to_have_text(tr("Accepted as import {n}.", n="1"))
    undo = page.get_by_role("button", name=tr("Take import {n} back", n="1"))
    expect(undo).to_be_visible(timeout=90_000)
    assert "Neue Werke GmbH" in (folder / "actors.csv").read_text(encoding="utf-8")
    assert "merge" in (folder / "decisions.csv").read_text(encoding="utf-8")
    # the app has the new tables
    page.goto(f"{at}/daten?lang={language}&theme={theme}")
    expect(page.locator(".page.data > .finding")).to_contain_text(tr.plural("{n} actor", "{n} actors", 13))
    page.goto(f"{at}{PATH[language]}?lang={language}&theme={theme}")
    undo.click()
    expect(page.locator("#import-told")).to_have_text(tr("Import {n} was taken back.", n="1"))
    expect(page.locator("#content")).to_contain_text(tr("Nothing has been read in yet."), timeout=90_000)
    assert (folder / "actors.csv").read_bytes() == before


def test_a_harmful_file_is_one_sentence_and_the_way_goes_on(page: Page, at: str, tmp_path: Path) -> None:
    page.set_viewport_size(NARROW)
    tr = translator("de")
    file = tmp_path / "bericht.xlsx"
    file.write_bytes(b"%PDF-1.7 " + b"0" * 900)
    shown(page, at, "/einlesen?lang=de")
    give(page, tr, file)
    expect(page.locator("#import-body .import-fault")).to_contain_text("das ist ein PDF-Dokument", timeout=90_000)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name=tr("Begin again")).click()
    expect(page.get_by_role("button", name=tr("Choose files and look"))).to_be_visible()
    expect(page.locator("#import-told")).to_have_text(tr("Discarded; nothing was changed."))


def test_a_region_of_the_package_says_how_a_copy_is_made(page: Page, address: str) -> None:
    shown(page, address, "/einlesen?lang=de")
    expect(page.locator(".nothing")).to_be_visible()
    expect(page.locator("[data-import-files]")).to_have_count(0)
