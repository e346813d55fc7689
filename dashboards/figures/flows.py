"""Flows between units as arcs: few widths, the same on every map of a page, told in the figure's own legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboards.figures.base import MARGIN
from dashboards.figures.ground import curve, joined
from dashboards.palette import blend

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboards.figures.ground import Trace
    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.commuting import PairOfUnits
    from dashboards.views.polycentric import Flow
    from dashboards.views.units import Units

WIDTHS = (1.2, 2.6, 4.6, 7.5)
MOST_FLOWS = 60
# a row of the legend, in sizes of type
LEGEND_EM = 2.45
# what commuters are drawn in: another hue, dotted, bent to the other side
COMMUTERS = {"light": "#B35900", "dark": "#FFB45C", "contrast": "#FFFFFF"}
MOST_COMMUTERS = 20


def limits(top: int) -> tuple[int, ...]:
    """The least number of each width: steps of equal ratio, since few flows are strong and many weak.

    >>> limits(77), limits(2), limits(0)
    ((1, 3, 9, 26), (1, 2), (1,))
    """
    edges = [1] + [int(np.ceil(max(top, 1) ** (step / len(WIDTHS)))) for step in range(1, len(WIDTHS))]
    return tuple(dict.fromkeys(edge for edge in edges if edge <= max(top, 1)))


def step(value: float, edges: Sequence[int]) -> int:
    """Which width a number has; the fewer there are, the more they differ."""
    return max(0, int(np.searchsorted(edges, value, side="right")) - 1) + len(WIDTHS) - len(edges)


def shade(theme: Theme, width: int) -> str:
    """Opaque grey: the wider, the darker."""
    return blend(theme.text, theme.surface, 0.30 + 0.16 * width)


def flow_traces(flows: Sequence[Flow], units: Units, theme: Theme, tr: Translator, top: int) -> list[Trace]:
    """Flows in a few widths, the strong ones on top; one trace a width, since a browser takes long over each trace."""
    centre, name = _centres(units), dict(zip(units.ids, units.names, strict=True))
    edges = limits(top)
    drawn: dict[int, list[tuple[np.ndarray, str]]] = {}
    for flow in reversed(flows):
        told = tr.plural("{n} linked pair of actors", "{n} linked pairs of actors", flow.pairs)
        text = f"<b>{name[flow.source]} – {name[flow.target]}</b><br>{told}"
        arc = curve(centre[flow.source], centre[flow.target])
        drawn.setdefault(step(flow.pairs, edges), []).append((arc, text))
    return [_arcs(drawn[width], shade(theme, width), WIDTHS[width]) for width in sorted(drawn)]


def _arcs(arcs: Sequence[tuple[np.ndarray, str]], colour: str, width: float) -> Trace:
    x, y = joined([arc for arc, _ in arcs])
    # a word for every point, and one for the gap after each arc
    texts = [text for arc, text in arcs for _ in range(len(arc) + 1)][:-1]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": colour, "width": width},
        "hoverinfo": "text",
        "text": texts,
        "name": "flow",
    }


def commuter_traces(
    pairs: Sequence[PairOfUnits], units: Units, theme: Theme, tr: Translator, *, year: int | None
) -> list[Trace]:
    """The strongest streams of commuters, both directions together."""
    centre = _centres(units)
    shown = [pair for pair in sorted(pairs, key=lambda one: -one.commuters)[:MOST_COMMUTERS] if pair.commuters]
    top = max((pair.commuters for pair in shown), default=1)
    traces = []
    for pair in reversed(shown):
        arc = curve(centre[pair.source], centre[pair.target], bend=-0.12).astype(np.float32)
        text = f"<b>{pair.source_name} – {pair.target_name}</b><br>" + tr(
            "{n} commuters in {year}, both directions", n=tr.number(pair.commuters), year=year
        )
        width = 1.5 + 4.5 * (pair.commuters / top)
        traces.append(_line(arc, {"color": COMMUTERS[theme.name], "width": width, "dash": "dot"}, text, "stream"))
    return traces


def _line(arc: np.ndarray, look: dict[str, Any], text: str, name: str) -> Trace:
    """One arc that says what it is."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": arc[:, 0],
        "y": arc[:, 1],
        "line": look,
        "hoverinfo": "text",
        "text": text,
        "name": name,
    }


def _centres(units: Units) -> Mapping[str, np.ndarray]:
    return dict(zip(units.ids, units.centres, strict=True))


def width_entries(top: int, theme: Theme, tr: Translator) -> list[Trace]:
    """The legend of the widths: from–to linked pairs."""
    edges = limits(top)
    ends = [*(edge - 1 for edge in edges[1:]), top]
    names = [
        tr("{low}–{high} pairs", low=tr.number(low), high=tr.number(high))
        if high > low
        else tr.plural("{n} pair", "{n} pairs", low)
        for low, high in zip(edges, ends, strict=True)
    ]
    looks = [step(edge, edges) for edge in edges]
    return [
        entry(name, line={"color": shade(theme, look), "width": WIDTHS[look]})
        for name, look in zip(names, looks, strict=True)
        if top
    ]


def entry(name: str, **look: Any) -> Trace:
    """A line or a marker of the legend that stands for no point of the map."""
    nowhere = np.array([np.nan], dtype=np.float32)
    return {
        "type": "scatter",
        "mode": "markers" if "marker" in look else "lines",
        "x": nowhere,
        "y": nowhere,
        "name": name,
        "showlegend": True,
        "hoverinfo": "skip",
        **look,
    }


def legend_below(font_px: int, rows: int = 2) -> dict[str, Any]:
    """A legend under the map, so that it is in every file made of it; with room for ``rows`` from the start."""
    return {
        "showlegend": True,
        "margin": MARGIN | {"b": round(LEGEND_EM * rows * font_px)},
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yanchor": "top",
            "font": {"size": round(0.85 * font_px)},
            "bgcolor": "rgba(0,0,0,0)",
            "itemclick": False,
            "itemdoubleclick": False,
            "traceorder": "normal",
        },
    }
