"""The polycentric page in a real browser: its four parts, small maps, curves, commuters and footprints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from chromium import IN_ENGLISH, barriers, fits, shown
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PARTS = {"fields": "#poly-small", "measures": "#poly-curve", "clusters": "#poly-footprint"}


@IN_ENGLISH
def test_one_part_after_the_other(page: Page, address: str, language: str) -> None:
    words = {"de": ["Themenfelder", "Kennzahlen", "Cluster"], "en": ["Fields", "Measures", "Clusters"]}[language]
    shown(page, address, f"/polyzentrik?lang={language}")
    page.wait_for_selector("#poly-map .trace")
    for (part, picture), word in zip(PARTS.items(), words, strict=True):
        page.locator(".toolbar").first.get_by_text(word, exact=True).click()
        page.wait_for_url(re.compile(f"part={part}"))
        page.wait_for_selector(f"{picture} .trace")
        assert page.locator("#poly-map").is_hidden()
        box = page.locator(f"{picture} .main-svg").first.bounding_box()
        assert box
        assert box["width"] > 400
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page.locator("#poly-map")).to_be_visible()


@pytest.mark.parametrize(
    ("part", "query"),
    [("fields", "lang=de"), ("measures", "lang=en&theme=dark&tab=1"), ("clusters", "lang=en&theme=contrast")],
)
def test_no_barrier_in_any_part(page: Page, address: str, part: str, query: str) -> None:
    shown(page, address, f"/polyzentrik?part={part}&{query}")
    page.wait_for_timeout(300)
    assert barriers(page) == []
    assert fits(page)


def test_commuters_can_be_laid_over_units_and_not_over_municipalities(page: Page, address: str) -> None:
    shown(page, address, "/polyzentrik?lang=de&un=municipality")
    page.get_by_text("Pendelnden", exact=True).click()
    expect(page.locator("#poly-commuters")).to_contain_text("nicht zwischen Kommunen")
    page.get_by_role("button", name="Einheiten vergleichen").click()
    expect(page.locator("#poly-commuters")).to_contain_text("Rangkorrelation")
    expect(page.locator("#poly-links thead")).to_contain_text("Pendelnde")


def test_the_curve_is_that_of_the_index_chosen(page: Page, address: str) -> None:
    shown(page, address, "/polyzentrik?lang=en&part=measures")
    expect(page.locator("#poly-curve-note")).to_contain_text("Both together")
    page.get_by_label("Index of the curve", exact=True).first.click()
    page.get_by_role("option", name="Effective centres").click()
    page.wait_for_url(re.compile("ix=effective_centres"))
    expect(page.locator("#poly-curve-note")).to_contain_text("Actors")
    page.get_by_text("Further indices").click()
    expect(page.locator("#poly-panel").get_by_text("Entropy index EI")).to_be_visible()


def test_a_cluster_is_chosen_and_drawn(page: Page, address: str) -> None:
    shown(page, address, "/polyzentrik?lang=de&part=clusters")
    first = page.inner_text("#poly-cluster h3")
    page.locator("#poly-clusters .ag-row .ag-cell").nth(7).click()
    page.wait_for_url(re.compile("cl=c"))
    expect(page.locator("#poly-cluster h3")).not_to_have_text(first)


def test_a_disc_of_a_small_map_selects_the_unit_in_its_field(page: Page, address: str) -> None:
    shown(page, address, "/polyzentrik?lang=de&part=fields&f=logistics")
    page.wait_for_selector("#poly-small .trace .points path")
    discs = page.locator("#poly-small .trace .points path")
    sizes = discs.evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    box = discs.nth(sizes.index(max(sizes))).bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(re.compile(r"sel=cell:\w+\.logistics"))
