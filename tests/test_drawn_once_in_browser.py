"""Charts are drawn once: with their page, after a filter, and again only for another size of their box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from chromium import shown
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# a chart tells when it is drawn, also when it draws without being asked, as for another size
COUNTED = """() => {
  const { react } = window.Plotly;
  const heard = new WeakSet();
  window.draws = {};
  window.Plotly.react = (chart, ...given) => {
    const drawn = react(chart, ...given);
    const { id } = chart.closest("[id]:not(.js-plotly-plot)");
    if (!heard.has(chart)) chart.on("plotly_afterplot", () => { window.draws[id] = (window.draws[id] || 0) + 1; });
    heard.add(chart);
    return drawn;
  };
}"""
# longer than Plotly waits before it draws for the size of a box (100 ms), and than we wait until a box stands still
QUIET_MS = 1200
FITS = """() => [...document.querySelectorAll(".js-plotly-plot")].filter((one) => one.checkVisibility()).every((one) =>
  Math.abs(one.getBoundingClientRect().width - one.querySelector(".main-svg").getBoundingClientRect().width) < 2)"""


def draws(page: Page) -> dict[str, int]:
    """How often each chart was drawn since the last question."""
    page.wait_for_timeout(QUIET_MS)
    found: dict[str, int] = page.evaluate("() => { const found = window.draws; window.draws = {}; return found; }")
    return found


def test_once_with_its_page_once_after_a_filter_once_for_another_size(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1600, "height": 1000})
    shown(page, address, "/?lang=de")
    expect(page.locator("#overview-map .trace").first).to_be_visible()
    page.wait_for_timeout(QUIET_MS)
    page.evaluate(COUNTED)

    page.get_by_role("navigation").get_by_role("link", name="Polyzentrik", exact=True).first.click()
    expect(page.locator("#poly-matrix .heatmaplayer .hm").first).to_be_visible()
    assert draws(page) == {"poly-map": 1, "poly-matrix": 1}

    page.get_by_label("Logistik").first.check()
    page.wait_for_url("**f=logistics**")
    assert draws(page) == {"poly-map": 1, "poly-matrix": 1}

    page.set_viewport_size({"width": 1400, "height": 1000})
    found = draws(page)
    assert found["poly-map"] == 1
    assert max(found.values()) == 1
    assert page.evaluate(FITS)


def test_the_sentence_of_the_filters_moves_no_chart(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1600, "height": 1000})
    shown(page, address, "/polyzentrik?lang=de")
    chart = page.locator("#poly-map .main-svg").first
    expect(chart).to_be_visible()
    before = chart.bounding_box()
    expect(page.locator(".active-filters")).to_contain_text("Kein Filter")
    page.get_by_label("Logistik").first.check()
    expect(page.locator(".active-filters")).to_contain_text("Logistik")
    page.wait_for_timeout(QUIET_MS)
    assert chart.bounding_box() == before


def test_a_page_without_charts_reads_plotly_ahead_and_once(page: Page, address: str) -> None:
    scripts = "[...document.scripts].filter((one) => one.src.includes('/plotly.min.js')).length"
    shown(page, address, "/barrierefreiheit?lang=de")
    assert page.evaluate("window.Plotly") is None
    page.wait_for_function("window.Plotly")
    assert page.evaluate(scripts) == 1
    page.get_by_role("navigation").get_by_role("link", name="Polyzentrik", exact=True).first.click()
    expect(page.locator("#poly-map .trace").first).to_be_visible()
    assert page.evaluate(scripts) == 1
