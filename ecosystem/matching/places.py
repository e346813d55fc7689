"""Where an organisation sits: postcode, name of the municipality, NUTS code and coordinates weighed together.

Each of them speaks for a set of the region's places. Where they agree the place is theirs; where they contradict each
other the conflict is told, the place goes to the one that most of them support, and its evidence is ``doubtful``;
without a majority it stays open. There is no table of the world's postcodes: a region may bring its own
(``postcodes.csv`` in its folder), and the rest is learnt from rows that were placed by an unambiguous name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ecosystem.matching import points, tables, towns
from ecosystem.matching.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ecosystem.sources.record import RawActor
    from ecosystem.tables import Tables

POSTCODES_FILE = "postcodes.csv"
_LEARN_ROWS, _LEARN_SHARE, _TELLING_PLACES = 2, 0.8, 5
_PREFIX = 2  # first two digits: the routing region of a German postcode, the département of a French one


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a raw row was placed.

    Attributes:
        place_id: key in ``places.csv``; None where it stays open.
        evidence: ``table`` (postcode, municipality, code or point of the source), ``name`` (the town in the
            organisation's name), ``doubtful`` (a conflict), "" where it stays open.
        reasons: what spoke for the place, a phrase each.
        conflict: what contradicts, as a sentence; "" where nothing does.
    """

    place_id: str | None
    evidence: str = ""
    reasons: tuple[str, ...] = ()
    conflict: str = ""


@dataclass(frozen=True, slots=True)
class _Voice:
    """One signal: what it says, and the places it speaks for (none of them: somewhere else)."""

    says: str
    places: frozenset[str]
    weak: bool = False
    """A name that is none of the region's: a slip, a district nobody lists, or a place elsewhere."""


