"""Colours, shapes and letters. Fields take the colours in the order of the region's pack.

The two field palettes were chosen for each theme: smallest ΔE00 over normal and colour-deficient vision ≥ 21,
contrast ≥ 3 on the theme's ground (interface specification 8.3). Never colour alone: sectors are shapes with a
letter, clusters have captions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem.model import Sector

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme."""

    name: str
    ground: str
    surface: str
    text: str
    muted: str
    line: str
    accent: str
    fields: tuple[str, ...]


LIGHT = Theme(
    "light", "#FFFFFF", "#F3F5F8", "#16191D", "#565D66", "#D3D8DE", "#1B4F91",
    ("#0B0BE5", "#034C12", "#B29008", "#269982", "#AA72FF", "#662D4F"),
)  # fmt: skip
DARK = Theme(
    "dark", "#15181C", "#1E2227", "#F1F3F5", "#A8AFB8", "#3A4149", "#8FB8F5",
    ("#B2B2FF", "#1E8C0E", "#FFE83F", "#19FFD8", "#7F3FFF", "#A57487"),
)  # fmt: skip

# black, white and yellow; colours stand beside captions and letters
CONTRAST = Theme("contrast", "#000000", "#1A1A1A", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFF00", DARK.fields)
THEMES = {one.name: one for one in (LIGHT, DARK, CONTRAST)}

# drawn for "no field", "no cluster" and whatever comes after the sixth colour; 3.2:1 on white, 5.5:1 on dark
GREY = "#8A9099"

# cividis, dark to bright: the sequential scale of the app
CIVIDIS = ("#00224E", "#123570", "#3B496C", "#575D6D", "#707173", "#8A8678", "#A59C74", "#C3B369", "#E1CC55", "#FEE838")

SECTOR_SHAPES = {
    Sector.INDUSTRY: "circle",
    Sector.SCIENCE: "square",
    Sector.POLITICS: "triangle",
    Sector.ADMINISTRATION: "diamond",
    Sector.CIVIL_SOCIETY: "hexagon",
}


def theme(name: str) -> Theme:
    """The theme of this name; light for any other."""
    return THEMES.get(name, LIGHT)


def field_colours(count: int, of: Theme) -> tuple[str, ...]:
    """A colour per field: the palette in order, grey beyond it."""
    return (of.fields + (GREY,) * count)[:count]


def field_variable(number: int) -> str:
    """The style sheet's name for the colour of the n-th field, so that it follows the theme; grey beyond the sixth.

    >>> field_variable(0), field_variable(9), field_variable(-1)
    ('--field-0', '--field-none', '--field-none')
    """
    return f"--field-{number}" if 0 <= number < len(LIGHT.fields) else "--field-none"


def readable_on(background: str) -> str:
    """Black or white, whichever has more contrast on the background (WCAG relative luminance).

    >>> readable_on("#FEE838"), readable_on("#00224E")
    ('#000000', '#FFFFFF')
    """
    return "#000000" if _luminance(background) > 0.179 else "#FFFFFF"


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def blend(colour: str, ground: str, share: float) -> str:
    """The opaque colour seen when ``share`` of ``colour`` lies over ``ground``.

    >>> blend("#000000", "#FFFFFF", 0.5)
    '#808080'
    """
    mixed = [round(share * int(colour[i : i + 2], 16) + (1 - share) * int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{part:02X}" for part in mixed)


def scale_colour(share: float, scale: Sequence[str] = CIVIDIS) -> str:
    """The colour at ``share`` (0 … 1) of a scale, rounded to its steps."""
    return scale[min(len(scale) - 1, max(0, round(share * (len(scale) - 1))))]
