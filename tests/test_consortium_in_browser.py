"""Consortia in a real browser: choose a field, hold and leave out, go back, take files, reach everything."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import IN_ENGLISH, IN_GERMAN, NARROW, barriers, shown
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

CHOSEN = "fd=logistics&k=8&sz=6&pin=universitaet-duisburg-essen&ban=duisburger-hafen-ag"
WORDS = {
    "de": {
        "path": "/konsortium", "field": "Wasserstoff", "hold": "Festhalten", "go": "Loslassen", "out": "Auslassen",
        "search": "Akteur festhalten …", "proposal": "Vorschlag 2", "held": "Festgehalten:", "left": "Ausgelassen:",
    },
    "en": {
        "path": "/consortium", "field": "hydrogen", "hold": "Hold", "go": "Let go", "out": "Leave out",
        "search": "Hold an actor …", "proposal": "Proposal 2", "held": "Held:", "left": "Left out:",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def patience(page: Page) -> Iterator[None]:
    """How long an answer takes says how busy the machine is, not whether it is right."""
    page.set_default_timeout(120_000)
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)


def names(page: Page) -> list[str]:
    """The members as they stand in the list."""
    page.wait_for_selector(".kons-member")
    return page.locator(".kons-member .member-name").all_inner_texts()


@IN_GERMAN
def test_choose_hold_leave_out_and_go_back(page: Page, address: str, language: str) -> None:
    said = WORDS[language]
    shown(page, address, f"{said['path']}?lang={language}")
    page.locator(".field-choice", has_text=said["field"]).click()
    page.wait_for_url(re.compile("fd=green"))
    page.wait_for_selector("#kons-picture .trace")
    first = names(page)
    assert len(first) == 7

    # leaving out takes the actor out of every proposal and says so aloud
    gone = first[0]
    page.get_by_role("button", name=f"{said['out']}: {gone}").click()
    page.wait_for_url(re.compile("ban="))
    page.wait_for_selector(".kons-chips")
    expect(page.locator(".kons-chips")).to_contain_text(said["left"])
    expect(page.locator(".kons-member .member-name", has_text=gone)).to_have_count(0)
    expect(page.locator("#live")).to_contain_text(gone)

    # holding keeps the actor when more cities are asked for
    kept = names(page)[-1]
    page.get_by_role("button", name=f"{said['hold']}: {kept}").click()
    page.wait_for_selector(".kons-member.held")
    expect(page.locator(".kons-member.held")).to_contain_text(kept)
    expect(page.get_by_role("button", name=f"{said['go']}: {kept}").first).to_be_visible()

    # undo is the browser's back
    page.go_back()
    page.wait_for_selector(".kons-member.held", state="detached")
    page.go_back()
    page.wait_for_selector(".kons-chips", state="detached")
    assert names(page) == first
    page.go_back()
    page.wait_for_selector(".field-choice")


@IN_ENGLISH
def test_an_actor_is_found_by_typing_and_held_in_every_proposal(page: Page, address: str, language: str) -> None:
    said = WORDS[language]
    shown(page, address, f"{said['path']}?lang={language}&fd=logistics")
    page.get_by_role("textbox", name=said["search"]).fill("ruhr-universitat")
    page.get_by_role("option", name="Ruhr-Universität Bochum", exact=True).click()
    page.wait_for_url(re.compile("pin=ruhr-universitaet-bochum"))
    page.wait_for_selector(".kons-member.held")
    expect(page.locator(".kons-member.held")).to_contain_text("Ruhr-Universität Bochum")
    page.get_by_role("button", name=said["proposal"]).click()
    page.wait_for_url(re.compile("alt=2"))
    expect(page.get_by_role("button", name=said["proposal"])).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".kons-member.held")).to_contain_text("Ruhr-Universität Bochum")
    # the chip lets go of it
    page.locator(".kons-chips .chip").click()
    page.wait_for_selector(".kons-chips", state="detached")


def test_the_keyboard_stays_where_it_was(page: Page, address: str) -> None:
    shown(page, address, "/consortium?lang=en&fd=health")
    hold = page.locator(".kons-act[data-act=hold]").first
    actor = hold.get_attribute("data-actor")
    hold.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".kons-member.held")
    expect(page.locator(f'.kons-act[data-act=hold][data-actor="{actor}"]')).to_be_focused()
    out = page.locator(".kons-act[data-act=out]").nth(1)
    out.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".kons-chips:nth-of-type(2)")
    # its button went with it
    expect(page.locator("#kons-members-head")).to_be_focused()


def test_a_node_leads_to_its_reason(page: Page, address: str) -> None:
    shown(page, address, "/consortium?lang=en&fd=green")
    page.wait_for_selector("#kons-picture .trace .points path")
    box = page.locator("#kons-picture .trace .points path.point").last.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("document.activeElement.classList.contains('kons-member')")


def test_what_cannot_be_had_is_said_with_buttons(page: Page, address: str) -> None:
    shown(page, address, "/consortium?lang=en&fd=logistics&k=8&sz=5")
    expect(page.locator("#kons-told")).to_contain_text("5 members at most reach 5 cities, 8 are asked for")
    page.get_by_role("button", name="Allow 8 members").click()
    page.wait_for_url(re.compile("sz=8"))
    page.wait_for_selector(".kons-member:nth-of-type(8)")
    expect(page.locator("#kons-finding")).to_contain_text("8 actors from 8 cities")
    expect(page.locator("#kons-told")).not_to_contain_text("asked for")


def test_from_pairs_and_back_with_the_field(page: Page, address: str) -> None:
    shown(page, address, "/abstimmung?lang=de&fd=urban")
    page.locator(".twin-tab").nth(1).click()
    page.wait_for_url(re.compile("/konsortium.*fd=urban"))
    page.wait_for_selector("#kons-picture .trace")
    page.locator(".twin-tab").nth(0).click()
    page.wait_for_url(re.compile("/abstimmung.*fd=urban"))


@IN_GERMAN
def test_files_and_the_same_as_a_table(page: Page, address: str, language: str) -> None:
    shown(page, address, f"{WORDS[language]['path']}?lang={language}&fd=green&alt=2&f=logistics")
    members = names(page)
    page.locator(".kons .block-tools summary").first.click()
    with page.expect_download() as got:
        page.locator('.kons a[href*="members.csv"]').first.click()
    text = Path(got.value.path()).read_text(encoding="utf-8-sig")
    assert all(name in text for name in members)
    shown(page, address, f"{WORDS[language]['path']}?lang={language}&fd=green&alt=2&tab=1")
    expect(page.locator("#kons-table .ag-row")).to_have_count(len(members))
    expect(page.locator("#kons-compared .ag-row")).to_have_count(3)


@pytest.mark.parametrize(
    ("language", "more"),
    [
        ("de", ""),
        ("en", CHOSEN),
        ("de", f"{CHOSEN}&theme=dark"),
        ("en", f"{CHOSEN}&theme=contrast"),
        ("en", "fd=green&tab=1&theme=dark"),
        ("de", "fd=green&bm=1.25"),
    ],
)
def test_no_barrier_in_any_theme(page: Page, address: str, language: str, more: str) -> None:
    shown(page, address, f"{WORDS[language]['path']}?lang={language}&{more}")
    page.wait_for_timeout(300)
    assert barriers(page) == []


@pytest.mark.parametrize("query", ["fd=green&k=6&sz=12", "fd=green&bm=1"])
def test_everything_fits_a_small_projector(page: Page, address: str, query: str) -> None:
    page.set_viewport_size(NARROW)
    shown(page, address, f"/konsortium?lang=de&{query}")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if "fd" in query and "tab" not in query:
        box = page.locator("#kons-picture .main-svg").first.bounding_box()
        assert box
        assert box["width"] > 800
        assert box["height"] > 300
