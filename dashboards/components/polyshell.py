"""The frame of the polycentric page: its ids, which part is on screen, the tools all parts share."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dashboards.components.controls import choice

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection

# the first is what an address without the key, or with one nobody knows, shows
PARTS = ("", "fields", "measures", "clusters")


class Id(StrEnum):
    """Ids of the page."""

    PAGE = "poly-page"
    FINDING = "poly-finding"
    NOTHING = "poly-nothing"
    MAP = "poly-map"
    LINKS = "poly-links"
    COMMUTERS = "poly-commuters"
    FLOWS = "poly-flows"
    MATRIX = "poly-matrix"
    MATRIX_BOX = "poly-matrix-box"
    STATES = "poly-states"
    READING = "poly-reading"
    TABLE = "poly-table"
    CARD = "poly-card"
    SMALL = "poly-small"
    SMALL_BOX = "poly-small-box"
    SMALL_TABLE = "poly-small-table"
    PANEL = "poly-panel"
    PANEL_TABLE = "poly-panel-table"
    ABOUT = "poly-about"
    CURVE = "poly-curve"
    CURVE_NOTE = "poly-curve-note"
    CURVE_TABLE = "poly-curve-table"
    BY_FIELD = "poly-by-field"
    CLUSTERS = "poly-clusters"
    FOOTPRINT = "poly-footprint"
    CLUSTER = "poly-cluster"


def part(selection: Selection) -> str:
    """Which part is on screen."""
    return selection.tab if selection.tab in PARTS else ""


def shell(selection: Selection) -> str:
    """The classes of the page: what is not of the part is hidden by the style sheet."""
    return " ".join(("page", "polycentric", f"part-{part(selection) or 'map'}"))


def toolbar(selection: Selection, tr: Translator) -> list[Component]:
    """What all parts share: which of them, at which level, as picture or table."""
    return [
        choice("part", tr("Part"), _parts(tr), part(selection), on_stage=True),
        choice("un", tr("Level"), _units(tr), selection.unit, on_stage=True),
        choice("tab", tr("Show as"), [("0", tr("Picture")), ("1", tr("Table"))], "1" if selection.table else "0"),
    ]


def _parts(tr: Translator) -> list[tuple[str, str]]:
    return [
        ("", tr("Map and matrix")),
        ("fields", tr("Fields")),
        ("measures", tr("Measures")),
        ("clusters", tr("Clusters")),
    ]


def _units(tr: Translator) -> list[tuple[str, str]]:
    return [("unit", tr("Units")), ("municipality", tr("Municipalities"))]
