"""The workbook to fill in and its way back, from Excel, LibreOffice or a folder of CSV files."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
import source_samples

from ecosystem import tables
from ecosystem.dictionary import csv_tables, dictionary
from ecosystem.errors import SourceError
from ecosystem.regions import locate
from ecosystem.sources import workbook
from ecosystem.sources.template import HELP, LISTS

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [table.name for table in csv_tables()]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    workbook.template(tmp_path / "t.xlsx", tables.read(locate("toy")))
    return tmp_path / "t.xlsx"


def rules(path: Path, sheet: str) -> dict[str, list[str]]:
    """Column → what its drop-down offers."""
    book = openpyxl.load_workbook(path)
    found = {}
    for rule in book[sheet].data_validations.dataValidation:
        if rule.type == "list":
            name = book[sheet].cell(1, next(iter(rule.sqref.ranges)).min_col).value
            target, cells = rule.formula1.lstrip("=").rsplit("!", 1)
            assert target == f"'{LISTS}'"
            found[name] = [one[0].value for one in book[LISTS][cells.replace("$", "")]]
    return found


def test_a_sheet_a_table_with_the_columns_of_the_dictionary(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    assert book.sheetnames == [HELP, *NAMES, LISTS]
    for table in csv_tables():
        assert tuple(cell.value for cell in book[table.name][1]) == table.header
        assert book[table.name].max_row == 1
        assert all(cell.comment and cell.comment.text for cell in book[table.name][1])
    assert book[LISTS].sheet_state == "hidden"


def test_drop_downs_offer_what_is_allowed(written: Path) -> None:
    found = rules(written, "ties")
    assert found["relation"] == list(dictionary()["ties"].column("relation").allowed)
    toy = tables.read(locate("toy"))
    assert found["source_actor_id"] == toy.actors["actor_id"].tolist()
    assert rules(written, "places")["in_region"] == ["true", "false"]
    assert rules(written, "actor_fields")["field_id"] == [one.field_id for one in toy.region.fields]


def test_without_a_region_only_fixed_choices(tmp_path: Path) -> None:
    workbook.template(tmp_path / "t.xlsx")
    assert set(rules(tmp_path / "t.xlsx", "ties")) == {"relation"}
    assert set(rules(tmp_path / "t.xlsx", "actors")) == {"sector", "place_evidence", "sector_evidence"}


def test_the_help_sheet_describes_every_column_in_both_languages(written: Path) -> None:
    sheet = openpyxl.load_workbook(written)[HELP]
    told = {(row[0].value, row[1].value): row for row in sheet.iter_rows()}
    for table in csv_tables():
        for column in table.columns:
            row = told[table.name, column.name]
            assert row[5].value == column.description.text("de")
            assert row[6].value == column.description.text("en")
            assert (row[7].value or "") == column.example


def test_an_empty_template_comes_back_empty(written: Path) -> None:
    found = workbook.read(written)
    assert list(found.tables) == NAMES
    assert all(len(frame) == 0 for frame in found.tables.values())
    assert (found.rejects, found.notes) == ((), ())


def test_what_is_filled_in_comes_back(written: Path) -> None:
    book = openpyxl.load_workbook(written)
    book["places"].append(["05113000", "Essen", None, None, None, "DEA13", 584580, 2022, 210.42, 51.44184, 7.04, True])
    book["actors"]["A4"] = "stadt-essen"
    book["actors"]["B4"] = " Stadt  Essen "
    book.save(written)
    found = workbook.read(written).tables
    assert found["places"].loc[2].tolist()[:2] == ["05113000", "Essen"]
    assert found["places"].loc[2, ["population", "area_km2", "in_region"]].tolist() == ["584580", "210.42", "true"]
    # the row is the sheet's
    assert found["actors"].loc[4, "name"] == "Stadt Essen"


def test_a_region_folder_comes_back_as_it_is() -> None:
    found = workbook.read(locate("toy"))
    toy = tables.read(locate("toy"))
    assert set(found.tables) == set(NAMES)
    assert found.tables["actors"]["name"].tolist() == toy.actors["name"].tolist()
    assert found.tables["ties"].index.tolist() == list(range(2, len(toy.ties) + 2))


def test_a_folder_packed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "toy.zip", "w") as archive:
        for path in locate("toy").glob("*.csv"):
            archive.write(path, f"toy/{path.name}")
    assert set(workbook.read(tmp_path / "toy.zip").tables) == set(NAMES)


def test_rows_that_cannot_be_made_out_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "ties.csv").write_text("tie_id,relation\nt1,funds\nt2,funds,x\n", encoding="utf-8")
    (tmp_path / "more.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    found = workbook.read(tmp_path)
    assert found.tables["ties"]["tie_id"].tolist() == ["t1"]
    assert str(found.rejects[0].origin) == "ties.csv, row 3"
    assert found.notes == ("“more.csv” was passed over: it is not called as a table is.",)


def test_headers_by_other_spellings_and_columns_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("Titel;;;\nActor-ID;Name;Farbe;\na;A;rot;\n", encoding="utf-8")
    found = workbook.read(tmp_path)
    assert found.tables["actors"].columns.tolist() == ["actor_id", "name", "Farbe"]
    assert found.tables["actors"].index.tolist() == [3]
    assert found.notes == ("actors: the column “Farbe” is not one of the table's.",)


def test_from_libreoffice(tmp_path: Path) -> None:
    path = source_samples.ods(tmp_path / "t.ods", {"Ties": [["tie_id", "relation"], ["t1", "funds"]], "x": []})
    found = workbook.read(path)
    assert found.tables["ties"].to_dict("index") == {2: {"tie_id": "t1", "relation": "funds"}}
    assert found.notes == ("“x” was passed over: it is not called as a table is.",)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("actors.csv", "a;b\n1;2\n", "has the column actor_id"),
        ("actors.csv", "actor_id;Actor ID\n1;2\n", "the column actor_id stands there twice"),
        ("others.csv", "a;b\n1;2\n", "no sheet is called places"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, name: str, text: str, problem: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=problem):
        workbook.read(tmp_path)


def test_an_empty_folder_and_other_endings(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no CSV file in the folder"):
        workbook.read(tmp_path)
    with pytest.raises(SourceError, match=r"ends in \.xlsx"):
        workbook.template(tmp_path / "t.ods")
    with pytest.raises(SourceError, match="cannot be written"):
        workbook.template(tmp_path / "none" / "t.xlsx")
