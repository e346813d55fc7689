"""Organisations as the matcher sees them: variants of the name, short forms, place, ids and legal forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ecosystem.matching import names
from ecosystem.matching.text import compact, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd

    from ecosystem.matching.names import Name
    from ecosystem.matching.places import Placed
    from ecosystem.sources.record import RawActor

DECIDING = ("ror", "vat", "pic", "wikidata", "grid", "isni", "lei")
"""Schemes of ids that name one organisation only, the strongest first."""
_SHORT = 12
_PARTS = re.compile(r"\s+[-–—|/]\s+|\s*[–—;,]\s+")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to read a name; ``told`` says which, "" for the name itself; a part is a unit's or a parent's."""

    name: Name
    told: str = ""
    part: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """An organisation to compare.

    Attributes:
        key: its actor_id or raw_id.
        shown: its name as written.
        variants: the ways to read it, the name itself first.
        shorts: its short forms, compact.
        place: place_id, or country and name of a municipality elsewhere; "" where unknown.
        ids: compact ids by scheme, deciding schemes only.
    """

    key: str
    shown: str
    variants: tuple[Variant, ...]
    shorts: frozenset[str]
    place: str
    ids: tuple[tuple[str, str], ...] = ()

    @property
    def alone(self) -> bool:
        """Whether its name is one short word, maybe an abbreviation of a longer name."""
        return self.variants[0].name.whole in self.shorts


def of_raw(raw: RawActor, place: str, meant: Mapping[str, tuple[str, ...]] | None = None) -> Record:
    """A raw row as a record; ``meant`` has the words of the short names a region knows (:func:`short_names`)."""
    others = (variant for name in raw.other_names for variant in _readings(name, f"“{name}”"))
    variants = (*_readings(raw.name), *others, *_parts(raw.name))
    variants += tuple(_spelt_out(variants[0].name, meant or {}))
    single = frozenset(short for name in (raw.name, *raw.other_names) if (short := alone(name)))
    return Record(raw.raw_id, raw.name, variants, single | _acronyms(variants), place, _ids(raw.ids))


def of_actors(actors: pd.DataFrame, aliases: Callable[[str], Iterable[str]]) -> Iterator[Record]:
    """The actors of a region as records; ``aliases`` splits the list of further spellings."""
    columns = ["actor_id", "name", "short_name", "aliases", "place_id", "ror_id"]
    for key, name, short, more, place, ror in actors[columns].itertuples(index=False):
        further = [one for one in (short, *aliases(more)) if one]
        variants = (*_readings(name), *(variant for one in further for variant in _readings(one, f"“{one}”")))
        shorts = frozenset(compact(one) for one in further if len(compact(one)) <= _SHORT)
        shorts |= frozenset(word for one in further if (word := alone(one)))
        ids = _ids((("ror", ror),)) if ror else ()
        yield Record(key, name, variants, shorts | _acronyms(variants[:1]), place, ids)


def short_names(actors: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The words of each actor with a short name of one word that no other actor has: RVR is "regionalverband ruhr"."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for name, short in actors[["name", "short_name"]].itertuples(index=False):
        if short.isalnum() and short.isupper() and len(short) > 2:
            found.setdefault(compact(short), set()).add(names.parse(name).words)
    return {short: min(words) for short, words in found.items() if len(words) == 1}


def _spelt_out(name: Name, meant: Mapping[str, tuple[str, ...]]) -> Iterator[Variant]:
    """A longer name with the one short name in it spelt out: "Verbandsversammlung RVR"; two of them are a list."""
    if len(name.words) + len(name.inside) > 1 and sum(word in meant for word in (*name.words, *name.inside)) == 1:
        words, inside = (
            tuple(part for word in one for part in meant.get(word, (word,))) for one in (name.words, name.inside)
        )
        yield Variant(replace(name, words=words, inside=inside, whole="".join(words)))


def alone(name: str) -> str:
    """The compact name where it is one short word, which may be an acronym: "RISP", "h2herten", "EGLV"; else ""."""
    parsed = names.parse(name)
    return parsed.whole if len(parsed.words) == 1 and 2 <= len(parsed.whole) <= _SHORT else ""


def place_key(raw: RawActor, placed: Placed) -> str:
    """Key of a raw row's place: the region's own where its address says so, else country and municipality as folded."""
    if placed.place_id is not None and placed.evidence == "table":
        return placed.place_id
    return f"{raw.country}:{fold(raw.municipality)}" if raw.municipality else ""


def deciding_ids(raw: RawActor) -> tuple[tuple[str, str], ...]:
    """The ids of a raw row that name one organisation only, the strongest first, in one writing."""
    return _ids(raw.ids)


def _readings(name: str, told: str = "") -> tuple[Variant, ...]:
    """A name, and the name with what stands in brackets as a part of it where that is more than a short form."""
    parsed = names.parse(name)
    if not parsed.inside or (len(parsed.inside) == 1 and parsed.inside[0] in parsed.acronyms):
        return (Variant(parsed, told),)
    return Variant(parsed, told), Variant(names.parse(name.replace("(", " ").replace(")", " ")), told)


def _parts(name: str) -> Iterator[Variant]:
    """Parts of a name that lists an organisation and its unit: "Universität X, Lehrstuhl für Y"."""
    parts = [part.strip() for part in _PARTS.split(name) if part.strip()]
    if len(parts) < 2:
        return
    for part in parts:
        parsed = names.parse(part)
        if len(parsed.words) > 1:
            yield Variant(parsed, f"“{part}” in “{name}”", part=True)


def _acronyms(variants: tuple[Variant, ...]) -> frozenset[str]:
    return frozenset().union(*(variant.name.acronyms for variant in variants))


def _ids(found: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Deciding ids in one writing: without the address in front, blanks and case."""
    clean = ((scheme, re.sub(r"[\s.-]", "", value.rstrip("/").rsplit("/", 1)[-1]).lower()) for scheme, value in found)
    ranked = (pair for pair in clean if pair[0] in DECIDING and pair[1])
    return tuple(sorted(set(ranked), key=lambda pair: (DECIDING.index(pair[0]), pair[1])))
