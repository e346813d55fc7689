"""Gould–Fernandez brokerage roles: who stands between others, across or inside groups.

For real ties between actors; on membership of actors in fields or cities the roles mean nothing. Nodes are sorted as
strings, self-loops and weights are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.measures._graphs import adjacency
from ecosystem.measures._inputs import whole_number
from ecosystem.measures._pvalues import benjamini_hochberg, resampled_p
from ecosystem.measures._reasons import NetworkReason

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    import networkx as nx
    from numpy.typing import NDArray

    Codes = NDArray[np.intp]
    Floats = NDArray[np.float64]
    Progress = Callable[[int, int], None]

ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")
# a and b alike (1), b and c alike (2), a and c alike (4) give the position in ROLES; 3, 5 and 6 cannot be
ROLE_OF = np.array([4, 2, 3, -1, 1, -1, -1, 0])


class _Paths(NamedTuple):
    """Open two-paths: first end, broker, second end."""

    a: Codes
    b: Codes
    c: Codes
    directed: bool


def brokerage_roles(
    graph: nx.Graph[Any] | nx.DiGraph[Any],
    groups: Mapping[Hashable, Any],
    *,
    draws: int = 1000,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> pd.DataFrame:
    """Gould–Fernandez brokerage roles: open two-paths a → b → c without a → c, by the groups of a, b and c.

    For broker b: ``coordinator`` AAA (all in one group), ``consultant`` ABA (a and c together, b outside),
    ``representative`` AAB (b and a together), ``gatekeeper`` ABB (b and c together), ``liaison`` ABC.

    Undirected ties: each triad is met from both ends, so coordinator, consultant and liaison are counted once, and
    gatekeeper = representative is reported once, as ``gatekeeper``.

    Args:
        graph: actors and their ties; weights do not count.
        groups: node → group (its city, or its sector).
        draws: permutations of the group labels, sizes kept.
        seed: of the permutations.
        progress: called with (draws done, draws) about a hundred times.

    Returns:
        One row per node, sorted as strings. Per role: the count under the role's name, ``*_expected`` =
        d²(1−d)·(ordered pairs that fit), d the density; ``*_null`` the mean count over permuted groups, ``*_z``
        (count − null)/sd (population), ``*_p`` upper tail, ``*_q`` Benjamini–Hochberg over all nodes and roles;
        ``total``, ``total_expected``, ``reason``. ``attrs``: ``variant``, ``n``, ``draws``, ``seed``. Show a broker
        where z > 2 and the count is 5 or more.

    Undefined: all NaN for a node without a group (missing from ``groups``, or a missing value); its ties are left
    out. z NaN where the permutations never change the count.

    Raises:
        MeasureError: no networkx graph, or draws below 1.

    >>> import networkx as nx
    >>> path = nx.DiGraph([("a", "b"), ("b", "c")])
    >>> roles = brokerage_roles(path, {"a": "Essen", "b": "Essen", "c": "Bochum"}, draws=99)
    >>> roles.loc["b", ["coordinator", "representative", "total"]].tolist()
    [0.0, 1.0, 1.0]

    Source: Gould and Fernandez (1989), doi 10.2307/270949.
    """
    whole_number(draws, name="draws", at_least=1)
    whole_number(seed, name="seed")
    matrix, nodes = adjacency(graph)
    named = [groups.get(node) for node in nodes]
    known = np.flatnonzero(~np.array([bool(pd.isna(group)) for group in named], dtype=bool))
    codes = pd.factorize(np.array([str(named[place]) for place in known], dtype=object))[0]
    directed = bool(graph.is_directed())
    inner = sparse.csr_array(matrix[known][:, known])
    paths = _open_paths(inner, directed=directed)
    raw = _count(paths, codes)
    null = _permuted(paths, codes, (draws, seed), progress)
    columns = _columns(raw, _expected(inner, codes, directed=directed), null, paths)
    table = pd.DataFrame(columns, index=nodes[known]).reindex(nodes)
    table["reason"] = np.where(np.isin(np.arange(len(nodes)), known), "", NetworkReason.NO_GROUP)
    variant = "directed" if directed else "undirected"
    table.attrs = {"variant": variant, "n": len(known), "draws": draws, "seed": seed, "warnings": ()}
    return table


def _open_paths(matrix: sparse.csr_array, *, directed: bool) -> _Paths:
    """Ends and middle (a, b, c) of all open two-paths; undirected ones from one end only."""
    into = sparse.csr_array(matrix.T)
    middle = np.repeat(np.arange(matrix.shape[0]), np.diff(into.indptr))
    fan = np.diff(matrix.indptr)[middle]
    a, b = np.repeat(into.indices, fan).astype(np.intp), np.repeat(middle, fan)
    within = np.arange(len(b)) - np.repeat(np.cumsum(fan) - fan, fan)
    c = matrix.indices[matrix.indptr[b] + within].astype(np.intp)
    n = matrix.shape[0]
    tied = np.repeat(np.arange(n), np.diff(matrix.indptr)) * n + matrix.indices
    is_open = (a != c) & ~np.isin(a * n + c, tied)
    if not directed:
        is_open &= a < c
    return _Paths(a[is_open], b[is_open], c[is_open], directed)


def _count(paths: _Paths, codes: Codes) -> Floats:
    """Roles of every node: nodes × ROLES; undirected representatives are gatekeepers seen from the other end."""
    a, b, c = codes[paths.a], codes[paths.b], codes[paths.c]
    role = ROLE_OF[(a == b) + 2 * (b == c) + 4 * (a == c)]
    count = np.bincount(paths.b * len(ROLES) + role, minlength=len(codes) * len(ROLES))
    table = count.reshape(-1, len(ROLES)).astype(np.float64)
    if not paths.directed:
        table[:, 3] += table[:, 2]
        table[:, 2] = 0.0
    return table


def _expected(matrix: sparse.csr_array, codes: Codes, *, directed: bool) -> Floats:
    """d²(1−d) times the pairs that fit each role."""
    n = len(codes)
    if n < 2:
        return np.zeros((n, len(ROLES)))
    d = matrix.nnz / (n * (n - 1))
    sizes = np.bincount(codes).astype(np.float64)
    own = sizes[codes]
    rest, squares = n - own, (sizes**2).sum() - own**2
    one_side = (own - 1) * rest
    pairs = np.stack([(own - 1) * (own - 2), squares - rest, one_side, one_side, rest**2 - squares], axis=1)
    if not directed:
        pairs *= [0.5, 0.5, 0.0, 1.0, 0.5]
    expected: Floats = d**2 * (1 - d) * pairs
    return expected


def _permuted(
    paths: _Paths, codes: Codes, drawing: tuple[int, int], progress: Progress | None
) -> tuple[Floats, Floats, Floats]:
    """Mean and standard deviation of the counts over permuted groups, and the p of the observed counts."""
    draws, seed = drawing
    rng, every, raw = np.random.default_rng(seed), max(1, draws // 100), _count(paths, codes)
    total, squares, hits = np.zeros(raw.shape), np.zeros(raw.shape), np.zeros(raw.shape)
    for done in range(1, draws + 1):
        # deviations from the observed counts keep the variance exactly 0 where the count never changes
        away = _count(paths, rng.permutation(codes)) - raw
        total += away
        squares += away**2
        hits += away >= 0
        if progress is not None and (done % every == 0 or done == draws):
            progress(done, draws)
    mean = total / draws
    return raw + mean, np.sqrt(np.maximum(squares / draws - mean**2, 0.0)), resampled_p(hits, draws)


def _columns(raw: Floats, expected: Floats, null: tuple[Floats, Floats, Floats], paths: _Paths) -> dict[str, Floats]:
    """The columns of the table, roles that cannot be told apart left out."""
    mean, sd, p = null
    z = np.full(raw.shape, np.nan)
    np.divide(raw - mean, sd, out=z, where=sd > 0)
    shown = [place for place, role in enumerate(ROLES) if paths.directed or role != "representative"]
    q = np.full(raw.shape, np.nan)
    q[:, shown] = benjamini_hochberg(p[:, shown])
    columns: dict[str, Floats] = {}
    for place in shown:
        columns[ROLES[place]] = raw[:, place]
        for name, values in {"expected": expected, "null": mean, "z": z, "p": p, "q": q}.items():
            columns[f"{ROLES[place]}_{name}"] = values[:, place]
    return columns | {"total": raw.sum(axis=1), "total_expected": expected.sum(axis=1)}
