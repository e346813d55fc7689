"""The years of ties and projects under the network: a slider where there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboards.components.attributes import attributes
from dashboards.views.years import years

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas

SLIDER, TOLD = "net-years", "net-years-told"


def year_bar(atlas: Atlas, selection: Selection, tr: Translator) -> html.Div:
    """The slider, or a sentence where no year is known."""
    found = years(atlas)
    first, last = found.span or (0, 1)
    chosen = selection.years or (first, last)
    slider = dmc.RangeSlider(
        id=SLIDER,
        value=[max(first, min(chosen[0], last)), min(last, max(chosen[1], first))],
        min=first,
        max=last,
        step=1,
        minRange=0,
        updatemode="mouseup",
        size="md",
        thumbFromLabel=tr("From year"),
        thumbToLabel=tr("To year"),
    )
    return html.Div(
        [
            html.Span(tr("Years"), className="control-name"),
            html.Div(slider, className="years-slider", hidden=found.span is None),
            html.Div(id=TOLD, className="years-told"),
        ],
        className="years-bar only-picture",
    )


def years_told(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component | str]:
    """Which years are shown, what is undated, and whether it is shown, too."""
    found = years(atlas)
    if found.span is None:
        return [tr("No tie and no project of these data has a year.")]
    if selection.years is None:
        first, last = found.span
        told = tr(
            "{first}–{last}, all; {undated} without a year", first=first, last=last, undated=tr.number(found.undated)
        )
        return [told]
    first, last = selection.years
    count = tr.plural("{n} tie or project", "{n} ties or projects", found.within(first, last))
    told = tr("{first}–{last}: {count}", first=first, last=last, count=count)
    undated = tr.plural("{n} without a year", "{n} without a year", found.undated)
    switch = (
        _switch(tr("{undated}: shown, too", undated=undated), "nd=0", pressed=True)
        if selection.undated
        else _switch(tr("{undated}: hidden", undated=undated), "nd=1", pressed=False)
    )
    everything = html.Button(tr("All years"), className="link", **attributes({"data-lift": "y,nd"}))
    return [told, " · ", switch, " · ", everything]


def _switch(text: str, keys: str, *, pressed: bool) -> html.Button:
    return html.Button(
        text, className="link", **attributes({"data-set": keys, "aria-pressed": "true" if pressed else "false"})
    )
