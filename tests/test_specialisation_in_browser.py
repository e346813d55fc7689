"""Spezialisierung in a real browser: its five parts, what can be set in each, in both languages.

What must be read is worked out from the region by the same views, for the address the walk has come to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlparse

import pytest
from chromium import IN_ENGLISH, IN_GERMAN, shown
from playwright.sync_api import expect

from dashboards.components import balance as balance_words
from dashboards.components import indices as index_words
from dashboards.components import nearest as nearest_words
from dashboards.components import quotients as quotient_words
from dashboards.components import related as related_words
from dashboards.language import translator
from dashboards.state import Selection
from dashboards.views.balance import balance
from dashboards.views.indices import indices
from dashboards.views.nearest import diversification
from dashboards.views.quotients import quotients
from dashboards.views.related import related

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from ecosystem.atlas import Atlas

pytestmark = pytest.mark.browser


def now(page: Page) -> Selection:
    """What the address says."""
    return Selection.from_query(urlparse(page.url).query)


def clicked(page: Page, mark: Locator) -> None:
    """A mark of a picture, which lies under plotly's own layer for the mouse."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def listed(page: Page, name: str) -> Locator:
    """The field of a list of this name, whose role changes with the version of its library."""
    return page.locator("input.mantine-Select-input").and_(page.get_by_label(name, exact=True))


def choose(page: Page, name: str, option: str) -> None:
    """One of a list found by typing."""
    listed(page, name).click()
    page.get_by_role("option", name=option, exact=True).click()


@IN_GERMAN
def test_a_cell_of_the_matrix_opens_its_evidence(page: Page, address: str, ruhr: Atlas, language: str) -> None:
    tr = translator(language)
    shown(page, address, f"/spezialisierung?lang={language}")
    view = quotients(ruhr, now(page))
    expect(page.locator("#spec-matrix-finding")).to_have_text(quotient_words.finding(view, now(page), tr))
    expect(page.locator("#spec-matrix .points .point")).to_have_count(len(view.cells))

    cell = view.supported[0]
    clicked(page, page.locator("#spec-matrix .points .point").nth(view.cells.index(cell)))
    page.wait_for_url(re.compile(f"sel=cell:{cell.place}.{cell.field}"))
    card = page.locator("#spec-matrix-side .quotient-card")
    for told in (
        tr.number(cell.lq, 2),
        tr("{x} of {n}", x=tr.number(cell.x), n=tr.number(cell.n)),
        tr("{low} to {high}", low=tr.number(cell.low, 2), high=tr.number(cell.high, 2)),
        quotient_words.p_words(cell.q, tr),
    ):
        expect(card.locator("dd").get_by_text(told, exact=True).first).to_be_visible()
    card.get_by_role("button", name=tr("Clear the selection")).click()
    # and by the list of what is supported, which stands where the card stood
    supported = page.locator("#spec-matrix-side .supported button")
    expect(supported).to_have_count(min(len(view.supported), quotient_words.MOST))
    supported.first.click()
    expect(card.get_by_role("link").first).to_have_text(view.places.names[view.places.ids.index(cell.place)])


@IN_ENGLISH
def test_intervals_level_and_order_change_the_matrix(page: Page, address: str, ruhr: Atlas, language: str) -> None:
    tr = translator(language)
    shown(page, address, f"/spezialisierung?lang={language}")
    tools = page.locator("#spec .toolbar")
    rows = page.locator("#spec-matrix .annotation-text")

    tools.get_by_text(tr("Size"), exact=True).click()
    page.wait_for_url(re.compile("sort=size"))
    largest = quotients(ruhr, now(page)).places.names[0]
    expect(rows.first).to_contain_text(largest)

    tools.get_by_text(tr("Intervals"), exact=True).click()
    page.wait_for_url(re.compile("ci=1"))
    cells = quotients(ruhr, now(page)).cells
    expect(page.locator("#spec-matrix .points path")).to_have_count(sum(cell.lq == cell.lq for cell in cells))
    expect(page.locator("#spec-matrix-side .legend")).to_contain_text("Jeffreys")

    tools.get_by_text(tr("Municipalities"), exact=True).click()
    page.wait_for_url(re.compile("un=municipality"))
    view = quotients(ruhr, now(page))
    assert len(view.places.ids) == ruhr.tables.places["in_region"].sum()
    expect(page.locator("#spec-matrix-finding")).to_have_text(quotient_words.finding(view, now(page), tr))
    expect(rows).to_have_count(len(view.places.ids) + len(view.fields))

    tools.get_by_text(tr("Table"), exact=True).click()
    expect(page.locator("#spec-matrix-table .ag-row").first).to_contain_text(view.places.names[0])
    page.go_back()
    expect(page.locator("#spec-matrix .annotation-text").first).to_contain_text(view.places.names[0])


