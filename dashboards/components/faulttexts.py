"""What the package says of data, in the language of the reader.

The package speaks English and knows no other language: its command line and its reports are read by people who mend
files, and its sentences are made of templates with values in them. Here stand these templates again, and German for
each; a sentence is taken apart by its template and put together anew. ``tests/dashboards/test_faulttexts.py`` looks
through the package for sentences that have no template here.

What a name in braces may hold is told by the name (:data:`READERS`): an amount (``n``), the number of a row, another
sentence (:data:`SENTENCES`), which must be known, or the template is the wrong one; what goes on behind a value
(``more``) begins with a blank, or the value could end anywhere. Other names hold values of the data, shown as they are.
"""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components.faulttexts_files import file_texts
from dashboards.components.faulttexts_matching import matching_texts
from dashboards.components.faulttexts_rows import row_texts
from dashboards.components.faulttexts_tables import table_texts
from dashboards.components.faulttexts_taking import taking_texts
from dashboards.components.faulttexts_talk import talk_texts
from dashboards.language import translator
from ecosystem.dictionary import dictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dash.development.base_component import Component

    from dashboards.language import Translator

SENTENCES = frozenset({"problem", "cure", "expected", "reason", "reasons", "kind", "place", "part", "found", "more"})
LONGEST = 10_000
"""Signs of a sentence that is taken apart; longer ones are no sentences."""
TRIES, DEEPEST = 16, 8
"""Places where a value may end that are looked at, and sentences within sentences: what a file holds must not make the
server think for long."""

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?")
_DIGITS = re.compile(r"\d+")
# a name in quotes is not looked into
_NAME = re.compile(r"“([^“”]*)”|(?<!,) (and|or|others)\b")
JOINING = {"and": "und", "or": "oder", "others": "weitere"}
_SWAPPED = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Template:
    """What stands between the values of a sentence (one more than there are names), their names, and the German."""

    between: tuple[str, ...]
    names: tuple[str, ...]
    german: str


def said(sentence: str, tr: Translator) -> str:
    """A sentence of the package in the language of the reader; one that is not known stays as it is.

    >>> said("list.xlsx, row 7: found '1,2,3'; expected an amount. Correct the word.", translator("de"))
    'list.xlsx, Zeile 7: gefunden: „1,2,3“; erwartet: ein Betrag. Das Wort berichtigen.'
    >>> said("more than 1,000 rows", translator("de")), said("more than 1,000 rows", translator("en"))
    ('mehr als 1.000 Zeilen', 'more than 1,000 rows')
    """
    return known(sentence, tr) or sentence


def known(sentence: str, tr: Translator) -> str | None:
    """The same, or ``None`` where no template fits; of several lines each is a sentence.

    >>> known("something nobody ever wrote", translator("de")) is None
    True
    """
    if tr.language != "de" or not sentence:
        return sentence
    lines = [_german(line.strip()) if line.strip() else "" for line in sentence.split("\n")]
    told = [line for line in lines if line is not None]
    # a value may hold a line break itself
    return "\n".join(told) if len(told) == len(lines) else _german(sentence)


def language(sentence: str, tr: Translator) -> dict[str, Any]:
    """The attribute of what shows a sentence that stayed in English, so that screen readers speak it as English.

    >>> language("OSError: [Errno 5]", translator("de")), language("a number", translator("de"))
    ({'lang': 'en'}, {})
    """
    return {} if known(sentence, tr) is not None else {"lang": "en"}


def paragraph(sentence: str, tr: Translator, class_name: str) -> Component:
    """A sentence as a paragraph."""
    return html.P(said(sentence, tr), className=class_name, **language(sentence, tr))


def cell(sentence: str, tr: Translator) -> Component | str:
    """A sentence as a cell of a table."""
    told = known(sentence, tr)
    return html.Span(sentence, lang="en") if told is None else told


@lru_cache(maxsize=8192)
def _german(sentence: str, within: int = 0) -> str | None:
    """A sentence in German; ``within`` how many others it stands."""
    if not sentence or len(sentence) > LONGEST or within > DEEPEST:
        return None
    for one in _beginning(sentence[0]):
        values = _values(one.between, one.names, sentence, within)
        if values is not None:
            return one.german.format(**values)
    return None


