"""Random 0/1 tables with fixed margins, on plain arrays: the kernel behind the null models.

A round pairs all rows at random and trades each pair once (the global curveball of Carstens, Berger and Strona,
2018): the same chain as single trades, but one numpy call for half the table. Trades run along the shorter side,
which leaves the uniform distribution as it is and mixes with fewer of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TRADES_PER_ROW = 5


def randomised(table: NDArray[np.bool_], draws: int, seed: int) -> Iterator[NDArray[np.bool_]]:
    """``draws`` tables with the margins of ``table``, each at least 5·rows trades after the one before.

    The table yielded is the chain's own: read it before asking for the next, and do not write to it.
    """
    rng = np.random.default_rng(seed)
    lying = table.shape[0] > table.shape[1]
    chain = np.ascontiguousarray(table.T if lying else table).copy()
    rows = len(chain)
    rounds = -(-TRADES_PER_ROW * rows // (rows // 2)) if rows > 1 else 0
    for _ in range(draws):
        for _ in range(rounds):
            _trade(chain, rng)
        yield chain.T if lying else chain


def _trade(chain: NDArray[np.bool_], rng: np.random.Generator) -> None:
    """One round: rows meet in random pairs and deal out anew what only one of the two has."""
    columns, half = chain.shape[1], len(chain) // 2
    order = rng.permutation(len(chain))
    first, second = order[:half], order[half : 2 * half]
    left, right = chain[first], chain[second]
    only = left ^ right
    cell = np.flatnonzero(only.ravel())
    pair = cell // columns
    gets = np.bincount(pair[left.ravel()[cell]], minlength=half)
    # pairs stay together because the random part is below 1; inside a pair the order is random
    shuffled = cell[np.argsort(pair + rng.random(len(cell)))]
    start = np.concatenate(([0], np.cumsum(np.bincount(pair, minlength=half))[:-1]))
    dealt = shuffled[np.arange(len(cell)) - start[pair] < gets[pair]]
    left &= ~only
    right |= only
    left.ravel()[dealt] = True
    right.ravel()[dealt] = False
    chain[first], chain[second] = left, right
