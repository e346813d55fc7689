"""The controls of the network: those used all the time in one line, the rest behind "More"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboards.components.actorsearch import actor_search
from dashboards.components.attributes import attributes
from dashboards.components.block import menu
from dashboards.components.controls import choice, control, labelled
from dashboards.views.detail import MOST_ACTORS

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas

SEARCH, START, GOAL, MODE = "net-search", "net-way-start", "net-way-goal", "net-mode"


def tools(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    """One line above the canvas."""
    return [
        html.Div(actor_search(atlas, SEARCH, tr("Find an actor"), tr), className="search"),
        _level(atlas, selection, tr),
        choice(
            "col",
            tr("Colour"),
            [("field", tr("Field")), ("cluster", tr("Cluster")), ("place", tr("City"))],
            selection.colour,
            on_stage=True,
        ),
        _mix(selection, tr),
        labelled(tr("Dragging"), _mode(tr)),
        _more(atlas, selection, tr),
    ]


def views(selection: Selection, tr: Translator) -> list[Component]:
    """Beside the finding: picture or table, and the files."""
    return [
        choice("tab", tr("Show as"), [("0", tr("Picture")), ("1", tr("Table"))], "1" if selection.table else "0"),
        menu(tr, sheet="network/nodes", graph="net"),
    ]


def _level(atlas: Atlas, selection: Selection, tr: Translator) -> html.Div:
    shown = [
        ("auto", tr("Automatic")),
        ("cell", tr("City × field")),
        ("place", tr("City")),
        ("field", tr("Field")),
        ("actor", tr("Actors")),
    ]
    if len(atlas.positions) > MOST_ACTORS:
        shown.append(("all", tr("All actors")))
    select = dmc.Select(
        id=control("lvl"),
        data=[{"value": value, "label": text} for value, text in shown],
        value=selection.detail,
        allowDeselect=False,
        size="sm",
        **attributes({"aria-label": tr("Level")}),
    )
    return html.Div([html.Span(tr("Level"), className="control-name"), select], className="labelled on-stage level")


def _mix(selection: Selection, tr: Translator) -> html.Div:
    slider = dmc.Slider(
        id=control("mix"),
        value=selection.mix,
        min=0,
        max=100,
        step=1,
        updatemode="drag",
        label=None,
        thumbLabel=tr("Arrangement between map and network"),
        marks=None,
        size="md",
    )
    return html.Div(
        [
            html.Span(tr("Map"), className="control-name"),
            slider,
            html.Span(tr("Network"), className="control-name"),
        ],
        className="mix-control on-stage",
    )


def _mode(tr: Translator) -> dmc.SegmentedControl:
    return dmc.SegmentedControl(
        id=MODE,
        data=[
            {"value": "pan", "label": tr("Move")},
            {"value": "lasso", "label": tr("Select")},
            {"value": "drag", "label": tr("Arrange")},
        ],
        value="pan",
        size="sm",
    )


def _more(atlas: Atlas, selection: Selection, tr: Translator) -> html.Details:
    off_on = [("0", tr("Off")), ("1", tr("On"))]
    start, _, goal = selection.way.partition("~")
    controls = [
        choice(
            "size",
            tr("Size"),
            [
                ("ties", tr("Ties")),
                ("betweenness", tr("Betweenness")),
                ("funding", tr("Funding total")),
                ("same", tr("Same")),
            ],
            selection.size,
        ),
        choice(
            "lay",
            tr("Arrangement"),
            [("mix", tr("Network")), ("fields", tr("Fields in a circle")), ("places", tr("Cities in a circle"))],
            selection.arrangement,
        ),
        choice(
            "ly",
            tr("Ties"),
            [("both", tr("All")), ("direct", tr("Recorded ties")), ("projects", tr("Joint projects"))],
            selection.layer,
        ),
        choice(
            "val",
            tr("Joint projects against chance"),
            [("0", tr("Show all")), ("q", tr("q ≤ 5%")), ("p", tr("p ≤ 5%"))],
            selection.validated,
        ),
        choice(
            "ego",
            tr("Neighbourhood of the selection"),
            [("0", tr("Off")), *((str(n), tr.plural("{n} step", "{n} steps", n)) for n in (1, 2, 3))],
            selection.ego,
        ),
        choice("br", tr("Mark brokers"), off_on, "1" if selection.brokers else "0"),
        choice("stab", tr("Mark uncertain cluster members"), off_on, "1" if selection.stability else "0"),
        html.Fieldset(
            [
                html.Legend(tr("Way between two actors"), className="control-name"),
                actor_search(atlas, START, tr("From"), tr, actor=start, in_panel=True),
                actor_search(atlas, GOAL, tr("To"), tr, actor=goal, in_panel=True),
            ],
            className="several way",
        ),
    ]
    return html.Details(
        [
            html.Summary(tr("More"), className="button"),
            html.Div(controls, className="block-menu more-menu"),
        ],
        className="block-tools more",
    )
