"""Against EconGeo 2.1 (R 4.2.2), raw. It rounds RCA to 2, entropy and Gini to 3 decimals: half the last digit."""

from __future__ import annotations

import numpy as np
import pytest

from ecosystem.measures.specialisation import concentration, field_concentration, location_quotient, specialised

INPUTS = ["counts_8x6", "degenerate_6x5", "econgeo_doc_5x5", "econgeo_seed31_5x4"]
PLACES = {"herfindahl": "hhi", "spec_coeff": "hoover", "hachman": "hachman"}


@pytest.fixture(params=INPUTS)
def case(request, reference):
    return reference.input(request.param), reference.peer(request.param, "EconGeo")


def test_location_quotient_against_econgeo(case, reference):
    counts, peer = case
    lq = location_quotient(counts)
    # EconGeo prints 0 in an empty place or field, where there is no LQ
    theirs = reference.square(peer["location_quotient"], counts.index, counts.columns)
    np.testing.assert_allclose(lq.fillna(0), theirs, atol=1e-9)
    assert lq.isna().equals(counts.apply(lambda column: (counts.sum(axis=1) == 0) | (column.sum() == 0)))


def test_location_quotient_against_econgeo_rounded(case, reference):
    counts, peer = case
    theirs = reference.square(peer["rca_rounded"], counts.index, counts.columns)
    assert np.abs(location_quotient(counts).fillna(0) - theirs).max(axis=None) <= 0.005 + 1e-9


def test_specialised_against_econgeo(case, reference):
    counts, peer = case
    theirs = reference.square(peer["location_quotient_binary"], counts.index, counts.columns)
    assert (specialised(location_quotient(counts)).to_numpy() == theirs).all()


@pytest.mark.parametrize("name", PLACES)
def test_concentration_against_econgeo(case, reference, name):
    counts, peer = case
    ours = concentration(counts)[PLACES[name]]
    np.testing.assert_allclose(ours, reference.vector(peer[name], counts.index), atol=1e-9)


def test_krugman_total_against_econgeo(case, reference):
    counts, peer = case
    ours = concentration(counts, krugman="total")["krugman_total"]
    np.testing.assert_allclose(ours, reference.vector(peer["krugman_index"], counts.index), atol=1e-9)


def test_entropy_against_econgeo(case, reference):
    counts, peer = case
    theirs = reference.vector(peer["entropy"], counts.index)
    np.testing.assert_allclose(concentration(counts)["entropy_bits"], theirs, atol=0.0005, rtol=0)


def test_gini_against_econgeo(case, reference):
    counts, peer = case
    theirs = reference.vector(peer["gini"], counts.columns)
    np.testing.assert_allclose(field_concentration(counts)["gini"], theirs, atol=0.0005, rtol=0)


def test_locational_gini_against_econgeo(case, reference):
    counts, peer = case
    theirs = reference.vector(peer["locational_gini"], counts.columns)
    np.testing.assert_allclose(field_concentration(counts)["locational_gini"], theirs, atol=1e-9)


def test_ubiquity_against_econgeo(case, reference):
    counts, peer = case
    assert (field_concentration(counts)["ubiquity"] == reference.vector(peer["ubiquity_rca"], counts.columns)).all()
