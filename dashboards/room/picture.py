"""The region with what the room added, as plain shapes: one description for screen (SVG), slide (PNG) and print (PDF).

Coordinates are kilometres, north up. What the room added is dashed and carries its table's number: a colour alone
tells nobody who proposed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dashboards.palette import GREY, LIGHT, blend
from dashboards.views.units import outlines
from ecosystem.cells import split
from ecosystem.layout import GOLDEN_ANGLE, place_positions
from ecosystem.workshop import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ecosystem.atlas import Atlas
    from ecosystem.workshop import Proposal

Point = tuple[float, float]
# eight that can be told apart and stand out (contrast ≥ 4 on white)
TABLES = ("#B3261E", "#00629D", "#7B4F00", "#6A1B9A", "#2E6B1F", "#AD1457", "#00695C", "#3F3FBF")
MARGIN = 3.0
NAMED = 16
BEND = 0.14


@dataclass(frozen=True, slots=True)
class Area:
    """A filled outline."""

    ring: tuple[Point, ...]
    fill: str
    line: str
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; ``width`` in kilometres."""

    points: tuple[Point, ...]
    colour: str
    width: float
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc, with a rim where ``line`` names a colour."""

    at: Point
    radius: float
    fill: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A word around a point; ``size`` is its height in kilometres, ``halo`` the colour of the ground."""

    at: Point
    text: str
    size: float
    colour: str
    bold: bool = False
    halo: str = ""


Shape = Area | Line | Disc | Word


@dataclass(frozen=True, slots=True)
class Frame:
    """What is seen: west, south, east, north in kilometres."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """East to west."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """North to south."""
        return self.north - self.south


def frame(atlas: Atlas) -> Frame:
    """The region's outlines, else the actors inside it."""
    parts = [ring for rings in outlines(atlas, "municipality").values() for ring in rings]
    inside = atlas.positions[["map_x", "map_y"]].to_numpy()[_inside(atlas)]
    points = np.concatenate([*parts, inside, np.zeros((1, 2))])
    (west, south), (east, north) = points.min(axis=0) - MARGIN, points.max(axis=0) + MARGIN
    return Frame(float(west), float(south), float(east), float(north))


def _inside(atlas: Atlas) -> np.ndarray:
    """Which actors have their seat in the region: partners elsewhere have no place on its map."""
    places = atlas.tables.places
    inside = set(places.loc[places["in_region"].astype(bool), "place_id"])
    where = atlas.tables.actors.set_index("actor_id")["place_id"].reindex(atlas.positions.index)
    return np.array([place in inside for place in where], dtype=bool)


def ground(atlas: Atlas) -> list[Shape]:
    """The region as it is known: outlines, ties as a grey web, actors, names of the larger cities."""
    shapes: list[Shape] = [
        Area(tuple(map(tuple, ring.tolist())), "#F7F8FA", "#C9CFD6", 0.12)
        for rings in outlines(atlas, "municipality").values()
        for ring in rings
    ]
    at, here = atlas.positions[["map_x", "map_y"]].to_numpy().round(2), _inside(atlas)
    web = blend(LIGHT.muted, LIGHT.ground, 0.22)
    pairs = atlas.ties.csr.tocoo()
    ends = sorted({(int(i), int(j)) for i, j in zip(pairs.row, pairs.col, strict=True) if i < j})
    shapes += [Line((tuple(at[i]), tuple(at[j])), web, 0.07) for i, j in ends if here[i] and here[j]]
    shapes += [Disc((float(x), float(y)), 0.24, GREY) for x, y in at[here]]
    return shapes + _names(atlas)


def _names(atlas: Atlas) -> list[Shape]:
    known = atlas.tables.places.set_index("place_id")
    inside = set(known.index[known["in_region"].astype(bool)])
    counts = atlas.tables.actors["place_id"].value_counts()
    largest = [place for place in counts.index if place in inside][:NAMED]
    points = place_positions(atlas.tables)[["x", "y"]].astype(float)
    at = dict(zip(points.index, points.to_numpy().tolist(), strict=True))
    return [
        Word(
            (at[place][0], at[place][1] + 1.1), str(known.at[place, "name"]), 1.7,
            LIGHT.text, halo=LIGHT.ground,
        )
        for place in largest
    ]  # fmt: skip


def table_colour(table: int) -> str:
    """The colour of a table; from the ninth on they come again, and the number tells them apart.

    >>> table_colour(1) == table_colour(9) != table_colour(2)
    True
    """
    return TABLES[(table - 1) % len(TABLES)]


class Spots:
    """Where actors stand on the map: known ones where they always do, new ones beside their city's middle.

    Who has no seat in the region stands at the edge of the frame.
    """

    def __init__(
        self, atlas: Atlas, of: Frame, accepted: Sequence[Proposal], actor_id: Callable[[str, str], str]
    ) -> None:
        self._frame = of
        rows = zip(atlas.positions.index, atlas.positions["map_x"], atlas.positions["map_y"], strict=True)
        self._at = {str(actor): (float(x), float(y)) for actor, x, y in rows}
        places = place_positions(atlas.tables)
        for number, one in enumerate(one for one in accepted if one.kind is Kind.ACTOR):
            middle = places.loc[one.cells["place_id"]]
            angle, away = number * GOLDEN_ANGLE, 1.6 + 0.25 * (number % 5)
            spot = (float(middle["x"] + away * np.cos(angle)), float(middle["y"] + away * np.sin(angle)))
            self._at[actor_id(one.cells["name"], one.cells["place_id"])] = spot

    def of(self, actor: str) -> Point | None:
        """The point; ``None`` for an actor that is not there (any more)."""
        found = self._at.get(actor)
        return None if found is None else within(found, self._frame)


