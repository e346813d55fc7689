"""Graph files: GEXF and GraphML, and the node and edge tables of Gephi and Kumu. Nodes are organisations, edges ties.

A node's attributes are mapped as the columns of a table are. The relation of a tie is the edge's ``relation``, or its
``label``, or a ``type`` that does not merely say whether it has a direction. Graphs this package exported come back as
what they were: nodes that are projects, fields or places are rejected, and with them the edges that end there.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ecosystem.errors import SourceError
from ecosystem.sources import mapping as maps
from ecosystem.sources import provenance
from ecosystem.sources.archives import members
from ecosystem.sources.collect import Collector
from ecosystem.sources.graph_tables import Table
from ecosystem.sources.graph_xml import Edge, Node, parse
from ecosystem.sources.organisations import Organisations
from ecosystem.sources.record import Origin, Provenance, RawTie
from ecosystem.sources.safety import LIMITS, Limits, shown
from ecosystem.sources.sheets import of_member

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ecosystem.sources.archives import Member
    from ecosystem.sources.collect import Progress
    from ecosystem.sources.mapping import Mapping
    from ecosystem.sources.record import Reading

_NO_ACTORS = frozenset({"project", "field", "place"})
_DIRECTIONS = frozenset({"directed", "undirected", "mutual", "mixed", "none"})
_RELATION = ("relation", "relationship", "beziehung", "label", "type", "kind", "art")
_YEAR = ("since_year", "year", "since", "jahr", "seit", "start")
_OWN = frozenset({"name", "actor_id"})
"""Targets a node's label and id give."""
_MOST_ATTRIBUTES = 200
"""Attributes of a node that are looked at."""
_MOST_SHAPES = 1_000
"""Sets of attributes that are remembered."""
_LETTER = re.compile(r"[^\W\d_]{2}")

Place = tuple[Origin, Node | Edge]