@dataclass(frozen=True)
class Gazetteer:
    """The places of a region and what is known of their names, codes, outlines and postcodes."""

    towns: towns.Towns
    nuts: Mapping[str, str]
    """NUTS 3 code of each place, "" where none is known."""
    country: str
    """ISO code of the region's country, by its NUTS codes; "" where it has none or several."""
    map: points.Points
    postcodes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Places of each postcode."""

    @classmethod
    def of(cls, known: Tables, postcodes: Mapping[str, Iterable[str]] | None = None) -> Gazetteer:
        """The gazetteer of a region.

        >>> from ecosystem import regions, tables
        >>> from ecosystem.sources.record import Origin, RawActor
        >>> gazetteer = Gazetteer.of(tables.read(regions.locate("ruhr")))
        >>> gazetteer.place(RawActor("1", "Beispiel GmbH", Origin("a.csv"), municipality="MUELHEIM A.D. RUHR")).place_id
        '05117000'
        """
        frame = known.places
        nuts = dict(zip(frame["place_id"], frame["nuts3"], strict=True))
        countries = {code[:2] for code in nuts.values() if code}
        inside = frozenset(frame.loc[frame["in_region"], "place_id"])
        return cls(
            towns=towns.Towns.of(zip(frame["place_id"], frame["name"], frame["district"], strict=True), inside),
            nuts=nuts,
            country=countries.pop() if len(countries) == 1 else "",
            map=points.Points.of(frame[frame["in_region"]], known.boundaries),
            postcodes={code: frozenset(places) for code, places in (postcodes or {}).items()},
        )

    def learn(self, raws: Iterable[RawActor]) -> Gazetteer:
        """A gazetteer that also knows the postcodes of rows whose municipality names one place beyond doubt.

        A postcode is learnt where two or more different organisations have it, four fifths of them agree, and it
        begins as those of another place of the region do: lists that looked postcodes up by name give Hagen the
        24576 of its namesake in Holstein, again and again.
        """
        seen: dict[str, dict[str, str]] = defaultdict(dict)
        for raw in raws:
            if raw.postcode and raw.municipality and self._at_home(raw):
                found = self.towns.exact(raw.municipality)
                seen[_code(raw.postcode)][fold(raw.name)] = next(iter(found)) if len(found) == 1 else ""
        return replace(self, postcodes=_agreed(seen, self.towns.home) | dict(self.postcodes))

    def place(self, raw: RawActor) -> Placed:
        """The place of a raw row, with the reasons; open where nothing decides."""
        voices = tuple(self._voices(raw))
        if not voices:
            return self._by_own_name(raw)
        common = frozenset.intersection(*(voice.places for voice in voices))
        reasons = tuple(voice.says for voice in voices)
        if len(common) == 1:
            (place,) = common
            slip = "" if any(not voice.weak for voice in voices) else f"{reasons[0]} may be {self.towns.names[place]}"
            return Placed(place, "doubtful" if slip else "table", reasons, slip)
        if common:
            return Placed(None, "", (*reasons, f"{len(common)} places fit"))
        if not any(voice.places for voice in voices):
            return Placed(None, "", reasons)
        return self._contradicted(voices, reasons)

    def _contradicted(self, voices: tuple[_Voice, ...], reasons: tuple[str, ...]) -> Placed:
        conflict = "; ".join(f"{voice.says} says {self._told(voice.places)}" for voice in voices)
        strong = [voice for voice in voices if not voice.weak]
        ranked = Counter(place for voice in strong for place in voice.places).most_common(2)
        clear = bool(ranked) and ranked[0][1] > len(strong) / 2 and (len(ranked) == 1 or ranked[1][1] < ranked[0][1])
        return Placed(ranked[0][0], "doubtful", reasons, conflict) if clear else Placed(None, "", reasons, conflict)

    def _told(self, places: frozenset[str]) -> str:
        names = sorted(self.towns.names[place] for place in places)
        return " or ".join(names[:3]) + (" or others" if len(names) > 3 else "") if names else "elsewhere"

    def _at_home(self, raw: RawActor) -> bool:
        return not (raw.country and self.country) or raw.country == self.country

    def _voices(self, raw: RawActor) -> Iterator[_Voice]:
        if raw.lat is not None and raw.lon is not None:
            yield _Voice(f"point {raw.lat:g}, {raw.lon:g}", self.map.places(raw.lat, raw.lon))
        if raw.nuts:
            code = raw.nuts.upper()
            places = frozenset(key for key, known in self.nuts.items() if not known or _same_area(known, code))
            yield _Voice(f"NUTS {code}", places)
        if raw.country and not self._at_home(raw):
            yield _Voice(f"country {raw.country}", frozenset(key for key, known in self.nuts.items() if not known))
        name = raw.municipality or raw.district
        found = self.towns.find(name) if name else frozenset()
        near = self.towns.near(name) if name and not found else frozenset()
        if name:
            yield _Voice(f"municipality “{name}”", found or near, weak=not found)
        if raw.postcode and self._at_home(raw):
            yield from self._postcode(_code(raw.postcode), found or near)

    def _postcode(self, code: str, named: frozenset[str]) -> Iterator[_Voice]:
        if code in self.postcodes:
            yield _Voice(f"postcode {code}", self.postcodes[code])
        # a postcode nobody has seen cannot choose a place; it can contradict one whose postcodes begin otherwise
        elif (usual := self._starts(named)) and code[:_PREFIX] not in usual:
            yield _Voice(f"postcode {code}", frozenset())

    def _starts(self, named: frozenset[str]) -> frozenset[str]:
        around = self._shared if named & self.towns.home else frozenset()
        return around.union(*(self._own_starts.get(place, frozenset()) for place in named))

    @cached_property
    def _own_starts(self) -> dict[str, frozenset[str]]:
        starts: dict[str, set[str]] = defaultdict(set)
        for code, places in self.postcodes.items():
            for place in places:
                starts[place].add(code[:_PREFIX])
        return {place: frozenset(found) for place, found in starts.items()}

    @cached_property
    def _shared(self) -> frozenset[str]:
        pairs = ((code, place) for code, places in self.postcodes.items() for place in places)
        return _shared_starts(pairs, self.towns.home)

    def _by_own_name(self, raw: RawActor) -> Placed:
        found = self.towns.inside(raw.name)
        if len(found) != 1:
            return Placed(None, "", ("no postcode, municipality, code or point",))
        place = next(iter(found))
        return Placed(place, "name", (f"“{self.towns.names[place]}” stands in the name",))


def read_postcodes(folder: Path) -> dict[str, frozenset[str]]:
    """Places of each postcode by the optional ``postcodes.csv`` (place_id, postcode) of a region folder.

    Raises:
        RulesError: the file is there and cannot be read.
    """
    path = folder / POSTCODES_FILE
    found: dict[str, set[str]] = defaultdict(set)
    for line in tables.lines(path, ("place_id", "postcode")) if path.is_file() else ():
        found[_code(line["postcode"])].add(line["place_id"])
    return {code: frozenset(places) for code, places in found.items()}


def _code(postcode: str) -> str:
    """A postcode as it is compared: without the country's letter, blanks and what a spreadsheet adds (44135.0)."""
    text = postcode.strip().upper().removesuffix(".0")
    for prefix in ("D-", "DE-", "A-", "AT-", "F-", "FR-", "PL-", "CH-"):
        text = text.removeprefix(prefix)
    return "".join(sign for sign in text if sign.isalnum())


def _agreed(seen: Mapping[str, Mapping[str, str]], home: frozenset[str]) -> dict[str, frozenset[str]]:
    """Postcodes that most organisations give to one place; ``seen`` has the place of each organisation by postcode."""
    learnt = {}
    for code, rows in seen.items():
        place, count = Counter(rows.values()).most_common(1)[0]
        if place and len(rows) >= _LEARN_ROWS and count >= _LEARN_SHARE * len(rows):
            learnt[code] = place
    shared = _shared_starts(learnt.items(), home)
    return {
        code: frozenset({place})
        for code, place in learnt.items()
        if place not in home or not shared or code[:_PREFIX] in shared
    }


def _shared_starts(pairs: Iterable[tuple[str, str]], home: frozenset[str]) -> frozenset[str]:
    """How postcodes of two or more places of the region begin; empty in a region with too few to tell."""
    starts: dict[str, set[str]] = defaultdict(set)
    for code, place in pairs:
        if place in home:
            starts[code[:_PREFIX]].add(place)
    several = frozenset(start for start, places in starts.items() if len(places) > 1)
    return several if len(frozenset().union(*starts.values())) >= _TELLING_PLACES else frozenset()


def _same_area(known: str, code: str) -> bool:
    return known.startswith(code) or code.startswith(known)
