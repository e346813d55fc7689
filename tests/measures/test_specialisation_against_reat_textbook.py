"""Against the textbook examples of Farhauer and Kröll printed in the manual of REAT 3.0.3; printed digits."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecosystem.measures.specialisation import concentration, location_quotient


@pytest.fixture
def textbook(reference):
    return reference.expected("published_textbook_examples")


@pytest.fixture
def goettingen(textbook):
    case = textbook["goettingen_2017"]
    here, whole = np.array(case["e_ij"]), np.array(case["e_i"])
    return case, pd.DataFrame([here, whole - here], index=["Göttingen", "others"], columns=case["sections"])


def test_location_quotient_against_reat_textbook(textbook):
    case = textbook["location_quotient"]["inputs"]
    here, others = case["e_j"] - case["e_ij"], case["e_i"] - case["e_ij"]
    counts = pd.DataFrame([[case["e_ij"], here], [others, case["e"] - case["e_i"] - here]])
    lq = location_quotient(counts).iloc[0, 0]
    assert lq == pytest.approx(textbook["location_quotient"]["published"], abs=1e-7)
    assert lq == pytest.approx(textbook["location_quotient"]["value"], abs=1e-9)


def test_krugman_others_mean_against_reat_textbook(textbook):
    case = textbook["krugman_vs_mean_of_others"]
    counts = pd.DataFrame.from_dict(case["inputs"], orient="index")
    ours = concentration(counts, krugman="others_mean")["krugman_others_mean"]["sweden"]
    assert ours == pytest.approx(case["published"], abs=1e-4)
    assert ours == pytest.approx(case["value"], abs=1e-9)


def test_location_quotient_against_reat_goettingen(goettingen):
    case, counts = goettingen
    np.testing.assert_allclose(location_quotient(counts).loc["Göttingen"], case["LQ_using_section_sums"], atol=1e-9)


def test_reported_totals_shift_every_goettingen_lq_by_three_per_cent(goettingen):
    case, counts = goettingen
    shift = location_quotient(counts).loc["Göttingen"] / case["LQ_using_reported_totals"]
    np.testing.assert_allclose(shift, 1.0315, atol=1e-4)


def test_concentration_against_reat_goettingen(goettingen):
    case, counts = goettingen
    ours = concentration(counts, krugman="total").loc["Göttingen"]
    assert ours["hhi"] == pytest.approx(case["herfindahl"], abs=1e-9)
    assert ours["hill_q2"] == pytest.approx(case["equivalent_number"], abs=1e-9)
    assert ours["krugman_total"] == pytest.approx(case["krugman_vs_BRD"], abs=1e-9)
    assert ours["hoover"] == pytest.approx(case["hoover_vs_BRD"], abs=1e-9)
