"""Against EconGeo 2.1 (R 4.2.2), raw output, to 1e-9; it rounds the density to 2 decimals: half the last digit."""

from __future__ import annotations

import numpy as np
import pytest

from ecosystem.measures.relatedness import co_occurrence, relatedness, relatedness_density
from ecosystem.measures.specialisation import location_quotient, specialised

COUNTS = ["counts_8x6", "degenerate_6x5", "econgeo_doc_5x5", "econgeo_seed31_5x4"]
BINARY = ["davis_18x14", "hh2009_toy_4x4", "period1_6x5"]
METHODS = ["association", "prob", "cosine", "jaccard"]


@pytest.fixture(params=COUNTS + BINARY)
def case(request, reference):
    table = reference.input(request.param)
    held = specialised(location_quotient(table)) if request.param in COUNTS else table
    return held, reference.peer(request.param, "EconGeo")


def test_co_occurrence_against_econgeo(case, reference):
    held, peer = case
    theirs = reference.square(peer["co_occurrence"], held.columns, held.columns)
    assert (co_occurrence(held).to_numpy() == theirs).all()


@pytest.mark.parametrize("method", METHODS)
def test_relatedness_against_econgeo(case, reference, method):
    held, peer = case
    theirs = reference.square(peer[f"relatedness_{method}"], held.columns, held.columns)
    np.testing.assert_allclose(relatedness(held, method), theirs, atol=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_relatedness_density_against_econgeo(case, reference, method):
    held, peer = case
    theirs = reference.square(peer[f"relatedness_density_{method}"], held.index, held.columns)
    ours = relatedness_density(held, relatedness(held, method))
    np.testing.assert_allclose(ours, theirs, atol=0.005 + 1e-9, rtol=0)
