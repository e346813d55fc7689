"""Real requests to the app's server: every callback in every situation answers with JSON and with words."""

from __future__ import annotations

import gc
import gzip
import json
import re
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
from posted import BOTH, FOCUS, NONSENSE, NOTHING, PATHS, RULES, answers, values

from dashboards.language import translator
from dashboards.state import Selection
from dashboards.views.filters import subset
from ecosystem import export, tables
from ecosystem.model import LANGUAGES

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas


@BOTH
@pytest.mark.parametrize("query", ["", *NOTHING, *NONSENSE])
def test_every_callback_answers_whatever_the_query(
    toy: Atlas, bare: Atlas, browse: Any, query: str, language: str
) -> None:
    for atlas, arrangement in ((toy, "network"), (bare, "map")):
        found = answers(browse(atlas), values(f"lang={language}&{query}", arrangement__data=arrangement))
        assert set(found) > {"screen", "net", "overview-map", "poly-matrix"}


@BOTH
@pytest.mark.parametrize("query", ["", "f=", "f=-", "s=politics&ms=lq", NONSENSE[3]])
def test_every_callback_answers_for_the_default_region(ruhr: Atlas, browse: Any, query: str, language: str) -> None:
    actor = str(ruhr.tables.actors["actor_id"].iloc[0])
    given = values(f"{query}&lang={language}", selected__data="unit:05113", focus__data=f"actor:{actor}")
    assert answers(browse(ruhr), given)["net-drawer"]["children"]


@BOTH
@pytest.mark.parametrize("rule", RULES)
def test_every_callback_answers_whatever_is_selected(toy: Atlas, browse: Any, rule: str, language: str) -> None:
    found = answers(browse(toy), values(f"lang={language}", selected__data=rule))
    assert found["overview-map"]["figure"]["data"]


@pytest.mark.parametrize("path", [*PATHS, "/nowhere", "", "//", "/netz/", "/<script>"])
@BOTH
def test_every_address_has_a_screen(toy: Atlas, browse: Any, words: Any, parts: Any, path: str, language: str) -> None:
    given = values(f"lang={language}", path__data=path, language__data=language)
    found = browse(toy).answer("screen.children", given)["screen"]["children"]
    heads = [part for part in parts(found) if part["type"] == "H1"]
    assert len(heads) == 1
    assert words(heads[0])
    assert len(words(found)) > 100


def output_of(browser: Any, prop: str) -> str:
    (found,) = [name for name in browser.callbacks if prop in name.strip(".").split("...")]
    return str(found)


@BOTH
@pytest.mark.parametrize("query", NOTHING)
def test_where_nothing_is_left_a_page_says_so_and_how_to_get_back(
    toy: Atlas, browse: Any, words: Any, parts: Any, query: str, language: str
) -> None:
    found = answers(browse(toy), values(f"lang={language}&{query}"))
    sentence = translator(language)("No actor passes these filters together.")
    for place in ("overview-body", "net-nothing", "poly-nothing"):
        told = found[place]["children"]
        assert sentence in words(told), place
        (lift,) = [part["props"]["data-lift"] for part in parts(told) if part["props"].get("data-lift")]
        kept = [part for part in query.split("&") if part.partition("=")[0] not in lift.split(",")]
        assert subset(toy, Selection.from_query("&".join(kept))).count > 0


@BOTH
def test_every_finding_is_a_sentence_with_and_without_data(toy: Atlas, bare: Atlas, browse: Any, language: str) -> None:
    for atlas, query in ((toy, ""), (toy, "f="), (bare, "")):
        found = answers(browse(atlas), values(f"lang={language}&{query}"))
        findings = {name: props["children"] for name, props in found.items() if name.endswith("-finding")}
        assert len(findings) >= 3
        for told in findings.values():
            assert len(told) > 20
            assert told.endswith((".", "–."))
            assert not re.search(r"nan|None|\{|inf\b", told)


