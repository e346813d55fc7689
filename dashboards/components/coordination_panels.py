"""What the callbacks of the page of pairs put together: picture, sentence, the panel beside it, the sections below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.block import block
from dashboards.components.coordination import (
    ALL_OF,
    MOST_LISTED,
    cannot_tell,
    cards,
    finding,
    hover,
    lines,
    listed,
    quadrant_names,
    readings,
    uncompared,
)
from dashboards.components.coordination_sheets import (
    bridge_sheet,
    candidate_sheet,
    profile_sheet,
    project_sheet,
    quadrant_sheet,
    tie_sheet,
)
from dashboards.components.grid import sheet_grid
from dashboards.components.nothing import filtered_out
from dashboards.components.pair import bridges, candidates, card, profiles, projects, ties
from dashboards.figures.coordination import scatter
from dashboards.palette import theme
from dashboards.views.coordination import PARALLEL, QUADRANTS, calls, field_of, pairs
from dashboards.views.filters import actor_mask, culprit
from dashboards.views.pair import pair_view

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.figures.base import Figure
    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.coordination import Pair, Pairs
    from dashboards.views.pair import PairView
    from ecosystem.atlas import Atlas

MANY_LABELS, FEW_LABELS = 9, 6


def drawn(atlas: Atlas, selection: Selection, tr: Translator) -> Figure:
    """The picture of the pairs."""
    view = pairs(atlas, selection)
    names = quadrant_names(view.split_y, tr)
    counted = {name: f"{called} · {tr.number(len(view.within(name)))}" for name, called in names.items()}
    axes = (_overlap_name(atlas, view.field, tr), tr("Recorded ties"))
    chosen = view.pair(selection.pair)
    roomy = selection.projector == "0" and not selection.narrow
    return scatter(
        view,
        counted,
        axes,
        [hover(row, names, tr) if row.quadrant else "" for row in view.rows],
        theme(selection.theme),
        tr,
        font_px=selection.font_px,
        selected=chosen.id if chosen else "",
        labels=MANY_LABELS if roomy else FEW_LABELS,
    )


def _overlap_name(atlas: Atlas, field: str, tr: Translator) -> str:
    if not field:
        return tr("Overlap of the profiles")
    name = tr.label(atlas.region.field(field).short)
    return tr("Share that {field} has in both profiles at least", field=name)


def statement(atlas: Atlas, selection: Selection, tr: Translator) -> tuple[Any, ...]:
    """Sentence, dividing lines, quadrants, and what is said where nothing can be compared."""
    view = pairs(atlas, selection)
    return (
        finding(view, tr),
        lines(view, selection, tr),
        cards(view, selection.pair, tr),
        _nothing(atlas, selection, view, tr),
    )


def _nothing(atlas: Atlas, selection: Selection, view: Pairs, tr: Translator) -> list[Component] | Component:
    if not actor_mask(atlas, selection).any():
        return filtered_out(tr, culprit(atlas, selection))
    if selection.call and selection.call not in dict(calls(atlas.tables)):
        told = tr("The data name no call “{call}”.", call=selection.call)
        back = html.Button(tr("All calls"), className="button", **attributes({"data-set": "call="}))
        return html.Div([html.P(told), back], className="nothing", role="status")
    if view.places < 2:
        return _said(tr("There is one place only, so there is no pair to compare."))
    if len(view.rows) == view.undefined:
        told = uncompared(view, tr) or tr("No pair passes the filter on cities.")
        return _said(told)
    if selection.fields and len(selection.fields) > 1 and not view.field:
        told = tr(
            "The filter leaves several fields; whole profiles are compared. Choose one field above to compare it."
        )
        return html.P(told, className="hint", role="status")
    more = uncompared(view, tr)
    return html.P(more, className="hint") if more else []


def _said(text: str) -> html.Div:
    return html.Div(html.P(text), className="nothing", role="status")


def panel(atlas: Atlas, selection: Selection, tr: Translator) -> tuple[Component, dict[str, str]]:
    """The pair, the pairs of a quadrant, or the points to check; and the hint that may be dismissed."""
    view = pairs(atlas, selection)
    if selection.pair.startswith(ALL_OF) and selection.pair.removeprefix(ALL_OF) in QUADRANTS:
        return _quadrant(view, selection.pair.removeprefix(ALL_OF), scope(atlas, selection, view), tr), {}
    chosen = pair_view(atlas, selection)
    if chosen is not None:
        hint = _hint(atlas, selection, view, chosen.pair, tr) if chosen.pair.quadrant == PARALLEL else {}
        return card(chosen, view.split_y, tr), hint
    gone = []
    if selection.pair:
        told = tr("The pair of this link is not among the places shown. Level or filters may have changed.")
        gone = [html.P(told, className="nothing", role="status")]
    return html.Div([*gone, _hints(view, scope(atlas, selection, view), tr)]), {}


def scope(atlas: Atlas, selection: Selection, view: Pairs) -> str:
    """What a hint belongs to, beside its pair: dismissed for one field it still stands for another."""
    return f"{view.level}|{field_of(atlas, selection)}|{selection.call}"


def _hint(atlas: Atlas, selection: Selection, view: Pairs, pair: Pair, tr: Translator) -> dict[str, str]:
    field = field_of(atlas, selection)
    return {
        "key": f"{scope(atlas, selection, view)}|{pair.id}",
        "pair": f"{pair.name} – {pair.partner_name}",
        "field": tr.label(atlas.region.field(field).short) if field else tr("all fields"),
        "call": selection.call or tr("all calls"),
        "level": tr("Municipalities") if view.level == "municipality" else tr("Units"),
    }


def _hints(view: Pairs, of: str, tr: Translator) -> html.Div:
    rows = view.within(PARALLEL)
    few = sum(row.few for row in rows)
    weak = [html.P(tr.plural("{n} of them rests on few actors", "{n} of them rest on few actors", few))] if few else []
    rest = len(rows) - MOST_LISTED
    more = [html.P(tr("{n} more stand in the table.", n=tr.number(rest)), className="hint")] if rest > 0 else []
    return html.Div(
        [
            html.H2(tr("Points to check: similar and hardly in contact")),
            html.P(
                tr("Points to check: {open} open, {dismissed} dismissed", open=tr.number(len(rows)), dismissed="0"),
                className="hint-count",
                **attributes(
                    {"data-hints": str(len(rows)), "data-scope": of, "data-all": " ".join(row.id for row in rows)}
                ),
            ),
            *weak,
            html.P(tr("First those whose ties fall furthest short of what chance would give."), className="hint"),
            listed(rows, tr, scope=of),
            *more,
            html.P(cannot_tell(tr), className="hint"),
        ]
    )


def _quadrant(view: Pairs, name: str, of: str, tr: Translator) -> html.Div:
    rows = view.within(name)
    close = html.Button(
        "×", className="button quiet", **attributes({"data-set": "pair=", "aria-label": tr("Close the quadrant")})
    )
    rest = len(rows) - MOST_LISTED
    more = [html.P(tr("{n} more stand in the table.", n=tr.number(rest)), className="hint")] if rest > 0 else []
    heading = html.H2(f"{quadrant_names(view.split_y, tr)[name]} · {tr.plural('{n} pair', '{n} pairs', len(rows))}")
    return html.Div(
        [
            html.Div([heading, close], className="drawer-head"),
            html.P(readings(tr)[name]),
            listed(rows, tr, scope=of if name == PARALLEL else ""),
            *more,
        ]
    )


def details(atlas: Atlas, selection: Selection, tr: Translator) -> tuple[list[Component], Component]:
    """All about the chosen pair, and the table of quadrants by field."""
    view = pair_view(atlas, selection)
    return ([] if view is None else _sections(atlas, selection, view, tr)), _tallied(atlas, selection, tr)


def _sections(atlas: Atlas, selection: Selection, view: PairView, tr: Translator) -> list[Component]:
    name = f"{view.pair.name} – {view.pair.partner_name}"
    made: list[tuple[str, Any, list[Component], str, str]] = [
        (tr("Profiles side by side"), profile_sheet, [profiles(atlas, view, tr)], "pair-profiles", "coordination"),
        (
            tr.plural("{n} recorded tie between them", "{n} recorded ties between them", len(view.ties)),
            tie_sheet, ties(atlas, view, tr), "pair-ties", "coordination",
        ),
        (
            tr("Projects by programme and call"),
            project_sheet, projects(atlas, view, tr), "pair-projects", "coordination",
        ),
        (tr("Actors that bridge both places"), bridge_sheet, bridges(atlas, view, tr), "pair-bridges", "coordination"),
        (tr("Possible partners"), candidate_sheet, candidates(atlas, view, tr), "candidates", "complementarity"),
    ]  # fmt: skip
    parts = [
        block(
            heading,
            html.Div(
                content, className="pair-section", tabIndex=0, role="group", **attributes({"aria-label": heading})
            ),
            tr,
            sheet=f"coordination/{slug}",
            measure=measure,
            twin=sheet_grid(f"coord-{slug}", sheet(atlas, selection, tr), tr),
            class_name=slug,
        )
        for heading, sheet, content, slug, measure in made
    ]
    return [html.H2(name, id="pair-details", className="pair-name"), *parts]


def _tallied(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    """Fields as rows, quadrants as columns."""
    sheet = quadrant_sheet(atlas, selection, tr)
    heads = list(dict.fromkeys(row["quadrant"] for row in sheet.rows))
    cells: dict[str, dict[str, str]] = {}
    for row in sheet.rows:
        few = tr("({n} few actors)", n=tr.number(row["few"])) if row["few"] else ""
        cells.setdefault(row["field"], {})[row["quadrant"]] = f"{tr.number(row['pairs'])} {few}".strip()
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in (tr("Field"), *heads)]))
    body = html.Tbody(
        [
            html.Tr([html.Th(field, scope="row"), *(html.Td(told[name], className="number") for name in heads)])
            for field, told in cells.items()
        ]
    )
    return html.Table([head, body], className="plain")
