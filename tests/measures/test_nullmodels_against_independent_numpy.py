"""Curveball against enumeration and a chain of swaps; backbones against independent numpy (1e-9)."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ecosystem.errors import MeasureError
from ecosystem.measures._curveball import randomised
from ecosystem.measures.backbones import disparity_backbone, noise_corrected
from ecosystem.measures.nullmodels import curveball, projection_square, validated_projection


def every_table(rows, cols):
    """All 0/1 tables with these margins, each row as the columns it holds."""
    choices = product(*(combinations(range(len(cols)), k) for k in rows))
    return [one for one in choices if [sum(c in row for row in one) for c in range(len(cols))] == list(cols)]


@pytest.mark.parametrize(
    ("rows", "cols"),
    [((2, 2, 2, 2), (2, 2, 2, 2)), ((3, 2, 1, 2, 1), (4, 2, 2, 1)), ((2, 2, 1), (2, 1, 1, 1))],
    ids=["90 tables", "more rows than columns", "odd number of rows"],
)
def test_curveball_is_uniform_over_all_tables_with_the_margins(rows, cols):
    tables = every_table(rows, cols)
    start = np.zeros((len(rows), len(cols)), dtype=bool)
    for place, held in enumerate(tables[0]):
        start[place, list(held)] = True
    seen = Counter(tuple(tuple(np.flatnonzero(row).tolist()) for row in drawn) for drawn in randomised(start, 4000, 3))
    assert set(seen) == set(tables)
    assert stats.chisquare([seen[one] for one in tables]).pvalue > 0.001


@pytest.mark.slow
def test_fdsm_against_an_independent_chain_of_swaps(reference):
    """Checkerboard swaps, 2000 tries between draws, share no code with curveball; both errors are Monte Carlo."""
    davis = reference.input("davis_18x14")
    table = davis.to_numpy().tolist()
    pairs = validated_projection(davis, draws=20_000)
    shared = pairs["shared"].to_numpy()
    i, j = np.triu_indices(18, k=1)
    rng, draws = random.Random(5), 3000
    hits = np.zeros(len(shared))
    for _ in range(draws):
        for _ in range(2000):
            a, b, c, d = (int(rng.random() * size) for size in (18, 18, 14, 14))
            if table[a][c] and table[b][d] and not table[a][d] and not table[b][c]:
                table[a][c] = table[b][d] = 0
                table[a][d] = table[b][c] = 1
        drawn = np.array(table)
        hits += (drawn @ drawn.T)[i, j] >= shared
    swapped = hits / draws
    p = (swapped * draws + pairs["p"] * 20_000) / (draws + 20_000)
    assert (np.abs(pairs["p"] - swapped) <= 4 * np.sqrt(p * (1 - p) * (1 / 20_000 + 1 / draws)) + 1 / draws).all()


def test_the_same_seed_gives_the_same_tables_in_any_order_of_rows(reference):
    davis = reference.input("davis_18x14")
    turned = davis.iloc[::-1, ::-1]
    for one, other in zip(curveball(davis, draws=3, seed=7), curveball(turned, draws=3, seed=7), strict=True):
        pd.testing.assert_frame_equal(one, other.loc[one.index, one.columns])
    first, second = (next(curveball(davis, draws=1, seed=seed)) for seed in (7, 8))
    assert not first.equals(second)


def test_validated_projection_reports_its_progress(reference):
    seen = []
    validated_projection(
        reference.input("davis_18x14"), draws=250, progress=lambda done, draws: seen.append((done, draws))
    )
    assert seen[0] == (2, 250)
    assert seen[-1] == (250, 250)
    assert len(seen) == 125


def test_too_few_draws_are_said(reference):
    few = validated_projection(reference.input("davis_18x14"), draws=100)
    assert few.attrs["n"] == 153
    assert few.attrs["seed"] == 0
    assert "153 pairs none can pass alone below 3059 draws" in few.attrs["warnings"][0]
    assert validated_projection(reference.input("davis_18x14"), draws=3059).attrs["warnings"] == ()


@pytest.mark.parametrize("fill", [0.01, 0.3])
def test_thin_and_dense_tables_count_the_same_overlap(fill):
    table = pd.DataFrame((np.random.default_rng(2).random((40, 60)) < fill).astype(int))
    pairs = validated_projection(table, model="sdsm")
    assert pairs["shared"].tolist() == (table @ table.T).to_numpy()[np.triu_indices(40, k=1)].tolist()


def test_a_projection_as_a_square_keeps_its_pairs(reference):
    davis = reference.input("davis_18x14")
    pairs = validated_projection(davis, model="sdsm")
    shared = projection_square(pairs, "shared")
    away = ~np.eye(18, dtype=bool)
    assert shared.index.equals(davis.index)
    assert shared.to_numpy()[away].tolist() == (davis @ davis.T).to_numpy()[away].tolist()
    with pytest.raises(MeasureError, match="column: there is no 'weight'"):
        projection_square(pairs, "weight")
    assert projection_square(pairs.iloc[:0], "p").empty


def test_disparity_against_independent_numpy(reference):
    flows = reference.input("od_flows_6")
    stored = reference.array(reference.expected("od_flows_6_polycentricity")["disparity_alpha"])
    found = disparity_backbone(flows + flows.T, alpha=0.1)
    i, j = flows.index.get_indexer(found["i"]), flows.index.get_indexer(found["j"])
    np.testing.assert_allclose(found["alpha_i"], stored[i, j], rtol=0, atol=1e-9)
    np.testing.assert_allclose(found["alpha_j"], stored[j, i], rtol=0, atol=1e-9)
    assert found["keep"].tolist() == (np.minimum(stored[i, j], stored[j, i]) < 0.1).tolist()


def test_disparity_against_hand_calculation(reference):
    example = reference.expected("worked_examples")["disparity_alpha"]
    ties = pd.DataFrame(0.0, index=list("abcd"), columns=list("abcd"))
    ties.loc["a", ["b", "c", "d"]] = ties.loc[["b", "c", "d"], "a"] = [example["w"], 2, 1]
    found = disparity_backbone(ties, alpha=0.1).set_index(["i", "j"])
    assert found.loc[("a", "b"), "alpha_i"] == pytest.approx(example["alpha"], rel=0, abs=1e-9)
    assert found.loc[("a", "b"), "alpha_j"] == 1.0


def test_a_single_tie_between_two_nodes_has_alpha_one():
    found = disparity_backbone(pd.DataFrame([[0, 5], [5, 0]]), alpha=0.9)
    assert found[["alpha", "keep"]].to_numpy().tolist() == [[1.0, False]]


def test_noise_corrected_against_independent_numpy(reference):
    stored = reference.expected("od_flows_6_polycentricity")["noise_corrected_directed"]
    found = noise_corrected(reference.input("od_flows_6"), directed=True)
    assert found[["i", "j"]].to_numpy().tolist() == [row[:2] for row in stored]
    np.testing.assert_allclose(found["score"], [row[2] for row in stored], rtol=0, atol=1e-9)
    np.testing.assert_allclose(found["sd"], [row[3] for row in stored], rtol=0, atol=1e-9)
    assert found["keep"].sum() == 14


def test_noise_corrected_undirected_is_the_symmetric_directed_case_once():
    ties = pd.DataFrame([[0, 9, 1, 4], [9, 0, 1, 0], [1, 1, 0, 3], [4, 0, 3, 0]])
    once, twice = noise_corrected(ties, directed=False), noise_corrected(ties, directed=True)
    upper = twice[twice["i"] < twice["j"]].reset_index(drop=True)
    pd.testing.assert_frame_equal(once, upper)


def test_a_tie_that_holds_most_of_both_ends_has_a_positive_standard_deviation():
    """The slope of the score is negative there; without its absolute value any delta would let the tie pass."""
    ties = pd.DataFrame(0.0, index=range(6), columns=range(6))
    for i, j, w in ((0, 1, 3), (2, 3, 9), (3, 4, 9), (4, 5, 9), (2, 5, 9), (0, 2, 1)):
        ties.loc[i, j] = ties.loc[j, i] = w
    found = noise_corrected(ties, directed=False).set_index(["i", "j"])
    s, n, w = ties.sum(), float(ties.to_numpy().sum()), 3.0
    both = s[0] * s[1]
    assert n / both + w * (1 / both - n * (s[0] + s[1]) / both**2) < 0
    assert found.loc[(0, 1), "sd"] > 0
    assert not noise_corrected(ties, directed=False, delta=100)["keep"].any()


def test_delta_has_to_be_a_number():
    with pytest.raises(MeasureError, match="delta"):
        noise_corrected(pd.DataFrame([[0, 1], [1, 0]]), directed=False, delta=float("nan"))
