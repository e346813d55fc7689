"""Simulations: what the null models say about tables drawn under the null (slow)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecosystem.measures._curveball import randomised
from ecosystem.measures.nullmodels import validated_projection

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def null_tables():
    """Sixty tables of one set of margins, drawn uniformly: skewed rows and columns, as regions have them."""
    rng = np.random.default_rng(7)
    rows, cols = rng.gamma(1.0, size=(20, 1)), rng.gamma(1.0, size=(1, 60))
    start = rng.random((20, 60)) < np.minimum(0.9, 0.25 * rows * cols)
    return [pd.DataFrame(drawn.astype(int)) for drawn in randomised(start, 60, 11)]


@pytest.mark.parametrize("level", [0.01, 0.05, 0.2])
def test_fdsm_p_is_not_below_nominal_under_the_null(null_tables, level):
    shares = [(validated_projection(table, draws=200, seed=3)["p"] <= level).mean() for table in null_tables]
    assert np.mean(shares) <= level + 3 * np.std(shares) / np.sqrt(len(shares))


def test_nothing_is_kept_after_correction_under_the_null(null_tables):
    kept = [validated_projection(table, draws=4000, seed=5)["keep"].sum() for table in null_tables[:15]]
    assert np.mean(kept) < 0.2


def test_sdsm_is_more_careful_than_fdsm_under_the_null(null_tables):
    shares = [(validated_projection(table, model="sdsm")["p"] <= 0.05).mean() for table in null_tables]
    assert np.mean(shares) < 0.05


def test_a_planted_pair_is_found():
    rng = np.random.default_rng(2)
    table = (rng.random((12, 80)) < 0.15).astype(int)
    table[1] = np.where(rng.random(80) < 0.9, table[0], table[1])
    pairs = validated_projection(pd.DataFrame(table), draws=4000)
    assert pairs.loc[pairs["keep"], ["i", "j"]].to_numpy().tolist() == [[0, 1]]
