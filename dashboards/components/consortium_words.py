"""Sentences on proposals for a consortium: what one offers, why a member stands in it, what it cannot offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.cited import actor_names
from dashboards.components.words import relation_phrase, sector_names
from ecosystem.model import Relation, Sector

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.views.consortium import ConsortiumView, Lack, Link
    from ecosystem.atlas import Atlas
    from ecosystem.consortium import Consortia, Member, Proposal


def part_names(tr: Translator) -> dict[str, str]:
    """The parts of a score."""
    return {
        "field": tr("Fit to the field"),
        "complementarity": tr("Complementarity"),
        "trust": tr("Existing ties"),
        "spread": tr("Spread over cities"),
        "call": tr("Projects in the call"),
    }


def short_names(atlas: Atlas, tr: Translator) -> dict[str, str]:
    """Field id → its short name."""
    return {field.field_id: tr.label(field.short) for field in atlas.region.fields}


def finding(atlas: Atlas, view: ConsortiumView | None, tr: Translator) -> str:
    """The page's sentence."""
    if view is None:
        return tr("Choose a field: each proposal covers the sectors and several cities, and says why.")
    field = short_names(atlas, tr)[view.asked.field]
    if view.one is None:
        return tr("{field}: no actor qualifies for a proposal.", field=field)
    said = {"field": field, "members": members(view.one, tr), "covered": covered(view.found, view.one, tr)}
    if not view.one.pairs:
        return tr("{field}: {members}, {covered}.", **said)
    tied = tr.plural(
        "{n} of {all} pairs is tied", "{n} of {all} pairs are tied", view.one.tied_pairs, all=view.one.pairs
    )
    return tr("{field}: {members}, {covered}; {tied}.", tied=tied, **said)


def members(one: Proposal, tr: Translator) -> str:
    """How many actors from how many cities."""
    return tr(
        "{actors} {cities}",
        actors=tr.plural("{n} actor", "{n} actors", len(one.members)),
        cities=tr.plural("from {n} city", "from {n} cities", one.cities),
    )


def covered(found: Consortia, one: Proposal, tr: Translator) -> str:
    """How many of the required sectors have a member."""
    every = len(found.sectors)
    if one.lacking:
        return tr("{n} of {all} sectors", n=tr.number(every - len(one.lacking)), all=tr.number(every))
    return tr("all {all} sectors", all=tr.number(every))


def why(atlas: Atlas, view: ConsortiumView, member: Member, tr: Translator) -> str:
    """Why an actor is proposed: what it brings, what it alone brings, whom it is tied to."""
    fields, names = short_names(atlas, tr), {one.actor_id: one.name for one in _members(view)}
    field = fields[view.asked.field]
    told = [
        {
            "stated": tr("A source states that it works on {field}.", field=field),
            "derived": tr("Its projects have the field {field}.", field=field),
            "related": tr(
                "Works on {through}, which is related to {field}.", through=fields.get(member.through, ""), field=field
            ),
            "none": tr("No field of it is known; it stands here for its sector."),
        }[member.basis],
        _alone(view, member, tr),
    ]
    if member.adds:
        told.append(
            tr("Only member on the related fields: {fields}.", fields=tr.joined(fields[one] for one in member.adds))
        )
    if member.tied_to:
        told.append(tr("Tied to {names}.", names=tr.joined(names[one] for one in member.tied_to)))
    elif len(names) > 1:
        told.append(tr("No tie to the others is recorded."))
    if member.in_call:
        told.append(tr("Has a project in the call {call}.", call=view.asked.call))
    return stopped(" ".join(one for one in told if one))


def stopped(text: str) -> str:
    """A sentence may end with a name that has a full stop of its own.

    >>> stopped("Tied to Netzwerk e.V..")
    'Tied to Netzwerk e.V.'
    """
    return text.replace("..", ".")


def _members(view: ConsortiumView) -> tuple[Member, ...]:
    return view.one.members if view.one else ()


def _alone(view: ConsortiumView, member: Member, tr: Translator) -> str:
    """What nobody else of the group has: its sector, its city."""
    others = [one for one in _members(view) if one is not member]
    sector = member.sector not in {one.sector for one in others}
    city = member.place_id not in {one.place_id for one in others}
    if not others or not (sector or city):
        return ""
    if sector and city:
        return tr("The only one here of its sector and of its city.")
    return tr("The only one here of its sector.") if sector else tr("The only one here of its city.")


