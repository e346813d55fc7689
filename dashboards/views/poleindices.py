"""Polycentricity as a panel: every index of every basis, also along the number of centres.

The indices are those of :func:`ecosystem.findings.polycentricity.polycentricity`. They are of one field where the
filter leaves exactly one, else of all actors; places are never left out, since a panel of some places is another
region.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.state import NOT_STATED
from dashboards.views.base import base, level

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.state import Selection
    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level
    from ecosystem.findings.record import Finding

VALIDATED = "projects validated"
SIZES = ("actors", "population")
TIES = ("direct", "projects", "both", VALIDATED, "commuters")
# reasons that only this measure gives
NO_INNER, NO_POPULATION, NO_FLOWS = (
    "flows inside a place are not recorded",
    "population not stated for every place",
    "no flows",
)
# the same index under the names of the network it is computed on
SAME = {
    "entropy_index_pairs": "entropy_index",
    "entropy_index_links": "entropy_index",
    "slope_inflow": "slope_strength",
}
MORPHOLOGICAL = (
    *("effective_centres", "gini", "primacy_share", "primacy_ratio", "primacy_four"),
    *("slope_top2", "slope_top3", "slope_top4", "slope_mean", "slope_all", "zipf"),
)
FUNCTIONAL = (
    *("p", "delta", "p_sf", "p_gf", "freeman", "intercity_share", "entropy_index", "slope_strength"),
    *("dominance", "links_present", "flow"),
)
# what a room is shown
FIRST = ("effective_centres", "gini", "primacy_share", "slope_mean", "p", "delta", "p_sf", "freeman", "intercity_share")
FEW_CENTRES = 4


@dataclass(frozen=True, slots=True)
class Value:
    """An index of one basis; NaN has a reason. ``note`` is a name that belongs to it (the dominant place)."""

    value: float
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Panel:
    """``values`` by index and basis; what a basis does not have is missing. ``places`` are counted at ``level``."""

    level: Level
    field: str | None
    places: int
    year: str
    values: dict[tuple[str, str], Value]
    fields: pd.DataFrame


def asked_field(atlas: Atlas, selection: Selection) -> str | None:
    """The field the indices are of: the only one that the filter leaves."""
    chosen = [one for one in selection.fields or () if one != NOT_STATED]
    return chosen[0] if len(chosen) == 1 and chosen[0] in atlas.region.field_ids else None


def found(atlas: Atlas, selection: Selection) -> Finding:
    """The measure behind panel and curves; kept by whoever asks first."""
    return base(atlas, selection).polycentricity(level=fitting(atlas, selection), field=asked_field(atlas, selection))


def fitting(atlas: Atlas, selection: Selection) -> Level:
    """The level asked for; municipalities where the region names no districts."""
    asked = level(selection)
    places = atlas.tables.places
    inside = places[places["in_region"].to_numpy(dtype=bool)]
    return "municipality" if asked == "district" and bool((inside["district_id"] == "").any()) else asked


def panel(atlas: Atlas, selection: Selection) -> Panel:
    """Every index of every basis under the filters."""
    finding = found(atlas, selection)
    table = finding.frame("panel")
    columns = (table[name] for name in ("index", "basis", "value", "reason"))
    values = {
        (SAME.get(name, name), str(basis)): Value(float(value), str(reason))
        for name, basis, value, reason in zip(*columns, strict=True)
    }
    for row in finding.frame("general").itertuples(index=False):
        values["p_gf", str(row.layer)] = Value(float(str(row.p_gf)), str(row.reason))
    values |= {("dominance", basis): _dominant(finding.frame("places"), basis) for basis in TIES}
    flows = atlas.tables.flows["year"]
    return Panel(
        level=fitting(atlas, selection),
        field=asked_field(atlas, selection),
        places=finding.n,
        year=str(int(flows.max())) if len(flows) else "",
        values=values,
        fields=finding.frame("fields"),
    )


def _dominant(places: pd.DataFrame, basis: str) -> Value:
    """The place with the highest dominance (DIT) and its value."""
    here = places[(places["basis"] == basis).to_numpy()]
    known = here[here["dominance"].notna().to_numpy()]
    if known.empty:
        return Value(float("nan"), str(here["reason"].iloc[0]) if len(here) else "")
    row = known.sort_values(["dominance", "place"], ascending=[False, True]).iloc[0]
    return Value(float(row["dominance"]), "", str(row["place_name"]))


@dataclass(frozen=True)
class Curve:
    """One basis: values over the number of centres, the largest first; NaN where undefined."""

    basis: str
    centres: np.ndarray
    values: np.ndarray

    @property
    def span(self) -> tuple[float, float]:
        """Least and greatest value from :data:`FEW_CENTRES` centres on: how much the answer depends on the number."""
        kept = self.values[(self.centres >= FEW_CENTRES) & np.isfinite(self.values)]
        return (float(kept.min()), float(kept.max())) if len(kept) else (float("nan"), float("nan"))


def curves(atlas: Atlas, selection: Selection) -> tuple[Curve, ...]:
    """The index asked for along the number of centres, of every basis that has a value anywhere."""
    table = found(atlas, selection).frame("curves")
    names = table["index"].map(lambda name: SAME.get(name, name))
    here = table[(names == selection.index).to_numpy()]
    made = []
    for basis in (*SIZES, *TIES):
        rows = here[(here["basis"] == basis).to_numpy()].sort_values("centres")
        values = rows["value"].to_numpy(dtype=float)
        if np.isfinite(values).any():
            made.append(Curve(basis, rows["centres"].to_numpy(dtype=int), values))
    return tuple(made)
