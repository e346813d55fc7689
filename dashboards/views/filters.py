"""Which actors and ties a selection leaves.

AND between kinds of filters, OR within one. An actor with several fields passes if one matches. A tie stays if
its kind passes and both ends do. :data:`NOT_STATED` stands for "no value" in every kind, so that gaps stay visible.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from dashboards.state import NOT_STATED
from dashboards.views.part import part
from dashboards.views.shelf import kept
from ecosystem import confidence
from ecosystem.affiliations import binary
from ecosystem.projections import CO_PARTICIPATION, co_participation, direct_ties

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from dashboards.state import Ids, Selection
    from ecosystem.affiliations import Matrix
    from ecosystem.atlas import Atlas
    from ecosystem.tables import Tables


@dataclass(frozen=True)
class Pairs:
    """Linked pairs of actors, each once: both ends (positions among the atlas's actors), recorded ties, joint projects.

    Sorted by their ends.
    """

    i: np.ndarray
    j: np.ndarray
    direct: np.ndarray
    joint: np.ndarray

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.i)

    def where(self, keep: np.ndarray) -> Pairs:
        """The pairs of a mask."""
        return Pairs(self.i[keep], self.j[keep], self.direct[keep], self.joint[keep])


@dataclass(frozen=True)
class Subset:
    """What is left: ``actors`` is a mask over the atlas's actors, ``linked`` their pairs.

    ``direct`` counts recorded ties, ``joint`` joint projects; both are symmetric and keep the atlas's shape.
    """

    actors: np.ndarray
    linked: Pairs

    @property
    def count(self) -> int:
        """Number of actors left."""
        return int(self.actors.sum())

    @property
    def pairs(self) -> int:
        """Number of linked pairs of actors."""
        return len(self.linked)

    @cached_property
    def direct(self) -> sparse.csr_array:
        """Actors × actors: recorded ties."""
        return self._symmetric(self.linked.direct)

    @cached_property
    def joint(self) -> sparse.csr_array:
        """Actors × actors: joint projects."""
        return self._symmetric(self.linked.joint)

    def _symmetric(self, weights: np.ndarray) -> sparse.csr_array:
        some = self.linked.where(weights > 0)
        ends = (np.concatenate([some.i, some.j]), np.concatenate([some.j, some.i]))
        values = np.tile(weights[weights > 0], 2)
        return sparse.csr_array(sparse.coo_array((values, ends), shape=(len(self.actors),) * 2))


def filters_of(selection: Selection) -> tuple[Hashable, ...]:
    """The filters of a selection, by which what is counted under them is kept."""
    undated = selection.undated or selection.years is None
    return (
        selection.fields, selection.sectors, selection.places, selection.clusters, selection.kinds,
        selection.years, undated, selection.confidence,
    )  # fmt: skip


def subset(atlas: Atlas, selection: Selection) -> Subset:
    """The actors and ties that pass every filter of the selection."""
    return kept(atlas, "subset", filters_of(selection), lambda: _subset(atlas, selection))


def _subset(atlas: Atlas, selection: Selection) -> Subset:
    mask, linked = actor_mask(atlas, selection), _pairs_of(atlas, selection)
    return Subset(mask, linked.where(mask[linked.i] & mask[linked.j]))


def _pairs_of(atlas: Atlas, selection: Selection) -> Pairs:
    """All pairs the filters on ties leave: multiplied once, so that a filter on actors costs a mask."""
    tables = part(atlas, selection)
    projects = selection.kinds is None or CO_PARTICIPATION in selection.kinds
    return kept(atlas, "pairs", (tables.digest, projects), lambda: _pairs(tables, projects=projects))


def _pairs(tables: Tables, *, projects: bool) -> Pairs:
    direct = direct_ties(tables).csr
    joint = co_participation(tables, "full").matrix.csr if projects else sparse.csr_array(direct.shape)
    both = sparse.triu(sparse.csr_array(binary(direct) + binary(joint)), k=1).tocoo()
    order = np.lexsort((both.col, both.row))
    i, j = both.row[order], both.col[order]
    if len(i) == 0:
        return Pairs(i, j, np.empty(0), np.empty(0))
    return Pairs(i, j, np.asarray(direct[i, j]).ravel(), np.asarray(joint[i, j]).ravel())


def positions(atlas: Atlas, actors: Iterable[str]) -> np.ndarray:
    """Positions of these actors among the atlas's, −1 for unknown ones."""
    return atlas.positions.index.get_indexer(pd.Index(list(actors), dtype=object))


def actor_mask(atlas: Atlas, selection: Selection) -> np.ndarray:
    """Boolean mask over the atlas's actors."""
    actors = atlas.tables.actors
    mask = in_fields(atlas.fields_of_actors, selection.fields)
    mask &= _among(actors["sector"], selection.sectors)
    mask &= _among(actors["place_id"], selection.places)
    mask &= _among(atlas.cluster_of_actors, selection.clusters)
    if selection.confidence:
        mask &= (confidence.of_actors(atlas.tables) >= selection.confidence).to_numpy()
    return mask


def _among(values: pd.Series, chosen: Ids | None) -> np.ndarray:
    if chosen is None:
        return np.ones(len(values), dtype=bool)
    wanted = {"" if name == NOT_STATED else name for name in chosen}
    return values.isin(wanted).to_numpy()


def in_fields(matrix: Matrix, chosen: Ids | None) -> np.ndarray:
    """Mask of the actors that work on at least one of the fields; :data:`NOT_STATED` takes those without any."""
    if chosen is None:
        return np.ones(len(matrix.rows), dtype=bool)
    wanted = [column for column, name in enumerate(matrix.columns) if name in chosen]
    mask = np.asarray(matrix.csr[:, wanted].sum(axis=1)).ravel() > 0
    return mask | (np.asarray(matrix.csr.sum(axis=1)).ravel() == 0) if NOT_STATED in chosen else mask


def joint_ties(tables: Tables, kinds: Ids | None) -> sparse.csr_array:
    """Joint projects of every pair of actors; none where kinds leave them out."""
    joint = co_participation(tables, "full").matrix.csr
    return joint if kinds is None or CO_PARTICIPATION in kinds else sparse.csr_array(joint.shape)


def linked_pairs(left: Subset) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Each linked pair once: both ends (positions among the atlas's actors), direct ties, joint projects."""
    linked = left.linked
    return linked.i, linked.j, linked.direct, linked.joint


@dataclass(frozen=True, slots=True)
class Culprit:
    """The filter whose lifting would bring back the most actors; no key where the region itself has no actor."""

    key: str
    actors: int


def culprit(atlas: Atlas, selection: Selection) -> Culprit | None:
    """Which single filter emptied the view; ``None`` where lifting one would not help."""
    if atlas.tables.actors.empty:
        return Culprit("", 0)
    lifted = {
        "f": replace(selection, fields=None) if selection.fields is not None else None,
        "s": replace(selection, sectors=None) if selection.sectors is not None else None,
        "r": replace(selection, places=None) if selection.places is not None else None,
        "cl": replace(selection, clusters=None) if selection.clusters is not None else None,
        "ev": replace(selection, confidence=0) if selection.confidence else None,
    }
    gains = [Culprit(key, int(actor_mask(atlas, one).sum())) for key, one in lifted.items() if one is not None]
    best = max(gains, key=lambda gain: gain.actors, default=None)
    return best if best is not None and best.actors > 0 else None
