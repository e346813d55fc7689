"""Nodes and links as plain columns: single actors, cells, and cells of which some are opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from dashboards.views import looks
from dashboards.views.arrangement import CANVAS_PX, apart, aside, cell_positions, cell_radii, circle, sunflower
from dashboards.views.captions import Caption
from dashboards.views.cells import Bundles, Cells, bundles
from dashboards.views.detail import MOST_BUNDLES, heaviest
from dashboards.views.units import units

if TYPE_CHECKING:
    from dashboards.state import Selection
    from dashboards.views.linked import Linked
    from ecosystem.atlas import Atlas

# kinds of drawn links: recorded ties only, joint projects only, both
DIRECT, JOINT, BOTH = 0, 1, 2
# pixels an actor takes in a circle or an opened cell
ACTOR_ROOM = 8.0


@dataclass(frozen=True)
class Nodes:
    """One entry per node and column; ``stands_for`` is the number of actors of a cell and 0 for a single actor.

    ``positions`` are map x, y, then network x, y. ``weight`` decides which lies on top and is named first.
    """

    ids: list[str]
    names: list[str]
    positions: np.ndarray
    colours: np.ndarray
    shapes: np.ndarray
    size_steps: np.ndarray
    stands_for: np.ndarray
    weight: np.ndarray

    def and_then(self, more: Nodes) -> Nodes:
        """These nodes and others."""
        both = {
            name: np.concatenate([getattr(self, name), getattr(more, name)])
            for name in ("positions", "colours", "shapes", "size_steps", "stands_for", "weight")
        }
        return Nodes([*self.ids, *more.ids], [*self.names, *more.names], **both)


@dataclass(frozen=True)
class Links:
    """Drawn links between nodes (positions of both ends): kind, weight, and the smallest weight drawn."""

    a: np.ndarray
    b: np.ndarray
    kinds: np.ndarray
    weights: np.ndarray
    least: int = 1


def kinds(direct: np.ndarray, joint: np.ndarray) -> np.ndarray:
    """What a link stands for."""
    return np.where(joint == 0, DIRECT, np.where(direct == 0, JOINT, BOTH))


def actors(atlas: Atlas, selection: Selection, left: Linked, chosen: np.ndarray) -> tuple[Nodes, tuple[Caption, ...]]:
    """The actors of a mask, and the captions of their circles where they stand in such."""
    table = atlas.tables.actors
    at = np.flatnonzero(chosen)
    names = table["short_name"].where(table["short_name"] != "", table["name"])
    given, order = looks.keys(atlas, selection.colour, left.actors)
    positions, captions = _arranged(atlas, selection)
    nodes = Nodes(
        ids=table["actor_id"].iloc[at].tolist(),
        names=names.iloc[at].tolist(),
        positions=positions[at],
        colours=looks.colours(given[at], order)[0],
        shapes=looks.shapes(table["sector"])[at],
        size_steps=looks.steps(looks.sizes(atlas, selection.size, left)[at]),
        stands_for=np.zeros(len(at), dtype=int),
        weight=left.degree[at],
    )
    return nodes, captions


def _arranged(atlas: Atlas, selection: Selection) -> tuple[np.ndarray, tuple[Caption, ...]]:
    points = atlas.positions.to_numpy()
    if selection.arrangement == "mix":
        return points, ()
    if selection.arrangement == "fields":
        groups, order = looks.main_fields(atlas), [*atlas.region.field_ids, ""]
    else:
        found = units(atlas, selection.unit)
        groups, order = (
            np.array([*found.ids, ""], dtype=str)[found.of_actor],
            [*_westward(found.ids, found.centres), ""],
        )
    room = np.full(len(points), _kilometres(atlas, ACTOR_ROOM) * min(1.0, 34 / np.sqrt(max(len(points), 1))))
    placed, middles = circle(atlas, groups.tolist(), order, room)
    return np.column_stack([points[:, :2], placed]), _captions(atlas, selection, middles)


def _westward(ids: tuple[str, ...], centres: np.ndarray) -> list[str]:
    """Clockwise from the north, as the places lie around the middle of the region."""
    off = centres - centres.mean(axis=0)
    return [ids[at] for at in np.argsort(np.arctan2(off[:, 0], off[:, 1]) % (2 * np.pi), kind="stable")]


def _kilometres(atlas: Atlas, pixels: float) -> float:
    return pixels / CANVAS_PX * max(float(np.ptp(atlas.positions["network_x"])), 1.0)


def _captions(atlas: Atlas, selection: Selection, middles: dict[str, np.ndarray]) -> tuple[Caption, ...]:
    named = called(atlas, selection)
    points = {key: (float(middle[0]), float(middle[1])) for key, middle in middles.items()}
    colour = {field: at for at, field in enumerate(atlas.region.field_ids[: looks.COLOURED])}
    return tuple(Caption(named[key], at, at, colour.get(key, -1)) for key, at in points.items() if key in named)


def called(atlas: Atlas, selection: Selection) -> dict[str, str]:
    """Field or unit → its name in the reader's language."""
    found = units(atlas, selection.unit)
    fields = {field.field_id: field.short.text(selection.language) for field in atlas.region.fields}
    return fields | dict(zip(found.ids, found.names, strict=True))


