"""Small tables of a few rows, read at a glance; large ones are grids (:mod:`dashboards.components.grid`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component


def plain_table(
    heads: Sequence[str], rows: Sequence[Sequence[Component | str]], *, caption: str, text_columns: int = 1
) -> html.Table:
    """A table with its name for screen readers; the first ``text_columns`` are text, the others numbers."""
    return html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(
                html.Tr([html.Th(head, scope="col", className=_side(i, text_columns)) for i, head in enumerate(heads)])
            ),
            html.Tbody([_row(row, text_columns) for row in rows]),
        ],
        className="plain compact",
    )


def _row(row: Sequence[Component | str], text_columns: int) -> html.Tr:
    first, *rest = row
    return html.Tr(
        [
            html.Th(first, scope="row"),
            *(html.Td(cell, className=_side(i, text_columns)) for i, cell in enumerate(rest, start=1)),
        ]
    )


def _side(column: int, text_columns: int) -> str:
    return "text" if column < text_columns else "number"