@BOTH
def test_the_details_of_an_actor_and_of_nobody(toy: Atlas, browse: Any, words: Any, language: str) -> None:
    for focus in FOCUS:
        told = browse(toy).answer(
            output_of(browse(toy), "net-drawer.children"), values(f"lang={language}", focus__data=focus)
        )
        text = words(told["net-drawer"]["children"])
        kind, _, actor = focus.partition(":")
        if focus == "actor:a-town":
            assert "Stadt Ahausen" in text
            assert "Netz Ahausen GmbH" in text
        elif kind == "actor":
            assert text == translator(language)("No actor “{id}” in these data.", id=actor)
        elif kind == "place":
            assert text == translator(language)("This group is not part of the picture at this level.")
        else:
            assert text == ""


def test_the_details_of_an_actor_of_whom_nothing_is_known(bare: Atlas, browse: Any, words: Any) -> None:
    told = browse(bare).answer(
        output_of(browse(bare), "net-drawer.children"), values("lang=en", focus__data="actor:a-college")
    )
    text = words(told["net-drawer"]["children"])
    assert "No tie is recorded here; that does not mean that there is none." in text
    assert "not stated" in text
    assert "()" not in text


@BOTH
@pytest.mark.parametrize("rule", ["gone", "place:XX999", "set:0123456789.eJz", "cell:.", "actor:gone"])
def test_a_selection_of_other_data_is_said(toy: Atlas, browse: Any, words: Any, rule: str, language: str) -> None:
    found = answers(browse(toy), values(f"lang={language}", selected__data=rule))
    sentence = translator(language)("The selection of this link does not exist in these data.")
    assert found["net"]["selected"] == []
    assert words(found["net-panel"]["children"]) == sentence
    assert words(found["poly-card"]["children"]) == sentence


def test_a_selection_reaches_network_panel_and_live_region(toy: Atlas, browse: Any, words: Any) -> None:
    found = answers(browse(toy), values("lang=en&f=care", selected__data="place:XX112"))
    assert found["net"]["selected"] == ["b-clinic", "b-institute", "b-labs", "b-town"]
    assert "4 actors selected, 1 of them hidden by the filters" in words(found["net-panel"]["children"])
    told = "Page Network. Filters: Field: Care. 5 actors and 5 linked pairs shown. 4 actors selected."
    assert found["said"]["data"] == told


def test_what_was_picked_on_the_canvas_becomes_a_rule(toy: Atlas, browse: Any) -> None:
    browser = browse(toy)
    told = browser.answer("net-picked.data", values(net__selected=["b-labs", "a-town"]))
    assert told["net-picked"]["data"] == "actor:a-town,b-labs"
    # what the rule already says is no news, so that a link is not rewritten by being opened
    same = values(net__selected=["c-motors", "c-council", "c-citizens"], selected__data="place:XX113")
    assert browser.answer("net-picked.data", same) == {}


def test_the_table_holds_the_same_actors_as_the_picture(toy: Atlas, ruhr: Atlas, browse: Any) -> None:
    for atlas, query in ((toy, "f=care"), (ruhr, "f=green&s=science"), (ruhr, "")):
        browser = browse(atlas)
        picture = browser.answer(output_of(browser, "net.data"), values(query))
        table = browser.answer(output_of(browser, "net-table.rowData"), values(query))
        assert [row["id"] for row in table["net-table"]["rowData"]] == picture["net"]["data"]["id"]
        # hidden tables are not sent
        hidden = browser.answer(output_of(browser, "net-table.rowData"), values(query) | {"net-tabled.data": "0"})
        assert "net-table" not in hidden
        assert hidden["net"]


def test_undefined_numbers_of_a_table_are_null(toy: Atlas, browse: Any) -> None:
    browser = browse(toy)
    found = browser.answer(output_of(browser, "poly-table.rowData"), values("s=politics"))
    rows = found["poly-table"]["rowData"]
    assert len(rows) == 6
    assert {(row["share"], row["lq"], row["low"], row["high"]) for row in rows} == {(None, None, None, None)}


