"""Barrierefreiheit: what works, what does not, and whom to tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import html

from dashboards.components.keys import keyboard
from dashboards.components.links import to
from dashboards.pages import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.sheet import Sheet
    from ecosystem.atlas import Atlas

PAGE = Page("/barrierefreiheit", "/accessibility", filters=False, menu=False, nested=False)
SHEETS: dict[str, Callable[[Atlas, Selection, Translator], Sheet]] = {}
# when the app was last gone through, and with which axe-core; a test compares the version
TESTED, AXE = "2026-11-24", "4.12.1"
MAIL = re.compile(r"[^\s<>]+@[^\s<>]+")
WEB = re.compile(r"https?://\S+")


def title(tr: Translator) -> str:
    return tr("Accessibility")


def layout(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    del selection
    return html.Div(
        [
            html.H1(title(tr)),
            html.Div(
                [
                    html.Div(
                        [
                            *_standing(tr),
                            *_list(tr("What does not work, or not yet"), _limits(tr)),
                            *_list(tr("What helps"), _helps(tr)),
                        ],
                        className="plain-text",
                    ),
                    html.Div([*_feedback(atlas, tr), html.H2(tr("Keyboard")), *keyboard(tr)], className="plain-text"),
                ],
                className="method-halves",
            ),
        ],
        className="page accessibility",
    )


def register(app: Dash, atlas: Atlas) -> None:
    """Nothing here changes with anything."""
    del app, atlas


def _list(heading: str, lines: tuple[str, ...]) -> list[Component]:
    return [html.H2(heading), html.Ul([html.Li(line) for line in lines])]


def _standing(tr: Translator) -> list[Component]:
    return [
        html.H2(tr("Aim and state")),
        html.P(
            tr(
                "The aim is level AA of the Web Content Accessibility Guidelines (WCAG) 2.2. This includes what "
                "BITV 2.0 asks of public bodies through EN 301 549 V3.2.1 (WCAG 2.1, level AA)."
            )
        ),
        html.P(
            tr(
                "State: partly conforming. Tested on {date} with axe-core {version} on every page, in both "
                "languages and in all three displays, without a finding; by keyboard alone, at 1920 and 1024 "
                "pixels, and with reduced motion.",
                date=tr.date(TESTED),
                version=AXE,
            )
        ),
        html.P(
            tr(
                "Automatic tests find only a part of all barriers. A test by people who use a screen reader every "
                "day is still missing, so this is a statement of the developers and no certificate."
            )
        ),
    ]


def _limits(tr: Translator) -> tuple[str, ...]:
    return (
        tr(
            "The network is drawn on a canvas. A screen reader gets its name, the keys and the item one stands on, "
            "not the picture. “Show as: table” gives the same actors with the same filters and the same selection."
        ),
        tr(
            "Maps, matrices and charts can be clicked, but single points cannot be reached by keyboard. Their "
            "tables can, and what a click selects can be selected with filters, search and links, too."
        ),
        tr(
            "Pictures saved as PNG or SVG have no text alternative; the CSV and XLSX files beside them hold the "
            "numbers."
        ),
        tr("Canvas, maps and wide tables scroll in themselves at 400% zoom; everything else reflows in one column."),
        tr("Names of organisations, projects and sources stand in their own language and are not marked as such."),
        tr("Pages of others that sources link to were not tested."),
        tr("No content moves, blinks or sounds; there are no time limits and no three-dimensional pictures."),
    )


def _helps(tr: Translator) -> tuple[str, ...]:
    return (
        tr("Every picture has a table with the same rows, to be sorted, filtered and saved."),
        tr(
            "Display: light, dark, and black with white and yellow. Without a choice the app follows the system, "
            "its wish for more contrast and its own colours."
        ),
        tr("Text grows with the browser's zoom up to 400%, and by half again with the projector sizes."),
        tr("Colour never stands alone: sectors have shapes and letters, fields and clusters have captions."),
        tr("Who asks the system for reduced motion gets none: views jump instead of moving."),
        tr("What changes is said in one sentence to screen readers, at most once a second."),
        tr("The address holds everything on screen: a saved link leads back to the same view."),
    )


def _feedback(atlas: Atlas, tr: Translator) -> list[Component]:
    contact = atlas.region.contact
    lead = tr("Barriers, errors in the data, and wishes are taken by:")
    if contact:
        return [html.H2(tr("Report a barrier")), html.P([lead, " ", _contact(contact)])]
    data = to("/daten" if tr.language == "de" else "/data", tr("Data and sources"))
    return [
        html.H2(tr("Report a barrier")),
        html.P(tr("For this region no contact is told yet, so this page cannot name anyone to turn to.")),
        html.P(
            [
                tr("Who runs the app adds a line like this to the file region.toml of the region's folder:"),
                " ",
                html.Code('contact = "… <…@…>"'),
            ]
        ),
        html.P([tr("Where the data come from is told here:"), " ", data]),
    ]


def _contact(text: str) -> Component:
    mail, web = MAIL.search(text), WEB.search(text)
    if web:
        return html.A(text, href=web[0], target="_blank", rel="noopener noreferrer")
    return html.A(text, href=f"mailto:{mail[0]}") if mail else html.Span(text)
