"""What can be taken away from any page: link, slide, print, the graph behind the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.regions import file_path

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator

GRAPHS = (("GEXF", "gexf"), ("GraphML", "graphml"), ("JSON", "json"), ("XLSX", "xlsx"))


def export_menu(tr: Translator, version: str) -> html.Details:
    """Opens on click or Enter, closes on Escape; the last rows are shown while actors are selected."""
    return html.Details(
        [
            html.Summary(tr("Export"), className="button"),
            html.Div(
                [
                    _action(tr("Copy link"), {"data-share": tr("Link copied"), "data-version": version}),
                    _action(
                        tr("View as a slide (PPTX)"), {"data-slide": "view", "data-told": tr("Drawing the slide …")}
                    ),
                    _action(tr("Print or PDF"), {"data-print": "1"}),
                    _action(tr("Add the view to the story"), {"data-story-add": tr("Added to the story as step {n}.")}),
                    html.P(tr("Graph under these filters"), className="menu-head"),
                    html.Div(_graphs(""), className="menu-row"),
                    html.Div(
                        [
                            html.P(tr("Only the selected actors"), className="menu-head"),
                            html.Div(_graphs("only=1"), className="menu-row"),
                        ],
                        className="menu-selected",
                    ),
                ],
                className="block-menu",
            ),
        ],
        className="block-tools page-export",
    )


def _action(text: str, told: dict[str, str]) -> html.Button:
    return html.Button(text, className="button quiet", **attributes(told))


def _graphs(more: str) -> list[Component]:
    return [
        html.A(
            name,
            # the script adds the query of the address, and what is more
            href=file_path(f"/export/graph.{ending}"),
            className="button quiet",
            **attributes({"data-export": file_path(f"/export/graph.{ending}"), "data-more": more}),
        )
        for name, ending in GRAPHS
    ]
