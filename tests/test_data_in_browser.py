"""Daten & Herkunft and Barrierefreiheit in a real browser: every part, sorting, files, corrections, the statement."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import IN_ENGLISH, IN_GERMAN, shown
from playwright.sync_api import expect

from dashboards.components import datasheets
from dashboards.components.flagwords import flag_words
from dashboards.components.links import evidence_path, method_path
from dashboards.components.measurenames import measure_names
from dashboards.components.words import confidence_names
from dashboards.language import translator
from dashboards.pages import accessibility
from dashboards.pages.data import part_names
from dashboards.state import Selection
from dashboards.views import provenance
from dashboards.views.quality import flags
from ecosystem import confidence

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas

pytestmark = pytest.mark.browser

PATH = {"de": "/daten", "en": "/data"}


def go(page: Page, part: str, tr: Translator) -> None:
    """To a part by its link, which then is the current one."""
    link = page.locator("nav.parts").get_by_role("link", name=part_names(tr)[part], exact=True)
    link.click()
    expect(link).to_have_attribute("aria-current", "location")


@IN_ENGLISH
def test_coverage_sources_and_age_show_every_record(page: Page, address: str, ruhr: Atlas, language: str) -> None:
    tr = translator(language)
    shown(page, address, f"/daten?lang={language}")
    told = page.locator(".page.data > .finding")
    expect(told).to_contain_text(tr.plural("{n} actor", "{n} actors", len(ruhr.tables.actors)))
    expect(told).to_contain_text(ruhr.version)
    thinnest = provenance.coverage(ruhr)
    rows = page.locator("#data-body .sheet-table tbody tr")
    expect(rows).to_have_count(len(thinnest))
    expect(rows.first).to_contain_text(thinnest[0].place)
    units = ruhr.material.units("district").ids
    expect(page.locator(".cover-cells tbody tr")).to_have_count(len(units))
    page.locator("#data-body .toolbar").get_by_text(tr("Municipalities"), exact=True).click()
    expect(page.locator(".cover-cells tbody tr")).to_have_count(len(thinnest))

    # as a table it can be sorted: the fullest first
    page.locator("#data-body .toolbar").get_by_text(tr("Table"), exact=True).click()
    head = page.locator("#data-coverage .ag-header-cell[col-id=actors]")
    for order in ("ascending", "descending"):
        head.locator(".ag-header-cell-label").click()
        expect(head).to_have_attribute("aria-sort", order)
    most = max(row.actors for row in thinnest)
    cell = page.locator("#data-coverage .ag-row[row-index='0'] [col-id=actors]")
    expect(cell).to_have_text(tr.number(most))

    go(page, "sources", tr)
    expect(page.locator("#data-sources [role=grid], #data-sources [role=treegrid]").first).to_have_attribute(
        "aria-rowcount", str(len(ruhr.source_records) + 1)
    )
    # back to a part whose controls are gone by now, and on again
    go(page, "flags", tr)
    page.go_back()
    page.go_back()
    expect(page.locator("#data-coverage .ag-row").first).to_be_visible()
    expect(page).to_have_url(re.compile("un=municipality"))
    go(page, "age", tr)
    page.locator("#data-body .toolbar").get_by_text(tr("Table"), exact=True).click()
    years = datasheets.years(ruhr, Selection(), tr)
    expect(page.locator("#data-body")).to_contain_text(years.notes[0])
    expect(page.locator("#data-years-table .ag-row").first).to_contain_text(str(years.rows[0]["year"]))
    page.locator("#data-body .toolbar").get_by_text(tr("Picture"), exact=True).click()
    expect(page.locator("#data-years .trace.bars")).to_have_count(3)
    page.locator("#data-body details.block-tools summary").click()
    with page.expect_download() as arriving:
        page.get_by_role("link", name="CSV", exact=True).click()
    lines = Path(arriving.value.path()).read_text(encoding="utf-8-sig")
    assert str(years.rows[-1]["year"]) in lines
    assert ruhr.version in lines


@IN_GERMAN
def test_evidence_points_projects_measures_and_downloads(page: Page, address: str, ruhr: Atlas, language: str) -> None:
    tr = translator(language)
    shown(page, address, f"{PATH[language]}?part=evidence&lang={language}")
    strengths, ties = (
        confidence.of_ties(ruhr.tables).value_counts(),
        page.locator("#data-body .evidence section").nth(2),
    )
    told = [tr.number(int(strengths.get(level, 0))) for level in reversed(confidence.LEVELS)]
    expect(ties.locator("td.number")).to_have_text(told)
    expect(page.locator("#data-body .scale tbody tr")).to_have_count(len(confidence_names(tr)))

    go(page, "flags", tr)
    open_ = [flag for flag in flags(ruhr) if flag.records]
    points = page.locator("details.flag")
    expect(points).to_have_count(len(open_))
    points.first.locator("summary").click()
    expect(points.first.locator(".sheet-table tbody tr").first).to_be_visible()
    expect(points.first).to_contain_text(flag_words(tr)[open_[0].flag].cure)
    corrections = page.locator(".corrections")
    expect(corrections.locator("ol li")).to_have_count(4)
    corrections.get_by_role("link", name=tr("Download the tables")).click()
    page.wait_for_url(re.compile("part=downloads"))
    with page.expect_download() as arriving:
        page.get_by_role("link", name="actors.csv", exact=True).click()
    assert Path(arriving.value.path()).read_text(encoding="utf-8-sig").count("\n") >= len(ruhr.tables.actors)

    go(page, "projects", tr)
    first = page.locator("#data-projects .ag-row[row-index='0'] [col-id=title]")
    expect(first).to_have_text(str(ruhr.tables.projects["title"].iloc[0]))

    go(page, "measures", tr)
    names = measure_names(tr)
    expect(page.locator("#data-body .sheet-table tbody tr")).to_have_count(len(names))
    name = "specialisation"
    page.locator(f"#data-body a[data-page='{evidence_path(name, language)}']").click()
    expect(page.locator(".measure-evidence h2")).to_have_text(names[name].title)
    way = page.locator(f".measure-evidence a[data-page='{method_path(name, language)}']")
    way.click()
    page.wait_for_url(re.compile(f"part={name}"))
    expect(page.get_by_role("heading", level=2, name=names[name].title)).to_be_visible()


@IN_ENGLISH
def test_the_statement_names_state_limits_and_a_contact(page: Page, address: str, ruhr: Atlas, language: str) -> None:
    tr = translator(language)
    shown(page, address, f"/barrierefreiheit?lang={language}")
    expect(page.get_by_role("heading", level=1)).to_have_text(tr("Accessibility"))
    content = page.locator("#content")
    for told in (tr.date(accessibility.TESTED), accessibility.AXE, tr("Report a barrier"), tr("Keyboard")):
        expect(content).to_contain_text(told)
    for heading in (tr("What does not work, or not yet"), tr("What helps")):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    if ruhr.region.contact:
        expect(content.get_by_text(ruhr.region.contact)).to_be_visible()
        return
    # without a contact the page says how one is named, and where the data come from
    expect(content.locator("code", has_text="contact =")).to_be_visible()
    content.get_by_role("link", name=tr("Data and sources")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(tr("Data and sources"))
