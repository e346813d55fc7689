"""What a cell says: text, money, a date, a country. Undefined is "" or None; what cannot be read a ``ValueError``."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from functools import cache

_SPACES = re.compile(r"\s+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\ufffe\uffff]")
_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?: .*)?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(?:(\d{1,2})[./](\d{4})|(\d{4})-(\d{1,2}))", re.ASCII)
_YEAR = re.compile(r"(1[89]|20|21)\d{2}", re.ASCII)
_CURRENCY = re.compile(r"€|eur|euro", re.IGNORECASE)
_FILLERS = str.maketrans({" ": "", "\u00a0": "", "\u202f": "", "\u2009": "", "'": "", "’": "", "−": "-"})
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?|[+-]?\.\d+", re.ASCII)
_POINT = re.compile(r"\s*point\s*\(\s*([-\d.]+)\s+([-\d.]+)\s*\)\s*", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"]+|(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s<>\"]*)?", re.IGNORECASE)
_SERIAL = (20_000, 80_000)
"""Excel's days since 1899-12-30 that are taken for dates: 1954 to 2119."""
_EPOCH = dt.date(1899, 12, 30)
NONE = frozenset({"", "-", "–", "—", "n/a", "na", "k.a.", "k. a.", "null", "none", "nan", "#n/a", "#nv"})
"""What stands in a cell that says nothing."""


def text(cell: object) -> str:  # noqa: PLR0911 - one return a kind of cell
    r"""A cell as text: trimmed, Unicode NFC, without control characters; whole numbers without a fraction.

    Line breaks stay, other runs of white space become one blank. ``="0123"``, the spreadsheet idiom for a number kept
    as text, is the text in its quotes; any other formula stays the text it is.

    >>> text(" Förder\u0308verein  e. V. "), text(80331.0), text('="01IS123"'), text("=1+1")
    ('Förder̈verein e. V.', '80331', '01IS123', '=1+1')
    """
    if isinstance(cell, str):
        return _text(cell) if cell else ""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell) if math.isfinite(cell) else ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return _text(str(cell))


def _text(cell: str) -> str:
    if cell.isascii() and cell.isprintable() and cell[0] != "=":  # most cells, and little to do
        return cell if " " not in (cell[0], cell[-1]) and "  " not in cell else " ".join(cell.split())
    if not cell.isprintable():
        cell = _CONTROL.sub("", cell)
    if not cell.isascii():
        cell = unicodedata.normalize("NFC", cell)
    if cell.startswith('="') and (wrapped := _AS_TEXT.fullmatch(cell.strip())):
        cell = wrapped[1].replace('""', '"')
    if "\n" in cell or "\r" in cell:
        return "\n".join(line for line in (" ".join(part.split()) for part in cell.splitlines()) if line)
    return " ".join(cell.split())


def line(cell: object) -> str:
    r"""A cell as text in one line.

    >>> line("Durchführungs-\nort")
    'Durchführungs- ort'
    """
    found = text(cell)
    return _SPACES.sub(" ", found) if "\n" in found else found


def number(cell: object, decimal: str = "") -> float | None:
    """A number or an amount of money; None where the cell says nothing.

    ``decimal`` is the sign the column uses; without it the last of the signs is the decimal one, and a single comma is,
    too, but a single point before three digits is one only where no other sign says otherwise.

    >>> number("1.234,56 €"), number("1,234.56"), number("187500,5"), number("12.500", ","), number("–")
    (1234.56, 1234.56, 187500.5, 12500.0, None)

    Raises:
        ValueError: the cell holds something else.
    """
    if isinstance(cell, bool | dt.date | dt.time | dt.timedelta):
        raise ValueError("a number")  # noqa: TRY004 - a cell of another kind is a wrong value of the file
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else None
    told = text(cell)
    if told.lower() in NONE:
        return None
    plain = _CURRENCY.sub("", told.translate(_FILLERS)).removesuffix(",-").removesuffix(",–")
    plain = _pointed(plain, decimal or _decimal(plain))
    if not _PLAIN.fullmatch(plain):
        raise ValueError("a number")
    found = float(plain)
    if not math.isfinite(found):
        raise ValueError("a number")
    return found


def _decimal(told: str) -> str:
    if "," in told and "." in told:
        return max(",.", key=told.rindex)
    sign = "," if "," in told else "."
    return {",": ".", ".": ","}[sign] if told.count(sign) > 1 else sign


def _pointed(told: str, decimal: str) -> str:
    """With a point as the decimal sign and without groups; groups must be of three digits."""
    group = "." if decimal == "," else ","
    whole, sign, fraction = told.partition(decimal)
    if group in whole:
        first, *others = whole.lstrip("+-").split(group)
        if not 1 <= len(first) <= 3 or any(len(other) != 3 for other in others):
            return "?"
        whole = whole.replace(group, "")
    return f"{whole}.{fraction}" if sign and fraction else whole + ("?" if sign and not whole else "")


