"""One index of every place as points on a line, the largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.figures.base import Figure, layout
from dashboards.figures.grids import nothing, rows

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.indices import Indices


def dots(view: Indices, theme: Theme, tr: Translator, *, font_px: int, selected: str) -> Figure:
    """Filled where the place has enough memberships to be compared, open below; the value beside each."""
    shown = view.ranked
    if not shown:
        return nothing(theme, tr, font_px)
    values = [float(row[view.index]) for row in shown]
    digits = 1 if view.index.startswith(("hill", "rarefied")) else 2
    rules = [view.places.rule(row["place"]) for row in shown]
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": values,
        "y": [*range(len(shown))],
        "marker": {
            "symbol": ["circle-open" if row["few_actors"] else "circle" for row in shown],
            "size": round(font_px * 0.8),
            "color": [theme.muted if row["few_actors"] else theme.accent for row in shown],
            "line": {"width": [5 if rule == selected else 2 for rule in rules], "color": theme.text},
            "opacity": 1,
        },
        "text": [
            tr("{value} (few)", value=tr.number(value, digits)) if row["few_actors"] else tr.number(value, digits)
            for value, row in zip(values, shown, strict=True)
        ],
        "textposition": "middle right",
        "textfont": {"size": round(font_px * 0.9), "color": theme.text},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "customdata": rules,
    }
    stems = [
        {
            "type": "line",
            "x0": 0,
            "x1": value,
            "y0": i,
            "y1": i,
            "line": {"color": theme.line, "width": 2},
            "layer": "below",
        }
        for i, value in enumerate(values)
    ]
    longest = max(len(f"{row['place_name']}  {row['n']}") for row in shown)
    named = [f"{row['place_name']}  <span style='color:{theme.muted}'>{tr.number(row['n'])}</span>" for row in shown]
    return {
        "data": [trace],
        "layout": layout(
            theme,
            tr,
            font_px,
            margin={
                "l": round(longest * font_px * 0.56) + 16,
                "r": round(font_px * 5),
                "t": 8,
                "b": round(font_px * 1.8),
            },
            xaxis={
                "rangemode": "tozero",
                "range": [0, max(values) * 1.05 or 1.0],
                "gridcolor": theme.line,
                "zerolinecolor": theme.muted,
                "fixedrange": True,
                "tickfont": {"size": round(font_px * 0.85)},
            },
            yaxis={"range": [len(shown) - 0.5, -0.5], "visible": False, "fixedrange": True},
            annotations=rows(named, rules),
            shapes=stems,
            hovermode="closest",
        ),
    }
