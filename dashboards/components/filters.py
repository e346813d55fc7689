"""The filter panel: fields, sectors, cities, kinds of ties, clusters, years, confidence; the same on every page.

Every option says how many records it would leave under the other filters. The numbers have ids of their own, so that
a change of filters renews them and nothing else: who is at a box with the keyboard stays there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboards.components import words
from dashboards.components.attributes import attributes
from dashboards.components.controls import choice, control, from_many, radios, several
from dashboards.palette import SECTOR_SHAPES, field_variable
from dashboards.state import FILTERS, NOT_STATED
from dashboards.views.filtercounts import filter_counts, span
from ecosystem.model import Relation, Sector
from ecosystem.projections import CO_PARTICIPATION

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.filtercounts import FilterCounts
    from ecosystem.atlas import Atlas

YEARS, BARS, UNDATED, UNDATED_TEXT = "filter-years", "filter-bars", "filter-undated", "filter-undated-text"
# texts by id, and the lists of options by key: written by assets/filters.js
TEXTS, OPTIONS = "filter-texts", "filter-options"


def filters(atlas: Atlas, selection: Selection, tr: Translator) -> html.Aside:
    """Every filter with what each of its options would leave."""
    counts = filter_counts(atlas, selection)
    places, clusters = place_options(atlas, counts, tr), cluster_options(atlas, counts, tr)
    return html.Aside(
        [
            html.Div(
                [
                    html.H2(tr("Filters")),
                    html.Button(tr("Reset"), className="button quiet", **attributes({"data-lift": ",".join(FILTERS)})),
                    html.Button(
                        "×",
                        className="button quiet only-narrow",
                        **attributes({"data-toggle": "filters", "aria-label": tr("Close the filters")}),
                    ),
                ],
                className="filters-head",
            ),
            html.P(tr("Nothing ticked means no restriction. Numbers: what an option would leave."), className="hint"),
            several("f", tr("Field"), _boxes("f", _fields(atlas, tr), counts.fields, tr), selection.fields),
            several("s", tr("Sector"), _boxes("s", _sectors(tr), counts.sectors, tr), selection.sectors),
            from_many("r", tr("City"), tr("All cities"), places, selection.places, tr("No city of this name")),
            from_many("cl", tr("Cluster"), tr("All clusters"), clusters, selection.clusters, tr("No such cluster")),
            several("t", tr("Kind of tie"), _boxes("t", _kinds(tr), counts.kinds, tr), selection.kinds),
            _years(atlas, selection, counts, tr),
            _confidence(selection, counts, tr),
            dcc.Store(id=TEXTS),
            dcc.Store(id=OPTIONS),
        ],
        id="filters",
        className="filters",
        tabIndex="-1",
        **attributes({"aria-label": tr("Filters")}),
    )


def count_ids(atlas: Atlas) -> tuple[str, ...]:
    """Ids of the numbers beside the options, in the order of :func:`count_texts`."""
    sizes = {"f": len(atlas.region.fields) + 1, "s": len(Sector), "t": len(Relation) + 1, "ev": 4}
    return tuple(_id(key, number) for key, size in sizes.items() for number in range(size))


def count_texts(atlas: Atlas, counts: FilterCounts, tr: Translator) -> list[str]:
    """The numbers beside the options."""
    ticked = (
        *(counts.fields.get(one, 0) for one, _, _ in _fields(atlas, tr)),
        *(counts.sectors.get(one, 0) for one, _, _ in _sectors(tr)),
        *(counts.kinds.get(one, 0) for one, _, _ in _kinds(tr)),
    )
    return [tr.number(count) for count in (*ticked, *counts.confidence)]


def _id(key: str, number: int) -> str:
    return f"filter-count-{key}-{number}"


def _boxes(
    key: str, options: list[tuple[str, str, str]], counts: dict[str, int], tr: Translator
) -> list[tuple[str, str, Any, str]]:
    return [
        (one, text, html.Span(tr.number(counts.get(one, 0)), id=_id(key, number)), mark)
        for number, (one, text, mark) in enumerate(options)
    ]


def _fields(atlas: Atlas, tr: Translator) -> list[tuple[str, str, str]]:
    known = [
        (one.field_id, tr.label(one.short), field_variable(number)) for number, one in enumerate(atlas.region.fields)
    ]
    return [*known, (NOT_STATED, tr("Not stated"), field_variable(-1))]


def _sectors(tr: Translator) -> list[tuple[str, str, str]]:
    return [(str(sector), name, SECTOR_SHAPES[Sector(sector)]) for sector, name in words.sector_names(tr).items()]


def _kinds(tr: Translator) -> list[tuple[str, str, str]]:
    names = words.relation_names(tr)
    return [(kind, names[kind], "") for kind in (*(relation.value for relation in Relation), CO_PARTICIPATION)]


def place_options(atlas: Atlas, counts: FilterCounts, tr: Translator) -> list[tuple[str, str]]:
    """Cities with the number of actors each would leave."""
    places = atlas.tables.places.sort_values(["in_region", "name"], ascending=[False, True])
    named = list(zip(places["place_id"], places["name"], strict=True))
    if bool((atlas.tables.actors["place_id"] == "").any()):
        named.append((NOT_STATED, tr("Not stated")))
    return [(str(place), f"{name} ({tr.number(counts.places.get(str(place), 0))})") for place, name in named]


def cluster_options(atlas: Atlas, counts: FilterCounts, tr: Translator) -> list[tuple[str, str]]:
    """Clusters with the number of actors each would leave."""
    named = [(item.cluster_id, tr.label(item.name)) for item in atlas.clusters.items]
    return [
        (one, f"{name} ({tr.number(counts.clusters.get(one, 0))})")
        for one, name in [*named, (NOT_STATED, tr("In no cluster"))]
    ]


def _confidence(selection: Selection, counts: FilterCounts, tr: Translator) -> html.Fieldset:
    names = words.confidence_names(tr)
    texts = [tr("Any"), *(tr("at least {level}", level=name) for name in names[1:])]
    return radios(
        "ev",
        tr("Confidence"),
        [
            (str(level), text, html.Span(tr.number(count), id=_id("ev", level)))
            for level, (text, count) in enumerate(zip(texts, counts.confidence, strict=True))
        ],
        str(selection.confidence),
        hint=tr(
            "How well the seat of an actor and a tie are known. Weak: general knowledge. Medium: a page says so. "
            "Strong: a register, statute, statistics or funding list."
        ),
    )


def _years(atlas: Atlas, selection: Selection, counts: FilterCounts, tr: Translator) -> html.Div:
    whole = span(atlas)
    undated = html.Div(
        [html.P(undated_text(counts, tr), id=UNDATED_TEXT, className="years-text"), _undated(selection, tr)],
        id=UNDATED,
        hidden=selection.years is None,
        className="undated",
    )
    parts = [
        html.P(years_text(selection, counts, tr), id=YEARS, className="years-text"),
        html.Div(bars(selection, counts), id=BARS, className="years-bars", **attributes({"aria-hidden": "true"})),
    ]
    if whole is None:
        return html.Div([*parts, undated], hidden=True)
    slider = dmc.RangeSlider(
        id=control("y"),
        min=whole[0],
        max=whole[1],
        value=[*(selection.years or whole)],
        minRange=0,
        label=None,
        size="md",
        thumbFromLabel=tr("First year"),
        thumbToLabel=tr("Last year"),
        marks=[{"value": year, "label": str(year)} for year in whole],
    )
    return html.Div(html.Fieldset([html.Legend(tr("Years")), *parts, slider, undated], className="several years"))


def _undated(selection: Selection, tr: Translator) -> html.Div:
    options = [("1", tr("include")), ("0", tr("leave out"))]
    return choice("nd", tr("Records without a year"), options, "1" if selection.undated else "0")


def years_text(selection: Selection, counts: FilterCounts, tr: Translator) -> str:
    """How many ties and projects the chosen years hold."""
    if not counts.years:
        return ""
    first, last = selection.years or (min(counts.years), max(counts.years))
    inside = sum(count for year, count in counts.years.items() if first <= year <= last)
    records = tr.plural("{n} dated tie or project", "{n} dated ties and projects", inside)
    return tr("{first}–{last}: {records}", first=first, last=last, records=records)


def undated_text(counts: FilterCounts, tr: Translator) -> str:
    """How many ties and projects tell no year."""
    return tr.plural("{n} tie or project tells no year.", "{n} ties and projects tell no year.", counts.undated)


def bars(selection: Selection, counts: FilterCounts) -> list[html.Span]:
    """A bar per year as high as the root of its count, so that few are seen beside many."""
    top = max(counts.years.values(), default=0) ** 0.5 or 1
    first, last = selection.years or (0, 9999)
    return [
        html.Span(
            style={"height": f"{100 * count**0.5 / top:.0f}%"},
            className="chosen" if first <= year <= last else "",
        )
        for year, count in counts.years.items()
    ]
