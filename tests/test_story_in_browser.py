"""The talk, what is taken away and what is sent on, in a real browser."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from chromium import IN_GERMAN, NARROW, barriers, shown
from PIL import Image
from playwright.sync_api import expect
from pptx import Presentation

from dashboards.language import translator
from dashboards.views.talk import steps
from ecosystem import story

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Download, Page

    from ecosystem.atlas import Atlas

pytestmark = pytest.mark.browser
SVG = "{http://www.w3.org/2000/svg}"


def content(download: Download) -> bytes:
    return download.path().read_bytes()


@IN_GERMAN
def test_a_talk_is_given_by_keyboard(page: Page, address: str, ruhr: Atlas, language: str) -> None:
    assert ruhr.tables.talk is not None
    talk = steps(ruhr, ruhr.tables.talk, translator(language))
    shown(page, address, f"/story?lang={language}")
    expect(page.locator(".talk-card")).to_have_count(8)
    assert barriers(page) == []
    page.locator("[data-talk=start]").click()
    title = page.locator(".talk-step:not([hidden]) .talk-title")
    for at, key in enumerate(["", "PageDown", "ArrowRight", "ArrowLeft", "PageUp"]):
        if key:
            page.keyboard.press(key)
        expect(title).to_have_text(talk[[0, 1, 2, 1, 0][at]].title)
    page.keyboard.press("PageDown")
    page.wait_for_url(re.compile(r"/netz\?.*step=2"))
    expect(page.locator(".bar")).to_be_hidden()
    # on the canvas arrows move the view; the presenter's keys still go on
    page.wait_for_selector("#net canvas", state="attached")
    page.locator("#net").focus()
    page.keyboard.press("ArrowRight")
    expect(title).to_have_text(talk[1].title)
    page.keyboard.press("PageDown")
    expect(title).to_have_text(talk[2].title)
    page.wait_for_load_state("networkidle")
    assert barriers(page) == []
    page.locator("body").press("Escape")
    expect(title).to_have_count(0)
    assert "ms=lq" in page.url
    assert "step" not in page.url
    expect(page.locator(".bar")).to_be_visible()
    page.keyboard.press("PageDown")
    expect(title).to_have_text(talk[2].title)


def test_a_link_to_a_step_opens_it_and_after_the_last_comes_the_story(page: Page, address: str) -> None:
    shown(page, address, "/daten?lang=de&step=8")
    expect(page.locator(".talk-step:not([hidden]) .talk-number")).to_have_text("Schritt 8 von 8")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", level=1)).to_have_text("Story")
    expect(page.locator(".talk-step:not([hidden]) .talk-title")).to_have_count(0)
    # a step the talk does not have is no dead end
    shown(page, address, "/netz?lang=de&step=99")
    expect(page.locator(".bar")).to_be_visible()


def test_notes_stand_in_a_second_window(page: Page, address: str, ruhr: Atlas) -> None:
    assert ruhr.tables.talk is not None
    talk = steps(ruhr, ruhr.tables.talk, translator("de"))
    shown(page, address, "/?lang=de&step=1")
    expect(page.locator(".talk-step:not([hidden]) .talk-title")).to_be_visible()
    with page.expect_popup() as opened:
        page.locator(".talk-step:not([hidden]) [data-talk=notes]").click()
    notes = opened.value
    expect(notes.locator("#title")).to_have_text(talk[0].title)
    expect(notes.locator("#notes")).to_contain_text("Frage an die Runde")
    expect(notes.locator("#after")).to_have_text(talk[1].title)
    notes.keyboard.press("PageDown")
    expect(page.locator(".talk-step:not([hidden]) .talk-title")).to_have_text(talk[1].title)
    expect(notes.locator("#title")).to_have_text(talk[1].title)
    notes.close()


def test_a_talk_is_edited_saved_and_loaded(page: Page, address: str, tmp_path: Path) -> None:
    shown(page, address, "/netz?lang=de&f=logistics&theme=light")
    page.locator(".page-export summary").click()
    page.locator("[data-story-add]").click()
    expect(page.locator("#told")).to_have_text("Als Schritt 9 in die Story aufgenommen.")
    page.locator(".pages").get_by_text("Story", exact=True).click()
    cards = page.locator(".talk-card")
    expect(cards).to_have_count(9)
    expect(cards.nth(8)).to_contain_text("Filter: Themenfeld: Logistik.")
    cards.nth(8).locator("[data-edit=up]").click()
    expect(cards.nth(7)).to_contain_text("Filter: Themenfeld: Logistik.")
    cards.nth(7).locator("summary").click()
    cards.nth(7).locator("[name=title]").fill("Logistik: wer mit wem?")
    cards.nth(7).locator("[data-edit=save]").click()
    expect(cards.nth(7).locator("h3")).to_have_text("Logistik: wer mit wem?")
    cards.nth(0).locator("[data-edit=delete]").click()
    expect(cards).to_have_count(8)
    page.locator("[data-edit=undo]").click()
    expect(cards).to_have_count(9)
    with page.expect_download() as saved:
        page.locator("[data-edit=download]").click()
    found, faults = story.parse(content(saved.value))
    assert faults == ()
    assert found is not None
    assert found.steps[7].title.de == "Logistik: wer mit wem?"
    assert found.steps[7].state == "/netz?f=logistics"
    # figures nobody touched stay figures
    assert "{actors}" in found.steps[0].text.de
    # it is still there after the browser was closed, and goes away on request
    page.reload()
    expect(cards).to_have_count(9)
    page.locator("[data-edit=reset]").click()
    expect(cards).to_have_count(8)
    file = tmp_path / "mine.yaml"
    file.write_text("title: Meine\nsteps:\n- title: Nur eins\n  state: /netz?f=mining\n", encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        page.locator("[data-edit=load]").click()
    chooser.value.set_files(file)
    expect(cards).to_have_count(1)
    expect(cards.nth(0)).to_contain_text("In diesen Daten nicht vorhanden, die Ansicht zeigt den Rest: mining.")
    file.write_text("title: Meine\nsteps: [7]\n", encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        page.locator("[data-edit=load]").click()
    chooser.value.set_files(file)
    expect(page.locator("#story-faults")).to_contain_text("steps[1]")
    expect(cards).to_have_count(1)


PICTURE = """([id, format]) => {
  const button = document.createElement("button");
  Object.assign(button.dataset, { picture: id, format });
  document.body.append(button);
  button.click();
  button.remove();
}"""


@pytest.mark.parametrize(
    ("path", "id_"), [("/polyzentrik?lang=de&f=logistics", "poly-map"), ("/netz?lang=de&f=logistics", "net")]
)
def test_a_picture_carries_legend_and_caption(page: Page, address: str, ruhr: Atlas, path: str, id_: str) -> None:
    shown(page, address, path)
    page.wait_for_function("window.ecosystem.pictures().length > 0")
    with page.expect_download() as one:
        page.evaluate(PICTURE, [id_, "svg"])
    assert one.value.suggested_filename.endswith(f"{id_}.svg")
    root = ET.fromstring(content(one.value))  # noqa: S314 -- our own file
    told = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    for part in (
        "Filter: Themenfeld: Logistik.",
        "188 Akteure",
        ruhr.version,
        "GeoNutzV",
        "f=logistics",
        "Grüne Technologien",
    ):
        assert part in told, told
    with page.expect_download() as other:
        page.evaluate(PICTURE, [id_, "png"])
    with Image.open(io.BytesIO(content(other.value))) as picture:
        assert picture.width > 1000
        assert picture.height > 600
        assert len(picture.convert("RGB").getcolors(1_000_000) or []) > 20


def test_a_story_becomes_slides_with_pictures(page: Page, address: str) -> None:
    own = {
        "title": "Zwei",
        "steps": [{"title": "Eins", "state": "/"}, {"title": "Zwei", "state": "/netz?f=health&mix=0"}],
    }
    shown(page, address, "/story?lang=de&theme=dark")
    page.evaluate("(own) => window.dash_clientside.set_props('story-own', { data: JSON.stringify(own) })", own)
    expect(page.locator(".talk-card")).to_have_count(2)
    with page.expect_download(timeout=90_000) as download:
        page.locator("[data-slide=story]").click()
        expect(page.locator("#told")).to_contain_text("Schritt 1 von 2")
        expect(page.locator("#told button")).to_have_text("Abbrechen")
    deck = Presentation(io.BytesIO(content(download.value)))
    assert [slide.shapes.title.text for slide in deck.slides] == ["Zwei", "Eins", "Zwei", "Worauf das beruht"]
    for slide in list(deck.slides)[1:3]:
        (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
        with Image.open(io.BytesIO(picture.image.blob)) as drawn:
            colours = drawn.convert("RGB").getcolors(1_000_000) or []
            assert len(colours) > 20
            # slides are light, whatever the reader's screen is
            assert max(colours)[1] == (255, 255, 255)
    assert "theme=dark" in page.evaluate("document.cookie")


def test_a_page_is_one_to_three_sheets_of_paper_with_its_caption(page: Page, address: str, ruhr: Atlas) -> None:
    for path in ("/netz?lang=de&f=logistics", "/?lang=de", "/story?lang=de"):
        shown(page, address, path)
        page.wait_for_timeout(600)
        pdf = page.pdf(prefer_css_page_size=True, print_background=True)
        assert 1 <= len(re.findall(rb"/Type /Page\b", pdf)) <= 3, path
        boxes = {tuple(float(part) for part in box.split()) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", pdf)}
        assert {(round(box[2]), round(box[3])) for box in boxes} == {(842, 595)}
        page.emulate_media(media="print")
        expect(page.locator("#print-caption")).to_contain_text(ruhr.version)
        expect(page.locator("#print-caption")).to_contain_text(
            "Filter: Themenfeld: Logistik." if "f=" in path else "Kein Filter"
        )
        expect(page.locator("#print-caption")).to_be_visible()
        expect(page.locator(".bar")).to_be_hidden()
        page.emulate_media(media="screen")
        expect(page.locator("#print-caption")).to_be_hidden()
        # else the next sheet would be printed as a screen
        page.emulate_media(media="null")


def test_a_copied_link_says_language_and_data_version(page: Page, address: str, ruhr: Atlas) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shown(page, address, "/netz?f=logistics")
    page.locator("#share").click()
    expect(page.locator("#share")).to_have_text("Link kopiert")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{address}/netz?")
    assert {"f=logistics", "lang=de", f"v={ruhr.version}"} <= set(link.partition("?")[2].split("&"))
    page.goto(link)
    expect(page.locator("#net-finding")).to_contain_text("188 Akteure")
    expect(page.locator(".hints p")).to_have_count(0)


def test_a_link_of_another_version_opens_with_hints(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de&f=logistics&glitter=1&mix=900&v=0123456789")
    hints = page.locator(".hints p")
    expect(hints).to_have_count(2)
    expect(hints.nth(0)).to_contain_text("glitter, mix")
    expect(hints.nth(1)).to_contain_text("0123456789")
    expect(page.locator("#net-finding")).to_contain_text("188 Akteure")


def test_the_graph_of_the_selection_is_offered_while_something_is_selected(page: Page, address: str) -> None:
    shown(page, address, "/netz?lang=de&f=logistics")
    page.locator(".page-export summary").click()
    expect(page.locator(".menu-selected")).to_be_hidden()
    shown(page, address, "/netz?lang=de&f=logistics&sel=place:05112000")
    page.locator(".page-export summary").click()
    expect(page.locator(".menu-selected")).to_be_visible()
    assert barriers(page) == []
    with page.expect_download() as download:
        page.locator(".menu-selected a", has_text="JSON").click()
    found = json.loads(content(download.value))
    actors = [node for node in found["nodes"] if node["kind"] == "actor"]
    assert 0 < len(actors) < 188
    assert {node["place"] for node in actors} == {"05112000"} if "place" in actors[0] else actors


@pytest.mark.parametrize("path", ["/story?lang=de", "/?lang=de&step=1", "/netz?lang=de&step=2&bm=1.25"])
def test_a_talk_fits_a_small_projector(page: Page, address: str, path: str) -> None:
    page.set_viewport_size(NARROW)
    shown(page, address, path)
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert barriers(page) == []