def cells(
    atlas: Atlas, selection: Selection, left: Linked, found: Cells
) -> tuple[Nodes, Links, Bundles, tuple[Caption, ...]]:
    """The cells, with those opened drawn as their actors in place of the cell."""
    tied = bundles(found, left.pairs)
    nodes, captions = _cell_nodes(atlas, selection, left, found)
    opened = np.array([key in (selection.opened or ()) for key in found.keys], dtype=bool)
    if not opened.any():
        return nodes, _cell_links(tied), tied, captions
    inner = np.asarray(found.members[:, np.flatnonzero(opened)].sum(axis=1)).ravel() > 0
    nodes = _opened(atlas, selection, left, (found, nodes, opened, inner))
    return nodes, _mixed_links(left, found, tied, opened, inner), tied, captions


def _cell_nodes(atlas: Atlas, selection: Selection, left: Linked, found: Cells) -> tuple[Nodes, tuple[Caption, ...]]:
    positions = np.array([cell_positions(atlas, found.level, selection.unit)[key] for key in found.keys]).reshape(-1, 4)
    captions: tuple[Caption, ...] = ()
    by_field = selection.arrangement == "fields"
    # around circles a cell stands with those of its field or place: there is nothing to gather at the other levels
    if selection.arrangement != "mix" and found.level == "cell":
        of = units(atlas, selection.unit)
        order = list(atlas.region.field_ids) if by_field else _westward(of.ids, of.centres)
        room = (cell_radii(found.counts) + 3) * _kilometres(atlas, 1.0)
        placed, middles = circle(atlas, found.fields if by_field else found.units, order, room)
        positions = np.column_stack([positions[:, :2], apart(placed, room)])
        captions = _captions(atlas, selection, middles)
    counts = found.counts
    nodes = Nodes(
        ids=list(found.keys),
        names=_names(atlas, selection, found),
        positions=positions,
        colours=_majority(atlas, selection, left, found),
        shapes=np.zeros(len(counts), dtype=int),
        size_steps=np.zeros(len(counts), dtype=int),
        stands_for=counts,
        weight=counts,
    )
    return nodes, captions


def _names(atlas: Atlas, selection: Selection, found: Cells) -> list[str]:
    named = called(atlas, selection)
    told = {"mix": (True, True), "fields": (True, False), "places": (False, True)}[selection.arrangement]
    unit, field = told if found.level == "cell" else (True, True)
    return [
        " · ".join(named[one] for one, wanted in ((place, unit), (theme, field)) if one and wanted)
        for place, theme in zip(found.units, found.fields, strict=True)
    ]


def _majority(atlas: Atlas, selection: Selection, left: Linked, found: Cells) -> np.ndarray:
    """The colour of a cell's field, else the one most of its actors have."""
    given, order = looks.keys(atlas, selection.colour, left.actors)
    if selection.colour == "field" and found.level != "place":
        return looks.colours(np.array(found.fields, dtype=str), order)[0]
    colour = looks.colours(given, order)[0]
    one = sparse.csr_array(
        (np.ones(len(colour)), (np.arange(len(colour)), colour + 1)), (len(colour), looks.COLOURED + 1)
    )
    return np.asarray((found.members.T @ one).toarray().argmax(axis=1)) - 1


