"""What people have decided: ``decisions.csv`` in the region folder, one line each, kept over every import.

========  ==========================================  ==========================================
kind      subject → object                            verdict
========  ==========================================  ==========================================
match     organisation in a source → actor, or a      ``merge``, ``apart`` or ``later``
          second organisation
sector    organisation, or id of an actor             one of the five sectors
fields    organisation, id of an actor or project     ids of fields joined by ``|``, or ``none``
place     organisation                                a ``place_id``
person    organisation                                ``organisation``: it is no natural person
========  ==========================================  ==========================================

An organisation is named by :func:`ecosystem.matching.organisations.key`: its strongest id, else its name and town, so
that a decision holds for the next edition of the source.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ecosystem import journal
from ecosystem.errors import Fault, IntakeError
from ecosystem.intake.slugs import digest
from ecosystem.model import Sector

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE = "decisions.csv"
HEADER = ("kind", "subject", "object", "verdict", "decided", "note")
MATCHES = ("merge", "apart", "later")
KINDS = ("match", "sector", "fields", "place", "person")
NO_FIELD = "none"
_ID = re.compile(r"[^\s,;\"]+")

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: of which kind, about what, how; when (ISO 8601 date) and why, as far as stated."""

    kind: str
    subject: str
    object: str
    verdict: str
    decided: str = ""
    note: str = ""

    @property
    def key(self) -> Key:
        """What is decided; a later decision on the same replaces it."""
        return self.kind, self.subject, self.object


@dataclass(frozen=True)
class Decisions:
    """All decisions of a region, by what they decide."""

    held: Mapping[Key, Decision] = field(default_factory=dict)

    def verdict(self, kind: str, subject: str, about: str = "") -> str:
        """What was decided; "" where nothing was.

        >>> one = Decision("sector", "name:verein@essen", "", "science")
        >>> Decisions().decided(one).verdict("sector", "name:verein@essen")
        'science'
        """
        found = self.held.get((kind, subject, about))
        return found.verdict if found else ""

    def decided(self, *more: Decision) -> Decisions:
        """With further decisions; those on the same matter are replaced."""
        return Decisions({**self.held, **{one.key: one for one in more}})

    def without(self, *keys: Key) -> Decisions:
        """Without some decisions."""
        return Decisions({key: one for key, one in self.held.items() if key not in set(keys)})

    def matches(self) -> dict[tuple[str, str], str]:
        """(subject, object) → verdict of every decided match, as matching takes them."""
        return {(one.subject, one.object): one.verdict for one in self.held.values() if one.kind == "match"}

    def text(self) -> str:
        """The file: sorted, so that the same decisions are the same bytes."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        for key in sorted(self.held):
            writer.writerow([getattr(self.held[key], name) for name in HEADER])
        return stream.getvalue()


def question_key(kind: str, about: str, other: str = "") -> str:
    """Short name of a question, the same at every import."""
    return "q-" + digest(kind, about, other)


def load(folder: Path) -> Decisions:
    """The decisions of a region folder; none where it has no ``decisions.csv``.

    Raises:
        IntakeError: the file cannot be read, or a line is no decision; names row, column and cure.
    """
    data = journal.current(folder, FILE)
    return Decisions() if data is None else parse(data)


def parse(data: bytes) -> Decisions:
    """The decisions a file tells; the inverse of :meth:`Decisions.text`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise IntakeError(Fault(FILE, None, "", "", "text in UTF-8", "Save the file in UTF-8.").sentence()) from error
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    if missing := [name for name in HEADER[:4] if name not in (reader.fieldnames or ())]:
        raise IntakeError(_fault(1, missing[0], "", "this column", f"The columns are {', '.join(HEADER)}."))
    found = {}
    try:
        for cells in reader:
            one = Decision(*((cells.get(name) or "").strip() for name in HEADER))
            if any((one.kind, one.subject, one.verdict)):
                require(one, reader.line_num)
                found[one.key] = one
    except csv.Error as error:
        raise IntakeError(_fault(reader.line_num, "", str(error), "readable CSV", "Close every quote.")) from error
    return Decisions(found)


def require(one: Decision, row: int | None = None) -> None:
    """Make sure a decision is one.

    Raises:
        IntakeError: an unknown kind, a verdict its kind does not have, a missing subject.
    """
    if one.kind not in KINDS:
        raise IntakeError(_fault(row, "kind", one.kind, f"one of {', '.join(KINDS)}", "Correct the word."))
    if not one.subject or (one.kind == "match" and not one.object):
        name = "subject" if not one.subject else "object"
        raise IntakeError(_fault(row, name, "", "what the decision is about", "Fill it in, or remove the line."))
    allowed = {"match": MATCHES, "sector": tuple(Sector), "person": ("organisation",)}.get(one.kind)
    if (allowed is not None and one.verdict not in allowed) or not _ID.fullmatch(one.verdict):
        expected = f"one of {', '.join(allowed)}" if allowed else "ids, joined by | where there are several"
        raise IntakeError(_fault(row, "verdict", one.verdict, expected, "Correct the verdict."))


def _fault(row: int | None, column: str, value: str, expected: str, cure: str) -> str:
    return Fault(FILE, row, column, value, expected, cure).sentence()
