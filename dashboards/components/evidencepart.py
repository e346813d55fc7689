"""Classes of evidence for seats, fields and ties, and the scale of confidence they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from dash import html

from dashboards.components.dataparts import bars
from dashboards.components.words import confidence_names, evidence_names, sector_names, source_kind_names
from dashboards.views import evidence, provenance
from ecosystem import confidence

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas


def classes(atlas: Atlas, tr: Translator) -> list[Component]:
    """Everything that says how well something is known."""
    names, kinds, levels = evidence_names(tr), source_kind_names(tr), confidence_names(tr)
    seats = [
        (
            _with_level(
                names.get(row.key, row.key) or tr("not stated"), confidence.OF_PLACE.get(row.key, 0), levels, tr
            ),
            row.records,
        )
        for row in provenance.place_evidence(atlas)
    ]
    everyone = np.ones(len(atlas.tables.actors), dtype=bool)
    stated, derived = evidence.field_basis(atlas, everyone)
    fields = [(tr("stated by a source"), stated), (tr("derived from projects"), derived)]
    ties = confidence.of_ties(atlas.tables).value_counts()
    strengths = [(levels[level], int(ties.get(level, 0))) for level in reversed(confidence.LEVELS)]
    by_kind = [(kinds.get(row.key, row.key), row.records) for row in provenance.tie_evidence(atlas)]
    sources = [(kinds.get(row.key, row.key), row.records) for row in provenance.source_kinds(atlas)]
    return [
        _scale(tr),
        html.Div(
            [
                bars(tr("How actors' places are known"), seats, tr),
                bars(
                    tr("How actors' fields are known"),
                    fields,
                    tr,
                    tr("Memberships. Derived only where no source states a field: the fields of the actor's projects."),
                ),
                bars(tr("Recorded ties by confidence"), strengths, tr),
                bars(tr("Recorded ties by kind of source"), by_kind, tr),
                bars(tr("Sources by kind"), sources, tr),
                _sector_field(atlas, tr),
            ],
            className="evidence",
        ),
    ]


def _with_level(name: str, level: int, levels: list[str], tr: Translator) -> str:
    return tr("{name}: {level}", name=name, level=levels[level])


def _scale(tr: Translator) -> html.Section:
    levels = confidence_names(tr)
    meaning = (
        tr("doubtful, or nothing is said"),
        tr("general knowledge that was not re-checked"),
        tr("a page says so, or the town is in the name"),
        tr("a register, a statute, statistics or a funding list says so"),
    )
    rows = [
        html.Tr([html.Th(f"{level} {levels[level]}", scope="row"), html.Td(meaning[level])])
        for level in reversed(confidence.LEVELS)
    ]
    return html.Section(
        [
            html.H2(tr("The scale of confidence")),
            html.P(
                tr(
                    "A record with several sources has the strength of its best one. "
                    "The filter “Confidence” uses this scale."
                ),
                className="hint",
            ),
            html.Table(html.Tbody(rows), className="plain scale"),
        ]
    )


def _sector_field(atlas: Atlas, tr: Translator) -> html.Section:
    matrix = provenance.sector_by_field(atlas)
    names = sector_names(tr)
    heads = [tr.label(field.short) for field in atlas.region.fields] + [tr("Not stated")]
    rows = [
        html.Tr([html.Th(names[sector], scope="row"), *(html.Td(tr.number(n, 0), className="number") for n in row)])
        for sector, row in zip(matrix.index, matrix.to_numpy(), strict=True)
    ]
    table = html.Table(
        [html.Thead(html.Tr([html.Td(), *(html.Th(head, scope="col") for head in heads)])), html.Tbody(rows)],
        className="plain",
    )
    note = tr("Actors, fractional: an actor's weight of 1 is spread over its fields.")
    scroll = html.Div(table, className="sheet-scroll")
    return html.Section([html.H2(tr("Sectors and fields")), html.P(note, className="hint"), scroll], className="wide")
