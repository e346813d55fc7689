"""Who is tied to whom: layers of ties between actors, and the same ties between places.

Conventions: layers are symmetric with a zero diagonal, a direction is dropped; the order of actors is that of
``affiliations.actor_index``. **Co-participation** links actors with a joint project. *Full* counting gives each
pair the number of joint projects; *Newman* weighting gives each project's pairs 1/(k−1), k its participants, so
that an actor's weights from one project add up to 1 (Newman, 2001, doi 10.1103/PhysRevE.64.016132).
Projects with more than ``max_partners`` participants are left out and named: they would dominate both the time
and the meaning. **Direct ties** count the recorded ties of a relation between two actors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.affiliations import Matrix, actor_index, actor_places, actor_projects, labelled
from ecosystem.model import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ecosystem.tables import Tables

Weighting = Literal["newman", "full"]
CO_PARTICIPATION = "co_participation"
MAX_PARTNERS = 200


@dataclass(frozen=True)
class CoParticipation:
    """Actors × actors through joint projects; ``skipped`` names the projects above ``max_partners``."""

    matrix: Matrix
    weighting: Weighting
    max_partners: int
    skipped: tuple[str, ...]


def co_participation(
    tables: Tables, weighting: Weighting = "newman", max_partners: int = MAX_PARTNERS
) -> CoParticipation:
    """Actor–actor ties through joint projects.

    Returns a symmetric matrix, unit joint projects (``full``, ≥ 1 where stored) or Newman weight (``newman``,
    0 < w; a pair alone in one project has 1). Actors without a joint project have an empty row.
    """
    return co_membership(actor_projects(tables), weighting, max_partners)


def co_membership(matrix: Matrix, weighting: Weighting = "newman", max_partners: int = MAX_PARTNERS) -> CoParticipation:
    """The same from any 0/1 matrix of members × groups: ties between the members.

    >>> two_teams = sparse.csr_array([[1.0, 0.0], [1.0, 1.0], [1.0, 1.0]])
    >>> people = Matrix(two_teams, pd.Index(["a", "b", "c"]), pd.Index(["one", "two"]))
    >>> co_membership(people).matrix.csr.toarray().tolist()
    [[0.0, 0.5, 0.5], [0.5, 0.0, 1.5], [0.5, 1.5, 0.0]]
    """
    weights, skipped = _project_weights(matrix, weighting, max_partners)
    pairs = sparse.csr_array(matrix.csr @ sparse.diags_array(weights) @ matrix.csr.T)
    return CoParticipation(_symmetric(pairs, matrix.rows), weighting, max_partners, skipped)


def _project_weights(matrix: Matrix, weighting: Weighting, limit: int) -> tuple[np.ndarray, tuple[str, ...]]:
    partners = np.asarray(matrix.csr.sum(axis=0)).ravel()
    usable = (partners >= 2) & (partners <= limit)
    weights = usable.astype(float)
    if weighting == "newman":
        weights[usable] = 1 / (partners[usable] - 1)
    return weights, tuple(matrix.columns[partners > limit])


def direct_ties(tables: Tables, relations: Iterable[str] | None = None) -> Matrix:
    """Actors × actors: number of recorded ties of the given relations (all by default), directions dropped."""
    chosen = [relation.value for relation in Relation] if relations is None else list(relations)
    ties = tables.ties[tables.ties["relation"].isin(chosen)]
    actors = actor_index(tables)
    one_way = labelled(ties["source_actor_id"], ties["target_actor_id"], None, actors, actors).csr
    return _symmetric(sparse.csr_array(one_way + one_way.T), actors)


def _symmetric(values: sparse.csr_array, labels: pd.Index) -> Matrix:
    """``values`` without their diagonal, in their place: a copy of millions of ties takes as long as making them."""
    row = np.repeat(np.arange(len(labels), dtype=values.indices.dtype), np.diff(values.indptr))
    values.data[values.indices == row] = 0.0
    values.eliminate_zeros()
    values.sort_indices()
    return Matrix(values, labels, labels)


def actor_ties(tables: Tables, *, direct: float = 1.0, projects: float = 1.0) -> Matrix:
    """Direct ties and Newman-weighted co-participation added with the weights of the two layers."""
    ties, joint = direct_ties(tables), co_participation(tables).matrix
    return _symmetric(sparse.csr_array(direct * ties.csr + projects * joint.csr), ties.rows)


def between_groups(ties: Matrix, groups: Matrix) -> pd.DataFrame:
    """Ties summed over the groups of both ends: symmetric, each tie once.

    Off the diagonal the weight of ties between two groups, on the diagonal the weight inside one.
    """
    sums = sparse.csr_array(groups.csr.T @ ties.csr @ groups.csr).toarray()
    # sums in another order differ in the last digit
    both = (sums + sums.T) / 2
    np.fill_diagonal(both, np.diag(both) / 2)
    return pd.DataFrame(both, index=groups.columns, columns=groups.columns)


def place_ties(tables: Tables, *, direct: float = 1.0, projects: float = 1.0) -> pd.DataFrame:
    """Places × places: ties between their actors; the diagonal holds ties inside a place, each tie once."""
    return between_groups(actor_ties(tables, direct=direct, projects=projects), actor_places(tables))
