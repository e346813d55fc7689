"""Entry and exit against EconGeo 2.1 (equal cells); variety against independent numpy (1e-9)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ecosystem.measures.change import entry_exit, variety


@pytest.fixture
def periods(reference):
    return reference.input("period1_6x5"), reference.input("period2_6x5")


@pytest.mark.parametrize("which", ["entry", "exit"])
def test_cells_against_econgeo(periods, reference, which):
    before, after = periods
    peer = reference.peer("entry_exit", "EconGeo")[f"{which}_mat"]
    ours = getattr(entry_exit(before, after), which)
    np.testing.assert_array_equal(ours, reference.square(peer, before.index, before.columns))


def test_rates_against_independent_numpy(periods, reference):
    expected, ours = reference.expected("entry_exit"), entry_exit(*periods)
    assert ours.rates["entry_rate"].tolist() == expected["entry_rate_per_row"]
    assert ours.rates["exit_rate"].tolist() == expected["exit_rate_per_row"]
    np.testing.assert_array_equal(ours.entry, reference.array(expected["entry_NA_where_incumbent"]))
    np.testing.assert_array_equal(ours.exit, reference.array(expected["exit_NA_where_absent"]))
    assert ours.entry.fillna(0).to_numpy().tolist() == expected["entry"]
    assert ours.exit.fillna(0).to_numpy().tolist() == expected["exit"]


def test_entries_are_counted_with_and_without_support(periods):
    before, after = periods
    supported = after.where(after.index.to_series() == "R3", 0)
    ours = entry_exit(before, after, supported=supported).rates
    assert ours["entered"].tolist() == [0, 0, 1, 0, 0, 1]
    assert ours["entered_supported"].tolist() == [0, 0, 1, 0, 0, 0]
    assert entry_exit(before, after, supported=supported).warnings == ()
    assert entry_exit(before, after).warnings == ("support unknown: an entry may rest on one actor",)


def test_variety_against_independent_numpy(reference):
    expected, ours = reference.expected("variety_2x6"), variety(reference.table("variety_2x6"))
    for place, stored in expected.items():
        row = ours.loc[place]
        assert row["unrelated_variety_bits"] == pytest.approx(stored["unrelated_variety"], abs=1e-9)
        assert row["related_variety_bits"] == pytest.approx(stored["related_variety"], abs=1e-9)
        assert row["entropy_bits"] == pytest.approx(stored["total_variety"], abs=1e-9)
    assert ours["n"].tolist() == [100, 100]


def test_variety_against_hand_calculation(reference):
    worked = reference.expected("worked_examples")["related_variety"]["A"]
    rows = [
        ("A", division, f"{division}{at}", n) for division, ns in worked["counts"].items() for at, n in enumerate(ns)
    ]
    row = variety(pd.DataFrame(rows, columns=["region", "division", "activity", "count"])).loc["A"]
    assert row["unrelated_variety_bits"] == pytest.approx(worked["UV"], abs=1e-9)
    assert row["related_variety_bits"] == pytest.approx(worked["RV"], abs=1e-9)
