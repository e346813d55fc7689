"""A talk on screen: the strip above the view of a step, and the cards of the story page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.caption import filter_sentence
from dashboards.components.faulttexts import language, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.talk import Shown
    from ecosystem.atlas import Atlas
    from ecosystem.errors import Fault


def strip(steps: Sequence[Shown], tr: Translator) -> list[Component]:
    """Every step at once, each hidden until it is its turn: the next one is there without asking the server."""
    return [
        html.Div(
            _step(steps, one.number, tr),
            className="talk-step",
            hidden=True,
            **attributes({"data-number": str(one.number)}),
        )
        for one in steps
    ]


def _step(steps: Sequence[Shown], number: int, tr: Translator) -> list[Component]:
    """Title and text of a step, and the ways on."""
    step, total = steps[number - 1], len(steps)
    return [
        html.Div(
            [
                html.P(tr("Step {n} of {total}", n=tr.number(number), total=tr.number(total)), className="talk-number"),
                html.P(html.Strong(step.title), className="talk-title"),
                html.P(step.text, className="talk-text"),
                *_missing(step, tr),
            ],
            className="talk-words",
        ),
        html.Div(
            [
                _way(steps, number - 1, "‹", tr("Previous step"), "back", tr),
                _way(steps, number + 1, "›", tr("Next step"), "next", tr),
                _button(tr("Notes"), "notes"),
                _button(tr("Full screen"), "full"),
                _button(tr("Leave"), "leave", tr("Leave the talk and explore from here; Page Down comes back.")),
            ],
            className="talk-ways",
        ),
        html.Div(
            [
                html.P(step.notes, className="talk-notes"),
                html.P(steps[number].title if number < total else "", className="talk-after"),
            ],
            hidden=True,
        ),
    ]


def _way(steps: Sequence[Shown], number: int, sign: str, label: str, name: str, tr: Translator) -> Component:
    there = 1 <= number <= len(steps)
    told = {"aria-label": label, "title": f"{label}: {steps[number - 1].title}" if there else label}
    if not there:
        # at the end of a talk one comes back to its page
        told |= {"data-step": f"/story?lang={tr.language}", "data-way": name}
        return html.A(sign, href="/story", className="button", **attributes(told))
    link = steps[number - 1].step_link
    return html.A(sign, href=link, className="button", **attributes({**told, "data-step": link, "data-way": name}))


def _button(text: str, name: str, title: str = "") -> html.Button:
    return html.Button(text, className="button", title=title or text, **attributes({"data-talk": name}))


def _missing(step: Shown, tr: Translator) -> list[Component]:
    if not step.missing:
        return []
    told = tr("Not in these data, so the view shows what is left: {ids}.", ids=", ".join(step.missing))
    return [html.P(told, className="talk-missing")]


def cards(atlas: Atlas, steps: Sequence[Shown], tr: Translator) -> list[Component]:
    """The steps in their order, each with its view and what can be done with it."""
    return [
        html.Li(
            _card(atlas, step, len(steps), tr), className="talk-card", **attributes({"data-number": str(step.number)})
        )
        for step in steps
    ]


def _card(atlas: Atlas, step: Shown, total: int, tr: Translator) -> list[Component]:
    start = tr("Present from step {n}", n=tr.number(step.number))
    return [
        html.P(tr.number(step.number), className="talk-card-number"),
        html.Div(
            [
                html.H3(step.title),
                html.P(step.text),
                *_missing(step, tr),
                html.P(filter_sentence(atlas, step.selection, tr), className="hint"),
                html.Div(
                    [
                        html.A(
                            start, href=step.step_link, className="button", **attributes({"data-step": step.step_link})
                        ),
                        html.A(
                            tr("Open the view"),
                            href=step.state,
                            className="button quiet talk-open",
                            **attributes({"data-step": step.state}),
                        ),
                        _edit("up", "↑", tr("Step {n} up", n=tr.number(step.number)), off=step.number == 1),
                        _edit("down", "↓", tr("Step {n} down", n=tr.number(step.number)), off=step.number == total),
                        _edit("delete", tr("Delete"), tr("Delete step {n}", n=tr.number(step.number))),
                    ],
                    className="talk-card-ways",
                ),
                _form(step, tr),
            ],
            className="talk-card-body",
        ),
    ]


def _edit(name: str, text: str, label: str, *, off: bool = False) -> html.Button:
    told = attributes({"data-edit": name, "aria-label": label})
    return html.Button(text, className="button quiet", disabled=off, title=label, **told)


def _form(step: Shown, tr: Translator) -> html.Details:
    """Title, text and notes to be changed in the reader's language; the script saves them (``data-edit``)."""
    return html.Details(
        [
            html.Summary(tr("Edit and read the notes"), className="button quiet"),
            html.Div(
                [
                    dmc.TextInput(label=tr("Title"), value=step.title, name="title"),
                    dmc.Textarea(label=tr("Text"), value=step.text, name="text", autosize=True, minRows=2),
                    dmc.Textarea(label=tr("Notes for the speaker"), value=step.notes, name="notes", autosize=True),
                    html.Div(
                        html.Button(tr("Keep the changes"), className="button", **attributes({"data-edit": "save"}))
                    ),
                ],
                className="talk-form",
            ),
        ],
        # what the fields held, with figures filled in: what was not touched keeps its placeholders
        **attributes({"data-title": step.title, "data-text": step.text, "data-notes": step.notes}),
    )


def fault_list(faults: Sequence[Fault], tr: Translator) -> list[Component]:
    """What is wrong with a file that was to be loaded; the talk on screen stays."""
    if not faults:
        return []
    told = [fault.sentence() for fault in faults[:10]]
    return [
        html.P(tr("This file is no story that can be shown. Nothing was changed.")),
        html.Ul([html.Li(said(one, tr), **language(one, tr)) for one in told]),
    ]