def within(at: Point, of: Frame) -> Point:
    """The point, moved to the edge of the frame where it lies outside."""
    edge = MARGIN / 2
    return (
        min(max(at[0], of.west + edge), of.east - edge),
        min(max(at[1], of.south + edge), of.north - edge),
    )


def added(
    accepted: Sequence[Proposal], spots: Spots, actor_id: Callable[[str, str], str], known: Sequence[Shape] = ()
) -> list[Shape]:
    """What the accepted proposals add, each with the number of its table; the latest on top.

    Names stand where there is room for them beside those of the ``known`` region, those of the latest first; all of
    them stand in the list beside the picture.
    """
    lines: list[Shape] = []
    marks: list[Shape] = []
    names: list[Word] = []
    for number, one in enumerate(accepted):
        colour = table_colour(one.table)
        if one.kind is Kind.TIE:
            ends = [spots.of(one.cells[end]) for end in ("source_actor_id", "target_actor_id")]
            if ends[0] is not None and ends[1] is not None:
                curve = _curve(ends[0], ends[1], BEND if number % 2 else -BEND)
                lines.append(Line(curve, colour, 0.42, dashed=True))
                marks += [*_ends((ends[0], ends[1]), colour), *_badge(curve[len(curve) // 2], one.table, colour)]
            continue
        if one.kind is Kind.ACTOR:
            middle, title = spots.of(actor_id(one.cells["name"], one.cells["place_id"])), one.cells["name"]
            marks += _badge(middle, one.table, colour, ringed=True) if middle else []
        else:
            partners = [spot for actor in split(one.cells["partners"]) if (spot := spots.of(actor)) is not None]
            middle, title = (_middle(partners, number) if partners else None), one.cells["title"]
            lines += [Line((middle, spot), colour, 0.34, dashed=True) for spot in partners if middle]
            marks += [*_ends(partners, colour), *(_badge(middle, one.table, colour) if middle else [])]
        if middle:
            names.append(Word(middle, _short(title), 1.3, colour, True, LIGHT.ground))
    badges = [_around(one) for one in marks if isinstance(one, Disc) and one.radius > 0.5]
    return lines + marks + _placed(names, badges + [_of(one) for one in known if isinstance(one, Word)])


LETTER = 0.58
"""How wide a letter is, in its height."""
Box = tuple[float, float, float, float]


BESIDE = (-2.1, 2.1, -3.6, 3.6)
"""Where a name may stand: so far above its mark, in kilometres, tried in this order."""


def _around(disc: Disc) -> Box:
    (x, y), r = disc.at, disc.radius
    return x - r, y - r, x + r, y + r


def _of(word: Word) -> Box:
    (x, y), half = word.at, len(word.text) * word.size * LETTER / 2
    return x - half, y - word.size / 2, x + half, y + word.size / 2


def _placed(names: Sequence[Word], taken: Sequence[Box]) -> list[Shape]:
    """The names, below or above their marks, that cover neither what is taken nor a later name."""
    boxes, shown = list(taken), list[Shape]()
    for name in reversed(names):
        for away in BESIDE:
            one = replace(name, at=(name.at[0], name.at[1] + away))
            if not any(_overlap(_of(one), other) for other in boxes):
                boxes.append(_of(one))
                shown.append(one)
                break
    return shown


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _short(text: str) -> str:
    return text if len(text) <= 28 else text[:27] + "…"


def _badge(at: Point, table: int, colour: str, *, ringed: bool = False) -> list[Shape]:
    """The number of the table on its colour; a new actor has a ring around it."""
    ring: list[Shape] = [Disc(at, 1.35, LIGHT.ground, colour)] if ringed else []
    return [*ring, Disc(at, 0.95, colour, LIGHT.ground), Word(at, str(table), 1.2, LIGHT.ground, bold=True)]


def _ends(points: Iterable[Point], colour: str) -> list[Shape]:
    return [Disc(point, 0.42, colour, LIGHT.ground) for point in points]


def _middle(points: Sequence[Point], number: int) -> Point:
    """Amid the partners, a little aside: projects of the same partners do not hide each other."""
    x, y = np.mean(np.array(points), axis=0)
    angle = number * GOLDEN_ANGLE
    return float(x + 2.2 * np.cos(angle)), float(y + 2.2 * np.sin(angle))


def _curve(a: Point, b: Point, bend: float) -> tuple[Point, ...]:
    """A shallow arc; between actors of one city it leaves the city."""
    way = np.array(b) - np.array(a)
    length = float(np.hypot(*way))
    aside = np.array([-way[1], way[0]]) * (bend if length > 4 else np.copysign(2.5 / max(length, 0.2), bend))
    top = (np.array(a) + np.array(b)) / 2 + aside
    steps = np.linspace(0, 1, 17)[:, None]
    points = (1 - steps) ** 2 * np.array(a) + 2 * steps * (1 - steps) * top + steps**2 * np.array(b)
    return tuple((float(x), float(y)) for x, y in points.round(3))