def gap_sentences(atlas: Atlas, view: ConsortiumView, tr: Translator) -> list[str]:
    """Sectors in which nobody is known on the field itself, and whom the proposals take instead."""
    field, sectors = short_names(atlas, tr)[view.asked.field], sector_names(tr)
    told = []
    for gap in view.found.gaps:
        sector = sectors[Sector(gap.sector)]
        if gap.reach == "related":
            told.append(
                tr(
                    "{sector}: nobody is known to work on {field}; taken from a related field.",
                    sector=sector,
                    field=field,
                )
            )
        elif gap.reach == "any":
            told.append(
                tr("{sector}: nobody is known to work on {field} or a related field; taken for the sector alone.",
                   sector=sector, field=field)
            )  # fmt: skip
    return told


def lack_sentence(view: ConsortiumView, lack: Lack, tr: Translator) -> str:
    """What is missing, and why."""
    if lack.what == "cities":
        if lack.cause == "found":
            return tr(
                "Cities: the actors that qualify come from {have}, {wanted} are asked for.",
                have=tr.plural("{n} city", "{n} cities", lack.have),
                wanted=tr.number(view.asked.cities),
            )
        return tr(
            "Cities: {members} reach {have}, {wanted} are asked for.",
            members=tr.plural("{n} member at most", "{n} members at most", view.asked.size),
            have=tr.plural("{n} city", "{n} cities", lack.have),
            wanted=tr.number(view.asked.cities),
        )
    sector = sector_names(tr)[Sector(lack.sector)]
    if lack.cause == "size":
        return tr(
            "{sector}: no member, since {members} leave no room.",
            sector=sector,
            members=tr.plural("{n} member at most", "{n} members at most", view.asked.size),
        )
    if lack.cause == "banned":
        return tr("{sector}: no member, since those that could stand in are left out.", sector=sector)
    return tr("{sector}: no member, since the data know no actor of this sector to propose.", sector=sector)


def notices(atlas: Atlas, view: ConsortiumView, tr: Translator) -> list[str]:
    """What of the link could not be followed."""
    names, wish = actor_names(atlas), view.asked
    told = []
    if wish.lost_call:
        told.append(tr("The data name no call “{call}”; all projects count.", call=wish.lost_call))
    if wish.unknown:
        told.append(tr("Not in these data, and ignored: {ids}.", ids=", ".join(wish.unknown)))
    if wish.outside:
        outside = tr.joined(names[one] for one in wish.outside)
        told.append(stopped(tr("Without a place in the region, so not to be held: {names}.", names=outside)))
    if wish.raised:
        held = tr.plural("{n} actor is held", "{n} actors are held", len(wish.pinned))
        told.append(tr("{held}, so that the proposals have as many members.", held=held))
    return told


def limits(view: ConsortiumView, tr: Translator) -> tuple[str, ...]:
    """What has to be read with every proposal."""
    return (
        tr("A proposal to talk, not a ranking of organisations: what is not recorded does not count here."),
        tr(
            "Chosen from {candidates} of {cities} by trying changes until none helps: good, not provably the best.",
            candidates=tr.plural("{n} actor", "{n} actors", view.found.candidates),
            cities=tr.plural("{n} city", "{n} cities", view.found.cities_found),
        ),
    )


def question(atlas: Atlas, view: ConsortiumView, tr: Translator) -> str:
    """What was asked, for files."""
    wish, names = view.asked, actor_names(atlas)
    parts = [
        tr("Field {field}", field=short_names(atlas, tr)[wish.field]),
        *([tr("call {call}", call=wish.call)] if wish.call else []),
        tr("at least {cities}", cities=tr.plural("{n} city", "{n} cities", wish.cities)),
        tr.plural("{n} member at most", "{n} members at most", wish.size),
        *([tr("held: {names}", names=", ".join(names[one] for one in wish.pinned))] if wish.pinned else []),
        *([tr("left out: {names}", names=", ".join(names[one] for one in wish.banned))] if wish.banned else []),
    ]
    return stopped(tr("Asked: {parts}.", parts="; ".join(parts)))


def link_line(link: Link, names: dict[str, str], tr: Translator) -> str:
    """What is recorded of a pair, in one line."""
    told = [_tie(tie.source == link.one, Relation(tie.relation), tr) for tie in link.ties]
    if link.projects:
        told.append(tr.plural("{n} joint project", "{n} joint projects", len(link.projects)))
    if not told:
        told.append(
            tr("no recorded tie; both are tied to {names}", names=tr.joined(names[one] for one in link.through))
        )
    return f"{names[link.one]} – {names[link.other]}: {'; '.join(dict.fromkeys(told))}"


def _tie(outgoing: bool, relation: Relation, tr: Translator) -> str:
    return relation_phrase(relation, outgoing if relation.directed else None, tr)
