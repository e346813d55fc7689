"""Consortia: the parts by hand on the toy region, the search against all groups, invariants on the Ruhr."""

from __future__ import annotations

import itertools
import json
import math
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ecosystem import cli
from ecosystem.consortium import WEIGHTS, propose
from ecosystem.consortium.ground import PARTIES, SECTORS, ground
from ecosystem.consortium.score import Scorer
from ecosystem.consortium.search import exhaustive, search
from ecosystem.errors import MeasureError
from ecosystem.findings.material import Material
from ecosystem.tied import projects_between, ties_between

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas
    from ecosystem.consortium import Proposal

ALL = tuple(range(5))


def scored(atlas: Atlas, field: str, names: list[str], required=ALL, cities: int = 3, **more) -> dict[str, float]:
    on = ground(atlas.material, field, pinned=names)
    return Scorer(on, required, cities, WEIGHTS, **more).parts([on.ids.index(one) for one in names])


def test_candidates_by_hand(toy: Atlas) -> None:
    on = ground(toy.material, "energy")
    # four state energy, a-town and b-institute have it through projects; no politics: both councils, which have no
    # field; no civil society on energy: both of the related field care
    assert set(on.ids) == {
        "a-works", "a-grid", "a-college", "c-motors", "a-town", "b-institute", "a-council", "c-council", "b-clinic",
        "c-citizens",
    }  # fmt: skip
    assert [(gap.sector, gap.reach) for gap in on.gaps] == [("politics", "any"), ("civil_society", "related")]
    strength = dict(zip(on.ids, on.strength, strict=True))
    # two actors work on both fields and are all who inform φ: C = 2, S = 2 and 2, T = 4, φ = 2; r = 2/3
    assert strength["a-works"] == strength["a-town"] == 1
    assert strength["b-clinic"] == pytest.approx(2 / 3)
    assert strength["a-council"] == 0
    # energy ¼, care ¾ of its projects: max(¼, ¾ · ⅔)
    assert strength["b-institute"] == pytest.approx(1 / 2)


def test_parts_by_hand(toy: Atlas) -> None:
    found = scored(toy, "energy", ["a-works", "a-town", "c-motors", "b-clinic"])
    assert found["field"] == pytest.approx((1 + 1 + 1 + 2 / 3) / 4)
    # industry, administration and civil society of five; the related field care is reached
    assert found["complementarity"] == pytest.approx((3 / 5 + 1) / 2)
    # a-works–a-town (P1) and a-works–c-motors; a-town–c-motors share a-grid; b-clinic has nobody in common with them
    assert found["trust"] == pytest.approx((1 + 1 + 1 / 2) / 6)
    # Ahausen 2, Bestadt 1, Cedorf 1
    assert found["spread"] == pytest.approx(math.exp(-(0.5 * math.log(0.5) + 0.5 * math.log(0.25))) / 3)
    assert math.isnan(found["call"])


def test_one_member_has_no_trust_and_its_score_leaves_it_out(toy: Atlas) -> None:
    on = ground(toy.material, "energy")
    scorer = Scorer(on, (0,), 1, WEIGHTS)
    alone = [on.ids.index("a-works")]
    parts = scorer.parts(alone)
    assert math.isnan(parts["trust"])
    assert scorer.score(alone) == pytest.approx((1 + 1 / 2 + 1) / 3)


def test_the_call_counts_who_took_part(toy: Atlas) -> None:
    on = ground(toy.material, "care", call="Bridges")
    assert {one for one, took in zip(on.ids, on.in_call, strict=True) if took} == {"a-college", "b-institute"}
    pair = [on.ids.index("a-college"), on.ids.index("b-labs")]
    assert Scorer(on, ALL, 2, WEIGHTS, with_call=True).parts(pair)["call"] == 1 / 2


def test_adding_one_by_one_gives_what_groups_give(toy: Atlas) -> None:
    on = ground(toy.material, "energy", call="Bridges")
    scorer = Scorer(on, ALL, 3, {**WEIGHTS, "trust": 2.0}, with_call=True)
    for group in ([], [0], [1, 4, 6]):
        told = scorer.with_each([group])[0]
        for one in range(len(on.ids)):
            expected = -np.inf if one in group else scorer.value([*group, one])
            assert told[one] == pytest.approx(expected)


