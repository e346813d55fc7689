"""Against dit 2.3 ``coinformation`` and R ``table`` (1e-9); the null against 2 000 stored draws (0.01)."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest

from ecosystem.measures.helix import helix_balance, synergy
from ecosystem.model import Sector

NAMES = {"x": "city", "y": "field", "z": "sector"}


@pytest.fixture
def actors(reference):
    return reference.table("helix_actors_60")


@pytest.fixture
def expected(reference):
    return reference.expected("helix_actors_60_helix")


@pytest.fixture
def groups(expected):
    return pd.Series(expected["decomposition_by_city_group"]["groups"])


def test_synergy_against_dit(actors, expected):
    assert synergy(actors, draws=1).t == pytest.approx(expected["dit_coinformation"], abs=1e-9)


def test_entropies_against_dit(actors, expected):
    entropies = synergy(actors, draws=1).entropies
    stored = {key: value for key, value in expected["three_way_bits"].items() if key.startswith("H")}
    assert len(stored) == len(entropies) == 7
    for key, value in stored.items():
        assert entropies["+".join(NAMES[letter] for letter in key[1:])] == pytest.approx(value, abs=1e-9)


def test_decomposition_against_independent_numpy(actors, expected, groups):
    ours, stored = synergy(actors, groups=groups, draws=1), expected["decomposition_by_city_group"]
    assert ours.between == pytest.approx(stored["T0_between"], abs=1e-9)
    for group, part in stored["parts"].items():
        assert ours.parts.loc[group, "n"] == part["n"]
        assert ours.parts.loc[group, "t"] == pytest.approx(part["T"], abs=1e-9)
    assert ours.between + (ours.parts["share"] * ours.parts["t"]).sum() == pytest.approx(ours.t, abs=1e-12)


def test_null_against_stored_draws(actors, expected):
    ours, stored = synergy(actors, draws=2000, seed=1), expected["permutation_null_T"]
    assert ours.expected == pytest.approx(stored["mean"], abs=0.01)
    assert ours.sd == pytest.approx(stored["sd"], abs=0.01)
    # a share of 2 000 draws has a standard error of half a per cent, on both sides
    assert ours.p_lower == pytest.approx(stored["p_lower(T_obs<=null)"], abs=0.02)
    assert ours.excess == pytest.approx(ours.t - ours.expected)
    assert (ours.seed, ours.draws, ours.n) == (1, 2000, 60)
    assert ours.warnings == ("60 rows in 100 cells: T alone is mostly bias",)


def test_balance_against_independent_numpy(actors, expected):
    ours = helix_balance(actors)
    for city, stored in expected["helix_by_city"].items():
        row = ours.loc[city]
        assert [row["n"], row["present"]] == [stored["n"], stored["sectors_present"]]
        assert row["evenness"] == pytest.approx(stored["pielou_evenness_5"], abs=1e-9)
        assert row["kl_bits"] == pytest.approx(stored["kl_to_region_bits"], abs=1e-9)
        assert {sector.value: row[sector.value] for sector in Sector} == stored["sector_counts"]


def test_balance_of_the_region_against_independent_numpy(actors, expected):
    region = helix_balance(actors.assign(city="region")).loc["region"]
    assert region["evenness"] == pytest.approx(expected["regional_sector_evenness"], abs=1e-9)
    assert region["kl_bits"] == 0


def test_synergy_by_hand(reference):
    worked = reference.expected("worked_examples")
    xor = pd.DataFrame([(a, b, a ^ b) for a, b in itertools.product((0, 1), repeat=2)], columns=list("xyz"))
    copies = pd.DataFrame({"x": [0, 1], "y": [0, 1], "z": [0, 1]})
    dims = ("x", "y", "z")
    assert synergy(xor, dims, draws=1).t == pytest.approx(worked["triple_helix_xor"]["T_bits"], abs=1e-9)
    assert synergy(copies, dims, draws=1).t == pytest.approx(worked["triple_helix_copy"]["T_bits"], abs=1e-9)


def test_p_of_synergy_by_enumerating_every_shuffle():
    """Four rows: 6 × 6 different and equally likely arrangements; the share with T as low is counted out."""
    table = pd.DataFrame({"city": list("AABB"), "field": list("FGFG"), "sector": list("xyyx")})
    arrangements = (sorted(set(itertools.permutations(table[column]))) for column in ("field", "sector"))
    values = [
        synergy(table.assign(field=field, sector=sector), draws=1).t
        for field, sector in itertools.product(*arrangements)
    ]
    ours = synergy(table, draws=4000, seed=2)
    assert ours.p_lower == pytest.approx(np.mean(np.array(values) <= ours.t + 1e-9), abs=0.03)
    assert ours.expected == pytest.approx(np.mean(values), abs=0.03)


def test_row_order_changes_nothing(actors, groups):
    ours, mixed = (
        synergy(table, groups=groups, draws=50, seed=4) for table in (actors, actors.sample(frac=1, random_state=1))
    )
    assert (ours.t, ours.expected, ours.p_lower, ours.between) == (
        mixed.t,
        mixed.expected,
        mixed.p_lower,
        mixed.between,
    )


def test_negative_is_synergy(reference):
    """dit's ``interaction_information`` has the opposite sign for three variables."""
    stored = reference.expected("helix_actors_60_helix")
    ours = synergy(reference.table("helix_actors_60"), draws=1).t
    assert ours == pytest.approx(stored["dit_coinformation"], abs=1e-9)
    assert ours == pytest.approx(-stored["dit_interaction_information"], abs=1e-9)
