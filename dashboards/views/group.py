"""Figures of a selected group of actors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboards.views.filters import actor_mask, linked_pairs, subset
from dashboards.views.selected import places_of
from ecosystem.affiliations import actor_sectors

if TYPE_CHECKING:
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas
    from ecosystem.model import Label

TOP = 6


@dataclass(frozen=True, slots=True)
class Group:
    """Composition and ties of a group; ``hidden`` of its actors do not pass the filters.

    ``sectors`` are counts in the model's order; ``fields`` fractional actors; pairs are counted after the filters
    on kinds of ties. ``restriction`` is the filter that shows just this group, where a rule says so.
    """

    actors: int
    hidden: int
    sectors: tuple[int, ...]
    places: tuple[tuple[str, int], ...]
    fields: tuple[tuple[Label, float], ...]
    inner_pairs: int
    outer_pairs: int
    restriction: str


def group(atlas: Atlas, chosen: np.ndarray, selection: Selection, rule: str = "") -> Group:
    """The figures of the actors in the mask ``chosen``."""
    i, j, _, _ = linked_pairs(subset(atlas, selection))
    ends = chosen[i].astype(int) + chosen[j]
    sectors = np.asarray(actor_sectors(atlas.tables).csr[chosen].sum(axis=0)).ravel()
    return Group(
        actors=int(chosen.sum()),
        hidden=int((chosen & ~actor_mask(atlas, selection)).sum()),
        sectors=tuple(int(n) for n in sectors),
        places=_places(atlas, chosen),
        fields=_fields(atlas, chosen),
        inner_pairs=int((ends == 2).sum()),
        outer_pairs=int((ends == 1).sum()),
        restriction=_restriction(atlas, rule),
    )


def _places(atlas: Atlas, chosen: np.ndarray) -> tuple[tuple[str, int], ...]:
    names = dict(zip(atlas.tables.places["place_id"], atlas.tables.places["name"], strict=True))
    counts = atlas.tables.actors.loc[chosen, "place_id"].map(names).value_counts()
    ranked = sorted(((str(name), int(n)) for name, n in counts.items()), key=lambda pair: (-pair[1], pair[0]))
    return tuple(ranked[:TOP])


def _fields(atlas: Atlas, chosen: np.ndarray) -> tuple[tuple[Label, float], ...]:
    totals = np.asarray(atlas.fields_of_actors.csr[chosen].sum(axis=0)).ravel()
    pairs = [(field.short, float(n)) for field, n in zip(atlas.region.fields, totals, strict=True) if n > 0]
    return tuple(sorted(pairs, key=lambda pair: -pair[1]))


def _restriction(atlas: Atlas, rule: str) -> str:
    """The filters that mean the same as the rule, as a piece of a query string; empty where none does."""
    kind, _, key = rule.partition(":")
    if kind in {"field", "sector", "cluster"}:
        return {"field": "f", "sector": "s", "cluster": "cl"}[kind] + "=" + key
    place, _, field = key.rpartition(".") if kind == "cell" else (key, "", "")
    if kind not in {"cell", "place", "unit"}:
        return ""
    where = "r=" + ",".join(sorted(places_of(atlas, place)))
    return f"{where}&f={field}" if field else where
