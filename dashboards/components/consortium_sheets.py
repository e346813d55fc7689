"""The rows behind the page of consortia: on screen and in files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards.components.cited import actor_names
from dashboards.components.consortium_words import (
    gap_sentences,
    lack_sentence,
    limits,
    notices,
    part_names,
    question,
    short_names,
    why,
)
from dashboards.components.words import relation_names, sector_names
from dashboards.views.consortium import consortium
from dashboards.views.profile import sources
from dashboards.views.sheet import Column, Sheet
from ecosystem.projections import CO_PARTICIPATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.consortium import ConsortiumView
    from ecosystem.atlas import Atlas

Row = dict[str, Any]


def _sheet(
    atlas: Atlas,
    selection: Selection,
    tr: Translator,
    title: str,
    columns: tuple[Column, ...],
    make: Callable[[ConsortiumView], Iterable[Row]],
) -> Sheet:
    """A table of the proposal on show; without one it says how to get there."""
    view = consortium(atlas, selection)
    if view is None:
        return Sheet(title, columns, [], (tr("No field is chosen."),))
    field = short_names(atlas, tr)[view.asked.field]
    named = tr("{title}: proposal {n} for {field}", title=title, n=tr.number(view.number), field=field)
    notes = [question(atlas, view, tr), *notices(atlas, view, tr), *gap_sentences(atlas, view, tr)]
    notes += [lack_sentence(view, lack, tr) for lack in view.lacks]
    rows = [{"id": str(number), **row} for number, row in enumerate(make(view))] if view.one else []
    cited = tuple(dict.fromkeys(one for row in rows for one in str(row.get("sources", "")).split("; ") if one))
    return Sheet(named, columns, rows, (*notes, *limits(view, tr)), cited)


def cited_columns(tr: Translator) -> tuple[Column, ...]:
    """Sources of a row: ids as in the table of sources, and where to read them."""
    return (Column("sources", tr("Sources"), wide=True), Column("addresses", tr("Addresses of the sources"), wide=True))


def cited_cells(atlas: Atlas, ids: Iterable[str]) -> Row:
    """Ids of sources and their addresses."""
    named = tuple(dict.fromkeys(ids))
    addresses = dict.fromkeys(one.url for one in sources(atlas, named) if one.url)
    return {"sources": "; ".join(named), "addresses": " ".join(addresses)}


def member_columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of members."""
    return (
        Column("actor", tr("Actor"), wide=True),
        Column("sector", tr("Sector")),
        Column("place", tr("City")),
        Column("why", tr("Why it is proposed"), wide=True),
        Column("strength", tr("Fit to the field"), "share"),
        Column("held", tr("Held")),
        *cited_columns(tr),
    )


def member_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The members of the proposal on show."""
    sectors = sector_names(tr)

    def rows(view: ConsortiumView) -> Iterable[Row]:
        for member in view.one.members if view.one else ():
            yield {
                "id": member.actor_id,
                "actor": member.name,
                "sector": sectors[member.sector],
                "place": member.place,
                "why": why(atlas, view, member, tr),
                "strength": member.strength,
                "held": tr("yes") if member.pinned else "",
                **cited_cells(atlas, member.sources),
            }

    return _sheet(atlas, selection, tr, tr("Members"), member_columns(tr), rows)


def tie_columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of ties and joint projects."""
    return (
        Column("one", tr("Actor"), wide=True),
        Column("relation", tr("Kind of tie")),
        Column("other", tr("Other actors"), wide=True),
        Column("since", tr("Year"), "year"),
        Column("evidence", tr("Evidence"), wide=True),
        *cited_columns(tr),
    )


def tie_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Every recorded tie and joint project of the members; a project once, with all of them."""
    names, kinds = actor_names(atlas), relation_names(tr)

    def rows(view: ConsortiumView) -> Iterable[Row]:
        for tie in view.one.ties if view.one else ():
            yield {
                "one": names[tie.source],
                "relation": kinds[tie.relation],
                "other": names[tie.target],
                "since": tie.since,
                "evidence": tie.evidence,
                **cited_cells(atlas, tie.sources),
            }
        for project in view.one.projects if view.one else ():
            first, *rest = dict.fromkeys((*project.left, *project.right))
            about = (project.title, project.programme, project.call)
            yield {
                "one": names[first],
                "relation": kinds[CO_PARTICIPATION],
                "other": "; ".join(names[one] for one in rest),
                "since": project.year,
                "evidence": " · ".join(part for part in about if part),
                **cited_cells(atlas, project.sources),
            }

    return _sheet(atlas, selection, tr, tr("Ties and joint projects"), tie_columns(tr), rows)


def bridge_columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of pairs without a tie."""
    return (
        Column("one", tr("Actor"), wide=True),
        Column("other", tr("Other actor"), wide=True),
        Column("through", tr("Both tied to"), wide=True),
        *cited_columns(tr),
    )


def bridge_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Members without a recorded tie, and who is tied to both."""
    names = actor_names(atlas)

    def rows(view: ConsortiumView) -> Iterable[Row]:
        for link in view.links:
            if not link.ties and not link.projects:
                yield {
                    "one": names[link.one],
                    "other": names[link.other],
                    "through": "; ".join(names[one] for one in link.through),
                    **cited_cells(atlas, link.sources),
                }

    return _sheet(atlas, selection, tr, tr("Who could introduce whom"), bridge_columns(tr), rows)


def proposal_columns(tr: Translator) -> tuple[Column, ...]:
    """The columns of alternatives."""
    return (
        Column("proposal", tr("Proposal")),
        Column("score", tr("Mean of the parts"), "share"),
        *(Column(part, name, "share") for part, name in part_names(tr).items()),
        Column("cities", tr("Cities"), "number"),
        Column("tied", tr("Tied pairs"), "number"),
        Column("pairs", tr("Pairs"), "number"),
        Column("actors", tr("Members"), wide=True),
    )


def proposal_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The alternatives side by side."""
    view = consortium(atlas, selection)
    columns, title = proposal_columns(tr), tr("Proposals side by side")
    if view is None:
        return Sheet(title, columns, [], (tr("No field is chosen."),))
    rows = [
        {
            "id": str(number),
            "proposal": tr.number(number),
            "score": one.score,
            **one.parts,
            "cities": one.cities,
            "tied": one.tied_pairs,
            "pairs": one.pairs,
            "actors": "; ".join(member.name for member in one.members),
        }
        for number, one in enumerate(view.found.proposals, start=1)
    ]
    notes = (question(atlas, view, tr), *notices(atlas, view, tr), *limits(view, tr))
    return Sheet(title, columns, rows, notes, view.found.sources)
