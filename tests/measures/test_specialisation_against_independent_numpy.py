"""Against the independent numpy computation stored in ``expected`` (1e-9) and its 200 000 draws (2 % + 0.01).

The stored Jeffreys limits are Monte Carlo, so they carry noise of about half a per cent.
"""

from __future__ import annotations

import numpy as np
import pytest

from ecosystem.measures.specialisation import (
    Support,
    concentration,
    field_concentration,
    location_quotient,
    lq_table,
    specialised,
)

INPUTS = ["counts_8x6", "degenerate_6x5", "econgeo_doc_5x5", "econgeo_seed31_5x4"]
PLACES = {
    "herfindahl": "hhi",
    "shannon_entropy_bits": "entropy_bits",
    "hoover_specialisation_coeff": "hoover",
    "hachman_index": "hachman",
    "krugman_index_vs_rest": "krugman_rest",
}
SMALL_SAMPLE = {
    "n_row": "n",
    "hhi_plugin": "hhi",
    "hhi_unbiased": "hhi_unbiased",
    "hill_q0": "hill_q0",
    "hill_q1": "hill_q1",
    "hill_q2": "hill_q2",
    "pielou_evenness_base_allcols": "evenness",
}


@pytest.fixture(params=INPUTS)
def case(request, reference):
    return reference.input(request.param), reference.expected(request.param)


@pytest.fixture
def small_sample(reference):
    return reference.expected("counts_8x6_small_sample")


def wide(table, column, counts):
    return table[column].to_numpy().reshape(counts.shape)


def test_location_quotient_against_independent_numpy(case, reference):
    counts, expected = case
    np.testing.assert_allclose(location_quotient(counts), reference.array(expected["location_quotient"]), atol=1e-9)
    assert specialised(location_quotient(counts)).to_numpy().tolist() == expected["specialised_ge1"]


@pytest.mark.parametrize("name", PLACES)
def test_concentration_against_independent_numpy(case, reference, name):
    counts, expected = case
    np.testing.assert_allclose(concentration(counts)[PLACES[name]], reference.array(expected[name]), atol=1e-9)


def test_field_concentration_against_independent_numpy(case, reference):
    counts, expected = case
    ours = field_concentration(counts)
    np.testing.assert_allclose(ours["gini"], reference.array(expected["gini_by_activity"]), atol=1e-9)
    theirs = reference.array(expected["locational_gini_0_to_0.5"])
    np.testing.assert_allclose(ours["locational_gini"], theirs, atol=1e-9)


def test_support_p_against_fisher_test(case, reference):
    """R 4.2.2 ``fisher.test``, one-sided; 1 in empty rows and columns."""
    counts, expected = case
    theirs = reference.array(expected["lq_hypergeom"]["p_upper"])
    np.testing.assert_allclose(wide(lq_table(counts, intervals=False), "p", counts), theirs, atol=1e-9)


def test_log_delta_against_independent_numpy(case, reference):
    counts, expected = case
    ours = lq_table(counts, method="log_delta")
    for side in ("low", "high"):
        theirs = reference.array(expected["lq_ci95_log_delta"][side])
        np.testing.assert_allclose(wide(ours, side, counts), theirs, atol=1e-9)


def test_support_q_against_scipy(counts_8x6, reference, small_sample):
    theirs = reference.array(small_sample["bh_q_upper_over_all_cells_of_nonempty_rows"])
    np.testing.assert_allclose(wide(lq_table(counts_8x6), "q", counts_8x6), theirs, atol=1e-9)


def test_jeffreys_against_draws(counts_8x6, reference, small_sample):
    ours = lq_table(counts_8x6)
    for side in ("low", "high"):
        theirs = reference.array(small_sample["lq_jeffreys_ci95"][side])
        assert (np.abs(wide(ours, side, counts_8x6) - theirs) <= 0.02 * theirs + 0.01).all()


@pytest.mark.parametrize("name", SMALL_SAMPLE)
def test_small_sample_against_independent_numpy(counts_8x6, small_sample, name):
    np.testing.assert_allclose(concentration(counts_8x6)[SMALL_SAMPLE[name]], small_sample[name], atol=1e-9)


def test_miller_madow_against_independent_numpy(counts_8x6, small_sample):
    ours = concentration(counts_8x6)
    nats = np.log(2)
    np.testing.assert_allclose(ours["entropy_bits"] * nats, small_sample["shannon_nats_plugin"], atol=1e-9)
    corrected = ours["entropy_miller_madow_bits"] * nats
    np.testing.assert_allclose(corrected, small_sample["shannon_nats_miller_madow"], atol=1e-9)


def test_worked_table(counts_8x6):
    """The cells and counts the specification prints."""
    table = lq_table(counts_8x6).set_index(["place", "field"])
    first, second = table.loc[("C1", "F1")], table.loc[("C7", "F6")]
    assert (round(first.lq, 4), round(first.p, 4), round(first.q, 3)) == (1.8255, 0.005, 0.034)
    assert first.state == Support.SUPPORTED
    assert (round(second.lq, 3), round(second.p, 3), round(second.q, 3)) == (2.689, 0.085, 0.371)
    assert second.state == Support.TOO_FEW_ACTORS
    assert set(table.state) <= {state.value for state in Support}
    assert ((table.lq >= 1).sum(), (table.p < 0.05).sum(), (table.q < 0.05).sum()) == (19, 8, 7)
    total, rest = (concentration(counts_8x6, krugman=variant)[f"krugman_{variant}"] for variant in ("total", "rest"))
    assert total["C1"] > total["C2"]
    assert rest["C1"] < rest["C2"]
