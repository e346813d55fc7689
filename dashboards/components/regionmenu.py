"""The choice of a region in the bar, and what is said about one that is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.faulttexts import language, said
from dashboards.components.links import compare_path, to

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.regions import Entry, Mounted

MOST_SIGNS = 300
"""Of the faults of a folder: the whole report is the command line's."""


def region_menu(here: Mounted, tr: Translator) -> html.Details | None:
    """Opens on click or Enter, closes on Escape; nothing where there is one region only."""
    entries = here.regions.entries() if here.regions else ()
    if here.regions is None or len(entries) < 2:
        return None
    current = next((one for one in entries if one.key == here.key), entries[0])
    name = tr.label(current.name)
    return html.Details(
        [
            html.Summary(
                tr("Region"), className="button", **attributes({"aria-label": tr("Region, now: {name}", name=name)})
            ),
            html.Div(
                [
                    html.Ul([_item(one, here, tr) for one in entries]),
                    to(compare_path(tr.language), tr("Compare regions"), class_name="button"),
                ],
                className="block-menu",
            ),
        ],
        className="block-tools regions",
    )


def _item(entry: Entry, here: Mounted, tr: Translator) -> html.Li:
    name = tr.label(entry.name)
    if entry.fault and entry.key != here.key:
        told = [html.Span(name, className="region-name"), html.Span(tr("cannot be opened"), className="region-state")]
        return html.Li([*told, fault(entry.fault, tr)])
    current = {"aria-current": "true"} if entry.key == here.key else {}
    # written anew when it is used: the page and the language are those of then
    address = f"/?rg={entry.key}" if entry.key else "/"
    link = html.A(name, href=address, className="button", **attributes({"data-region": entry.key, **current}))
    return html.Li([link, *([fault(entry.fault, tr)] if entry.fault else [])])


def fault(sentence: str, tr: Translator) -> html.P:
    """What is wrong with a folder, as the checks say it."""
    told = said(sentence, tr)
    short = told if len(told) <= MOST_SIGNS else told[:MOST_SIGNS].rstrip() + " …"
    return html.P(short, className="region-fault", **language(sentence, tr))


def region_hint(here: Mounted, asked: str, tr: Translator) -> Component | None:
    """Why the region a link names is not the one on screen; nothing where it is."""
    if here.regions is None:
        shown = asked == ""
        state = None
    else:
        key = here.regions.key(asked)
        shown, state = key == here.key, here.regions.state(key)
    if shown:
        return None
    if state is not None and state.kind == "faulty":
        told = tr("The region “{name}” of this link cannot be opened; another one is shown.", name=asked)
        return html.Div([html.P(told), fault(state.fault, tr)], className="hint", role="status")
    told = tr("Ignored in this link, because there is no region of this name here: {name}", name=asked)
    return html.P(told, className="hint", role="status")
