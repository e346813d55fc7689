"""What a case is given, and what it gives: data that lie ready, work to be timed, and what to tell of its result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import made
import pandas as pd

from ecosystem.affiliations import Matrix

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import networkx as nx
    from made import Affiliations


@dataclass(frozen=True)
class Given:
    """Where the data lie, which size is asked for, and the round, which is the seed."""

    folder: Path
    size: str
    round: int

    def affiliations(self) -> Affiliations:
        """Who takes part in what."""
        return made.kept(self.size, self.folder)

    def matrix(self) -> Matrix:
        """Organisations × projects."""
        values = self.affiliations().matrix()
        rows, columns = (
            pd.Index([f"{sign}{i:06d}" for i in range(n)]) for sign, n in zip("oq", values.shape, strict=True)
        )
        return Matrix(values, rows, columns)

    def projected(self) -> Matrix:
        """Organisations × organisations, Newman weights."""
        from ecosystem.projections import co_membership

        return co_membership(self.matrix()).matrix

    def graph(self) -> nx.Graph:
        """The same as a networkx graph."""
        import networkx as nx

        return nx.from_scipy_sparse_array(self.projected().csr)


class Case(NamedTuple):
    """Work to be timed, and what to tell of its result."""

    work: Callable[[], Any]
    tell: Callable[[Any], Mapping[str, Any]]
