"""Polycentricity against small cases worked out by hand (1e-9)."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from ecosystem.errors import MeasureError
from ecosystem.measures.polycentricity import (
    functional_panel,
    general_functional,
    green_polycentricity,
    mean_slope,
    morphological_panel,
    rank_size,
    stepwise,
)

TIGHT = {"rel": 0, "abs": 1e-9}


@pytest.fixture
def worked(reference):
    return reference.expected("worked_examples")


@pytest.fixture
def sizes(worked):
    return pd.Series(worked["rank_size"]["sizes"], index=list("ABCD"))


def square(values, names):
    return pd.DataFrame(values, index=list(names), columns=list(names), dtype=float)


@pytest.mark.parametrize("top", [2, 3, 4])
def test_slope_against_hand_calculation(worked, sizes, top):
    assert rank_size(sizes, top=top).slope == pytest.approx(worked["rank_size"][f"slope_top{top}"], **TIGHT)


def test_mean_slope_against_hand_calculation(worked, sizes):
    assert mean_slope(sizes) == pytest.approx(worked["rank_size"]["burger_meijers_mean"], **TIGHT)


def test_gabaix_ibragimov_against_hand_calculation(worked, sizes):
    expected, fit = worked["rank_size"]["gabaix_ibragimov"], rank_size(sizes)
    assert (fit.zipf, fit.zipf_se, fit.n) == pytest.approx(
        (expected["zipf_exponent"], expected["se"], expected["n"]), **TIGHT
    )
    assert fit.warnings == ("zipf: not estimated, 4 centres are fewer than 8",)


def test_eight_centres_are_enough_for_an_exponent():
    panel = morphological_panel(pd.Series(2.0 ** -np.arange(8)))
    assert panel["zipf_se"] == pytest.approx(panel["zipf"] / 2, **TIGHT)
    assert panel.attrs["reasons"] == {}


def test_zipf_law_has_slope_minus_one():
    fit = rank_size(pd.Series(60 / np.arange(1, 21)))
    assert (fit.slope, fit.r2) == pytest.approx((-1.0, 1.0), **TIGHT)
    assert fit.warnings == ()


def test_panel_against_hand_calculation(sizes):
    panel = morphological_panel(pd.concat([sizes, pd.Series({"E": 0})]))
    assert (panel["places"], panel["centres"]) == (5, 4)
    assert panel["primacy_share"] == pytest.approx(0.4, **TIGHT)
    assert panel["primacy_ratio"] == pytest.approx(1.25, **TIGHT)
    assert panel["primacy_four"] == pytest.approx(100 / 150, **TIGHT)
    assert panel["effective_centres"] == pytest.approx(250**2 / (100**2 + 80**2 + 50**2 + 20**2), **TIGHT)
    # the empty fifth place counts: (−4·0 − 2·20 + 0·50 + 2·80 + 4·100)/(5·250)
    assert panel["gini"] == pytest.approx(520 / 1250, **TIGHT)


def test_green_triangle_against_hand_calculation(worked):
    expected = worked["green_triangle"]
    found = green_polycentricity(square([[0, 4, 2], [4, 0, 2], [2, 2, 0]], "ABC"))
    assert found.p == pytest.approx(expected["ordinary_P_pop"], **TIGHT)
    assert found.delta == expected["density_binary"]
    assert found.p_sf == pytest.approx(expected["P_SF_pop"], **TIGHT)


def test_green_star_is_not_zero_and_freeman_says_so(worked):
    expected = worked["green_star4"]
    found = green_polycentricity(pd.DataFrame(nx.to_numpy_array(nx.star_graph(3))))
    assert (found.p, found.delta, found.p_sf, found.freeman) == pytest.approx(
        (
            expected["ordinary_P_pop"],
            expected["density"],
            expected["P_SF_pop"],
            expected["freeman_degree_centralisation"],
        ),
        **TIGHT,
    )


@pytest.mark.parametrize(
    ("graph", "centralisation"),
    [
        (nx.star_graph(5), 1.0),
        (nx.cycle_graph(6), 0.0),
        (nx.complete_graph(5), 0.0),
        (nx.empty_graph(4), 0.0),
        # a path of four: degrees 1, 2, 2, 1, so (1 + 0 + 0 + 1)/(3·2)
        (nx.path_graph(4), 2 / 6),
    ],
    ids=["star", "ring", "complete", "empty", "path"],
)
def test_freeman_by_hand(graph, centralisation):
    found = green_polycentricity(pd.DataFrame(nx.to_numpy_array(graph)) * 7)
    assert found.freeman == pytest.approx(centralisation, **TIGHT)


def test_general_functional_is_the_mean_over_fields_with_ties():
    triangle, star = square([[0, 4, 2], [4, 0, 2], [2, 2, 0]], "ABC"), square([[0, 1, 1], [1, 0, 0], [1, 0, 0]], "ABC")
    found = general_functional({"energy": triangle, "health": star, "mobility": star * 0})
    mean = (green_polycentricity(triangle).p_sf + green_polycentricity(star).p_sf) / 2
    assert found.p_gf == pytest.approx(mean, **TIGHT)
    assert found.n == 2
    assert found.warnings == ("mobility: no ties, left out of the mean",)
    assert list(found.functions.index) == ["energy", "health", "mobility"]


def test_general_functional_needs_a_function():
    with pytest.raises(MeasureError, match="at least one function"):
        general_functional({})


def test_limtanakool_against_hand_calculation(worked):
    example = worked["limtanakool_3"]
    expected, panel = example["out"], functional_panel(square(example["od"], "ABC"), directed=True)
    assert panel.cities["inflow"].tolist() == expected["inflow"]
    assert panel.cities["outflow"].tolist() == expected["outflow"]
    for column, key in {"dominance": "DIT", "relative_strength": "RSI_node", "node_symmetry": "NSI"}.items():
        np.testing.assert_allclose(panel.cities[column], expected[key], rtol=0, atol=1e-9)
    assert panel.region["entropy_index_links"] == pytest.approx(expected["EI_all_links"], **TIGHT)
    links = panel.links.set_index(["origin", "destination"])
    assert links.loc[("A", "B"), "link_symmetry"] == pytest.approx(worked["link_symmetry_30_10"]["LSI"], **TIGHT)
    assert links.loc[("A", "B"), "relative_strength"] == pytest.approx(0.375, **TIGHT)
    assert links.loc[("A", "C"), "reason"] == "no ties"


def test_undirected_panel_counts_each_pair_once_under_names_of_its_own():
    ties = square([[9, 3, 1], [3, 9, 0], [1, 0, 9]], "ABC")
    panel = functional_panel(ties, directed=False)
    assert panel.region["flow"] == 4
    assert panel.region["links_possible"] == 3
    z = np.array([0.75, 0.25])
    assert panel.region["entropy_index_pairs"] == pytest.approx(-(z * np.log(z)).sum() / np.log(3), **TIGHT)
    assert "entropy_index_links" not in panel.region.index
    assert panel.cities["total"].tolist() == [4, 3, 1]
    assert panel.cities["dominance"].tolist() == pytest.approx([4 / 2, 3 / 2.5, 1 / 3.5], **TIGHT)
    assert panel.cities["node_symmetry"].isna().all()
    assert set(panel.cities["reason"]) == {"ties have no direction"}
    assert len(panel.links) == 3
    assert panel.links["link_symmetry"].isna().all()


def test_stepwise_curve_takes_the_largest_first(sizes):
    curve = stepwise(lambda some: some.sum(), pd.concat([pd.Series({"Z": 80, "E": 0}), sizes]))
    assert curve["place"].tolist() == ["B", "Z", "C", "D"]
    assert curve["m"].tolist() == [2, 3, 4, 5]
    assert curve["value"].tolist() == [180, 260, 310, 330]


def test_stepwise_curve_of_ties_restricts_them_to_the_centres_so_far(sizes):
    ties = square([[0, 1, 2, 4], [1, 0, 8, 16], [2, 8, 0, 32], [4, 16, 32, 0]], "ABCD")
    curve = stepwise(lambda some: some.to_numpy().sum() / 2, sizes, ties)
    assert curve["value"].tolist() == [1, 11, 63]
    along = stepwise(lambda some: green_polycentricity(some).p, sizes, ties)
    assert along["value"].iloc[-1] == green_polycentricity(ties).p
    assert along["value"].iloc[0] == 1.0


def test_stepwise_says_where_the_measure_is_undefined(sizes):
    curve = stepwise(mean_slope, sizes)
    assert curve["value"].isna().tolist() == [True, True, False]
    assert curve["reason"].tolist() == ["undefined for these centres"] * 2 + [""]
