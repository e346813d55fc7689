"""Several regions in a real browser: switching, going back, comparing, waiting; both languages, every theme."""

from __future__ import annotations

import re
import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import IN_ENGLISH, IN_GERMAN, NARROW, barriers, served, shown
from conftest_regions import Held
from playwright.sync_api import expect

from dashboards import switch
from dashboards.components.regionwords import measure_names
from dashboards.language import translator
from dashboards.regions import Regions
from dashboards.switch import Switch
from ecosystem.compare import Options, compare
from ecosystem.regions import locate, shipped_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from ecosystem.atlas import Atlas

pytestmark = pytest.mark.browser

PATH = {"de": "/vergleich", "en": "/compare"}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    """The Ruhr and the toy region as folders, and one with faults."""
    root = tmp_path_factory.mktemp("regions")
    for name in ("ruhr", "toy"):
        shutil.copytree(shipped_data() / name, root / name)
    shutil.copytree(shipped_data() / "toy", root / "broken")
    (root / "broken" / "places.csv").write_text("nothing\n", encoding="utf-8")
    told = (root / "broken" / "region.toml").read_text(encoding="utf-8")
    told = told.replace("Dreistadt", "Nirgendland").replace("Threetown", "Nowhereland")
    (root / "broken" / "region.toml").write_text(told, encoding="utf-8")
    return Held(root)


@pytest.fixture(scope="module")
def regions(ruhr: Atlas, held: Held) -> Iterator[str]:
    """Where a server of all of them answers."""
    found = Switch(Regions(ruhr, switch._app, folder=held.root / "ruhr", find=held.find, load=held.load))
    assert found.regions.ask("broken", 60.0) is None
    with ExitStack() as stack:
        yield stack.enter_context(served(found)).rstrip("/")


@IN_ENGLISH
def test_the_bar_leads_to_another_region_and_back(page: Page, regions: str, language: str) -> None:
    tr = translator(language)
    ruhr, toy = ("Metropole Ruhr", "Dreistadt") if language == "de" else ("Ruhr metropolis", "Threetown")
    path = "/netz" if language == "de" else "/network"
    shown(page, regions, f"{path}?lang={language}&f=logistics&sel=actor:ruhr-universitaet-bochum")
    menu = page.locator("details.regions")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.locator("[aria-current]")).to_have_text(ruhr)
    # the one with faults is told, and no link
    expect(menu).to_contain_text(tr("cannot be opened"))
    expect(menu).to_contain_text("places.csv")
    expect(menu.get_by_role("link", name="land")).to_have_count(0)
    menu.get_by_role("link", name=toy).focus()
    page.keyboard.press("Enter")
    # the same page and language; what the Ruhr's ids say is left behind
    page.wait_for_url(re.compile(rf"{path}\?lang={language}&rg=toy$"), timeout=120_000)
    expect(page.locator(".brand span")).to_have_text(toy, timeout=120_000)
    page.wait_for_load_state("networkidle")
    # from page to page the region stays
    page.get_by_role("link", name=tr("Specialisation"), exact=True).click()
    page.wait_for_url(re.compile("rg=toy"))
    expect(page.get_by_role("heading", level=1)).to_have_text(tr("Specialisation"))
    expect(page.locator(".brand span")).to_have_text(toy)
    page.go_back()
    page.wait_for_url(re.compile(path))
    page.go_back()
    page.wait_for_url(re.compile("f=logistics"))
    expect(page.locator(".brand span")).to_have_text(ruhr, timeout=60_000)
    page.go_forward()
    expect(page.locator(".brand span")).to_have_text(toy, timeout=60_000)


def test_a_file_and_a_link_are_the_region_s(page: Page, regions: str) -> None:
    shown(page, regions, "/daten?lang=de&rg=toy&part=downloads")
    with page.expect_download() as arriving:
        page.get_by_role("link", name="actors.csv", exact=True).click()
    assert Path(arriving.value.path()).read_text(encoding="utf-8-sig").count("\n") == 13
    shown(page, regions, "/spezialisierung?lang=de&rg=toy&tab=1")
    page.locator("details.block-tools:not(.page-export):not(.regions) summary").first.click()
    with page.expect_download() as arriving:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    text = Path(arriving.value.path()).read_text(encoding="utf-8-sig")
    assert "Ahausen" in text
    assert "rg=toy" in text


def test_each_region_has_a_talk_of_its_own(page: Page, regions: str) -> None:
    shown(page, regions, "/story?lang=de&rg=toy")
    expect(page.locator("#story-cards > *")).to_have_count(0)
    page.goto(f"{regions}/netz?lang=de&rg=toy")
    page.wait_for_selector("#content h1")
    page.wait_for_load_state("networkidle")
    page.locator("details.page-export summary").click()
    page.get_by_role("button", name=translator("de")("Add the view to the story")).click()
    expect(page.locator("#told")).to_contain_text("1")
    page.goto(f"{regions}/story?lang=de&rg=toy")
    expect(page.locator("#story-cards > *")).to_have_count(1)
    # the step is the region's, whoever starts it
    page.locator("#story-cards .talk-open").first.click()
    page.wait_for_url(re.compile("rg=toy"))
    expect(page.locator(".brand span")).to_have_text("Dreistadt")
    page.goto(f"{regions}/story?lang=de")
    expect(page.locator("#story-cards > *")).not_to_have_count(1)


