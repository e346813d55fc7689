"""Legal forms in names: ``data/rules/legal_forms.csv`` read once, found in a folded name and cut out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ecosystem.matching import tables
from ecosystem.matching.text import fold

GROUPS = ("company", "charity", "cooperative", "association", "foundation", "public", "partnership", "private")
"""What kind of body a form makes; ``private`` are forms under which natural persons trade in their own name."""


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form: its usual name, the countries that have it ("|" between them), and its group."""

    name: str
    countries: str
    group: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A folded name without its legal forms, and the forms found, in the order of the table."""

    rest: str
    forms: tuple[Form, ...]


@cache
def _table() -> tuple[tuple[Form, ...], re.Pattern[str]]:
    """The forms, and one expression with a group for each: earlier lines of the table are tried first."""
    columns = ("form", "country", "group", "pattern", "note")
    found = tables.shipped("legal_forms.csv", *columns)
    forms = tuple(Form(line["form"], line["country"], line.one_of("group", GROUPS)) for line in found)
    patterns = (line.pattern("pattern").pattern for line in found)
    return forms, re.compile(r"\b(?:" + "|".join(f"(?P<f{at}>{one})" for at, one in enumerate(patterns)) + r")\b")


@lru_cache(maxsize=200_000)
def cut(name: str) -> Cut:
    """A name without its legal forms.

    >>> cut("Beispiel Gesellschaft für Proben mbH").rest
    'beispiel gesellschaft fur proben'
    >>> [form.name for form in cut("Muster SE & Co. KG").forms], cut("Muster SE & Co. KG").rest
    (['GmbH & Co. KG'], 'muster')
    """
    forms, pattern = _table()
    folded = fold(name)
    found = tuple(pattern.finditer(folded))
    rest = " ".join(pattern.sub(" ", folded).split()) if found else folded
    if not rest:  # a name that is nothing but a form is no form
        return Cut(folded, ())
    indices = sorted({int((match.lastgroup or "f0")[1:]) for match in found})
    return Cut(rest, tuple(forms[index] for index in indices))
