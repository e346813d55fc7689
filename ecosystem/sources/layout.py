"""Where the header of a table stands, and what its columns say: titles above it, headers in several languages below.

Lists of operations carry titles, dates and the header in up to three languages before the first row of data. The header
is the row most of whose cells are known headers; what looks like one directly below it is a translation of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from ecosystem.errors import SourceError
from ecosystem.sources import mapping as maps
from ecosystem.sources import values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecosystem.sources.mapping import Mapping
    from ecosystem.sources.sheets import Sheet
    from ecosystem.sources.spreadsheet import Cell

_WINDOW = 40
"""Rows in which the header must stand."""
_BELOW = 8
"""Rows under the header in which its translations may stand."""
_SAMPLE = 3_000
"""Rows that decide on the decimal sign."""
_SHOWN = 5
_AMOUNTS = ("total_eur", "funding_eur")


class HeaderError(SourceError):
    """A table that has some of the headers a mapping names, and not all."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is read.

    Attributes:
        sheet: the table.
        headers: of all columns, in one line each.
        header_row: where they stand, from 1.
        first_row: rows before this one are titles and headers.
        mapping: which header gives what, with the decimal sign decided.
        columns: target → place of its column, from 0.
        titles: texts above the header.
        sample: the first rows of data as text, for a person to see whether the mapping is right.
    """

    sheet: Sheet
    headers: tuple[str, ...]
    header_row: int
    first_row: int
    mapping: Mapping
    columns: dict[str, int]
    titles: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]

    @property
    def dated(self) -> str:
        """The latest day that stands above the header: the state of a list; "" where there is none."""
        days = [day for title in self.titles if len(day := _day(title)) == 10]
        return max(days, default="")


def find(sheet: Sheet, mapping: Mapping | None = None, required: Sequence[str] = ("name",)) -> Layout | None:
    """How a table is to be read; None where no row is a header with the ``required`` targets.

    Raises:
        HeaderError: a mapping was given, and some of its headers are there and some are not.
    """
    top = list(islice(sheet.rows(), _SAMPLE))
    if not top:
        return None
    if mapping is not None:
        return _given(sheet, mapping, top)
    scores = {number: _score(cells) for number, cells in top[:_WINDOW]}
    best = max(scores, key=lambda number: scores[number])
    if scores[best] == 0:
        return None
    titles = maps.numbered(_texts(dict(top)[best]))
    preset = maps.preset_for(titles)
    proposed = maps.presets()[preset] if preset else maps.propose(titles)
    below = _translations(top, best, scores)
    if not preset:
        proposed = _with_translations(proposed, titles, [dict(top)[number] for number in below])
    if not set(required) <= {target for target, _ in proposed.columns}:
        return None
    return _laid(sheet, proposed, top, best, max(below, default=best) + 1)


def _given(sheet: Sheet, mapping: Mapping, top: list[tuple[int, list[Cell]]]) -> Layout | None:
    wanted = {header for _, header in mapping.columns}
    if mapping.sheet and sheet.named and sheet.part != mapping.sheet:
        return None
    if mapping.header_row:
        best = mapping.header_row
        if best not in dict(top):
            return None
    else:
        fitting = {number: len(wanted & set(maps.numbered(_texts(cells)))) for number, cells in top[:_WINDOW]}
        best = max(fitting, key=lambda number: fitting[number])
        if not fitting[best]:
            return None
    absent = sorted(wanted - set(maps.numbered(_texts(dict(top)[best]))))
    if absent:
        there = ", ".join(f"“{one}”" for one in maps.numbered(_texts(dict(top)[best])) if one)
        problem = f"the mapping names the header “{absent[0]}”, which is not in row {best}"
        raise HeaderError(sheet.file, sheet.part, problem, f"Use one of {there[:800]}.")
    scores = {number: _score(cells) for number, cells in top[:_WINDOW]}
    below = _translations(top, best, scores)
    return _laid(sheet, mapping, top, best, max(below, default=best) + 1)


def _laid(sheet: Sheet, mapping: Mapping, top: list[tuple[int, list[Cell]]], header_row: int, first_row: int) -> Layout:
    headers = maps.numbered(_texts(dict(top)[header_row]))
    while headers and not headers[-1]:
        headers.pop()
    columns = {target: headers.index(header) for target, header in mapping.columns}
    width = len(headers)
    data = [cells for number, cells in top if number >= first_row]
    decimal = mapping.decimal or _decimal(sheet, headers, columns, data)
    titles = [values.line(cell) for number, cells in top if number < header_row for cell in cells]
    used = {header for _, header in mapping.columns}
    unmapped = tuple(header for header in headers if header and header not in used)
    return Layout(
        sheet, tuple(headers), header_row, first_row, replace(mapping, decimal=decimal, unmapped=unmapped), columns,
        tuple(title for title in titles if title),
        tuple(tuple(values.line(cell)[:120] for cell in cells[:width]) for cells in data[:_SHOWN]),
    )  # fmt: skip


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [values.line(cell) if isinstance(cell, str) else "" for cell in cells]


def _score(cells: Sequence[Cell]) -> int:
    """How many targets a row names; 0 unless a third of its filled cells are known headers."""
    told = [text for text in _texts(cells) if text]
    found = [match for text in told if len(text) <= 300 and (match := maps.recognised(text, close=False))]
    return len({target for target, _, _ in found}) if 3 * len(found) >= len(told) else 0


def _translations(top: list[tuple[int, list[Cell]]], header: int, scores: dict[int, int]) -> list[int]:
    """Rows directly below the header that repeat it in another language; between them only names of languages."""
    least = max(3, scores.get(header, 0) // 2)
    found: list[int] = []
    own = _texts(dict(top)[header])
    for number, cells in top:
        if not header < number <= header + _BELOW:
            continue
        told = _texts(cells)
        if scores.get(number, 0) >= least and told != own:
            found.append(number)
        elif len(cells) - sum(cell in ("", None) for cell in cells) > 1:
            break
    return found


def _with_translations(proposed: Mapping, headers: list[str], others: list[list[Cell]]) -> Mapping:
    """A column whose header is not known may be known by its translation."""
    for cells in others:
        translated = maps.propose(_texts(cells))
        names = maps.numbered(_texts(cells))
        taken = dict(proposed.columns)
        for target, name in translated.columns:
            place = names.index(name)
            own = headers[place] if place < len(headers) else ""
            if target not in taken and own in proposed.unmapped:
                proposed = proposed.corrected(target, own)
                proposed = replace(proposed, how=(*proposed.how[:-1], (target, "begins")))
    return proposed


def _decimal(sheet: Sheet, headers: Sequence[str], columns: dict[str, int], data: list[list[Cell]]) -> str:
    """The sign the amounts have by those that can be read in one way only; else by delimiter, else by language."""
    votes = {",": 0, ".": 0}
    for target in _AMOUNTS:
        place = columns.get(target, -1)
        for cells in data if place >= 0 else ():
            cell = cells[place] if place < len(cells) else ""
            if isinstance(cell, str) and (sign := values.decimal_sign(cell)):
                votes[sign] += 1
    if votes[","] != votes["."]:
        return max(votes, key=lambda sign: votes[sign])
    return sheet.decimal or ("," if maps.language(headers) in {"de", "fr", "pl"} else ".")


def _day(title: str) -> str:
    """The last date in a text."""
    for word in reversed(title.replace(";", " ").replace(")", " ").split()):
        try:
            day = values.date(word.rstrip(".,"))
        except ValueError:
            continue
        if len(day) == 10:
            return day
    return ""
