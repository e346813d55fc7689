"""What ties two actors, each statement with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.views.profile import profile

if TYPE_CHECKING:
    from dashboards.views.profile import Participation, Tie
    from ecosystem.atlas import Atlas

MOST_PROJECTS = 3


@dataclass(frozen=True)
class Step:
    """One step of a way: recorded ties seen from the first actor, and joint projects (some of them)."""

    actor_id: str
    name: str
    other_id: str
    other_name: str
    ties: tuple[Tie, ...]
    projects: tuple[Participation, ...]
    more_projects: int


def step(atlas: Atlas, one: int, other: int) -> Step:
    """Between two actors by position."""
    ids = [str(atlas.positions.index[at]) for at in (one, other)]
    first, second = (profile(atlas, actor) for actor in ids)
    if first is None or second is None:  # positions come from the same tables
        raise LookupError(ids)
    joint = [project for project in first.projects if any(partner == ids[1] for partner, _ in project.partners)]
    return Step(
        first.actor_id,
        first.name,
        second.actor_id,
        second.name,
        tuple(tie for tie in first.ties if tie.other_id == ids[1]),
        tuple(joint[:MOST_PROJECTS]),
        max(0, len(joint) - MOST_PROJECTS),
    )
