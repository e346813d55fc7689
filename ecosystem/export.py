"""An atlas as a file for other programs: GEXF (Gephi), GraphML, JSON (node-link) and XLSX.

Every file says what it holds: region, data version, counts, how clusters were found, sources with their terms.
The same atlas gives the same bytes in every process, so dates are those of the data, not of the export.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lazy_loader
import numpy as np
import orjson
import pandas as pd

from ecosystem.dictionary import csv_tables
from ecosystem.errors import ExportError
from ecosystem.model import NodeKind

if TYPE_CHECKING:
    import networkx as nx
    import xlsxwriter

    from ecosystem.atlas import Atlas
else:
    # only who exports waits for these
    nx = lazy_loader.load("networkx")
    xlsxwriter = lazy_loader.load("xlsxwriter")

# a spreadsheet's own smallest date: what stands in a file when the data give none
UNDATED = "1980-01-01"
# of the fields in the region's order, the light palette of the app; nodes without a field and all fields from the
# seventh on are grey
FIELD_COLOURS = ("#0B0BE5", "#034C12", "#B29008", "#269982", "#AA72FF", "#662D4F")
GREY = "#8A9099"
CLUSTER_COLUMNS = [
    "cluster_id", "name_de", "name_en", "actors", "outside", "cities", "fields", "sectors", "anchors",
    "linked_pairs", "intercity_share", "effective_cities",
]  # fmt: skip


def formats() -> tuple[str, ...]:
    """File endings that can be written."""
    return tuple(_WRITERS)


def export(atlas: Atlas, path: Path | str) -> Path:
    """Write the atlas to ``path``; its ending chooses the format.

    Raises:
        ExportError: the ending is none of :func:`formats`, or the file cannot be written.
    """
    target = Path(path).expanduser()
    content = render(atlas, ending_of(target))
    try:
        target.write_bytes(content)
    except OSError as error:
        raise ExportError(f"{target} cannot be written ({error.strerror}). Choose another folder.") from error
    return target


def ending_of(path: Path) -> str:
    """The format a file name asks for.

    Raises:
        ExportError: the ending is none of :func:`formats`.
    """
    ending = path.suffix.lower().lstrip(".")
    if ending not in _WRITERS:
        known = ", ".join("." + name for name in _WRITERS)
        found = f"unknown ending “.{ending}”" if ending else "no ending"
        raise ExportError(f"{path.name}: {found}. Give a file that ends in one of {known}.")
    return ending


def render(atlas: Atlas, ending: str) -> bytes:
    """The bytes of the file with this ending."""
    return _WRITERS[ending](atlas)


def caption(atlas: Atlas) -> dict[str, str]:
    """What an export says about itself: finding, counts, clusters, data version and date, sources, terms."""
    tables = atlas.tables
    licences = sorted(set(tables.sources["licence"]) - {""})
    return {
        "region": atlas.region.name.en,
        "counts": f"{len(tables.actors)} actors, {len(tables.ties)} direct ties, {len(tables.projects)} projects, "
        f"{len(tables.places)} places, {len(tables.region.fields)} fields",
        **atlas.about,
        "clusters": _search(atlas),
        "positions": "x, y: network layout, places on the map; map_x, map_y: around the city, kilometres",
        "data version": f"{atlas.version} (sources read until {atlas.as_of or 'unknown'})",
        "sources": f"{len(tables.sources)} sources, listed by source_id; terms: " + "; ".join(licences),
        "made with": "ecosystem",
    }


def _search(atlas: Atlas) -> str:
    found, options = atlas.clusters.partition, atlas.clusters.options
    if not found.modularity_runs:
        return "none: no actor has a tie"
    return (
        f"{len(atlas.clusters.items)} clusters of at least {options.min_actors} actors; {found.method}, "
        f"modularity {found.modularity:.4f}, best of {len(found.modularity_runs)} runs, seed {found.seed}; layers: "
        f"direct ties × {options.direct_weight:g}, Newman-weighted co-participation × {options.project_weight:g}"
    )


def flat_graph(atlas: Atlas) -> nx.MultiDiGraph:
    """A copy of the atlas graph whose attributes are plain: lists are joined by ``|``, ids are text.

    Nodes also carry ``colour``, that of their (first) field.
    """
    flat = nx.MultiDiGraph(name=atlas.region.name.en, **caption(atlas))
    colours = node_colours(atlas)
    for node, data in sorted(atlas.graph.nodes(data=True)):
        flat.add_node(node, **({"colour": colours.get(node, GREY)} | _plain(data)))
    for source, target, key, data in sorted(atlas.graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        flat.add_edge(source, target, key=key, id=f"{source}|{key}|{target}", **_plain(data))
    return flat


def node_colours(atlas: Atlas) -> dict[str, str]:
    """The colour of every field and of every actor with one: an actor of several has that of its weightiest, first."""
    matrix = atlas.fields_of_actors
    palette = (FIELD_COLOURS + (GREY,) * len(matrix.columns))[: len(matrix.columns)]
    found = {NodeKind.FIELD.node(str(name)): colour for name, colour in zip(matrix.columns, palette, strict=True)}
    if not len(matrix.rows) or not len(matrix.columns):
        return found
    first, most = matrix.csr.argmax(axis=1), matrix.csr.max(axis=1).toarray()
    for actor, column, weight in zip(matrix.rows, np.ravel(first), np.ravel(most), strict=True):
        if weight > 0:
            found[NodeKind.ACTOR.node(str(actor))] = palette[column]
    return found


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {key: "|".join(value) if isinstance(value, tuple) else _native(value) for key, value in data.items()}


def _native(value: Any) -> Any:
    """Numpy scalars and enums as the Python values that every writer knows."""
    if isinstance(value, str):
        return str(value)
    return value.item() if hasattr(value, "item") else value


# characters XML 1.0 cannot hold even when escaped
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _xml_graph(atlas: Atlas) -> nx.MultiDiGraph:
    """The flat graph without what XML cannot hold; before it is written, as the writers turn it into references."""
    flat = flat_graph(atlas)
    nodes, edges = (data for _, data in flat.nodes(data=True)), (data for *_, data in flat.edges(data=True))
    for data in (flat.graph, *nodes, *edges):
        data.update({key: _NOT_XML.sub("", value) for key, value in data.items() if isinstance(value, str)})
    return flat


def _gexf(atlas: Atlas) -> bytes:
    flat = _xml_graph(atlas)
    for _, data in flat.nodes(data=True):
        if "x" in data:
            red, green, blue = (int(data["colour"][at : at + 2], 16) for at in (1, 3, 5))
            data["viz"] = {
                "position": {"x": data["x"], "y": data["y"], "z": 0.0},
                "color": {"r": red, "g": green, "b": blue, "a": 1.0},
            }
    written = "\n".join(nx.generate_gexf(flat)) + "\n"
    # networkx stamps today's date and its own version
    meta = f'<meta lastmodifieddate="{_date(atlas).date().isoformat()}">'
    written = re.sub(r'<meta lastmodifieddate="[^"]*">', meta, written, count=1)
    about = "; ".join(f"{key}: {value}" for key, value in caption(atlas).items())
    creator = f"<creator>ecosystem</creator>\n    <description>{_escaped(about)}</description>"
    return re.sub(r"<creator>[^<]*</creator>", lambda _: creator, written, count=1).encode()


def _escaped(text: str) -> str:
    return _NOT_XML.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _graphml(atlas: Atlas) -> bytes:
    flat = _xml_graph(atlas)
    # keys and edges are numbered and named so that an id stands once in the file: readers join what shares one
    return ("\n".join(nx.generate_graphml(flat, edge_id_from_attribute="id")) + "\n").encode()


def _json(atlas: Atlas) -> bytes:
    data = nx.node_link_data(flat_graph(atlas), edges="edges")
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _date(atlas: Atlas) -> dt.datetime:
    """The data's date; a month or year stands for its first day."""
    told = atlas.as_of
    padded = told + UNDATED[len(told) :]
    return dt.datetime.fromisoformat(padded)


