"""How old the records are: ties, projects and sources by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards.figures.base import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.figures.base import Figure
    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.provenance import Year


def by_year(rows: Sequence[Year], look: Theme, tr: Translator, *, font_px: int) -> Figure:
    """One panel for each sort of record on a common axis of years, so that no colour has to be told apart."""
    names = (tr("Ties since"), tr("Projects of"), tr("Sources published"))
    values = [[row.ties for row in rows], [row.projects for row in rows], [row.sources for row in rows]]
    years = [row.year for row in rows]
    traces = [
        {
            "type": "bar",
            "x": years,
            "y": numbers,
            "name": name,
            "marker": {"color": look.accent},
            "xaxis": "x",
            "yaxis": ("y", "y2", "y3")[number],
            "hovertemplate": "%{x}: %{y}<extra>" + name + "</extra>",
        }
        for number, (name, numbers) in enumerate(zip(names, values, strict=True))
    ]
    axes: dict[str, Any] = {
        "xaxis": {"gridcolor": look.line, "dtick": 5, "anchor": "y3", "fixedrange": True, "tickformat": "d"}
    }
    for number, (name, (low, high)) in enumerate(zip(names, ((0.72, 0.95), (0.38, 0.61), (0.04, 0.27)), strict=True)):
        axes["yaxis" + ("" if number == 0 else str(number + 1))] = {
            "domain": [low, high], "gridcolor": look.line, "fixedrange": True, "rangemode": "tozero", "nticks": 4,
        }  # fmt: skip
        axes.setdefault("annotations", []).append(
            {
                "text": name, "x": 0, "xref": "paper", "xanchor": "left", "y": high, "yref": "paper",
                "yanchor": "bottom", "showarrow": False, "font": {"color": look.text},
            }
        )  # fmt: skip
    margin = {"l": 3 * font_px, "r": 8, "t": 8, "b": 2 * font_px}
    return {"data": traces, "layout": layout(look, tr, font_px, margin=margin, bargap=0.15, **axes)}
