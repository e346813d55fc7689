"""What if, compared: on two regions, with the changes that a hand can count."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from ecosystem.errors import MeasureError
from ecosystem.findings.ties import layers
from ecosystem.measures import green_polycentricity
from ecosystem.scenario import Action, Step, best_ties, compare, leaving, what_if

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

TIE = Step(
    Action.ADD,
    "ties",
    cells={
        "source_actor_id": "stadt-essen",
        "relation": "cooperates_with",
        "target_actor_id": "ruhr-universitaet-bochum",
    },
)


def value(frame: Any, column: str = "change", **where: str) -> float:
    for name, wanted in where.items():
        frame = frame[frame[name] == wanted]
    assert len(frame) == 1
    return float(frame[column].iloc[0])


def test_nothing_changes_nothing(toy: Atlas, ruhr: Atlas) -> None:
    for region in (toy, ruhr):
        assert what_if(region, []) is region
        found = compare(region, region)
        assert found.nothing
        assert set(found.clusters["fate"]) <= {"same"}


def test_one_tie_is_one_tie_and_moves_nobody_but_its_ends(ruhr: Atlas) -> None:
    after = what_if(ruhr, [TIE])
    found = compare(ruhr, after)
    assert value(found.headline, measure="direct ties") == 1
    assert value(found.headline, measure="linked pairs") == 1
    assert value(found.headline, measure="actors") == 0
    changed = found.places[found.places["change"] != 0]
    assert set(changed["place_name"]) == {"Bochum", "Essen"}
    assert after.positions.equals(ruhr.positions)
    before = ruhr.cluster_of_actors
    moved = before.index[(before != after.cluster_of_actors).to_numpy()]
    assert len(moved) <= 10
    assert found.headline["size"].is_monotonic_decreasing
    # what is compared is what the measures say
    green = green_polycentricity(layers(after.material, "municipality")["both"]).p
    assert value(found.headline, "after", measure="polycentricity P") == pytest.approx(green, abs=1e-12)


def test_a_new_actor_stands_beside_its_partners_and_a_moved_one_in_its_new_city(ruhr: Atlas) -> None:
    steps = [
        Step(Action.ADD, "actors", "workshop-lab", {"name": "Lab", "sector": "science", "place_id": "05911000"}),
        Step(Action.ADD, "ties", cells=dict(TIE.cells) | {"source_actor_id": "workshop-lab"}),
        Step(Action.MOVE, key="stadt-essen", cells={"place_id": "05112000"}),
    ]
    after = what_if(ruhr, steps)
    assert not after.positions.isna().any(axis=None)
    lab, partner = after.positions.loc["workshop-lab"], after.positions.loc["ruhr-universitaet-bochum"]
    assert np.hypot(lab["network_x"] - partner["network_x"], lab["network_y"] - partner["network_y"]) < 2
    gone = np.hypot(*(after.positions.loc["stadt-essen"] - ruhr.positions.loc["stadt-essen"])[["map_x", "map_y"]])
    assert gone > 5
    # a new tie draws the newcomer into its partner's cluster
    assert after.cluster_of_actors["workshop-lab"] == after.cluster_of_actors["ruhr-universitaet-bochum"]


def test_clusters_that_lose_their_anchor_are_followed(ruhr: Atlas) -> None:
    anchor = ruhr.clusters.items[0].anchors[0]
    found = compare(ruhr, what_if(ruhr, [Step(Action.REMOVE, "actors", anchor)])).clusters
    first = found[found["before"] == ruhr.clusters.items[0].cluster_id]
    assert (first["fate"] != "same").all()
    assert set(found["before"]) - {""} == {item.cluster_id for item in ruhr.clusters.items}


def test_the_best_tie_is_the_best_of_all_pairs(toy: Atlas) -> None:
    found = best_ties(toy, index="p_sf")
    assert found["change"].dropna().is_monotonic_decreasing
    ties = layers(toy.material, "municipality")["both"]
    for row in found.itertuples():
        more = ties.copy()
        more.loc[row.place, row.partner] += 1
        more.loc[row.partner, row.place] += 1
        assert row.after == pytest.approx(green_polycentricity(more).p_sf, abs=1e-12)
    assert found.attrs["tried"] == found.attrs["pairs"] == 3
    star = best_ties(toy, index="freeman")["change"].dropna()
    assert star.is_monotonic_increasing


def test_a_question_can_be_stopped_and_says_how_far_it_came(ruhr: Atlas) -> None:
    asked = iter(range(1000))
    found = best_ties(ruhr, field="green", stop=lambda: next(asked) >= 5)
    assert (len(found), found.attrs["tried"]) == (5, 5)
    assert found.attrs["pairs"] > 100
    told: list[tuple[str, int, int]] = []
    few = leaving(ruhr, progress=lambda *step: told.append(step), stop=lambda: len(told) >= 3)
    assert len(few) == 3
    assert told[-1] == ("actors", 3, 40)


def test_leaving_counts_as_removing_does(ruhr: Atlas) -> None:
    found = leaving(ruhr, ["ruhr-universitaet-bochum", "stadt-essen"])
    for row in found.itertuples():
        after = what_if(ruhr, [Step(Action.REMOVE, "actors", str(row.actor))])
        lost = (ruhr.ties.csr.nnz - after.ties.csr.nnz) // 2
        assert row.partners == lost
    with pytest.raises(MeasureError, match="nobody"):
        leaving(ruhr, ["nobody"])
    with pytest.raises(MeasureError, match="no field"):
        best_ties(ruhr, field="mining")
    with pytest.raises(MeasureError, match="index"):
        best_ties(ruhr, index="fame")


def test_next_to_nothing_is_undefined_and_no_traceback(bare_region: Atlas) -> None:
    found = best_ties(bare_region)
    assert len(found) == 0
    assert len(leaving(bare_region)) == 0
    assert compare(bare_region, bare_region).nothing


def test_one_tie_shows_its_effect_within_a_second(ruhr: Atlas) -> None:
    compare(ruhr, what_if(ruhr, [TIE]))
    took = []
    for _ in range(3):
        # of the processor: what else the machine does is not the engine's
        start = time.process_time()
        compare(ruhr, what_if(ruhr, [TIE]))
        took.append(time.process_time() - start)
    assert min(took) < 1.0


def test_a_cluster_that_falls_into_pieces_is_split(ruhr: Atlas) -> None:
    anchor = "wirtschaftsfoerderungsgesellschaft-fuer-den-kreis-unna-mbh"
    home = ruhr.cluster_of_actors[anchor]
    found = compare(ruhr, what_if(ruhr, [Step(Action.REMOVE, "actors", anchor)])).clusters
    pieces = found[found["before"] == home]
    assert len(pieces) > 1
    assert set(pieces["fate"]) == {"split"}