def _xlsx(atlas: Atlas) -> bytes:
    buffer = io.BytesIO()
    # text stays text: a name that begins with = is no formula
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": atlas.region.name.en, "created": _date(atlas)})
        head = book.add_format({"bold": True})
        about = pd.DataFrame({"key": list(caption(atlas)), "value": list(caption(atlas).values())})
        _sheet(book, "about", about, head)
        for name, frame in sheets(atlas).items():
            _sheet(book, name, frame, head)
    return buffer.getvalue()


def sheets(atlas: Atlas) -> dict[str, pd.DataFrame]:
    """What the workbook holds besides its caption: actors with cluster and position, clusters, matrices, tables."""
    tables = {table.name: atlas.tables.frame(table.name) for table in csv_tables()}
    actors = tables.pop("actors")
    placed = atlas.positions.reset_index(drop=True)
    member = atlas.cluster_of_actors.reset_index(drop=True)
    matrix = atlas.place_field()
    return {
        "actors": pd.concat([actors, member, placed], axis=1),
        "clusters": cluster_frame(atlas),
        "place_field": matrix.rename_axis(columns=None).reset_index(),
        **tables,
    }


def cluster_frame(atlas: Atlas) -> pd.DataFrame:
    """One row per cluster: names, size, composition, anchors, inter-city share, effective number of cities."""
    return pd.DataFrame(
        [
            {
                "cluster_id": item.cluster_id,
                "name_de": item.name.de,
                "name_en": item.name.en,
                "actors": item.size,
                "outside": item.outside,
                "cities": "|".join(f"{place}:{count}" for place, count in item.cities),
                "fields": "|".join(f"{name}:{weight:.2f}" for name, weight in item.fields),
                "sectors": "|".join(f"{name}:{count}" for name, count in item.sectors),
                "anchors": "|".join(item.anchors),
                "linked_pairs": item.linked_pairs,
                "intercity_share": item.intercity_share,
                "effective_cities": item.effective_cities,
            }
            for item in atlas.clusters.items
        ],
        columns=CLUSTER_COLUMNS,
    )


def _sheet(book: xlsxwriter.Workbook, name: str, frame: pd.DataFrame, head: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, (title, values) in enumerate(frame.items()):
        sheet.write_string(0, column, str(title), head)
        for row, value in enumerate(values.tolist(), start=1):
            _cell(sheet, row, column, value)
    if len(frame):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
    sheet.autofit(400)


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    """Undefined stays an empty cell; text is never read as a formula or a link."""
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, str):
        if value:
            sheet.write_string(row, column, value)
    elif not pd.isna(value):
        sheet.write_number(row, column, value)


_WRITERS = {"gexf": _gexf, "graphml": _graphml, "json": _json, "xlsx": _xlsx}
