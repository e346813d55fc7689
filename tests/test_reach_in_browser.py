"""Bar, filters, focus and speech in a real browser: by keyboard, at every width, in every display."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import IN_GERMAN, NARROW, WIDE, shown
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

SIZES = [(1920, 1080), (1440, 900), (1280, 800), (1024, 768), (700, 900), (320, 640)]


@IN_GERMAN
def test_the_bar_is_one_line_at_every_width(page: Page, address: str, language: str) -> None:
    shown(page, address, f"/spezialisierung?lang={language}")
    for (width, height), projector in [*((size, "0") for size in SIZES), (SIZES[0], "1.5"), (SIZES[3], "1.25")]:
        page.set_viewport_size({"width": width, "height": height})
        if f"bm={projector}" not in page.url:
            page.goto(f"{address}/spezialisierung?lang={language}&bm={projector}")
            page.wait_for_selector("#content h1")
        page.wait_for_timeout(300)
        rem = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        box = page.locator(".bar").bounding_box()
        assert box
        assert box["height"] <= 3.5 * rem
        assert page.evaluate(
            "(() => { const b = document.querySelector('.bar'); return b.scrollWidth <= b.clientWidth; })()"
        )
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (width, projector)
        # every page is one or two steps away
        if not page.get_by_role("link", name="Story", exact=True).is_visible():
            page.locator("button[data-toggle=pages]").click()
            expect(page.get_by_role("link", name="Story", exact=True)).to_be_visible()


def test_menus_open_and_close_by_keyboard_and_give_the_focus_back(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    shown(page, address, "/netz?lang=de")
    for name, inside in (("pages", "#pages"), ("tools", "#tools"), ("filters", "#filters")):
        button = page.locator(f".bar button[data-toggle={name}]")
        expect(button).to_have_attribute("aria-expanded", "false")
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator(inside)).to_be_visible()
        expect(button).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Tab")
        page.keyboard.press("Escape")
        expect(page.locator(inside)).to_be_hidden()
        expect(button).to_have_attribute("aria-expanded", "false")
        expect(button).to_be_focused()
    # a menu one walks out of closes behind
    page.locator(".bar button[data-toggle=tools]").click()
    page.locator("#content a, #content input, #content button").first.focus()
    expect(page.locator("#tools")).to_be_hidden()


def test_the_button_of_the_menu_says_where_one_is(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 700, "height": 900})
    shown(page, address, "/polyzentrik?lang=de")
    expect(page.locator("button[data-toggle=pages]")).to_have_text("Polyzentrik")
    page.goto(f"{address}/methode?lang=de")
    expect(page.locator("button[data-toggle=pages]")).to_have_text("Methode")


def test_counts_follow_the_other_filters_and_the_box_keeps_the_keyboard(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de")
    politics = page.locator("#filter-count-s-2")
    before = politics.inner_text()
    box = page.get_by_role("checkbox", name="Logistik")
    box.focus()
    page.keyboard.press("Space")
    expect(politics).not_to_have_text(before)
    expect(box).to_be_focused()
    # the count of its own kind stays: what it would leave beside the others
    page.keyboard.press("Space")
    expect(politics).to_have_text(before)


def test_years_confidence_and_undated_go_to_the_address_and_come_back(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de")
    expect(page.locator("#filter-undated")).to_be_hidden()
    first = page.get_by_role("slider", name="Erstes Jahr")
    first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile(r"y=1970-\d{4}"))
    expect(page.locator("#filter-undated")).to_be_visible()
    page.get_by_text("weglassen", exact=True).click()
    page.wait_for_url(re.compile("nd=0"))
    page.get_by_role("radio", name="mindestens mittel").check()
    page.wait_for_url(re.compile("ev=2"))
    strip = page.locator("#active-filters")
    expect(strip).to_contain_text("Jahre 1970–")
    expect(strip).to_contain_text("Belegstärke mindestens mittel")
    page.go_back()
    expect(strip).not_to_contain_text("Belegstärke")
    expect(page.get_by_role("radio", name="Beliebig")).to_be_checked()
    page.get_by_role("button", name="Alle Filter zurücksetzen").click()
    expect(strip).to_have_text("Kein Filter: die ganze Region.")
    assert "y=" not in page.url
    # reset can be undone
    page.go_back()
    expect(strip).to_contain_text("Jahre 1970–")


def test_a_word_of_the_active_filters_is_lifted_also_before_a_room(page: Page, address: str) -> None:
    page.set_viewport_size(NARROW)
    shown(page, address, "/netz?lang=de&bm=1&f=logistics,health")
    strip = page.locator("#active-filters")
    expect(strip).to_contain_text("Logistik")
    strip.get_by_role("button", name=re.compile("^Logistik")).focus()
    page.keyboard.press("Enter")
    expect(strip).not_to_contain_text("Logistik")
    assert "f=health" in page.url
    page.wait_for_function("document.activeElement !== document.body")


def test_every_change_is_said_in_a_sentence_and_not_too_often(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de")
    page.evaluate(
        """() => { window.said = []; new MutationObserver(() => {
            const text = document.getElementById("live").textContent; if (text) window.said.push([Date.now(), text]);
        }).observe(document.getElementById("live"), {childList: true, characterData: true, subtree: true}); }"""
    )
    live = page.locator("#live")
    page.get_by_role("checkbox", name="Logistik").check()
    expect(live).to_contain_text("Filter: Themenfeld: Logistik.")
    expect(live).to_contain_text("angezeigt")
    page.locator(".toolbar").get_by_text("Cluster", exact=True).click()
    expect(live).to_have_text("Geändert: Farbe.")
    for name in ("Gesundheit", "Neue Industrie", "Cyber/KI"):
        page.get_by_role("checkbox", name=name).check()
    expect(live).to_contain_text("Cyber/KI")
    page.get_by_role("link", name="Polyzentrik", exact=True).click()
    expect(live).to_contain_text("Seite Polyzentrik.", timeout=20_000)
    said = page.evaluate("window.said")
    assert len(said) <= 6
    assert all(later - sooner >= 900 for (sooner, _), (later, _) in pairwise(said))


def test_a_new_page_takes_the_keyboard_to_its_heading(page: Page, address: str) -> None:
    shown(page, address, "/?lang=de")
    page.get_by_role("link", name="Netz", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Netz")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Metropole Ruhr")).to_be_focused()


def test_a_change_of_language_leaves_the_keyboard_where_it_was(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de")
    page.locator("input[value=de]").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("Network")
    expect(page.locator("input[value=en]")).to_be_focused()
    assert page.locator("html").get_attribute("lang") == "en"


def test_skip_links_lead_to_content_filters_and_table(page: Page, address: str) -> None:
    page.set_viewport_size(NARROW)
    shown(page, address, "/netz?lang=de")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.locator("[data-skip=filters]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#filters")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    page.locator("[data-skip=table]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("tab=1"))
    expect(page.locator(".only-table").first).to_be_focused()
    assert "#" not in page.url


@pytest.mark.parametrize(
    ("asked", "expected"),
    [({"contrast": "more"}, "contrast"), ({"color_scheme": "dark"}, "dark"), ({"color_scheme": "light"}, "light")],
)
def test_who_chose_no_display_gets_the_system_s(
    chromium: Browser, address: str, asked: dict[str, str], expected: str
) -> None:
    context = chromium.new_context(viewport=WIDE, **asked)
    one = shown(context.new_page(), address, "/?lang=de")
    assert one.locator("html").get_attribute("data-theme") == expected
    # a choice stays, also where the system asks for something else
    one.goto(f"{address}/?lang=de&theme=dark")
    one.wait_for_selector("html[data-theme=dark]")
    one.goto(f"{address}/netz?lang=de")
    one.wait_for_selector("html[data-theme=dark]")
    context.close()


def test_the_contrast_display_is_black_and_its_focus_yellow(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de")
    page.get_by_role("button", name="Darstellung").click()
    page.get_by_text("Kontrast", exact=True).click()
    page.wait_for_url(re.compile("theme=contrast"))
    style = "(name) => getComputedStyle(document.querySelector(name)).backgroundColor"
    expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
    assert page.evaluate(style, "body") == "rgb(0, 0, 0)"
    assert page.evaluate(style, "#filters") == "rgb(0, 0, 0)"
    page.get_by_role("checkbox", name="Logistik").focus()
    page.keyboard.press("Shift+Tab")
    outline = page.evaluate(
        "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineColor, s.outlineWidth]; })()"
    )
    assert outline == ["rgb(255, 255, 0)", "3px"]
    # tables and menus know dark and light only
    assert (
        page.evaluate("[document.body.dataset.agThemeMode, document.documentElement.dataset.mantineColorScheme]")
        == ["dark"] * 2
    )


def test_the_system_s_own_colours_leave_words_readable(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport=WIDE, forced_colors="active")
    one = shown(context.new_page(), address, "/netz?lang=de")
    rules = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    assert Axe().run(one, options=rules).response["violations"] == []
    context.close()


def test_reduced_motion_stops_every_transition(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport=WIDE, reduced_motion="reduce")
    one = shown(context.new_page(), address, "/netz?lang=de")
    moving = """() => [...document.querySelectorAll("*")].filter((one) => {
        const style = getComputedStyle(one);
        const times = `${style.transitionDuration},${style.animationDuration}`.split(",");
        return times.some((time) => parseFloat(time) > 0)
            && (style.transitionProperty !== "none" || style.animationName !== "none");
    }).map((one) => one.className)"""
    assert one.evaluate(moving) == []
    one.get_by_role("button", name="Darstellung").click()
    assert one.evaluate(moving) == []
    context.close()


def test_question_two_from_search_to_evidence_by_keyboard_alone(page: Page, address: str) -> None:
    shown(page, address, "/?lang=de")
    page.get_by_role("link", name="Netz", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Netz")).to_be_focused()
    page.get_by_placeholder("Akteur suchen").focus()
    page.keyboard.type("Universität Duisburg-Essen")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    drawer = page.locator("#net-drawer")
    expect(drawer.locator("h2")).to_contain_text("Universität Duisburg-Essen")
    source = drawer.locator(".ties .source a").first
    # by tabs alone from the search to the evidence of the first tie
    for _ in range(120):
        page.keyboard.press("Tab")
        if source.evaluate("one => one === document.activeElement"):
            break
    else:
        pytest.fail("the evidence cannot be reached")
    assert (source.get_attribute("href") or "").startswith("http")


def test_a_measure_is_opened_by_its_link_and_prints_alone(page: Page, address: str) -> None:
    started = time.perf_counter()
    shown(page, address, "/methode?lang=de")
    page.get_by_role("navigation", name="Kennzahlen").get_by_role("link", name="Polyzentralität").click()
    heading = page.get_by_role("heading", level=2, name="Polyzentralität")
    expect(heading).to_be_focused()
    assert "part=polycentricity" in page.url
    assert time.perf_counter() - started < 60
    expect(page.locator(".example")).to_contain_text("Zentren")
    page.go_back()
    expect(page.locator(".questions").first).to_be_visible()
    page.go_forward()
    page.emulate_media(media="print")
    expect(heading).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator("#method-contents")).to_be_hidden()
