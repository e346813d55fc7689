"""Seeded simulation: what small numbers do to intervals, support and concentration; and how long it takes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecosystem.measures import _intervals
from ecosystem.measures.helix import synergy
from ecosystem.measures.specialisation import Support, concentration, lq_table

ELSEWHERE = 400
SHARE = 1 / 6


def table_without_specialisation(rng, places=53, fields=6, memberships=500):
    weight = rng.lognormal(0, 1.2, places)
    chance = np.outer(weight / weight.sum(), np.full(fields, 1 / fields))
    return pd.DataFrame(rng.multinomial(memberships, chance.ravel()).reshape(places, fields))


def coverage(n, ratio, draws, seed):
    """Share of draws whose interval holds the LQ of the shares drawn from."""
    rng = np.random.default_rng(seed)
    here, there = ratio * SHARE, SHARE
    x, y = rng.binomial(n, here, draws), rng.binomial(ELSEWHERE, there, draws)
    t = (x + y).astype(float)
    n_all, total = np.full(draws, float(n)), float(n + ELSEWHERE)
    low, high = _intervals.jeffreys(x.astype(float), n_all, t, total, 0.95)
    true = here * total / (n * here + ELSEWHERE * there)
    return float(((low <= true) & (true <= high)).mean())


@pytest.mark.slow
@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize("n", [5, 10, 20, 50])
def test_jeffreys_covers(n, ratio):
    assert coverage(n, ratio, 4000, seed=n) >= 0.92


@pytest.mark.slow
def test_nothing_is_supported_where_nothing_is_specialised():
    """About 120 of 318 cells have LQ >= 1 and about 6 a p < .05, but practically none a q < .05."""
    rng = np.random.default_rng(1)
    rows = []
    for _ in range(200):
        table = lq_table(table_without_specialisation(rng), intervals=False)
        supported = (table["state"] == Support.SUPPORTED).sum()
        rows.append(((table["lq"] >= 1).sum(), (table["p"] < 0.05).sum(), (table["q"] < 0.05).sum(), supported))
    above, by_p, by_q, supported = np.mean(rows, axis=0)
    assert 100 <= above <= 140
    assert 3 <= by_p <= 9
    assert by_q < 0.2
    assert supported < 0.2


@pytest.mark.slow
def test_plain_hhi_of_five_memberships_is_twice_too_high():
    counts = pd.DataFrame(np.random.default_rng(2).multinomial(5, np.full(6, 1 / 6), 20_000))
    ours = concentration(counts, krugman="total")
    assert ours["hhi"].mean() == pytest.approx(0.333, abs=0.003)
    assert ours["hhi_unbiased"].mean() == pytest.approx(1 / 6, abs=0.003)


@pytest.mark.slow
def test_synergy_of_random_tables_is_negative_but_not_in_excess():
    rng = np.random.default_rng(3)
    found = []
    for seed in range(40):
        dims = {"city": rng.integers(5, size=60), "field": rng.integers(4, size=60), "sector": rng.integers(5, size=60)}
        found.append(synergy(pd.DataFrame(dims), draws=100, seed=seed))
    assert max(one.t for one in found) < 0
    assert np.mean([one.excess for one in found]) == pytest.approx(0, abs=0.04)
    # under chance p is uniform: 2 of 40 below .05 on average, 7 or more in less than 1 of 200
    assert sum(one.p_lower <= 0.05 for one in found) <= 6


@pytest.mark.slow
def test_jeffreys_against_two_thousand_midpoints():
    """The specification's formula, mean of BetaCDF(L m b/(N − n L)) over 2 000 quantiles of b, holds at our limits."""
    from scipy.special import betainc, betaincinv

    rng = np.random.default_rng(4)
    counts = table_without_specialisation(rng).to_numpy()
    table = lq_table(pd.DataFrame(counts))
    total, grid = counts.sum(), (np.arange(2000) + 0.5) / 2000
    for row in table[table["n"] > 0].sample(60, random_state=0).itertuples():
        x, n, m = row.x, row.n, total - row.n
        y = counts[:, row.field].sum() - x
        b = betaincinv(y + 0.5, m - y + 0.5, grid)
        for limit, goal in ((row.low, 0.025), (row.high, 0.975)):
            reached = betainc(x + 0.5, n - x + 0.5, np.minimum(limit * m * b / (total - n * limit), 1)).mean()
            assert reached == pytest.approx(goal, abs=2e-4)
