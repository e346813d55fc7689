"""Profile overlap and complementarity: numpy, a hand check, a textbook example of REAT 3.0.3 (1e-9)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecosystem.errors import MeasureError
from ecosystem.measures.coordination import complementarity, overlap_vs_ties, profile_overlap
from ecosystem.measures.relatedness import relatedness
from ecosystem.measures.specialisation import location_quotient, specialised


@pytest.fixture
def expected(reference):
    return reference.expected("counts_8x6_interregional")


@pytest.fixture
def links(reference):
    return reference.input("counts_8x6_links")


@pytest.fixture
def m(counts_8x6):
    return specialised(location_quotient(counts_8x6))


@pytest.mark.parametrize(
    ("method", "key"),
    [
        ("finger_kreinin", "finger_kreinin_similarity"),
        ("cosine", "profile_cosine_counts"),
        ("jaccard", "jaccard_specialisations"),
        ("jensen_shannon", "jensen_shannon_divergence_bits"),
    ],
)
def test_overlap_against_independent_numpy(counts_8x6, expected, reference, method, key):
    np.testing.assert_allclose(profile_overlap(counts_8x6, method), reference.array(expected[key]), rtol=0, atol=1e-9)


def test_finger_kreinin_is_half_a_krugman_away_from_one(counts_8x6, expected, reference):
    krugman = reference.array(expected["profile_krugman_pairwise"])
    np.testing.assert_allclose(2 * (1 - profile_overlap(counts_8x6)), krugman, rtol=0, atol=1e-9)


def test_overlap_against_reat_textbook(reference):
    textbook = reference.expected("published_textbook_examples")
    employment = pd.DataFrame(textbook["krugman_vs_mean_of_others"]["inputs"]).T
    overlap = profile_overlap(employment).loc["sweden", "norway"]
    assert 2 * (1 - overlap) == pytest.approx(textbook["krugman_pairwise_sweden_norway"], rel=0, abs=1e-9)


def test_complementarity_against_independent_numpy(m, links, expected, reference):
    found, phi = complementarity(m, relatedness(m), links), relatedness(m)
    np.testing.assert_allclose(found.total, reference.array(expected["complementarity_r_i"]), rtol=0, atol=1e-9)
    stored = reference.array(expected["relatedness_density_added_r_s_i_pct"])
    place, field = {n: i for i, n in enumerate(m.index)}, {n: i for i, n in enumerate(phi.index)}
    rows = found.added
    cells = stored[rows["place"].map(place), rows["partner"].map(place), rows["field"].map(field)]
    np.testing.assert_allclose(rows["added"], cells, rtol=0, atol=1e-9)
    assert len(rows) == int((m == 0).to_numpy().sum()) * 7


def test_complementarity_against_hand_calculation(reference):
    example = reference.expected("worked_examples")["balland_boschma"]
    places, fields = ["R1", "R2", "R3"], ["F1", "F2", "F3", "F4"]
    m = pd.DataFrame(example["M"], index=places, columns=fields)
    phi = pd.DataFrame(example["phi"], index=fields, columns=fields)
    found = complementarity(m, phi, pd.DataFrame(example["links"], index=places, columns=places))
    np.testing.assert_allclose(found.total, reference.array(example["complementarity"]), rtol=0, atol=1e-9)
    best = found.added.query("place == 'R1' and field == 'F4' and rank == 1").squeeze()
    assert (best["partner"], best["added"], best["weight"], best["contribution"]) == ("R2", 100.0, 2.0, 200.0)


def test_contributions_add_up_and_are_ranked(m, links):
    found = complementarity(m, relatedness(m), links)
    summed = found.added.pivot_table(index="place", columns="field", values="contribution", aggfunc="sum", dropna=False)
    defined = found.total.notna().to_numpy()
    ours = summed.reindex(index=m.index, columns=m.columns).to_numpy()
    np.testing.assert_allclose(ours[defined], found.total.to_numpy()[defined], rtol=0, atol=1e-9)
    for _, cell in found.added.groupby(["place", "field"]):
        ordered = cell.sort_values("rank")
        assert ordered["rank"].tolist() == list(range(1, 8))
        assert ordered["contribution"].is_monotonic_decreasing


def test_partners_may_be_held_to_a_stricter_rule(m, links):
    strict = m.copy()
    strict.loc["C3"] = 0
    loose, hard = (complementarity(m, relatedness(m), links, partners_specialised=p) for p in (None, strict))
    assert (hard.added.query("partner == 'C3'")["added"] == 0).all()
    assert loose.added.query("partner == 'C3'")["added"].sum() > 0
    assert (hard.reasons == loose.reasons).all(axis=None)


def test_quadrants_by_hand():
    counts = pd.DataFrame({"F1": [20, 20, 0], "F2": [0, 0, 5]}, index=["A", "B", "C"])
    ties = pd.DataFrame([[0, 1, 3], [1, 0, 0], [3, 0, 0]], index=counts.index, columns=counts.index)
    pairs = overlap_vs_ties(counts, ties, ties * 0 + 2).set_index(["place", "partner"])
    assert pairs["overlap"].tolist() == [1, 0, 0]
    assert pairs["excess"].tolist() == [-1, 1, -2]
    # the median overlap is 0, so every pair is at or above it
    assert pairs["quadrant"].tolist() == ["similar and untied", "similar and tied", "similar and untied"]
    assert pairs["few_actors"].tolist() == [False, True, True]
    assert (pairs["reason"] == "").all()


def test_quadrants_of_a_distance_are_turned_round(counts_8x6, links):
    pairs = overlap_vs_ties(counts_8x6, links, links * 0, method="jensen_shannon")
    similar = pairs["quadrant"].str.startswith("similar")
    assert pairs.loc[similar, "overlap"].max() <= pairs["overlap"].median() < pairs.loc[~similar, "overlap"].min()


def test_without_expected_ties_no_excess_is_made_up(counts_8x6, links):
    pairs = overlap_vs_ties(counts_8x6, links)
    assert len(pairs) == 28
    assert pairs["excess"].isna().all()
    assert (pairs["quadrant"] == "").all()
    assert set(pairs["reason"]) == {"no expected ties given"}


def test_places_have_to_match(counts_8x6, links):
    with pytest.raises(MeasureError, match="another order"):
        overlap_vs_ties(counts_8x6, links.iloc[::-1, ::-1])
