"""Netz in a real browser: levels, cells that open, neighbourhood, way, null model, marks, years, twin, room.

Every test fails on a console error and on a request that leaves this machine.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from chromium import NARROW, WIDE, barriers, shown
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def settled(page: Page, address: str, query: str) -> None:
    """The page is there and its canvas has drawn."""
    shown(page, address, f"/netz?{query}")
    page.wait_for_selector("#net canvas", state="attached")
    expect(page.locator("#net-finding")).not_to_be_empty()
    page.wait_for_timeout(500)


@pytest.mark.parametrize(("size", "share"), [(WIDE, 0.70), (NARROW, 0.80)], ids=["1920", "1024"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_picture_has_the_room(page: Page, address: str, size: dict[str, int], share: float, language: str) -> None:
    page.set_viewport_size(size)
    settled(page, address, f"lang={language}")
    box = page.locator(".canvas.only-picture").bounding_box()
    assert box
    assert box["width"] * box["height"] >= share * size["width"] * size["height"]
    for one in page.locator(".toolbar > *").all():
        place = one.bounding_box()
        assert place
        assert place["x"] + place["width"] <= size["width"]


@pytest.mark.parametrize(
    ("language", "groups", "way"), [("de", "85 Gruppen", "Akteure zeigen"), ("en", "85 groups", "Show the actors")]
)
def test_opens_on_cells_and_shows_actors_on_request(
    page: Page, address: str, language: str, groups: str, way: str
) -> None:
    settled(page, address, f"lang={language}")
    expect(page.locator("#net-notes")).to_contain_text(groups)
    page.locator("#net-notes").get_by_role("button", name=way).click()
    page.wait_for_url(re.compile("lvl=actor"))
    expect(page.locator("#net-notes")).not_to_contain_text(groups)


def test_few_actors_are_drawn_one_by_one(page: Page, address: str) -> None:
    settled(page, address, "lang=de")
    page.get_by_role("checkbox", name="Gesundheit").check()
    expect(page.locator("#net-finding")).to_contain_text("154 Akteure")
    expect(page.locator("#net-notes")).to_be_empty()


def test_a_cell_opens_by_key_and_closes_again(page: Page, address: str) -> None:
    settled(page, address, "lang=de")
    page.locator("#net").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("open=cell:"))
    expect(page.locator("#net-drawer h2")).to_have_text("Essen · Grüne Technologien")
    expect(page.locator("#net-drawer")).to_contain_text("Gruppe schließen")
    page.locator("#net-drawer .ties button").first.click()
    expect(page.locator("#net-drawer")).to_contain_text("verbundene Paare")
    assert "focus=tie:" in page.url
    page.locator("#net").focus()
    page.keyboard.press("Backspace")
    page.wait_for_url(lambda url: "open=" not in url)


def test_a_double_click_opens_what_the_first_click_hit(page: Page, address: str) -> None:
    settled(page, address, "lang=de&lvl=field")
    box = page.locator("#net").bounding_box()
    assert box
    for row in range(15, 85, 4):
        for column in range(10, 90, 3):
            at = box["x"] + box["width"] * column / 100, box["y"] + box["height"] * row / 100
            page.mouse.move(*at)
            cursor = page.evaluate("([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor", list(at))
            if cursor == "pointer":
                page.mouse.dblclick(*at)
                page.wait_for_url(re.compile("open=field:"))
                key = re.search(r"open=(field:[\w-]+)", page.url)
                assert key
                assert f"focus={key[1]}" in page.url
                return
    pytest.fail("no group under any of the points")


def test_a_neighbourhood_follows_the_selection(page: Page, address: str) -> None:
    settled(page, address, "lang=de&ego=1")
    expect(page.locator("#net-notes")).to_contain_text("braucht eine gezeigte Auswahl")
    page.get_by_placeholder("Akteur suchen").fill("Initiativkreis Ruhr")
    page.get_by_role("option", name="Initiativkreis Ruhr", exact=True).click()
    expect(page.locator("#net-notes")).to_contain_text("Nachbarschaft von Initiativkreis Ruhr, bis 1 Schritt.")
    expect(page.locator("#net-finding")).to_contain_text("34 Akteure")
    page.locator("#net-notes button").click()
    expect(page.locator("#net-finding")).to_contain_text("1.157 Akteure")


def test_a_way_is_listed_with_its_evidence(page: Page, address: str) -> None:
    settled(page, address, "lang=de")
    page.locator(".more > summary").click()
    for box, name in (("Von", "Ruhr-Universität Bochum"), ("Nach", "Duisburger Hafen AG")):
        page.locator(".more-menu").get_by_placeholder(box).fill(name)
        page.get_by_role("option", name=name, exact=True).click()
    expect(page.locator("#net-lists")).to_contain_text("2 Schritte")
    steps = page.locator("#net-lists .way-steps > li")
    assert steps.count() == 2
    for number in range(2):
        assert steps.nth(number).locator(".source").count() >= 1
    page.locator("#net-lists .drawer-head button").click()
    expect(page.locator("#net-lists")).to_be_empty()


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("nobody~ruhr-universitaet-bochum", "“nobody”"),
        ("ruhr-universitaet-bochum~", "both ends"),
        ("ruhr-universitaet-bochum~ruhr-universitaet-bochum", "the same actor"),
    ],
)
def test_a_way_that_is_none_says_why(page: Page, address: str, way: str, told: str) -> None:
    settled(page, address, f"lang=en&way={way}")
    expect(page.locator("#net-lists")).to_contain_text(told)


def test_null_model_marks_and_years_say_what_they_do(page: Page, address: str) -> None:
    settled(page, address, "lang=de&lvl=actor&val=q&br=1&stab=1&y=2010-2014")
    expect(page.locator("#net-notes")).to_contain_text("SDSM")
    expect(page.locator("#net-lists")).to_contain_text("z > 2")
    expect(page.locator("#net-lists")).to_contain_text("unsichere Clusterzuordnung")
    expect(page.locator("#net-years-told")).to_contain_text("2010–2014")
    before = page.inner_text("#net-finding")
    page.locator("#net-years-told").get_by_role("button", name="ohne Jahr").click()
    page.wait_for_url(re.compile("nd=0"))
    expect(page.locator("#net-finding")).not_to_have_text(before)
    page.locator("#net-years-told").get_by_role("button", name="Alle Jahre").click()
    page.wait_for_url(lambda url: "y=" not in url.replace("ly=", ""))


def test_the_year_thumbs_write_the_address(page: Page, address: str) -> None:
    settled(page, address, "lang=de")
    thumb = page.get_by_role("slider", name="Ab Jahr")
    thumb.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"[?&]y=1968-2026"))
    expect(page.locator("#net-years-told")).to_contain_text("1968–2026")
    page.go_back()
    expect(thumb).to_have_attribute("aria-valuenow", "1967")


@pytest.mark.parametrize("query", ["lvl=cell", "lvl=actor"])
def test_the_twin_holds_nodes_and_ties(page: Page, address: str, query: str) -> None:
    shown(page, address, f"/netz?lang=de&f=health&tab=1&{query}")
    for table in ("#net-table", "#net-ties"):
        expect(page.locator(f"{table} .ag-row").first).to_be_visible()
    page.locator("#net-table .ag-selection-checkbox input").first.check()
    expect(page.locator("#net-panel h2")).to_contain_text("Akteur")


@pytest.mark.parametrize("theme", ["dark"])
def test_no_barrier_with_everything_open(page: Page, address: str, theme: str) -> None:
    query = "br=1&stab=1&y=2010-2014&focus=cell:05113.green&sel=cell:05113.green&way=ruhr-universitaet-bochum~nobody"
    settled(page, address, f"lang=de&theme={theme}&{query}")
    page.locator(".more > summary").click()
    expect(page.locator(".more-menu")).to_be_visible()
    assert barriers(page) == []
    shown(page, address, f"/netz?lang=en&theme={theme}&tab=1")
    assert barriers(page) == []
