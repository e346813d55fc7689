"""The unit × field matrix as a heat map with numbers, patterns and a click target per cell.

A cell says what it is by text and pattern, not by colour alone: bold where specialised and supported, hatched with its
n where specialised but carried by few, plain where not specialised, "–" on a crossed ground where undefined. Nothing
counted is a plain "0" on the palest ground: another look than undefined.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboards.figures.base import MARGIN, Figure, layout, lines, room
from dashboards.language import UNDEFINED
from dashboards.palette import blend, readable_on
from ecosystem.measures.specialisation import Support

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.polycentric import Cell, FieldMatrix

# location quotients are read on a log axis, clipped where they say no more
LQ_SPAN = 2.0
SPECIALISED = "#B35900"
COMMON = "#1B6CA8"
# hatching: distance between lines, in cells
HATCH = 0.25


def field_matrix(
    view: FieldMatrix,
    short_names: list[str],
    theme: Theme,
    tr: Translator,
    *,
    measure: str,
    font_px: int,
    selected: str,
) -> Figure:
    """Rows are units from the top, columns fields; ``customdata`` of a cell is ``unit.field``."""
    if not view.cells:
        return _nothing(theme, tr, font_px)
    values = view.values(measure)
    colours = _colours(values, measure, theme)
    scale, z = _indexed(colours)
    rows = [
        f"{name}  <span style='color:{theme.muted}'>{n}</span>" for name, n in zip(view.names, view.sizes, strict=True)
    ]
    cells = np.array([f"{cell.unit}.{cell.field}" for cell in view.cells]).reshape(z.shape)
    trace = {
        "type": "heatmap",
        "z": z,
        "xgap": 3,
        "ygap": 3,
        "colorscale": scale,
        "zmin": -0.5,
        "zmax": len(scale) / 2 - 0.5,
        "showscale": False,
        "customdata": cells.tolist(),
        "text": [
            [_hover(view, view.cells[r * z.shape[1] + c], short_names[c], tr) for c in range(z.shape[1])]
            for r in range(z.shape[0])
        ],
        "hoverinfo": "text",
    }
    axes = {
        # the numbers are points with words, around which plotly would leave room
        "xaxis": _axis([_wrapped(name) for name in short_names])
        | {"side": "top", "tickangle": 0, "range": [-0.5, len(short_names) - 0.5]},
        "yaxis": _axis(rows) | {"range": [len(rows) - 0.5, -0.5]},
    }
    small = round(font_px * 0.82)
    axes["xaxis"]["tickfont"] = {"size": small}
    return {
        "data": [trace, _numbers(view, values, colours, measure, tr, font_px)],
        "layout": layout(
            theme,
            tr,
            font_px,
            **axes,
            margin=MARGIN | {"l": room(rows, font_px), "t": lines(axes["xaxis"]["ticktext"], small)},
            shapes=[*_patterns(view, values, measure, theme), *_marks(view, cells, selected, theme)],
        ),
    }


def _axis(labels: list[str]) -> dict[str, Any]:
    """An axis of numbered rows or columns: plotly would lay two of the same name on each other."""
    return {
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": labels,
        "fixedrange": True,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }


def _nothing(theme: Theme, tr: Translator, font_px: int) -> Figure:
    """A sentence where the filters leave no row or no column: plotly would draw numbered axes around nothing."""
    sentence = {
        "text": tr("undefined: no actor with a field here"),
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
    }
    hidden = {"visible": False, "fixedrange": True}
    return {"data": [], "layout": layout(theme, tr, font_px, xaxis=hidden, yaxis=hidden, annotations=[sentence])}


def _wrapped(name: str) -> str:
    """One word a line, so that neighbours do not run into each other; "&" stays with the word after it."""
    return re.sub(r"(?<!&) ", "<br>", name)


def _colours(values: np.ndarray, measure: str, theme: Theme) -> np.ndarray:
    """An opaque colour per cell; undefined has the ground's, so that it can be no value, and nothing the palest."""
    out = np.full(values.shape, theme.ground, dtype=object)
    top = np.nanmax(values) if np.isfinite(values).any() else 1.0
    for place in np.ndindex(values.shape):
        value = float(values[place])
        if np.isfinite(value):
            out[place] = _lq_colour(value, theme) if measure == "lq" else _amount_colour(value, float(top), theme)
    return out


def _amount_colour(value: float, top: float, theme: Theme) -> str:
    """The more, the stronger; by the root, so that small numbers still differ, and a step above nothing."""
    return blend(theme.accent, theme.surface, 0.08 + 0.74 * (value / top) ** 0.5) if value > 0 else theme.surface


def _lq_colour(value: float, theme: Theme) -> str:
    """Neutral at 1, blue below, orange above; log2, clipped at a quarter and at four."""
    share = (
        LQ_SPAN if value == np.inf else (-LQ_SPAN if value <= 0 else float(np.clip(np.log2(value), -LQ_SPAN, LQ_SPAN)))
    )
    return blend(SPECIALISED if share >= 0 else COMMON, theme.surface, abs(share) / LQ_SPAN * 0.9)


def _indexed(colours: np.ndarray) -> tuple[list[tuple[float, str]], np.ndarray]:
    """Distinct colours as a stepped scale, and the cells as positions on it: what is drawn is what was chosen."""
    known, z = np.unique(colours.astype(str), return_inverse=True)
    steps = [(edge / len(known), str(colour)) for i, colour in enumerate(known) for edge in (i, i + 1)]
    return steps, np.asarray(z, dtype=np.float32).reshape(colours.shape)