def test_an_answer_with_nan_would_be_found(toy: Atlas, browse: Any) -> None:
    with pytest.raises(AssertionError, match="NaN"):
        json.loads('{"x": NaN}', parse_constant=type(browse(toy)).refuse)


@pytest.mark.parametrize("path", PATHS)
def test_index_page_says_its_language(toy: Atlas, browse: Any, path: str) -> None:
    # a client that keeps cookies overwrites those it is given
    client = browse(toy).client.application.test_client(use_cookies=False)

    def language(query: str = "", cookie: str = "", accept: str = "") -> str:
        headers = {name: value for name, value in (("Cookie", cookie), ("Accept-Language", accept)) if value}
        found = re.search(r'<html lang="(\w+)"', client.get(path + query, headers=headers).text)
        assert found is not None
        return found[1]

    assert language() == "de"
    assert language(accept="en-GB,en;q=0.9") == "en"
    assert language(accept="fr,en;q=0.5,de;q=0.3") == "en"
    assert language(accept="fr") == "de"
    assert language(cookie="lang=en", accept="de") == "en"
    assert language("?lang=de", cookie="lang=en", accept="en") == "de"
    assert language("?lang=en", cookie="lang=de") == "en"
    # what is no language of ours is passed over
    assert language("?lang=fr", cookie="lang=xx", accept="en") == "en"
    assert language('?lang="><script>') == "de"


def test_the_index_page_asks_nobody_else(ruhr: Atlas, browse: Any) -> None:
    client = browse(ruhr).client
    page = client.get("/").text
    assets = re.findall(r'<(?:script|link|img|iframe)\b[^>]*?(?:src|href)="([^"]+)"', page)
    assert len(assets) > 10
    for address in assets:
        assert re.match(r"/[^/]", address), address
        with client.get(address) as answer:
            assert (answer.status_code, len(answer.data) > 0) == (200, True), address
    with client.get("/assets/style.css") as answer:
        assert not re.search(r"@import|url\(['\"]?(?:https?:)?//", answer.text)


@pytest.mark.parametrize("name", ["ecosystem.js", "reach.js", "grid.js", "style.css", "page-methods.css"])
def test_own_assets_name_no_other_host(toy: Atlas, browse: Any, name: str) -> None:
    with browse(toy).client.get(f"/assets/{name}") as answer:
        text = answer.text
    # a namespace of SVG is a name, nothing is fetched from it
    assert re.findall(r"https?://(?!www\.w3\.org/)[\w.]+", text) == []


@pytest.mark.parametrize("region", ["toy", "ruhr"])
def test_every_file_of_the_region_is_there_byte_for_byte(region: str, request: Any, browse: Any) -> None:
    atlas: Atlas = request.getfixturevalue(region)
    client = browse(atlas).client
    for name, text in tables.texts(atlas.tables).items():
        answer = client.get(f"/download/{name}")
        assert (answer.status_code, answer.data) == (200, text.encode()), name
        assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"


def test_every_format_of_the_atlas_is_there(toy: Atlas, browse: Any) -> None:
    starts = {"xlsx": b"PK", "gexf": b"<gexf", "graphml": b"<graphml", "json": b"{"}
    assert set(starts) == set(export.formats())
    for ending, start in starts.items():
        answer = browse(toy).client.get(f"/download/toy.{ending}")
        assert answer.status_code == 200
        assert answer.data.startswith(start)
        assert answer.data == export.render(toy, ending)
        assert answer.headers["Content-Disposition"] == f"attachment; filename=toy.{ending}"


def test_types_of_downloads(toy: Atlas, browse: Any) -> None:
    kinds = {
        name: browse(toy).client.get(f"/download/{name}").content_type
        for name in ("actors.csv", "boundaries.geojson", "region.toml", "toy.json", "toy.gexf")
    }
    assert kinds == {
        "actors.csv": "text/csv; charset=utf-8",
        "boundaries.geojson": "application/geo+json",
        "region.toml": "application/toml",
        "toy.json": "application/json",
        "toy.gexf": "application/xml; charset=utf-8",
    }


