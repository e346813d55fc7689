"""Which column of a table says what: proposed by known headers, corrected by people, kept as a file.

The headers known are ``data/rules/headers.csv`` (German, English, French, Polish). Headers are compared by letters and
digits alone, so that “Durchführungs-ort” is “Durchführungsort”; what stands in parentheses or behind a comma in a
long legal header is left aside.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import yaml

from ecosystem.errors import SourceError
from ecosystem.regions import shipped_data
from ecosystem.sources.safety import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

HEADERS_FILE = "rules/headers.csv"
PRESETS_FOLDER = "rules/mappings"
_LARGEST = 256 * 1024
_LEAST_BEGINNING = 8
"""Letters a known header must have so that a longer one may begin with it."""
_CLOSE = 0.90
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which header of a table gives which target.

    Attributes:
        columns: target → header as it stands in the file, in the file's order. A header that stands there several
            times is written with its number: ``Ort (2)``.
        unmapped: headers that give nothing.
        how: target → ``exact``, ``begins``, ``close`` (worth a look) or ``given``.
        constants: target → what holds for every row and stands in no column: ``programme``, ``country``.
        decimal: the decimal sign, "," or "."; "" where the numbers tell.
        sheet: name of the sheet; "" for the first that fits.
        header_row: row of the header; None where it is to be found.
        name: what the mapping is called.
    """

    columns: tuple[tuple[str, str], ...]
    unmapped: tuple[str, ...] = ()
    how: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, str], ...] = ()
    decimal: str = ""
    sheet: str = ""
    header_row: int | None = None
    name: str = ""

    def header(self, target: str) -> str:
        """The header of a target; "" where it has none."""
        return dict(self.columns).get(target, "")

    def corrected(self, target: str, header: str) -> Mapping:
        """With another header for a target; ``""`` takes the target away.

        >>> propose(["Begünstigte", "Zweck"]).corrected("summary", "Zweck").unmapped
        ()
        """
        columns = [(one, own) for one, own in self.columns if one != target and own != header]
        freed = [own for one, own in self.columns if one == target or own == header]
        columns += [(target, header)] if header else []
        unmapped = [own for own in (*self.unmapped, *freed) if own != header]
        how = [(one, by) for one, by in self.how if one in dict(columns) and one != target]
        how += [(target, "given")] if header else []
        return replace(self, columns=tuple(columns), unmapped=tuple(dict.fromkeys(unmapped)), how=tuple(how))

    @classmethod
    def load(cls, path: Path) -> Mapping:
        """Read a mapping file.

        Raises:
            SourceError: no YAML, or not that of a mapping.
        """
        return cls.parse(_read(path), shown(path.name))

    @classmethod
    def parse(cls, text: str, file: str = "mapping") -> Mapping:
        """The mapping a YAML text tells; the inverse of :meth:`text`."""
        return _parsed(text, file)

    def text(self) -> str:
        """The mapping as YAML, with the unmapped headers for those who want to correct it by hand."""
        told: dict[str, Any] = {"name": self.name} if self.name else {}
        told |= {"sheet": self.sheet} if self.sheet else {}
        told |= {"header_row": self.header_row} if self.header_row else {}
        told |= {"decimal": self.decimal} if self.decimal else {}
        told["columns"] = dict(self.columns)
        told |= {"constants": dict(self.constants)} if self.constants else {}
        told |= {"unmapped": list(self.unmapped)} if self.unmapped else {}
        return yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)

    def save(self, path: Path) -> None:
        """Write the mapping file.

        Raises:
            SourceError: the file cannot be written.
        """
        try:
            path.write_text(self.text(), encoding="utf-8")
        except OSError as error:
            cure = "Choose another folder."
            raise SourceError(shown(path.name), "", f"cannot be written ({error.strerror})", cure) from error


@cache
def targets() -> tuple[str, ...]:
    """Everything a column may give, in the order of ``data/rules/headers.csv``."""
    return (*dict.fromkeys(target for target, _, _ in _known().values()), "kind_scheme")


