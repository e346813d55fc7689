"""Nodes and edges from tables: Gephi's node and edge lists, Kumu's elements and connections, as CSV or sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem.sources import values
from ecosystem.sources.graph_xml import Edge, Node
from ecosystem.sources.mapping import numbered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.sources.sheets import Sheet

_ENDS = (("source", "target"), ("from", "to"), ("quelle", "ziel"), ("von", "nach"))
_ID = ("id", "node", "nodeid", "node_id", "knoten")
_LABEL = ("label", "name", "bezeichnung")
_NOT_TOLD = ("weight", "gewicht", "timeset", "interval")


class Table:
    """A table of nodes or of edges, by its header in row 1; ``kind`` is "" where it is neither."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        rows = sheet.rows()
        self.header_row, cells = next(rows, (1, []))
        rows.close()  # type: ignore[attr-defined]
        self.header = numbered(values.line(cell) for cell in cells)
        while self.header and not self.header[-1]:
            self.header.pop()
        lower = [name.lower() for name in self.header]
        self._ends = next((ends for ends in _ENDS if ends[0] in lower and ends[1] in lower), None)
        self._lower = lower
        self._id = next((lower.index(name) for name in _ID if name in lower), -1)
        self._label = next((lower.index(name) for name in _LABEL if name in lower), -1)
        self.kind = "edges" if self._ends else "nodes" if self._id >= 0 or self._label >= 0 else ""

    def rows(self) -> Iterator[tuple[int, Node | Edge]]:
        """``(row number, node or edge)``."""
        for number, cells in self.sheet.rows(len(self.header), self.header_row):
            if number <= self.header_row:
                continue
            told = [values.line(cell) for cell in cells]
            yield number, self._edge(told) if self._ends else self._node(told)

    def _node(self, told: list[str]) -> Node:
        label = told[self._label] if self._label >= 0 else ""
        node_id = told[self._id] if self._id >= 0 else label
        own = {self._id, self._label}
        return Node(node_id, label, {n: v for place, (n, v) in enumerate(self._pairs(told)) if place not in own})

    def _edge(self, told: list[str]) -> Edge:
        source, target = (self._lower.index(end) for end in self._ends or ("source", "target"))
        own = {source, target, *([self._lower.index("id")] if "id" in self._lower else [])}
        attributes = {n: v for place, (n, v) in enumerate(self._pairs(told)) if place not in own and v}
        return Edge(told[source], told[target], attributes)

    def _pairs(self, told: list[str]) -> list[tuple[str, str]]:
        return [(name, value) for name, value in zip(self.header, told, strict=False)]

    @property
    def attributes(self) -> list[str]:
        """Headers that are neither id nor label nor, by their name, of no use here."""
        own = {self._id, self._label}
        return [
            name
            for place, name in enumerate(self.header)
            if place not in own and name and name.lower() not in _NOT_TOLD
        ]
