"""Short forms of names: those both have, initials, letters in their order, and what a town has one of.

They are compared only between records in one place, and they never make a pair the same: a reviewer is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ecosystem.matching import names

if TYPE_CHECKING:
    from ecosystem.matching.names import Name
    from ecosystem.matching.pairing import Weights
    from ecosystem.matching.records import Record

KNOWN, INITIALS, LETTERS, ROLE = 0.9, 0.84, 0.76, 0.76
"""Scores of a short form both have, of initials, of letters in their order, of what a town has one of."""
_LONGEST, _LONGEST_INSIDE, _SHORTEST = 9, 6, 3
_TELLING = 0.5
"""Weight a short form needs: "Stadt" is in too many names to be one."""


def best(a: Record, b: Record, own: frozenset[str], weights: Weights) -> tuple[float, str] | None:
    """The best score by short forms of two records in one place, with its reason; None where there is none.

    ``own`` has the words of the place, which a short form may leave out.
    """
    bare = _bare(a, own), _bare(b, own)
    alone = a.alone or b.alone
    both = (a.shorts | bare[0]) & (b.shorts | bare[1])
    common = [short for short in both if (alone or len(short) >= _SHORTEST) and weights.of(short) >= _TELLING]
    if common:
        return KNOWN, f"short form “{min(common)}”"
    role = _role(a, b, own)
    if role:
        return ROLE, f"a {role} of the town"
    found = [_abbreviation(short, b, own) for short in bare[0]] + [_abbreviation(short, a, own) for short in bare[1]]
    return max(filter(None, found), default=None)


def abbreviates(word: str, name: Name, own: frozenset[str]) -> bool:
    """Whether a word beside a name is an abbreviation of it: "FIP Forschungsinstitut für Proben"."""
    return _SHORTEST <= len(word) <= _LONGEST_INSIDE and (word == name.initials or spells(word, name, own))


def _abbreviation(short: str, record: Record, own: frozenset[str]) -> tuple[float, str] | None:
    """The score of a short word as an abbreviation of a name: by initials, or by letters in their order."""
    if len(short) < _SHORTEST:
        return None
    if any(are_initials(short, variant.name.initials) for variant in record.variants):
        return INITIALS, f"“{short}” are the initials of “{record.shown}”"
    if spells(short, record.variants[0].name, own):
        return LETTERS, f"“{short}” abbreviates “{record.shown}”"
    return None


def _role(a: Record, b: Record, own: frozenset[str]) -> str:
    """The role word both have where one name is nothing but that word and the town of both; else ""."""
    left, right = a.variants[0].name.words, b.variants[0].name.words
    for one, other in ((left, right), (right, left)):
        named = [word for word in one if word not in own]
        found = names.roles(named)
        if named and found.issuperset(named) and found <= set(other) and not names.kinds(other) - found:
            return min(found)
    return ""


def _bare(record: Record, own: frozenset[str]) -> frozenset[str]:
    """Short words that are all of a record's name but its town: "EAW Kreis Wesel", "ZBZ Witten"."""
    found = set()
    for variant in record.variants:
        left = [word for word in variant.name.words if word not in own and word != "kreis"]
        if len(left) == 1 and len(left[0]) <= _LONGEST:
            found.add(left[0])
    return frozenset(found)


def are_initials(short: str, initials: str) -> bool:
    """Whether a short form is the initials of a name, or all but one of them behind the first.

    >>> are_initials("rias", "rrias"), are_initials("ras", "rrias")
    (True, False)
    """
    if len(initials) - len(short) not in {0, 1} or short[:1] != initials[:1]:
        return False
    rest = iter(initials)
    return all(letter in rest for letter in short)


def spells(short: str, name: Name, own: frozenset[str]) -> bool:
    """Whether the letters of a short form run through a name's words: each word gives its first letter and maybe more.

    The town of both may be left out, and so may words of two letters (WSC, Worldfactory Start-up Center); two words
    must give something, or "Stadt" would be short for "Stadtwerke Hamm".

    >>> from ecosystem.matching.names import parse
    >>> spells("wsc", parse("Worldfactory Start-up Center"), frozenset())
    True
    """
    if len(name.plain) < 2 or name.plain[0][0] != short[0]:
        return False
    states = {(0, 0)}  # letters used, words that gave some
    for word in name.plain:
        given = {(end, words + 1) for at, words in states for end in _ends(short, at, word)}
        states = given | states if word in own or len(word) < 3 else given
    return any(at == len(short) and words > 1 for at, words in states)


def _ends(short: str, at: int, word: str) -> range:
    """Up to where a word can give the letters of a short form from ``at`` on, its first letter first."""
    if short[at : at + 1] != word[0]:
        return range(0)
    end = at + 1
    for letter in word[1:]:
        if end < len(short) and letter == short[end]:
            end += 1
    return range(at + 1, end + 1)
