"""Checks at the border of every measure: what passes here never raises inside numpy and never warns.

Counts are places × fields, incidences actors × anything, ties and flows cities × cities. Every function returns a
new float64 object with the labels it was given; the caller's object stays as it is.
"""

from __future__ import annotations

from numbers import Integral, Real
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix, csr_array

from ecosystem.errors import MeasureError

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

LARGEST = 2.0**53
"""Above this, float64 no longer tells neighbouring whole numbers apart."""
SYMMETRY_TOLERANCE = 1e-12


def counts_frame(counts: pd.DataFrame, *, name: str = "counts", whole: bool = False) -> pd.DataFrame:
    """A table of finite numbers >= 0 with unique labels, as float64.

    Args:
        counts: places × fields (or any other table of amounts).
        name: what the caller calls the table; opens every message.
        whole: also ask for whole numbers, as p-values of counts need them.

    Raises:
        MeasureError: no DataFrame, repeated or missing labels, or a cell that is no finite number >= 0.

    >>> counts_frame(pd.DataFrame({"F1": [2, -1]}, index=["C1", "C2"]))
    Traceback (most recent call last):
    ecosystem.errors.MeasureError: counts: row 'C2', column 'F1' is -1; numbers have to be 0 or more. Correct it.
    """
    frame = _numbers(counts, name)
    values = frame.to_numpy()
    _refuse(frame, values < 0, name, "numbers have to be 0 or more. Correct it")
    _refuse(frame, values > LARGEST, name, "larger than a table of counts can hold exactly. Use a larger unit")
    if whole:
        _refuse(frame, values != np.floor(values), name, "this measure counts and needs whole numbers")
    return frame


def scores_frame(scores: pd.DataFrame, *, name: str = "lq") -> pd.DataFrame:
    """A table of results: numbers >= 0 with unique labels, NaN where undefined, as float64.

    Raises:
        MeasureError: no DataFrame, repeated or missing labels, or a cell that is text, infinite or negative.
    """
    frame = _numbers(scores, name, missing=True)
    values = frame.to_numpy()
    _refuse(frame, values < 0, name, "numbers have to be 0 or more. Correct it")
    return frame


def incidence_frame(incidence: pd.DataFrame, *, name: str = "incidence") -> pd.DataFrame:
    """A table of 0 and 1 (or False and True) with unique labels, as float64.

    Raises:
        MeasureError: as ``counts_frame``, or a cell that is neither 0 nor 1.

    >>> incidence_frame(pd.DataFrame({"F1": [True, False]}, index=["A1", "A2"]))["F1"].tolist()
    [1.0, 0.0]
    """
    frame = _numbers(incidence, name)
    values = frame.to_numpy()
    _refuse(frame, (values != 0) & (values != 1), name, "only 0 and 1 are allowed. For counts write (counts > 0)")
    return frame


def incidence_matrix(incidence: pd.DataFrame, *, name: str = "incidence") -> csr_array[np.float64]:
    """The same table as a sparse matrix; frames of pandas' sparse type are never made dense.

    Raises:
        MeasureError: as ``incidence_frame``.

    >>> incidence_matrix(pd.DataFrame({"F1": [1, 0], "F2": [1, 1]})).nnz
    3
    """
    sparse = isinstance(incidence, pd.DataFrame) and incidence.shape[1] > 0
    if not sparse or not all(isinstance(kind, pd.SparseDtype) for kind in incidence.dtypes):
        return _compressed(incidence_frame(incidence, name=name).to_numpy())
    _unique(incidence.index, name, "row")
    _unique(incidence.columns, name, "column")
    # pandas' stubs do not know to_coo
    entries: coo_matrix[np.float64] = incidence.sparse.to_coo()  # type: ignore[attr-defined]
    bad = (entries.data != 0) & (entries.data != 1)
    if bad.any():
        row, column = (incidence.axes[axis][entries.coords[axis][bad][0]] for axis in (0, 1))
        raise MeasureError(
            f"{name}: row {row!r}, column {column!r} is {entries.data[bad][0]:.15g}; only 0 and 1 are allowed."
        )
    matrix: csr_array[np.float64] = csr_array(entries).astype(np.float64)
    matrix.eliminate_zeros()
    return matrix


