"""The rows behind the start page: headline numbers, fields, clusters. Those of the map are in the views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboards.components.summary import sentences
from dashboards.components.words import sector_names
from dashboards.views.overview import overview
from dashboards.views.polycentric import cluster_rows
from dashboards.views.sheet import Column, Sheet
from dashboards.views.summary import summary

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas


def field_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """A row per field: actors, sectors, where, projects by year."""
    view = overview(atlas, selection)
    names = list(sector_names(tr).values())
    years = [year for year, _ in next((one.years for one in view.cards if one.years), ())]
    rows = [
        {
            "id": one.field_id,
            "field": tr.label(atlas.region.field(one.field_id).name),
            "actors": one.actors,
            "effective": one.effective_units,
            "where": ", ".join(f"{name} {n}" for _, name, n in one.leading),
            **{f"sector{i}": n for i, n in enumerate(one.sectors)},
            "projects": one.projects,
            **{f"y{year}": n for year, n in one.years},
            "undated": one.undated,
        }
        for one in view.cards
    ]
    columns = (
        Column("field", tr("Field"), wide=True),
        Column("actors", tr("Actors"), "number"),
        Column("effective", tr("Effective units"), "number", 1),
        Column("where", tr("Where"), wide=True),
        *(Column(f"sector{i}", name, "number") for i, name in enumerate(names)),
        Column("projects", tr("Projects"), "number"),
        *(Column(f"y{year}", str(year), "number") for year in years),
        Column("undated", tr("Without a year"), "number"),
    )
    notes = (tr("Years are those of the first commitment. An actor with several fields counts in each."),)
    return Sheet(tr("Fields in figures"), columns, rows, notes)


def number_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The headline numbers."""
    top = overview(atlas, selection).headline
    named = (
        ("actors", tr("Actors"), float(top.actors)),
        ("outside", tr("Partners outside the region"), float(top.outside)),
        ("covered", tr("Municipalities with an actor"), float(top.covered)),
        ("pairs", tr("Linked pairs"), float(top.pairs)),
        ("direct", tr("Pairs with a recorded tie, ties counted"), float(top.direct_ties)),
        ("joint", tr("Pairs with a joint project"), float(top.joint_projects)),
        ("intercity", tr("Share of pairs inside that join two municipalities"), top.intercity_share),
        ("clusters", tr("Clusters"), float(top.clusters)),
        ("sources", tr("Sources"), float(top.sources)),
        ("funding", tr("Funding total (€)"), top.funding_eur),
    )
    rows = [{"id": key, "name": name, "value": value} for key, name, value in named]
    return Sheet(
        tr("Headline numbers"),
        (Column("name", tr("Number"), wide=True), Column("value", tr("Value"), "number", 2)),
        rows,
    )


def cluster_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """Every cluster in one line."""
    rows = [
        {
            "id": row.cluster_id,
            "name": row.name,
            "actors": row.actors,
            "left": row.left,
            "cities": row.cities,
            "effective": row.effective_cities,
            "intercity": row.intercity_share,
            "leading": row.leading,
            "anchors": row.anchors,
        }
        for row in cluster_rows(atlas, selection)
    ]
    columns = (
        Column("name", tr("Cluster"), wide=True),
        Column("actors", tr("Actors"), "number"),
        Column("left", tr("after the filters"), "number"),
        Column("cities", tr("Cities"), "number"),
        Column("effective", tr("Effective cities"), "number", 1),
        Column("intercity", tr("Ties between cities"), "share"),
        Column("leading", tr("Where"), wide=True),
        Column("anchors", tr("Anchors"), wide=True),
    )
    return Sheet(tr("Clusters, from the largest"), columns, rows)


def summary_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """What stands out, sentence by sentence."""
    found = sentences(summary(atlas, selection), atlas, tr)
    rows = [
        {"id": str(number), "sentence": sentence, "page": page} for number, (sentence, _, page) in enumerate(found, 1)
    ]
    return Sheet(
        tr("What stands out"), (Column("sentence", tr("Sentence"), wide=True), Column("page", tr("Page"))), rows
    )
