"""What stands out, as facts that sentences are made of: each with what it counts and where it can be read in full.

Facts follow the filters; one that the data do not give is ``None`` and its sentence is left out. They describe what was
collected: nothing here is tested against a sample.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views import poleindices
from dashboards.views.base import base
from dashboards.views.fieldflows import field_maps
from dashboards.views.filters import actor_mask, filters_of
from dashboards.views.poleindices import fitting
from dashboards.views.polycentric import field_matrix, region_map
from dashboards.views.shelf import kept
from dashboards.views.unitfigures import unit_figures
from ecosystem.findings.ties import layers
from ecosystem.measures.coordination import profile_overlap
from ecosystem.measures.specialisation import Support

if TYPE_CHECKING:
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas

# below this a profile is too small to be compared (see the measures)
MIN_ACTORS = 10


@dataclass(frozen=True, slots=True)
class Specialised:
    """Supported specialisations by field (names of the units), and how many there are without that support."""

    supported: tuple[tuple[str, tuple[str, ...]], ...]
    cells: int
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Effective number of units of the widest and of the narrowest field."""

    widest: str
    most: float
    narrowest: str
    least: float
    units: int


@dataclass(frozen=True, slots=True)
class Tied:
    """How many linked pairs join two units, and the strongest two."""

    pairs: int
    share: float
    a: str
    b: str
    strongest: int


@dataclass(frozen=True, slots=True)
class Poles:
    """Effective centres by actors, and how evenly ties are spread."""

    centres: float
    units: int
    p: float
    freeman: float


@dataclass(frozen=True, slots=True)
class Parallel:
    """Pairs of units with profiles as alike as half of all pairs, and those of them without any recorded tie."""

    alike: int
    untied: int
    a: str
    b: str
    overlap: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Actors inside the region whose seat is evidenced, and those without a field."""

    actors: int
    seated: int
    without_field: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All facts; ``None`` where there is nothing to say. ``kind`` is what the units are."""

    kind: str
    specialised: Specialised | None
    spread: Spread | None
    tied: Tied | None
    poles: Poles | None
    parallel: Parallel | None
    evidence: Evidence | None


def summary(atlas: Atlas, selection: Selection) -> Summary:
    """The region's facts under the filters, at the level of units."""
    return kept(atlas, "summary", filters_of(selection), lambda: _summary(atlas, selection))


def _summary(atlas: Atlas, selection: Selection) -> Summary:
    asked = replace(selection, unit="unit")
    view = region_map(atlas, asked)
    return Summary(
        kind=view.units.kind,
        specialised=_specialised(atlas, asked),
        spread=_spread(atlas, asked),
        tied=_tied(atlas, asked),
        poles=_poles(atlas, asked),
        parallel=_parallel(atlas, asked),
        evidence=_evidence(atlas, asked),
    )


def _specialised(atlas: Atlas, selection: Selection) -> Specialised | None:
    cells = field_matrix(atlas, replace(selection, sort="size"))
    names = dict(zip(cells.units, cells.names, strict=True))
    found = [cell for cell in cells.cells if cell.state in {Support.SUPPORTED, Support.TOO_FEW_ACTORS}]
    if not found:
        return None
    supported = [
        (field, tuple(names[cell.unit] for cell in found if cell.field == field and cell.state == Support.SUPPORTED))
        for field in cells.fields
    ]
    return Specialised(
        tuple((field, places) for field, places in supported if places),
        len(found),
        sum(len(places) for _, places in supported),
    )


def _spread(atlas: Atlas, selection: Selection) -> Spread | None:
    view = field_maps(atlas, selection)
    known = [one for one in view.fields if one.actors >= MIN_ACTORS]
    if len(known) < 2 or len(view.units) < 3:
        return None
    ranked = sorted(known, key=lambda one: -one.effective_units)
    first, last = ranked[0], ranked[-1]
    return Spread(first.field_id, first.effective_units, last.field_id, last.effective_units, len(view.units))


def _tied(atlas: Atlas, selection: Selection) -> Tied | None:
    view = region_map(atlas, selection)
    if not view.flows:
        return None
    name = dict(zip(view.units.ids, view.units.names, strict=True))
    first = view.flows[0]
    return Tied(view.pairs, view.intercity_pairs / view.pairs, name[first.source], name[first.target], first.pairs)


def _poles(atlas: Atlas, selection: Selection) -> Poles | None:
    finding = poleindices.found(atlas, selection)
    # the panel of the page on polycentricity reads more, and that takes longer
    table = finding.frame("panel").set_index(["basis", "index"])["value"]
    centres = float(table.get(("actors", "effective_centres"), float("nan")))
    if finding.n < 3 or not np.isfinite(centres):
        return None
    return Poles(centres, finding.n, float(table["both", "p"]), float(table["both", "freeman"]))


def _parallel(atlas: Atlas, selection: Selection) -> Parallel | None:
    """As alike as the median of all pairs or more, and neither a recorded tie nor a joint project."""
    at, level = base(atlas, selection).material, fitting(atlas, selection)
    counts = at.counts(level)
    counts = counts[counts.sum(axis=1) >= MIN_ACTORS]
    if len(counts) < 3:
        return None
    alike = profile_overlap(counts).to_numpy()
    ties = layers(at, level)["both"].loc[counts.index, counts.index].to_numpy()
    i, j = np.triu_indices(len(counts), k=1)
    high = alike[i, j] >= np.median(alike[i, j])
    untied = np.flatnonzero(high & (ties[i, j] == 0))
    if len(untied) == 0:
        return Parallel(int(high.sum()), 0, "", "", float("nan"))
    best = untied[int(np.argmax(alike[i, j][untied]))]
    called = at.units(level).called
    pair = called[counts.index[i[best]]], called[counts.index[j[best]]]
    return Parallel(int(high.sum()), len(untied), *pair, float(alike[i, j][best]))


def _evidence(atlas: Atlas, selection: Selection) -> Evidence | None:
    view = unit_figures(atlas, selection)
    actors = int(view.actors.sum())
    if not actors:
        return None
    seated = int(np.nansum(view.actors * np.nan_to_num(view.evidence)).round())
    mask = actor_mask(atlas, selection) & (view.units.of_actor >= 0)
    bare = np.asarray(atlas.fields_of_actors.csr.sum(axis=1)).ravel() == 0
    return Evidence(actors, seated, int((mask & bare).sum()))
