"""Finding anything by its name: actors, places, fields, clusters, projects, and whatever has a name on the pages.

A hit contains every word that was typed. Whole names come before beginnings of names, these before beginnings of
words, those of other spellings, anything inside a word, and what needs the city or year beside the name; then what has
more ties or actors.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.folding import folded
from dashboards.views.shelf import kept
from ecosystem.tables import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ecosystem.atlas import Atlas
    from ecosystem.model import Label

ACTOR, PLACE, UNIT, FIELD, SECTOR, CLUSTER, PROJECT, MEASURE, PAGE = KINDS = (
    "actor", "place", "unit", "field", "sector", "cluster", "project", "measure", "page",
)  # fmt: skip
MOST = 6
"""Hits shown of one kind."""
LONGEST = 200
NEAR = 0.25
"""Share of common letters in threes from which a name is called similar."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something with a name: ``other`` are further spellings, ``about`` is shown beside it, ``weight`` ranks."""

    kind: str
    key: str
    name: str
    about: str = ""
    other: tuple[str, ...] = ()
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """The best hits of one kind and how many there are in all."""

    kind: str
    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True)
class Index:
    """Every entry with its folded name and spellings."""

    entries: tuple[Entry, ...]

    @cached_property
    def names(self) -> list[str]:
        """Folded names."""
        return [folded(entry.name) for entry in self.entries]

    @cached_property
    def texts(self) -> list[str]:
        """Folded names and spellings, a bar between two of them."""
        others = (" | ".join(folded(one) for one in entry.other) for entry in self.entries)
        return [f" {name} | {other} " for name, other in zip(self.names, others, strict=True)]

    @cached_property
    def contexts(self) -> list[str]:
        """Texts and what is shown beside the name: “Evonik Essen” finds the company by its city."""
        return [f"{text}{folded(entry.about)} " for text, entry in zip(self.texts, self.entries, strict=True)]

    @cached_property
    def thirds(self) -> dict[str, np.ndarray]:
        """Three letters → the entries whose name has them."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self.names):
            for third in _thirds(name):
                found[third].append(number)
        return {third: np.array(numbers) for third, numbers in found.items()}

    @cached_property
    def lengths(self) -> np.ndarray:
        """Number of different thirds of every name."""
        return np.array([len(_thirds(name)) for name in self.names], dtype=int)


def _thirds(name: str) -> set[str]:
    padded = f"  {name} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def index(atlas: Atlas, language: str, named: Sequence[Entry] = ()) -> Index:
    """The index of an atlas in a language; ``named`` are entries of the app itself, such as its pages."""
    return kept(atlas, "search", (language, tuple(named)), lambda: Index((*_of_atlas(atlas, language), *named)))


def _of_atlas(atlas: Atlas, language: str) -> list[Entry]:
    return [
        *_places(atlas),
        *(
            _labelled(FIELD, one.field_id, one.name, language, other=(one.short.de, one.short.en))
            for one in atlas.region.fields
        ),
        *(
            _labelled(CLUSTER, one.cluster_id, one.name, language, other=(one.cluster_id,), weight=one.size)
            for one in atlas.clusters.items
        ),
        *_actors(atlas),
        *_projects(atlas),
    ]


def _labelled(
    kind: str, key: str, name: Label, language: str, *, other: tuple[str, ...] = (), weight: float = 0.0
) -> Entry:
    return Entry(kind, key, name.text(language), "", (name.de, name.en, *other), weight)


def _actors(atlas: Atlas) -> list[Entry]:
    actors = atlas.tables.actors
    called = dict(zip(atlas.tables.places["place_id"], atlas.tables.places["name"], strict=True))
    ties = np.diff(atlas.ties.csr.indptr)
    rows = zip(
        actors["actor_id"], actors["name"], actors["place_id"], actors["short_name"], actors["aliases"], ties,
        strict=True,
    )  # fmt: skip
    return [
        Entry(ACTOR, key, name, called.get(place, ""), tuple(one for one in (short, *split(aliases)) if one), int(n))
        for key, name, place, short, aliases, n in rows
    ]


def _places(atlas: Atlas) -> list[Entry]:
    """Municipalities, and districts of more than one: a city that is its own district is found once."""
    places = atlas.tables.places
    counts = atlas.tables.actors["place_id"].value_counts()
    rows = zip(places["place_id"], places["name"], places["district"], places["in_region"], strict=True)
    single = [
        Entry(PLACE, place, name, district if inside and district != name else "", (), float(counts.get(place, 0)))
        for place, name, district, inside in rows
    ]
    inside = places[places["in_region"] & (places["district_id"] != "")]
    sizes = inside["district_id"].value_counts()
    several = inside[inside["district_id"].map(sizes) > 1].drop_duplicates("district_id")
    units = [
        Entry(UNIT, district, name, "", (), float(sizes[district]))
        for district, name in zip(several["district_id"], several["district"], strict=True)
    ]
    return [*single, *units]


def _projects(atlas: Atlas) -> list[Entry]:
    projects = atlas.tables.projects
    years = [
        "" if year is None else str(year) for year in projects["year"].astype(object).where(lambda y: y.notna(), None)
    ]
    rows = zip(projects["project_id"], projects["title"], years, projects["call"], strict=True)
    return [
        Entry(PROJECT, key, title, year, tuple(one for one in (key, call) if one)) for key, title, year, call in rows
    ]


def search(at: Index, text: str, kinds: Iterable[str] = KINDS, most: int = MOST) -> tuple[Group, ...]:
    """The hits by kind, the kind with the best hit first; nothing for nothing."""
    words = folded(text[:LONGEST]).split()
    if not words:
        return ()
    hits = [number for number, one in enumerate(at.contexts) if all(word in one for word in words)]
    ranked = sorted((_rank(at, number, " ".join(words), words), number) for number in hits)
    chosen, groups = set(kinds), defaultdict(list)
    for _, number in ranked:
        entry = at.entries[number]
        if entry.kind in chosen:
            groups[entry.kind].append(entry)
    return tuple(Group(kind, tuple(found[:most]), len(found)) for kind, found in groups.items())


def _rank(at: Index, number: int, whole: str, words: list[str]) -> tuple[int, float, int, str]:
    name, text, entry = at.names[number], at.texts[number], at.entries[number]
    if whole == name or f"| {whole} |" in f"{text}|":
        step = 0
    elif name.startswith(whole) or f"| {whole}" in text:
        step = 1
    elif all(f" {word}" in f" {name}" for word in words):
        step = 2
    else:
        step = 3 if all(f" {word}" in text for word in words) else 4 if all(word in text for word in words) else 5
    # what there are few of is meant more often than one of a thousand actors
    few = 0 if entry.kind in {PLACE, UNIT, FIELD, SECTOR} else 1
    return 2 * step + few, -entry.weight, len(name), name


def nearest(at: Index, text: str, kinds: Iterable[str] = KINDS, most: int = MOST) -> tuple[Entry, ...]:
    """The entries whose names or ids look most like the text, the most alike first; those that contain it before."""
    chosen = set(kinds)
    direct = [entry for group in search(at, text, chosen, most) for entry in group.entries]
    wanted = _thirds(folded(text[:LONGEST]))
    shared = np.zeros(len(at.entries))
    for third in wanted:
        shared[at.thirds.get(third, np.empty(0, dtype=int))] += 1
    alike = 2 * shared / (at.lengths + len(wanted))
    order = np.lexsort((np.arange(len(alike)), -alike))
    close = [at.entries[n] for n in order[: 50 * most] if alike[n] >= NEAR and at.entries[n].kind in chosen]
    return tuple(dict.fromkeys((*direct, *close)))[:most]
