"""The app in a real browser: every page, both languages and themes, by mouse and by keyboard.

Every test fails on a console error and on a request that leaves this machine.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING

import axe_playwright_python
import pytest
from chromium import NARROW, WIDE, barriers, fits, shown
from playwright.sync_api import expect

from dashboards.pages import accessibility
from dashboards.sitemap import PAGES

if TYPE_CHECKING:
    from types import ModuleType

    from playwright.sync_api import Browser, Page

    from ecosystem.atlas import Atlas


pytestmark = pytest.mark.browser

PATHS = [page.PAGE.path for page in PAGES]


def drawn(page: Page) -> None:
    """The network canvas has drawn its graph."""
    page.wait_for_selector("#net canvas", state="attached")
    page.wait_for_timeout(400)


def test_no_barrier_in_the_sections_of_the_methods(page: Page, address: str) -> None:
    shown(page, address, "/methode?lang=de&theme=contrast&part=all")
    assert barriers(page) == []


def test_the_statement_names_the_axe_that_tests() -> None:
    script = Path(axe_playwright_python.__file__).parent / "axe.min.js"
    assert f"axe v{accessibility.AXE}" in script.read_text("utf-8")[:200]


@pytest.mark.parametrize("path", ["/", "/netz", "/methode"])
def test_no_barrier_at_1024_with_filters_and_tools_open(page: Page, address: str, path: str) -> None:
    page.set_viewport_size(NARROW)
    shown(page, address, f"{path}?lang=de")
    page.locator("button[data-toggle=tools]").click()
    expect(page.locator("#tools")).to_be_visible()
    assert barriers(page) == []
    # there on every page, and seen where filters are
    assert page.locator("button.toggle[data-toggle=filters]").is_visible() is (path != "/methode")
    if path != "/methode":
        page.locator("button.toggle[data-toggle=filters]").click()
        expect(page.locator("#filters")).to_be_visible()
        expect(page.locator("#tools")).to_be_hidden()
        assert barriers(page) == []


def test_language_is_that_of_the_link_then_of_the_cookie(page: Page, address: str) -> None:
    shown(page, address, "/?lang=en")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page).to_have_title(re.compile("Overview"))
    shown(page, address, "/netz")
    expect(page.get_by_role("heading", level=1)).to_have_text("Network")
    page.get_by_text("DE", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Netz")
    assert page.locator("html").get_attribute("lang") == "de"


# of the glossary (interface specification 10) and of what the app says everywhere; whole words only
GERMAN = (
    *("Netz", "Akteur", "Akteure", "Themenfeld", "Sektor", "Kommune", "Einheit", "Kreis", "Verbindung", "Verbindungen"),
    *("Verflechtung", "Spezialisierung", "Standortquotient", "Überschneidung", "Abstimmung", "Prüfhinweis", "Brücke"),
    *(
        "Nachbarschaft",
        "Herkunft",
        "Beleg",
        "Belegstärke",
        "Datenstand",
        "Szenario",
        "Vorher",
        "Nachher",
        "Verbundprojekt",
    ),
    *("Größe", "Beamer", "Farbe", "Tabelle", "Bild", "Jahre", "Ohne", "nicht", "und", "oder", "von", "Zurücksetzen"),
)
ENGLISH = (
    *(
        "Network",
        "actor",
        "actors",
        "Actors",
        "field",
        "Field",
        "Sector",
        "municipality",
        "unit",
        "district",
        "tie",
        "ties",
    ),
    *("Specialisation", "quotient", "overlap", "Coordination", "Overview", "bridge", "neighbourhood", "provenance"),
    *("evidence", "confidence", "Confidence", "Scenario", "before", "after", "Projector", "Colour", "Table", "Picture"),
    *(
        "Years",
        "and",
        "or",
        "of",
        "the",
        "not",
        "without",
        "Reset",
        "Show",
        "Order",
        "Measure",
        "edges",
        "pan",
        "lasso",
    ),
)
# what the app itself says: neither names of actors, places and sources, nor captions in a picture
CHROME = """() => [...document.querySelectorAll(
    ".bar, .filters legend, .filters h2, .filters .hint, .filters label, .active-filters, .toolbar, h1, h2, h3, "
    + ".finding, .hint, .foot, .button, button, [role=tab], .control-name, dt, thead th, .question, "
    + ".method p, .method-contents"
  )].filter((one) => !one.closest(
    ".drawer-body, .selection-card, .example, #net-drawer, .evidence, cite, .ag-root"))
  .flatMap((one) => [one.innerText, one.getAttribute("aria-label"), one.getAttribute("title")]).filter(Boolean)"""


# both languages, and of the themes light and one of the two others: words change names, themes change contrasts
@pytest.mark.parametrize(
    ("one", "language", "theme"),
    [
        *((one, "de", "light") for one in PAGES),
        *((one, "en", ("dark", "contrast")[number % 2]) for number, one in enumerate(PAGES)),
    ],
    ids=lambda value: value.PAGE.slug if hasattr(value, "PAGE") else value,
)
def test_no_barrier_no_word_of_the_other_language_nothing_that_sticks_out(
    page: Page, address: str, ruhr: Atlas, one: ModuleType, language: str, theme: str
) -> None:
    query = f"lang={language}&theme={theme}&f=health,digital&ev=1&y=2000-2020&focus=actor:ruhr-universitaet-bochum"
    shown(page, address, f"{one.PAGE.own(language)}?{query}")
    page.wait_for_timeout(300)
    assert barriers(page) == []
    word = re.compile(rf"\b({'|'.join({'de': ENGLISH, 'en': GERMAN}[language])})\b")
    # a “Kreis” stays one in English
    places = ruhr.tables.places
    names = re.compile("|".join(re.escape(name) for name in {*places["name"], *places["district"]} if name))
    told = page.evaluate(CHROME)
    assert len(told) > 10
    assert [text for text in told if word.search(names.sub("", text))] == []
    assert fits(page)


def test_a_filter_changes_picture_sentence_and_address_and_comes_back(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de&lvl=actor")
    drawn(page)
    before = page.inner_text("#net-finding")
    page.get_by_role("checkbox", name="Logistik").check()
    expect(page.locator("#net-finding")).not_to_have_text(before)
    assert "f=logistics" in page.url
    fewer = page.inner_text("#net-finding")
    page.go_back()
    expect(page.locator("#net-finding")).to_have_text(before)
    expect(page.get_by_role("checkbox", name="Logistik")).not_to_be_checked()
    page.go_forward()
    expect(page.locator("#net-finding")).to_have_text(fewer)
    expect(page.get_by_role("checkbox", name="Logistik")).to_be_checked()


def test_a_link_opens_the_same_view(page: Page, address: str, chromium: Browser) -> None:
    shown(page, address, "/netz?lang=de")
    page.get_by_role("checkbox", name="Gesundheit").check()
    page.locator(".toolbar").get_by_text("Cluster", exact=True).click()
    page.wait_for_url(re.compile("col=cluster"))
    page.wait_for_load_state("networkidle")
    finding, url = page.inner_text("#net-finding"), page.url
    other = chromium.new_context(viewport=WIDE).new_page()
    other.goto(url)
    expect(other.locator("#net-finding")).to_have_text(finding)
    expect(other.get_by_role("checkbox", name="Gesundheit")).to_be_checked()
    other.context.close()


def test_filters_and_selection_go_along_to_the_next_page(page: Page, address: str) -> None:
    shown(page, address, "/polyzentrik?lang=de&f=logistics")
    page.wait_for_selector("#poly-matrix .heatmaplayer")
    page.wait_for_timeout(500)
    box = page.locator("#poly-matrix .heatmaplayer").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 20)
    expect(page.locator(".selection-card")).to_be_visible()
    assert "sel=cell:" in page.url
    page.get_by_role("link", name="Im Netz zeigen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Netz")
    assert "sel=cell:" in page.url
    assert "f=logistics" in page.url
    expect(page.locator("#net-panel h2")).to_contain_text("Akteur")


def test_every_tie_of_an_actor_shows_its_source(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de")
    search = page.get_by_placeholder("Akteur suchen")
    search.fill("Ruhr-Universität Bochum")
    page.get_by_role("option", name="Ruhr-Universität Bochum", exact=True).click()
    expect(page.locator("#net-drawer h2")).to_have_text("Ruhr-Universität Bochum")
    ties = page.locator("#net-drawer .ties > li")
    assert ties.count() > 20
    for number in range(ties.count()):
        assert ties.nth(number).locator(".source").count() >= 1
    link = page.locator("#net-drawer .source a").first
    assert "noreferrer" in (link.get_attribute("rel") or "")


def over_an_actor(page: Page) -> tuple[float, float]:
    """A point of the canvas where the pointer shows that it is over an actor."""
    box = page.locator("#net").bounding_box()
    assert box
    for row, column in itertools.product(range(12, 88, 3), range(10, 90, 2)):
        point = box["x"] + box["width"] * column / 100, box["y"] + box["height"] * row / 100
        page.mouse.move(*point)
        cursor = page.evaluate("([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor", list(point))
        if cursor == "pointer":
            return point
    pytest.fail("no actor under any of the points")


def test_clicking_an_actor_opens_its_card(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de&f=health&lvl=actor")
    drawn(page)
    page.mouse.click(*over_an_actor(page))
    expect(page.locator("#net-drawer h2")).to_be_visible()
    assert "focus=actor:" in page.url


def test_the_table_holds_the_same_actors_and_selects_them(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de&f=urban")
    page.get_by_text("Tabelle", exact=True).click()
    expect(page.locator("#net-table .ag-row").first).to_be_visible()
    page.locator("#net-table .ag-selection-checkbox input").first.check()
    expect(page.locator("#net-panel h2")).to_contain_text("1")
    assert "sel=actor:" in page.url


def test_filters_that_leave_nothing_say_so_and_offer_a_way_on(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de&f=health&r=05978004&s=politics")
    expect(page.locator("#net-nothing")).to_contain_text("Kein Akteur")
    page.locator("#net-nothing button").click()
    expect(page.locator("#net-nothing")).to_be_empty()


def test_an_old_link_never_fails(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de&sel=set:0000000000.abc&focus=actor:nobody&col=rainbow&tomorrow=1")
    expect(page.locator(".hints")).to_contain_text("tomorrow")
    expect(page.locator("#net-drawer")).to_contain_text("nobody")
    expect(page.locator("#net-panel")).not_to_be_empty()
    page.goto(address + "/nirgends?lang=de")
    expect(page.get_by_role("heading", level=1)).to_contain_text("nirgends")
    expect(page.locator(".nothing").get_by_role("link", name="Netz")).to_be_visible()


def test_downloads_arrive(page: Page, address: str) -> None:
    shown(page, address, "/daten?lang=de")
    page.get_by_role("navigation", name="Teile dieser Seite").get_by_role("link", name="Downloads").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="actors.csv").click()
    assert waiting.value.suggested_filename == "actors.csv"
    content = waiting.value.path().read_text(encoding="utf-8")
    assert content.startswith("actor_id,name")


def test_the_main_road_by_keyboard_alone(page: Page, address: str) -> None:
    shown(page, address, "/?lang=de")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Zum Inhalt springen")).to_be_focused()
    page.get_by_role("link", name="Netz", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Netz")
    page.get_by_placeholder("Akteur suchen").focus()
    page.keyboard.type("Universität Duisburg-Essen")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#net-drawer h2")).to_contain_text("Universität Duisburg-Essen")
    page.get_by_role("checkbox", name="Logistik").focus()
    page.keyboard.press("Space")
    page.wait_for_url(re.compile("f=logistics"))


def test_projector_mode_is_larger_and_keeps_the_legend(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de")
    desk = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    shown(page, address, "/netz?lang=de&bm=1.25")
    room = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert room >= 1.4 * desk
    expect(page.locator("#net-legend")).to_be_visible()
    canvas = page.locator(".canvas.only-picture").bounding_box()
    assert canvas
    assert canvas["height"] > 0.6 * WIDE["height"]
