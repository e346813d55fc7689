"""Szenario: what would change if a tie, an actor or a joint project were added or lost.

Steps live in the address, and in the browser's storage where they are too many for one; the server keeps none.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import Input, Output, State, dcc, html
from dash.exceptions import PreventUpdate

from dashboards.components import scenario_forms
from dashboards.components import scenario_sheets as sheets
from dashboards.components.attributes import attributes
from dashboards.components.block import block
from dashboards.components.controls import choice
from dashboards.components.coordination import field_options
from dashboards.components.grid import grid, sheet_columns
from dashboards.components.scenario import answered, progress
from dashboards.components.scenario_forms import SENT, Box, actor_box, form
from dashboards.components.scenario_panels import done, drawn, shown, spoken, tabled
from dashboards.figures.base import config
from dashboards.language import translator
from dashboards.pages import Page
from dashboards.state import Selection
from dashboards.views.scenarioquestions import answer
from dashboards.views.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.sheet import Column
    from ecosystem.atlas import Atlas

PAGE = Page("/szenario", "/scenario", filters=False, menu=True, whole=True)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {
    "differences": sheets.difference_sheet,
    "places": sheets.local_sheet,
    "clusters": sheets.cluster_sheet,
    "steps": sheets.step_sheet,
}


class Frame(StrEnum):
    """What stands in the frame of the app: the browser's last scenario, and those too long for a link."""

    OWN = "scenario-own"


class Id(StrEnum):
    """Ids of this page."""

    FINDING = "scen-finding"
    NOTICES = "scen-notices"
    START = "scen-start"
    BODY = "scen-body"
    STEPS = "scen-steps"
    DIFFERENCES = "scen-differences"
    LOCAL = "scen-local"
    CLUSTERS = "scen-clusters"
    CALLED = "scen-called"
    ASSUMED = "scen-assumed"
    FILE = "scen-file"
    SHARE = "scen-share"
    PICTURE = "scen-picture"
    LEGEND = "scen-legend"
    GO = "scen-go"
    ASKED = "scen-asked"
    DONE = "scen-done"
    SAID = "scen-said"
    WRONG = "scen-wrong"
    QUESTION = "scen-question"
    ABOUT = "scen-about"
    WHO = "scen-who"
    ANSWER = "scen-answer"
    ANSWERED = "scen-answered"
    UNDO = "scen-undo"
    REDO = "scen-redo"
    RESET = "scen-reset"


TWINS = tuple(f"{name}-table" for name in (Id.DIFFERENCES, Id.LOCAL, Id.CLUSTERS, Id.STEPS))


def title(tr: Translator) -> str:
    return tr("Scenario")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    return html.Div(
        [
            html.Div([html.H1(tr("What if …?")), html.P(id=Id.FINDING, className="finding")], className="head"),
            html.Div(_toolbar(selection, tr), className="toolbar"),
            html.P(id=Id.SAID, className="scen-said", role="status"),
            html.Div(id=Id.WRONG, className="scen-wrong", role="alert"),
            html.Div(id=Id.NOTICES),
            html.Div(
                [
                    html.Div(
                        [
                            html.Div(id=Id.START),
                            html.Div([_picture(tr), _differences(tr)], id=Id.BODY, hidden=True),
                            _questions(atlas, tr),
                        ]
                    ),
                    html.Aside(
                        [form(atlas, Id.GO, tr), *_steps(atlas, tr)],
                        className="scen-side",
                        **attributes({"aria-label": tr("Steps and assumptions")}),
                    ),
                ],
                className="scen",
            ),
            dcc.Store(id=Id.ASKED),
            dcc.Store(id=Id.DONE),
            dcc.Store(id=Id.FILE),
            dcc.Store(id=Id.QUESTION),
            dcc.Store(id=Id.ANSWER),
        ],
        className="page scenario",
    )


def _toolbar(selection: Selection, tr: Translator) -> list[Component]:
    sure = tr("Take every step back? “Redo” brings them back one by one.")
    grounds = [("network", tr("Network")), ("map", tr("Map"))]
    ports = [("all", tr("Whole region")), ("near", tr("Around the change"))]
    units = [("unit", tr("Units")), ("municipality", tr("Municipalities"))]
    return [
        _button(tr("Undo"), {"data-scen": "undo", "aria-keyshortcuts": "Control+Z"}, Id.UNDO),
        _button(tr("Redo"), {"data-scen": "redo", "aria-keyshortcuts": "Control+Y"}, Id.REDO),
        _button(tr("Back to the facts"), {"data-scen": "reset", "data-ask": sure}, Id.RESET),
        choice("gr", tr("Positions"), grounds, selection.ground, on_stage=True),
        choice("vp", tr("Part"), ports, selection.viewport, on_stage=True),
        choice("un", tr("Level"), units, selection.unit),
        choice("tab", tr("Show as"), [("0", tr("Picture")), ("1", tr("Table"))], "1" if selection.table else "0"),
    ]


