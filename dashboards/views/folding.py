"""Text as the search compares it: ä = ae = a, ß = ss, accents and signs do not count."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans({"ß": "ss", "æ": "a", "ø": "o", "œ": "o", "ł": "l"})


def folded(text: str) -> str:
    """Lower case, no accents, one blank between words.

    "ae", "oe" and "ue" are folded wherever they stand, since nobody can tell "Goethe" from "Göthe"; what is searched
    and what is found lose the same letters.

    >>> folded("Mülheim"), folded("MUELHEIM"), folded("Mulheim (Ruhr)")
    ('mulheim', 'mulheim', 'mulheim ruhr')
    >>> folded("Straße") == folded("strasse")
    True
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    for two, one in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        letters = letters.replace(two, one)
    return _SIGNS.sub(" ", letters).strip()