@pytest.mark.parametrize("field", ["energy", "care"])
@pytest.mark.parametrize("cities", [1, 2, 3])
@pytest.mark.parametrize("size", [3, 5, 6])
def test_the_search_against_all_groups(toy: Atlas, field: str, cities: int, size: int) -> None:
    on = ground(toy.material, field)
    for required, pinned in itertools.product((ALL, (0, 1), ()), ((), (on.ids.index("a-college"),))):
        scorer = Scorer(on, required, cities, WEIGHTS)
        found, best = search(scorer, pinned, size), exhaustive(scorer, pinned, size)
        assert scorer.value(found) == pytest.approx(scorer.value(best)), (required, pinned)


def test_a_proposal_says_why_and_from_where(toy: Atlas) -> None:
    (one, *_) = propose(
        toy, field="energy", cities=2, sectors=["industry", "science"], size=3, banned=["a-grid"]
    ).proposals
    members = {member.actor_id: member for member in one.members}
    assert set(members) == {"a-college", "a-works", "c-motors"}
    assert (members["a-college"].basis, members["a-college"].adds) == ("stated", ("care",))
    assert members["a-works"].tied_to == ("a-college", "c-motors")
    assert members["a-works"].sources == ("toy-page",)
    assert [(tie.source, tie.relation, tie.target) for tie in one.ties] == [("a-works", "cooperates_with", "c-motors")]
    assert [(project.project_id, project.left) for project in one.projects] == [
        ("P1", ("a-college", "a-works")),
        ("P4", ("a-works", "c-motors")),
    ]
    assert (one.tied_pairs, one.pairs, one.cities) == (2, 3, 2)
    assert [(bridge.one, bridge.other, bridge.through) for bridge in one.bridges] == [
        ("a-college", "c-motors", ("a-grid", "a-works"))
    ]
    assert one.sources == ("toy-page", "toy-register")


def test_pinned_are_in_and_banned_are_not(toy: Atlas) -> None:
    found = propose(toy, field="energy", cities=2, pinned=["b-town"], banned=["a-works", "a-college"])
    for one in found.proposals:
        names = {member.actor_id for member in one.members}
        assert "b-town" in names
        assert not names & {"a-works", "a-college"}
        assert next(member.pinned for member in one.members if member.actor_id == "b-town")


def test_a_sector_nobody_is_known_in_is_said_and_not_made_up(toy: Atlas) -> None:
    found = propose(toy, field="care", banned=["a-council", "c-council"])
    assert ("politics", "none") in [(gap.sector, gap.reach) for gap in found.gaps]
    assert all("politics" in one.lacking for one in found.proposals)


def test_more_cities_than_there_are(toy: Atlas) -> None:
    found = propose(toy, field="energy", cities=9)
    assert (found.cities, found.cities_found) == (9, 3)
    assert found.proposals[0].cities == 3


def test_nobody_at_all(toy: Atlas) -> None:
    everyone = list(toy.tables.actors["actor_id"])
    found = propose(toy, field="energy", banned=everyone)
    assert (found.proposals, found.candidates, found.sources) == ((), 0, ())


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"field": "enrgy"}, "Did you mean energy"),
        ({"field": "energy", "call": "Bridge"}, "Did you mean Bridges"),
        ({"field": "energy", "sectors": ["church"]}, "no sector “church”"),
        ({"field": "energy", "pinned": ["a-work"]}, "Did you mean a-works"),
        ({"field": "energy", "pinned": ["a-works"], "banned": ["a-works"]}, "both pinned and banned"),
        ({"field": "energy", "cities": 0}, "cities has to be at least 1"),
        ({"field": "energy", "pinned": ["a-works", "a-grid"], "size": 1}, "2 actors are pinned"),
        ({"field": "energy", "weights": {"fame": 1}}, "no part “fame”"),
        ({"field": "energy", "weights": {"trust": -1}}, "number from 0"),
        ({"field": "energy", "weights": dict.fromkeys(WEIGHTS, 0)}, "all weights are 0"),
    ],
)
def test_errors_name_culprit_and_cure(toy: Atlas, options: dict, told: str) -> None:
    with pytest.raises(MeasureError, match=told):
        propose(toy, **options)


def test_parties_are_proposed_only_where_somebody_pins_them(ruhr: Atlas) -> None:
    kinds = ruhr.tables.actors.set_index("actor_id")["kind"]
    for field in ruhr.region.field_ids:
        assert not set(ground(ruhr.material, field).ids) & set(kinds.index[kinds.isin(PARTIES)])
    party = str(kinds.index[(kinds == "party").to_numpy()][0])
    assert party in ground(ruhr.material, "green", pinned=[party]).ids


def required(one: Proposal) -> set[str]:
    return {member.sector for member in one.members}


