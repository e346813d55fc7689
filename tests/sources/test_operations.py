"""Lists of operations as the managing authorities publish them, in four languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sources.conftest import complete

from ecosystem import sources
from ecosystem.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ecosystem.sources.record import Reading


def test_a_german_list_in_windows_1252(sample: Callable[[str], Reading]) -> None:
    found = sample("list_csv")
    assert (found.rows_read, found.rows_taken) == (8, 4)
    assert (len(found.actors), len(found.projects), len(found.participations)) == (4, 4, 4)
    first, second = found.projects[:2]
    assert first.total_eur == pytest.approx(1234567.89)
    assert first.funding_eur == pytest.approx(493827.16)
    assert first.summary == 'Aufbau eines Labors;\nmit "Prüfstand" und Schulung'
    assert (first.start, first.end) == ("2023-01-01", "2025-12-31")
    # 12.500 alone could be twelve and a half; the column says it is not
    assert second.total_eur == 12500.0
    assert [actor.postcode for actor in found.actors] == ["01234", "04420", "01234", "01234"]
    assert found.actors[1].name == "Bäckerei Süßkorn GmbH & Co. KG"
    assert found.projects[0].topics == (("intervention", "029"),)
    assert found.provenance.published == "2024-06-30"
    assert any("Windows-1252" in note for note in found.notes)


def test_rows_not_taken_have_place_column_and_reason(sample: Callable[[str], Reading]) -> None:
    told = [(one.origin.row, one.column, one.reason) for one in sample("list_csv").rejects]
    assert told == [
        (9, "Name des Begünstigten", "no name of an organisation"),
        (10, "Bezeichnung des Vorhabens", "no name of an operation"),
        (11, "Name des Begünstigten", "a total, not a row of data"),
        (12, "Bezeichnung des Vorhabens", "no name of an operation"),
    ]


def test_cells_that_cannot_be_read_are_told_and_their_row_is_taken(sample: Callable[[str], Reading]) -> None:
    found = sample("list_csv")
    (one,) = found.blanked
    assert (one.origin.row, one.column, one.value) == (7, "Ende", "31.02.2024")
    assert found.projects[2].end == ""
    assert found.projects[2].total_eur == 99999.0


def test_formulas_and_html_stay_the_text_they_are(sample: Callable[[str], Reading]) -> None:
    found = sample("list_csv")
    assert found.actors[3].name == '=HYPERLINK("http://böse.example")'
    assert found.projects[3].title == "<b>Fett</b>"


def test_a_workbook_with_its_header_in_three_languages(sample: Callable[[str], Reading]) -> None:
    found = sample("list_xlsx")
    assert (found.rows_read, found.rows_taken, len(found.actors), len(found.projects)) == (4, 3, 2, 3)
    assert [str(one.origin) for one in found.participations] == [
        f"esf_liste.xlsx, Vorhaben, row {row}" for row in (10, 11, 13)
    ]
    # Excel took the Saxon postcode for a number
    assert [actor.postcode for actor in found.actors] == ["80331", "04420"]
    assert {actor.country for actor in found.actors} == {"DE"}
    assert found.projects[2].total_eur == 1350.5
    assert found.projects[2].start == "2015-05-04"
    assert found.provenance.published == "2016-08-25"
    assert found.rejects[0].reason == "a total, not a row of data"
    assert any("Hinweise" in note for note in found.notes)


def test_rows_alike_are_so_many_operations_with_ids_that_stay(sample: Callable[[str], Reading]) -> None:
    first, again = sample("list_xlsx"), sample("list_xlsx")
    ids = [project.raw_id for project in first.projects]
    assert len(set(ids)) == 3
    assert ids == [project.raw_id for project in again.projects]


def test_kohesio_one_operation_of_two_beneficiaries(sample: Callable[[str], Reading]) -> None:
    found = sample("kohesio")
    assert (found.rows_taken, len(found.actors), len(found.projects), len(found.participations)) == (3, 3, 2, 3)
    # both rows repeat what the operation gets: it is not what each of the two gets
    assert found.projects[0].funding_eur == 125000.0
    assert [one.funding_eur for one in found.participations] == [None, None, None]
    assert (found.actors[0].lat, found.actors[0].lon, found.actors[0].nuts) == (50.6292, 3.0573, "FRE11")
    assert found.actors[2].lat is None
    assert found.blanked[0].value == "95.0, 3.0573"


def test_a_polish_list_in_utf_16_with_tabs(sample: Callable[[str], Reading]) -> None:
    found = sample("polish")
    assert found.actors[0].name == "Politechnika Śląska Przykładowa"
    assert found.projects[0].total_eur == pytest.approx(1234567.89)
    assert found.projects[0].start == "2017-03-01"
    assert found.notes == ("lista_projektow.csv was read as UTF-16.",)


def test_a_list_packed_as_gz_and_zip(given: Callable[[str, str | bytes], Path], tmp_path: Path) -> None:
    import gzip
    import zipfile

    text = "Begünstigte;Vorhaben;Ort\nVerein;Plan;Essen\n".encode()
    plain = sources.read("operations", [given("liste.csv", text)])
    packed = sources.read("operations", [given("liste.csv.gz", gzip.compress(text))])
    with zipfile.ZipFile(tmp_path / "liste.zip", "w") as archive:
        archive.writestr("ordner/liste.csv", text)
    zipped = sources.read("operations", [tmp_path / "liste.zip"])
    assert [one.actors[0].raw_id for one in (plain, packed, zipped)] == [plain.actors[0].raw_id] * 3
    assert str(zipped.actors[0].origin) == "liste.zip, ordner/liste.csv, row 2"


def test_amounts_of_partners_are_added_up(given: Callable[[str, str | bytes], Path]) -> None:
    path = given("liste.csv", "Beneficiary;Operation name;ID;Total cost\nA;P;1;10,5\nB;P;1;20\n")
    found = complete(sources.read("operations", [path]))
    assert found.projects[0].total_eur == 30.5
    assert len(found.participations) == 2


def test_amounts_and_coordinates_may_differ_in_their_signs(given: Callable[[str, str | bytes], Path]) -> None:
    rows = "A;P;1.234,50;51.45;7.01\nB;Q;2.000;51,5;7,25\nC;R;1234.5;51.45;7.01\n"
    path = given("liste.csv", f"Begünstigte;Vorhaben;Gesamtkosten;Breite;Länge\n{rows}")
    found = complete(sources.read("operations", [path]))
    assert [one.total_eur for one in found.projects] == [1234.5, 2000.0, 1234.5]
    assert [(one.lat, one.lon) for one in found.actors] == [(51.45, 7.01), (51.5, 7.25), (51.45, 7.01)]
    assert found.blanked == ()


def test_an_end_before_the_start_is_left_blank(given: Callable[[str, str | bytes], Path]) -> None:
    path = given("liste.csv", "Beneficiary;Operation name;Start date;End date\nA;P;2.1.2020;1.1.2020\n")
    found = sources.read("operations", [path])
    assert (found.projects[0].start, found.projects[0].end) == ("2020-01-02", "")
    assert found.blanked[0].reason == "the end is before the start 2020-01-02"


def test_the_header_again_further_down_is_no_row(given: Callable[[str, str | bytes], Path]) -> None:
    head = "Begünstigte;Vorhaben;PLZ;Ort"
    found = complete(sources.read("operations", [given("l.csv", f"{head}\nA;P;1;x\n{head}\nB;Q;1;x\n")]))
    assert found.rows_taken == 2
    assert found.rejects[0].reason == "the header once more"


def test_progress_is_told(given: Callable[[str, str | bytes], Path]) -> None:
    told: list[tuple[str, int, int | None]] = []
    rows = "".join(f"Verein {place};Plan;Essen\n" for place in range(4100))
    sources.read(
        "operations", [given("l.csv", f"Begünstigte;Vorhaben;Ort\n{rows}")], progress=lambda *one: told.append(one)
    )
    assert told == [("l.csv", 2000, None), ("l.csv", 4000, None)]


@pytest.mark.parametrize("content", ["a;b\n1;2\n", "Ort;PLZ\nEssen;45127\n", "\n\n\n", "Begünstigte\nVerein\n"])
def test_a_table_without_the_columns_is_refused(given: Callable[[str, str | bytes], Path], content: str) -> None:
    with pytest.raises(SourceError, match=r"l\.csv: no row in the first 40 is a header") as told:
        sources.read("operations", [given("l.csv", content)])
    assert "mapping file" in told.value.cure


def test_unknown_readers_and_no_files() -> None:
    with pytest.raises(SourceError, match="Use one of cordis, operations, ror, table, graph"):
        sources.read("xml", [])
    with pytest.raises(SourceError, match="no file was given"):
        sources.read("table", [])
