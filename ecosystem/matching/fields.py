"""Fields of the strategy by a region's own table of keywords: transparent, weighted, in both languages.

``keywords.csv`` in the region's folder (field_id, kind, keyword, language, weight, note) says which words speak for
which field; another region brings its own, and a region without one gets no field assigned. The weight of a field is
the sum over the different keywords found, and a field is assigned from a weight of 1: one clear word ("Wasserstoff",
weight 1) or two that only point there ("Energie", "Klima", weight 0.5 each). What reaches no field stays without.

Kinds: ``word`` is looked for in titles and summaries, ``call`` in names of calls and programmes (also where a title
opens with one, "Logistik.NRW: …"), the others are schemes of codes: ``euroscivoc`` (words of its paths),
``intervention-2014`` and ``intervention-2021`` (fields of intervention of the cohesion funds; the numbers mean other
things in each period). ``*`` stands for any letters, so that "*logistik*" finds "Zuckerrübenlogistik".
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem import description, regions
from ecosystem.matching import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ecosystem.matching.tables import Line
    from ecosystem.sources.record import Code, RawProject

FILE = "keywords.csv"
COLUMNS = ("field_id", "kind", "keyword", "language", "weight", "note")
THRESHOLD = 1.0
"""Weight from which a field is assigned."""
_TEXT = frozenset({"word", "call"})
_CODES = frozenset({"intervention-2014", "intervention-2021"})
_KINDS = (*sorted(_TEXT), "euroscivoc", *sorted(_CODES))
_LAST_CODE_2014 = 123
# where keywords of a kind are looked for, by the scheme of a code
_PLACES = {"label": "word", "programme": "call", "topic": "call"}
_TITLE_CALL = re.compile(r"^([^:]{3,60}):\s")


@dataclass(frozen=True, slots=True)
class FieldMatch:
    """A field that keywords speak for: its id, their weight (1 and more), and each keyword with where it was found."""

    field_id: str
    weight: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Keyword:
    """One line of the table, with its pattern compiled."""

    field_id: str
    kind: str
    written: str
    literal: str
    """A piece of it that every text with the keyword contains, in lower case: looked for first, because it is quick."""
    pattern: re.Pattern[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Keywords:
    """A region's table of keywords."""

    lines: tuple[Keyword, ...]

    @classmethod
    def load(cls, folder: Path | None = None) -> Keywords:
        """The table of a region folder, empty where it has none; without folder that of the region shipped.

        Raises:
            RulesError: a line cannot be read, or names a field the region does not have.
        """
        root = folder if folder is not None else regions.locate(regions.DEFAULT_REGION)
        if not (root / FILE).is_file():
            return cls(())
        known = _fields_of(root)
        return cls(tuple(_keyword(line, known) for line in tables.lines(root / FILE, COLUMNS)))

    def fields(self, topics: Iterable[Code], texts: Iterable[str]) -> tuple[FieldMatch, ...]:
        """The fields that codes and texts of a project or actor speak for, the heaviest first.

        >>> table = Keywords.load()
        >>> [(match.field_id, match.weight) for match in table.fields((), ["Brennstoffzellen für Binnenschiffe"])]
        [('green', 1.0), ('logistics', 1.0)]
        >>> table.fields((), ["Ein Projekt"])
        ()
        """
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for line, told in self._hits(tuple(topics), tuple(text for text in texts if text)):
            found[line.field_id].setdefault(f"{told} ({line.weight:g})", line.weight)
        matches = (FieldMatch(key, round(sum(said.values()), 2), tuple(said)) for key, said in found.items())
        return tuple(sorted((one for one in matches if one.weight >= THRESHOLD), key=lambda m: (-m.weight, m.field_id)))

    def _hits(self, topics: tuple[Code, ...], texts: tuple[str, ...]) -> Iterator[tuple[Keyword, str]]:
        places: dict[str, list[str]] = defaultdict(list)
        for scheme, value in topics:
            places[_PLACES.get(scheme, scheme)].append(value)
        for text in texts:
            places["word"].append(text)
            if match := _TITLE_CALL.match(text):
                places["call"].append(match[1])
        lowered = {kind: [(text, text.lower()) for text in found] for kind, found in places.items()}
        for line in self.lines:
            found = (line.pattern.search(text) for text, low in lowered.get(line.kind, ()) if line.literal in low)
            match = next(filter(None, found), None)
            if match:
                yield line, f"“{match[0].strip()}”" if line.kind in _TEXT else f"{line.kind} {line.written}"


def topics(project: RawProject) -> tuple[Code, ...]:
    """The codes of a project with its call and programme, and with the period of its fields of intervention.

    The period is that of the programme's name ("2014–2020"), else of the start: before 2021 the earlier, from 2024 on
    the later one. Between them both run; then only a number the earlier list does not have (above 123) tells.

    >>> from ecosystem.sources.record import Origin, RawProject
    >>> old = RawProject("1", "Netz", Origin("a.csv"), start="2016-05-01", topics=(("intervention", "081"),))
    >>> topics(old)
    (('intervention-2014', '081'),)
    """
    named = (("call", project.call), ("programme", project.programme))
    codes = tuple(_periodic(project, code) if code[0] == "intervention" else code for code in project.topics)
    return (*codes, *((scheme, text) for scheme, text in named if text))


def _periodic(project: RawProject, code: Code) -> Code:
    number = re.match(r"\s*(\d{1,3})(?:\.0)?\b", code[1])
    if not number:
        return ("label", code[1])
    value = number[1].zfill(3)
    year = int(project.start[:4]) if project.start[:4].isdigit() else 0
    if re.search(r"2021\D{1,3}(?:20)?27", project.programme) or year >= 2024 or int(value) > _LAST_CODE_2014:
        return ("intervention-2021", value)
    if re.search(r"2014\D{1,3}(?:20)?20", project.programme) or 0 < year < 2021:
        return ("intervention-2014", value)
    return ("intervention", value)


def _fields_of(root: Path) -> tuple[str, ...]:
    path = root / regions.DESCRIPTION_FILE
    region = description.parse(path.read_bytes())[0] if path.is_file() else None
    return region.field_ids if region else ()


def _keyword(line: Line, known: tuple[str, ...]) -> Keyword:
    kind = line.one_of("kind", _KINDS)
    field_id = line.one_of("field_id", known) if known else line["field_id"]
    if len(line["keyword"].strip("* ")) < 2:
        raise line.wrong("keyword", "two letters or more", "Write the word, or remove the line.")
    literal = max(re.split(r"[\s*-]+", line["keyword"].lower()), key=len).lstrip("0" if kind in _CODES else "")
    pattern = _pattern(kind, line["keyword"])
    return Keyword(field_id, kind, line["keyword"], literal, pattern, line.number("weight", 0.05, 10.0))


def _pattern(kind: str, written: str) -> re.Pattern[str]:
    if kind in _CODES:
        return re.compile(rf"^0*{re.escape(written.lstrip('0'))}\b")
    if kind == "call":
        end = "" if "*" in written else r"(?:$|[\s_:,])"
        return re.compile("^" + re.escape(written).replace(r"\*", ".*?") + end, re.IGNORECASE)
    # two words of a keyword may stand apart or be joined by a hyphen
    inner = re.escape(written).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+")
    return re.compile(rf"(?<!\w){inner}(?!\w)", re.IGNORECASE)
