"""Graph files: GEXF, GraphML, tables of Gephi and Kumu, and the graphs this package exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sources.conftest import complete

from ecosystem import export, sources
from ecosystem.errors import SourceError
from ecosystem.sources.mapping import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ecosystem.atlas import Atlas
    from ecosystem.sources.record import Reading


def test_gexf(sample: Callable[[str], Reading]) -> None:
    found = sample("gexf")
    assert (found.rows_read, found.rows_taken) == (7, 3)
    assert [(one.name, one.municipality, one.kinds) for one in found.actors] == [
        ("Werk & Söhne", "Essen", (("sector", "industry"),)),  # what the file says of all that do not say otherwise
        ("Institut", "Bochum", (("sector", "science"),)),
    ]
    (tie,) = found.ties
    assert (tie.a, tie.b, tie.relation, tie.year) == ("n0", "n1", "funds", 2019)
    assert [(one.origin.row, one.reason) for one in found.rejects] == [
        (3, "a node of this id was read before"),
        (4, "a node without a label"),
        (6, "the end n9 is no organisation that was taken"),
        (7, "a tie of an organisation with itself"),
    ]
    assert found.notes == ("Attributes of nodes that were not used: “Größe”.",)


def test_graphml_with_the_labels_of_yed(sample: Callable[[str], Reading]) -> None:
    found = sample("graphml")
    assert [(one.name, one.municipality) for one in found.actors] == [("Werk", "Essen"), ("Institut", "")]
    assert found.ties[0].relation == "kooperiert"


def test_gephi_tables_in_either_order(sample: Callable[[str], Reading]) -> None:
    found = sample("gephi")
    assert (found.rows_read, found.rows_taken) == (4, 3)
    assert [(one.raw_id, one.name, one.kinds) for one in found.actors] == [
        ("1", "Werk", (("kind", "Unternehmen"),)), ("2", "Institut", (("kind", "Forschung"),)),
    ]  # fmt: skip
    # "Undirected" is no relation
    assert found.ties[0].relation == "liefert"
    assert str(found.rejects[0].origin) == "edges.csv, row 3"


def test_kumu(sample: Callable[[str], Reading]) -> None:
    found = sample("kumu")
    assert (found.actors[0].raw_id, found.actors[0].topics) == ("Werk", (("label", "Stahl"), ("label", "Wasserstoff")))
    assert (found.ties[0].a, found.ties[0].b, found.ties[0].relation) == ("Werk", "Institut", "cooperates with")


def test_edges_alone_name_their_ends(given: Callable[[str, str | bytes], Path]) -> None:
    found = complete(sources.read("graph", [given("e.csv", "Source;Target\nWerk;Institut\nWerk;\n;x\n1;2\n")]))
    assert [one.name for one in found.actors] == ["Werk", "Institut"]
    assert (len(found.ties), len(found.rejects)) == (1, 3)


@pytest.mark.parametrize("ending", ["gexf", "graphml"])
def test_an_export_comes_back(tmp_path: Path, toy: Atlas, ending: str) -> None:
    path = export.export(toy, tmp_path / f"toy.{ending}")
    found = complete(sources.read("graph", [path]))
    assert {one.name for one in found.actors} == set(toy.tables.actors["name"])
    ties = {(one.a, one.relation, one.b) for one in found.ties}
    expected = toy.tables.ties
    assert ties == {
        (f"actor:{a}", relation, f"actor:{b}")
        for a, relation, b in zip(
            expected["source_actor_id"], expected["relation"], expected["target_actor_id"], strict=True
        )
    }


def test_attributes_are_mapped_by_hand(given: Callable[[str, str | bytes], Path]) -> None:
    path = given("n.csv", "Id,Label,Wo\n1,Werk,Essen\n")
    found = sources.read("graph", [path], mapping=Mapping((("municipality", "Wo"), ("postcode", "Zahl"))))
    assert found.actors[0].municipality == "Essen"
    assert found.notes == ("The mapping names “Zahl”, which no node has.",)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("x.gexf", "<html></html>", "its root is <html>"),
        ("x.gexf", "<gexf><graph>", r"x\.gexf, line 1: the XML is broken"),
        ("x.graphml", "<!DOCTYPE graphml><graphml/>", "declares a document type"),
        ("x.gexf", "<gexf>" + "<nodes>" * 200 + "</nodes>" * 200 + "</gexf>", "deep in each other"),
        ("x.gexf", '<?xml version="1.0" encoding="klingon"?><gexf/>', "cannot be read|is broken"),
        ("x.gexf", "<gexf/>", "neither nodes nor edges"),
        ("x.csv", "a,b\n1,2\n", "neither nodes nor edges"),
    ],
)
def test_what_is_no_graph_is_refused(
    given: Callable[[str, str | bytes], Path], name: str, content: str, problem: str
) -> None:
    with pytest.raises(SourceError, match=problem):
        sources.read("graph", [given(name, content)])
