"""A page comes with its pictures, and a change asks once for all that follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from dash import Input, Output, State, dcc, html, no_update
from dash.exceptions import PreventUpdate
from posted import PATHS, values

from dashboards.drawing import Drawings
from dashboards.screen import PLACES
from dashboards.wiring import components

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

QUERY, SELECTED = Input("query", "data"), Input("selected", "data")
# a picture of each page that draws from the stores
PICTURES = {
    "/": "overview-map.figure",
    "/netz": "net.data",
    "/polyzentrik": "poly-map.figure",
    "/spezialisierung": "spec-matrix.figure",
    "/abstimmung": "coord-scatter.figure",
}


def drawings(*elsewhere: str) -> tuple[Drawings, list[Exception]]:
    told: list[Exception] = []
    return Drawings(told.append, frozenset(elsewhere)), told


def test_what_draws_from_the_stores_is_taken_and_nothing_else() -> None:
    found, _ = drawings("own")
    assert found.take([Output("a", "figure"), QUERY], str, ready=False)
    assert found.take([Output("b", "children"), SELECTED, State("c", "data")], str, ready=False)
    # no store, no output, or a value that the question for a page does not carry
    assert not found.take([Output("d", "children"), Input("button", "n_clicks")], str, ready=False)
    assert not found.take([QUERY], str, ready=False)
    assert not found.take([Output("e", "children"), QUERY, State("own", "data")], str, ready=False)
    assert [str(one) for one in found.parts] == ["a.figure", "b.children", "query.data", "selected.data", "c.data"]


def test_only_what_follows_a_change_is_drawn() -> None:
    found, _ = drawings()
    found.take([Output("a", "figure"), QUERY], lambda query: f"map of {query}", ready=False)
    found.take([Output("b", "x"), Output("b", "y"), SELECTED], lambda rule: (rule, 2), ready=False)
    assert found.answers(["f=x", "r"], {"query.data"}) == ["map of f=x", no_update, no_update]
    assert found.answers(["f=x", "r"], {"selected.data"}) == [no_update, "r", 2]
    assert found.answers(["f=x", "r"], set()) == ["map of f=x", "r", 2]


def test_one_that_fails_is_told_and_the_others_are_drawn() -> None:
    def hidden(_: str) -> str:
        raise PreventUpdate

    def broken(_: str) -> str:
        raise ValueError("no such place")

    found, told = drawings()
    for name, function in (("hidden", hidden), ("broken", broken), ("whole", str.upper)):
        found.take([Output(name, "children"), QUERY], function, ready=False)
    assert found.answers(["f=x"], {"query.data"}) == [no_update, no_update, "F=X"]
    assert [str(one) for one in told] == ["no such place"]


def test_a_page_is_filled_from_the_stores_and_from_its_own() -> None:
    found, _ = drawings()
    found.take([Output("a", "figure"), QUERY, State("kept", "data")], lambda *given: {"data": given}, ready=False)
    found.take([Output("ready", "children"), QUERY], lambda _: "not asked", ready=True)
    found.take([Output("gone", "children"), QUERY], lambda _: "not on this page", ready=False)
    graph, kept, ready = dcc.Graph(id="a"), dcc.Store(id="kept", data=7), html.P("there already", id="ready")
    found.fill(components(html.Div([html.Div(graph), kept, ready])), {"query.data": "f=x"})
    assert graph.figure == {"data": ("f=x", 7)}
    assert ready.children == "there already"


@pytest.mark.parametrize("query", ["", "f=care&lang=en", "f=", "cl=c01&theme=dark"])
@pytest.mark.parametrize("path", PICTURES)
def test_a_page_comes_with_what_would_be_asked_for(toy: Atlas, browse: Any, parts: Any, path: str, query: str) -> None:
    browser, given = browse(toy), values(query, path__data=path)
    for output in ("screen.children", next(name for name in browser.callbacks if "page.children" in name)):
        there = {one["props"]["id"]: one["props"] for one in parts(list(browser.answer(output, given).values()))
                 if isinstance(one["props"].get("id"), str)}  # fmt: skip
        (drawing,) = [name for name in browser.callbacks if PICTURES[path] in name.strip(".").split("...")]
        asked = browser.answer(drawing, given | {"net-tabled.data": "0"})
        assert asked
        for component, props in asked.items():
            for name, value in props.items():
                # what is empty is left out of a layout
                assert there[component].get(name) == value or value in ([], "", None), (component, name)


@pytest.mark.parametrize("path", PATHS)
def test_another_page_leaves_bar_and_filters_alone(toy: Atlas, browse: Any, path: str) -> None:
    browser, given = browse(toy), values("f=care", path__data=path)
    (output,) = [name for name in browser.callbacks if "page.children" in name]
    found = browser.answer(output, given)
    assert {(where, name) for where, props in found.items() for name in props} == set(PLACES)
    assert found["screen-root"]["data-title"]
    filtered = found["body"]["className"].endswith("with-filters")
    assert found["screen-root"]["data-filters"] == ("1" if filtered else "0")


@pytest.mark.parametrize("path", PATHS)
def test_what_a_page_draws_alone_is_no_list_of_one(toy: Atlas, browse: Any, path: str) -> None:
    browser = browse(toy)
    alone = [
        name for name, one in browser.callbacks.items() if "query.data" in one.inputs and not name.startswith("..")
    ]
    assert "data-body.children" in alone
    for name in alone:
        # as the browser gets it: a list in a list is nothing it could draw
        told = browser.post(name, values("", path__data=path)).get_json()
        for props in told["response"].values() if told else ():
            for value in props.values():
                assert not (isinstance(value, list) and any(isinstance(one, list) for one in value)), name
