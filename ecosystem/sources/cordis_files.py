"""The files of a CORDIS bulk download: which is which, and where its columns stand, in every generation of the format.

FP7, Horizon 2020 and Horizon Europe come as CSV (semicolons) or JSON of the same names, ``project``, ``organization``,
``euroSciVoc``, ``topics`` and some more; older downloads and extracts write ``id`` for the organisation's number,
``call`` for ``masterCall``, ``organizationUrl``. Files are known by their columns, not by their names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecosystem.errors import SourceError
from ecosystem.sources.jsonitems import is_json, items
from ecosystem.sources.sheets import of_member

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecosystem.sources.archives import Member
    from ecosystem.sources.record import Reject
    from ecosystem.sources.safety import Limits
    from ecosystem.sources.sheets import Sheet

COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "project": {
        "id": ("id", "projectid", "reference"), "acronym": ("acronym", "projectacronym"), "title": ("title",),
        "summary": ("objective",), "start": ("startdate",), "end": ("enddate",), "total": ("totalcost",),
        "funding": ("ecmaxcontribution",), "programme": ("frameworkprogramme", "programme"),
        "call": ("mastercall", "call", "subcall"), "basis": ("legalbasis",), "scheme": ("fundingscheme",),
        "topics": ("topics",), "keywords": ("keywords",),
    },
    "organization": {
        "project": ("projectid",), "acronym": ("projectacronym",), "id": ("organisationid", "organizationid", "orgid"),
        "name": ("name",), "short": ("shortname",), "activity": ("activitytype",), "sme": ("sme",),
        "postcode": ("postcode",), "city": ("city",), "country": ("country",), "nuts": ("nutscode",),
        "point": ("geolocation",), "url": ("organizationurl", "organisationurl"), "vat": ("vatnumber",),
        "role": ("role",), "funding": ("eccontribution",), "net": ("neteccontribution",),
    },
    "euroSciVoc": {
        "project": ("projectid",), "code": ("euroscivoccode",), "path": ("euroscivocpath",),
        "title": ("euroscivoctitle",),
    },
    "topics": {"project": ("projectid",), "code": ("topic",), "title": ("title",)},
}  # fmt: skip
"""Kind of file → field → the columns that may hold it, in lower case, the best first."""

_NEEDED = {"project": ("id", "title"), "organization": ("name",), "euroSciVoc": ("project",), "topics": ("project",)}
ORDER = tuple(COLUMNS)


@dataclass(frozen=True, slots=True)
class File:
    """One file of a download and what it is; ``fields`` maps a field to the name of its column in the file."""

    kind: str
    member: Member
    fields: dict[str, str]
    header: tuple[str, ...]
    sheet: Sheet | None

    def records(self, limits: Limits) -> Iterator[tuple[int, list[Any]]]:
        """``(row number, cells)``, the cells in the order of :data:`COLUMNS`, "" where the file has no such column."""
        names = [self.fields.get(field, "") for field in COLUMNS[self.kind]]
        if self.sheet is None:
            for number, item in items(self.member, limits):
                found = item if isinstance(item, dict) else {}
                yield number, [_flat(found.get(name, "")) if name else "" for name in names]
            return
        places = [self.header.index(name) if name else -1 for name in names]
        rows = self.sheet.rows(len(self.header), 1)
        next(rows, None)
        for number, cells in rows:
            yield number, [cells[place] if place >= 0 else "" for place in places]

    @property
    def rejects(self) -> Sequence[Reject]:
        """Rows that could not be made out."""
        return self.sheet.rejects if self.sheet else ()

    @property
    def notes(self) -> Sequence[str]:
        """What was odd about the text."""
        return self.sheet.notes if self.sheet else ()


def recognise(member: Member, limits: Limits) -> File | None:
    """What a file of a download is, by its columns; None for one that is not read (reports, links, legal bases).

    Raises:
        SourceError: a file that is no table.
    """
    if is_json(member):
        first: Any = next(items(member, limits), (0, {}))[1]
        return _known(member, tuple(first) if isinstance(first, dict) else (), None)
    for sheet in of_member(member, limits):
        rows = sheet.rows()
        header = [str(cell).strip().lstrip("\ufeff") for cell in next(rows, (0, []))[1]]
        rows.close()  # type: ignore[attr-defined]
        while header and not header[-1]:
            header.pop()
        if found := _known(member, tuple(header), sheet):
            return found
    return None


def _known(member: Member, header: tuple[str, ...], sheet: Sheet | None) -> File | None:
    lower = {name.lower(): name for name in reversed(header)}
    kind = _kind(set(lower))
    if not kind:
        return None
    columns = COLUMNS[kind]
    fields = {
        field: lower[name] for field, names in columns.items() if (name := next((n for n in names if n in lower), ""))
    }
    if kind == "organization" and "id" not in fields and "id" in lower:
        fields["id"] = lower["id"]
    missing = [field for field in _NEEDED[kind] if field not in fields]
    if missing:
        wanted = " or ".join(columns[missing[0]])
        raise SourceError(member.file, member.part, f"a {kind} file without the column {wanted}", "Download it again.")
    return File(kind, member, fields, header, sheet)


def _kind(columns: set[str]) -> str:
    if any(name.startswith("euroscivoc") for name in columns):
        return "euroSciVoc"
    if "name" in columns and columns & {"activitytype", "organisationid", "organizationid", "orgid"}:
        return "organization"
    if {"topic", "projectid"} <= columns:
        return "topics"
    return "project" if {"id", "title"} <= columns and columns & {"startdate", "objective", "totalcost"} else ""


def _flat(value: Any) -> Any:
    """A JSON value as a cell: lists as text, what has no value as nothing."""
    if value is None:
        return ""
    return "; ".join(map(str, value))[:10_000] if isinstance(value, list | dict) else value