def _compressed(values: NDArray[np.float64]) -> csr_array[np.float64]:
    """The non-zero cells; several times quicker than scipy, which looks for them in two dimensions."""
    held = values != 0
    cells = np.flatnonzero(held)
    bounds = np.concatenate([[0], np.cumsum(held.sum(axis=1))])
    return csr_array((values[held], cells % max(values.shape[1], 1), bounds), shape=values.shape)


def flows_frame(flows: pd.DataFrame, *, name: str = "flows") -> pd.DataFrame:
    """A square table of amounts >= 0, the same labels in the same order on both axes; the diagonal is kept.

    Raises:
        MeasureError: as ``counts_frame``, or rows and columns that are labelled differently.
    """
    frame = counts_frame(flows, name=name)
    same_labels(frame.index, frame.columns, f"{name} rows", f"{name} columns")
    return frame


def ties_frame(ties: pd.DataFrame, *, name: str = "ties", keep_diagonal: bool = False) -> pd.DataFrame:
    """A symmetric table of amounts >= 0; the diagonal is set to 0 unless it is asked for.

    Raises:
        MeasureError: as ``flows_frame``, or two halves that differ by more than 1e-12 of the larger value.

    >>> ties_frame(pd.DataFrame([[9, 1], [1, 9]])).to_numpy().tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    frame = flows_frame(ties, name=name)
    values = frame.to_numpy().copy()
    slack = SYMMETRY_TOLERANCE * np.maximum(1.0, np.maximum(values, values.T))
    _refuse(
        frame,
        np.abs(values - values.T) > slack,
        name,
        f"the opposite cell differs; ties have no direction. Use ({name} + {name}.T) / 2, or a measure of flows",
    )
    if not keep_diagonal:
        np.fill_diagonal(values, 0.0)
    return pd.DataFrame(values, index=frame.index, columns=frame.columns)


def amounts_series(amounts: pd.Series[float], *, name: str = "sizes") -> pd.Series[float]:
    """One finite number >= 0 for each of some unique labels, as float64.

    Raises:
        MeasureError: no Series, repeated or missing labels, or a value that is no finite number >= 0.
    """
    if not isinstance(amounts, pd.Series):
        raise MeasureError(f"{name}: expected a pandas Series, got {type(amounts).__name__}. Wrap it in pd.Series.")
    values = counts_frame(amounts.to_frame(name), name=name).to_numpy()[:, 0]
    return pd.Series(values, index=amounts.index, name=amounts.name)


def labels_series(labels: pd.Series[str], *, name: str = "groups") -> pd.Series[str]:
    """One label for each of some unique keys, none missing (a copy, type unchanged).

    Raises:
        MeasureError: no Series, repeated or missing keys, or a missing label.
    """
    if not isinstance(labels, pd.Series):
        raise MeasureError(f"{name}: expected a pandas Series, got {type(labels).__name__}. Wrap it in pd.Series.")
    _unique(labels.index, name, "row")
    if labels.isna().any():
        key = labels.index[labels.isna().to_numpy()][0]
        raise MeasureError(f"{name}: {key!r} has no label. Fill it in, or drop the row before measuring.")
    return labels.copy()


def required_columns(frame: pd.DataFrame, columns: Collection[str], *, name: str) -> None:
    """Ask that a long table has these columns, each without a missing value.

    Raises:
        MeasureError: no DataFrame, a column that is not there, or a missing value in one of them.
    """
    if not isinstance(frame, pd.DataFrame):
        raise MeasureError(f"{name}: expected a pandas DataFrame, got {type(frame).__name__}. Wrap it in pd.DataFrame.")
    for column in columns:
        if list(frame.columns).count(column) != 1:
            found = ", ".join(map(repr, frame.columns)) or "none"
            raise MeasureError(f"{name}: needs exactly one column {column!r}; columns are {found}. Rename one.")
        missing = frame[column].isna().to_numpy()
        if missing.any():
            row = frame.index[missing][0]
            raise MeasureError(f"{name}: row {row!r}, column {column!r} is empty. Fill it in or drop the row.")


def same_labels(left: pd.Index, right: pd.Index, left_name: str, right_name: str) -> None:
    """Ask for the same labels in the same order.

    Raises:
        MeasureError: names the first label that only one side has, or says that the order differs.
    """
    if left.equals(right):
        return
    for mine, other, here, there in ((left, right, left_name, right_name), (right, left, right_name, left_name)):
        lonely = mine.difference(other, sort=False)
        if len(lonely):
            raise MeasureError(
                f"{here}: label {lonely[0]!r} is not among the labels of {there}. Use the same labels for both."
            )
    raise MeasureError(f"{left_name} and {right_name}: same labels in another order. Use reindex to align them.")


def choice(value: str, allowed: Collection[str], *, name: str) -> str:
    """The value, when it is one of the variants there are.

    Raises:
        MeasureError: names the variants.

    >>> choice("pearson", ("cosine", "jaccard"), name="method")
    Traceback (most recent call last):
    ecosystem.errors.MeasureError: method: there is no 'pearson'. Choose one of cosine, jaccard.
    """
    if value not in allowed:
        raise MeasureError(f"{name}: there is no {value!r}. Choose one of {', '.join(allowed)}.")
    return value


def whole_number(value: int, *, name: str, at_least: int = 0) -> int:
    """The value as int, when it is a whole number of at least ``at_least``.

    Raises:
        MeasureError: anything else, a truth value included.
    """
    if isinstance(value, bool) or not isinstance(value, Integral) or value < at_least:
        raise MeasureError(f"{name}: expected a whole number of at least {at_least}, got {value!r}.")
    return int(value)


def proportion(value: float, *, name: str) -> float:
    """The value as float, when it lies strictly between 0 and 1.

    Raises:
        MeasureError: anything else.
    """
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 < value < 1:
        raise MeasureError(f"{name}: expected a number between 0 and 1 (neither itself), got {value!r}.")
    return float(value)


def _numbers(frame: pd.DataFrame, name: str, *, missing: bool = False) -> pd.DataFrame:
    """The frame as float64, labels unique, every cell finite (or, where allowed, NaN)."""
    if not isinstance(frame, pd.DataFrame):
        raise MeasureError(f"{name}: expected a pandas DataFrame, got {type(frame).__name__}. Wrap it in pd.DataFrame.")
    _unique(frame.index, name, "row")
    _unique(frame.columns, name, "column")
    if all(isinstance(kind, np.dtype) and kind.kind in "biuf" for kind in frame.dtypes):
        values = frame.to_numpy(dtype=np.float64, copy=True)
    else:
        values = np.empty(frame.shape)
        for position in range(frame.shape[1]):
            values[:, position] = _column(frame, position, name)
    result = pd.DataFrame(values, index=frame.index, columns=frame.columns)
    bad = np.isinf(values) if missing else ~np.isfinite(values)
    _refuse(result, bad, name, "not a finite number. Fill it in (0 where nothing was counted)")
    return result


def _column(frame: pd.DataFrame, position: int, name: str) -> NDArray[np.float64]:
    """One column as float64; a text that looks like a number is still a text."""
    column = frame.iloc[:, position]
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_complex_dtype(column):
        for label, value in column.items():
            if not pd.isna(value) and not isinstance(value, Real):
                raise MeasureError(
                    f"{name}: row {label!r}, column {frame.columns[position]!r} is {value!r}, not a number. "
                    "Convert the column with pd.to_numeric, or drop it."
                )
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _unique(labels: pd.Index, name: str, axis: str) -> None:
    """Refuse labels that are missing or occur twice."""
    # pandas knows no isna of a MultiIndex
    missing = labels.to_frame().isna().to_numpy().any() if isinstance(labels, pd.MultiIndex) else labels.hasnans
    if missing:
        raise MeasureError(f"{name}: a {axis} has no label. Name it, or drop it.")
    if not labels.is_unique:
        twice = labels[labels.duplicated()][0]
        raise MeasureError(f"{name}: {axis} label {twice!r} occurs more than once. Sum the {axis}s or rename one.")


def _refuse(frame: pd.DataFrame, bad: NDArray[np.bool_], name: str, why: str) -> None:
    """Name the first cell that is marked bad."""
    if bad.any():
        row, column = (int(place) for place in np.argwhere(bad)[0])
        raise MeasureError(
            f"{name}: row {frame.index[row]!r}, column {frame.columns[column]!r} is "
            f"{frame.to_numpy()[row, column]:.15g}; {why}."
        )
