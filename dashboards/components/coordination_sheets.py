"""The rows behind the page of pairs: on screen and in files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards.components.cited import actor_names
from dashboards.components.coordination import cannot_tell, quadrant_names, uncompared
from dashboards.components.pair import parallel_name, project_records, shared
from dashboards.components.reasons import reason, support_words
from dashboards.components.words import relation_names
from dashboards.views.coordination import pairs, tallies
from dashboards.views.pair import pair_view
from dashboards.views.sheet import Column, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.pair import PairView
    from ecosystem.atlas import Atlas

Row = dict[str, Any]


def pair_columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of the table of pairs."""
    return (
        Column("place", tr("Place")),
        Column("partner", tr("Partner")),
        Column("quadrant", tr("Quadrant"), wide=True),
        Column("overlap", tr("Profile overlap"), "share"),
        Column("ties", tr("Ties"), "number"),
        Column("direct", tr("Recorded ties"), "number"),
        Column("projects", tr("Joint projects"), "number"),
        Column("expected", tr("Expected by chance"), "number", 1),
        Column("q", tr("q against chance"), "number", 3),
        Column("n", tr("Memberships of the place"), "number"),
        Column("n_partner", tr("Memberships of the partner"), "number"),
        Column("few", tr("Few actors")),
        Column("reason", tr("Why undefined"), wide=True),
    )


def pair_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Every pair."""
    view = pairs(atlas, selection)
    names = quadrant_names(view.split_y, tr)
    rows = [
        {
            "id": row.id,
            "place": row.name,
            "partner": row.partner_name,
            "quadrant": names.get(row.quadrant, ""),
            "overlap": row.overlap,
            "ties": row.ties,
            "direct": row.direct,
            "projects": row.projects,
            "expected": row.expected,
            "q": row.q,
            "n": row.n,
            "n_partner": row.n_partner,
            "few": tr("yes") if row.few else "",
            "reason": reason(row.reason, tr),
        }
        for row in view.rows
    ]
    told = (cannot_tell(tr), uncompared(view, tr), _lines(view.split_x, view.split_y, tr))
    return Sheet(tr("Pairs of places"), pair_columns(tr), rows, tuple(one for one in told if one))


def _lines(split_x: float, split_y: int, tr: Translator) -> str:
    return tr(
        "Similar from {share} overlap, tied with more than {n} ties.", share=tr.share(split_x, 1), n=tr.number(split_y)
    )


def quadrant_columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of the table of quadrants."""
    return (
        Column("field", tr("Field")),
        Column("quadrant", tr("Quadrant"), wide=True),
        Column("pairs", tr("Pairs"), "number"),
        Column("few", tr("of them with few actors"), "number"),
    )


def quadrant_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """How many pairs lie in each quadrant, overall and field by field."""
    fields = {"": tr("all fields")} | {field.field_id: tr.label(field.short) for field in atlas.region.fields}
    # each field has its own medians, so the general names are the honest ones
    names = quadrant_names(1, tr)
    rows = [
        {
            "id": f"{one.field}|{one.quadrant}",
            "field": fields[one.field],
            "quadrant": names[one.quadrant],
            "pairs": one.pairs,
            "few": one.few,
        }
        for one in tallies(atlas, selection)
    ]
    note = tr("Each field is divided at its own medians; pairs that lack the field in one place are in no quadrant.")
    return Sheet(tr("Quadrants by field"), quadrant_columns(tr), rows, (note, cannot_tell(tr)))


def _of_pair(
    atlas: Atlas, selection: Selection, tr: Translator, title: str, columns: tuple[Column, ...], rows: Iterable[Row]
) -> Sheet:
    """A table of the chosen pair; without one it says how to choose."""
    view = pair_view(atlas, selection)
    if view is None:
        return Sheet(
            title, columns, [], (tr("No pair is chosen: click a point of the picture or a row of the table."),)
        )
    name = f"{title}: {view.pair.name} – {view.pair.partner_name}"
    numbered = [{"id": str(number), **row} for number, row in enumerate(rows)]
    sources = tuple(dict.fromkeys(one for row in numbered for one in str(row.get("sources", "")).split("; ") if one))
    return Sheet(name, columns, numbered, (cannot_tell(tr),), sources)


def _rows_of(atlas: Atlas, selection: Selection, make: Any) -> list[Row]:
    view = pair_view(atlas, selection)
    return [] if view is None else list(make(view))


def profile_columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of both profiles."""
    return (
        Column("field", tr("Field"), wide=True),
        Column("where", tr("Where")),
        Column("n_here", tr("First place: memberships"), "number"),
        Column("share_here", tr("First place: share"), "share", 1),
        Column("lq_here", tr("First place: location quotient"), "number", 2),
        Column("state_here", tr("First place: assessment"), wide=True),
        Column("n_there", tr("Second place: memberships"), "number"),
        Column("share_there", tr("Second place: share"), "share", 1),
        Column("lq_there", tr("Second place: location quotient"), "number", 2),
        Column("state_there", tr("Second place: assessment"), wide=True),
        Column("added_here", tr("Second adds to first: related fields, %"), "number", 1),
        Column("added_there", tr("First adds to second: related fields, %"), "number", 1),
    )


def profile_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Both profiles of the chosen pair."""
    names = {field.field_id: tr.label(field.short) for field in atlas.region.fields}
    words = support_words(tr)

    def rows(view: PairView) -> Iterable[Row]:
        for row in view.fields:
            sides = {"here": row.here, "there": row.there}
            told = {f"{key}_{side}": getattr(one, key) for side, one in sides.items() for key in ("n", "share", "lq")}
            told |= {f"state_{side}": words[one.state] for side, one in sides.items()}
            added = {"added_here": row.added_here, "added_there": row.added_there}
            yield {"field": names[row.field], "where": shared(row, view.pair, tr)} | told | added

    columns = profile_columns(tr)
    return _of_pair(atlas, selection, tr, tr("Profiles"), columns, _rows_of(atlas, selection, rows))


