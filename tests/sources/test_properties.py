"""Properties of what cells say, and damaged samples: only readings and refusals come of them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import fuzz
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ecosystem.sources import values
from ecosystem.sources.mapping import Mapping, numbered, plain, propose, targets

if TYPE_CHECKING:
    from pathlib import Path

MONEY = st.integers(-(10**11), 10**11).map(lambda cents: cents / 100)


LINE = st.text(max_size=20).map(lambda text: " ".join(text.split()))


def german(value: float) -> str:
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


@given(value=MONEY, suffix=st.sampled_from(["", " €", " EUR", "\u00a0€"]))
def test_german_and_english_amounts(value: float, suffix: str) -> None:
    assert values.number(german(value) + suffix) == pytest.approx(value)
    assert values.number(german(value) + suffix, ",") == pytest.approx(value)
    assert values.number(f"{value:,.2f}{suffix}") == pytest.approx(value)
    assert values.number(f"{value:,.2f}".replace(",", "\u202f"), ".") == pytest.approx(value)
    assert values.number(value) == value


@given(value=MONEY)
def test_the_decimal_sign_is_told_by_cents(value: float) -> None:
    assert values.decimal_sign(german(value)) == ","
    assert values.decimal_sign(f"{value:,.2f}") == "."


@given(text=st.text())
def test_a_cell_is_a_number_nothing_or_wrong(text: str) -> None:
    for sign in ("", ",", "."):
        try:
            found = values.number(text, sign)
        except ValueError:
            continue
        assert found is None or abs(found) < float("inf")


@pytest.mark.parametrize(
    "text", ["1.2.3", "12.34.567", "1,2,3", "1..2", "--1", "1-", "1 Mio", "=1", "١٢", "0x1", "1_0", "e5"]
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="a number"):
        values.number(text)


@given(day=st.dates(dt.date(1954, 10, 4), dt.date(2068, 12, 31)))
def test_dates_in_every_spelling(day: dt.date) -> None:
    told = day.isoformat()
    spellings = [
        told, f"{told}T10:00:00", f"{told} 00:00:00", f"{day.day}.{day.month}.{day.year}", f"{day:%d/%m/%Y}",
        f"{day:%Y/%m/%d}", day, dt.datetime(day.year, day.month, day.day), (day - dt.date(1899, 12, 30)).days,  # noqa: DTZ001
        str((day - dt.date(1899, 12, 30)).days),
    ]  # fmt: skip
    assert {values.date(one) for one in spellings} == {told}


@given(text=st.text(alphabet="0123456789./-: T", max_size=12))
def test_a_date_is_one_of_the_calendar_or_wrong(text: str) -> None:
    try:
        found = values.date(text)
    except ValueError:
        return
    assert found == "" or dt.date.fromisoformat((found + "-01-01")[:10])


@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180))
def test_coordinates(lat: float, lon: float) -> None:
    for told in (f"{lat:.6f},{lon:.6f}", f"({lat:.6f}, {lon:.6f})", f"Point({lon:.6f} {lat:.6f})"):
        assert values.coordinates(told) == pytest.approx((lat, lon), abs=1e-5)


@given(cell=st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.times(), st.none()))
def test_text_is_trimmed_normal_and_stays_so(cell: object) -> None:
    told = values.text(cell)
    assert told == told.strip()
    assert "\0" not in told
    assert values.line(cell) == values.line(values.line(cell))
    assert "\n" not in values.line(cell)


@given(
    headers=st.lists(
        st.one_of(st.text(max_size=20), st.sampled_from(["Name", "Ort", "PLZ", "Begünstigte"])), max_size=9
    )
)
def test_a_proposal_uses_every_header_once(headers: list[str]) -> None:
    found = propose(headers)
    used = [header for _, header in found.columns]
    assert len(used) == len(set(used))
    assert len(dict(found.columns)) == len(used)
    assert set(used) | set(found.unmapped) == {name for name in numbered(headers) if name}
    assert {target for target, _ in found.columns} <= set(targets())


@given(
    columns=st.dictionaries(st.sampled_from(targets()), LINE.filter(bool), min_size=1, max_size=5), name=LINE,
    row=st.one_of(st.none(), st.integers(1, 99)), decimal=st.sampled_from(["", ",", "."]),
)  # fmt: skip
def test_a_mapping_comes_back_from_its_file(columns: dict[str, str], name: str, row: int | None, decimal: str) -> None:
    held = Mapping(tuple(columns.items()), header_row=row, decimal=decimal, name=name)
    again = Mapping.parse(held.text())
    assert (again.columns, again.header_row, again.decimal, again.name) == (held.columns, row, decimal, name)


@given(header=st.text())
def test_plain_is_letters_and_digits(header: str) -> None:
    assert plain(plain(header)) == plain(header)
    assert not set(plain(header)) & set(" .,-_()\n")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
def test_damaged_samples_are_read_or_refused(tmp_path: Path, seed: int) -> None:
    assert fuzz.case(seed, tmp_path).split()[-1] in {"read", "refused"}
