"""What the callbacks of the page of consortia put together: picture, sections, and what is said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.block import block
from dashboards.components.cited import actor_names
from dashboards.components.consortium import bridges, brings, ties
from dashboards.components.consortium_sheets import bridge_sheet, tie_sheet
from dashboards.components.consortium_words import finding, link_line, stopped
from dashboards.components.grid import sheet_grid
from dashboards.components.words import sector_letters, sector_names
from dashboards.figures.consortium import Looks, group
from dashboards.palette import GREY, field_colours, theme
from dashboards.views.consortium import consortium
from ecosystem.model import Sector

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.figures.base import Figure
    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.consortium import ConsortiumView
    from ecosystem.atlas import Atlas

WIDE_NAME, NARROW_NAME = 20, 14
# what this page alone asks for, and what it shares with the page of pairs
STEERED = ("field", "call", "cities", "members", "proposal", "pinned", "banned")


def drawn(atlas: Atlas, selection: Selection, view: ConsortiumView, tr: Translator) -> Figure:
    """The picture of the proposal on show."""
    look = theme(selection.theme)
    fields = [field.field_id for field in atlas.region.fields]
    colours = dict(zip(fields, field_colours(len(fields), look), strict=True))
    members = view.one.members if view.one else ()
    names = actor_names(atlas)
    cramped = selection.narrow and selection.projector != "0"
    looks = Looks(
        sectors=sector_names(tr),
        letters=dict(zip(Sector, sector_letters(tr), strict=True)),
        colours={member.actor_id: colours.get(brings(view, member), GREY) for member in members},
        links=[link_line(link, names, tr) for link in view.links],
        nobody=tr("no member"),
        letters_wide=NARROW_NAME if cramped else WIDE_NAME,
    )
    return group(view, looks, look, tr, selection.font_px)


def sections(atlas: Atlas, selection: Selection, view: ConsortiumView, tr: Translator) -> list[Component]:
    """Below the picture: what is recorded between the members, and who could introduce whom."""
    if view.one is None:
        return []
    made: list[tuple[str, Any, list[Component], str]] = [
        (tr("What is recorded between the members"), tie_sheet, ties(atlas, view, tr), "ties"),
        (tr("No recorded tie, but a partner in common"), bridge_sheet, bridges(atlas, view, tr), "bridges"),
    ]
    return [
        block(
            heading,
            html.Div(
                content, className="pair-section", tabIndex=0, role="group", **attributes({"aria-label": heading})
            ),
            tr,
            sheet=f"consortium/{slug}",
            measure="consortium",
            twin=sheet_grid(f"kons-{slug}", sheet(atlas, selection, tr), tr),
        )
        for heading, sheet, content, slug in made
    ]


def spoken(atlas: Atlas, before: Selection, now: Selection, tr: Translator) -> str:
    """What a screen reader is told of a new proposal: who is held or left out since, and the sentence of the page."""
    if all(getattr(before, one) == getattr(now, one) for one in STEERED):
        return ""
    names = actor_names(atlas)

    def new(one: tuple[str, ...] | None, other: tuple[str, ...] | None) -> list[str]:
        return [names[actor] for actor in one or () if actor not in (other or ()) and actor in names]

    changes = [
        (tr("Held: {names}."), new(now.pinned, before.pinned)),
        (tr("Let go: {names}."), new(before.pinned, now.pinned)),
        (tr("Left out: {names}."), new(now.banned, before.banned)),
        (tr("Allowed again: {names}."), new(before.banned, now.banned)),
    ]
    told = [text.format(names=tr.joined(who)) for text, who in changes if who]
    view = consortium(atlas, now)
    if view is not None and view.one is not None:
        told.append(tr("Proposal {n}.", n=tr.number(view.number)))
    return stopped(" ".join([*told, finding(atlas, view, tr)]))
