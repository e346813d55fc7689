"""Words and numbers in the language of the reader.

Message ids are the English sentences, so English needs no catalogue; German comes from
``locale/de.po``, read as it is (Babel), so that no compiled copy can go stale. Undefined numbers are shown as "–".
"""

from __future__ import annotations

import datetime as dt
import gettext
import io
import math
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from babel import Locale, dates, lists, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from ecosystem.model import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ecosystem.model import Label

DEFAULT_LANGUAGE = "de"
UNDEFINED = "–"
CATALOGUES = Path(__file__).parent / "locale"
NARROW = "\u202f"
# British numbers and lists, but "30 Sep 2026": the British short form of this one month has four letters
LOCALES = {"de": Locale("de", "DE"), "en": Locale("en", "GB")}
MONTHS = Locale("en")


class Translator:
    """Sentences, numbers and dates in one language. ``Translator("de")("Network")`` is ``"Netz"``."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else DEFAULT_LANGUAGE
        self._locale = LOCALES[self.language]
        self._catalogue = _catalogue(self.language)

    def __call__(self, message: str, **values: object) -> str:
        """The message in this language, its placeholders filled."""
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """The singular or plural message; ``{n}`` is the formatted number."""
        return self._catalogue.ngettext(one, many, n).format(n=self.number(n), **values)

    def label(self, label: Label) -> str:
        """A bilingual name of the region's."""
        return label.text(self.language)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with thousands separators and exactly ``digits`` decimals; undefined is "–"."""
        if not math.isfinite(value):
            return UNDEFINED
        # + 0.0: what rounds to nothing has no sign
        return _written(round(float(value), digits) + 0.0, digits, self.language)

    def share(self, value: float, digits: int = 0) -> str:
        """A share 0 … 1 as per cent with exactly ``digits`` decimals; undefined is "–"."""
        shown = self.number(100 * value, digits)
        if shown == UNDEFINED:
            return UNDEFINED
        return f"{shown}{NARROW}%" if self.language == "de" else f"{shown}%"

    def money(self, euro: float) -> str:
        """Euro, from a million on shortened: "1,2 Mio. €", "€1.2 million"; undefined is "–"."""
        if not math.isfinite(euro):
            return UNDEFINED
        size = self.number(abs(euro)) if abs(euro) < 1_000_000 else self._millions(abs(euro))
        sign = "-" if round(euro) < 0 else ""
        return f"{sign}{size}{NARROW}€" if self.language == "de" else f"{sign}€{size}"

    def _millions(self, euro: float) -> str:
        form: Literal["short", "long"] = "short" if self.language == "de" else "long"
        short = numbers.format_compact_decimal(euro, format_type=form, locale=self._locale, fraction_digits=1)
        return str(short).replace("\u00a0", NARROW)

    def date(self, iso: str) -> str:
        """An ISO date as precise as it is: day, month or year; empty is "–"."""
        if not iso:
            return UNDEFINED
        precision = iso.count("-")
        if precision == 0:
            return iso
        first = dt.date.fromisoformat(iso if precision == 2 else f"{iso}-01")
        if self.language == "de":
            return str(dates.format_date(first, "dd.MM.y" if precision == 2 else "MM/y", locale=self._locale))
        return str(dates.format_date(first, "d MMM y" if precision == 2 else "MMM y", locale=MONTHS))

    def joined(self, names: Iterable[str]) -> str:
        """Names as a list of words: "a, b und c"."""
        return str(lists.format_list(list(names), locale=self._locale))

    def either(self, names: Iterable[str]) -> str:
        """Names of which one is enough: "a, b oder c"."""
        return str(lists.format_list(list(names), style="or", locale=self._locale))

    @property
    def separators(self) -> str:
        """Decimal and thousands separators as plotly wants them."""
        return ",." if self.language == "de" else ".,"


def _pattern(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


def preferred(link: str | None, cookie: str | None, accepted: Callable[[Sequence[str]], str | None]) -> str:
    """The language of a request: from the link, else the cookie, else what the browser accepts, else German."""
    for told in (link, cookie):
        if told in LANGUAGES:
            return str(told)
    return accepted(LANGUAGES) or DEFAULT_LANGUAGE


@lru_cache(maxsize=20_000)
def _written(value: float, digits: int, language: str) -> str:
    """A page writes the same few numbers a thousand times."""
    return str(numbers.format_decimal(value, _pattern(digits), locale=LOCALES[language]))


@cache
def translator(language: str) -> Translator:
    """The translator of a language, made once."""
    return Translator(language)


def _catalogue(language: str) -> gettext.NullTranslations:
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
