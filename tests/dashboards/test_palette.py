"""Colours hold on their grounds and apart from each other, also for eyes that lack a cone.

Contrast: WCAG 2.2. Colour difference: CIEDE2000 (Sharma, Wu and Dalal, 2005). Colour-deficient vision: Machado,
Oliveira and Fernandes (2009), severity 1, on linear RGB.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dashboards
from dashboards import palette
from dashboards.palette import CIVIDIS, DARK, GREY, LIGHT, SECTOR_SHAPES, Theme
from ecosystem.model import Sector

if TYPE_CHECKING:
    from numpy.typing import NDArray

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK, palette.CONTRAST], ids=lambda theme: theme.name)
VISION = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def linear(colour: str) -> NDArray[np.float64]:
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(a: str, b: str) -> float:
    one, other = sorted(float(linear(colour) @ (0.2126, 0.7152, 0.0722)) for colour in (a, b))
    return (other + 0.05) / (one + 0.05)


def lab(colour: str, vision: str = "normal") -> tuple[float, float, float]:
    seen = np.clip(VISION[vision] @ linear(colour), 0, 1)
    ratio = XYZ @ seen / WHITE
    x, y, z = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return float(116 * y - 16), float(500 * (x - y)), float(200 * (y - z))


def ciede2000(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(mean**7 / (mean**7 + 25.0**7)))
    c1, c2 = np.hypot((1 + g) * a1, b1), np.hypot((1 + g) * a2, b2)
    h1, h2 = (np.degrees(np.arctan2(b, (1 + g) * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dl, dc, dh = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    t = 1 - 0.17 * _cos(hm - 30) + 0.24 * _cos(2 * hm) + 0.32 * _cos(3 * hm + 6) - 0.20 * _cos(4 * hm - 63)
    sl = 1 + 0.015 * (lm - 50) ** 2 / np.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    bend = 2 * np.sqrt(cm**7 / (cm**7 + 25.0**7)) * np.sin(np.radians(60 * np.exp(-(((hm - 275) / 25) ** 2))))
    return float(np.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 - bend * (dc / sc) * (dh / sh)))


def _cos(degrees: float) -> float:
    return float(np.cos(np.radians(degrees)))


def nearest(theme: Theme) -> float:
    """The smallest difference between two field colours under any vision."""
    return min(ciede2000(lab(a, vision), lab(b, vision)) for vision in VISION for a, b in combinations(theme.fields, 2))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011), 7.2195),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.5, 0.0), (56.0, -27.0, -3.0), 31.9030),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((61.2901, 3.7196, -5.3901), (61.4292, 2.2480, -4.9620), 1.8731),
        ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_instrument_agrees_with_sharma_wu_dalal(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert ciede2000(one, other) == pytest.approx(expected, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(expected, abs=5e-5)


def test_white_is_white_and_a_known_contrast_is_met() -> None:
    assert lab("#FFFFFF") == pytest.approx((100, 0, 0), abs=0.02)
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@THEMES
def test_field_colours_stand_out_from_their_grounds(theme: Theme) -> None:
    assert min(contrast(colour, theme.ground) for colour in (*theme.fields, GREY)) >= 3 - 0.005


@THEMES
def test_six_fields_stay_apart_for_every_vision(theme: Theme) -> None:
    assert len(set(theme.fields)) == 6
    assert nearest(theme) >= 15


@pytest.mark.parametrize(("theme", "told"), [(LIGHT, 21.1), (DARK, 22.4)], ids=["light", "dark"])
def test_the_smallest_difference_is_the_one_published(theme: Theme, told: float) -> None:
    assert nearest(theme) == pytest.approx(told, abs=0.05)


@THEMES
def test_text_is_legible_wherever_it_stands(theme: Theme) -> None:
    grounds = (theme.ground, theme.surface)
    for text in (theme.text, theme.muted, theme.accent):
        assert min(contrast(text, ground) for ground in grounds) >= 4.5, text


@given(HEX)
def test_black_or_white_is_legible_on_every_colour(colour: str) -> None:
    chosen = palette.readable_on(colour)
    assert contrast(chosen, colour) >= 4.5
    assert contrast(chosen, colour) == pytest.approx(
        max(contrast("#000000", colour), contrast("#FFFFFF", colour)), abs=0.05
    )


@THEMES
def test_the_style_sheet_says_the_same_colours(theme: Theme) -> None:
    css = (Path(dashboards.__file__).parent / "assets" / "style.css").read_text("utf-8")
    head = ":root" if theme is LIGHT else f':root[data-theme="{theme.name}"]'
    block = re.search(re.escape(head) + r" \{(.*?)\}", css, re.DOTALL)
    assert block is not None
    told = dict(re.findall(r"--(\w[\w-]*): (#\w{6});", block[1]))
    named = {name: getattr(theme, name).lower() for name in ("ground", "surface", "text", "muted", "line", "accent")}
    named |= {f"field-{number}": colour.lower() for number, colour in enumerate(theme.fields)}
    assert {name: told[name].lower() for name in named} == named


def test_the_contrast_theme_is_black_white_and_yellow() -> None:
    theme = palette.CONTRAST
    assert (theme.ground, theme.text, theme.accent) == ("#000000", "#FFFFFF", "#FFFF00")
    assert (
        min(
            contrast(colour, ground)
            for colour in (theme.text, theme.accent)
            for ground in (theme.ground, theme.surface)
        )
        >= 7
    )


def test_fields_beyond_the_sixth_are_grey_and_an_unknown_theme_is_light() -> None:
    assert palette.field_colours(8, LIGHT) == (*LIGHT.fields, GREY, GREY)
    assert palette.field_colours(2, DARK) == DARK.fields[:2]
    assert palette.theme("dark") is DARK
    assert palette.theme("contrast") is palette.CONTRAST
    assert palette.theme("sepia") is palette.theme("light") is LIGHT


def test_sectors_differ_in_shape_not_only_in_colour() -> None:
    assert set(SECTOR_SHAPES) == set(Sector)
    assert len(set(SECTOR_SHAPES.values())) == 5


def test_the_scale_gets_brighter_step_by_step_and_is_clipped() -> None:
    brightness = [lab(colour)[0] for colour in CIVIDIS]
    assert all(a < b for a, b in pairwise(brightness))
    assert [palette.scale_colour(share) for share in (-1, 0, 1, 2)] == [
        CIVIDIS[0],
        CIVIDIS[0],
        CIVIDIS[-1],
        CIVIDIS[-1],
    ]


@given(HEX, HEX)
def test_blending_none_or_all_gives_one_of_the_two(colour: str, ground: str) -> None:
    assert palette.blend(colour, ground, 1) == colour
    assert palette.blend(colour, ground, 0) == ground
