"""Nodes and edges of a GEXF or GraphML file, as a stream: element by element, without document types or entities.

Element names count without their namespaces, which differ from version to version (GEXF 1.1, 1.2draft, 1.3).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ecosystem.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.sources.archives import Member

_DEEPEST = 100
_LABELS = ("NodeLabel", "EdgeLabel")
"""Where yEd keeps what it shows."""
_KEEPING = frozenset({"node", "edge", "attributes", "key"})
_TIMES = ("start", "timeset", "starttime")


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its id, its label ("" without), its attributes by title."""

    node_id: str
    label: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge: ids of its ends, its attributes by title."""

    source: str
    target: str
    attributes: dict[str, str]


@dataclass(slots=True)
class _State:
    """What was declared so far: id of an attribute → its title and what holds where a node does not say."""

    titles: dict[str, dict[str, str]] = field(default_factory=lambda: {"node": {}, "edge": {}})
    defaults: dict[str, dict[str, str]] = field(default_factory=lambda: {"node": {}, "edge": {}})
    group: str = "node"


def parse(member: Member) -> Iterator[Node | Edge]:
    """The nodes and edges in the order of the file.

    Raises:
        SourceError: a document type or entities, broken XML, or elements too deep in each other.
    """
    state = _State()
    path: list[Any] = []
    file, part = member.file, member.part
    try:
        with member.opened() as opened:
            for event, element in iterparse(opened, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    _opened(element, state, path, member)
                    continue
                path.pop()
                found = _closed(element, state)
                if found is not None:
                    yield found
                # what was read is let go; parts of a node or edge are kept until it closes
                if path and (found is not None or not any(_name(one) in _KEEPING for one in path)):
                    path[-1].remove(element)
    except DefusedXmlException as error:
        cure = "Real graph files have none; do not use this file."
        raise SourceError(file, part, "its XML declares a document type or entities", cure) from error
    except ParseError as error:
        line = f"line {error.position[0]}"
        where = f"{part}, {line}" if part else line
        raise SourceError(file, where, "the XML is broken", "Export the graph again.") from error
    except (ValueError, LookupError) as error:
        raise SourceError(file, part, f"the XML cannot be read ({error})", "Save it in UTF-8.") from error


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _opened(element: Any, state: _State, path: list[Any], member: Member) -> None:
    if not path and _name(element) not in {"gexf", "graphml"}:
        problem = f"its root is <{_name(element)[:40]}>"
        raise SourceError(member.file, member.part, problem, "Give a GEXF or GraphML file.")
    path.append(element)
    if len(path) > _DEEPEST:
        problem = f"elements more than {_DEEPEST} deep in each other"
        raise SourceError(member.file, member.part, problem, "Export the graph again, without nested graphs.")
    if _name(element) == "attributes":
        state.group = "edge" if element.get("class") == "edge" else "node"


def _closed(element: Any, state: _State) -> Node | Edge | None:
    name = _name(element)
    if name == "attribute":
        _declare(state, state.group, element, element.get("title"))
    elif name == "key":
        for group in ("node", "edge") if element.get("for", "all") == "all" else (element.get("for"),):
            _declare(state, group, element, element.get("attr.name") or element.get("id"))
    elif name == "node":
        attributes = _attributes(element, state, "node")
        shown = element.get("label") or attributes.pop("label", "") or attributes.pop("", "")
        return Node(element.get("id", ""), shown, attributes)
    elif name == "edge":
        attributes = _attributes(element, state, "edge")
        attributes |= {name: element.get(name) for name in ("label", "kind", *_TIMES) if element.get(name)}
        return Edge(element.get("source", ""), element.get("target", ""), attributes)
    return None


def _declare(state: _State, group: str, element: Any, title: str | None) -> None:
    if group not in state.titles or not element.get("id") or not title:
        return
    state.titles[group][element.get("id")] = title
    for child in element:
        if _name(child) == "default" and child.text:
            state.defaults[group][title] = child.text.strip()


def _attributes(element: Any, state: _State, group: str) -> dict[str, str]:
    """What a node or edge says of itself by title; what yEd shows stands under ""."""
    found = dict(state.defaults[group])
    titles = state.titles[group]
    for child in element.iter():
        name = _name(child)
        if name == "attvalue":
            key = child.get("for") or child.get("id") or ""
            found[titles.get(key, key)] = child.get("value", "")
        elif name == "data" and child.text and child.text.strip():
            found[titles.get(child.get("key", ""), child.get("key", ""))] = child.text.strip()
        elif name in _LABELS and child.text:
            found.setdefault("", child.text.strip())
    return found
