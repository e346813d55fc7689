"""Findings: the toy region by hand, invariants on the Ruhr, what they carry, how they are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from ecosystem import atlas as atlases
from ecosystem.clusters import ClusterOptions
from ecosystem.errors import MeasureError
from ecosystem.findings import formats, registry, ties
from ecosystem.findings.material import Material
from ecosystem.findings.methods import Findings, Options

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas
    from ecosystem.findings.record import Finding

NAMES = [one.name for one in registry.MEASURES]
# few draws: what is drawn is tested with the measures
QUICK = {"draws": 49, "null_draws": 3, "rich_club_draws": 3, "random_orders": 9, "runs": 8}


def quick(name: str) -> dict[str, int]:
    options = registry.measure(name).options
    return {option: value for option, value in QUICK.items() if option in options}


def found(atlas: Atlas, name: str, **options: object) -> Finding:
    return atlas.finding(name, **quick(name) | options)


def cell(frame: pd.DataFrame, column: str, **keys: object) -> object:
    rows = frame[np.logical_and.reduce([frame[key] == value for key, value in keys.items()])]
    assert len(rows) == 1
    return rows[column].iloc[0]


# the toy region by hand: see data/toy/README.md


def test_quotient_of_ahausen_in_energy_by_hand(toy: Atlas) -> None:
    # memberships: 4 of 5 in Ahausen (a-town takes energy from P1), 6 of 11 in the region
    cells = found(toy, "specialisation").frame()
    assert cell(cells, "lq", place_name="Ahausen", field="energy") == pytest.approx((4 / 5) / (6 / 11))
    assert cell(cells, "few_actors", place_name="Ahausen", field="energy")


def test_hhi_of_cedorf_by_hand(toy: Atlas) -> None:
    places = found(toy, "concentration").frame("places")
    assert cell(places, "hhi", place_name="Cedorf") == 0.5
    assert cell(places, "hhi_unbiased", place_name="Cedorf") == 0.0


def test_relatedness_of_the_two_fields_by_hand(toy: Atlas) -> None:
    # a-college and b-institute hold both; with two fields association is T/S = 2 whatever their number
    finding = found(toy, "relatedness")
    assert finding.n == 2
    assert finding.frame()[["shared", "phi", "few"]].iloc[0].tolist() == [2, 2.0, True]


def test_density_of_a_missing_field_by_hand(toy: Atlas) -> None:
    # Ahausen is specialised in energy, the only field care is related to
    cells = found(toy, "diversification").frame()
    assert cell(cells, "density", place_name="Ahausen", field="care") == 100.0
    assert cell(cells, "density", place_name="Ahausen", field="energy") == 0.0
    assert cell(cells, "field_size", place_name="Cedorf", field="care") == 5


def test_polycentricity_of_sizes_and_flows_by_hand(toy: Atlas) -> None:
    panel = found(toy, "polycentricity").frame()
    # actors 5, 4, 3; population 60,000, 40,000, 20,000
    assert cell(panel, "value", basis="actors", index="primacy_share") == pytest.approx(5 / 12)
    assert cell(panel, "value", basis="population", index="effective_centres") == pytest.approx(1 / (9 + 4 + 1) * 36)
    # direct ties between cities: Ahausen–Cedorf and Cedorf–Bestadt, a star of three; six ties stay inside
    assert cell(panel, "value", basis="direct", index="freeman") == 1.0
    assert cell(panel, "value", basis="direct", index="intercity_share") == pytest.approx(2 / 8)
    strengths = np.array([1, 1, 2])
    assert cell(panel, "value", basis="direct", index="p") == pytest.approx(1 - 2 * strengths.std() / 2)
    # all six links between the three districts carry commuters
    assert cell(panel, "value", basis="commuters", index="links_present") == 6
    share = np.array([100, 50, 400, 50, 200, 100]) / 900
    entropy = -(share * np.log(share)).sum() / np.log(6)
    assert cell(panel, "value", basis="commuters", index="entropy_index_links") == pytest.approx(entropy)
    assert cell(panel, "reason", basis="commuters", index="intercity_share") == "flows inside a place are not recorded"


def test_commuters_keep_their_direction_by_hand(toy: Atlas) -> None:
    places = found(toy, "polycentricity").frame("places")
    # Ahausen: 600 in, 150 out
    assert cell(places, "node_symmetry", basis="commuters", place_name="Ahausen") == pytest.approx(450 / 750)
    links = found(toy, "polycentricity").frame("links")
    assert cell(links, "flow", basis="commuters", origin_name="Bestadt", destination_name="Ahausen") == 400


def test_layers_of_ties_by_hand(toy: Atlas) -> None:
    names = toy.material.municipalities.names
    direct = ties.direct_ties(toy.material, "municipality").set_axis(names).set_axis(names, axis=1)
    projects = ties.shared_projects(toy.material, "municipality").set_axis(names).set_axis(names, axis=1)
    # t1, t2 inside Ahausen, t4–t6 inside Bestadt, t8 inside Cedorf: both ends count
    assert np.diag(direct).tolist() == [4, 6, 2]
    assert direct.at["Ahausen", "Cedorf"] == direct.at["Cedorf", "Bestadt"] == 1
    # P3 joins Ahausen and Bestadt, P4 Ahausen and Cedorf however many take part; P1 and P4 have two of Ahausen, P2 of
    # Bestadt
    assert [projects.at["Ahausen", "Bestadt"], projects.at["Ahausen", "Cedorf"], projects.at["Bestadt", "Cedorf"]] == [
        1,
        1,
        0,
    ]
    assert np.diag(projects).tolist() == [4, 2, 0]


def test_ties_of_a_field_by_hand(toy: Atlas) -> None:
    direct = ties.direct_ties(toy.material, "municipality", "energy").to_numpy()
    # t1 a-town–a-grid and t3 a-works–c-motors have two ends in energy; a-council has no field
    assert direct.tolist() == [[2, 0, 1], [0, 0, 0], [1, 0, 0]]
    assert list(ties.project_table(toy.material, "municipality", "care").columns) == ["P3"]


def test_helix_of_cedorf_by_hand(toy: Atlas) -> None:
    places = found(toy, "helix").frame()
    assert cell(places, "present", place_name="Cedorf") == 3
    assert cell(places, "evenness", place_name="Cedorf") == pytest.approx(np.log(3) / np.log(5))
    assert found(toy, "helix", field="energy").n == 6


def test_synergy_is_shown_less_its_expectation(toy: Atlas) -> None:
    table = found(toy, "synergy").frame().set_index("index")["value"]
    assert table["excess"] == pytest.approx(table["t"] - table["expected"])
    # each toy district is one municipality: all synergy is between them
    assert found(toy, "synergy").frame("parts")["t"].tolist() == [0, 0, 0]
    assert table["between"] == pytest.approx(table["t"])


def test_coordination_of_the_toy_is_all_margins(toy: Atlas) -> None:
    # three cities, two ties, two shared projects: only one network has these margins, so nothing exceeds them
    pairs = found(toy, "coordination").frame()
    assert pairs["excess"].tolist() == [0] * 9
    assert pairs["p"].tolist() == [1] * 9
    overlap = 1 - (abs(4 / 5 - 1 / 4) + abs(1 / 5 - 3 / 4)) / 2
    assert pairs["overlap"].iloc[0] == pytest.approx(overlap)
    assert "none can be supported" in found(toy, "coordination").warnings[0]


def test_overlap_of_fields_adds_up_to_that_of_profiles(toy: Atlas) -> None:
    whole = found(toy, "coordination").frame()["overlap"].to_numpy()
    parts = [found(toy, "coordination", field=one).frame()["overlap"].to_numpy() for one in ("energy", "care")]
    assert np.nansum(parts, axis=0) == pytest.approx(whole)


def test_complementarity_counts_supported_partners_only(toy: Atlas) -> None:
    # no toy specialisation is supported by enough actors
    finding = found(toy, "complementarity")
    assert finding.frame("partners").empty
    assert cell(finding.frame(), "reason", place_name="Ahausen", field="energy") == "already specialised"
    assert cell(finding.frame(), "total", place_name="Ahausen", field="care") == 0


def test_complementarity_is_the_sum_over_its_partners(ruhr: Atlas) -> None:
    finding = found(ruhr, "complementarity")
    sums = finding.frame("partners").groupby(["place", "field"])["contribution"].sum()
    totals = finding.frame().dropna(subset="total").set_index(["place", "field"])["total"]
    assert totals[totals > 0].to_dict() == pytest.approx(sums[sums > 0].to_dict())
    best = finding.frame("partners").query("rank == 1 and weight > 0").iloc[0]
    row = finding.frame().query("place == @best.place and field == @best.field")["best_partners"].iloc[0]
    assert row.startswith(f"{best.partner_name} (ties {best.weight:g})")


def test_communities_are_those_of_the_atlas(toy: Atlas, ruhr: Atlas) -> None:
    for atlas in (toy, ruhr):
        actors = found(atlas, "communities").frame("actors").set_index("actor")
        assert actors["cluster"].tolist() == atlas.cluster_of_actors.loc[actors.index].tolist()
    assert found(toy, "communities").frame().loc[0, "q_best"] == pytest.approx(23 / 49)


def test_communities_follow_other_options_of_the_clusters(toy: Atlas) -> None:
    other = atlases.build(toy.tables, options=ClusterOptions(project_weight=0.0, min_actors=2), cache=False)
    actors = found(other, "communities").frame("actors").set_index("actor")
    assert actors["cluster"].tolist() == other.cluster_of_actors.loc[actors.index].tolist()
    # the eight ties alone: five separate groups
    assert found(other, "communities").frame("communities")["actors"].tolist() == [5, 3, 2, 2]


def test_nulls_keep_what_every_actor_has(ruhr: Atlas) -> None:
    from ecosystem.findings.communities import _nulls

    joint = ruhr.material.joint.csr.sum(axis=1)
    direct = np.diff(ruhr.material.direct.csr.indptr)
    drawn = next(_nulls(ruhr.material, "projects", 1, 0))
    assert drawn.sum(axis=1) == pytest.approx(joint)
    assert np.diff(next(_nulls(ruhr.material, "direct", 1, 0)).indptr).tolist() == direct.tolist()


def test_a_network_too_large_to_redraw_says_so(toy: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    from ecosystem.findings import communities

    monkeypatch.setattr(communities, "MOST_CELLS", 12 * 4 - 1)
    null = registry.find(toy.material, "communities", **quick("communities")).frame("null")
    assert null["value"].isna().all()
    assert set(null["reason"]) == {"too many actors and projects to redraw"}


def test_modules_of_the_toy_by_hand(toy: Atlas) -> None:
    # P3 with two cities, P4 with two: Barber's Q of {Bestadt, P3}, {Cedorf, P4} and Ahausen with either or alone is ¼
    summary = found(toy, "modules").frame().set_index("index")["value"]
    assert summary["q"] == pytest.approx(0.25)
    # eight actors share four projects
    assert found(toy, "modules", incidence="actors-projects").n == 8 + 4


def test_brokers_of_the_toy_by_hand(toy: Atlas) -> None:
    actors = found(toy, "brokerage").frame().set_index("actor")
    # a-council, b-town, c-citizens, c-council hang on one actor each; P3 alone joins the halves
    cut = {"a-college", "b-clinic", "b-institute", "c-motors"}
    assert set(actors.index[actors["articulation"]]) == cut
    assert actors.at["a-council", "constraint"] == 1.0
    roles = found(toy, "brokerage").frame("roles")
    # b-clinic stands between b-institute and b-town in one city
    assert cell(roles, "count", between="cities", actor="b-clinic", role="coordinator") == 1
    assert not roles["broker"].any()


def test_change_of_the_toy_by_hand(toy: Atlas) -> None:
    finding = found(toy, "change")
    # 2020: P1, P2; 2021 and later: P3, P4, P5; Cedorf enters with P4
    assert finding.frame("periods")["projects"].tolist() == [2, 3]
    assert finding.frame("periods")["memberships"].tolist() == [7, 7]
    assert cell(finding.frame("cells"), "change", place_name="Ahausen", field="energy") == "kept"
    assert cell(finding.frame(), "reason", place_name="Cedorf") == "no projects with a field in one of the periods"
    late = found(toy, "change", split=2022)
    assert late.frame("periods")["projects"].tolist() == [4, 1]
    assert late.n == 0
    assert found(toy, "change", split=1999).reasons == ("change: no projects of two different years",)


def test_variety_refuses_one_level_and_takes_two(toy: Atlas) -> None:
    refused = found(toy, "variety")
    assert "no two-level taxonomy" in refused.reasons[0]
    assert refused.frame()["related_variety_bits"].isna().all()
    stated = toy.tables.actor_fields
    activities = ["nursing", "grids", "grids", "pumps", "hospital", "robots", "help", "motors"]
    two = Material(replace(toy.tables, actor_fields=stated.assign(activity=activities)))
    places = registry.find(two, "variety").frame().set_index("place_name")
    # Ahausen: energy with grids 2, pumps 1, and care with nursing 1
    within = 0.75 * -(2 / 3 * np.log2(2 / 3) + 1 / 3 * np.log2(1 / 3))
    assert places.at["Ahausen", "related_variety_bits"] == pytest.approx(within)
    assert places.at["Bestadt", "related_variety_bits"] == pytest.approx(1.0)
    with pytest.raises(MeasureError, match="no level below"):
        registry.find(two, "variety", lower="evidence")


def test_complexity_refuses_tiny_places(toy: Atlas) -> None:
    assert found(toy, "complexity").reasons == ("complexity: too few actors",)
    assert found(toy, "complexity").frame("places")["eci"].isna().all()


# invariants on the Ruhr


@pytest.mark.parametrize("level", ["municipality", "district"])
def test_quotients_rest_on_the_counts_of_the_region(ruhr: Atlas, level: str) -> None:
    finding = found(ruhr, "specialisation", level=level)
    cells = finding.frame()
    inside = ruhr.tables.places.set_index("place_id")["in_region"]
    actors = ruhr.tables.actors.set_index("actor_id")["place_id"].map(inside)
    held = ruhr.material.memberships.csr.toarray().sum(axis=1)
    assert cells["x"].sum() == finding.n == held[actors.to_numpy(dtype=bool)].sum()
    assert ((cells["low"] <= cells["lq"] + 1e-9) & (cells["lq"] <= cells["high"] + 1e-9))[cells["lq"] > 0].all()
    assert (cells["q"].dropna() >= cells["p"][cells["q"].notna()]).all()


def test_levels_are_the_municipalities_and_the_districts(ruhr: Atlas) -> None:
    assert len(ruhr.material.municipalities.ids) == 53
    assert len(ruhr.material.districts.ids) == 15
    counts = [ruhr.material.counts(level).to_numpy().sum(axis=0).tolist() for level in ("municipality", "district")]
    assert counts[0] == counts[1]


def test_panel_stays_in_its_range_and_curves_end_at_the_panel(ruhr: Atlas) -> None:
    finding = found(ruhr, "polycentricity")
    panel, curves = finding.frame(), finding.frame("curves")
    bounded = panel[panel["index"].isin(["p", "delta", "p_sf", "freeman", "intercity_share", "gini"])]["value"].dropna()
    assert bounded.between(0, 1).all()
    last = curves[(curves["basis"] == "actors") & (curves["centres"] == 53)].set_index("index")["value"]
    whole = panel[panel["basis"] == "actors"].set_index("index")["value"]
    assert last.to_dict() == pytest.approx(whole.loc[last.index].to_dict())
    ends = curves[(curves["basis"] == "both") & (curves["centres"] == 53)].set_index("index")["value"]
    assert ends.to_dict() == pytest.approx(
        panel[panel["basis"] == "both"].set_index("index")["value"].loc[ends.index].to_dict()
    )


def test_ties_between_places_are_those_of_the_tables(ruhr: Atlas) -> None:
    home = dict(zip(ruhr.tables.actors["actor_id"], ruhr.tables.actors["place_id"], strict=True))
    inside = set(ruhr.material.municipalities.ids)
    graph = nx.Graph()
    for row in ruhr.tables.ties.itertuples():
        a, b = home[row.source_actor_id], home[row.target_actor_id]
        if a != b and {a, b} <= inside:
            graph.add_edge(a, b, weight=graph.get_edge_data(a, b, {"weight": 0})["weight"] + 1)
    direct = ties.direct_ties(ruhr.material, "municipality")
    tables = {(a, b): w for a in direct.index for b, w in direct.loc[a].items() if a < b and w}
    assert {tuple(sorted(edge)): w for *edge, w in graph.edges.data("weight")} == tables


def test_chance_gives_as_many_ties_as_there_are(ruhr: Atlas) -> None:
    pairs = found(ruhr, "coordination").frame()
    sums = pairs.groupby("layer")[["ties", "expected"]].sum()
    assert sums["expected"].to_dict() == pytest.approx(sums["ties"].to_dict())
    assert sums.at["both", "ties"] == sums.at["direct", "ties"] + sums.at["projects", "ties"]
    quadrants = found(ruhr, "coordination").frame("quadrants")
    named = pairs[pairs["quadrant"] != ""].groupby("layer").size()
    assert quadrants.groupby("layer")["pairs"].sum().to_dict() == named.to_dict()


def test_removal_falls_and_random_orders_enclose_their_mean(ruhr: Atlas) -> None:
    curve = found(ruhr, "brokerage").frame("removal")
    assert curve["share"].is_monotonic_decreasing
    assert (curve["random_low"] <= curve["random_mean"] + 1e-12).all()
    resilience = found(ruhr, "brokerage").frame("resilience").set_index("index")["value"]
    assert resilience["r"] < resilience["r_random_mean"]


def test_entries_add_up_over_cells_and_places(ruhr: Atlas) -> None:
    finding = found(ruhr, "change")
    cells = finding.frame("cells")
    entered = cells[cells["change"] == "entered"].groupby("place").size()
    by_place = finding.frame().set_index("place")["entered"].dropna()
    assert by_place[by_place > 0].to_dict() == entered.to_dict()
    supported = (cells["supported"] & (cells["change"] == "entered")).sum()
    assert finding.frame()["entered_supported"].sum() == supported


def test_the_same_seed_gives_the_same_tables(toy: Atlas) -> None:
    for name in NAMES:
        again = registry.find(Material(toy.tables), name, **quick(name))
        for table, frame in found(toy, name).frames.items():
            pd.testing.assert_frame_equal(frame, again.frame(table))


def test_another_seed_draws_otherwise(toy: Atlas) -> None:
    first, second = (found(toy, "specialisation", seed=seed).frame()["p_actors"] for seed in (0, 1))
    assert first.tolist() != second.tolist()


# what findings carry, and how they are kept


@pytest.mark.parametrize("name", NAMES)
def test_a_finding_carries_what_repeats_it(ruhr: Atlas, name: str) -> None:
    finding = found(ruhr, name)
    assert finding.parameters == registry.measure(name).options | quick(name)
    assert (finding.region, finding.version) == ("ruhr", ruhr.version)
    assert finding.seed == finding.parameters.get("seed")
    assert finding.draws == finding.parameters.get("draws")
    assert finding.n > 0
    assert finding.counted
    assert set(finding.sources) <= set(ruhr.tables.sources["source_id"])
    assert finding.sources
    assert finding.question.endswith("?")
    assert all(len(set(frame.columns)) == frame.shape[1] for frame in finding.frames.values())


@pytest.mark.parametrize("name", NAMES)
def test_an_undefined_number_has_its_reason(ruhr: Atlas, toy: Atlas, name: str) -> None:
    for atlas in (ruhr, toy):
        for table, frame in found(atlas, name).frames.items():
            missing = frame.select_dtypes("number").isna().any(axis=1)
            assert not missing.any() or (frame.loc[missing, "reason"] != "").all(), (table, frame[missing].head())


@pytest.mark.parametrize("name", NAMES)
def test_the_method_answers_by_the_name_and_once(toy: Atlas, name: str) -> None:
    options = quick(name)
    first = getattr(toy, name)(**options)
    assert first is toy.finding(name, **options)
    assert first is toy.finding(name.replace("_", "-"), **registry.measure(name).options | options)


def test_other_options_are_another_finding(toy: Atlas) -> None:
    assert toy.helix() is not toy.helix(level="district")
    assert toy.helix(level="district").parameters["level"] == "district"


def test_options_of_all_measures_are_typed() -> None:
    known = {option for one in registry.MEASURES for option in one.options}
    assert known | {"progress"} == set(Options.__annotations__)


def test_every_measure_is_a_method_with_a_docstring() -> None:
    assert all(getattr(Findings, name).__doc__ for name in NAMES)
    assert len(set(NAMES)) == len(NAMES)


def test_an_atlas_is_still_frozen(toy: Atlas) -> None:
    with pytest.raises(AttributeError):
        toy.tables = toy.tables


def test_progress_is_told_and_no_part_of_the_finding(toy: Atlas) -> None:
    told: list[tuple[str, int, int]] = []
    finding = registry.find(
        toy.material, "communities", runs=3, null_draws=2, draws=9, progress=lambda *step: told.append(step)
    )
    assert told[-1] == ("random networks", 2, 2)
    assert ("leiden runs", 3, 3) in told
    assert "progress" not in finding.parameters


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("specalisation", {}, "Did you mean specialisation"),
        ("xyz", {}, "Known are specialisation, concentration"),
        ("helix", {"draws": 9}, "helix: takes no “draws”. It takes field, level, min_actors"),
        ("helix", {"field": "enrgy"}, "toy has no field “enrgy”. Did you mean “energy”"),
        ("helix", {"field": "zzz"}, "Its fields are energy, care"),
        ("helix", {"level": "county"}, "Choose one of municipality, district"),
        ("brokerage", {"layer": "all"}, "Choose one of direct, projects, both"),
        ("modules", {"incidence": "x"}, "Choose one of places-projects"),
        ("synergy", {"draws": 0}, "whole number of at least 1, not 0"),
        ("synergy", {"seed": -1}, "whole number of at least 0, not -1"),
        ("synergy", {"draws": 2.5}, "not 2.5"),
        ("change", {"split": "soon"}, "first year of the second period"),
        ("change", {"alpha": "x"}, "alpha has to be a number"),
        ("specialisation", {"alpha": 2.0}, "alpha: expected a number between 0 and 1"),
        ("coordination", {"method": "pearson"}, "Choose one of finger_kreinin"),
    ],
)
def test_what_cannot_be_asked_is_said(toy: Atlas, name: str, options: dict[str, object], message: str) -> None:
    with pytest.raises(MeasureError) as raised:
        registry.find(toy.material, name, **options)
    assert message in str(raised.value)


def test_an_unknown_table_is_said(toy: Atlas) -> None:
    with pytest.raises(MeasureError, match="Choose one of places, region, fields"):
        toy.helix().frame("cities")


def test_a_record_is_plain_and_complete(toy: Atlas) -> None:
    for name in NAMES:
        told = formats.record(found(toy, name))
        assert list(told["tables"]) == list(found(toy, name).frames)
        plain = {type(value) for rows in told["tables"].values() for row in rows for value in row.values()}
        assert plain <= {str, int, float, bool, type(None)}
        assert not any(value != value for rows in told["tables"].values() for row in rows for value in row.values())  # noqa: PLR0124
