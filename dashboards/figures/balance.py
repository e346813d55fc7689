"""The five sectors as stacked shares: a letter and a colour each, counts where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards.figures.base import Figure, layout
from dashboards.figures.grids import nothing, rows
from dashboards.language import UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.balance import Mix

# as on the overview; black letters are readable on all five
COLOURS = ("#9DB4CF", "#C9D6E3", "#E8C9A0", "#CFD3B4", "#D9BFD6")
INK = "#000000"


def stacked(
    mixes: Sequence[Mix], names: Sequence[str], rules: Sequence[str], letters: Sequence[str], theme: Theme,
    tr: Translator, *, font_px: int, selected: str, room: float = 0.085,
) -> Figure:  # fmt: skip
    """A bar per row; hatched where the actors are too few for a share, with evenness and distance beside it.

    A part smaller than ``room`` has no count, one much smaller no letter either.
    """
    if not mixes:
        return nothing(theme, tr, font_px)
    longest = max(len(name) + len(str(mix.n)) + 2 for name, mix in zip(names, mixes, strict=True))
    texts = [
        f"{name}  <span style='color:{theme.muted}'>{tr.number(mix.n)}</span>"
        for name, mix in zip(names, mixes, strict=True)
    ]
    return {
        "data": [
            _part(mixes, sector, letters[sector], rules, theme, tr, font_px, room) for sector in range(len(COLOURS))
        ],
        "layout": layout(
            theme,
            tr,
            font_px,
            barmode="stack",
            bargap=0.18,
            margin={
                "l": round(longest * font_px * 0.56) + 16,
                "r": round(font_px * 7.6),
                "t": round(font_px * 2.9),
                "b": 8,
            },
            xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
            yaxis={"range": [len(mixes) - 0.5, -0.5], "visible": False, "fixedrange": True},
            annotations=[*rows(texts, rules), *_beside(mixes, tr, font_px)],
            shapes=_mark(rules, selected, theme),
            hovermode="closest",
        ),
    }


def _part(
    mixes: Sequence[Mix],
    sector: int,
    letter: str,
    rules: Sequence[str],
    theme: Theme,
    tr: Translator,
    font_px: int,
    room: float,
) -> dict[str, Any]:
    shares = [mix.counts[sector] / mix.n if mix.n else 0.0 for mix in mixes]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [*range(len(mixes))],
        "x": shares,
        "marker": {
            "color": COLOURS[sector],
            "line": {"color": theme.ground, "width": 1},
            "pattern": {
                "shape": ["/" if mix.few_actors else "" for mix in mixes],
                "fgcolor": "#8A9099",
                "fillmode": "overlay",
                "size": 9,
                "solidity": 0.16,
            },
        },
        "text": [
            f"<b>{letter}</b> {tr.number(mix.counts[sector])}"
            if share >= room
            else (letter if share >= room / 3 else "")
            for mix, share in zip(mixes, shares, strict=True)
        ],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": INK, "size": round(font_px * 0.85)},
        "hoverinfo": "skip",
        "customdata": [*rules],
    }


def _beside(mixes: Sequence[Mix], tr: Translator, font_px: int) -> list[dict[str, Any]]:
    """Evenness and distance, right of the bars; “–” where a share of so few would say nothing."""
    fixed = {"showarrow": False, "xref": "paper", "x": 1, "xanchor": "right"}
    near, far = round(font_px * 3.4), round(font_px * 7.4)
    heads = [
        fixed | {"text": text, "yref": "paper", "y": 1, "yanchor": "bottom", "xshift": shift, "align": "right"}
        | {"font": {"size": round(font_px * 0.8)}}
        for text, shift in ((tr("Even-<br>ness"), near), (tr("Distance,<br>bits"), far))
    ]  # fmt: skip
    values = [
        fixed | {"text": text, "y": row, "xshift": shift, "font": {"size": round(font_px * 0.9)}}
        for row, mix in enumerate(mixes)
        for text, shift in (
            (UNDEFINED if mix.few_actors else tr.number(mix.evenness, 2), near),
            (UNDEFINED if mix.few_actors else tr.number(mix.distance, 2), far),
        )
    ]
    return [*heads, *values]


def _mark(rules: Sequence[str], selected: str, theme: Theme) -> list[dict[str, Any]]:
    if not selected or selected not in rules:
        return []
    row = [*rules].index(selected)
    line = {"color": theme.text, "width": 4}
    return [{"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": row - 0.5, "y1": row + 0.5, "line": line}]