@IN_GERMAN
def test_regions_side_by_side(page: Page, regions: str, ruhr: Atlas, toy: Atlas, language: str) -> None:
    tr = translator(language)
    shown(page, regions, f"/?lang={language}")
    page.locator("details.regions summary").click()
    page.get_by_role("link", name=tr("Compare regions")).click()
    page.wait_for_url(re.compile(PATH[language]))
    table = page.locator(".sides-table")
    expect(table).to_be_visible(timeout=120_000)
    found = compare([ruhr, toy], Options(level="district"))
    names = [tr.label(one.name) for one in found.portraits]
    expect(table.locator("thead th")).to_have_text([tr("Measure"), *names])
    row = table.locator("tr", has_text=measure_names(tr)["morphology", "primacy_share"])
    told = [tr.share(one.number("morphology", "primacy_share").value, 1) for one in found.portraits]
    expect(row.locator("td")).to_have_text(told)
    expect(page.locator(".side-warnings li")).to_have_count(len(found.differences))
    expect(page.locator("#sides-wait")).to_be_empty()
    expect(page.locator("#sides-graph .trace.bars")).to_have_count(12)
    # municipalities, then one region less
    page.get_by_text(tr("Municipalities"), exact=True).click()
    page.wait_for_url(re.compile("un=municipality"))
    other = compare([ruhr, toy], Options(level="municipality"))
    told = [tr.share(one.number("morphology", "primacy_share").value, 1) for one in other.portraits]
    expect(row.locator("td")).to_have_text(told, timeout=120_000)
    # one region alone is no comparison; back is two again
    page.get_by_role("combobox", name=tr("Regions")).or_(page.get_by_label(tr("Regions"), exact=True)).first.click()
    page.get_by_role("option", name=names[1]).click()
    page.wait_for_url(re.compile("rs=toy"))
    expect(page.locator(".sides-table")).to_have_count(0)
    expect(page.locator("#sides-finding")).to_have_text(tr("Choose two or more regions."))
    page.go_back()
    expect(row.locator("td")).to_have_text(told, timeout=120_000)
    page.keyboard.press("Escape")
    # files
    page.locator("section.block details.block-tools summary").first.click()
    with page.expect_download() as arriving:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    text = Path(arriving.value.path()).read_text(encoding="utf-8-sig")
    assert all(name in text for name in names)
    assert toy.version in text
    with page.expect_download() as arriving:
        page.get_by_role("button", name="PNG", exact=True).first.click()
    assert Path(arriving.value.path()).read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("language", "theme"), [("de", "contrast")])
def test_no_barrier_that_axe_can_find(page: Page, regions: str, language: str, theme: str) -> None:
    shown(page, regions, f"{PATH[language]}?lang={language}&theme={theme}")
    expect(page.locator(".sides-table")).to_be_visible(timeout=120_000)
    page.wait_for_timeout(300)
    assert barriers(page, "best-practice") == []
    page.locator("details.regions summary").click()
    assert barriers(page, "best-practice") == []
    page.goto(f"{regions}{PATH[language]}?lang={language}&theme={theme}&tab=1&rg=broken")
    page.wait_for_selector("#sides-grid .ag-row", timeout=60_000)
    assert barriers(page, "best-practice") == []


def test_it_fits_a_small_screen(page: Page, regions: str) -> None:
    page.set_viewport_size(NARROW)
    shown(page, regions, "/vergleich?lang=de&rg=toy")
    expect(page.locator(".sides-table")).to_be_visible(timeout=120_000)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    bar = "(() => { const b = document.querySelector('.bar'); return b.scrollWidth <= b.clientWidth; })()"
    assert page.evaluate(bar)
    page.locator("details.regions summary").click()
    box = page.locator("details.regions .block-menu").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW["width"]
    page.keyboard.press("Escape")
    expect(page.locator("details.regions .block-menu")).to_be_hidden()
    expect(page.locator("details.regions summary")).to_be_focused()


def test_one_region_is_told_how_a_second_comes(page: Page, address: str) -> None:
    shown(page, address, "/vergleich?lang=de")
    expect(page.locator(".nothing")).to_contain_text("ECOSYSTEM_DATA")
    expect(page.locator(".nothing code")).to_contain_text("ecosystem new-region")
    expect(page.locator("details.regions")).to_have_count(0)
    assert barriers(page, "best-practice") == []
    page.goto(f"{address}/daten?lang=en")
    page.get_by_role("link", name="Compare this region with others").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare regions")


@pytest.mark.parametrize(("language", "theme"), [("en", "dark")])
def test_who_waits_for_a_region_sees_how_far_it_is(
    page: Page, held: Held, toy: Atlas, language: str, theme: str
) -> None:
    """The page that waits goes on by itself; on the way it says what is done and leads back."""
    tr = translator(language)
    found = Switch(Regions(toy, switch._app, folder=locate("toy"), find=held.find, load=held.load))
    held.free.clear()
    try:
        with served(found) as at:
            page.goto(f"{at}netz?rg=ruhr&lang={language}&theme={theme}")
            name = "Metropole Ruhr" if language == "de" else "Ruhr metropolis"
            expect(page.get_by_role("heading", level=1)).to_contain_text(tr("{name} is being loaded", name=name))
            expect(page.get_by_role("status")).to_have_text(tr("Reading tables"))
            assert barriers(page, "best-practice") == []
            held.free.set()
            expect(page.locator(".brand span")).to_have_text(name, timeout=120_000)
            page.wait_for_load_state("networkidle")
            expect(page.locator("html")).to_have_attribute("data-theme", theme)
            assert "rg=ruhr" in page.url
            # what the page still asks for finds no server below
            page.goto("about:blank")
    finally:
        held.free.set()
