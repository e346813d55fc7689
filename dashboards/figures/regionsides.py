"""Regions side by side as small multiples: a panel for each measure, a bar with its words for each region."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dashboards.figures.base import Figure, layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboards.language import Translator
    from dashboards.palette import Theme
    from ecosystem.compare import Number

# between panels, of the width and height of the picture
GAP_X, GAP_Y = 0.045, 0.04
# what a heading and a region take of the height of a panel, in sizes of type
HEAD_REM, REGION_REM = 3.4, 3.1
BAR = 0.36


def grid(panels: int, *, narrow: bool) -> tuple[int, int]:
    """Rows and columns of that many panels.

    >>> grid(12, narrow=False), grid(12, narrow=True)
    ((3, 4), (6, 2))
    """
    columns = 2 if narrow else 4
    return -(-panels // columns), columns


def multiples(
    rows: Sequence[Sequence[Number]],
    regions: Sequence[str],
    titles: Mapping[tuple[str, str], str],
    texts: Sequence[Sequence[str]],
    look: Theme,
    tr: Translator,
    *,
    font_px: int,
    narrow: bool,
) -> Figure:
    """``rows`` are measures × regions, ``texts`` the same as words; each panel has its own scale, beginning at 0."""
    high, wide = grid(len(rows), narrow=narrow)
    # two lines of a heading, of what a panel has for headings and regions
    heading = HEAD_REM / (HEAD_REM + REGION_REM * max(len(regions), 1))
    traces: list[dict[str, Any]] = []
    told: dict[str, Any] = {"annotations": []}
    for number, (row, words) in enumerate(zip(rows, texts, strict=True)):
        at = "" if number == 0 else str(number + 1)
        line, column = divmod(number, wide)
        left, bottom = column / wide, 1 - (line + 1) / high
        across = [left + (GAP_X / 2 if column else 0), left + 1 / wide - GAP_X / 2]
        # the heading of a panel stands above it
        up = [bottom + GAP_Y / high, bottom + (1 - heading) / high]
        traces.append(_bars(row, regions, look, tr, at))
        told[f"xaxis{at}"] = _axis(row, across, look, at, font_px)
        told[f"yaxis{at}"] = {
            "domain": up,
            "range": [len(regions) - 0.5, -0.75],
            "visible": False,
            "fixedrange": True,
            "anchor": f"x{at}",
        }
        told["annotations"].append(
            {
                "text": f"<b>{_wrapped(titles[row[0].group, row[0].key], font_px, narrow=narrow)}</b>",
                "x": across[0],
                "xref": "paper",
                "xanchor": "left",
                "y": up[1],
                "yref": "paper",
                "yanchor": "bottom",
                "showarrow": False,
                "align": "left",
            }
        )
        told["annotations"] += [
            {
                "text": f"{region}: <b>{text}</b>" if math.isfinite(one.value) else f"{region}: {text}",
                "x": 0,
                "xref": f"x{at}",
                "xanchor": "left",
                # close above its bar, and so off the bar of the region before
                "y": place - 0.02,
                "yref": f"y{at}",
                "yanchor": "bottom",
                "showarrow": False,
                "align": "left",
                "font": {"size": round(font_px * 0.9), "color": look.text},
            }
            for place, (one, region, text) in enumerate(zip(row, regions, words, strict=True))
        ]
    return {
        "data": traces,
        "layout": layout(look, tr, font_px, margin={"l": 8, "r": 8, "t": 4, "b": 4}, hovermode=False, **told),
    }


def _wrapped(title: str, font_px: int, *, narrow: bool) -> str:
    """A heading in two lines at most where it is long."""
    del font_px
    most = 44 if narrow else 36
    if len(title) <= most:
        return title
    cut = title.rfind(" ", 0, most)
    return f"{title[:cut]}<br>{title[cut + 1 :]}" if cut > 0 else title


def _bars(row: Sequence[Number], regions: Sequence[str], look: Theme, tr: Translator, at: str) -> dict[str, Any]:
    del tr
    known = [one.value if math.isfinite(one.value) else 0.0 for one in row]
    trace: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "x": known,
        "y": [place + BAR / 2 for place in range(len(regions))],
        "width": BAR,
        "marker": {"color": look.accent},
        "xaxis": f"x{at}",
        "yaxis": f"y{at}",
        "hoverinfo": "skip",
        "name": row[0].key,
    }
    if any(math.isfinite(one.low) for one in row):
        above = [one.high - one.value if math.isfinite(one.high) else 0.0 for one in row]
        below = [one.value - one.low if math.isfinite(one.low) else 0.0 for one in row]
        trace["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": above,
            "arrayminus": below,
            "color": look.text,
            "thickness": 2,
            "width": 4,
        }
    return trace


def _axis(row: Sequence[Number], across: list[float], look: Theme, at: str, font_px: int) -> dict[str, Any]:
    ends = [end for one in row for end in (one.value, one.low, one.high) if math.isfinite(end)]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    high = high if high > low else low + 1.0
    return {
        "domain": across,
        "range": [low * 1.05, high * 1.05],
        "fixedrange": True,
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": look.muted,
        "showticklabels": False,
        "anchor": f"y{at}",
        "tickfont": {"size": round(font_px * 0.8)},
    }
