"""Regions side by side: the same measures with the same parameters, and where their data bases differ.

Actors are collected, not sampled: a number has an interval only where its measure has one (Zipf's exponent, the
modularity of repeated searches); elsewhere ``n`` says what it rests on. What is not defined is NaN with a reason.
"""

from __future__ import annotations

from ecosystem.compare.basis import Basis, basis
from ecosystem.compare.comparison import Comparison, compare, compared
from ecosystem.compare.differences import Difference, differences
from ecosystem.compare.portrait import FieldNumbers, Number, Options, Portrait, portrait

__all__ = [
    "Basis",
    "Comparison",
    "Difference",
    "FieldNumbers",
    "Number",
    "Options",
    "Portrait",
    "basis",
    "compare",
    "compared",
    "differences",
    "portrait",
]
