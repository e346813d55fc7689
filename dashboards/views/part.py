"""The region's tables with the ties and projects that the filters on kind, year and confidence leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.views.shelf import kept
from ecosystem import confidence
from ecosystem.projections import CO_PARTICIPATION
from ecosystem.subset import restricted

if TYPE_CHECKING:
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas
    from ecosystem.tables import Tables


def part(atlas: Atlas, selection: Selection) -> Tables:
    """The tables after those filters; all actors stay. Joint projects are taken out by kind where ties are counted."""
    if selection.kinds is None and selection.years is None and selection.confidence == 0:
        return atlas.tables
    undated = selection.undated if selection.years is not None else True
    key = (selection.kinds, selection.years, undated, selection.confidence)
    return kept(atlas, "part", key, lambda: _part(atlas, selection))


def _part(atlas: Atlas, selection: Selection) -> Tables:
    ties = None
    if selection.confidence:
        strong = confidence.of_ties(atlas.tables) >= selection.confidence
        ties = set(atlas.tables.ties.loc[strong, "tie_id"])
    relations = None if selection.kinds is None else set(selection.kinds) - {CO_PARTICIPATION}
    return restricted(atlas.tables, ties=ties, relations=relations, years=selection.years, undated=selection.undated)
