"""The acceptance test of the border: many different faults in one folder, all reported in one run."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from ecosystem import tables
from ecosystem.errors import Severity, TablesError
from ecosystem.regions import shipped_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ecosystem.errors import Fault


class Folder:
    """A copy of the Ruhr in which faults are planted line by line (line 1 is the header)."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def line(self, file: str, row: int) -> str:
        return (self.path / file).read_text(encoding="utf-8").split("\n")[row - 1]

    def change(self, file: str, row: int, edit: Callable[[str], str]) -> None:
        lines = (self.path / file).read_text(encoding="utf-8").split("\n")
        changed = edit(lines[row - 1])
        assert changed != lines[row - 1], f"nothing was planted in {file}, row {row}: {changed}"
        lines[row - 1] = changed
        (self.path / file).write_text("\n".join(lines), encoding="utf-8", newline="")

    def cell(self, file: str, row: int, column: str, value: str) -> None:
        """Only for rows without quoted cells."""
        place = self.line(file, 1).split(",").index(column)
        self.change(file, row, lambda line: ",".join(_put(line.split(","), place, value)))

    def append(self, file: str, line: str) -> int:
        path = self.path / file
        path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8", newline="")
        return path.read_text(encoding="utf-8").count("\n")


def _put(cells: list[str], place: int, value: str) -> list[str]:
    assert not any('"' in cell for cell in cells)
    return [*cells[:place], value, *cells[place + 1 :]]


@pytest.fixture
def ruhr(tmp_path: Path) -> Folder:
    shutil.copytree(shipped_data() / "ruhr", tmp_path / "ruhr")
    return Folder(tmp_path / "ruhr")


def _plant(ruhr: Folder) -> list[tuple[str, int | None, str, str]]:
    """Plant one fault of every kind; gives file, row, column and a part of the cure of each."""
    planted = [
        ("places.csv", 3, "lat", "swapped"),
        ("places.csv", 4, "lat", "Check lat and lon"),
        ("places.csv", 5, "population", "digits"),
        ("places.csv", 6, "population_year", "Check the number"),
        ("places.csv", 7, "in_region", "true or false"),
        ("places.csv", 8, "name", "Fill it in"),
        ("places.csv", 9, "place_id", "Write 05170016"),
        ("actors.csv", 3, "sector", "Did you mean “administration”"),
        ("actors.csv", 4, "place_id", "lost its leading zero: write 05113000"),
        ("actors.csv", 5, "source_ids", "Name where"),
        ("actors.csv", 6, "website", "https://"),
        ("actors.csv", 7, "place_evidence", "Did you mean “knowledge”"),
        ("actors.csv", 8, "name", "U+0000"),
        ("actor_fields.csv", 5, "field_id", "“industri” is not there. Did you mean “industry”"),
        ("actor_fields.csv", 7, "actor_id", "Row 6 has the same"),
        ("ties.csv", 3, "relation", "Did you mean “partner_in”"),
        ("ties.csv", 4, "target_actor_id", "Did you mean “"),
        ("ties.csv", 5, "target_actor_id", "Correct one end"),
        ("ties.csv", 6, "since_year", "Check the number"),
        ("projects.csv", 3, "year", "four digits"),
        ("projects.csv", 4, "fields", "Did you mean “health”"),
        ("projects.csv", 5, "other_partners", "digits"),
        ("participations.csv", 3, "funding_eur", "Check the number"),
        ("participations.csv", 4, "", "Fill in the missing cells"),
        ("participations.csv", 5, "source_id", "Fill it in"),
        ("participations.csv", 6, "project_id", "Did you mean"),
        ("participations.csv", 7, "", "double quotes"),
        ("city_fields.csv", 3, "place_id", "Did you mean “"),
        ("flows.csv", 3, "commuters", "Check the number"),
        ("sources.csv", 3, "published", "2022-12-31"),
        ("sources.csv", 4, "url", "https://"),
    ]  # fmt: skip
    ruhr.change("places.csv", 3, lambda line: line.replace("51.44184,7.04489", "7.04489,51.44184"))
    ruhr.cell("places.csv", 4, "lat", "48.1")
    ruhr.cell("places.csv", 5, "population", "many")
    ruhr.cell("places.csv", 6, "population_year", "218")
    ruhr.cell("places.csv", 7, "in_region", "maybe")
    ruhr.cell("places.csv", 8, "name", "")
    ruhr.cell("places.csv", 9, "place_id", "5170016")
    ruhr.cell("actors.csv", 3, "sector", "Administration")
    ruhr.cell("actors.csv", 4, "place_id", "5113000")
    ruhr.cell("actors.csv", 5, "source_ids", "")
    ruhr.cell("actors.csv", 6, "website", "www.example.org")
    ruhr.cell("actors.csv", 7, "place_evidence", "knowlege")
    ruhr.change("actors.csv", 8, lambda line: line.replace(",", ",\0", 1))
    ruhr.cell("actor_fields.csv", 5, "field_id", "industri")
    ruhr.change("actor_fields.csv", 7, lambda _: ruhr.line("actor_fields.csv", 6))
    ruhr.cell("ties.csv", 3, "relation", "partnerin")
    ruhr.change("ties.csv", 4, lambda line: line.replace("-metropole-ruh,", "-metropole-ruhr,"))
    ruhr.change("ties.csv", 5, lambda line: ",".join([*line.split(",")[:3], line.split(",")[1], *line.split(",")[4:]]))
    ruhr.cell("ties.csv", 6, "since_year", "20155")
    ruhr.change("projects.csv", 3, lambda line: line.replace(",2013,health,", ",2013/14,health,"))
    ruhr.change("projects.csv", 4, lambda line: line.replace(",health,", ",green|helth,"))
    ruhr.cell("projects.csv", 5, "other_partners", "1.5")
    ruhr.cell("participations.csv", 3, "funding_eur", "-293669")
    ruhr.change("participations.csv", 4, lambda line: line.rpartition(",")[0])
    ruhr.cell("participations.csv", 5, "source_id", "")
    ruhr.cell("participations.csv", 6, "project_id", "EFRE0713-99999")
    ruhr.change("participations.csv", 7, lambda line: line + ",one, two")
    ruhr.change("city_fields.csv", 3, lambda line: line.replace("05112000", "05112001"))
    ruhr.cell("flows.csv", 3, "commuters", "-5620")
    ruhr.change("sources.csv", 3, lambda line: line.replace("2017-01-01", "1.1.2017"))
    ruhr.change("sources.csv", 4, lambda line: line.replace("https://github.com", "github.com"))
    return [*planted, *_plant_rows(ruhr), *_plant_files(ruhr)]


