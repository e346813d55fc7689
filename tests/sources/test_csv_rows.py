"""Broken CSV: every line is either a row or among the rejects, and what follows a broken quote is still read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sources.conftest import complete

from ecosystem import sources
from ecosystem.errors import SourceError
from ecosystem.sources.archives import members
from ecosystem.sources.csvrows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = "Name;Ort;PLZ\n"


def read(path: Path, text: str) -> tuple[list[str], list[int | None]]:
    path.write_text(text, encoding="utf-8", newline="")
    found = complete(sources.read("table", [path]))
    return [one.name for one in found.actors], [one.origin.row for one in found.rejects]


def test_an_unclosed_quote_costs_its_line_alone(tmp_path: Path) -> None:
    text = HEAD + 'A;Essen;1\n"B;Essen;2\nC;Essen;3\nD;"Es""sen";4\n'
    assert read(tmp_path / "q.csv", text) == (["A", "C", "D"], [3])


def test_an_unclosed_quote_in_the_last_cell(tmp_path: Path) -> None:
    """The number of cells is right, and all that follows would be one cell."""
    text = HEAD + 'A;Essen;1\nB;Essen;"2\nC;Essen;3\nD;Essen;4\n'
    assert read(tmp_path / "q.csv", text) == (["A", "C", "D"], [3])


def test_an_unclosed_quote_closed_rows_later(tmp_path: Path) -> None:
    text = HEAD + 'A;Essen;"1\nB;Essen;2\nC;"Essen";3\nD;Essen;4\n'
    assert read(tmp_path / "q.csv", text) == (["B", "C", "D"], [2])


def test_quotes_inside_a_cell_that_are_not_doubled(tmp_path: Path) -> None:
    text = HEAD + '"Haus "Am Ring" GmbH";Essen;1\nZoll 5";Essen;2\n'
    assert read(tmp_path / "q.csv", text) == (['Haus Am Ring" GmbH"', 'Zoll 5"'], [])


def test_line_breaks_in_quotes_are_one_row(tmp_path: Path) -> None:
    text = HEAD + '"A\r\nB";Essen;1\r\nC;Essen;2\r\n'
    path = tmp_path / "q.csv"
    path.write_text(text, encoding="utf-8", newline="")
    found = complete(sources.read("table", [path]))
    assert [(one.name, one.origin.row) for one in found.actors] == [("A B", 2), ("C", 3)]


def test_too_many_and_too_few_cells(tmp_path: Path) -> None:
    text = HEAD + "A;Essen;1;2\nB;Essen\nC;Essen;3;;\nD;Essen;4\n"
    assert read(tmp_path / "q.csv", text) == (["C", "D"], [2, 3])


def test_old_line_ends(tmp_path: Path) -> None:
    assert read(tmp_path / "q.csv", (HEAD + "A;Essen;1\nB;Essen;2\n").replace("\n", "\r")) == (["A", "B"], [])


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_delimiters(tmp_path: Path, sign: str) -> None:
    text = f"Name{sign}Ort\n" + f"A{sign}Essen\nB{sign}Bochum\n"
    path = tmp_path / "d.csv"
    path.write_text(text, encoding="utf-8")
    assert [one.municipality for one in sources.read("table", [path]).actors] == ["Essen", "Bochum"]


def test_a_file_of_broken_quotes_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(HEAD + '"A;Essen;1\n' * 2000, encoding="utf-8")
    with pytest.raises(SourceError, match="more than 500 rows with an unclosed quote"):
        sources.read("table", [path])


CELL = st.text(alphabet='ab"; \n\r\0é', max_size=8)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.lists(CELL, max_size=5), max_size=12))
def test_whatever_stands_there_every_row_is_accounted_for(tmp_path: Path, lines: list[list[str]]) -> None:
    path = tmp_path / "h.csv"
    body = "\n".join(";".join(cells) for cells in lines)
    path.write_text(HEAD + "A;Essen;1\n" + body, encoding="utf-8", newline="")
    (member,) = members(path)
    rows = Rows(member)
    taken = list(rows.rows(3, 1))
    numbers = [number for number, _ in taken] + [one.origin.row for one in rows.rejects]
    assert len(numbers) == len(set(numbers))
    assert all(len(cells) == 3 for number, cells in taken if number > 1)
    # nothing a line says is lost: each sign but line ends, quotes and NUL is in a row or a reject
    told = "".join("".join(cells) for _, cells in taken) + "".join(one.value for one in rows.rejects)
    for sign in "abé":
        assert told.count(sign) == (HEAD + "A;Essen;1\n" + body).count(sign)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(*[st.text(alphabet='ab"; \n|,é\t', max_size=9)] * 3), max_size=9),
    sign=st.sampled_from(";,"),
)
def test_what_python_writes_comes_back(tmp_path: Path, rows: list[tuple[str, ...]], sign: str) -> None:
    import csv

    path = tmp_path / "h.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=sign)
        writer.writerows([("Name", "Ort", "PLZ"), *rows])
    (member,) = members(path)
    reader = Rows(member, sign)
    found = [tuple(cells) for number, cells in reader.rows(3, 1) if number > 1]
    expected = [row for row in rows if any(cell.strip() for cell in row)]
    assert reader.rejects == []
    assert found == expected


def test_the_rows_may_be_gone_through_again(given_file: Callable[[str], Path]) -> None:
    (member,) = members(given_file(HEAD + '"A;Essen;1\nB;Essen;2\n'))
    rows = Rows(member)
    first, rejects = list(rows.rows(3, 1)), list(rows.rejects)
    assert (list(rows.rows(3, 1)), rows.rejects) == (first, rejects)


@pytest.fixture
def given_file(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "g.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write
