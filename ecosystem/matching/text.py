"""Names made comparable: one folded form for spellings that differ in case, accents, umlauts, punctuation or encoding.

``ue``, ``ü`` and ``u`` fold to the same letter, because registers lose umlauts in both ways (MUENCHEN, MUNCHEN). The
folded form is for comparing only and never shown: "Neuer" folds to "neur".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LOST = "?"
"""What a lost character folds to: registers write M?NCHEN."""

_LETTERS = str.maketrans(
    {"ß": "ss", "ł": "l", "Ł": "l", "ø": "o", "æ": "a", "œ": "o", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "�": LOST}
)
_APOSTROPHES = re.compile(r"[’'`´]")
_WORDS = re.compile(r"[a-z0-9?]+")
# UTF-8 read as another encoding starts every umlaut with one of these
_MANGLED = {"Ã": "cp1252", "Ì": "cp1252", "Å": "cp1252", "Ä": "cp1252", "√": "mac_roman", "≈": "mac_roman"}


def mended(text: str) -> str:
    """The text with UTF-8 that was once read in another encoding set right; unchanged where it was not.

    >>> mended("T√úV S√úD"), mended("MÃ¼nster"), mended("München")
    ('TÜV SÜD', 'Münster', 'München')
    """
    for sign, encoding in _MANGLED.items():
        if sign in text:
            try:
                return text.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
    return text


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Lower case, without accents and doubled ways of writing them; punctuation becomes a blank.

    >>> fold("MÜNCHEN") == fold("MUENCHEN") == fold("Munchen") == "munchen"
    True
    >>> fold("Łódź"), fold("M?nchen"), fold("Forschungs- & Entwicklungszentrum")
    ('lodz', 'm?nchen', 'forschungs entwicklungszentrum')
    """
    plain = unicodedata.normalize("NFKD", mended(text).casefold().translate(_LETTERS))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    plain = _APOSTROPHES.sub("", plain)
    plain = plain.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return " ".join(_WORDS.findall(plain))


def compact(text: str) -> str:
    """The folded form without blanks: "ruhr:HUB" and "RuhrHub" are one.

    >>> compact("TechnoMarl") == compact("Techno Marl")
    True
    """
    return fold(text).replace(" ", "")
