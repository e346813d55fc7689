"""Maps of the region: plain outlines in kilometres, no tiles and no request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboards.figures.base import Figure, layout
from dashboards.figures.flows import (
    COMMUTERS,
    MOST_FLOWS,
    commuter_traces,
    entry,
    flow_traces,
    legend_below,
    width_entries,
)
from dashboards.figures.ground import Outlines, area, axes, south_north, texts
from dashboards.figures.labels import placed, two_lines
from dashboards.palette import GREY, blend, field_colours

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboards.figures.ground import Trace
    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.commuting import Commuting
    from dashboards.views.polycentric import RegionMap
    from dashboards.views.units import Units

__all__ = ["MOST_FLOWS", "MOST_NAMES", "Outlines", "polycentric_map", "unit_map"]
# with more units than this only the largest are named on the map
MOST_NAMES = 18
# kilometres per size of type where nobody says how wide the map is
EM_KM = 2.6
LABEL = 0.85
# a name over the middle of a district is as bad as over so many actors
MIDDLE = 12


def unit_map(
    units: Units,
    values: Sequence[float],
    outlines: Outlines,
    theme: Theme,
    tr: Translator,
    *,
    font_px: int,
    selected: str = "",
    told: Sequence[str] | None = None,
    hovers: Sequence[str] | None = None,
    shares: bool = False,
    everywhere: bool = True,
    em: float = EM_KM,
) -> Figure:
    """Units filled by a number, named, clickable: ``customdata`` is the unit's id.

    ``told`` is what stands beside each name, ``hovers`` what the pointer shows; both are counts of actors by default.
    ``shares`` run from 0 to 1; undefined values and nothing at all have the surface's colour. Units with nothing are
    named where that is asked for ``everywhere``.
    """
    numbers = told or [tr.number(value) for value in values]
    said = hovers or [tr.plural("{n} actor", "{n} actors", int(value)) for value in values]
    fills = _fills(values, theme, shares=shares)
    traces = [
        area(
            outlines.get(unit, []),
            fill=fill,
            line=theme.text if unit == selected else theme.line if fill == theme.surface else theme.ground,
            width=4.0 if unit == selected else 2.0 if fill != theme.surface else 1.2,
            unit=unit,
            hover=f"<b>{name}</b><br>{text}",
        )
        for unit, name, text, fill in zip(units.ids, units.names, said, fills, strict=True)
    ]
    traces.sort(key=lambda trace: trace["line"]["width"])
    named = _largest(values, units, everywhere=len(units) <= MOST_NAMES and everywhere)
    labels = [two_lines(units.names[number], numbers[number]) for number in named]
    ranks = [float(np.nan_to_num(values[number])) for number in named]
    nothing, ends = np.empty((0, 2)), south_north(outlines)
    where = placed(labels, units.centres[named], ranks, nothing, em=LABEL * em, between=ends)
    traces.append(texts(where, labels, theme, round(LABEL * font_px)))
    return {"data": traces, "layout": layout(theme, tr, font_px, **axes(), hovermode="closest")}


def _fills(values: Sequence[float], theme: Theme, *, shares: bool) -> list[str]:
    """Counts bent towards their root, so that the small ones still differ; shares as they are."""
    finite = [value for value in values if np.isfinite(value)]
    top = 1.0 if shares else max(max(finite, default=0), 1)
    return [
        blend(theme.accent, theme.surface, 0.10 + 0.62 * (value if shares else (value / top) ** 0.7))
        if np.isfinite(value) and (value > 0 or shares)
        else theme.surface
        for value in values
    ]


def _largest(values: Sequence[float], units: Units, *, everywhere: bool) -> list[int]:
    """Which units are named, the largest first; those without anything only where that is said ``everywhere``."""
    ranked = sorted(range(len(units)), key=lambda number: (-float(np.nan_to_num(values[number])), units.names[number]))
    named = ranked if everywhere else [number for number in ranked if np.nan_to_num(values[number])]
    return named[:MOST_NAMES]


def polycentric_map(
    view: RegionMap,
    outlines: Outlines,
    theme: Theme,
    tr: Translator,
    *,
    font_px: int,
    selected: str = "",
    fields: Sequence[str] = (),
    commuting: Commuting | None = None,
    em: float = EM_KM,
) -> Figure:
    """Actors in their cities, flows between units, the footprint of a chosen cluster.

    ``fields`` are the names of the legend; ``commuting`` is laid over as a comparison where it is given.
    """
    footprint = dict(view.footprint)
    top = view.flows[0].pairs if view.flows else 0
    traces: list[Trace] = _grounds(view, outlines, theme, tr, footprint, selected)
    traces += flow_traces(view.flows[:MOST_FLOWS], view.units, theme, tr, top)
    if commuting is not None:
        traces += commuter_traces(commuting.pairs, view.units, theme, tr, year=commuting.year)
    traces.append(_actors(view, theme))
    traces += _middles(view, theme)
    traces.append(_names(view, outlines, theme, tr, font_px, em))
    traces = [trace | {"showlegend": False} for trace in traces]
    traces += _legend(view, fields, theme, tr, top, commuting)
    return {
        "data": traces,
        "layout": layout(theme, tr, font_px, **axes(), hovermode="closest", **legend_below(font_px)),
    }


def _grounds(
    view: RegionMap,
    outlines: Outlines,
    theme: Theme,
    tr: Translator,
    footprint: Mapping[str, int],
    selected: str,
) -> list[Trace]:
    most = max(footprint.values(), default=1)
    traces = []
    for unit, name, size in zip(view.units.ids, view.units.names, view.sizes, strict=True):
        members = footprint.get(unit, 0)
        fill = blend(theme.accent, theme.surface, 0.12 + 0.33 * members / most) if members else theme.surface
        told = tr.plural("{n} actor", "{n} actors", size)
        cluster = (
            "<br>" + tr.plural("{n} of them in the cluster", "{n} of them in the cluster", members) if members else ""
        )
        chosen = selected == unit
        traces.append(
            area(
                outlines.get(unit, []),
                fill=fill,
                line=theme.text if chosen else theme.line,
                width=3.5 if chosen else 1.2,
                unit=unit,
                hover=f"<b>{name}</b><br>{told}{cluster}",
            )
        )
    return sorted(traces, key=lambda trace: trace["line"]["width"])


def _actors(view: RegionMap, theme: Theme) -> Trace:
    colours = (*field_colours(len(theme.fields), theme), GREY)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": view.actor_points[:, 0].astype(np.float32),
        "y": view.actor_points[:, 1].astype(np.float32),
        "marker": {"size": 6, "color": [colours[min(field, len(colours) - 1)] for field in view.actor_fields]},
        "hoverinfo": "text",
        "text": list(view.actor_names),
        "name": "actors",
    }


def _middles(view: RegionMap, theme: Theme) -> list[Trace]:
    """Where the flows of a unit of several municipalities meet: there may be no actor to see there."""
    shown = _districts(view)
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": view.units.centres[shown, 0].astype(np.float32),
            "y": view.units.centres[shown, 1].astype(np.float32),
            "marker": {
                "size": 10,
                "symbol": "diamond",
                "color": theme.ground,
                "line": {"color": theme.text, "width": 2},
            },
            "customdata": [view.units.ids[number] for number in shown],
            "hoverinfo": "text",
            "text": [f"<b>{view.units.names[number]}</b>" for number in shown],
            "name": "middles",
        }
    ] * bool(shown)


def _districts(view: RegionMap) -> list[int]:
    """Units of several municipalities that have actors."""
    places = list(view.units.of_place.values())
    return [number for number, unit in enumerate(view.units.ids) if places.count(unit) > 1 and view.sizes[number] > 0]


def _names(view: RegionMap, outlines: Outlines, theme: Theme, tr: Translator, font_px: int, em: float) -> Trace:
    """Names with the number of actors, beside the actors and the middles of districts, and on no other name."""
    named = _largest(view.sizes, view.units, everywhere=False)
    labels = [two_lines(view.units.names[number], tr.number(view.sizes[number])) for number in named]
    ranks = [float(view.sizes[number]) for number in named]
    middles = view.units.centres[_districts(view)]
    taken = np.concatenate([view.actor_points, *[middles] * MIDDLE])
    where = placed(labels, view.units.centres[named], ranks, taken, em=LABEL * em, between=south_north(outlines))
    return texts(where, labels, theme, round(LABEL * font_px))


def _legend(
    view: RegionMap,
    fields: Sequence[str],
    theme: Theme,
    tr: Translator,
    top: int,
    commuting: Commuting | None,
) -> list[Trace]:
    """Fields as dots, widths of flows, and what else is drawn."""
    colours = field_colours(len(fields), theme)
    entries = [entry(name, marker={"size": 10, "color": colour}) for name, colour in zip(fields, colours, strict=True)]
    if fields and (view.actor_fields < 0).any():
        entries.append(entry(tr("not stated"), marker={"size": 10, "color": GREY}))
    entries += width_entries(top, theme, tr)
    if len(view.units) and _middles(view, theme):
        look = {"size": 10, "symbol": "diamond", "color": theme.ground, "line": {"color": theme.text, "width": 2}}
        entries.append(entry(tr("middle of a district"), marker=look))
    if commuting is not None and commuting.pairs:
        look = {"color": COMMUTERS[theme.name], "width": 3, "dash": "dot"}
        entries.append(entry(tr("Commuters {year}", year=commuting.year), line=look))
    return entries
