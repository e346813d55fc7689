"""Methode: each measure with its question, formula, a reading example, limits and source."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dash import Input, Output, html

from dashboards.components.attributes import attributes
from dashboards.components.links import method_path, to
from dashboards.components.method import explained
from dashboards.components.methodlist import GROUPS, group_titles, topics
from dashboards.components.readings import reading
from dashboards.language import translator
from dashboards.pages import Page
from dashboards.state import Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.sheet import Sheet
    from ecosystem.atlas import Atlas

PAGE = Page("/methode", "/methods", filters=False, menu=False, nested=False)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {}
# every section under each other, to be printed; without examples, which take their time
ALL = "all"


class Id(StrEnum):
    """Ids of this page."""

    CONTENTS = "method-contents"
    SECTION = "method-section"


def title(tr: Translator) -> str:
    return tr("Methods")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    return html.Div(
        [
            html.H1(title(tr)),
            html.P(
                tr(
                    "What every number means, how it is computed, and what it cannot tell; with "
                    "an example from these data."
                ),
                className="finding",
            ),
            html.Div(
                [
                    html.Nav(
                        contents(selection.tab, tr),
                        id=Id.CONTENTS,
                        className="method-contents",
                        **attributes({"aria-label": tr("Measures")}),
                    ),
                    html.Div(section(atlas, selection.tab, tr), id=Id.SECTION, className="method-section"),
                ],
                className="method-columns",
            ),
        ],
        className="page methods",
    )


def register(app: Dash, atlas: Atlas) -> None:
    @app.callback(
        Output(Id.CONTENTS, "children"),
        Output(Id.SECTION, "children"),
        Input("query", "data"),
        prevent_initial_call=True,
    )
    def show(query: str) -> tuple[list[Component], list[Component]]:
        selection = Selection.from_query(query)
        tr = translator(selection.language)
        return contents(selection.tab, tr), section(atlas, selection.tab, tr)

    app.clientside_callback("(children) => window.ecosystem.opened()", Input(Id.SECTION, "children"))


def contents(part: str, tr: Translator) -> list[Component]:
    """The list on the left; the open one is marked."""
    known = topics(tr)
    told: list[Component] = []
    for heading, group in zip(group_titles(tr), GROUPS, strict=True):
        links = [html.Li(_link(name, known[name].title, part, tr)) for name in group]
        told += [html.H2(heading), html.Ul(links)]
    return [*told, html.P(_link(ALL, tr("All on one page, for printing"), part, tr))]


def _link(name: str, text: str, part: str, tr: Translator) -> html.A:
    path = method_path(name, tr.language)
    current = {"aria-current": "true"} if name == part else {}
    return html.A(text, href=path, **attributes({"data-page": path, **current}))


def section(atlas: Atlas, part: str, tr: Translator) -> list[Component]:
    """What stands on the right: one topic, all of them, or the questions to choose from."""
    known = topics(tr)
    if part == ALL:
        return [explained(one.name, one.title, one.question, one.method(tr), (), tr) for one in known.values()]
    if part in known:
        one = known[part]
        return [explained(one.name, one.title, one.question, one.method(tr), reading(atlas, part, tr), tr)]
    note = [html.P(tr("There is no measure “{name}” here. These are explained:", name=part))] if part else []
    return [*note, *_questions(tr)]


def _questions(tr: Translator) -> list[Component]:
    known = topics(tr)
    told: list[Component] = []
    for heading, group in zip(group_titles(tr), GROUPS, strict=True):
        rows = [
            html.Li([to(method_path(name, tr.language), known[name].title), html.Span(known[name].question)])
            for name in group
        ]
        told += [html.H2(heading), html.Ul(rows, className="questions")]
    return told
