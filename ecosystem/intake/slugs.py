"""Ids made of names: stable, readable, without anything a file name, an address or a list cell could stumble over."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 60
_SPELT = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d",
    "þ": "th", "ı": "i", "&": " und ",
})  # fmt: skip
_BETWEEN = re.compile(r"[^a-z0-9]+")


def slug(text: str, longest: int = LONGEST) -> str:
    """Letters, digits and hyphens of a name; a name of another script becomes a short digest.

    >>> slug("Universität Duisburg-Essen"), slug("Łukasiewicz – Instytut"), slug("")
    ('universitaet-duisburg-essen', 'lukasiewicz-instytut', '')
    >>> slug("株式会社").startswith("n-")
    True
    """
    lower = unicodedata.normalize("NFC", text).casefold().translate(_SPELT)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(sign))
    found = _BETWEEN.sub("-", plain).strip("-")
    if len(found) > longest:
        found = found[:longest].rpartition("-")[0] or found[:longest]
    return found or (f"n-{digest(text)}" if text.strip() else "")


def digest(*parts: str, digits: int = 8) -> str:
    """A short hexadecimal digest of some texts in their order.

    >>> digest("a", "b") == digest("a", "b") != digest("ab")
    True
    """
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:digits]


def free(wanted: str, taken: Collection[str], *more: str) -> str:
    """The id itself, or with the first addition that makes it free, else with a number.

    >>> free("verein", {"verein"}, "essen"), free("a", {"a", "a-b", "a-2"}, "b")
    ('verein-essen', 'a-3')
    """
    for name in (wanted, *(f"{wanted}-{one}" for one in more if one)):
        if name not in taken:
            return name
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
