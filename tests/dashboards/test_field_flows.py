"""Small maps, commuters, figures per unit and footprints: by hand on the toy region, as sums on the default one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboards.components.polysheets import flow_sheet
from dashboards.language import translator
from dashboards.state import MAP_MEASURES, Selection
from dashboards.views.commuting import commuting
from dashboards.views.fieldflows import field_flow_sheet, field_maps
from dashboards.views.filters import linked_pairs, subset
from dashboards.views.footprint import footprint, footprint_sheet
from dashboards.views.polycentric import inner_flows, region_map
from dashboards.views.unitfigures import unit_figures

if TYPE_CHECKING:
    from dashboards.views.fieldflows import FieldFlows
    from ecosystem.atlas import Atlas


def asked(query: str = "") -> Selection:
    return Selection.from_query(query)


def by_field(atlas: Atlas, query: str = "") -> dict[str, FieldFlows]:
    return {one.field_id: one for one in field_maps(atlas, asked(query)).fields}


def test_flows_of_a_field_by_hand(toy: Atlas) -> None:
    energy, care = by_field(toy)["energy"], by_field(toy)["care"]
    assert (energy.sizes, care.sizes) == ((4, 1, 1), (1, 3, 1))
    assert [(flow.source, flow.target, flow.pairs, flow.direct, flow.joint) for flow in energy.flows] == [
        ("XX111", "XX113", 2, 1, 2),
        ("XX111", "XX112", 1, 0, 1),
    ]
    # a-college, a-grid, a-town and a-works are all in P1; b-clinic, b-institute and b-labs in P2
    assert (energy.inner_pairs, care.inner_pairs) == (6, 3)
    assert (energy.share, care.share) == (pytest.approx(3 / 9), pytest.approx(2 / 5))
    assert care.effective_units == pytest.approx(np.exp(-(0.6 * np.log(0.6) + 2 * 0.2 * np.log(0.2))))


def test_flows_of_a_field_are_those_of_its_filter(ruhr: Atlas) -> None:
    for field, one in by_field(ruhr).items():
        alone = region_map(ruhr, asked(f"f={field}"))
        assert one.flows == alone.flows
        assert one.sizes == alone.sizes
        assert one.inner_pairs + one.outer_pairs == alone.pairs


def test_all_maps_have_one_scale_and_follow_the_filters(toy: Atlas, bare: Atlas) -> None:
    assert field_maps(toy, asked()).top == 2
    assert set(by_field(toy, "f=care")) == {"care"}
    assert by_field(toy, "t=member_of")["energy"].flows == ()
    assert by_field(toy, "f=") == {}
    for one in field_maps(bare, asked()).fields:
        assert (one.actors, one.flows) == (0, ())
        assert np.isnan([one.share, one.effective_units]).all()


def test_the_rows_behind_the_small_maps_leave_weak_flows_out(toy: Atlas) -> None:
    assert len(field_flow_sheet(toy, asked(), translator("en")).rows) == 4
    (row,) = field_flow_sheet(toy, asked("min=2&lang=en"), translator("en")).rows
    assert (row["field"], row["source"], row["target"], row["pairs"]) == ("Energy", "Ahausen", "Cedorf", 2)


def test_commuters_against_ties_by_hand(toy: Atlas) -> None:
    found = commuting(toy, asked())
    told = {(one.source, one.target): one for one in found.pairs}
    # Ahausen → Bestadt 100 and back 400; Ahausen ↔ Cedorf 50 and 200; Bestadt ↔ Cedorf 50 and 100
    assert {key: (one.commuters, one.pairs) for key, one in told.items()} == {
        ("XX111", "XX112"): (500, 1),
        ("XX111", "XX113"): (250, 2),
        ("XX112", "XX113"): (150, 1),
    }
    assert [one.commuters_rank for one in found.pairs] == [1, 2, 3]
    assert [one.pairs_rank for one in found.pairs] == [2, 1, 2]
    # ranks 3, 2, 1 against 1.5, 3, 1.5
    assert found.rho == pytest.approx(0)
    assert found.untied == ()


def test_pairs_that_commute_without_a_tie(toy: Atlas) -> None:
    found = commuting(toy, asked("t=member_of"))
    assert [(one.source, one.target) for one in found.untied] == [("XX111", "XX112"), ("XX111", "XX113")]
    assert found.rho == pytest.approx(np.corrcoef([3, 2, 1], [1.5, 1.5, 3])[0, 1])
    # nothing varies where nobody is tied
    assert np.isnan(commuting(toy, asked("t=")).rho)


def test_commuters_exist_between_districts_only(ruhr: Atlas, bare: Atlas) -> None:
    whole = commuting(ruhr, asked())
    assert len(whole.pairs) == 15 * 14 / 2
    assert whole.year == 2023
    assert sum(one.commuters for one in whole.pairs) == int(ruhr.tables.flows["commuters"].sum())
    assert sum(one.pairs for one in whole.pairs) == region_map(ruhr, asked()).intercity_pairs
    towns = commuting(ruhr, asked("un=municipality"))
    assert (towns.year, towns.pairs) == (2023, ())
    assert commuting(bare, asked()).year is None


@pytest.mark.parametrize("query", ["", "f=care", "t=funds", "s=politics", "f="])
def test_rows_between_and_inside_units_are_all_pairs(toy: Atlas, ruhr: Atlas, query: str) -> None:
    for atlas in (toy, ruhr):
        for unit in ("unit", "municipality"):
            selection = asked(f"{query}&un={unit}")
            rows = flow_sheet(atlas, selection, translator("de")).rows
            assert sum(row["pairs"] for row in rows) == region_map(atlas, selection).pairs
            assert all(flow.source == flow.target for flow in inner_flows(atlas, selection))


def test_figures_per_unit_by_hand(toy: Atlas) -> None:
    view = unit_figures(toy, asked())
    assert view.values("actors") == [5, 4, 3]
    # 12 of 16 pairs stay inside: 16 + 4 ends are counted
    assert sum(view.values("ties")) == 20
    leaving = np.array([3, 2, 3])
    assert view.values("intercity") == pytest.approx(list(leaving / view.ties))
    for measure in MAP_MEASURES:
        assert len(view.values(measure)) == 3


def test_figures_per_unit_add_up(ruhr: Atlas) -> None:
    view, left = unit_figures(ruhr, asked()), subset(ruhr, asked())
    i, j, _, _ = linked_pairs(left)
    a, b = view.units.of_actor[i], view.units.of_actor[j]
    assert view.ties.sum() == ((a >= 0).astype(int) + ((b >= 0) & (a != b))).sum()
    assert ((view.evidence >= 0) & (view.evidence <= 1)).all()
    empty = unit_figures(ruhr, asked("f="))
    assert empty.actors.sum() == empty.ties.sum() == 0
    assert np.isnan(empty.intercity).all()
    assert np.isnan(empty.evidence).all()


def test_the_footprint_is_the_chosen_cluster_s_else_the_largest_s(toy: Atlas, bare: Atlas) -> None:
    second = footprint(toy, asked("cl=c02"))
    assert second.cluster is not None
    assert (second.cluster.cluster_id, second.sizes, second.chosen) == ("c02", (0, 4, 1), True)
    for query in ("", "cl=c01,c02", "cl=c99", "cl="):
        first = footprint(toy, asked(query))
        assert first.cluster is not None
        assert (first.cluster.cluster_id, first.sizes, first.chosen) == ("c01", (3, 0, 2), False)
    rows = footprint_sheet(toy, asked(), translator("en")).rows
    assert [(row["unit"], row["actors"], row["share"]) for row in rows] == [("Ahausen", 3, 0.6), ("Cedorf", 2, 0.4)]
    nobody = footprint(bare, asked())
    assert (nobody.cluster, set(nobody.sizes)) == (None, {0})
