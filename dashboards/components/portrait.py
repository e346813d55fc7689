"""What a profile says in sentences, every number from the data and every claim with what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.profilesheets import portrait_of
from dashboards.components.subjects import called, name_of
from dashboards.components.words import sector_names
from dashboards.views import evidence as grounds
from dashboards.views.partners import actors, linked_places
from dashboards.views.portrait import strong
from ecosystem.confidence import MEDIUM
from ecosystem.measures import Support
from ecosystem.model import Basis

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.views.portrait import Part, Portrait
    from dashboards.views.profile import Profile
    from dashboards.views.subject import Subject
    from ecosystem.atlas import Atlas

FEW = 10


def sentences(atlas: Atlas, one: Subject, tr: Translator) -> list[str]:
    """The summary of a place, field, sector or cluster."""
    of = portrait_of(atlas, one)
    told = [_size(atlas, one, of, tr), _fields(atlas, one, of, tr), _judged(atlas, one, of, tr)]
    told += [
        _level(atlas, one, tr),
        _where(one, of, tr),
        _links(atlas, one, of, tr),
        _projects(of, tr),
        _grounds(atlas, one, tr),
    ]
    return [sentence for sentence in told if sentence]


def _size(atlas: Atlas, one: Subject, of: Portrait, tr: Translator) -> str:
    name, actors_ = name_of(one, tr), tr.plural("{n} recorded actor", "{n} recorded actors", of.actors)
    if not of.actors:
        return tr("{name}: no actor is recorded here. That does not mean that there is none.", name=name)
    if not one.compared:
        return tr("{name} lies outside the region: {actors}, listed as partners.", name=name, actors=actors_)
    told = tr(
        "{name}: {actors}, {share} of those in {region}.",
        name=name,
        actors=actors_,
        share=tr.share(of.share, 1 if of.share < 0.1 else 0),
        region=tr.label(atlas.region.name),
    )
    if of.outside:
        told += " " + tr.plural("{n} more sits outside.", "{n} more sit outside.", of.outside)
    if of.statutory and one.kind == "place":
        told += " " + tr.plural("{n} of them is a statutory body.", "{n} of them are statutory bodies.", of.statutory)
    return told


def _fields(atlas: Atlas, one: Subject, of: Portrait, tr: Translator) -> str:
    others = [part for part in of.fields if part.count and (one.kind, one.key) != ("field", part.key)]
    if not others:
        return "" if one.kind == "field" else tr("No field is recorded for these actors.")
    top = max(others, key=lambda part: part.count)
    name, n = called(atlas, "field", top.key, tr), tr.number(top.count)
    if one.kind == "field":
        return tr("Most of those with a second field are also on {field} ({n}).", field=name, n=n)
    return tr(
        "The largest field is {field} ({n} of {all} memberships).",
        field=name,
        n=n,
        all=tr.number(sum(part.count for part in of.fields)),
    )


def _judged(atlas: Atlas, one: Subject, of: Portrait, tr: Translator) -> str:
    parts = of.fields if one.kind == "place" else of.places if one.kind == "field" else ()
    if not parts or not one.compared:
        return ""
    kind = "field" if one.kind == "place" else "place"
    sure, few = strong(parts), strong(parts, Support.TOO_FEW_ACTORS)
    if one.kind == "place" and sum(part.count for part in parts) < FEW:
        return tr("The profile rests on few memberships: location quotients say little here.")
    told = []
    if sure:
        told.append(
            tr("Specialised, and supported by enough actors: {names}.", names=_quotients(atlas, kind, sure, tr))
        )
    if few:
        told.append(tr("Specialised, but on few actors: {names}.", names=_quotients(atlas, kind, few, tr)))
    return " ".join(told) or tr("No specialisation against the region.")


def _quotients(atlas: Atlas, kind: str, parts: tuple[Part, ...], tr: Translator) -> str:
    names = [
        tr(
            "{name} (LQ {lq})",
            name=called(atlas, kind, part.key, tr, part.name),
            lq=tr.number(part.lq, 1),
        )
        for part in parts[:4]
    ]
    more = len(parts) - len(names)
    return tr.joined([*names, tr.plural("{n} more", "{n} more", more)] if more else names)


def _level(atlas: Atlas, one: Subject, tr: Translator) -> str:
    """With whom a place is compared: what is certain depends on the number of comparisons."""
    if one.kind != "place" or not one.compared:
        return ""
    n = len(atlas.material.units(one.level).ids)
    if one.level == "municipality":
        return tr.plural("Compared with {n} municipality.", "Compared among {n} municipalities.", n)
    return tr.plural("Compared with {n} unit.", "Compared among {n} units.", n)


def _where(one: Subject, of: Portrait, tr: Translator) -> str:
    held = [part for part in of.places if part.count]
    if one.kind == "place" or not held:
        return ""
    names = tr.joined([tr("{name} ({n})", name=part.name, n=tr.number(part.count)) for part in held[:3]])
    return tr(
        "Most are in {places}; {n} of {all} units have at least one.",
        places=names,
        n=tr.number(len(held)),
        all=tr.number(len(of.places)),
    )


def _links(atlas: Atlas, one: Subject, of: Portrait, tr: Translator) -> str:
    if not of.inner + of.outer:
        return tr("No tie and no joint project is recorded here.")
    told = tr(
        "{inner} inside, {outer} to others.",
        inner=tr.plural("{n} linked pair of actors", "{n} linked pairs of actors", of.inner),
        outer=tr.plural("{n} pair", "{n} pairs", of.outer),
    )
    if one.kind == "place":
        near = list(linked_places(atlas, one).values())[:3]
        names = [tr("{name} ({n})", name=name, n=tr.number(n)) for name, n in near]
    else:
        names = [tr("{name} ({n})", name=row.name, n=tr.number(row.linked)) for row in actors(atlas, one)[:3]]
    return told + (" " + tr("Most lead to {names}.", names=tr.joined(names)) if names else "")


def _projects(of: Portrait, tr: Translator) -> str:
    if not of.projects:
        return ""
    n = tr.plural("{n} funded project", "{n} funded projects", of.projects)
    if of.funding_eur != of.funding_eur:
        return tr("They take part in {projects}; no sum is stated.", projects=n)
    return tr(
        "They take part in {projects} with {money} committed to them.", projects=n, money=tr.money(of.funding_eur)
    )


def _grounds(atlas: Atlas, one: Subject, tr: Translator) -> str:
    rows = [row for row in grounds.classes(atlas, one.members) if row.records == grounds.SEATS]
    total = sum(row.count for row in rows)
    if not total:
        return ""
    sure = sum(row.count for row in rows if int(row.key) >= MEDIUM)
    sources = tr.plural("{n} source", "{n} sources", len(grounds.sources_used(atlas, one.members)))
    return tr(
        "Evidence: {sources}; the seat of {share} of the actors is known with medium or strong confidence.",
        sources=sources,
        share=tr.share(sure / total),
    )


def actor_sentences(atlas: Atlas, one: Subject, known: Profile, tr: Translator) -> list[str]:
    """The summary of an actor."""
    stated = [work for work in known.fields if work.basis == Basis.STATED]
    fields = [tr.label(atlas.region.field(work.field_id).short) for work in stated or known.fields]
    of = portrait_of(atlas, one)
    told = [
        tr(
            "{name} ({sector}) sits in {place}.",
            name=known.name,
            sector=sector_names(tr)[known.sector],
            place=known.place or tr("a place that is not stated"),
        ),
        _own_fields(fields, tr, stated=bool(stated)),
        _tied(atlas, one, known, of, tr),
        _funding(of, tr),
    ]
    return [sentence for sentence in told if sentence]


def _own_fields(fields: list[str], tr: Translator, *, stated: bool) -> str:
    if not fields:
        return tr("No field is recorded.")
    names = tr.joined(fields)
    return (
        tr("Recorded fields: {fields}.", fields=names)
        if stated
        else tr("Fields derived from projects: {fields}.", fields=names)
    )


def _tied(atlas: Atlas, one: Subject, known: Profile, of: Portrait, tr: Translator) -> str:
    ties = tr.plural("{n} recorded tie", "{n} recorded ties", len(known.ties))
    if not of.outer:
        return tr("No tie and no joint project is recorded; that does not mean that there is none.")
    projects = tr.plural("{n} project", "{n} projects", len(known.projects))
    places = list(linked_places(atlas, one).values())
    told = tr(
        "{ties} and {projects} link it with {actors} in {places}.",
        ties=ties,
        projects=projects,
        actors=tr.plural("{n} actor", "{n} actors", of.outer),
        places=tr.plural("{n} place", "{n} places", len(places)),
    )
    return told + (
        " " + tr("Most of them are in {name} ({n}).", name=places[0][0], n=tr.number(places[0][1])) if places else ""
    )


def _funding(of: Portrait, tr: Translator) -> str:
    if not of.projects or of.funding_eur != of.funding_eur:
        return ""
    return tr("Committed public funding in the recorded projects: {money}.", money=tr.money(of.funding_eur))
