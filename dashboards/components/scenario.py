"""The parts of a scenario's page: forms, list of steps, tables of differences, examples, answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import html

from dashboards.components import scenario_words as words
from dashboards.components.attributes import attributes
from dashboards.components.plain import plain_table
from dashboards.views.scenario import MOST_SHARED, STORED, begun, names
from dashboards.views.scenarioquestions import examples, proposed

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.scenario import What
    from dashboards.views.scenarioedit import Edited
    from dashboards.views.scenarioquestions import Answer
    from dashboards.views.sheet import Sheet
    from ecosystem.atlas import Atlas
    from ecosystem.scenario import Step

MOST_ROWS = 14


def taking(atlas: Atlas, steps: tuple[Step, ...], text: str, tr: Translator, *, label: str = "") -> html.A:
    """A link that opens the page with these steps added to the scenario there is."""
    from ecosystem.scenario import pack  # noqa: PLC0415 -- an app starts without the engine

    path = "/szenario" if tr.language == "de" else "/scenario"
    target = f"{path}?sa={pack(replace(begun(atlas), steps=steps))}"
    named = {"aria-label": label} if label else {}
    return html.A(text, href=target, className="button", **attributes({"data-page": target, **named}))


def take_button(atlas: Atlas, steps: tuple[Step, ...], text: str, label: str) -> html.Button:
    """The same on the page itself."""
    from ecosystem.scenario import pack  # noqa: PLC0415 -- an app starts without the engine

    packed = pack(replace(begun(atlas), steps=steps))
    return html.Button(
        text, className="button", **attributes({"data-scen": "take", "data-token": packed, "aria-label": label})
    )


def started(atlas: Atlas, tr: Translator) -> Component:
    """Where nothing was begun: how to begin, and three scenarios to try."""
    heads = {"tie": tr("One more tie"), "project": tr("A joint project"), "leave": tr("An actor leaves")}
    fields = {field.field_id: tr.label(field.name) for field in atlas.region.fields}
    told = {
        "tie": tr("The single tie that raises the polycentricity of “{field}” most:"),
        "project": tr("Those proposed as a consortium for “{field}” work together:"),
        "leave": tr("The actor whose absence would cut off most others:"),
    }
    cards: list[Component] = []
    for one in examples(atlas):
        called = names(atlas, replace(begun(atlas), steps=one.steps))
        steps = [words.step_sentence(atlas, step, called, tr) for step in one.steps]
        cards.append(
            html.Li(
                [
                    html.H3(heads[one.kind]),
                    html.P(told[one.kind].format(field=fields.get(one.field, ""))),
                    html.P(html.Strong("; ".join(steps))),
                    take_button(atlas, one.steps, tr("Try it"), tr("Try it: {name}", name=heads[one.kind])),
                ]
            )
        )
    begin = (
        tr("Add a tie, an actor or a joint project with the form, ask one of the questions below, or try one of these:")
        if cards
        else tr("Add a tie, an actor or a joint project with the form, or load a scenario.")
    )
    return html.Div([html.P(begin, role="status"), html.Ul(cards, className="flat scen-examples")])


def notices(atlas: Atlas, what: What, tr: Translator) -> list[Component]:
    """Whether the data are newer than the scenario, and which steps do not fit them."""
    told: list[Component] = []
    opened = what.opened
    if opened.newer:
        old, new = opened.scenario.base, opened.version
        text = (
            tr("Made on data version {old}; every step was checked again on version {new}.", old=old, new=new)
            if old
            else tr("It does not say which data it was made on; every step was checked on version {new}.", new=new)
        )
        told.append(html.P(text))
    if opened.unfit:
        called = names(atlas, opened.scenario)
        lead = tr.plural(
            "{n} step does not fit the data and is not applied:", "{n} steps do not fit the data and are not applied:",
            len(opened.unfit),
        )  # fmt: skip
        rows = [
            html.Li(
                tr(
                    "Step {n}, {step}: {reason}",
                    n=tr.number(one.number),
                    step=words.step_sentence(atlas, one.step, called, tr),
                    reason=words.unfit_sentence(one, called, tr),
                )
            )
            for one in opened.unfit
        ]
        told += [html.P(lead), html.Ul(rows)]
    return [html.Div(told, className="kons-told", role="status")] if told else []


def step_list(atlas: Atlas, what: What, tr: Translator) -> list[Component]:
    """The steps in their order, each with a button that takes it out."""
    scenario, called = what.opened.scenario, names(atlas, what.opened.scenario)
    unfit = {one.number for one in what.opened.unfit}
    rows = []
    for number, step in enumerate(scenario.steps, start=1):
        said = words.step_sentence(atlas, step, called, tr)
        about = " · ".join(one for one in (step.author, step.reason) if one)
        out = {"data-scen": "drop", "data-n": str(number), "aria-label": tr("Remove: {step}", step=said)}
        rows.append(
            html.Li(
                [
                    html.Div([html.Span(said), *([html.Em(tr("not applied"))] if number in unfit else [])]),
                    *([html.Div(about, className="evidence-text")] if about else []),
                    html.Button("×", className="button", **attributes(out)),
                ],
                className="unfit" if number in unfit else "",
            )
        )
    redo = tr.plural("{n} undone step can be redone.", "{n} undone steps can be redone.", len(scenario.undone))
    return [
        html.Ol(rows, className="scen-steps") if rows else html.P(tr("No step."), className="hint"),
        *([html.P(redo, className="hint")] if scenario.undone else []),
    ]


def differences(sheet: Sheet, tr: Translator) -> Component:
    """What differs, the largest change first; the rest is in the files and in the table."""
    if not sheet.rows:
        return html.P(tr("Nothing differs here."), className="empty")
    local = any(row["where"] for row in sheet.rows)
    rows: list[list[Component | str]] = [
        [
            *([str(row["where"])] if local else []),
            str(row["measure"]),
            words.number(row["before"], row["key"], tr),
            words.number(row["after"], row["key"], tr),
            words.signed(row["change"], row["key"], tr),
            str(row["reading"]),
        ]
        for row in list(sheet.rows)[:MOST_ROWS]
    ]
    heads = [*([tr("City or field")] if local else []), tr("Measure"), tr("Before"), tr("After"), tr("Change")]
    table = plain_table([*heads, tr("Reading")], rows, caption=sheet.title, text_columns=2 if local else 1)
    return html.Div([table, *_rest(len(sheet.rows) - len(rows), tr)], className="sheet-scroll scen-table")


def clusters(sheet: Sheet, tr: Translator) -> Component:
    """What became of clusters, in sentences."""
    if not sheet.rows:
        return html.P(tr("No cluster differs."), className="empty")
    rows = []
    for row in list(sheet.rows)[:MOST_ROWS]:
        size = tr(
            "{before} → {after} actors, {cities} → {then} effective cities",
            before=tr.number(row["actors_before"]),
            after=tr.number(row["actors_after"]),
            cities=tr.number(row["cities_before"], 2),
            then=tr.number(row["cities_after"], 2),
        )
        became = row["became"] if row["became"] != row["cluster"] else ""
        rows.append(
            html.Li(
                [
                    html.Strong(row["cluster"] or row["became"]),
                    html.Span(f" {row['fate']}" + (f" → {became}" if became and row["cluster"] else "")),
                    html.Div(size, className="evidence-text"),
                ]
            )
        )
    return html.Div([html.Ul(rows, className="ties"), *_rest(len(sheet.rows) - len(rows), tr)])


def _rest(left: int, tr: Translator) -> list[Component]:
    if left <= 0:
        return []
    told = tr.plural("{n} more row is in the files (Export).", "{n} more rows are in the files (Export).", left)
    return [html.P(told, className="rest")]


def share(token: str, version: str, tr: Translator) -> list[Component]:
    """A link where the steps fit one; else the way by file."""
    if token.startswith(STORED):
        return [html.P(tr("Too long for a link: save the scenario as a file and pass that on."), className="hint")]
    button = html.Button(
        tr("Copy link"), className="button", **attributes({"data-share": tr("Link copied"), "data-version": version})
    )
    if len(token) <= MOST_SHARED:
        return [button]
    told = tr("The link is long, and some programs cut it: better pass on the file.")
    return [button, html.P(told, className="hint")]


def outcome(atlas: Atlas, found: Edited, tr: Translator) -> list[Component]:
    """What was not done and why, and what joining left out; empty where all went well."""
    told: list[Component | str] = []
    if found.lack is not None:
        told.append(words.lack_sentence(found.lack, tr))
    called = names(atlas, replace(begun(atlas), steps=tuple(one.step for one in found.unfit)))
    told += [words.unfit_sentence(one, called, tr) for one in found.unfit]
    if found.scenario is not None:
        called = names(atlas, found.scenario)
    told += [words.conflict_sentence(atlas, one, called, tr) for one in found.conflicts]
    if found.error == "long":
        told.append(tr("A scenario has 500 steps at most."))
    elif found.error:
        lead = {
            "load": tr("This file is no scenario that can be shown here. Nothing was changed."),
            "join": tr("This file cannot be joined with the scenario. Nothing was changed."),
            "take": tr("These steps cannot be taken over. Nothing was changed."),
        }.get(found.did, tr("Nothing was changed."))
        # faults are told as the border tells them, in English as on the command line
        told += [lead, html.Span(found.error, lang="en")]
    return [html.P(one) for one in told]


def answered(atlas: Atlas, found: Answer | None, tr: Translator) -> list[Component]:
    """The best that were found so far, each with the step that makes it true."""
    if found is None:
        return []
    if not found.rows:
        return [html.P(tr("No pair of places can be compared here."), role="status")] if found.then < 0 else []
    heads, rows = _leavers(atlas, found, tr) if found.kind == "leaving" else _tied(atlas, found, tr)
    title = tr("The best of those tried")
    return [html.Div(plain_table(heads, rows, caption=title, text_columns=1), className="sheet-scroll scen-table")]


def _tied(atlas: Atlas, found: Answer, tr: Translator) -> tuple[list[str], list[list[Component | str]]]:
    heads = [tr("Between"), tr("For example"), tr("Polycentricity P · Δ"), tr("Change"), ""]
    rows: list[list[Component | str]] = []
    title = tr("Joint project")
    for row in found.rows:
        actors, before, after = f"{row['actor_name']} – {row['partner_actor_name']}", row["before"], row["after"]
        step = proposed(found.kind, row, found.subject, tr("raises polycentricity most"), title)
        where = f"{row['place_name']} – {row['partner_name']}"
        rows.append(
            [
                where,
                actors,
                f"{tr.number(before, 4)} → {tr.number(after, 4)}",
                f"+{tr.number(row['change'], 5)}" if row["change"] > 0 else tr.number(row["change"], 5),
                take_button(atlas, (step,), tr("Take over"), tr("Take over: {name}", name=actors)) if step else "",
            ]
        )
    return heads, rows


def _leavers(atlas: Atlas, found: Answer, tr: Translator) -> tuple[list[str], list[list[Component | str]]]:
    heads = [tr("Actor"), tr("Partners lost"), tr("Cut off"), tr("Only tie of so many pairs of cities"), ""]
    rows: list[list[Component | str]] = []
    for row in found.rows:
        step = proposed("leaving", row, "", "", "")
        name = str(row["actor_name"])
        rows.append(
            [
                name,
                *(tr.number(row[key]) for key in ("partners", "cut_off", "pairs_of_places")),
                take_button(atlas, (step,), tr("Take over"), tr("Take over: {name}", name=name)) if step else "",
            ]
        )
    return heads, rows


def progress(found: Answer | None, tr: Translator) -> dict[str, Any]:
    """How far a question has come, for the bar and its sentence, and what to ask next."""
    if found is None:
        return {}
    tried, of = tr.number(found.tried), tr.number(found.of)
    said = tr("{tried} of {of} tried …", tried=tried, of=of) if found.then >= 0 else tr("Done: {of} tried.", of=of)
    stopped = tr("Stopped: {tried} of {of} were tried, the list holds the best of these.", tried=tried, of=of)
    return {
        "kind": found.kind, "subject": found.subject, "rows": list(found.rows), "at": found.then,
        "tried": found.tried, "of": found.of, "said": said, "stopped": stopped,
    }  # fmt: skip
