"""Where packages disagree about ECI and PCI: we equal ``expected``, the peer's stored value differs as stated."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecosystem.measures.complexity import complexity
from ecosystem.measures.specialisation import location_quotient, specialised

COUNTS = ["counts_8x6", "degenerate_6x5", "econgeo_doc_5x5", "econgeo_seed31_5x4"]
WITH_ECI = ["counts_8x6", "degenerate_6x5", "econgeo_seed31_5x4", "davis_18x14", "hh2009_toy_4x4", "period1_6x5"]


@pytest.fixture
def held(reference):
    def table(name):
        frame = reference.input(name)
        return specialised(location_quotient(frame)) if name in COUNTS else frame

    return table


def z_score(values):
    return (values - np.nanmean(values)) / np.nanstd(values)


def test_sign_of_pci_is_joint_with_eci(reference, held):
    """EconGeo and econcomplex sign PCI by ubiquity alone: opposite to the joint sign on 3 and 4 of 6 tables."""
    flipped = {"EconGeo": 0, "econcomplex": 0}
    for name in WITH_ECI:
        table = held(name)
        ours = complexity(table).pci
        np.testing.assert_allclose(ours, reference.array(reference.expected(name)["eci_pci"]["pci"]), atol=1e-9)
        means = table.mul(ours.fillna(0)).sum(axis=1) / table.sum(axis=1).where(lambda d: d > 0)
        np.testing.assert_allclose(means, complexity(table).eci, atol=1e-9)
        theirs = {
            "EconGeo": reference.vector(reference.peer(name, "EconGeo")["tci"], table.columns),
            "econcomplex": reference.vector(reference.peer(name, "python")["econcomplex"]["eci_pci"][1], table.columns),
        }
        for package, values in theirs.items():
            flipped[package] += bool(np.nansum(z_score(values) * z_score(ours)) < 0)
    assert sorted(flipped.values()) == [3, 4]


def test_disconnected_table_is_refused(reference, held):
    table = held("econgeo_doc_5x5")
    ours = complexity(table)
    assert (ours.defined, ours.reason, ours.components) == (False, "disconnected", 2)
    assert ours.eci.isna().all()
    assert ours.pci.isna().all()
    assert reference.expected("econgeo_doc_5x5")["eci_pci"]["unique"] is False
    theirs = reference.vector(reference.peer("econgeo_doc_5x5", "python")["econcomplex"]["eci_pci"][0], table.index)
    np.testing.assert_allclose(theirs, [-2, 0.5, 0.5, 0.5, 0.5], atol=1e-6)


def test_tci_of_econgeo_explodes_and_kci_flips(reference, held):
    """It divides by the sum of an eigenvector that sums to almost nothing."""
    table = held("econgeo_seed31_5x4")
    theirs = reference.vector(reference.peer("econgeo_seed31_5x4", "EconGeo")["tci"], table.columns)
    assert np.abs(theirs).max() > 4.9e16
    assert np.abs(complexity(table).pci).max() < 2
    toy = held("hh2009_toy_4x4")
    kci = reference.vector(reference.peer("hh2009_toy_4x4", "EconGeo")["kci"], toy.index)
    np.testing.assert_allclose(z_score(kci), -complexity(toy).eci, atol=0.002)


def test_twenty_reflections_are_not_the_eigenvector(reference, held):
    table = held("counts_8x6")
    ours = complexity(table).eci
    peer = reference.peer("counts_8x6", "python")["economic-complexity"]["complexity"][0]
    morc = reference.vector(reference.peer("counts_8x6", "EconGeo")["morc_20"], table.index)
    assert np.abs(z_score(reference.vector(peer, table.index)) - ours).max() == pytest.approx(1.354, abs=1e-3)
    assert np.abs(z_score(morc) - ours).max() == pytest.approx(1.308, abs=1e-3)
    empty = reference.peer("degenerate_6x5", "python")["economic-complexity"]["complexity"][0]
    assert all(value is None for value in empty.values())
    assert complexity(held("degenerate_6x5")).eci.notna().sum() == 5


def test_tiny_places_lead_unless_set_aside():
    """ecomplexity issue 20: without a minimum size the ranking is led by places of one or two actors."""
    rows = [[1, 1, 0, 0], [1, 1, 1, 0], [0, 1, 1, 1], [0, 0, 1, 1], [0, 0, 0, 1]]
    held = pd.DataFrame(rows, index=list("abcde"))
    actors = pd.Series([40, 40, 40, 40, 1], index=held.index)
    free, bounded = complexity(held), complexity(held, actors=actors)
    assert free.eci.abs().idxmax() == "e" or free.eci.abs().rank()["e"] >= 4
    assert np.isnan(bounded.eci["e"])
    assert bounded.place_reason["e"] == "too few actors"
    assert bounded.eci.drop("e").equals(complexity(held.drop("e")).eci)
