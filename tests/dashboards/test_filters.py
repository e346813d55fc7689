"""What filters leave, by hand on the region that can be counted on fingers (data/toy/README.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dashboards.state import Selection
from dashboards.views.filters import Culprit, actor_mask, culprit, linked_pairs, subset

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

ALL = (
    "a-college", "a-council", "a-grid", "a-town", "a-works", "b-clinic",
    "b-institute", "b-labs", "b-town", "c-citizens", "c-council", "c-motors",
)  # fmt: skip
ENERGY = {"a-college", "a-grid", "a-town", "a-works", "b-institute", "c-motors"}
CARE = {"a-college", "b-clinic", "b-institute", "b-labs", "c-citizens"}
FIELDLESS = {"a-council", "b-town", "c-council"}


def left(atlas: Atlas, query: str) -> set[str]:
    mask = actor_mask(atlas, Selection.from_query(query))
    return set(atlas.tables.actors["actor_id"][mask])


def pairs(atlas: Atlas, query: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Linked pairs → (recorded ties, joint projects)."""
    names = atlas.tables.actors["actor_id"].tolist()
    i, j, direct, joint = linked_pairs(subset(atlas, Selection.from_query(query)))
    return {
        (names[a], names[b]): (int(d), int(p)) for a, b, d, p in zip(i, j, direct.tolist(), joint.tolist(), strict=True)
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", set(ALL)),
        ("f=energy", ENERGY),
        ("f=care", CARE),
        ("f=energy,care", ENERGY | CARE),
        ("f=-", FIELDLESS),
        ("f=care,-", CARE | FIELDLESS),
        ("s=science", {"a-college", "b-institute"}),
        ("s=science,politics", {"a-college", "b-institute", "a-council", "c-council"}),
        ("r=XX112", {"b-clinic", "b-institute", "b-labs", "b-town"}),
        ("r=XX112,XX113", {name for name in ALL if name[0] in "bc"}),
        ("f=energy&s=science,industry", {"a-college", "a-grid", "a-works", "b-institute", "c-motors"}),
        ("f=energy&s=science,industry&r=XX111", {"a-college", "a-grid", "a-works"}),
        ("f=-&s=politics&r=XX113", {"c-council"}),
        # a filter on ties takes no actor away
        ("t=", set(ALL)),
        ("t=funds", set(ALL)),
    ],
)
def test_and_between_kinds_of_filters_or_within_one(toy: Atlas, query: str, expected: set[str]) -> None:
    assert left(toy, query) == expected


@pytest.mark.parametrize("query", ["f=", "s=", "r=", "cl=", "f=&s=science", "f=mining", "s=-", "r=-", "cl=c99"])
def test_present_and_empty_or_unknown_leaves_nobody(toy: Atlas, query: str) -> None:
    assert left(toy, query) == set()


def test_clusters_and_those_in_none(toy: Atlas) -> None:
    first, second = (set(item.actors) for item in toy.clusters.items)
    alone = {"a-college", "a-council"}
    assert (len(first), len(second), set(ALL) - first - second) == (5, 5, alone)
    assert left(toy, "cl=c01") == first
    assert left(toy, "cl=-") == alone
    assert left(toy, "cl=c02,-") == second | alone
    assert left(toy, "cl=-&f=energy") == {"a-college"}


def test_all_ties_of_the_region(toy: Atlas) -> None:
    found = pairs(toy, "")
    assert len(found) == 16
    assert sum(direct for direct, _ in found.values()) == 8
    assert sum(joint for _, joint in found.values()) == 13
    assert found["a-grid", "a-works"] == (0, 2)
    assert found["a-grid", "a-town"] == (1, 1)
    assert found["b-clinic", "b-town"] == (1, 0)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("t=funds", {("a-college", "a-council"), ("b-clinic", "b-town"), ("c-council", "c-motors")}),
        ("t=hosts,spin_off_of", {("b-clinic", "b-institute"), ("b-institute", "b-labs")}),
        ("t=", set()),
        ("t=unheard_of", set()),
        # both ends have to pass: c-motors is outside, so that its tie to a-works goes, too
        ("r=XX111&t=cooperates_with,shareholder_of", {("a-grid", "a-town")}),
        ("s=science", {("a-college", "b-institute")}),
        ("s=politics", set()),
    ],
)
def test_a_tie_stays_if_its_kind_and_both_ends_do(toy: Atlas, query: str, expected: set[tuple[str, str]]) -> None:
    assert set(pairs(toy, query)) == expected


def test_joint_projects_are_a_kind_of_tie(toy: Atlas) -> None:
    joint = pairs(toy, "t=co_participation")
    assert len(joint) == 12
    assert all(direct == 0 for direct, _ in joint.values())
    assert pairs(toy, "t=co_participation,shareholder_of")["a-grid", "a-town"] == (1, 1)
    assert pairs(toy, "t=shareholder_of") == {("a-grid", "a-town"): (1, 0)}


def test_counts_of_a_subset(toy: Atlas) -> None:
    some = subset(toy, Selection.from_query("f=energy"))
    assert (some.count, some.pairs) == (6, 9)
    assert int(some.direct.sum()) // 2 == 2
    none = subset(toy, Selection.from_query("f="))
    assert (none.count, none.pairs) == (0, 0)


def test_filters_change_nothing_in_the_atlas(toy: Atlas) -> None:
    before = toy.fields_of_actors.csr.toarray()
    actor_mask(toy, Selection.from_query("f=energy,-&s=science&r=XX111&cl=c01"))
    subset(toy, Selection.from_query("f=energy"))
    assert np.array_equal(before, toy.fields_of_actors.csr.toarray())
    assert left(toy, "") == set(ALL)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # without the sector five work on care, without the field there are two councils
        ("f=care&s=politics", Culprit("s", 5)),
        ("f=mining&r=XX111", Culprit("f", 5)),
        ("f=care&cl=", Culprit("cl", 5)),
        ("r=", Culprit("r", 12)),
        # lifting one of two that each leave nothing does not help
        ("f=&s=", None),
        ("r=nowhere&f=mining", None),
    ],
)
def test_the_filter_that_removed_most_is_named(toy: Atlas, query: str, expected: Culprit | None) -> None:
    assert culprit(toy, Selection.from_query(query)) == expected


def test_a_culprit_keeps_its_word(ruhr: Atlas) -> None:
    query = "f=health&s=politics&r=05112000"
    found = culprit(ruhr, Selection.from_query(query))
    assert left(ruhr, query) == set()
    assert found is not None
    lifted = "&".join(part for part in query.split("&") if not part.startswith(found.key + "="))
    assert len(left(ruhr, lifted)) == found.actors > 0


def test_counts_of_the_default_region_are_those_of_its_tables(ruhr: Atlas) -> None:
    tables = ruhr.tables
    everyone = subset(ruhr, Selection())
    assert everyone.count == len(tables.actors)
    assert int(everyone.direct.sum()) // 2 == len(tables.ties)
    for sector, count in tables.actors["sector"].value_counts().items():
        assert len(left(ruhr, f"s={sector}")) == count
    for place, count in tables.actors["place_id"].value_counts().head(5).items():
        assert len(left(ruhr, f"r={place}")) == count
