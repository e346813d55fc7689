"""What every option of the filters would leave: by hand on the toy region, and as the filters themselves leave it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from dashboards.components import active, filters
from dashboards.language import translator
from dashboards.state import Selection
from dashboards.views.filtercounts import filter_counts, span
from dashboards.views.filters import actor_mask, subset

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

QUERIES = [
    "",
    "f=digital",
    "f=digital,health&s=science&ev=2",
    "y=2010-2014",
    "y=2010-2014&nd=0&t=funds",
    "cl=c01&r=05913000",
]


def counts(atlas: Atlas, query: str = "") -> Any:
    return filter_counts(atlas, Selection.from_query(query))


def test_without_filters_they_are_those_of_the_region(toy: Atlas) -> None:
    told = counts(toy)
    assert told.fields == {"energy": 6, "care": 5, "-": 3}
    assert told.sectors == {"industry": 4, "science": 2, "politics": 2, "administration": 2, "civil_society": 2}
    assert told.places == {"XX111": 5, "XX112": 4, "XX113": 3}
    assert told.kinds["funds"] == 3
    assert told.kinds["co_participation"] == 12
    assert sum(told.kinds.values()) == 8 + 12
    # of ten dated records t1 is the oldest and P5 the youngest; t2, t5 and t7 tell no year
    assert span(toy) == (1990, 2022)
    assert {year: count for year, count in told.years.items() if count} == {
        1990: 1, 2010: 1, 2015: 1, 2018: 1, 2019: 1, 2020: 2, 2021: 2, 2022: 1,
    }  # fmt: skip
    assert told.undated == 3


def test_a_kind_of_filter_does_not_change_its_own_counts_but_those_of_the_others(toy: Atlas) -> None:
    told = counts(toy, "f=care")
    assert told.fields == counts(toy).fields
    assert told.sectors == {"science": 2, "industry": 1, "civil_society": 2}
    assert told.places == {"XX111": 1, "XX112": 3, "XX113": 1}
    # t4 hosts, t6 spin-off, t7 member: both ends work on care
    assert {kind: count for kind, count in told.kinds.items() if count} == {
        "hosts": 1, "spin_off_of": 1, "member_of": 1, "co_participation": 4,
    }  # fmt: skip


def test_years_count_records_whose_actors_are_left(toy: Atlas) -> None:
    told = counts(toy, "r=XX112&y=2015-2020")
    assert {year: count for year, count in told.years.items() if count} == {2010: 1, 2015: 1, 2020: 1, 2021: 1}
    # without joint projects only ties are left to be dated
    assert sum(counts(toy, "r=XX112&t=hosts").years.values()) == 1


@pytest.mark.parametrize("query", QUERIES)
def test_an_option_alone_leaves_what_it_says(ruhr: Atlas, query: str) -> None:
    selection, told = Selection.from_query(query), counts(ruhr, query)
    for field, count in told.fields.items():
        assert actor_mask(ruhr, replace(selection, fields=(field,))).sum() == count, field
    for sector, count in told.sectors.items():
        assert actor_mask(ruhr, replace(selection, sectors=(sector,))).sum() == count, sector
    for place, count in [*told.places.items()][:5]:
        assert actor_mask(ruhr, replace(selection, places=(place,))).sum() == count, place
    for cluster, count in [*told.clusters.items()][:5]:
        assert actor_mask(ruhr, replace(selection, clusters=(cluster,))).sum() == count, cluster
    for level, count in enumerate(told.confidence):
        assert actor_mask(ruhr, replace(selection, confidence=level)).sum() == count, level
    pairs = subset(ruhr, replace(selection, kinds=("co_participation",))).joint.nnz // 2
    assert told.kinds["co_participation"] == pairs
    ties = subset(ruhr, replace(selection, kinds=("funds",))).direct.sum() / 2
    assert told.kinds["funds"] == ties


def test_a_region_without_years_has_no_control_for_them(bare: Atlas, parts: Any) -> None:
    assert span(bare) is None
    told = parts(filters.filters(bare, Selection(), translator("de")))
    keys = {part["props"]["id"]["key"] for part in told if isinstance(part["props"].get("id"), dict)}
    assert keys == {"f", "s", "r", "cl", "t", "ev", "nd"}


@pytest.mark.parametrize("query", QUERIES)
def test_every_number_of_the_panel_is_renewed(ruhr: Atlas, parts: Any, query: str) -> None:
    selection, tr = Selection.from_query(query), translator("de")
    told = parts(filters.filters(ruhr, selection, tr))
    shown = {
        part["props"]["id"]: part["props"]["children"] for part in told if "count-" in str(part["props"].get("id"))
    }
    new = dict(zip(filters.count_ids(ruhr), filters.count_texts(ruhr, counts(ruhr, query), tr), strict=True))
    assert shown == new


@pytest.mark.parametrize(
    ("query", "german", "english"),
    [
        ("", "Kein Filter: die ganze Region.", "No filter: the whole region."),
        (
            "f=care",
            "Filter: Themenfeld Pflege × . Alle Filter zurücksetzen",
            "Filters: Field Care × . Reset all filters",
        ),
        (
            "f=care,energy&ev=2",
            "Filter: Themenfeld Pflege × oder Energie × ; Belegstärke mindestens mittel × . Alle Filter zurücksetzen",
            "Filters: Field Care × or Energy × ; Confidence at least medium × . Reset all filters",
        ),
        (
            "y=2019-2020&nd=0",
            "Filter: Jahre 2019–2020 × . Alle Filter zurücksetzen",
            "Filters: Years 2019–2020 × . Reset all filters",
        ),
        (
            "t=",
            "Filter: Art der Verbindung keine × . Alle Filter zurücksetzen",
            "Filters: Kind of tie none × . Reset all filters",
        ),
    ],
)  # fmt: skip
def test_active_filters_read_as_a_sentence(toy: Atlas, words: Any, query: str, german: str, english: str) -> None:
    for language, expected in (("de", german), ("en", english)):
        selection = replace(Selection.from_query(query), language=language)
        told = words(active.active(toy, selection, translator(language)))
        assert in_order(told) == in_order(expected)


def in_order(text: str) -> list[str]:
    """The words of a sentence; the order of nested components is that of their depth, not of their place."""
    return sorted(text.split())


def test_a_word_of_the_sentence_takes_out_itself_alone(toy: Atlas, parts: Any) -> None:
    def ways(query: str) -> list[str]:
        told = parts(active.active(toy, Selection.from_query(query), translator("en")))
        buttons = [part["props"] for part in told if part["props"].get("className") == "chip"]
        return [button.get("data-set") or button["data-lift"] for button in buttons]

    assert ways("f=care,energy") == ["f=energy", "f=care"]
    assert ways("f=care&y=2019-2020&ev=3") == ["f", "y,nd", "ev"]
    # many of one kind are one word
    assert ways("r=a,b,c,d,e,g") == ["r"]
