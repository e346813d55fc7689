"""Polycentricity of six zones against independent numpy, an R script (2e-15) and pysal inequality (1e-9)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecosystem.measures.polycentricity import (
    functional_panel,
    gini,
    green_polycentricity,
    mean_slope,
    morphological_panel,
    rank_size,
)

TIGHT = {"rel": 0, "abs": 1e-9}


@pytest.fixture
def expected(reference):
    return reference.expected("od_flows_6_polycentricity")


@pytest.fixture
def flows(reference):
    return reference.input("od_flows_6")


@pytest.fixture
def ties(flows):
    return flows + flows.T


@pytest.fixture
def sizes(expected):
    return pd.Series(expected["size_incl_intra"], index=expected["zones"])


@pytest.mark.parametrize(
    ("density", "key"),
    [
        ("binary", "P_SF_pop_binary"),
        ("weighted", "P_SF_pop_weighted"),
        ("intercity", "P_SF_pop_interzonal_share"),
    ],
)
def test_green_against_independent_numpy(ties, expected, density, key):
    found, green = green_polycentricity(ties, density), expected["green2007"]
    assert found.p == pytest.approx(green["ordinary_P_population_sd"], **TIGHT)
    assert found.p_sf == pytest.approx(green[key], **TIGHT)
    assert found.density_binary == pytest.approx(green["density_binary_L_over_Lmax"], **TIGHT)
    assert found.density_weighted == pytest.approx(green["density_weighted_mean_over_max_flow"], **TIGHT)
    assert found.intercity_share == pytest.approx(green["density_share_of_interzonal_flows"], **TIGHT)
    assert found.variant == density


def test_limtanakool_against_independent_numpy(flows, expected, reference):
    panel, stored = functional_panel(flows, directed=True), expected["limtanakool"]
    for column, key in {
        "inflow": "inflow",
        "outflow": "outflow",
        "dominance": "DIT",
        "relative_strength": "RSI_node",
        "node_symmetry": "NSI",
    }.items():
        np.testing.assert_allclose(panel.cities[column], stored[key], rtol=0, atol=1e-9)
    assert panel.region["entropy_index_links"] == pytest.approx(stored["EI_all_links"], **TIGHT)
    for column, key in {"relative_strength": "RSI_link", "link_symmetry": "LSI"}.items():
        square = panel.links.pivot_table(index="origin", columns="destination", values=column, dropna=False)
        away = ~np.eye(6, dtype=bool)
        np.testing.assert_allclose(square.to_numpy()[away], reference.array(stored[key])[away], rtol=0, atol=1e-9)
    slope = expected["rank_size"]["burger_meijers_mean_slope_top2_3_4"]["functional_inflow"]
    assert panel.region["slope_inflow"] == pytest.approx(slope, **TIGHT)


def test_rank_size_against_independent_r(sizes, ties, expected):
    strength = pd.Series(expected["node_strength_undirected"], index=expected["zones"])
    assert (ties.sum() - np.diag(ties)).tolist() == strength.tolist()
    for series, key in ((sizes, "size_all"), (strength, "strength_all")):
        fit, stored = rank_size(series), expected["rank_size"][key]
        assert (fit.slope, fit.intercept, fit.r2, fit.n) == pytest.approx(
            (stored["slope"], stored["intercept"], stored["r2"], stored["n"]), **TIGHT
        )
    stored = expected["rank_size"]["gabaix_ibragimov_size"]
    fit = rank_size(sizes)
    assert (fit.zipf, fit.zipf_se) == pytest.approx((stored["zipf_exponent"], stored["se"]), **TIGHT)
    slope = expected["rank_size"]["burger_meijers_mean_slope_top2_3_4"]["morphological_size"]
    assert mean_slope(sizes) == pytest.approx(slope, **TIGHT)


def test_panel_against_independent_numpy(sizes, expected):
    panel, primacy = morphological_panel(sizes), expected["primacy"]
    assert panel["primacy_share"] == pytest.approx(primacy["share_of_largest"], **TIGHT)
    assert panel["primacy_ratio"] == pytest.approx(primacy["first_to_second"], **TIGHT)
    assert panel["primacy_four"] == pytest.approx(primacy["four_city_index_first_over_next3"], **TIGHT)
    assert panel["effective_centres"] == pytest.approx(expected["effective_number_of_centres_1_over_hhi"], **TIGHT)
    assert panel.attrs["reasons"].keys() == {"zipf", "zipf_se"}


def test_gini_against_pysal_inequality(sizes, ties, expected):
    assert gini(sizes.to_numpy()) == pytest.approx(expected["gini_size"], **TIGHT)
    strength = (ties.sum() - np.diag(ties)).to_numpy()
    assert gini(strength) == pytest.approx(expected["gini_strength"], **TIGHT)
