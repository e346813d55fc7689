"""Which unit carries which field and how units hang together: by hand, and as the measures say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from dashboards.state import SORTS, Selection
from dashboards.views.polycentric import cluster_rows, field_matrix, region_map
from dashboards.views.units import outlines, units
from ecosystem.affiliations import actor_places
from ecosystem.measures.specialisation import Support, location_quotient, lq_table
from ecosystem.projections import between_groups, co_participation, direct_ties

if TYPE_CHECKING:
    from dashboards.views.polycentric import Cell, FieldMatrix, Flow
    from ecosystem.atlas import Atlas


def matrix(atlas: Atlas, query: str = "") -> FieldMatrix:
    return field_matrix(atlas, Selection.from_query(query))


def flows(atlas: Atlas, query: str = "") -> dict[tuple[str, str], Flow]:
    return {(flow.source, flow.target): flow for flow in region_map(atlas, Selection.from_query(query)).flows}


def test_counts_and_shares_by_hand(toy: Atlas) -> None:
    view = matrix(toy)
    assert (view.units, view.names) == (("XX111", "XX112", "XX113"), ("Ahausen", "Bestadt", "Cedorf"))
    assert (view.fields, view.sizes) == (("energy", "care"), (5, 4, 3))
    assert view.values("count").tolist() == [[3.5, 0.5], [0.25, 2.75], [1, 1]]
    assert view.values("share") == pytest.approx(np.array([[7 / 8, 1 / 8], [1 / 12, 11 / 12], [1 / 2, 1 / 2]]))


def test_location_quotients_by_hand(toy: Atlas) -> None:
    view = matrix(toy)
    # memberships: Ahausen 4 and 1, Bestadt 1 and 3, Cedorf 1 and 1; all 6 and 5
    assert [(cell.memberships, cell.unit_memberships) for cell in view.cells] == [
        (4, 5), (1, 5), (1, 4), (3, 4), (1, 2), (1, 2),
    ]  # fmt: skip
    assert view.values("lq") == pytest.approx(np.array([[44 / 30, 11 / 25], [11 / 24, 33 / 20], [11 / 12, 11 / 10]]))


def test_cells_are_the_measures_rows(toy: Atlas, ruhr: Atlas) -> None:
    for atlas in (toy, ruhr):
        places = atlas.tables.places
        inside = places.loc[places["in_region"], "place_id"]
        counts = atlas.place_field("full").loc[inside]
        told = lq_table(counts).set_index(["place", "field"])
        view = matrix(atlas, "un=municipality")
        assert len(view.cells) == len(told)
        for cell in view.cells:
            row = told.loc[(cell.unit, cell.field)]
            expected = (row["x"], row["n"], row["lq"], row["low"], row["high"], row["q"])
            shown = (cell.memberships, cell.unit_memberships, cell.lq, cell.low, cell.high, cell.q)
            assert shown == pytest.approx(expected, nan_ok=True)
            assert cell.state == row["state"]


def test_districts_are_the_sums_of_their_municipalities(ruhr: Atlas) -> None:
    districts, places = matrix(ruhr, "un=unit"), matrix(ruhr, "un=municipality")
    of_place = units(ruhr, "unit").of_place
    summed = (
        pd.DataFrame(places.values("count"), index=[of_place[unit] for unit in places.units]).groupby(level=0).sum()
    )
    assert districts.values("count") == pytest.approx(summed.loc[list(districts.units)].to_numpy())
    assert sum(districts.sizes) == sum(places.sizes)


def test_the_matrix_adds_up_to_the_regions_actors_with_a_field(ruhr: Atlas) -> None:
    places = ruhr.tables.places
    inside = places.loc[places["in_region"], "place_id"]
    expected = ruhr.place_field().loc[inside]
    view = matrix(ruhr)
    assert view.values("count").sum(axis=0) == pytest.approx(expected.sum(axis=0).to_numpy())
    at_home = ruhr.tables.actors["place_id"].isin(inside).to_numpy()
    with_field = np.asarray(ruhr.fields_of_actors.csr.sum(axis=1)).ravel() > 0
    assert view.values("count").sum() == pytest.approx((at_home & with_field).sum())
    assert sum(view.sizes) == at_home.sum()


def cells(view: FieldMatrix) -> dict[tuple[str, str], Cell]:
    return {(cell.unit, cell.field): cell for cell in view.cells}


def test_fields_and_places_hide_but_do_not_change_the_reference(toy: Atlas, ruhr: Atlas) -> None:
    for atlas, query in ((toy, "f=care&r=XX111,XX113"), (ruhr, "f=green,health&r=05113000,05112000")):
        everything = cells(matrix(atlas, "un=municipality"))
        some = matrix(atlas, query + "&un=municipality")
        assert 0 < len(some.cells) < len(everything)
        for key, cell in cells(some).items():
            assert repr(cell) == repr(everything[key])


def test_sectors_and_clusters_change_what_is_counted_and_the_reference(toy: Atlas) -> None:
    # industry alone: grid, works (Ahausen, energy), labs (Bestadt, care), motors (Cedorf, energy)
    view = matrix(toy, "s=industry")
    assert view.values("count").tolist() == [[2, 0], [0, 1], [1, 0]]
    assert view.values("lq") == pytest.approx(np.array([[4 / 3, 0], [0, 4], [4 / 3, 0]]))
    assert view.sizes == (2, 1, 1)
    assert matrix(toy, "cl=c02").values("count").tolist() == [[0, 0], [0.25, 2.75], [0, 1]]


def test_a_place_without_a_field_has_no_quotient_and_no_share(toy: Atlas) -> None:
    view = matrix(toy, "s=politics")
    assert view.values("count").tolist() == [[0, 0]] * 3
    assert np.isnan(view.values("share")).all()
    assert np.isnan(view.values("lq")).all()
    assert {cell.state for cell in view.cells} == {str(Support.UNDEFINED)}


def test_one_city_alone_is_undefined_throughout(bare: Atlas) -> None:
    view = matrix(bare)
    assert (len(view.units), view.sizes) == (1, (2,))
    assert np.isnan(view.values("lq")).all()
    ground = region_map(bare, Selection())
    assert (ground.flows, ground.pairs, ground.intercity_pairs) == ((), 0, 0)
    assert units(bare, "unit").kind == "municipality"
    assert outlines(bare, "unit") == outlines(bare, "municipality") == {}


def test_rows_are_in_the_order_asked_for(toy: Atlas, ruhr: Atlas) -> None:
    assert matrix(toy, "sort=size").units == ("XX111", "XX112", "XX113")
    names = matrix(ruhr, "sort=name").names
    assert list(names) == sorted(names)
    sizes = matrix(ruhr, "sort=size").sizes
    assert list(sizes) == sorted(sizes, reverse=True)
    west = matrix(ruhr, "sort=west")
    found = units(ruhr, "unit")
    east = dict(zip(found.ids, found.centres[:, 0], strict=True))
    assert [east[unit] for unit in west.units] == sorted(east.values())
    for sort in SORTS:
        assert set(matrix(ruhr, f"sort={sort}").units) == set(west.units)


@pytest.mark.parametrize("query", ["f=", "f=-", "f=mining", "r=", "r=nowhere", "f=&r="])
def test_a_matrix_may_have_no_rows_or_no_columns(toy: Atlas, query: str) -> None:
    view = matrix(toy, query)
    assert view.cells == ()
    assert view.values("lq").shape == (len(view.units), len(view.fields))


def test_flows_by_hand(toy: Atlas) -> None:
    found = flows(toy)
    assert {pair: (flow.pairs, flow.direct, flow.joint) for pair, flow in found.items()} == {
        ("XX111", "XX113"): (2, 1, 2),
        ("XX111", "XX112"): (1, 0, 1),
        ("XX112", "XX113"): (1, 1, 0),
    }
    assert list(found)[0] == ("XX111", "XX113")  # noqa: RUF015 -- the strongest comes first
    view = region_map(toy, Selection())
    assert (view.actors, view.pairs, view.intercity_pairs, view.sizes) == (12, 16, 4, (5, 4, 3))


def test_flows_follow_the_filters(toy: Atlas) -> None:
    assert set(flows(toy, "t=member_of")) == {("XX112", "XX113")}
    assert set(flows(toy, "f=energy")) == {("XX111", "XX112"), ("XX111", "XX113")}
    assert flows(toy, "s=politics") == flows(toy, "f=") == {}


def test_flows_are_the_projections_between_places(ruhr: Atlas) -> None:
    places = actor_places(ruhr.tables)
    direct = between_groups(direct_ties(ruhr.tables), places)
    joint = between_groups(co_participation(ruhr.tables, "full").matrix, places)
    found = flows(ruhr, "un=municipality")
    inside = set(units(ruhr, "municipality").ids)
    for (a, b), flow in found.items():
        assert (flow.direct, flow.joint) == (direct.at[a, b], joint.at[a, b])
        assert 0 < flow.pairs <= flow.direct + flow.joint
    linked = (direct + joint).loc[sorted(inside), sorted(inside)]
    expected = {(a, b) for a, row in linked.iterrows() for b, n in row.items() if n > 0 and str(a) < str(b)}
    assert {tuple(sorted(pair)) for pair in found} == expected


def test_actors_outside_are_not_on_the_map(ruhr: Atlas) -> None:
    view = region_map(ruhr, Selection())
    places = ruhr.tables.places
    home = ruhr.tables.actors["place_id"].isin(places.loc[places["in_region"], "place_id"])
    assert view.actors == sum(view.sizes) == int(home.sum()) < len(home)
    assert len(view.actor_points) == len(view.actor_fields) == len(view.actor_names) == view.actors
    assert set(view.actor_fields.tolist()) <= set(range(-1, 6))


def test_the_footprint_of_one_cluster(toy: Atlas) -> None:
    assert region_map(toy, Selection.from_query("cl=c01")).footprint == (("XX111", 3), ("XX113", 2))
    for query in ("", "cl=", "cl=c01,c02", "cl=c99"):
        assert region_map(toy, Selection.from_query(query)).footprint == ()


def test_clusters_in_one_line(toy: Atlas) -> None:
    first, second = cluster_rows(toy, Selection.from_query("lang=en"))
    assert (first.cluster_id, first.actors, first.left, first.cities) == ("c01", 5, 5, 2)
    assert first.name == "Energy · Ahausen–Cedorf"
    assert first.leading == "Ahausen 3, Cedorf 2"
    # exp of the entropy of 3/5 and 2/5; two of six pairs join both cities
    assert first.effective_cities == pytest.approx(np.exp(-(0.6 * np.log(0.6) + 0.4 * np.log(0.4))))
    assert first.intercity_share == pytest.approx(2 / 6)
    assert second.intercity_share == pytest.approx(1 / 5)


def test_clusters_count_what_the_other_filters_leave(toy: Atlas) -> None:
    rows = cluster_rows(toy, Selection.from_query("s=industry&cl=c02"))
    assert [(row.actors, row.left) for row in rows] == [(5, 3), (5, 1)]
    assert [row.left for row in cluster_rows(toy, Selection.from_query("f="))] == [0, 0]


@pytest.mark.parametrize(("kind", "count"), [("unit", 15), ("municipality", 53)])
def test_the_default_region_has_its_units_and_their_outlines(ruhr: Atlas, kind: str, count: int) -> None:
    found = units(ruhr, kind)
    shapes = outlines(ruhr, kind)
    assert len(found) == len(set(found.ids)) == count
    assert set(shapes) == set(found.ids)
    for unit, centre in zip(found.ids, found.centres, strict=True):
        rings = np.concatenate(shapes[unit])
        assert (rings.min(axis=0) <= centre).all()
        assert (centre <= rings.max(axis=0)).all()
    assert all(np.array_equal(ring[0], ring[-1]) for rings in shapes.values() for ring in rings)


def test_the_quotient_of_the_whole_measure_is_the_views(ruhr: Atlas) -> None:
    view = matrix(ruhr)
    counts = pd.DataFrame([[cell.memberships for cell in view.cells]])
    frame = pd.DataFrame(counts.to_numpy().reshape(len(view.units), -1), index=view.units, columns=view.fields)
    assert view.values("lq") == pytest.approx(location_quotient(frame).to_numpy(), nan_ok=True)
