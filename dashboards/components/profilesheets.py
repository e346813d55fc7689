"""The tables of a profile: composition, evidence, sources, actors, projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboards.components.links import project_path
from dashboards.components.reasons import reason, support_words
from dashboards.components.subjects import at, called, name_of, nothing_asked, subject_of
from dashboards.components.words import confidence_names, sector_names, source_kind_names
from dashboards.views import evidence as grounds
from dashboards.views.portrait import portrait
from dashboards.views.sheet import Column, Sheet
from dashboards.views.shelf import kept
from ecosystem import confidence
from ecosystem.affiliations import binary
from ecosystem.tables import split

if TYPE_CHECKING:
    import pandas as pd

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.portrait import Part, Portrait
    from dashboards.views.subject import Subject
    from ecosystem.atlas import Atlas


def portrait_of(atlas: Atlas, one: Subject) -> Portrait:
    """The numbers of a subject, computed once."""
    return kept(atlas, "portrait", (one.kind, one.key), lambda: portrait(atlas, one))


def sectors(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Actors by sector beside the region's mix."""
    title, one = tr("Sectors"), subject_of(atlas, selection)
    if one is None:
        return nothing_asked(tr, title)
    rows = [_part(atlas, "sector", part, tr) for part in portrait_of(atlas, one).sectors]
    columns = (Column("name", tr("Sector")), Column("count", tr("Actors"), "number"), *_shares(one, tr))
    return Sheet(_titled(title, one, tr), columns, rows, _counted(tr))


