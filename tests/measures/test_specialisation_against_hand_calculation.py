"""Small tables worked out by hand, and the printed example of one actor in a small place."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest

from ecosystem.measures.specialisation import (
    Support,
    concentration,
    field_concentration,
    location_quotient,
    lq_permutation_p,
    lq_table,
)


def test_one_actor_makes_a_small_place_specialised(reference):
    case = reference.expected("worked_examples")["lq_small_n_floor"]["example"]
    rest = [19, 19, 19, 19, 19, 20]
    counts = pd.DataFrame([[1, 1, 1, 1, 1, 0], rest], index=["small", "rest"])
    assert location_quotient(counts).loc["small", 0] == pytest.approx(case["LQ_of_one_actor"], abs=1e-9)
    states = lq_table(counts).set_index("place").loc["small", "state"]
    assert list(states) == [Support.TOO_FEW_ACTORS] * 5 + [Support.NOT_SPECIALISED]


def test_support_p_by_counting_all_draws():
    """4 of 10 memberships lie in the field, the place draws 3 of the 10: P(2 or more) = (6·6 + 4)/120."""
    counts = pd.DataFrame([[2, 1], [2, 5]])
    assert lq_table(counts).loc[0, "p"] == pytest.approx((6 * 6 + 4) / math.comb(10, 3), abs=1e-12)


def test_permutation_p_by_counting_all_permutations():
    """Two actors of X hold F, G; two of Y hold G, G: of the 24 orders the share with LQ as high, by enumeration."""
    fields, cities = ["F", "G", "G", "G"], ["X", "X", "Y", "Y"]
    actors = pd.DataFrame({"actor": list("abcd"), "city": cities, "field": fields})
    hits = sum(order[0] == "X" for order in itertools.permutations(cities))
    ours = lq_permutation_p(actors, draws=4000, seed=3)
    assert ours.loc["X", "F"] == pytest.approx(hits / 24, abs=0.03)
    assert ours.attrs == {"variant": "whole actors permuted", "seed": 3, "draws": 4000, "n": 4}


def test_permutation_keeps_the_memberships_of_one_actor_together():
    """One actor with both rare fields: either both come to a place or none, so both p are equal."""
    rows = [("a", "X", "F"), ("a", "X", "G"), *((name, "Y", "H") for name in "bcdefghij"), ("k", "X", "H")]
    p = lq_permutation_p(pd.DataFrame(rows, columns=["actor", "city", "field"]), draws=500)
    assert p.loc["X", "F"] == p.loc["X", "G"]


def test_entropy_of_a_half_and_two_quarters():
    row = concentration(pd.DataFrame([[2, 1, 1, 0], [1, 1, 1, 1]])).iloc[0]
    assert (row["entropy_bits"], row["evenness"], row["hhi"], row["hill_q0"]) == (1.5, 0.75, 0.375, 3)
    assert row["hill_q1"] == pytest.approx(2**1.5)
    assert row["hhi_unbiased"] == pytest.approx((4 * 0.375 - 1) / 3)
    assert row["entropy_miller_madow_bits"] == pytest.approx(1.5 + 2 / (8 * math.log(2)))


def test_rarefied_richness_of_two_out_of_four():
    """Two drawn of {2, 1, 1}: 1 − 1/6 for the first field, 1 − 3/6 for the others."""
    row = concentration(pd.DataFrame([[2, 1, 1, 0], [1, 1, 1, 1]]), rarefy_to=2).iloc[0]
    assert row["rarefied_richness"] == pytest.approx(5 / 6 + 1 / 2 + 1 / 2)
    assert row["rarefied_to"] == 2


def test_krugman_in_its_three_variants():
    counts = pd.DataFrame([[3, 1], [1, 3], [4, 12]], index=["A", "B", "C"])
    total, rest, mean = (
        concentration(counts, krugman=variant).loc["A", f"krugman_{variant}"]
        for variant in ("total", "rest", "others_mean")
    )
    assert total == pytest.approx(2 * (3 / 4 - 8 / 24))
    assert rest == pytest.approx(2 * (3 / 4 - 5 / 20))
    assert mean == pytest.approx(2 * (3 / 4 - (1 / 4 + 1 / 4) / 2))


def test_locational_gini_of_two_equal_places():
    """All of a field in one of two equally large places: the Lorenz curve runs along the bottom, then up."""
    counts = pd.DataFrame({"F1": [4, 0], "F2": [0, 4]})
    row = field_concentration(counts).loc["F1"]
    assert (row["gini"], row["locational_gini"], row["ubiquity"], row["n"]) == (0.5, 0.25, 1, 4)


def test_jeffreys_interval_of_a_symmetric_pair():
    """Swapping the two places of a table with equal margins mirrors the interval: LQ + LQ' = 2."""
    counts = pd.DataFrame([[3, 7], [7, 3]])
    table = lq_table(counts)
    np.testing.assert_allclose(table.low[0] + table.high[1], 2, atol=1e-6)
