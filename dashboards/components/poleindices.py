"""The panel of polycentricity in words: what each index means, its range, and its value for every basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.indexwords import basis_names, index_meanings, index_names, panel_reason
from dashboards.state import INDICES
from dashboards.views.poleindices import (
    FIRST,
    FUNCTIONAL,
    MORPHOLOGICAL,
    SIZES,
    TIES,
    curves,
    panel,
)
from dashboards.views.sheet import Column, Sheet

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.poleindices import Curve, Panel, Value
    from ecosystem.atlas import Atlas

WHOLE = ("links_present", "flow")


def about(view: Panel, atlas: Atlas, tr: Translator) -> str:
    """What the panel is of."""
    counted = (
        tr.plural("{n} unit", "{n} units", view.places)
        if view.level == "district"
        else tr.plural("{n} municipality", "{n} municipalities", view.places)
    )
    if view.field is None:
        return tr("{places}, all fields.", places=counted)
    return tr("{places}, field {field}.", places=counted, field=tr.label(atlas.region.field(view.field).name))


def panels(view: Panel, tr: Translator) -> list[Component]:
    """The morphological panel and the functional one."""
    kinds = (
        (tr("Morphological: how sizes are spread"), MORPHOLOGICAL, SIZES),
        (tr("Functional: how ties are spread"), FUNCTIONAL, TIES),
    )
    first, further = (
        [
            _table(view, name, tuple(row for row in rows if (row in FIRST) == few), bases, tr)
            for name, rows, bases in kinds
        ]
        for few in (True, False)
    )
    return [*first, html.Details([html.Summary(tr("Further indices")), *further], className="further")]


def _table(view: Panel, caption: str, rows: tuple[str, ...], bases: tuple[str, ...], tr: Translator) -> Component:
    names, meanings, heads = index_names(tr), index_meanings(tr), basis_names(tr, view.year)
    lines = [
        html.Tr(
            [
                html.Th(
                    [
                        html.Strong(names[row]),
                        html.Span(
                            tr("{meaning} Range: {range}.", meaning=meanings[row][0], range=meanings[row][1])
                            if meanings[row][1]
                            else meanings[row][0],
                            className="meaning",
                        ),
                    ],
                    scope="row",
                ),
                *(_cell(view, row, basis, tr) for basis in bases),
            ]
        )
        for row in rows
    ]
    head = html.Tr([html.Th(tr("Index"), scope="col"), *(html.Th(heads[basis], scope="col") for basis in bases)])
    return html.Table(
        [html.Caption(html.H3(caption)), html.Thead(head), html.Tbody(lines)], className="plain index-table"
    )


def _cell(view: Panel, row: str, basis: str, tr: Translator) -> html.Td:
    one = view.values.get((row, basis))
    if one is None:
        return html.Td(html.Span(tr("not computed"), className="reason"), className="number")
    if one.value != one.value:
        told: list[Component | str] = ["–", html.Span(panel_reason(one.reason, tr), className="reason")]
        return html.Td(told, className="number")
    return html.Td([shown(row, one.value, tr), *_beside(view, row, basis, one, tr)], className="number")


def shown(index: str, value: float, tr: Translator) -> str:
    """A value as it is read: shares in per cent, counts whole, the rest to two decimals."""
    if index in {"intercity_share", "primacy_share"}:
        return tr.share(value)
    if index in WHOLE:
        return tr.number(value)
    return tr.number(value, 1 if index == "effective_centres" else 2)


def _beside(view: Panel, row: str, basis: str, one: Value, tr: Translator) -> list[Component]:
    if one.note:
        return [html.Span(one.note, className="reason")]
    error = view.values.get(("zipf_se", basis)) if row == "zipf" else None
    if error is not None:
        return [html.Span(f"± {tr.number(error.value, 2)}", className="reason")]
    of = view.values.get(("links_possible", basis)) if row == "links_present" else None
    return [html.Span(tr("of {n}", n=tr.number(of.value)), className="reason")] if of is not None else []


def curve_finding(found: tuple[Curve, ...], index: str, tr: Translator) -> str:
    """How far the answer depends on the number of centres: a caution before the curve is read."""
    if not found:
        return tr("undefined for these centres")
    one = next((curve for curve in found if curve.basis in {"both", "actors"}), found[0])
    low, high = one.span
    return tr(
        "{basis}: between 4 and {n} centres the index runs from {low} to {high}. What changes along the curve is no "
        "finding; what stays is.",
        basis=basis_names(tr)[one.basis],
        n=tr.number(int(one.centres.max())),
        low=shown(index, low, tr),
        high=shown(index, high, tr),
    )


def index_options(tr: Translator) -> list[dict[str, str]]:
    """The indices that have a curve."""
    names = index_names(tr)
    return [{"value": name, "label": names[name]} for name in INDICES]


def field_table(view: Panel, names: dict[str, str], layer: str, tr: Translator) -> Component:
    """Green's indices field by field, of one layer of ties."""
    rows = view.fields[(view.fields["layer"] == layer).to_numpy()]
    columns = ("p", "delta", "p_sf", "freeman", "intercity_share")
    heads = ("P", "Δ", "P_SF", tr("Freeman"), tr("Between places"))
    lines = [
        html.Tr(
            [
                html.Th(names[str(row["field"])], scope="row"),
                *(html.Td(shown(name, float(row[name]), tr), className="number") for name in columns),
            ]
        )
        for _, row in rows.iterrows()
    ]
    head = html.Tr([html.Th(tr("Field"), scope="col"), *(html.Th(one, scope="col") for one in heads)])
    return html.Table([html.Thead(head), html.Tbody(lines)], className="plain")


def panel_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The panel as rows: one per index and basis."""
    view = panel(atlas, selection)
    names, meanings, heads = index_names(tr), index_meanings(tr), basis_names(tr, view.year)
    rows = [
        {
            "id": f"{row}.{basis}",
            "kind": tr("morphological") if row in MORPHOLOGICAL else tr("functional"),
            "index": names[row],
            "basis": heads[basis],
            "value": one.value,
            "note": one.note or (panel_reason(one.reason, tr) if one.reason else ""),
            "range": meanings[row][1],
            "meaning": meanings[row][0],
        }
        for row in (*MORPHOLOGICAL, *FUNCTIONAL)
        for basis in (SIZES if row in MORPHOLOGICAL else TIES)
        if (one := view.values.get((row, basis))) is not None
    ]
    columns = (
        Column("kind", tr("Kind")),
        Column("index", tr("Index"), wide=True),
        Column("basis", tr("Basis")),
        Column("value", tr("Value"), "number", 3),
        Column("note", tr("Note")),
        Column("range", tr("Range"), wide=True),
        Column("meaning", tr("Meaning"), wide=True),
    )
    return Sheet(tr("Polycentricity, index by index"), columns, rows, notes=(about(view, atlas, tr),))


def curve_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The curves as rows: one per basis and number of centres."""
    found = curves(atlas, selection)
    heads = basis_names(tr)
    rows = [
        {
            "id": f"{one.basis}.{int(m)}",
            "index": index_names(tr)[selection.index],
            "basis": heads[one.basis],
            "centres": int(m),
            "value": float(value),
        }
        for one in found
        for m, value in zip(one.centres, one.values, strict=True)
    ]
    columns = (
        Column("index", tr("Index"), wide=True),
        Column("basis", tr("Basis"), wide=True),
        Column("centres", tr("Number of centres"), "number"),
        Column("value", tr("Value"), "number", 3),
    )
    return Sheet(
        tr("Index over the number of centres"), columns, rows, notes=(curve_finding(found, selection.index, tr),)
    )
