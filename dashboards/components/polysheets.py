"""The rows behind map and matrix: units × fields, flows between units, commuters beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.figures.matrix import support_text
from dashboards.views.commuting import commuting
from dashboards.views.polycentric import field_matrix, inner_flows, region_map
from dashboards.views.sheet import Column, Sheet

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas


def matrix_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """One row per unit and field."""
    view = field_matrix(atlas, selection)
    names = dict(zip(view.units, view.names, strict=True))
    rows = [
        {
            "id": f"{cell.unit}.{cell.field}",
            "unit": names[cell.unit],
            "field": tr.label(atlas.region.field(cell.field).short),
            "actors": cell.actors,
            "share": cell.share,
            "x": cell.memberships,
            "lq": cell.lq,
            "low": cell.low,
            "high": cell.high,
            "state": support_text(cell.state, tr),
        }
        for cell in view.cells
    ]
    columns = (
        Column("unit", tr("Unit or municipality"), wide=True),
        Column("field", tr("Field"), wide=True),
        Column("actors", tr("Actors (fractional)"), "number", 1),
        Column("share", tr("Share"), "share"),
        Column("x", tr("Memberships"), "number"),
        Column("lq", tr("Location quotient"), "number", 2),
        Column("low", tr("Lower limit, 95%"), "number", 2),
        Column("high", tr("Upper limit, 95%"), "number", 2),
        Column("state", tr("Assessment"), wide=True),
    )
    notes = (
        tr("The region is the whole: a location quotient compares a place with this region, not with the country."),
        tr("Actors are collected, not sampled: supported means by enough actors, it is no test of a sample."),
    )
    return Sheet(tr("Units and fields"), columns, rows, notes)


def flow_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Linked pairs by the units of their ends, those inside one unit, too: all rows add up to all pairs."""
    view = region_map(atlas, selection)
    known = {frozenset((pair.source, pair.target)): pair for pair in commuting(atlas, selection).pairs}
    name = dict(zip(view.units.ids, view.units.names, strict=True))
    rows = []
    for flow in (*view.flows, *inner_flows(atlas, selection)):
        pair = known.get(frozenset((flow.source, flow.target)))
        rows.append(
            {
                "id": f"{flow.source}.{flow.target}",
                "source": name[flow.source],
                "target": name[flow.target],
                "pairs": flow.pairs,
                "direct": flow.direct,
                "joint": flow.joint,
                "commuters": float("nan") if pair is None else pair.commuters,
            }
        )
    columns = (
        Column("source", tr("One end"), wide=True),
        Column("target", tr("Other end"), wide=True),
        Column("pairs", tr("Linked pairs"), "number"),
        Column("direct", tr("Recorded ties"), "number"),
        Column("joint", tr("Joint projects"), "number"),
        Column("commuters", tr("Commuters, both directions"), "number"),
    )
    notes = (tr("Both ends inside the region. Commuters exist between districts and independent cities only."),)
    return Sheet(tr("Links between and inside units"), columns, rows, notes)
