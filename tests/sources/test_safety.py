"""Files that want to do harm are refused before they are parsed, in one sentence."""

from __future__ import annotations

import struct
import time
import tracemalloc
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import source_samples
from sources.conftest import complete

from ecosystem import sources
from ecosystem.errors import SourceError
from ecosystem.sources.safety import LIMITS, MB, UPLOAD, Limits, neutral, safe_name, shown

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = sources.KINDS


def refused(path: Path, problem: str, kind: str = "table", limits: Limits = LIMITS) -> SourceError:
    with pytest.raises(SourceError, match=problem) as told:
        sources.read(kind, [path], limits=limits)
    assert told.value.file
    assert told.value.cure
    return told.value


def archive(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return path


def changed(workbook: Path, parts: dict[str, Callable[[bytes], bytes]], more: dict[str, bytes] | None = None) -> Path:
    """A workbook with some of its parts rewritten."""
    with zipfile.ZipFile(workbook) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    for name, change in parts.items():
        members[name] = change(members[name])
    return archive(workbook, members | (more or {}))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return source_samples.list_xlsx(tmp_path)[0]


SHEET = "xl/worksheets/sheet1.xml"


# size


@pytest.mark.parametrize("kind", KINDS)
def test_a_gigabyte_is_refused_by_its_size_alone(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(1024 * MB)
    tracemalloc.start()
    begun = time.perf_counter()
    refused(path, "1,024 MB; at most 800 MB are read", kind)
    assert time.perf_counter() - begun < 1
    assert tracemalloc.get_traced_memory()[1] < 5 * MB
    tracemalloc.stop()


def test_uploads_are_smaller(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(101 * MB)
    refused(path, "at most 100 MB", limits=UPLOAD)


def test_more_rows_than_are_read(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_text("Name\n" + "a\n" * 200, encoding="utf-8")
    refused(path, "more than 100 rows", limits=Limits(rows=100))


def test_nothing_and_no_file(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_bytes(b"")
    refused(tmp_path / "e.csv", "the file is empty")
    refused(tmp_path / "none.csv", "there is no such file")
    refused(tmp_path, "there is no such file")


# archives


@pytest.mark.parametrize("kind", KINDS)
def test_a_zip_bomb(tmp_path: Path, kind: str) -> None:
    refused(archive(tmp_path / "b.zip", {"a.csv": b"0" * (100 * MB)}), "far more than its size", kind)


def test_many_members_that_are_much_together(tmp_path: Path) -> None:
    path = archive(tmp_path / "b.zip", {f"{place}.csv": b"0,1\n" * 50_000 for place in range(20)})
    refused(path, "unpacks to more than 1 MB", limits=Limits(unpacked=MB))
    refused(path, "20 files in the archive; at most 10", limits=Limits(members=10))


def test_a_gz_bomb(tmp_path: Path) -> None:
    import gzip

    path = tmp_path / "b.csv.gz"
    path.write_bytes(gzip.compress(b"Name\n" + b"0\n" * (100 * MB)))
    refused(path, "far more than its size")


def test_a_member_larger_than_it_says(tmp_path: Path) -> None:
    """The list says 10 bytes; what is there is more. The library behind spreadsheets would believe the bytes."""
    path = archive(tmp_path / "b.zip", {"a.csv": b"Name\n" + bytes(range(32, 120)) * 40_000})
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    path.write_bytes(content)
    refused(path, "far more than its size")


def test_overlapping_members(tmp_path: Path) -> None:
    """Many entries of the list that point at the same bytes."""
    inner = archive(tmp_path / "b.zip", {"a.csv": bytes(range(256)) * 300})
    content = inner.read_bytes()
    start, end = content.index(b"PK\x01\x02"), content.rindex(b"PK\x05\x06")
    entry = content[start:end]
    entries = b"".join(entry.replace(b"a.csv", f"{place}.csv".encode()) for place in range(10))
    closing = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 10, 10, len(entries), start, 0)
    inner.write_bytes(content[:start] + entries + closing)
    refused(inner, "overlap")


@pytest.mark.parametrize("name", ["inner.zip", "inner.csv"])
def test_an_archive_in_an_archive_by_name_and_by_content(tmp_path: Path, name: str) -> None:
    inner = archive(tmp_path / "i.zip", {"a.csv": b"Name\nx\n"}).read_bytes()
    refused(archive(tmp_path / "o.zip", {name: inner}), "an archive inside an archive")


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "/etc/x.csv", "C:\\x.csv", "a/..\\..\\x.csv"])
def test_names_that_lead_out(tmp_path: Path, name: str) -> None:
    error = refused(archive(tmp_path / "p.zip", {name: b"Name\nx\n"}), "leads outside")
    assert ".." not in str(error)


def test_an_encrypted_member(tmp_path: Path) -> None:
    path = archive(tmp_path / "e.zip", {"a.csv": b"Name\nx\n"})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    refused(path, "it is encrypted")


def test_a_damaged_archive(tmp_path: Path) -> None:
    path = archive(tmp_path / "d.zip", {"a.csv": b"Name\n" + bytes(range(256)) * 99})
    content = bytearray(path.read_bytes())
    content[60:90] = b"\xff" * 30
    path.write_bytes(content)
    refused(path, "damaged|far more")
    path.write_bytes(content[:80])
    refused(path, "the archive is damaged")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"%PDF-1.7 ...", "this is a PDF"),
        (b"MZ\x90\x00...", "this is a program"),
        (b"7z\xbc\xaf...", "7-Zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (bytes(range(256)) * 20 + b"\0" * 5000, "."),
        (b"\0" * 5000, "this is no text"),
    ],
)
def test_kinds_of_files_nobody_reads(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    refused(path, problem)


# spreadsheets


def test_a_workbook_with_macros(workbook: Path) -> None:
    refused(changed(workbook, {}, {"xl/vbaProject.bin": b"x"}), "macros", "operations")


def test_a_workbook_that_says_it_has_macros(workbook: Path) -> None:
    def said(content: bytes) -> bytes:
        return content.replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")

    refused(changed(workbook, {"[Content_Types].xml": said}), "macros", "operations")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_billion_laughs_in_a_workbook(workbook: Path, encoding: str) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'.encode(encoding)
    refused(changed(workbook, {SHEET: lambda _: laughs}), "declares entities", "operations")


def test_billion_laughs_in_a_graph(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    path = tmp_path / "l.gexf"
    path.write_text(f'<!DOCTYPE gexf [<!ENTITY l0 "ha">{entities}]><gexf>&l9;</gexf>', encoding="utf-8")
    refused(path, "document type or entities", "graph")


def test_a_file_a_graph_wants_to_read(tmp_path: Path) -> None:
    path = tmp_path / "l.graphml"
    path.write_text('<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml>&x;</graphml>', encoding="utf-8")
    refused(path, "document type or entities", "graph")


def test_one_cell_in_the_last_corner(workbook: Path) -> None:
    """Laid out as a rectangle it would be 17 thousand million cells."""

    def far(content: bytes) -> bytes:
        last = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        return content.replace(b"</sheetData>", last)

    refused(changed(workbook, {SHEET: far}), "spans 17,179,869,184 cells", "operations")


def _ods(folder: Path, rows: str) -> Path:
    return source_samples.ods(folder / "l.ods", {"A": rows})


def test_an_ods_with_repeated_cells(tmp_path: Path) -> None:
    row = f"<table:table-row>{source_samples.cell('Begünstigte')}{source_samples.cell('Vorhaben')}</table:table-row>"
    more = f'<table:table-row table:number-rows-repeated="3">{source_samples.cell("A", 2)}</table:table-row>'
    # as every spreadsheet program ends its tables
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048572">{empty}</table:table-row>'
    found = complete(sources.read("operations", [_ods(tmp_path, row + more + rest)]))
    assert (found.rows_taken, found.actors[0].name, found.projects[0].title) == (3, "A", "A")
    bomb = f'<table:table-row table:number-rows-repeated="1000000">{source_samples.cell("A", 16384)}</table:table-row>'
    refused(_ods(tmp_path, row + bomb), "spans 16,384,016,384 cells", "operations")


@pytest.mark.parametrize(
    ("part", "problem"),
    [
        # the library behind it would wait for the end for ever
        ("</table:tab;le:table></x>", "is damaged"),
        (f'<table:table-row table:number-rows-repeated="{"9" * 30}"/>', "is damaged"),
    ],
)
def test_an_ods_that_never_ends(tmp_path: Path, part: str, problem: str) -> None:
    refused(_ods(tmp_path, part), problem)


@pytest.mark.parametrize("reference", ["A" * 3000 + "2", "A99999999999999999999", "2A", "", "-1"])
def test_a_cell_in_no_place(workbook: Path, reference: str) -> None:
    def moved(content: bytes) -> bytes:
        return content.replace(b'r="A5"', f'r="{reference}"'.encode())

    refused(changed(workbook, {SHEET: moved}), "a cell called", "operations")


def test_an_archive_with_two_names_for_a_file(tmp_path: Path) -> None:
    path = archive(tmp_path / "d.zip", {"a.csv": b"Name;Ort\nx;y\n"})
    path.write_bytes(path.read_bytes().replace(b"a.csv", b"b.csv", 1))
    refused(path, "the archive is damaged")


def test_an_encrypted_ods(tmp_path: Path) -> None:
    path = _ods(tmp_path, "<table:table-row/>")
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("Basic/script.xml", "<x/>")
    refused(path, "macros")
    path = changed(_ods(tmp_path, ""), {"META-INF/manifest.xml": lambda _: b"<m><encryption-data/></m>"})
    refused(path, "password")


def test_formulas_are_not_worked_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Begünstigte", "Vorhaben", "Gesamtkosten"])
    sheet.append(["=1+1", "'=cmd|calc", "=2*3"])
    sheet.append(["Verein", "@SUM(1)", 5])
    for cell in (sheet["A2"], sheet["B2"]):
        cell.data_type = "s"
    book.save(tmp_path / "f.xlsx")
    found = complete(sources.read("operations", [tmp_path / "f.xlsx"]))
    assert [one.name for one in found.actors] == ["=1+1", "Verein"]
    assert [one.title for one in found.projects] == ["'=cmd|calc", "@SUM(1)"]
    # nothing was stored for the formula, and nothing is made up
    assert [one.total_eur for one in found.projects] == [None, 5.0]
    assert any("1 formulas" in note for note in found.notes)


# texts


def test_nul_bytes_and_a_mark(given: Callable[[str, str | bytes], Path]) -> None:
    found = complete(sources.read("table", [given("n.csv", b"\xef\xbb\xbfName;Ort\nVer\0ein;Ess\0en\n")]))
    assert (found.actors[0].name, found.actors[0].municipality) == ("Verein", "Essen")
    assert found.notes == ("n.csv: 2 NUL bytes were left out.",)


@pytest.mark.parametrize(("encoding", "told"), [("cp1252", "Windows-1252"), ("utf-16-le", "UTF-16 without")])
def test_other_encodings(given: Callable[[str, str | bytes], Path], encoding: str, told: str) -> None:
    # the first umlaut stands far down
    text = "Name;Ort\n" + "Verein;Essen\n" * 15_000 + "Förderverein;Köln – Süd\n"
    found = complete(sources.read("table", [given("n.csv", text.encode(encoding))]))
    assert (found.actors[-1].name, found.actors[-1].municipality) == ("Förderverein", "Köln – Süd")
    assert told in found.notes[0]


def test_latin_1_where_windows_has_no_sign(given: Callable[[str, str | bytes], Path]) -> None:
    found = sources.read("table", [given("n.csv", b"Name;Ort\nF\xf6rderverein;\x81K\xf6ln\n")])
    assert found.actors[0].name == "Förderverein"
    assert "Latin-1" in found.notes[0]


def test_html_in_names_stays_text(given: Callable[[str, str | bytes], Path]) -> None:
    found = sources.read("table", [given("n.csv", "Name;Web\n<script>alert(1)</script>;javascript:alert(1)\n")])
    assert found.actors[0].name == "<script>alert(1)</script>"


def test_an_address_that_is_none_is_left_blank(given: Callable[[str, str | bytes], Path]) -> None:
    found = sources.read("table", [given("n.csv", "Name;Website\nVerein;javascript:alert(1)\n")])
    assert found.actors[0].url == ""
    assert found.blanked[0].value == "javascript:alert(1)"


def test_a_line_without_end(tmp_path: Path) -> None:
    path = tmp_path / "l.csv"
    path.write_bytes(b"Name;Ort\n" + b"x" * (5 * MB))
    refused(path, "a line of more than")


# what we write


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_would_be_a_formula_is_neutralised(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Essen", "-12,5", "+49", "-1.234,50", "5 %", "a=b", "", "-5 %"])
def test_what_is_none_is_left(text: str) -> None:
    assert neutral(text) == text


@pytest.mark.parametrize("name", ["../../x.csv", "C:\\a\\..\\x.csv", "CON", "nul.csv", "...", "", "a\0b", "x" * 500])
def test_names_are_made_safe(name: str) -> None:
    told = safe_name(name)
    assert told
    assert len(told) <= 125
    assert not set(told) & set('/\\:*?"<>|\0')
    assert not told.startswith(".")
    assert Path(told).stem.upper() not in {"CON", "NUL"}
    assert "\n" not in shown(f"{name}\n")


def test_messages_name_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "secret" / "x.csv"
    assert "secret" not in str(refused(path, "no such file"))


def test_errors_survive_the_way_between_processes() -> None:
    import pickle

    error = SourceError("a.csv", "row 1", "is odd", "Do not.")
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == "a.csv, row 1: is odd. Do not."  # noqa: S301 - ours


def test_a_file_is_read_and_left(tmp_path: Path) -> None:
    path = source_samples.list_csv(tmp_path)[0]
    before = path.read_bytes()
    sources.read("operations", [path])
    assert path.read_bytes() == before


# what takes the square of its size


@pytest.mark.parametrize("opening", ["[", '[{"a":', "[1,"])
def test_json_deep_in_itself(tmp_path: Path, opening: str) -> None:
    path = tmp_path / "d.json"
    path.write_text("[" + opening * 500_000, encoding="utf-8")
    begun = time.perf_counter()
    refused(path, "more than 500 deep in each other", "ror")
    assert time.perf_counter() - begun < 5


def test_brackets_in_texts_are_no_depth(tmp_path: Path) -> None:
    import json

    text = '[[{"\\' * 4_000
    records = [{"id": place, "title": text, "objective": "x" * 5_000 + '\\"['} for place in range(40)]
    path = tmp_path / "p.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    assert complete(sources.read("cordis", [path])).rows_taken == 40


def test_a_table_of_very_many_columns(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text(";".join(f"Spalte {place}" for place in range(5_000)) + "\n", encoding="utf-8")
    refused(path, "a row of 5,000 columns; at most 1,000")


def test_one_organisation_with_very_many_topics(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("Name;Thema;Tags\n" + "".join(f"A;;{place}\n" for place in range(4_000)), encoding="utf-8")
    found = complete(sources.read("table", [path]))
    assert len(found.actors[0].topics) == 500
    assert found.notes == ("Of organisations with more than 500 topics the further ones were left out.",)


def test_one_project_with_very_many_topics(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    rows = "".join(f"A;P;1;{place}\n" for place in range(4_000))
    path.write_text("Name;Projekttitel;Projektnummer;Tags\n" + rows, encoding="utf-8")
    found = complete(sources.read("table", [path]))
    assert (len(found.projects), len(found.projects[0].topics), len(found.participations)) == (1, 500, 4_000)


def test_a_node_of_very_many_attributes(tmp_path: Path) -> None:
    path = tmp_path / "n.graphml"
    data = "".join(f'<data key="k{place}">x</data>' for place in range(50_000))
    path.write_text(f'<graphml><graph><node id="Werk">{data}</node></graph></graphml>', encoding="utf-8")
    assert complete(sources.read("graph", [path])).rows_taken == 1


def test_a_cell_of_relations_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"id,name,relationships\nhttps://ror.org/012345601,A,{'a' * 120_000}\n", encoding="utf-8")
    assert complete(sources.read("ror", [path])).rows_taken == 1
