"""The rows behind the network: nodes and ties at the level shown, brokers, uncertain cluster members."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboards.components.netlists import role_names
from dashboards.components.words import sector_names
from dashboards.views.brokers import brokers
from dashboards.views.cellcard import cell_names, evidence
from dashboards.views.cells import bundles
from dashboards.views.filters import positions
from dashboards.views.network import network
from dashboards.views.sheet import Column, Sheet
from dashboards.views.stability import stability
from ecosystem.affiliations import actor_sectors
from ecosystem.model import Sector

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.network import Network
    from ecosystem.atlas import Atlas

Row = dict[str, Any]


def nodes(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """All actors, or all cells, that the filters leave, also those that are not drawn."""
    view = network(atlas, selection)
    return _actors(atlas, view, tr) if view.cells is None else _cells(atlas, selection, view, tr)


def ties(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """All linked pairs of actors, or all bundles between cells."""
    view = network(atlas, selection)
    return _pairs(atlas, view, tr) if view.cells is None else _bundles(atlas, selection, view, tr)


def standing(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Brokers and articulation actors among the actors left."""
    view, names = network(atlas, selection), atlas.tables.actors["name"].to_numpy()
    roles, groups = role_names(tr), {"cities": tr("cities"), "sectors": tr("sectors"), "": ""}
    rows = [
        {
            "id": str(atlas.positions.index[one.actor]),
            "name": names[one.actor],
            "betweenness": one.betweenness,
            "between": groups[one.between],
            "role": roles.get(one.role, ""),
            "count": one.count or float("nan"),
            "z": one.z,
            "articulation": tr("yes") if one.articulation else tr("no"),
        }
        for one in brokers(atlas, selection).items
        if view.left.actors[one.actor]
    ]
    columns = (
        Column("name", tr("Actor"), wide=True),
        Column("betweenness", tr("Betweenness"), "number", 4),
        Column("between", tr("Broker between")),
        Column("role", tr("Role"), wide=True),
        Column("count", tr("Times"), "number"),
        Column("z", tr("z"), "number", 1),
        Column("articulation", tr("Articulation actor")),
    )
    return Sheet(tr("Brokers and articulation actors"), columns, rows)


