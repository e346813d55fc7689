"""The URL is the state: what is written is read, and whatever is read never fails."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import state
from dashboards.state import KEYS, Selection

# what a browser can send: any character but halves of a surrogate pair; a comma parts the ids of a list
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ID = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=","), min_size=1, max_size=12)
IDS = st.none() | st.lists(ID, max_size=4).map(tuple)


def values(key: state.Key) -> st.SearchStrategy[Any]:
    """What may stand under a key."""
    if key.kind == "choice":
        return st.sampled_from(key.allowed)
    if key.kind == "number":
        return st.integers(*key.allowed)
    years = st.integers(1000, 9999)
    spans = st.tuples(years, years).map(lambda pair: (min(pair), max(pair)))
    return {"list": IDS, "text": TEXT, "flag": st.booleans(), "years": st.none() | spans}[key.kind]


SELECTIONS = st.builds(Selection, **{key.attribute: values(key) for key in KEYS})
LISTS = tuple(key.name for key in KEYS if key.kind == "list")
BAD = {
    "lang": ["fr", "DE", ""],
    "theme": ["sepia", ""],
    "bm": ["2", "1.0", ""],
    "col": ["sector", ""],
    "size": ["huge", ""],
    "mix": ["101", "-1", "half", "1e2", "", "9" * 5000],
    "tab": ["2", "true", ""],
    "ms": ["mean", ""],
    "un": ["city", ""],
    "sort": ["east", ""],
    "y": ["2020", "2024-2020", "1-2", "a-b", ""],
    "ev": ["4", "-1", "high", ""],
    "lvl": ["street", ""],
    "px": ["7", "81", "16px", "nan", ""],
    "nw": ["yes", ""],
}


def test_every_attribute_is_varied_here() -> None:
    told = {field.name for field in fields(Selection)} - {"unknown"}
    assert {key.attribute for key in KEYS} == told
    assert len({key.name for key in KEYS}) == len(KEYS) == len(told)


@given(SELECTIONS)
def test_a_link_says_what_the_selection_says(selection: Selection) -> None:
    assert Selection.from_query(selection.to_query()) == selection
    assert Selection.from_query("?" + selection.to_query()) == selection


@given(SELECTIONS)
def test_only_what_differs_from_the_default_is_written(selection: Selection) -> None:
    written = [name for name, _ in parse_qsl(selection.to_query(), keep_blank_values=True)]
    start = Selection()
    differs = [key.name for key in KEYS if getattr(selection, key.attribute) != getattr(start, key.attribute)]
    assert written == differs


def test_nothing_is_written_where_everything_is_default() -> None:
    assert Selection().to_query() == ""
    assert Selection.from_query("") == Selection.from_query("?") == Selection()


@pytest.mark.parametrize("name", LISTS)
def test_present_and_empty_leaves_nothing_and_absent_restricts_nothing(name: str) -> None:
    attribute = next(key.attribute for key in KEYS if key.name == name)
    assert getattr(Selection.from_query(f"{name}="), attribute) == ()
    assert getattr(Selection.from_query("lang=en"), attribute) is None
    empty: Any = replace(Selection(), **{attribute: ()})
    assert empty.to_query() == f"{name}="


def test_a_list_is_parted_by_commas_and_the_last_of_two_counts() -> None:
    assert Selection.from_query("f=a,b,,c&f=d").fields == ("d",)
    assert Selection.from_query("f=a,b,,c").fields == ("a", "b", "c")


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_a_bad_value_is_named_and_the_default_stays(name: str, value: str) -> None:
    read = Selection.from_query(f"{name}={value}&f=energy")
    assert read == Selection(fields=("energy",), unknown=(name,))


def test_unknown_keys_are_named_in_order_and_the_rest_holds() -> None:
    read = Selection.from_query("zz=1&y=2019&mix=900&s=science&mix2=")
    assert read == Selection(sectors=("science",), unknown=("mix", "mix2", "y", "zz"))


@given(st.text(st.characters(), max_size=200))
def test_any_text_is_a_link(query: str) -> None:
    assert isinstance(Selection.from_query(query), Selection)


PIECES = st.sampled_from([*(key.name for key in KEYS), "=", "&", "%", "%FF", "%2C", ",", ";", "+", "?", "#", "0", "é"])


@given(st.lists(PIECES, max_size=30).map("".join))
def test_what_was_read_is_written_so_that_it_is_read_again(query: str) -> None:
    read = Selection.from_query(query)
    assert Selection.from_query(read.to_query()) == replace(read, unknown=())


def test_shared_and_drawn_name_keys() -> None:
    names = [key.name for key in KEYS]
    assert set(state.SHARED) <= set(names)
    assert set(state.DRAWN) | {"sel", "focus", "mix", "tab", "step", "v", "sj"} == set(names)
    assert not set(state.DRAWN) & {"sel", "focus", "mix", "tab", "step", "v", "sj"}


def test_filters_selection_and_focus_go_along_to_the_next_page() -> None:
    assert {*state.FILTERS, "sel", "focus", "lang", "theme", "bm", "rg"} == set(state.SHARED)


def test_defaults_are_what_the_link_would_say() -> None:
    told = state.defaults()
    assert set(told) == {key.name for key in KEYS} - {*LISTS, "y"}
    written = "&".join(f"{name}={value}" for name, value in told.items())
    assert Selection.from_query(written) == Selection()
