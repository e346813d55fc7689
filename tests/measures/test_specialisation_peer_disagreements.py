"""Where packages disagree about specialisation: we equal ``expected``, the peer's stored value differs as stated."""

from __future__ import annotations

import numpy as np
import pytest

from ecosystem.measures.specialisation import concentration, field_concentration


@pytest.mark.parametrize(
    ("name", "column", "printed"),
    [
        ("herfindahl_raw", "hhi", 0),
        ("shannon_entropy", "entropy_bits", 0),
        ("krugman_index", "krugman_total", 1),
        ("hachman_index", "hachman", 0),
        ("herfindahl_default_normalized", "hhi_unbiased", -0.25),
    ],
)
def test_an_empty_place_has_no_index(reference, name, column, printed):
    ours = concentration(reference.input("degenerate_6x5"), krugman="total").loc["R5"]
    assert np.isnan(ours[column])
    assert ours["reason"] == "empty place"
    assert reference.peer("degenerate_6x5", "python")["econcomplex"][name]["R5"] == pytest.approx(printed)


def test_an_empty_field_has_no_gini(reference):
    ours = field_concentration(reference.input("degenerate_6x5")).loc["I4"]
    peer = reference.peer("degenerate_6x5", "python")["econcomplex"]
    assert np.isnan(ours["gini"])
    assert np.isnan(ours["locational_gini"])
    assert (peer["gini"]["I4"], peer["locational_gini"]["I4"]) == (0, 0.5)


def test_krugman_against_the_rest_is_the_default(reference):
    """EconGeo and econcomplex compare with a total that contains the place itself: the order of two places turns."""
    counts = reference.input("counts_8x6")
    rest = concentration(counts)["krugman_rest"]
    np.testing.assert_allclose(rest, reference.expected("counts_8x6")["krugman_index_vs_rest"], atol=1e-9)
    theirs = reference.vector(reference.peer("counts_8x6", "EconGeo")["krugman_index"], counts.index)
    assert rest["C1"] < rest["C2"]
    assert theirs[0] > theirs[1]


def test_hhi_and_entropy_are_plain(reference):
    """econcomplex normalises HHI by default, EconGeo rounds entropy to 3 decimals."""
    counts = reference.input("counts_8x6")
    ours = concentration(counts)
    normalised = reference.vector(
        reference.peer("counts_8x6", "python")["econcomplex"]["herfindahl_default_normalized"], counts.index
    )
    np.testing.assert_allclose(normalised, (ours["hhi"] - 1 / 6) / (1 - 1 / 6), atol=1e-9)
    assert (ours["hhi"] - normalised).min() > 0.1
    rounded = reference.vector(reference.peer("counts_8x6", "EconGeo")["entropy"], counts.index)
    assert 1e-4 < (ours["entropy_bits"] - rounded).abs().max() <= 5e-4