@cache
def _templates() -> tuple[Template, ...]:
    """Every template: those that hold sentences first, as they fit these only, then by how much of it is its own."""
    english, german = translator("en"), translator("de")
    parts = (file_texts, row_texts, taking_texts, matching_texts, table_texts, talk_texts)
    pairs = (pair for part in parts for pair in zip(part(english), part(german), strict=True))
    found = (_template(source, told) for source, told in pairs)
    return tuple(sorted(found, key=lambda one: (SENTENCES.isdisjoint(one.names), -sum(map(len, one.between)))))


@lru_cache(maxsize=256)
def _beginning(sign: str) -> tuple[Template, ...]:
    """Those a sentence that begins with a sign may be made of."""
    return tuple(one for one in _templates() if not one.between[0] or one.between[0].startswith(sign))


def _template(source: str, german: str) -> Template:
    between, names = [], []
    for words, name, _, _ in string.Formatter().parse(source):
        between.append(words)
        if name is not None:
            names.append(name)
    if len(between) == len(names):
        between.append("")
    return Template(tuple(between), tuple(names), german)


def _values(between: tuple[str, ...], names: tuple[str, ...], text: str, within: int = 0) -> dict[str, str] | None:
    """The values of a sentence by their names, in German; ``None`` where the template does not fit."""
    if not text.startswith(between[0]):
        return None
    if not names:
        return {} if text == between[0] else None
    rest = text[len(between[0]) :]
    for at in _ends(rest, between[1], last=len(names) == 1):
        value = READERS.get(names[0], _as_it_is)(rest[:at], within + 1)
        quoted = between[0].endswith("“") and between[1].startswith("”")
        if value is not None and not (quoted and _broken(rest[:at])):
            others = _values(between[1:], names[1:], rest[at:], within)
            if others is not None:
                return {names[0]: value, **others}
    return None


def _ends(rest: str, after: str, *, last: bool) -> Iterator[int]:
    """Where a value may end, given the words that follow it."""
    if last:
        if len(rest) >= len(after) and rest.endswith(after):
            yield len(rest) - len(after)
        return
    at = rest.find(after)
    for _ in range(TRIES):
        if at < 0:
            return
        yield at
        at = rest.find(after, at + 1)


def _broken(value: str) -> bool:
    """Whether a quote is closed that was not opened: the value is no single one then, but several in quotes each."""
    opened = 0
    for sign in value:
        opened += (sign == "“") - (sign == "”")
        if opened < 0:
            return True
    return opened > 0


def _listed(value: str) -> str:
    """Names, each in quotes or none of them, with "and" or "or" before the last."""
    return _NAME.sub(lambda one: f"„{one[1]}“" if one[1] is not None else f" {JOINING[one[2]]}", value)


@cache
def _described() -> dict[str, str]:
    """What the data dictionary says of tables and columns, German by English."""
    tables = dictionary().values()
    told = [table.description for table in tables]
    told += [column.description for table in tables for column in table.columns]
    return {one.en: one.de for one in told}


def _as_it_is(value: str, _within: int) -> str:
    return value


def _amount(value: str, _within: int) -> str | None:
    return value.translate(_SWAPPED) if _NUMBER.fullmatch(value) else None


def _digits(value: str, _within: int) -> str | None:
    return value if _DIGITS.fullmatch(value) else None


def _part(value: str, within: int) -> str | None:
    return _german(value, within) if value else ""


def _going_on(value: str, within: int) -> str | None:
    return _part(value, within) if value.startswith(" ") or not value else None


def _either(value: str, within: int) -> str:
    return _german(value, within) or value


def _names(value: str, _within: int) -> str:
    return _listed(value)


def _alternatives(value: str, within: int) -> str | None:
    return None if ";" in value else _german(value, within) or _listed(value)


def _description(value: str, _within: int) -> str:
    return _described().get(value, value)


READERS: dict[str, Callable[[str, int], str | None]] = {
    **dict.fromkeys(("n", "m", "most"), _amount),
    **dict.fromkeys(("row", "last"), _digits),
    **dict.fromkeys(SENTENCES, _part),
    **dict.fromkeys(("found", "more"), _going_on),
    **dict.fromkeys(("where", "cause", "origin", "told"), _either),
    "names": _names,
    "alternatives": _alternatives,
    "description": _description,
}
"""What stands in the German sentence for a value, by its name; ``None`` where it is not what the name says."""
