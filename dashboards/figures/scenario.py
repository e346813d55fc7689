"""Before and after side by side: the same positions, the same scale, linked when one zooms.

What is gone is dashed on the left, what is assumed is dashed on the right; ``customdata`` of a node is the actor's id.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboards.figures.base import Figure, layout
from dashboards.figures.consortium import SYMBOLS
from dashboards.figures.ground import joined, texts
from dashboards.figures.labels import placed
from dashboards.palette import GREY, SECTOR_SHAPES, blend, field_colours
from ecosystem.model import Sector

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboards.figures.ground import Outlines, Trace
    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.scenariodrawn import Half, Sides

GONE = {"light": "#9A5B00", "dark": "#F0B060", "contrast": "#FFFFFF"}
SHAPES = tuple(SYMBOLS[SECTOR_SHAPES[sector]] for sector in Sector)
# so many touched actors are named
MOST_NAMES = 9
NODE, TOUCHED = 6.5, 11.0


@dataclass(frozen=True, slots=True)
class Looks:
    """What is read: headings of both sides, names of sectors; so many ``names``, ``em`` is type in widths of a side."""

    before: str
    after: str
    sectors: Mapping[str, str]
    names: int = MOST_NAMES
    em: float = 0.022


def both(view: Sides, looks: Looks, outlines: Outlines, theme: Theme, tr: Translator, *, font_px: int) -> Figure:
    """The two pictures; ``outlines`` are drawn below on the map, empty for the network."""
    halves = [(view.before, "", GONE[theme.name]), (view.after, "2", theme.accent)]
    traces: list[Trace] = []
    for half, axis, colour in halves:
        own = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
        traces += [trace | own for trace in _half(half, outlines, looks, theme, colour)]
        traces.append(_names(half, looks, theme, font_px, em=looks.em * (view.extent[1] - view.extent[0])) | own)
    x0, x1, y0, y1 = view.extent
    plain = {"showgrid": False, "zeroline": False, "showticklabels": False, "ticks": "", "mirror": True,
             "showline": True, "linecolor": theme.line}  # fmt: skip
    return {
        "data": traces,
        "layout": layout(
            theme, tr, font_px,
            xaxis=plain | {"domain": [0, 0.495], "range": [x0, x1]},
            xaxis2=plain | {"domain": [0.505, 1], "matches": "x"},
            yaxis=plain | {"range": [y0, y1], "scaleanchor": "x", "scaleratio": 1},
            yaxis2=plain | {"anchor": "x2", "matches": "y"},
            annotations=[
                *(_heading(text, place, theme, font_px) for text, place in ((looks.before, 0), (looks.after, 0.505))),
            ],
            margin={"l": 2, "r": 2, "t": round(1.8 * font_px), "b": 2},
            hovermode="closest",
            dragmode="zoom",
            uirevision=f"{view.extent}",
        ),
    }  # fmt: skip


def _half(half: Half, outlines: Outlines, looks: Looks, theme: Theme, colour: str) -> list[Trace]:
    return [
        *_ground(outlines, theme),
        _lines(half, theme),
        _nodes(half, ~half.marked, looks, theme, faint=bool(half.marked.any())),
        _own(half, colour),
        _nodes(half, half.marked, looks, theme, faint=False),
        _rings(half, colour),
    ]


def _ground(outlines: Outlines, theme: Theme) -> list[Trace]:
    rings = [ring for unit in outlines.values() for ring in unit]
    if not rings:
        return []
    x, y = joined(rings)
    return [{
        "type": "scatter", "mode": "lines", "x": x, "y": y, "line": {"color": theme.line, "width": 1},
        "fill": "toself", "fillcolor": theme.surface, "hoverinfo": "skip", "name": "ground",
    }]  # fmt: skip


def _segments(points: np.ndarray, pairs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lines between pairs of rows, parted by NaN."""
    gap = np.full(len(pairs), np.nan)
    x, y = (np.column_stack([points[pairs[:, 0], i], points[pairs[:, 1], i], gap]).ravel() for i in (0, 1))
    return x.astype(np.float32), y.astype(np.float32)


def _lines(half: Half, theme: Theme) -> Trace:
    x, y = _segments(half.points, half.pairs)
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip", "name": "ties",
        "line": {"color": theme.muted if theme.name == "contrast" else theme.line, "width": 0.8},
    }  # fmt: skip


def _own(half: Half, colour: str) -> Trace:
    """Pairs that are on this side only, dashed."""
    at = {str(actor): row for row, actor in enumerate(half.ids)}
    pairs = np.array([(at[a], at[b]) for a, b in half.own], dtype=int).reshape(-1, 2)
    x, y = _segments(half.points, pairs)
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip", "name": "own",
        "line": {"color": colour, "width": 3, "dash": "dash"},
    }  # fmt: skip


def _nodes(half: Half, rows: np.ndarray, looks: Looks, theme: Theme, *, faint: bool) -> Trace:
    """Actors in the colour of their cluster; ``faint`` where the eye belongs elsewhere."""
    palette = (*field_colours(len(theme.fields), theme), GREY)
    shown = [blend(one, theme.ground, 0.45) if faint else one for one in palette]
    at = np.flatnonzero(rows)
    sectors = [looks.sectors[sector] for sector in Sector]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": half.points[at, 0].astype(np.float32),
        "y": half.points[at, 1].astype(np.float32),
        "customdata": half.ids[at].tolist(),
        "marker": {
            "size": NODE if faint or not half.marked.any() else TOUCHED,
            "color": [shown[half.colours[row]] for row in at],
            "symbol": [SHAPES[half.shapes[row]] for row in at],
            "line": {"color": theme.ground, "width": 0.5},
            "opacity": 1,
        },
        "hovertext": [
            f"<b>{escape(half.names[row])}</b><br>{sectors[half.shapes[row]]} · {escape(half.places[row])}"
            for row in at
        ],
        "hoverinfo": "text",
        "name": "actors" if faint else "touched",
    }


def _rings(half: Half, colour: str) -> Trace:
    """Around every actor a step names."""
    at = np.flatnonzero(half.named)
    return {
        "type": "scatter", "mode": "markers", "name": "rings", "hoverinfo": "skip",
        "x": half.points[at, 0].astype(np.float32), "y": half.points[at, 1].astype(np.float32),
        "marker": {"symbol": "circle-open", "size": TOUCHED + 7, "color": colour, "line": {"width": 2.5}},
    }  # fmt: skip


def _names(half: Half, looks: Looks, theme: Theme, font_px: int, *, em: float) -> Trace:
    """Names of actors that steps name, beside them and on no other name."""
    at = np.flatnonzero(half.named)[: looks.names]
    labels = [escape(shorten(half.names[row], 30, placeholder=" …")) for row in at]
    where = placed(labels, half.points[at] + np.array([0.0, 1.5 * em]), [1.0] * len(at), half.points[at], em=em)
    return texts(where.reshape(-1, 2), labels, theme, round(0.82 * font_px))


def _heading(text: str, x: float, theme: Theme, font_px: int) -> dict[str, Any]:
    return {
        "text": f"<b>{escape(text)}</b>", "x": x, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left",
        "yanchor": "bottom", "showarrow": False, "font": {"size": font_px, "color": theme.text},
    }  # fmt: skip


def palette_of(clusters: Sequence[tuple[str, int]], theme: Theme) -> list[str]:
    """The colours of the clusters in the legend."""
    colours = field_colours(len(theme.fields), theme)
    return [colours[place] for _, place in clusters]
