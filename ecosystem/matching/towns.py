"""Names of municipalities in the spellings of registers.

A name is read as a head and its qualifiers: "Mülheim an der Ruhr", "Mülheim/Ruhr", "Mülheim a. d. R." have the head
"mulheim" and the qualifier "ruhr", of which a beginning is enough. Without qualifier the head alone names the place,
where the region has only one of it. "Essen-Kray" is Essen, unless the whole is a place of its own (Kamp-Lintfort).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ecosystem.matching.text import LOST, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# words between head and qualifier, in full and abbreviated
_LINKS = frozenset("an a der d am in i im bei b ob vor v auf dem den le la les sur sous en de du of upon nad w".split())  # noqa: SIM905 - a list of words reads best as a line
_TITLES = re.compile(
    r"^(?:(?:kreisfreie|große kreis|hanse|universitäts|landeshaupt|bundes|wissenschafts)?stadt|gemeinde|markt|ville de|"
    r"miasto|gmina|city of|town of)\s+|(?:,\s*|\s+)(?:kreisfreie\s+)?(?:stadt|gemeinde|markt)$",
    re.IGNORECASE,
)
_COUNTY = re.compile(r"^(?:land)?kreis\b|,\s*(?:land)?kreis$|-kreis$|^powiat\b|^landkr\.", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[-–/,]|\bOT\b|\()\s*", re.IGNORECASE)
_ABBREVIATED = {"st": "sankt", "ste": "sainte"}
_TYPO_LENGTH = 7


@dataclass(frozen=True, slots=True)
class Towns:
    """Places by head and qualifiers of their names."""

    names: Mapping[str, str]
    heads: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    """Places of each head, each with the qualifiers of its name."""
    whole: Mapping[str, frozenset[str]]
    """Places by their folded whole name: "Kamp Lintfort" and "Kamp-Lintfort" are one."""
    counties: Mapping[str, frozenset[str]]
    """Places of each district, by its folded name."""
    home: frozenset[str]
    """Places inside the region."""

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, str]], home: frozenset[str]) -> Towns:
        """Towns from rows of place_id, name and name of the district."""
        names: dict[str, str] = {}
        heads: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        whole: dict[str, set[str]] = defaultdict(set)
        counties: dict[str, set[str]] = defaultdict(set)
        for place, name, county in rows:
            names[place] = name
            whole[fold(name)].add(place)
            head, rest = _parsed(name)
            heads[head].append((place, rest))
            counties[fold(county)].add(place)
        return cls(
            names,
            {head: tuple(sorted(places)) for head, places in heads.items()},
            {name: frozenset(places) for name, places in whole.items()},
            {county: frozenset(places) for county, places in counties.items() if county},
            home,
        )

    def exact(self, name: str) -> frozenset[str]:
        """Places whose whole name this is, in any spelling, but neither a part of it nor a likeness."""
        if _COUNTY.search(name):
            return frozenset()
        bare = _TITLES.sub("", name.strip())
        if fold(bare) in self.whole:
            return self.whole[fold(bare)]
        head, rest = _parsed(bare)
        return frozenset(place for place, known in self._headed(head) if _fits(rest, known))

    def find(self, name: str) -> frozenset[str]:
        """Places a register's entry may mean; empty where it is none of them.

        >>> towns = Towns.of([("1", "Hagen", ""), ("2", "Wetter (Ruhr)", "Ennepe-Ruhr-Kreis")], frozenset("12"))
        >>> [sorted(towns.find(name)) for name in ("HAGEN-HOLSTEIN", "Wetter/Ruhr", "Ennepe-Ruhr-Kreis")]
        [['1'], ['2'], ['2']]
        """
        if _COUNTY.search(name):
            bare = fold(_COUNTY.sub("", name))
            whole = fold(name)
            return next(
                (places for county, places in self.counties.items() if county == whole or _bare(county) == bare),
                frozenset(),
            )
        return self.exact(name) or self._part(name)

    def inside(self, text: str) -> frozenset[str]:
        """Places of the region whose full name stands in a text as whole words."""
        padded = f" {fold(text)} "
        return frozenset(place for place in self.home if f" {fold(self.names[place])} " in padded)

    def words(self) -> dict[str, frozenset[str]]:
        """The words that stand for each place in names of organisations: its head, and its adjective (Essener)."""
        found = {}
        for place, name in self.names.items():
            heads = [word for word in _parsed(name)[0].split() if len(word) > 2]
            found[place] = frozenset(heads) | {f"{word}er" for word in heads}
        return found

    def _headed(self, head: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if LOST not in head:
            return self.heads.get(head, ())
        # a lost letter may stand for one letter or for two (ue)
        gap = re.compile(re.escape(head).replace(re.escape(LOST), "[a-z]{1,2}"))
        return tuple(entry for known, entries in self.heads.items() if gap.fullmatch(known) for entry in entries)

    def _part(self, name: str) -> frozenset[str]:
        """The municipality before a hyphen, a comma or a bracket, or behind one: Essen-Kray, Kray (Essen).

        Not where the place has a qualifier of its own, which the entry contradicts: Wetter (Hessen), Frankfurt/Oder.
        """
        parts = [part for part in _PARTS.split(name.strip(" )")) if part]
        if len(parts) < 2:
            return frozenset()
        found = self.exact(parts[0]) or self.exact(parts[-1].rstrip(")"))
        written = {fold(part) for part in parts}
        return frozenset(place for place in found if fold(self.names[place]) in written)

    def near(self, name: str) -> frozenset[str]:
        """The one place this name may be a slip of: one letter is missing, added, exchanged or swapped.

        Only for names of seven letters and more with the right first letter; "Müllheim" is a town of its own.
        """
        head = _parsed(_TITLES.sub("", name.strip()))[0]
        if len(head) < _TYPO_LENGTH:
            return frozenset()
        alike = [known for known in self.heads if known[:1] == head[:1]]
        near = process.extract(head, alike, scorer=OSA.distance, score_cutoff=1, limit=2)
        return frozenset(place for place, _ in self.heads[near[0][0]]) if len(near) == 1 else frozenset()


@lru_cache(maxsize=50_000)
def _parsed(name: str) -> tuple[str, tuple[str, ...]]:
    """Head and qualifiers of a name; hyphens join ("castrop rauxel" is one head)."""
    hyphened = re.sub(r"\s*[-–]\s*", "-", name)
    first, *rest = re.split(r"[\s/(),]+", hyphened.strip(" ()/,"))
    words = [_ABBREVIATED.get(word, word) for word in fold(first).split()] or [""]
    head = " ".join(words)
    more = [word for word in fold(" ".join(rest)).split() if word not in _LINKS]
    if head in {"bad", "sankt", "neu", "alt", "gross", "klein"} and more:
        head, more = f"{head} {more[0]}", more[1:]
    return head, tuple(more)


def _fits(written: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether qualifiers as written are those of the place, or their beginnings, or not written at all."""
    if not written:
        return True
    return len(written) <= len(known) and all(
        full.startswith(short) for short, full in zip(written, known, strict=False)
    )


def _bare(county: str) -> str:
    return " ".join(word for word in county.split() if word not in {"kreis", "landkreis"})
