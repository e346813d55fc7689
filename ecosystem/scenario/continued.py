"""The atlas of a scenario: new tables on the old positions, with clusters continued from the known ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem import clusters, layout, projections
from ecosystem.affiliations import actor_index
from ecosystem.atlas import POSITION_COLUMNS, Atlas
from ecosystem.measures.continued import continued
from ecosystem.scenario.steps import apply

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ecosystem.affiliations import Matrix
    from ecosystem.scenario.record import Step
    from ecosystem.tables import Tables

NEAR = 1.5
"""How far, in kilometres of the canvas, a new actor stands from the middle of its partners."""


def what_if(atlas: Atlas, steps: Sequence[Step]) -> Atlas:
    """The atlas after the steps; the same atlas where they change nothing.

    Actors keep their positions, so that before and after can be laid over each other; a new one stands beside its
    partners on the network and at its city on the map. Clusters follow from the known ones
    (:func:`ecosystem.measures.continued.continued`): what differs is the scenario's doing and not another search's.

    Raises:
        ScenarioError: a step does not fit.
    """
    return continue_on(atlas, apply(atlas.tables, steps))


def continue_on(atlas: Atlas, tables: Tables) -> Atlas:
    """The atlas of tables that steps have made of those of ``atlas``, see :func:`what_if`."""
    if tables is atlas.tables:
        return atlas
    options = atlas.clusters.options
    ties = projections.actor_ties(tables, direct=options.direct_weight, projects=options.project_weight)
    changed = _changed(atlas, ties)
    first, second = (
        continued(ties.csr, ties.rows, known, changed) for known in (atlas.clusters.partition, atlas.clusters.second)
    )
    return Atlas(tables, clusters.describe(tables, first, second, options), _positions(atlas, tables, ties))


def _changed(atlas: Atlas, ties: Matrix) -> list[str]:
    """Actors whose ties are not what they were, those that are new among them."""
    at = pd.Index(atlas.ties.rows).get_indexer(ties.rows)
    there = np.flatnonzero(at >= 0)
    kept = sparse.csr_array((np.ones(len(there)), (there, at[there])), shape=(len(ties.rows), len(atlas.ties.rows)))
    before = sparse.csr_array(kept @ atlas.ties.csr @ kept.T)
    # an actor that lost a partner has less than before, though nothing differs among those that stayed
    lost = np.asarray((kept @ atlas.ties.csr).sum(axis=1)).ravel() - np.asarray(before.sum(axis=1)).ravel()
    differs = np.asarray(abs(ties.csr - before).sum(axis=1)).ravel() + np.abs(lost)
    return [str(actor) for actor in ties.rows[(differs > 1e-12) | (at < 0)]]


def _positions(atlas: Atlas, tables: Tables, ties: Matrix) -> pd.DataFrame:
    actors = actor_index(tables)
    on_map = layout.map_positions(tables, ties.csr)
    known = atlas.positions.reindex(actors)
    found = known.to_numpy(copy=True)
    moved = _moved(atlas, tables, actors)
    new = np.isnan(found[:, 0])
    found[new | moved, :2] = on_map[new | moved]
    for row in np.flatnonzero(new):
        found[row, 2:] = _beside(ties, found, int(row), on_map[row])
    return pd.DataFrame(found.round(4), index=actors, columns=list(POSITION_COLUMNS))


def _moved(atlas: Atlas, tables: Tables, actors: pd.Index) -> np.ndarray:
    before = atlas.tables.actors.set_index("actor_id")["place_id"].reindex(actors)
    after = tables.actors.set_index("actor_id")["place_id"].reindex(actors)
    return np.asarray(before.notna() & (before != after))


def _beside(ties: Matrix, found: np.ndarray, row: int, otherwise: np.ndarray) -> np.ndarray:
    """The middle of the partners that have a position, a little aside; without any the place on the map."""
    partners = ties.csr.indices[ties.csr.indptr[row] : ties.csr.indptr[row + 1]]
    standing = partners[~np.isnan(found[partners, 2])]
    if len(standing) == 0:
        return otherwise
    angle = row * layout.GOLDEN_ANGLE
    return np.asarray(found[standing, 2:].mean(axis=0) + NEAR * np.array([np.cos(angle), np.sin(angle)]))
