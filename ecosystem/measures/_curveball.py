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


# small tables are traded many at a time: as many chains as keep a block within so many cells
CHAINS = 50
BLOCK_CELLS = 2**20


def randomised(table: NDArray[np.bool_], draws: int, seed: int) -> Iterator[NDArray[np.bool_]]:
    """``draws`` tables with the margins of ``table`` from one chain, each at least 5·rows trades after the one before.

    The table yielded is the chain's own: read it before asking for the next, and do not write to it.
    """
    for block in blocks(table, draws, seed, most=1):
        yield from block


def blocks(table: NDArray[np.bool_], draws: int, seed: int, most: int = CHAINS) -> Iterator[NDArray[np.bool_]]:
    """``draws`` tables with the margins of ``table`` in blocks of up to ``most``: k × rows × columns.

    A block holds one table of each of k chains, and each is at least 5·rows trades after the one before in its chain,
    or after ``table``. A block is the chains' own: read it before asking for the next, and do not write to it.
    """
    rng = np.random.default_rng(seed)
    lying = table.shape[0] > table.shape[1]
    start = np.ascontiguousarray(table.T if lying else table)
    rows = len(start)
    rounds = -(-TRADES_PER_ROW * rows // (rows // 2)) if rows > 1 else 0
    count = max(1, min(most, draws, BLOCK_CELLS // max(1, table.size)))
    chains = np.repeat(start[None], count, axis=0)
    for done in range(0, draws, count):
        for _ in range(rounds):
            _trade(chains, rng)
        left = chains[: draws - done]
        yield left.transpose(0, 2, 1) if lying else left


def _trade(chains: NDArray[np.bool_], rng: np.random.Generator) -> None:
    """One round in every chain: rows meet in random pairs and deal out anew what only one of the two has."""
    count, rows, columns = chains.shape
    half = rows // 2
    order = rng.permuted(np.tile(np.arange(rows), (count, 1)), axis=1) + rows * np.arange(count)[:, None]
    first, second = order[:, :half].ravel(), order[:, half : 2 * half].ravel()
    every = chains.reshape(count * rows, columns)
    left, right = every[first], every[second]
    only = left ^ right
    cell = np.flatnonzero(only.ravel())
    pair = cell // columns
    gets = np.bincount(pair[left.ravel()[cell]], minlength=len(first))
    # pairs stay together because the random part is below 1; inside a pair the order is random
    shuffled = cell[np.argsort(pair + rng.random(len(cell)))]
    start = np.concatenate(([0], np.cumsum(np.bincount(pair, minlength=len(first)))[:-1]))
    dealt = shuffled[np.arange(len(cell)) - start[pair] < gets[pair]]
    left &= ~only
    right |= only
    left.ravel()[dealt] = True
    right.ravel()[dealt] = False
    every[first], every[second] = left, right
