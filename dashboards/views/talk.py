"""A talk as a room gets it: every step in one language, its figures filled in, its gaps named.

The state of a step is a link. What belongs to the reader (language, theme, projector, region, data version) is left
out of it; what it names and these data do not have is told, and the rest of the view is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dashboards.regions import mounted
from dashboards.state import NOT_STATED, Selection
from dashboards.views import selected as rules
from dashboards.views.filters import linked_pairs, subset
from dashboards.views.shelf import kept
from ecosystem.model import Sector
from ecosystem.story import filled

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.views.filters import Subset
    from ecosystem.atlas import Atlas
    from ecosystem.story import Step, Story

# of a link, what is the reader's and not the step's
READERS = ("language", "theme", "projector", "region", "version", "step", "font_px", "narrow", "unknown")


@dataclass(frozen=True, slots=True)
class Shown:
    """A step in the reader's language; ``missing`` are ids and keys of its link that these data do not have."""

    number: int
    title: str
    text: str
    notes: str
    path: str
    query: str
    selection: Selection
    missing: tuple[str, ...]

    @property
    def state(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def step_link(self) -> str:
        """The view as a step of the talk."""
        return f"{self.path}?{self.query}&step={self.number}" if self.query else f"{self.path}?step={self.number}"


def steps(atlas: Atlas, story: Story, tr: Translator) -> tuple[Shown, ...]:
    """All steps of a talk."""
    return tuple(_shown(atlas, one, number, tr) for number, one in enumerate(story.steps, start=1))


def _shown(atlas: Atlas, step: Step, number: int, tr: Translator) -> Shown:
    path, _, query = step.state.partition("?")
    told = Selection.from_query(query)
    mine = replace(told, **{name: getattr(Selection(), name) for name in READERS})
    # a talk is the region's it is shown in
    mine = replace(mine, region=mounted().key)
    figures = step_figures(atlas, mine, tr)
    title, text, notes = (filled(tr.label(part), figures) for part in (step.title, step.text, step.notes))
    lost = (*missing(atlas, mine), *told.unknown)
    return Shown(number, title, text, notes, path or "/", mine.to_query(), mine, lost)


def step_figures(atlas: Atlas, selection: Selection, tr: Translator) -> dict[str, str]:
    """The figures a text may name, counted under the filters of its view (:data:`ecosystem.story.FIGURES`)."""
    key = (tr.language, selection.to_query())
    return kept(atlas, "figures", key, lambda: _figures(atlas, selection, tr))


def _figures(atlas: Atlas, selection: Selection, tr: Translator) -> dict[str, str]:
    left = subset(atlas, selection)
    places = atlas.tables.actors["place_id"].to_numpy()
    inside = atlas.tables.places.loc[atlas.tables.places["in_region"], "place_id"]
    at_home = np.isin(places, inside.to_numpy())
    clusters = {one for one in atlas.cluster_of_actors[left.actors] if one}
    return {
        "actors": tr.number(left.count),
        "pairs": tr.number(left.pairs),
        "intercity": tr.share(_intercity(left, places, at_home)),
        "municipalities": tr.number(len(set(places[left.actors & at_home]))),
        "fields": tr.number(len(atlas.region.fields)),
        "projects": tr.number(len(atlas.tables.projects)),
        "sources": tr.number(len(atlas.tables.sources)),
        "clusters": tr.number(len(clusters)),
    }


def _intercity(left: Subset, places: np.ndarray, at_home: np.ndarray) -> float:
    i, j, _, _ = linked_pairs(left)
    inner = at_home[i] & at_home[j]
    return float((places[i] != places[j])[inner].mean()) if inner.any() else float("nan")


def missing(atlas: Atlas, selection: Selection) -> tuple[str, ...]:
    """What a view names and these data do not have."""
    tables = atlas.tables
    places = set(tables.places["place_id"]) | set(tables.places["district_id"]) | {NOT_STATED}
    there = {
        "fields": {*atlas.region.field_ids, NOT_STATED},
        "sectors": {one.value for one in Sector},
        "places": places,
        "clusters": {*(item.cluster_id for item in atlas.clusters.items), NOT_STATED},
    }
    lost = [one for name, known in there.items() for one in getattr(selection, name) or () if one not in known]
    lost += [one for one in (selection.field,) if one and one not in there["fields"]]
    lost += [one for one in (selection.place,) if one and one not in places]
    if selection.selected and rules.resolve(atlas, selection.selected) is None:
        lost.append(selection.selected)
    kind, _, actor = selection.focus.partition(":")
    if kind == "actor" and actor not in atlas.positions.index:
        lost.append(selection.focus)
    return tuple(dict.fromkeys(lost))
