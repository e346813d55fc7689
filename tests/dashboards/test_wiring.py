"""What callbacks, controls and links name is there: proved without a browser, for every page in both languages."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest

import dashboards
from dashboards import state
from dashboards.app import create_app
from dashboards.components.controls import CONTROL
from dashboards.language import translator
from dashboards.screen import screen
from dashboards.sitemap import PAGES, page_at
from dashboards.state import KEYS, Selection
from ecosystem.model import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash import Dash

    from ecosystem.atlas import Atlas

NAMES = {key.name: key for key in KEYS}
PATHS = sorted({path for page in PAGES for path in (page.PAGE.path, page.PAGE.alias)})
ASSETS = Path(dashboards.__file__).parent / "assets"
SCRIPTS = sorted(path for path in ASSETS.glob("*.js") if path.name != "grid.js")


@pytest.fixture(scope="module")
def app(toy: Atlas) -> Dash:
    return create_app(toy)


def shown(atlas: Atlas, path: str, query: str = "") -> Any:
    selection = Selection.from_query(query)
    return screen(atlas, path, selection, translator(selection.language))


def plain(component: Any) -> Any:
    """A component as the browser gets it."""
    return json.loads(json.dumps(component, default=lambda one: one.to_plotly_json()))


def key(component_id: Any) -> str:
    return component_id if isinstance(component_id, str) else json.dumps(component_id, sort_keys=True)


def named(app: Dash) -> Iterator[tuple[str, str]]:
    """Every (id, property) a callback listens to, reads or sets."""
    for one in app._callback_list:
        for part in (*one["inputs"], *one["state"]):
            yield str(part["id"]), part["property"]
        output = one["output"]
        targets = output.strip(".").split("...") if output.startswith("..") else [output]
        for target in targets:
            component, _, name = target.rpartition(".")
            # without an output Dash makes up a hash
            if component:
                yield component, name.partition("@")[0]


def wired(layout: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {key(part["props"]["id"]): part for part in layout if part["props"].get("id") is not None}


def matches(pattern: str, found: set[str]) -> bool:
    if not pattern.startswith("{"):
        return pattern in found
    wanted = {name: value for name, value in json.loads(pattern).items() if not isinstance(value, list)}
    return any(wanted.items() <= json.loads(one).items() for one in found if one.startswith("{"))


def test_every_id_a_callback_names_is_in_a_page_or_the_frame(app: Dash, toy: Atlas, parts: Any) -> None:
    frame = wired(parts(plain(app.layout)))
    there = set(frame).union(*(wired(parts(plain(shown(toy, path)))) for path in PATHS))
    wanted = {component for component, _ in named(app)}
    assert len(wanted) > 20
    assert not [component for component in wanted if not matches(component, there)]


def test_the_validation_layout_has_them_too(app: Dash, parts: Any) -> None:
    there = set(wired(parts(plain(app.validation_layout))))
    missing = [name for name, _ in named(app) if not matches(name, there) and CONTROL not in name]
    assert missing == []


def test_every_property_a_callback_names_exists(app: Dash, toy: Atlas) -> None:
    components = {
        key(part.id): part
        for root in (app.layout, *(shown(toy, path) for path in PATHS))
        for part in (root, *root._traverse())
        if getattr(part, "id", None) is not None
    }
    checked = 0
    for component, name in named(app):
        if component in components:
            known = components[component].available_properties
            open_ended = any(name.startswith(kind[:-1]) for kind in known if kind.endswith("-*"))
            assert name in known or open_ended, (component, name)
            checked += 1
    assert checked > 30


def test_exceptions_of_callbacks_are_not_suppressed(app: Dash) -> None:
    assert app.config.suppress_callback_exceptions is False


@pytest.mark.parametrize("path", PATHS)
def test_no_id_stands_twice_on_a_screen(app: Dash, toy: Atlas, parts: Any, path: str) -> None:
    everything = parts(plain(app.layout)) + parts(plain(shown(toy, path)))
    ids = Counter(key(part["props"]["id"]) for part in everything if part["props"].get("id") is not None)
    assert [one for one, count in ids.items() if count > 1] == []


def test_no_two_callbacks_without_outputs_share_their_inputs(app: Dash) -> None:
    # Dash tells them apart by their inputs: of two alike only the last would ever run
    app._setup_server()
    assert [one for one, n in Counter(each["output"] for each in app._callback_list).items() if n > 1] == []


def test_no_output_is_set_by_two_callbacks(app: Dash) -> None:
    outputs = Counter(
        target
        for one in app._callback_list
        for target in one["output"].strip(".").split("...")
        if "." in target and "@" not in target
    )
    assert [one for one, count in outputs.items() if count > 1] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.PAGE.path)
def test_every_page_has_a_german_and_an_english_path(page: Any) -> None:
    for path in (page.PAGE.path, page.PAGE.alias):
        assert path.startswith("/")
        assert page_at(path) is page
        assert page_at(path + "/") is page
    titles = [page.title(translator(language)) for language in LANGUAGES]
    assert all(titles)
    # a story is called a story in both
    assert len(set(titles)) == (1 if page.PAGE.path == "/story" else 2)


def test_paths_are_distinct() -> None:
    paths = [path for page in PAGES for path in {page.PAGE.path, page.PAGE.alias}]
    assert len({page.PAGE.slug for page in PAGES}) == len(PAGES)
    assert len(paths) == len(set(paths))
    assert page_at("/nowhere") is None
    assert page_at("/netz/more") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_marks_the_page_one_is_on(toy: Atlas, parts: Any, language: str) -> None:
    for path in PATHS:
        links = [part["props"] for part in parts(plain(shown(toy, path, f"lang={language}"))) if part["type"] == "A"]
        current = [link for link in links if link.get("aria-current") == "page"]
        section = [page_at(link["href"]) for link in links if link.get("aria-current") == "true"]
        page = page_at(path)
        assert page is not None
        assert [page_at(link["href"]) for link in current] == ([page] if page.PAGE.menu else [])
        assert section == ([page_at(page.PAGE.section)] if page.PAGE.section else [])


def test_an_unknown_address_is_said_and_the_menu_stays(toy: Atlas, parts: Any, words: Any) -> None:
    layout = plain(shown(toy, "/nowhere"))
    assert "/nowhere" in words(layout)
    menu = {part["props"].get("data-page") for part in parts(layout)} - {None}
    assert {page.PAGE.path for page in PAGES if page.PAGE.menu} <= menu


LINKS = ("href", "data-page")


def destinations(layout: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for part in layout:
        for name in LINKS:
            if part["props"].get(name):
                yield part["props"][name], part["props"]


def everything(atlas: Atlas, browser: Any, parts: Any, query: str) -> list[dict[str, Any]]:
    """All components a reader can get to see with this query: pages, and what callbacks put into them."""
    selection = Selection.from_query(query)
    actor = next(str(item.anchors[0]) for item in atlas.clusters.items)
    rule = f"field:{atlas.region.field_ids[0]}"
    values = {
        "query.data": query, "selected.data": rule, "focus.data": f"actor:{actor}", "arrangement.data": "map",
        "language.data": selection.language, "url.search": "?" + query,
    }  # fmt: skip
    found = [part for path in PATHS for part in parts(plain(shown(atlas, path, query)))]
    for output, one in browser.callbacks.items():
        given = {name: values.get(name, "/") for name in (*one.inputs, *one.states)} | {"net.selected": [actor]}
        given["changed.data"] = {"before": "", "now": query, "left": "/", "path": "/netz"}
        found += parts(list(browser.answer(output, given).values()))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_leads_nowhere(ruhr: Atlas, browse: Any, parts: Any, language: str) -> None:
    browser = browse(ruhr)
    layout = everything(ruhr, browser, parts, f"lang={language}")
    ids = set(wired(layout))
    inside, downloads, outside = set(), set(), 0
    for target, props in destinations(layout):
        if target.startswith("#"):
            assert target[1:] in ids, target
        elif target.startswith(("/download/", "/export/")):
            downloads.add(target)
        elif target.startswith("/"):
            inside.add(target)
        else:
            assert urlsplit(target).scheme in {"http", "https"}, target
            assert (props["target"], props["rel"]) == ("_blank", "noopener noreferrer")
            outside += 1
    assert None not in {page_at(urlsplit(target).path) for target in inside}
    assert {page_at(urlsplit(target).path) for target in inside} >= {page for page in PAGES if page.PAGE.menu}
    assert outside > 0
    assert len(downloads) > 5
    assert {browser.client.get(target).status_code for target in downloads} == {200}


def test_every_table_offered_for_download_is_there_even_where_a_region_has_few(
    bare: Atlas, browse: Any, parts: Any
) -> None:
    browser = browse(bare)
    layout = parts(plain(shown(bare, "/daten")))
    offered = {target for target, _ in destinations(layout) if target.startswith("/download/")}
    assert {target: browser.client.get(target).status_code for target in offered} == dict.fromkeys(offered, 200)


def claimed(layout: list[dict[str, Any]]) -> Iterator[str]:
    """Keys of the URL that something on screen writes."""
    for part in layout:
        props = part["props"]
        if isinstance(props.get("id"), dict) and props["id"].get("type") == CONTROL:
            yield props["id"]["key"]
        yield from [name for name in props.get("data-lift", "").split(",") if name]
        yield from (name for name, _ in parse_qsl(props.get("data-set", ""), keep_blank_values=True))
        for link in LINKS:
            if str(props.get(link, "")).startswith("/"):
                yield from (name for name, _ in parse_qsl(urlsplit(props[link]).query, keep_blank_values=True))


@pytest.mark.parametrize("query", ["", "f=", "f=&s=", "lang=en&col=cluster"])
def test_every_key_a_control_or_link_writes_is_known(ruhr: Atlas, browse: Any, parts: Any, query: str) -> None:
    keys = set(claimed(everything(ruhr, browse(ruhr), parts, query)))
    assert {"f", "s", "r", "t", "cl", "lang", "theme", "bm", "col", "mix", "ms", "un", "sort"} <= keys
    assert keys <= set(NAMES)


def test_the_script_writes_known_keys_only() -> None:
    script = "".join(path.read_text("utf-8") for path in SCRIPTS)
    read = set(re.findall(r'(?:valueOf|\.get|\.has)\("(\w+)"\)', script))
    written = set(re.findall(r"\bset\(\{ (\w+):", script))
    assert {"sel", "focus", "cl"} <= written
    assert read | written <= set(NAMES)


def test_the_script_offers_what_callbacks_call(app: Dash) -> None:
    script = "\n".join(path.read_text("utf-8") for path in sorted(ASSETS.glob("*.js")))
    called = set(re.findall(r"window\.ecosystem\.(\w+)\(", "".join(app._inline_scripts)))
    offered = set(re.findall(r"^    (\w+)\(.*\) \{$", script, re.MULTILINE)) | set(
        re.findall(r"^    (\w+),$", script, re.MULTILINE)
    )
    for own in ASSETS.glob("page-*.js"):
        offered |= set(re.findall(r"^ +(?:app|window\.ecosystem)\.(\w+) = ", own.read_text("utf-8"), re.MULTILINE))
    assert len(called) > 5
    assert called <= offered


def controls(layout: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        part["props"]["id"]["key"]: part["props"]
        for part in layout
        if isinstance(part["props"].get("id"), dict) and part["props"]["id"].get("type") == CONTROL
    }


@pytest.mark.parametrize("path", PATHS)
def test_every_choice_a_control_offers_can_be_read(toy: Atlas, parts: Any, path: str) -> None:
    for name, props in controls(parts(plain(shown(toy, path)))).items():
        for option in props.get("data", []):
            NAMES[name].read(option["value"])
        NAMES[name].read(as_written(name, props["value"]))


def as_written(name: str, value: Any) -> str:
    """The value of a control as the script writes it to the URL."""
    if isinstance(value, list):
        return ("-" if NAMES[name].kind == "years" else ",").join(map(str, value))
    return str(value)


SAID = Selection(
    language="en", theme="dark", projector="1.25", fields=("care", "-"), sectors=("science",), places=("XX112",),
    kinds=("funds", "co_participation"), clusters=("c02",), colour="cluster", size="funding", mix=30, table=True,
    measure="lq", unit="municipality", sort="size", years=(2020, 2021), undated=False, confidence=2, regions=(".",),
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_controls_show_what_the_link_says(toy: Atlas, parts: Any, path: str) -> None:
    found = controls(parts(plain(screen(toy, path, SAID, translator("en")))))
    assert {"lang", "theme", "bm"} <= set(found)
    for name, props in found.items():
        told = as_written(name, props["value"])
        assert getattr(
            replace(Selection(), **{NAMES[name].attribute: NAMES[name].read(told)}), NAMES[name].attribute
        ) == (getattr(SAID, NAMES[name].attribute))


def test_a_key_this_version_does_not_know_is_named_on_screen(toy: Atlas, words: Any) -> None:
    for path in (*PATHS, "/nowhere"):
        told = words(plain(shown(toy, path, "y=2019&mix=900")))
        assert "mix, y" in told


def test_two_apps_in_one_process_both_answer(toy: Atlas, ruhr: Atlas, browse: Any) -> None:
    small, large = browse(toy), browse(ruhr)
    again = create_app(toy).server.test_client()
    assert len(small.callbacks) == len(large.callbacks) > 5
    values = {"query.data": "lang=en&lvl=actor", "arrangement.data": "network", "net-centre.data": ""}
    values |= {"selected.data": "", "focus.data": ""}
    (output,) = [name for name, one in small.callbacks.items() if "net.data" in name]
    counts = [len(browser.answer(output, values)["net"]["data"]["id"]) for browser in (small, large, small, large)]
    assert counts == [12, len(ruhr.tables.actors)] * 2
    assert len(again.get("/_dash-dependencies").get_json()) == len(small.client.get("/_dash-dependencies").get_json())


def test_the_settings_of_the_script_are_the_state_s(app: Dash, parts: Any) -> None:
    (store,) = [part for part in parts(plain(app.layout)) if part["props"].get("id") == "settings"]
    told = json.loads(store["props"]["data"])
    lists = {name: [*getattr(state, name.upper())] for name in ("shared", "drawn", "narrowing")}
    assert told == {"defaults": state.defaults(), **lists, "years": [1990, 2022]}
