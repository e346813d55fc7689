"""Null models and the disparity filter against R backbone 2.1.3.

BiCM 1e-6 and disparity 1e-9; SDSM .025, because backbone approximates the tail that is exact here; FDSM
4√(p(1−p)(1/20000 + 1/B)) + 1/B, two Monte Carlo errors. backbone restarts every trial from the observed table after
5·min(rows, columns) trades, so its FDSM is reproduced by restarting too; test_network_peer_disagreements shows what
the restart does to p.
"""

from __future__ import annotations

import numpy as np
import pytest

from ecosystem.measures._curveball import randomised
from ecosystem.measures.backbones import disparity_backbone
from ecosystem.measures.nullmodels import bicm, validated_projection


@pytest.fixture
def davis(reference):
    return reference.input("davis_18x14")


@pytest.fixture
def backbone(reference):
    return reference.peer("davis_18x14", "backbone")


def test_bicm_against_r_backbone(davis, backbone, reference):
    peer = reference.square(backbone["bicm_prob"], davis.index, davis.columns)
    np.testing.assert_allclose(bicm(davis), peer, rtol=0, atol=1e-6)


def test_sdsm_against_r_backbone(davis, backbone):
    pairs = validated_projection(davis, model="sdsm")
    peer = np.array([backbone["sdsm_Pupper"][i][j] for i, j in zip(pairs["i"], pairs["j"], strict=True)])
    assert np.abs(pairs["p"] - peer).max() <= 0.025
    assert (pairs["p"] < 0.05).sum() == 0


def test_fdsm_restarted_as_r_backbone_does_against_r_backbone(davis, backbone):
    b = 4000
    table = davis.to_numpy() > 0
    shared, hits = table.astype(int) @ table.T.astype(int), np.zeros((18, 18))
    for seed in range(b):
        drawn = next(randomised(table, 1, seed)).astype(int)
        hits += drawn @ drawn.T >= shared
    i, j = np.triu_indices(18, k=1)
    ours = ((1 + hits) / (1 + b))[i, j]
    peer = np.array([backbone["fdsm_Pupper"][davis.index[x]][davis.index[y]] for x, y in zip(i, j, strict=True)])
    assert (np.abs(ours - peer) <= 4 * np.sqrt(peer * (1 - peer) * (1 / 20000 + 1 / b)) + 1 / b).all()


def test_fdsm_finds_the_five_pairs_of_davis_and_none_after_correction(davis):
    pairs = validated_projection(davis, draws=5000)
    assert (pairs["p"] < 0.05).sum() == 5
    assert not pairs["keep"].any()
    p = pairs.set_index(["i", "j"]).loc[("Katherina Rogers", "Sylvia Avondale"), "p"]
    assert p == pytest.approx(0.0085, abs=4 * np.sqrt(0.0085 * 0.9915 * (1 / 20000 + 1 / 5000)) + 1 / 5000)


def test_disparity_against_r_backbone(reference):
    edges = reference.table("karate_edges")
    peer = reference.peer("karate", "backbone_igraphR")
    nodes = sorted({*edges["source"], *edges["target"]})
    ties = edges.pivot_table(index="source", columns="target", values="weight").reindex(index=nodes, columns=nodes)
    ties = ties.fillna(0) + ties.fillna(0).T
    found = disparity_backbone(ties, alpha=0.05)
    stored = [peer["disparity_Pupper"][str(i)][str(j)] for i, j in zip(found["i"], found["j"], strict=True)]
    np.testing.assert_allclose(found["alpha"], stored, rtol=0, atol=1e-9)
    assert len(found) == 78
    assert found["keep"].sum() == peer["edges_alpha05_signedNULL"] == 0
    assert found["alpha"].min() == pytest.approx(0.132, abs=5e-4)
