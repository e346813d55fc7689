"""Location quotients as a matrix with patterns, or as points with their intervals, one panel per field.

Everything that can be selected carries its rule: cells as ``customdata``, headers as the ``name`` of an annotation.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dashboards.figures.base import Figure, layout
from dashboards.figures.grids import band, columns, nothing, rows
from dashboards.language import UNDEFINED
from dashboards.palette import blend, readable_on
from ecosystem.measures import Support

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.quotients import Quotient, Quotients

# quotients are read on a log axis around 1, clipped where they say no more
COLOUR_SPAN = 2.0
AXIS_SPAN = 3.0
ABOVE = "#B35900"
BELOW = "#1B6CA8"
TICKS = {-2: "¼", -1: "½", 0: "1", 1: "2", 2: "4"}
SYMBOLS = {
    Support.SUPPORTED: ("circle", 0.72),
    Support.TOO_FEW_ACTORS: ("circle-open", 0.66),
    Support.NOT_SPECIALISED: ("line-ns", 0.6),
}


def matrix(
    view: Quotients, names: Sequence[str], theme: Theme, tr: Translator, *, font_px: int, selected: str
) -> Figure:
    """A cell per place and field: hatched where the actors are too few, “–” where there is no quotient."""
    if not view.cells:
        return nothing(theme, tr, font_px)
    width = len(view.fields)
    colours = [lq_colour(cell.lq, theme) for cell in view.cells]
    few = [cell.state == Support.TOO_FEW_ACTORS for cell in view.cells]
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": [i // width for i in range(len(view.cells))],
        "base": [i % width - 0.48 for i in range(len(view.cells))],
        "x": [0.96] * len(view.cells),
        "width": 0.92,
        "marker": {
            "color": colours,
            "line": {"color": theme.line, "width": 1},
            "pattern": {
                "shape": ["/" if one else "" for one in few],
                "fgcolor": [blend(readable_on(colour), colour, 0.32) for colour in colours],
                "fillmode": "overlay",
                "size": max(9, round(font_px * 0.7)),
                "solidity": 0.16,
            },
        },
        "text": [_told(cell, tr) for cell in view.cells],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": [readable_on(colour) for colour in colours], "size": font_px},
        "hovertext": _hovers(view, names, tr),
        "hoverinfo": "text",
        "customdata": [f"cell:{cell.place}.{cell.field}" for cell in view.cells],
    }
    axes = {
        "xaxis": {"range": [-0.5, width - 0.5], "visible": False, "fixedrange": True},
        "yaxis": {"range": [len(view.places.ids) - 0.5, -0.5], "visible": False, "fixedrange": True},
    }
    return _drawn(view, names, theme, tr, font_px, selected, [trace], axes, [*range(width)], "x")


def whiskers(
    view: Quotients, names: Sequence[str], theme: Theme, tr: Translator, *, font_px: int, selected: str
) -> Figure:
    """A panel per field: the quotient of every place on a log axis with its interval, 1 marked."""
    if not view.cells:
        return nothing(theme, tr, font_px)
    width, gap = len(view.fields), 0.012
    hovers = _hovers(view, names, tr)
    data: list[dict[str, Any]] = []
    axes: dict[str, Any] = {
        "yaxis": {"range": [len(view.places.ids) - 0.5, -0.5], "visible": False, "fixedrange": True}
    }
    for column in range(width):
        chosen = [i for i in range(len(view.cells)) if i % width == column and math.isfinite(view.cells[i].lq)]
        axis = f"x{column + 1}"
        axes[f"xaxis{column + 1}"] = {
            "domain": [column / width + gap, (column + 1) / width - gap],
            "range": [-AXIS_SPAN - 0.3, AXIS_SPAN + 0.3],
            "tickvals": [*TICKS],
            "ticktext": [*TICKS.values()],
            "tickfont": {"size": round(font_px * 0.8)},
            "fixedrange": True,
            "zeroline": True,
            "zerolinewidth": 2,
            "zerolinecolor": theme.muted,
            "gridcolor": theme.line,
        }
        data += [_lines(view, chosen, width, axis, theme), _points(view, chosen, width, axis, theme, font_px, hovers)]
    middles = [(column + 0.5) / width for column in range(width)]
    return _drawn(view, names, theme, tr, font_px, selected, data, axes, middles, "paper")


def lq_colour(value: float, theme: Theme) -> str:
    """Neutral at 1, blue below, orange above, on log2; the ground where it is undefined, so that it is no value."""
    if not math.isfinite(value):
        return theme.ground
    span = -COLOUR_SPAN if value <= 0 else max(-COLOUR_SPAN, min(COLOUR_SPAN, math.log2(value)))
    return blend(ABOVE if span >= 0 else BELOW, theme.surface, abs(span) / COLOUR_SPAN * 0.85)


def _drawn(
    view: Quotients, names: Sequence[str], theme: Theme, tr: Translator, font_px: int, selected: str,
    data: list[dict[str, Any]], axes: dict[str, Any], middles: list[float], reference: str,
) -> Figure:  # fmt: skip
    left = [
        f"{name}  <span style='color:{theme.muted}'>{tr.number(n)}</span>"
        for name, n in zip(view.places.names, view.sizes, strict=True)
    ]
    plain = [f"{name}  {tr.number(n)}" for name, n in zip(view.places.names, view.sizes, strict=True)]
    head = [
        f"{_broken(name)}<br><span style='color:{theme.muted}'>{tr.number(n)}</span>"
        for name, n in zip(names, view.field_sizes, strict=True)
    ]
    margin = {
        "l": round(max(len(one) for one in plain) * font_px * 0.56) + 16,
        "r": 8,
        "t": round(font_px * 1.4 * max(one.count("<br>") + 1 for one in head)) + 8,
        "b": round(font_px * 1.6) if reference == "paper" else 8,
    }
    rules = [view.places.rule(place) for place in view.places.ids]
    return {
        "data": data,
        "layout": layout(
            theme,
            tr,
            font_px,
            margin=margin,
            bargap=0,
            annotations=[
                *rows(left, rules),
                *columns(head, [f"field:{one}" for one in view.fields], middles, reference, round(font_px * 0.9)),
            ],
            shapes=_marks(view, selected, theme, reference),
            hovermode="closest",
            **axes,
        ),
    }


def _broken(name: str) -> str:
    """A name of two words on two lines, so that neighbours do not run into each other."""
    first, space, rest = name.rpartition(" ")
    return f"{first}<br>{rest}" if space and len(name) > 10 else name


def _told(cell: Quotient, tr: Translator) -> str:
    if not math.isfinite(cell.lq):
        return UNDEFINED
    told = tr.number(cell.lq, 1)
    if cell.supported:
        return f"<b>{told} ✓</b>"
    small = tr("n = {n}", n=tr.number(cell.x))
    return f"{told} <span style='font-size:0.78em'>{small}</span>" if cell.specialised else told


def _hovers(view: Quotients, names: Sequence[str], tr: Translator) -> list[str]:
    where = dict(zip(view.places.ids, view.places.names, strict=True))
    short = dict(zip(view.fields, names, strict=True))
    return [_hover(cell, where[cell.place], short[cell.field], tr) for cell in view.cells]


def _hover(cell: Quotient, place: str, field: str, tr: Translator) -> str:
    lines = [
        f"<b>{place} · {field}</b>",
        tr("{x} of {n} memberships", x=tr.number(cell.x), n=tr.number(cell.n)),
        tr("expected from the region's mix: {n}", n=tr.number(cell.expected, 1)),
    ]
    if math.isfinite(cell.lq):
        interval = tr("{low} to {high}", low=tr.number(cell.low, 2), high=tr.number(cell.high, 2))
        lines.append(tr("location quotient {lq} (95 %: {interval})", lq=tr.number(cell.lq, 2), interval=interval))
    return "<br>".join(lines)


def _lines(view: Quotients, chosen: list[int], width: int, axis: str, theme: Theme) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for i in chosen:
        cell = view.cells[i]
        if math.isfinite(cell.low):
            x += [_at(cell.low), _at(cell.high), None]
            y += [i // width, i // width, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "xaxis": axis,
        "line": {"color": theme.muted, "width": 3},
        "hoverinfo": "skip",
    }


def _points(
    view: Quotients, chosen: list[int], width: int, axis: str, theme: Theme, font_px: int, hovers: list[str]
) -> dict[str, Any]:
    cells = [view.cells[i] for i in chosen]
    drawn = [SYMBOLS.get(Support(cell.state), ("x-thin", 0.5)) for cell in cells]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_at(cell.lq) for cell in cells],
        "y": [i // width for i in chosen],
        "xaxis": axis,
        "marker": {
            "symbol": [symbol for symbol, _ in drawn],
            "size": [round(font_px * size) for _, size in drawn],
            "color": [theme.text if cell.specialised else theme.muted for cell in cells],
            "line": {"width": 3, "color": theme.text},
            "opacity": 1,
        },
        "hovertext": [hovers[i] for i in chosen],
        "hoverinfo": "text",
        "customdata": [f"cell:{cell.place}.{cell.field}" for cell in cells],
    }


def _at(value: float) -> float:
    """Where a quotient stands on the axis; what lies beyond stands at its end."""
    return -AXIS_SPAN if value <= 0 else max(-AXIS_SPAN, min(AXIS_SPAN, math.log2(value)))


def _marks(view: Quotients, selected: str, theme: Theme, reference: str) -> list[dict[str, Any]]:
    """An outline around the selected cell, row or column."""
    kind, _, key = selected.partition(":")
    place, _, field = key.rpartition(".") if kind == "cell" else (key, "", key if kind == "field" else "")
    if kind == "cell" and (place not in view.places.ids or field not in view.fields):
        return []
    row = view.places.ids.index(place) if kind != "field" and place in view.places.ids else None
    column = view.fields.index(field) if field in view.fields else None
    if kind not in {"cell", "unit", "place", "field"} or (row is None and column is None):
        return []
    return [band(row, column, (len(view.places.ids), len(view.fields)), theme, reference)]