@pytest.mark.parametrize(
    "name",
    [
        "gone.csv", "toy.csv", "ruhr.xlsx", "toy", "actors", "ACTORS.CSV", "actors.csv/", "a/actors.csv",
        "../actors.csv", "..%2Factors.csv", "%2e%2e/%2e%2e/pyproject.toml", "..\\actors.csv", "%5c..%5cactors.csv",
        "actors.csv%00", "~/actors.csv", "C:/actors.csv", "README.md", "%FF.csv", "é.csv", "a" * 3000,
    ],
)  # fmt: skip
def test_no_other_file_can_be_had(toy: Atlas, browse: Any, name: str) -> None:
    answer = browse(toy).client.get(f"/download/{name}")
    assert answer.status_code == 404
    assert "Content-Disposition" not in answer.headers


def test_the_whole_folder_cannot_be_had(toy: Atlas, browse: Any) -> None:
    for path in ("/download", "/download/", "/download//etc/passwd", "/assets/../app.py", "/assets/%2e%2e/app.py"):
        answer = browse(toy).client.get(path)
        assert "Content-Disposition" not in answer.headers
        assert "root:" not in answer.text
        assert "def create_app" not in answer.text


def test_a_callback_that_fails_says_so_and_keeps_the_picture(toy: Atlas, browse: Any, caplog: Any) -> None:
    # no browser sends a number for a query: what no test foresaw must not be an error page
    answer = browse(toy).post("said.data", values(changed__data=7))
    assert answer.status_code == 200
    assert answer.get_json() == {"multi": True, "sideUpdate": {"failure": {"hidden": False}}, "response": {}}
    assert "A callback failed" in caplog.text


def test_pages_asked_for_at_once_keep_their_own_language(toy: Atlas, browse: Any) -> None:
    application = browse(toy).client.application
    wrong: list[str] = []

    def ask(language: str) -> None:
        client = application.test_client()
        pages = (client.get(f"/?lang={language}").text for _ in range(20))
        wrong.extend(language for page in pages if f'<html lang="{language}">' not in page)

    before = sys.getswitchinterval()
    # threads take turns so often that what they share is seen half done
    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=ask, args=(language,)) for language in LANGUAGES * 4]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert wrong == []


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_the_networks_columns_are_sent_compressed(ruhr: Atlas, browse: Any, coding: str) -> None:
    browser = browse(ruhr)
    (output,) = (one for one in browser.callbacks if "net.data" in one)
    one = browser.callbacks[output]
    given = values("lang=de&lvl=actor")
    full = {name: given.get(name) for name in (*one.inputs, *one.states)}
    plain, packed = browser.post(output, full), browser.post(output, full, accept=coding)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < 0.5 * len(plain.data)
    data = plain.json["response"]["net"]["data"]
    # columns, and those of numbers as bytes: no object per actor or pair
    numbers = ("x", "y", "mx", "my", "size", "c", "s", "rank", "flags", "a", "b", "ek", "ew")
    assert [key for key in numbers if set(data[key]) != {"dtype", "bdata"}] == []
    assert {type(one) for key in ("id", "label") for one in data[key]} == {str}


def test_an_answer_of_a_few_words_is_sent_as_it_is(toy: Atlas, browse: Any) -> None:
    browser = browse(toy)
    given = {name: values()[name] for name in browser.callbacks["said.data"].inputs}
    assert "Content-Encoding" not in browser.post("said.data", given, accept="gzip").headers


def test_the_index_page_is_small(ruhr: Atlas, browse: Any) -> None:
    # ids and types for the renderer's check, and no actor, source or option of the pages
    page = browse(ruhr).client.get("/").text
    assert len(page) < 70_000
    assert str(ruhr.tables.sources["url"].iloc[0]) not in page


def test_files_are_compressed_and_closed(toy: Atlas, browse: Any) -> None:
    answer = browse(toy).client.get("/assets/print.css", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"@page" in gzip.decompress(answer.data)
    answer.close()
    # a file left open is told when it is collected, and fails the test
    del answer
    gc.collect()
