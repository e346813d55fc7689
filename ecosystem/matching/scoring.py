"""How much two records speak for one organisation, between 0 and 1, with the reasons in words.

Words weigh by how rare they are among all names at hand (:class:`ecosystem.matching.pairing.Weights`). What only one
name has costs, unless it is the town where both sit or a short form of the other name. Towns that contradict each other
end the comparison, and so do different places, unless the names are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ecosystem.matching import shortforms
from ecosystem.matching.pairing import pair
from ecosystem.matching.records import DECIDING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ecosystem.matching.names import Name
    from ecosystem.matching.pairing import Paired, Weights
    from ecosystem.matching.records import Record, Variant

_DISTINCTIVE = 0.62
ELSEWHERE = 0.75
"""Score of one name in two places, and of a long short form without any place."""
_FORMS_DIFFER, _KIND, _SITE, _PART, _UNPLACED, _UNTELLING, _TIED = 0.08, 0.2, 0.1, 0.12, 0.95, 0.86, 0.9
_SECOND_NAME, _NOT_EXACT = 0.006, 0.92
_LONG_SHORT = 5
_UNIQUE = ("ror", "vat", "lei")
"""Schemes that give an organisation one id only: two ids are two organisations."""


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its reasons; ``exact`` where the names have the same words and nothing speaks against them."""

    value: float
    reasons: tuple[str, ...] = ()
    exact: bool = False
    decides: bool = False
    """Whether it is an id's or a reviewer's word, which outdoes every likeness."""


NOTHING = Score(0.0)
DECIDED = Score(1.0, ("decided by a reviewer",), decides=True)


@dataclass(frozen=True, slots=True)
class Ground:
    """What comparisons stand on: weights of words, and the town words of each place."""

    weights: Weights
    home: Mapping[str, frozenset[str]]


def compare(a: Record, b: Record, ground: Ground) -> Score:
    """The best score over all readings of two records; ids decide where both have one of a scheme.

    It is the same for (a, b) and (b, a).
    """
    if (a.shown, a.key) > (b.shown, b.key):
        a, b = b, a
    by_id = _ids(a, b)
    if by_id is not None:
        return by_id
    same = bool(a.place) and a.place == b.place
    if a.place and b.place and not same and not _same_name(a, b, ground.weights):
        return NOTHING
    own = ground.home.get(a.place, frozenset()) if same else frozenset()
    pairs = ((one, other) for one in a.variants for other in b.variants)
    best = max((_variants(one, other, a, b, ground, own) for one, other in pairs), key=_rank, default=NOTHING)
    if same:
        short = shortforms.best(a, b, own, ground.weights)
        best = max(best, Score(short[0], (short[1],)), key=_rank) if short else best
        return Score(best.value, (*best.reasons, "same place"), best.exact) if best.value else NOTHING
    if a.place and b.place:
        return Score(ELSEWHERE, (*best.reasons, "but in another place")) if best.exact else NOTHING
    return _unplaced(a, b, best, ground.weights)


def _unplaced(a: Record, b: Record, best: Score, weights: Weights) -> Score:
    """A comparison where a place is unknown: names must say more, and short forms hardly count."""
    common = {short for short in a.shorts & b.shorts if len(short) >= _LONG_SHORT}
    if best.exact and (a.alone or b.alone):
        alike = a.variants[0].name.whole == b.variants[0].name.whole
        best = best if alike and _telling(a.variants[0].name, weights) else NOTHING
    if common and best.value < ELSEWHERE:
        return Score(ELSEWHERE, (f"short form “{min(common)}”", "place unknown"))
    sure = best.exact and any(_telling(record.variants[0].name, weights) for record in (a, b))
    return Score(best.value * (_UNPLACED if sure else _UNTELLING), (*best.reasons, "place unknown"), best.exact)


def tied(score: Score, among: int) -> Score:
    """A score as it counts where several records are equally good: not enough to be the same."""
    return replace(score, value=min(score.value, _TIED), reasons=(*score.reasons, f"{among} are equally good"))


def _ids(a: Record, b: Record) -> Score | None:
    if not (a.ids and b.ids):
        return None
    common = set(a.ids) & set(b.ids)
    if common:
        scheme, value = min(common, key=lambda one: DECIDING.index(one[0]))
        return Score(1.0, (f"same {scheme} {value}",), exact=True, decides=True)
    left, right = dict(a.ids), dict(b.ids)
    return (
        NOTHING
        if any(left.get(scheme, right.get(scheme)) != right.get(scheme, left.get(scheme)) for scheme in _UNIQUE)
        else None
    )


