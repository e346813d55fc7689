"""What is known about one cell, and about the ties between two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.cells import cells
from dashboards.views.choose import actors_of
from dashboards.views.filters import positions
from dashboards.views.network import network
from dashboards.views.part import part
from dashboards.views.shelf import kept
from ecosystem import confidence
from ecosystem.affiliations import actor_sectors

if TYPE_CHECKING:
    from dashboards.state import Selection
    from dashboards.views.filters import Pairs
    from ecosystem.atlas import Atlas

Strong = tuple[np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Partner:
    """Another cell: linked pairs of actors, those recorded, those with a joint project."""

    key: str
    pairs: int
    direct: int
    joint: int


@dataclass(frozen=True)
class CellCard:
    """``actors`` and ``sectors`` after the filters; pairs ``inside``; ``ties`` recorded at its actors.

    ``strong`` of them have a register, a statute or a page behind them.
    """

    key: str
    unit: str
    field: str
    actors: int
    sectors: tuple[int, ...]
    inside: int
    ties: int
    strong: int
    partners: tuple[Partner, ...]
    opened: bool


def cell_card(atlas: Atlas, selection: Selection, key: str) -> CellCard | None:
    """The card of a cell that is on the canvas; ``None`` for any other id."""
    view = network(atlas, selection)
    if view.cells is None or view.bundles is None or key not in view.cells.keys:
        return None
    members = actors_of(atlas, selection, key)
    if members is None:
        return None
    mine = members & view.left.actors
    drawn, tied = view.drawn_cells, view.bundles
    partners: list[Partner] = []
    inside = 0
    if key in drawn:
        at = drawn.index(key)
        inside = int(tied.inside[at])
        on = (tied.a == at) | (tied.b == at)
        others = np.where(tied.a[on] == at, tied.b[on], tied.a[on])
        rows = zip(
            others.tolist(), tied.pairs[on].tolist(), tied.direct[on].tolist(), tied.joint[on].tolist(), strict=True
        )
        partners = sorted(
            (Partner(drawn[one], *counts) for one, *counts in rows), key=lambda one: (-one.pairs, one.key)
        )
    ties, strong = evidence(atlas, selection, mine)
    place = view.cells.keys.index(key)
    return CellCard(
        key=key,
        unit=view.cells.units[place],
        field=view.cells.fields[place],
        actors=int(mine.sum()),
        sectors=tuple(int(n) for n in np.asarray(actor_sectors(atlas.tables).csr[mine].sum(axis=0)).ravel()),
        inside=inside,
        ties=ties,
        strong=strong,
        partners=tuple(partners),
        opened=key in (selection.opened or ()),
    )


def evidence(atlas: Atlas, selection: Selection, actors: np.ndarray) -> tuple[int, int]:
    """Ties recorded at some of the actors, and how many of them have at least a medium confidence."""
    source, target, strong = _recorded(atlas, selection)
    some = actors[source] | actors[target]
    return int(some.sum()), int((some & strong).sum())


def _recorded(atlas: Atlas, selection: Selection) -> Strong:
    tables = part(atlas, selection)

    def ends() -> Strong:
        source, target = (positions(atlas, tables.ties[f"{end}_actor_id"]) for end in ("source", "target"))
        return source, target, (confidence.of_ties(tables) >= confidence.MEDIUM).to_numpy()

    return kept(atlas, "recorded", tables.digest, ends)


@dataclass(frozen=True)
class Between:
    """The pairs of actors that join two cells."""

    keys: tuple[str, str]
    pairs: Pairs


def between(atlas: Atlas, selection: Selection, text: str) -> Between | None:
    """The ties behind a bundle, named ``a~b``; ``None`` where an end is no cell."""
    one, _, other = text.partition("~")
    masks = [actors_of(atlas, selection, key) for key in (one, other)]
    first, second = masks
    if first is None or second is None:
        return None
    pairs = network(atlas, selection).left.pairs
    joins = (first[pairs.i] & second[pairs.j]) | (second[pairs.i] & first[pairs.j])
    return Between((one, other), pairs.where(joins))


def cell_names(atlas: Atlas, selection: Selection, outside: str, fieldless: str) -> dict[str, str]:
    """Every cell's full name: place and field; given are the words for what has none."""
    from dashboards.views.drawn import called  # noqa: PLC0415 -- drawn knows nothing of cards

    named = called(atlas, selection)
    told: dict[str, str] = {}
    for level in ("cell", "place", "field"):
        found = cells(atlas, level, selection.unit)
        for key, unit, field in zip(found.keys, found.units, found.fields, strict=True):
            words = " · ".join(named[one] for one in (unit, field) if one)
            told[key] = words or (outside if level == "place" else fieldless)
    return told
