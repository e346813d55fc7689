"""A card per field: where it lives, who carries it, and its projects by year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.links import profile_link
from dashboards.components.words import sector_letters, sector_names
from dashboards.palette import field_colours, theme
from ecosystem.model import Sector

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.overview import FieldCard, Overview
    from ecosystem.atlas import Atlas


def cards(atlas: Atlas, view: Overview, selection: Selection, tr: Translator) -> html.Div:
    """One card per field of the strategy."""
    colours = field_colours(len(view.cards), theme(selection.theme))
    most = max((n for one in view.cards for _, _, n in one.leading), default=1)
    return html.Div([_card(atlas, one, colours[one.colour], most, tr) for one in view.cards], className="cards")


def _card(atlas: Atlas, one: FieldCard, colour: str, most: int, tr: Translator) -> html.Article:
    """Where a field lives, who carries it, and its projects by year."""
    field = atlas.region.field(one.field_id)
    return html.Article(
        [
            html.H3(
                [
                    html.Span(className="swatch", style={"background": colour}),
                    profile_link("field", one.field_id, tr.label(field.name), tr),
                ]
            ),
            html.P(
                [
                    html.Strong(tr.plural("{n} actor", "{n} actors", one.actors)),
                    " · ",
                    tr("as if spread evenly over {n} units", n=tr.number(one.effective_units, 1)),
                ]
            ),
            _where(one, colour, most, tr),
            mix(one.sectors, tr),
            trend(one, colour, tr),
            html.Button(
                tr("Show only this field"), className="button quiet", **attributes({"data-set": f"f={one.field_id}"})
            ),
        ],
        style={"borderTopColor": colour},
    )


def _where(one: FieldCard, colour: str, most: int, tr: Translator) -> Component:
    """The units with most actors as bars; all cards have one scale."""
    if not one.leading:
        return html.P(tr("No actor in the region"), className="where")
    rows = [
        html.Tr(
            [
                html.Th(profile_link("place", unit, name, tr), scope="row"),
                html.Td(
                    html.Span(className="bar-fill", style={"width": f"{100 * n / most:.1f}%", "background": colour}),
                    className="bar-cell",
                ),
                html.Td(tr.number(n), className="number"),
            ]
        )
        for unit, name, n in one.leading
    ]
    head = [html.Th(name, scope="col") for name in (tr("Unit or municipality"), tr("Share"), tr("Actors"))]
    return html.Table(
        [html.Thead(html.Tr(head), className="visually-hidden"), html.Tbody(rows)], className="bars where"
    )


def mix(sectors: tuple[int, ...], tr: Translator) -> html.Div:
    """The five sectors as one bar, with letter and number below each part and as text for everybody."""
    total = max(sum(sectors), 1)
    names, letters = sector_names(tr), sector_letters(tr)
    told = ", ".join(f"{names[sector]} {n}" for sector, n in zip(Sector, sectors, strict=True))
    parts = [
        html.Span(
            f"{letters[i]} {tr.number(n)}" if n / total > 0.13 else letters[i] if n / total > 0.05 else "",
            className=f"part part-{i}",
            style={"flexGrow": n},
        )
        for i, n in enumerate(sectors)
        if n
    ]
    return html.Div(parts, className="mix", role="img", title=told, **attributes({"aria-label": told}))


def sector_legend(tr: Translator) -> html.Ul:
    """What the letters of the bars stand for."""
    names = sector_names(tr)
    return html.Ul(
        [
            html.Li([html.Span(letter, className=f"part part-{i} key"), names[sector]])
            for i, (sector, letter) in enumerate(zip(Sector, sector_letters(tr), strict=True))
        ],
        className="sector-legend",
    )


def trend(one: FieldCard, colour: str, tr: Translator) -> html.Div:
    """Projects per year as columns between the first and the last year of the data."""
    if not one.years or not any(n for _, n in one.years):
        return html.Div(tr.plural("{n} project", "{n} projects", one.projects), className="trend-text")
    top = max(n for _, n in one.years)
    told = ", ".join(f"{year}: {tr.number(n)}" for year, n in one.years)
    columns = [
        html.Span(style={"height": f"{max(100 * n / top, 2 if n else 0):.0f}%", "background": colour})
        for _, n in one.years
    ]
    busiest = max(one.years, key=lambda pair: (pair[1], -pair[0]))
    words = tr(
        "{projects}; most in {year} ({n})",
        projects=tr.plural("{n} project", "{n} projects", one.projects),
        year=busiest[0],
        n=tr.number(busiest[1]),
    )
    return html.Div(
        [
            html.Div(columns, className="spark", role="img", title=told, **attributes({"aria-label": told})),
            html.Div([html.Span(str(one.years[0][0])), html.Span(words), html.Span(str(one.years[-1][0]))]),
        ],
        className="trend",
    )


def trend_note(view: Overview, programmes: tuple[str, ...], tr: Translator) -> str:
    """What the years are and where the list ends."""
    years = next((one.years for one in view.cards if one.years), ())
    if not years:
        return tr("No project states a year, so there is no trend.")
    return tr(
        "Columns: funded projects by the year of their first commitment, {first} to {last} ({programmes}). The list "
        "ends there: fewer projects in its last years are no decline, and later projects are not in the data.",
        first=years[0][0],
        last=years[-1][0],
        programmes=", ".join(programmes) or tr("programme not stated"),
    )
