"""Tables: AG Grid (community) in the app's theme and language."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import dash_ag_grid as dag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.sheet import Column, Sheet

Row = dict[str, Any]

# colours are the app's CSS variables, so that a change of theme needs no new table
THEME = (
    "themeQuartz.withParams({backgroundColor: 'var(--ground)', foregroundColor: 'var(--text)', "
    "headerBackgroundColor: 'var(--surface)', borderColor: 'var(--line)', accentColor: 'var(--accent)', "
    "chromeBackgroundColor: 'var(--surface)', headerTextColor: 'var(--text)', browserColorScheme: 'inherit', "
    "fontFamily: 'inherit', fontSize: 'var(--table-font)', headerFontSize: 'var(--table-font)', spacing: 7, "
    "wrapperBorderRadius: 6})"
)

COLUMN = {
    "resizable": True,
    "sortable": True,
    "filter": True,
    "minWidth": 90,
    "flex": 1,
    "wrapHeaderText": True,
    "autoHeaderHeight": True,
}


def grid(
    grid_id: str,
    columns: Sequence[dict[str, Any]],
    rows: Sequence[Row],
    tr: Translator,
    *,
    selectable: bool = False,
    height: str = "100%",
) -> Component:
    """A table with sorting, filtering and copying; rows have an ``id``."""
    options: dict[str, Any] = {
        "animateRows": False,
        "enableCellTextSelection": True,
        "ensureDomOrder": True,
        "localeText": _words(tr),
        "pagination": False,
        "theme": {"function": THEME},
    }
    if selectable:
        options["rowSelection"] = {
            "mode": "multiRow",
            "enableClickSelection": False,
            "checkboxes": True,
            "headerCheckbox": False,
        }
    made: Component = dag.AgGrid(
        id=grid_id,
        columnDefs=[*columns],
        rowData=[*rows],
        defaultColDef=COLUMN,
        dashGridOptions=options,
        getRowId="params.data.id",
        style={"height": height, "width": "100%"},
        className="grid",
        dangerously_allow_code=False,
    )
    return made


def sheet_grid(grid_id: str, sheet: Sheet, tr: Translator, *, selectable: bool = False) -> Component:
    """The rows of a sheet as a table."""
    return grid(grid_id, sheet_columns(sheet, tr), sheet_rows(sheet), tr, selectable=selectable)


def empty_grid(grid_id: str, tr: Translator, *, selectable: bool = False) -> Component:
    """A table before its columns and rows come with the picture (:func:`filling`)."""
    return grid(grid_id, [], [], tr, selectable=selectable)


def filling(sheet: Sheet, tr: Translator) -> tuple[list[dict[str, Any]], list[Row]]:
    """Columns and rows of a sheet, for a grid that waits for both."""
    return roomy(sheet_columns(sheet, tr)), sheet_rows(sheet)


def roomy(columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Columns no narrower than the longest word of their heading, so that no word is broken."""
    widths = [max(len(word) for word in str(one["headerName"]).split()) for one in columns]
    return [
        # the sign of a filter stands beside the heading
        {**one, "minWidth": max(one.get("minWidth", 90), (64 if one.get("filter", True) else 32) + 9 * width)}
        for one, width in zip(columns, widths, strict=True)
    ]


def sheet_columns(sheet: Sheet, tr: Translator) -> list[dict[str, Any]]:
    """The columns of a sheet for the grid."""
    return [_column(column, tr) for column in sheet.columns]


def _column(column: Column, tr: Translator) -> dict[str, Any]:
    if column.kind == "text":
        return text_column(column.key, column.name, 2 if column.wide else 1, minWidth=200 if column.wide else 120)
    if column.kind == "year":
        return {"field": column.key, "headerName": column.name, "minWidth": 90, "filter": "agNumberColumnFilter"}
    name = f"{column.name} (%)" if column.kind == "share" else column.name
    name = f"{name} (€)" if column.kind == "money" else name
    return number_column(column.key, name, tr, column.digits, mixed=column.kind == "mixed")


def sheet_rows(sheet: Sheet) -> list[Row]:
    """The rows of a sheet for the grid: shares in per cent, undefined as nothing."""
    shares = {column.key for column in sheet.columns if column.kind == "share"}
    return [{key: _shown(value, share=key in shares) for key, value in row.items()} for row in sheet.rows]


def _shown(value: Any, *, share: bool) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return 100 * value if share and value is not None else value


def number_column(
    field: str, name: str, tr: Translator, digits: int = 0, width: int = 100, *, mixed: bool = False
) -> dict[str, Any]:
    """A right-aligned column of numbers in the reader's format, whole ones of ``mixed`` whole; undefined is "–"."""
    whole = ", true" if mixed else ""
    return {
        "field": field,
        "headerName": name,
        "type": "rightAligned",
        "filter": "agNumberColumnFilter",
        "valueFormatter": {"function": f"ecosystemNumber(params.value, {digits}, '{tr.language}'{whole})"},
        "flex": 1,
        "minWidth": width,
    }


def text_column(field: str, name: str, flex: int = 1, **more: Any) -> dict[str, Any]:
    """A column of text, sorted as a dictionary does (ä = a)."""
    return {
        "field": field,
        "headerName": name,
        "flex": flex,
        "tooltipField": field,
        "comparator": {"function": "ecosystemCompare"},
        **more,
    }


def _words(tr: Translator) -> dict[str, str]:
    """The words AG Grid itself shows."""
    return {
        "contains": tr("contains"),
        "notContains": tr("does not contain"),
        "equals": tr("equals"),
        "notEqual": tr("does not equal"),
        "startsWith": tr("begins with"),
        "endsWith": tr("ends with"),
        "blank": tr("is empty"),
        "notBlank": tr("is not empty"),
        "greaterThan": tr("greater than"),
        "greaterThanOrEqual": tr("at least"),
        "lessThan": tr("less than"),
        "lessThanOrEqual": tr("at most"),
        "inRange": tr("between"),
        "inRangeStart": tr("from"),
        "inRangeEnd": tr("to"),
        "andCondition": tr("and"),
        "orCondition": tr("or"),
        "filterOoo": tr("Filter …"),
        "searchOoo": tr("Search …"),
        "noRowsToShow": tr("No rows"),
        "loadingOoo": tr("Loading …"),
        "ariaColumnFiltered": tr("column filtered"),
        "ariaFilterMenuOpen": tr("open the filter menu"),
        "ariaFilterValue": tr("filter value"),
        "ariaFilteringOperator": tr("filter operator"),
        "ariaRowSelect": tr("Press space to select this row"),
        "ariaRowDeselect": tr("Press space to deselect this row"),
        "ariaToggleSelectRow": tr("Press space to toggle the selection of this row"),
        "ariaRowToggleSelection": tr("Press space to toggle the selection of this row"),
        "ariaLabelSelectField": tr("Select a field"),
        "selectAll": tr("Select all"),
        "pinColumn": tr("Pin column"),
        "autosizeThisColumn": tr("Fit this column"),
        "autosizeAllColumns": tr("Fit all columns"),
        "resetColumns": tr("Reset columns"),
    }
