"""A small map per field: the actors of the field by unit and the flows among them.

A pair counts for a field where both of its actors work on it; so a pair may count for several fields.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboards.views.filters import filters_of, linked_pairs, subset
from dashboards.views.polycentric import flows_of
from dashboards.views.sheet import Column, Sheet
from dashboards.views.shelf import kept
from dashboards.views.units import by_unit, units
from ecosystem.affiliations import binary
from ecosystem.clusters import effective_number

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.polycentric import Flow
    from dashboards.views.units import Units
    from ecosystem.atlas import Atlas


@dataclass(frozen=True)
class FieldFlows:
    """One field: actors per unit, flows between units (the strongest first), pairs inside one unit."""

    field_id: str
    colour: int
    sizes: tuple[int, ...]
    flows: tuple[Flow, ...]
    inner_pairs: int
    effective_units: float

    @property
    def actors(self) -> int:
        """Actors of the field inside the region."""
        return sum(self.sizes)

    @property
    def outer_pairs(self) -> int:
        """Pairs that join two units."""
        return sum(flow.pairs for flow in self.flows)

    @property
    def share(self) -> float:
        """Share of the pairs that join two units; NaN without a pair."""
        pairs = self.inner_pairs + self.outer_pairs
        return self.outer_pairs / pairs if pairs else float("nan")


@dataclass(frozen=True)
class FieldMaps:
    """The fields that the filter shows; ``top`` is the strongest flow of all, so that all maps have one scale."""

    units: Units
    fields: tuple[FieldFlows, ...]

    @property
    def top(self) -> int:
        """Pairs of the strongest flow on any map."""
        return max((flow.pairs for one in self.fields for flow in one.flows), default=0)


def field_maps(atlas: Atlas, selection: Selection) -> FieldMaps:
    """Every field by itself, after the filters."""
    key = (filters_of(selection), selection.unit)
    return kept(atlas, "field maps", key, lambda: _field_maps(atlas, selection))


def _field_maps(atlas: Atlas, selection: Selection) -> FieldMaps:
    found = units(atlas, selection.unit)
    left = subset(atlas, replace(selection, fields=None))
    works = binary(atlas.fields_of_actors.csr).toarray() > 0
    i, j, direct, joint = linked_pairs(left)
    made = []
    for number, name in enumerate(atlas.region.field_ids):
        if selection.fields is not None and name not in selection.fields:
            continue
        here = works[:, number] & left.actors
        both = here[i] & here[j]
        sizes = by_unit(found, here).to_numpy()
        units_of = found.of_actor[i[both]], found.of_actor[j[both]]
        made.append(
            FieldFlows(
                field_id=name,
                colour=number,
                sizes=tuple(int(n) for n in sizes),
                flows=flows_of(found, i[both], j[both], direct[both], joint[both]),
                inner_pairs=int(((units_of[0] == units_of[1]) & (units_of[0] >= 0)).sum()),
                effective_units=effective_number(sizes.astype(float)) if sizes.any() else float("nan"),
            )
        )
    return FieldMaps(found, tuple(made))


def field_flow_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Every flow of every field, of at least ``min`` pairs."""
    view = field_maps(atlas, selection)
    name = dict(zip(view.units.ids, view.units.names, strict=True))
    rows = [
        {
            "id": f"{one.field_id}.{flow.source}.{flow.target}",
            "field": tr.label(atlas.region.field(one.field_id).short),
            "source": name[flow.source],
            "target": name[flow.target],
            "pairs": flow.pairs,
            "direct": flow.direct,
            "joint": flow.joint,
        }
        for one in view.fields
        for flow in one.flows
        if flow.pairs >= selection.least
    ]
    return Sheet(
        tr("Flows between units, field by field"),
        (
            Column("field", tr("Field")),
            Column("source", tr("One end"), wide=True),
            Column("target", tr("Other end"), wide=True),
            Column("pairs", tr("Linked pairs"), "number"),
            Column("direct", tr("Recorded ties"), "number"),
            Column("joint", tr("Joint projects"), "number"),
        ),
        rows,
        notes=(tr("A pair counts for a field where both of its actors work on it; it may count for several."),),
    )
