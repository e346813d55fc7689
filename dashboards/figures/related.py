"""The relatedness of fields as a circle: the wider a line, the more related; dashed where few actors hold both."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dashboards.figures.base import Figure, layout
from dashboards.figures.grids import nothing
from dashboards.palette import blend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.related import Pair, Related

WIDEST = 16.0
THINNEST = 1.5
# a circle stretched to the width of a screen
STRETCH = 1.6


def circle(
    view: Related, names: Mapping[str, str], colours: Mapping[str, str], theme: Theme, tr: Translator, font_px: int
) -> Figure:
    """Fields in the region's order, clockwise from the top; pairs that share no actor have no line."""
    if len(view.fields) < 2:
        return nothing(theme, tr, font_px)
    at = _places(view.fields)
    top = max((pair.phi for pair in view.pairs), default=0.0) or 1.0
    # the weakest first, so that the strong ones and their numbers lie on top
    drawn = [pair for pair in reversed(view.pairs) if pair.shared > 0]
    hidden = {"visible": False, "fixedrange": True}
    beside = round(font_px * (0.6 * max(len(names[field]) for field in view.fields) + 2.4))
    return {
        "data": [*(_line(pair, at, top, theme) for pair in drawn), _nodes(view, at, names, colours, theme, font_px)],
        "layout": layout(
            theme,
            tr,
            font_px,
            xaxis=hidden | {"range": [-STRETCH, STRETCH]},
            yaxis=hidden | {"range": [-1.16, 1.16]},
            margin={"l": beside, "r": beside, "t": 8, "b": 8},
            annotations=[
                *(_value(pair, view.fields, at, theme, tr, font_px) for pair in drawn),
                *(
                    _name(field, n, at, names, theme, tr, font_px)
                    for field, n in zip(view.fields, view.sizes, strict=True)
                ),
            ],
            hovermode="closest",
        ),
    }


def _places(fields: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    # turned by half a step, so that two names stand beside each other at the top and none in the middle
    step = 2 * math.pi / len(fields)
    return {field: (STRETCH * math.sin(step * (i + 0.5)), math.cos(step * (i + 0.5))) for i, field in enumerate(fields)}


def _line(pair: Pair, at: Mapping[str, tuple[float, float]], top: float, theme: Theme) -> dict[str, Any]:
    (x0, y0), (x1, y1) = at[pair.first], at[pair.second]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x0, x1],
        "y": [y0, y1],
        "line": {
            "width": max(THINNEST, WIDEST * pair.phi / top),
            "color": theme.accent if pair.kept else blend("#8A9099", theme.ground, 0.6),
            "dash": "dash" if pair.few else "solid",
        },
        "hoverinfo": "skip",
    }


def _nodes(
    view: Related,
    at: Mapping[str, tuple[float, float]],
    names: Mapping[str, str],
    colours: Mapping[str, str],
    theme: Theme,
    font_px: int,
) -> dict[str, Any]:
    most = max(view.sizes, default=0) or 1
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at[field][0] for field in view.fields],
        "y": [at[field][1] for field in view.fields],
        "marker": {
            "size": [font_px * (1.2 + 1.8 * math.sqrt(n / most)) for n in view.sizes],
            "color": [colours[field] for field in view.fields],
            "line": {"color": theme.ground, "width": 2},
            "opacity": 1,
        },
        "hovertext": [names[field] for field in view.fields],
        "hoverinfo": "text",
        "customdata": [f"field:{field}" for field in view.fields],
        "cliponaxis": False,
    }


def _value(
    pair: Pair, fields: tuple[str, ...], at: Mapping[str, tuple[float, float]], theme: Theme, tr: Translator, px: int
) -> dict[str, Any]:
    """The number on a line; on lines through the middle beside it, where they would lie on each other."""
    (x0, y0), (x1, y1) = at[pair.first], at[pair.second]
    apart = abs(fields.index(pair.first) - fields.index(pair.second))
    share = 0.36 if 2 * apart == len(fields) and len(fields) > 2 else 0.5
    told = tr.number(pair.phi, 2)
    return {
        "text": f"<b>{told} ✓</b>" if pair.kept else told,
        "x": x0 + share * (x1 - x0),
        "y": y0 + share * (y1 - y0),
        "showarrow": False,
        "bgcolor": theme.ground,
        "borderpad": 1,
        "font": {"size": px if pair.kept else round(px * 0.85), "color": theme.text},
    }


def _name(
    field: str, n: int, at: Mapping[str, tuple[float, float]], names: Mapping[str, str], theme: Theme, tr: Translator,
    px: int,
) -> dict[str, Any]:  # fmt: skip
    x, y = at[field]
    side = "left" if x > 0.1 else ("right" if x < -0.1 else "center")
    return {
        "text": f"<b>{names[field]}</b><br><span style='color:{theme.muted}'>{tr.number(n)}</span>",
        "x": x,
        "y": y,
        "xanchor": side,
        "xshift": {"left": 1.9, "right": -1.9, "center": 0}[side] * px,
        "yshift": (1.9 * px if y > 0 else -1.9 * px) if side == "center" else 0,
        "showarrow": False,
        "align": side,
    }
