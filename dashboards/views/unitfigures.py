"""What the overview's map shows: one number per unit, after the filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.filters import filters_of, linked_pairs, subset
from dashboards.views.sheet import Column, Sheet
from dashboards.views.shelf import kept
from dashboards.views.units import by_unit, units
from ecosystem import confidence

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.units import Units
    from ecosystem.atlas import Atlas


@dataclass(frozen=True)
class UnitFigures:
    """Per unit: its actors, and the linked pairs (``ties``) with an end there.

    ``intercity`` is the share of its pairs inside the region that leave it, ``evidence`` the share of its actors whose
    seat a page, register or statute tells. Shares are NaN where nothing is counted.
    """

    units: Units
    actors: np.ndarray
    ties: np.ndarray
    intercity: np.ndarray
    evidence: np.ndarray

    def values(self, measure: str) -> list[float]:
        """The numbers of one measure of the map."""
        chosen: np.ndarray = getattr(self, measure)
        return [float(value) for value in chosen]


def unit_figures(atlas: Atlas, selection: Selection) -> UnitFigures:
    """Counted over the actors and ties that the filters leave."""
    return kept(atlas, "unit figures", filters_of(selection), lambda: _unit_figures(atlas, selection))


def _unit_figures(atlas: Atlas, selection: Selection) -> UnitFigures:
    found, left = units(atlas, "unit"), subset(atlas, selection)
    i, j, _, _ = linked_pairs(left)
    a, b = found.of_actor[i], found.of_actor[j]
    count = len(found)
    inside = (a >= 0) & (b >= 0)
    leaving = inside & (a != b)
    ends = _ends(a, b, inside, count)
    known = (confidence.of_actors(atlas.tables) >= confidence.MEDIUM).to_numpy()
    actors = by_unit(found, left.actors).to_numpy(dtype=float)
    return UnitFigures(
        found,
        actors,
        _ends(a, b, np.ones(len(a), dtype=bool), count),
        _share(_ends(a, b, leaving, count), ends),
        _share(by_unit(found, left.actors & known).to_numpy(dtype=float), actors),
    )


def _ends(a: np.ndarray, b: np.ndarray, chosen: np.ndarray, count: int) -> np.ndarray:
    """Pairs per unit: one inside a unit counts once, one between two counts for both."""
    first, second = a[chosen & (a >= 0)], b[chosen & (b >= 0) & (a != b)]
    counts: np.ndarray = np.bincount(first, minlength=count) + np.bincount(second, minlength=count)
    return counts.astype(float)


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    shares: np.ndarray = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return shares


def unit_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """All four measures of every unit."""
    view = unit_figures(atlas, selection)
    rows = [
        {
            "id": unit,
            "unit": view.units.names[number],
            "actors": int(view.actors[number]),
            "ties": int(view.ties[number]),
            "intercity": float(view.intercity[number]),
            "evidence": float(view.evidence[number]),
        }
        for number, unit in enumerate(view.units.ids)
    ]
    columns = (
        Column("unit", tr("Unit or municipality"), wide=True),
        Column("actors", tr("Actors"), "number"),
        Column("ties", tr("Linked pairs"), "number"),
        Column("intercity", tr("Pairs leaving the unit"), "share"),
        Column("evidence", tr("Evidenced seats"), "share"),
    )
    notes = (
        tr("A pair between two units counts for both. Pairs with partners outside the region count as linked only."),
        tr("Evidenced: a page, register or statute names the town; the rest is general knowledge or doubtful."),
    )
    return Sheet(tr("Units in figures"), columns, rows, notes)
