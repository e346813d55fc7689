"""What cannot be known is NaN with a reason: empty places and fields, single places, tables that fall apart.

pytest turns every warning into an error, so that none leaks from here.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecosystem.measures.change import entry_exit, variety
from ecosystem.measures.complexity import complexity
from ecosystem.measures.helix import helix_balance, synergy
from ecosystem.measures.relatedness import co_occurrence, informative_rows, relatedness, relatedness_density
from ecosystem.measures.specialisation import (
    Support,
    concentration,
    field_concentration,
    location_quotient,
    lq_table,
    specialised,
)

EMPTY_TABLES = [
    pd.DataFrame(np.zeros((3, 2)), index=list("abc"), columns=["F1", "F2"]),
    pd.DataFrame(np.zeros((0, 2)), columns=["F1", "F2"]),
    pd.DataFrame(np.zeros((3, 0)), index=list("abc")),
    pd.DataFrame(),
]


@pytest.fixture
def degenerate(reference):
    return reference.input("degenerate_6x5")


def test_location_quotient_is_missing_in_the_expected_cells(degenerate, reference):
    expected = reference.array(reference.expected("degenerate_6x5")["location_quotient"])
    np.testing.assert_array_equal(location_quotient(degenerate).isna(), np.isnan(expected))


@pytest.mark.parametrize("method", ["jeffreys", "log_delta"])
def test_every_missing_number_of_the_table_has_its_reason(degenerate, method):
    table = lq_table(degenerate, method=method).set_index(["place", "field"])
    assert (table.loc["R5", "reason"] == "empty place").all()
    assert (table.loc["R5", "state"] == Support.UNDEFINED).all()
    assert table.loc["R5", "q"].isna().all()
    assert (table.loc["R5", "p"] == 1).all()
    rest = table.drop("R5")
    assert (rest.xs("I4", level="field")["reason"] == "empty field").all()
    assert (rest.xs("I4", level="field")["p"] == 1).all()
    missing = table[["lq", "low", "high", "q"]].isna().any(axis=1)
    assert (missing == (table["reason"] != "")).all()


def test_log_delta_needs_an_actor_here():
    table = lq_table(pd.DataFrame([[0, 3], [4, 1]]), method="log_delta")
    assert table["reason"].tolist() == ["no actor of the field here", "", "", ""]
    assert table["low"].isna().tolist() == [True, False, False, False]
    assert table["state"].tolist()[0] == Support.NOT_SPECIALISED
    assert lq_table(pd.DataFrame([[0, 3], [4, 1]]))["low"].notna().all()


def test_the_only_place_has_lq_one_and_no_interval():
    table = lq_table(pd.DataFrame([[3, 1], [0, 0]], index=["all", "none"])).set_index("place")
    assert table.loc["all", "lq"].tolist() == [1, 1]
    assert table.loc["all", ["low", "high"]].isna().all(axis=None)
    assert table.loc["all", "reason"].tolist() == ["no other place"] * 2
    without = lq_table(pd.DataFrame([[3, 1], [0, 0]]), intervals=False)
    assert "low" not in without
    assert without["reason"].tolist() == ["", "", "empty place", "empty place"]


def test_concentration_gives_one_reason_for_each_missing_index():
    counts = pd.DataFrame([[0, 0], [1, 0], [3, 3]], index=["empty", "one", "six"])
    ours = concentration(counts, rarefy_to=4)
    assert ours["reason"].tolist() == [
        "empty place",
        "fewer than two memberships; smaller than the common sample",
        "",
    ]
    assert ours.loc["one", ours.loc["one"].isna()].index.tolist() == ["hhi_unbiased", "rarefied_richness"]
    assert ours.loc["empty", ours.loc["empty"].notna()].index.tolist() == ["n", "rarefied_to", "reason"]
    assert ours.loc["six"].notna().all()


@pytest.mark.parametrize(("variant", "missing"), [("rest", True), ("others_mean", True), ("total", False)])
def test_the_only_place_has_nothing_to_be_compared_with(variant, missing):
    row = concentration(pd.DataFrame([[3, 1], [0, 0]]), krugman=variant).iloc[0]
    assert np.isnan(row[f"krugman_{variant}"]) == missing
    assert row["reason"] == ("no other place" if missing else "")


def test_one_field_has_no_evenness():
    ours = concentration(pd.DataFrame({"F1": [3, 4]}))
    assert ours["evenness"].isna().all()
    assert (ours["reason"] == "one field only").all()
    assert (ours["entropy_bits"] == 0).all()


def test_an_empty_field_keeps_its_row(degenerate):
    ours = field_concentration(degenerate).loc["I4"]
    assert (ours["n"], ours["ubiquity"], ours["reason"]) == (0, 0, "empty field")


@pytest.mark.parametrize("table", EMPTY_TABLES, ids=["zeros", "no place", "no field", "nothing"])
def test_empty_tables_pass_through(table):
    assert location_quotient(table).isna().all(axis=None)
    assert specialised(location_quotient(table)).shape == table.shape
    assert len(lq_table(table)) == table.size
    assert concentration(table, rarefy_to=2)["hhi"].isna().all()
    assert field_concentration(table)["gini"].isna().all()
    assert relatedness(table).to_numpy().tolist() == np.zeros((table.shape[1],) * 2).tolist()
    assert co_occurrence(table).shape == (table.shape[1],) * 2
    assert informative_rows(table) == 0
    assert relatedness_density(table, relatedness(table)).isna().all(axis=None)
    ours = complexity(table)
    assert (ours.defined, ours.reason, ours.n, ours.distinct_pci) == (False, "no specialised field", 0, 0)
    assert entry_exit(table, table).rates["exit_rate"].isna().all()


def test_a_field_that_meets_none_has_no_density():
    held = pd.DataFrame({"F1": [1, 1], "F2": [1, 1], "F3": [0, 0]})
    density = relatedness_density(held, relatedness(held))
    assert density["F3"].isna().all()
    assert density[["F1", "F2"]].notna().all(axis=None)


def test_a_place_without_specialisation_has_density_zero():
    held = pd.DataFrame({"F1": [1, 0], "F2": [1, 0]}, index=["A", "B"])
    assert relatedness_density(held, relatedness(held)).loc["B"].tolist() == [0, 0]


def test_disconnected_complexity_is_refused(reference):
    ours = complexity(specialised(location_quotient(reference.input("econgeo_doc_5x5"))))
    assert (ours.defined, ours.reason, ours.components) == (False, "disconnected", 2)
    assert (ours.place_reason == "disconnected").all()
    assert "not defined: disconnected" in ours.warnings


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1, 1], [1, 1]], "second eigenvector not unique"),  # λ2 = 0
        ([[1, 1, 0], [0, 1, 1], [1, 0, 1]], "second eigenvector not unique"),  # λ2 = λ3
        ([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], "no sign: unrelated to diversity"),  # equal diversity
        ([[1], [1]], "second eigenvector not unique"),  # one field
    ],
)
def test_complexity_without_a_unique_answer_is_refused(rows, reason):
    ours = complexity(pd.DataFrame(rows))
    assert (ours.defined, ours.reason, ours.components) == (False, reason, 1)
    assert ours.eci.isna().all()
    assert ours.pci.isna().all()


def test_equal_eigenvalues_are_also_noticed_in_large_tables(monkeypatch):
    """A ring of 40 places and fields: every inner eigenvalue occurs twice."""
    from ecosystem.measures import _matrices

    ring = pd.DataFrame(np.eye(40, dtype=int) + np.roll(np.eye(40, dtype=int), 1, axis=1))
    for exact, product in ((300, 2000), (10, 2000), (10, 10)):
        monkeypatch.setattr(_matrices, "EXACT_UP_TO", exact)
        monkeypatch.setattr(_matrices, "GRAM_UP_TO", product)
        ours = complexity(ring)
        assert ours.reason == "second eigenvector not unique"
        assert ours.eigengap == pytest.approx(0, abs=1e-9)


def test_each_place_and_field_set_aside_says_why(degenerate):
    held = specialised(location_quotient(degenerate))
    ours = complexity(held, actors=pd.Series([20, 20, 20, 20, 0, 9], index=held.index))
    assert ours.place_reason.to_dict() == {
        "R1": "",
        "R2": "",
        "R3": "",
        "R4": "",
        "R5": "too few actors",
        "R6": "too few actors",
    }
    assert ours.field_reason["I4"] == "specialised in no place that takes part"
    assert ours.n == 4
    assert complexity(held).place_reason["R5"] == "no specialised field"


def test_a_place_without_actors_has_no_balance():
    actors = pd.DataFrame({"city": ["A"], "sector": ["science"]})
    ours = helix_balance(actors, places=["B", "A"])
    assert ours.index.tolist() == ["B", "A"]
    assert ours.loc["B", ["evenness", "kl_bits"]].isna().all()
    assert (ours.loc["B", "n"], ours.loc["B", "reason"]) == (0, "empty place")
    assert helix_balance(actors.iloc[:0], places=["B"]).loc["B", "reason"] == "empty place"


@pytest.mark.parametrize("rows", [0, 3])
def test_synergy_needs_two_categories_in_each_dimension(rows):
    actors = pd.DataFrame({"city": list("AAA"), "field": list("FGH"), "sector": list("xyz")}).iloc[:rows]
    ours = synergy(actors, groups=pd.Series({"A": "g"}), draws=5)
    assert ours.reason == "fewer than two categories"
    assert np.isnan([ours.t, ours.expected, ours.sd, ours.excess, ours.p_lower, ours.p_upper, ours.between]).all()
    assert ours.entropies.isna().all()
    assert ours.parts["t"].isna().all()


def test_rates_are_missing_where_nothing_could_happen():
    before = pd.DataFrame([[1, 1], [0, 0]], index=["full", "none"])
    after = pd.DataFrame([[1, 0], [1, 0]], index=["full", "none"])
    rates = entry_exit(before, after).rates
    assert rates["reason"].to_dict() == {"full": "no missing field", "none": "no held field"}
    assert rates["entry_rate"].isna().tolist() == [True, False]
    assert rates["exit_rate"].isna().tolist() == [False, True]


def test_variety_of_an_empty_place_and_of_a_flat_taxonomy():
    long = pd.DataFrame(
        {"region": list("AABB"), "division": list("xxxx"), "activity": list("abab"), "count": [1, 3, 0, 0]}
    )
    ours = variety(long)
    assert ours.loc["B", "reason"] == "empty place"
    assert ours.loc["B"].isna().sum() == 3
    flat = variety(long.assign(division=long["activity"]))
    assert flat.loc["A", "reason"] == "no two-level taxonomy"
    assert np.isnan(flat.loc["A", "related_variety_bits"])
    assert flat.loc["A", "unrelated_variety_bits"] == flat.loc["A", "entropy_bits"] > 0