def _cell_links(tied: Bundles) -> Links:
    keep = heaviest(tied.pairs, MOST_BUNDLES)
    least = int(tied.pairs[keep].min(initial=1)) if not keep.any() else int(tied.pairs[keep].min())
    return Links(tied.a[keep], tied.b[keep], kinds(tied.direct, tied.joint)[keep], tied.pairs[keep], least)


def _opened(
    atlas: Atlas, selection: Selection, left: Linked, given: tuple[Cells, Nodes, np.ndarray, np.ndarray]
) -> Nodes:
    """Closed cells make way; the actors of an opened one stand where it stood."""
    found, nodes, opened, inner = given
    single, _ = actors(atlas, selection, left, inner)
    place = np.cumsum(inner) - 1
    positions, spots = nodes.positions.copy(), single.positions.copy()
    placed = np.zeros(len(inner), dtype=bool)
    for cell in np.flatnonzero(opened):
        mine = np.flatnonzero((found.members[:, [cell]].toarray()[:, 0] > 0) & ~placed)
        placed[mine] = True
        radius = _kilometres(atlas, ACTOR_ROOM * 2.3) * np.sqrt(len(mine))
        for axes in (slice(0, 2), slice(2, 4)):
            centre = positions[cell, axes].copy()
            positions[:, axes] = aside(positions[:, axes], centre, 1.25 * radius)
            spots[place[mine], axes] = centre + sunflower(len(mine), radius)
    closed = np.flatnonzero(~opened)
    rest = Nodes(
        [nodes.ids[at] for at in closed],
        [nodes.names[at] for at in closed],
        positions[closed],
        *(getattr(nodes, name)[closed] for name in ("colours", "shapes", "size_steps", "stands_for", "weight")),
    )
    top = nodes.weight.max(initial=0) + 1
    return rest.and_then(
        Nodes(
            single.ids,
            single.names,
            spots,
            single.colours,
            single.shapes,
            single.size_steps,
            single.stands_for,
            single.weight + top,
        )
    )


def _mixed_links(left: Linked, found: Cells, tied: Bundles, opened: np.ndarray, inner: np.ndarray) -> Links:
    """Bundles between closed cells, from an actor to a closed cell, and single pairs of actors."""
    closed = np.cumsum(~opened) - 1
    single = np.cumsum(inner) - 1 + int((~opened).sum())
    keep = ~opened[tied.a] & ~opened[tied.b]
    keep[keep] = heaviest(tied.pairs[keep], MOST_BUNDLES)
    pairs = left.pairs
    both = inner[pairs.i] & inner[pairs.j]
    spokes = [_spokes(left, found, opened, inner, flip=flip) for flip in (False, True)]
    rows, cells_, direct, joint = (np.concatenate([spokes[0][k], spokes[1][k]]) for k in range(4))
    least = int(tied.pairs[keep].min()) if keep.any() else 1
    return Links(
        np.concatenate([closed[tied.a[keep]], single[pairs.i[both]], single[rows]]),
        np.concatenate([closed[tied.b[keep]], single[pairs.j[both]], closed[cells_]]),
        np.concatenate(
            [kinds(tied.direct, tied.joint)[keep], kinds(pairs.direct, pairs.joint)[both], kinds(direct, joint)]
        ),
        np.concatenate([tied.pairs[keep], np.ones(int(both.sum())), np.ones(len(rows))]),
        least,
    )


def _spokes(
    left: Linked, found: Cells, opened: np.ndarray, inner: np.ndarray, *, flip: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """From drawn actors to the closed cells of their partners: actor, cell, recorded ties, joint projects."""
    i, j = (left.pairs.j, left.pairs.i) if flip else (left.pairs.i, left.pairs.j)
    some = inner[i] & ~inner[j]
    members = found.members[j[some]] @ sparse.diags_array((~opened).astype(float))
    table = sparse.csr_array(members).tocoo()
    pair, cell = table.coords
    who = i[some][pair]
    size = (len(inner), len(opened))
    direct, joint = (
        sparse.csr_array(sparse.coo_array((weights[some][pair] + 0.0, (who, cell)), shape=size))
        for weights in (left.pairs.direct, left.pairs.joint)
    )
    rows, columns = sparse.csr_array(direct + joint).tocoo().coords
    if len(rows) == 0:
        return rows, columns, np.empty(0), np.empty(0)
    return rows, columns, np.asarray(direct[rows, columns]).ravel(), np.asarray(joint[rows, columns]).ravel()
