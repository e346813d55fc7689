"""What in the tables deserves a second look: sorts of doubt, each with the records it concerns and where they stand.

Rows are counted as in the tables offered for download: the heading is row 1.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from dashboards.views.folding import folded
from dashboards.views.shelf import kept
from ecosystem import confidence
from ecosystem.tables import split

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

WARNING, NO_FIELD, NO_TIE, NO_SOURCE, DOUBTFUL, KNOWLEDGE, NO_WEBSITE = (
    "warning", "no_field", "no_tie", "no_source", "doubtful", "knowledge", "no_website",
)  # fmt: skip
NAMES, TWICE, TIE_YEAR, TIE_WEAK, PROJECT_YEAR, PROJECT_CALL, PROJECT_FIELD, NO_SUM = (
    "names", "twice", "tie_year", "tie_weak", "project_year", "project_call", "project_field", "no_sum",
)  # fmt: skip
UNPUBLISHED, POPULATION, THIN = "unpublished", "population", "thin"
FORMS = frozenset(
    {"gmbh", "ggmbh", "mbh", "ag", "ev", "e", "v", "co", "kg", "der", "die", "das", "und", "fur", "the", "of", "in"}
)
THIN_ACTORS = 5


@dataclass(frozen=True, slots=True)
class Record:
    """One record with a doubt: its ``file`` and ``row``, id, name, and what is doubted."""

    file: str
    row: int | None
    key: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A sort of doubt and its records, of ``total`` that were looked at."""

    flag: str
    total: int
    records: tuple[Record, ...]


def flags(atlas: Atlas) -> tuple[Flag, ...]:
    """Every sort of doubt, those without a record too."""
    return kept(atlas, "quality", "all", lambda: (*_warnings(atlas), *_actors(atlas), *_records(atlas)))


def _warnings(atlas: Atlas) -> list[Flag]:
    rows = tuple(
        Record(one.file, one.row, one.column, one.value, f"{one.expected}. {one.cure}") for one in atlas.tables.warnings
    )
    return [Flag(WARNING, len(rows), rows)]


def _actors(atlas: Atlas) -> list[Flag]:
    actors = atlas.tables.actors
    seat = actors["place_evidence"]
    places = atlas.tables.places
    inside = actors["place_id"].isin(set(places.loc[places["in_region"], "place_id"]))
    found = {
        NO_FIELD: np.diff(atlas.fields_of_actors.csr.indptr) == 0,
        NO_TIE: np.diff(atlas.ties.csr.indptr) == 0,
        NO_SOURCE: ((actors["source_ids"] == "") & inside).to_numpy(),
        DOUBTFUL: (seat.isin(["doubtful", ""])).to_numpy(),
        KNOWLEDGE: (seat == "knowledge").to_numpy(),
        NO_WEBSITE: (actors["website"] == "").to_numpy(),
    }
    flagged = [Flag(flag, len(actors), _of_actors(actors, mask)) for flag, mask in found.items()]
    return [*flagged, Flag(NAMES, len(actors), likely_the_same(actors))]


def _of_actors(actors: pd.DataFrame, mask: np.ndarray) -> tuple[Record, ...]:
    rows = actors.loc[mask, ["actor_id", "name", "place_id"]]
    return tuple(
        Record("actors.csv", int(at) + 2, str(key), str(name), str(place))
        for at, key, name, place in zip(rows.index, rows["actor_id"], rows["name"], rows["place_id"], strict=True)
    )


def likely_the_same(actors: pd.DataFrame) -> tuple[Record, ...]:
    """Actors whose names differ in their legal form and small words only, or that bear another's alias."""
    groups: dict[str, set[int]] = defaultdict(set)
    for at, name, short, aliases in zip(
        actors.index, actors["name"], actors["short_name"], actors["aliases"], strict=True
    ):
        for spelling in (name, *split(aliases), *([short] if len(short) > 5 else [])):
            key = " ".join(sorted(word for word in folded(spelling).split() if word not in FORMS))
            if key:
                groups[key].add(int(at))
    names = [str(name) for name in actors["name"]]
    pairs = sorted({tuple(sorted(group)) for group in groups.values() if len(group) > 1})
    return tuple(
        Record(
            "actors.csv",
            group[0] + 2,
            str(actors.at[group[0], "actor_id"]),
            names[group[0]],
            "; ".join(f"{names[at]} ({actors.at[at, 'actor_id']!s})" for at in group[1:]),
        )
        for group in pairs
    )


def _records(atlas: Atlas) -> list[Flag]:
    tables = atlas.tables
    names = dict(zip(tables.actors["actor_id"], tables.actors["name"], strict=True))
    ends = zip(tables.ties["source_actor_id"], tables.ties["target_actor_id"], strict=True)
    ties = tables.ties.assign(name=[f"{names[one]} – {names[other]}" for one, other in ends])
    weak = confidence.of_ties(tables) <= confidence.WEAK
    projects, shares = tables.projects, tables.participations
    titles = dict(zip(projects["project_id"], projects["title"], strict=True))
    inside = tables.places[tables.places["in_region"]]
    counts = tables.actors["place_id"].value_counts()
    return [
        Flag(TWICE, len(ties), _twice(ties)),
        Flag(TIE_YEAR, len(ties), _listed("ties.csv", ties, ties["since_year"].isna(), "tie_id", "name", "relation")),
        Flag(TIE_WEAK, len(ties), _listed("ties.csv", ties, weak, "tie_id", "name", "relation")),
        Flag(PROJECT_YEAR, len(projects), _projects(projects, projects["year"].isna())),
        Flag(PROJECT_CALL, len(projects), _projects(projects, projects["call"] == "")),
        Flag(PROJECT_FIELD, len(projects), _projects(projects, projects["fields"] == "")),
        Flag(
            NO_SUM,
            len(shares),
            _listed(
                "participations.csv",
                shares.assign(title=shares["project_id"].map(titles)),
                ~(shares["funding_eur"] > 0),
                "project_id",
                "title",
                "actor_id",
            ),
        ),
        Flag(
            UNPUBLISHED,
            len(tables.sources),
            _listed(
                "sources.csv", tables.sources, tables.sources["published"] == "", "source_id", "title", "publisher"
            ),
        ),
        Flag(
            POPULATION,
            len(inside),
            _listed("places.csv", inside, inside["population_year"].isna(), "place_id", "name", "district"),
        ),
        Flag(
            THIN,
            len(inside),
            _listed(
                "places.csv",
                inside,
                inside["place_id"].map(counts).fillna(0) < THIN_ACTORS,
                "place_id",
                "name",
                "district",
            ),
        ),
    ]


def _projects(projects: pd.DataFrame, mask: pd.Series) -> tuple[Record, ...]:
    return _listed("projects.csv", projects, mask, "project_id", "title", "programme")


def _listed(file: str, frame: pd.DataFrame, mask: pd.Series, key: str, name: str, about: str) -> tuple[Record, ...]:
    rows = frame.loc[mask.to_numpy(dtype=bool)]
    return tuple(
        Record(file, int(at) + 2, str(one), str(called), str(more))
        for at, one, called, more in zip(rows.index, rows[key], rows[name], rows[about], strict=True)
    )


def _twice(ties: pd.DataFrame) -> tuple[Record, ...]:
    """Ties of a pair of actors that has another one: perhaps one relation that two pages put differently."""
    ends = [tuple(sorted(pair)) for pair in zip(ties["source_actor_id"], ties["target_actor_id"], strict=True)]
    return _listed(
        "ties.csv", ties, pd.Series(ends, index=ties.index).duplicated(keep=False), "tie_id", "name", "relation"
    )
