"""What the numbers of one measure rest on, for whoever asks "where does this come from?"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.caption import filter_sentence
from dashboards.components.links import evidence_path, method_path, to
from dashboards.components.measurenames import measure_names
from dashboards.components.measurewords import (
    counted_words,
    parameter_names,
    parameter_value,
    said,
    table_names,
)
from dashboards.components.sheettable import sheet_table
from dashboards.components.words import source_kind_names
from dashboards.regions import file_path
from dashboards.views.measured import kinds, measured
from dashboards.views.sheet import Column, Sheet

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.measured import Measured
    from ecosystem.atlas import Atlas
    from ecosystem.findings.record import Finding


def measure_list(tr: Translator) -> Component:
    """Every measure, leading to what it rests on."""
    rows = [
        {"id": name, "title": one.title, "question": one.question, "at": evidence_path(name, tr.language)}
        for name, one in measure_names(tr).items()
    ]
    columns = (Column("title", tr("Measure")), Column("question", tr("Question"), wide=True))
    return html.Section(
        [
            html.H2(tr("What the numbers of a measure rest on")),
            html.P(tr("The menu of every picture in the app leads here, to the measure it shows."), className="hint"),
            sheet_table(Sheet(tr("Measures"), columns, rows), tr),
        ]
    )


def measure_evidence(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    """One measure under the filters of the address."""
    known = measured(atlas, selection)
    if known is None:
        return unknown_part(selection.tab, tr)
    name = measure_names(tr)[known.measure.name]
    body = _waiting(tr) if known.finding is None else _found(atlas, known.finding, tr)
    return html.Section(
        [
            html.H2(name.title),
            html.P(name.question, className="finding"),
            html.P(filter_sentence(atlas, selection, tr), className="hint"),
            html.Div(
                [
                    to(method_path(known.measure.name, tr.language), tr("How it is computed"), class_name="button"),
                    *_files(tr),
                ],
                className="toolbar",
            ),
            *body,
            html.H3(tr("Parameters")),
            _parameters(known, tr),
        ],
        className="measure-evidence",
    )


def unknown_part(asked: str, tr: Translator) -> Component:
    """No part of the page has this name: the measures there are."""
    sentence = tr("There is no part and no measure “{name}” here; these measures exist:", name=asked)
    return html.Div([html.P(sentence, role="status"), measure_list(tr)])


def _files(tr: Translator) -> list[Component]:
    return [
        html.A(
            f"{tr('Numbers')} ({name})",
            href=file_path(f"/export/data/measure.{ending}"),
            className="button",
            **attributes({"data-export": file_path(f"/export/data/measure.{ending}")}),
        )
        for name, ending in (("CSV", "csv"), ("XLSX", "xlsx"))
    ]


def _waiting(tr: Translator) -> list[Component]:
    return [
        html.P(tr("This measure draws many random networks and takes some seconds, for large regions minutes.")),
        html.Button(tr("Compute now"), className="button", **attributes({"data-set": "run=1"})),
    ]


def _found(atlas: Atlas, finding: Finding, tr: Translator) -> list[Component]:
    counted = counted_words(tr).get(finding.counted, finding.counted)
    tables, names = atlas.tables, table_names(tr)
    read = [
        html.Li(
            [
                html.A(f"{table}.csv", href=file_path(f"/download/{table}.csv"), download=f"{table}.csv"),
                f" ({names.get(table, table)}, {tr.plural('{n} row', '{n} rows', len(tables.frame(table)))})",
            ]
        )
        for table in finding.read
        if len(tables.frame(table))
    ]
    remarks = [(tr("Not answered"), finding.reasons), (tr("Warning"), finding.warnings), (tr("Note"), finding.notes)]
    return [
        html.P(tr("The numbers rest on {n} {counted}.", n=tr.number(finding.n), counted=counted)),
        html.H3(tr("Tables read")),
        html.Ul(read) if read else html.P(tr("No row of these data.")),
        html.H3(tr("Sources by kind and terms")),
        sheet_table(_kinds(atlas, finding, tr), tr, bar="sources", nothing=tr("No source is named.")),
        html.H3(tr("To be read with the numbers")),
        html.Ul([html.Li([html.Strong(f"{kind}: "), said(one, tr)]) for kind, told in remarks for one in told]),
    ]


def _kinds(atlas: Atlas, finding: Finding, tr: Translator) -> Sheet:
    words = source_kind_names(tr)
    rows = [
        {"id": str(number), "kind": words.get(row.kind, row.kind), "sources": row.sources, "licence": row.licence}
        for number, row in enumerate(kinds(atlas, finding))
    ]
    columns = (
        Column("kind", tr("Kind")),
        Column("sources", tr("Sources"), "number"),
        Column("licence", tr("Terms"), wide=True),
    )
    return Sheet(tr("Sources by kind and terms"), columns, rows)


def _parameters(known: Measured, tr: Translator) -> Component:
    names = parameter_names(tr)
    options = known.options if known.finding is None else known.finding.parameters
    rows = [
        html.Tr([html.Th([names.get(key, key), " ", html.Code(key)], scope="row"), html.Td(parameter_value(value, tr))])
        for key, value in options.items()
    ]
    return html.Table(html.Tbody(rows), className="plain")


def measure_sheet(atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The main table of the measure the address names, with the column names that code and command line use."""
    known = measured(atlas, selection)
    if known is None:
        return Sheet(tr("Measures"), (Column("name", tr("Name")),), (), (tr("The address names no measure."),))
    title = measure_names(tr)[known.measure.name].title
    if known.finding is None:
        # a file is asked for on purpose: it may take as long as it takes
        return measure_sheet(atlas, replace(selection, computed=True), tr)
    finding = known.finding
    frame = finding.frame()
    columns = tuple(Column(str(name), str(name)) for name in frame.columns)
    rows: list[dict[str, Any]] = [
        {"id": str(number), **{str(name): value for name, value in row.items()}}
        for number, row in enumerate(frame.to_dict("records"))
    ]
    notes = [said(one, tr) for one in (*finding.reasons, *finding.warnings, *finding.notes)]
    notes += [f"{key} = {value}" for key, value in finding.parameters.items()]
    return Sheet(title, columns, rows, tuple(notes), finding.sources)