def date(cell: object) -> str:  # noqa: PLR0911 - one return a kind of cell
    """A date as ISO 8601; "" where the cell says nothing; only month or year where no more is said.

    Days come before months, as everywhere in Europe; Excel's count of days is understood.

    >>> date("31.12.2014"), date("2014-12-31 00:00:00"), date(42004.0), date("12/2014"), date("1/2/20"), date("2014")
    ('2014-12-31', '2014-12-31', '2014-12-31', '2014-12', '2020-02-01', '2014')

    Raises:
        ValueError: the cell holds something else, or a day no calendar has.
    """
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _serial(float(cell))
    told = text(cell)
    if told.lower() in NONE or told.startswith("0000"):
        return ""
    for pattern, order in ((_ISO, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        if found := pattern.fullmatch(told):
            year, month, day = (int(found[place]) for place in order)
            return _day(year + 2000 if year < 70 else year + 1900 if year < 100 else year, month, day)
    if found := _MONTH.fullmatch(told):
        year, month = int(found[2] or found[3]), int(found[1] or found[4])
        return _day(year, month, 1)[:7]
    if _YEAR.fullmatch(told):
        return told
    if told.isascii() and told.replace(".", "", 1).isdigit():
        return _serial(float(told))
    raise ValueError("a date")


def _day(year: int, month: int, day: int) -> str:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise ValueError("a date of the calendar") from None
    if not 1800 <= year <= 2200:
        raise ValueError("a date of our time")
    return found.isoformat()


def _serial(days: float) -> str:
    if _SERIAL[0] <= days <= _SERIAL[1]:
        return (_EPOCH + dt.timedelta(days=int(days))).isoformat()
    if days.is_integer() and 1800 <= days <= 2200:
        return str(int(days))
    raise ValueError("a date")


def coordinates(cell: object) -> tuple[float, float] | None:
    """Latitude and longitude from one cell: ``51.4,7.2``, ``(51,4; 7,2)``, Wikidata's ``Point(7.2 51.4)``.

    >>> coordinates("(51.4818445,7.2162363)"), coordinates("Point(7.2 51.4)")
    ((51.4818445, 7.2162363), (51.4, 7.2))

    Raises:
        ValueError: the cell holds something else, or a point that is not on earth.
    """
    told = text(cell)
    if told.lower() in NONE:
        return None
    if found := _POINT.fullmatch(told):
        lon, lat = found[1], found[2]
    else:
        parts = [part for part in re.split(r"[;\s]+|,\s*(?=[-\d]+\.)|,\s+", told.strip("()[] ")) if part]
        if len(parts) != 2:
            raise ValueError("latitude and longitude")
        lat, lon = parts
    return degrees(lat, 90.0), degrees(lon, 180.0)


def degrees(cell: object, most: float) -> float:
    """An angle between ``-most`` and ``most`` degrees.

    Raises:
        ValueError: the cell holds something else.
    """
    found = number(cell, "" if not isinstance(cell, str) or "," in cell else ".")
    if found is None or abs(found) > most:
        raise ValueError(f"degrees between -{most:g} and {most:g}")
    return found


def postcode(cell: object, country: str = "") -> str:
    """A postal code as text; a German one that a spreadsheet took for a number gets its zero back.

    >>> postcode(4420.0, "DE"), postcode("D-44801"), postcode("59-220", "PL")
    ('04420', '44801', '59-220')
    """
    told = line(cell)
    if told.lower() in NONE:
        return ""
    told = re.sub(r"^[A-Z]{1,2}-(?=\d)", "", told)
    padded = country in {"DE", ""} and not isinstance(cell, str) and told.isdigit() and len(told) == 4
    return told.zfill(5) if padded and country == "DE" else told


def url(cell: object) -> str:
    """A web address, with or without its scheme; "" where the cell says nothing.

    >>> url("https://www.essen.de"), url("www.essen.de/wirtschaft")
    ('https://www.essen.de', 'www.essen.de/wirtschaft')

    Raises:
        ValueError: the cell holds something else: another scheme, a sentence.
    """
    told = line(cell)
    if told.lower() in NONE:
        return ""
    if not _URL.fullmatch(told):
        raise ValueError("a web address")
    return told


@cache
def _countries() -> dict[str, str]:
    from babel import Locale  # noqa: PLC0415 - read once, where a country is written in words

    found: dict[str, str] = {}
    for language in ("en", "de", "fr", "pl"):
        names = Locale(language).territories
        found |= {name.casefold(): code for code, name in names.items() if len(code) == 2 and code.isalpha()}
    more = {"great britain": "GB", "england": "GB", "czech republic": "CZ", "tschechische republik": "CZ", "usa": "US"}
    return found | more


_EU_CODES = {"UK": "GB", "EL": "GR"}
"""The European Union's own codes of two countries."""


@cache
def country(told: str) -> str:
    """The ISO 3166-1 code of a country, from a code or a name in English, German, French or Polish; "" if unknown.

    What follows a comma (a Land, a region) is left aside.

    >>> country("Deutschland, Bayern"), country("UK"), country("de"), country("Polska"), country("Atlantis")
    ('DE', 'GB', 'DE', 'PL', '')
    """
    first = told.split(",", maxsplit=1)[0].strip()
    if len(first) == 2 and first.isascii() and first.isalpha():
        code = _EU_CODES.get(first.upper(), first.upper())
        return code if code in set(_countries().values()) else ""
    return _countries().get(first.casefold(), "")


def decimal_sign(cell: str) -> str:
    """The decimal sign an amount must have; "" where it could be either or is no amount.

    >>> decimal_sign("1.234,56"), decimal_sign("12,5"), decimal_sign("12.500"), decimal_sign("1.234.567")
    (',', ',', '', ',')
    """
    told = _CURRENCY.sub("", text(cell).translate(_FILLERS)).lstrip("+-")
    if not told or told.strip("0123456789.,"):
        return ""
    if ("," in told and "." in told) or told.count(",") > 1 or told.count(".") > 1:
        return _decimal(told)
    for sign in ",.":
        if sign in told:
            whole, _, fraction = told.partition(sign)
            return "" if len(fraction) == 3 and 1 <= len(whole) <= 3 and whole != "0" else sign
    return ""
