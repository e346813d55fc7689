"""Where the data bases of regions differ so much that their numbers may not be set side by side without a word."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ecosystem.compare.portrait import Portrait

Kind = Literal[
    "fields", "size", "coverage", "population", "missing", "sources", "evidence", "seats", "read", "years", "search"
]
KINDS: tuple[Kind, ...] = (
    *("fields", "size", "coverage", "population", "missing"),
    *("sources", "evidence", "seats", "read", "years", "search"),
)
FACTOR = 2.0
"""Amounts that differ by more than this many times."""
DISTANCE = 0.2
"""Share of the records that would have to be of another kind to make two mixes alike."""
MONTHS, YEARS = 12, 3


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which data bases differ; ``values`` are what each region has, in the order of the regions.

    What a value is depends on the kind: a number (``size``, ``coverage``, ``population``), a share of the records that
    are as ``what`` says (``sources``: a kind of source; ``evidence``: ties, ``seats``: actors of a confidence
    ``"0"`` … ``"3"``), each where the regions are furthest apart, or a text
    (``read``, ``years``, ``missing``: names of the tables that are empty, ``fields``: ids the others do not have).
    """

    kind: Kind
    values: tuple[float | str, ...]
    what: str = ""


def distance(one: Sequence[tuple[str, float]], other: Sequence[tuple[str, float]]) -> float:
    """Total variation distance of two mixes, 0 (alike) … 1 (nothing in common); 0 where one is empty.

    >>> distance((("page", 0.5), ("register", 0.5)), (("page", 1.0),))
    0.5
    """
    if not one or not other:
        return 0.0
    first, second = dict(one), dict(other)
    names = sorted({*first, *second})
    return sum(abs(first.get(name, 0.0) - second.get(name, 0.0)) for name in names) / 2.0


def differences(portraits: Sequence[Portrait]) -> tuple[Difference, ...]:
    """What has to be read beside a comparison, in the order of :data:`KINDS`."""
    found = [
        *_fields(portraits),
        *_amounts(portraits),
        *_missing(portraits),
        *_mixes(portraits),
        *_dates(portraits),
        *_search(portraits),
    ]
    return tuple(sorted(found, key=lambda one: KINDS.index(one.kind)))


def _fields(portraits: Sequence[Portrait]) -> Iterator[Difference]:
    own = [{field.field_id for field in one.fields} for one in portraits]
    common = set.intersection(*own)
    if any(ids != common for ids in own):
        yield Difference("fields", tuple(", ".join(sorted(ids - common)) for ids in own))


def _apart(values: Sequence[float]) -> bool:
    known = [one for one in values if one == one]  # noqa: PLR0124 -- NaN differs from itself
    return len(known) > 1 and (min(known) <= 0 < max(known) or max(known) > FACTOR * min(known) > 0)


def _amounts(portraits: Sequence[Portrait]) -> Iterator[Difference]:
    units = tuple(one.number("headline", "units").value for one in portraits)
    if _apart(units):
        yield Difference("size", units)
    density = tuple(one.basis.density for one in portraits)
    if _apart(density):
        yield Difference("coverage", density)
    if any(value != value for value in density):  # noqa: PLR0124
        yield Difference("population", density)


def _missing(portraits: Sequence[Portrait]) -> Iterator[Difference]:
    counts = [{"ties": one.basis.ties, "projects": one.basis.projects, "flows": one.basis.flows} for one in portraits]
    lost = [name for name in counts[0] if len({one[name] > 0 for one in counts}) > 1]
    if lost:
        yield Difference("missing", tuple(", ".join(name for name in lost if not one[name]) for one in counts))


def _mixes(portraits: Sequence[Portrait]) -> Iterator[Difference]:
    yield from _mix("sources", [one.basis.kinds for one in portraits])
    yield from _mix("evidence", [one.basis.ties_by_strength for one in portraits])
    yield from _mix("seats", [one.basis.seats_by_strength for one in portraits])


def _mix(kind: Kind, mixes: Sequence[tuple[tuple[str, float], ...]]) -> Iterator[Difference]:
    """The part of which the regions have the most different shares; NaN for a region without such records."""
    if all(distance(one, other) < DISTANCE - 1e-12 for one, other in combinations(mixes, 2)):
        return
    shares = [dict(one) for one in mixes]
    names = sorted({name for one in shares for name in one})
    spread = {name: [one.get(name, 0.0) for one in shares if one] for name in names}
    widest = max(names, key=lambda name: (max(spread[name]) - min(spread[name]), name))
    yield Difference(kind, tuple(one.get(widest, 0.0) if one else float("nan") for one in shares), widest)


def _dates(portraits: Sequence[Portrait]) -> Iterator[Difference]:
    read = [one.basis.read for one in portraits]
    months = [_months(one) for one in read if one]
    if months and (max(months) - min(months) > MONTHS or len(months) < len(read)):
        yield Difference("read", tuple(read))
    years = [one.basis.project_years for one in portraits]
    known = [one for one in years if one]
    if len(known) > 1 and any(max(ends) - min(ends) > YEARS for ends in zip(*known, strict=True)):
        yield Difference("years", tuple(f"{one[0]}–{one[1]}" if one else "" for one in years))


def _months(iso: str) -> int:
    """Months since year 0 of a date as precise as it is."""
    told = dt.date.fromisoformat(f"{iso}-01-01"[:10] if iso.count("-") < 2 else iso)
    return 12 * told.year + told.month


def _search(portraits: Sequence[Portrait]) -> Iterator[Difference]:
    if len({one.search for one in portraits}) > 1:
        yield Difference("search", tuple(f"{one.search}" for one in portraits))
