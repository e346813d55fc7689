"""What makes a page of many parts quick: plain HTML as one component, charts and tables once they are in sight.

Dash's renderer asks every component of a page whether it has changed, after every step of every callback. What has no
callback needs no component: :func:`condensed` turns a layout into a tree of tags that ``assets/markup.js`` draws, in
which only the components that callbacks know, and those that are more than HTML, keep their places. A chart or a table
that is hidden or lies below the window is an empty box at first; callbacks reach it all the same.
"""

from __future__ import annotations

import sys
from copy import copy
from typing import TYPE_CHECKING, Any

from dash.development.base_component import Component

if TYPE_CHECKING:
    from collections.abc import Container

# Dash asks for a component's package at each of its properties; a name it does not find is sought in all folders again
sys.modules.setdefault("dashboards_markup", sys.modules[__name__])
# text, the number of a kept component as a list of its own, or [tag, properties, *nodes]
Node = Any
HTML = "dash_html_components"
# how Dash calls what has the name of something in JavaScript
ENDING = "El"
# what takes long to set up, and whether it has a figure
HEAVY = {"Graph": True, "AgGrid": False}


class Markup(Component):
    """A tree of tags and text, with ``children`` where the tree has their numbers."""

    _children_props = []  # noqa: RUF012 - as Dash declares it
    _namespace = "dashboards_markup"
    _type = "Markup"
    _prop_names = ["children", "tree"]  # noqa: RUF012 - as Dash declares it
    _valid_wildcard_attributes = []  # noqa: RUF012 - as Dash declares it
    available_wildcard_properties = []  # noqa: RUF012 - as Dash declares it

    def __init__(self, children: list[Component], tree: Node) -> None:
        super().__init__(children=children, tree=tree)  # type: ignore[no-untyped-call]


class Later(Component):
    """A chart or a table in the ``box`` it is going to fill; one with a ``figure`` (its id) waits for that as well."""

    _children_props = []  # noqa: RUF012 - as Dash declares it
    _namespace = "dashboards_markup"
    _type = "Later"
    _prop_names = ["box", "children", "figure"]  # noqa: RUF012 - as Dash declares it
    _valid_wildcard_attributes = []  # noqa: RUF012 - as Dash declares it
    available_wildcard_properties = []  # noqa: RUF012 - as Dash declares it

    def __init__(self, children: Component, box: dict[str, Any], figure: str) -> None:
        super().__init__(children=children, box=box, figure=figure)  # type: ignore[no-untyped-call]


def condensed(value: Any, wired: Container[Any]) -> Any:
    """What a callback gives, with its plain HTML condensed; everything that is no component comes back as it is.

    ``wired`` are the ids that callbacks name: their components stay, whatever they are.

    >>> from dash import html
    >>> part = html.Ul([html.Li("one"), html.Li(html.B("two"), id="two")], className="list")
    >>> condensed(part, wired=()).tree
    ['ul', {'className': 'list'}, ['li', {}, 'one'], ['li', {'id': 'two'}, ['b', {}, 'two']]]
    >>> found = condensed(part, wired={"two"})
    >>> found.tree, found.children[0].id
    (['ul', {'className': 'list'}, ['li', {}, 'one'], [0]], 'two')
    """
    if isinstance(value, Component):
        return _one(value, wired)
    if isinstance(value, list | tuple) and any(isinstance(one, Component) for one in value):
        return _several([*value], wired)
    return value


def _one(component: Component, wired: Container[Any]) -> Component:
    if not _plain(component, wired):
        return _with_condensed_parts(component, wired)
    kept: list[Component] = []
    return Markup(tree=_node(component, wired, kept), children=kept)


def _several(children: list[Any], wired: Container[Any]) -> list[Any]:
    """Neighbours as one tree; components that stay need none around them."""
    if not any(isinstance(one, Component) and _plain(one, wired) for one in children):
        return [condensed(one, wired) for one in children]
    kept: list[Component] = []
    return [Markup(tree=[None, None, *_nodes(children, wired, kept)], children=kept)]


def _plain(component: Component, wired: Container[Any]) -> bool:
    name = getattr(component, "id", None)
    return component._namespace == HTML and not isinstance(name, dict) and (name is None or name not in wired)  # noqa: SLF001


def _nodes(children: Any, wired: Container[Any], kept: list[Component]) -> list[Node]:
    if isinstance(children, list | tuple):
        return [node for one in children for node in _nodes(one, wired, kept)]
    return [] if children is None else [_node(children, wired, kept)]


def _node(part: Any, wired: Container[Any], kept: list[Component]) -> Node:
    if not isinstance(part, Component):
        return part
    if not _plain(part, wired):
        kept.append(_with_condensed_parts(part, wired))
        return [len(kept) - 1]
    told = part.to_plotly_json()
    props = {name: value for name, value in told["props"].items() if name != "children" and value is not None}
    return [told["type"].removesuffix(ENDING).lower(), props, *_nodes(told["props"].get("children"), wired, kept)]


def _with_condensed_parts(component: Component, wired: Container[Any]) -> Component:
    """The component, with what it contains condensed; a layout may be kept by others, so it is not changed itself."""
    found = copy(component)
    for name in ("children", *component._children_props):  # noqa: SLF001
        if getattr(component, name, None) is not None:
            setattr(found, name, condensed(getattr(component, name), wired))
    if component._type not in HEAVY:  # noqa: SLF001
        return found
    box = {name: getattr(component, name) for name in ("id", "className", "style") if hasattr(component, name)}
    return Later(found, box, figure=box["id"] if HEAVY[component._type] else "")  # noqa: SLF001