def _button(text: str, told: dict[str, str], name: str = "") -> html.Button:
    return html.Button(text, className="button on-stage", **attributes(told | ({"id": name} if name else {})))


def _twin(name: str, columns: tuple[Column, ...], tr: Translator) -> Component:
    return grid(f"{name}-table", sheet_columns(Sheet("", columns, []), tr), [], tr)


def _picture(tr: Translator) -> Component:
    figure = html.Div(
        dcc.Graph(id=Id.PICTURE, config=config(tr, "scenario"), className="fill"),
        className="figure scen-picture",
        role="img",
        **attributes({"aria-label": tr("The network before and after the steps, on the same positions and scale")}),
    )
    return block(
        tr("Before and after"),
        html.Div([figure, html.Div(id=Id.LEGEND, className="legend flat-legend")]),
        tr,
        sheet="scenario/steps",
        graph=Id.PICTURE,
        measure="scenario",
        twin=_twin(Id.STEPS, sheets.step_columns(tr), tr),
    )


def _differences(tr: Translator) -> Component:
    made = [
        (tr("What differs in the region"), Id.DIFFERENCES, "differences", sheets.difference_columns(tr)),
        (tr("What differs in cities and fields"), Id.LOCAL, "places", sheets.local_columns(tr)),
        (tr("Clusters that differ"), Id.CLUSTERS, "clusters", sheets.cluster_columns(tr)),
    ]
    return html.Div(
        [
            block(
                heading,
                html.Div(id=name, tabIndex=0, role="group", **attributes({"aria-label": heading})),
                tr,
                sheet=f"scenario/{slug}",
                measure="scenario",
                twin=_twin(name, columns, tr),
                class_name=slug,
            )
            for heading, name, slug, columns in made
        ],
        className="scen-tables",
    )


def _steps(atlas: Atlas, tr: Translator) -> list[Component]:
    """The list of steps, title and assumptions, the ways to keep and pass on."""
    name = f"{atlas.region.region_id}-scenario.json"
    large = tr("This file is too large for a scenario.")
    keep = {"data-scen": "save", "data-name": name, "data-none": tr("The scenario has no steps.")}
    return [
        html.H2(tr("Steps"), id="scen-steps-head", tabIndex=-1),
        html.Div(id=Id.STEPS),
        dmc.TextInput(id=Id.CALLED, label=tr("Title of the scenario"), value="", size="sm"),
        dmc.Textarea(
            id=Id.ASSUMED, label=tr("Assumptions, one per line"), value="", size="sm", autosize=True, minRows=2,
            maxRows=8,
        ),
        _button(tr("Keep title and assumptions"), {"data-scen": "words"}),
        html.Div(
            [
                _button(tr("Save as a file"), keep),
                _button(tr("Load a file"), {"data-scen": "load", "data-large": large}),
                _button(tr("Join with a file"), {"data-scen": "join", "data-large": large}),
                html.Span(id=Id.SHARE, className="scen-share"),
            ],
            className="actions",
        ),
        html.P(tr("The server keeps nothing of it; other pages and their files show the facts."), className="hint"),
        html.H3(tr("Graph with the scenario included")),
        html.Div([_graph(kind) for kind in ("gexf", "graphml", "json", "xlsx")], className="actions"),
    ]  # fmt: skip


def _graph(kind: str) -> html.A:
    told = {"data-export": f"/export/graph.{kind}", "data-more": "with=scenario"}
    return html.A(kind.upper(), href=f"/export/graph.{kind}", className="button", **attributes(told))


def _questions(atlas: Atlas, tr: Translator) -> Component:
    """The ready-made questions; each is answered part by part and can be stopped."""
    fields = [{"value": key, "label": name} for key, name in field_options(atlas, tr)]
    asks = [
        (tr("Which new tie?"), "ties"), (tr("Which new joint project?"), "projects"),
        (tr("What breaks if the actor leaves?"), "leaving"),
    ]  # fmt: skip
    buttons = [_button(text, {"data-question": kind}) for text, kind in asks]
    return html.Section(
        [
            html.H2(tr("Questions to the scenario as it stands")),
            html.P(tr("Which single new tie or joint project raises the polycentricity of a field most?")),
            html.Div(
                [
                    dmc.Select(
                        id=Id.ABOUT, data=fields, value=fields[0]["value"] if fields else None, size="sm",
                        label=tr("Field"), allowDeselect=False,
                    ),
                    *buttons[:2],
                ],
                className="toolbar",
            ),
            html.P(tr("What breaks if somebody leaves? Without a name the forty best connected are tried.")),
            html.Div(
                [actor_box(atlas, Id.WHO, tr("Actor that leaves …"), tr), buttons[2]], className="toolbar"
            ),
            html.Div(
                [
                    html.Progress(id="scen-bar", max="1", value="0", **attributes({"aria-label": tr("Progress")})),
                    html.Span(id="scen-progress", role="status"),
                    _button(tr("Stop"), {"data-question": "stop"}),
                ],
                id="scen-asking",
                className="scen-asking",
                hidden=True,
            ),
            html.Div(id=Id.ANSWERED),
        ],
        className="block scen-questions",
    )  # fmt: skip


