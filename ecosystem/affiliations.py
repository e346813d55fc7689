"""Who belongs where: actors × places, sectors, fields and projects as sparse matrices straight from the tables.

Conventions that make the numbers true:

* **Stated before derived.** An actor works on the fields stated for it. Only an actor without a stated field
  inherits the fields of its projects: each project spreads a weight of 1 evenly over its fields, and the sum
  is scaled to 1 per actor. An actor with neither works on no field and counts in none.
* **Fractional counting** (default): an actor has a weight of 1, spread over its fields, so that the
  fields add up to actors. **Full counting**: every field of an actor counts 1, so that they add up to
  memberships.
* An actor takes part in a project once, however many units or rows it has there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.model import Sector
from ecosystem.tables import split

if TYPE_CHECKING:
    from ecosystem.tables import Tables

Counting = Literal["fractional", "full"]


@dataclass(frozen=True)
class Matrix:
    """A sparse matrix with the labels of its rows and columns; values are float64."""

    csr: sparse.csr_array
    rows: pd.Index
    columns: pd.Index

    def frame(self) -> pd.DataFrame:
        """The same numbers as a dense frame; meant for places × fields, not for actors × actors."""
        return pd.DataFrame(self.csr.toarray(), index=self.rows, columns=self.columns)


def actor_index(tables: Tables) -> pd.Index:
    """Ids of all actors in the order every matrix here uses (sorted)."""
    ids: pd.Index = pd.Index(tables.actors["actor_id"], name="actor_id")
    return ids


def labelled(
    row_labels: pd.Series, column_labels: pd.Series, weights: np.ndarray | None, rows: pd.Index, columns: pd.Index
) -> Matrix:
    """A matrix from long data; pairs that occur twice are added, labels outside ``rows`` or ``columns`` left out."""
    # 32 bits number two billion actors, and halve what products of these matrices have to move
    i, j = (
        index.get_indexer(pd.Index(labels)).astype(np.int32)
        for index, labels in ((rows, row_labels), (columns, column_labels))
    )
    data = np.ones(len(i)) if weights is None else np.asarray(weights, dtype=float)
    known = (i >= 0) & (j >= 0)
    shape = (len(rows), len(columns))
    coo = sparse.coo_array((data[known], (i[known], j[known])), shape=shape)
    values = sparse.csr_array(coo)
    values.sort_indices()
    return Matrix(values, rows, columns)


def actor_places(tables: Tables) -> Matrix:
    """Actors × places: 1 where the actor is located."""
    places = pd.Index(tables.places["place_id"], name="place_id")
    return labelled(tables.actors["actor_id"], tables.actors["place_id"], None, actor_index(tables), places)


def actor_sectors(tables: Tables) -> Matrix:
    """Actors × the five sectors, in the model's order: 1 where the actor belongs."""
    sectors = pd.Index([sector.value for sector in Sector], name="sector")
    return labelled(tables.actors["actor_id"], tables.actors["sector"], None, actor_index(tables), sectors)


def actor_projects(tables: Tables) -> Matrix:
    """Actors × projects: 1 where the actor takes part, whatever its number of units or instalments."""
    projects = pd.Index(tables.projects["project_id"], name="project_id")
    rows = tables.participations
    matrix = labelled(rows["actor_id"], rows["project_id"], None, actor_index(tables), projects)
    return Matrix(binary(matrix.csr), matrix.rows, matrix.columns)


def binary(values: sparse.csr_array) -> sparse.csr_array:
    """The same pattern with every stored value 1."""
    return sparse.csr_array((np.ones(values.nnz), values.indices, values.indptr), shape=values.shape)


def stated_fields(tables: Tables) -> Matrix:
    """Actors × fields: 1 where a source states that the actor works on the field."""
    fields = pd.Index(tables.region.field_ids, name="field_id")
    rows = tables.actor_fields
    matrix = labelled(rows["actor_id"], rows["field_id"], None, actor_index(tables), fields)
    return Matrix(binary(matrix.csr), matrix.rows, matrix.columns)


def project_fields(tables: Tables) -> Matrix:
    """Projects × fields: a project's weight of 1 spread evenly over its fields; an empty row where it has none."""
    fields = pd.Index(tables.region.field_ids, name="field_id")
    projects = pd.Index(tables.projects["project_id"], name="project_id")
    lists = [split(value) for value in tables.projects["fields"]]
    repeated = pd.Series(np.repeat(np.asarray(projects, dtype=object), [len(names) for names in lists]), dtype=object)
    flat = pd.Series([name for names in lists for name in names], dtype=object)
    weights = np.array([1 / len(names) for names in lists for _ in names])
    return labelled(repeated, flat, weights, projects, fields)


def derived_fields(tables: Tables) -> Matrix:
    """Actors × fields reached through projects: the sum of :func:`project_fields` over an actor's projects.

    Unit: projects (fractional). Given for every actor, whether or not it also has stated fields; what counts
    is decided in :func:`actor_fields`.
    """
    through, of = actor_projects(tables), project_fields(tables)
    values = sparse.csr_array(through.csr @ of.csr)
    values.sort_indices()
    return Matrix(values, through.rows, of.columns)


def actor_fields(tables: Tables, counting: Counting = "fractional") -> Matrix:
    """Actors × fields with the weight each actor brings to each field.

    Rows sum to 1 (``fractional``) or to the actor's number of fields (``full``); a row is empty where
    neither a source nor a project tells a field.
    """
    stated, derived = stated_fields(tables), derived_fields(tables)
    silent = np.asarray(stated.csr.sum(axis=1)).ravel() == 0
    inherited = sparse.csr_array(sparse.diags_array(silent.astype(float)) @ derived.csr)
    values = sparse.csr_array(stated.csr + inherited)
    values.eliminate_zeros()
    values.sort_indices()
    values = _rows_to_one(values) if counting == "fractional" else binary(values)
    return Matrix(values, stated.rows, stated.columns)


def _rows_to_one(values: sparse.csr_array) -> sparse.csr_array:
    totals = np.asarray(values.sum(axis=1)).ravel()
    factors = np.divide(1.0, totals, out=np.zeros_like(totals), where=totals > 0)
    return sparse.csr_array(sparse.diags_array(factors) @ values)


def group_by_field(groups: Matrix, fields: Matrix) -> pd.DataFrame:
    """Groups × fields: the weights of :func:`actor_fields` summed over the actors of each group."""
    values = sparse.csr_array(groups.csr.T @ fields.csr)
    return pd.DataFrame(values.toarray(), index=groups.columns, columns=fields.columns)


def place_field(tables: Tables, counting: Counting = "fractional") -> pd.DataFrame:
    """Places × fields, actors (``fractional``) or memberships (``full``); a place without any is a row of zeros."""
    return group_by_field(actor_places(tables), actor_fields(tables, counting))


def sector_field(tables: Tables, counting: Counting = "fractional") -> pd.DataFrame:
    """The five sectors × fields, actors (``fractional``) or memberships (``full``)."""
    return group_by_field(actor_sectors(tables), actor_fields(tables, counting))
