"""Abstimmung in a real browser: quadrants, a pair with all that is known of it, points to check, lines, field, call."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlparse

import pytest
from chromium import IN_ENGLISH, IN_GERMAN, shown
from playwright.sync_api import expect

from dashboards.components.coordination import (
    MOST_LISTED,
    dismissal_reasons,
    dismissal_words,
    finding,
    quadrant_names,
    readings,
)
from dashboards.components.pair import MOST_TIES, shared
from dashboards.language import translator
from dashboards.state import Selection
from dashboards.views.coordination import COORDINATED, PARALLEL, QUADRANTS, calls, pairs
from dashboards.views.pair import pair_view

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from dashboards.language import Translator
    from dashboards.views.coordination import Pairs
    from ecosystem.atlas import Atlas

pytestmark = pytest.mark.browser


def now(page: Page) -> Selection:
    """What the address says."""
    return Selection.from_query(urlparse(page.url).query)


def says(page: Page, atlas: Atlas, tr: Translator) -> Pairs:
    """The pairs under the address, once the page's sentence is theirs."""
    view = pairs(atlas, now(page))
    expect(page.locator("#coord-finding")).to_have_text(finding(view, tr))
    return view


def listed(page: Page, name: str) -> Locator:
    """The field of a list of this name, whose role changes with the version of its library."""
    return page.locator("input.mantine-Select-input").and_(page.get_by_label(name, exact=True))


def choose(page: Page, name: str, option: str | re.Pattern[str]) -> None:
    """One of a list found by typing."""
    listed(page, name).click()
    page.get_by_role("option", name=option).first.click()


def count_of(view: Pairs, dismissed: int, tr: Translator) -> str:
    """How many points to check are open."""
    told: str = dismissal_words(tr)["count"]
    open_ = len(view.within(PARALLEL)) - dismissed
    return told.replace("{open}", str(open_)).replace("{dismissed}", str(dismissed))


