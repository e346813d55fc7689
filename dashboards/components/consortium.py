"""The parts of the page of consortia: choice of a field, what is lacking, the alternatives, members, ties."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from urllib.parse import quote

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.cited import actor_links, actor_names, cited
from dashboards.components.consortium_words import (
    covered,
    gap_sentences,
    lack_sentence,
    limits,
    members,
    notices,
    part_names,
    short_names,
    why,
)
from dashboards.components.links import profile_link, to
from dashboards.components.pair import project_item, tie_item
from dashboards.components.scenario import taking
from dashboards.components.words import sector_letters, sector_names
from dashboards.palette import SECTOR_SHAPES, field_variable
from dashboards.views import selected as rules
from dashboards.views.consortium import ALTERNATIVES, LARGEST, workers
from dashboards.views.scenarioquestions import joint_project
from ecosystem.model import Sector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.consortium import Asked, ConsortiumView, Lack
    from ecosystem.atlas import Atlas
    from ecosystem.consortium import Member, Proposal


def field_choice(atlas: Atlas, tr: Translator, unknown: str = "") -> html.Div:
    """Before anything is proposed: a button per field with the number of its actors."""
    counts = workers(atlas)
    buttons = [
        html.Button(
            [
                html.Span(className="swatch", style={"background": f"var({field_variable(number)})"}),
                html.Strong(tr.label(field.name), className="box-text"),
                html.Span(tr.plural("{n} actor", "{n} actors", counts[field.field_id]), className="count"),
            ],
            className="field-choice",
            **attributes({"data-set": f"fd={field.field_id}"}),
        )
        for number, field in enumerate(atlas.region.fields)
    ]
    lost = [html.P(tr("The data have no field “{field}”.", field=unknown), role="status")] if unknown else []
    return html.Div([*lost, html.H2(tr("For which field?")), html.Div(buttons, className="field-choices")])


def told(atlas: Atlas, view: ConsortiumView, tr: Translator) -> list[Component]:
    """What of the link could not be followed, what nobody is known for, what is lacking and how to change that."""
    parts: list[Component] = [html.P(text) for text in (*notices(atlas, view, tr), *gap_sentences(atlas, view, tr))]
    if view.one is None:
        parts.append(_nobody(view, tr))
    parts += [html.Div([html.P(lack_sentence(view, lack, tr)), *_ways(view, lack, tr)]) for lack in view.lacks]
    return [html.Div(parts, className="kons-told", role="status")] if parts else []


def _nobody(view: ConsortiumView, tr: Translator) -> html.Div:
    why_not = (
        tr("All actors that could stand in are left out.")
        if view.asked.banned
        else tr("The data know no actor of the region that works on the field or stands for a sector.")
    )
    back = [_button(tr("Take all back"), "ban=")] if view.asked.banned else []
    return html.Div([html.P(why_not), *back, _button(tr("Choose another field"), "fd=")])


def _button(text: str, patch: str) -> html.Button:
    return html.Button(text, className="button", **attributes({"data-set": patch}))


def _ways(view: ConsortiumView, lack: Lack, tr: Translator) -> list[Component]:
    """Buttons that change what is asked so that the lack goes."""
    wish = view.asked
    ways: list[Component] = []
    if lack.cause == "size":
        room = wish.size + sum(
            max(wish.cities - one.have, 0) if one.what == "cities" else 1 for one in view.lacks if one.cause == "size"
        )
        if room <= LARGEST:
            ways.append(_button(tr("Allow {n} members", n=tr.number(room)), f"sz={room}&alt="))
    if lack.cause == "banned":
        rest = [one for one in wish.banned if one not in lack.banned]
        ways.append(_button(tr("Take them back"), f"ban={_ids(rest)}&alt="))
    if lack.what == "cities":
        ways.append(
            _button(
                tr.plural("Ask for {n} city", "Ask for {n} cities", max(lack.have, 1)), f"k={max(lack.have, 1)}&alt="
            )
        )
    return ways


def _ids(ids: Iterable[str]) -> str:
    return ",".join(quote(one, safe="") for one in ids)


def cards(view: ConsortiumView, tr: Translator) -> list[Component]:
    """The alternatives, each with its parts as bars; the one on show is pressed."""
    made: list[Component] = [_card(view, number, one, tr) for number, one in enumerate(view.found.proposals, start=1)]
    if 0 < len(made) < ALTERNATIVES:
        made.append(html.P(tr("Other actors do not make a further proposal that asks for no less."), className="hint"))
    return made


def _card(view: ConsortiumView, number: int, one: Proposal, tr: Translator) -> html.Button:
    names = part_names(tr)
    bars = [
        html.Span(
            [
                html.Span(names[part], className="part-name"),
                html.Span(
                    html.Span(className="bar-fill", style={"width": f"{100 * value:.0f}%"}) if value > 0 else "",
                    className="part-bar",
                ),
                html.Span(tr.share(value), className="number"),
            ],
            className="part-row",
        )
        for part, value in one.parts.items()
        if part != "call" or not math.isnan(value)
    ]
    said = tr("{members}, {covered}", members=members(one, tr), covered=covered(view.found, one, tr))
    return html.Button(
        [
            html.Span(
                [html.Strong(tr("Proposal {n}", n=tr.number(number))), html.Span(said)], className="proposal-head"
            ),
            html.Span(bars, className="proposal-parts"),
        ],
        className="proposal",
        **attributes({"data-set": f"alt={number}", "aria-pressed": str(number == view.number).lower()}),
    )


def legend(atlas: Atlas, view: ConsortiumView, tr: Translator) -> list[Component]:
    """What colours and lines stand for, as far as they occur."""
    fields = [field.field_id for field in atlas.region.fields]
    names = short_names(atlas, tr)
    used = dict.fromkeys(brings(view, member) for member in (view.one.members if view.one else ()))
    colours = [
        html.Li(
            [
                html.Span(
                    className="swatch",
                    style={"background": f"var({field_variable(fields.index(field) if field else -1)})"},
                ),
                names.get(field, tr("no field known")),
            ]
        )
        for field in used
    ]
    kinds = {
        "solid": (tr("recorded tie"), any(link.ties for link in view.links)),
        "dashed": (tr("only a joint project"), any(link.projects and not link.ties for link in view.links)),
        "dotted": (tr("both tied to a third"), any(not (link.ties or link.projects) for link in view.links)),
    }
    lines = [html.Li([html.Span(className=f"line {kind}"), text]) for kind, (text, there) in kinds.items() if there]
    held = [html.Li([html.Span(className="shape held"), tr("held")])] if view.asked.pinned else []
    return [html.Ul([*colours, *lines, *held])]


def brings(view: ConsortiumView, member: Member) -> str:
    """The field a member is drawn in: the one asked for, else the related one it works on; empty for none."""
    return "" if member.basis == "none" else member.through or view.asked.field


def chips(atlas: Atlas, wish: Asked, tr: Translator) -> list[Component]:
    """Who is held and who is left out, each with a button that takes it back."""
    names = actor_names(atlas)
    rows = [
        ("pin", tr("Held:"), wish.pinned, tr("Let go: {name}")),
        ("ban", tr("Left out:"), wish.banned, tr("Allow again: {name}")),
    ]
    return [
        html.Div(
            [
                html.Span(lead, className="lead-word"),
                *(
                    html.Button(
                        [names[actor], html.Span("×", className="chip-cross")],
                        className="chip",
                        **attributes(
                            {"data-set": _without(key, ids, actor), "aria-label": label.format(name=names[actor])}
                        ),
                    )
                    for actor in ids
                ),
            ],
            className="kons-chips",
        )
        for key, lead, ids, label in rows
        if ids
    ]


def _without(key: str, ids: Iterable[str], actor: str) -> str:
    return f"{key}={_ids(one for one in ids if one != actor)}&alt="


def member_list(atlas: Atlas, view: ConsortiumView, tr: Translator) -> list[Component]:
    """The members one by one: who, why, from where it is known, and the buttons that hold it or leave it out."""
    if view.one is None:
        return []
    ids = [member.actor_id for member in view.one.members]
    network = f"{'/netz' if tr.language == 'de' else '/network'}?sel={rules.encode(atlas, ids)}"
    pairs = f"{'/abstimmung' if tr.language == 'de' else '/coordination'}?fd={view.asked.field}"
    return [
        html.H2(tr("Proposal {n}: who and why", n=tr.number(view.number)), id="kons-members-head", tabIndex=-1),
        html.Ol([_member(atlas, view, member, tr) for member in view.one.members], className="flat kons-members"),
        html.Div(
            [
                to(network, tr("Show in the network"), class_name="button"),
                to(pairs, tr("Pairs of cities on this field"), class_name="button"),
                *_assume(atlas, view, ids, tr),
            ],
            className="actions",
        ),
        *(html.P(text, className="limits") for text in limits(view, tr)),
    ]


def _assume(atlas: Atlas, view: ConsortiumView, ids: list[str], tr: Translator) -> list[Component]:
    """The way to see what would change if the members worked together."""
    if len(ids) < 2:
        return []
    title = tr("Consortium on {field}", field=short_names(atlas, tr)[view.asked.field])
    step = joint_project(title, view.asked.field, ids, call=view.asked.call)
    return [taking(atlas, (step,), tr("Take into the scenario"), tr)]


def _member(atlas: Atlas, view: ConsortiumView, member: Member, tr: Translator) -> html.Li:
    sector = Sector(member.sector)
    letter = sector_letters(tr)[list(Sector).index(sector)]
    return html.Li(
        [
            html.Div(
                [
                    html.Span(
                        letter, className=f"shape shape-{SECTOR_SHAPES[sector]}", **attributes({"aria-hidden": "true"})
                    ),
                    html.Strong(profile_link("actor", member.actor_id, member.name, tr), className="member-name"),
                ],
                className="member-head",
            ),
            html.Div(f"{sector_names(tr)[sector]} · {member.place}", className="evidence-text"),
            html.P(why(atlas, view, member, tr)),
            cited(atlas, member.sources, tr) if member.basis != "none" else "",
            html.Div(_steer(view.asked, member, tr), className="member-acts"),
        ],
        id=f"member-{member.actor_id}",
        key=member.actor_id,
        tabIndex=-1,
        className="kons-member held" if member.pinned else "kons-member",
    )


def _steer(wish: Asked, member: Member, tr: Translator) -> list[html.Button]:
    """Hold or let go, leave out."""
    actor, name = member.actor_id, member.name
    pins = _ids([*wish.pinned, actor])
    hold = (
        (tr("Let go"), tr("Let go: {name}", name=name), _without("pin", wish.pinned, actor))
        if member.pinned
        else (tr("Hold"), tr("Hold: {name}", name=name), f"pin={pins}&alt=")
    )
    rest = _ids(one for one in wish.pinned if one != actor)
    out = (tr("Leave out"), tr("Leave out: {name}", name=name), f"ban={_ids([*wish.banned, actor])}&pin={rest}&alt=")
    return [
        html.Button(
            text,
            className="button kons-act",
            **attributes({"data-set": patch, "aria-label": label, "data-act": act, "data-actor": actor}),
        )
        for act, (text, label, patch) in (("hold", hold), ("out", out))
    ]


def ties(atlas: Atlas, view: ConsortiumView, tr: Translator) -> list[Component]:
    """Every recorded tie and joint project of the members, with evidence and sources."""
    one, names = view.one, actor_names(atlas)
    if one is None or not (one.ties or one.projects):
        return [html.P(tr("No tie is recorded here; that does not mean that there is none."), className="hint")]
    recorded = [
        html.H3(tr.plural("{n} recorded tie", "{n} recorded ties", len(one.ties))),
        html.Ul([tie_item(atlas, tie, names, tr) for tie in one.ties], className="ties"),
    ]
    joint = [
        html.H3(tr.plural("{n} joint project", "{n} joint projects", len(one.projects))),
        html.Ul([project_item(atlas, project, names, tr) for project in one.projects], className="ties"),
    ]
    return [*(recorded if one.ties else []), *(joint if one.projects else [])]


def bridges(atlas: Atlas, view: ConsortiumView, tr: Translator) -> list[Component]:
    """Members without a recorded tie, and who is tied to both."""
    names = actor_names(atlas)
    rows = [
        html.Li(
            [
                html.Div([*actor_links([link.one], names, tr), " – ", *actor_links([link.other], names, tr)]),
                html.Div(
                    [html.Span(tr("Both tied to"), className="lead-word"), *actor_links(link.through, names, tr)],
                    className="evidence-text",
                ),
                cited(atlas, link.sources, tr),
            ]
        )
        for link in view.links
        if not (link.ties or link.projects)
    ]
    if not rows:
        return [html.P(tr("No two members without a tie have a partner in common."), className="hint")]
    return [html.Ul(rows, className="ties")]
