"""The region at a glance: headline numbers, a card per field, units for the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dashboards.views.filters import filters_of, linked_pairs, subset
from dashboards.views.part import part
from dashboards.views.polycentric import cluster_rows
from dashboards.views.shelf import kept
from dashboards.views.units import by_unit, units
from ecosystem.affiliations import actor_sectors, binary
from ecosystem.clusters import effective_number

if TYPE_CHECKING:
    from dashboards.state import Selection
    from dashboards.views.filters import Subset
    from dashboards.views.polycentric import ClusterRow
    from dashboards.views.units import Units
    from ecosystem.atlas import Atlas

LARGEST = 6
LEADING = 5


@dataclass(frozen=True, slots=True)
class Headline:
    """The numbers on top, after the filters; shares are NaN where nothing is linked."""

    actors: int
    outside: int
    pairs: int
    direct_ties: int
    joint_projects: int
    intercity_share: float
    clusters: int
    sources: int
    funding_eur: float
    municipalities: int
    covered: int


@dataclass(frozen=True)
class FieldCard:
    """A field: its actors, the units that carry most of them and its mix of sectors (in the model's order).

    ``projects`` are those with the field in which an actor that is left takes part; ``years`` counts them by the year
    of their first commitment, from the region's first year to its last, and ``undated`` those that state none.
    """

    field_id: str
    colour: int
    actors: int
    stated: int
    projects: int
    effective_units: float
    leading: tuple[tuple[str, str, int], ...]
    sectors: tuple[int, ...]
    years: tuple[tuple[int, int], ...] = ()
    undated: int = 0


@dataclass(frozen=True)
class Overview:
    """All that the start page shows; ``clusters`` are the largest."""

    headline: Headline
    clusters: tuple[ClusterRow, ...]
    cards: tuple[FieldCard, ...]
    units: Units
    sizes: tuple[int, ...]


def overview(atlas: Atlas, selection: Selection) -> Overview:
    """Counts over the actors the filters leave."""
    key = (filters_of(selection), selection.language)
    return kept(atlas, "overview", key, lambda: _overview(atlas, selection))


def _overview(atlas: Atlas, selection: Selection) -> Overview:
    left = subset(atlas, selection)
    found = units(atlas, "unit")
    sizes = by_unit(found, left.actors)
    projects = _projects(atlas, selection, left)
    cards = tuple(_card(atlas, found, left, number, projects) for number in range(len(atlas.region.fields)))
    return Overview(
        _headline(atlas, left), cluster_rows(atlas, selection)[:LARGEST], cards, found, tuple(int(n) for n in sizes)
    )


def _headline(atlas: Atlas, left: Subset) -> Headline:
    tables = atlas.tables
    places = tables.places.set_index("place_id")
    inside = tables.actors["place_id"].isin(places.index[places["in_region"]]).to_numpy()
    at = tables.actors["place_id"].to_numpy(dtype=str)
    i, j, direct, joint = linked_pairs(left)
    both = inside[i] & inside[j]
    member = atlas.cluster_of_actors.to_numpy(dtype=str)[left.actors]
    kept = set(tables.actors["actor_id"][left.actors])
    rows = tables.participations[tables.participations["actor_id"].isin(kept)]
    return Headline(
        actors=left.count,
        outside=int((left.actors & ~inside).sum()),
        pairs=left.pairs,
        direct_ties=int(direct.sum()),
        joint_projects=int((joint > 0).sum()),
        intercity_share=float((at[i] != at[j])[both].mean()) if both.any() else float("nan"),
        clusters=len(set(member) - {""}),
        sources=len(tables.sources),
        funding_eur=float(rows["funding_eur"].sum()),
        municipalities=int(places["in_region"].sum()),
        covered=len(set(at[left.actors & inside])),
    )


def _projects(atlas: Atlas, selection: Selection, left: Subset) -> pd.DataFrame:
    """Projects in which an actor that is left takes part: ``fields`` as lists and ``year``."""
    tables = part(atlas, selection)
    kept = set(tables.actors["actor_id"][left.actors])
    taken = set(tables.participations.loc[tables.participations["actor_id"].isin(kept), "project_id"])
    rows = tables.projects[tables.projects["project_id"].isin(taken)]
    return pd.DataFrame({"fields": rows["fields"].str.split("|"), "year": rows["year"].astype("float64")})


def _years(atlas: Atlas, projects: pd.DataFrame) -> tuple[tuple[tuple[int, int], ...], int]:
    """Projects per year over the years of the whole region, and how many state none."""
    known = atlas.tables.projects["year"].dropna().astype(int)
    if known.empty:
        return (), len(projects)
    counts = projects["year"].dropna().astype(int).value_counts()
    span = range(int(known.min()), int(known.max()) + 1)
    return tuple((year, int(counts.get(year, 0))) for year in span), int(projects["year"].isna().sum())


def _card(atlas: Atlas, found: Units, left: Subset, number: int, projects: pd.DataFrame) -> FieldCard:
    field_id = atlas.region.field_ids[number]
    on = np.asarray(binary(atlas.fields_of_actors.csr)[:, [number]].sum(axis=1)).ravel() > 0
    mask = on & left.actors
    counts = by_unit(found, mask)
    ranked = sorted(zip(found.ids, found.names, counts, strict=True), key=lambda row: (-row[2], row[0]))
    stated = set(atlas.tables.actor_fields.loc[atlas.tables.actor_fields["field_id"] == field_id, "actor_id"])
    sectors = np.asarray(actor_sectors(atlas.tables).csr[mask].sum(axis=0)).ravel()
    own = projects[np.array([field_id in names for names in projects["fields"]], dtype=bool)]
    years, undated = _years(atlas, own)
    return FieldCard(
        field_id=field_id,
        colour=number,
        actors=int(mask.sum()),
        stated=int(atlas.tables.actors["actor_id"].isin(stated).to_numpy()[mask].sum()),
        projects=len(own),
        effective_units=effective_number(counts.to_numpy(dtype=float)),
        leading=tuple((str(unit), str(name), int(n)) for unit, name, n in ranked[:LEADING] if n),
        sectors=tuple(int(n) for n in sectors),
        years=years,
        undated=undated,
    )
