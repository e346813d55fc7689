"""Projects that stand in several rows: their time spans all rows, their amounts are those of all rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ecosystem.sources.collect import MOST_CODES

if TYPE_CHECKING:
    from ecosystem.sources.record import RawProject


class Projects:
    """Projects by id, in the order met; :meth:`found` gives them once all rows were added."""

    def __init__(self) -> None:
        self._projects: dict[str, RawProject] = {}
        self._total: dict[str, list[float]] = {}
        self._funding: dict[str, list[float]] = {}
        self._shared: set[str] = set()
        self._unnamed: Counter[str] = Counter()
        self._rows: Counter[str] = Counter()
        self.crowded = False

    def unnamed(self, raw_id: str) -> str:
        """An id for an operation without one: rows alike in every respect are so many operations."""
        self._unnamed[raw_id] += 1
        count = self._unnamed[raw_id]
        return raw_id if count == 1 else f"{raw_id}-{count}"

    def add(self, project: RawProject, *, share: bool = False) -> None:
        """A row of a project; with ``share`` its amounts are those of one partner, whatever they are."""
        raw_id = project.raw_id
        self._rows[raw_id] += 1
        for amounts, value in ((self._total, project.total_eur), (self._funding, project.funding_eur)):
            if value is not None:
                amounts.setdefault(raw_id, []).append(value)
        if share:
            self._shared.add(raw_id)
        known = self._projects.get(raw_id)
        crowded = known is not None and len(known.topics) >= MOST_CODES
        self.crowded |= crowded
        self._projects[raw_id] = project if known is None else _merged(known, project, crowded=crowded)

    def found(self) -> dict[str, RawProject]:
        """Every project: amounts that differ from row to row are summed, one that all rows repeat is the project's."""
        for raw_id, project in self._projects.items():
            amounts = self._amount(self._total, raw_id), self._amount(self._funding, raw_id)
            if amounts != (project.total_eur, project.funding_eur):
                self._projects[raw_id] = replace(project, total_eur=amounts[0], funding_eur=amounts[1])
        return self._projects

    def repeating(self) -> frozenset[str]:
        """Projects of several rows that all repeat one funding: it is the project's, of nobody's share is said."""
        told = (raw_id for raw_id, count in self._rows.items() if count > 1 and raw_id not in self._shared)
        return frozenset(raw_id for raw_id in told if len(set(self._funding.get(raw_id, []))) == 1)

    def _amount(self, amounts: dict[str, list[float]], raw_id: str) -> float | None:
        told = amounts.get(raw_id, [])
        if not told:
            return None
        return told[0] if len(set(told)) == 1 and raw_id not in self._shared else sum(told)


def _merged(known: RawProject, more: RawProject, *, crowded: bool) -> RawProject:
    starts = [one for one in (known.start, more.start) if one]
    ends = [one for one in (known.end, more.end) if one]
    return replace(
        known, summary=known.summary or more.summary, programme=known.programme or more.programme,
        call=known.call or more.call, start=min(starts, default=""), end=max(ends, default=""),
        topics=known.topics if crowded else tuple(dict.fromkeys((*known.topics, *more.topics))),
    )  # fmt: skip
