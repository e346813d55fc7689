"""Every export opened again by the program it is for: nodes, edges and caption complete, hostile text harmless."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import networkx as nx
import openpyxl
import pandas as pd
import pytest

from ecosystem import atlas, export
from ecosystem.dictionary import csv_tables
from ecosystem.errors import ExportError

if TYPE_CHECKING:
    from pathlib import Path

    from ecosystem.atlas import Atlas

GRAPHS = ["gexf", "graphml", "json"]


def _opened(content: bytes, ending: str) -> nx.MultiDiGraph:
    if ending == "json":
        return nx.node_link_graph(json.loads(content), edges="edges")
    return {"gexf": nx.read_gexf, "graphml": nx.read_graphml}[ending](io.BytesIO(content))


def _book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def _frame(book: Any, sheet: str) -> pd.DataFrame:
    header, *rows = book[sheet].iter_rows(values_only=True)
    return pd.DataFrame(rows, columns=header)


def _flat(value: Any) -> Any:
    return "|".join(value) if isinstance(value, tuple) else value


@pytest.fixture(scope="module", params=["toy", "ruhr"])
def region(request: pytest.FixtureRequest) -> Atlas:
    found: Atlas = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def content(region: Atlas) -> dict[str, bytes]:
    return {ending: export.render(region, ending) for ending in export.formats()}


@pytest.mark.parametrize("ending", GRAPHS)
def test_nodes_come_back_with_all_they_carry(region: Atlas, content: dict[str, bytes], ending: str) -> None:
    found = _opened(content[ending], ending)
    assert set(found) == set(region.graph)
    for node, data in region.graph.nodes(data=True):
        back = {name: value for name, value in found.nodes[node].items() if name not in {"viz", "id"}}
        assert re.fullmatch(r"#[0-9A-F]{6}", back.pop("colour"))
        assert back == data, node
        assert {"kind", "label", "x", "y"} <= set(back)
        assert ("cluster" in back) == (back["kind"] == "actor")


@pytest.mark.parametrize("ending", GRAPHS)
def test_edges_come_back_with_relation_weight_and_sources(
    region: Atlas, content: dict[str, bytes], ending: str
) -> None:
    found = _opened(content[ending], ending)
    assert isinstance(found, nx.MultiDiGraph)
    assert found.number_of_edges() == region.graph.number_of_edges()
    back = {data["id"]: (source, target, data) for source, target, data in found.edges(data=True)}
    for source, target, key, data in region.graph.edges(keys=True, data=True):
        name = f"{source}|{key}|{target}"
        assert back[name][:2] == (source, target)
        assert {k: v for k, v in back[name][2].items() if k != "id"} == {k: _flat(v) for k, v in data.items()}, name
        assert {"relation", "weight", "source_ids", "directed"} <= set(back[name][2])


def test_gephi_finds_every_node_s_place(content: dict[str, bytes]) -> None:
    found = _opened(content["gexf"], "gexf")
    for node, data in found.nodes(data=True):
        assert data["viz"]["position"] == {"x": data["x"], "y": data["y"], "z": 0.0}, node


@pytest.mark.parametrize(("ending", "tag", "name"), [("graphml", "key", "id"), ("graphml", "edge", "id"),
                                                     ("gexf", "edge", "id"), ("gexf", "node", "id")])  # fmt: skip
def test_an_id_stands_once_in_the_file(content: dict[str, bytes], ending: str, tag: str, name: str) -> None:
    root = ET.fromstring(content[ending])  # noqa: S314 -- our own file
    ids = [element.get(name) for element in root.iter() if element.tag.split("}")[-1] == tag]
    assert ids
    assert len(set(ids)) == len(ids)


def _captions(found: Atlas) -> dict[str, str]:
    sheet = _frame(_book(export.render(found, "xlsx")), "about")
    return {
        "gexf": export.render(found, "gexf").decode(),
        "graphml": "\n".join(map(str, _opened(export.render(found, "graphml"), "graphml").graph.values())),
        "json": "\n".join(map(str, json.loads(export.render(found, "json"))["graph"].values())),
        "xlsx": "\n".join(sheet["value"]),
    }


@pytest.mark.parametrize("ending", export.formats())
def test_every_file_says_what_it_holds(toy: Atlas, ending: str) -> None:
    told = _captions(toy)[ending]
    for part in (
        "Threetown",
        "12 actors, 8 direct ties, 5 projects, 3 places, 2 fields",
        "2 clusters of at least 5 actors; leiden, modularity 0.4694, best of 20 runs, seed 0",
        "direct ties × 1, Newman-weighted co-participation × 1",
        toy.version,
        "sources read until 2026-11",
        "terms: CC0",
    ):
        assert part in told, part


def test_a_region_without_ties_says_so(toy: Atlas) -> None:
    bare = replace(toy.tables, ties=toy.tables.ties.iloc[:0], participations=toy.tables.participations.iloc[:0])
    found = atlas.build(bare, cache=False)
    for ending in export.formats():
        assert "no actor has a tie" in _captions(found)[ending]


def _agree(cells: list[Any], values: list[Any]) -> bool:
    """Whether cells say the same; nothing stated is an empty cell."""
    stated = [None if pd.isna(value) or value == "" else value for value in values]
    shown = [None if pd.isna(cell) else cell for cell in cells]
    return all(
        cell == (pytest.approx(value) if isinstance(value, float) else value)
        for cell, value in zip(shown, stated, strict=True)
    )


def test_the_workbook_holds_every_table(region: Atlas, content: dict[str, bytes]) -> None:
    book = _book(content["xlsx"])
    assert book.sheetnames == [
        "about", "actors", "clusters", "place_field",
        *(table.name for table in csv_tables() if table.name != "actors"),
    ]  # fmt: skip
    for table in csv_tables():
        whole = region.tables.frame(table.name)
        found = _frame(book, table.name)
        assert len(found) == len(whole)
        for column in whole.columns:
            assert _agree(found[column].tolist(), whole[column].tolist()), (table.name, column)


def test_the_workbook_holds_clusters_and_positions(region: Atlas, content: dict[str, bytes]) -> None:
    book = _book(content["xlsx"])
    actors = _frame(book, "actors").set_index("actor_id")
    assert actors["cluster_id"].fillna("").to_dict() == region.cluster_of_actors.to_dict()
    pd.testing.assert_frame_equal(actors[list(region.positions.columns)], region.positions, check_index_type=False)
    found = _frame(book, "clusters")
    assert found["cluster_id"].tolist() == [item.cluster_id for item in region.clusters.items]
    assert found["effective_cities"].tolist() == pytest.approx(
        [item.effective_cities for item in region.clusters.items]
    )
    matrix = _frame(book, "place_field").set_index("place_id")
    assert matrix.to_numpy() == pytest.approx(region.place_field().to_numpy())


HOSTILE = [
    '=HYPERLINK("http://example.org","click")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "{=1+1}",
    "https://example.org/not/a/link",
    "<b>&amp;</b> ]]> \"quoted\" 'single'",
    "nul\x00 bell\x07 escape\x1b not a character\uffff",
    "line\nbreak\r\nand\ttab",
    "_x0041_ stays as it is",
    "Grün · Straße – 東京 🏭",
]


def _hostile(toy: Atlas) -> Atlas:
    names = [*HOSTILE, "plain"]
    actors = toy.tables.actors.assign(name=names, note=names, short_name="")
    return atlas.build(replace(toy.tables, actors=actors), cache=False)


def _legible(text: str, ending: str) -> str:
    """What a format can hold of a text: XML has no control characters."""
    if ending == "json":
        return text
    return "".join(sign for sign in text if sign in "\n\t\r" or (sign >= " " and sign != "\uffff"))


def _escaped(text: str) -> str:
    """Control characters as a workbook holds them."""
    return "".join(f"_x{ord(sign):04X}_" if sign in "\x00\x07\r\x1b\uffff" else sign for sign in text)


@pytest.mark.parametrize("ending", GRAPHS)
def test_hostile_text_comes_back_as_text_in_graphs(toy: Atlas, ending: str) -> None:
    found = _opened(export.render(_hostile(toy), ending), ending)
    for actor, name in zip(toy.tables.actors["actor_id"], HOSTILE, strict=False):
        back = found.nodes[f"actor:{actor}"]["note"]
        assert back.split() == _legible(name, ending).split()


def test_hostile_text_is_neither_formula_nor_link_in_the_workbook(toy: Atlas) -> None:
    book = _book(export.render(_hostile(toy), "xlsx"))
    cells = [cell for row in book["actors"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    found = _frame(book, "actors").set_index("actor_id")["note"]
    for actor, name in zip(toy.tables.actors["actor_id"], HOSTILE, strict=False):
        assert found[actor].split() == _escaped(name).split()


def test_columns_nobody_foresaw_do_no_harm(toy: Atlas) -> None:
    more = toy.tables.actors.assign(id="7", start="2019", viz="blue", key="k", cluster_id="mine", source="s")
    found = atlas.build(replace(toy.tables, actors=more), cache=False)
    for ending in GRAPHS:
        back = _opened(export.render(found, ending), ending)
        assert set(back) == set(toy.graph)
        assert back.nodes["actor:a-town"]["extra_start"] == "2019"
    header = next(_book(export.render(found, "xlsx"))["actors"].iter_rows(values_only=True))
    assert header.count("cluster_id") == 2


def test_export_writes_the_file_its_ending_asks_for(toy: Atlas, tmp_path: Path) -> None:
    for ending in export.formats():
        path = export.export(toy, tmp_path / f"toy.{ending.upper()}")
        assert path.read_bytes() == export.render(toy, ending)


@pytest.mark.parametrize("name", ["toy.csv", "toy", ".gexf", "toy.gexf.zip"])
def test_an_unknown_ending_is_answered_with_the_known_ones(toy: Atlas, tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match=r"\.gexf, \.graphml, \.json, \.xlsx") as found:
        export.export(toy, tmp_path / name)
    assert name in str(found.value)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(toy: Atlas, tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "toy.json"
    with pytest.raises(ExportError, match="cannot be written") as found:
        export.export(toy, target)
    assert str(target) in str(found.value)


@pytest.mark.parametrize(
    ("accessed", "stamp"), [("2026-11-03", "2026-11-03"), ("2025", "2025-01-01"), ("", export.UNDATED)]
)
def test_the_date_in_a_file_is_that_of_the_data(toy: Atlas, accessed: str, stamp: str) -> None:
    dated = replace(toy.tables, sources=toy.tables.sources.assign(accessed=accessed))
    found = atlas.build(dated, cache=False)
    assert f'lastmodifieddate="{stamp}"' in export.render(found, "gexf").decode()
    assert _book(export.render(found, "xlsx")).properties.created.date().isoformat() == stamp


def test_the_atlas_graph_is_left_alone(toy: Atlas) -> None:
    for ending in export.formats():
        export.render(toy, ending)
    assert "viz" not in toy.graph.nodes["actor:a-town"]
    assert isinstance(next(iter(toy.graph.edges(data=True)))[2]["source_ids"], tuple)
