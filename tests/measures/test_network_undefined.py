"""What is undefined is NaN with a reason, never 0, an exception or a warning (warnings are errors here)."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from ecosystem.errors import MeasureError
from ecosystem.measures import coordination, polycentricity
from ecosystem.measures.brokerage import (
    betweenness,
    bipartite_table,
    brokerage_roles,
    constraint_table,
    removal_curve,
    rich_club,
    robins_alexander,
)
from ecosystem.measures.modules import (
    adjusted_mutual_info,
    adjusted_rand_index,
    association,
    barber_modularity,
    bipartite_modules,
    consensus_matrix,
    modularity_against_null,
    participation,
    variation_of_information,
)
from ecosystem.measures.nullmodels import bicm, curveball, disparity_backbone, noise_corrected, validated_projection
from ecosystem.measures.relatedness import relatedness
from ecosystem.measures.specialisation import location_quotient, specialised


def square(n, value=0.0):
    return pd.DataFrame(np.full((n, n), value))


@pytest.fixture
def degenerate(reference):
    return reference.input("degenerate_6x5")


@pytest.mark.parametrize("sizes", [[], [5], [0, 0], [7, 0]], ids=["none", "one", "empty", "one and an empty one"])
def test_fewer_than_two_centres_have_no_morphology(sizes):
    series = pd.Series(sizes, dtype=float)
    fit, panel = polycentricity.rank_size(series), polycentricity.morphological_panel(series)
    assert np.isnan([fit.slope, fit.intercept, fit.r2, fit.zipf, fit.zipf_se]).all()
    assert fit.reason == "too few centres"
    missing = panel.drop(["places", "centres"])
    assert missing.isna().all()
    assert panel.attrs["reasons"] == dict.fromkeys(missing.index, "too few centres")
    assert polycentricity.stepwise(polycentricity.mean_slope, series).empty


def test_equal_sizes_have_a_slope_but_no_exponent():
    fit = polycentricity.rank_size(pd.Series([4.0] * 9))
    assert fit.slope == 0
    assert np.isnan([fit.r2, fit.zipf, fit.zipf_se]).all()
    assert fit.reason == "sizes are all equal"
    assert polycentricity.morphological_panel(pd.Series([4.0] * 9)).attrs["reasons"]["zipf"] == "sizes are all equal"


def test_more_centres_than_there_are_is_undefined():
    fit = polycentricity.rank_size(pd.Series([3, 2, 0]), top=3)
    assert np.isnan(fit.slope)
    assert (fit.reason, fit.n) == ("too few centres", 2)


@pytest.mark.parametrize(
    ("n", "value", "reason"),
    [(0, 0, "too few cities"), (1, 5, "too few cities"), (4, 0, "no ties"), (2, 1, "too few cities")],
)
def test_green_without_ties_or_cities(n, value, reason):
    found = polycentricity.green_polycentricity(square(n, value))
    assert found.reason == reason
    assert np.isnan(found.p) == (n != 2)
    assert np.isnan(found.freeman) == (n < 3)
    panel = polycentricity.functional_panel(square(n, value), directed=True)
    assert panel.region.isna().sum() == len(panel.region.attrs["reasons"])


def test_a_city_without_flows_has_a_reason():
    flows = pd.DataFrame([[5, 2, 0], [1, 5, 0], [0, 0, 9]], index=list("ABC"), columns=list("ABC"))
    panel = polycentricity.functional_panel(flows, directed=True)
    assert np.isnan(panel.cities.loc["C", "node_symmetry"])
    assert panel.cities["reason"].tolist() == ["", "", "no ties"]
    assert (panel.links.loc[panel.links["link_symmetry"].isna(), "reason"] == "no ties").all()
    lonely = polycentricity.functional_panel(square(3), directed=False)
    assert lonely.cities[["dominance", "relative_strength"]].isna().all(axis=None)
    assert set(lonely.region.attrs["reasons"].values()) == {"no ties", "too few centres"}


@pytest.mark.parametrize("method", ["finger_kreinin", "cosine", "jaccard", "jensen_shannon"])
def test_overlap_with_an_empty_place_is_undefined(degenerate, method):
    overlap = coordination.profile_overlap(degenerate, method)
    empty = (degenerate.sum(axis=1) == 0).to_numpy()
    assert empty.sum() == 1
    assert overlap.isna().to_numpy().tolist() == (empty[:, None] | empty).tolist()
    pairs = coordination.overlap_vs_ties(degenerate, pd.DataFrame(0, index=overlap.index, columns=overlap.index))
    assert (pairs.loc[pairs["overlap"].isna(), "reason"].str.startswith("empty place")).all()


def test_complementarity_says_why_a_cell_is_missing(degenerate):
    m = specialised(location_quotient(degenerate))
    ties = pd.DataFrame(1.0, index=m.index, columns=m.index)
    found = coordination.complementarity(m, relatedness(m), ties)
    assert (found.total.isna() == (found.reasons != "")).all(axis=None)
    empty_field = degenerate.columns[degenerate.sum() == 0]
    assert (found.reasons[empty_field] == "field related to no other").all(axis=None)
    assert (found.reasons.to_numpy()[m.to_numpy() == 1] == "already specialised").all()


def test_tables_without_ties_have_no_modules():
    found = bipartite_modules(square(3), runs=2)
    assert found.rows.tolist() == found.cols.tolist() == [-1, -1, -1]
    assert np.isnan([found.q, found.ami_mean, found.ami_min, *found.q_runs]).all()
    assert found.stability.isna().all()
    assert found.warnings == ()
    assert np.isnan(barber_modularity(square(3), found.rows, found.cols))
    null = modularity_against_null(square(3), draws=2, runs=1)
    assert np.isnan([null.q, null.z, null.p]).all()
    assert np.isnan(bipartite_modules(square(2, 1.0), runs=1).ami_mean)
    assert bipartite_modules(pd.DataFrame(), runs=1).n == 0


def test_nothing_to_compare_is_undefined():
    nobody = pd.Series([], dtype=int)
    for measure in (adjusted_mutual_info, adjusted_rand_index, variation_of_information):
        assert np.isnan(measure(nobody, nobody))
    assert np.isnan(association(nobody, nobody, draws=1).p)
    assert np.isnan(participation(square(2), pd.Series(["A", "B"]))).all()
    with pytest.raises(MeasureError, match="at least one run"):
        consensus_matrix(pd.DataFrame(index=["a"]))


def test_brokerage_of_small_and_empty_graphs():
    empty = nx.Graph()
    assert constraint_table(empty).empty
    assert brokerage_roles(empty, {}, draws=1).empty
    assert rich_club(empty, draws=1).empty
    curve = removal_curve(empty, random_orders=2)
    assert np.isnan(curve.r)
    assert curve.share.tolist() == [0.0]
    alone = constraint_table(nx.empty_graph(2))
    assert alone[["constraint", "effective_size"]].isna().all(axis=None)
    assert alone["reason"].tolist() == ["no ties", "no ties"]
    assert alone["core"].tolist() == [0, 0]
    roles = brokerage_roles(nx.path_graph(3), {}, draws=1)
    assert roles["reason"].tolist() == ["no group"] * 3
    assert removal_curve(nx.empty_graph(4), random_orders=1).share.tolist() == [0.25] * 4 + [0.0]


def test_roles_that_never_change_have_no_z():
    roles = brokerage_roles(nx.path_graph(4), dict.fromkeys(range(4), "one"), draws=20)
    assert roles["coordinator_z"].isna().all()
    assert (roles["coordinator_p"] == 1).all()


def test_betweenness_needs_three_nodes():
    two = betweenness(sparse.csr_array(np.array([[0, 1], [1, 0]])), pd.Index(["a", "b"]))
    assert two.value.isna().all()
    assert betweenness(sparse.csr_array((0, 0)), pd.Index([])).n == 0
    five = nx.to_scipy_sparse_array(nx.path_graph(5))
    assert betweenness(five, pd.RangeIndex(5), sources=1).standard_error.isna().all()


def test_two_mode_tables_without_ties():
    found = bipartite_table(square(2))
    assert found["redundancy"].isna().all()
    assert (found["degree_centrality"] == 0).all()
    assert np.isnan(robins_alexander(square(2)))
    assert bipartite_table(pd.DataFrame(index=["a"])).loc[("row", "a"), "degree"] == 0


def test_forced_rows_are_not_tested():
    table = pd.DataFrame([[1, 1, 1, 1], [0, 0, 0, 0], [1, 0, 1, 0], [0, 1, 1, 0]], index=["full", "empty", "c", "d"])
    for model in ("fdsm", "sdsm"):
        pairs = validated_projection(table, model=model, draws=50).set_index(["i", "j"])
        forced = pairs.drop(index=[("c", "d")])
        assert (forced["p"] == 1).all()
        assert forced["q"].isna().all()
        assert set(forced["reason"]) == {"forced by the margins, not tested"}
        assert not pairs["keep"].any()
        assert pairs.attrs["n"] == 1
        assert pairs.loc[("c", "d"), "reason"] == ""


@pytest.mark.parametrize("shape", [(0, 0), (1, 4), (4, 1), (3, 3)])
def test_null_models_of_tables_with_nothing_to_draw(shape):
    table = pd.DataFrame(np.zeros(shape))
    assert all(drawn.to_numpy().tolist() == table.to_numpy().tolist() for drawn in curveball(table, draws=2))
    assert (bicm(table) == 0).all(axis=None)
    for model in ("fdsm", "sdsm"):
        assert len(validated_projection(table, model=model, draws=2)) == shape[0] * (shape[0] - 1) // 2


def test_backbones_without_ties_and_with_one_holder_of_all():
    assert disparity_backbone(square(3), alpha=0.1).empty
    assert noise_corrected(square(3), directed=True).empty
    star = pd.DataFrame([[0, 4, 0], [0, 0, 0], [0, 0, 0]])
    found = noise_corrected(star, directed=True)
    assert found["sd"].isna().all()
    assert found["reason"].tolist() == ["one end holds all ties"]
    assert not found["keep"].any()


@pytest.mark.parametrize("unit", [1.0, 0.01])
def test_less_than_one_unit_of_flow_has_no_standard_deviation(unit):
    flows = pd.DataFrame([[0, 5, 1], [3, 0, 2], [1, 1, 0]]) * unit
    found = noise_corrected(flows, directed=True)
    assert (found["sd"].isna() == (unit < 1)).all()
    assert set(found["reason"]) == {"too little flow" if unit < 1 else ""}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: polycentricity.rank_size(pd.Series([1.0, -1.0])),
        lambda: polycentricity.rank_size(pd.Series([1.0, 2.0]), top=1),
        lambda: polycentricity.green_polycentricity(pd.DataFrame([[0, 1], [2, 0]])),
        lambda: polycentricity.green_polycentricity(square(2), "sample"),
        lambda: polycentricity.functional_panel(pd.DataFrame([[0, 1], [2, 0]]), directed=False),
        lambda: coordination.profile_overlap(square(2), "pearson"),
        lambda: bipartite_modules(square(2), method="infomap"),
        lambda: bipartite_modules(square(2), runs=0),
        lambda: removal_curve(nx.path_graph(3), "betweenness"),
        lambda: validated_projection(square(2), model="hyperg"),
        lambda: validated_projection(square(2), alpha=5),
        lambda: validated_projection(square(2, 2.0)),
        lambda: curveball(square(2, 0.5)),
        lambda: curveball(square(2), draws=0),
        lambda: disparity_backbone(square(2), alpha=1),
    ],
)
def test_wrong_input_is_refused_with_a_sentence(wrong):
    with pytest.raises(MeasureError, match=r"\w+: .+\."):
        wrong()
