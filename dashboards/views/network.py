"""The network on screen: nodes and links as plain columns, and everything that must be said about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views import captions, drawn, looks
from dashboards.views.brokers import Brokers, brokers, marks
from dashboards.views.captions import CAPTIONS, Caption
from dashboards.views.cells import Bundles, Cells, shown
from dashboards.views.detail import FEW, MOST_CELLS, MOST_PAIRS, Detail, drawn_actors, heaviest, level
from dashboards.views.drawn import BOTH, DIRECT, JOINT, Links, Nodes
from dashboards.views.filters import Culprit, culprit, positions
from dashboards.views.linked import Linked, linked
from dashboards.views.looks import SIZE_STEPS, Group, main_fields
from dashboards.views.reach import Ego, Way, ego, way, within
from dashboards.views.shelf import kept
from dashboards.views.stability import Stability, stability

if TYPE_CHECKING:
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas

__all__ = [
    "BOTH", "CAPTIONS", "DIRECT", "JOINT", "SIZE_STEPS", "Caption", "Group", "Network", "main_fields", "network",
]  # fmt: skip

# what is marked at a node, as the canvas takes it
AGGREGATE, UNSTABLE, BROKER, ARTICULATION = 4, 8, 16, 32


@dataclass(frozen=True)
class Network:
    """Nodes and links, and what they are a part of.

    ``left`` are the actors and pairs after filters, layer, null model and neighbourhood: all numbers of the page count
    these, however many are drawn. ``inside_pairs`` have both ends in the region, ``intercity`` of them in two
    municipalities. ``cells`` and their ``bundles`` are there where the level is not that of actors. ``band`` is where
    the caption of the actors without ties stands on the network.
    """

    nodes: Nodes
    links: Links
    rank: np.ndarray
    flags: np.ndarray
    detail: Detail
    left: Linked
    groups: tuple[Group, ...]
    sectors: np.ndarray
    band: tuple[float, float] | None
    clusters: tuple[Caption, ...]
    cities: tuple[Caption, ...]
    extent: tuple[float, float, float, float]
    inside_pairs: int
    intercity: int
    culprit: Culprit | None
    cells: Cells | None = None
    bundles: Bundles | None = None
    ego: Ego | None = None
    way: Way | None = None
    brokers: Brokers | None = None
    stability: Stability | None = None

    @property
    def ids(self) -> list[str]:
        """Ids of the nodes."""
        return self.nodes.ids

    @property
    def actors(self) -> int:
        """Number of actors left."""
        return int(self.left.actors.sum())

    @property
    def drawn_cells(self) -> list[str]:
        """The cells drawn or opened, in the order of ``bundles``."""
        if self.cells is None:
            return []
        return [self.cells.keys[at] for at in largest(self.cells)]

    @property
    def pairs(self) -> int:
        """Number of linked pairs left."""
        return len(self.left.pairs)


def network(atlas: Atlas, selection: Selection) -> Network:
    """What is left after the filters, at the level of detail asked for; kept for the panel and the table beside it."""
    centred = selection.ego != "0"
    asked = replace(
        selection, theme="light", projector="0", table=False, mix=100, font_px=16, narrow=False, step=0, version="",
        selected=selection.selected if centred else "", focus=selection.focus if centred else "",
    )  # fmt: skip
    return kept(atlas, "network", asked, lambda: _network(atlas, asked))


def _network(atlas: Atlas, selection: Selection) -> Network:
    left, around, found = _left(atlas, selection)
    detail, nodes, links, (cells, tied), round_captions = _drawn(atlas, selection, left)
    groups = _groups(atlas, selection, left, of_cells=cells is not None)
    places, inside = _places(atlas)
    i, j = left.pairs.i, left.pairs.j
    within_region = inside[i] & inside[j]
    named = captions.of_clusters(atlas, selection, left.actors, groups) if detail.level == "actor" else ()
    standing = brokers(atlas, selection) if selection.brokers else None
    steady = stability(atlas) if selection.stability else None
    mixed = selection.arrangement == "mix"
    return Network(
        nodes=nodes,
        links=links,
        rank=looks.ranks(nodes.weight),
        flags=_flags(atlas, nodes, standing, steady),
        detail=detail,
        left=left,
        groups=groups,
        sectors=np.bincount(looks.shapes(atlas.tables.actors["sector"])[left.actors], minlength=5),
        band=captions.band(atlas, left.actors) if detail.level == "actor" and mixed else None,
        clusters=named if mixed else round_captions,
        cities=captions.of_cities(atlas, left.actors) if detail.level == "actor" else (),
        extent=_extent(atlas, nodes),
        inside_pairs=int(within_region.sum()),
        intercity=int((within_region & (places[i] != places[j])).sum()),
        culprit=None if left.actors.any() else culprit(atlas, selection),
        cells=cells,
        bundles=tied,
        ego=around,
        way=found,
        brokers=standing,
        stability=steady,
    )


def _left(atlas: Atlas, selection: Selection) -> tuple[Linked, Ego | None, Way | None]:
    """After the filters: the neighbourhood, and what is around a way where all would be too much to draw."""
    left = linked(atlas, selection)
    around = ego(atlas, selection, left)
    if around is not None and around.actors is not None:
        left = left.among(around.actors)
    found = way(atlas, selection, left)
    if found is not None and found.actors and selection.detail == "auto" and left.actors.sum() > FEW:
        on = np.zeros(len(left.actors), dtype=bool)
        on[list(found.actors)] = True
        beside = within(left, on, 1)
        left = left.among(beside if beside.sum() <= FEW else on)
    return left, around, found


def _groups(atlas: Atlas, selection: Selection, left: Linked, *, of_cells: bool) -> tuple[Group, ...]:
    """The legend; where cells are drawn an actor counts on each of its fields, as it does there."""
    given, order = looks.keys(atlas, selection.colour, left.actors)
    groups = looks.colours(given[left.actors], order)[1]
    if not of_cells or selection.colour != "field":
        return groups
    works = np.asarray((atlas.fields_of_actors.csr[left.actors] > 0).sum(axis=0)).ravel()
    counts = dict(zip(atlas.region.field_ids, works.tolist(), strict=True))
    return tuple(replace(one, actors=counts.get(one.key, one.actors)) for one in groups)


def _drawn(
    atlas: Atlas, selection: Selection, left: Linked
) -> tuple[Detail, Nodes, Links, tuple[Cells | None, Bundles | None], tuple[Caption, ...]]:
    count, pairs = int(left.actors.sum()), len(left.pairs)
    at = level(selection, count, fields=atlas.fields_of_actors.csr.nnz > 0)
    automatic = selection.detail == "auto"
    if at == "actor":
        mask = drawn_actors(left, selection)
        nodes, named = drawn.actors(atlas, selection, left, mask)
        links = _pair_links(left.among(mask))
        return Detail(at, automatic, count, len(nodes.ids), pairs, len(links.a)), nodes, links, (None, None), named
    every = shown(atlas, selection, at, left.actors)
    left_out = count - int((np.asarray(every.members.sum(axis=1)).ravel() > 0).sum())
    found = every.of(largest(every))
    nodes, links, tied, named = drawn.cells(atlas, selection, left, found)
    detail = Detail(at, automatic, len(every.keys), len(found.keys), len(tied.a), len(links.a), links.least, left_out)
    return detail, nodes, links, (every, tied), named


def largest(found: Cells) -> np.ndarray:
    """Positions of the cells drawn: all, or those of most actors."""
    return np.sort(np.argsort(-found.counts, kind="stable")[:MOST_CELLS])


def _pair_links(left: Linked) -> Links:
    """Every pair, or the heaviest where they would cover the canvas."""
    number = np.cumsum(left.actors) - 1
    weights = left.pairs.direct + left.pairs.joint
    some = left.pairs.where(heaviest(weights, MOST_PAIRS))
    return Links(number[some.i], number[some.j], drawn.kinds(some.direct, some.joint), some.direct + some.joint)


def _places(atlas: Atlas) -> tuple[np.ndarray, np.ndarray]:
    """Place of every actor, and whether it lies inside the region."""
    places = atlas.tables.actors["place_id"].to_numpy(dtype=str)
    known = atlas.tables.places.loc[atlas.tables.places["in_region"], "place_id"].to_numpy(dtype=str)
    return places, np.isin(places, known)


def _flags(atlas: Atlas, nodes: Nodes, standing: Brokers | None, steady: Stability | None) -> np.ndarray:
    flags = np.where(nodes.stands_for > 0, AGGREGATE, 0)
    position = positions(atlas, nodes.ids)
    single = position >= 0
    if steady is not None:
        flags = flags | np.where(single & steady.shaky[position], UNSTABLE, 0)
    if standing is not None:
        for mask, bit in zip(marks(standing, len(atlas.positions)), (BROKER, ARTICULATION), strict=True):
            flags = flags | np.where(single & mask[position], bit, 0)
    return flags


def _extent(atlas: Atlas, nodes: Nodes) -> tuple[float, float, float, float]:
    """The box of the whole region in both arrangements, so that a filter does not move what stays."""
    points = np.vstack([atlas.positions.to_numpy().reshape(-1, 4), nodes.positions.reshape(-1, 4)])
    if not len(points):
        return (0.0, 1.0, 0.0, 1.0)
    x, y = points[:, [0, 2]], points[:, [1, 3]]
    return float(x.min()), float(x.max()), float(y.min()), float(y.max())
