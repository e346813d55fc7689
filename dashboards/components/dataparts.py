"""The parts of the page on data: coverage, sources, age, points to check, projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html

from dashboards.components import datasheets as sheets
from dashboards.components.attributes import attributes
from dashboards.components.block import block
from dashboards.components.controls import choice
from dashboards.components.corrections import corrections
from dashboards.components.flagwords import flag_words
from dashboards.components.grid import sheet_grid
from dashboards.components.links import profile_link
from dashboards.components.sheettable import sheet_table
from dashboards.figures.base import config
from dashboards.figures.years import by_year
from dashboards.palette import theme
from dashboards.views import provenance
from dashboards.views.profile import sources as source_records
from dashboards.views.quality import flags
from dashboards.views.units import units
from ecosystem.tables import split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.provenance import Cell
    from dashboards.views.quality import Flag
    from ecosystem.atlas import Atlas

LISTED = 25


def coverage(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    """What is known of every place, and on which fields."""
    levels = [("unit", tr("Units")), ("municipality", tr("Municipalities"))]
    tables = sheets.coverage(atlas, selection, tr)
    return [
        html.Div([choice("un", tr("Level"), levels, selection.unit), show_as(selection, tr)], className="toolbar"),
        block(
            tr("Actors by place and field, and what kind of source says so"),
            _cells(atlas, selection, tr),
            tr,
            sheet="data/cells",
            twin=sheet_grid("data-cells", sheets.cells(atlas, selection, tr), tr),
            hint=tr("An actor on a field counts under its strongest source; an empty cell is a gap of the data."),
        ),
        block(
            tr("Municipalities, the thinnest first"),
            sheet_table(tables, tr),
            tr,
            sheet="data/coverage",
            twin=sheet_grid("data-coverage", tables, tr),
            hint=tables.notes[0],
        ),
    ]


def show_as(selection: Selection, tr: Translator) -> html.Div:
    """Picture or table."""
    return choice("tab", tr("Show as"), [("0", tr("Picture")), ("1", tr("Table"))], "1" if selection.table else "0")


def _cells(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    """Numbers with a strip of the kinds of sources below each; the legend says which part is which."""
    found, fields = units(atlas, selection.unit), atlas.region.fields
    rows: dict[str, list[Cell]] = {unit: [] for unit in found.ids}
    for cell in provenance.cells(atlas, selection.unit):
        rows[cell.unit_id].append(cell)
    used = dict.fromkeys(kind for row in rows.values() for cell in row for kind, _ in cell.by_kind)
    places = {kind: number for number, kind in enumerate(used)}
    names = sheets.basis_names(tr)
    head = html.Tr([html.Td(), *(html.Th(tr.label(field.short), scope="col", className="number") for field in fields)])
    body = [
        html.Tr(
            [
                html.Th(profile_link("place", unit, name, tr), scope="row"),
                *(_cell(one, places, tr) for one in rows[unit]),
            ]
        )
        for unit, name in zip(found.ids, found.names, strict=True)
    ]
    legend = [
        html.Li([html.Span(className=f"basis-{places[kind]} swatch"), names.get(kind, kind) or tr("no source")])
        for kind in used
    ]
    table = html.Table([html.Thead(head), html.Tbody(body)], className="plain cover-cells")
    return html.Div(
        [html.Div(html.Ul(legend), className="legend flat-legend"), html.Div(table, className="sheet-scroll")]
    )


def _cell(cell: Cell, places: dict[str, int], tr: Translator) -> html.Td:
    strip = [
        html.Span(className=f"basis-{places[kind]}", style={"flexGrow": n})
        for kind, n in sorted(cell.by_kind, key=lambda one: places[one[0]])
    ]
    shown = tr.number(cell.actors) if cell.actors else "–"
    return html.Td(
        [shown, html.Div(strip, className="strip-kinds")], className="number" + ("" if cell.actors else " gap")
    )


def all_sources(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    """Every source."""
    sheet = sheets.sources(atlas, selection, tr)
    grid = html.Div(sheet_grid("data-sources", sheet, tr), className="table tall")
    return [block(tr("Sources with terms and dates"), grid, tr, sheet="data/sources")]


def age(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    """How old the records are."""
    sheet, rows = sheets.years(atlas, selection, tr), provenance.years(atlas)
    if not rows:
        return [html.H2(tr("Age of the records")), html.P(tr("No tie, project or source states a year."))]
    figure = by_year(rows, theme(selection.theme), tr, font_px=selection.font_px)
    graph = dcc.Graph(id="data-years", figure=figure, config=config(tr, "years"), className="fill")
    label = tr(
        "Columns: ties, projects and sources by year from {first} to {last}", first=rows[0].year, last=rows[-1].year
    )
    picture = html.Div(graph, className="figure years-figure", role="img", **attributes({"aria-label": label}))
    return [
        html.Div([show_as(selection, tr)], className="toolbar"),
        block(
            tr("Age of the records"),
            picture,
            tr,
            sheet="data/years",
            graph="data-years",
            twin=sheet_grid("data-years-table", sheet, tr),
            hint=sheet.notes[0],
        ),
        _vintage(atlas, tr),
    ]


def _vintage(atlas: Atlas, tr: Translator) -> html.Section:
    rows = [
        html.Tr([html.Th(tr.label(topic), scope="row"), html.Td(tr.label(told))])
        for topic, told in atlas.region.vintage
    ]
    if not rows:
        return html.Section([html.H2(tr("Vintage")), html.P(tr("The region's description states no vintage."))])
    return html.Section([html.H2(tr("Vintage")), html.Table(html.Tbody(rows), className="plain")])


def points(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    """Points to check with what to do, and how corrections are made."""
    del selection
    found = flags(atlas)
    open_, none = [flag for flag in found if flag.records], [flag for flag in found if not flag.records]
    words = flag_words(tr)
    clear = tr.joined([words[flag.flag].name for flag in none])
    return [
        html.Section(
            [
                html.Div([html.H2(tr("Points to check")), _export(tr)], className="block-head"),
                html.P(
                    tr("Nothing here is wrong for sure. Each point says what it means and what can be done."),
                    className="hint",
                ),
                *[_flag(flag, tr) for flag in open_],
                *([html.P(tr("Looked for and not found: {names}.", names=clear))] if none else []),
            ],
            className="block",
        ),
        corrections(atlas, tr),
    ]


def _export(tr: Translator) -> Component:
    from dashboards.components.block import menu  # noqa: PLC0415

    return menu(tr, sheet="data/flags")


def _flag(flag: Flag, tr: Translator) -> html.Details:
    words, sheet = flag_words(tr)[flag.flag], sheets.flagged(flag, tr)
    count = tr("{n} of {total}", n=tr.number(len(flag.records)), total=tr.number(flag.total))
    return html.Details(
        [
            html.Summary([html.Strong(words.name), html.Span(count, className="count")]),
            html.P(words.meaning),
            html.P([html.Strong(tr("What to do") + ": "), words.cure]),
            sheet_table(sheet, tr, most=LISTED),
        ],
        className="flag",
    )


def projects(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    """The project the address names, above the table of all."""
    sheet = sheets.projects(atlas, selection, tr)
    kind, _, key = selection.focus.partition(":")
    card = _project(atlas, key, tr) if kind == "project" else []
    if not sheet.rows:
        return [html.H2(tr("Projects")), html.P(tr("These data have no projects."))]
    grid = html.Div(sheet_grid("data-projects", sheet, tr), className="table tall")
    return [*card, block(tr("All projects"), grid, tr, sheet="data/projects")]


def _project(atlas: Atlas, key: str, tr: Translator) -> list[Component]:
    found = atlas.tables.projects[atlas.tables.projects["project_id"] == key]
    if found.empty:
        return [
            html.P(tr("There is no project “{id}” in these data; all there are stand below.", id=key), role="status")
        ]
    row = found.iloc[0]
    shares = atlas.tables.participations
    names = dict(zip(atlas.tables.actors["actor_id"], atlas.tables.actors["name"], strict=True))
    mine = shares[shares["project_id"] == key].groupby("actor_id")["funding_eur"].sum(min_count=1)
    fields = [tr.label(atlas.region.field(one).short) for one in split(str(row["fields"]))]
    about = [
        (tr("Id"), key),
        (tr("Year"), "" if row["year"] is None or str(row["year"]) == "<NA>" else str(row["year"])),
        (tr("Programme"), str(row["programme"])),
        (tr("Call"), str(row["call"])),
        (tr("Fields"), ", ".join(fields)),
        (tr("Funding committed"), tr.money(float(mine.sum(min_count=1)))),
        (tr("Source"), _source_words(atlas, str(row["source_id"]))),
    ]
    partners = [
        html.Li([profile_link("actor", str(actor), names[actor], tr), f" {tr.money(float(sum_))}"])
        for actor, sum_ in mine.items()
    ]
    return [
        html.Section(
            [
                html.H2(str(row["title"]), lang="de"),
                html.Dl([part for name, told in about for part in (html.Dt(name), html.Dd(told or tr("not stated")))]),
                html.H3(tr("Actors")),
                html.Ul(partners) if partners else html.P(tr("No actor of these data.")),
            ],
            className="project-card",
        )
    ]


def _source_words(atlas: Atlas, cell: str) -> str:
    return "; ".join(f"{one.title} ({one.publisher})" for one in source_records(atlas, tuple(split(cell))))


def bars(heading: str, counts: Sequence[tuple[str, int]], tr: Translator, hint: str = "") -> html.Section:
    """Classes with their number as bars."""
    top = max((n for _, n in counts), default=1) or 1
    rows = [
        html.Tr(
            [
                html.Th(name, scope="row"),
                html.Td(tr.number(n), className="number"),
                html.Td(
                    html.Span(className="bar-fill", style={"width": f"{100 * n / top:.1f}%"}), className="bar-cell"
                ),
            ]
        )
        for name, n in counts
    ]
    told = [html.P(hint, className="hint")] if hint else []
    return html.Section([html.H2(heading), *told, html.Table(html.Tbody(rows), className="bars")])
