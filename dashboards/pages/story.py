"""Story: a talk made of saved views, shown, edited and taken along. The browser keeps what was edited."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dash import Input, Output, State, html, no_update

from dashboards.components.attributes import attributes
from dashboards.components.talk import cards, fault_list, strip
from dashboards.language import translator
from dashboards.pages import Page
from dashboards.regions import region_of
from dashboards.views.talk import steps
from ecosystem import story as stories

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.sheet import Sheet
    from ecosystem.atlas import Atlas
    from ecosystem.story import Story

PAGE = Page("/story", "/story", filters=False, menu=True, nested=False)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {}


class Id(StrEnum):
    """Ids of this page."""

    CARDS = "story-cards"
    FINDING = "story-finding"
    FAULTS = "story-faults"


class Frame(StrEnum):
    """What stands in the frame of the app, since a talk goes on from page to page."""

    OWN = "story-own"
    LOADED = "story-loaded"
    TALKING = "story-talking"
    STRIP = "story-strip"


def own_story(region: str) -> str:
    """Id of the store with the reader's own talk: one for each region, the server's own has the plain name."""
    return f"{Frame.OWN}-{region.replace('.', '-')}" if region else str(Frame.OWN)


def title(tr: Translator) -> str:
    return tr("Story")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    del atlas, selection
    return html.Div(
        [
            html.Div([html.H1(title(tr)), html.P(id=Id.FINDING, className="finding")], className="head"),
            html.Div(_toolbar(tr), className="toolbar"),
            # what the script says after a change
            html.Div(
                hidden=True,
                id="story-words",
                **attributes(
                    {
                        "data-deleted": tr("Step deleted. “Undo” brings it back."),
                        "data-saved": tr("Changes kept in this browser."),
                        "data-nothing": tr("There is nothing to undo."),
                    }
                ),
            ),
            html.P(
                tr(
                    "A step is a saved view. While presenting, arrow keys and the keys of a presenter go from step to "
                    "step; Escape leaves the talk for exploring, Page Down comes back to the step."
                ),
                className="hint",
            ),
            html.Div(id=Id.FAULTS, className="story-faults", role="alert"),
            html.H2(tr("Steps")),
            html.Ol(id=Id.CARDS, className="talk-cards"),
        ],
        className="page story",
    )


def _toolbar(tr: Translator) -> list[Component]:
    told = tr("Drawing step {n} of {total} …")
    return [
        _button(tr("Start the talk"), {"data-talk": "start"}),
        _button(tr("As slides (PPTX)"), {"data-slide": "story", "data-told": told, "data-stop": tr("Stop")}),
        _button(tr("Save as a file"), {"data-edit": "download"}),
        _button(tr("Load a file"), {"data-edit": "load"}),
        _button(tr("Undo"), {"data-edit": "undo"}),
        _button(tr("Back to the region's story"), {"data-edit": "reset"}),
    ]


def _button(text: str, told: dict[str, str]) -> html.Button:
    return html.Button(text, className="button", **attributes(told))


def register(app: Dash, atlas: Atlas) -> None:
    mine = own_story(region_of(app))

    @app.callback(
        Output(Id.CARDS, "children"),
        Output(Id.FINDING, "children"),
        Input(mine, "data"),
        Input("language", "data"),
    )
    def show(own: Any, language: str) -> tuple[object, str]:
        tr = translator(language)
        talk = chosen(atlas, own)
        if talk is None:
            told = tr("This region has no story yet. “Add the view to the story” on any page begins one.")
            return [], told
        shown = steps(atlas, talk, tr)
        sentence = tr.plural("{title}: {n} step.", "{title}: {n} steps.", len(shown), title=tr.label(talk.title))
        return cards(atlas, shown, tr), f"{sentence} {_origin(own, tr)}"

    @app.callback(
        Output(Frame.STRIP, "children"),
        Input(Frame.TALKING, "data"),
        Input("language", "data"),
        Input(mine, "data"),
    )
    def step(talking: Any, language: str, own: Any) -> list[Component]:
        talk = chosen(atlas, own) if talking else None
        tr = translator(language)
        return strip(steps(atlas, talk, tr), tr) if talk else []

    @app.callback(
        Output(mine, "data"),
        Output(Id.FAULTS, "children"),
        Input(Frame.LOADED, "data"),
        State("language", "data"),
        prevent_initial_call=True,
    )
    def load(content: Any, language: str) -> tuple[object, object]:
        if not content:
            return no_update, []
        found, faults = stories.parse(str(content).encode())
        if found is None:
            return no_update, fault_list(faults, translator(language))
        return json.dumps(stories.record(found)), []

    app.clientside_callback(
        "(search) => window.ecosystem.talking(search)", Output(Frame.TALKING, "data"), Input("url", "search")
    )
    app.clientside_callback(
        "(children, search) => window.ecosystem.stepShown(children, search)",
        Input(Frame.STRIP, "children"),
        Input("url", "search"),
    )


def _origin(own: Any, tr: Translator) -> str:
    return tr("Edited; kept in this browser only.") if own else tr("The story that comes with the region.")


def chosen(atlas: Atlas, own: Any) -> Story | None:
    """The reader's own talk, as the browser keeps it, else the region's; what cannot be read counts as none."""
    if isinstance(own, str) and own:
        try:
            found, _ = stories.read(json.loads(own))
        except (ValueError, RecursionError):
            found = None
        if found is not None:
            return found
    return atlas.tables.talk
