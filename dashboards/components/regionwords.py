"""The measures of a region and the differences of data bases in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dashboards.components.indexwords import index_meanings, index_names, panel_reason
from dashboards.components.words import confidence_names, sector_names, source_kind_names
from dashboards.language import UNDEFINED
from ecosystem.compare.comparison import FIELDS_DIFFER
from ecosystem.compare.portrait import NO_CLUSTERS, NO_FIELDS, NO_OTHER_FIELD
from ecosystem.model import Sector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.language import Translator
    from ecosystem.compare import Difference, Number, Portrait

SIZES = ("effective_centres", "primacy_share", "gini", "slope_all", "zipf")
TIES = ("intercity_share", "p", "delta", "p_sf", "freeman", "p_gf")
SHARES = {
    *(("helix", one.value) for one in Sector),
    ("morphology", "primacy_share"),
    ("function", "intercity_share"),
    ("clusters", "intercity_share"),
}
WHOLE = {
    *(("headline", key) for key in ("actors", "units", "population", "ties", "projects")),
    ("clusters", "clusters"),
}
ONE_DIGIT = {
    ("headline", "actors_per_100k"),
    ("morphology", "effective_centres"),
    ("morphology", "effective_centres_people"),
    ("specialisation", "effective_fields"),
    ("specialisation", "effective_fields_q2"),
    ("clusters", "effective_cities"),
}


def group_names(tr: Translator) -> dict[str, str]:
    """The groups of measures in their order."""
    return {
        "headline": tr("What is recorded"),
        "morphology": tr("Morphological: how sizes are spread"),
        "function": tr("Functional: how ties are spread"),
        "helix": tr("Balance of the five sectors"),
        "specialisation": tr("Specialisation"),
        "clusters": tr("Clusters"),
    }


def measure_names(tr: Translator) -> dict[tuple[str, str], str]:
    """What every number is called."""
    index, sectors = index_names(tr), sector_names(tr)
    return {
        ("headline", "actors"): tr("Actors in the region"),
        ("headline", "units"): tr("Units or municipalities compared"),
        ("headline", "population"): tr("Inhabitants"),
        ("headline", "actors_per_100k"): tr("Actors per 100,000 inhabitants"),
        ("headline", "ties"): tr("Recorded ties"),
        ("headline", "projects"): tr("Joint projects"),
        **{("morphology", key): index[key] for key in SIZES},
        ("morphology", "effective_centres_people"): tr("Effective centres by population"),
        **{("function", key): index[key] for key in TIES},
        ("function", "entropy_index_pairs"): index["entropy_index"],
        ("helix", "evenness"): tr("Evenness of the five sectors"),
        **{("helix", key): tr("Share: {sector}", sector=name) for key, name in sectors.items()},
        ("specialisation", "effective_fields"): tr("Effective number of fields (Hill, order 1)"),
        ("specialisation", "effective_fields_q2"): tr("Effective number of fields (Hill, order 2)"),
        ("specialisation", "krugman_median"): tr("Krugman index of its units, median"),
        ("clusters", "clusters"): tr("Clusters"),
        ("clusters", "effective_cities"): tr("Effective number of cities of a cluster, mean"),
        ("clusters", "intercity_share"): tr("Share of ties between cities inside clusters"),
        ("clusters", "modularity"): tr("Modularity, with the range of all searches"),
    }


def meanings(tr: Translator) -> dict[tuple[str, str], str]:
    """One line on how to read a number, where its name does not say it."""
    index = index_meanings(tr)

    def told(key: str) -> str:
        meaning, span = index[key]
        return tr("{meaning} Range: {range}.", meaning=meaning, range=span) if span else meaning

    return {
        **{("morphology", key): told(key) for key in SIZES},
        **{("function", key): told(key) for key in TIES},
        ("function", "entropy_index_pairs"): told("entropy_index"),
        ("helix", "evenness"): tr("1 = all five sectors alike, 0 = one sector only."),
        ("specialisation", "effective_fields"): tr("How many fields of equal size would be as varied."),
        ("specialisation", "krugman_median"): tr("0 = every unit has the fields of the others, 2 = nothing in common."),
        ("clusters", "effective_cities"): tr("How many cities of equal size would share a cluster as evenly."),
        ("clusters", "modularity"): tr("How clearly the ties fall into groups; higher is clearer, 1 at most."),
    }


def reason(text: str, tr: Translator) -> str:
    """Why a number is missing."""
    own = {
        FIELDS_DIFFER: tr("the regions have different fields"),
        NO_CLUSTERS: tr("no cluster"),
        NO_FIELDS: tr("no field recorded"),
        NO_OTHER_FIELD: tr("there is no other field"),
    }
    return own.get(text) or panel_reason(text, tr)


def value(one: Number, tr: Translator) -> str:
    """A number as its measure is read."""
    return written((one.group, one.key), one.value, tr)


def written(key: tuple[str, str], number: float, tr: Translator) -> str:
    """A value of a measure: whole, as a share, or with the decimals it is worth."""
    if key in SHARES:
        return tr.share(number, 1)
    return tr.number(number, 0 if key in WHOLE else 1 if key in ONE_DIGIT else 3)


def field_measures(tr: Translator) -> dict[str, str]:
    """Numbers of a field."""
    return {
        "share": tr("Share of memberships"),
        "effective_units": tr("Effective number of units (Hill, order 1)"),
        "krugman": tr("Krugman index against the other fields"),
        "locational_gini": tr("Locational Gini"),
    }


def field_value(key: str, number: float, tr: Translator) -> str:
    """A number of a field as it is read."""
    return tr.share(number, 1) if key == "share" else tr.number(number, 1 if key == "effective_units" else 3)


def warning(one: Difference, portraits: Sequence[Portrait], tr: Translator) -> str:
    """One difference of the data bases as a sentence."""
    before, after = _warnings(one.what, tr)[one.kind]
    told = [
        tr("{region} {value}", region=tr.label(region.name), value=_told(one, at, region, tr))
        for at, region in enumerate(portraits)
    ]
    return f"{before} {'; '.join(told)}. {after}".strip()


def _told(one: Difference, at: int, region: Portrait, tr: Translator) -> str:
    found = one.values[at]
    if one.kind == "fields":
        own = set(str(found).split(", "))
        return tr.joined(tr.label(field.short) for field in region.fields if field.field_id in own) or UNDEFINED
    if isinstance(found, str):
        if one.kind == "missing":
            words = {"ties": tr("no ties"), "projects": tr("no projects"), "flows": tr("no commuters")}
            return tr.joined(words[name] for name in found.split(", ")) if found else UNDEFINED
        return (tr.date(found) if one.kind == "read" else found) or UNDEFINED
    if not math.isfinite(found):
        return tr("not known")
    if one.kind in {"sources", "evidence", "seats"}:
        return tr.share(found)
    return tr.number(found, 0 if one.kind == "size" else 1)


def _warnings(what: str, tr: Translator) -> dict[str, tuple[str, str]]:
    levels = confidence_names(tr)
    strength = levels[int(what)] if what.isdecimal() and int(what) < len(levels) else what
    kind = source_kind_names(tr).get(what, what)
    return {
        "fields": (
            tr("The fields differ. Only there:"),
            tr("Fields are compared where their id is the same, the profiles of the regions are not."),
        ),
        "size": (
            tr("The regions differ in size. Units compared:"),
            tr("Indices of centres depend on how many there are."),
        ),
        "coverage": (
            tr("Not equally much was collected. Actors per 100,000 inhabitants:"),
            tr("Counts and ties also say how much was collected."),
        ),
        "population": (
            tr("Not every place states its population. Actors per 100,000 inhabitants:"),
            tr("How much was collected cannot be compared."),
        ),
        "missing": (tr("Some regions lack whole tables:"), tr("Numbers that rest on them are missing there.")),
        "sources": (
            tr("The sources are of different kinds. Records from the kind “{kind}”:", kind=kind),
            tr("Registers list everybody, pages only those somebody wrote about."),
        ),
        "evidence": (
            tr("Ties are not equally well evidenced. Confidence “{level}”:", level=strength),
            tr("Where only well evidenced ties were kept, others are missing."),
        ),
        "seats": (tr("Places of actors are not equally well evidenced. Confidence “{level}”:", level=strength), ""),
        "read": (tr("The sources were read at different times:"), ""),
        "years": (
            tr("The projects are of different years:"),
            tr("They are no picture of the same time."),
        ),
        "search": (
            tr("Clusters were searched with different options:"),
            tr("Their numbers cannot be compared."),
        ),
    }


def step_words(tr: Translator) -> dict[str, str]:
    """What a region that is being loaded is at."""
    return {
        "": tr("Waiting for another region"),
        "read": tr("Reading tables"),
        "clusters": tr("Searching clusters"),
        "positions": tr("Placing actors"),
        "opened": tr("Opening pages"),
        "measured": tr("Computing measures"),
    }
