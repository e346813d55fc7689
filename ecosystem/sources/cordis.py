"""CORDIS: projects of the EU's framework programmes and who takes part in them.

Funding of a participation is ``netEcContribution`` where the file has it, else ``ecContribution``: the former leaves
out what is passed on to third parties, which have rows of their own. Organisations are those of one ``organisationID``
(participant identification code, PIC). UK and EL, the EU's own codes, become GB and GR.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ecosystem.errors import SourceError
from ecosystem.sources import provenance, values
from ecosystem.sources.archives import members
from ecosystem.sources.collect import Collector, key
from ecosystem.sources.cordis_files import COLUMNS, ORDER, File, recognise
from ecosystem.sources.record import Code, Origin, Provenance, RawActor, RawParticipation, RawProject
from ecosystem.sources.safety import LIMITS, Limits, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ecosystem.sources.collect import Progress
    from ecosystem.sources.record import Reading

PRODUCER = "Publications Office of the European Union, CORDIS"
LICENCE = "CC BY 4.0, © European Union (Decision 2011/833/EU)"


def read(files: Sequence[Path], progress: Progress | None = None, limits: Limits = LIMITS) -> Reading:
    """Read the files of one or more downloads: projects first, then who takes part, then subjects.

    Raises:
        SourceError: a file that is refused, or none that CORDIS publishes.
    """
    download = _Download(Collector("cordis", progress), limits)
    found: list[File] = []
    for path in files:
        for member in members(path, limits):
            known = recognise(member, limits)
            if known:
                found.append(known)
            else:
                download.collector.note(f"{shown(path.name)}: {member.name} is not used.")
    if not found:
        cure = "Give the project, organization, euroSciVoc and topics files, or the archive with them."
        raise SourceError(shown(files[0].name), "", "no file of a CORDIS download", cure)
    for file in sorted(found, key=lambda one: ORDER.index(one.kind)):
        download.add(file)
    return download.reading(files)


class _Download:
    """All files of a reading together."""

    def __init__(self, collector: Collector, limits: Limits) -> None:
        self.collector, self.limits = collector, limits
        self.kinds: set[str] = set()
        self.topics: dict[str, list[Code]] = {}
        self.programmes: set[str] = set()
        self._seen: dict[str, list[Any]] = {}
        self._rows = {"project": self._project, "organization": self._part, "euroSciVoc": self._subject,
                      "topics": self._subject}  # fmt: skip

    def add(self, file: File) -> None:
        """Take every row of a file."""
        collector, name, part = self.collector, file.member.file, file.member.part
        self.kinds.add(file.kind)
        names = tuple(COLUMNS[file.kind])
        if file.kind == "organization" and "project" not in file.fields:
            collector.note(f"{file.member.name} names no projects: organisations alone were read.")
        taking = self._rows[file.kind]
        for number, cells in file.records(self.limits):
            collector.step(name)
            if taking(Origin(name, part, number), dict(zip(names, cells, strict=True)), file):
                collector.take()
        collector.rejected(file.rejects)
        collector.note(*file.notes)

    def _project(self, origin: Origin, row: dict[str, Any], file: File) -> bool:
        raw_id = values.text(row["id"])
        title = values.line(row["title"]) or values.line(row["acronym"])
        if not raw_id or not title:
            column = "title" if raw_id else "id"
            return self._reject(origin, file, column, f"{raw_id} {title}", f"a project without {column}")
        if raw_id in self.collector.projects:
            return self._reject(origin, file, "id", raw_id, "this project once more")
        programme = values.line(row["programme"])
        self.programmes.add(programme)
        self.collector.projects[raw_id] = RawProject(
            raw_id, title, origin, values.text(row["summary"]), programme, values.line(row["call"]),
            self._date(origin, file, "start", row), self._date(origin, file, "end", row),
            self._number(origin, file, "total", row), self._number(origin, file, "funding", row),
            tuple(_project_codes(row)),
        )  # fmt: skip
        return True

    def _part(self, origin: Origin, row: dict[str, Any], file: File) -> bool:
        """A participation; of a table of organisations alone, the organisation."""
        name = values.line(row["name"])
        if not name:
            return self._reject(origin, file, "name", values.line(row["id"]), "an organisation without a name")
        project = values.text(row["project"])
        with_projects = "project" in file.fields
        if with_projects and project not in self.collector.projects:
            if "project" in self.kinds or not project:
                problem = "the project files have no such project" if project else "no project is named"
                return self._reject(origin, file, "project", project, problem)
            title = values.line(row["acronym"]) or project
            self.collector.projects[project] = RawProject(project, title, origin)
        actor = self._actor(origin, row, name, file)
        if with_projects:
            funding = "net" if values.text(row["net"]) else "funding"
            self.collector.participations.append(
                RawParticipation(
                    project, actor, origin, values.line(row["role"]), self._number(origin, file, funding, row)
                )
            )
        return True

    def _actor(self, origin: Origin, row: dict[str, Any], name: str, file: File) -> str:
        """The raw id of the organisation; a row that says nothing new of it costs nothing."""
        about = [row[field] for field in _ABOUT]
        pic = values.text(row["id"])
        if pic and self._seen.get(pic) == about:
            return pic
        country_told = values.line(row["country"])
        country = values.country(country_told)
        if country_told and not country:
            self.collector.blank(origin, file.fields["country"], country_told, "no country known")
        postcode, city = values.line(row["postcode"]), values.line(row["city"])
        lat, lon = self._point(origin, file, row)
        short, vat = values.line(row["short"]), values.line(row["vat"])
        raw = RawActor(
            raw_id=pic or key("cordis", name, postcode, city, country), name=name, origin=origin,
            other_names=(short,) if short and short != name else (),
            ids=tuple((scheme, value) for scheme, value in (("pic", pic), ("vat", vat)) if value),
            kinds=_kinds(row), postcode=postcode, municipality=city, nuts=values.line(row["nuts"]), country=country,
            lat=lat, lon=lon, url=self._url(origin, file, row),
        )  # fmt: skip
        self._seen.setdefault(raw.raw_id, about)
        self.collector.actor(raw)
        return raw.raw_id

    def _subject(self, origin: Origin, row: dict[str, Any], file: File) -> bool:
        project, code = values.text(row["project"]), values.line(row["code"])
        title = values.line(row.get("path") or row["title"])
        if project not in self.collector.projects:
            return self._reject(origin, file, "project", project, "no file has such a project")
        if not code and not title:
            return self._reject(origin, file, "code", "", "neither code nor title")
        codes = [("euroscivoc" if file.kind == "euroSciVoc" else "topic", code)] if code else []
        self.topics.setdefault(project, []).extend([*codes, *([("label", title)] if title else [])])
        return True

    def _reject(self, origin: Origin, file: File, field: str, value: str, reason: str) -> bool:
        cure = "Give the files of one download together." if field == "project" else "Correct it in the source."
        self.collector.reject(origin, file.fields.get(field, field), value, reason, cure)
        return False

    def _number(self, origin: Origin, file: File, field: str, row: dict[str, Any]) -> float | None:
        cell = row[field]
        if isinstance(cell, str):
            if not cell:
                return None
            cell = cell.replace(",", ".") if cell.count(",") == 1 and "." not in cell else cell
        try:
            return values.number(cell, "." if isinstance(cell, str) and "," not in cell else "")
        except ValueError as error:
            self.collector.blank(origin, file.fields[field], values.line(cell), f"expected {error}")
            return None

    def _date(self, origin: Origin, file: File, field: str, row: dict[str, Any]) -> str:
        try:
            return values.date(row[field])
        except ValueError as error:
            self.collector.blank(origin, file.fields[field], values.line(row[field]), f"expected {error}")
            return ""

    def _point(self, origin: Origin, file: File, row: dict[str, Any]) -> tuple[float | None, float | None]:
        try:
            return values.coordinates(row["point"]) or (None, None)
        except ValueError as error:
            self.collector.blank(origin, file.fields["point"], values.line(row["point"]), f"expected {error}")
            return None, None

    def _url(self, origin: Origin, file: File, row: dict[str, Any]) -> str:
        try:
            return values.url(row["url"])
        except ValueError as error:
            self.collector.blank(origin, file.fields["url"], values.line(row["url"]), f"expected {error}")
            return ""

    def reading(self, files: Sequence[Path]) -> Reading:
        """Everything read; the subjects given to their projects."""
        projects = self.collector.projects
        for project, codes in self.topics.items():
            known = projects[project]
            projects[project] = replace(known, topics=tuple(dict.fromkeys((*known.topics, *codes))))
        if "project" not in self.kinds and projects:
            self.collector.note("No project file was given: projects have their acronym for a title, and no dates.")
        programmes = ", ".join(sorted(filter(None, self.programmes)))
        title = f"CORDIS, {programmes}" if programmes else "CORDIS"
        url = "https://cordis.europa.eu/"
        return self.collector.reading(provenance.of(files, Provenance(title, PRODUCER, url, LICENCE)))


_ABOUT = tuple(
    field for field in COLUMNS["organization"] if field not in {"project", "acronym", "role", "funding", "net"}
)


def _kinds(row: dict[str, Any]) -> tuple[Code, ...]:
    activity, small = values.line(row["activity"]), values.text(row["sme"]).lower()
    found = [("cordis", activity)] if activity else []
    return (*found, *([("sme", "true")] if small in {"true", "1", "yes", "y"} else []))


def _project_codes(row: dict[str, Any]) -> list[Code]:
    codes = [("scheme", values.line(row["scheme"])), ("legal_basis", values.line(row["basis"]))]
    codes += [("topic", one.strip()) for one in values.line(row["topics"]).replace(",", ";").split(";")]
    codes += [("label", one.strip()) for one in values.line(row["keywords"]).replace(",", ";").split(";")]
    acronym = values.line(row["acronym"])
    return [code for code in (("acronym", acronym), *codes) if code[1]]
