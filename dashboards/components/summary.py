"""What stands out, in plain sentences: each says what it counts, hedges what it must and leads to its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.links import to

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.summary import Evidence, Parallel, Poles, Specialised, Spread, Summary, Tied
    from ecosystem.atlas import Atlas

# so many fields are told in full
MOST_FIELDS = 6


def sentences(view: Summary, atlas: Atlas, tr: Translator) -> list[tuple[str, str, str]]:
    """(sentence, where it is read in full, what that page is called), those that the data give."""
    units = view.kind == "unit"
    made = [
        view.specialised and _specialised(view.specialised, atlas, tr),
        view.spread and _spread(view.spread, atlas, tr, units=units),
        view.tied and _tied(view.tied, tr, units=units),
        view.poles and _poles(view.poles, tr, units=units),
        view.parallel and _parallel(view.parallel, tr, units=units),
        view.evidence and _evidence(view.evidence, tr),
    ]
    return [one for one in made if one]


def told(view: Summary, atlas: Atlas, tr: Translator) -> Component:
    """The sentences as a list with their links."""
    found = sentences(view, atlas, tr)
    if not found:
        return html.P(tr("Too few actors are left to say anything about the region."))
    return html.Ul(
        [html.Li([html.Span(sentence), " ", to(path, page)]) for sentence, path, page in found], className="sentences"
    )


def _specialised(one: Specialised, atlas: Atlas, tr: Translator) -> tuple[str, str, str]:
    where, page = "/spezialisierung", tr("Specialisation")
    if not one.supported:
        sentence = tr(
            "No specialisation is supported by enough actors; {n} location quotients of 1 or more rest on few.",
            n=tr.number(one.cells),
        )
        return sentence, where, page
    parts = [
        tr("{field}: {places}", field=tr.label(atlas.region.field(field).short), places=tr.joined(places))
        for field, places in one.supported[:MOST_FIELDS]
    ]
    sentence = tr(
        "Specialised and supported by enough actors – {list}. That is {n} of {all} location quotients of 1 or more; "
        "the others rest on too few actors.",
        list="; ".join(parts),
        n=tr.number(one.count),
        all=tr.number(one.cells),
    )
    return sentence, where, page


def _spread(one: Spread, atlas: Atlas, tr: Translator, *, units: bool) -> tuple[str, str, str]:
    values = {
        "widest": tr.label(atlas.region.field(one.widest).short),
        "most": tr.number(one.most, 1),
        "narrowest": tr.label(atlas.region.field(one.narrowest).short),
        "least": tr.number(one.least, 1),
        "all": tr.number(one.units),
    }
    if units:
        sentence = tr(
            "{widest} is spread most widely: as if {most} of {all} units carried it evenly. {narrowest} is bundled "
            "most: as if {least} did.",
            **values,
        )
    else:
        sentence = tr(
            "{widest} is spread most widely: as if {most} of {all} municipalities carried it evenly. {narrowest} is "
            "bundled most: as if {least} did.",
            **values,
        )
    return sentence, "/polyzentrik?part=fields", tr("Flows by field")


def _tied(one: Tied, tr: Translator, *, units: bool) -> tuple[str, str, str]:
    values = {
        "share": tr.share(one.share),
        "pairs": tr.plural("{n} linked pair", "{n} linked pairs", one.pairs),
        "a": one.a,
        "b": one.b,
        "n": tr.number(one.strongest),
    }
    if units:
        sentence = tr(
            "{share} of the {pairs} of actors inside the region join two units; most of them {a} and {b} ({n}).",
            **values,
        )
    else:
        sentence = tr(
            "{share} of the {pairs} of actors inside the region join two municipalities; most of them {a} and {b} "
            "({n}).",
            **values,
        )
    return sentence, "/polyzentrik", tr("Polycentric view")


def _poles(one: Poles, tr: Translator, *, units: bool) -> tuple[str, str, str]:
    values = {
        "centres": tr.number(one.centres, 1),
        "all": tr.number(one.units),
        "p": tr.number(one.p, 2),
        "freeman": tr.number(one.freeman, 2),
    }
    if units:
        sentence = tr(
            "By their actors the {all} units weigh as much as {centres} equal centres. Their ties are spread with P = "
            "{p} (1 = evenly) and look like a star by {freeman} (1 = one centre); both depend on how many centres are "
            "counted.",
            **values,
        )
    else:
        sentence = tr(
            "By their actors the {all} municipalities weigh as much as {centres} equal centres. Their ties are spread "
            "with P = {p} (1 = evenly) and look like a star by {freeman} (1 = one centre); both depend on how many "
            "centres are counted.",
            **values,
        )
    return sentence, "/polyzentrik?part=measures", tr("Measures")


def _parallel(one: Parallel, tr: Translator, *, units: bool) -> tuple[str, str, str]:
    where, page = "/abstimmung", tr("Coordination")
    if one.untied == 0:
        sentence = tr(
            "All {n} pairs with similar profiles have at least one recorded tie or joint project.",
            n=tr.number(one.alike),
        )
        return sentence, where, page
    values = {
        "untied": tr.number(one.untied),
        "alike": tr.number(one.alike),
        "a": one.a,
        "b": one.b,
        "overlap": tr.share(one.overlap),
    }
    if units:
        sentence = tr(
            "{untied} of the {alike} pairs of units with similar profiles have no recorded tie and no joint project, "
            "the most alike are {a} and {b} (overlap {overlap}). Nothing recorded does not mean nothing there: a "
            "point to check.",
            **values,
        )
    else:
        sentence = tr(
            "{untied} of the {alike} pairs of municipalities with similar profiles have no recorded tie and no joint "
            "project, the most alike are {a} and {b} (overlap {overlap}). Nothing recorded does not mean nothing "
            "there: a point to check.",
            **values,
        )
    return sentence, where, page


def _evidence(one: Evidence, tr: Translator) -> tuple[str, str, str]:
    sentence = tr(
        "For {seated} of {actors} actors a page, register or statute tells the town, for the rest it is general "
        "knowledge or doubtful; {without} state no field and count in none.",
        seated=tr.number(one.seated),
        actors=tr.number(one.actors),
        without=tr.number(one.without_field),
    )
    return sentence, "/daten", tr("Data and sources")
