"""What ``sel`` in a link means: rules by hand, packed sets there and back, and what a damaged link gives."""

from __future__ import annotations

import base64
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.state import Selection
from dashboards.views import selected
from dashboards.views.group import group

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("place:XX112", ["b-clinic", "b-institute", "b-labs", "b-town"]),
        ("unit:XX113", ["c-citizens", "c-council", "c-motors"]),
        ("field:care", ["a-college", "b-clinic", "b-institute", "b-labs", "c-citizens"]),
        ("cluster:c01", ["a-grid", "a-town", "a-works", "c-council", "c-motors"]),
        ("sector:civil_society", ["b-clinic", "c-citizens"]),
        ("cell:XX111.care", ["a-college"]),
        ("cell:XX112.energy", ["b-institute"]),
        ("actor:c-motors,a-works", ["a-works", "c-motors"]),
        # what a link names and these data do not have is left out
        ("actor:c-motors,gone", ["c-motors"]),
    ],
)
def test_rules_by_hand(toy: Atlas, rule: str, expected: list[str]) -> None:
    assert selected.ids(toy, rule) == expected
    mask = selected.resolve(toy, rule)
    assert mask is not None
    assert mask.dtype == bool
    assert int(mask.sum()) == len(expected)


UNKNOWN = [
    "", ":", "place", "place:", "unit:", "cell:", "cell:.", "cell:.care", "cell:XX111", "cell:XX111.",
    "cell:XX111.mining", "cell:XX999.care", "place:XX999", "field:", "field:mining", "cluster:", "cluster:c99",
    "sector:", "sector:military",
    "actor:", "actor:gone", "actor:,", "set:", "set:.", "pair:a.b", "PLACE:XX111", "place:XX111,XX112",
]  # fmt: skip


@pytest.mark.parametrize("rule", UNKNOWN)
def test_what_these_data_do_not_have_is_none(toy: Atlas, ruhr: Atlas, rule: str) -> None:
    for atlas in (toy, ruhr):
        assert selected.resolve(atlas, rule) is None
        assert selected.ids(atlas, rule) == []


@given(rule=st.text(max_size=40) | st.sampled_from(["set:", "cell:", "actor:", "place:"]).flatmap(
    lambda kind: st.text(max_size=40).map(lambda rest: kind + rest)
))  # fmt: skip
def test_any_text_is_a_rule_or_none(toy: Atlas, rule: str) -> None:
    found = selected.resolve(toy, rule)
    assert found is None or (found.dtype == bool and len(found) == 12)


def test_a_cell_is_its_row_and_its_column(ruhr: Atlas) -> None:
    where, field = "05113", ruhr.region.field_ids[0]
    cell, row, column = (
        selected.ids(ruhr, rule) for rule in (f"cell:{where}.{field}", f"unit:{where}", f"field:{field}")
    )
    assert set(cell) == set(row) & set(column)
    assert cell


@given(data=st.data())
def test_any_set_of_actors_comes_back(ruhr: Atlas, data: st.DataObject) -> None:
    everyone = ruhr.positions.index.tolist()
    chosen = data.draw(st.lists(st.sampled_from(everyone), unique=True, max_size=60))
    rule = selected.encode(ruhr, chosen)
    assert selected.ids(ruhr, rule) == sorted(chosen)
    kind = "actor:" if 0 < len(chosen) <= selected.MOST_IDS else "set:"
    assert rule.startswith(kind) if chosen else rule == ""


