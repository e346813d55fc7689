"""Against what a number was computed: all of the region, or the part that filters leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.nothing import filter_names, filtered_out
from dashboards.views.filters import actor_mask, culprit

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas


def reference(selection: Selection, n: int, tr: Translator) -> str:
    """The sentence on the base; filters on places and fields never change it."""
    active = {
        "s": selection.sectors is not None,
        "cl": selection.clusters is not None,
        "t": selection.kinds is not None,
        "y": selection.years is not None,
        "ev": selection.confidence > 0,
    }
    names = [filter_names(tr)[key] for key, on in active.items() if on]
    hides = selection.fields is not None or selection.places is not None
    if names:
        told = tr.plural(
            "Reference: the {n} membership that the filters leave ({filters}).",
            "Reference: the {n} memberships that the filters leave ({filters}).",
            n,
            filters=tr.joined(names),
        )
    else:
        told = tr.plural(
            "Reference: the {n} membership of the whole region.",
            "Reference: all {n} memberships of the region, not the country.",
            n,
        )
    hidden = tr("The filters on field and city only hide rows and columns.")
    return f"{told} {hidden}" if hides else told


def nothing_left(atlas: Atlas, selection: Selection, n: int, tr: Translator) -> Component | list[Component]:
    """Why there is nothing to see and the way back; nothing where there is something."""
    if not actor_mask(atlas, selection).any():
        return filtered_out(tr, culprit(atlas, selection))
    if n == 0:
        return html.Div(
            html.P(tr("No actor that counts here states a field, so nothing can be compared.")),
            className="nothing",
            role="status",
        )
    return []
