"""A table as people get it: the twin of a picture on screen, and the same rows in a file.

Rows hold raw values: numbers as numbers (NaN: undefined), text as text. What formats them is the grid or the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["text", "number", "mixed", "share", "money", "year"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its ``key`` in the rows and its name for readers.

    ``share`` values are 0 … 1 and shown as per cent, ``money`` is euro; ``digits`` are decimals on screen: files have
    the whole number. ``mixed`` numbers belong to several measures, counts among them: whole ones are shown without
    decimals. ``wide`` columns take more room.
    """

    key: str
    name: str
    kind: Kind = "text"
    digits: int = 0
    wide: bool = False

    def decimals(self, value: float) -> int:
        """How many decimals a value is shown with.

        >>> Column("x", "X", "mixed", 4).decimals(21.0), Column("x", "X", "mixed", 4).decimals(0.5)
        (0, 4)
        """
        return 0 if self.kind == "mixed" and float(value).is_integer() else self.digits


@dataclass(frozen=True)
class Sheet:
    """Rows (each with a unique ``id``) under their columns; ``notes`` are what must be read with the numbers."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[dict[str, Any]]
    notes: tuple[str, ...] = ()
    # ids of the sources the numbers rest on, for the caption of a file
    sources: tuple[str, ...] = ()
