"""Against econcomplex 1.0.1, ecomplexity 0.5.3 and economic-complexity 0.3.0, to 1e-9.

Where a place or field is empty econcomplex prints 0 (or 1, or ½) instead of nothing: those cells are compared in
``test_specialisation_peer_disagreements.py``.
"""

from __future__ import annotations

import numpy as np
import pytest

from ecosystem.measures.specialisation import concentration, field_concentration, location_quotient

INPUTS = ["counts_8x6", "degenerate_6x5", "econgeo_doc_5x5", "econgeo_seed31_5x4"]
PLACES = {
    "herfindahl_raw": "hhi",
    "shannon_entropy": "entropy_bits",
    "krugman_index": "krugman_total",
    "specialization_coefficient": "hoover",
    "hachman_index": "hachman",
}


@pytest.fixture(params=INPUTS)
def case(request, reference):
    return reference.input(request.param), reference.peer(request.param, "python")


@pytest.mark.parametrize("package", ["econcomplex", "economic-complexity", "ecomplexity"])
def test_location_quotient_against_python_peers(case, reference, package):
    counts, peer = case
    record = peer["ecomplexity"]["all"]["rca"] if package == "ecomplexity" else peer[package]["rca"]
    theirs = reference.square(record, counts.index, counts.columns)
    ours = location_quotient(counts)
    np.testing.assert_allclose(np.nan_to_num(ours), np.nan_to_num(theirs), atol=1e-9)


@pytest.mark.parametrize("name", PLACES)
def test_concentration_against_econcomplex(case, reference, name):
    counts, peer = case
    filled = counts.sum(axis=1) > 0
    ours = concentration(counts, krugman="total")[PLACES[name]]
    theirs = reference.vector(peer["econcomplex"][name], counts.index)
    np.testing.assert_allclose(ours[filled], theirs[filled], atol=1e-9)


@pytest.mark.parametrize("name", ["gini", "locational_gini"])
def test_field_concentration_against_econcomplex(case, reference, name):
    counts, peer = case
    filled = counts.sum() > 0
    theirs = reference.vector(peer["econcomplex"][name], counts.columns)
    np.testing.assert_allclose(field_concentration(counts)[name][filled], theirs[filled], atol=1e-9)
