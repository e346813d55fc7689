"""The start page in a real browser: its five questions, its map, what stands out, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from chromium import shown
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# the questions and the headings they lead to, by way of the links named
WAYS = {
    "de": [
        (["Welche Stadt trägt welches Feld"], "Polyzentrik"),
        (["Wer hängt mit wem zusammen"], "Netz"),
        (["Wo tun Städte dasselbe"], "Abstimmung statt Doppelung"),
    ],
    "en": [
        (["Which city carries which field"], "Polycentric view"),
        (["Who is tied to whom"], "Network"),
        (["Where do cities do the same"], "Coordination instead of duplication"),
    ],
}


@pytest.mark.parametrize("language", WAYS)
def test_the_questions_lead_to_their_pages(page: Page, address: str, language: str) -> None:
    for names, heading in WAYS[language]:
        shown(page, address, f"/?lang={language}&f=logistics")
        page.locator(".ways a.way", has_text=names[0]).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert "f=logistics" in page.url


def test_a_sentence_leads_to_where_it_is_read_in_full(page: Page, address: str) -> None:
    shown(page, address, "/?lang=de")
    expect(page.locator(".sentences li")).to_have_count(6)
    page.locator(".sentences li", has_text="gleich große Zentren").get_by_role("link").click()
    expect(page.locator("#poly-page")).to_have_class(re.compile("part-measures"))
    expect(page.locator("#poly-panel table").first).to_be_visible()


def test_the_map_shows_what_is_asked_for_and_a_click_selects(page: Page, address: str) -> None:
    shown(page, address, "/?lang=en")
    page.wait_for_selector("#overview-map .trace")
    before = page.inner_text("#overview-hint")
    page.locator(".overview-left").get_by_text("Evidence", exact=True).click()
    expect(page.locator("#overview-hint")).not_to_have_text(before)
    assert "mp=evidence" in page.url
    box = page.locator("#overview-map text", has_text="Dortmund").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#overview-card .selection-card")).to_be_visible()
    page.locator("#overview-card").get_by_role("link", name="Open the profile").click()
    page.wait_for_url(re.compile("/profile/place/"))


def test_a_card_shows_one_field_and_the_numbers_follow(page: Page, address: str) -> None:
    shown(page, address, "/?lang=de")
    actors = page.inner_text(".numbers dd strong >> nth=0")
    page.locator(".cards article", has_text="Logistik").get_by_role("button").click()
    expect(page.locator(".numbers dd strong").first).not_to_have_text(actors)
    assert "f=logistics" in page.url


def test_pictures_have_their_rows(page: Page, address: str) -> None:
    shown(page, address, "/?lang=de&tab=1")
    expect(page.locator("#overview-units .ag-row").first).to_be_visible()
    expect(page.locator("#overview-fields .ag-row").first).to_be_visible()
    assert page.locator("#overview-map").is_hidden()
