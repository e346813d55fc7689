"""What is recorded between two groups of actors, row by row with its sources: ties, and the projects they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ecosystem.cells import split

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from ecosystem.tables import Tables


@dataclass(frozen=True, slots=True)
class RecordedTie:
    """A row of the table of ties; ``since`` is ``None`` where no year is stated, ``sources`` are ids."""

    tie_id: str
    source: str
    relation: str
    target: str
    since: int | None
    evidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedProject:
    """A project with partners in both groups: ``left`` and ``right`` are their actors, ``sources`` ids."""

    project_id: str
    title: str
    programme: str
    call: str
    year: int | None
    fields: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    sources: tuple[str, ...]


def ties_between(tables: Tables, left: Collection[str], right: Collection[str]) -> tuple[RecordedTie, ...]:
    """Recorded ties with one end in each group, in the order of the table; inside one group where both are the same.

    >>> from ecosystem.regions import locate
    >>> from ecosystem.tables import read
    >>> toy = read(locate("toy"))
    >>> [(tie.source, tie.target) for tie in ties_between(toy, {"a-works", "a-grid"}, {"c-motors"})]
    [('a-works', 'c-motors')]
    """
    ties = tables.ties
    ends = [(ties["source_actor_id"], left, right), (ties["source_actor_id"], right, left)]
    across = [source.isin(set(one)) & ties["target_actor_id"].isin(set(other)) for source, one, other in ends]
    return tuple(
        RecordedTie(
            str(row["tie_id"]),
            str(row["source_actor_id"]),
            str(row["relation"]),
            str(row["target_actor_id"]),
            _year(row["since_year"]),
            str(row["evidence"]),
            split(row["source_id"]),
        )
        for row in _rows(ties[across[0] | across[1]])
    )


def projects_between(tables: Tables, left: Collection[str], right: Collection[str]) -> tuple[SharedProject, ...]:
    """Projects in which actors of both groups take part, at least two in all, in the order of the table.

    >>> from ecosystem.regions import locate
    >>> from ecosystem.tables import read
    >>> toy = read(locate("toy"))
    >>> [(one.project_id, one.left, one.right) for one in projects_between(toy, {"a-works", "a-grid"}, {"c-motors"})]
    [('P4', ('a-grid', 'a-works'), ('c-motors',))]
    """
    shares = tables.participations
    members: dict[str, dict[str, set[str]]] = {}
    taken = shares[shares["actor_id"].isin({*left, *right})]
    for row in _rows(taken):
        members.setdefault(str(row["project_id"]), {}).setdefault(str(row["actor_id"]), set()).update(
            split(row["source_id"])
        )
    found = []
    for row in _rows(tables.projects[tables.projects["project_id"].isin(set(members))]):
        partners = members[str(row["project_id"])]
        here, there = (tuple(sorted(set(partners) & set(group))) for group in (left, right))
        if here and there and len(partners) > 1:
            sources = set().union(*partners.values()) | set(split(row["source_id"]))
            found.append(_project(row, here, there, sources))
    return tuple(found)


def _project(row: dict[str, Any], left: tuple[str, ...], right: tuple[str, ...], sources: set[str]) -> SharedProject:
    return SharedProject(
        str(row["project_id"]),
        str(row["title"]),
        str(row["programme"]),
        str(row["call"]),
        _year(row["year"]),
        split(row["fields"]),
        left,
        right,
        tuple(sorted(sources)),
    )


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _year(value: Any) -> int | None:
    # missing is pd.NA or NaN, neither of which equals itself
    return int(value) if isinstance(value, int | float) and value == value else None  # noqa: PLR0124
