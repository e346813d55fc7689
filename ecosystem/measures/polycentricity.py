"""Polycentricity in both senses: of sizes (morphological) and of ties (functional)."""

from __future__ import annotations

from ecosystem.measures.functional import (
    FunctionalPanel,
    GeneralFunctional,
    GreenResult,
    functional_panel,
    general_functional,
    green_polycentricity,
)
from ecosystem.measures.morphology import RankSize, gini, mean_slope, morphological_panel, rank_size, stepwise

__all__ = [
    "FunctionalPanel",
    "GeneralFunctional",
    "GreenResult",
    "RankSize",
    "functional_panel",
    "general_functional",
    "gini",
    "green_polycentricity",
    "mean_slope",
    "morphological_panel",
    "rank_size",
    "stepwise",
]
