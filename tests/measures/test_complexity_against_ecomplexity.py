"""ECI and PCI against ecomplexity 0.5.3 and econcomplex 1.0.1 (1e-7: other eigensolvers), EconGeo 2.1 (0.002).

EconGeo works on a matrix rounded to 4 decimals and leaves sign and scale open: compared as z-scores, up to sign.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecosystem.measures import _matrices
from ecosystem.measures.complexity import complexity
from ecosystem.measures.specialisation import location_quotient, specialised

COUNTS = ["counts_8x6", "degenerate_6x5", "econgeo_seed31_5x4"]
BINARY = ["davis_18x14", "hh2009_toy_4x4", "period1_6x5"]


def held_in(name, reference):
    table = reference.input(name)
    return table if name in BINARY else specialised(location_quotient(table))


@pytest.fixture(params=COUNTS + BINARY)
def case(request, reference):
    held = held_in(request.param, reference)
    return request.param, held, complexity(held)


def z_score(values):
    return (values - np.nanmean(values)) / np.nanstd(values)


def test_eci_and_pci_against_ecomplexity(case, reference):
    name, held, ours = case
    peer = reference.peer(name, "python")["ecomplexity"]["all"]
    np.testing.assert_allclose(ours.eci, reference.vector(peer["eci"], held.index), atol=1e-7)
    np.testing.assert_allclose(ours.pci, reference.vector(peer["pci"], held.columns), atol=1e-7)


def test_eci_against_econcomplex(case, reference):
    name, held, ours = case
    theirs = reference.vector(reference.peer(name, "python")["econcomplex"]["eci_pci"][0], held.index)
    np.testing.assert_allclose(ours.eci, theirs, atol=1e-7)


@pytest.mark.parametrize("name", ["counts_8x6", "davis_18x14", "degenerate_6x5", "period1_6x5"])
def test_eci_against_econgeo_kci(name, reference):
    held = held_in(name, reference)
    theirs = z_score(reference.vector(reference.peer(name, "EconGeo")["kci"], held.index))
    ours = complexity(held).eci
    sign = np.sign(np.nansum(ours * theirs))
    np.testing.assert_allclose(ours, sign * theirs, atol=0.002, rtol=0)


def test_complexity_against_independent_numpy(case, reference):
    name, held, ours = case
    expected = reference.expected(name)["eci_pci"]
    np.testing.assert_allclose(ours.eci, reference.array(expected["eci"]), atol=1e-9)
    np.testing.assert_allclose(ours.pci, reference.array(expected["pci"]), atol=1e-9)
    assert ours.corr_diversity == pytest.approx(expected["corr_with_diversity"], abs=1e-9)
    second, third = expected["eigenvalues"][1:3]
    assert (ours.eigenvalue, ours.eigengap) == pytest.approx((second, second - third), abs=1e-9)
    assert (ours.defined, ours.components, ours.n) == (True, 1, int((held.sum(axis=1) > 0).sum()))
    assert ours.sign_arbitrary == (name == "hh2009_toy_4x4")


def test_a_large_table_gives_the_same_by_either_way(monkeypatch):
    """Beyond 300 fields Lanczos' method replaces the full decomposition; here both on one table."""
    rng = np.random.default_rng(5)
    held = pd.DataFrame((rng.random((120, 90)) < np.linspace(0.02, 0.6, 90)).astype(int))
    full = complexity(held)
    for limit in (2000, 10):
        monkeypatch.setattr(_matrices, "EXACT_UP_TO", 20)
        monkeypatch.setattr(_matrices, "GRAM_UP_TO", limit)
        found = complexity(held)
        np.testing.assert_allclose(found.eci, full.eci, atol=1e-9)
        np.testing.assert_allclose(found.pci, full.pci, atol=1e-9)
        assert found.eigengap == pytest.approx(full.eigengap, abs=1e-9)
