"""Balance of the five sectors in places, and synergy between place, field and sector.

Rows are actors (or memberships, where an actor holds several fields: then they count as independent). Information is
in bits. Small numbers decide everything here: synergy is only ever shown less its expectation under chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import entr

from ecosystem.errors import MeasureError
from ecosystem.measures import _inputs
from ecosystem.measures._pvalues import resampled_p
from ecosystem.measures._results import DrawnResult, Reason
from ecosystem.model import Sector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.int64]

SLACK = 1e-12
"""Differences between synergies below this are rounding, and count as equal."""
SETS = ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2))
"""The sets of dimensions whose entropies make up T."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Synergy(DrawnResult):
    """Synergy T of three dimensions against chance; ``n`` counts rows, all information is in bits.

    ``t`` is the plain value (negative = synergy), ``expected`` and ``sd`` its mean and population standard deviation
    under chance, ``excess`` = t − expected: what may be shown, together with ``p_lower`` (as much synergy or more) and
    ``p_upper`` (as little or less). ``entropies`` are those of every set of dimensions, labelled ``city+field``.
    With groups, ``parts`` has one row per group (``n``, ``t``, ``share`` of all rows) and ``between`` is T_0; without,
    ``parts`` is empty and ``between`` NaN; t of a part is plain, so of a small part mostly bias. Where
    ``reason`` is not empty, every number is NaN.
    """

    t: float
    expected: float
    sd: float
    excess: float
    p_lower: float
    p_upper: float
    entropies: pd.Series[float]
    between: float
    parts: pd.DataFrame
    reason: str


def helix_balance(
    actors: pd.DataFrame, place: str = "city", sector: str = "sector", *, places: Sequence[str] | None = None
) -> pd.DataFrame:
    """How evenly the five sectors are present in each place, and how far its mix is from the region's.

    With p the sector shares of the place and q those of all rows: ``evenness`` = −Σ p log2 p / log2 5 (0 .. 1),
    ``kl_bits`` = Σ p log2(p/q) (>= 0; 0 = the region's mix), ``present`` = sectors with an actor (0 .. 5).

    Args:
        actors: one row per actor.
        place: name of the column of places.
        sector: name of the column of sectors, values of ``ecosystem.model.Sector``.
        places: all places to report, in this order, also those without actors; default: those that occur, sorted.

    Returns:
        One row per place: ``n`` (actors), one column of counts per sector, ``present``, ``evenness``, ``kl_bits``,
        ``reason``. Evenness and kl_bits are NaN where n = 0 (reason ``empty place``); few actors make both extreme,
        so show n beside them.

    Raises:
        MeasureError: a missing column or value, an unknown sector, or an actor in a place that is not in ``places``.

    Sources: Pielou 1966 (evenness); Kullback and Leibler 1951; the five sectors: Carayannis and Campbell 2010.

    >>> actors = pd.DataFrame({"city": ["C4", "C4"], "sector": ["science", "civil_society"]})
    >>> helix_balance(actors).loc["C4", ["n", "present", "evenness"]].astype(float).round(4).tolist()
    [2.0, 2.0, 0.4307]
    """
    _inputs.required_columns(actors, (place, sector), name="actors")
    wanted = _places(actors[place], places)
    names = [kind.value for kind in Sector]
    what = pd.Index(names).get_indexer(pd.Index(actors[sector].astype(object)))
    if (what < 0).any():
        unknown = actors[sector].to_numpy()[what < 0][0]
        raise MeasureError(f"actors: {unknown!r} is no sector. Use one of {', '.join(names)}.")
    cells = wanted.get_indexer(pd.Index(actors[place])) * len(names) + what
    counts = np.bincount(cells, minlength=len(wanted) * len(names)).reshape(len(wanted), len(names))
    n = counts.sum(axis=1)
    own, whole = counts / np.maximum(n, 1)[:, None], counts.sum(axis=0) / max(counts.sum(), 1)
    ratio = np.divide(own, whole, out=np.ones(own.shape), where=(own > 0) & (whole > 0))
    evenness = entr(own).sum(axis=1) / np.log(len(names))
    table = pd.DataFrame(counts, index=wanted, columns=names)
    table.insert(0, "n", n)
    return table.assign(
        present=(counts > 0).sum(axis=1),
        evenness=np.where(n > 0, evenness, np.nan),
        kl_bits=np.where(n > 0, np.maximum((own * np.log2(ratio)).sum(axis=1), 0.0), np.nan),
        reason=np.where(n > 0, "", str(Reason.EMPTY_PLACE)),
    )