def border(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """How stable every actor's place in its cluster is, the least stable first."""
    view, found = network(atlas, selection), stability(atlas)
    clusters = {item.cluster_id: tr.label(item.name) for item in atlas.clusters.items}
    names, member = atlas.tables.actors["name"].to_numpy(), atlas.cluster_of_actors.to_numpy()
    rows = [
        {
            "id": str(atlas.positions.index[at]),
            "name": names[at],
            "cluster": clusters.get(member[at], ""),
            "stability": float(found.value[at]),
        }
        for at in np.argsort(found.value)
        if view.left.actors[at]
    ]
    columns = (
        Column("name", tr("Actor"), wide=True),
        Column("cluster", tr("Cluster"), wide=True),
        Column("stability", tr("Stability"), "share"),
    )
    return Sheet(tr("Stability of the clusters"), columns, rows)


def _actors(atlas: Atlas, view: Network, tr: Translator) -> Sheet:
    at = _in_order(atlas, view)
    actors = atlas.tables.actors.iloc[at]
    places = dict(zip(atlas.tables.places["place_id"], atlas.tables.places["name"], strict=True))
    clusters = {item.cluster_id: tr.label(item.name) for item in atlas.clusters.items}
    sectors, fields, degree = sector_names(tr), _fields_text(atlas, tr), view.left.degree[at]
    rows = [
        {
            "id": actor,
            "name": name,
            "sector": sectors[sector],
            "place": places.get(place, ""),
            "fields": fields[position],
            "cluster": clusters.get(cluster, ""),
            "ties": ties,
        }
        for position, actor, name, sector, place, cluster, ties in zip(
            at.tolist(), actors["actor_id"], actors["name"], actors["sector"], actors["place_id"],
            atlas.cluster_of_actors.iloc[at], degree.tolist(), strict=True,
        )
    ]  # fmt: skip
    columns = (
        Column("name", tr("Actor"), wide=True),
        Column("sector", tr("Sector")),
        Column("place", tr("City")),
        Column("fields", tr("Fields"), wide=True),
        Column("cluster", tr("Cluster"), wide=True),
        Column("ties", tr("Linked actors"), "number"),
    )
    return Sheet(tr("Actors of the network"), columns, rows)


def _in_order(atlas: Atlas, view: Network) -> np.ndarray:
    """Those drawn as they are drawn, then the rest."""
    drawn = positions(atlas, view.nodes.ids)
    rest = view.left.actors.copy()
    rest[drawn] = False
    return np.concatenate([drawn, np.flatnonzero(rest)])


def _fields_text(atlas: Atlas, tr: Translator) -> list[str]:
    matrix = atlas.fields_of_actors.csr
    names = [tr.label(field.short) for field in atlas.region.fields]
    starts, columns = matrix.indptr, matrix.indices.tolist()
    return [", ".join(names[column] for column in columns[one:two]) for one, two in pairwise(starts)]


def _cells(atlas: Atlas, selection: Selection, view: Network, tr: Translator) -> Sheet:
    found = view.cells
    assert found is not None  # noqa: S101 -- the caller looked
    names = cell_names(atlas, selection, tr("outside the region"), tr("no field stated"))
    sectors = np.asarray((found.members.T @ actor_sectors(atlas.tables).csr).toarray()).astype(int)
    inside = bundles(found, view.left.pairs).inside
    columns_of = found.members.tocsc()
    rows: list[Row] = []
    for at, (key, count) in enumerate(zip(found.keys, found.counts.tolist(), strict=True)):
        mine = np.zeros(len(atlas.positions), dtype=bool)
        mine[columns_of.indices[columns_of.indptr[at] : columns_of.indptr[at + 1]]] = True
        recorded, strong = evidence(atlas, selection, mine)
        rows.append(
            {
                "id": key,
                "name": names[key],
                "actors": count,
                **{sector.value: int(n) for sector, n in zip(Sector, sectors[at], strict=True)},
                "inside": int(inside[at]),
                "recorded": recorded,
                "strong": strong / recorded if recorded else float("nan"),
            }
        )
    columns = (
        Column("name", tr("Group"), wide=True),
        Column("actors", tr("Actors"), "number"),
        *(Column(Sector(sector).value, name, "number") for sector, name in sector_names(tr).items()),
        Column("inside", tr("Linked pairs inside"), "number"),
        Column("recorded", tr("Recorded ties"), "number"),
        Column("strong", tr("with a page or register behind them"), "share"),
    )
    note = tr("An actor with several fields counts in each of them.")
    return Sheet(tr("Groups of the network"), columns, rows, (note,))


def _bundles(atlas: Atlas, selection: Selection, view: Network, tr: Translator) -> Sheet:
    found = view.cells
    assert found is not None  # noqa: S101 -- the caller looked
    names = cell_names(atlas, selection, tr("outside the region"), tr("no field stated"))
    tied = bundles(found, view.left.pairs)
    order = np.argsort(-tied.pairs, kind="stable")
    table = zip(
        *(column[order].tolist() for column in (tied.a, tied.b, tied.pairs, tied.direct, tied.joint)), strict=True
    )
    rows = [
        {
            "id": f"{found.keys[a]}~{found.keys[b]}",
            "one": names[found.keys[a]],
            "other": names[found.keys[b]],
            "pairs": pairs,
            "direct": direct,
            "joint": joint,
        }
        for a, b, pairs, direct, joint in table
    ]
    columns = (
        Column("one", tr("Group"), wide=True),
        Column("other", tr("Linked with"), wide=True),
        Column("pairs", tr("Linked pairs"), "number"),
        Column("direct", tr("with a recorded tie"), "number"),
        Column("joint", tr("with a joint project"), "number"),
    )
    note = tr("A pair of actors counts at every two groups it joins: an actor with several fields stands in several.")
    return Sheet(tr("Ties between groups"), columns, rows, (note,))


def _pairs(atlas: Atlas, view: Network, tr: Translator) -> Sheet:
    pairs, tested = view.left.pairs, view.left.tested
    ids, names = (atlas.tables.actors[name].to_numpy() for name in ("actor_id", "name"))
    columns = [
        Column("one", tr("Actor"), wide=True),
        Column("other", tr("Linked with"), wide=True),
        Column("direct", tr("Recorded ties"), "number"),
        Column("joint", tr("Joint projects"), "number"),
    ]
    ends = (pairs.i.tolist(), pairs.j.tolist(), pairs.direct.tolist(), pairs.joint.tolist())
    rows: list[Row] = [
        {"id": f"{ids[i]}~{ids[j]}", "one": names[i], "other": names[j], "direct": int(direct), "joint": int(joint)}
        for i, j, direct, joint in zip(*ends, strict=True)
    ]
    if tested is not None:
        columns += [Column("p", tr("p by chance"), "number", 4), Column("q", tr("q by chance"), "number", 4)]
        for row, p, q in zip(rows, *(one.tolist() for one in tested.of(pairs)), strict=True):
            row |= {"p": p, "q": q}
    return Sheet(tr("Linked pairs of the network"), tuple(columns), rows)
