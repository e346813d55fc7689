"""What results of measures have in common: the variant, what they rest on, and what to be careful about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a number is missing; a cell with several reasons joins them with ``"; "``, a defined one has ``""``."""

    EMPTY_PLACE = "empty place"
    EMPTY_FIELD = "empty field"
    ONLY_PLACE = "no other place"
    ONE_FIELD = "one field only"
    ONE_MEMBERSHIP = "fewer than two memberships"
    BELOW_SAMPLE = "smaller than the common sample"
    NONE_HERE = "no actor of the field here"
    TOO_FEW_ACTORS = "too few actors"
    NOT_SPECIALISED = "no specialised field"
    NEVER_SPECIALISED = "specialised in no place that takes part"
    NOTHING_MISSING = "no missing field"
    NOTHING_HELD = "no held field"
    ONE_LEVEL = "no two-level taxonomy"
    ONE_CATEGORY = "fewer than two categories"
    DISCONNECTED = "disconnected"
    NO_SECOND_EIGENVECTOR = "second eigenvector not unique"
    NO_SIGN = "no sign: unrelated to diversity"


@dataclass(frozen=True, kw_only=True, eq=False)
class Result:
    """Base of every result record; compared by identity, because frames have no single truth value.

    ``variant`` names the formula, ``n`` what the numbers rest on (actors, memberships, places: the record's
    docstring says which), ``warnings`` are sentences to be shown beside the numbers.
    """

    variant: str
    n: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class DrawnResult(Result):
    """A result that rests on random draws: the same ``seed`` and ``draws`` give the same numbers."""

    seed: int
    draws: int
