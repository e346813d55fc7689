"""The start page's parts: its sentence, headline numbers, entry questions, clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.links import profile_link, to

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.overview import Headline
    from dashboards.views.polycentric import ClusterRow


def finding(headline: Headline, tr: Translator) -> str:
    """The page's sentence."""
    return tr(
        "{inside} in {covered} of {all} municipalities, {outside} outside; "
        "{share} of the pairs linked inside the region join two municipalities.",
        inside=tr.plural("{n} actor", "{n} actors", headline.actors - headline.outside),
        covered=tr.number(headline.covered),
        all=tr.number(headline.municipalities),
        outside=tr.plural("{n} partner", "{n} partners", headline.outside),
        share=tr.share(headline.intercity_share),
    )


def numbers(headline: Headline, tr: Translator) -> html.Dl:
    """Headline numbers: what each means and counts, and the table it can be counted again in."""
    rows = [
        (
            tr("Actors"),
            tr.number(headline.actors),
            "/netz?tab=1",
            tr("organisations and offices, {n} of them outside", n=tr.number(headline.outside)),
        ),
        (
            tr("Recorded ties"),
            tr.number(headline.direct_ties),
            "/polyzentrik?tab=1",
            tr("each with a source: member of, holds shares in, funds …"),
        ),
        (
            tr("Pairs with a joint project"),
            tr.number(headline.joint_projects),
            "/polyzentrik?tab=1&t=co_participation",
            tr("two actors funded in the same project"),
        ),
        (
            tr("Ties between cities"),
            tr.share(headline.intercity_share),
            "/polyzentrik?tab=1&un=municipality",
            tr("of the linked pairs inside join two municipalities"),
        ),
        (
            tr("Clusters"),
            tr.number(headline.clusters),
            "/polyzentrik?part=clusters",
            tr("groups tied more closely inside than to others"),
        ),
        (tr("Sources"), tr.number(headline.sources), "/daten", tr("pages, registers and lists that were read")),
    ]
    return html.Dl(
        [
            html.Div([html.Dt(to(path, name)), html.Dd([html.Strong(value), html.Span(meaning)])])
            for name, value, path, meaning in rows
        ],
        className="numbers",
    )


def ways(tr: Translator) -> html.Nav:
    """Three questions as large links, each with the ways to the questions beside it."""
    rows = [
        (
            tr("Which city carries which field, and what belongs together?"),
            "/polyzentrik",
            tr("Polycentric view"),
            [("/spezialisierung", tr("Specialisation")), ("/polyzentrik?part=clusters", tr("Clusters"))],
        ),
        (
            tr("Who is tied to whom, and how do the poles hang together?"),
            "/netz",
            tr("Network"),
            [("/polyzentrik?part=fields", tr("Flows by field")), ("/polyzentrik?part=measures", tr("Measures"))],
        ),
        (
            tr("Where do cities do the same, and where do they complement each other?"),
            "/abstimmung",
            tr("Coordination"),
            [("/daten", tr("What is this based on?"))],
        ),
    ]
    return html.Nav(
        [
            html.Div(
                [
                    to(path, html.Strong(question), html.Span(page), class_name="way"),
                    html.Div([to(where, name) for where, name in others], className="way-others"),
                ]
            )
            for question, path, page, others in rows
        ],
        className="ways",
        **attributes({"aria-label": tr("Ways into the atlas")}),
    )


def clusters(rows: tuple[ClusterRow, ...], tr: Translator) -> Component:
    """The largest clusters, each leading to its profile."""
    heads = [tr("Cluster"), tr("Actors"), tr("Effective cities"), tr("Ties between cities")]
    lines = [
        html.Tr(
            [
                html.Th(profile_link("cluster", row.cluster_id, row.name, tr), scope="row"),
                html.Td(tr.number(row.actors), className="number"),
                html.Td(tr.number(row.effective_cities, 1), className="number"),
                html.Td(tr.share(row.intercity_share), className="number"),
            ]
        )
        for row in rows
    ]
    if not rows:
        return html.P(tr("No group of actors is tied closely enough to be called a cluster."))
    return html.Table(
        [html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])), html.Tbody(lines)], className="plain"
    )
