"""Files of what is on screen, opened again: rows, units, undefined numbers, hostile text, caption."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import networkx as nx
import openpyxl
import pandas as pd
import pytest

from dashboards.pages import story as page
from dashboards.views.sheet import Column, Sheet

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

COLUMNS = (
    Column("name", "Name"), Column("n", "Actors", "number"), Column("lq", "Quotient", "number", 2),
    Column("part", "Share", "share", 1), Column("sum", "Funding", "money"), Column("year", "Since", "year"),
)  # fmt: skip
ROWS = [
    {"id": "a", "name": "Essen; Nord", "n": 1234, "lq": 1.25, "part": 0.125, "sum": 1e6, "year": 2015},
    {"id": "b", "name": "=1+1", "n": 0, "lq": float("nan"), "part": None, "sum": -2.5, "year": None},
    {"id": "c", "name": "-", "n": None, "lq": float("inf"), "part": 0.0, "sum": 0, "year": 2020},
]
SHEET = Sheet("What stands where", COLUMNS, ROWS, ("Few actors.",), ("s-one",))


@pytest.fixture
def client(toy: Atlas, browse: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    made = {"rows": lambda *_: SHEET, "none": lambda *_: replace(SHEET, rows=[])}
    monkeypatch.setattr(page, "SHEETS", made)
    return browse(toy).client


@pytest.mark.parametrize(("language", "separator", "decimal"), [("de", ";", ","), ("en", ",", ".")])
def test_pandas_reads_the_csv_as_it_is(client: Any, language: str, separator: str, decimal: str) -> None:
    answer = client.get(f"/export/story/rows.csv?lang={language}&f=care")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    found = pd.read_csv(io.BytesIO(answer.data), sep=separator, decimal=decimal)
    assert found.columns.tolist()[:-1] == ["Name", "Actors", "Quotient", "Share", "Funding (€)", "Since"]
    assert len(found) == 3
    assert found["Actors"].tolist()[:2] == [1234, 0]
    assert found["Quotient"].tolist()[0] == 1.25
    assert found["Quotient"].isna().tolist() == [False, True, True]
    assert found["Share"].tolist()[0] == 0.125
    # no cell begins what a spreadsheet computes; numbers stay numbers
    assert found["Name"].tolist() == ["Essen; Nord", "'=1+1", "'-"]
    assert found["Funding (€)"].tolist() == [1e6, -2.5, 0]
    caption = found.iloc[0, -1]
    for part in ("What stands where", "Few actors.", "v=", f"lang={language}", "f=care"):
        assert part in caption
    assert found.iloc[1:, -1].isna().all()


def test_a_csv_without_rows_still_says_what_it_is(client: Any) -> None:
    found = pd.read_csv(io.BytesIO(client.get("/export/story/none.csv?lang=en").data))
    assert len(found) == 0
    assert "What stands where" in found.columns[-1]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_workbook_has_rows_filters_and_sources(client: Any, toy: Atlas, language: str) -> None:
    answer = client.get(f"/export/story/rows.xlsx?lang={language}&f=care")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == (
        ["Daten", "Filter", "Herkunft"] if language == "de" else ["Data", "Filters", "Provenance"]
    )
    rows, about, sources = book.worksheets
    assert [cell.value for cell in rows[2]] == ["Essen; Nord", 1234, 1.25, 0.125, 1_000_000, 2015]
    assert [cell.value for cell in rows[3]] == ["=1+1", 0, None, None, -2.5, None]
    assert rows["A3"].data_type == "s"
    assert (rows["C2"].number_format, rows["D2"].number_format) == ("#,##0.00", "0.0%")
    told = [value for row in about.iter_rows(values_only=True) for value in row]
    for part in ("What stands where", "Few actors."):
        assert part in told
    assert [one for one in told if "lang=" + language in one and "f=care" in one]
    assert [one for one in told if toy.version in one]
    # a source that is not there leaves an empty list, none named means all
    assert sources.max_row == 1


def test_all_sources_are_listed_where_a_sheet_names_none(client: Any, toy: Atlas, monkeypatch: Any) -> None:
    monkeypatch.setitem(page.SHEETS, "rows", lambda *_: replace(SHEET, sources=()))
    book = openpyxl.load_workbook(io.BytesIO(client.get("/export/story/rows.xlsx").data))
    ids = [row[0] for row in book["Herkunft"].iter_rows(min_row=2, values_only=True)]
    assert ids == toy.tables.sources["source_id"].tolist()


@pytest.mark.parametrize(
    "path", ["story/gone.csv", "story/rows.pdf", "nowhere/rows.csv", "graph.csv", "caption/gone.json"]
)
def test_what_is_not_there_is_not_found(client: Any, path: str) -> None:
    assert client.get(f"/export/{path}").status_code == 404


def test_the_graph_follows_filters_and_selection(client: Any) -> None:
    def actors(query: str) -> set[str]:
        found = nx.read_graphml(io.BytesIO(client.get(f"/export/graph.graphml?{query}").data))
        return {node for node, data in found.nodes(data=True) if data["kind"] == "actor"}

    assert len(actors("")) == 12
    assert actors("f=care&sel=place:XX112&only=1") == {"actor:b-clinic", "actor:b-institute", "actor:b-labs"}
    # a selection alone restricts nothing: filters and selection are two things
    assert len(actors("f=care&sel=place:XX112")) == 5
    assert actors("sel=gone&only=1") == set()
    assert len(actors("zz=1&y=abc&f=care")) == 5


def test_the_caption_for_pictures(client: Any, toy: Atlas) -> None:
    told = json.loads(client.get("/export/caption/network.json?lang=en&f=care&px=20&nw=1&step=3").data)
    assert told["file"] == "toy-network"
    assert told["lines"][-1] == f"http://localhost/network?lang=en&f=care&v={toy.version}"
    assert toy.version in " ".join(told["lines"])
    assert told["lines"][1].startswith("5 actors and 5 linked pairs")
