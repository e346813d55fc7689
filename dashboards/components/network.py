"""What stands around the network: its sentence, its legend, its rows, the figures of a selected group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.words import sector_letters, sector_names
from dashboards.palette import GREY, SECTOR_SHAPES, field_colours, theme
from ecosystem.model import Sector

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.group import Group
    from dashboards.views.network import Network
    from ecosystem.atlas import Atlas


def strings(tr: Translator) -> dict[str, Any]:
    """Every text the canvas shows."""
    return {
        "letters": sector_letters(tr),
        "instructions": tr(
            "Arrow keys move the view, plus and minus zoom, n and p step through the actors, ? shows all keys."
        ),
        "help_title": tr("Keys"),
        "help": [
            ["← ↑ → ↓", tr("move the view")],
            ["+ − 0", tr("zoom in, out, show everything")],
            ["n p", tr("next or previous actor or group")],
            [tr("Space"), tr("select or deselect the actor")],
            ["Enter", tr("open the details or the group")],
            ["⌫", tr("close the group")],
            ["Alt ← ↑ → ↓", tr("move the actor")],
            ["Esc", tr("clear the selection, then leave the picture")],
        ],
        "no_webgl": tr("This browser cannot draw the picture (WebGL is missing). The same data stand in the table."),
    }


def finding(view: Network, tr: Translator) -> str:
    """The page's sentence."""
    share = view.intercity / view.inside_pairs if view.inside_pairs else float("nan")
    return tr(
        "{actors}, {pairs}; {share} of the pairs inside the region join two municipalities.",
        actors=tr.plural("{n} actor", "{n} actors", view.actors),
        pairs=tr.plural("{n} linked pair", "{n} linked pairs", view.pairs),
        share=tr.share(share),
    )


def legend(atlas: Atlas, view: Network, selection: Selection, tr: Translator) -> list[Component]:
    """Colours, shapes and lines, always in view."""
    colours = (*field_colours(6, theme(selection.theme)), GREY)
    names = _group_names(atlas, selection, tr)
    groups = [
        html.Li(
            [
                html.Span(className="swatch", style={"background": colours[one.colour]}),
                names.get(one.key, tr("others or not stated")),
                html.Span(tr.number(one.actors), className="count"),
            ]
        )
        for one in view.groups
    ]
    sectors = sector_names(tr)
    letters = sector_letters(tr)
    shapes = [
        html.Li(
            [
                html.Span(letters[i], className=f"shape shape-{SECTOR_SHAPES[sector]}"),
                sectors[sector],
                html.Span(tr.number(int(view.sectors[i])), className="count"),
            ]
        )
        for i, sector in enumerate(Sector)
    ]
    return [html.Ul(groups), html.Ul(shapes), html.Ul(_lines(view, tr))]


def _lines(view: Network, tr: Translator) -> list[Component]:
    """What lines and marks stand for, as far as they occur."""
    lines: list[Component] = [
        html.Li([html.Span(className="line solid"), tr("recorded tie")]),
        html.Li([html.Span(className="line dashed"), tr("only a joint project")]),
    ]
    if view.cells is not None:
        lines.append(html.Li([html.Span("5", className="shape shape-circle"), tr("group with its number of actors")]))
    if view.brokers is not None:
        lines.append(html.Li([html.Span(className="ring solid"), tr("broker")]))
        lines.append(html.Li([html.Span(className="ring dotted"), tr("articulation actor")]))
    if view.stability is not None:
        lines.append(html.Li([html.Span(className="swatch hatched"), tr("uncertain cluster member")]))
    return lines


def _group_names(atlas: Atlas, selection: Selection, tr: Translator) -> dict[str, str]:
    if selection.colour == "field":
        return {field.field_id: tr.label(field.short) for field in atlas.region.fields}
    if selection.colour == "cluster":
        return {item.cluster_id: tr.label(item.name) for item in atlas.clusters.items}
    return dict(zip(atlas.tables.places["place_id"], atlas.tables.places["name"], strict=True))


def panel(chosen: Group, tr: Translator) -> Component:
    """Figures of the selected group, and what can be done with it."""
    selected = tr.plural("{n} actor selected", "{n} actors selected", chosen.actors)
    if chosen.hidden:
        hidden = tr.number(chosen.hidden)
        selected = tr("{selected}, {hidden} of them hidden by the filters", selected=selected, hidden=hidden)
    names = sector_names(tr)
    sectors = ", ".join(
        f"{names[sector]} {tr.number(n)}" for sector, n in zip(Sector, chosen.sectors, strict=True) if n
    )
    facts = [
        (tr("Sectors"), sectors or tr("none")),
        (tr("Cities"), ", ".join(f"{name} {tr.number(n)}" for name, n in chosen.places)),
        (
            tr("Fields"),
            ", ".join(f"{tr.label(label)} {tr.number(n, 1)}" for label, n in chosen.fields) or tr("not stated"),
        ),
        (tr("Linked pairs inside"), tr.number(chosen.inner_pairs)),
        (tr("Linked pairs to others"), tr.number(chosen.outer_pairs)),
    ]
    restrict = (
        [
            html.Button(
                tr("Restrict to the selection"), className="button", **attributes({"data-set": chosen.restriction})
            )
        ]
        if chosen.restriction
        else []
    )
    return html.Section(
        [
            html.Div(
                [
                    html.H2(selected),
                    html.Button(
                        "×",
                        className="button quiet",
                        **attributes({"data-set": "sel=", "aria-label": tr("Clear the selection")}),
                    ),
                ],
                className="drawer-head",
            ),
            html.Dl([part for name, value in facts for part in (html.Dt(name), html.Dd(value))]),
            *restrict,
        ],
        className="group-panel",
    )
