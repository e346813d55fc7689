"""Properties of reading and writing, for any text and any number."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from ecosystem import tables
from ecosystem.cells import join, number_texts, numbers, split
from ecosystem.dictionary import csv_tables, dictionary
from ecosystem.model import Label
from ecosystem.regions import shipped_data

MONEY = dictionary()["participations"].column("funding_eur")
AREA = dictionary()["places"].column("area_km2")
TOY = tables.read(shipped_data() / "toy")

cents = st.integers(min_value=0, max_value=10**13)
areas = st.floats(min_value=0, max_value=1e6, allow_nan=False)
text = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n",;|'), max_size=30).map(
    lambda found: unicodedata.normalize("NFC", found).strip()
)
items = st.lists(
    st.text(st.sampled_from("abcäö ,;\"'"), min_size=1).map(str.strip).filter(bool), unique=True, max_size=4
)


def _grouped(amount: Decimal, group: str, mark: str) -> str:
    return f"{amount:,.2f}".replace(",", "g").replace(".", mark).replace("g", group)


def _texts(found: list[str]) -> pd.Series[str]:
    return pd.Series(found, dtype="str")


@given(
    st.lists(cents, min_size=1, max_size=6), st.sampled_from([(".", ","), (",", "."), ("", ","), ("", "."), (" ", ",")])
)
def test_amounts_in_cents_are_read_in_every_convention(amounts: list[int], marks: tuple[str, str]) -> None:
    exact = [Decimal(amount) / 100 for amount in amounts]
    for decimal_comma in (True, False):
        reading = numbers(_texts([_grouped(one, *marks) for one in exact]), MONEY, decimal_comma=decimal_comma)
        assert reading.parsed.tolist() == [float(one) for one in exact]
        assert not reading.wrong.any()
        assert not reading.ambiguous.any()


@given(st.lists(areas, max_size=6), st.sampled_from([MONEY, AREA]), st.booleans())
def test_numbers_written_are_read_back_exactly_and_in_one_way(values: list[float], column, decimal_comma: bool) -> None:
    texts = number_texts(pd.Series(values, dtype="float64"), column)
    reading = numbers(texts, column, decimal_comma=decimal_comma)
    assert reading.parsed.tolist() == values
    assert not reading.ambiguous.any()


@given(st.text(st.sampled_from("0123456789.,-+ €eE"), max_size=12), st.booleans())
def test_neither_convention_is_preferred(cell: str, decimal_comma: bool) -> None:
    swapped = cell.translate(str.maketrans(",.", ".,"))
    one = numbers(_texts([cell]), MONEY, decimal_comma=decimal_comma)
    other = numbers(_texts([swapped]), MONEY, decimal_comma=not decimal_comma)
    pd.testing.assert_series_equal(one.parsed, other.parsed)
    pd.testing.assert_series_equal(one.ambiguous, other.ambiguous)
    assert one.wrong[0] == (cell != "" and pd.isna(one.parsed[0]))


@given(items)
def test_lists_are_split_as_they_were_joined(found: list[str]) -> None:
    assert list(split(join(found))) == found


@settings(deadline=None, max_examples=40)
@given(
    st.lists(text, min_size=12, max_size=12),
    st.lists(st.none() | cents, min_size=13, max_size=13),
    st.lists(st.none() | st.integers(min_value=0, max_value=10**8), min_size=3, max_size=3),
    st.lists(areas, min_size=3, max_size=3),
    st.lists(items, min_size=12, max_size=12),
)
def test_what_is_written_is_read_back(
    notes: list[str], amounts: list[int | None], people: list[int | None], sizes: list[float], aliases: list[list[str]]
) -> None:
    written = replace(
        TOY,
        actors=TOY.actors.assign(note=_texts(notes), aliases=_texts([join(one) for one in aliases])),
        participations=TOY.participations.assign(
            funding_eur=pd.Series([None if one is None else one / 100 for one in amounts], dtype="float64")
        ),
        places=TOY.places.assign(population=pd.Series(people, dtype="Int64"), area_km2=sizes),
    )
    with TemporaryDirectory() as folder:
        tables.write(written, folder)
        read = tables.read(folder)
        again = Path(folder) / "again"
        tables.write(read, again)
        assert tables.digest(again) == read.digest
    for table in csv_tables():
        assert read.frame(table.name).equals(written.frame(table.name)), table.name
    assert read.region == written.region


@settings(deadline=None, max_examples=40)
@given(st.lists(text.filter(bool), min_size=4, max_size=4))
def test_a_description_is_read_back(names: list[str]) -> None:
    label = replace(TOY.region.name, de=names[0], en=names[1])
    region = replace(TOY.region, name=label, vintage=((Label(names[2], names[3]), label),))
    with TemporaryDirectory() as folder:
        tables.write(replace(TOY, region=region), folder)
        assert tables.read(folder).region == region