@IN_ENGLISH
def test_quadrants_filter_the_list_and_a_pair_shows_all_that_is_known(
    page: Page, address: str, ruhr: Atlas, language: str
) -> None:
    tr = translator(language)
    shown(page, address, f"/abstimmung?lang={language}")
    view = says(page, ruhr, tr)
    names = quadrant_names(view.split_y, tr)
    for quadrant in QUADRANTS:
        card = page.locator(f"#coord-cards .quadrant[data-set='pair=all:{quadrant}']")
        expect(card).to_contain_text(names[quadrant])
        told = tr.plural("{n} pair", "{n} pairs", len(view.within(quadrant)))
        expect(card.locator(".quadrant-count")).to_have_text(told)

    page.locator(f"#coord-cards .quadrant[data-set='pair=all:{COORDINATED}']").click()
    page.wait_for_url(re.compile(f"pair=all:{COORDINATED}"))
    panel, rows = page.locator("#coord-panel"), view.within(COORDINATED)
    expect(panel).to_contain_text(readings(tr)[COORDINATED])
    expect(panel.locator(".pair-list li")).to_have_count(min(len(rows), MOST_LISTED))
    panel.get_by_role("button", name=f"{rows[0].name} – {rows[0].partner_name}").click()
    page.wait_for_url(re.compile(f"pair={rows[0].id}"))

    known = pair_view(ruhr, now(page))
    assert known is not None
    expect(panel.locator(".pair-card h2")).to_have_text(f"{rows[0].name} – {rows[0].partner_name}")
    expect(panel.locator("dd").first).to_have_text(tr.share(rows[0].overlap, 0))
    sections = page.locator("#coord-details")
    small = sections.locator(".butterfly tbody th small")
    expect(small).to_have_text([shared(row, known.pair, tr) for row in known.fields])
    # every tie, bridge and project is there, and the bridging actors lead to their profiles
    counts = {
        "pair-ties": min(len(known.ties), MOST_TIES),
        "pair-projects": len(known.projects) + len(known.parallel),
        "pair-bridges": len(known.bridges),
        "candidates": len(known.givers) + len(known.untied),
    }
    for name, n in counts.items():
        assert n > 0, name
        expect(sections.locator(f".{name} ul.ties > li")).to_have_count(n)
    bridge = dict(zip(ruhr.tables.actors["actor_id"], ruhr.tables.actors["name"], strict=True))
    sections.locator(".pair-bridges ul.ties > li a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(bridge[known.bridges[0].actor_id])
    page.go_back()
    panel.get_by_role("button", name=tr("Close the pair")).click()
    expect(panel.locator(".hint-count")).to_have_text(count_of(view, 0, tr))


@IN_GERMAN
def test_a_point_is_dismissed_with_a_reason_and_taken_back(
    page: Page, address: str, ruhr: Atlas, language: str
) -> None:
    tr = translator(language)
    words, why = dismissal_words(tr), dismissal_reasons(tr)[0]
    shown(page, address, f"/abstimmung?lang={language}")
    view = says(page, ruhr, tr)
    row = view.within(PARALLEL)[0]
    name = f"{row.name} – {row.partner_name}"
    panel, log = page.locator("#coord-panel"), page.locator("#coord-log")
    expect(log).to_have_text(words["none"])
    panel.get_by_role("button", name=name, exact=True).click()
    page.locator("#coord-dismiss").click()
    expect(page.locator("#coord-said")).to_have_text(words["reason"])
    expect(log).to_have_text(words["none"])

    choose(page, tr("Reason"), why)
    page.locator("#coord-note").fill("zum Versuch")
    page.locator("#coord-dismiss").click()
    expect(page.locator("#coord-said")).to_have_text(words["done"])
    expect(log.locator("li")).to_contain_text([name])
    expect(log.locator("li")).to_contain_text([f"{why} – zum Versuch"])
    panel.get_by_role("button", name=tr("Close the pair")).click()
    expect(panel.locator(".hint-count")).to_have_text(count_of(view, 1, tr))
    expect(panel.locator(f"[data-hint$='|{row.id}']")).to_be_hidden()

    # it is kept for the next visit, and can be taken away as a file
    page.reload()
    expect(panel.locator(".hint-count")).to_have_text(count_of(view, 1, tr))
    with page.expect_download() as arriving:
        page.locator("[data-dismissed]").click()
    told = Path(arriving.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(told) == 2
    assert name in told[1]
    log.get_by_role("button", name=re.compile(words["back"])).click()
    expect(log).to_have_text(words["none"])
    expect(panel.locator(".hint-count")).to_have_text(count_of(view, 0, tr))
    expect(panel.locator(f"[data-hint$='|{row.id}']")).to_be_visible()


@IN_ENGLISH
def test_lines_field_and_call_change_the_pairs_and_the_address_restores_them(
    page: Page, address: str, ruhr: Atlas, language: str
) -> None:
    tr = translator(language)
    shown(page, address, f"/abstimmung?lang={language}")
    before = says(page, ruhr, tr)
    page.locator("#coord-lines .split-line").nth(1).get_by_role("button").nth(1).click()
    page.wait_for_url(re.compile(r"ty=\d"))
    raised = says(page, ruhr, tr)
    assert raised.split_y == before.split_y + 1
    assert len(raised.within(PARALLEL)) >= len(before.within(PARALLEL))
    page.locator("#coord-lines .split-line").first.get_by_role("button").first.click()
    page.wait_for_url(re.compile(r"tx=\d"))
    assert says(page, ruhr, tr).split_x < before.split_x

    field = ruhr.region.fields[0]
    choose(page, tr("Field"), tr.label(field.short))
    page.wait_for_url(re.compile(f"fd={field.field_id}"))
    says(page, ruhr, tr)
    call = calls(ruhr.tables)[0][0]
    choose(page, tr("Call"), re.compile(re.escape(call)))
    page.wait_for_url(re.compile("call="))
    last = says(page, ruhr, tr)
    points = page.locator("#coord-scatter .scatterlayer .trace .points path.point")
    expect(points).to_have_count(len(last.rows) - last.undefined)

    # the same address in a page that knows nothing else
    assert now(page).call == call
    page.goto(page.url)
    says(page, ruhr, tr)
    expect(points).to_have_count(len(last.rows) - last.undefined)
    expect(listed(page, tr("Field"))).to_have_value(tr.label(field.short))
    expect(listed(page, tr("Call"))).to_have_value(re.compile(re.escape(call)))
