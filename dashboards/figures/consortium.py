"""A proposal as a small network: sectors side by side, cities one below the other, ties between the members.

A column that stays empty is a sector without a member. ``customdata`` of a node is the actor's id.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from math import hypot
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from dashboards.figures.base import Figure, layout
from dashboards.palette import GREY, SECTOR_SHAPES, readable_on
from ecosystem.model import Sector

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboards.language import Translator
    from dashboards.palette import Theme
    from dashboards.views.consortium import ConsortiumView, Link
    from ecosystem.consortium import Member

# plotly's words for the shapes of the sectors
SYMBOLS = {
    "circle": "circle",
    "square": "square",
    "triangle": "triangle-up",
    "diamond": "diamond",
    "hexagon": "hexagon",
}
SECTORS = tuple(Sector)
# where a node stands in its column, from its left edge; names stand to the right of it
NODE = 0.12
# up to so many rows there is room for names of three lines
FEW_ROWS = 5
# how far a line between two of the same row or column bends, in rows and columns
BEND_ROW, BEND_COLUMN, STEPS = 0.36, 0.1, 20
# bends that are tried, in these; a column is about so many rows wide; so far from a third, in rows, is far enough
UPRIGHT, ACROSS, COLUMN, CLEAR = (1.0, 1.7, 2.4), (0.0, 1.0, -1.0, 1.8, -1.8), 2.5, 0.42


@dataclass(frozen=True, slots=True)
class Looks:
    """Everything that is read or seen of a proposal beyond its places.

    ``sectors`` are names and ``letters`` one letter per sector, ``colours`` one per member, ``links`` what is told of
    each link; a name has at most ``letters_wide`` letters in a line.
    """

    sectors: Mapping[str, str]
    letters: Mapping[str, str]
    colours: Mapping[str, str]
    links: Sequence[str]
    nobody: str
    letters_wide: int = 20


def group(view: ConsortiumView, looks: Looks, theme: Theme, tr: Translator, font_px: int) -> Figure:
    """The members in their columns and rows; solid: a recorded tie, dashed: joint projects alone, dotted: a third."""
    members = view.one.members if view.one else ()
    bands, at = _places(members)
    lines = 3 if rows(view) <= FEW_ROWS else 2
    total = max((end for _, _, end in bands), default=1.0)
    present = {member.sector for member in members}
    return {
        "data": [
            *(_line(link, at, theme) for link in view.links),
            _middles(view.links, looks.links, at),
            *(_node(member, at, looks, theme, font_px) for member in members),
        ],
        "layout": layout(
            theme,
            tr,
            font_px,
            xaxis={
                "range": [0, len(SECTORS)],
                "side": "top",
                "tickvals": [i + 0.5 for i in range(len(SECTORS))],
                "ticktext": [_heading(sector, sector in present, looks) for sector in SECTORS],
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
                "tickangle": 0,
                "ticks": "",
            },
            yaxis={
                "range": [total, 0],
                "tickvals": [(start + end) / 2 for _, start, end in bands],
                "ticktext": [f"<b>{'<br>'.join(wrap(escape(name), 16))}</b>" for name, _, _ in bands],
                "showgrid": False,
                "zeroline": False,
                "fixedrange": True,
                "ticks": "",
                "automargin": True,
            },
            shapes=[
                *(_band(start, end, theme) for number, (_, start, end) in enumerate(bands) if number % 2 == 0),
                *(_edge(i, total, theme) for i in range(1, len(SECTORS))),
            ],
            annotations=[_name(member, at, bands, looks, theme, font_px, lines) for member in members],
            hovermode="closest",
            margin={"l": 8, "r": 4, "t": round(2.4 * font_px), "b": 6},
        ),
    }


def rows(view: ConsortiumView) -> int:
    """How many rows the picture has: what is below each other needs height."""
    bands, _ = _places(view.one.members if view.one else ())
    return round(sum(end - start for _, start, end in bands))


def _places(members: Sequence[Member]) -> tuple[list[tuple[str, float, float]], dict[str, tuple[float, float]]]:
    """Cities with the rows they take, those of most members first; and where each member stands."""
    cells: dict[str, dict[str, list[Member]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for member in members:
        cells[member.place_id][member.sector].append(member)
        names[member.place_id] = member.place
    order = sorted(cells, key=lambda place: (-sum(len(cell) for cell in cells[place].values()), names[place]))
    bands, at, top = [], {}, 0.0
    for place in order:
        high = max(len(cell) for cell in cells[place].values())
        for sector, cell in cells[place].items():
            for number, member in enumerate(cell):
                # fewer than the band has rows: spread over all of it
                at[member.actor_id] = (
                    SECTORS.index(Sector(sector)) + NODE,
                    top + high * (number + 0.5) / len(cell),
                )
        bands.append((names[place], top, top + high))
        top += high
    return bands, at


def _heading(sector: Sector, there: bool, looks: Looks) -> str:
    name = looks.sectors[sector]
    return f"<b>{name}</b>" if there else f"{name}<br><i>{looks.nobody}</i>"


def _band(start: float, end: float, theme: Theme) -> dict[str, Any]:
    return {
        "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": start, "y1": end, "layer": "below",
        "fillcolor": theme.surface, "line": {"width": 0},
    }  # fmt: skip


def _edge(column: int, total: float, theme: Theme) -> dict[str, Any]:
    return {
        "type": "line", "x0": column, "x1": column, "y0": 0, "y1": total, "layer": "below",
        "line": {"color": theme.line, "width": 1},
    }  # fmt: skip


def _curve(link: Link, at: Mapping[str, tuple[float, float]]) -> tuple[list[float], list[float]]:
    """From one member to the other, bent as little as it takes not to run through a third."""
    ends = (at[link.one], at[link.other])
    others = [place for actor, place in at.items() if actor not in {link.one, link.other}]
    upright = ends[0][0] == ends[1][0]
    bends = [BEND_COLUMN * bend for bend in UPRIGHT] if upright else [BEND_ROW * bend for bend in ACROSS]
    if ends[0][1] == ends[1][1]:
        bends = bends[1:]
    tried = [_bent(*ends, (-bend, 0.0) if upright else (0.0, -bend)) for bend in bends]
    return max(tried, key=lambda curve: min(_clearance(curve, others), CLEAR))


def _bent(
    one: tuple[float, float], other: tuple[float, float], by: tuple[float, float]
) -> tuple[list[float], list[float]]:
    """A curve whose middle lies beside the straight line."""
    x, y = ((one[i] + other[i]) / 2 + 2 * by[i] for i in (0, 1))
    shares = [step / STEPS for step in range(STEPS + 1)]
    return (
        [(1 - t) ** 2 * one[0] + 2 * t * (1 - t) * x + t**2 * other[0] for t in shares],
        [(1 - t) ** 2 * one[1] + 2 * t * (1 - t) * y + t**2 * other[1] for t in shares],
    )


def _clearance(curve: tuple[list[float], list[float]], others: Sequence[tuple[float, float]]) -> float:
    """How near the curve comes to a third, in rows."""
    return min((hypot(COLUMN * (x - a), y - b) for x, y in zip(*curve, strict=True) for a, b in others), default=CLEAR)


def _line(link: Link, at: Mapping[str, tuple[float, float]], theme: Theme) -> dict[str, Any]:
    x, y = _curve(link, at)
    looks = (
        {"color": theme.accent, "width": 3, "dash": "solid"}
        if link.ties
        else {"color": theme.accent, "width": 3, "dash": "dash"}
        if link.projects
        else {"color": GREY, "width": 1.5, "dash": "dot"}
    )
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": looks, "hoverinfo": "skip"}


def _middles(links: Sequence[Link], texts: Sequence[str], at: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    """Where a line tells what it is."""
    curves = [_curve(link, at) for link in links]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x[STEPS // 2] for x, _ in curves],
        "y": [y[STEPS // 2] for _, y in curves],
        "marker": {"size": 16, "opacity": 0},
        "hovertext": ["<br>".join(wrap(escape(text), 60)) for text in texts],
        "hoverinfo": "text",
    }


def _node(
    member: Member, at: Mapping[str, tuple[float, float]], looks: Looks, theme: Theme, font_px: int
) -> dict[str, Any]:
    (x, y), colour = at[member.actor_id], looks.colours[member.actor_id]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [x],
        "y": [y],
        "customdata": [member.actor_id],
        "marker": {
            "symbol": SYMBOLS[SECTOR_SHAPES[Sector(member.sector)]],
            "size": round(1.9 * font_px),
            "color": colour,
            "line": {"color": theme.text if member.pinned else theme.ground, "width": 4 if member.pinned else 1},
            "opacity": 1,
        },
        "text": [f"<b>{looks.letters[member.sector]}</b>"],
        "textposition": "middle center",
        "textfont": {"size": round(0.85 * font_px), "color": readable_on(colour)},
        "hovertext": [f"<b>{escape(member.name)}</b><br>{looks.sectors[member.sector]} · {escape(member.place)}"],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _name(
    member: Member,
    at: Mapping[str, tuple[float, float]],
    bands: Sequence[tuple[str, float, float]],
    looks: Looks,
    theme: Theme,
    font_px: int,
    lines: int,
) -> dict[str, Any]:
    """The name beside its node, on the colour of its row: lines end behind it."""
    x, y = at[member.actor_id]
    band = next(number for number, (_, start, end) in enumerate(bands) if start <= y <= end)
    return {
        "text": "<br>".join(escape(line) for line in _lines(member.name, looks.letters_wide, lines)),
        "x": x,
        "y": y,
        "xanchor": "left",
        "align": "left",
        "xshift": round(1.15 * font_px),
        "showarrow": False,
        "borderpad": 0,
        "bgcolor": theme.ground if band % 2 else theme.surface,
        "font": {"size": round(0.88 * font_px), "color": theme.text},
    }


def _lines(name: str, width: int, most: int = 3) -> list[str]:
    """A name in a few lines.

    >>> _lines("Zentrum für BrennstoffzellenTechnik GmbH", 20)
    ['Zentrum für', 'Brennstoffzellen-', 'Technik GmbH']
    """
    words = [_parted(word, width) if len(word) > width else word for word in name.split()]
    return [line.replace("- …", "…") for line in wrap(" ".join(words), width, max_lines=most, placeholder=" …")]


def _parted(word: str, width: int) -> str:
    """A word too long for a line in two, at a capital inside it or in its middle."""
    capitals = [i for i, letter in enumerate(word) if letter.isupper() and 3 < i < min(width, len(word) - 3)]
    at = capitals[-1] if capitals else min(width - 1, len(word) // 2 + 1)
    return f"{word[:at]}- {word[at:]}" if word[at - 1] != "-" else f"{word[:at]} {word[at:]}"
