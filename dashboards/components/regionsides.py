"""Regions side by side: warnings, the table, its rows for files, what to do where there is one region."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components.faulttexts import paragraph
from dashboards.components.regionwords import (
    field_measures,
    field_value,
    group_names,
    meanings,
    measure_names,
    reason,
    value,
    warning,
    written,
)
from dashboards.language import UNDEFINED
from dashboards.views.regionsides import COMMANDS, PATIENT, sides
from dashboards.views.sheet import Column, Sheet

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.regions import Mounted
    from dashboards.state import Selection
    from dashboards.views.regionsides import Side, Sides
    from ecosystem.atlas import Atlas
    from ecosystem.compare import Comparison, Number


def finding(view: Sides, tr: Translator) -> str:
    """What is compared, with the versions of the data."""
    told = [
        tr("{region} (data {version})", region=tr.label(one.name), version=one.version[:7]) for one in view.portraits
    ]
    if len(view.entries) < 2:
        return tr("There is one region here; a comparison takes two or more.")
    if view.waiting:
        return tr("The regions are being read and measured; this page fills by itself.")
    if len(told) < 2:
        return tr("Choose two or more regions.")
    return tr("{regions}, measured alike.", regions=tr.joined(told))


def warnings(view: Sides, tr: Translator) -> Component:
    """What has to be read with the numbers."""
    found = view.comparison
    if found is None:
        return html.Div()
    told = [html.Li(warning(one, found.portraits, tr)) for one in found.differences]
    if not told:
        return html.P(tr("The data bases differ in nothing that is checked here."), className="hint")
    return html.Section(
        [html.H2(tr("Where the data bases differ")), html.Ul(told)], className="block side-warnings", role="note"
    )


def table(view: Sides, tr: Translator) -> Component:
    """The measures, a column for each region; undefined numbers say why."""
    found = view.comparison
    if found is None:
        return html.Div()
    names, told, groups = measure_names(tr), meanings(tr), group_names(tr)
    body: list[Component] = []
    for group, title in groups.items():
        body.append(_head(title, len(found.portraits)))
        for row in found.rows():
            if row[0].group == group:
                key = (row[0].group, row[0].key)
                body.append(html.Tr([_name(names[key], told.get(key, "")), *(_cell(one, tr) for one in row)]))
    if found.common:
        body += _fields(found, tr)
    body += _pairs(found, tr)
    head = html.Tr(
        [html.Th(tr("Measure"), scope="col"), *(html.Th(tr.label(one.name), scope="col") for one in found.portraits)]
    )
    return html.Div(
        html.Table([html.Thead(head), html.Tbody(body)], className="plain sides-table"), className="sheet-scroll"
    )


def _head(title: str, regions: int) -> html.Tr:
    return html.Tr(html.Th(title, colSpan=regions + 1, scope="colgroup"), className="sides-group")


def _name(name: str, meaning: str) -> html.Th:
    return html.Th([name, *([html.Span(meaning, className="meaning")] if meaning else [])], scope="row")


def _cell(one: Number, tr: Translator) -> html.Td:
    if not math.isfinite(one.value):
        return _undefined(one.reason, tr)
    interval = []
    if math.isfinite(one.low):
        key = (one.group, one.key)
        span = tr("{low} to {high}", low=written(key, one.low, tr), high=written(key, one.high, tr))
        interval = [html.Span(span, className="reason")]
    return html.Td([value(one, tr), *interval], className="number")


def _undefined(why: str, tr: Translator) -> html.Td:
    return html.Td([UNDEFINED, html.Span(reason(why, tr), className="reason")], className="number")


def _fields(found: Comparison, tr: Translator) -> list[Component]:
    names = {one.field_id: tr.label(one.name) for one in found.portraits[0].fields}
    body: list[Component] = []
    for field_id, values in found.field_rows():
        body.append(_head(tr("Field: {field}", field=names[field_id]), len(values)))
        for key, name in field_measures(tr).items():
            cells = [
                html.Td(field_value(key, getattr(one, key), tr), className="number")
                if math.isfinite(getattr(one, key))
                else _undefined(one.reason, tr)
                for one in values
            ]
            body.append(html.Tr([_name(name, ""), *cells]))
    return body


def _pairs(found: Comparison, tr: Translator) -> list[Component]:
    """The distances, each over the whole row: they belong to two regions."""
    body: list[Component] = [_head(tr("How far the profiles are apart (Krugman, 0 to 2)"), len(found.portraits))]
    for pair in found.pairs:
        both = " – ".join(tr.label(found.portraits[at].name) for at in (pair.first, pair.second))
        fields = tr.number(pair.fields, 3) if math.isfinite(pair.fields) else f"{UNDEFINED} {reason(pair.reason, tr)}"
        told = tr("fields {fields}, sectors {sectors}", fields=fields, sectors=tr.number(pair.sectors, 3))
        body.append(html.Tr([html.Th(both, scope="row"), html.Td(told, colSpan=len(found.portraits))]))
    return body


def measures_sheet(here: Mounted, atlas: Atlas, selection: Selection, tr: Translator) -> Sheet:
    """The numbers for a file, once all regions are there."""
    return sheet(sides(here, atlas, selection, PATIENT), tr)


def sheet(view: Sides, tr: Translator) -> Sheet:
    """A row for each measure, three columns for each region."""
    found = view.comparison
    if found is None:
        return Sheet(tr("Regions side by side"), (Column("measure", tr("Measure")),), ())
    columns = [Column("group", tr("Group")), Column("measure", tr("Measure"), wide=True)]
    for key, one in zip(found.keys, found.portraits, strict=True):
        name = tr.label(one.name)
        columns += [
            Column(key, name, "mixed", 3),
            Column(f"{key}|span", tr("{region}: from – to", region=name)),
            Column(f"{key}|why", tr("{region}: why not", region=name)),
        ]
    return Sheet(finding(view, tr), tuple(columns), _rows(found, tr), notes(found, tr))


def screen_sheet(view: Sides, tr: Translator) -> Sheet:
    """The same rows as they are read: every number with the decimals of its measure, its interval or its reason."""
    found = view.comparison
    if found is None:
        return Sheet("", (Column("measure", tr("Measure")),), ())
    names = [(key, tr.label(one.name)) for key, one in zip(found.keys, found.portraits, strict=True)]
    columns = (
        Column("group", tr("Group"), wide=True),
        Column("measure", tr("Measure"), wide=True),
        *(Column(key, name) for key, name in names),
    )
    rows = [
        {"id": row["id"], "group": row["group"], "measure": row["measure"]}
        | {key: _read(row, key, str(row[f"{key}|shown"])) for key, _ in names}
        for row in _rows(found, tr)
    ]
    return Sheet("", columns, rows)


def _read(row: dict[str, Any], key: str, shown: str) -> str:
    why, span = row.get(f"{key}|why"), row.get(f"{key}|span")
    return f"{shown} ({why or span})" if why or span else shown


def notes(found: Comparison, tr: Translator) -> tuple[str, ...]:
    """What has to be read with the numbers of a file."""
    versions = [
        tr(
            "{region}: data version {version}, sources read until {date}.",
            region=tr.label(one.name),
            version=one.version,
            date=tr.date(one.basis.read),
        )
        for one in found.portraits
    ]
    return (*versions, *(warning(one, found.portraits, tr) for one in found.differences))


def _rows(found: Comparison, tr: Translator) -> list[dict[str, Any]]:
    groups, names = group_names(tr), measure_names(tr)
    rows: list[dict[str, Any]] = []
    for numbers in found.rows():
        one = numbers[0]
        row: dict[str, Any] = {
            "id": f"{one.group}.{one.key}",
            "group": groups[one.group],
            "measure": names[one.group, one.key],
        }
        for key, number in zip(found.keys, numbers, strict=True):
            row[key] = number.value
            row[f"{key}|shown"] = value(number, tr)
            row[f"{key}|span"] = (
                f"{tr.number(number.low, 3)} – {tr.number(number.high, 3)}" if math.isfinite(number.low) else ""
            )
            row[f"{key}|why"] = reason(number.reason, tr) if number.reason else ""
        rows.append(row)
    fields = {one.field_id: tr.label(one.name) for one in found.portraits[0].fields}
    for field_id, values in found.field_rows():
        for name, called in field_measures(tr).items():
            row = {
                "id": f"field.{field_id}.{name}",
                "group": tr("Field: {field}", field=fields[field_id]),
                "measure": called,
            }
            for key, number_of in zip(found.keys, values, strict=True):
                known = math.isfinite(getattr(number_of, name))
                row[key] = getattr(number_of, name)
                row[f"{key}|shown"] = field_value(name, getattr(number_of, name), tr)
                row[f"{key}|why"] = "" if known else reason(number_of.reason, tr)
            rows.append(row)
    return rows


def waiting(view: Sides, words: dict[str, str], tr: Translator) -> list[Component]:
    """Regions that are being loaded or measured, and those that cannot be."""
    told: list[Component] = [html.P(_underway(one, words, tr), className="side-wait") for one in view.waiting]
    for one in view.faulty:
        name = tr.label(one.entry.name)
        told.append(
            html.Div(
                [
                    html.P(tr("{region} cannot be compared:", region=name)),
                    paragraph(one.fault, tr, "region-fault"),
                ],
                className="hint",
            )
        )
    return told


def _underway(one: Side, words: dict[str, str], tr: Translator) -> str:
    step = one.state.step if one.state else ""
    done = f" ({tr.share(one.state.done / one.state.total)})" if one.state and one.state.total > 1 else ""
    return tr("{region} is being loaded: {step}", region=tr.label(one.entry.name), step=words.get(step, step) + done)


def only_one(tr: Translator) -> Component:
    """How a second region is added."""
    return html.Div(
        [
            html.P(tr("A region is a folder of tables. Two commands make one and show it:")),
            html.Pre(html.Code(COMMANDS)),
            html.P(tr("Every region folder in the directory ECOSYSTEM_DATA then appears in the bar and here.")),
        ],
        className="nothing",
    )
