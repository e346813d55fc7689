"""A profile is complete: every tie, project and field of an actor, each with its source."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from dashboards.views.profile import profile, sources
from ecosystem.model import Relation

if TYPE_CHECKING:
    from dashboards.views.profile import Profile
    from ecosystem.atlas import Atlas


def known(atlas: Atlas, actor: str) -> Profile:
    found = profile(atlas, actor)
    assert found is not None
    return found


def most_tied(atlas: Atlas, count: int) -> list[str]:
    ties = atlas.tables.ties
    ends = pd.concat([ties["source_actor_id"], ties["target_actor_id"]])
    return [str(actor) for actor in ends.value_counts().index[:count]]


def test_both_ends_of_a_tie_see_it(toy: Atlas) -> None:
    town, grid = known(toy, "a-town").ties, known(toy, "a-grid").ties
    assert [(tie.relation, tie.outgoing, tie.other_id, tie.since) for tie in town] == [
        ("shareholder_of", True, "a-grid", 1990)
    ]
    assert [(tie.relation, tie.outgoing, tie.other_id, tie.since) for tie in grid] == [
        ("shareholder_of", False, "a-town", 1990)
    ]
    assert town[0].evidence == grid[0].evidence == "Owns the grid company"
    assert [source.source_id for source in town[0].sources] == ["toy-page"]


def test_a_tie_without_direction_has_none_at_either_end(toy: Atlas) -> None:
    for one, other in (("a-works", "c-motors"), ("c-motors", "a-works")):
        tie = next(tie for tie in known(toy, one).ties if tie.relation == "cooperates_with")
        assert (tie.outgoing, tie.other_id, tie.since) == (None, other, 2018)


def test_an_actor_in_full(toy: Atlas) -> None:
    one = known(toy, "b-institute")
    assert (one.name, one.sector, one.kind, one.place) == (
        "Institut für Pflegetechnik",
        "science",
        "research_institute",
        "Bestadt",
    )
    assert one.cluster_id == "c02"
    assert [(tie.relation, tie.outgoing, tie.other_id) for tie in one.ties] == [
        ("hosts", False, "b-clinic"),
        ("spin_off_of", False, "b-labs"),
    ]
    # nothing is stated; P2 and half of P3 speak for care, half of P3 for energy
    assert [(work.field_id, work.basis, work.weight) for work in one.fields] == [
        ("care", "derived", 1.5),
        ("energy", "derived", 0.5),
    ]
    assert [(project.title, project.year, project.funding_eur) for project in one.projects] == [
        ("Grid and ward", 2021, 60_000),
        ("Care robots", 2020, 120_000),
    ]
    assert [actor for actor, _ in one.projects[1].partners] == ["b-clinic", "b-labs"]
    assert one.projects[0].call == "Bridges"


def test_stated_fields_come_first_with_what_their_source_says(toy: Atlas) -> None:
    works = known(toy, "a-college").fields
    stated = [(work.field_id, work.evidence) for work in works if work.basis == "stated"]
    assert stated == [("care", "Teaches nursing"), ("energy", "Teaches power engineering")]
    assert [work.basis for work in works] == sorted((work.basis for work in works), reverse=True)


def test_a_place_of_work_known_by_law_says_so(toy: Atlas) -> None:
    assert known(toy, "a-council").place_evidence == "statute"
    assert known(toy, "a-council").fields == ()


def test_funding_that_is_not_stated_is_not_nothing(toy: Atlas) -> None:
    motors = next(project for project in known(toy, "a-grid").projects if project.title == "Motor test bench")
    assert math.isnan(motors.funding_eur)


def test_nobody_of_this_name_has_no_profile(toy: Atlas, ruhr: Atlas) -> None:
    for actor in ("", "gone", "place:XX111", "XX111", "P1", "energy"):
        assert profile(toy, actor) is None
        assert profile(ruhr, actor) is None


def test_sources_in_the_order_given_and_unknown_ones_left_out(toy: Atlas) -> None:
    found = sources(toy, ("toy-register", "gone", "toy-page"))
    assert [source.source_id for source in found] == ["toy-register", "toy-page"]
    assert found[1].url == "https://example.org/threetown"


def test_an_actor_of_whom_nothing_is_known(bare: Atlas) -> None:
    one = known(bare, str(bare.tables.actors["actor_id"].iloc[0]))
    assert (one.ties, one.projects, one.fields, one.cluster_id, one.place_evidence) == ((), (), (), "", "")


def test_counts_of_the_busiest_actors_are_those_of_the_tables(ruhr: Atlas) -> None:
    ties, rows = ruhr.tables.ties, ruhr.tables.participations
    for actor in most_tied(ruhr, 25):
        one = known(ruhr, actor)
        out, into = ties[ties["source_actor_id"] == actor], ties[ties["target_actor_id"] == actor]
        assert len(one.ties) == len(out) + len(into)
        directed = [tie for tie in one.ties if Relation(tie.relation).directed]
        assert sum(tie.outgoing is True for tie in directed) == int((out["relation"] != "cooperates_with").sum())
        assert sum(tie.outgoing is False for tie in directed) == int((into["relation"] != "cooperates_with").sum())
        assert {(tie.relation, tie.other_id) for tie in one.ties} == {
            *zip(out["relation"], out["target_actor_id"], strict=True),
            *zip(into["relation"], into["source_actor_id"], strict=True),
        }
        mine = rows[rows["actor_id"] == actor]
        assert len(one.projects) == mine["project_id"].nunique()


def test_every_actor_has_a_profile_and_every_tie_stands_in_two(ruhr: Atlas) -> None:
    everyone = [known(ruhr, str(actor)) for actor in ruhr.tables.actors["actor_id"]]
    assert sum(len(one.ties) for one in everyone) == 2 * len(ruhr.tables.ties)
    stated = sum(work.basis == "stated" for one in everyone for work in one.fields)
    assert stated == len(ruhr.tables.actor_fields)


def test_every_statement_has_a_source(ruhr: Atlas) -> None:
    for actor in ruhr.tables.actors["actor_id"]:
        one = known(ruhr, str(actor))
        for told in (*one.ties, *one.projects, *one.fields):
            assert told.sources, (actor, told)


@pytest.mark.parametrize("kind", ["ties", "actor_fields", "projects", "participations"])
def test_sources_are_all_that_the_table_names(ruhr: Atlas, kind: str) -> None:
    named = {source for cell in ruhr.tables.frame(kind)["source_id"] for source in cell.split("|")}
    assert named
    assert {source.source_id for source in sources(ruhr, tuple(sorted(named)))} == named


def test_funding_over_all_projects_is_the_tables_sum(ruhr: Atlas) -> None:
    rows = ruhr.tables.participations
    for actor in rows["actor_id"].value_counts().index[:10]:
        mine = rows[rows["actor_id"] == actor]
        if mine["funding_eur"].notna().all():
            told = sum(project.funding_eur for project in known(ruhr, str(actor)).projects)
            assert told == pytest.approx(mine["funding_eur"].sum())
