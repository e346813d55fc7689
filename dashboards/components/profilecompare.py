"""Up to four subjects of one kind side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc

from dashboards.components.attributes import attributes
from dashboards.components.controls import control
from dashboards.components.profilesheets import portrait_of
from dashboards.components.subjects import called, name_of, nothing_asked, subject_of
from dashboards.language import UNDEFINED
from dashboards.views import evidence as grounds
from dashboards.views.partners import actors
from dashboards.views.peers import peers
from dashboards.views.sheet import Column, Sheet
from dashboards.views.subject import subject
from ecosystem.confidence import MEDIUM
from ecosystem.model import Sector

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.portrait import Part
    from dashboards.views.subject import Subject
    from ecosystem.atlas import Atlas

MOST = 3
OFFERED = 40


def compare_control(atlas: Atlas, one: Subject, selection: Selection, tr: Translator) -> Component:
    """Chooses up to three others of the kind."""
    made: Component = dmc.MultiSelect(
        id=control("cmp"),
        label=tr("Compare with"),
        placeholder=tr("up to three others"),
        data=[{"value": key, "label": name} for key, name in others(atlas, one, selection, tr)],
        value=list(selection.compared or ()),
        searchable=True,
        clearable=True,
        maxValues=MOST,
        nothingFoundMessage=tr("Nothing of this name"),
        size="sm",
        limit=80,
        clearButtonProps={"aria-label": tr("Compare with") + " ×"},
        comboboxProps={"withinPortal": True},
        className="compare-control",
        **attributes({"data-kind": one.kind}),
    )
    return made


def others(atlas: Atlas, one: Subject, selection: Selection, tr: Translator) -> list[tuple[str, str]]:
    """Ids and names of what can be compared with; of actors those alike and linked, since there are thousands."""
    if one.kind == "place":
        units = atlas.material.units(one.level)
        found = list(zip((str(key) for key in units.ids), units.names, strict=True))
    elif one.kind == "field":
        found = [(field.field_id, tr.label(field.name)) for field in atlas.region.fields]
    elif one.kind == "sector":
        found = [(sector.value, called(atlas, "sector", sector.value, tr)) for sector in Sector]
    elif one.kind == "cluster":
        found = [(item.cluster_id, tr.label(item.name)) for item in atlas.clusters.items]
    else:
        near = [(row.key, row.name) for row in peers(atlas, one)]
        near += [(row.key, row.name) for row in actors(atlas, one)[:OFFERED]]
        chosen = [subject(atlas, "actor", key) for key in (selection.compared or ())[:MOST]]
        near += [(that.key, tr.label(that.name)) for that in chosen if that is not None]
        found = list(dict(near).items())
    return sorted(((key, name) for key, name in found if key != one.key), key=lambda pair: pair[1])


def compare(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """A column for each; undefined is "–"."""
    title, one = tr("Comparison"), subject_of(atlas, selection)
    if one is None:
        return nothing_asked(tr, title)
    found = [subject(atlas, one.kind, key) for key in (selection.compared or ())[:MOST] if key != one.key]
    all_ = [one, *(other for other in found if other is not None)]
    columns = (
        Column("name", tr("Figure")),
        *(Column(f"c{n}", name_of(each, tr)) for n, each in enumerate(all_)),
    )
    told = [_column(atlas, each, tr) for each in all_]
    rows = [{"id": name, "name": name, **{f"c{n}": column[name] for n, column in enumerate(told)}} for name in told[0]]
    return Sheet(f"{name_of(one, tr)}: {title}", columns, rows)


def _column(atlas: Atlas, one: Subject, tr: Translator) -> dict[str, str]:
    of = portrait_of(atlas, one)
    seats = [row for row in grounds.classes(atlas, one.members) if row.records == grounds.SEATS]
    sure, total = sum(row.count for row in seats if int(row.key) >= MEDIUM), sum(row.count for row in seats)
    told = (
        {}
        if one.kind == "actor"
        else {tr("Actors"): tr.number(of.actors), tr("Share of the region"): tr.share(of.share, 1)}
    )
    for part in of.sectors:
        told[tr("Sector: {name}", name=called(atlas, "sector", part.key, tr))] = _count(part, tr)
    for part in of.fields:
        told[tr("Field: {name}", name=called(atlas, "field", part.key, tr))] = _count(part, tr)
    return told | {
        tr("Linked pairs inside"): tr.number(of.inner),
        tr("Linked pairs to others"): tr.number(of.outer),
        tr("Projects"): tr.number(of.projects),
        tr("Funding committed"): tr.money(of.funding_eur),
        tr("Seats known with medium or strong confidence"): tr.share(sure / total) if total else UNDEFINED,
    }


def _count(part: Part, tr: Translator) -> str:
    """A number, its share, and the quotient where there is one."""
    if part.share != part.share:
        return tr.number(part.count)
    told = tr("{n} ({share})", n=tr.number(part.count), share=tr.share(part.share))
    return told if part.lq != part.lq else tr("{n}, LQ {lq}", n=told, lq=tr.number(part.lq, 2))
