"""Fields seen from one place: how near (relatedness density) against how large or how common they are."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from dashboards.figures import base
from dashboards.figures.base import Figure, layout
from dashboards.figures.grids import nothing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.nearest import Diversification, Step

# of the picture in letters and lines, to place labels by
LETTERS, MARGIN = 52.0, 0.18


def steps(
    view: Diversification, names: Mapping[str, str], colours: Mapping[str, str], theme: Theme, tr: Translator, *,
    axis: str, font_px: int,
) -> Figure:  # fmt: skip
    """A filled circle per field the place holds, an open diamond per missing one; the field's colour and name."""
    found = [one for one in view.of(view.place) if math.isfinite(one.density)]
    if not found:
        return nothing(theme, tr, font_px)
    heights = [float(one.ubiquity if axis == "ubiquity" else one.size) for one in found]
    low, high = min(heights), max(heights)
    spare = MARGIN * (high - low or high or 1.0)
    bottom, top = max(0.0, low - spare), high + spare
    labels = [_label(one, names, tr) for one in found]
    at = [(one.density / 100, (y - bottom) / (top - bottom)) for one, y in zip(found, heights, strict=True)]
    widths = [len(re.sub("<[^>]*>", "", label)) / LETTERS for label in labels]
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [one.density for one in found],
        "y": heights,
        "marker": {
            "symbol": ["diamond-open" if one.missing else "circle" for one in found],
            "size": font_px * 1.25,
            "color": [colours[one.field] for one in found],
            "line": {"width": 4, "color": [colours[one.field] for one in found]},
            "opacity": 1,
        },
        "text": labels,
        "textposition": _positions(at, widths),
        "textfont": {"size": font_px, "color": theme.text},
        "cliponaxis": False,
        "hovertext": [_hover(one, names, tr) for one in found],
        "hoverinfo": "text",
        "customdata": [f"cell:{one.place}.{one.field}" for one in found],
    }
    axes = {
        "xaxis": _axis(tr("Relatedness density: near to what is held, %"), theme, font_px) | {"range": [-3, 103]},
        "yaxis": _axis(
            tr("Places specialised in the field") if axis == "ubiquity" else tr("Size of the field, memberships"),
            theme,
            font_px,
        )
        | {"range": [bottom, top]},
    }
    # as much as numbers and titles of the axes need, or Plotly draws all of it twice
    margin = base.MARGIN | {"l": round(3.4 * font_px), "b": round(2.9 * font_px)}
    return {"data": [trace], "layout": layout(theme, tr, font_px, hovermode="closest", margin=margin, **axes)}


def _axis(name: str, theme: Theme, font_px: int) -> dict[str, Any]:
    return {
        "title": {"text": name, "font": {"size": font_px}},
        "gridcolor": theme.line,
        "zerolinecolor": theme.muted,
        "fixedrange": True,
        "automargin": True,
    }


def _label(one: Step, names: Mapping[str, str], tr: Translator) -> str:
    if one.missing:
        return tr("{field}: missing", field=f"<b>{names[one.field]}</b>")
    return f"<b>{names[one.field]}</b>"


def _hover(one: Step, names: Mapping[str, str], tr: Translator) -> str:
    return "<br>".join(
        [
            f"<b>{names[one.field]}</b>",
            tr("relatedness density {share}", share=tr.share(one.density / 100)),
            tr("{x} of {n} memberships", x=tr.number(one.x), n=tr.number(one.n)),
            tr("location quotient {lq}", lq=tr.number(one.lq, 2)),
        ]
    )


def _positions(points: list[tuple[float, float]], widths: list[float]) -> list[str]:
    """Where each label stands, so that near points do not write over each other; greedy, the highest first.

    ``points`` and ``widths`` are shares of the picture's width and height; every mark and every label is a box.
    """
    marks = {i: (x, y, 0.04, 0.05) for i, (x, y) in enumerate(points)}
    labels: list[tuple[float, float, float, float]] = []
    chosen = [("top", "center")] * len(points)
    for i in sorted(range(len(points)), key=lambda i: (-points[i][1], points[i][0])):
        (x, y), width = points[i], widths[i]
        beside = 0.022 + width / 2
        spots = {
            ("top", "center"): (x, y + 0.05),
            ("bottom", "center"): (x, y - 0.05),
            ("middle", "right"): (x + beside, y),
            ("middle", "left"): (x - beside, y),
            ("top", "right"): (x + beside, y + 0.04),
            ("top", "left"): (x - beside, y + 0.04),
            ("bottom", "right"): (x + beside, y - 0.04),
            ("bottom", "left"): (x - beside, y - 0.04),
        }
        boxes = {name: (a, b, width, 0.045) for name, (a, b) in spots.items() if width / 2 < a < 1 - width / 2}
        others = [*(box for j, box in marks.items() if j != i), *labels]
        free = [name for name, box in boxes.items() if not any(_over(box, other) for other in others)]
        chosen[i] = free[0] if free else ("top", "center")
        labels.append(boxes.get(chosen[i], (x, y, 0.0, 0.0)))
    return [" ".join(words) for words in chosen]


def _over(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes (middle, size) overlap."""
    return abs(one[0] - other[0]) < (one[2] + other[2]) / 2 and abs(one[1] - other[1]) < (one[3] + other[3]) / 2
