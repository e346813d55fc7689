"""Names written over parts of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ecosystem.layout import place_positions

if TYPE_CHECKING:
    from dashboards.state import Selection
    from dashboards.views.looks import Group
    from ecosystem.atlas import Atlas

CAPTIONS = 7
MAP_CAPTIONS = 18


@dataclass(frozen=True)
class Caption:
    """A name written over a part of the picture, at its place in both arrangements (kilometres)."""

    text: str
    network: tuple[float, float]
    on_map: tuple[float, float]
    colour: int


def band(atlas: Atlas, mask: np.ndarray) -> tuple[float, float] | None:
    """Just above the rows of actors without any tie, at their middle; ``None`` where all are tied."""
    without = mask & (np.asarray(atlas.ties.csr.sum(axis=1)).ravel() == 0)
    if not without.any():
        return None
    x, y = atlas.positions.to_numpy()[without][:, 2:].T
    return float((x.min() + x.max()) / 2), float(y.max() + 0.04 * np.ptp(atlas.positions["network_y"]))


def of_clusters(atlas: Atlas, selection: Selection, mask: np.ndarray, groups: tuple[Group, ...]) -> tuple[Caption, ...]:
    """The largest clusters of which at least five actors are left."""
    colour = {group.key: group.colour for group in groups} if selection.colour == "cluster" else {}
    member = atlas.cluster_of_actors.to_numpy(dtype=str)
    captions = []
    for item in atlas.clusters.items[:CAPTIONS]:
        mine = mask & (member == item.cluster_id)
        if mine.sum() >= 5:
            name = item.name.text(selection.language).replace(" · ", "\n", 1)
            captions.append(_caption(atlas, name, mine, colour.get(item.cluster_id, -1)))
    return tuple(captions)


def _caption(atlas: Atlas, text: str, mask: np.ndarray, colour: int) -> Caption:
    middle = np.median(atlas.positions.to_numpy()[mask], axis=0)
    return Caption(text, (float(middle[2]), float(middle[3])), (float(middle[0]), float(middle[1])), colour)


def of_cities(atlas: Atlas, mask: np.ndarray) -> tuple[Caption, ...]:
    """The cities that hold actors, the largest first, where they lie on the map."""
    places = place_positions(atlas.tables)
    counts = atlas.tables.actors.loc[mask, "place_id"].value_counts()
    names = atlas.tables.places.set_index("place_id")["name"]
    points = {str(place): (x, y) for place, x, y in zip(places.index, places["x"], places["y"], strict=True)}
    ranked = sorted(((-int(n), str(place)) for place, n in counts.items() if place), key=lambda pair: pair)
    return tuple(Caption(str(names[place]), (0.0, 0.0), points[place], -1) for _, place in ranked[:MAP_CAPTIONS])
