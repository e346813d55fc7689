"""Scenarios in a real browser: try, add, undo, redo, ask and stop, save and load, take over from other pages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chromium import IN_ENGLISH, IN_GERMAN, NARROW, barriers, shown
from playwright.sync_api import expect

from dashboards.components.scenario_panels import done
from dashboards.state import Selection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from ecosystem.atlas import Atlas

pytestmark = pytest.mark.browser

WORDS = {
    "de": {
        "path": "/szenario", "try": "Ausprobieren", "undo": "Rückgängig", "redo": "Wiederholen", "one": "Akteur",
        "other": "Anderer Akteur", "add": "Zum Szenario hinzufügen", "lack": "Noch auszufüllen", "tie": "Verbindung",
        "reset": "Auf Ausgangslage zurück", "same": "derselbe Akteur", "save": "Als Datei speichern",
        "load": "Datei laden", "fault": "kein Szenario", "which": "Welche neue Verbindung?",
        "stop": "Stopp", "stopped": "Angehalten",
        "take": "Übernehmen", "before": "Vorher", "after": "Nachher", "steps": "Das Szenario hat 2 Schritte",
        "over": "In Szenario übernehmen",
    },
    "en": {
        "path": "/scenario", "try": "Try it", "undo": "Undo", "redo": "Redo", "one": "Actor",
        "other": "Other actor", "add": "Add to the scenario", "lack": "Still to fill in", "tie": "Tie",
        "reset": "Back to the facts", "same": "the same actor", "save": "Save as a file", "load": "Load a file",
        "fault": "no scenario", "which": "Which new tie?", "stop": "Stop", "stopped": "Stopped",
        "take": "Take over", "before": "Before", "after": "After", "steps": "The scenario has 2 steps",
        "over": "Take into the scenario",
    },
}  # fmt: skip
ENDS = {"one": "stadt-essen", "other": "ruhr-universitaet-bochum", "relation": "cooperates_with"}


@pytest.fixture(autouse=True)
def patience(page: Page) -> Iterator[None]:
    """How long an answer takes says how busy the machine is, not whether it is right."""
    page.set_default_timeout(120_000)
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)


def token_of(atlas: Atlas, *asked: dict[str, Any]) -> str:
    """What a link has for a scenario made of these changes."""
    token = ""
    for one in asked:
        told = done(atlas, Selection(scenario=token), None, one)[1]
        assert told["ok"], told
        token = told["token"]
    return token


@pytest.fixture(scope="module")
def steps(ruhr: Atlas) -> str:
    """A tie, a call, a new actor, one that leaves; with assumptions."""
    partners = ["stadt-essen", "stadt-bochum", "ruhr-universitaet-bochum"]
    return token_of(
        ruhr,
        {"what": "form", "kind": "tie", "values": ENDS | {"author": "table 3", "reason": "they meet"}},
        {
            "what": "form",
            "kind": "call",
            "values": {"title": "Pilot", "fields": ["green"], "many": partners, "number": 2},
        },
        {"what": "form", "kind": "actor", "values": {"name": "Lab", "sector": "science", "place": "05916000"}},
        {"what": "form", "kind": "leave", "values": {"one": "duisburger-hafen-ag"}},
        {"what": "words", "title": "More bridges", "assumptions": "all want it"},
    )


def choose(page: Page, name: str, typed: str, option: str) -> None:
    box = page.get_by_role("textbox", name=name, exact=True)
    box.fill(typed)
    page.get_by_role("option", name=option, exact=True).click()


def listed(page: Page, count: int) -> None:
    expect(page.locator(".scen-steps li")).to_have_count(count)


@IN_GERMAN
def test_try_add_undo_and_redo(page: Page, address: str, language: str) -> None:
    said = WORDS[language]
    shown(page, address, f"{said['path']}?lang={language}")
    expect(page.locator(".scen-examples li")).to_have_count(3)
    page.locator(".scen-examples .button").first.click()
    page.wait_for_url(re.compile(r"sc="))
    listed(page, 1)
    # both halves are drawn, as large as their frame
    page.wait_for_selector("#scen-picture .subplot.x2y2 .points path")
    box = page.locator("#scen-picture .main-svg").first.bounding_box()
    assert box
    assert box["width"] > 900
    expect(page.locator("#scen-picture")).to_contain_text(said["before"])
    expect(page.locator("#scen-picture")).to_contain_text(said["after"])

    # a form that lacks something says what, and nothing is added
    page.get_by_role("button", name=said["add"]).click()
    expect(page.locator("#scen-wrong")).to_contain_text(said["lack"])
    choose(page, said["one"], "stadt essen", "Stadt Essen")
    choose(page, said["other"], "stadt essen", "Stadt Essen")
    page.get_by_role("button", name=said["add"]).click()
    expect(page.locator("#scen-wrong")).to_contain_text(said["same"])
    listed(page, 1)
    choose(page, said["other"], "ruhr-universitat", "Ruhr-Universität Bochum")
    page.get_by_role("button", name=said["add"]).click()
    listed(page, 2)
    expect(page.locator("#scen-wrong")).to_be_empty()
    expect(page.locator("#scen-said")).to_contain_text(said["steps"])
    expect(page.locator("#live")).to_contain_text("2")
    expect(page.get_by_role("textbox", name=said["one"], exact=True)).to_have_value("")
    expect(page.locator("#scen-differences tbody tr").first).to_be_visible()

    # back and forth with buttons, keys and the browser
    page.get_by_role("button", name=said["undo"]).click()
    listed(page, 1)
    page.locator("#scen-steps-head").focus()
    page.keyboard.press("Control+y")
    listed(page, 2)
    page.keyboard.press("Control+z")
    listed(page, 1)
    page.go_back()
    listed(page, 2)
    page.get_by_role("button", name=re.compile(r".*" + said["tie"] + r".*Stadt Essen.*")).click()
    listed(page, 1)
    expect(page.locator("#scen-steps-head")).to_be_focused()

    # to the facts, asked once, and back step by step
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=said["reset"]).click()
    listed(page, 0)
    page.get_by_role("button", name=said["redo"]).click()
    listed(page, 1)

    # another page shows facts, and coming back shows the scenario again
    page.goto(f"{address}/?lang={language}")
    page.wait_for_selector("#content h1")
    assert "sc=" not in page.url
    page.goto(f"{address}{said['path']}?lang={language}")
    listed(page, 1)


@IN_ENGLISH
def test_a_question_is_answered_part_by_part_and_can_be_stopped(page: Page, address: str, language: str) -> None:
    said = WORDS[language]
    shown(page, address, f"{said['path']}?lang={language}")
    page.get_by_role("button", name=said["which"]).click()
    page.locator("[data-question=stop]").click()
    expect(page.locator("#scen-progress")).to_contain_text(said["stopped"])
    expect(page.locator("#scen-answered tbody tr").first).to_be_visible()
    page.locator("[data-question=leaving]").click()
    expect(page.locator("#scen-progress")).to_contain_text("40")
    expect(page.locator("#scen-answered tbody tr")).to_have_count(8)
    page.locator("#scen-answered .button").first.click()
    listed(page, 1)


@IN_GERMAN
def test_save_load_and_a_file_that_is_none(page: Page, address: str, language: str, steps: str, tmp_path: Path) -> None:
    said = WORDS[language]
    shown(page, address, f"{said['path']}?lang={language}&sc={steps}")
    listed(page, 4)
    expect(page.locator("#scen-called")).to_have_value("More bridges")
    with page.expect_download() as got:
        page.get_by_role("button", name=said["save"]).click()
    text = Path(got.value.path()).read_text(encoding="utf-8")
    told = json.loads(text)
    assert (told["region"], len(told["steps"]), told["assumptions"]) == ("ruhr", 4, ["all want it"])
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(told | {"steps": told["steps"][:1]}), encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=said["load"]).click()
    chooser.value.set_files(file)
    listed(page, 1)
    file.write_text('{"schema": 1, "steps": [{"action": "burn"}]}', encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=said["load"]).click()
    chooser.value.set_files(file)
    expect(page.locator("#scen-wrong")).to_contain_text(said["fault"])
    expect(page.locator("#scen-wrong")).to_contain_text("burn")
    listed(page, 1)


def test_a_scenario_too_long_for_a_link_stays_in_the_browser(
    page: Page, address: str, ruhr: Atlas, tmp_path: Path
) -> None:
    ties = ruhr.tables.ties["tie_id"].head(450).tolist()
    told = {
        "schema": 1, "region": "ruhr", "base": ruhr.version, "title": "", "assumptions": [],
        "steps": [{"action": "remove", "table": "ties", "key": tie, "cells": {}, "reason": f"{tie} {n**7}"}
                  for n, tie in enumerate(ties)],
    }  # fmt: skip
    file = tmp_path / "long.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    shown(page, address, "/scenario?lang=en")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Load a file").click()
    chooser.value.set_files(file)
    page.wait_for_url(re.compile(r"sc=(~|%7E)"))
    listed(page, 450)
    expect(page.locator("#scen-share")).to_contain_text("Too long for a link")
    page.reload()
    listed(page, 450)
    page.evaluate("window.localStorage.clear()")
    shown(page, address, "/scenario?lang=en&sc=~0123456789abcdef")
    expect(page.locator("#scen-notices")).to_contain_text("this browser does not have it")


@IN_ENGLISH
def test_taken_over_from_a_consortium_and_from_a_pair(page: Page, address: str, language: str) -> None:
    said = WORDS[language]
    shown(page, address, f"{'/konsortium' if language == 'de' else '/consortium'}?lang={language}&fd=green")
    page.get_by_role("link", name=said["over"]).click()
    page.wait_for_url(re.compile(r"/s[zc].*sc="))
    listed(page, 1)
    assert "sa=" not in page.url
    shown(page, address, f"{'/abstimmung' if language == 'de' else '/coordination'}?lang={language}&pair=05112.05562")
    page.get_by_role("link", name=said["over"]).first.click()
    # what was there before stays
    listed(page, 2)


@IN_GERMAN
def test_files_and_the_same_as_a_table(page: Page, address: str, language: str, steps: str) -> None:
    path = WORDS[language]["path"]
    shown(page, address, f"{path}?lang={language}&sc={steps}")
    listed(page, 4)
    with page.expect_download() as got:
        page.locator('.scen-side a[href*="graph.json"]').click()
    graph = Path(got.value.path()).read_text(encoding="utf-8")
    assert "scenario" in graph
    assert "actor:lab" in graph
    # the graph of the bar is that of the facts
    page.locator(".page-export summary").click()
    with page.expect_download() as got:
        page.locator('.page-export a[href*="graph.json"]').first.click()
    assert "actor:lab" not in Path(got.value.path()).read_text(encoding="utf-8")
    shown(page, address, f"{path}?lang={language}&sc={steps}&tab=1")
    expect(page.locator("#scen-steps-table .ag-center-cols-container .ag-row")).to_have_count(4)
    # counts stand among shares: whole numbers have no decimals
    differences = page.locator("#scen-differences-table")
    expect(differences).to_contain_text("Erfasste Verbindungen")
    expect(differences).not_to_contain_text(",0000")


@pytest.mark.parametrize(
    ("language", "more"),
    [
        ("de", ""),
        ("en", "sc"),
        ("de", "sc&theme=dark&gr=map"),
        ("en", "sc&theme=contrast"),
        ("de", "sc&tab=1"),
        ("en", "sc&bm=1.25"),
    ],
)
def test_no_barrier_in_any_theme(page: Page, address: str, language: str, more: str, steps: str) -> None:
    shown(page, address, f"{WORDS[language]['path']}?lang={language}&{more.replace('sc', f'sc={steps}', 1)}")
    page.wait_for_selector(".scen-steps li" if more else ".scen-examples li")
    page.wait_for_timeout(300)
    assert barriers(page) == []


@pytest.mark.parametrize("query", ["&gr=map&vp=near", "&bm=1"])
def test_everything_fits_a_small_projector(page: Page, address: str, query: str, steps: str) -> None:
    page.set_viewport_size(NARROW)
    shown(page, address, f"/szenario?lang=de&sc={steps}{query}")
    listed(page, 4)
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if "tab" not in query:
        page.wait_for_selector("#scen-picture .subplot.x2y2 .points path")
        box = page.locator("#scen-picture .main-svg").first.bounding_box()
        assert box
        assert box["width"] > 800
        assert box["height"] > 200
