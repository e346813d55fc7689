"""What every option of the filters would leave.

An option is counted under the filters of all other kinds: within one kind options add up (OR), so a kind's own
ticks do not change its counts. Fields, sectors, places, clusters and levels of confidence count actors; kinds of
ties count recorded ties and jointly working pairs whose ends are both left; years count ties and projects.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dashboards.state import NOT_STATED
from dashboards.views.filters import actor_mask, filters_of, joint_ties
from dashboards.views.part import part
from dashboards.views.shelf import kept
from ecosystem import confidence
from ecosystem.affiliations import actor_projects
from ecosystem.model import Relation
from ecosystem.projections import CO_PARTICIPATION

if TYPE_CHECKING:
    from dashboards.state import Selection, Years
    from ecosystem.atlas import Atlas
    from ecosystem.tables import Tables


@dataclass(frozen=True)
class FilterCounts:
    """Records each option would leave, by its id; :data:`NOT_STATED` for those without a value.

    ``confidence`` is by least level 0 … 3. ``years`` are ties and projects by year over the whole span of the data,
    ``undated`` those without a year.
    """

    fields: dict[str, int]
    sectors: dict[str, int]
    places: dict[str, int]
    clusters: dict[str, int]
    kinds: dict[str, int]
    confidence: tuple[int, int, int, int]
    years: dict[int, int]
    undated: int


def filter_counts(atlas: Atlas, selection: Selection) -> FilterCounts:
    """The counts under a selection; kept for the next who asks."""
    return kept(atlas, "filtercounts", filters_of(selection), lambda: _counts(atlas, selection))


def span(atlas: Atlas) -> Years | None:
    """First and last year of dated ties and projects; ``None`` where fewer than two years are told."""
    known = kept(atlas, "span", "", lambda: _known_years(atlas.tables))
    return known if known is not None and known[0] < known[1] else None


def _known_years(tables: Tables) -> Years | None:
    years = pd.concat([tables.ties["since_year"], tables.projects["year"]]).dropna()
    return (int(years.min()), int(years.max())) if len(years) else None


def _counts(atlas: Atlas, selection: Selection) -> FilterCounts:
    actors = atlas.tables.actors
    any_field = actor_mask(atlas, replace(selection, fields=None))
    any_confidence = actor_mask(atlas, replace(selection, confidence=0))
    level = confidence.of_actors(atlas.tables).to_numpy()[any_confidence]
    years, undated = _years(atlas, selection)
    return FilterCounts(
        fields=_fields(atlas, any_field),
        sectors=_by(actors["sector"], actor_mask(atlas, replace(selection, sectors=None))),
        places=_by(actors["place_id"], actor_mask(atlas, replace(selection, places=None))),
        clusters=_by(atlas.cluster_of_actors, actor_mask(atlas, replace(selection, clusters=None))),
        kinds=_kinds(atlas, selection),
        confidence=tuple(int((level >= least).sum()) for least in confidence.LEVELS),  # type: ignore[arg-type]
        years=years,
        undated=undated,
    )


def _fields(atlas: Atlas, mask: np.ndarray) -> dict[str, int]:
    matrix = atlas.fields_of_actors
    held = mask.astype(float) @ (matrix.csr > 0)
    without = int((mask & (np.diff(matrix.csr.indptr) == 0)).sum())
    return {str(name): round(count) for name, count in zip(matrix.columns, held, strict=True)} | {NOT_STATED: without}


def _by(values: pd.Series, mask: np.ndarray) -> dict[str, int]:
    counted = values[mask].value_counts()
    return {str(value) or NOT_STATED: int(count) for value, count in counted.items()}


def _kinds(atlas: Atlas, selection: Selection) -> dict[str, int]:
    free = replace(selection, kinds=None)
    mask, tables = actor_mask(atlas, selection), part(atlas, free)
    left = set(atlas.positions.index[mask])
    counted = tables.ties.loc[_both(tables.ties, left), "relation"].value_counts()
    joint = joint_ties(tables, None)
    pairs = mask.astype(float) @ (joint > 0) @ mask.astype(float)
    told = {relation.value: int(counted.get(relation.value, 0)) for relation in Relation}
    return told | {CO_PARTICIPATION: round(float(pairs)) // 2}


def _both(ties: pd.DataFrame, left: set[str]) -> pd.Series:
    return ties["source_actor_id"].isin(left) & ties["target_actor_id"].isin(left)


def _years(atlas: Atlas, selection: Selection) -> tuple[dict[int, int], int]:
    mask, tables = actor_mask(atlas, selection), part(atlas, replace(selection, years=None))
    ties = tables.ties.loc[_both(tables.ties, set(atlas.positions.index[mask])), "since_year"]
    if selection.kinds is not None and CO_PARTICIPATION not in selection.kinds:
        dated = ties
    else:
        taking_part = mask.astype(float) @ actor_projects(tables).csr > 0
        projects = tables.projects.set_index("project_id")["year"]
        dated = pd.concat([ties, projects.reindex(actor_projects(tables).columns[taking_part])])
    counted = dated.dropna().astype(int).value_counts()
    whole = span(atlas)
    range_ = range(whole[0], whole[1] + 1) if whole else ()
    return {year: int(counted.get(year, 0)) for year in range_}, int(dated.isna().sum())