def read(
    files: Sequence[Path],
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> Reading:
    """Read graph files; node and edge tables that belong together are given together.

    Raises:
        SourceError: a file that is refused, or no graph.
    """
    graph = _Graph(Collector("graph", progress), mapping)
    tables: list[Table] = []
    for path in files:
        for member in members(path, limits):
            if _is_xml(member):
                graph.take(_counted(member, limits))
            else:
                tables += [Table(sheet) for sheet in of_member(member, limits)]
    for table in sorted(tables, key=lambda one: one.kind == "edges"):
        graph.table(table)
    if not graph.collector.rows_read:
        cure = "Give GEXF, GraphML, or tables with the columns Id and Label, or Source and Target (From and To)."
        raise SourceError(shown(files[0].name), "", "neither nodes nor edges in it", cure)
    graph.finish()
    title = ", ".join(shown(path.name) for path in files)
    return graph.collector.reading(provenance.of(files, Provenance(title)))


def _is_xml(member: Member) -> bool:
    head = member.head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<") or member.name.lower().endswith((".gexf", ".graphml", ".xml"))


def _counted(member: Member, limits: Limits) -> Iterator[Place]:
    for number, found in enumerate(parse(member), start=1):
        if number > limits.rows:
            raise SourceError(member.file, member.part, f"more than {limits.rows:,} nodes and edges", "Give a part.")
        yield Origin(member.file, member.part, number), found


class _Graph:
    """Nodes first, edges once all nodes are known."""

    def __init__(self, collector: Collector, mapping: Mapping | None) -> None:
        self.collector, self.mapping = collector, mapping
        self.others: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.edges: list[tuple[Origin, Edge]] = []
        self.with_nodes = False
        self.used: set[str] = set()
        self.unused: dict[str, None] = {}
        self._columns: dict[tuple[str, ...], Organisations] = {}

    def table(self, table: Table) -> None:
        """Take the rows of a table of nodes or edges."""
        sheet = table.sheet
        if not table.kind:
            where = f"{sheet.file}, {sheet.part}" if sheet.part else sheet.file
            self.collector.note(f"{where}: passed over, as it has neither Id nor Label nor Source and Target.")
            return
        self.take((Origin(sheet.file, sheet.part, number), found) for number, found in table.rows())
        self.collector.rejected(sheet.rejects)
        self.collector.note(*sheet.notes)

    def take(self, places: Iterator[Place]) -> None:
        """Take nodes and keep edges for later."""
        for origin, found in places:
            self.collector.step(origin.file)
            if isinstance(found, Edge):
                self.edges.append((origin, found))
            else:
                self.with_nodes = True
                self._node(origin, found)

    def _node(self, origin: Origin, node: Node) -> None:
        kind = node.attributes.get("kind", "").lower()
        name = node.label or (node.node_id if _LETTER.search(node.node_id) else "")
        problem = ""
        if not node.node_id:
            problem = "a node without an id"
        elif node.node_id in self.collector.actors or node.node_id in self.others:
            problem = "a node of this id was read before"
        elif kind in _NO_ACTORS:
            problem = f"a node of the kind {kind}, not an organisation"
        elif not name:
            problem = "a node without a label"
        if problem:
            self.others.setdefault(node.node_id, problem)
            self.collector.reject(origin, "", node.node_id or node.label, problem, "Correct it, or leave it out.")
            return
        told = dict(islice(node.attributes.items(), _MOST_ATTRIBUTES))
        if kind == "actor":
            del told["kind"]
        reader = self._reader(tuple(told))
        cells = list(told.values())
        raw = reader.actor(origin, cells, " ".join(name.split()), topics=True, raw_id=node.node_id)
        self.collector.actor(raw)
        self.labels.setdefault(node.label, node.node_id)
        self.collector.take()

    def _reader(self, titles: tuple[str, ...]) -> Organisations:
        """How the attributes are mapped; the label is the name, whatever else is called one."""
        if titles not in self._columns:
            mapping = self.mapping or maps.propose(titles)
            names = maps.numbered(titles)
            columns = {
                target: names.index(header)
                for target, header in mapping.columns
                if header in names and target not in _OWN
            }
            if len(self._columns) >= _MOST_SHAPES:
                self._columns.clear()
            self._columns[titles] = Organisations(columns, mapping, self.collector)
            self.used |= columns.keys()
            unused = (one for place, one in enumerate(names) if place not in columns.values() and one)
            self.unused |= dict.fromkeys(unused if len(self.unused) < _MOST_SHAPES else ())
        return self._columns[titles]

    def _tell(self) -> None:
        """What of the nodes was not used, and what of the mapping."""
        if self.unused:
            names = ", ".join(f"“{one[:40]}”" for one in list(self.unused)[:12])
            more = f" and {len(self.unused) - 12} more" if len(self.unused) > 12 else ""
            self.collector.note(f"Attributes of nodes that were not used: {names}{more}.")
        for target, header in self.mapping.columns if self.mapping else ():
            if target not in self.used and target not in _OWN:
                self.collector.note(f"The mapping names “{header}”, which no node has.")

    def finish(self) -> None:
        """Take the edges; ends are ids of nodes, or their labels as Kumu writes them."""
        self._tell()
        weights = 0
        for origin, edge in self.edges:
            lower = {name.lower(): value for name, value in edge.attributes.items()}
            weights += any(name in lower for name in ("weight", "gewicht"))
            a, b = self._end(origin, edge.source), self._end(origin, edge.target)
            problem = self._problem(edge, a, b)
            if problem:
                value = f"{edge.source} – {edge.target}"
                self.collector.reject(origin, "", value, problem, "Give the nodes with the edges, or correct the end.")
                continue
            self.collector.ties.append(RawTie(a, b, _relation(lower), origin, _year(lower)))
            self.collector.take()
        if weights:
            self.collector.note(f"The weights of {weights:,} edges were not used.")

    def _end(self, origin: Origin, told: str) -> str:
        """The raw id of an end; without any table of nodes, an end is an organisation by its name."""
        if told in self.collector.actors:
            return told
        if told in self.labels:
            return self.labels[told]
        if not self.with_nodes and _LETTER.search(told):
            reader = self._reader(())
            self.collector.actor(reader.actor(origin, (), told, topics=False, raw_id=told))
            return told
        return ""

    def _problem(self, edge: Edge, a: str, b: str) -> str:
        if not edge.source or not edge.target:
            return "an edge without both ends"
        if not a or not b:
            end = edge.source if not a else edge.target
            return f"the end {end[:80]} is no organisation that was taken" + (
                f" ({self.others[end]})" if end in self.others else ""
            )
        return "a tie of an organisation with itself" if a == b else ""


def _relation(attributes: dict[str, str]) -> str:
    found = (attributes.get(name, "").strip() for name in _RELATION)
    return next((one for one in found if one and one.lower() not in _DIRECTIONS), "")


def _year(attributes: dict[str, str]) -> int | None:
    """The first year a tie's time tells."""
    for told in (attributes.get(name, "") for name in _YEAR):
        if found := re.match(r"<?\[?(1[89]\d{2}|20\d{2})(?!\d)", told.strip()):
            return int(found[1])
    return None
