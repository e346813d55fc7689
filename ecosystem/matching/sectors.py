"""The sector of an organisation by readable rules: codes of the source, its name, its legal form.

``data/rules/sectors.csv`` holds them all, and is read from top to bottom: the first line that fits decides. A line
counts for its country or, with ``*``, for every one. Codes that leave no doubt (CORDIS PRC, HES, REC) stand above the
names, codes that need the name's help (PUB may be a ministry) below them; what a firm is by its legal form yields to
what its name says (an agency of economic development is a GmbH, too). Where no line fits the sector stays open: OTH and
"other" say nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ecosystem.matching import forms, tables
from ecosystem.matching.text import fold
from ecosystem.model import Sector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ecosystem.matching.tables import Line
    from ecosystem.sources.record import RawActor

ANYWHERE = "*"
_COLUMNS = ("country", "rule", "pattern", "sector", "basis", "note")
RULES = ("code", "name", "legal_form")
EVIDENCE = ("table", "name", "doubtful")
"""Classes of evidence, as ``place_evidence`` has them: a register says so, the name says so, a guess."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A sector and where it comes from.

    Attributes:
        value: one of the five sectors, "" where it stays open.
        basis: the kind of rule that fitted: ``code``, ``name``, ``legal_form``; "" where none did.
        evidence: ``table`` (a code of the source), ``name`` (name or legal form), ``doubtful`` (a guess), or "".
        reason: the rule in one phrase, for a reviewer.
    """

    value: str
    basis: str = ""
    evidence: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: what is looked at, what must be found there, and what follows."""

    country: str
    kind: str
    pattern: re.Pattern[str]
    sector: str
    evidence: str
    note: str


@cache
def rules() -> tuple[Rule, ...]:
    """All rules in the order they are asked.

    Raises:
        RulesError: a line of the table cannot be read.
    """
    return tuple(_rule(line) for line in tables.shipped("sectors.csv", *_COLUMNS))


def _rule(line: Line) -> Rule:
    kind = line.one_of("rule", RULES)
    written = line.pattern("pattern").pattern
    pattern = re.compile(written) if kind == "name" else re.compile(re.escape(written), re.IGNORECASE)
    sector = line.one_of("sector", [sector.value for sector in Sector])
    return Rule(line["country"], kind, pattern, sector, line.one_of("basis", EVIDENCE), line["note"])


def sector(raw: RawActor, country: str = "DE") -> Assigned:
    """The sector of a raw row; ``country`` counts where the row names none.

    >>> from ecosystem.sources.record import Origin, RawActor
    >>> found = sector(RawActor("1", "Beispiel Maschinenbau GmbH", Origin("a.csv"), country="DE"))
    >>> found.value, found.basis, found.evidence, found.reason
    ('industry', 'legal_form', 'name', 'GmbH: companies')
    >>> sector(RawActor("2", "Muster", Origin("a.csv"), kinds=(("cordis", "OTH"),))).value
    ''
    """
    here = raw.country or country
    folded, found = fold(raw.name), forms.cut(raw.name).forms
    codes = [f"{scheme}:{code}" for scheme, code in raw.kinds]
    for rule in rules():
        if rule.country not in {ANYWHERE, here}:
            continue
        said = next(_evidence(rule, folded, found, codes), None)
        if said is not None:
            return Assigned(rule.sector, rule.kind, rule.evidence, f"{said}: {rule.note}")
    return Assigned("")


def _evidence(rule: Rule, folded: str, found: tuple[forms.Form, ...], codes: list[str]) -> Iterator[str]:
    """What of the row fits the rule, in its words."""
    if rule.kind == "name":
        match = rule.pattern.search(folded)
        if match:
            yield f"“{match[0].strip()}” in the name"
    elif rule.kind == "code":
        yield from (code for code in codes if rule.pattern.fullmatch(code))
    else:
        yield from (form.name for form in found if rule.pattern.fullmatch(form.group))
