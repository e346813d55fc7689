"""Why a number about sizes, ties or nodes is missing; the words a view translates."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class NetworkReason(StrEnum):
    """Reasons of the network families; a cell with several joins them with ``"; "``, a defined one has ``""``."""

    FEW_CENTRES = "too few centres"
    NOT_ESTIMATED = "not estimated: fewer than 8 centres"
    EQUAL_SIZES = "sizes are all equal"
    FEW_CITIES = "too few cities"
    NO_TIES = "no ties"
    NO_TIES_ELSEWHERE = "no ties elsewhere"
    NO_DIRECTION = "ties have no direction"
    FOR_THESE_CENTRES = "undefined for these centres"
    EMPTY_PROFILE = "empty place"
    NO_SPECIALISATION = "neither is specialised"
    NO_EXPECTATION = "no expected ties given"
    FEW_ACTORS = "too few actors"
    ALREADY_SPECIALISED = "already specialised"
    UNRELATED_FIELD = "field related to no other"
    ALONE = "alone in its module"
    NO_GROUP = "no group"
    SINGLE_TIE = "fewer than two ties"
    NOT_BETWEEN = "no pair to lie between"
    FORCED = "forced by the margins, not tested"
    WHOLE_STRENGTH = "one end holds all ties"
    LITTLE_FLOW = "too little flow"


def joined(first: NDArray[np.str_], second: NDArray[np.str_]) -> NDArray[np.str_]:
    """Two columns of reasons as one.

    >>> joined(np.array(["no ties", ""]), np.array(["too few actors", ""])).tolist()
    ['no ties; too few actors', '']
    """
    between = np.where((first != "") & (second != ""), "; ", "")
    return np.char.add(np.char.add(first, between), second)
