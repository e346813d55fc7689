"""The same tables, whatever spreadsheet saved them."""

from __future__ import annotations

import csv
import io
import shutil
from typing import TYPE_CHECKING

import pytest

from ecosystem import tables
from ecosystem.dictionary import csv_tables, dictionary
from ecosystem.errors import Severity
from ecosystem.regions import shipped_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TOY = shipped_data() / "toy"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(TOY, tmp_path / "toy")
    return tmp_path / "toy"


def _every_csv(folder: Path, change: Callable[[str], str]) -> None:
    for table in csv_tables():
        path = folder / table.file
        path.write_bytes(change(path.read_text(encoding="utf-8")).encode("utf-8"))


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def _saved(rows: list[list[str]], **options: str | int) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, **{"lineterminator": "\n", **options}).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def _same(folder: Path) -> None:
    found, expected = tables.read(folder), tables.read(TOY)
    for table in csv_tables():
        assert found.frame(table.name).equals(expected.frame(table.name)), table.name
    assert (found.region, found.boundaries, found.warnings) == (expected.region, expected.boundaries, ())


def _german(text: str) -> str:
    """As a German spreadsheet saves it: semicolons and decimal commas."""
    rows = _rows(text)
    numeric = [place for place, name in enumerate(rows[0]) if name in {"lat", "lon", "area_km2", "funding_eur"}]
    for row in rows[1:]:
        for place in numeric:
            row[place] = row[place].replace(".", ",")
    return _saved(rows, delimiter=";", lineterminator="\r\n")


VARIANTS: dict[str, Callable[[str], str]] = {
    "byte order mark": lambda text: "\ufeff" + text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "semicolons": lambda text: _saved(_rows(text), delimiter=";"),
    "everything quoted": lambda text: _saved(_rows(text), quoting=csv.QUOTE_ALL),
    "German spreadsheet": _german,
    "German spreadsheet with byte order mark": lambda text: "\ufeff" + _german(text),
    "no line break at the end": lambda text: text.rstrip("\n"),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "empty rows at the end": lambda text: text + ",,,\n,,,,,,,,,,,,,,,\n",
    "empty columns at the end": lambda text: text.replace("\n", ",,\n") if '"' not in text else text,
    "blanks around cells": lambda text: _saved([[f" {cell}\u00a0" for cell in row] for row in _rows(text)]),
    "rows in another order": lambda text: _saved([_rows(text)[0], *_rows(text)[:0:-1]]),
    "columns in another order": lambda text: _saved([row[::-1] for row in _rows(text)]),
    "decomposed umlauts": lambda text: text.replace("ü", "u\u0308"),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_saved_otherwise_the_tables_are_the_same(folder: Path, variant: str) -> None:
    before = tables.digest(folder)
    _every_csv(folder, VARIANTS[variant])
    assert tables.digest(folder) != before
    _same(folder)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (["150.000,00", "50.000", "20.000"], [150000.0, 50000.0, 20000.0]),
        (["150,000.00", "50,000", "20,000"], [150000.0, 50000.0, 20000.0]),
        (["1234,5", "1.234", "1"], [1234.5, 1234.0, 1.0]),
        (["1234.5", "1,234", "1"], [1234.5, 1234.0, 1.0]),
        (["1.234.567", "1.234", "0,5"], [1234567.0, 1234.0, 0.5]),
        (["€ 1.234,56", "1.234 €", "EUR 5"], [1234.56, 1234.0, 5.0]),
        (["1 234,56", "1\u202f234", "1'234"], [1234.56, 1234.0, 1234.0]),
    ],
)
def test_amounts_are_read_as_their_column_writes_them(folder: Path, amounts: list[str], expected: list[float]) -> None:
    _amounts(folder, amounts)
    read = tables.read(folder)
    assert read.participations["funding_eur"].iloc[:3].tolist() == expected
    assert read.warnings == ()


@pytest.mark.parametrize(("separator", "expected"), [(",", 1.234), (";", 1234.0)])
def test_an_amount_that_can_be_read_two_ways_is_reported(folder: Path, separator: str, expected: float) -> None:
    _amounts(folder, ["1.234", "5", "6"], separator)
    read = tables.read(folder)
    assert read.participations["funding_eur"].iloc[0] == expected
    (warning,) = read.warnings
    assert (warning.file, warning.row, warning.column, warning.value) == (
        "participations.csv", 2, "funding_eur", "1.234",
    )  # fmt: skip
    assert warning.severity is Severity.WARNING
    assert f"It was read as {expected:g}" in warning.cure


