"""An index over the number of centres: a line per basis, told apart by dash, shade and a name at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboards.figures.base import Figure, layout
from dashboards.views.poleindices import VALIDATED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboards.figures.ground import Trace
    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.poleindices import Curve

DASHES = {
    "actors": "solid",
    "direct": "solid",
    "projects": "dash",
    "both": "solid",
    VALIDATED: "dashdot",
    "commuters": "dot",
}
SYMBOLS = {"direct": "circle", "projects": "square", "both": "diamond", "commuters": "x"}
# between names at the right end, in sizes of type
APART = 1.15
# height of the plot in sizes of type, by the style sheet
HIGH = 20.0


def curves(
    found: Sequence[Curve],
    names: Mapping[str, str],
    theme: Theme,
    tr: Translator,
    *,
    title: str,
    font_px: int,
) -> Figure:
    """Lines over the number of centres, the largest centres first; gaps where an index is undefined."""
    traces = [_line(one, names[one.basis], theme, tr) for one in found]
    finite = np.concatenate([one.values[np.isfinite(one.values)] for one in found]) if found else np.empty(0)
    low, high = (min(0.0, float(finite.min())), max(0.0, float(finite.max()))) if len(finite) else (0.0, 1.0)
    pad = 0.06 * ((high - low) or 1.0)
    last = max((int(one.centres.max()) for one in found), default=2)
    return {
        "data": traces,
        "layout": layout(
            theme,
            tr,
            font_px,
            # as much as numbers and titles of the axes need, or Plotly draws all of it twice
            margin={"l": 3 * font_px, "r": round(9.5 * font_px), "t": 12, "b": round(2.9 * font_px)},
            xaxis={
                "title": {"text": tr("Number of centres, from the largest"), "font": {"size": font_px}},
                "range": [1.6, last + 0.4],
                "fixedrange": True,
                "automargin": True,
                "gridcolor": theme.line,
                "zeroline": False,
                "dtick": 1 if last <= 20 else 5,
            },
            yaxis={
                "title": {"text": title, "font": {"size": font_px}},
                "range": [low - (pad if low < 0 else 0), high + pad],
                "fixedrange": True,
                "automargin": True,
                "gridcolor": theme.line,
                "zerolinecolor": theme.muted,
            },
            hovermode="x",
            annotations=_ends(found, names, theme, font_px, low, high, last),
        ),
    }


def _line(one: Curve, name: str, theme: Theme, tr: Translator) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": one.centres.astype(np.float32),
        "y": one.values.astype(np.float32),
        "connectgaps": False,
        "line": {"color": _colour(one.basis, theme), "width": 3, "dash": DASHES.get(one.basis, "solid")},
        "marker": {"size": 7, "symbol": SYMBOLS.get(one.basis, "circle"), "color": _colour(one.basis, theme)},
        "text": [f"{name}: {tr.number(float(value), 2)}" for value in one.values],
        "hoverinfo": "text",
        "name": name,
    }


def _colour(basis: str, theme: Theme) -> str:
    return {"both": theme.text, "actors": theme.text, "commuters": theme.muted}.get(basis, theme.accent)


def _ends(
    found: Sequence[Curve],
    names: Mapping[str, str],
    theme: Theme,
    font_px: int,
    low: float,
    high: float,
    last: int,
) -> list[dict[str, object]]:
    """Names at the right end of the lines, moved apart where lines end beside each other."""
    ends = []
    for one in found:
        kept = np.flatnonzero(np.isfinite(one.values))
        ends.append((float(one.values[kept[-1]]), one))
    ends.sort(key=lambda pair: -pair[0])
    gap = APART * ((high - low) or 1.0) / HIGH
    at = [value for value, _ in ends]
    for number in range(1, len(at)):
        at[number] = min(at[number], at[number - 1] - gap)
    return [
        {
            "x": last + 0.3,
            "y": y,
            "text": f"<b>{names[one.basis]}</b>",
            "xanchor": "left",
            "showarrow": False,
            "align": "left",
            "font": {"color": _colour(one.basis, theme), "size": round(0.85 * font_px)},
        }
        for y, (_, one) in zip(at, ends, strict=True)
    ]
