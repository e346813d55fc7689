"""A picture with everything that belongs to it: heading, table twin, export, method, evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.grid import sheet_grid
from dashboards.components.links import evidence_path, method_path, to
from dashboards.regions import file_path

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator


def block(
    heading: str,
    picture: Component,
    tr: Translator,
    *,
    sheet: str,
    graph: str = "",
    twin: Component | None = None,
    measure: str = "",
    hint: str = "",
    class_name: str = "",
) -> html.Section:
    """A section of a page.

    Args:
        heading: what the picture answers.
        picture: shown unless the page shows tables (``tab=1``).
        tr: the reader's language.
        sheet: ``page/name`` of the rows behind the picture, one of the page's ``SHEETS``: what the files hold.
        graph: id of the ``dcc.Graph`` or ``NetView`` that PNG and SVG are made of.
        twin: the same rows as a table, see :func:`dashboards.components.grid.sheet_grid`.
        measure: name of the measure on ``/methode`` and ``/daten``.
        hint: one sentence on how to read it.
        class_name: for the style sheet.
    """
    return html.Section(
        [
            html.Div([html.H2(heading), menu(tr, sheet=sheet, graph=graph, measure=measure)], className="block-head"),
            *([html.P(hint, className="hint")] if hint else []),
            html.Div(picture, className="only-picture"),
            *([html.Div(twin, className="only-table table")] if twin is not None else []),
        ],
        className=f"block {class_name}".strip(),
    )


def menu(tr: Translator, *, sheet: str = "", graph: str = "", measure: str = "") -> html.Details:
    """Files of a picture and its rows, and the ways to method and evidence; opens on click or Enter."""
    pictures = [
        html.Button(name, className="button quiet", **attributes({"data-picture": graph, "data-format": ending}))
        for name, ending in (("PNG", "png"), ("SVG", "svg"))
        if graph
    ]
    files = [
        html.A(
            name,
            href=file_path(f"/export/{sheet}.{ending}"),
            className="button quiet",
            **attributes({"data-export": file_path(f"/export/{sheet}.{ending}")}),
        )
        for name, ending in (("CSV", "csv"), ("XLSX", "xlsx"))
        if sheet
    ]
    ways = [
        to(method_path(measure, tr.language), tr("How it is computed"), class_name="button quiet"),
        to(evidence_path(measure, tr.language), tr("What it rests on"), class_name="button quiet"),
    ]
    return html.Details(
        [
            html.Summary(tr("Export"), className="button quiet"),
            html.Div([*pictures, *files, *(ways if measure else [])], className="block-menu"),
        ],
        className="block-tools",
    )


__all__ = ["block", "menu", "sheet_grid"]
