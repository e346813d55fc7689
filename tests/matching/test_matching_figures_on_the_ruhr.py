"""Figures on the Ruhr's own tables, with thresholds a little below what was reached (tests/benchmarks/RESULTS.md)."""

import matchtruth
import pytest
from matchtruth import ALL, SURE, UNSEEN, Aliases

from ecosystem.matching.persons import is_person


@pytest.fixture(scope="module")
def aliases(ruhr):
    return Aliases.of(ruhr)


def test_the_matcher_does_not_see_the_aliases(aliases):
    assert set(aliases.known.actors["aliases"]) == {""}
    assert len(aliases.raws) == 254


def test_aliases_are_found_with_precision_before_recall(aliases):
    precision, recall, pairs = aliases.figures(ALL)
    assert pairs == 254
    assert precision >= 0.98
    assert recall >= 0.90


def test_what_is_taken_without_asking_is_right(aliases):
    precision, recall, _ = aliases.figures(SURE)
    assert precision >= 0.99
    assert recall >= 0.60


def test_the_half_not_looked_at_does_not_fall_far_behind(aliases):
    precision, recall, _ = aliases.figures(ALL, UNSEEN)
    assert precision >= 0.98
    assert recall >= 0.84


def test_without_a_place_precision_holds_and_recall_falls(ruhr):
    precision, recall, _ = Aliases.of(ruhr, placed=False).figures(ALL)
    assert precision >= 0.97
    assert recall >= 0.75


def test_unknown_organisations_are_hardly_ever_taken_for_known_ones(aliases):
    opened = aliases.without(matchtruth.half_of_actors(aliases))
    assert opened.figures(SURE)[0] >= 0.96
    assert opened.figures(ALL)[0] >= 0.85


def test_sectors_by_rule_agree_with_the_tables(ruhr):
    bodies = [pair for pair in matchtruth.sector_pairs(ruhr) if pair[0] != "initiative"]
    given, right = matchtruth.agreement(bodies)
    assert given >= 0.87
    assert right >= 0.93


def test_fields_by_keywords_agree_with_the_tables(ruhr):
    unseen = matchtruth.field_figures(ruhr, UNSEEN)
    assert unseen.precision >= 0.89
    assert unseen.recall >= 0.76
    assert unseen.left_open >= 0.88


def test_no_actor_of_the_ruhr_is_taken_for_a_person(ruhr):
    assert [name for name in ruhr.actors["name"] if is_person(name)] == []
