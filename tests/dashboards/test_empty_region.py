"""A region of which only the ground is known, as ``ecosystem new-region`` makes it: every page answers, and says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from posted import BOTH, FOCUS, PATHS, RULES, answers, values

from dashboards.language import translator
from dashboards.preparation import prepare
from ecosystem import atlas, export, summary, tables

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

TABLES = ("actors", "actor_fields", "ties", "projects", "participations", "city_fields", "flows")
LONE = ["", "f=", "f=energy&s=science", "ms=lq&un=municipality&nw=1", "t=2000-2020&q=x"]


@pytest.fixture(scope="session", params=["no actor", "one actor", "one place"])
def ground(toy: Atlas, request: pytest.FixtureRequest) -> Atlas:
    """Places, outlines and fields; of actors none, or one without anything."""
    whole = toy.tables
    none: dict[str, Any] = {name: tables.empty(name) for name in TABLES}
    if request.param == "one actor":
        none["actors"] = whole.actors.head(1)
    if request.param == "one place":
        none |= {"places": whole.places.head(1), "boundaries": None}
    digest = {"no actor": "1", "one actor": "2", "one place": "3"}[request.param] * 64
    return atlas.build(replace(whole, **none, digest=digest), cache=False)


@BOTH
@pytest.mark.parametrize("query", LONE)
def test_every_callback_answers(ground: Atlas, browse: Any, query: str, language: str) -> None:
    found = answers(browse(ground), values(f"lang={language}&{query}"))
    assert set(found) > {"screen", "net", "overview-map", "poly-matrix"}


@pytest.mark.parametrize(("rule", "focus"), list(zip(RULES, [*FOCUS, "", ""], strict=True)))
def test_every_callback_answers_whatever_is_selected(ground: Atlas, browse: Any, rule: str, focus: str) -> None:
    answers(browse(ground), values("lang=de", selected__data=rule, focus__data=focus))


def test_what_pages_open_with_is_made_ahead(ground: Atlas) -> None:
    fresh = replace(ground)
    prepare(fresh, lambda: None)
    assert fresh.graph.number_of_nodes() > 0


@BOTH
def test_the_pages_say_that_nobody_is_recorded(ground: Atlas, browse: Any, words: Any, language: str) -> None:
    if len(ground.tables.actors):
        pytest.skip("this region has an actor")
    found = answers(browse(ground), values(f"lang={language}&f="))
    tr = translator(language)
    for place in ("overview-body", "net-nothing", "poly-nothing"):
        told = words(found[place]["children"])
        # no filter is to blame, also where one is set
        assert tr("This region has no actor yet: only its municipalities and fields are recorded.") in told, place
        assert tr("No actor passes these filters together.") not in told


@BOTH
@pytest.mark.parametrize("path", PATHS)
def test_every_page_stands_and_shows_words(
    ground: Atlas, browse: Any, words: Any, parts: Any, path: str, language: str
) -> None:
    assert browse(ground).client.get(path).status_code == 200
    given = values(f"lang={language}", path__data=path, language__data=language)
    found = browse(ground).answer("screen.children", given)["screen"]["children"]
    assert len([part for part in parts(found) if part["type"] == "H1"]) == 1
    assert "nan" not in words(found).lower().split()


def test_every_format_is_written(ground: Atlas) -> None:
    for ending in export.formats():
        assert export.render(ground, ending)
    assert summary.summary(ground)
