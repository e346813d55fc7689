"""BiCM against bicm 3.4.0 (matrix and margins 1e-6); SDSM tails against an exact Poisson-binomial (1e-9)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ecosystem.measures._bicm import tails
from ecosystem.measures.nullmodels import bicm, validated_projection


@pytest.fixture
def davis(reference):
    return reference.input("davis_18x14")


@pytest.fixture
def stored(reference):
    return reference.expected("davis_18x14_bipartite")


def test_matrix_against_bicm(davis, stored, reference):
    np.testing.assert_allclose(bicm(davis), reference.array(stored["bicm_matrix"]), rtol=0, atol=1e-6)


def test_margins_are_the_observed_ones(davis):
    p = bicm(davis)
    np.testing.assert_allclose(p.sum(), davis.sum(), rtol=0, atol=1e-6)
    np.testing.assert_allclose(p.sum(axis=1), davis.sum(axis=1), rtol=0, atol=1e-6)


def test_sdsm_against_exact_poisson_binomial(davis, stored):
    """The stored p come from bicm's matrix, known to 1e-6 only; from that matrix the tails agree to 1e-9."""
    matrix = pd.DataFrame(stored["bicm_matrix"], index=davis.index, columns=davis.columns)
    for i, j, shared, p in stored["bicm_poissonbinomial_p_upper_rows"]:
        exact = tails((matrix.loc[i] * matrix.loc[j]).to_numpy()[None, :], shared)[0, shared]
        assert exact == pytest.approx(p, rel=0, abs=1e-9)
    ours = validated_projection(davis, model="sdsm").set_index(["i", "j"])
    for i, j, shared, p in stored["bicm_poissonbinomial_p_upper_rows"]:
        assert ours.loc[(i, j), "shared"] == shared
        assert ours.loc[(i, j), "p"] == pytest.approx(p, rel=0, abs=1e-6)


def test_tails_against_scipy_poisson_binom():
    chances = np.random.default_rng(1).random((4, 30))
    ours = tails(chances, 30)
    for row, chance in zip(ours, chances, strict=True):
        np.testing.assert_allclose(row, stats.poisson_binom(chance).sf(np.arange(-1, 30)), rtol=0, atol=1e-9)


def test_tails_above_the_last_place_are_collected():
    chances = np.full((1, 10), 0.5)
    np.testing.assert_allclose(tails(chances, 4)[0], tails(chances, 10)[0, :5], rtol=0, atol=1e-12)


def test_small_tails_keep_their_precision():
    # all of forty coins of chance one half: 2^-40, far below what 1 − CDF could tell
    assert tails(np.full((1, 40), 0.5), 40)[0, 40] == pytest.approx(2.0**-40, rel=1e-12)


def test_rows_and_columns_forced_by_the_margins_are_exact():
    table = pd.DataFrame([[1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]])
    p = bicm(table)
    # the first row holds every column that is held at all, the last none; column 3 is empty, column 0 full
    np.testing.assert_array_equal(p.loc[0], [1, 1, 1, 0])
    np.testing.assert_array_equal(p.loc[3], [0, 0, 0, 0])
    np.testing.assert_array_equal(p[0], [1, 1, 1, 0])
    np.testing.assert_allclose(p.loc[[1, 2], [1, 2]], 0.5, rtol=0, atol=1e-9)


def test_margins_that_force_a_block_are_approached():
    # rows a, b need all of w, x and rows c, d none of y, z: no finite solution, but a limit
    table = pd.DataFrame([[1, 1, 1, 0], [1, 1, 0, 1], [1, 0, 0, 0], [0, 1, 0, 0]])
    p = bicm(table).to_numpy()
    np.testing.assert_allclose(p.sum(axis=0), table.sum(), rtol=0, atol=1e-6)
    np.testing.assert_allclose(p[:2, :2], 1, rtol=0, atol=1e-6)
    np.testing.assert_allclose(p[2:, 2:], 0, rtol=0, atol=1e-6)
