"""What the numbers of a measure rest on: the finding itself, or, where it takes long, what is known before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboards.views.base import base, level
from ecosystem.errors import MeasureError
from ecosystem.findings.registry import measure

if TYPE_CHECKING:
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas
    from ecosystem.findings.record import Finding
    from ecosystem.findings.registry import Measure

# seconds on two cores for the default region, the rest is quicker
HEAVY = frozenset({"coordination", "brokerage", "modules", "communities"})


@dataclass(frozen=True, eq=False)
class Measured:
    """A measure and its finding under the filters; ``None`` where it was not asked to be computed."""

    measure: Measure
    options: dict[str, Any]
    finding: Finding | None


def measured(atlas: Atlas, selection: Selection) -> Measured | None:
    """The measure the address names; ``None`` where it names none."""
    try:
        one = measure(selection.tab)
    except MeasureError:
        return None
    options: dict[str, Any] = {"level": level(selection)} if "level" in one.options else {}
    if one.name in HEAVY and not selection.computed:
        return Measured(one, one.options | options, None)
    return Measured(one, one.options | options, base(atlas, selection).finding(one.name, **options))


@dataclass(frozen=True, slots=True)
class Kind:
    """Sources of a kind under the same terms, and how many."""

    kind: str
    licence: str
    sources: int


def kinds(atlas: Atlas, finding: Finding) -> tuple[Kind, ...]:
    """The finding's sources by kind and terms, the most frequent first."""
    known = atlas.source_records
    counts: dict[tuple[str, str], int] = {}
    for name in finding.sources:
        if name in known:
            key = known[name]["kind"], known[name]["licence"]
            counts[key] = counts.get(key, 0) + 1
    return tuple(Kind(*key, n) for key, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
