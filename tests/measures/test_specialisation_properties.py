"""What holds for every table: scaling, relabelling, empty places, identities, bounds, purity."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
from ecosystem.model import Sector

METHODS = ["association", "prob", "cosine", "jaccard", "min_conditional"]
quick = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@st.composite
def tables(draw, largest=12, smallest_side=1):
    rows, columns = draw(st.integers(smallest_side, 7)), draw(st.integers(smallest_side, 6))
    cells = draw(st.lists(st.integers(0, largest), min_size=rows * columns, max_size=rows * columns))
    labels = [f"C{at}" for at in range(rows)], [f"F{at}" for at in range(columns)]
    return pd.DataFrame(np.reshape(cells, (rows, columns)), index=labels[0], columns=labels[1])


@st.composite
def actor_lists(draw):
    size = draw(st.integers(1, 25))
    pick = lambda values: draw(st.lists(st.sampled_from(values), min_size=size, max_size=size))  # noqa: E731
    return pd.DataFrame(
        {
            "actor": [f"a{at:02d}" for at in range(size)],
            "city": pick(["X", "Y", "Z"]),
            "field": pick(["F", "G", "H"]),
            "sector": pick([sector.value for sector in Sector]),
        }
    )


def shuffled(table, seed):
    rng = np.random.default_rng(seed)
    return table.iloc[rng.permutation(len(table)), rng.permutation(table.shape[1])]


@quick
@given(tables(), st.integers(2, 9))
def test_lq_ignores_a_common_factor(counts, factor):
    pd.testing.assert_frame_equal(location_quotient(counts * factor), location_quotient(counts))


@quick
@given(tables(), st.integers(0, 99))
def test_order_of_rows_and_columns_only_permutes(counts, seed):
    mixed = shuffled(counts, seed)
    for measure in (location_quotient, concentration, field_concentration):
        ours, theirs = measure(counts), measure(mixed)
        pd.testing.assert_frame_equal(theirs.loc[ours.index, ours.columns], ours)
    ours, theirs = (lq_table(table).set_index(["place", "field"]) for table in (counts, mixed))
    pd.testing.assert_frame_equal(theirs.loc[ours.index], ours)
    held, other = (specialised(location_quotient(table)) for table in (counts, mixed))
    for method in METHODS:
        phi = relatedness(held, method)
        pd.testing.assert_frame_equal(relatedness(other, method).loc[phi.index, phi.columns], phi)


@quick
@given(tables())
def test_an_added_empty_place_changes_no_other_cell(counts):
    more = pd.concat([counts, pd.DataFrame(0, index=["empty"], columns=counts.columns)])
    places = list(counts.index)
    pd.testing.assert_frame_equal(location_quotient(more).loc[places], location_quotient(counts))
    pd.testing.assert_frame_equal(concentration(more).loc[places], concentration(counts))
    pd.testing.assert_frame_equal(lq_table(more).iloc[: counts.size], lq_table(counts))
    kept = ["n", "ubiquity", "locational_gini"]
    pd.testing.assert_frame_equal(field_concentration(more)[kept], field_concentration(counts)[kept])


@quick
@given(tables())
def test_krugman_against_the_rest_follows_from_krugman_against_the_total(counts):
    rest, total = (concentration(counts, krugman=v)[f"krugman_{v}"] for v in ("rest", "total"))
    n = counts.sum(axis=1)
    outside = 1 - n / max(n.sum(), 1)
    np.testing.assert_allclose(rest * outside, total.where(rest.notna()), atol=1e-9)


@quick
@given(tables())
def test_indices_stay_in_their_bounds(counts):
    ours = concentration(counts, rarefy_to=3).dropna(subset=["hhi"])
    k = counts.shape[1]
    for column, low, high in (
        ("hhi", 1 / k, 1),
        ("hhi_unbiased", 0, 1),
        ("entropy_bits", 0, np.log2(k)),
        ("hill_q1", 1, k),
        ("hill_q2", 1, k),
        ("evenness", 0, 1),
        ("krugman_rest", 0, 2),
        ("hoover", 0, 1),
        ("hachman", 0, 1),
        ("rarefied_richness", 1, min(k, 3)),
    ):
        assert ours[column].dropna().between(low - 1e-9, high + 1e-9).all(), column
    assert (ours["hill_q2"] <= ours["hill_q1"] + 1e-9).all()
    assert (ours["hill_q1"] <= ours["hill_q0"] + 1e-9).all()
    fields = field_concentration(counts).dropna()
    assert fields["gini"].between(-1e-9, 1 - 1 / len(counts) + 1e-9).all()
    assert fields["locational_gini"].between(-1e-9, 0.5).all()


@quick
@given(tables(largest=30))
def test_intervals_hold_the_median_and_q_is_at_least_p(counts):
    wide = lq_table(counts)
    narrow = lq_table(counts, level=1e-6)
    known = wide["low"].notna()
    assert (wide["low"] <= narrow["low"])[known].all()
    assert (wide["high"] >= narrow["high"])[known].all()
    ceiling = counts.to_numpy().sum() / wide["n"].where(wide["n"] > 0)
    assert (wide["high"] <= ceiling * (1 + 1e-9))[known].all()
    assert (wide["low"] > 0)[known].all()
    tested = wide["q"].notna()
    assert (wide["q"] >= wide["p"] - 1e-12)[tested].all()
    assert wide["p"].between(0, 1, inclusive="right").all()


@quick
@given(tables(largest=1))
def test_relatedness_is_symmetric_and_density_a_percentage(held):
    together = co_occurrence(held)
    for method in METHODS:
        phi = relatedness(held, method)
        assert np.allclose(phi, phi.T)
        assert (np.diag(phi) == 0).all()
        assert ((phi > 0) == (together > 0)).all(axis=None)
        density = relatedness_density(held, phi)
        assert ((density >= 0) & (density <= 100) | density.isna()).all(axis=None)
        assert (density.isna().all() == (phi.sum() == 0)).all()


@quick
@given(tables(largest=1, smallest_side=3))
def test_eci_is_the_mean_pci_of_the_fields_held(held):
    ours = complexity(held)
    if not ours.defined:
        assert ours.reason
        assert ours.eci.isna().all()
        return
    known = held.loc[ours.eci.notna(), ours.pci.notna()]
    means = known @ ours.pci.dropna() / known.sum(axis=1)
    np.testing.assert_allclose(means, ours.eci.dropna(), atol=1e-6)
    assert ours.eci.mean() == pytest.approx(0, abs=1e-9)
    assert ours.eci.std(ddof=0) == pytest.approx(1)
    assert np.corrcoef(known.sum(axis=1), ours.eci.dropna())[0, 1] == pytest.approx(ours.corr_diversity, abs=1e-9)
    assert ours.corr_diversity > 0


@quick
@given(actor_lists(), st.integers(0, 99))
def test_synergy_adds_up_and_repeats(actors, seed):
    groups = pd.Series({"X": "g1", "Y": "g1", "Z": "g2"})
    ours, again = (synergy(actors, groups=groups, draws=20, seed=seed) for _ in range(2))
    assert (ours.expected, ours.p_lower) == pytest.approx((again.expected, again.p_lower), nan_ok=True)
    if ours.reason:
        return
    assert ours.between + (ours.parts["share"] * ours.parts["t"]).sum() == pytest.approx(ours.t, abs=1e-9)
    assert min(ours.p_lower, ours.p_upper) >= 1 / 21
    assert max(ours.p_lower, ours.p_upper) <= 1
    assert ours.p_lower + ours.p_upper >= 1


@quick
@given(actor_lists())
def test_balance_stays_in_its_bounds(actors):
    ours = helix_balance(actors)
    assert ours["n"].sum() == len(actors)
    assert ours["evenness"].between(0, 1 + 1e-12).all()
    assert (ours["kl_bits"] >= 0).all()


@quick
@given(actor_lists(), st.integers(0, 99))
def test_permutation_p_repeats_and_ignores_the_order_of_rows(actors, seed):
    ours = lq_permutation_p(actors, draws=20, seed=seed)
    other = lq_permutation_p(actors.iloc[::-1], draws=20, seed=seed)
    pd.testing.assert_frame_equal(ours, other)
    assert ((ours >= 1 / 21) & (ours <= 1)).all(axis=None)


@quick
@given(st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_related_and_unrelated_variety_add_up(counts):
    long = pd.DataFrame({"region": "A", "division": list("xxyyzz"), "activity": list("abcdef"), "count": counts})
    row = variety(long).loc["A"]
    parts = row["unrelated_variety_bits"] + row["related_variety_bits"]
    assert parts == pytest.approx(row["entropy_bits"], abs=1e-9, nan_ok=True)


@quick
@given(tables(largest=1), st.integers(0, 99))
def test_entries_and_exits_explain_the_change(before, seed):
    flips = np.random.default_rng(seed).random(before.shape) < 0.3
    after = before ^ flips
    ours = entry_exit(before, after)
    np.testing.assert_array_equal(before + ours.entry.fillna(0) - ours.exit.fillna(0), after)
    assert (ours.entry.isna() != ours.exit.isna()).all(axis=None)


def test_inputs_stay_as_they_were(counts_8x6):
    held = specialised(location_quotient(counts_8x6))
    phi = relatedness(held)
    actors = pd.DataFrame(
        {"actor": list("abc"), "city": list("XXY"), "field": list("FGF"), "sector": ["science", "industry", "science"]}
    )
    long = pd.DataFrame({"region": "A", "division": list("xxy"), "activity": list("abc"), "count": [1, 1, 2]})
    kept = [frame.copy(deep=True) for frame in (counts_8x6, held, phi, actors, long)]
    location_quotient(counts_8x6)
    lq_table(counts_8x6)
    concentration(counts_8x6, rarefy_to=8)
    field_concentration(counts_8x6)
    relatedness_density(held, phi)
    complexity(held, actors=counts_8x6.sum(axis=1))
    entry_exit(held, held, supported=held)
    lq_permutation_p(actors, draws=2)
    helix_balance(actors)
    synergy(actors, groups=pd.Series({"X": "g", "Y": "g"}), draws=2)
    variety(long)
    for frame, copy in zip((counts_8x6, held, phi, actors, long), kept, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
