"""The active filters as one sentence whose words can be taken out, above every page that has filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.caption import place_names, years
from dashboards.components.words import confidence_names, relation_names, sector_names
from dashboards.state import FILTERS, NOT_STATED

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Ids, Selection
    from ecosystem.atlas import Atlas

ID = "active-filters"
# more values of one kind are told by their number
MOST = 5


def active(atlas: Atlas, selection: Selection, tr: Translator) -> html.Div:
    """The strip; on high screens it has its room also where nothing is filtered, so that no picture jumps."""
    return html.Div(
        parts(atlas, selection, tr),
        id=ID,
        className="active-filters",
        role="group",
        tabIndex="-1",
        **attributes({"aria-label": tr("Active filters")}),
    )


def parts(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    """As "Filters: Field [Logistics ×] or [Health ×]; Years [2010–2014 ×]", and the way to lift them all; or none."""
    kinds = [
        *_lists(atlas, selection, tr),
        *([_years(selection, tr)] if selection.years is not None else []),
        *([_confidence(selection, tr)] if selection.confidence else []),
    ]
    if not kinds:
        return [html.Span(tr("No filter: the whole region."), className="hint")]
    told: list[Component] = [html.Span(tr("Filters:"), className="active-head")]
    for number, kind in enumerate(kinds):
        stop = html.Span("." if number == len(kinds) - 1 else ";", className="active-stop")
        told.append(html.Span([*kind, stop], className="active-kind"))
    lift = attributes({"data-lift": ",".join(FILTERS)})
    return [*told, html.Button(tr("Reset all filters"), className="button quiet", **lift)]


def _lists(atlas: Atlas, selection: Selection, tr: Translator) -> list[list[Component | str]]:
    known = (
        ("f", tr("Field"), selection.fields, {one.field_id: tr.label(one.short) for one in atlas.region.fields}),
        ("s", tr("Sector"), selection.sectors, sector_names(tr)),
        ("r", tr("City"), selection.places, place_names(atlas)),
        ("cl", tr("Cluster"), selection.clusters, {one.cluster_id: tr.label(one.name) for one in atlas.clusters.items}),
        ("t", tr("Kind of tie"), selection.kinds, relation_names(tr)),
    )
    return [_list(key, name, chosen, names, tr) for key, name, chosen, names in known if chosen is not None]


def _list(key: str, name: str, chosen: Ids, names: dict[str, str], tr: Translator) -> list[Component | str]:
    if not chosen:
        return [name + " ", _chip(name, tr("none"), {"data-lift": key}, tr)]
    if len(chosen) > MOST:
        return [name + " ", _chip(name, tr.plural("{n} chosen", "{n} chosen", len(chosen)), {"data-lift": key}, tr)]
    told: list[Component | str] = [name + " "]
    for number, one in enumerate(chosen):
        rest = ",".join(other for other in chosen if other != one)
        way = {"data-set": f"{key}={rest}"} if rest else {"data-lift": key}
        word = tr("not stated") if one == NOT_STATED else names.get(one, one)
        told += [*([" " + tr("or") + " "] if number else []), _chip(name, word, way, tr)]
    return told


def _years(selection: Selection, tr: Translator) -> list[Component | str]:
    name = tr("Years")
    return [name + " ", _chip(name, years(selection, tr), {"data-lift": "y,nd"}, tr)]


def _confidence(selection: Selection, tr: Translator) -> list[Component | str]:
    name = tr("Confidence")
    least = tr("at least {level}", level=confidence_names(tr)[selection.confidence])
    return [name + " ", _chip(name, least, {"data-lift": "ev"}, tr)]


def _chip(kind: str, word: str, way: dict[str, str], tr: Translator) -> html.Button:
    label = tr("{value}: lift this filter ({kind})", value=word, kind=kind)
    return html.Button(
        [word, html.Span("×", className="chip-cross", **attributes({"aria-hidden": "true"}))],
        className="chip",
        type="button",
        **attributes({"aria-label": label, **way}),
    )
