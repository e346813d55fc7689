"""The data dictionary agrees with the model, with itself and with the documentation."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from dataclasses import fields

import pandas as pd
import pytest

from ecosystem import schema
from ecosystem.cells import numbers
from ecosystem.dictionary import REGION_FIELDS, Table, csv_tables, dictionary, markdown, template
from ecosystem.model import Relation, Sector
from ecosystem.parsing import Sheet
from ecosystem.regions import shipped_data
from ecosystem.tables import Tables, empty

TYPES = {"text", "id", "url", "date", "boolean", "integer", "year", "number", "money"}
COLUMNS = [column for table in dictionary().values() for column in table.columns]


def test_its_vocabulary_is_the_models() -> None:
    assert dictionary()["actors"].column("sector").allowed == tuple(sector.value for sector in Sector)
    assert dictionary()["ties"].column("relation").allowed == tuple(relation.value for relation in Relation)


def test_its_tables_are_those_of_the_frames() -> None:
    assert set(dictionary()) | {"warnings", "digest", "talk"} == {field.name for field in fields(Tables)}


def test_its_file_has_one_row_for_each_table_and_column_in_canonical_form() -> None:
    content = (shipped_data() / "columns.csv").read_bytes().decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert len({(row["table"], row["column"]) for row in rows}) == len(rows) == len(COLUMNS) + len(dictionary())
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(csv.reader(io.StringIO(content, newline="")))
    assert out.getvalue() == content


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.table}.{column.name}")
def test_every_column_is_described_and_typed(column) -> None:
    assert column.type in TYPES
    assert column.description.de
    assert column.description.en
    assert column.description.de != column.description.en or column.name == "fields"
    assert column.example
    assert not column.unit or column.numeric
    assert (column.minimum is None and column.maximum is None) or column.numeric


def test_every_foreign_key_leads_to_a_column() -> None:
    for column in (column for column in COLUMNS if column.foreign_key):
        table, _, name = column.foreign_key.partition(".")
        assert column.foreign_key == REGION_FIELDS or dictionary()[table].column(name)


@pytest.mark.parametrize("table", csv_tables(), ids=lambda table: table.name)
def test_every_example_passes_its_own_checks(table: Table) -> None:
    frame = pd.DataFrame({column.name: [column.example] for column in table.columns}, index=[2], dtype="str")
    readings = {
        column.name: numbers(frame[column.name], column, decimal_comma=False)
        for column in table.columns
        if column.numeric
    }
    assert schema.faults(Sheet(table, frame, there=True), readings, {}) == []
    header, example = csv.reader(io.StringIO(template(table.name)))
    assert (tuple(header), example) == (table.header, frame.loc[2].tolist())


@pytest.mark.parametrize("table", csv_tables(), ids=lambda table: table.name)
def test_an_empty_frame_has_the_form_of_a_full_one(table: Table) -> None:
    frame = empty(table.name)
    assert len(frame) == 0
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        column.name: column.dtype for column in table.columns
    }


def test_the_documentation_is_fresh() -> None:
    page = (shipped_data() / "README.md").read_text(encoding="utf-8")
    opened, closed = "<!-- columns: python -m ecosystem.dictionary -->\n", "<!-- /columns -->"
    assert page.partition(opened)[2].partition(closed)[0] == markdown(), "python -m ecosystem.dictionary prints it"


def test_it_prints_itself() -> None:
    run = subprocess.run([sys.executable, "-m", "ecosystem.dictionary"], capture_output=True, check=True)
    assert run.stdout.decode("utf-8").replace("\r\n", "\n") == markdown()


def test_the_documentation_exists_in_german_too() -> None:
    assert "#### `places.csv` (Pflicht)" in markdown("de")
    assert "| `sector` | text |  | ja | Sektor der Fünffachhelix:" in markdown("de")


def test_a_column_that_is_none_is_answered_with_those_that_are() -> None:
    with pytest.raises(KeyError, match="it has place_id, field_id, evidence, source_id"):
        dictionary()["city_fields"].column("note")
