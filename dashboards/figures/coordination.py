"""Pairs of places as points in four quadrants; ``customdata`` of a point is the pair's id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboards.figures.base import Figure, layout
from dashboards.views.coordination import COORDINATED, LINKED, PARALLEL, QUADRANTS, UNLINKED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.coordination import Pair, Pairs

SYMBOLS = {COORDINATED: "circle", PARALLEL: "square", LINKED: "diamond", UNLINKED: "triangle-up"}
# quadrants are places on the picture; colour only repeats whether there is something to talk about
OCHRE = {"light": "#9A5B00", "dark": "#F0B060", "contrast": "#FFFF00"}
TICKS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
# left and right, below and above of the points: room for the names of the quadrants
ROOM_BELOW, ROOM_ABOVE = 0.19, 0.17
STEPS, MANY_STEPS, MANY = 7, 17, 300
# how wide a letter and how high a line is of a picture of usual size, as shares of the font's size
LETTER, LINE = 0.00064, 0.0024
# how many of each kind are tried for a name; the share of the height the quadrants' names take
MOST_TRIED, CORNER = 12, 0.07


def colours(theme: Theme) -> dict[str, str]:
    """The colour of each quadrant."""
    return {
        COORDINATED: theme.muted,
        PARALLEL: theme.accent,
        LINKED: theme.muted,
        UNLINKED: OCHRE.get(theme.name, OCHRE["light"]),
    }


def scatter(
    view: Pairs,
    names: Mapping[str, str],
    axes: tuple[str, str],
    texts: Sequence[str],
    theme: Theme,
    tr: Translator,
    *,
    font_px: int,
    selected: str = "",
    labels: int = 8,
) -> Figure:
    """Overlap against ties (each step up is about a doubling), the dividing lines, the quadrants' names.

    ``names`` are those of the quadrants with their counts, ``axes`` those of both axes, ``texts`` what is told of each
    row of the view.
    """
    shown = [(row, text) for row, text in zip(view.rows, texts, strict=True) if row.quadrant]
    heights = _heights([row for row, _ in shown])
    top = max([*heights, _up(view.split_y + 1), 1.0])
    floor, ceiling = -ROOM_BELOW * top, (1 + ROOM_ABOVE) * top
    traces = [
        _points(quadrant, [(*one, y) for one, y in zip(shown, heights, strict=True)], theme, font_px)
        for quadrant in QUADRANTS
    ]
    low, high = _span(view, [row for row, _ in shown])
    chosen = [(row, y) for (row, _), y in zip(shown, heights, strict=True) if row.id == selected]
    traces += [_ring(row, y, theme, font_px) for row, y in chosen]
    points = list(zip([row for row, _ in shown], heights, strict=True))
    told = _labels(points, chosen, labels, (low, high, floor, ceiling), font_px)
    traces.append(_text(told, theme, font_px))
    line = _up(view.split_y + 0.5)
    return {
        "data": traces,
        "layout": layout(
            theme,
            tr,
            font_px,
            xaxis=_axis(theme, axes[0], [low, high])
            | {"tickvals": _round_shares(low, high), "ticktext": [tr.share(x) for x in _round_shares(low, high)]},
            yaxis=_axis(theme, axes[1], [floor, ceiling])
            | {
                "tickvals": [_up(n) for n in TICKS if _up(n) <= ceiling],
                "ticktext": [tr.number(n) for n in TICKS if _up(n) <= ceiling],
            },
            shapes=[
                _line(theme, x0=view.split_x, x1=view.split_x, y0=0, y1=1, yref="paper"),
                _line(theme, x0=0, x1=1, y0=line, y1=line, xref="paper"),
            ]
            if shown
            else [],
            annotations=[_name(quadrant, names[quadrant], theme, font_px) for quadrant in QUADRANTS],
            hovermode="closest",
            # as much as numbers and titles of the axes need, or Plotly draws all of it twice
            margin={"l": round(3.5 * font_px), "r": 12, "t": 8, "b": round(3.2 * font_px)},
        ),
    }


def _up(ties: float) -> float:
    return float(np.log2(1 + ties))


def _heights(rows: Sequence[Pair]) -> list[float]:
    """Points of equal ties beside each other are moved up or down a little, so that all can be seen."""
    seen: dict[int, int] = {}
    heights = []
    steps = MANY_STEPS if len(rows) > MANY else STEPS
    for row in rows:
        turn = seen[row.ties] = seen.get(row.ties, -1) + 1
        heights.append(_up(row.ties) + 0.04 * ((turn * 3) % steps - steps // 2))
    return heights


def _span(view: Pairs, rows: Sequence[Pair]) -> tuple[float, float]:
    values = [row.overlap for row in rows] + ([view.split_x] if np.isfinite(view.split_x) else [])
    if not values:
        return 0.0, 1.0
    pad = max(0.02, 0.06 * (max(values) - min(values)))
    return min(values) - pad, max(values) + pad


def _round_shares(low: float, high: float) -> list[float]:
    step = 0.1 if high - low > 0.35 else 0.05
    return [round(x, 2) for x in np.arange(np.ceil(max(low, 0) / step) * step, min(high, 1) + 1e-9, step)]


def _axis(theme: Theme, title: str, span: list[float]) -> dict[str, Any]:
    return {
        "title": {"text": title, "standoff": 8},
        "range": span,
        "tickmode": "array",
        "gridcolor": theme.line,
        "zeroline": False,
        "fixedrange": True,
        "automargin": True,
    }


def _line(theme: Theme, **where: Any) -> dict[str, Any]:
    return {"type": "line", "line": {"color": theme.text, "width": 2, "dash": "dash"}, "layer": "below", **where}


def _points(quadrant: str, rows: Sequence[tuple[Pair, str, float]], theme: Theme, font_px: int) -> dict[str, Any]:
    mine = [(row, text, y) for row, text, y in rows if row.quadrant == quadrant]
    size = max(9, round(font_px * (0.55 if len(rows) > MANY else 0.85)))
    return {
        "type": "scatter",
        "mode": "markers",
        "name": quadrant,
        "x": [row.overlap for row, _, _ in mine],
        "y": [y for _, _, y in mine],
        "customdata": [row.id for row, _, _ in mine],
        "text": [text for _, text, _ in mine],
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "symbol": [SYMBOLS[quadrant] + ("-open" if row.few else "") for row, _, _ in mine],
            "size": size,
            "color": colours(theme)[quadrant],
            "line": {"color": colours(theme)[quadrant], "width": 1.5},
            "opacity": 0.85,
        },
    }


def _ring(row: Pair, y: float, theme: Theme, font_px: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "selected",
        "x": [row.overlap],
        "y": [y],
        "hoverinfo": "skip",
        "marker": {
            "symbol": "circle-open",
            "size": round(font_px * 1.7),
            "color": theme.text,
            "line": {"color": theme.text, "width": 3.5},
        },
    }


def _labels(
    points: Sequence[tuple[Pair, float]],
    chosen: Sequence[tuple[Pair, float]],
    most: int,
    span: tuple[float, float, float, float],
    font_px: int,
) -> list[Label]:
    """The pair chosen, then those that stand out most, where a name lies neither on another nor on a point."""
    low, high, floor, ceiling = span

    def place(row: Pair, y: float) -> tuple[float, float]:
        return (row.overlap - low) / max(high - low, 1e-9), (y - floor) / max(ceiling - floor, 1e-9)

    dots = [place(row, y) for row, y in points]
    taken: list[Box] = []
    told: list[Label] = []
    for row, y in [*chosen, *_standing_out(points)]:
        if len(told) == most:
            break
        if any(row.id == label[0].id for label in told):
            continue
        width, height = LETTER * font_px * (len(row.name) + len(row.partner_name) + 7), LINE * font_px
        (x, up), gap = place(row, y), 0.0008 * font_px
        sides: dict[str, Box] = {
            "middle right": (x + gap, up - height / 2, x + gap + width, up + height / 2),
            "middle left": (x - gap - width, up - height / 2, x - gap, up + height / 2),
        }
        free = [side for side, box in sides.items() if _is_free(box, dots, taken)]
        if not free and (row, y) in chosen:
            free = ["middle right" if x < 1 / 2 else "middle left"]
        if free:
            taken.append(sides[free[0]])
            told.append((row, y, free[0]))
    return told


Label = tuple["Pair", float, str]
Box = tuple[float, float, float, float]


def _standing_out(points: Sequence[tuple[Pair, float]]) -> list[tuple[Pair, float]]:
    """In turn: the similar pairs that fall shortest of chance, the most tied ones, the different ones without ties."""
    untied = [one for one in points if one[0].quadrant == PARALLEL and not one[0].few]
    tied = [one for one in points if one[0].quadrant in {COORDINATED, LINKED}]
    gaps = [one for one in points if one[0].quadrant == UNLINKED and not one[0].few]
    groups = [
        sorted(untied, key=lambda one: (-one[0].short_of, one[0].id)),
        sorted(tied, key=lambda one: (-one[0].ties, one[0].id)),
        sorted(gaps, key=lambda one: (-one[0].short_of, one[0].id)),
    ]
    longest = max(len(group) for group in groups)
    return [group[turn] for turn in range(min(longest, MOST_TRIED)) for group in groups if turn < len(group)]


def _is_free(box: Box, dots: Sequence[tuple[float, float]], taken: Sequence[Box]) -> bool:
    left, bottom, right, top = box
    if left < 0 or right > 1 or bottom < CORNER or top > 1 - CORNER:
        return False
    if any(left < x < right and bottom < y < top for x, y in dots):
        return False
    return not any(left < other[2] and other[0] < right and bottom < other[3] and other[1] < top for other in taken)


def _text(told: Sequence[Label], theme: Theme, font_px: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "name": "names",
        "x": [row.overlap for row, _, _ in told],
        "y": [y for _, y, _ in told],
        "text": [f"  {row.name} – {row.partner_name}  " for row, _, _ in told],
        "textposition": [side for _, _, side in told],
        "textfont": {"size": font_px, "color": theme.text},
        "hoverinfo": "skip",
    }


def _name(quadrant: str, text: str, theme: Theme, font_px: int) -> dict[str, Any]:
    right, up = quadrant.startswith("similar"), quadrant.endswith("-tied")
    return {
        "text": f"<b>{text}</b>",
        "name": quadrant,
        "captureevents": True,
        "xref": "paper",
        "yref": "paper",
        "x": 1 if right else 0,
        "y": 1 if up else 0,
        "xanchor": "right" if right else "left",
        "yanchor": "top" if up else "bottom",
        "showarrow": False,
        "font": {"size": round(font_px * 1.06), "color": colours(theme)[quadrant]},
        "bgcolor": theme.ground,
        "borderpad": 4,
    }
