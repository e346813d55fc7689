"""Part of a region as tables again, so that everything behind tables works on the part as it does on the whole.

Rows go together: an actor that is left out takes its fields, ties and participations with it; a project without a
participant left goes, too. Places, fields, flows and sources stay, since the region is the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from ecosystem.tables import Tables

Years = tuple[int, int]


def restricted(
    tables: Tables,
    *,
    actors: Collection[str] | None = None,
    ties: Collection[str] | None = None,
    relations: Collection[str] | None = None,
    projects: Collection[str] | None = None,
    years: Years | None = None,
    undated: bool = True,
) -> Tables:
    """The tables of some actors, relations and years.

    Args:
        tables: a region's tables; not changed.
        actors: ids that stay, all by default; unknown ones are ignored.
        ties: ids of direct ties that may stay, all by default.
        relations: relations of direct ties that stay, all by default. Joint projects are no relation and stay.
        projects: ids of projects that may stay, all by default.
        years: first and last year of the ties (``since_year``) and projects (``year``) that stay, both included.
        undated: whether ties and projects without a year stay while ``years`` restricts.

    Returns:
        New tables whose ``digest`` tells this part from every other.

    >>> from ecosystem.regions import locate
    >>> from ecosystem.tables import read
    >>> toy = read(locate("toy"))
    >>> science = toy.actors.loc[toy.actors["sector"] == "science", "actor_id"]
    >>> part = restricted(toy, actors=set(science))
    >>> len(part.actors) == len(science), set(part.participations["actor_id"]) <= set(science)
    (True, True)
    """
    kept = tables.actors
    if actors is not None:
        kept = kept[kept["actor_id"].isin(actors)]
    names = set(kept["actor_id"])
    direct = tables.ties[tables.ties["source_actor_id"].isin(names) & tables.ties["target_actor_id"].isin(names)]
    if ties is not None:
        direct = direct[direct["tie_id"].isin(ties)]
    if relations is not None:
        direct = direct[direct["relation"].isin(relations)]
    left = tables.projects
    if projects is not None:
        left = left[left["project_id"].isin(projects)]
    if years is not None:
        direct = direct[_within(direct["since_year"], years, undated=undated)]
        left = left[_within(left["year"], years, undated=undated)]
    shares = tables.participations
    shares = shares[shares["actor_id"].isin(names) & shares["project_id"].isin(set(left["project_id"]))]
    left = left[left["project_id"].isin(set(shares["project_id"]))]
    told = repr((sorted(names), sorted(direct["tie_id"]), sorted(left["project_id"])))
    return replace(
        tables,
        actors=kept.reset_index(drop=True),
        actor_fields=_of(tables.actor_fields, names),
        ties=direct.reset_index(drop=True),
        projects=left.reset_index(drop=True),
        participations=shares.reset_index(drop=True),
        digest=hashlib.sha256(f"{tables.digest} {told}".encode()).hexdigest(),
    )


def _of(frame: pd.DataFrame, actors: set[str]) -> pd.DataFrame:
    return frame[frame["actor_id"].isin(actors)].reset_index(drop=True)


def _within(years: pd.Series, wanted: Years, *, undated: bool) -> pd.Series:
    inside = years.between(*wanted).fillna(value=False).astype(bool)
    return inside | years.isna() if undated else inside
