"""What the search finds for what people type, and how it puts it in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from dash import html

from dashboards.components.search import hits, path_of
from dashboards.finder import added, finder
from dashboards.language import translator
from dashboards.sitemap import page_at
from dashboards.views import selected
from dashboards.views.folding import folded
from dashboards.views.search import Entry, Index, nearest, search
from ecosystem.model import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecosystem.atlas import Atlas

GERMAN = translator("de")


def first(index: Index, text: str, kind: str) -> str:
    return next(group.entries[0].name for group in search(index, text) if group.kind == kind)


@pytest.mark.parametrize("text", ["Mülheim", "MUELHEIM", "mulheim", "  mülheim  an ", "ülheim"])
def test_umlauts_may_be_written_as_one_likes(ruhr: Atlas, text: str) -> None:
    assert first(finder(ruhr, GERMAN), text, "place") == "Mülheim an der Ruhr"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("Göthe", "Goethe"),
        ("Göthe", "Gothe"),
        ("ä", "ae"),
        ("ß", "ss"),
        ("é", "e"),
        ("a-b", "A B"),
    ],
)
def test_spellings_that_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_other_words_stay_different() -> None:
    assert len({folded(word) for word in ("Essen", "Esse", "Herne", "Herten", "Hamm", "Hemer")}) == 6


def test_the_short_name_of_an_actor_comes_first(ruhr: Atlas) -> None:
    assert search(finder(ruhr, GERMAN), "RUB")[0].entries[0].key == "ruhr-universitaet-bochum"


def test_a_city_comes_before_the_many_actors_that_bear_its_name(ruhr: Atlas) -> None:
    found = search(finder(ruhr, GERMAN), "Essen")
    assert next((group.kind, group.entries[0].name) for group in found) == ("place", "Essen")
    assert {"actor", "project", "cluster"} <= {group.kind for group in found}
    for group in found:
        assert len(group.entries) == min(group.total, 6)


def test_every_word_typed_has_to_be_there(toy: Atlas) -> None:
    found = finder(toy, GERMAN)
    assert {entry.key for group in search(found, "ahausen") for entry in group.entries if group.kind == "actor"} == {
        "a-college", "a-council", "a-grid", "a-town", "a-works"
    }  # fmt: skip
    (group,) = search(found, "ahausen netz")
    assert [entry.key for entry in group.entries] == ["a-grid"]
    # the short name and an alias of the college, which its name does not have
    for text in ("HSA", "University of Ahausen"):
        assert [entry.key for group in search(found, text) for entry in group.entries] == ["a-college"]


def test_the_order_whole_name_then_beginning_then_word_then_inside() -> None:
    names = ["Nordport", "Port", "Portal", "Neuer Port"]
    index = Index(tuple(Entry("actor", name, name, weight=9 if name == "Nordport" else 0) for name in names))
    assert [entry.name for entry in search(index, "port")[0].entries] == ["Port", "Portal", "Neuer Port", "Nordport"]


def test_among_equals_the_better_tied_comes_first() -> None:
    index = Index(tuple(Entry("actor", str(n), f"Port {n}", weight=n) for n in (1, 3, 2)))
    assert [entry.key for entry in search(index, "port")[0].entries] == ["3", "2", "1"]


@pytest.mark.parametrize("text", ["", "  ", "–", "()", "%"])
def test_nothing_typed_finds_nothing(toy: Atlas, text: str) -> None:
    assert search(finder(toy, GERMAN), text) == ()
    _, told = hits(finder(toy, GERMAN), text, GERMAN)
    assert told


def test_a_slip_of_the_pen_finds_what_was_meant(ruhr: Atlas) -> None:
    index = finder(ruhr, GERMAN)
    for text in ("Universtät Dusburg Essen", "Universität Duisburg-Esen"):
        assert search(index, text) == ()
        assert nearest(index, text)[0].key == "universitaet-duisburg-essen"
    assert nearest(index, "Gelsenkirhcen", ("place",))[0].name == "Gelsenkirchen"
    assert nearest(index, "qqqqqq") == ()


def test_words_by_which_measures_are_known(ruhr: Atlas) -> None:
    for language, text, measure in (
        ("de", "Standortquotient", "specialisation"),
        ("en", "location quotient", "specialisation"),
        ("de", "Betweenness", "brokerage"),
        ("en", "ECI", "complexity"),
    ):
        found = search(finder(ruhr, translator(language)), text)
        assert next(entry.key for group in found if group.kind == "measure" for entry in group.entries) == measure


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hit_leads_to_a_page(toy: Atlas, language: str) -> None:
    tr = translator(language)
    index = finder(toy, tr)
    assert {entry.kind for entry in index.entries} >= {
        "actor", "place", "field", "sector", "cluster", "project", "measure", "page"
    }  # fmt: skip
    for entry in index.entries:
        assert page_at(path_of(entry, language).partition("?")[0]) is not None


def test_a_district_of_several_municipalities_is_found_beside_its_cities(ruhr: Atlas) -> None:
    found = {
        group.kind: [entry.name for entry in group.entries] for group in search(finder(ruhr, GERMAN), "Kreis Unna")
    }
    assert found["unit"] == ["Kreis Unna"]
    # a city that is its own district stands once
    kinds = {group.kind for group in search(finder(ruhr, GERMAN), "Herne")}
    assert "place" in kinds
    assert "unit" not in kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_of_hits_is_said(ruhr: Atlas, words: Callable[[object], str], language: str) -> None:
    tr = translator(language)
    shown, told = hits(finder(ruhr, tr), "Fraunhofer", tr)
    total = sum(group.total for group in search(finder(ruhr, tr), "Fraunhofer"))
    assert told == tr.plural("{n} hit", "{n} hits", total)
    assert "Fraunhofer" in words(html.Div(shown))
    shown, told = hits(finder(ruhr, tr), "Universtät Dusburg", tr)
    assert "Universtät Dusburg" in told
    assert shown
    shown, told = hits(finder(ruhr, tr), "qqqqqq", tr)
    assert (shown, "qqqqqq" in told) == ([], True)


def test_adding_a_hit_keeps_what_was_selected(toy: Atlas) -> None:
    assert added(toy, "", "place:XX112") == "place:XX112"
    assert added(toy, "gone", "actor:a-town") == "actor:a-town"
    both = added(toy, "actor:a-town", "place:XX113")
    assert selected.ids(toy, both) == ["a-town", "c-citizens", "c-council", "c-motors"]
    # P2 is b-labs, b-clinic and b-institute
    assert selected.ids(toy, added(toy, "", "project:P2")) == ["b-clinic", "b-institute", "b-labs"]
    assert selected.ids(toy, added(toy, "actor:a-town", "project:P2")) == [
        "a-town",
        "b-clinic",
        "b-institute",
        "b-labs",
    ]
    # all of the old selection is in the new one: the rule says it in fewer words
    assert added(toy, "actor:b-town", "place:XX112") == "place:XX112"
    for nothing in ("", "gone", "page:/netz", "project:gone", "measure:helix"):
        assert added(toy, "actor:a-town", nothing) == ""


def test_nothing_is_lost_among_twenty_thousand(toy: Atlas) -> None:
    count = 20_000
    one = toy.tables.actors.iloc[[0]]
    many = pd.concat([one] * count, ignore_index=True).assign(
        actor_id=[f"x{n}" for n in range(count)], name=[f"Verein {n} für Übung" for n in range(count)]
    )
    entries = [Entry("actor", key, name) for key, name in zip(many["actor_id"], many["name"], strict=True)]
    index = Index(tuple(entries))
    assert [entry.key for entry in search(index, "verein 17171")[0].entries] == ["x17171"]
    assert search(index, "ubung")[0].total == count
    assert nearest(index, "Verien 17171")[0].key == "x17171"
