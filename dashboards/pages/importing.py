"""Daten einlesen: a file of a register into the region, step by step, and what was read in before."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from dash import Input, Output, dcc, html

from dashboards.components.attributes import attributes
from dashboards.components.faulttexts import paragraph
from dashboards.components.importwizard import form, history, steps
from dashboards.components.importwords import allowed, drafts_of
from dashboards.language import translator
from dashboards.pages import Page
from dashboards.regions import file_path, mounted
from ecosystem import intake
from ecosystem.errors import EcosystemError

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.sheet import Sheet
    from ecosystem.atlas import Atlas

PAGE = Page("/einlesen", "/import", filters=False, menu=False, section="/daten", whole=True)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {}
SECONDS = 1.0
"""Between two looks at a file that is being read."""


class Id(StrEnum):
    """Ids of this page; ``DRAFT`` holds the token of the import underway."""

    DRAFT = "import-draft"
    TICK = "import-tick"
    BODY = "import-body"
    FORM = "import-form"
    KIND = "import-kind"
    OUTSIDE = "import-outside"
    TOLD = "import-told"


def title(tr: Translator) -> str:
    return tr("Read data in")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    del selection
    here = mounted()
    refused = allowed(here, tr)
    finding = tr("Rows of a register become actors, projects and ties of {region}.", region=tr.label(atlas.region.name))
    head = html.Div([html.H1(title(tr)), html.P(finding, className="finding")], className="head")
    return html.Div(
        [
            head,
            html.P(id=Id.TOLD, role="status", className="import-told"),
            dcc.Store(id=Id.DRAFT, storage_type="session"),
            dcc.Interval(id=Id.TICK, interval=round(1000 * SECONDS), disabled=True),
            *([html.P(refused, className="nothing")] if refused else []),
            html.Div([] if refused else form(Id.KIND, Id.OUTSIDE, tr), id=Id.FORM),
            html.Div(id=Id.BODY, **attributes({"aria-live": "polite"})),
            *([] if refused else [_before(tr)]),
        ],
        className="page import",
    )


def _before(tr: Translator) -> Component:
    """What was read in before, and the folder to take along."""
    here = mounted()
    folder = here.regions.folder(here.key) if here.regions else None
    try:
        told = history(intake.log(folder), tr) if folder else html.Div()
    except EcosystemError as error:
        told = paragraph(str(error), tr, "import-fault")
    return html.Section(
        [
            html.H2(tr("Read in so far")),
            told,
            html.A(
                tr("The folder of the region as a zip file"),
                href=file_path("/intake/region.zip"),
                className="button",
                download="region.zip",
            ),
        ],
        className="block import-step",
    )


def register(app: Dash, atlas: Atlas) -> None:
    del atlas

    @app.callback(
        Output(Id.BODY, "children"),
        Output(Id.FORM, "hidden"),
        Output(Id.TICK, "disabled"),
        Input(Id.DRAFT, "data"),
        Input("language", "data"),
        Input(Id.TICK, "n_intervals"),
    )
    def show(told: Any, language: str, ticks: int | None) -> tuple[object, bool, bool]:
        del ticks
        tr, here = translator(language), mounted()
        token = str(told.get("token", "")) if isinstance(told, dict) else ""
        draft = drafts_of(here).get(token, here.key) if token and not allowed(here, tr) else None
        if draft is None:
            return [], False, True
        return steps(draft, tr), True, not draft.underway
