"""The tables of the page on data: coverage, sources, years, points to check, projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.faulttexts import said
from dashboards.components.flagwords import flag_words
from dashboards.components.links import profile_path, project_path
from dashboards.components.profilesheets import with_none
from dashboards.components.words import source_kind_names
from dashboards.views import provenance
from dashboards.views.quality import WARNING
from dashboards.views.quality import flags as found_flags
from dashboards.views.sheet import Column, Sheet
from dashboards.views.units import units
from ecosystem.tables import split

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.quality import Flag, Record
    from ecosystem.atlas import Atlas


def coverage(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """A row per municipality, the thinnest first."""
    del selection
    rows = [
        {
            "id": row.place_id,
            "place": row.place,
            "unit": row.unit,
            "actors": row.actors,
            "beyond": row.beyond_statute,
            "field": row.with_field,
            "tied": row.tied,
            "per": row.per_100k,
            "at": profile_path("place", row.place_id, tr.language),
        }
        for row in provenance.coverage(atlas)
    ]
    columns = (
        Column("place", tr("Municipality"), wide=True),
        Column("unit", tr("Unit")),
        Column("actors", tr("Actors"), "number"),
        Column("beyond", tr("without the statutory bodies"), "number"),
        Column("field", tr("with a field"), "number"),
        Column("tied", tr("with a tie or joint project"), "number"),
        Column("per", tr("Actors per 100,000 inhabitants"), "number", 1),
    )
    note = tr("The thinnest first. Statutory bodies exist by law and are listed even if nothing else was found.")
    return Sheet(tr("Coverage of the municipalities"), columns, rows, (note,))


def cells(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Unit × field × kind of source, one row for each that occurs."""
    names = dict(zip(units(atlas, selection.unit).ids, units(atlas, selection.unit).names, strict=True))
    kinds = basis_names(tr)
    rows = [
        {
            "id": f"{cell.unit_id}.{cell.field_id}.{kind}",
            "place": names[cell.unit_id],
            "field": tr.label(atlas.region.field(cell.field_id).short),
            "kind": kinds.get(kind, kind) if kind else tr("none"),
            "actors": n,
        }
        for cell in provenance.cells(atlas, selection.unit)
        for kind, n in (cell.by_kind or (("", 0),))
    ]
    columns = (
        Column("place", tr("Unit or municipality"), wide=True),
        Column("field", tr("Field"), wide=True),
        Column("kind", tr("Kind of source")),
        Column("actors", tr("Actors"), "number"),
    )
    note = tr("An actor on a field counts under its strongest source; “projects” means derived from projects alone.")
    return Sheet(tr("Coverage by place, field and kind of source"), columns, rows, (note,))


def basis_names(tr: Translator) -> dict[str, str]:
    """Kinds of sources, and what follows from projects."""
    return source_kind_names(tr) | {provenance.DERIVED: tr("derived from projects")}


def sources(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Every source with terms and dates."""
    del selection
    kinds = source_kind_names(tr)
    rows = [
        {
            "id": row["source_id"],
            "title": row["title"],
            "publisher": row["publisher"],
            "kind": kinds.get(row["kind"], row["kind"]),
            "published": tr.date(row["published"]) if row["published"] else "",
            "accessed": tr.date(row["accessed"]) if row["accessed"] else "",
            "licence": row["licence"],
            "url": row["url"],
        }
        for row in atlas.source_records.values()
    ]
    columns = (
        Column("title", tr("Title"), wide=True),
        Column("publisher", tr("Publisher"), wide=True),
        Column("kind", tr("Kind")),
        Column("published", tr("Published")),
        Column("accessed", tr("Accessed")),
        Column("licence", tr("Terms"), wide=True),
        Column("url", tr("Address"), wide=True),
        Column("id", tr("Source id")),
    )
    return Sheet(tr("Sources"), columns, rows, (), tuple(atlas.source_records))


def years(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Records by year."""
    del selection
    rows = [
        {"id": str(row.year), "year": row.year, "ties": row.ties, "projects": row.projects, "sources": row.sources}
        for row in provenance.years(atlas)
    ]
    columns = (
        Column("year", tr("Year"), "year"),
        Column("ties", tr("Ties since"), "number"),
        Column("projects", tr("Projects of"), "number"),
        Column("sources", tr("Sources published"), "number"),
    )
    ties, projects, published = provenance.undated(atlas)
    note = tr(
        "Without a year: {ties}, {projects}, {sources}.",
        ties=tr.plural("{n} tie", "{n} ties", ties),
        projects=tr.plural("{n} project", "{n} projects", projects),
        sources=tr.plural("{n} source", "{n} sources", published),
    )
    return Sheet(tr("Age of the records"), columns, rows, (note,))


def flags(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Every record with a point to check: file, row, what and what to do."""
    del selection
    words = flag_words(tr)
    rows = [
        {
            "id": f"{flag.flag}-{number}",
            "flag": words[flag.flag].name,
            **_record(flag, row, tr),
            "cure": words[flag.flag].cure,
        }
        for flag in found_flags(atlas)
        for number, row in enumerate(flag.records)
    ]
    columns = (
        Column("flag", tr("Point to check"), wide=True),
        *_record_columns(tr),
        Column("cure", tr("What to do"), wide=True),
    )
    return Sheet(tr("Points to check"), columns, rows)


def flagged(flag: Flag, tr: Translator) -> Sheet:
    """The records of one point."""
    rows = [{"id": str(number), **_record(flag, row, tr)} for number, row in enumerate(flag.records)]
    return Sheet(flag_words(tr)[flag.flag].name, _record_columns(tr), rows)


def _record(flag: Flag, row: Record, tr: Translator) -> dict[str, object]:
    # a warning is told by the checks, all others by the data
    about = said(row.about, tr) if flag.flag == WARNING else row.about
    return {"name": row.name, "key": row.key, "about": about, "file": row.file, "row": row.row}


def _record_columns(tr: Translator) -> tuple[Column, ...]:
    return (
        Column("name", tr("Record"), wide=True),
        Column("key", tr("Id")),
        Column("about", tr("More")),
        Column("file", tr("File")),
        Column("row", tr("Row"), "number"),
    )


def projects(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Every project with its actors and sum."""
    del selection
    shares = atlas.tables.participations.groupby("project_id")
    actors, money = shares["actor_id"].nunique(), shares["funding_eur"].sum(min_count=1)
    shorts = {field.field_id: tr.label(field.short) for field in atlas.region.fields}
    rows = [
        {
            "id": str(row["project_id"]),
            "title": str(row["title"]),
            "year": None if row["year"] is None else int(row["year"]),
            "call": str(row["call"]),
            "fields": ", ".join(shorts.get(field, field) for field in split(str(row["fields"]))),
            "actors": int(actors.get(row["project_id"], 0)),
            "funding": float(money.get(row["project_id"], float("nan"))),
            "programme": str(row["programme"]),
            "at": project_path(str(row["project_id"]), tr.language),
        }
        for row in with_none(atlas.tables.projects, "year").to_dict("records")
    ]
    columns = (
        Column("title", tr("Title"), wide=True),
        Column("year", tr("Year"), "year"),
        Column("call", tr("Call")),
        Column("fields", tr("Fields")),
        Column("actors", tr("Actors"), "number"),
        Column("funding", tr("Funding committed"), "money"),
        Column("programme", tr("Programme")),
        Column("id", tr("Id")),
    )
    return Sheet(tr("Projects"), columns, rows)