def language(headers: Iterable[str]) -> str:
    """The language most of the known headers are in; "" where none is known."""
    found = Counter(_known()[name][2] for name in map(plain, headers) if name in _known())
    return found.most_common(1)[0][0] if found else ""


@lru_cache(maxsize=65_536)
def plain(header: str) -> str:
    r"""A header by its letters and digits, without accents and case.

    >>> plain("Interven-\ntionstyp"), plain("Name des Begünstigten")
    ('interventionstyp', 'namedesbegunstigten')
    """
    folded = unicodedata.normalize("NFKD", header.replace("ß", "ss")).casefold()
    return _NOT_LETTERS.sub("", "".join(sign for sign in folded if not unicodedata.combining(sign)))


def numbered(headers: Iterable[str]) -> list[str]:
    """Headers in one line each, those that come again with their number.

    >>> numbered(["Ort", "Staat", "Ort"])
    ['Ort', 'Staat', 'Ort (2)']
    """
    seen: dict[str, int] = {}
    found = []
    for header in headers:
        name = " ".join(header.split())
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 or not name else f"{name} ({seen[name]})")
    return found


def propose(headers: Sequence[str]) -> Mapping:
    r"""A mapping for a table with these headers: the best header for every target, each used once.

    >>> told = propose(["Name des Begünstigten (nur juristische Personen)", "Durchführungs-\nort", "Farbe"])
    >>> told.columns, told.unmapped
    ((('name', 'Name des Begünstigten (nur juristische Personen)'), ('municipality', 'Durchführungs- ort')), ('Farbe',))
    """
    names = numbered(headers)
    found = sorted(
        ((*match, place, name) for place, name in enumerate(names) if name and (match := recognised(name))),
        key=lambda one: (one[1], one[2], one[3]),
    )
    columns: dict[str, tuple[int, str, str]] = {}
    for target, rank, _, place, name in found:
        columns.setdefault(target, (place, name, ("exact", "begins", "close")[rank]))
    if not {"title", "consortium", "actor_id"} & columns.keys() and "project_id" in columns:
        columns["actor_id"] = columns.pop("project_id")  # an “ID” where no project is named is the organisation's
    ordered = sorted(columns.items(), key=lambda one: one[1][0])
    used = {name for _, name, _ in columns.values()}
    return Mapping(
        columns=tuple((target, name) for target, (_, name, _) in ordered),
        unmapped=tuple(name for name in names if name and name not in used),
        how=tuple((target, how) for target, (_, _, how) in ordered),
    )


@lru_cache(maxsize=8_192)
def recognised(header: str, *, close: bool = True) -> tuple[str, int, int] | None:
    r"""The target of a header, how it was found (0 exact, 1 begins, 2 close), and its rank among the known ones.

    >>> recognised("Gesamt-\nkosten")[:2], recognised("Farbe")
    (('total_eur', 0), None)
    """
    known = _known()
    bare = re.sub(r" \(\d+\)$", "", header)
    variants = [plain(bare), plain(_PARENTHESES.sub(" ", bare)), plain(bare.split(",")[0])]
    for variant in variants:
        if variant in known:
            target, rank, _ = known[variant]
            return target, 0, rank
    beginnings = [one for one in known if len(one) >= _LEAST_BEGINNING and variants[0].startswith(one)]
    if beginnings:
        target, rank, _ = known[max(beginnings, key=len)]
        return target, 1, rank
    return _closest(variants[0]) if close else None


def _closest(variant: str) -> tuple[str, int, int] | None:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only headers nobody knows come here

    if not 6 <= len(variant) <= 60:
        return None
    close = process.extractOne(variant, list(_known()), scorer=fuzz.ratio, score_cutoff=100 * _CLOSE)
    if close is None:
        return None
    target, rank, _ = _known()[close[0]]
    return target, 2, rank


