"""Shapes drawn: as SVG for a screen, as PNG for a slide; neither needs a browser."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup
from PIL import Image, ImageDraw, ImageFont

from dashboards.room.picture import Area, Disc, Line, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboards.room.picture import Frame, Point, Shape

DASH, GAP = 1.2, 0.8
"""Kilometres of a dashed line."""
OVERSAMPLED = 2
ALONE = Markup(' xmlns="http://www.w3.org/2000/svg" font-family="Inter, Segoe UI, Arial, sans-serif"')
# Markup escapes what is put into it
LINE = Markup('<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>')
DASHED = Markup(
    '<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-dasharray="{dash} {gap}"/>'
)
AREA = Markup('<path d="{path}" fill="{fill}" stroke="{line}" stroke-width="{width}"/>')
DISCS = Markup('<path d="{path}" stroke="{fill}" stroke-width="{width:.2f}" stroke-linecap="round"/>')
RING = Markup('<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius}" fill="{fill}" stroke="{line}" stroke-width="0.3"/>')
WORD = Markup('<text x="{x:.2f}" y="{y:.2f}" font-size="{size}" text-anchor="middle" fill="{fill}"{more}>{text}</text>')
HALO = Markup(' stroke="{colour}" stroke-width="{width:.2f}" paint-order="stroke"')
BOLD = Markup(' font-weight="700"')


def svg(shapes: Sequence[Shape], of: Frame, *, name: str = "", standalone: bool = False) -> Markup:
    """An SVG element that fills its place; only presentation attributes, as a strict content policy asks.

    Lines and discs that look alike are one path each: a thousand elements less for a projector's laptop.
    """
    head = Markup('<svg{} viewBox="{:.2f} {:.2f} {:.2f} {:.2f}" role="img" aria-label="{}">').format(
        ALONE if standalone else "",
        of.west, -of.north, of.width, of.height, name,
    )  # fmt: skip
    return head + Markup("").join(_parts(shapes)) + Markup("</svg>")


def _parts(shapes: Sequence[Shape]) -> Iterable[Markup]:
    at = 0
    while at < len(shapes):
        one, upto = shapes[at], at + 1
        while upto < len(shapes) and _alike(one, shapes[upto]):
            upto += 1
        yield _drawn(one, shapes[at:upto])
        at = upto


def _alike(one: Shape, other: Shape) -> bool:
    if isinstance(one, Line) and isinstance(other, Line):
        return (one.colour, one.width, one.dashed) == (other.colour, other.width, other.dashed)
    if isinstance(one, Area) and isinstance(other, Area):
        return (one.fill, one.line) == (other.fill, other.line)
    return isinstance(one, Disc) and isinstance(other, Disc) and not one.line and _same_disc(one, other)


def _same_disc(one: Disc, other: Disc) -> bool:
    return (one.fill, one.line, one.radius) == (other.fill, other.line, other.radius)


def _drawn(one: Shape, alike: Sequence[Shape]) -> Markup:
    if isinstance(one, Line):
        path = "".join(_path(line.points) for line in alike if isinstance(line, Line))
        drawn = DASHED if one.dashed else LINE
        return drawn.format(path=path, colour=one.colour, width=one.width, dash=DASH, gap=GAP)
    if isinstance(one, Area):
        path = "".join(_path(area.ring) + "Z" for area in alike if isinstance(area, Area))
        return AREA.format(path=path, fill=one.fill, line=one.line, width=one.width)
    if isinstance(one, Disc) and not one.line:
        # a line of no length with round ends is a disc
        path = "".join(f"M{d.at[0]:.2f} {-d.at[1]:.2f}h0" for d in alike if isinstance(d, Disc))
        return DISCS.format(path=path, fill=one.fill, width=2 * one.radius)
    if isinstance(one, Disc):
        return RING.format(x=one.at[0], y=-one.at[1], radius=one.radius, fill=one.fill, line=one.line)
    return _word(one)


def _path(points: Sequence[Point]) -> str:
    first, *rest = (f"{x:.2f} {-y:.2f}" for x, y in points)
    return f"M{first}L{' '.join(rest)}"


def _word(one: Word) -> Markup:
    more = (BOLD if one.bold else Markup("")) + (
        HALO.format(colour=one.halo, width=one.size * 0.22) if one.halo else Markup("")
    )
    return WORD.format(
        x=one.at[0], y=-one.at[1] + one.size * 0.35, size=one.size, fill=one.colour, more=more,
        text=one.text,
    )  # fmt: skip


def png(shapes: Iterable[Shape], of: Frame, width: int = 1800) -> bytes:
    """A picture of so many pixels; drawn larger and made smaller, so that edges are smooth."""
    scale = OVERSAMPLED * width / of.width
    size = (round(of.width * scale), round(of.height * scale))
    image = Image.new("RGB", size, "#FFFFFF")
    pen = ImageDraw.Draw(image)

    def at(point: Point) -> tuple[float, float]:
        return (point[0] - of.west) * scale, (of.north - point[1]) * scale

    for one in shapes:
        if isinstance(one, Area):
            corners = [at(point) for point in one.ring]
            pen.polygon(corners, fill=one.fill)
            pen.line([*corners, corners[0]], fill=one.line, width=max(1, round(one.width * scale)))
        elif isinstance(one, Line):
            for piece in dashes(one.points) if one.dashed else [one.points]:
                pen.line([at(point) for point in piece], fill=one.colour, width=max(1, round(one.width * scale)))
        elif isinstance(one, Disc):
            (x, y), r = at(one.at), one.radius * scale
            rim = max(1, round(0.3 * scale)) if one.line else 0
            pen.ellipse((x - r, y - r, x + r, y + r), fill=one.fill, outline=one.line or None, width=rim)
        else:
            font = ImageFont.load_default(max(8, one.size * scale))
            edge = round(one.size * scale * 0.1) if one.halo else 0
            pen.text(
                at(one.at), one.text, fill=one.colour, font=font, anchor="mm", stroke_width=edge,
                stroke_fill=one.halo or None,
            )  # fmt: skip
    buffer = io.BytesIO()
    image.resize((width, round(size[1] / OVERSAMPLED)), Image.Resampling.LANCZOS).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def dashes(points: Sequence[Point]) -> list[tuple[Point, ...]]:
    """The pieces of a dashed line.

    >>> [tuple(round(x, 1) for x, _ in piece) for piece in dashes([(0.0, 0.0), (3.0, 0.0)])]
    [(0.0, 1.2), (2.0, 3.0)]
    """
    pieces: list[tuple[Point, ...]] = []
    current: list[Point] = [points[0]]
    left, drawing = DASH, True
    for a, b in pairwise(points):
        length = ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5
        done = 0.0
        while length - done > left:
            done += left
            spot = (a[0] + (b[0] - a[0]) * done / length, a[1] + (b[1] - a[1]) * done / length)
            if drawing:
                pieces.append((*current, spot))
            current, drawing = [spot], not drawing
            left = DASH if drawing else GAP
        left -= length - done
        if drawing:
            current.append(b)
    if drawing and len(current) > 1:
        pieces.append(tuple(current))
    return pieces
