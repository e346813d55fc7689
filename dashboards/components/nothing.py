"""Sentences for the kinds of nothing: no blank panel, and always a way on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.state import FILTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.language import Translator
    from dashboards.views.filters import Culprit


def filter_names(tr: Translator) -> dict[str, str]:
    """What each filter key is called."""
    return {
        "f": tr("Field"),
        "s": tr("Sector"),
        "r": tr("City"),
        "t": tr("Kind of tie"),
        "cl": tr("Cluster"),
        "y": tr("Years"),
        "ev": tr("Confidence"),
    }


def filtered_out(tr: Translator, culprit: Culprit | None) -> html.Div:
    """Nothing passes the filters: names the one that removed most and offers to lift exactly that one."""
    if culprit is None:
        way = html.Button(tr("Reset all filters"), className="button", **attributes({"data-lift": ",".join(FILTERS)}))
        return html.Div(
            [html.P(tr("No actor passes these filters together.")), way], className="nothing", role="status"
        )
    if not culprit.key:
        return _nobody_recorded(tr)
    name = filter_names(tr)[culprit.key]
    back = tr.plural("{n} actor comes back", "{n} actors come back", culprit.actors)
    return html.Div(
        [
            html.P(tr("No actor passes these filters together.")),
            html.P(tr("Without the filter “{name}”, {back}.", name=name, back=back)),
            html.Button(
                tr("Lift the filter “{name}”", name=name), className="button", **attributes({"data-lift": culprit.key})
            ),
        ],
        className="nothing",
        role="status",
    )


def _nobody_recorded(tr: Translator) -> html.Div:
    """A region that was just made: no filter is to blame, and the way on leads out of the app."""
    return html.Div(
        [
            html.P(tr("This region has no actor yet: only its municipalities and fields are recorded.")),
            html.P(tr("Import a list of projects or organisations, with the command “ecosystem import”.")),
        ],
        className="nothing",
        role="status",
    )


def unknown_page(tr: Translator, path: str, pages: Sequence[tuple[str, str]]) -> html.Div:
    """No page under this address: the (path, name) of those there are."""
    return html.Div(
        [
            html.H1(tr("There is no page “{path}”", path=path)),
            html.P(tr("The address may be mistyped, or come from another version. These pages exist:")),
            html.Ul([html.Li(html.A(name, href=to, **attributes({"data-page": to}))) for to, name in pages]),
        ],
        className="nothing",
    )
