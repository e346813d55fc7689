"""A region of which little is known, and a stand-in for the browser that posts to the callbacks."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from dashboards.app import create_app
from ecosystem import atlas, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dash import Dash
    from werkzeug.test import TestResponse

    from ecosystem.atlas import Atlas

Props = dict[str, Any]


@pytest.fixture(scope="session")
def bare(toy: Atlas) -> Atlas:
    """One city without districts, two actors of which nothing is known, no outline, nothing that is optional."""
    whole = toy.tables
    gone = ("actor_fields", "ties", "projects", "participations", "city_fields", "flows")
    place = whole.places.head(1).assign(district_id="", district="")
    actors = whole.actors.head(2).assign(place_evidence="", short_name="", aliases="")
    none: dict[str, Any] = {name: tables.empty(name) for name in gone}
    left = replace(whole, **none, places=place, actors=actors, boundaries=None, districts=None, digest="b" * 64)
    return atlas.build(left, cache=False)


@dataclass(frozen=True)
class Callback:
    """One callback that runs in Python, as the browser knows it."""

    output: str
    inputs: tuple[str, ...]
    states: tuple[str, ...]

    @property
    def outputs(self) -> Props | list[Props]:
        if not self.output.startswith(".."):
            return _target(self.output)
        return [_target(one) for one in self.output.strip(".").split("...")]


def _target(text: str) -> Props:
    component, _, name = text.rpartition(".")
    return {"id": json.loads(component) if component.startswith("{") else component, "property": name}


def expanded(told: Any) -> Any:
    """An answer with what is condensed as the HTML it draws (``assets/markup.js``)."""
    if isinstance(told, list):
        return [expanded(one) for one in told]
    if not isinstance(told, dict):
        return told
    if told.get("namespace") == "dashboards_markup":
        props = told["props"]
        if told["type"] == "Later":
            return expanded(props["children"])
        return _drawn(props["tree"], [expanded(one) for one in props["children"]])
    return {name: expanded(one) for name, one in told.items()}


def _drawn(node: Any, components: list[Any]) -> Any:
    if not isinstance(node, list):
        return node
    if len(node) == 1:
        return components[node[0]]
    tag, props, *inner = node
    children = [_drawn(one, components) for one in inner]
    if tag is None:
        return children
    return {"type": tag.capitalize(), "namespace": "dash_html_components", "props": {**props, "children": children}}


class Browser:
    """Posts what the renderer posts, through real HTTP requests to the app's server."""

    def __init__(self, app: Dash) -> None:
        self.client = app.server.test_client()
        told = self.client.get("/_dash-dependencies").get_json()
        self.callbacks = {
            one["output"]: Callback(
                one["output"],
                tuple(f"{part['id']}.{part['property']}" for part in one["inputs"]),
                tuple(f"{part['id']}.{part['property']}" for part in one["state"]),
            )
            for one in told
            if one["clientside_function"] is None
        }

    def post(self, output: str, values: Props, accept: str = "identity") -> TestResponse:
        one = self.callbacks[output]
        return self.client.post(
            "/_dash-update-component",
            headers={"Accept-Encoding": accept},
            json={
                "output": one.output,
                "outputs": one.outputs,
                # a page draws from more than a test has to name
                "inputs": [_target(name) | {"value": values.get(name)} for name in one.inputs],
                "state": [_target(name) | {"value": values.get(name)} for name in one.states],
                "changedPropIds": list(one.inputs),
            },
        )

    def answer(self, output: str, values: Props) -> dict[str, Props]:
        """What the callback sets, by component and property."""
        response = self.post(output, values)
        if response.status_code == 204:
            return {}
        assert response.status_code == 200, (output, values, response.text)
        told = json.loads(response.text, parse_constant=self.refuse)
        # a callback that fails answers 200, too, and says so beside the answer
        assert "sideUpdate" not in told, (output, values)
        answer: dict[str, Props] = expanded(told["response"])
        return answer

    @staticmethod
    def refuse(word: str) -> None:
        """Python reads NaN and Infinity in JSON, browsers do not."""
        raise AssertionError(f"{word} is no JSON: a browser cannot read this answer")


@pytest.fixture(scope="session")
def browse() -> Callable[[Atlas], Browser]:
    """The browser in front of an atlas, the same for every test."""
    made: dict[str, Browser] = {}

    def browser(of: Atlas) -> Browser:
        if of.version not in made:
            made[of.version] = Browser(create_app(of))
        return made[of.version]

    return browser


def _parts(component: Any) -> Iterator[Props]:
    if isinstance(component, list):
        for part in component:
            yield from _parts(part)
    elif isinstance(component, dict):
        if "props" in component and "type" in component:
            yield component
        for part in component.values():
            yield from _parts(part)


@pytest.fixture(scope="session")
def parts() -> Callable[[Any], list[Props]]:
    """Every component of a layout, given as component or as JSON, wherever it hangs."""

    def every(layout: Any) -> list[Props]:
        plain = layout if isinstance(layout, (dict, list)) else json.loads(json.dumps(layout, default=_json))
        return list(_parts(plain))

    return every


def _json(component: Any) -> Any:
    return component.to_plotly_json() if hasattr(component, "to_plotly_json") else str(component)


@pytest.fixture(scope="session")
def words(parts: Callable[[Any], list[Props]]) -> Callable[[Any], str]:
    """All text of a layout, as a reader sees it."""

    def text(layout: Any) -> str:
        found: list[str] = [layout] if isinstance(layout, str) else []
        for part in parts(layout):
            children = part["props"].get("children")
            given = children if isinstance(children, list) else [children]
            found += [str(one) for one in given if isinstance(one, (str, int, float))]
        found += [one for one in layout if isinstance(one, str)] if isinstance(layout, list) else []
        return " ".join(found).strip()

    return text