def fields(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Memberships by field; of a place with location quotient, interval and what can be said."""
    title, one = tr("Fields"), subject_of(atlas, selection)
    if one is None:
        return nothing_asked(tr, title)
    parts = [part for part in portrait_of(atlas, one).fields if (one.kind, one.key) != ("field", part.key)]
    columns = (
        Column("name", tr("Field")),
        Column("count", tr("Memberships"), "number"),
        *(() if one.kind == "field" else _shares(one, tr)),
        *(_quotient(tr) if one.kind == "place" and one.compared else ()),
    )
    note = tr("An actor with several fields counts in each.")
    return Sheet(_titled(title, one, tr), columns, [_part(atlas, "field", part, tr) for part in parts], (note,))


def places(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Actors by unit, or by municipality of a district; of a field with location quotients."""
    title, one = tr("Cities"), subject_of(atlas, selection)
    if one is None:
        return nothing_asked(tr, title)
    columns = (
        Column("name", tr("City or district")),
        Column("count", tr("Actors"), "number"),
        *_shares(one, tr),
        *(_quotient(tr) if one.kind == "field" else ()),
    )
    rows = [_part(atlas, "place", part, tr) for part in portrait_of(atlas, one).places]
    return Sheet(_titled(title, one, tr), columns, rows, _counted(tr))


def _titled(title: str, one: Subject, tr: Translator) -> str:
    return f"{name_of(one, tr)}: {title}"


def _counted(tr: Translator) -> tuple[str, ...]:
    return (tr("Actors inside the region, each counted once."),)


def _shares(one: Subject, tr: Translator) -> tuple[Column, ...]:
    own = Column("share", tr("Share here"), "share")
    return (own, Column("region", tr("Share in the region"), "share")) if one.compared else (own,)


def _quotient(tr: Translator) -> tuple[Column, ...]:
    return (
        Column("lq", tr("Location quotient"), "number", 2),
        Column("interval", tr("95% interval")),
        Column("state", tr("Assessment"), wide=True),
    )


def _part(atlas: Atlas, kind: str, part: Part, tr: Translator) -> dict[str, object]:
    told = support_words(tr).get(part.state, "")
    return {
        "id": part.key,
        "name": called(atlas, kind, part.key, tr, part.name),
        "count": part.count,
        "share": part.share,
        "region": part.region_share,
        "lq": part.lq,
        "interval": f"{tr.number(part.low, 2)}–{tr.number(part.high, 2)}" if part.low == part.low else "",
        "state": told + (f" ({reason(part.reason, tr)})" if part.reason else ""),
        "at": at(kind, part.key, tr),
    }


def evidence(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """How far the seats, fields and ties of the actors can be relied on."""
    title, one = tr("Evidence"), subject_of(atlas, selection)
    if one is None:
        return nothing_asked(tr, title)
    levels = confidence_names(tr)
    records = {
        grounds.SEATS: tr("Seats of actors"),
        grounds.FIELDS: tr("Fields of actors"),
        grounds.TIES: tr("Recorded ties"),
    }
    names = {grounds.STATED: tr("stated by a source"), grounds.DERIVED: tr("derived from projects")}
    rows = [
        {
            "id": f"{row.records}-{row.key}",
            "name": records[row.records],
            "class": names.get(row.key) or tr("confidence: {level}", level=levels[int(row.key)]),
            "count": row.count,
            "share": row.share,
        }
        for row in grounds.classes(atlas, one.members)
        if row.count
    ]
    columns = (
        Column("name", tr("Records")),
        Column("class", tr("Class of evidence")),
        Column("count", tr("Number"), "number"),
        Column("share", tr("Share"), "share"),
    )
    note = tr(
        "Confidence: strong = register, statute, statistics or funding list; medium = a page says so; weak = general "
        "knowledge, not re-checked; none = doubtful or not stated."
    )
    return Sheet(_titled(title, one, tr), columns, rows, (note,))


def sources(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The sources that the records of the subject's actors name, with terms and date."""
    title, one = tr("Sources"), subject_of(atlas, selection)
    if one is None:
        return nothing_asked(tr, title)
    kinds, known = source_kind_names(tr), atlas.source_records
    used = grounds.sources_used(atlas, one.members)
    rows = [
        {
            "id": row.source_id,
            "title": known[row.source_id]["title"] or known[row.source_id]["publisher"],
            "publisher": known[row.source_id]["publisher"],
            "kind": kinds.get(known[row.source_id]["kind"], known[row.source_id]["kind"]),
            "licence": known[row.source_id]["licence"],
            "accessed": tr.date(known[row.source_id]["accessed"]),
            "records": row.records,
            "url": known[row.source_id]["url"],
        }
        for row in used
    ]
    columns = (
        Column("title", tr("Title"), wide=True),
        Column("publisher", tr("Publisher")),
        Column("kind", tr("Kind")),
        Column("records", tr("Records"), "number"),
        Column("licence", tr("Terms")),
        Column("accessed", tr("Accessed")),
        Column("url", tr("Address")),
    )
    return Sheet(_titled(title, one, tr), columns, rows, (), tuple(row.source_id for row in used))


def members(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The subject's actors, the best tied first."""
    title, one = tr("Actors"), subject_of(atlas, selection)
    if one is None:
        return nothing_asked(tr, title)
    actors, who = atlas.tables.actors, np.flatnonzero(one.members)
    called_places = dict(zip(atlas.tables.places["place_id"], atlas.tables.places["name"], strict=True))
    ties = np.diff(atlas.ties.csr.indptr)
    on = binary(atlas.fields_of_actors.csr)
    shorts = [tr.label(field.short) for field in atlas.region.fields]
    sure, levels, names = confidence.of_actors(atlas.tables), confidence_names(tr), sector_names(tr)
    order = sorted(who, key=lambda n: (-ties[n], str(actors["name"].iloc[n])))
    rows = [
        {
            "id": str(actors["actor_id"].iloc[n]),
            "name": str(actors["name"].iloc[n]),
            "sector": names[str(actors["sector"].iloc[n])],
            "place": called_places.get(actors["place_id"].iloc[n], ""),
            "fields": ", ".join(shorts[field] for field in on[[n]].indices),
            "linked": int(ties[n]),
            "confidence": levels[int(sure.iloc[n])],
            "at": at("actor", str(actors["actor_id"].iloc[n]), tr),
        }
        for n in order
    ]
    columns = (
        Column("name", tr("Actor"), wide=True),
        Column("sector", tr("Sector")),
        Column("place", tr("City")),
        Column("fields", tr("Fields"), wide=True),
        Column("linked", tr("Linked actors"), "number"),
        Column("confidence", tr("Confidence of the seat")),
    )
    return Sheet(_titled(title, one, tr), columns, rows)


def projects(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Projects the subject's actors take part in, the latest first; funding is that of these actors."""
    title, one = tr("Projects"), subject_of(atlas, selection)
    if one is None:
        return nothing_asked(tr, title)
    ids = set(atlas.tables.actors.loc[one.members, "actor_id"])
    shares = atlas.tables.participations
    mine = shares[shares["actor_id"].isin(ids)].groupby("project_id")
    here, money = mine["actor_id"].nunique(), mine["funding_eur"].sum(min_count=1)
    found = atlas.tables.projects[atlas.tables.projects["project_id"].isin(set(here.index))]
    shorts = {field.field_id: tr.label(field.short) for field in atlas.region.fields}
    rows = [
        {
            "id": str(row["project_id"]),
            "title": str(row["title"]),
            "year": None if row["year"] is None else int(row["year"]),
            "programme": str(row["programme"]),
            "call": str(row["call"]),
            "fields": ", ".join(shorts.get(one_field, one_field) for one_field in split(str(row["fields"]))),
            "actors": int(here[row["project_id"]]),
            "funding": float(money[row["project_id"]]),
            "at": project_path(str(row["project_id"]), tr.language),
        }
        for row in with_none(found, "year").to_dict("records")
    ]
    columns = (
        Column("title", tr("Title"), wide=True),
        Column("year", tr("Year"), "year"),
        Column("call", tr("Call")),
        Column("fields", tr("Fields")),
        Column("actors", tr("Actors of this profile"), "number"),
        Column("funding", tr("Their funding"), "money"),
        Column("programme", tr("Programme")),
    )
    order = sorted(rows, key=lambda row: (-int(str(row["year"] or 0)), str(row["title"])))
    return Sheet(_titled(title, one, tr), columns, order)


def with_none(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """The frame with ``None`` instead of pandas's own nothing in a column of whole numbers."""
    return frame.assign(**{column: frame[column].astype(object).where(frame[column].notna(), None)})
