"""The whole screen of one page: bar, filters, page, footer; and what is shown for an address without a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dash import html

from dashboards.components.active import active
from dashboards.components.attributes import attributes
from dashboards.components.bar import Entry, bar
from dashboards.components.filters import filters
from dashboards.components.links import to
from dashboards.components.nothing import unknown_page
from dashboards.components.regionmenu import region_hint, region_menu
from dashboards.components.search import search_box
from dashboards.pages import accessibility, methods
from dashboards.regions import mounted
from dashboards.sitemap import PAGES, page_at

if TYPE_CHECKING:
    from types import ModuleType

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas


def screen(atlas: Atlas, path: str, selection: Selection, tr: Translator) -> Component:
    """Bar, filters, page and footer."""
    page = page_at(path)
    filtered = page is not None and page.PAGE.filters
    entries = [Entry(one.PAGE.own(tr.language), one.title(tr), _current(one, page)) for one in PAGES if one.PAGE.menu]
    body = (
        page.layout(atlas, replace(selection, subject=page.PAGE.rest(path)), tr)
        if page
        else unknown_page(tr, path, [(entry.path, entry.name) for entry in entries])
    )
    return html.Div(
        [
            *_skips(tr, filtered=filtered),
            bar(
                atlas,
                entries,
                selection,
                tr,
                filters=filtered,
                here=page.title(tr) if page else "",
                search=search_box(tr),
                regions=region_menu(mounted(), tr),
            ),
            html.Div(
                [
                    *([filters(atlas, selection, tr)] if filtered else []),
                    html.Main(
                        [
                            html.Div(_hints(atlas, selection, tr), className="hints"),
                            *([active(atlas, selection, tr)] if filtered else []),
                            body,
                            _footer(atlas, tr),
                        ],
                        id="content",
                        tabIndex="-1",
                    ),
                ],
                className="body" + (" with-filters" if filtered else ""),
            ),
        ],
        className="screen" + (" show-table" if selection.table else ""),
        id="screen-root",
        **attributes(
            {
                "data-title": f"{page.title(tr) if page else path} – {tr.label(atlas.region.name)}",
                "data-slug": page.PAGE.slug if page else "overview",
            }
        ),
    )


def _current(entry: ModuleType, page: ModuleType | None) -> Literal["page", "true", ""]:
    """Whether a menu entry is the page on screen, or the section it belongs to."""
    if page is None:
        return ""
    if entry is page:
        return "page"
    return "true" if page.PAGE.section == entry.PAGE.path else ""


def _skips(tr: Translator, *, filtered: bool) -> list[html.A]:
    """Ways past the bar; ``data-skip`` opens what is closed (``assets/reach.js``)."""
    targets = [("content", tr("Skip to the content"))]
    if filtered:
        targets += [("filters", tr("Skip to the filters")), ("table", tr("Skip to the same data as a table"))]
    return [
        html.A(
            text,
            href="#content" if target == "table" else f"#{target}",
            className="skip",
            **attributes({"data-skip": target}),
        )
        for target, text in targets
    ]


def _footer(atlas: Atlas, tr: Translator) -> html.Footer:
    pages = [to(one.PAGE.own(tr.language), one.title(tr)) for one in (methods, accessibility)]
    version = tr("Data version {version}, sources read until {date}.", version=atlas.version, date=tr.date(atlas.as_of))
    return html.Footer([*pages, html.Span(version)], className="foot")


def _hints(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    told = []
    if selection.unknown:
        keys = ", ".join(selection.unknown)
        told.append(tr("Ignored in this link, because this version does not know it: {keys}", keys=keys))
    if selection.version and selection.version != atlas.version:
        told.append(
            tr(
                "This link was made with data version {old}; the data shown are version {new}, so numbers may differ.",
                old=selection.version,
                new=atlas.version,
            )
        )
    unknown = region_hint(mounted(), selection.region, tr)
    return [*([unknown] if unknown else []), *(html.P(one, className="hint", role="status") for one in told)]