@pytest.mark.parametrize("cities", [3, 6])
def test_invariants_on_the_ruhr(ruhr: Atlas, cities: int) -> None:
    for field in ruhr.region.field_ids:
        found = propose(ruhr, field=field, cities=cities)
        assert len(found.proposals) == 3
        seen: set[str] = set()
        for one in found.proposals:
            ids = [member.actor_id for member in one.members]
            assert required(one) == set(SECTORS)
            assert one.cities >= cities
            assert len(ids) <= 7
            # who stands in two is of a sector that had nobody else
            sectors = {member.actor_id: member.sector for member in one.members}
            candidates = ground(ruhr.material, field)
            for actor in seen & set(ids):
                number = SECTORS.index(sectors[actor])
                here = {who for who, sector in zip(candidates.ids, candidates.sector, strict=True) if sector == number}
                assert here <= seen
            seen |= set(ids)
            defined = [value for value in one.parts.values() if not math.isnan(value)]
            assert all(0 <= value <= 1 for value in defined)
            assert one.score == pytest.approx(sum(defined) / len(defined))
            # every tie named is one of the tables, with a source that exists
            known = set(ruhr.tables.sources["source_id"])
            assert all(set(tie.sources) <= known and tie.sources for tie in (*one.ties, *one.projects))
            joined = {frozenset((tie.source, tie.target)) for tie in one.ties}
            for project in one.projects:
                joined |= {frozenset(pair) for pair in itertools.combinations(project.left, 2)}
            assert len(joined) == one.tied_pairs
            assert all(member.sources for member in one.members if member.basis != "none")


def test_the_same_question_has_the_same_answer(ruhr: Atlas, toy: Atlas) -> None:
    first, second = (propose(ruhr, field="health", cities=4) for _ in range(2))
    assert first == second or repr(first) == repr(second)
    shuffled = replace(toy.tables, ties=toy.tables.ties.iloc[::-1].reset_index(drop=True))
    part = type("Part", (), {"material": Material(shuffled)})()
    for one, other in zip(
        propose(toy, field="care").proposals,
        propose(part, field="care").proposals,
        strict=True,
    ):
        assert [member.actor_id for member in one.members] == [member.actor_id for member in other.members]


def test_rows_between_two_groups(toy: Atlas) -> None:
    here, there = ({f"{city}-{name}" for name in names} for city, names in (
        ("b", ["labs", "institute", "town", "clinic"]), ("c", ["motors", "council", "citizens"]),
    ))  # fmt: skip
    (tie,) = ties_between(toy.tables, here, there)
    assert (tie.tie_id, tie.source, tie.relation, tie.target, tie.since) == (
        "t7", "c-citizens", "member_of", "b-clinic", None,
    )  # fmt: skip
    assert projects_between(toy.tables, here, there) == ()
    ahausen = {"a-works", "a-grid", "a-college", "a-town", "a-council"}
    (project,) = projects_between(toy.tables, ahausen, here)
    assert (project.project_id, project.left, project.right, project.call, project.year) == (
        "P3", ("a-college",), ("b-institute",), "Bridges", 2021,
    )  # fmt: skip


def started(monkeypatch, capsys, *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["ecosystem", "consortium", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err
    return int(ended.value.code or 0), told.out, told.err


def test_the_command_in_every_format(monkeypatch, capsys) -> None:
    asked = ("toy", "--field", "energy", "--cities", "2", "--pin", "b-town", "--ban", "a-grid", "--weight", "trust=2")
    code, out, _ = started(monkeypatch, capsys, *asked)
    assert code == 0
    assert "Proposal 1: score" in out
    assert "Stadt Bestadt" in out
    assert "not a ranking" in out
    code, out, _ = started(monkeypatch, capsys, *asked, "--format", "json")
    told = json.loads(out)
    assert (code, told["pinned"], told["banned"], told["weights"]["trust"]) == (0, ["b-town"], ["a-grid"], 2)
    assert told["proposals"][0]["parts"]["call"] is None
    code, out, _ = started(monkeypatch, capsys, *asked, "--format", "csv")
    lines = out.splitlines()
    assert (code, lines[0].split(",")[:3]) == (0, ["proposal", "score", "actor_id"])
    assert len(lines) == 1 + sum(len(one["members"]) for one in told["proposals"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("toy",), "Name a field with --field. toy has energy, care."),
        (("toy", "--field", "energy", "--weight", "trust"), "no equals sign"),
        (("toy", "--field", "energy", "--pin", "x"), "no actor “x”"),
    ],
)
def test_the_command_says_what_is_wrong(monkeypatch, capsys, arguments, told: str) -> None:
    code, _, err = started(monkeypatch, capsys, *arguments)
    assert code == 1
    assert told in " ".join(err.split())