def _plant_rows(ruhr: Folder) -> list[tuple[str, int | None, str, str]]:
    """Rows that are wrong only because of others."""
    pair = next(line for line in (ruhr.line("ties.csv", row) for row in range(20, 200)) if "cooperates_with" in line)
    _, source, relation, target, rest = pair.split(",", 4)
    reverse = ruhr.append("ties.csv", f"t-zz,{target},{relation},{source},{rest}")
    again = ruhr.append("actors.csv", ruhr.line("actors.csv", 20))
    return [
        ("ties.csv", reverse, "target_actor_id", "says the same"),
        ("actors.csv", again, "actor_id", "Row 20 has the same"),
    ]


def _plant_files(ruhr: Folder) -> list[tuple[str, int | None, str, str]]:
    """Faults of headers and outlines."""
    ruhr.change("city_fields.csv", 1, lambda line: line.replace("source_id", "sourceid"))
    ruhr.change("flows.csv", 1, lambda line: line.replace("source_id", "year"))
    outlines = ruhr.path / "boundaries.geojson"
    outlines.write_text(outlines.read_text(encoding="utf-8").replace('"05978040"', '"05978041"'), encoding="utf-8")
    return [
        ("city_fields.csv", 1, "source_id", "Rename “sourceid”"),
        ("flows.csv", 1, "year", "Rename or remove"),
        ("flows.csv", 1, "source_id", "Add it"),
        ("boundaries.geojson", None, "place_id", "Add it to places.csv"),
    ]


def _matches(fault: Fault, planted: tuple[str, int | None, str, str]) -> bool:
    file, row, column, cure = planted
    return (fault.file, fault.row, fault.column) == (file, row, column) and cure in fault.cure


def test_every_planted_fault_is_reported_with_file_row_column_and_cure(ruhr: Folder) -> None:
    planted = _plant(ruhr)
    found = [fault for fault in tables.inspect(ruhr.path) if fault.severity is Severity.ERROR]
    assert len(planted) >= 35
    assert [one for one in planted if not any(_matches(fault, one) for fault in found)] == []


def test_no_planted_fault_causes_another(ruhr: Folder) -> None:
    planted = _plant(ruhr)
    found = [fault for fault in tables.inspect(ruhr.path) if fault.severity is Severity.ERROR]
    assert [fault for fault in found if not any(_matches(fault, one) for one in planted)] == []
    assert len(found) == len(planted)


def test_reading_raises_every_fault_at_once_and_loads_nothing(ruhr: Folder) -> None:
    planted = _plant(ruhr)
    loaded = None
    with pytest.raises(TablesError) as raised:
        loaded = tables.read(ruhr.path)
    assert loaded is None
    assert raised.value.faults == tables.inspect(ruhr.path)
    assert f"{len(planted)} error(s), nothing was loaded" in str(raised.value)


def test_every_fault_is_a_sentence_with_value_expectation_and_cure(ruhr: Folder) -> None:
    _plant(ruhr)
    for fault in tables.inspect(ruhr.path):
        assert fault.expected, fault
        assert fault.cure.endswith((".", "?")), fault
        assert fault.sentence().startswith(fault.file)


def test_the_raw_value_is_shown_as_it_was_written(ruhr: Folder) -> None:
    ruhr.cell("participations.csv", 3, "funding_eur", '"-1.293.669,50 €"')
    (fault,) = tables.inspect(ruhr.path)
    assert (fault.file, fault.row, fault.column) == ("participations.csv", 3, "funding_eur")
    assert fault.value == "-1.293.669,50 €"
    assert fault.expected == "at least 0 EUR"
