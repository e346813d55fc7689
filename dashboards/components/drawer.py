"""What is known about one actor: every tie and project with its source."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.words import evidence_names, relation_phrase, sector_names
from ecosystem.model import Basis

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.profile import Participation, Profile, Source, Tie, Works
    from ecosystem.atlas import Atlas

    Named = Callable[[str, str], Component]


def _cluster(cluster_id: str, name: str) -> html.Button:
    return html.Button(name, className="link", **attributes({"data-set": f"cl={cluster_id}"}))


def _actor(actor_id: str, name: str) -> html.Button:
    return html.Button(name, className="link", **attributes({"data-set": f"focus=actor:{actor_id}"}))


def drawer(atlas: Atlas, one: Profile, tr: Translator) -> html.Div:
    """The actor's card."""
    return html.Div(
        [
            html.Div(
                [
                    html.H2(one.name),
                    html.Button(
                        "×",
                        className="button quiet",
                        **attributes({"data-set": "focus=", "aria-label": tr("Close the details")}),
                    ),
                ],
                className="drawer-head",
            ),
            facts(atlas, one, tr),
            *ties(one.ties, tr),
            *projects(one.projects, tr),
            html.H3(tr("Sources of this entry")),
            sources(one.sources, tr),
        ],
        className="drawer-body",
    )


def facts(atlas: Atlas, one: Profile, tr: Translator, named: Named = _cluster) -> html.Dl:
    """What is said of the actor itself; ``named`` makes the name of its cluster lead somewhere."""
    cluster = next((item for item in atlas.clusters.items if item.cluster_id == one.cluster_id), None)
    rows: list[tuple[str, list[Component | str]]] = [
        (tr("Sector"), [sector_names(tr)[one.sector]]),
        (
            tr("City"),
            [one.place or tr("not stated"), *_place_evidence(one, tr)],
        ),
        (tr("Fields"), _fields(atlas, one.fields, tr)),
        (tr("Cluster"), [named(cluster.cluster_id, tr.label(cluster.name)) if cluster else tr("in no cluster")]),
    ]
    if one.aliases:
        rows.append((tr("Also called"), [one.aliases.replace("|", " · ")]))
    if one.website:
        rows.append((tr("Website"), [_outgoing(one.website, one.website.removeprefix("https://").rstrip("/"))]))
    if one.note:
        rows.append((tr("Note"), [one.note]))
    return html.Dl([part for name, value in rows for part in (html.Dt(name), html.Dd(value))])


def _place_evidence(one: Profile, tr: Translator) -> list[Component | str]:
    known = evidence_names(tr).get(one.place_evidence, one.place_evidence)
    return [html.Small(f" ({known})")] if known else []


def _fields(atlas: Atlas, works: tuple[Works, ...], tr: Translator) -> list[Component | str]:
    """Stated fields one by one with their source; derived ones together: they share the list of projects."""
    stated = [work for work in works if work.basis == Basis.STATED]
    derived = [work for work in works if work.basis == Basis.DERIVED]
    rows = [html.Li([_field(atlas, work, tr), sources(work.sources, tr)]) for work in stated]
    if derived:
        names = ", ".join(_field(atlas, work, tr) for work in derived)
        shared = tuple(dict.fromkeys(source for work in derived for source in work.sources))
        rows.append(
            html.Li([html.Small(tr("Derived from projects"), className="lead-word"), names, sources(shared, tr)])
        )
    return [html.Ul(rows, className="flat")] if rows else [tr("not stated")]


def _field(atlas: Atlas, work: Works, tr: Translator) -> str:
    return tr.label(atlas.region.field(work.field_id).short)


def _outgoing(url: str, text: str) -> html.A:
    return html.A(text, href=url, target="_blank", rel="noopener noreferrer", className="outgoing")


def ties(found: tuple[Tie, ...], tr: Translator, named: Named = _actor) -> list[Component]:
    """Every tie with its source; ``named`` makes the name of an actor lead somewhere."""
    heading = html.H3(tr.plural("{n} tie", "{n} ties", len(found)))
    if not found:
        return [
            heading,
            html.P(tr("No tie is recorded here; that does not mean that there is none."), className="hint"),
        ]
    parts: list[Component] = [heading]
    for (relation, outgoing), group in groupby(
        sorted(found, key=lambda tie: (tie.relation, tie.outgoing is False, tie.other_name)),
        key=lambda tie: (tie.relation, tie.outgoing),
    ):
        phrase = relation_phrase(relation, outgoing, tr)
        parts.append(html.H4(phrase))
        parts.append(html.Ul([_tie(tie, tr, named) for tie in group], className="ties"))
    return parts


def _tie(tie: Tie, tr: Translator, named: Named) -> html.Li:
    since = html.Small(" " + tr("since {year}", year=tie.since)) if tie.since else ""
    return html.Li(
        [
            named(tie.other_id, tie.other_name),
            since,
            html.Div(tie.evidence, className="evidence-text", lang="en"),
            sources(tie.sources, tr),
        ]
    )


def projects(found: tuple[Participation, ...], tr: Translator, named: Named = _actor) -> list[Component]:
    """Every project with partners and source."""
    if not found:
        return []
    rows = [html.Li(_project(one, tr, named)) for one in found]
    return [html.H3(tr.plural("{n} project", "{n} projects", len(found))), html.Ul(rows, className="ties")]


def _project(one: Participation, tr: Translator, named: Named) -> list[Component | str]:
    about = [str(one.year) if one.year else "", one.programme, one.call, tr.money(one.funding_eur)]
    told = " · ".join(part for part in about if part)
    partners = [named(actor, name) for actor, name in one.partners]
    with_whom = [html.Div([html.Span(tr("With"), className="lead-word"), *_commas(partners)])] if partners else []
    return [
        html.Strong(one.title, lang="de"),
        html.Div(told, className="evidence-text"),
        *with_whom,
        sources(one.sources, tr),
    ]


def _commas(parts: list[Component]) -> list[Component | str]:
    spaced: list[Component | str] = []
    for part in parts:
        spaced += [", ", part] if spaced else [part]
    return spaced


def sources(found: tuple[Source, ...], tr: Translator) -> html.Div:
    """The sources, each with its address."""
    rows = [
        html.Div(
            [
                html.Span(tr("Source"), className="lead-word"),
                _outgoing(one.url, one.title or one.publisher) if one.url else html.Span(one.title),
                html.Small(f" {one.publisher}" if one.title else ""),
            ],
            className="source",
        )
        for one in found
    ]
    return html.Div(rows or tr("no source"), className="sources")
