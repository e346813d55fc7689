"""Which actors belong together, how sure that is, and what such groups follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np
import pandas as pd
from scipy import sparse

from ecosystem.clusters import runs_for
from ecosystem.findings.record import Content, silent, step_of
from ecosystem.findings.shaping import named, panel
from ecosystem.findings.ties import Layer, actor_layer
from ecosystem.measures import (
    NetworkReason,
    adjusted_mutual_info,
    association,
    communities_against_null,
    node_stability,
    reassigned,
    rewired,
)
from ecosystem.measures.communities import Method
from ecosystem.measures.communities import communities as search
from ecosystem.measures.modules import STABLE, agreement
from ecosystem.measures.partitions import NO_GROUP
from ecosystem.projections import MAX_PARTNERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.clusters import ClusterOptions
    from ecosystem.findings.material import Level, Material
    from ecosystem.findings.record import Progress
    from ecosystem.measures import NullModularity
    from ecosystem.measures.communities import Partition

READ = ("actors", "actor_fields", "projects", "participations", "ties")
METHODS: tuple[Method, ...] = get_args(Method)
NETWORK = "Actors outside the region take part, as they do in the clusters shown."
MOST_CELLS = 200_000_000
"""Actors times joint projects that are redrawn for the null; beyond, a table of a byte each would not fit."""
NULL_NOTE = "Random networks keep the number of ties and of joint projects of every actor."


def communities(
    at: Material,
    *,
    level: Level = "municipality",
    layer: Layer = "both",
    runs: int = 50,
    seed: int = 0,
    draws: int = 1000,
    null_draws: int = 100,
    progress: Progress = silent,
) -> Content:
    """The clusters of the actor network: how stable, how far from chance, and whether they follow place or field.

    The communities shown are those of the atlas, of one layer alone found in the same way. Tables: ``stability``, one
    row per method with the agreement (AMI) of ``runs`` searches; ``null``, modularity against random networks
    (:func:`ecosystem.measures.rewired`, ``reassigned``); ``association`` with city, field (actors of one field) and
    sector, p from ``draws`` permutations; ``communities`` and ``actors`` with the share of runs in which members stay
    together; ``runs``.
    """
    weights, nodes, options = actor_layer(at, layer), at.actors.index, at.options
    shown = at.partition if layer == "both" else _of_layer(weights, nodes, options)
    found = {
        method: _searches(weights, nodes, method, (runs, seed, options.resolution), progress) for method in METHODS
    }
    partitions = pd.DataFrame({f"run {run}": one.labels for run, one in enumerate(found["leiden"])}, index=nodes)
    stability = node_stability(partitions, shown.labels)
    counted = step_of(progress, "random networks")
    null = None
    if len(nodes) * int(_joint(at).sum()) <= MOST_CELLS:
        nulls = _nulls(at, layer, null_draws, seed)
        null = communities_against_null(weights, nodes, nulls, draws=null_draws, seed=seed, progress=counted)
    tied = int((shown.labels >= 0).sum())
    table = _stability(found, shown)
    shaky = bool((table["ami_mean"] < STABLE).any())
    return Content(
        frames={
            "stability": table,
            "null": _null(null),
            "association": _association(at, level, shown, draws, seed),
            "communities": _communities(shown, stability, options.min_actors),
            "actors": _actors(at, shown, stability, options.min_actors),
            "runs": _runs(found),
        },
        n=tied,
        counted="actors with ties",
        read=READ,
        notes=(NETWORK, NULL_NOTE),
        warnings=("communities depend on the seed: read the stability of every actor",) if shaky else (),
        reasons=() if tied else (f"communities: {NetworkReason.NO_TIES}",),
    )


def _of_layer(weights: sparse.csr_array, nodes: pd.Index, options: ClusterOptions) -> Partition:
    """The communities of one layer alone, searched like those of both."""
    runs = runs_for(weights.nnz // 2) if options.runs is None else options.runs
    return search(weights, nodes, runs=runs, seed=options.seed, resolution=options.resolution)


def _searches(
    weights: sparse.csr_array, nodes: pd.Index, method: Method, asked: tuple[int, int, float], progress: Progress
) -> list[Partition]:
    """One search per seed."""
    runs, seed, resolution = asked
    found = []
    for run in range(runs):
        found.append(search(weights, nodes, method=method, runs=1, seed=seed + run, resolution=resolution))
        progress(f"{method} runs", run + 1, runs)
    return found


def _joint(at: Material) -> np.ndarray:
    """Which projects tie actors: those of two or more, but not of very many."""
    partners = np.asarray(at.participations.csr.sum(axis=0)).ravel()
    return np.asarray((partners > 1) & (partners <= MAX_PARTNERS))


def _nulls(at: Material, layer: Layer, draws: int, seed: int) -> Iterator[sparse.csr_array]:
    """Networks in which actors keep their numbers of ties and of joint projects."""
    options = at.options
    use_direct, use_projects = layer != "projects", layer != "direct"
    weights = (1.0, 1.0) if layer != "both" else (options.direct_weight, options.project_weight)
    direct = rewired(at.direct.csr, seed=seed)
    table = sparse.csr_array(at.participations.csr[:, np.flatnonzero(_joint(at))])
    partners = np.asarray(table.sum(axis=0)).ravel()
    for drawn in reassigned(table, draws=draws, seed=seed):
        network: sparse.csr_array = sparse.csr_array(at.direct.csr.shape)
        if use_direct:
            network = sparse.csr_array(network + next(direct) * weights[0])
        if use_projects:
            network = sparse.csr_array(network + _newman(drawn, partners) * weights[1])
        network.eliminate_zeros()
        yield network


def _newman(table: sparse.csr_array, partners: np.ndarray) -> sparse.csr_array:
    """Actors × actors through joint projects, each of k participants weighing 1/(k − 1)."""
    pairs = sparse.csr_array(table @ sparse.diags_array(1 / (partners - 1.0)) @ table.T)
    pairs.setdiag(0.0)
    return pairs


def _stability(found: dict[Method, list[Partition]], shown: Partition) -> pd.DataFrame:
    rows = []
    for method, runs in found.items():
        codes = [run.labels.to_numpy()[run.labels.to_numpy() >= 0] for run in runs]
        mean, least = agreement(codes)
        q = np.array([run.modularity for run in runs])
        best = runs[int(np.argmax(q))] if len(codes[0]) else runs[0]
        with_shown = adjusted_mutual_info(best.labels, shown.labels)
        rows.append((method, len(runs), best.count, q.max(), q.mean(), q.min(), mean, least, with_shown))
    names = ["method", "runs", "communities", "q_best", "q_mean", "q_min", "ami_mean", "ami_min", "ami_with_shown"]
    table = pd.DataFrame(rows, columns=names)
    few = np.where(table["ami_mean"].isna(), "a single run", "")
    return table.assign(reason=np.where(table["q_best"].isna(), str(NetworkReason.NO_TIES), few))


def _null(null: NullModularity | None) -> pd.DataFrame:
    names = ("q", "null_mean", "null_sd", "z", "p")
    if null is None:
        return panel(dict.fromkeys(names, float("nan")), dict.fromkeys(names, "too many actors and projects to redraw"))
    values = {name: float(getattr(null, name)) for name in names}
    why = str(NetworkReason.NO_TIES) if np.isnan(null.q) else "all random networks alike"
    return panel(values, {name: why for name, value in values.items() if np.isnan(value)})


def _association(at: Material, level: Level, shown: Partition, draws: int, seed: int) -> pd.DataFrame:
    """Do communities follow the city, the field, the sector?"""
    units = at.units(level)
    held = at.memberships.csr.toarray() > 0
    of_field = np.where(held.sum(axis=1) == 1, held.argmax(axis=1) if held.shape[1] else NO_GROUP, NO_GROUP)
    sector, _ = pd.factorize(at.actors["sector"])
    attributes = {"city": units.of_actor, "field": of_field, "sector": sector}
    rows = []
    for name, codes in attributes.items():
        found = association(shown.labels, pd.Series(codes, index=shown.labels.index), draws=draws, seed=seed)
        rows.append((name, found.n, found.ami, found.p, "" if found.n else str(NetworkReason.NO_TIES)))
    return pd.DataFrame(rows, columns=["attribute", "n", "ami", "p", "reason"])


def _ids(shown: Partition, min_actors: int) -> list[str]:
    """The atlas's id of every community, ``""`` for one that is too small to be a cluster."""
    sizes = np.bincount(shown.labels[shown.labels >= 0], minlength=shown.count)
    return [f"c{number:02d}" if size >= min_actors else "" for number, size in enumerate(sizes, start=1)]


