"""Against vegan 2.6-4 (R 4.2.2), to 1e-9; entropy there in nats."""

from __future__ import annotations

import numpy as np
import pytest

from ecosystem.measures.specialisation import concentration


@pytest.fixture(params=["counts_8x6", "davis_18x14"])
def case(request, reference):
    table = reference.input(request.param)
    peer = reference.peer(request.param, "bipartite_vegan")
    return table, peer, concentration(table, rarefy_to=peer["rarefy_sample"])


@pytest.mark.parametrize(("name", "column"), [("inverse_simpson", "hill_q2"), ("hill_q1", "hill_q1")])
def test_hill_numbers_against_vegan(case, reference, name, column):
    table, peer, ours = case
    np.testing.assert_allclose(ours[column], reference.vector(peer[name], table.index), atol=1e-9)


def test_rarefied_richness_against_vegan(case, reference):
    table, peer, ours = case
    large = (table.sum(axis=1) >= peer["rarefy_sample"]).to_numpy()
    theirs = reference.vector(peer["rarefied_richness"], table.index)
    np.testing.assert_allclose(ours["rarefied_richness"][large], theirs[large], atol=1e-9)
    assert ours["rarefied_richness"][~large].isna().all()
    assert large.sum() >= 8


def test_entropy_and_hhi_against_vegan(case, reference):
    table, peer, ours = case
    nats = reference.vector(peer["shannon_nats"], table.index)
    np.testing.assert_allclose(ours["entropy_bits"] * np.log(2), nats, atol=1e-9)
    simpson = reference.vector(peer["simpson_1_minus_D"], table.index)
    np.testing.assert_allclose(1 - ours["hhi"], simpson, atol=1e-9)
