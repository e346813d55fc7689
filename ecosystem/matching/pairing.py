"""Words of two names paired: those in common (also joined, or misspelt by little), and what is left on each side."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from ecosystem.matching import names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ecosystem.matching.names import Name

_GENERIC = 0.3
_BRACKETED = 0.5
_LEAST_NAMES = 500
_ALIKE, _ALIKE_LENGTH = 0.84, 5
_STEM, _STEM_SHARE = 8, 0.7


@dataclass(frozen=True)
class Weights:
    """Weights of words, and the words that are names of towns."""

    counts: Mapping[str, int]
    """Names that have each word."""
    total: int
    towns: Mapping[str, str]
    """Word → the town it stands for: "essener" stands for "essen"."""
    memo: dict[str, float] = field(default_factory=dict, repr=False)
    """Weights already worked out: each is asked for a million times."""

    def of(self, word: str) -> float:
        """Weight of a word between 0 (in every name) and 1 (in one): 1 - log(names that have it) / log(all names).

        A few names count as 500: in two of two, a word is not common yet.

        >>> round(Weights({"stadt": 100}, 10_000, {}).of("stadt"), 2), Weights({}, 10_000, {}).of("neu")
        (0.5, 1.0)
        """
        found = self.memo.get(word)
        if found is None:
            rare = 1 - math.log(max(1, self.counts.get(word, 1))) / math.log(max(_LEAST_NAMES, self.total))
            found = self.memo[word] = rare * (_GENERIC if names.generic(word) else 1.0)
        return found


@dataclass(frozen=True, slots=True)
class Paired:
    """Words of two names: ``shared``, and what only one has with the share of its weight that counts."""

    shared: frozenset[str]
    left: Mapping[str, float]
    right: Mapping[str, float]


def pair(left: Name, right: Name) -> Paired:
    """Pair the words of two names.

    >>> from ecosystem.matching.names import parse
    >>> found = pair(parse("Zentrum für Brennstoffzellen Technik"), parse("Zentrum für BrennstoffzellenTechnik GmbH"))
    >>> sorted(found.shared), dict(found.left), dict(found.right)
    (['brennstoffzellentechnik', 'zentrum'], {}, {})
    """
    mine, theirs = dict.fromkeys(left.words, 1.0), dict.fromkeys(right.words, 1.0)
    shared = mine.keys() & theirs.keys()
    only_left = {word: share for word, share in mine.items() if word not in shared}
    only_right = {word: share for word, share in theirs.items() if word not in shared}
    found = set(shared)
    if only_left and only_right:
        found |= _joined(only_left, only_right, right.words) | _joined(only_right, only_left, left.words)
        found |= _alike(only_left, only_right)
    _add_bracketed(only_left, left.inside, theirs, found)
    _add_bracketed(only_right, right.inside, mine, found)
    for word in only_left.keys() & only_right.keys():
        found.add(word)
        del only_left[word], only_right[word]
    return Paired(frozenset(found), only_left, only_right)


def _joined(one: dict[str, float], parts: dict[str, float], order: Sequence[str]) -> set[str]:
    """Words that the other name writes in two: removed from both sides, returned."""
    found = set()
    for first, second in pairwise(order):
        if first in parts and second in parts:
            joined = next((word for word in _compounds(first, second) if word in one), None)
            if joined:
                found.add(joined)
                del one[joined], parts[first], parts[second]
    return found


def _compounds(first: str, second: str) -> tuple[str, ...]:
    """How German joins two words: as they are, with a linking s or n, or without a final e (Hochschulallianz)."""
    shorter = (first[:-1] + second,) if first.endswith("e") else ()
    return (first + second, f"{first}s{second}", f"{first}n{second}", *shorter)


def _alike(left: dict[str, float], right: dict[str, float]) -> set[str]:
    """Pairs of long words that differ by little (an ending, a slip): removed from both sides, one of each returned."""
    found = set()
    for word in sorted(left):
        near = [other for other in sorted(right) if _near(word, other)]
        if near:
            found.add(min(word, near[0]))
            del left[word], right[near[0]]
    return found


def _near(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _ALIKE_LENGTH or word[0] != other[0]:
        return False
    if Levenshtein.normalized_similarity(word, other, score_cutoff=_ALIKE) > 0:
        return True
    # long compounds with another ending: Brennstoffzellentechnik, Brennstoffzellentechnologie
    stem = max(_STEM, math.ceil(_STEM_SHARE * max(len(word), len(other))))
    return len(word) >= stem and word[:stem] == other[:stem]


def _add_bracketed(only: dict[str, float], inside: Sequence[str], other: Mapping[str, float], found: set[str]) -> None:
    for word in inside:
        if word in other:
            found.add(word)
        elif word not in found:
            only.setdefault(word, _BRACKETED)