def _same_name(a: Record, b: Record, weights: Weights) -> bool:
    """Whether the names themselves, not a short form, are one and the same, and mean one organisation anywhere."""
    left, right = a.variants[0].name, b.variants[0].name
    return (
        left.whole == right.whole and not a.alone and not left.inside and not right.inside and _telling(left, weights)
    )


def _telling(name: Name, weights: Weights) -> bool:
    """Whether a name means one organisation anywhere: by a rare word, by a town beside another word, by many words."""
    rare = any(weights.of(word) >= _DISTINCTIVE and word not in weights.towns for word in name.words)
    return rare or len(name.words) > 3 or (len(name.words) > 1 and any(word in weights.towns for word in name.words))


def _rank(score: Score) -> tuple[float, tuple[str, ...]]:
    return score.value, score.reasons


def _variants(one: Variant, other: Variant, a: Record, b: Record, ground: Ground, own: frozenset[str]) -> Score:
    left, right = one.name, other.name
    if not (left.words and right.words):
        return NOTHING
    paired = pair(left, right)
    if not paired.shared and left.whole != right.whole:
        return NOTHING
    rest_left = _costly(paired.left, b, right, ground.weights, own)
    rest_right = _costly(paired.right, a, left, ground.weights, own)
    if _towns_differ(left, right, ground.weights, own):
        return NOTHING
    if left.whole == right.whole:
        rest_left = rest_right = 0.0
    begins = left.words[0] not in paired.left and right.words[0] not in paired.right
    value, reasons, exact = _words(paired, rest_left, rest_right, ground.weights, begins=begins)
    if _held_short(one, other) or _held_short(other, one):
        return NOTHING
    value, against = _against(one, other, value if exact else min(value, _NOT_EXACT))
    told = tuple(text for text in (one.told, other.told) if text and not (one.part or other.part))
    value -= _SECOND_NAME * len(told) * exact
    return Score(max(value, 0.0), (reasons, *told, *against), exact and not against)


def _words(
    paired: Paired, rest_left: float, rest_right: float, weights: Weights, *, begins: bool
) -> tuple[float, str, bool]:
    """Score by the words alone: Dice's coefficient of weights, lifted where one name holds the other."""
    if not rest_left + rest_right:
        return 1.0, "same words", True
    matched = sum(weights.of(word) for word in paired.shared)
    dice = 2 * matched / (2 * matched + rest_left + rest_right)
    said = f"words in common: {', '.join(sorted(paired.shared))}"
    telling = any(weights.of(word) >= _DISTINCTIVE and word not in weights.towns for word in paired.shared)
    if min(rest_left, rest_right) or not telling:
        return 0.95 * dice, said, False
    return (0.62 + 0.38 * dice if begins else 0.44 + 0.56 * dice), said, False


def _held_short(one: Variant, other: Variant) -> bool:
    """Whether a longer name only mentions the short form of the other: "Verbandsversammlung RVR" is not the RVR."""
    short = one.name.words
    return bool(one.told) and len(short) == 1 < len(other.name.words) and other.name.words[0] != short[0]


def _costly(rest: Mapping[str, float], other: Record, name: Name, weights: Weights, own: frozenset[str]) -> float:
    """Weight of the words only one name has, without the town of both and short forms of the other."""
    return sum(
        share * weights.of(word)
        for word, share in rest.items()
        if word not in own and word not in other.shorts and not shortforms.abbreviates(word, name, own)
    )


def _towns_differ(left: Name, right: Name, weights: Weights, own: frozenset[str]) -> bool:
    """Whether both names have a town, and not one in common; the town where both sit is understood."""
    towns = [
        {weights.towns[word] for word in (*name.words, *name.inside) if word in weights.towns} for name in (left, right)
    ]
    if all(towns):
        return towns[0].isdisjoint(towns[1])
    here = {weights.towns[word] for word in own if word in weights.towns}
    return bool(here) and any(found and found.isdisjoint(here) for found in towns)


def _against(one: Variant, other: Variant, value: float) -> tuple[float, tuple[str, ...]]:
    """What takes away from a score: other legal forms, a site on one side only, a part of a longer name."""
    left, right, against = one.name, other.name, []
    if left.forms and right.forms and left.forms.isdisjoint(right.forms):
        value -= _FORMS_DIFFER
        against.append(f"legal forms differ: {', '.join(sorted(left.forms))} and {', '.join(sorted(right.forms))}")
    if bool(left.site) != bool(right.site):
        value -= _SITE
        against.append(f"only one names a site or unit: {', '.join(sorted(left.site | right.site))}")
    kinds = left.kinds ^ right.kinds
    if kinds:
        value -= _KIND
        against.append(f"only one is called {', '.join(sorted(kinds))}")
    if one.part or other.part:
        value -= _PART
        against.append(f"part of a longer name: {one.told if one.part else other.told}")
    return value, tuple(against)
