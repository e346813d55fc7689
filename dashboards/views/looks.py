"""How actors look: colour, shape, size, and who is drawn on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.shelf import kept
from ecosystem.model import Sector

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.views.linked import Linked
    from ecosystem.atlas import Atlas

SIZE_STEPS = 5
COLOURED = 6


@dataclass(frozen=True)
class Group:
    """A row of the legend: what a colour stands for, and how many actors have it. Colour −1 is grey."""

    key: str
    colour: int
    actors: int


def shapes(sectors: pd.Series) -> np.ndarray:
    """The sector's place in the model's order."""
    index = {sector.value: place for place, sector in enumerate(Sector)}
    return np.array([index[sector] for sector in sectors], dtype=int)


def keys(atlas: Atlas, colour: str, mask: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """What each actor is coloured by, and the order in which colours are given."""
    if colour == "field":
        return main_fields(atlas), list(atlas.region.field_ids)
    values = atlas.cluster_of_actors if colour == "cluster" else atlas.tables.actors["place_id"]
    found = values.to_numpy(dtype=str)
    labels, counts = np.unique(found[mask & (found != "")], return_counts=True)
    return found, [str(label) for label in labels[np.lexsort((labels, -counts))]]


def main_fields(atlas: Atlas) -> np.ndarray:
    """The heaviest field of every actor (the first of equals in the region's order), ``""`` for none."""
    return kept(atlas, "main fields", "", lambda: _main_fields(atlas))


def _main_fields(atlas: Atlas) -> np.ndarray:
    dense = atlas.fields_of_actors.csr.toarray().round(9)
    names = np.array([*atlas.region.field_ids, ""], dtype=str)
    return np.asarray(names[np.where(dense.sum(axis=1) > 0, dense.argmax(axis=1), -1)])


def colours(found: np.ndarray, order: list[str]) -> tuple[np.ndarray, tuple[Group, ...]]:
    """Six colours at most, the rest is grey; fields keep their own colour even where one is absent."""
    index = {key: place for place, key in enumerate(order[:COLOURED])}
    given = np.array([index.get(key, -1) for key in found.tolist()], dtype=int)
    groups = [Group(key, colour, int((given == colour).sum())) for key, colour in index.items()]
    grey = int((given < 0).sum())
    return given, tuple(groups) + ((Group("", -1, grey),) if grey else ())


def sizes(atlas: Atlas, size: str, left: Linked) -> np.ndarray:
    """The root of what the size stands for, so that areas grow with it."""
    if size == "same":
        return np.ones(len(left.actors))
    if size == "funding":
        money = atlas.tables.participations.groupby("actor_id")["funding_eur"].sum()
        return np.asarray(np.sqrt(money.reindex(atlas.positions.index).fillna(0).to_numpy()))
    if size == "betweenness":
        return np.asarray(np.sqrt(np.nan_to_num(between(atlas, left))))
    return np.asarray(np.sqrt(left.degree))


def between(atlas: Atlas, left: Linked) -> np.ndarray:
    """Betweenness of every actor on the network that is left, every pair one step; from a sample where it is large."""
    from dashboards.views.filters import Subset  # noqa: PLC0415 -- only this needs the matrix

    pairs = left.pairs
    key = hash((pairs.i.tobytes(), pairs.j.tobytes()))

    def measured() -> np.ndarray:
        from ecosystem.measures.betweenness import betweenness  # noqa: PLC0415 -- an app starts without the measures

        whole = Subset(left.actors, pairs)
        found = betweenness(whole.direct + whole.joint, atlas.positions.index)
        return np.asarray(found.value.to_numpy())

    return kept(atlas, "betweenness", key, measured)


def steps(values: np.ndarray) -> np.ndarray:
    """Sizes in steps 0 … 4, linear in the value (which is a root, so that areas grow with the quantity)."""
    top = values.max(initial=0.0)
    if top == 0 or (values == top).all():
        return np.ones(len(values), dtype=int)
    return np.asarray(np.round(values / top * (SIZE_STEPS - 1))).astype(int)


def ranks(weight: np.ndarray) -> np.ndarray:
    """0 for the heaviest."""
    rank = np.empty(len(weight), dtype=int)
    rank[np.argsort(-weight, kind="stable")] = np.arange(len(weight))
    return rank
