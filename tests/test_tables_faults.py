"""Faults of files, headers, descriptions and outlines; and what must not follow from them."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from ecosystem import tables
from ecosystem.dictionary import dictionary
from ecosystem.errors import RegionError, Severity, TablesError
from ecosystem.regions import shipped_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ecosystem.errors import Fault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(shipped_data() / "toy", tmp_path / "toy")
    return tmp_path / "toy"


def _change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def _where(faults: tuple[Fault, ...]) -> list[tuple[str, int | None, str]]:
    return [(fault.file, fault.row, fault.column) for fault in faults]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegionError, match="There is no folder"):
        tables.read(tmp_path / "nowhere")


def test_an_empty_folder_lacks_the_required_files_only(tmp_path: Path) -> None:
    required = [table.file for table in dictionary().values() if table.required]
    assert [fault.file for fault in tables.inspect(tmp_path)] == required == [
        "region.toml", "places.csv", "actors.csv", "sources.csv",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf"])
def test_an_empty_file_lacks_its_columns(folder: Path, content: bytes) -> None:
    (folder / "sources.csv").write_bytes(content)
    assert _where(tables.inspect(folder))[:1] == [("sources.csv", 1, "source_id")]


@pytest.mark.parametrize(
    ("content", "found"),
    [("a;b".encode("utf-16"), "UTF-16 text"), (b"PK\x03\x04rest", "an Excel workbook")],
)
def test_other_formats_are_recognised(folder: Path, content: bytes, found: str) -> None:
    (folder / "ties.csv").write_bytes(content)
    (fault,) = tables.inspect(folder)
    assert (fault.file, fault.value) == ("ties.csv", found)
    assert "CSV UTF-8" in fault.cure


def test_bytes_that_are_no_utf8_name_their_first_row_once(folder: Path) -> None:
    path = folder / "actors.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    (fault,) = tables.inspect(folder)
    assert (fault.file, fault.row, fault.column) == ("actors.csv", 8, "name")
    assert fault.value == "Institut f�r Pflegetechnik"
    assert fault.cure.startswith("Save the table as “CSV UTF-8”")
    assert "1 more cells" in fault.cure


def test_text_that_was_decoded_twice_is_a_warning(folder: Path) -> None:
    _change(folder, "actors.csv", "Institut für", "Institut fÃ¼r")
    (fault,) = tables.read(folder).warnings
    assert (fault.row, fault.column, fault.severity) == (8, "name", Severity.WARNING)


@pytest.mark.parametrize(
    ("old", "new", "row"),
    [("Netz Ahausen GmbH", '"Netz Ahausen GmbH', 4), ("Netz Ahausen GmbH", '"Netz" Ahausen', 4)],
)
def test_an_unclosed_quotation_names_the_row_that_opened_it(folder: Path, old: str, new: str, row: int) -> None:
    _change(folder, "actors.csv", old, new)
    (fault,) = tables.inspect(folder)
    assert (fault.file, fault.row) == ("actors.csv", row)
    assert "double quote" in fault.cure


def test_a_table_that_cannot_be_read_does_not_make_others_dangle_but_they_are_checked(folder: Path) -> None:
    _change(folder, "actors.csv", "Netz Ahausen GmbH", '"Netz Ahausen GmbH')
    _change(folder, "ties.csv", "2018", "1666")
    _change(folder, "projects.csv", ",care,", ",caring,")
    assert _where(tables.inspect(folder)) == [
        ("actors.csv", 4, ""), ("ties.csv", 4, "since_year"), ("projects.csv", 3, "fields"),
    ]  # fmt: skip


def test_a_required_table_that_is_missing_does_not_make_others_dangle(folder: Path) -> None:
    (folder / "actors.csv").unlink()
    assert _where(tables.inspect(folder)) == [("actors.csv", None, "")]


def test_an_optional_table_that_is_missing_is_one_fault_of_those_that_need_it(folder: Path) -> None:
    (folder / "projects.csv").unlink()
    (fault,) = tables.inspect(folder)
    assert (fault.file, fault.row, fault.column) == ("participations.csv", 2, "project_id")
    assert fault.expected == "the file projects.csv"


def test_a_row_of_wrong_length_does_not_make_others_dangle(folder: Path) -> None:
    _change(folder, "actors.csv", "a-works,Ahauser Werke AG,", "a-works,Ahauser Werke, AG,")
    (fault,) = tables.inspect(folder)
    assert (fault.file, fault.row, fault.value) == ("actors.csv", 6, "14 cells")


def test_a_missing_column_is_no_fault_of_every_row(folder: Path) -> None:
    _change(folder, "actors.csv", "actor_id,", "actorid,")
    found = tables.inspect(folder)
    assert _where(found) == [("actors.csv", 1, "actor_id"), ("actors.csv", 1, "actorid")]
    assert found[0].cure == "Rename “actorid” to “actor_id”."


def test_a_key_that_lost_its_zero_does_not_make_others_dangle(folder: Path) -> None:
    for path in folder.iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("XX11", "0123"), encoding="utf-8", newline="")
    _change(folder, "places.csv", "01232,Bestadt,town,01232", "1232,Bestadt,town,1232")
    found = tables.inspect(folder)
    assert [(fault.row, fault.column, fault.value) for fault in found] == [
        (3, "district_id", "1232"), (3, "place_id", "1232"),
    ]  # fmt: skip
    assert "Write 01232" in found[0].cure


def test_german_keys_of_seven_digits_lost_their_zero_even_if_all_did(folder: Path) -> None:
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace(",XX11", ",511300").replace("\nXX11", "\n511300")
        path.write_text(text.replace('"XX11', '"511300'), encoding="utf-8", newline="")
    path = folder / "places.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",town,5113001,Ahausen,5113001", ",town,D,A,DEA13"), "utf-8"
    )
    assert ("places.csv", 2, "place_id") in _where(tables.inspect(folder))


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "expected"),
    [
        (
            "actors.csv",
            "Ahausen College|University of Ahausen",
            "Ahausen College|",
            "aliases",
            "items separated by “|”",
        ),
        ("actors.csv", "Ahausen College|University of Ahausen", "One|One", "aliases", "items separated by “|”"),
        ("actors.csv", "a-grid,", "a grid,", "actor_id", "an id without"),
        ("actors.csv", "a-college,Hochschule", "a-college,Hoch\x1bschule", "name", "text without control characters"),
        ("sources.csv", "2026-11,2026-11", "2026-13,2026-11", "published", "a date"),
        ("participations.csv", "150000", "150k", "funding_eur", "an amount"),
        ("participations.csv", "150000", "1.5E+05", "funding_eur", "an amount"),
        ("participations.csv", "150000", "n/a", "funding_eur", "an amount"),
        ("participations.csv", "150000", "nan", "funding_eur", "an amount"),
        ("participations.csv", "150000", "inf", "funding_eur", "an amount"),
        ("participations.csv", "150000", "1.23.4", "funding_eur", "an amount"),
        ("places.csv", "60000", "60000.5", "population", "a whole number"),
        ("places.csv", ",2022,", ",22,", "population_year", "between 1800 and 2100"),
        ("projects.csv", "P1,Heat", "P1,", "title", None),
    ],
)
def test_cells_that_are_wrong(folder: Path, file: str, old: str, new: str, column: str, expected: str | None) -> None:
    _change(folder, file, old, new)
    found = [fault for fault in tables.inspect(folder) if fault.file == file]
    if expected is None:
        assert found == []
        return
    assert (found[0].column, found[0].severity) == (column, Severity.ERROR)
    assert found[0].expected.startswith(expected)


def test_a_repeated_key_may_differ_in_what_is_no_key(folder: Path) -> None:
    _change(folder, "participations.csv", "P4,a-grid,,,2021", "P4,a-grid,,,2020")
    path = folder / "participations.csv"
    path.write_text(path.read_text(encoding="utf-8") + "P4,a-grid,,7,2021,toy-register\n", encoding="utf-8", newline="")
    assert tables.inspect(folder) == ()
    path.write_text(path.read_text(encoding="utf-8") + "P4,a-grid,,8,2021,toy-register\n", encoding="utf-8", newline="")
    (fault,) = tables.inspect(folder)
    assert (fault.row, fault.column, fault.value) == (16, "project_id", "P4 + a-grid + 2021")
    assert fault.cure.startswith("Row 15 has the same")


def test_the_reverse_of_a_directed_tie_is_another_tie(folder: Path) -> None:
    path = folder / "ties.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "t9,a-grid,shareholder_of,a-town,,x,toy-page\n", encoding="utf-8", newline="")
    assert tables.inspect(folder) == ()
    path.write_text(text + "t9,c-motors,cooperates_with,a-works,,x,toy-page\n", encoding="utf-8", newline="")
    (fault,) = tables.inspect(folder)
    assert (fault.row, fault.cure) == (10, "Row 4 says the same: remove one of them.")


def test_without_outlines_points_are_compared_with_each_other(folder: Path) -> None:
    (folder / "boundaries.geojson").unlink()
    _change(folder, "places.csv", "51.05,7.25", "7.25,51.05")
    (fault,) = tables.inspect(folder)
    assert (fault.row, fault.column, fault.value) == (4, "lat", "7.25, 51.05")
    assert "swapped" in fault.cure


def test_a_place_without_coordinates_or_outline_is_a_warning(folder: Path) -> None:
    _change(folder, "places.csv", "51.05,7.25", ",")
    outlines = _outlines(folder)
    outlines["features"].pop()
    (folder / "boundaries.geojson").write_text(json.dumps(outlines), encoding="utf-8")
    found = tables.read(folder).warnings
    assert [(fault.row, fault.column) for fault in found] == [(4, "lat"), (4, "place_id")]


def test_a_region_without_places_is_none(folder: Path) -> None:
    path = folder / "places.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("true", "false"), encoding="utf-8", newline="")
    assert _where(tables.inspect(folder)) == [("places.csv", None, "in_region")]


def test_actors_outside_need_no_source(folder: Path) -> None:
    path = folder / "places.csv"
    path.write_text(path.read_text(encoding="utf-8") + "x-bonn,Bonn,,,,,,,,,,false\n", encoding="utf-8", newline="")
    path = folder / "actors.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "x,X,,,science,,x-bonn,,,,,,\n", encoding="utf-8", newline="")
    assert tables.inspect(folder) == ()
    path.write_text(text + "x,X,,,science,,XX111,,,,,,\n", encoding="utf-8", newline="")
    assert _where(tables.inspect(folder)) == [("actors.csv", 14, "source_ids")]


@pytest.mark.parametrize(
    ("old", "new", "row", "column"),
    [
        ('name_de = "Dreistadt"', 'name_de = "Dreistadt', 2, ""),
        ('name_de = "Dreistadt"\n', "", None, "name_de"),
        ('name_de = "Dreistadt"', "name_de = 3", None, "name_de"),
        ('name_de = "Dreistadt"', 'name_de = ""', None, "name_de"),
        ('id = "energy"', 'id = "care"', None, "fields.id"),
        ('id = "energy"', 'id = "en ergy"', None, "fields[1].id"),
        ('id = "energy"\n', "", None, "fields[1].id"),
        ('text_de = "erfunden"', "text_de = 1", None, "vintage[1].text_de"),
        ("[[vintage]]", "[vintage]", None, "vintage"),
    ],
)
def test_faults_of_the_description(folder: Path, old: str, new: str, row: int | None, column: str) -> None:
    _change(folder, "region.toml", old, new)
    assert _where(tables.inspect(folder)) == [("region.toml", row, column)]
    with pytest.raises(TablesError):
        tables.read(folder)


def test_a_description_without_fields_or_in_another_encoding(folder: Path) -> None:
    path = folder / "region.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.partition("[[fields]]")[0], encoding="utf-8", newline="")
    assert _where(tables.inspect(folder)) == [("region.toml", None, "fields")]
    path.write_bytes(text.encode("cp1252"))
    assert _where(tables.inspect(folder)) == [("region.toml", 4, "")]


def test_unknown_entries_of_the_description_are_warnings(folder: Path) -> None:
    _change(folder, "region.toml", 'short_de = "Energie"', 'shortde = "Energie"')
    read = tables.read(folder)
    (warning,) = read.warnings
    assert (warning.column, warning.cure) == ("fields[1].shortde", "Did you mean short_de?")
    assert read.region.field("energy").short.de == "Energie"


def _outlines(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "boundaries.geojson").read_text(encoding="utf-8"))
    return found


def _key(outlines: dict[str, Any], key: str | None) -> None:
    outlines["features"][0]["properties"] = {} if key is None else {"place_id": key}


def _geometry(outlines: dict[str, Any], geometry: Any) -> None:
    outlines["features"][0]["geometry"] = geometry


def _projected(outlines: dict[str, Any]) -> None:
    _geometry(outlines, {"type": "Polygon", "coordinates": [[[357000, 5657000], [358000, 5657000], [357000, 5658000]]]})


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda outlines: _key(outlines, None), "a key"),
        (lambda outlines: _key(outlines, "XX112"), "every outline once"),
        (lambda outlines: _key(outlines, "XX119"), "an id of places.csv"),
        (lambda outlines: _geometry(outlines, None), "a polygon in degrees"),
        (lambda outlines: _geometry(outlines, {"type": "Point", "coordinates": [7, 51]}), "a polygon in degrees"),
        (lambda outlines: _geometry(outlines, {"type": "Polygon", "coordinates": []}), "a polygon in degrees"),
        (_projected, "a polygon in degrees"),
        (lambda outlines: outlines.pop("features"), "a FeatureCollection with features"),
        (lambda outlines: outlines.update(type="Topology"), "a FeatureCollection with features"),
    ],
)
def test_faults_of_outlines(folder: Path, damage: Callable[[dict[str, Any]], None], expected: str) -> None:
    outlines = _outlines(folder)
    damage(outlines)
    (folder / "boundaries.geojson").write_text(json.dumps(outlines), encoding="utf-8")
    errors = [fault for fault in tables.inspect(folder) if fault.severity is Severity.ERROR]
    assert [fault.expected for fault in errors] == [expected]


def test_outlines_that_are_no_json_name_the_line(folder: Path) -> None:
    (folder / "boundaries.geojson").write_text('{\n"type":,\n', encoding="utf-8")
    assert _where(tables.inspect(folder)) == [("boundaries.geojson", 2, "")]


def test_warnings_alone_do_not_stop_loading(folder: Path) -> None:
    _change(folder, "actors.csv", ",note\n", ",remark\n")
    read = tables.read(folder)
    assert [warning.severity for warning in read.warnings] == [Severity.WARNING]
    assert "note" in read.actors
