"""The four parts of the polycentric page, one at a time before a room: map and matrix, fields, measures, clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import dcc, html

from dashboards.components.attributes import attributes
from dashboards.components.block import block
from dashboards.components.clustercard import how_found
from dashboards.components.controls import choice, control, labelled
from dashboards.components.grid import empty_grid, grid, number_column, roomy, text_column
from dashboards.components.poleindices import index_options
from dashboards.components.polyshell import Id
from dashboards.figures.base import config

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas

# least numbers of pairs to choose from
LEAST = (1, 2, 3, 5, 10)


def _graph(graph: Id, name: str, label: str, class_name: str, tr: Translator) -> html.Div:
    return html.Div(
        dcc.Graph(id=graph, config=config(tr, name), className="fill"),
        className=f"figure {class_name}",
        role="img",
        **attributes({"aria-label": label}),
    )


def map_part(selection: Selection, tr: Translator) -> html.Div:
    """Map with the strongest links, matrix with the meaning of its cells, the card of the selection."""
    name = tr("Map: actors, cities and the ties between them")
    measures = [("count", tr("Count")), ("share", tr("Share")), ("lq", tr("Location quotient"))]
    sorts = [("west", tr("West–east")), ("size", tr("Size")), ("name", tr("Name")), ("similarity", tr("Similarity"))]
    beside = [("0", tr("nothing")), ("1", tr("commuters"))]
    left = html.Div(
        [
            html.Div(
                choice("com", tr("Compare with"), beside, "1" if selection.commuters else "0"), className="toolbar"
            ),
            _graph(Id.MAP, "polycentric-map", name, "poly-map", tr),
            html.Div(id=Id.COMMUTERS, className="comparison"),
            html.H3(tr("The strongest links")),
            html.Div(id=Id.LINKS),
        ]
    )
    right = html.Div(
        [
            html.Div(
                [
                    choice("ms", tr("Measure"), measures, selection.measure),
                    choice("sort", tr("Order"), sorts, selection.sort),
                ],
                className="toolbar",
            ),
            html.Div(
                html.Div(dcc.Graph(id=Id.MATRIX, config=config(tr, "city-field"), className="fill"), id=Id.MATRIX_BOX),
                className="figure poly-matrix",
                # 53 rows scroll, so the keyboard must get in
                tabIndex=0,
                role="group",
                **attributes({"aria-label": tr("Matrix of cities and fields")}),
            ),
            html.Div(id=Id.STATES, className="states"),
            html.P(id=Id.READING, className="hint"),
        ]
    )
    return html.Div(
        [
            block(
                tr("Actors, poles and ties between cities"),
                left,
                tr,
                sheet="polycentricity/flows",
                graph=Id.MAP,
                twin=empty_grid(Id.FLOWS, tr),
                measure="polycentricity",
                class_name="poly-left",
            ),
            block(
                tr("Which city carries which field"),
                right,
                tr,
                sheet="polycentricity/matrix",
                graph=Id.MATRIX,
                twin=empty_grid(Id.TABLE, tr),
                measure="specialisation",
                class_name="poly-right",
            ),
            html.Div(id=Id.CARD, className="poly-wide"),
        ],
        className="poly portion in-map",
    )


def fields_part(selection: Selection, tr: Translator) -> html.Div:
    """A small map per field."""
    label = tr("Maps: the flows between units, one map per field")
    least = [(str(n), f"≥ {n}" if n > 1 else tr("all")) for n in LEAST]
    graph = [
        html.Div(choice("min", tr("Flows of so many pairs"), least, str(selection.least)), className="toolbar"),
        html.Div(_graph(Id.SMALL, "fields", label, "poly-small", tr), id=Id.SMALL_BOX),
    ]
    hint = tr(
        "A pair counts for a field where both of its actors work on it; it may count for several. All maps have the "
        "same scale. The filter on kinds of ties chooses what is counted; a click on a disc selects the unit in this "
        "field."
    )
    return html.Div(
        block(
            tr("How the poles of each field are tied"),
            html.Div(graph),
            tr,
            sheet="polycentricity/fields",
            graph=Id.SMALL,
            twin=empty_grid(Id.SMALL_TABLE, tr),
            measure="polycentricity",
            hint=hint,
        ),
        className="portion in-fields",
    )


def measures_part(selection: Selection, tr: Translator) -> html.Div:
    """The panel of indices and the curve of one of them."""
    columns = [html.P(id=Id.ABOUT, className="about"), html.Div(id=Id.PANEL)]
    picked = dmc.Select(
        id=control("ix"),
        data=index_options(tr),
        value=selection.index,
        size="sm",
        allowDeselect=False,
        **attributes({"aria-label": tr("Index of the curve")}),
    )
    curve = html.Div(
        [
            html.Div(labelled(tr("Index of the curve"), picked), className="index-choice"),
            _graph(Id.CURVE, "curve", tr("Lines: an index over the number of centres"), "poly-curve", tr),
            html.P(id=Id.CURVE_NOTE),
            html.H3(tr("Field by field, recorded ties and joint projects together")),
            html.Div(id=Id.BY_FIELD),
        ]
    )
    return html.Div(
        [
            block(
                tr("How polycentric is the region?"),
                html.Div(columns),
                tr,
                sheet="polycentricity/panel",
                twin=empty_grid(Id.PANEL_TABLE, tr),
                measure="polycentricity",
                hint=tr(
                    "A panel and never one score: published measures disagree about the same region. Read several, and "
                    "whether they hold for any number of centres."
                ),
            ),
            block(
                tr("Does it hold for any number of centres?"),
                curve,
                tr,
                sheet="polycentricity/curve",
                graph=Id.CURVE,
                twin=empty_grid(Id.CURVE_TABLE, tr),
                measure="polycentricity",
            ),
        ],
        className="poly-measures portion in-measures",
    )


def _cluster_grid(tr: Translator) -> Component:
    """The clusters in the few columns there is room for beside the map; where each lies stands on its card."""
    columns = [
        # a name says where a cluster lies: all of it is read
        text_column("name", tr("Cluster"), flex=4, minWidth=220, wrapText=True, autoHeight=True),
        *(
            number_column(key, name, tr, digits) | {"filter": False}
            for key, name, digits in (
                ("actors", tr("Actors"), 0),
                ("left", tr("after the filters"), 0),
                ("effective", tr("Effective cities"), 1),
                ("intercity", tr("Ties between cities, %"), 0),
            )
        ),
    ]
    return grid(Id.CLUSTERS, roomy(columns), [], tr)


def clusters_part(atlas: Atlas, tr: Translator) -> html.Div:
    """All clusters as a table, one of them on the map."""
    hint = tr(
        "A cluster held by one city is not polycentric; one shared evenly by five has five effective cities. "
        "A click shows its footprint on the map."
    )
    return html.Div(
        [
            html.Div(
                block(
                    tr("Clusters, from the largest"),
                    html.Div(),
                    tr,
                    sheet="polycentricity/clusters",
                    measure="communities",
                    hint=hint,
                )
            ),
            html.Div(_cluster_grid(tr), className="table clusters"),
            html.P(how_found(atlas.clusters, tr), className="hint how"),
            block(
                tr("Where the cluster lies"),
                html.Div(
                    [
                        _graph(
                            Id.FOOTPRINT, "footprint", tr("Map: actors of the cluster by unit"), "poly-footprint", tr
                        ),
                        html.Div(id=Id.CLUSTER),
                    ],
                    className="footprint",
                ),
                tr,
                sheet="polycentricity/footprint",
                graph=Id.FOOTPRINT,
                measure="communities",
                class_name="always",
            ),
        ],
        className="poly-clusters portion in-clusters",
    )
