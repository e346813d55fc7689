"""What measures say beside their numbers, in the reader's language: what is counted, notes, parameters, tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboards.components.reasons import reason
from dashboards.language import translator

if TYPE_CHECKING:
    from dashboards.language import Translator
    from ecosystem.findings.record import Parameter


def counted_words(tr: Translator) -> dict[str, str]:
    """What ``n`` of a finding counts."""
    told = dict(zip(_counted(translator("en")), _counted(tr), strict=True))
    return {**told, "memberships": tr("memberships of actors in fields")}


def _counted(tr: Translator) -> tuple[str, ...]:
    """Named in English as the findings have it."""
    return (
        tr("actors"),
        tr("actors with ties"),
        tr("actors with two or more fields"),
        tr("pairs of places"),
        tr("places"),
        tr("places that take part"),
        tr("places with projects in both periods"),
        tr("projects that two or more places share"),
        tr("rows and columns with ties"),
    )


def table_names(tr: Translator) -> dict[str, str]:
    """The tables of a region."""
    return {
        "places": tr("places"),
        "actors": tr("actors"),
        "actor_fields": tr("fields of actors"),
        "ties": tr("recorded ties"),
        "projects": tr("projects"),
        "participations": tr("participations in projects"),
        "city_fields": tr("fields of cities"),
        "flows": tr("commuters"),
        "sources": tr("sources"),
    }


def parameter_names(tr: Translator) -> dict[str, str]:
    """What can be set in a measure."""
    return {
        "field": tr("field"),
        "level": tr("level of places"),
        "layer": tr("layer of ties"),
        "method": tr("variant"),
        "model": tr("random model"),
        "incidence": tr("two-mode table"),
        "alpha": tr("threshold for q"),
        "delta": tr("threshold of the noise-corrected backbone"),
        "min_actors": tr("few actors below"),
        "rarefy_to": tr("common sample size"),
        "runs": tr("runs"),
        "draws": tr("draws"),
        "null_draws": tr("draws of random networks"),
        "random_orders": tr("random orders of removal"),
        "rich_club_draws": tr("draws for the rich club"),
        "seed": tr("seed"),
        "split": tr("first year of the second period"),
        "lower": tr("column of the lower level"),
        "density": tr("density"),
        "krugman": tr("compared with"),
    }


def parameter_value(value: Parameter, tr: Translator) -> str:
    """A value as it is said; nothing set is "all" or "automatic"."""
    words = {
        None: tr("not set"),
        "municipality": tr("municipalities"),
        "district": tr("districts and independent cities"),
        "both": tr("recorded ties and joint projects"),
        "direct": tr("recorded ties"),
        "projects": tr("joint projects"),
    }
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, float):
        return tr.number(value, 2)
    if isinstance(value, int):
        return tr.number(value)
    return words.get(value, str(value))


def said(text: str, tr: Translator) -> str:
    """A note, warning or reason in words; one nobody foresaw stays as it is."""
    for english, sentence in zip(_notes(translator("en")), _notes(tr), strict=True):
        found = re.fullmatch(_pattern(english), text)
        if found:
            return sentence.format(**{name: _number(value, tr) for name, value in found.groupdict().items()})
    head, colon, why = text.partition(": ")
    return tr("{table}: {reason}", table=head, reason=reason(why, tr)) if colon else text


def _pattern(sentence: str) -> str:
    """What a sentence looks like when its places are filled."""
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(sentence))


def _number(value: str, tr: Translator) -> str:
    """A decimal as the reader writes it; counts and years stay."""
    whole, point, digits = value.partition(".")
    return tr.number(float(value), len(digits)) if point and (whole + digits).isdigit() else value


def _notes(tr: Translator) -> tuple[str, ...]:
    """In English as the findings have them, with the places of their numbers."""
    return (
        *_always(tr),
        tr("{draws} draws: of {pairs} pairs none can be supported alone below {needed} draws"),
        tr("{draws} draws: no p below {p}; of {pairs} pairs none can pass alone below {needed} draws"),
        tr("{n} rows in {cells} cells: T alone is mostly bias"),
        tr("The second period starts in {year}."),
        tr("{n} projects state no year and are left out"),
        tr("{n} municipalities state no district and are left out"),
        tr("Ties have no direction: symmetries exist for commuters only. Commuters of {year}."),
        tr("modules depend on the seed: mean agreement between runs {value}"),
        tr("related variety: no two-level taxonomy (no column “{column}” below the fields)"),
    )


def _always(tr: Translator) -> tuple[str, ...]:
    """The notes that always hold."""
    return (
        tr("The region is the whole: a location quotient compares a place with this region, not with the country."),
        tr("Memberships are counted: an actor with two fields counts in both."),
        tr("Actors are collected, not sampled: read “supported by n actors”, not “significant”."),
        tr("Places are tied by recorded ties of their actors (direct) and by the projects they share (projects)."),
        tr("“Similar and untied” may be competition, duplication or ignorance: the data cannot tell."),
        tr("Expected ties keep how much each place ties to others and redraw with whom; “tied” is more than expected."),
        tr("Only ties between actors of the region count."),
        tr("A removal curve means something only beside random removal; the rich club only as ratio to its null."),
        tr("An entry may be one actor crossing LQ = 1: read the supported ones."),
        tr("Entropy of one level is not related variety. Both grow with n."),
        tr("The total grows with the number of ties: read it with its partners."),
        tr("kl_bits is the distance from the mix of all actors counted here; few actors make it large."),
        tr("Negative = synergy. T alone is mostly bias: read excess, T less its mean under chance."),
        tr("Q is a lower bound: the best of many searches, never proven the maximum."),
        tr("P of a star is not 0: read freeman (1 = star) beside it. What changes along the curve is no finding."),
        tr("Ties have no direction: symmetries exist for commuters only."),
        tr("Actors with one field say nothing about relatedness."),
        tr("A field is never counted in its own density."),
        tr("It orders places with similar profiles; “complex” says more than that."),
        tr("Plain hhi, entropy and evenness of few memberships say little: compare hhi_unbiased."),
        tr("Tested are places given how many of these projects each takes part in."),
        tr("Actors outside the region take part, as they do in the clusters shown."),
        tr("Random networks keep the number of ties and of joint projects of every actor."),
        tr("communities depend on the seed: read the stability of every actor"),
    )
