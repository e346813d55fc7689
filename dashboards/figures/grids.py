"""What pictures of rows and columns share: headers that can be clicked, the outline of what is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards.figures.base import Figure, layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboards.language import Translator
    from dashboards.palette import Theme


def rows(texts: Sequence[str], rules: Sequence[str]) -> list[dict[str, Any]]:
    """Row headers, left of the picture; ``name`` is the rule that a click selects."""
    return [
        {
            "text": text,
            "name": rule,
            "captureevents": True,
            "xref": "paper",
            "x": 0,
            "xanchor": "right",
            "xshift": -4,
            "y": row,
            "yref": "y",
            "yanchor": "middle",
            "showarrow": False,
            "align": "right",
        }
        for row, (text, rule) in enumerate(zip(texts, rules, strict=True))
    ]


def columns(
    texts: Sequence[str], rules: Sequence[str], middles: Sequence[float], reference: str, size: int
) -> list[dict[str, Any]]:
    """Column headers above the picture, around ``middles`` of the axis ``reference``."""
    return [
        {
            "text": text,
            "name": rule,
            "captureevents": True,
            "xref": reference,
            "x": middle,
            "xanchor": "center",
            "yref": "paper",
            "y": 1,
            "yanchor": "bottom",
            "yshift": 2,
            "showarrow": False,
            "font": {"size": size},
        }
        for text, rule, middle in zip(texts, rules, middles, strict=True)
    ]


def band(row: int | None, column: int | None, shape: tuple[int, int], theme: Theme, reference: str) -> dict[str, Any]:
    """An outline around a cell, or around a whole row or column where the other is ``None``."""
    height, width = shape
    left, right = (0, width) if column is None else (column, column + 1)
    top, bottom = (0, height) if row is None else (row, row + 1)
    x0, x1 = (left / width, right / width) if reference == "paper" else (left - 0.5, right - 0.5)
    return {
        "type": "rect",
        "xref": reference,
        "x0": x0,
        "x1": x1,
        "yref": "y",
        "y0": top - 0.5,
        "y1": bottom - 0.5,
        "line": {"color": theme.text, "width": 4},
    }


def nothing(theme: Theme, tr: Translator, font_px: int) -> Figure:
    """A sentence where the filters leave no row or no column: plotly would draw numbered axes around nothing."""
    sentence = {
        "text": tr("The filters leave nothing to show here."),
        "x": 0.5,
        "y": 0.5,
        "xref": "paper",
        "yref": "paper",
        "showarrow": False,
    }
    hidden = {"visible": False, "fixedrange": True}
    return {"data": [], "layout": layout(theme, tr, font_px, xaxis=hidden, yaxis=hidden, annotations=[sentence])}
