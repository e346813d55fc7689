"""Natural persons among the beneficiaries: recognised by their names and left out before anything is stored.

Privacy goes before completeness. A bare person's name, a sole trader ("Erika Mustermann", "Max Mustermann e.K.",
"Praxis Dr. Erika Mustermann", "Blumen Muster, Inh. Erika Mustermann") and a partnership of persons under civil law
("Mustermann & Musterfrau GbR" with given names) count as persons, although the last are firms: the name is theirs.
A company that bears a name ("Erika Mustermann GmbH", "Mustermann-Stiftung") is an organisation, and so is a trader
whose name shows no given name ("Blumen Muster e.K."). Given names: ``data/rules/given_names.csv`` (facts; from the
locales of Faker, MIT licence).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ecosystem.matching import forms, tables
from ecosystem.matching.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_KINDS = ("title", "owner", "practice", "organisation")
_PARTICLES = frozenset(
    [
        "al",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "el",
        "ibn",
        "la",
        "le",
        "ten",
        "ter",
        "und",
        "van",
        "vom",
        "von",
        "zu",
        "zur",
    ]
)
_MOST_WORDS = 5
_NEVER_PERSONS = frozenset({("cordis", "HES"), ("cordis", "REC"), ("cordis", "PUB")})
# family name, comma, given name, and what a register puts behind it
_SURNAME_FIRST = re.compile(
    r"^(?P<family>(?:(?:von|van|de|zu|der|dem)\s)*[^\W\d_][\w'’-]+(?:\s[^\W\d_][\w'’-]+)?),\s*"
    r"(?P<given>[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,3}?)(?P<rest>\s+(?:c/o|[-–(]).*)?\s*$"
)
# Anton-Beispiel-Schule: what is named after a person joins the name with hyphens
_NAMESAKE = re.compile(r"\b[^\W\d_]+-[^\W\d_]+-[^\W\d_]+")
_SOURCE_WORDS = re.compile(
    r"\b(?:naturliche person|natural person|einzelunternehme[nr]|personne physique|osoba fizyczna)\b"
)


@cache
def _rule(kind: str) -> re.Pattern[str]:
    found = tables.shipped("persons.csv", "kind", "pattern", "note")
    patterns = [line.pattern("pattern").pattern for line in found if line.one_of("kind", _KINDS) == kind]
    return re.compile(r"\b(?:" + "|".join(patterns) + r")\b")


@cache
def given_names() -> frozenset[str]:
    """Given names in folded form."""
    return frozenset(fold(line["name"]) for line in tables.shipped("given_names.csv", "name", "countries"))


def is_person(name: str, country: str = "", kinds: Sequence[tuple[str, str]] = ()) -> bool:
    """Whether a name in a register is a natural person's or shows one.

    ``kinds`` are the source's own codes; one that says "natural person", or one that only organisations have (a
    university in CORDIS, anything in ROR), decides. ``country`` is the ISO code of the
    register (names are looked up over all countries, because people move; it is there for rules of one country).

    >>> is_person("Erika Mustermann"), is_person("Mustermann, Erika"), is_person("Dr. med. E. Mustermann")
    (True, True, True)
    >>> is_person("Erika Mustermann GmbH"), is_person("Erika-Mustermann-Stiftung"), is_person("Stadt Essen")
    (False, False, False)
    """
    del country
    return _is_person(name, tuple(kinds))


@lru_cache(maxsize=100_000)
def _is_person(name: str, kinds: tuple[tuple[str, str], ...]) -> bool:
    if any(_SOURCE_WORDS.search(fold(value)) for _, value in kinds):
        return True
    if any(kind in _NEVER_PERSONS or kind[0] == "ror" for kind in kinds):
        return False
    cut = forms.cut(name)
    if any(form.group != "private" for form in cut.forms):
        return False
    if _rule("owner").search(cut.rest) or _listed_by_surname(name):
        return True
    titled = _without(cut.rest, "title")
    bare = _without(titled, "practice")
    if _rule("organisation").search(bare) or _NAMESAKE.search(name):
        return False
    return titled != cut.rest or _has_given_name(name, bare)


def _listed_by_surname(name: str) -> bool:
    """Whether a name is written "Mustermann, Erika", whatever follows ("c/o Yogahaus", "- Training")."""
    found = _SURNAME_FIRST.match(name)
    if not found:
        return False
    behind = _without(fold(found["given"]), "title").split()
    if "c/o" in name or (behind and behind[0] in given_names()):
        return True
    whole = not found["rest"] and not found["given"].isupper()
    return whole and not _rule("organisation").search(fold(name))


def _without(text: str, kind: str) -> str:
    return " ".join(_rule(kind).sub(" ", text).split())


def _has_given_name(name: str, bare: str) -> bool:
    """Whether what is left reads as a given name and a family name, in either order."""
    words = [word for word in bare.split() if word not in _PARTICLES]
    if not 2 <= len(words) <= _MOST_WORDS or any(sign.isdigit() for sign in bare):
        return False
    if len(words[0]) == 1 and "." in name and len(words) == 2:
        return len(words[1]) > 2  # "E. Mustermann"
    ends = {words[0], words[-1]} if "," in name else {words[0]}
    return bool(ends & given_names()) or (name.isupper() and words[-1] in given_names() and len(words) == 2)
