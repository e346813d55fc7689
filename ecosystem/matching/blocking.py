"""Which pairs of records are compared at all: those that share a rare word, a beginning, a short form or an id.

Comparing everything with everything is out of reach (35,000 × 35,000 pairs); records are found through an index of
keys, and only the most promising candidates are handed on.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ecosystem.matching.pairing import Weights
    from ecosystem.matching.records import Record

_MOST = 200
"""Keys that more records have tell nothing; words are then looked for together with the place."""
CANDIDATES = 10
_LEAST = 0.35
"""What a record must share to be compared at all: no common first letter is enough."""
_BEGINNING, _LONGEST_SHORT = 6, 9
_ANY, _NOWHERE = "*", "?"


@dataclass(frozen=True, slots=True)
class Index:
    """Records by the keys they are found through."""

    records: Sequence[Record]
    rows: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, records: Sequence[Record], weights: Weights) -> Index:
        """Index some records, each under its own place and as one of any place."""
        rows: dict[str, list[int]] = defaultdict(list)
        for at, record in enumerate(records):
            found = (
                _anywhere(record) | _words(record, weights, record.place or _NOWHERE) | _words(record, weights, _ANY)
            )
            for key in found:
                rows[key].append(at)
        return cls(records, {key: tuple(found) for key, found in rows.items() if len(found) <= _MOST})

    def candidates(self, record: Record, weights: Weights) -> list[int]:
        """Positions of the records most worth comparing, the best first.

        A record with a place meets those of its place and those of none, and by ids and whole name all others.
        """
        where = (record.place, _NOWHERE) if record.place else (_ANY,)
        found: dict[int, float] = defaultdict(float)
        for keys in (_anywhere(record), *(_words(record, weights, place) for place in where)):
            for key, weight in keys.items():
                for at in self.rows.get(key, ()):
                    found[at] += weight
        ranked = sorted(found.items(), key=lambda pair: (-pair[1], self.records[pair[0]].key))
        best = [at for at, worth in ranked[:CANDIDATES] if worth >= _LEAST]
        if record.place and record.alone:  # a short form may stand for any name there that begins with its letter
            letters = self.rows.get(f"{record.place}^{record.variants[0].name.whole[:1]}", ())
            best += [at for at in letters if at not in best]
        return best


def _anywhere(record: Record) -> dict[str, float]:
    """The keys of a record that find it wherever it is, with what sharing each is worth."""
    found = {f"{scheme}={value}": 10.0 for scheme, value in record.ids}
    found |= {f"whole={variant.name.whole}": 3.0 for variant in record.variants}
    return found


def _words(record: Record, weights: Weights, place: str) -> dict[str, float]:
    """The keys of a record for one place: its words, their beginnings, its short forms, and first letters."""
    found: dict[str, float] = {}
    for short in record.shorts:
        found[f"{place}={short}"] = 1.0
    for variant in record.variants:
        name = variant.name
        for word in (*name.words, *name.inside):
            found[f"{place}|{word}"] = weights.of(word) + 0.1
            if len(word) > _BEGINNING:
                found[f"{place}~{word[:_BEGINNING]}"] = 0.4 * weights.of(word)
        found[f"{place}~{name.whole[: _BEGINNING + 2]}"] = 0.5
        if 2 < len(name.initials) <= _LONGEST_SHORT:
            found[f"{place}={name.initials}"] = 0.6
        if name.plain:
            found[f"{place}^{name.plain[0][:1]}"] = 0.1
    return found