@cache
def _known() -> dict[str, tuple[str, int, str]]:
    """Plain header → its target, its place in the file, its language; the first line that names a header has it."""
    with (shipped_data() / HEADERS_FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found: dict[str, tuple[str, int, str]] = {}
    for rank, row in enumerate(rows):
        found.setdefault(plain(row["header"]), (row["target"], rank, row["language"]))
    return found


def presets() -> dict[str, Mapping]:
    """The mappings that come with the package, by name: registers whose headers are always the same."""
    folder = shipped_data() / PRESETS_FOLDER
    return {path.stem: Mapping.load(path) for path in sorted(folder.glob("*.yaml"))}


def preset_for(headers: Sequence[str]) -> str:
    """Name of the shipped mapping all of whose headers stand in the table, the one with most of them; "" for none."""
    names = set(numbered(headers))
    fitting = {name: one for name, one in presets().items() if {header for _, header in one.columns} <= names}
    return max(fitting, key=lambda name: len(fitting[name].columns), default="")


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            problem = "too large for a mapping"
            raise SourceError(shown(path.name), "", problem, "Give the mapping's YAML file.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(shown(path.name), "", f"cannot be read ({error.strerror})", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise SourceError(shown(path.name), "", "no text in UTF-8", "Save the mapping in UTF-8.") from error


_CURE = "Write a mapping as “ecosystem import … --save-mapping FILE” does."
_TEXTS = ("name", "sheet", "decimal")
_TABLES = ("columns", "constants")


def _columns(told: dict[str, Any], file: str) -> dict[str, str]:
    """The columns, once all entries are known to be those of a mapping."""
    for key in told:
        if key not in (*_TEXTS, *_TABLES, "header_row", "unmapped"):
            raise SourceError(file, str(key), "a mapping has no such entry", _CURE)
    for key in _TABLES:
        table = told.get(key) or {}
        if not isinstance(table, dict) or not all(isinstance(one, str) for pair in table.items() for one in pair):
            raise SourceError(file, key, "expected one “target: header” a line", _CURE)
        unknown = sorted(set(table) - set(targets()))
        if unknown:
            raise SourceError(file, f"{key}: {unknown[0]}", "no such target", f"Use one of {', '.join(targets())}.")
    columns = {target: " ".join(header.split()) for target, header in (told.get("columns") or {}).items()}
    if blank := next((target for target, header in columns.items() if not header), ""):
        raise SourceError(file, f"columns: {blank}", "no header is named", "Name it, or leave the line out.")
    if not columns:
        raise SourceError(file, "columns", "the mapping names no column", _CURE)
    return columns


def _parsed(text: str, file: str) -> Mapping:
    told = _plain_yaml(text, file)
    columns = _columns(told, file)
    row, decimal = told.get("header_row"), told.get("decimal", "")
    if row is not None and (not isinstance(row, int) or isinstance(row, bool) or row < 1):
        raise SourceError(file, "header_row", f"found {row!r}", "Give the number of the header's row, from 1.")
    if decimal not in {"", ",", "."}:
        raise SourceError(file, "decimal", f"found {decimal!r}", "Give “,” or “.”, or leave it out.")
    texts = {key: told.get(key, "") for key in _TEXTS}
    unmapped = told.get("unmapped") or []
    if not all(isinstance(one, str) for one in texts.values()) or not isinstance(unmapped, list):
        raise SourceError(file, "", "name and sheet are texts, unmapped is a list", _CURE)
    return Mapping(
        columns=tuple(columns.items()), unmapped=tuple(map(str, unmapped)),
        how=tuple((target, "given") for target in columns),
        constants=tuple((told.get("constants") or {}).items()), header_row=row, **texts,
    )  # fmt: skip


def _plain_yaml(text: str, file: str) -> dict[str, Any]:
    """YAML without references: a few lines of them can stand for gigabytes."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise SourceError(file, "", "references (&, *) are not read", "Write every entry out.")
        told = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        raise SourceError(file, where, "this is no YAML", "See the README for a mapping to copy.") from error
    if not isinstance(told, dict):
        raise SourceError(file, "", "expected entries such as “columns:”", "See the README for a mapping to copy.")
    return told
