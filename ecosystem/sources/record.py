"""What every reader hands over: raw rows as records, each knowing where it stands, and what was not taken and why.

Raw stays raw: texts are as the source has them (trimmed, Unicode NFC), codes keep their scheme, nothing is placed,
merged or assigned to a field or sector here; that is done by :mod:`ecosystem.matching`, where it can be reviewed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a raw row stands: file, part of it (sheet, member of an archive; "" where there is none), row or item.

    Rows are counted as a person sees them in the file: the header is row 1.
    """

    file: str
    part: str = ""
    row: int | None = None

    def __str__(self) -> str:
        """The place in one phrase.

        >>> str(Origin("list.xlsx", "Vorhaben", 7))
        'list.xlsx, Vorhaben, row 7'
        """
        return ", ".join(part for part in (self.file, self.part, f"row {self.row}" if self.row else "") if part)


Code = tuple[str, str]
"""A code and the scheme it belongs to: ("ror", "https://ror.org/04tsk2644"), ("euroscivoc", "/23/45")."""


@dataclass(frozen=True, slots=True)
class RawActor:
    """An organisation as a source names it.

    Attributes:
        raw_id: its id inside the reading; the source's own where it has one.
        name: its name in the source's spelling.
        origin: where it stands.
        other_names: further spellings, acronyms, translations the source gives.
        ids: identifiers by scheme: ``ror``, ``vat``, ``pic``, ``wikidata``, ``grid``, ``isni``, ``openalex`` …
        kinds: the source's own codes of what it is: ("cordis", "HES"), ("ror", "education"), ("legal_form", "GmbH").
        postcode: postal code as text.
        municipality: name of the municipality, in the source's spelling.
        district: part of the municipality, where the source has one.
        nuts: NUTS code of any level.
        country: ISO 3166-1 alpha-2 code, upper case.
        lat: latitude in degrees (WGS 84), None where unknown.
        lon: longitude in degrees, None where unknown.
        url: its web address.
        parent: raw_id of the organisation it is a unit of.
        topics: codes and labels of its activity by scheme: ("label", "Wasserstoff") …
        place_code: official key of its municipality (in Germany the eight-digit AGS), where the source has one.
    """

    raw_id: str
    name: str
    origin: Origin
    other_names: tuple[str, ...] = ()
    ids: tuple[Code, ...] = ()
    kinds: tuple[Code, ...] = ()
    postcode: str = ""
    municipality: str = ""
    district: str = ""
    nuts: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    url: str = ""
    parent: str = ""
    topics: tuple[Code, ...] = ()
    place_code: str = ""


@dataclass(frozen=True, slots=True)
class RawProject:
    """A project as a source lists it; ``topics`` are codes by scheme (``euroscivoc``, ``intervention``, ``call`` …)."""

    raw_id: str
    title: str
    origin: Origin
    summary: str = ""
    programme: str = ""
    call: str = ""
    start: str = ""
    """ISO 8601 date, or "" where unknown."""
    end: str = ""
    total_eur: float | None = None
    funding_eur: float | None = None
    topics: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class RawParticipation:
    """Who takes part in which project: raw ids of both, the role in the source's word, funding in euro."""

    project: str
    actor: str
    origin: Origin
    role: str = ""
    funding_eur: float | None = None


@dataclass(frozen=True, slots=True)
class RawTie:
    """Two organisations and how they are tied, in the source's word; ``year`` since when, where known."""

    a: str
    b: str
    relation: str
    origin: Origin
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken: where, which column and value, what was expected, what to do about it."""

    origin: Origin
    column: str
    value: str
    reason: str
    cure: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """The source behind a reading, one row of ``sources.csv`` to be.

    ``accessed`` and ``published`` are ISO 8601 dates, ``checksum`` is ``sha256:…`` of the file read.
    """

    title: str
    producer: str = ""
    url: str = ""
    licence: str = ""
    published: str = ""
    accessed: str = ""
    checksum: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All a reader took from its files.

    ``rows_read`` counts data rows (records, nodes, edges); ``rows_taken`` those that gave something; every other one
    has its reason in ``rejects``: ``rows_read == rows_taken + len(rejects)``.
    """

    kind: str
    """Name of the reader: cordis, operations, ror, table, graph."""
    provenance: Provenance
    actors: tuple[RawActor, ...] = ()
    projects: tuple[RawProject, ...] = ()
    participations: tuple[RawParticipation, ...] = ()
    ties: tuple[RawTie, ...] = ()
    rejects: tuple[Reject, ...] = ()
    rows_read: int = 0
    notes: tuple[str, ...] = ()
    """Sentences about what was read otherwise than expected: a missing column, another delimiter, an old header."""
    rows_taken: int = 0
    blanked: tuple[Reject, ...] = ()
    """Cells that could not be read; their row was taken without them."""
