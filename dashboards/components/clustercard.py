"""One cluster in figures, and how all of them were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.links import profile_link, to

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas
    from ecosystem.clusters import Cluster, Clusters

# cities on the card
CITIES = 8


def how_found(found: Clusters, tr: Translator) -> str:
    """How the clusters were searched, so that anybody can search them again."""
    first, second, options = found.partition, found.second, found.options
    return tr(
        "Communities of the actor network: recorded ties × {direct} plus joint projects × {projects} "
        "(Newman's weights). Leiden, modularity {q}, best of {runs} runs, seed {seed}; Louvain as the second opinion, "
        "modularity {other}. "
        "Smaller than {smallest} actors is no cluster.",
        direct=tr.number(options.direct_weight, 1),
        projects=tr.number(options.project_weight, 1),
        q=tr.number(first.modularity, 4),
        runs=tr.number(len(first.modularity_runs)),
        seed=first.seed,
        other=tr.number(second.modularity, 4),
        smallest=tr.number(options.min_actors),
    )


def cluster_card(item: Cluster | None, atlas: Atlas, tr: Translator) -> Component:
    """One cluster: how many cities it has effectively, where it lies, who holds it together."""
    if item is None:
        return html.P(tr("No group of actors is tied closely enough to be called a cluster."))
    places = dict(zip(atlas.tables.places["place_id"], atlas.tables.places["name"], strict=True))
    actors = atlas.tables.actors.set_index("actor_id")["name"]
    top = item.cities[0][1] if item.cities else 1
    rows = [
        html.Tr(
            [
                html.Th(profile_link("place", place, places[place], tr), scope="row"),
                html.Td(
                    html.Span(className="bar-fill", style={"width": f"{100 * n / top:.1f}%"}), className="bar-cell"
                ),
                html.Td(tr.number(n), className="number"),
            ]
        )
        for place, n in item.cities[:CITIES]
    ]
    told = tr(
        "{actors} in {cities}, as if spread evenly over {effective}. {share} of its {pairs} inside the region join two "
        "municipalities.",
        actors=tr.plural("{n} actor", "{n} actors", item.size),
        cities=tr.plural("{n} municipality", "{n} municipalities", len(item.cities)),
        effective=tr.number(item.effective_cities, 1),
        share=tr.share(item.intercity_share),
        pairs=tr.plural("{n} linked pair", "{n} linked pairs", item.linked_pairs),
    )
    if item.outside:
        told += " " + tr.plural("{n} partner lies outside.", "{n} partners lie outside.", item.outside)
    more = len(item.cities) - CITIES
    heads = (tr("City"), tr("Share"), tr("Actors"))
    return html.Div(
        [
            html.H3(profile_link("cluster", item.cluster_id, tr.label(item.name), tr)),
            html.P(told),
            html.Table(
                [
                    html.Thead(html.Tr([html.Th(head, scope="col") for head in heads]), className="visually-hidden"),
                    html.Tbody(rows),
                ],
                className="bars",
            ),
            *([html.P(tr.plural("and {n} more", "and {n} more", more), className="count")] if more > 0 else []),
            html.H4(tr("Anchors")),
            html.Ul([html.Li(profile_link("actor", one, str(actors[one]), tr)) for one in item.anchors[:4]]),
            to(f"/netz?cl={item.cluster_id}", tr("Show in the network"), class_name="button"),
        ],
        className="cluster-card",
    )
