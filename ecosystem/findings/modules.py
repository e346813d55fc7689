"""Modules of a two-mode table: which places (or actors) and projects (or fields) belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from ecosystem.findings.record import Content, silent, step_of
from ecosystem.findings.shaping import named, panel
from ecosystem.findings.ties import project_table
from ecosystem.measures import NetworkReason, bipartite_modules, modularity_against_null

if TYPE_CHECKING:
    from ecosystem.findings.material import Level, Material
    from ecosystem.findings.record import Progress
    from ecosystem.measures import Modules, NullModularity

Incidence = Literal["places-projects", "actors-projects", "actors-fields"]
INCIDENCES: tuple[Incidence, ...] = ("places-projects", "actors-projects", "actors-fields")
READ = ("actors", "actor_fields", "projects", "participations")


def modules(
    at: Material,
    *,
    field: str | None = None,
    level: Level = "municipality",
    incidence: Incidence = "places-projects",
    method: str = "leiden",
    runs: int = 50,
    seed: int = 0,
    draws: int = 100,
    progress: Progress = silent,
) -> Content:
    """Modules of rows and columns together by Barber's modularity; see :func:`ecosystem.measures.bipartite_modules`.

    The table is places or actors × projects with two or more of them (of one field or all), or actors × fields. Tables:
    ``summary``, Q with the agreement of ``runs`` searches and Q of ``draws`` random tables with the same margins;
    ``rows`` and ``columns`` with module and stability; ``runs``.
    """
    table, names = _table(at, incidence, level, field)
    found = bipartite_modules(
        table, method=method, runs=runs, seed=seed, progress=step_of(progress, "searches for modules")
    )
    progress("random tables", 0, 1)
    null = modularity_against_null(table, draws=draws, runs=5, seed=seed, method=method)
    progress("random tables", 1, 1)
    none = bool(np.isnan(found.q))
    return Content(
        frames={
            "summary": _summary(found, null),
            "rows": _side(found, "row", names),
            "columns": _side(found, "col", names),
            "runs": pd.DataFrame({"run": range(len(found.q_runs)), "q": found.q_runs}).assign(
                reason=str(NetworkReason.NO_TIES) if none else ""
            ),
        },
        n=found.n,
        counted="rows and columns with ties",
        read=READ,
        notes=("Q is a lower bound: the best of many searches, never proven the maximum.",),
        warnings=found.warnings,
        reasons=(f"modules: {NetworkReason.NO_TIES}",) if none else (),
    )


def _table(at: Material, incidence: Incidence, level: Level, field: str | None) -> tuple[pd.DataFrame, dict[str, str]]:
    """The 0/1 table, and the names of its rows and columns."""
    titles = dict(zip(at.tables.projects["project_id"], at.tables.projects["title"], strict=True))
    called, inside = dict(at.actors["name"]), at.municipalities.inside
    if incidence == "places-projects":
        return project_table(at, level, field), at.units(level).called | titles
    if incidence == "actors-fields":
        return at.incidence(inside & at.works_on(field)), called | at.fields
    who, what = np.flatnonzero(inside), np.flatnonzero(at.has_field(field))
    values = at.participations.csr[who][:, what].toarray()
    joint = values.sum(axis=0) > 1
    some = values[:, joint].any(axis=1)
    rows, columns = at.actors.index[who[some]], at.participations.columns[what[joint]]
    return pd.DataFrame(values[np.ix_(some, joint)].astype("int64"), index=rows, columns=columns), called | titles


def _summary(found: Modules, null: NullModularity) -> pd.DataFrame:
    count = float(max(found.rows.max() if len(found.rows) else -1, found.cols.max() if len(found.cols) else -1) + 1)
    values = {"modules": count, "q": found.q, "q_mean": float(np.mean(found.q_runs)), "ami_mean": found.ami_mean}
    values |= {"ami_min": found.ami_min, "null_q": null.q, "null_mean": null.null_mean, "null_sd": null.null_sd}
    values |= {"z": null.z, "p": null.p}
    none = str(NetworkReason.NO_TIES)
    reasons = dict.fromkeys(values, none)
    if not np.isnan(found.q):
        reasons |= {"z": "all random tables alike", "ami_mean": "a single run", "ami_min": "a single run"}
    return panel(values, {name: reasons[name] for name, value in values.items() if np.isnan(value)})


def _side(found: Modules, side: str, names: dict[str, str]) -> pd.DataFrame:
    """Module and stability of the rows or the columns."""
    labels = found.rows if side == "row" else found.cols
    chosen = (found.stability.index.get_level_values("side") == side) if len(found.stability) else np.array([], bool)
    stability = found.stability.to_numpy()[chosen]
    table = pd.DataFrame({"label": labels.index, "module": labels.to_numpy(), "stability": stability})
    alone = np.where(table["stability"].isna(), str(NetworkReason.ALONE), "")
    table["reason"] = np.where(table["module"] < 0, str(NetworkReason.NO_TIES), alone)
    return named(table, label=names)
