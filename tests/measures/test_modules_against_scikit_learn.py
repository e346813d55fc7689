"""Agreement of partitions against values of scikit-learn 1.9.1 (1e-9; AMI with singletons: 1e-12 of 0)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecosystem.measures.modules import (
    adjusted_mutual_info,
    adjusted_rand_index,
    association,
    variation_of_information,
)


@pytest.fixture
def stored(reference):
    return reference.expected("partition_similarity")


@pytest.fixture
def partitions(stored):
    return {name: pd.Series(stored[name]) for name in "ABC"}


def test_ami_against_scikit_learn(partitions, stored):
    ours = adjusted_mutual_info(partitions["A"], partitions["B"])
    assert ours == pytest.approx(stored["AMI_arithmetic"]["AB"], rel=0, abs=1e-9)
    assert abs(adjusted_mutual_info(partitions["A"], partitions["C"])) < 1e-12


@pytest.mark.parametrize("pair", ["AB", "AC"])
def test_ari_and_vi_against_scikit_learn(partitions, stored, pair):
    a, b = (partitions[name] for name in pair)
    assert adjusted_rand_index(a, b) == pytest.approx(stored["ARI"][pair], rel=0, abs=1e-9)
    assert variation_of_information(a, b) * np.log(2) == pytest.approx(stored["VI_nats"][pair], rel=0, abs=1e-9)


def test_singletons_look_good_to_nmi_only(stored):
    assert stored["NMI_arithmetic"]["AC"] > 0.6
    assert abs(stored["AMI_arithmetic"]["AC"]) < 1e-12


def test_expected_information_against_all_permutations():
    """E[I] of a 2 × 2 case by enumeration: AMI of every arrangement averages to 0 over all of them."""
    from itertools import permutations

    a = pd.Series([0, 0, 0, 1, 1])
    values = [adjusted_mutual_info(a, pd.Series(b)) for b in permutations([0, 0, 1, 1, 1])]
    assert np.mean(values) == pytest.approx(0, abs=1e-12)


def test_the_same_partition_is_one_whatever_its_names():
    names = pd.Series(["x", "y", "y"])
    for other in (pd.Series([7, 3, 3]), pd.Series(["y", "x", "x"])):
        assert adjusted_mutual_info(names, other) == adjusted_rand_index(names, other) == 1
        assert variation_of_information(names, other) == 0
    singletons = pd.Series(range(5))
    assert adjusted_mutual_info(singletons, singletons + 10) == adjusted_rand_index(singletons, singletons) == 1


def test_nodes_without_a_group_are_left_out():
    a, b = pd.Series([0, 0, 1, 1, -1, 2]), pd.Series([5, 5, 6, 6, 6, -1])
    assert adjusted_mutual_info(a, b) == 1


def test_association_by_hand():
    """Of the 70 ways to cut eight nodes in halves two are as good as this one; p is about 2/70."""
    module, city = pd.Series([0] * 4 + [1] * 4), pd.Series(["A"] * 4 + ["B"] * 4)
    found = association(module, city, draws=4000, seed=1)
    assert found.ami == 1
    assert found.p == pytest.approx(2 / 70, abs=4 * np.sqrt(2 / 70 * 68 / 70 / 4000))
    assert association(module, city, draws=50, seed=1).p == association(module, city, draws=50, seed=1).p