@pytest.mark.parametrize("count", [21, 500, 1000])
def test_many_actors_fit_into_a_link(ruhr: Atlas, count: int) -> None:
    chosen = ruhr.positions.index.tolist()[:: max(1, len(ruhr.positions) // count)][:count]
    rule = selected.encode(ruhr, chosen)
    assert selected.ids(ruhr, rule) == chosen
    assert len(Selection(selected=rule).to_query()) < 2000 / 4


def test_the_worst_set_is_short_enough_too(ruhr: Atlas) -> None:
    mask = np.random.default_rng(0).random(len(ruhr.positions)) < 0.5
    rule = selected.encode(ruhr, ruhr.positions.index[mask])
    assert selected.ids(ruhr, rule) == ruhr.positions.index[mask].tolist()
    assert len(rule) < 400


def test_actors_that_are_not_there_are_not_written(toy: Atlas) -> None:
    assert selected.encode(toy, ["gone"]) == ""
    assert selected.encode(toy, ["gone", "a-town"]) == "actor:a-town"


def packed(atlas: Atlas, content: bytes) -> str:
    return f"set:{atlas.version}.{base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip('=')}"


@pytest.fixture(scope="module")
def rule(ruhr: Atlas) -> str:
    mask = np.random.default_rng(1).random(len(ruhr.positions)) < 0.3
    return selected.encode(ruhr, ruhr.positions.index[mask])


@given(place=st.integers(0, 10_000), letter=st.sampled_from("AZaz09-_=!é/+ "))
def test_a_damaged_set_is_none_and_never_another_set(ruhr: Atlas, rule: str, place: int, letter: str) -> None:
    start = rule.index(".") + 1
    at = start + place % (len(rule) - start)
    damaged = rule[:at] + letter + rule[at + 1 :]
    if damaged[at] == rule[at]:
        return
    before, after = selected.resolve(ruhr, rule), selected.resolve(ruhr, damaged)
    # the last letter carries spare bits that say nothing
    assert after is None or (at == len(rule) - 1 and np.array_equal(before, after))


def test_a_cut_set_is_none(ruhr: Atlas, rule: str) -> None:
    start = rule.index(".") + 1
    assert all(selected.resolve(ruhr, rule[:end]) is None for end in range(start, len(rule)))
    assert selected.resolve(ruhr, rule) is not None


@pytest.mark.parametrize("extra", [-1, 1, 2, 8, 1000])
def test_a_set_of_another_length_is_none(toy: Atlas, ruhr: Atlas, extra: int) -> None:
    for atlas in (toy, ruhr):
        size = (len(atlas.positions) + 7) // 8
        assert selected.resolve(atlas, packed(atlas, b"\xff" * size)) is not None
        assert selected.resolve(atlas, packed(atlas, b"\xff" * (size + extra))) is None


def test_something_after_the_set_is_none(toy: Atlas) -> None:
    twice = zlib.compress(b"\xff\xf0") + zlib.compress(b"\xff\xf0")
    assert selected.resolve(toy, f"set:{toy.version}.{base64.urlsafe_b64encode(twice).decode()}") is None


def test_a_set_that_unpacks_to_very_much_takes_no_memory(ruhr: Atlas) -> None:
    bomb = packed(ruhr, bytes(100_000_000))
    tracemalloc.start()
    try:
        assert selected.resolve(ruhr, bomb) is None
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 2_000_000


def test_a_set_of_other_data_is_none(toy: Atlas, ruhr: Atlas, rule: str) -> None:
    version, _, bits = rule.removeprefix("set:").partition(".")
    assert version == ruhr.version != toy.version
    assert selected.resolve(toy, rule) is None
    assert selected.resolve(ruhr, f"set:{toy.version}.{bits}") is None
    assert selected.resolve(ruhr, f"set:{bits}") is None


def test_figures_of_a_group_by_hand(toy: Atlas) -> None:
    rule = "place:XX112"
    mask = selected.resolve(toy, rule)
    assert mask is not None
    found = group(toy, mask, Selection.from_query("f=care"), rule)
    assert (found.actors, found.hidden) == (4, 1)
    assert found.sectors == (1, 1, 0, 1, 1)
    assert found.places == (("Bestadt", 4),)
    assert [(label.en, n) for label, n in found.fields] == [("Care", 2.75), ("Energy", 0.25)]
    # among those on care: clinic – institute – labs all linked, institute – a-college and clinic – c-citizens go out
    assert (found.inner_pairs, found.outer_pairs) == (3, 2)
    assert found.restriction == "r=XX112"


@pytest.mark.parametrize(
    ("rule", "restriction"),
    [
        ("field:care", "f=care"),
        ("sector:science", "s=science"),
        ("cluster:c02", "cl=c02"),
        ("unit:XX111", "r=XX111"),
        ("cell:XX111.care", "r=XX111&f=care"),
        ("actor:a-town", ""),
    ],
)
def test_the_filter_that_means_the_rule_leaves_the_same_actors(toy: Atlas, rule: str, restriction: str) -> None:
    mask = selected.resolve(toy, rule)
    assert mask is not None
    assert group(toy, mask, Selection(), rule).restriction == restriction
    if restriction:
        hidden = group(toy, mask, Selection.from_query(restriction), rule)
        everyone = group(toy, np.ones(12, dtype=bool), Selection.from_query(restriction))
        assert hidden.hidden == 0
        assert everyone.hidden == 12 - hidden.actors


def test_restricting_to_a_unit_of_many_places(ruhr: Atlas) -> None:
    places = ruhr.tables.places
    unit = places.loc[places["district_id"] != "", "district_id"].value_counts().index[0]
    rule = f"unit:{unit}"
    mask = selected.resolve(ruhr, rule)
    assert mask is not None
    restriction = group(ruhr, mask, Selection(), rule).restriction
    assert restriction.count(",") == int((places["district_id"] == unit).sum()) - 1 > 1
    assert group(ruhr, mask, Selection.from_query(restriction), rule).hidden == 0