def _communities(shown: Partition, stability: pd.Series[float], min_actors: int) -> pd.DataFrame:
    ids = _ids(shown, min_actors)
    rows = []
    for label, cluster in enumerate(ids):
        members = stability[(shown.labels == label).to_numpy()]
        rows.append((label, cluster, len(members), members.mean(), members.min()))
    names = ["community", "cluster", "actors", "stability_mean", "stability_min"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(reason=np.where(table["stability_mean"].isna(), str(NetworkReason.ALONE), ""))


def _actors(at: Material, shown: Partition, stability: pd.Series[float], min_actors: int) -> pd.DataFrame:
    ids = [*_ids(shown, min_actors), ""]
    labels = shown.labels.to_numpy()
    places = dict(zip(at.tables.places["place_id"], at.tables.places["name"], strict=True))
    table = pd.DataFrame(
        {
            "actor": at.actors.index,
            "place": at.actors["place_id"].to_numpy(),
            "sector": at.actors["sector"].to_numpy(),
            "community": labels,
            "cluster": [ids[label] for label in labels],
            "stability": stability.to_numpy(),
        }
    )
    alone = np.where(table["stability"].isna(), str(NetworkReason.ALONE), "")
    table["reason"] = np.where(labels < 0, str(NetworkReason.NO_TIES), alone)
    return named(table, actor=dict(at.actors["name"]), place=places)


def _runs(found: dict[Method, list[Partition]]) -> pd.DataFrame:
    rows = [(method, run.seed, run.count, run.modularity) for method, runs in found.items() for run in runs]
    table = pd.DataFrame(rows, columns=["method", "seed", "communities", "modularity"])
    return table.assign(reason=np.where(table["modularity"].isna(), str(NetworkReason.NO_TIES), ""))
