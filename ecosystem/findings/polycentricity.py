"""How evenly sizes and ties are spread over the centres of a region: a panel, never one score."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ecosystem.findings.record import Content, Frames
from ecosystem.findings.shaping import named, panel, stacked
from ecosystem.findings.ties import LAYERS, TIES_NOTE, commuters, layers, project_table
from ecosystem.measures import (
    NetworkReason,
    functional_panel,
    general_functional,
    green_polycentricity,
    morphological_panel,
    projection_square,
    stepwise,
    validated_projection,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecosystem.findings.material import Level, Material

READ = ("places", "actors", "actor_fields", "projects", "participations", "ties", "flows")
NO_INNER = "flows inside a place are not recorded"
NO_POPULATION = "population not stated for every place"
NO_FLOWS = "no flows"
VALIDATED = "projects validated"
COMMUTERS = "commuters"
COUNTS = ("places", "centres", "cities")
GREEN = ("p", "delta", "p_sf", "freeman", "density_weighted", "intercity_share")


@dataclass(frozen=True, eq=False)
class _Network:
    """One network of places: amounts from row to column, and whether the direction counts."""

    name: str
    amounts: pd.DataFrame
    directed: bool
    level: Level

    @property
    def symmetric(self) -> pd.DataFrame:
        return self.amounts + self.amounts.T if self.directed else self.amounts


def polycentricity(
    at: Material,
    *,
    field: str | None = None,
    level: Level = "municipality",
    density: str = "binary",
    alpha: float = 0.05,
) -> Content:
    """Morphological indices of sizes and functional indices of ties, also along the number of centres.

    Sizes are actors (of one field or all) and population; ties are the layers of :mod:`ecosystem.findings.ties`, the
    shared projects that stand out from chance (SDSM, q <= alpha) and commuters, which exist between districts only.
    Tables: ``panel``, every index of every basis; ``curves``, the same of the 2, 3, ... largest centres by actors;
    ``fields``, Green's indices field by field, and ``general``, the mean P_GF; ``places`` and ``links`` (present
    ones) with the indices of Limtanakool.
    """
    networks = _networks(at, level, field, alpha)
    flows, year = networks[-1], commuters(at)[1]
    # field by field and the tables of places and links cost as much as the panel, and the panel is read most
    by_field = cache(partial(_by_field, at, level, field, density))
    return Content(
        frames=Frames(
            {
                "panel": _panel(at, networks, level, field, density),
                # all indices at every number of centres: much more work than the rest, and seldom looked at
                "curves": partial(_curves, at, networks, level, field, density),
                "fields": lambda: by_field()[0],
                "general": lambda: by_field()[1],
                "places": partial(_places, at, networks),
                "links": partial(_links, at, networks),
            }
        ),
        n=len(at.units(level).ids),
        counted="places",
        read=READ,
        notes=(
            TIES_NOTE,
            "P of a star is not 0: read freeman (1 = star) beside it. What changes along the curve is no finding.",
            "Ties have no direction: symmetries exist for commuters only." + (f" Commuters of {year}." if year else ""),
        ),
        reasons=() if flows.amounts.to_numpy().any() else (f"{COMMUTERS}: {NO_FLOWS}",),
    )


def _networks(at: Material, level: Level, field: str | None, alpha: float) -> list[_Network]:
    tied = layers(at, level, field)
    found = [_Network(name, tied[name], directed=False, level=level) for name in LAYERS]
    found.append(_Network(VALIDATED, _validated(at, level, field, alpha), directed=False, level=level))
    return [*found, _Network(COMMUTERS, commuters(at)[0], directed=True, level="district")]


def _validated(at: Material, level: Level, field: str | None, alpha: float) -> pd.DataFrame:
    """Shared projects of those pairs that share more than their numbers of projects explain."""
    table = project_table(at, level, field)
    pairs = validated_projection(table, model="sdsm", alpha=alpha)
    if pairs.empty:
        return pd.DataFrame(0.0, index=table.index, columns=table.index)
    kept = projection_square(pairs.assign(shared=pairs["shared"].where(pairs["keep"], 0)), "shared")
    return kept.reindex(index=table.index, columns=table.index)


def _panel(at: Material, networks: list[_Network], level: Level, field: str | None, density: str) -> pd.DataFrame:
    sizes = at.sizes(level, field)
    rows = [_morphology(sizes, "actors"), _population(at, level)]
    for one in networks:
        values, reasons = _functional(one, None, density)
        rows.append(panel(values, reasons, kind="functional", basis=one.name))
    return stacked(rows)


def _morphology(sizes: pd.Series[float], basis: str) -> pd.DataFrame:
    found = morphological_panel(sizes)
    return panel(dict(found), found.attrs["reasons"], kind="morphological", basis=basis)


def _population(at: Material, level: Level) -> pd.DataFrame:
    places = at.tables.places.set_index("place_id").loc[list(at.municipalities.ids)]
    if level == "district":
        places = places[places["district_id"] != ""]
    if places["population"].isna().any():
        blank = dict.fromkeys(morphological_panel(pd.Series(dtype=float)).index, float("nan"))
        return panel(blank, dict.fromkeys(blank, NO_POPULATION), kind="morphological", basis="population")
    people = places["population"].astype(float)
    return _morphology(people if level == "municipality" else people.groupby(places["district_id"]).sum(), "population")


def _functional(one: _Network, centres: pd.Index | None, density: str) -> tuple[dict[str, float], dict[str, str]]:
    """Green's and Limtanakool's indices of a network, or of its ties among some centres, with reasons for NaN."""
    amounts, symmetric = one.amounts, one.symmetric
    if centres is not None:
        amounts, symmetric = amounts.loc[centres, centres], symmetric.loc[centres, centres]
    green = green_polycentricity(symmetric, density)
    region = functional_panel(amounts, one.directed).region
    values = {name: float(getattr(green, name)) for name in GREEN} | {str(k): float(v) for k, v in region.items()}
    reasons = {name: green.reason or str(NetworkReason.NO_TIES) for name in GREEN} | region.attrs["reasons"]
    if one.directed and not np.diag(amounts).any():
        values["intercity_share"], reasons["intercity_share"] = float("nan"), NO_INNER
    return values, {name: str(reasons[name]) for name, value in values.items() if np.isnan(value)}


def _curves(at: Material, networks: list[_Network], level: Level, field: str | None, density: str) -> pd.DataFrame:
    sizes = at.sizes(level, field)
    found = [_curve(sizes, _sizes_panel, kind="morphological", basis="actors")]
    for one in networks:
        centres = sizes if one.level == level else at.sizes(one.level, field)
        functional = partial(_ties_panel, one, density)
        found.append(_curve(centres, functional, kind="functional", basis=one.name))
    return named(stacked(found), place=at.municipalities.called | at.districts.called)


def _sizes_panel(sizes: pd.Series[float]) -> tuple[dict[str, float], dict[str, str]]:
    found = morphological_panel(sizes)
    return {str(name): float(value) for name, value in found.items()}, found.attrs["reasons"]


def _ties_panel(one: _Network, density: str, sizes: pd.Series[float]) -> tuple[dict[str, float], dict[str, str]]:
    return _functional(one, sizes.index, density)


def _curve(
    sizes: pd.Series[float],
    measured: Callable[[pd.Series[float]], tuple[dict[str, float], dict[str, str]]],
    **constant: str,
) -> pd.DataFrame:
    """All indices at every number of centres; the ranking of the centres is that of ``stepwise``."""
    rows = []

    def take(top: pd.Series[float]) -> float:
        values, reasons = measured(top)
        rows.append(panel({k: v for k, v in values.items() if k not in COUNTS}, reasons, **constant))
        return float("nan")

    steps = stepwise(take, sizes)
    for m, place, rows_of_step in zip(steps["m"], steps["place"], rows, strict=True):
        rows_of_step.insert(len(constant), "centres", m)
        rows_of_step.insert(len(constant) + 1, "place", place)
    columns = [*constant, "centres", "place", "index", "value", "reason"]
    return stacked(rows) if rows else pd.DataFrame(columns=columns)


def _by_field(at: Material, level: Level, field: str | None, density: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """P, Δ, P_SF of every field and layer, and the mean of P_SF over the fields that have ties."""
    fields = list(at.fields) if field is None else [field]
    ties = {one: layers(at, level, one) for one in fields}
    found, means = [], []
    for layer in LAYERS:
        general = general_functional({one: ties[one][layer] for one in fields}, density)
        rows = general.functions.rename_axis("field").reset_index()
        rows.insert(0, "layer", layer)
        found.append(rows)
        means.append((layer, general.n, general.p_gf, "" if general.n else str(NetworkReason.NO_TIES)))
    mean = pd.DataFrame(means, columns=["layer", "fields", "p_gf", "reason"])
    return named(stacked(found), field=at.fields), mean


def _places(at: Material, networks: list[_Network]) -> pd.DataFrame:
    found = []
    for one in networks:
        cities = functional_panel(one.amounts, one.directed).cities.rename_axis("place").reset_index()
        cities.insert(0, "basis", one.name)
        found.append(cities)
    return named(stacked(found), place=at.municipalities.called | at.districts.called)


def _links(at: Material, networks: list[_Network]) -> pd.DataFrame:
    found = []
    for one in networks:
        links = functional_panel(one.amounts, one.directed).links
        links.insert(0, "basis", one.name)
        found.append(links[links["flow"] > 0])
    called = at.municipalities.called | at.districts.called
    return named(stacked(found), origin=called, destination=called)