def _numbers(
    view: FieldMatrix,
    values: np.ndarray,
    colours: np.ndarray,
    measure: str,
    tr: Translator,
    font_px: int,
) -> dict[str, Any]:
    """What is written in the cells: one trace, since a browser takes as long over every annotation as over a chart."""
    places = [*np.ndindex(values.shape)]
    return {
        "type": "scatter",
        "mode": "text",
        "x": np.array([column for _, column in places], dtype=np.float32),
        "y": np.array([row for row, _ in places], dtype=np.float32),
        "text": [
            _number(float(values[place]), cell, measure, tr) for place, cell in zip(places, view.cells, strict=True)
        ],
        "textfont": {"size": font_px, "color": [readable_on(str(colours[place])) for place in places]},
        "hoverinfo": "skip",
        "name": "numbers",
    }


def _number(value: float, cell: Cell, measure: str, tr: Translator) -> str:
    if not np.isfinite(value):
        return UNDEFINED
    if measure == "share":
        return tr.share(value)
    if measure == "count":
        return tr.number(value, 1 if value % 1 >= 0.05 and value < 10 else 0)
    told = tr.number(value, 1)
    if cell.state == Support.SUPPORTED:
        return f"<b>{told}</b>"
    # few actors: the number of memberships stands beside the quotient, as a warning
    return f"{told}<br><i>{_small(cell.memberships, tr)}</i>" if cell.state == Support.TOO_FEW_ACTORS else told


def _small(memberships: int, tr: Translator) -> str:
    return f"<span style='font-size:0.75em'>n = {tr.number(memberships)}</span>"


def _hover(view: FieldMatrix, cell: Cell, field: str, tr: Translator) -> str:
    name = view.names[view.units.index(cell.unit)]
    lines = [
        f"<b>{name} · {field}</b>",
        tr("{n} actors (fractional), {share} of this place", n=tr.number(cell.actors, 1), share=tr.share(cell.share)),
        tr("{x} of {n} memberships", x=tr.number(cell.memberships), n=tr.number(cell.unit_memberships)),
    ]
    if np.isfinite(cell.lq):
        interval = tr("{low} to {high}", low=tr.number(cell.low, 2), high=tr.number(cell.high, 2))
        lines.append(tr("location quotient {lq} (95 %: {interval})", lq=tr.number(cell.lq, 2), interval=interval))
    return "<br>".join([*lines, support_text(cell.state, tr)])


def support_text(state: str, tr: Translator) -> str:
    """The state of a cell in words."""
    return {
        Support.SUPPORTED: tr("specialised and supported"),
        Support.TOO_FEW_ACTORS: tr("specialised, but too few actors to be sure"),
        Support.NOT_SPECIALISED: tr("not specialised"),
    }.get(Support(state), tr("undefined: no actor with a field here"))


def _patterns(view: FieldMatrix, values: np.ndarray, measure: str, theme: Theme) -> list[dict[str, object]]:
    """Crosses where a cell is undefined, hatching where a quotient is carried by few: one path each."""
    undefined = np.argwhere(~np.isfinite(values))
    few = [
        divmod(number, values.shape[1])
        for number, cell in enumerate(view.cells)
        if measure == "lq" and cell.state == Support.TOO_FEW_ACTORS
    ]
    crossed = " ".join(_cross(row, column) for row, column in undefined.tolist())
    hatched = " ".join(_hatch(row, column) for row, column in few)
    looks = ((crossed, theme.line, 1.0), (hatched, blend(theme.text, theme.surface, 0.45), 1.2))
    return [
        {"type": "path", "path": path, "line": {"color": colour, "width": width}, "layer": "above"}
        for path, colour, width in looks
        if path
    ]


def _cross(row: int, column: int) -> str:
    """The corners of a cell, so that the dash in its middle stays free."""
    near, far = 0.46, 0.24
    corners = [(x, y) for x in (-1, 1) for y in (-1, 1)]
    return " ".join(
        f"M{column + near * x:.3f},{row + near * y:.3f} L{column + far * x:.3f},{row + far * y:.3f}" for x, y in corners
    )


def _hatch(row: int, column: int) -> str:
    """Diagonals across the left and right edge of a cell, beside its number."""
    lines = []
    for left in (-0.46, 0.30):
        lines += [
            f"M{column + left:.3f},{row + y + 0.08:.3f} L{column + left + 0.16:.3f},{row + y - 0.08:.3f}"
            for y in np.arange(-0.36, 0.37, HATCH)
        ]
    return " ".join(lines)


def _marks(view: FieldMatrix, cells: np.ndarray, selected: str, theme: Theme) -> list[dict[str, object]]:
    """An outline around the selected cell, row or column."""
    kind, _, key = selected.partition(":")
    if kind == "cell":
        hits = np.argwhere(cells == key)
    elif kind in {"unit", "place"} and key in view.units:
        hits = np.array([[view.units.index(key), column] for column in range(cells.shape[1])])
    elif kind == "field" and key in view.fields:
        hits = np.array([[row, view.fields.index(key)] for row in range(cells.shape[0])])
    else:
        return []
    if len(hits) == 0:
        return []
    (top, left), (bottom, right) = hits.min(axis=0), hits.max(axis=0)
    return [
        {
            "type": "rect",
            "x0": float(left) - 0.5,
            "x1": float(right) + 0.5,
            "y0": float(top) - 0.5,
            "y1": float(bottom) + 0.5,
            "line": {"color": theme.text, "width": 4},
        }
    ]
