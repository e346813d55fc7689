"""Location quotients of places and fields, with what supports them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from dashboards.views.base import base
from dashboards.views.compared import compared, fields_shown, level
from ecosystem.measures import Support

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.state import Selection
    from dashboards.views.compared import Compared
    from ecosystem.atlas import Atlas

# a place with fewer memberships is not ranked
MIN_ACTORS = 10


@dataclass(frozen=True, slots=True)
class Quotient:
    """One place × field: ``x`` of the place's ``n`` memberships, ``expected`` of them if it were like the region."""

    place: str
    field: str
    x: int
    n: int
    expected: float
    lq: float
    low: float
    high: float
    p: float
    p_actors: float
    q: float
    state: str
    reason: str

    @property
    def supported(self) -> bool:
        """Specialised, and enough actors say so."""
        return self.state == Support.SUPPORTED

    @property
    def specialised(self) -> bool:
        """A location quotient of 1 or more, supported or not."""
        return self.state in {Support.SUPPORTED, Support.TOO_FEW_ACTORS}


@dataclass(frozen=True)
class Quotients:
    """Places × fields in the order they are shown, row by row.

    ``sizes`` are memberships per place, ``field_sizes`` per field, ``total`` all of them; ``tested`` cells were
    corrected for together, also those the filters hide.
    """

    places: Compared
    fields: tuple[str, ...]
    sizes: tuple[int, ...]
    field_sizes: tuple[int, ...]
    cells: tuple[Quotient, ...]
    total: int
    tested: int
    alpha: float
    seed: int
    draws: int
    sources: tuple[str, ...]

    @cached_property
    def by_key(self) -> dict[str, Quotient]:
        """Cells by ``place.field``."""
        return {f"{cell.place}.{cell.field}": cell for cell in self.cells}

    @property
    def specialised(self) -> tuple[Quotient, ...]:
        """The cells shown with a location quotient of 1 or more."""
        return tuple(cell for cell in self.cells if cell.specialised)

    @property
    def supported(self) -> tuple[Quotient, ...]:
        """The supported cells shown, those most actors speak for first: a high quotient of few is no better."""
        found = [cell for cell in self.cells if cell.supported]
        return tuple(sorted(found, key=lambda cell: (-cell.x, cell.place, cell.field)))

    def moved(self, cell: Quotient, by: int) -> float:
        """The location quotient with ``by`` more memberships of the field in the place: how much hangs on one actor."""
        of_field = self.field_sizes[self.fields.index(cell.field)] + by
        if cell.n + by <= 0 or of_field <= 0 or cell.x + by < 0:
            return np.nan
        return ((cell.x + by) / (cell.n + by)) / (of_field / (self.total + by))


def quotients(atlas: Atlas, selection: Selection) -> Quotients:
    """The matrix under the selection: computed on what counts, reduced to what is shown."""
    found = base(atlas, selection).specialisation(level=level(atlas, selection), min_actors=MIN_ACTORS)
    table = found.frame("cells")
    counts = counted(table)
    rows, fields = compared(atlas, selection, counts), fields_shown(atlas, selection)
    known = {(row["place"], row["field"]): row for row in cast("list[dict[str, Any]]", table.to_dict("records"))}
    of_field, total = counts.sum(axis=0), int(counts.to_numpy().sum())
    cells = [
        _cell(known[place, field], float(of_field[field]) / total if total else np.nan)
        for place in rows.ids
        for field in fields
    ]
    sizes = counts.sum(axis=1)
    return Quotients(
        places=rows,
        fields=fields,
        sizes=tuple(int(sizes[place]) for place in rows.ids),
        field_sizes=tuple(int(of_field[field]) for field in fields),
        cells=tuple(cells),
        total=total,
        tested=int(table["q"].notna().sum()),
        alpha=float(cast("float", found.parameters["alpha"])),
        seed=int(cast("int", found.seed)),
        draws=int(cast("int", found.draws)),
        sources=found.sources,
    )


def counted(cells: pd.DataFrame) -> pd.DataFrame:
    """Places × fields, memberships."""
    return cells.pivot_table(index="place", columns="field", values="x", aggfunc="sum", sort=False)


def _cell(row: dict[str, Any], share: float) -> Quotient:
    values = {name: float(row[name]) for name in ("lq", "low", "high", "p", "p_actors", "q")}
    return Quotient(
        place=row["place"],
        field=row["field"],
        x=int(row["x"]),
        n=int(row["n"]),
        expected=share * int(row["n"]),
        state=str(row["state"]),
        reason=str(row["reason"]),
        **values,
    )