def test_amounts_that_contradict_each_other_are_reported(folder: Path) -> None:
    _amounts(folder, ["1.234,5", "1,234.5", "1.234"])
    (warning,) = tables.read(folder).warnings
    assert (warning.row, warning.value) == (4, "1.234")


def _amounts(folder: Path, amounts: list[str], separator: str = ",") -> None:
    path = folder / "participations.csv"
    rows = _rows(path.read_text(encoding="utf-8"))
    place = rows[0].index("funding_eur")
    for row, amount in zip(rows[1:], amounts, strict=False):
        row[place] = amount
    path.write_text(_saved(rows, delimiter=separator), encoding="utf-8", newline="")


def test_populations_may_be_grouped_and_years_stay_years(folder: Path) -> None:
    path = folder / "places.csv"
    text = path.read_text(encoding="utf-8").replace(",60000,", ",60.000,").replace(",40000,", ',"40,000",')
    path.write_text(text.replace(",2022,", ",2022.0,", 1), encoding="utf-8", newline="")
    places = tables.read(folder).places
    assert places["population"].tolist() == [60000, 40000, 20000]
    assert places["population_year"].tolist() == [2022, 2022, 2022]


def test_a_quoted_line_break_stays_and_counts_as_one_row(folder: Path) -> None:
    path = folder / "actors.csv"
    text = path.read_text(encoding="utf-8").replace("Netz Ahausen GmbH", '"Netz\r\nAhausen GmbH"')
    path.write_text(text.replace("administration,city_administration,XX111", "administr,x,XX111"), "utf-8", newline="")
    (fault,) = tables.inspect(folder)
    assert (fault.file, fault.row, fault.column) == ("actors.csv", 5, "sector")
    path.write_text(text, encoding="utf-8", newline="")
    read = tables.read(folder)
    assert read.actors.set_index("actor_id").at["a-grid", "name"] == "Netz\nAhausen GmbH"


def test_truths_may_be_written_in_either_language(folder: Path) -> None:
    path = folder / "places.csv"
    rows = _rows(path.read_text(encoding="utf-8"))
    for row, word in zip(rows[1:], ["WAHR", "ja", "1"], strict=True):
        row[-1] = word
    rows.append(["x-nein", "Außen", *[""] * 9, "FALSCH"])
    path.write_text(_saved(rows), encoding="utf-8", newline="")
    assert tables.read(folder).places["in_region"].tolist() == [True, True, True, False]


def test_keys_keep_their_leading_zeros(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("XX11", "0123"), encoding="utf-8", newline="")
    places = tables.read(folder).places
    assert places["place_id"].tolist() == ["01231", "01232", "01233"]


def test_unknown_columns_are_kept_as_text_and_reported(folder: Path) -> None:
    path = folder / "city_fields.csv"
    header, first, second = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"plz,{header},evidense\n01067,{first},a\n00001,{second},b\n", encoding="utf-8", newline="")
    read = tables.read(folder)
    assert tuple(read.city_fields.columns) == (*dictionary()["city_fields"].header, "plz", "evidense")
    assert read.city_fields["plz"].tolist() == ["01067", "00001"]
    assert [(warning.column, warning.severity) for warning in read.warnings] == [
        ("evidense", Severity.WARNING), ("plz", Severity.WARNING),
    ]  # fmt: skip
    assert "Did you mean “evidence”" in read.warnings[0].cure


def test_optional_columns_and_tables_may_be_left_out(folder: Path) -> None:
    for name in ("actor_fields", "ties", "projects", "participations", "city_fields", "flows", "boundaries"):
        (folder / dictionary()[name].file).unlink()
    path = folder / "actors.csv"
    keep = ("actor_id", "name", "sector", "place_id", "source_ids")
    rows = _rows(path.read_text(encoding="utf-8"))
    places = [rows[0].index(name) for name in keep]
    path.write_text(_saved([[row[place] for place in places] for row in rows]), encoding="utf-8", newline="")
    read = tables.read(folder)
    assert tuple(read.actors.columns) == dictionary()["actors"].header
    assert (read.actors["note"] == "").all()
    assert read.boundaries is None
    for table in csv_tables():
        expected = {column.name: column.dtype for column in table.columns}
        assert {name: str(dtype) for name, dtype in read.frame(table.name).dtypes.items()} == expected
    assert read.ties.empty
    assert read.warnings == ()
