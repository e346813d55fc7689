"""The worked values of the specification, the independent numpy computation (1e-9) and small tables by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecosystem.measures.relatedness import co_occurrence, informative_rows, relatedness, relatedness_density
from ecosystem.measures.specialisation import location_quotient, specialised

METHODS = ["association", "prob", "cosine", "jaccard"]
BINARY = ["davis_18x14", "hh2009_toy_4x4", "period1_6x5"]


@pytest.fixture(params=["counts_8x6", "degenerate_6x5", "econgeo_doc_5x5", "econgeo_seed31_5x4", *BINARY])
def case(request, reference):
    table = reference.input(request.param)
    held = table if request.param in BINARY else specialised(location_quotient(table))
    return held, reference.expected(request.param)


@pytest.mark.parametrize("method", METHODS)
def test_relatedness_against_independent_numpy(case, reference, method):
    held, expected = case
    phi = relatedness(held, method)
    np.testing.assert_allclose(phi, reference.array(expected[f"relatedness_{method}"]), atol=1e-9)
    theirs = reference.array(expected[f"relatedness_density_pct_{method}"])
    np.testing.assert_allclose(relatedness_density(held, phi), theirs, atol=1e-9)


def test_proximity_against_independent_numpy(case, reference):
    held, expected = case
    theirs = reference.array(expected["proximity_min_cond_prob_diag1"])
    np.fill_diagonal(theirs, 0.0)
    phi = relatedness(held, "min_conditional")
    np.testing.assert_allclose(phi, theirs, atol=1e-9)
    density = relatedness_density(held, phi) / 100
    np.testing.assert_allclose(density, reference.array(expected["density_excl_self"]), atol=1e-9)


@pytest.mark.parametrize(
    ("method", "value"),
    [("association", 1.4), ("prob", 1.1745), ("cosine", 0.2236), ("jaccard", 0.125), ("min_conditional", 0.3333)],
)
def test_worked_relatedness(counts_8x6, method, value):
    held = specialised(location_quotient(counts_8x6))
    assert relatedness(held, method).loc["F1", "F2"] == pytest.approx(value, abs=5e-5)


def test_worked_density(counts_8x6):
    held = specialised(location_quotient(counts_8x6))
    assert co_occurrence(held).sum().sum() == 28
    assert co_occurrence(held).sum()[["F1", "F2"]].tolist() == [4, 5]
    assert relatedness_density(held, relatedness(held)).loc["C1", "F2"] == pytest.approx(24.138, abs=5e-4)


def test_own_field_is_not_counted_whatever_stands_on_the_diagonal():
    phi = pd.DataFrame([[9.0, 1.0], [1.0, 9.0]])
    assert relatedness_density(pd.DataFrame([[1, 0]]), phi).to_numpy().tolist() == [[0.0, 100.0]]


def test_actors_with_one_field_carry_no_information():
    actors = pd.DataFrame({"F1": [1, 1, 0], "F2": [1, 0, 1]})
    more = pd.DataFrame({"F1": [1, 1, 0, 1], "F2": [1, 0, 1, 0]})
    assert informative_rows(actors) == informative_rows(more) == 1
    for method in ("association", "prob", "cosine", "jaccard"):
        assert relatedness(actors, method).equals(relatedness(more, method))


def test_sparse_frames_give_the_same(counts_8x6):
    held = specialised(location_quotient(counts_8x6))
    sparse = held.astype(pd.SparseDtype("int64", 0))
    assert relatedness(sparse, "prob").equals(relatedness(held, "prob"))
    phi = relatedness(held)
    assert relatedness_density(sparse, phi).equals(relatedness_density(held, phi))
