"""The five questions of a strategy workshop, each answered in at most three clicks from the start page.

What is read on the page is what the views compute; the clicks are counted by the one who makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from chromium import shown
from playwright.sync_api import expect

from dashboards.language import translator
from dashboards.state import Selection
from dashboards.views.coordination import PARALLEL, UNLINKED, pairs
from dashboards.views.network import network
from dashboards.views.quotients import quotients

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas

pytestmark = pytest.mark.browser


@dataclass
class Visitor:
    """Somebody on the start page who clicks at most three times."""

    page: Page
    tr: Translator
    clicks: int = 0

    def click(self, one: Locator) -> None:
        self.clicks += 1
        assert self.clicks <= 3
        one.click()

    def way(self, english: str, german: str) -> None:
        """One of the links below the questions of the start page."""
        name = german if self.tr.language == "de" else english
        self.click(self.page.locator(".ways").get_by_role("link", name=name))


@pytest.fixture(params=["de", "en"])
def visitor(request: pytest.FixtureRequest, page: Page, address: str) -> Visitor:
    shown(page, address, f"/?lang={request.param}")
    return Visitor(page, translator(request.param))


def test_who_carries_which_field_where(visitor: Visitor, ruhr: Atlas) -> None:
    visitor.way("Specialisation", "Spezialisierung")
    found = quotients(ruhr, Selection())
    named = dict(zip(found.places.ids, found.places.names, strict=True))
    side = visitor.page.locator("#spec-matrix-side")
    for cell in found.supported:
        name = f"{named[cell.place]} · {visitor.tr.label(ruhr.region.field(cell.field).short)}"
        expect(side.get_by_role("listitem").filter(has_text=name)).to_contain_text(visitor.tr.number(cell.lq, 1))


def test_who_is_tied_to_whom(visitor: Visitor, ruhr: Atlas) -> None:
    visitor.way("Network", "Netz")
    expect(visitor.page.locator("#net-finding")).to_contain_text(visitor.tr.number(network(ruhr, Selection()).pairs))
    visitor.click(visitor.page.get_by_role("button", name=visitor.tr("Show the actors")))
    visitor.click(visitor.page.locator(".views").get_by_text(visitor.tr("Table"), exact=True))
    tie = visitor.page.locator("#net-ties .ag-row").first
    expect(tie).to_be_visible()
    assert len(tie.inner_text().split("\n")) > 2


@pytest.mark.parametrize("quadrant", [PARALLEL, UNLINKED], ids=["where-we-duplicate", "where-we-complement"])
def test_where_we_duplicate_and_where_we_complement(visitor: Visitor, ruhr: Atlas, quadrant: str) -> None:
    visitor.way("Where do cities do the same", "Wo tun Städte dasselbe")
    rows = pairs(ruhr, Selection()).within(quadrant)
    visitor.click(visitor.page.locator(f'.quadrant[data-set$="{quadrant}"]'))
    panel = visitor.page.locator("#coord-panel")
    expect(panel).to_contain_text(visitor.tr.plural("{n} pair", "{n} pairs", len(rows)))
    visitor.click(panel.get_by_role("button", name=f"{rows[0].name} – {rows[0].partner_name}"))
    expect(visitor.page.locator("#pair-details")).to_have_text(f"{rows[0].name} – {rows[0].partner_name}")


def test_what_belongs_together(visitor: Visitor, ruhr: Atlas) -> None:
    visitor.way("Clusters", "Cluster")
    largest = ruhr.clusters.items[0]
    row = visitor.page.locator("#poly-clusters .ag-row", has_text=largest.name.text(visitor.tr.language))
    expect(row.first).to_contain_text(visitor.tr.number(largest.size))
    visitor.click(row.first.locator(".ag-cell").first)
    expect(visitor.page.locator("#poly-cluster h3")).to_contain_text(largest.name.text(visitor.tr.language))
