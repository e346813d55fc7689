"""What must be said about the picture: how much of it is drawn, what was left out, what was not tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.views.chance import ALPHA
from dashboards.views.detail import MOST_ACTORS

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.state import Selection
    from dashboards.views.chance import Validation
    from dashboards.views.network import Network


def notes(view: Network, selection: Selection, tr: Translator) -> list[Component]:
    """Sentences in the order of their weight, each with the way on where there is one."""
    told = [
        *_level(view, tr),
        *_bundles(view, tr),
        *_ego(view, tr),
        *(_chance(view.left.tested, selection.validated, tr) if view.left.tested else []),
        *_standing(view, tr),
    ]
    return [html.P(one, className="note") for one in told]


def _button(text: str, keys: str) -> html.Button:
    return html.Button(text, className="link", **attributes({"data-set": keys}))


def _level(view: Network, tr: Translator) -> list[list[Component | str]]:
    detail = view.detail
    if detail.drawn < detail.total:
        text = tr(
            "{drawn} of {total} drawn, the table is complete.",
            drawn=tr.number(detail.drawn),
            total=tr.number(detail.total),
        )
        anyway: list[Component | str] = [text]
        if detail.level == "actor" and detail.drawn == MOST_ACTORS:
            seconds = tr.plural("about {n} second", "about {n} seconds", detail.seconds)
            anyway += [" ", _button(tr("Draw all the same ({seconds})", seconds=seconds), "lvl=all")]
        return [anyway]
    if detail.level == "actor" or not view.actors:
        return []
    if not detail.total:
        empty = tr("No actor here states a field and lies in the region, so this level is empty.")
        return [[empty, " ", _button(tr("Show the actors"), "lvl=actor")]]
    what = {
        "cell": tr.plural(
            "{n} group of actors by city and field", "{n} groups of actors by city and field", detail.drawn
        ),
        "place": tr.plural("{n} group of actors by city", "{n} groups of actors by city", detail.drawn),
        "field": tr.plural("{n} group of actors by field", "{n} groups of actors by field", detail.drawn),
    }[detail.level]
    told: list[Component | str] = [tr("{groups}; double click opens one.", groups=what)]
    if detail.automatic:
        told += [" ", _button(tr("Show the actors"), "lvl=actor")]
    out = tr.plural(
        "{n} actor without a field or outside the region is in none.",
        "{n} actors without a field or outside the region are in none.",
        detail.left_out,
    )
    return [told, [out]] if detail.left_out else [told]


def _bundles(view: Network, tr: Translator) -> list[list[Component | str]]:
    detail = view.detail
    if detail.pairs_drawn >= detail.pairs or detail.drawn < 2:
        return []
    if detail.level == "actor":
        if detail.drawn < detail.total:
            return []
        return [
            [
                tr(
                    "{drawn} of {total} linked pairs drawn, the heaviest ones.",
                    drawn=tr.number(detail.pairs_drawn),
                    total=tr.number(detail.pairs),
                )
            ]
        ]
    lines = tr.plural(
        "Lines stand for {n} linked pair or more; the table holds all {total} ties between groups.",
        "Lines stand for {n} linked pairs or more; the table holds all {total} ties between groups.",
        detail.least,
        total=tr.number(detail.pairs),
    )
    return [[lines]]


def _ego(view: Network, tr: Translator) -> list[list[Component | str]]:
    if view.ego is None:
        return []
    off = _button(tr("Show everything again"), "ego=0")
    if view.ego.actors is None:
        none = tr("The neighbourhood needs a selection that is shown: choose an actor or a group first.")
        return [[none, " ", off]]
    who = (
        view.ego.name
        if view.ego.centre == 1
        else tr.plural("{n} selected actor", "{n} selected actors", view.ego.centre)
    )
    steps = tr.plural("{n} step", "{n} steps", view.ego.steps)
    return [[tr("Neighbourhood of {who}, up to {steps}.", who=who, steps=steps), " ", off]]


def _chance(tested: Validation, by: str, tr: Translator) -> list[list[Component | str]]:
    back = _button(tr("Show all joint projects"), "val=0")
    if not tested.possible:
        many = tr(
            "{n} actors with joint projects are too many to test here; all joint projects are shown.",
            n=tr.number(tested.actors),
        )
        return [[many, " ", back]]
    if not len(tested.p):
        return [[tr("There is no joint project to test here."), " ", back]]
    counts = tested.stand_out
    level = tr.share(ALPHA)
    stays = tr(
        "Of {shared} pairs with joint projects {stay} stand out from chance ({by} ≤ {level}).",
        shared=tr.number(len(tested.p)),
        stay=tr.number(counts[by]) if counts[by] else tr("none"),
        by=by,
        level=level,
    )
    how = (
        tr(
            "q is p corrected for testing {tested} pairs; without the correction {n} would stand out.",
            tested=tr.number(tested.tested),
            n=tr.number(counts["p"]),
        )
        if by == "q"
        else tr(
            "p is not corrected for testing {tested} pairs; with the correction {n} would stand out.",
            tested=tr.number(tested.tested),
            n=tr.number(counts["q"]),
        )
    )
    model = tr(
        "Null model SDSM: {actors} actors × {projects} joint projects. Recorded ties are not tested and stay.",
        actors=tr.number(tested.actors),
        projects=tr.number(tested.projects),
    )
    return [[stays, " ", how, " ", model, " ", back]]


def _standing(view: Network, tr: Translator) -> list[list[Component | str]]:
    told: list[list[Component | str]] = []
    if view.brokers is not None and not view.brokers.possible:
        told.append(
            [tr("This region has too many actors to find brokers here; “ecosystem measure brokerage” does it.")]
        )
    if view.stability is not None and not view.stability.possible:
        told.append([tr("This network has too many ties to search its clusters again and again here.")])
    marked = view.brokers is not None or view.stability is not None
    if marked and view.detail.level != "actor":
        told.append([tr("Marks stand at single actors."), " ", _button(tr("Show the actors"), "lvl=actor")])
    return told
