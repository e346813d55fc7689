"""Positions: the same every time, finite, nobody on anybody's spot, the map where the cities are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from ecosystem import layout
from ecosystem.layout import Projection

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

MAP, NETWORK = ["map_x", "map_y"], ["network_x", "network_y"]


@pytest.fixture(params=["toy", "ruhr"])
def atlas(request: pytest.FixtureRequest) -> Atlas:
    found: Atlas = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("columns", [MAP, NETWORK])
def test_positions_are_finite_and_nobody_stands_on_anybody(atlas: Atlas, columns: list[str]) -> None:
    points = atlas.positions[columns]
    assert points.index.tolist() == atlas.tables.actors["actor_id"].tolist()
    assert np.isfinite(points.to_numpy()).all()
    assert not points.duplicated().any()


def test_positions_are_the_same_again(atlas: Atlas) -> None:
    again = layout.map_positions(atlas.tables, atlas.ties.csr)
    assert np.array_equal(again, atlas.positions[MAP].to_numpy())
    numbers = {item.cluster_id: place for place, item in enumerate(atlas.clusters.items)}
    member = np.array([numbers.get(cluster, -1) for cluster in atlas.cluster_of_actors])
    network = layout.network_positions(again, atlas.ties.csr, member)
    assert np.array_equal(network, atlas.positions[NETWORK].to_numpy())


def test_on_the_map_actors_are_nearest_to_their_own_city(toy: Atlas) -> None:
    places = layout.place_positions(toy.tables)
    points, middles = toy.positions[MAP].to_numpy(), places[["x", "y"]].to_numpy()
    distance = np.sqrt(((points[:, None] - middles[None]) ** 2).sum(axis=2))
    assert places.index[distance.argmin(axis=1)].tolist() == toy.tables.actors["place_id"].tolist()


def test_the_best_connected_actor_stands_in_the_middle_of_its_city(ruhr: Atlas) -> None:
    places = layout.place_positions(ruhr.tables)
    own = places.loc[ruhr.tables.actors["place_id"]].to_numpy()
    off = np.sqrt(((ruhr.positions[MAP].to_numpy() - own) ** 2).sum(axis=1))
    strength = np.asarray(ruhr.ties.csr.sum(axis=1)).ravel()
    for _, rows in ruhr.tables.actors.reset_index(drop=True).groupby("place_id"):
        assert strength[rows.index[off[rows.index].argmin()]] == pytest.approx(strength[rows.index].max())


def test_kilometres_by_hand() -> None:
    # 0.1 degrees of longitude at 60° north are half of those at the equator
    flat = Projection(60.0, 7.0).kilometres(np.array([60.0, 61.0]), np.array([7.1, 7.0]))
    assert flat.tolist() == [[pytest.approx(5.566, abs=1e-3), 0.0], [0.0, 110.574]]


def test_cities_of_the_toy_region_stand_in_a_row_around_the_centre(toy: Atlas) -> None:
    places = layout.place_positions(toy.tables)
    assert places["y"].tolist() == [0.0, 0.0, 0.0]
    step = 0.1 * 111.320 * np.cos(np.radians(51.05))
    assert places["x"].tolist() == pytest.approx([-step, 0.0, step], abs=1e-3)


def test_places_without_coordinates_stand_apart_below_the_region(ruhr: Atlas) -> None:
    places = ruhr.tables.places.set_index("place_id")
    points = layout.place_positions(ruhr.tables)
    without = places.index[places["lat"].isna() | places["lon"].isna()]
    assert len(without) > 1
    assert points.loc[without, "y"].max() < points.drop(index=without)["y"].min()
    assert not points.loc[without].duplicated().any()
    assert np.isfinite(points.to_numpy()).all()


def test_a_region_without_any_coordinates_can_be_drawn(toy: Atlas) -> None:
    nowhere = replace(toy.tables, places=toy.tables.places.assign(lat=np.nan, lon=np.nan))
    places = layout.place_positions(nowhere)
    assert np.isfinite(places.to_numpy()).all()
    assert not places.duplicated().any()
    points = layout.map_positions(nowhere, toy.ties.csr)
    assert np.isfinite(points).all()
    assert len(np.unique(points, axis=0)) == len(points)


def test_actors_without_ties_stand_in_a_band_of_rows(ruhr: Atlas) -> None:
    tied = np.asarray(ruhr.ties.csr.sum(axis=1)).ravel() > 0
    points = ruhr.positions[NETWORK].to_numpy()
    assert (~tied).sum() > 100
    assert points[~tied][:, 1].max() < points[tied][:, 1].min()
    assert len(np.unique(points[~tied][:, 1])) < 10


def test_partners_stand_closer_than_strangers(ruhr: Atlas) -> None:
    points = ruhr.positions[NETWORK].to_numpy()
    i, j = ruhr.ties.csr.nonzero()
    together = np.sqrt(((points[i] - points[j]) ** 2).sum(axis=1)).mean()
    tied = points[np.unique(i)]
    apart = np.sqrt(((tied[:, None] - tied[None]) ** 2).sum(axis=2)).mean()
    assert together < 0.5 * apart


def test_clusters_stand_apart_on_the_network(ruhr: Atlas) -> None:
    points = ruhr.positions[NETWORK]
    spread = {item.cluster_id: points.loc[list(item.actors)].std().mean() for item in ruhr.clusters.items[:10]}
    tied = points[ruhr.cluster_of_actors != ""]
    assert np.mean(list(spread.values())) < 0.5 * tied.std().mean()


def test_west_stays_west(ruhr: Atlas) -> None:
    tied = ruhr.positions[np.asarray(ruhr.ties.csr.sum(axis=1)).ravel() > 0]
    assert tied["map_x"].corr(tied["network_x"]) > 0.3


def test_progress_is_told_step_by_step(toy: Atlas) -> None:
    told: list[tuple[int, int]] = []
    layout.network_positions(
        toy.positions[MAP].to_numpy(), toy.ties.csr, np.full(12, -1), steps=3, progress=lambda *step: told.append(step)
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


@st.composite
def _networks(draw: st.DrawFn) -> tuple[np.ndarray, sparse.csr_array, np.ndarray]:
    n = draw(st.integers(1, 25))
    graph = nx.gnp_random_graph(n, draw(st.floats(0, 0.6)), seed=draw(st.integers(0, 99)))
    cells = draw(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=n, max_size=n, unique=True))
    clusters = draw(st.lists(st.integers(-1, 4), min_size=n, max_size=n))
    weights = sparse.csr_array(nx.to_scipy_sparse_array(graph, dtype=float))
    return np.array(cells, dtype=float), weights, np.array(clusters)


@settings(deadline=None, max_examples=40)
@given(_networks())
def test_any_network_can_be_laid_out(case: tuple[np.ndarray, sparse.csr_array, np.ndarray]) -> None:
    start, weights, clusters = case
    before = start.copy()
    points = layout.network_positions(start, weights, clusters, steps=30)
    assert points.shape == start.shape
    assert np.isfinite(points).all()
    assert len(np.unique(points, axis=0)) == len(points)
    assert np.array_equal(points, layout.network_positions(start, weights, clusters, steps=30))
    assert np.array_equal(before, start)
