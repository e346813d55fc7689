"""Scenarios in links, on newer data, and the yardstick beside a difference."""

from __future__ import annotations

import base64
import itertools
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from madesteps import LISTS

from ecosystem.errors import ScenarioError
from ecosystem.findings.ties import layers
from ecosystem.measures import green_polycentricity
from ecosystem.scenario import Action, Scenario, Step, apply, best_ties, compare, opened, pack, ranked, tie_step, unpack
from ecosystem.scenario.misfit import KINDS
from ecosystem.scenario.packed import FORM, WORDS
from ecosystem.scenario.spread import indices, of_ties

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas


@settings(max_examples=60)
@given(LISTS, LISTS)
def test_a_link_gives_back_the_scenario_with_what_was_undone(steps: list[Step], undone: list[Step]) -> None:
    one = Scenario("toy", "0123456789", "Title ä", ("one",), tuple(steps), tuple(undone))
    text = pack(one)
    assert unpack(text) == one
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_a_workshop_fits_a_link() -> None:
    names = [f"universitaet-{letter}-institut-fuer-{letter * 3}" for letter in "abcdefghijkl"]
    steps = [
        Step(
            Action.ADD,
            "ties",
            cells={"source_actor_id": one, "relation": "cooperates_with", "target_actor_id": other},
            author="table 3",
            time="2026-11-30T10:00:00+00:00",
            reason="they meet anyway",
        )
        for one, other in itertools.pairwise(names)
    ]
    assert len(pack(Scenario("ruhr", "0123456789", steps=tuple(steps)))) < 1000


def _wrapped(content: bytes) -> str:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, WORDS)
    return FORM + base64.urlsafe_b64encode(packer.compress(content) + packer.flush()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "", "0", "1", "1!!!", "1AAAA", "ä", "1" + "A" * 4000, pack(Scenario("toy", "v"))[:-4],
        _wrapped(b"[]"), _wrapped(b"{}"), _wrapped(b'{"schema": 1, "steps": [], "undone": 3}'), _wrapped(b"\xff"),
        _wrapped(b"[" * 100_000), _wrapped(b" " * 3_000_000),
    ],
)  # fmt: skip
def test_a_link_that_was_cut_or_made_up_is_said_to_be(text: str) -> None:
    with pytest.raises(ScenarioError):
        unpack(text)


def test_on_newer_data_unfit_steps_stay_listed(toy: Atlas) -> None:
    steps = (
        Step(Action.ADD, "actor_fields", cells={"actor_id": "c-motors", "field_id": "care"}),
        Step(Action.MOVE, key="a-works", cells={"place_id": "XX112"}),
    )
    scenario = Scenario("toy", toy.version, steps=steps)
    assert not opened(toy.tables, scenario).newer
    newer = apply(toy.tables, [Step(Action.REMOVE, "actors", "c-motors")])
    found = opened(newer, scenario)
    assert found.newer
    assert [(one.number, one.kind) for one in found.unfit] == [(1, "missing")]
    assert found.fit == steps[1:]
    assert found.scenario.steps == steps
    assert found.tables.digest == apply(newer, steps[1:]).digest
    with pytest.raises(ScenarioError, match="other"):
        opened(toy.tables, Scenario("other", toy.version))


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (Step(Action.REMOVE, "actors", "gone"), "missing"),
        (Step(Action.MERGE, key="a-town", cells={"others": "gone"}), "missing"),
        (Step(Action.MOVE, key="a-town", cells={"place_id": "mars"}), "missing"),
        (Step(Action.MERGE, key="a-town", cells={"others": "a-town"}), "loop"),
        (Step(Action.REMOVE, "places", "XX111"), "table"),
        (Step(Action.ADD, "actors", "x", {"colour": "red"}), "column"),
        (Step(Action.ADD, "actors", "x", {"name": "x", "sector": "press", "place_id": "XX111"}), "value"),
        (Step(Action.ADD, "actors", "a-town", {"name": "x", "sector": "politics", "place_id": "XX111"}), "known"),
    ],
)
def test_what_is_wrong_with_a_step_has_a_kind(toy: Atlas, step: Step, kind: str) -> None:
    (unfit,) = opened(toy.tables, Scenario("toy", "", steps=(step,))).unfit
    assert unfit.kind == kind
    assert kind in KINDS


def test_many_networks_at_once_are_measured_as_one_by_one(ruhr: Atlas) -> None:
    found = [layers(ruhr.material, "municipality", field)["both"] for field in (None, "green", "health")]
    for ties in found:
        square = ties.to_numpy(dtype=float, copy=True)
        np.fill_diagonal(square, 0)
        fast, slow = indices(square[None]), green_polycentricity(ties)
        for name in ("p", "p_sf", "freeman"):
            assert fast[name][0] == pytest.approx(getattr(slow, name), abs=1e-12)
    nothing = indices(np.zeros((1, 3, 3)))
    assert np.isnan(nothing["p"][0])


def test_the_spread_shrinks_with_the_number_of_ties() -> None:
    import pandas as pd

    few = pd.DataFrame([[0, 3, 2, 1], [3, 0, 4, 1], [2, 4, 0, 2], [1, 1, 2, 0]], dtype=float)
    many = of_ties(few * 100)
    assert 0 < many["p"] < 0.3 * of_ties(few)["p"]
    assert of_ties(few) == of_ties(few)


def test_every_index_of_a_comparison_has_its_spread(ruhr: Atlas) -> None:
    found = compare(ruhr, ruhr)
    known = found.headline.set_index("measure")["noise"]
    for measure in ("polycentricity P", "polycentricity P_SF", "Freeman centralisation", "modularity"):
        assert 0 < known[measure] < 0.2
    assert 0.005 < known["inter-city share"] < 0.05
    assert np.isnan(known["actors"])
    measures = found.fields.groupby("measure")["noise"]
    assert (measures.min().drop("actors") > 0).all()
    assert measures.max()["actors"] != measures.max()["actors"]


def test_part_by_part_is_the_whole_and_every_candidate_pair_can_be_tied(ruhr: Atlas) -> None:
    import pandas as pd

    whole = best_ties(ruhr, field="health")
    parts = [best_ties(ruhr, field="health", part=(first, first + 100)) for first in range(0, len(whole), 100)]
    assert {one.attrs["pairs"] for one in parts} == {len(whole)}
    joined = ranked(pd.concat(parts, ignore_index=True), "p_sf")
    assert joined.equals(whole.reset_index(drop=True))
    top = whole[whole["actor"] != ""].head(20).to_dict("records")
    for row in top:
        assert len(apply(ruhr.tables, [tie_step(row)]).ties) == len(ruhr.tables.ties) + 1