@IN_GERMAN
def test_the_other_four_parts_one_after_the_other(page: Page, address: str, ruhr: Atlas, language: str) -> None:
    tr = translator(language)
    names = related_words.field_names(ruhr, tr)
    shown(page, address, f"/spezialisierung?lang={language}")
    parts = page.locator("#spec .head")

    parts.get_by_text(tr("Related fields"), exact=True).click()
    page.wait_for_url(re.compile("part=related"))
    pairs = related(ruhr, now(page))
    expect(page.locator("#spec-related-finding")).to_have_text(related_words.finding(pairs, names, tr))
    expect(page.locator("#spec-related path.js-line")).to_have_count(sum(pair.shared > 0 for pair in pairs.pairs))
    choose(page, tr("Relatedness"), tr("Jaccard"))
    page.wait_for_url(re.compile("rel=jaccard"))
    strongest = related(ruhr, now(page)).pairs[0]
    row = page.locator("#spec-related-pairs tbody tr").first
    expect(row).to_contain_text(f"{names[strongest.first]} – {names[strongest.second]}")
    expect(row).to_contain_text(tr.number(strongest.phi, 2))

    parts.get_by_text(tr("Diversification"), exact=True).click()
    page.wait_for_url(re.compile("part=nearest"))
    choose(page, tr("Place"), "Bochum")
    page.wait_for_url(re.compile(r"pl=\d+"))
    steps = diversification(ruhr, now(page))
    assert steps.name == "Bochum"
    expect(page.locator("#spec-nearest-finding")).to_have_text(nearest_words.finding(steps, names, tr))
    expect(page.locator("#spec-nearest .points path")).to_have_count(len(steps.of(steps.place)))
    expect(page.locator("#spec-next tbody tr")).to_have_count(len(steps.places.ids))
    page.locator("#spec .toolbar").get_by_text(tr("Places specialised"), exact=True).click()
    expect(page.locator("#spec-nearest .ytitle")).to_have_text(tr("Places specialised in the field"))
    for said in ("#spec-change p", "#spec-variety p", "#spec-complexity p"):
        expect(page.locator(said).first).to_have_text(re.compile(r".{20,}"))

    parts.get_by_text(tr("Profiles"), exact=True).click()
    page.wait_for_url(re.compile("part=indices"))
    choose(page, tr("Index"), tr("Effective fields (Hill, q = 1)"))
    page.wait_for_url(re.compile("cx=hill_q1"))
    index = indices(ruhr, now(page))
    expect(page.locator("#spec-indices-finding")).to_have_text(index_words.finding(index, now(page), tr))
    expect(page.locator("#spec-indices .points path")).to_have_count(len(index.ranked))
    expect(page.locator("#spec-indices-fields tbody tr")).to_have_count(len(index.fields))

    parts.get_by_text(tr("Sectors"), exact=True).click()
    page.wait_for_url(re.compile("part=helix"))
    mixes = balance(ruhr, now(page))
    expect(page.locator("#spec-helix-finding")).to_have_text(balance_words.finding(mixes, tr))
    expect(page.locator("#spec-synergy")).to_have_text(balance_words.synergy_words(mixes.synergy, tr))
    first = page.locator("#spec-helix-places .annotation-text", has_text=mixes.names[mixes.places[0].key])
    clicked(page, first.first)
    page.wait_for_url(re.compile(f"sel=unit:{mixes.places[0].key}"))
