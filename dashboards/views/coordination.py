"""Pairs of places: how alike their profiles are and how tied they are, in four quadrants.

A pair is *similar* where its overlap reaches the dividing line, and *tied* where it has more ties than the other line
says. Both lines are the medians of all pairs unless somebody moves them. The measure on ``/methode`` divides at
chance instead; what chance would give stands beside every pair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from dashboards.views.base import Base, base
from dashboards.views.shelf import kept
from dashboards.views.units import units
from ecosystem.projections import CO_PARTICIPATION
from ecosystem.subset import restricted

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from dashboards.state import Selection
    from dashboards.views.units import Units
    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level
    from ecosystem.findings.methods import Findings
    from ecosystem.tables import Tables

COORDINATED, PARALLEL, LINKED, UNLINKED = "similar-tied", "similar-untied", "different-tied", "different-untied"
QUADRANTS = (COORDINATED, PARALLEL, LINKED, UNLINKED)
MIN_ACTORS = 10
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two places; ``quadrant`` is empty and ``reason`` says why where no overlap is defined.

    ``n`` are memberships; ``expected`` are the ties chance would give, q how far the ties stand out from it; ``few``
    says that one of the places has fewer than :data:`MIN_ACTORS` memberships.
    """

    place: str
    partner: str
    name: str
    partner_name: str
    n: int
    n_partner: int
    overlap: float
    ties: int
    direct: int
    projects: int
    expected: float
    q: float
    few: bool
    quadrant: str
    reason: str

    @property
    def id(self) -> str:
        """How a link names the pair."""
        return f"{self.place}.{self.partner}"

    @property
    def short_of(self) -> float:
        """Ties that chance would give beyond those recorded."""
        return self.expected - self.ties


@dataclass(frozen=True)
class Pairs:
    """All pairs under the filters, the dividing lines and what they are by default."""

    rows: tuple[Pair, ...]
    split_x: float
    split_y: int
    median_x: float
    median_y: int
    level: str
    field: str
    places: int

    def within(self, quadrant: str) -> tuple[Pair, ...]:
        """The pairs of a quadrant: those that fall shortest of chance first, else the most tied."""
        chosen = [row for row in self.rows if row.quadrant == quadrant]
        untied = quadrant in {PARALLEL, UNLINKED}
        return tuple(sorted(chosen, key=lambda row: (-row.short_of if untied else -row.ties, row.few, row.id)))

    def pair(self, name: str) -> Pair | None:
        """The pair of this id, its places in either order."""
        swapped = ".".join(reversed(name.split(".")))
        return next((row for row in self.rows if row.id in {name, swapped}), None)

    @property
    def undefined(self) -> int:
        """How many pairs cannot be compared."""
        return sum(not row.quadrant for row in self.rows)


def field_of(atlas: Atlas, selection: Selection) -> str:
    """The one field the comparison is about, from its own control or a filter that leaves one; empty for all."""
    known = atlas.region.field_ids
    if selection.field in known:
        return selection.field
    return (
        selection.fields[0] if selection.fields and len(selection.fields) == 1 and selection.fields[0] in known else ""
    )


def calls(tables: Tables) -> tuple[tuple[str, int], ...]:
    """Calls for projects with their number of projects, the largest first."""
    counts = tables.projects.loc[tables.projects["call"] != "", "call"].value_counts()
    return tuple(sorted(((str(call), int(n)) for call, n in counts.items()), key=lambda one: (-one[1], one[0])))


def counted(atlas: Atlas, selection: Selection) -> Findings:
    """What is compared: the part of the region the filters leave; with a call its projects and who is in them."""
    of = base(atlas, selection)
    if not selection.call:
        return of
    return kept(atlas, "call", (of.tables.digest, selection.call), lambda: _of_call(atlas, of.tables, selection.call))


def _of_call(atlas: Atlas, tables: Tables, call: str) -> Base:
    projects = set(tables.projects.loc[tables.projects["call"] == call, "project_id"])
    shares = tables.participations
    actors = set(shares.loc[shares["project_id"].isin(projects), "actor_id"])
    return Base(restricted(tables, actors=actors, projects=projects), atlas.clusters)


def compared(atlas: Atlas, selection: Selection) -> Units:
    """The places compared; municipalities where the region has no districts."""
    return units(atlas, selection.unit)


def level_of(found: Units) -> Level:
    """What the measures call these places."""
    return "municipality" if found.kind == "municipality" else "district"


def layer_of(selection: Selection) -> str:
    """The layer of ties; joint projects go where the filter on kinds takes them out."""
    without = selection.kinds is not None and CO_PARTICIPATION not in selection.kinds
    return "direct" if without and selection.layer == "both" else selection.layer