def register(app: Dash, atlas: Atlas) -> None:
    names = ("FINDING", "NOTICES", "START", "BODY", "STEPS", "DIFFERENCES", "LOCAL", "CLUSTERS")
    texts = (Output(Id.CALLED, "value"), Output(Id.ASSUMED, "value"), Output(Id.FILE, "data"))
    own = State(Frame.OWN, "data")

    @app.callback(
        *(Output(Id[name], "hidden" if name == "BODY" else "children") for name in names),
        *texts,
        Output(Id.SHARE, "children"),
        # they keep the keyboard, and say why nothing happens
        *(Output(name, "aria-disabled") for name in (Id.UNDO, Id.REDO, Id.RESET)),
        Input("query", "data"),
        own,
    )
    def show(query: str, browser: Any) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        return shown(atlas, selection, browser, translator(selection.language))

    @app.callback(Output(Id.PICTURE, "figure"), Output(Id.LEGEND, "children"), Input("query", "data"), own)
    def draw(query: str, browser: Any) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        return drawn(atlas, selection, browser, translator(selection.language))

    @app.callback(*(Output(name, "rowData") for name in TWINS), Input("query", "data"), own)
    def table(query: str, browser: Any) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        return tabled(atlas, selection, browser, translator(selection.language))

    @app.callback(
        Output(Frame.OWN, "data"),
        Output(Id.DONE, "data"),
        Output(Id.SAID, "children"),
        Output(Id.WRONG, "children"),
        Input(Id.ASKED, "data"),
        State("query", "data"),
        own,
        prevent_initial_call=True,
    )
    def change(asked: Any, query: str, browser: Any) -> tuple[object, ...]:
        if asked is None:
            # what the browser keeps stands in the frame, so Dash asks once when the page arrives: an answer would pass
            # for that to the steps another page gave along, and take them out of the address
            raise PreventUpdate
        return done(atlas, Selection.from_query(query), browser, asked)

    @app.callback(
        Output(Id.ANSWER, "data"),
        Output(Id.ANSWERED, "children"),
        Input(Id.QUESTION, "data"),
        State("query", "data"),
        own,
        prevent_initial_call=True,
    )
    def ask(question: Any, query: str, browser: Any) -> tuple[object, ...]:
        selection = Selection.from_query(query)
        found, tr = answer(atlas, selection, browser, question), translator(selection.language)
        return progress(found, tr), answered(atlas, found, tr)

    scenario_forms.register(app, atlas, Id.WHO)
    _scripts(app)


def _scripts(app: Dash) -> None:
    """What the browser does by itself (``assets/page-scenario.js``)."""
    app.clientside_callback(
        "(ready, search, own) => window.ecosystem.scenarioArrives(search, own)",
        Input(Id.STEPS, "children"),
        State("url", "search"),
        State(Frame.OWN, "data"),
    )
    app.clientside_callback("(done) => window.ecosystem.scenarioDone(done)", Input(Id.DONE, "data"))
    app.clientside_callback("(answer) => window.ecosystem.scenarioAnswer(answer)", Input(Id.ANSWER, "data"))
    app.clientside_callback("(kind) => window.ecosystem.scenarioKind(kind)", Input(Box.KIND, "value"))
    app.clientside_callback(
        "(clicks, kind, ...values) => window.ecosystem.scenarioForm(clicks, kind, values)",
        Input(Id.GO, "n_clicks"),
        State(Box.KIND, "value"),
        *(State(box, "value") for box in SENT),
        prevent_initial_call=True,
    )
    # what buttons outside the form send along
    app.clientside_callback(
        "(title, assumed, file, about, who) => window.ecosystem.scenarioKnows(title, assumed, file, about, who)",
        *(Input(one, "value") for one in (Id.CALLED, Id.ASSUMED)),
        Input(Id.FILE, "data"),
        *(Input(one, "value") for one in (Id.ABOUT, Id.WHO)),
    )


__all__ = ["PAGE", "SHEETS", "layout", "register", "spoken", "title"]
