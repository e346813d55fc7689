"""The ties the network page shows: after the filters, of the layer asked for, those that stand out if asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.chance import Validation, standing_out, validation
from dashboards.views.filters import Pairs, Subset, subset

if TYPE_CHECKING:
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas


@dataclass(frozen=True)
class Linked:
    """Actors (a mask) and their pairs; ``tested`` is what the null model found, ``None`` where it was not asked."""

    actors: np.ndarray
    pairs: Pairs
    tested: Validation | None = None

    def among(self, actors: np.ndarray) -> Linked:
        """The same with only some of the actors."""
        mask = self.actors & actors
        return replace(self, actors=mask, pairs=self.pairs.where(mask[self.pairs.i] & mask[self.pairs.j]))

    @property
    def degree(self) -> np.ndarray:
        """Number of linked actors of every actor."""
        return np.bincount(np.concatenate([self.pairs.i, self.pairs.j]), minlength=len(self.actors))


def linked(atlas: Atlas, selection: Selection) -> Linked:
    """What is left after filters, layer and null model."""
    left = _layer(subset(atlas, selection), selection.layer)
    if selection.validated == "0" or selection.layer == "direct":
        return Linked(left.actors, left.linked)
    tested = validation(atlas, selection)
    if not tested.possible:
        return Linked(left.actors, left.linked, tested)
    stays = standing_out(tested, left.linked, selection.validated)
    return Linked(left.actors, _without(left.linked, joint=~stays), tested)


def _layer(left: Subset, layer: str) -> Subset:
    pairs, every = left.linked, np.ones(len(left.linked), dtype=bool)
    if layer == "both":
        return left
    gone = {"joint": every} if layer == "direct" else {"direct": every}
    return replace(left, linked=_without(pairs, **gone))


def _without(pairs: Pairs, *, direct: np.ndarray | None = None, joint: np.ndarray | None = None) -> Pairs:
    """The pairs without the recorded ties or joint projects of a mask; those that have nothing left go."""
    lean = replace(
        pairs,
        direct=pairs.direct if direct is None else np.where(direct, 0.0, pairs.direct),
        joint=pairs.joint if joint is None else np.where(joint, 0.0, pairs.joint),
    )
    return lean.where(lean.direct + lean.joint > 0)
