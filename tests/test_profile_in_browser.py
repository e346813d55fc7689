"""Profil in a real browser: from one subject to the next through its tables, search, print, an unknown id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlparse

import pytest
from chromium import IN_ENGLISH, IN_GERMAN, shown
from playwright.sync_api import expect

from dashboards.components import profilerelations, profilesheets
from dashboards.components.links import KINDS
from dashboards.components.portrait import actor_sentences, sentences
from dashboards.components.profilepage import ROWS
from dashboards.components.search import kind_names
from dashboards.components.subjects import kind_word, name_of, subject_of
from dashboards.language import translator
from dashboards.pages.profile import PAGE
from dashboards.state import Selection
from dashboards.views.profile import profile

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas

pytestmark = pytest.mark.browser


def section(page: Page, heading: str) -> Locator:
    """The part of a profile under this heading."""
    return page.locator("section.block", has=page.get_by_role("heading", name=heading, exact=True))


def reads(page: Page, atlas: Atlas, kind: str, tr: Translator) -> Selection:
    """The profile of this kind that the address names, once its sentences are on screen."""
    page.wait_for_url(re.compile(rf"/profile?/({'|'.join(KINDS[kind])})/"))
    selection = Selection(language=tr.language, subject=unquote(PAGE.rest(urlparse(page.url).path)))
    one = subject_of(atlas, selection)
    assert one is not None
    expect(page.get_by_role("heading", level=1)).to_have_text(name_of(one, tr))
    expect(page.locator(".profile-head .kind")).to_have_text(kind_word(kind, tr))
    known = profile(atlas, one.key) if kind == "actor" else None
    told = sentences(atlas, one, tr) if known is None else actor_sentences(atlas, one, known, tr)
    expect(page.locator(".profile-summary .finding")).to_have_text(" ".join(told))
    # what is counted last
    partners = profilerelations.partners(atlas, selection, tr).rows
    expect(section(page, tr("Partners")).locator("tbody tr")).to_have_count(min(len(partners), ROWS))
    return selection


@IN_GERMAN
def test_from_a_field_to_a_city_an_actor_its_cluster_and_a_sector(
    page: Page, address: str, ruhr: Atlas, language: str
) -> None:
    tr = translator(language)
    shown(page, address, f"/profil?lang={language}")
    lists = page.locator(".profile-lists")
    expect(lists.get_by_role("link")).not_to_have_count(0)
    first, other = ruhr.region.fields[:2]
    lists.get_by_role("link", name=tr.label(first.name), exact=True).click()
    field = reads(page, ruhr, "field", tr)
    places = profilesheets.places(ruhr, field, tr).rows
    rows = section(page, tr("Cities")).locator("tbody tr")
    expect(rows.first).to_contain_text(tr.number(float(places[0]["count"])))

    page.locator(".profile-compare input").first.click()
    page.get_by_role("option", name=tr.label(other.name), exact=True).click()
    page.wait_for_url(re.compile(f"cmp={other.field_id}"))
    heads = page.locator("#profile-compared thead th")
    expect(heads).to_have_text([tr("Figure"), tr.label(first.name), tr.label(other.name)])
    page.keyboard.press("Escape")

    rows.first.get_by_role("link").click()
    city = reads(page, ruhr, "place", tr)
    members = profilesheets.members(ruhr, city, tr).rows
    section(page, tr("Actors")).locator("tbody tr").first.get_by_role("link").click()
    actor = reads(page, ruhr, "actor", tr)
    assert members[0]["name"] == page.locator("h1").inner_text()
    known = profile(ruhr, actor.subject.partition("/")[2])
    assert known is not None
    expect(page.locator(".entry-facts")).to_contain_text(known.place)
    if known.cluster_id:
        page.locator(".entry-facts").get_by_role("link", name=re.compile(r"\w")).first.wait_for()
        page.locator(".entry-facts a[data-page*='/cluster/']").click()
        reads(page, ruhr, "cluster", tr)

    page.locator("section.block", has=page.get_by_role("heading", name=tr("Sectors"), exact=True)).get_by_role(
        "link"
    ).first.click()
    reads(page, ruhr, "sector", tr)


@IN_ENGLISH
def test_a_profile_is_made_to_be_printed(page: Page, address: str, ruhr: Atlas, language: str) -> None:
    tr = translator(language)
    unit = ruhr.material.units("district").ids[0]
    shown(page, address, f"/profil/stadt/{unit}?lang={language}")
    reads(page, ruhr, "place", tr)
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name=tr("Print")).click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".profile-tools button")).to_be_hidden()
    expect(page.locator(".profile-summary .finding")).to_be_visible()
    expect(page.locator(".profile-foot")).to_contain_text(ruhr.version)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@IN_GERMAN
def test_an_unknown_id_is_answered_and_the_search_leads_to_profiles(
    page: Page, address: str, ruhr: Atlas, language: str
) -> None:
    tr = translator(language)
    shown(page, address, f"/profil/stadt/bochumm?lang={language}")
    expect(page.get_by_role("heading", level=1)).to_have_text(tr("There is no profile “{id}”", id="bochumm"))
    # the search knows what was asked for
    page.locator("button.search-open.wide").click()
    expect(page.locator("#search-text")).to_have_value("bochumm")
    expect(page.locator("#search-count")).to_have_text(tr("Nothing found for “{text}”; similar names:", text="bochumm"))
    page.keyboard.press("Escape")
    page.locator("#content").get_by_role("link", name="Bochum", exact=True).first.click()
    reads(page, ruhr, "place", tr)

    name = str(ruhr.tables.actors["name"].iloc[0])
    page.keyboard.press("Control+k")
    page.locator("#search-text").fill(name)
    found = page.locator("#search-hits").get_by_role("group", name=re.compile(kind_names(tr)["actor"]))
    expect(found.get_by_role("option").first).to_contain_text(name)
    page.keyboard.press("Enter")
    reads(page, ruhr, "actor", tr)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
