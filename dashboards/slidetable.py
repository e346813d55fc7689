"""What of a table fits on a slide: as many columns and rows as the room has, no text over more than two lines.

Presentation programs lay text out themselves, each with the fonts it has; so the room is reckoned with the widest of
the fonts that stand in for one another, and a table that fits here fits everywhere.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.files import head

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboards.views.sheet import Column, Sheet

MOST_ROWS, MOST_COLUMNS, MOST_LINES = 10, 6, 2
# in inches, for text of 12 points
LETTER, LINE, PADDING, SIDES = 0.093, 0.2, 0.1, 0.22
BOLD = 1.22
"""How much wider the letters of the heading are."""
WIDEST = 30
"""Letters that a column is given at most before others have what they need."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The part of a table that fits: columns with their widths in inches, the heading, rows of texts, row heights."""

    columns: Sequence[Column]
    widths: Sequence[float]
    lines: Sequence[Sequence[str]]
    heights: Sequence[float]

    @property
    def rows(self) -> int:
        """Rows below the heading."""
        return len(self.lines) - 1


def fitted(sheet: Sheet, shown: Callable[[object, Column], str], width: float, height: float) -> Fitted:
    """The first rows and columns of a sheet that fit into ``width`` × ``height`` inches; at least one row of each."""
    rows = sheet.rows[:MOST_ROWS]
    columns = list(sheet.columns[:MOST_COLUMNS])
    texts = _texts(columns, rows, shown)
    while len(columns) > 1 and sum(_least(told) for told in texts) > width:
        columns.pop()
        texts.pop()
    widths = _widths(texts, width)
    clipped = [[_clipped(text, room) for text in told] for told, room in zip(texts, widths, strict=True)]
    lines = [list(line) for line in zip(*clipped, strict=True)]
    heights = [
        PADDING + LINE * max(len(_wrapped(text, room)) for text, room in zip(line, widths, strict=True))
        for line in lines
    ]
    while len(lines) > 2 and sum(heights) > height:
        lines.pop()
        heights.pop()
    return Fitted(columns, widths, lines, heights)


def _texts(
    columns: Sequence[Column], rows: Sequence[Mapping[str, object]], shown: Callable[[object, Column], str]
) -> list[list[str]]:
    return [[head(column), *(shown(row.get(column.key), column) for row in rows)] for column in columns]


def _letters(width: float) -> int:
    return max(int((width - SIDES) / LETTER), 1)


def _least(texts: Sequence[str]) -> float:
    """Room for the longest word, which nobody wants to see broken."""
    longest = [max((len(word) for word in text.split()), default=1) for text in texts]
    return SIDES + LETTER * min(max(BOLD * longest[0], *longest), WIDEST)


def _wanted(texts: Sequence[str]) -> float:
    return SIDES + LETTER * min(max(len(text) for text in texts), WIDEST)


def _widths(texts: Sequence[Sequence[str]], width: float) -> list[float]:
    least = [_least(told) for told in texts]
    more = [max(_wanted(told) - least[at], 0.05) for at, told in enumerate(texts)]
    left = width - sum(least)
    return [small + left * much / sum(more) for small, much in zip(least, more, strict=True)]


def _wrapped(text: str, width: float) -> list[str]:
    return textwrap.wrap(text, _letters(width)) or [""]


def _clipped(text: str, width: float) -> str:
    """The text, or as much of it as two lines hold.

    >>> _clipped("Only member of this sector in the field", 1.3)
    'Only member of this…'
    """
    found = _wrapped(text, width)
    if len(found) <= MOST_LINES:
        return text
    kept = textwrap.shorten(text, MOST_LINES * _letters(width), placeholder="…")
    while len(_wrapped(kept, width)) > MOST_LINES and " " in kept:
        kept = kept.rsplit(" ", 1)[0].rstrip("…,;") + "…"
    return kept
