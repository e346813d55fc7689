"""What there is to compare in an organisation's name: words in one language, acronyms, form, site and town.

``data/rules/words.csv`` translates words and abbreviations into one German form ("University" and "Uni" into
"universitat"), so that "University of Duisburg-Essen" has the words of "Universität Duisburg-Essen".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ecosystem.matching import forms, tables
from ecosystem.matching.text import compact, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_KINDS = ("translation", "abbreviation", "stop", "generic", "kind", "role", "unit", "site", "ending")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_DASHES = re.compile(r"\s+[-–—|]\s+|\s*[–—]\s+|:\s+")
_ACRONYM_LENGTH = (2, 12)
_LONGEST_PHRASE = 5
# letters with points between them are one word: G.I.B., e.b.a.
_SPELLED = re.compile(r"\b[a-z0-9](?: [a-z0-9])+\b")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart.

    Attributes:
        words: its words in one language, in order, without legal form and brackets.
        inside: words that stand in brackets, in order.
        whole: all of it without blanks and legal form, for comparing in one piece.
        acronyms: short forms it shows: words in capitals, a short word before a dash or in brackets.
        forms: groups and names of its legal forms.
        site: whether it names a site or a unit of a larger organisation.
        kinds: what kind of body it is called, where that sets it apart from its parent (:func:`kinds`).
        plain: its words as written, folded, without those that carry no weight; abbreviations are made of these.
        initials: first letters of its parts, also of parts joined in camel case.
    """

    words: tuple[str, ...]
    inside: tuple[str, ...]
    whole: str
    acronyms: frozenset[str]
    forms: frozenset[str]
    site: frozenset[str]
    kinds: frozenset[str]
    plain: tuple[str, ...]
    initials: str


@cache
def _words(*kinds: str) -> dict[str, str]:
    found = tables.shipped("words.csv", "word", "means", "kind", "note")
    return {line["word"]: line["means"] for line in found if line.one_of("kind", _KINDS) in kinds}


def generic(word: str) -> bool:
    """Whether a word is too common to tell organisations apart."""
    return word in _words("generic")


def kinds(words: Iterable[str]) -> frozenset[str]:
    """Words that make another body out of a name: the council of a town is not the town, E.ON Stiftung not E.ON."""
    return frozenset(words).intersection(_words("kind"))


def roles(words: Iterable[str]) -> frozenset[str]:
    """Words for what a town has one of: its agency of economic development, its chamber, its adult education centre."""
    return frozenset(words).intersection(_words("role"))


@lru_cache(maxsize=100_000)
def parse(name: str) -> Name:
    """Take a name apart.

    >>> parse("University of Duisburg-Essen").words == parse("Universität Duisburg-Essen").words
    True
    >>> sorted(parse("FTK – Forschungsinstitut für Telekommunikation e.V.").acronyms)
    ['ftk']
    """
    inside = " ".join(_BRACKETS.findall(name))
    outside = _BRACKETS.sub(" ", name).strip() or name
    cut = forms.cut(outside)
    words = translated(cut.rest)
    return Name(
        words=words,
        inside=translated(forms.cut(inside).rest) if inside else (),
        whole="".join(words),
        acronyms=_acronyms(name),
        forms=frozenset(form.name for form in (*cut.forms, *(forms.cut(inside).forms if inside else ()))),
        site=frozenset(fold(name).split()).intersection(_words("site", "unit")),
        kinds=kinds(words),
        plain=tuple(word for word in cut.rest.split() if word not in _words("stop")),
        initials=_initials(outside),
    )


@lru_cache(maxsize=200_000)
def translated(folded: str) -> tuple[str, ...]:
    """The words of a folded text in one language, without those that carry no weight."""
    phrases, stops = _words("translation", "abbreviation"), _words("stop")
    words, found, at = _SPELLED.sub(lambda match: match[0].replace(" ", ""), folded).split(), [], 0
    while at < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            means = phrases.get(" ".join(words[at : at + length]))
            if means is not None:
                found += means.split()
                at += length
                break
        else:
            found += [_stem(words[at])] if words[at] not in stops else []
            at += 1
    return tuple(found) or tuple(words)


def _stem(word: str) -> str:
    """A word without an ending that adds nothing: Ruhrgebiet is Ruhr."""
    ending = next((ending for ending in _words("ending") if word.endswith(ending) and len(word) > len(ending) + 3), "")
    return word.removesuffix(ending)


def _acronyms(name: str) -> frozenset[str]:
    """Short forms of the name itself: in brackets, before a dash, and a first word in capitals.

    A last word in capitals counts only where the other words spell it: "… in der Logistik VVL" is VVL, but
    "Verbandsversammlung RVR" belongs to the RVR without being it.
    """
    bare = forms.cut(_BRACKETS.sub(" ", name)).rest.split()
    written = re.findall(r"[^\W_][\w.&]*", _BRACKETS.sub(" ", name))
    mixed = any(sign.islower() for sign in name)
    candidates = {part for part in _BRACKETS.findall(name) if " " not in part.strip()}
    head = _DASHES.split(name, maxsplit=1)[0]
    candidates |= {head} if head != name and " " not in head.strip() else set()
    candidates |= {word for word in written[:1] if mixed and len(bare) > 1 and _capital(word)}
    if mixed and len(bare) > 2:
        last = next((word for word in reversed(written) if fold(word) == bare[-1]), "")
        candidates |= {last} if _capital(last) and _runs_through(fold(last), _initials(name)) else set()
    low, high = _ACRONYM_LENGTH
    known = {compact(form.name) for form in forms.cut(name).forms}
    return frozenset(word for word in map(compact, candidates) if low <= len(word) <= high and word not in known)


def _runs_through(short: str, letters: str) -> bool:
    """Whether letters stand in a longer row of letters in their order, the first at its beginning."""
    rest = iter(letters)
    return letters[:1] == short[:1] and all(letter in rest for letter in short)


def _capital(word: str) -> bool:
    letters = [sign for sign in word if sign.isalpha()]
    return len(letters) > 1 and sum(sign.isupper() for sign in letters) >= max(2, 0.6 * len(letters))


def _initials(name: str) -> str:
    """First letters of the words that carry weight, of their hyphened and camel-case parts."""
    rest = set(forms.cut(name).rest.split())
    letters = []
    for word in re.findall(r"[^\W\d_]+", name):
        parts = re.findall(r"[A-ZÄÖÜ]?[^A-ZÄÖÜ\s]+|[A-ZÄÖÜ]+", word) if not word.isupper() else [word]
        if fold(word) in rest and fold(word) not in _words("stop"):
            letters += [fold(part)[:1] for part in parts]
    return "".join(letters)
