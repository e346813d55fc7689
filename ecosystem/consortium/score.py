"""The parts of a group's score, for one group or for many with each candidate added.

Groups are lists of positions among the candidates. Formulas stand in :mod:`ecosystem.consortium`. A table has a row per
group and a column per candidate added to it; its last column adds nobody, so that it is the groups as they are. Tables
are made by matrix products over all groups at once: a search asks for thousands of them while somebody waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import xlogy

from ecosystem.consortium.record import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from ecosystem.consortium.ground import Ground

    Floats = NDArray[np.float64]

SHORT = 10.0
"""What a missing sector or city costs: more than all parts together can make up for."""


@dataclass(frozen=True, eq=False)
class Scorer:
    """Scores groups of a ground; ``required`` are numbers of sectors, ``cities`` how many are wanted."""

    ground: Ground
    required: tuple[int, ...]
    cities: int
    weights: Mapping[str, float]
    with_call: bool = False

    def parts(self, group: Sequence[int]) -> dict[str, float]:
        """Every part of a group; NaN where undefined.

        >>> from ecosystem.atlas import load
        >>> from ecosystem.consortium.ground import ground
        >>> from ecosystem.consortium.record import WEIGHTS
        >>> on = ground(load("toy", cache=False).material, "energy")
        >>> pair = [on.ids.index("a-works"), on.ids.index("c-motors")]
        >>> found = Scorer(on, (0, 1), 2, WEIGHTS).parts(pair)
        >>> [round(found[part], 3) for part in ("field", "complementarity", "trust", "spread")]
        [1.0, 0.25, 1.0, 1.0]
        """
        found = self._parts(self._inside([group]))
        return {name: float(found[name][0, -1]) for name in PARTS}

    def score(self, group: Sequence[int]) -> float:
        """Weighted mean of the parts that are defined, 0 … 1."""
        return float(self._mean(self._parts(self._inside([group])))[0, -1])

    def value(self, group: Sequence[int]) -> float:
        """What the search raises: the score, less :data:`SHORT` for every sector or city short."""
        return float(self.with_each([group])[0, -1])

    def with_each(self, groups: Sequence[Sequence[int]]) -> Floats:
        """:meth:`value` of groups of one size with each candidate added, −∞ for those in it; last as they are."""
        inside = self._inside(groups)
        covered, cities = self._covered(inside), self._reached(inside)
        short = len(self.required) - covered + np.maximum(0, self.cities - cities)
        values: Floats = self._mean(self._parts(inside)) - SHORT * short
        values[inside > 0] = -np.inf
        return values

    def _inside(self, groups: Sequence[Sequence[int]]) -> Floats:
        """Groups × (candidates and nobody): 1 for a member."""
        inside = np.zeros((len(groups), len(self.ground.ids) + 1))
        for row, group in enumerate(groups):
            inside[row, list(group)] = 1.0
        return inside

    @cached_property
    def _strength(self) -> Floats:
        return _nobody(self.ground.strength)

    @cached_property
    def _in_call(self) -> Floats:
        return _nobody(self.ground.in_call.astype(float))

    @cached_property
    def _near(self) -> Floats:
        near: Floats = np.pad(self.ground.near, ((0, 1), (0, 1)))
        return near

    @cached_property
    def _works(self) -> Floats:
        """(Candidates and nobody) × fields: 1 where it works on the field."""
        return _nobody((self.ground.own > 0).astype(float))

    @cached_property
    def _sectors(self) -> Floats:
        """(Candidates and nobody) × required sectors."""
        return _nobody((self.ground.sector[:, None] == np.array(self.required, dtype=np.intp)[None, :]).astype(float))

    @cached_property
    def _places(self) -> NDArray[np.intp]:
        """The city of each candidate, numbered from 0, and that of nobody."""
        numbers = np.unique(self.ground.city, return_inverse=True)[1].ravel()
        return np.append(numbers, numbers.max(initial=-1) + 1)

    @cached_property
    def _towns(self) -> Floats:
        """(Candidates and nobody) × cities."""
        of: Floats = (self._places[:, None] == np.arange(self._places[-1])[None, :]).astype(float)
        return of

    def _parts(self, inside: Floats) -> dict[str, Floats]:
        members = inside.sum(axis=1, keepdims=True) + (np.arange(inside.shape[1]) < inside.shape[1] - 1)
        n = np.maximum(members, 1)
        called = (inside @ self._in_call)[:, None] + self._in_call[None, :]
        return {
            "field": ((inside @ self._strength)[:, None] + self._strength[None, :]) / n,
            "complementarity": self._complementarity(inside),
            "trust": self._trust(inside, members),
            "spread": np.minimum(1.0, self._effective(inside, n) / max(self.cities, 1)),
            "call": called / n if self.with_call else np.full(inside.shape, np.nan),
        }

    def _covered(self, inside: Floats) -> Floats:
        """Required sectors with a member."""
        missing = inside @ self._sectors == 0
        covered: Floats = len(self.required) - missing.sum(axis=1)[:, None] + missing @ self._sectors.T
        return covered

    def _complementarity(self, inside: Floats) -> Floats:
        phi = self.ground.relatedness
        covered = self._covered(inside) / max(len(self.required), 1)
        if phi.sum() <= 0:
            return covered
        missing = (inside @ self._works == 0) * phi
        reached: Floats = 1 - (missing.sum(axis=1)[:, None] - missing @ self._works.T) / phi.sum()
        values: Floats = reached if not self.required else (covered + reached) / 2
        return values

    def _trust(self, inside: Floats, members: Floats) -> Floats:
        across = inside @ self._near
        among = (across * inside).sum(axis=1, keepdims=True) / 2
        pairs = np.where(members < 2, np.nan, members * (members - 1) / 2)
        values: Floats = (among + across) / pairs
        return values

    def _reached(self, inside: Floats) -> Floats:
        """Cities with a member."""
        there = np.append(inside @ self._towns > 0, np.ones((len(inside), 1), dtype=bool), axis=1)
        reached: Floats = there[:, :-1].sum(axis=1, keepdims=True) + ~there[:, self._places]
        return reached

    def _effective(self, inside: Floats, n: Floats) -> Floats:
        """Effective number of cities exp(H), H = ln n − Σ c ln c / n over the members c of each."""
        counts = inside @ self._towns
        here = xlogy(counts, counts)
        more = np.append(xlogy(counts + 1, counts + 1) - here, np.zeros((len(inside), 1)), axis=1)
        whole = here.sum(axis=1, keepdims=True) + more[:, self._places]
        effective: Floats = np.exp(np.log(n) - whole / n)
        return effective

    def _mean(self, parts: Mapping[str, Floats]) -> Floats:
        values = np.array([parts[name] for name in PARTS])
        defined = ~np.isnan(values)
        weights = np.array([self.weights.get(name, 0.0) for name in PARTS])
        total = np.tensordot(weights, defined, 1)
        summed = np.tensordot(weights, np.where(defined, values, 0.0), 1)
        mean: Floats = np.divide(summed, total, out=np.zeros(total.shape), where=total > 0)
        return mean


def _nobody(values: Floats) -> Floats:
    """A row of zeros after those of the candidates."""
    longer: Floats = np.append(values, np.zeros((1, *values.shape[1:])), axis=0)
    return longer
