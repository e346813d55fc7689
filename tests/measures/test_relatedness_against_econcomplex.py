"""Against econcomplex 1.0.1, economic-complexity 0.3.0 and ecomplexity 0.5.3, to 1e-9.

ecomplexity counts the own field in the density: it is compared in that form only, built here from ours.
"""

from __future__ import annotations

import numpy as np
import pytest

from ecosystem.measures.relatedness import relatedness, relatedness_density
from ecosystem.measures.specialisation import location_quotient, specialised

COUNTS = ["counts_8x6", "degenerate_6x5", "econgeo_doc_5x5", "econgeo_seed31_5x4"]
BINARY = ["davis_18x14", "hh2009_toy_4x4", "period1_6x5"]


@pytest.fixture(params=COUNTS + BINARY)
def case(request, reference):
    table = reference.input(request.param)
    held = specialised(location_quotient(table)) if request.param in COUNTS else table
    return held, reference.peer(request.param, "python")


@pytest.mark.parametrize("package", ["econcomplex", "economic-complexity", "ecomplexity"])
def test_proximity_against_python_peers(case, reference, package):
    held, peer = case
    record = peer[package]["proximity" if package == "ecomplexity" else "proximity_max"]
    theirs = reference.square(record, held.columns, held.columns)
    # they differ in what stands on the diagonal and for a field nobody holds; ours has 0 in both
    np.fill_diagonal(theirs, 0.0)
    np.testing.assert_allclose(relatedness(held, "min_conditional"), np.nan_to_num(theirs), atol=1e-9)


def test_density_against_econcomplex(case, reference):
    held, peer = case
    ours = relatedness_density(held, relatedness(held, "min_conditional"))
    theirs = reference.square(peer["econcomplex"]["density_pct"], held.index, held.columns)
    # a field that meets none has 0 there and nothing here
    np.testing.assert_allclose(np.nan_to_num(ours), np.nan_to_num(theirs), atol=1e-9)


def test_density_against_economic_complexity(case, reference):
    held, peer = case
    ours = relatedness_density(held, relatedness(held, "min_conditional")) / 100
    theirs = reference.square(peer["economic-complexity"]["relatedness"], held.index, held.columns)
    np.testing.assert_allclose(np.nan_to_num(ours), np.nan_to_num(theirs), atol=1e-9)


def test_density_with_own_field_against_ecomplexity(case, reference):
    held, peer = case
    phi = relatedness(held, "min_conditional").to_numpy(copy=True)
    occurring = held.sum().to_numpy() > 0
    np.fill_diagonal(phi, 1.0)
    with_own = (held.to_numpy() @ phi) / phi.sum(axis=0)
    theirs = reference.square(peer["ecomplexity"]["all"]["density"], held.index, held.columns)
    known = ~np.isnan(theirs)
    assert known[np.ix_(held.sum(axis=1) > 0, occurring)].all()
    np.testing.assert_allclose(with_own[known & occurring], theirs[known & occurring], atol=1e-9)


def test_own_field_stays_out_of_the_density(reference):
    """ecomplexity 0.5.3 counts it: up to .75 off."""
    table = specialised(location_quotient(reference.input("econgeo_seed31_5x4")))
    ours = relatedness_density(table, relatedness(table, "min_conditional")) / 100
    np.testing.assert_allclose(
        ours, reference.array(reference.expected("econgeo_seed31_5x4")["density_excl_self"]), atol=1e-9
    )
    peer = reference.peer("econgeo_seed31_5x4", "python")["ecomplexity"]["all"]["density"]
    theirs = reference.square(peer, table.index, table.columns)
    assert np.abs(theirs - ours).max(axis=None) == pytest.approx(0.75, abs=1e-9)
