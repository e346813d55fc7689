"""What stands around map and matrix: their sentence, strongest links, cell states, cards of cluster and selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.links import profile_path, to
from dashboards.views import selected as rules
from dashboards.views.group import group

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.commuting import Commuting, PairOfUnits
    from dashboards.views.polycentric import RegionMap
    from ecosystem.atlas import Atlas

# links in the list beside the map
STRONGEST = 8


def finding(view: RegionMap, tr: Translator) -> str:
    """The page's sentence."""
    share = view.intercity_pairs / view.pairs if view.pairs else float("nan")
    names = dict(zip(view.units.ids, view.units.names, strict=True))
    strongest = view.flows[0] if view.flows else None
    counted = {"pairs": tr.plural("{n} linked pair", "{n} linked pairs", view.pairs), "share": tr.share(share)}
    if view.units.kind == "unit":
        told = tr("{pairs} inside the region; {share} of them join two units.", **counted)
    else:
        told = tr("{pairs} inside the region; {share} of them join two municipalities.", **counted)
    if strongest is None:
        return told
    first = tr(
        "Strongest: {a}–{b} ({n}).", a=names[strongest.source], b=names[strongest.target], n=tr.number(strongest.pairs)
    )
    return f"{told} {first}"


def strongest(view: RegionMap, beside: Commuting | None, tr: Translator) -> Component:
    """The strongest links as bars with what they are made of, and their commuters where these are compared."""
    if not view.flows:
        return html.P(tr("No linked pair joins two units under these filters."))
    names = dict(zip(view.units.ids, view.units.names, strict=True))
    top = view.flows[0].pairs
    known = {frozenset((pair.source, pair.target)): pair for pair in beside.pairs} if beside else {}
    heads = [tr("Link"), tr("Strength"), tr("Linked pairs"), tr("Recorded ties"), tr("Joint projects")]
    rows = []
    for flow in view.flows[:STRONGEST]:
        pair = known.get(frozenset((flow.source, flow.target)))
        cells = [flow.pairs, flow.direct, flow.joint]
        rows.append(
            html.Tr(
                [
                    html.Th(f"{names[flow.source]} – {names[flow.target]}", scope="row"),
                    html.Td(
                        html.Span(className="bar-fill", style={"width": f"{100 * flow.pairs / top:.1f}%"}),
                        className="bar-cell",
                    ),
                    *(html.Td(tr.number(n), className="number") for n in cells),
                    *([html.Td(_commuters(pair, tr), className="number")] if known else []),
                ]
            )
        )
    heads += [tr("Commuters (rank)")] if known else []
    return html.Table(
        [html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])), html.Tbody(rows)],
        className="bars links-table",
    )


def _commuters(pair: PairOfUnits | None, tr: Translator) -> str:
    if pair is None:
        return "–"
    return tr("{n} ({rank}.)", n=tr.number(pair.commuters), rank=tr.number(pair.commuters_rank))


def comparison(found: Commuting, tr: Translator) -> list[Component]:
    """What the commuters say beside the ties, or why they say nothing."""
    if found.year is None:
        return [html.P(tr("This region states no commuters, so there is nothing to compare with."))]
    if not found.pairs:
        return [
            html.P(
                [
                    tr(
                        "Commuters are counted between districts and independent cities only, not between "
                        "municipalities."
                    ),
                    " ",
                    html.Button(tr("Compare units"), className="button quiet", **attributes({"data-set": "un=unit"})),
                ]
            )
        ]
    told = [
        tr(
            "Commuters of {year} against linked pairs of actors over {n} pairs of units: rank correlation {rho} (1 = "
            "same order, 0 = unrelated).",
            year=found.year,
            n=tr.number(len(found.pairs)),
            rho=tr.number(found.rho, 2),
        )
    ]
    if found.untied:
        first = found.untied[0]
        told.append(
            tr(
                "{n} pairs of units exchange commuters without one linked pair of actors; most commute between {a} "
                "and {b} ({commuters}).",
                n=tr.number(len(found.untied)),
                a=first.source_name,
                b=first.target_name,
                commuters=tr.number(first.commuters),
            )
        )
    return [html.P(" ".join(told))]


def states(measure: str, tr: Translator) -> list[Component]:
    """What the looks of a cell mean, beside the matrix and in its own patterns."""
    rows = [("dash", "–", tr("undefined: no actor with a field here"))]
    if measure == "lq":
        rows = [
            ("bold", "1,5" if tr.language == "de" else "1.5", tr("specialised and supported")),
            ("hatched", tr("n = {n}", n=3), tr("specialised, but too few actors to be sure")),
            ("plain", "0,4" if tr.language == "de" else "0.4", tr("not specialised")),
            *rows,
        ]
    else:
        rows = [("nought", "0", tr("0: actors with a field are here, none on this one")), *rows]
    return [
        html.Span([html.Span(sample, className=f"state state-{look}"), html.Span(name)], className="state-entry")
        for look, sample, name in rows
    ]


def selection_card(atlas: Atlas, rule: str, selection: Selection, tr: Translator) -> Component:
    """What is selected, in figures, with the way to the network."""
    chosen = rules.resolve(atlas, rule)
    if chosen is None:
        return html.P(tr("The selection of this link does not exist in these data."), className="nothing")
    found = group(atlas, chosen, selection, rule)
    fields = ", ".join(f"{tr.label(label)} {tr.number(n, 1)}" for label, n in found.fields) or tr("not stated")
    return html.Section(
        [
            html.Strong(rule_name(atlas, rule, tr)),
            html.Span(tr.plural("{n} actor", "{n} actors", found.actors)),
            html.Span(tr("Fields: {fields}", fields=fields)),
            html.Span(
                tr(
                    "Linked pairs: {n} inside, {m} to others",
                    n=tr.number(found.inner_pairs),
                    m=tr.number(found.outer_pairs),
                )
            ),
            *_profile(rule, tr),
            to("/netz", tr("Show in the network"), class_name="button"),
            html.Button(tr("Clear the selection"), className="button quiet", **attributes({"data-set": "sel="})),
        ],
        className="selection-card",
        role="status",
    )


def _profile(rule: str, tr: Translator) -> list[Component]:
    """The way to the profile of the place, field or cluster that is selected; a cell is about its place."""
    kind, _, key = rule.partition(":")
    about = {"unit": "place", "place": "place", "cell": "place", "field": "field", "cluster": "cluster"}.get(kind)
    if about is None:
        return []
    path = profile_path(about, key.rpartition(".")[0] if kind == "cell" else key, tr.language)
    return [to(path, tr("Open the profile"), class_name="button")]


def rule_name(atlas: Atlas, rule: str, tr: Translator) -> str:
    """A rule in words."""
    kind, _, key = rule.partition(":")
    if kind == "field":
        return tr.label(atlas.region.field(key).name)
    if kind == "cluster":
        return next((tr.label(item.name) for item in atlas.clusters.items if item.cluster_id == key), key)
    place, _, field = key.rpartition(".") if kind == "cell" else (key, "", "")
    places = atlas.tables.places
    named = {
        **dict(zip(places["district_id"], places["district"], strict=True)),
        **dict(zip(places["place_id"], places["name"], strict=True)),
    }
    if kind in {"cell", "place", "unit"}:
        where = str(named.get(place, place))
        return f"{where} · {tr.label(atlas.region.field(field).short)}" if field else where
    return tr("Selected actors")
