"""Every key the app listens to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator

Row = tuple[tuple[str, ...], str]


def keyboard(tr: Translator) -> list[Component]:
    """Tables of keys, one for each part of the app."""
    told: list[Component] = []
    for heading, rows in (
        (tr("Everywhere"), _everywhere(tr)),
        (tr("Network picture (once it has the focus)"), _network(tr)),
        (tr("Story"), _story(tr)),
    ):
        told += [html.H3(heading), _table(rows, tr)]
    return told


def _table(rows: list[Row], tr: Translator) -> html.Table:
    body = []
    for keys, effect in rows:
        told: list[Component | str] = []
        for number, key in enumerate(keys):
            told += [*([" " + tr("or") + " "] if number else []), html.Kbd(key)]
        body.append(html.Tr([html.Th(told, scope="row"), html.Td(effect)]))
    head = html.Thead(html.Tr([html.Th(tr("Key"), scope="col"), html.Th(tr("Effect"), scope="col")]))
    return html.Table([head, html.Tbody(body)], className="keys")


def _everywhere(tr: Translator) -> list[Row]:
    return [
        ((tr("Tab"), tr("Shift + Tab")), tr("Next or previous control; the first three lead past the bar.")),
        ((tr("Enter"), tr("Space")), tr("Follow a link, press a button, tick a box.")),
        (("← →", "↑ ↓"), tr("Another choice of a group, another cell of a table, another value of a slider.")),
        ((tr("Ctrl + K"),), tr("Search.")),
        ((tr("Esc"),), tr("Close a menu, the filters or a list, and go back to where it was opened.")),
        ((tr("Alt + ←"),), tr("Back: every filter and every choice is a step of its own.")),
    ]


def _network(tr: Translator) -> list[Row]:
    return [
        (("← → ↑ ↓",), tr("Move the picture.")),
        (("+", "−", "0"), tr("Larger, smaller, the whole.")),
        (("N", "P"), tr("Next or previous item, the most tied first; with Shift among the neighbours.")),
        ((tr("Space"),), tr("Select the item or take it out of the selection.")),
        ((tr("Enter"), tr("Backspace")), tr("Open the item; one step back.")),
        ((tr("Alt + arrows"),), tr("Move the item.")),
        (("?",), tr("Help on the keys.")),
        ((tr("Esc"),), tr("Take back the selection, then leave the picture.")),
    ]


def _story(tr: Translator) -> list[Row]:
    return [
        (("→", tr("Page down")), tr("Next step.")),
        (("←", tr("Page up")), tr("Previous step.")),
        ((tr("Esc"),), tr("Leave the talk.")),
    ]
