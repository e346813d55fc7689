"""The bar on top: name, pages, search, language, display, sharing, data version; always one line.

What does not fit goes behind buttons: first the tools behind "…", then the pages behind a button with the name of
the page on screen. ``assets/reach.js`` measures and sets ``data-bar`` on the root element.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import dash_mantine_components as dmc
from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.controls import control
from dashboards.components.exportmenu import export_menu
from dashboards.state import PROJECTOR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the menu; ``current`` as ``aria-current`` has it: the page itself, or its section."""

    path: str
    name: str
    current: Literal["page", "true", ""] = ""


def bar(
    atlas: Atlas,
    pages: Sequence[Component],
    selection: Selection,
    tr: Translator,
    *,
    search: Component | None = None,
    regions: Component | None = None,
) -> html.Header:
    """The bar; ``pages`` is its :func:`menu`, ``regions`` the choice among several."""
    return html.Header(
        [
            html.A(
                [html.Strong(tr("Innovation atlas")), html.Span(tr.label(atlas.region.name))],
                href="/",
                className="brand",
                **attributes({"data-page": "/"}),
            ),
            *([regions] if regions is not None else []),
            html.Div([*pages], id="pages-tool", className="pages-tool"),
            *([search] if search is not None else []),
            _toggle("filters", tr("Filters"), tr("Filters: show or hide"), "only-narrow"),
            _toggle("tools", "…", tr("More: language, display, projector, sharing")),
            html.Div(_tools(atlas, selection, tr), className="tools", id="tools"),
        ],
        className="bar",
    )


def menu(entries: Sequence[Entry], tr: Translator, *, here: str = "") -> list[Component]:
    """The pages; ``here`` is the title of the one on screen."""
    name = here or tr("Pages")
    return [
        _toggle("pages", name, tr("Pages, now: {name}", name=name)),
        html.Nav(
            [_link(entry) for entry in entries],
            id="pages",
            className="pages",
            **attributes({"aria-label": tr("Pages")}),
        ),
    ]


def _link(entry: Entry) -> html.A:
    current = {"aria-current": entry.current} if entry.current else {}
    return html.A(entry.name, href=entry.path, **attributes({"data-page": entry.path, **current}))


def _toggle(target: str, text: str, label: str, shown: str = "") -> html.Button:
    told = attributes({"data-toggle": target, "aria-controls": target, "aria-expanded": "false", "aria-label": label})
    return html.Button(text, className=f"button toggle {shown}".strip(), type="button", **told)


def _tools(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    themes = [("light", tr("Light")), ("dark", tr("Dark")), ("contrast", tr("Contrast"))]
    return [
        _segmented("lang", tr("Language"), [("de", "DE"), ("en", "EN")], selection.language),
        html.Div(
            [
                _toggle("display", tr("Display"), tr("Display: colours and projector")),
                html.Div(
                    [
                        _named(tr("Colours"), _segmented("theme", tr("Colours"), themes, selection.theme)),
                        _named(
                            tr("Projector"),
                            _segmented(
                                "bm",
                                tr("Projector"),
                                [(one, _projector(one, tr)) for one in PROJECTOR],
                                selection.projector,
                            ),
                        ),
                    ],
                    id="display",
                    className="display",
                ),
            ],
            className="display-tool",
        ),
        html.Button(
            tr("Share the view"),
            id="share",
            className="button",
            **attributes({"data-share": tr("Link copied"), "data-version": atlas.version}),
        ),
        export_menu(tr, atlas.version),
        html.A(
            tr("Data {version}", version=atlas.version[:7]),
            href="/daten",
            className="badge",
            title=tr("Sources read until {date}", date=tr.date(atlas.as_of)),
            **attributes({"data-page": "/daten"}),
        ),
    ]


def _projector(value: str, tr: Translator) -> str:
    return (
        tr("Desk")
        if value == "0"
        else f"{tr.number(float(value), 0 if value == '1' else (2 if value == '1.25' else 1))}×"
    )


def _named(name: str, group: Component) -> html.Div:
    return html.Div([html.Span(name, className="control-name"), group], className="labelled")


def _segmented(key: str, label: str, options: list[tuple[str, str]], value: str) -> html.Div:
    return html.Div(
        dmc.SegmentedControl(
            id=control(key), data=[{"value": one, "label": text} for one, text in options], value=value, size="xs"
        ),
        role="group",
        **attributes({"aria-label": label}),
    )
