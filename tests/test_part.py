"""Part of an atlas against the app's own filters, and as files that networkx gives back whole."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import networkx as nx
import openpyxl
import pytest

from dashboards.exports import shown_part
from dashboards.language import translator
from dashboards.state import Selection
from dashboards.views.filters import subset
from ecosystem import export
from ecosystem.errors import MeasureError
from ecosystem.part import part

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

CASES: list[tuple[str, dict[str, Any]]] = [
    ("f=logistics", {"fields": ["logistics"]}),
    ("f=green,health&s=science", {"fields": ["green", "health"], "sectors": ["science"]}),
    ("r=05112000,05113000&t=funds", {"places": ["05112000", "05113000"], "relations": ["funds"]}),
    ("cl=c02&t=member_of,co_participation", {"clusters": ["c02"], "relations": ["member_of", "co_participation"]}),
    ("y=2012-2015&nd=0", {"years": (2012, 2015), "undated": False}),
    ("ev=2", {"at_least": 2}),
    ("", {}),
]


@pytest.mark.parametrize(("query", "filters"), CASES, ids=[query or "none" for query, _ in CASES])
def test_command_line_and_app_leave_the_same(ruhr: Atlas, query: str, filters: dict[str, Any]) -> None:
    selection = Selection.from_query(query)
    mine, app = part(ruhr, **filters), shown_part(ruhr, selection, translator("en"))
    for table, key in (
        ("actors", "actor_id"),
        ("ties", "tie_id"),
        ("projects", "project_id"),
        ("sources", "source_id"),
    ):
        assert mine.tables.frame(table)[key].tolist() == app.tables.frame(table)[key].tolist()
    assert len(mine.tables.participations) == len(app.tables.participations)
    assert len(mine.tables.actors) == subset(ruhr, selection).count
    assert mine.version == app.version == ruhr.version
    assert mine.tables.actors["actor_id"].tolist() == mine.positions.index.tolist()


def test_a_district_stands_for_its_municipalities(ruhr: Atlas) -> None:
    wesel = part(ruhr, places=["05170"]).tables.actors["place_id"]
    assert len(set(wesel)) > 5
    assert wesel.str.startswith("05170").all()


@pytest.mark.parametrize(
    "filters", [{"fields": ["mining"]}, {"sectors": ["army"]}, {"places": ["0"]}, {"clusters": ["x"]}]
)
def test_a_name_these_data_do_not_have_is_answered_with_those_they_have(ruhr: Atlas, filters: dict[str, Any]) -> None:
    with pytest.raises(MeasureError, match="There are: "):
        part(ruhr, **filters)


def opened(content: bytes, ending: str) -> Any:
    if ending == "json":
        return nx.node_link_graph(json.loads(content), edges="edges")
    return {"gexf": nx.read_gexf, "graphml": nx.read_graphml}[ending](io.BytesIO(content))


@pytest.mark.parametrize("ending", ["gexf", "graphml", "json"])
def test_the_selection_comes_back_through_networkx_with_all_attributes(ruhr: Atlas, ending: str) -> None:
    selection = Selection.from_query("f=health&s=science,industry&sel=place:05911000")
    left = shown_part(ruhr, selection, translator("de"), only=True, address="http://127.0.0.1/netz?f=health")
    found = opened(export.render(left, ending), ending)
    actors = {node for node, data in found.nodes(data=True) if data["kind"] == "actor"}
    assert 5 < len(actors) < 154
    assert {data["cluster"] for node, data in found.nodes(data=True) if node in actors} <= {
        *ruhr.cluster_of_actors, ""
    }  # fmt: skip
    for node, data in left.graph.nodes(data=True):
        back = {key: value for key, value in found.nodes[node].items() if key not in {"viz", "id", "colour"}}
        assert back == data
        # position and cluster are those of the whole region
        if node in actors:
            assert back == ruhr.graph.nodes[node]
    edges = {data["id"]: data for _, _, data in found.edges(data=True)}
    assert len(edges) == left.graph.number_of_edges()
    for source, target, key, data in left.graph.edges(keys=True, data=True):
        back = edges[f"{source}|{key}|{target}"]
        told = {name: "|".join(value) if isinstance(value, tuple) else value for name, value in data.items()}
        assert {name: value for name, value in back.items() if name != "id"} == told
    if ending == "gexf":
        assert {"position", "color"} <= set(found.nodes[next(iter(actors))]["viz"])
    else:
        assert found.graph["filter"].startswith("Filter: Themenfeld: Gesundheit; Sektor: ")
        assert ruhr.version in found.graph["data version"]
        assert found.graph["link"] == "http://127.0.0.1/netz?f=health"


def test_a_caption_stands_in_gexf_and_workbook_too(ruhr: Atlas) -> None:
    left = shown_part(ruhr, Selection.from_query("f=health"), translator("de"))
    assert "filter: Filter: Themenfeld: Gesundheit." in export.render(left, "gexf").decode()
    book = openpyxl.load_workbook(io.BytesIO(export.render(left, "xlsx")), read_only=True)
    about = dict(book["about"].iter_rows(values_only=True))
    assert about["filter"] == "Filter: Themenfeld: Gesundheit."
    assert about["counts"].startswith(f"{len(left.tables.actors)} actors")
    sources = [row[0] for row in book["sources"].iter_rows(min_row=2, values_only=True)]
    assert 0 < len(sources) < len(ruhr.tables.sources)
    # what stands behind places and outlines stays named
    assert "bkg-vg250" in sources


def test_an_empty_selection_is_an_empty_graph(toy: Atlas) -> None:
    left = shown_part(toy, Selection.from_query("f=&sel=gone"), translator("de"), only=True)
    for ending in export.formats():
        assert export.render(left, ending)
    assert len(left.tables.actors) == 0


def test_the_colours_of_fields_are_the_app_s() -> None:
    from dashboards.palette import GREY, LIGHT

    assert (LIGHT.fields, GREY) == (export.FIELD_COLOURS, export.GREY)
