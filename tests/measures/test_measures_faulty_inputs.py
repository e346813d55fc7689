"""An input no measure can work on is refused in one sentence that names the culprit and the cure."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecosystem.errors import MeasureError
from ecosystem.measures import _inputs
from ecosystem.measures.change import entry_exit, variety
from ecosystem.measures.complexity import complexity
from ecosystem.measures.helix import helix_balance, synergy
from ecosystem.measures.relatedness import co_occurrence, relatedness, relatedness_density
from ecosystem.measures.specialisation import (
    concentration,
    field_concentration,
    location_quotient,
    lq_permutation_p,
    lq_table,
    specialised,
)

GOOD = pd.DataFrame({"F1": [1, 0], "F2": [1, 1]}, index=["C1", "C2"])
ON_COUNTS = [location_quotient, lq_table, concentration, field_concentration, specialised]
ON_INCIDENCE = [co_occurrence, relatedness, complexity]

FAULTS = [
    (GOOD.assign(F2=[1, -2]), r"row 'C2', column 'F2' is -2; "),
    (GOOD.assign(F2=[1, np.inf]), r"row 'C2', column 'F2' is inf; "),
    (GOOD.assign(F2=[1, "many"]), r"row 'C2', column 'F2' is 'many', not a number"),
    (GOOD.assign(F2=["1", "1"]), r"row 'C1', column 'F2' is '1', not a number"),
    (GOOD.assign(F2=[1j, 1]), r"row 'C1', column 'F2' is 1j, not a number"),
    (GOOD.rename(index={"C2": "C1"}), r"row label 'C1' occurs more than once"),
    (GOOD.rename(columns={"F2": "F1"}), r"column label 'F1' occurs more than once"),
    (GOOD.rename(index={"C2": None}), r"a row has no label"),
    ([[1, 2]], r"expected a pandas DataFrame, got list"),
]


@pytest.mark.parametrize("measure", [*ON_COUNTS, *ON_INCIDENCE])
@pytest.mark.parametrize(("table", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_faulty_tables_are_refused(measure, table, said):
    with pytest.raises(MeasureError, match=said):
        measure(table)


@pytest.mark.parametrize("measure", [location_quotient, lq_table, concentration, relatedness])
@pytest.mark.parametrize("missing", [np.nan, None, pd.NA])
def test_a_missing_number_is_refused(measure, missing):
    with pytest.raises(MeasureError, match=r"row 'C2', column 'F2' is nan; not a finite number\. Fill it in"):
        measure(GOOD.assign(F2=pd.array([1, missing], dtype="Int64") if missing is pd.NA else [1.0, missing]))


@pytest.mark.parametrize("measure", [lq_table, concentration])
def test_fractions_are_no_counts(measure):
    with pytest.raises(MeasureError, match=r"is 0\.5; this measure counts and needs whole numbers"):
        measure(GOOD.assign(F2=[0.5, 1]))
    assert location_quotient(GOOD.assign(F2=[0.5, 1])).notna().all(axis=None)


@pytest.mark.parametrize("measure", ON_INCIDENCE)
def test_counts_are_no_incidence(measure):
    with pytest.raises(MeasureError, match=r"row 'C1', column 'F2' is 3; only 0 and 1 are allowed"):
        measure(GOOD.assign(F2=[3, 1]))
    with pytest.raises(MeasureError, match=r"row 'C1', column 'F2' is 3; only 0 and 1 are allowed"):
        measure(GOOD.assign(F2=[3, 1]).astype(pd.SparseDtype("int64", 0)))


def test_astronomical_counts_are_refused():
    with pytest.raises(MeasureError, match="larger than a table of counts can hold exactly"):
        location_quotient(GOOD.assign(F2=[1e300, 1]))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: lq_table(GOOD, method="wald"), r"method: there is no 'wald'\. Choose one of jeffreys, log_delta"),
        (lambda: lq_table(GOOD, level=95), r"level: expected a number between 0 and 1 \(neither itself\), got 95"),
        (lambda: lq_table(GOOD, alpha=0), r"alpha: expected a number between 0 and 1"),
        (lambda: specialised(GOOD, threshold=0), r"threshold: expected a number above 0, got 0"),
        (
            lambda: concentration(GOOD, krugman="mean"),
            r"krugman: there is no 'mean'\. Choose one of rest, total, others",
        ),
        (lambda: concentration(GOOD, rarefy_to=0), r"rarefy_to: expected a whole number of at least 1, got 0"),
        (lambda: relatedness(GOOD, "pearson"), r"method: there is no 'pearson'\. Choose one of association, prob"),
        (lambda: complexity(GOOD, min_actors=2.5), r"min_actors: expected a whole number of at least 0, got 2\.5"),
        (lambda: complexity(GOOD, actors=pd.Series({"C1": 3})), r"label 'C2' is not among the labels of actors"),
        (lambda: complexity(GOOD, actors=[3, 4]), r"actors: expected a pandas Series, got list"),
        (lambda: relatedness_density(GOOD, GOOD), r"phi rows: label 'C1' is not among the labels of phi columns"),
        (
            lambda: entry_exit(GOOD, GOOD.iloc[::-1]),
            r"before rows and after rows: same labels in another order\. Use rein",
        ),
        (
            lambda: entry_exit(GOOD, GOOD, supported=GOOD[["F1"]]),
            r"label 'F2' is not among the labels of supported col",
        ),
    ],
)
def test_faulty_options_are_refused(call, said):
    with pytest.raises(MeasureError, match=said):
        call()


def test_asymmetric_relatedness_is_refused():
    phi = pd.DataFrame([[0, 1], [2, 0]], index=["F1", "F2"], columns=["F1", "F2"])
    with pytest.raises(MeasureError, match=r"phi: row 'F1', column 'F2' is 1; the opposite cell differs"):
        relatedness_density(GOOD, phi)


ACTORS = pd.DataFrame({"actor": ["a", "b"], "city": ["X", "Y"], "field": ["F", "G"], "sector": ["science", "industry"]})


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: lq_permutation_p(ACTORS.drop(columns="city")),
            r"needs exactly one column 'city'; columns are 'actor'",
        ),
        (lambda: lq_permutation_p(pd.concat([ACTORS, ACTORS])), r"'a' holds field 'F' more than once"),
        (lambda: lq_permutation_p(ACTORS.assign(actor="a")), r"'a' has more than one city\. Give each actor one"),
        (lambda: lq_permutation_p(ACTORS, draws=0), r"draws: expected a whole number of at least 1, got 0"),
        (lambda: lq_permutation_p(ACTORS, seed=True), r"seed: expected a whole number of at least 0, got True"),
        (lambda: helix_balance(ACTORS.assign(sector="army")), r"'army' is no sector\. Use one of industry, science"),
        (lambda: helix_balance(ACTORS.assign(city=[None, "Y"])), r"row 0, column 'city' is empty"),
        (lambda: helix_balance(ACTORS, places=["X"]), r"places: 'Y' has actors but is not among the places"),
        (lambda: helix_balance(ACTORS, places=["X", "X"]), r"places: 'X' occurs more than once"),
        (lambda: helix_balance([1]), r"actors: expected a pandas DataFrame, got list"),
        (
            lambda: synergy(ACTORS, ("city", "field")),
            r"dims: expected three different columns, got \('city', 'field'\)",
        ),
        (lambda: synergy(ACTORS, groups=pd.Series({"X": "g"})), r"groups: 'Y' has no group\. Give every city one"),
        (lambda: synergy(ACTORS, groups=pd.Series({"X": None, "Y": "g"})), r"groups: 'X' has no label"),
        (lambda: synergy(ACTORS, groups={"X": "g"}), r"groups: expected a pandas Series, got dict"),
    ],
)
def test_faulty_long_tables_are_refused(call, said):
    with pytest.raises(MeasureError, match=said):
        call()


LONG = pd.DataFrame({"region": "A", "division": ["x", "y"], "activity": ["a", "b"], "count": [1, 2]})


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (LONG.assign(activity="a"), r"'A' lists 'a' more than once\. Sum the counts first"),
        (LONG.assign(activity="a", region=["A", "B"]), r"'a' lies in more than one division"),
        (LONG.assign(count=[1, -1]), r"counts_long: row 1, column 'count' is -1"),
        (LONG.assign(count=[1, None]), r"row 1, column 'count' is empty"),
    ],
)
def test_faulty_taxonomies_are_refused(table, said):
    with pytest.raises(MeasureError, match=said):
        variety(table)


def test_flows_keep_their_diagonal_and_ties_lose_it():
    square = pd.DataFrame([[5, 1], [1, 5]])
    assert _inputs.flows_frame(square).to_numpy().tolist() == [[5, 1], [1, 5]]
    assert _inputs.ties_frame(square).to_numpy().tolist() == [[0, 1], [1, 0]]
    assert _inputs.ties_frame(square, keep_diagonal=True).to_numpy().tolist() == [[5, 1], [1, 5]]
    assert square.to_numpy().tolist() == [[5, 1], [1, 5]]