def synergy(
    actors: pd.DataFrame,
    dims: Sequence[str] = ("city", "field", "sector"),
    *,
    groups: pd.Series[str] | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> Synergy:
    """Synergy of three dimensions: T = H_x + H_y + H_z − H_xy − H_xz − H_yz + H_xyz; negative = synergy.

    Chance: the second and the third column are shuffled independently of each other and of the first; ``expected``
    is the mean of T over the draws (about −(X−1)(Y−1)(Z−1)/(2N ln 2) for large N). T of a purely random table
    is well below 0, so T alone must not be read as synergy. Over groups g of first-dimension categories
    T = T_0 + Σ (n_g/N) T_g.

    Args:
        actors: one row per actor or membership, with the three columns.
        dims: exactly three column names; with four or more the sign alternates, so they are not offered.
        groups: the group of every category of the first dimension (of every city), for the decomposition.
        draws: B, at least 1; 1000 or more for a statement.
        seed: of ``numpy.random.default_rng``.

    Returns:
        ``Synergy``, in bits; p = (1 + b)/(1 + B), both tails. NaN with a reason where a dimension has fewer than two
        categories.

    Raises:
        MeasureError: not three columns, a missing column or value, a category without a group.

    Sources: McGill 1954; Leydesdorff 2003; Leydesdorff and Fritsch 2006.

    >>> xor = pd.DataFrame({"city": [0, 0, 1, 1], "field": [0, 1, 0, 1], "sector": [0, 1, 1, 0]})
    >>> synergy(xor, draws=99).t
    -1.0
    """
    if len(dims) != 3 or len(set(dims)) != 3:
        raise MeasureError(
            f"dims: expected three different columns, got {tuple(dims)!r}. Name a place, a field, a sector."
        )
    _inputs.required_columns(actors, dims, name="actors")
    draws = _inputs.whole_number(draws, name="draws", at_least=1)
    rng = np.random.default_rng(_inputs.whole_number(seed, name="seed"))
    # A seeded shuffle depends on the order of rows, so that order is made the same for every input order.
    codes = _codes(actors[list(dims)])
    sizes = codes.max(axis=1, initial=-1) + 1
    entropies = _entropies(codes, sizes)
    t = _information(entropies)
    reason = str(Reason.ONE_CATEGORY) if (sizes < 2).any() else ""
    null = np.array([np.nan]) if reason else _null(codes, sizes, draws, rng)
    parts = _parts(actors, dims, groups).assign(**({"t": np.nan} if reason else {}))
    return Synergy(
        variant="second and third dimension shuffled independently",
        n=len(actors),
        warnings=_warnings(len(actors), sizes, reason),
        seed=seed,
        draws=draws,
        t=np.nan if reason else t,
        expected=float(null.mean()),
        sd=float(null.std()),
        excess=np.nan if reason else t - float(null.mean()),
        p_lower=np.nan if reason else float(resampled_p((null <= t + SLACK).sum(), draws)),
        p_upper=np.nan if reason else float(resampled_p((null >= t - SLACK).sum(), draws)),
        entropies=pd.Series(entropies, index=_set_names(dims), name="entropy_bits") * (np.nan if reason else 1.0),
        between=np.nan if reason or groups is None else t - float((parts["share"] * parts["t"]).sum()),
        parts=parts,
        reason=reason,
    )


def _warnings(n: int, sizes: Codes, reason: str) -> tuple[str, ...]:
    """What to say beside the numbers."""
    cells = int(np.prod(sizes))
    if reason:
        return (f"not defined: {reason}",)
    return (f"{n} rows in {cells} cells: T alone is mostly bias",) if cells > n else ()


def _set_names(dims: Sequence[str]) -> list[str]:
    """Labels of the seven sets of dimensions."""
    return ["+".join(str(dims[position]) for position in chosen) for chosen in SETS]


def _codes(columns: pd.DataFrame) -> Codes:
    """Categories as numbers, dimensions × rows, categories and rows in the order of their labels as text."""
    codes = np.empty((columns.shape[1], len(columns)), dtype=np.int64)
    for position, name in enumerate(columns):
        labels = pd.Index(sorted(columns[name].unique(), key=str))
        codes[position] = labels.get_indexer(pd.Index(columns[name]))
    return codes[:, np.lexsort(codes[::-1])]


def _entropy(codes: Codes, sizes: Codes) -> float:
    """Joint entropy in bits of the dimensions given."""
    if not codes.shape[1]:
        return 0.0
    joint = np.ravel_multi_index(tuple(codes), tuple(sizes))
    cells, rows = int(np.prod(sizes)), codes.shape[1]
    # counting needs a place for every cell, sorting does not
    counts = np.bincount(joint) if cells <= 4 * rows + 1000 else np.unique(joint, return_counts=True)[1]
    return float(entr(counts / rows).sum() / np.log(2.0))


def _entropies(codes: Codes, sizes: Codes) -> list[float]:
    """Entropies of the seven sets of dimensions."""
    return [_entropy(codes[list(chosen)], sizes[list(chosen)]) for chosen in SETS]


def _information(entropies: Sequence[float]) -> float:
    """McGill's T: single entropies less pairs plus the triple."""
    return float(sum(entropies[:3]) - sum(entropies[3:6]) + entropies[6])


def _null(codes: Codes, sizes: Codes, draws: int, rng: np.random.Generator) -> Floats:
    """T of every draw."""
    single = [_entropy(codes[[position]], sizes[[position]]) for position in range(3)]
    values = np.empty(draws)
    for draw in range(draws):
        shuffled = np.stack([codes[0], rng.permutation(codes[1]), rng.permutation(codes[2])])
        joint = [_entropy(shuffled[list(chosen)], sizes[list(chosen)]) for chosen in SETS[3:]]
        values[draw] = _information([*single, *joint])
    return values


def _parts(actors: pd.DataFrame, dims: Sequence[str], groups: pd.Series[str] | None) -> pd.DataFrame:
    """T within every group of categories of the first dimension."""
    if groups is None:
        return pd.DataFrame(
            {"n": pd.Series(dtype="int64"), "t": pd.Series(dtype=float), "share": pd.Series(dtype=float)}
        )
    group_of = _inputs.labels_series(groups)
    lonely = pd.Index(actors[dims[0]]).difference(group_of.index)
    if len(lonely):
        raise MeasureError(f"groups: {lonely[0]!r} has no group. Give every {dims[0]} one.")
    of_row = group_of.loc[actors[dims[0]]].to_numpy()
    rows = {}
    for group in sorted(set(of_row), key=str):
        codes = _codes(actors.loc[of_row == group, list(dims)])
        t = _information(_entropies(codes, codes.max(axis=1) + 1))
        rows[group] = {"n": codes.shape[1], "t": t, "share": codes.shape[1] / len(actors)}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["n", "t", "share"]).rename_axis("group")


def _places(found: pd.Series[str], places: Sequence[str] | None) -> pd.Index:
    """The places to report; every actor's is among them."""
    if places is None:
        places = sorted(found.unique(), key=str)
    wanted = pd.Index(list(places), name=found.name)
    if not wanted.is_unique:
        raise MeasureError(f"places: {wanted[wanted.duplicated()][0]!r} occurs more than once. Name each place once.")
    for stray in found[~found.isin(wanted).to_numpy()]:
        raise MeasureError(f"places: {stray!r} has actors but is not among the places. Add it, or drop its actors.")
    return wanted
