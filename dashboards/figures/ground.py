"""What all maps share: outlines in kilometres, axes of equal scale, arcs, text that stays legible on anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboards.palette import Theme

Outlines = dict[str, list[np.ndarray]]
Trace = dict[str, Any]
# a longer name goes on two lines
MOST_LETTERS = 14


def axes() -> dict[str, Any]:
    """Hidden axes of one scale: a kilometre east is a kilometre north."""
    plain = {"visible": False, "fixedrange": True}
    return {"xaxis": plain, "yaxis": plain | {"scaleanchor": "x", "scaleratio": 1}}


def south_north(outlines: Outlines) -> tuple[float, float]:
    """The southern and the northern end of a map; no bounds where there are no outlines.

    >>> south_north({"A": [np.array([[0.0, 1.0], [2.0, 5.0]])]})
    (1.0, 5.0)
    """
    heights = [ring[:, 1] for rings in outlines.values() for ring in rings]
    ends = np.concatenate(heights) if heights else np.array([-np.inf, np.inf])
    return float(ends.min()), float(ends.max())


# between the middle of a disc and the end of a flow
GAP_KM = 2.0


def area(rings: Sequence[np.ndarray], *, fill: str, line: str, width: float, unit: str, hover: str) -> Trace:
    """The filled outline of a unit; ``customdata`` is its id, so that a click selects it."""
    x, y = joined(rings)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "fill": "toself",
        "fillcolor": fill,
        "line": {"color": line, "width": width},
        # one for the whole area: Dash gives all of it for a click on a fill
        "customdata": [unit],
        "name": unit,
        "hoveron": "fills",
        "hoverinfo": "text",
        "text": hover,
    }


def joined(rings: Iterable[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Rings as one line, parted by NaN, so that a unit of several pieces is one trace."""
    gap = np.full((1, 2), np.nan)
    pieces = [piece for ring in rings for piece in (ring, gap)][:-1]
    points = np.concatenate(pieces) if pieces else np.empty((0, 2))
    return points[:, 0].astype(np.float32), points[:, 1].astype(np.float32)


def curve(a: np.ndarray, b: np.ndarray, bend: float = 0.12) -> np.ndarray:
    """A shallow arc, so that flows over a city in between do not hide behind it; n × 2 kilometres."""
    # it ends before the middles of the discs: there a click is meant for the disc
    gap = min(0.1, GAP_KM / max(float(np.linalg.norm(b - a)), 1.0))
    t = np.linspace(gap, 1 - gap, 15)[:, None]
    middle = (a + b) / 2 + bend * np.array([-(b - a)[1], (b - a)[0]])
    arc: np.ndarray = (1 - t) ** 2 * a + 2 * t * (1 - t) * middle + t**2 * b
    return arc


def wrapped(name: str) -> str:
    """A place's name as maps print it: long ones on two lines."""
    return re.sub(r"(-)| ", r"\1<br>", name, count=1) if len(name) > MOST_LETTERS else name


def halo(theme: Theme) -> str:
    """A text shadow in the ground's colour on all sides, so that names stay legible on actors and flows."""
    steps = [f"{x}px {y}px 2px {theme.ground}" for x in (-2, 0, 2) for y in (-2, 0, 2) if x or y]
    return ", ".join(steps)


def texts(points: np.ndarray, labels: Sequence[str], theme: Theme, size: int) -> Trace:
    """Words centred on points, in the colour of text with a halo."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": points[:, 0].astype(np.float32),
        "y": points[:, 1].astype(np.float32),
        "text": list(labels),
        "textfont": {"size": size, "color": theme.text, "shadow": halo(theme)},
        "hoverinfo": "skip",
        "name": "names",
    }
