"""Words around the matrix of location quotients: its sentence, legend, the card of what is selected, its rows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.links import profile_link, profile_path, to
from dashboards.components.reasons import reason, support_words
from dashboards.components.reference import reference
from dashboards.language import UNDEFINED
from dashboards.views import selected as rules
from dashboards.views.quotients import quotients
from dashboards.views.sheet import Column, Sheet
from ecosystem.measures import Support

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.quotients import Quotient, Quotients
    from ecosystem.atlas import Atlas

MOST = 12
SIGNS = {"cell-full": "✓", "": UNDEFINED}
# smaller than this is told as "less than"
LEAST_P = 0.0001


def finding(view: Quotients, selection: Selection, tr: Translator) -> str:
    """How many cells are specialised, how many of them supported, and against what."""
    if not view.cells:
        return tr("The filters leave nothing to show here.")
    told = tr(
        "Of {cells} shown, {specialised} have a location quotient of 1 or more; {supported} of these hold after "
        "correction for {tests} (Benjamini–Hochberg, alpha = {alpha}).",
        cells=tr.plural("{n} cell", "{n} cells", len(view.cells)),
        specialised=tr.number(len(view.specialised)),
        supported=tr.number(len(view.supported)),
        tests=tr.plural("{n} test", "{n} tests", view.tested),
        alpha=tr.number(view.alpha, 2),
    )
    return f"{told} {reference(selection, view.total, tr)}"


def legend(tr: Translator, *, intervals: bool) -> html.Ul:
    """The four states of a cell by pattern and by word."""
    words = support_words(tr)
    marks = ("point-full", "point-open", "point-line", "") if intervals else ("cell-full", "cell-few", "cell-plain", "")
    texts = (
        words[Support.SUPPORTED],
        tr("{state}: n = memberships of the field here", state=words[Support.TOO_FEW_ACTORS]),
        words[Support.NOT_SPECIALISED],
        words[Support.UNDEFINED],
    )
    return html.Ul(
        [
            *(
                html.Li([html.Span(SIGNS.get(mark, ""), className=f"mark {mark}".strip()), text])
                for mark, text in zip(marks, texts, strict=True)
            ),
            *(
                [html.Li(tr("Bar: 95% interval (Jeffreys), on a log scale; the line in the middle is 1."))]
                if intervals
                else []
            ),
        ]
    )


def side(view: Quotients, atlas: Atlas, selection: Selection, rule: str, tr: Translator) -> list[Component]:
    """What is selected, or else what is worth a look: the supported cells."""
    card = selected_card(view, atlas, rule, tr) if rule else supported_list(view, atlas, tr)
    drawn = tr(
        "p by actor: fields dealt out anew with whole actors, {draws} draws, seed {seed}.",
        draws=tr.number(view.draws),
        seed=view.seed,
    )
    return [
        card,
        html.Div(legend(tr, intervals=selection.intervals), className="legend"),
        html.P(drawn, className="hint"),
    ]


def supported_list(view: Quotients, atlas: Atlas, tr: Translator) -> Component:
    """The supported cells, each a button that selects it."""
    names = dict(zip(view.places.ids, view.places.names, strict=True))
    found = view.supported
    if not found:
        return html.Section(
            [html.H3(tr("Supported specialisations")), html.P(tr("None here: too few actors to be sure of any."))]
        )
    rows = [
        html.Li(
            [
                html.Button(
                    f"{names[cell.place]} · {tr.label(atlas.region.field(cell.field).short)}",
                    className="link",
                    **attributes({"data-set": f"sel=cell:{cell.place}.{cell.field}"}),
                ),
                html.Span(
                    [
                        tr.number(cell.lq, 1),
                        html.Span(f" · {_of(cell, tr)}", className="detail"),
                    ],
                    className="count",
                ),
            ]
        )
        for cell in found[:MOST]
    ]
    more = [html.P(tr("and {n} more in the table", n=tr.number(len(found) - MOST)))] if len(found) > MOST else []
    return html.Section(
        [
            html.H3(tr("Supported specialisations")),
            html.P(tr("Location quotient, memberships of the field of all here"), className="hint"),
            html.Ol(rows, className="flat supported"),
            *more,
        ]
    )


def selected_card(view: Quotients, atlas: Atlas, rule: str, tr: Translator) -> Component:
    """The numbers of the selected cell, or the fields of a place, or the places of a field."""
    kind, _, key = rule.partition(":")
    head: list[Component] = []
    body: list[Component] = []
    if kind == "cell" and key in view.by_key:
        head, body = _cell_card(view, view.by_key[key], atlas, tr)
    elif kind in {"unit", "place"} and key in view.places.ids:
        name = view.places.names[view.places.ids.index(key)]
        head = [profile_link("place", key, name, tr)]
        body = [_list(view, [cell for cell in view.cells if cell.place == key], atlas, tr, by_place=False)]
    elif kind == "field" and key in view.fields:
        head = [profile_link("field", key, tr.label(atlas.region.field(key).name), tr)]
        body = [_list(view, [cell for cell in view.cells if cell.field == key], atlas, tr, by_place=True)]
    else:
        count = len(rules.ids(atlas, rule))
        head = [html.Span(tr.plural("{n} actor selected", "{n} actors selected", count))]
        body = [html.P(tr("The selection is no row, column or cell of this matrix."))]
    ways = [
        to("/netz" if tr.language == "de" else "/network", tr("Show in the network"), class_name="button"),
        html.Button(tr("Clear the selection"), className="button quiet", **attributes({"data-set": "sel="})),
    ]
    return html.Section(
        [html.H3(head), *body, html.Div(ways, className="card-ways")], className="quotient-card", role="status"
    )


def _cell_card(
    view: Quotients, cell: Quotient, atlas: Atlas, tr: Translator
) -> tuple[list[Component], list[Component]]:
    name = view.places.names[view.places.ids.index(cell.place)]
    field = tr.label(atlas.region.field(cell.field).short)
    head = [
        to(profile_path("place", cell.place, tr.language), name),
        html.Span(" · "),
        to(profile_path("field", cell.field, tr.language), field),
    ]
    facts = [
        (tr("Location quotient"), tr.number(cell.lq, 2)),
        (tr("95% interval (Jeffreys)"), _interval(cell, tr)),
        (tr("Memberships"), _of(cell, tr)),
        (tr("Expected from the region's mix"), tr.number(cell.expected, 1)),
        (tr("One membership less or more"), _moved(view, cell, tr)),
        (tr("p (Fisher, one-sided)"), p_words(cell.p, tr)),
        (tr("p by actor"), p_words(cell.p_actors, tr)),
        (tr("q (Benjamini–Hochberg)"), p_words(cell.q, tr)),
    ]
    told = support_words(tr)[cell.state]
    why = f"{told}: {reason(cell.reason, tr)}" if cell.reason and not cell.specialised else told
    return head, [
        html.P(html.Strong(why)),
        html.Dl([part for term, value in facts for part in (html.Dt(term), html.Dd(value))]),
    ]


def _of(cell: Quotient, tr: Translator) -> str:
    return tr("{x} of {n}", x=tr.number(cell.x), n=tr.number(cell.n))


def p_words(value: float, tr: Translator) -> str:
    """A p, which is never 0."""
    if 0 <= value < LEAST_P:
        return tr("less than {least}", least=tr.number(LEAST_P, 4))
    return tr.number(value, 4)


def _interval(cell: Quotient, tr: Translator) -> str:
    if not math.isfinite(cell.low):
        return UNDEFINED
    return tr("{low} to {high}", low=tr.number(cell.low, 2), high=tr.number(cell.high, 2))


def _moved(view: Quotients, cell: Quotient, tr: Translator) -> str:
    less, more = tr.number(view.moved(cell, -1), 2), tr.number(view.moved(cell, 1), 2)
    return tr("{less} or {more}", less=less, more=more)


def _list(view: Quotients, cells: list[Quotient], atlas: Atlas, tr: Translator, *, by_place: bool) -> Component:
    names = dict(zip(view.places.ids, view.places.names, strict=True))
    words = support_words(tr)
    ordered = sorted(cells, key=lambda cell: -cell.lq if math.isfinite(cell.lq) else 1.0)
    return html.Ol(
        [
            html.Li(
                [
                    html.Button(
                        names[cell.place] if by_place else tr.label(atlas.region.field(cell.field).short),
                        className="link",
                        **attributes({"data-set": f"sel=cell:{cell.place}.{cell.field}"}),
                    ),
                    html.Span(
                        f"{tr.number(cell.lq, 1)} · {_of(cell, tr)}",
                        className="count",
                    ),
                    html.Span(words[cell.state], className="state"),
                ]
            )
            for cell in ordered
        ],
        className="flat supported",
    )


def cells_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The matrix as rows."""
    view = quotients(atlas, selection)
    names, words = dict(zip(view.places.ids, view.places.names, strict=True)), support_words(tr)
    columns = (
        Column("place", tr("Unit or municipality"), wide=True),
        Column("field", tr("Field")),
        Column("x", tr("Memberships of the field"), "number"),
        Column("n", tr("Memberships of the place"), "number"),
        Column("expected", tr("Expected"), "number", 1),
        Column("lq", tr("Location quotient"), "number", 2),
        Column("low", tr("Lower limit, 95%"), "number", 2),
        Column("high", tr("Upper limit, 95%"), "number", 2),
        Column("p", tr("p (Fisher)"), "number", 6),
        Column("p_actors", tr("p by actor"), "number", 6),
        Column("q", tr("q"), "number", 6),
        Column("state", tr("Assessment"), wide=True),
        Column("reason", tr("Reason")),
    )
    rows = [
        {
            "id": f"{cell.place}.{cell.field}",
            "place": names[cell.place],
            "field": tr.label(atlas.region.field(cell.field).short),
            **{key: getattr(cell, key) for key in ("x", "n", "expected", "lq", "low", "high", "p", "p_actors", "q")},
            "state": words[cell.state],
            "reason": reason(cell.reason, tr),
        }
        for cell in view.cells
    ]
    return Sheet(finding(view, selection, tr), columns, rows, notes(view, tr), view.sources)


def notes(view: Quotients, tr: Translator) -> tuple[str, ...]:
    """What must be read with the numbers."""
    return (
        tr("The region is the whole: a location quotient compares a place with this region, not with the country."),
        tr("Memberships are counted: an actor with two fields counts in both."),
        tr("Actors are collected, not sampled: read “supported by n actors”, not “significant”."),
        tr(
            "p by actor: fields dealt out anew with whole actors, {draws} draws, seed {seed}.",
            draws=tr.number(view.draws),
            seed=view.seed,
        ),
    )