def pairs(atlas: Atlas, selection: Selection) -> Pairs:
    """Every pair of places with its overlap, its ties and its quadrant."""
    found, field, of = compared(atlas, selection), field_of(atlas, selection), counted(atlas, selection)
    level = level_of(found)
    frame = kept(atlas, "pairs", (of.tables.digest, level, field), lambda: _measured(of, level, field))
    layers = {str(name): rows for name, rows in frame.groupby("layer", sort=False)}
    asked = layers.get(layer_of(selection), frame)
    ties = asked["ties"].to_numpy() if not _none_left(selection) else np.zeros(len(asked), dtype=int)
    shown = _shown(asked, found, selection)
    # the lines are those of all pairs: a filter on places chooses what is shown
    defined = asked["overlap"].notna().to_numpy()
    median_x = float(np.median(asked["overlap"][defined])) if defined.any() else float("nan")
    median_y = int(np.median(ties[defined])) if defined.any() else 0
    split_x = median_x if selection.split_x < 0 else selection.split_x / 100
    split_y = median_y if selection.split_y < 0 else selection.split_y
    rows = _rows(asked, layers, ties, dict(zip(found.ids, found.names, strict=True)), (split_x, split_y))
    kept_rows = tuple(row for row, keep in zip(rows, shown, strict=True) if keep)
    return Pairs(kept_rows, split_x, split_y, median_x, median_y, found.kind, field, len(found))


def _none_left(selection: Selection) -> bool:
    """Joint projects alone are asked for, and the filter on kinds takes them out."""
    return selection.layer == "projects" and selection.kinds is not None and CO_PARTICIPATION not in selection.kinds


def _measured(of: Findings, level: Level, field: str) -> pd.DataFrame:
    from ecosystem.findings import coordination  # noqa: PLC0415 -- an app starts without the measures

    return coordination.pairs(of.material, field or None, level=level, min_actors=MIN_ACTORS, draws=DRAWS)


def _shown(frame: pd.DataFrame, found: Units, selection: Selection) -> np.ndarray:
    """Pairs of which at least one place passes the filter on places."""
    if selection.places is None:
        return np.ones(len(frame), dtype=bool)
    left = {found.of_place.get(place) for place in selection.places}
    return (frame["place"].isin(left) | frame["partner"].isin(left)).to_numpy()


def _rows(
    frame: pd.DataFrame,
    layers: dict[str, pd.DataFrame],
    ties: np.ndarray,
    names: dict[str, str],
    split: tuple[float, int],
) -> list[Pair]:
    direct, projects = (layers[name]["ties"].tolist() if name in layers else [] for name in ("direct", "projects"))
    records = cast("list[dict[str, Any]]", frame.to_dict("records"))
    return [
        Pair(
            place=str(row["place"]),
            partner=str(row["partner"]),
            name=names[str(row["place"])],
            partner_name=names[str(row["partner"])],
            n=int(row["n"]),
            n_partner=int(row["n_partner"]),
            overlap=float(row["overlap"]),
            ties=int(tied),
            direct=int(direct[at]),
            projects=int(projects[at]),
            expected=float(row["expected"]),
            q=float(row["q"]),
            few=bool(row["few_actors"]),
            quadrant=quadrant(float(row["overlap"]), int(tied), *split),
            reason=str(row["reason"]),
        )
        for at, (row, tied) in enumerate(zip(records, ties, strict=True))
    ]


def quadrant(overlap: float, ties: int, split_x: float, split_y: int) -> str:
    """Where a pair lies; empty without an overlap.

    >>> quadrant(0.6, 0, 0.5, 0), quadrant(0.6, 1, 0.5, 0), quadrant(float("nan"), 1, 0.5, 0)
    ('similar-untied', 'similar-tied', '')
    """
    if np.isnan(overlap) or np.isnan(split_x):
        return ""
    # the median is one of the overlaps, but for the last digit
    return f"{'similar' if overlap >= split_x - 1e-12 else 'different'}-{'tied' if ties > split_y else 'untied'}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pairs lie in a quadrant in a field (empty: all fields), and how many of them rest on few actors."""

    field: str
    quadrant: str
    pairs: int
    few: int


def tallies(atlas: Atlas, selection: Selection) -> tuple[Tally, ...]:
    """The quadrants overall and field by field, each with its own medians, without chance."""
    of, level = counted(atlas, selection), level_of(compared(atlas, selection))
    key = (of.tables.digest, level, layer_of(selection), _none_left(selection))
    return kept(atlas, "tallies", key, lambda: _tallied(of, level, layer_of(selection), atlas.region.field_ids))


def _tallied(of: Findings, level: Level, layer: str, fields: Sequence[str]) -> tuple[Tally, ...]:
    from ecosystem.findings.ties import layers  # noqa: PLC0415 -- an app starts without the measures
    from ecosystem.measures.coordination import field_overlap, profile_overlap  # noqa: PLC0415 -- same

    counts = of.material.counts(level)
    i, j = np.triu_indices(len(counts), k=1)
    few = np.minimum(counts.sum(axis=1).to_numpy()[i], counts.sum(axis=1).to_numpy()[j]) < MIN_ACTORS
    rows = []
    for field in ("", *fields):
        alike = profile_overlap(counts) if not field else field_overlap(counts, field).replace(0.0, np.nan)
        overlap = alike.to_numpy()[i, j]
        ties = layers(of.material, level, field or None)[cast("Any", layer)].to_numpy()[i, j]
        defined = ~np.isnan(overlap)
        lines = (float(np.median(overlap[defined])), int(np.median(ties[defined]))) if defined.any() else (np.nan, 0)
        lying = np.array([quadrant(x, int(y), *lines) for x, y in zip(overlap, ties, strict=True)], dtype=object)
        rows += [
            Tally(field, name, int((lying == name).sum()), int(((lying == name) & few).sum())) for name in QUADRANTS
        ]
    return tuple(rows)
