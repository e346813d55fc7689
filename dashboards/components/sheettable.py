"""A sheet as a plain table: readable without a script, and on paper."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components.links import to
from dashboards.language import UNDEFINED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.sheet import Column, Sheet

LINK = "at"
"""A row's key for the address its first cell leads to."""


def sheet_table(sheet: Sheet, tr: Translator, *, bar: str = "", most: int = 0, nothing: str = "") -> Component:
    """Rows of a sheet, the first ``most`` of them; ``bar`` is the column drawn as bars beside its numbers."""
    if not sheet.rows:
        return html.P(nothing or tr("No data on this."), className="empty")
    rows = list(sheet.rows)[:most] if most else list(sheet.rows)
    top = max((_number(row.get(bar)) for row in sheet.rows), default=0) if bar else 0
    table = html.Table(
        [html.Thead(_head(sheet.columns, bar)), html.Tbody([_row(row, sheet.columns, tr, bar, top) for row in rows])],
        className="plain sheet-table",
    )
    return html.Div([table, *_rest(len(sheet.rows) - len(rows), tr)], className="sheet-scroll")


def _rest(left: int, tr: Translator) -> list[Component]:
    if left <= 0:
        return []
    told = tr.plural("{n} more row is in the files (Export).", "{n} more rows are in the files (Export).", left)
    return [html.P(told, className="rest")]


def _head(columns: Sequence[Column], bar: str) -> html.Tr:
    heads: list[Component] = []
    for column in columns:
        heads.append(html.Th(column.name, scope="col", className="" if column.kind == "text" else "number"))
        if column.key == bar:
            heads.append(html.Td(className="bar-cell"))
    return html.Tr(heads)


def _row(row: dict[str, Any], columns: Sequence[Column], tr: Translator, bar: str, top: float) -> html.Tr:
    cells: list[Component] = []
    for place, column in enumerate(columns):
        text = cell_text(row.get(column.key), column, tr)
        if place == 0:
            cells.append(html.Th(to(str(row[LINK]), text) if row.get(LINK) else text, scope="row"))
            continue
        cells.append(html.Td(text, className="" if column.kind == "text" else "number"))
        if column.key == bar:
            width = 100 * _number(row.get(bar)) / top if top else 0
            fill = html.Span(className="bar-fill", style={"width": f"{width:.1f}%"}) if width else ""
            cells.append(html.Td(fill, className="bar-cell"))
    if columns and columns[0].key == bar:
        raise ValueError(f"“{bar}” names the rows: it cannot be drawn as bars.")
    return html.Tr(cells)


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else 0.0


def cell_text(value: Any, column: Column, tr: Translator) -> str:
    """One value as its column says; nothing and NaN are "–"."""
    if value is None or value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return UNDEFINED
    if column.kind == "share":
        return tr.share(float(value), column.digits)
    if column.kind == "money":
        return tr.money(float(value))
    if column.kind in {"number", "mixed"}:
        return tr.number(float(value), column.decimals(value))
    return str(value)