def tie_columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of recorded ties."""
    return (
        Column("source", tr("Actor"), wide=True),
        Column("relation", tr("Kind of tie")),
        Column("target", tr("Other actor"), wide=True),
        Column("since", tr("Since"), "year"),
        Column("evidence", tr("Evidence"), wide=True),
        Column("sources", tr("Sources"), wide=True),
    )


def tie_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Every recorded tie of the chosen pair."""
    names, kinds = actor_names(atlas), relation_names(tr)

    def rows(view: PairView) -> Iterable[Row]:
        for tie in view.ties:
            yield {
                "source": names[tie.source],
                "relation": kinds[tie.relation],
                "target": names[tie.target],
                "since": tie.since,
                "evidence": tie.evidence,
                "sources": "; ".join(tie.sources),
            }

    return _of_pair(atlas, selection, tr, tr("Recorded ties"), tie_columns(tr), _rows_of(atlas, selection, rows))


def bridge_columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of bridging actors."""
    return (
        Column("actor", tr("Bridging actor"), wide=True),
        Column("here", tr("Tied to, first place"), wide=True),
        Column("there", tr("Tied to, second place"), wide=True),
        Column("sources", tr("Sources"), wide=True),
    )


def bridge_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Actors elsewhere with ties into both places of the chosen pair."""
    names = actor_names(atlas)

    def rows(view: PairView) -> Iterable[Row]:
        for one in view.bridges:
            yield {
                "actor": names[one.actor_id],
                "here": "; ".join(names[actor] for actor in one.here),
                "there": "; ".join(names[actor] for actor in one.there),
                "sources": "; ".join(one.sources),
            }

    return _of_pair(atlas, selection, tr, tr("Bridging actors"), bridge_columns(tr), _rows_of(atlas, selection, rows))


def project_columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of joint and parallel projects."""
    return (
        Column("kind", tr("Joint or parallel")),
        Column("group", tr("Programme and call"), wide=True),
        Column("place", tr("Place")),
        Column("title", tr("Project"), wide=True),
        Column("year", tr("Year")),
        Column("actors", tr("Actors"), wide=True),
        Column("sources", tr("Sources"), wide=True),
    )


def project_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Joint projects of the chosen pair, and those in the same call without a common one."""
    names, records = actor_names(atlas), project_records(atlas)

    def rows(view: PairView) -> Iterable[Row]:
        for one in view.projects:
            yield {
                "kind": tr("joint"),
                "group": ", ".join(part for part in (one.programme, one.call) if part),
                "place": f"{view.pair.name}; {view.pair.partner_name}",
                "title": one.title,
                "year": str(one.year or ""),
                "actors": "; ".join(names[actor] for actor in dict.fromkeys((*one.left, *one.right))),
                "sources": "; ".join(one.sources),
            }
        for group in view.parallel:
            for place, keys in ((view.pair.name, group.here), (view.pair.partner_name, group.there)):
                for key in keys:
                    title, year, sources = records[key]
                    yield {
                        "kind": tr("parallel"),
                        "group": parallel_name(atlas, group, tr),
                        "place": place,
                        "title": title,
                        "year": year,
                        "actors": "",
                        "sources": "; ".join(sources),
                    }

    return _of_pair(
        atlas, selection, tr, tr("Joint and parallel projects"), project_columns(tr), _rows_of(atlas, selection, rows)
    )


def candidate_columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of candidate partners."""
    return (
        Column("kind", tr("Why"), wide=True),
        Column("fields", tr("Fields"), wide=True),
        Column("here", tr("Actor or place"), wide=True),
        Column("there", tr("Possible partner"), wide=True),
        Column("common", tr("Partners in common"), "number"),
    )


def candidate_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Who could be asked in the chosen pair."""
    names = actor_names(atlas)
    fields = {field.field_id: tr.label(field.short) for field in atlas.region.fields}

    def rows(view: PairView) -> Iterable[Row]:
        places = {view.pair.place: view.pair.name, view.pair.partner: view.pair.partner_name}
        for one in view.givers:
            for actor in one.actors:
                yield {
                    "kind": tr("brings a field the other has little of"),
                    "fields": fields[one.field],
                    "here": places[one.receiver],
                    "there": names[actor],
                    "common": None,
                }
        for other in view.untied:
            yield {
                "kind": tr("on the same field, no recorded tie"),
                "fields": "; ".join(fields[field] for field in other.fields),
                "here": names[other.here],
                "there": names[other.there],
                "common": other.common,
            }

    return _of_pair(
        atlas, selection, tr, tr("Possible partners"), candidate_columns(tr), _rows_of(atlas, selection, rows)
    )
