"""Who stands between others, and how fast the network falls apart without its anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pandas as pd

from ecosystem.findings.record import Content, silent, step_of
from ecosystem.findings.shaping import joined, keyed, named, panel
from ecosystem.findings.ties import Layer, actor_layer
from ecosystem.measures import NetworkReason, brokerage_roles, constraint_table, removal_curve, rich_club
from ecosystem.measures.betweenness import betweenness

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ecosystem.findings.material import Level, Material
    from ecosystem.findings.record import Progress
    from ecosystem.measures import Betweenness, RemovalCurve

READ = ("actors", "actor_fields", "projects", "participations", "ties")
BROKER_Z, BROKER_COUNT = 2.0, 5
"""A broker is shown where z is above the first and the count at least the second (suggested)."""
ROLES = ("coordinator", "consultant", "gatekeeper", "liaison")


def brokerage(
    at: Material,
    *,
    field: str | None = None,
    level: Level = "municipality",
    layer: Layer = "both",
    random_orders: int = 200,
    rich_club_draws: int = 50,
    seed: int = 0,
    draws: int = 1000,
    progress: Progress = silent,
) -> Content:
    """Brokers among the actors of the region (of one field or all), and the resilience of their network.

    Tables: ``actors`` (constraint, effective size, core, articulation, betweenness with its standard error where it is
    sampled, in the layer chosen); ``roles``, Gould–Fernandez roles between cities and between sectors, from recorded
    ties only because a shared project is no path, ``broker`` where z > 2 and the count is 5 or more; ``resilience``,
    R of removing the best tied first and of random orders; ``removal``, the curves; ``rich_club``.
    """
    units = at.units(level)
    who = np.flatnonzero(units.inside & at.works_on(field))
    nodes = pd.Index(at.actors.index[who])
    ties = actor_layer(at, layer)[who][:, who]
    graph, recorded = _graph(at, layer, who), _graph(at, "direct", who)
    between = betweenness(ties, nodes, seed=seed, progress=step_of(progress, "betweenness"))
    curve = removal_curve(graph, random_orders=random_orders, seed=seed, progress=step_of(progress, "random removals"))
    cities: dict[Hashable, str] = dict(zip(nodes, units.ids[units.of_actor[who]], strict=True))
    sectors: dict[Hashable, str] = dict(zip(nodes, at.actors["sector"].iloc[who], strict=True))
    roles = [
        _roles(recorded, groups, between_what, (draws, seed), progress)
        for between_what, groups in (("cities", cities), ("sectors", sectors))
    ]
    tied = int((ties.sum(axis=1) > 0).sum())
    names = dict(at.actors["name"])
    return Content(
        frames={
            "actors": _actors(constraint_table(graph), between, cities, names, units.called),
            "roles": named(pd.concat(roles, ignore_index=True), actor=names),
            "resilience": _resilience(curve),
            "removal": _removal(curve, names),
            "rich_club": rich_club(
                graph, draws=rich_club_draws, seed=seed, progress=step_of(progress, "edge swaps")
            ).assign(reason=lambda rows: np.where(rows["ratio"].isna(), "null mean is 0", "")),
        },
        n=tied,
        counted="actors with ties",
        read=READ,
        notes=(
            "Only ties between actors of the region count.",
            "A removal curve means something only beside random removal; the rich club only as ratio to its null.",
        ),
        reasons=() if tied else (f"brokerage: {NetworkReason.NO_TIES}",),
    )


def _graph(at: Material, layer: Layer, who: np.ndarray) -> nx.Graph:
    ties = actor_layer(at, layer)[who][:, who]
    return nx.relabel_nodes(nx.from_scipy_sparse_array(ties), dict(enumerate(at.actors.index[who])))


def _actors(
    table: pd.DataFrame,
    between: Betweenness,
    cities: dict[Hashable, str],
    names: dict[str, str],
    called: dict[str, str],
) -> pd.DataFrame:
    shown = keyed(table, "actor")
    order = list(shown["actor"])
    shown.insert(1, "place", [cities[actor] for actor in order])
    at = list(shown.columns).index("reason")
    shown.insert(at, "betweenness", between.value.reindex(order).to_numpy())
    shown.insert(at + 1, "betweenness_se", between.standard_error.reindex(order).to_numpy())
    none = np.where(shown["betweenness"].isna(), str(NetworkReason.NOT_BETWEEN), "")
    shown["reason"] = joined(shown["reason"], none)
    return named(shown, actor=names, place=called)


def _roles(
    graph: nx.Graph, groups: dict[Hashable, str], between: str, drawing: tuple[int, int], progress: Progress
) -> pd.DataFrame:
    """One row per actor and role that occurs."""
    draws, seed = drawing
    step = step_of(progress, f"roles between {between}")
    table = brokerage_roles(graph, groups, draws=draws, seed=seed, progress=step)
    rows = []
    for role in ROLES:
        part = table[[role, *(f"{role}_{name}" for name in ("expected", "null", "z", "p", "q"))]]
        part = part.set_axis(["count", "expected", "null", "z", "p", "q"], axis=1)
        rows.append(keyed(part[(part["count"] > 0).to_numpy()], "actor").assign(role=role))
    found = pd.concat(rows, ignore_index=True)
    found.insert(0, "between", between)
    found.insert(2, "role", found.pop("role"))
    found["broker"] = (found["z"] > BROKER_Z) & (found["count"] >= BROKER_COUNT)
    return found.assign(reason=np.where(found["z"].isna(), "chance never changes the count", ""))


def _resilience(curve: RemovalCurve) -> pd.DataFrame:
    names = ("r", "r_random_mean", "r_random_low", "r_random_high")
    values = {name: float(getattr(curve, name)) for name in names}
    return panel(values, {name: "no actor" for name, value in values.items() if np.isnan(value)})


def _removal(curve: RemovalCurve, names: dict[str, str]) -> pd.DataFrame:
    order = ["", *(str(actor) for actor in curve.order)]
    table = pd.DataFrame(
        {
            "removed": curve.share.index,
            "actor": order[: len(curve.share)],
            "share": curve.share.to_numpy(),
            "random_mean": curve.random_mean.to_numpy(),
            "random_low": curve.random_low.to_numpy(),
            "random_high": curve.random_high.to_numpy(),
        }
    )
    return named(table, actor=names | {"": ""})
