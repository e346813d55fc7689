"""The steps of an import: files, columns, faults, matches, what changes, accept or discard; and what was read in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.faulttexts import cell, paragraph, said
from dashboards.components.importwords import fate_names, kind_names, row_names, target_names
from dashboards.components.plain import plain_table
from dashboards.drafts import KINDS
from dashboards.regions import file_path
from ecosystem.intake.record import Fate
from ecosystem.sources.mapping import targets
from ecosystem.sources.safety import MB, UPLOAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboards.drafts import Draft
    from dashboards.language import Translator
    from ecosystem.intake import Entry, Plan, Question
    from ecosystem.intake.changes import Change

MOST_FAULTS, MOST_ROWS, MOST_QUESTIONS, MOST_LISTED = 60, 12, 40, 10
# a choice needs a value
NOT_USED = "-"


def form(kind_id: str, outside_id: str, tr: Translator) -> Component:
    """The first step: what is read in, and its files; the script asks for them and sends them."""
    kinds = [
        dmc.Radio(value=key, label=name, description=what, size="sm") for key, (name, what) in kind_names(tr).items()
    ]
    limit = tr.number(UPLOAD.file // MB)
    told = {
        "data-import-files": "1",
        "data-limit": str(UPLOAD.file),
        "data-large": tr("The files are larger than the {n} MB that can be uploaded at once.", n=limit),
        "data-sending": tr("Uploading …"),
        "data-failed": tr("The server did not answer. Try again."),
    }
    return html.Section(
        [
            html.H2(tr("Choose files")),
            html.Fieldset(
                [
                    html.Legend(tr("What is read in")),
                    dmc.RadioGroup(id=kind_id, value=KINDS[0], children=html.Div(kinds, className="import-kinds")),
                ],
                className="several",
            ),
            dmc.Checkbox(
                id=outside_id,
                label=tr("Also take partners outside the region that share a project with an actor inside"),
                size="sm",
            ),
            html.Div(
                html.Button(tr("Choose files and look"), type="button", className="button primary", **attributes(told)),
                className="import-acts",
            ),
            html.P(
                tr("At most {n} MB, packed or not. Nothing is changed before you accept it.", n=limit), className="hint"
            ),
        ],
        className="block import-step",
    )


def steps(draft: Draft, tr: Translator) -> list[Component]:
    """Where an import stands."""
    head = html.P(
        tr(
            "{kind}: {files}",
            kind=kind_names(tr)[draft.kind][0],
            files=", ".join(path.name for path in draft.files),
        ),
        className="finding",
    )
    if draft.stage == "failed":
        return [head, _failed(draft, tr)]
    if draft.stage == "mapping" and draft.headed is not None:
        return [head, _columns(draft, tr)]
    if draft.stage == "planned" and draft.plan is not None:
        return [head, *_planned(draft, draft.plan, tr)]
    told = tr("Reading the files …") if draft.stage == "reading" else tr("Matching with the region …")
    return [head, html.P(told, className="import-underway"), _acts(draft, [("discard", tr("Cancel"))])]


def _failed(draft: Draft, tr: Translator) -> Component:
    return html.Section(
        [
            html.H2(tr("This cannot be read in")),
            paragraph(draft.fault, tr, "import-fault"),
            _acts(draft, [("discard", tr("Begin again"))]),
        ],
        className="block import-step",
        role="alert",
    )


def _columns(draft: Draft, tr: Translator) -> Component:
    """Every header with what it gives, and the first rows to see it by."""
    headed = draft.headed
    if headed is None:
        return html.Div()
    names = target_names(tr)
    given = {header: target for target, header in headed.mapping.columns}
    how = dict(headed.mapping.how)
    words = {"exact": tr("known header"), "begins": tr("begins like a known header"), "close": tr("similar: check it")}
    known = [{"value": NOT_USED, "label": tr("not used")}] + [
        {"value": one, "label": names.get(one, one)} for one in targets()
    ]
    rows = []
    for at, header in enumerate(headed.headers):
        target = given.get(header, NOT_USED)
        sample = "; ".join(row[at] for row in headed.sample if at < len(row) and row[at])[:90]
        rows.append(
            html.Tr(
                [
                    html.Th(header, scope="row"),
                    html.Td(sample, className="import-sample"),
                    html.Td(
                        html.Div(
                            dmc.Select(
                                id=f"import-column-{at}",
                                data=known,
                                value=target,
                                size="sm",
                                searchable=True,
                                allowDeselect=False,
                                comboboxProps={"withinPortal": True},
                                **attributes({"aria-label": tr("What “{header}” gives", header=header)}),
                            ),
                            className="import-select",
                            **attributes({"data-column": header}),
                        )
                    ),
                    html.Td(words.get(how.get(target, ""), ""), className="hint"),
                ]
            )
        )
    heads = (tr("Column"), tr("First values"), tr("Gives"), tr("Found by"))
    return html.Section(
        [
            html.H2(tr("Check the columns")),
            html.P(tr("One column can give one thing; what is not used is left out."), className="hint"),
            html.Div(
                html.Table(
                    [html.Thead(html.Tr([html.Th(one, scope="col") for one in heads])), html.Tbody(rows)],
                    className="plain import-columns",
                ),
                className="sheet-scroll",
            ),
            _acts(draft, [("map", tr("Read the rows")), ("discard", tr("Discard"))]),
        ],
        className="block import-step",
    )


def _planned(draft: Draft, plan: Plan, tr: Translator) -> list[Component]:
    return [
        _tally(plan, tr),
        *([_faults(draft, plan, tr)] if plan.left else []),
        *([_matches(draft, plan.questions, tr)] if plan.questions else []),
        _changes(draft, plan, tr),
    ]


def _tally(plan: Plan, tr: Translator) -> Component:
    fates, names = fate_names(tr), row_names(tr)
    heads = [tr("Rows"), tr("read"), *(fates[one.value] for one in Fate)]
    rows = [
        [
            names.get(str(row["kind"]), str(row["kind"])),
            tr.number(int(row["read"])),
            *(tr.number(int(row[one.value])) for one in Fate),
        ]
        for row in plan.tally.rows()
        if row["read"]
    ]
    notes = [paragraph(one, tr, "hint") for one in plan.notes]
    return html.Section(
        [html.H2(tr("What was read")), plain_table(heads, rows, caption=tr("What was read")), *notes],
        className="block import-step",
    )


def _faults(draft: Draft, plan: Plan, tr: Translator) -> Component:
    """Rows that are not taken, each with its reason; all of them in a file."""
    fates = fate_names(tr)
    order = sorted(plan.left, key=lambda one: one.fate is not Fate.REJECTED)
    rows = [
        [
            said(str(one.origin), tr),
            fates[one.fate.value],
            " ".join(part for part in (one.column, one.value) if part),
            cell(one.reason, tr),
            cell(one.cure, tr),
        ]
        for one in order[:MOST_FAULTS]
    ]
    more = len(plan.left) - len(rows)
    heads = [tr("Where"), tr("What became of it"), tr("Value"), tr("Reason"), tr("Cure")]
    rejected = tr.plural("{n} row is rejected.", "{n} rows are rejected.", plan.rejected)
    left = tr.plural("{n} row is not taken.", "{n} rows are not taken.", len(plan.left))
    return html.Section(
        [
            html.H2(tr("Rows that are not taken")),
            html.P(f"{left} {rejected}"),
            html.Div(
                plain_table(heads, rows, caption=tr("Rows that are not taken"), text_columns=5),
                className="sheet-scroll",
            ),
            *(
                [
                    html.P(
                        tr.plural("{n} more row is in the file.", "{n} more rows are in the file.", more),
                        className="rest",
                    )
                ]
                if more
                else []
            ),
            html.A(
                tr("All of them as CSV"),
                href=file_path(f"/intake/{draft.token}/rejects.csv"),
                className="button",
                download="rejects.csv",
            ),
        ],
        className="block import-step",
    )


def _matches(draft: Draft, questions: Sequence[Question], tr: Translator) -> Component:
    """Organisations that may be one the region has."""
    cards = [_match(draft, one, tr) for one in questions[:MOST_QUESTIONS]]
    more = len(questions) - len(cards)
    told = [
        html.P(tr.plural("{n} more is asked after these.", "{n} more are asked after these.", more), className="rest")
    ]
    return html.Section(
        [
            html.H2(tr("Matches to decide")),
            html.P(
                tr("What is left open is taken as an actor of its own and asked again; decisions hold later, too."),
                className="hint",
            ),
            html.Ul(cards, className="import-matches"),
            *(told if more else []),
        ],
        className="block import-step",
    )


def _match(draft: Draft, one: Question, tr: Translator) -> Component:
    current = next(
        (held.verdict for held in draft.decided if (held.subject, held.object) == (one.subject, one.about)), ""
    )
    choices = [("merge", tr("The same")), ("apart", tr("Keep apart")), ("later", tr("Later"))]
    buttons = [
        html.Button(
            text,
            type="button",
            className="button",
            **attributes(
                {
                    "data-import-act": "decide",
                    "data-token": draft.token,
                    "data-key": one.key,
                    "data-verdict": verdict,
                    "aria-pressed": "true" if verdict == current else "false",
                    "aria-label": tr("{choice}: {name}", choice=text, name=one.name),
                }
            ),
        )
        for verdict, text in choices
    ]
    place = f" ({one.place})" if one.place else ""
    reasons = [said(reason, tr) for reason in one.reasons]
    return html.Li(
        [
            html.P([html.Strong(f"{one.name}{place}"), " = ", html.Strong(one.other_name), "?"]),
            html.P(
                tr("{share} likely: {reasons}", share=tr.share(one.score), reasons="; ".join(reasons)),
                className="hint",
            ),
            html.Div(buttons if one.kind == "match" else [], className="import-choice"),
        ]
    )


def _changes(draft: Draft, plan: Plan, tr: Translator) -> Component:
    names = row_names(tr)
    told = [_change(one, names, tr) for one in plan.changes]
    acts = [("accept", tr("Accept")), ("discard", tr("Discard"))] if told else [("discard", tr("Discard"))]
    return html.Section(
        [
            html.H2(tr("What changes")),
            *(told or [html.P(tr("Nothing changes: all of it is there already."))]),
            html.P(
                tr("Accepting writes the folder of the region, all or nothing; it can be taken back."), className="hint"
            ),
            _acts(draft, acts),
        ],
        className="block import-step",
    )


def _change(one: Change, names: dict[str, str], tr: Translator) -> Component:
    summary = tr(
        "{table}: {added} new, {changed} changed, {removed} removed",
        table=names.get(one.table, one.table),
        added=tr.number(len(one.added)),
        changed=tr.number(one.changed_rows),
        removed=tr.number(len(one.removed)),
    )
    columns = [str(name) for name in one.added.columns if (one.added[name] != "").any()]
    parts: list[Component] = []
    if len(one.added):
        rows = [[str(row[name]) for name in columns] for row in one.added.head(MOST_ROWS).to_dict("records")]
        parts.append(
            html.Div(
                plain_table(columns, rows, caption=tr("New rows"), text_columns=len(columns)), className="sheet-scroll"
            )
        )
    if one.cells:
        cells = [[cell.key, cell.column, cell.before, cell.after] for cell in one.cells[:MOST_ROWS]]
        heads = [tr("Row"), tr("Column"), tr("before"), tr("after")]
        parts.append(
            html.Div(plain_table(heads, cells, caption=tr("Changed cells"), text_columns=4), className="sheet-scroll")
        )
    return html.Details([html.Summary(summary), *parts], open=one.table == "actors")


def _acts(draft: Draft, acts: list[tuple[str, str]]) -> Component:
    buttons = [
        html.Button(
            text,
            type="button",
            className="button" + (" primary" if place == 0 and name in {"map", "accept"} else ""),
            **attributes({"data-import-act": name, "data-token": draft.token}),
        )
        for place, (name, text) in enumerate(acts)
    ]
    return html.Div(buttons, className="import-acts")


def history(entries: Sequence[Entry], tr: Translator) -> Component:
    """What was read in, the latest first; the latest can be taken back."""
    if not entries:
        return html.P(tr("Nothing has been read in yet."), className="hint")
    names = kind_names(tr)
    rows = [
        [
            tr.number(one.number),
            tr.date(one.when[:10]),
            names.get(one.kind, (one.kind, ""))[0],
            ", ".join(name for name, _ in one.files),
            ", ".join(one.changed),
        ]
        for one in list(reversed(entries))[:MOST_LISTED]
    ]
    heads = [tr("Import"), tr("Date"), tr("What"), tr("Files"), tr("Changed")]
    undo = html.Button(
        tr("Take import {n} back", n=tr.number(entries[-1].number)),
        type="button",
        className="button",
        **attributes({"data-import-act": "undo"}),
    )
    return html.Div(
        [
            html.Div(plain_table(heads, rows, caption=tr("Imports so far"), text_columns=5), className="sheet-scroll"),
            undo,
        ],
        className="import-history",
    )
