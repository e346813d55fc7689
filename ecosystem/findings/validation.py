"""Which ties stand out from what chance, or the size of their ends, would give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ecosystem.findings.record import Content, silent, step_of
from ecosystem.findings.shaping import named
from ecosystem.findings.ties import TIES_NOTE, commuters, direct_ties, project_table
from ecosystem.measures import NetworkReason, disparity_backbone, noise_corrected, validated_projection

if TYPE_CHECKING:
    from ecosystem.findings.material import Level, Material
    from ecosystem.findings.record import Progress

READ = ("places", "actors", "actor_fields", "projects", "participations", "ties", "flows")


def validated_ties(
    at: Material,
    *,
    field: str | None = None,
    level: Level = "municipality",
    alpha: float = 0.05,
    delta: float = 1.64,
    seed: int = 0,
    draws: int = 1000,
    progress: Progress = silent,
) -> Content:
    """Ties between places that stand out: shared projects against random tables, recorded ties against their strengths.

    Tables: ``projects``, pairs that share a project, ``p`` and ``q`` by FDSM (``draws`` random tables) and exactly by
    SDSM, which is more careful; ``fields``, the same for pairs of fields over actors (FDSM); ``direct``, recorded ties
    between places, disparity filter (level ``alpha``) and noise-corrected (``delta`` standard deviations);
    ``commuters``, noise-corrected flows between districts.
    """
    units, table = at.units(level), project_table(at, level, field)
    projects, told = _projects(table, alpha, (draws, seed), progress)
    inside = at.incidence(at.municipalities.inside)
    fields = validated_projection(
        inside.T, draws=draws, seed=seed, alpha=alpha, progress=step_of(progress, "fields over actors")
    ).rename(columns={"i": "field", "j": "partner"})
    fields.attrs = {}
    frames = {
        "projects": named(projects, place=units.called, partner=units.called),
        "fields": named(fields, field=at.fields, partner=at.fields),
        "direct": named(_direct(at, level, field, alpha, delta), place=units.called, partner=units.called),
        "commuters": named(_commuters(at, delta), place=at.districts.called, partner=at.districts.called),
    }
    return Content(
        frames=frames,
        n=table.shape[1],
        counted="projects that two or more places share",
        read=READ,
        notes=(TIES_NOTE, "Tested are places given how many of these projects each takes part in."),
        warnings=told,
        reasons=tuple(f"{name}: {NetworkReason.NO_TIES}" for name, frame in frames.items() if frame.empty),
    )


def _projects(
    table: pd.DataFrame, alpha: float, drawing: tuple[int, int], progress: Progress
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Pairs that share a project, tested by both models over all pairs."""
    step = step_of(progress, "places over projects")
    drawn = validated_projection(table, draws=drawing[0], seed=drawing[1], alpha=alpha, progress=step)
    exact = validated_projection(table, model="sdsm", alpha=alpha)
    pairs = drawn.rename(columns={"i": "place", "j": "partner"})
    at = list(pairs.columns).index("reason")
    for name in ("keep", "q", "p", "expected"):
        pairs.insert(at, f"{name}_sdsm", exact[name].to_numpy())
    told = drawn.attrs["warnings"]
    pairs.attrs = {}
    return pairs[(pairs["shared"] > 0).to_numpy()].reset_index(drop=True), told


def _direct(at: Material, level: Level, field: str | None, alpha: float, delta: float) -> pd.DataFrame:
    ties = direct_ties(at, level, field)
    np.fill_diagonal(values := ties.to_numpy(copy=True), 0.0)
    ties = pd.DataFrame(values, index=ties.index, columns=ties.columns)
    # both list the ties in the same order
    thinned, corrected = disparity_backbone(ties, alpha), noise_corrected(ties, directed=False, delta=delta)
    return pd.DataFrame(
        {
            "place": thinned["i"],
            "partner": thinned["j"],
            "ties": thinned["weight"],
            "disparity": thinned["alpha"],
            "keep_disparity": thinned["keep"],
            "score": corrected["score"],
            "sd": corrected["sd"],
            "keep_noise_corrected": corrected["keep"],
            "reason": corrected["reason"],
        }
    )


def _commuters(at: Material, delta: float) -> pd.DataFrame:
    found = noise_corrected(commuters(at)[0], directed=True, delta=delta)
    return found.rename(columns={"i": "place", "j": "partner", "weight": "commuters"})
