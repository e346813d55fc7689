"""Small maps side by side, one per field: the same ground, the same widths, one legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboards.figures.base import Figure, layout
from dashboards.figures.flows import entry, flow_traces, legend_below, width_entries
from dashboards.figures.ground import halo, joined
from dashboards.palette import field_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.figures.ground import Outlines, Trace
    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.fieldflows import FieldFlows, FieldMaps

# share of a cell's height that the title over a map takes, and the gaps between cells
TITLE, GAP, FOOT = 0.17, 0.02, 0.09
# of the largest unit on any map, in sizes of type
LARGEST_DOT = 1.5
# points of an outline that a small map can do without
EVERY = 3
NAMED = 3


def field_maps(
    view: FieldMaps,
    outlines: Outlines,
    names: Sequence[str],
    theme: Theme,
    tr: Translator,
    *,
    font_px: int,
    least: int = 1,
    columns: int = 3,
    selected: str = "",
) -> Figure:
    """``columns`` maps in a row; flows of at least ``least`` pairs; discs are the field's actors in a unit."""
    rows = -(-len(view.fields) // columns) if view.fields else 1
    colours = field_colours(max((one.colour for one in view.fields), default=0) + 1, theme)
    ground = joined([ring[::EVERY] if len(ring) > 4 * EVERY else ring for unit in outlines.values() for ring in unit])
    most = max((size for one in view.fields for size in one.sizes), default=1)
    traces: list[Trace] = []
    shown: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    for number, (one, name) in enumerate(zip(view.fields, names, strict=True)):
        row, column = divmod(number, columns)
        x, y = _cell(row, column, rows, columns)
        suffix = "" if number == 0 else str(number + 1)
        plain = {"visible": False, "fixedrange": True}
        shown[f"xaxis{suffix}"] = plain | {"domain": x, "anchor": f"y{suffix}"}
        shown[f"yaxis{suffix}"] = plain | {"domain": y, "scaleanchor": f"x{suffix}", "scaleratio": 1}
        place = {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
        strong = [flow for flow in one.flows if flow.pairs >= least]
        drawn = [_ground(ground, theme), *flow_traces(strong, view.units, theme, tr, view.top)]
        drawn += [_discs(one, view, colours[one.colour], theme, tr, font_px, most, selected)]
        drawn += [_names(one, view, theme, font_px)]
        traces += [trace | place for trace in drawn]
        notes.append(_title(one, name, colours[one.colour], x, y, tr, font_px, least))
    entries = width_entries(view.top, theme, tr)
    entries += [entry(tr("disc: actors of the field"), marker={"size": font_px, "color": theme.muted})] * bool(traces)
    below = legend_below(font_px, rows=1)
    return {
        "data": [trace | {"showlegend": False} for trace in traces] + entries,
        "layout": layout(theme, tr, font_px, **shown, annotations=notes, hovermode="closest", **below),
    }


def _cell(row: int, column: int, rows: int, columns: int) -> tuple[list[float], list[float]]:
    """Where a map stands, in shares of the figure: rows from the top, above the legend."""
    wide, high = 1 / columns, (1 - FOOT) / rows
    top = 1 - row * high
    return [column * wide + GAP / 2, (column + 1) * wide - GAP / 2], [top - high + GAP / 2, top - TITLE * high]


def _ground(ground: tuple[np.ndarray, np.ndarray], theme: Theme) -> Trace:
    x, y = ground
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "fill": "toself",
        "fillcolor": theme.surface,
        "line": {"color": theme.line, "width": 1},
        "hoverinfo": "skip",
        "name": "ground",
    }


def _discs(
    one: FieldFlows,
    view: FieldMaps,
    colour: str,
    theme: Theme,
    tr: Translator,
    font_px: int,
    most: int,
    selected: str,
) -> Trace:
    """A disc per unit, its area the field's actors; a click selects the unit in this field."""
    shown = [number for number, size in enumerate(one.sizes) if size]
    sizes = np.array([one.sizes[number] for number in shown], dtype=float)
    cells = [f"{view.units.ids[number]}.{one.field_id}" for number in shown]
    chosen = [selected in {cell, cell.rpartition(".")[0]} for cell in cells]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": view.units.centres[shown, 0].astype(np.float32),
        "y": view.units.centres[shown, 1].astype(np.float32),
        "marker": {
            "size": (font_px * LARGEST_DOT * np.sqrt(sizes / max(most, 1))).clip(5).astype(np.float32),
            "color": colour,
            "opacity": 1.0,
            "line": {
                "color": [theme.text if one else theme.ground for one in chosen],
                "width": [4 if one else 1 for one in chosen],
            },
        },
        "customdata": cells,
        "hoverinfo": "text",
        "text": [
            f"<b>{view.units.names[number]}</b><br>{tr.plural('{n} actor', '{n} actors', one.sizes[number])}"
            for number in shown
        ],
        "name": "discs",
    }


def _names(one: FieldFlows, view: FieldMaps, theme: Theme, font_px: int) -> Trace:
    """The three units with most actors of the field: more names do not fit."""
    ranked = sorted(range(len(one.sizes)), key=lambda number: (-one.sizes[number], view.units.names[number]))
    named = [number for number in ranked[:NAMED] if one.sizes[number]]
    return {
        "type": "scatter",
        "mode": "text",
        "x": view.units.centres[named, 0].astype(np.float32),
        "y": view.units.centres[named, 1].astype(np.float32),
        "text": [f"<b>{view.units.names[number]}</b>" for number in named],
        "textposition": "top center",
        "textfont": {"size": round(0.78 * font_px), "color": theme.text, "shadow": halo(theme)},
        "hoverinfo": "skip",
        "name": "names",
    }


def _title(
    one: FieldFlows,
    name: str,
    colour: str,
    x: list[float],
    y: list[float],
    tr: Translator,
    font_px: int,
    least: int,
) -> dict[str, Any]:
    """Name and what can be counted on the map, and how much of it is not drawn."""
    drawn = sum(flow.pairs for flow in one.flows if flow.pairs >= least)
    told = tr(
        "{actors} · effectively {units} poles · {pairs} between poles ({share})",
        actors=tr.plural("{n} actor", "{n} actors", one.actors),
        units=tr.number(one.effective_units, 1),
        pairs=tr.plural("{n} pair", "{n} pairs", one.outer_pairs),
        share=tr.share(one.share),
    )
    if drawn < one.outer_pairs:
        told += "<br>" + tr("{n} of them drawn", n=tr.number(drawn))
    return {
        "text": f"<span style='color:{colour}'>■</span> <b>{name}</b><br><span style='font-size:0.82em'>{told}</span>",
        "x": x[0],
        "y": y[1],
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": font_px},
    }
