"""The whole screen of one page: bar, filters, page, footer; and what is shown for an address without a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from dash import html

from dashboards.components.active import active
from dashboards.components.attributes import attributes
from dashboards.components.bar import Entry, bar, menu
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


# what another page brings along, and where it goes; bar and filters stay as they are
PLACES = (
    ("screen-root", "data-title"),
    ("screen-root", "data-slug"),
    ("screen-root", "data-drawn"),
    ("screen-root", "data-filters"),
    ("skips", "children"),
    ("pages-tool", "children"),
    ("body", "className"),
    ("hints", "children"),
    ("page", "children"),
)


def arrival(atlas: Atlas, path: str, selection: Selection, tr: Translator, drawn: str = "") -> tuple[Any, ...]:
    """A page and all that is said about it around it, in the order of ``PLACES``.

    ``drawn`` tells the browser what the page's pictures were made from.
    """
    page = page_at(path)
    filtered = page is not None and page.PAGE.filters
    entries = [Entry(one.PAGE.own(tr.language), one.title(tr), _current(one, page)) for one in PAGES if one.PAGE.menu]
    body = (
        page.layout(atlas, replace(selection, subject=page.PAGE.rest(path)), tr)
        if page
        else unknown_page(tr, path, [(entry.path, entry.name) for entry in entries])
    )
    return (
        f"{page.title(tr) if page else path} – {tr.label(atlas.region.name)}",
        page.PAGE.slug if page else "overview",
        drawn,
        "1" if filtered else "0",
        _skips(tr, filtered=filtered),
        menu(entries, tr, here=page.title(tr) if page else ""),
        " ".join(("body", "with-filters") if filtered else ("body",)),
        _hints(atlas, selection, tr),
        [body, _footer(atlas, tr)],
    )


def screen(atlas: Atlas, path: str, selection: Selection, tr: Translator, drawn: str = "") -> Component:
    """Bar, filters, page and footer; filters are there on every page, and seen on those that have some."""
    place = dict(zip(PLACES, arrival(atlas, path, selection, tr, drawn), strict=True))
    root = {name: value for (where, name), value in place.items() if where == "screen-root"}
    return html.Div(
        [
            html.Div(place["skips", "children"], id="skips"),
            bar(
                atlas,
                place["pages-tool", "children"],
                selection,
                tr,
                search=search_box(tr),
                regions=region_menu(mounted(), tr),
            ),
            html.Div(
                [
                    filters(atlas, selection, tr),
                    html.Main(
                        [
                            html.Div(place["hints", "children"], id="hints", className="hints"),
                            active(atlas, selection, tr),
                            html.Div(place["page", "children"], id="page"),
                        ],
                        id="content",
                        tabIndex="-1",
                    ),
                ],
                id="body",
                className=place["body", "className"],
            ),
        ],
        className="screen" + (" show-table" if selection.table else ""),
        id="screen-root",
        **attributes(root),
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
