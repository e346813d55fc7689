"""What stands beside the canvas: the way between two actors, brokers, uncertain members, a cell, ties between cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.block import menu
from dashboards.components.words import relation_phrase, sector_letters, sector_names
from dashboards.views.stability import RUNS, SHAKY
from dashboards.views.steps import step
from ecosystem.model import Sector

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.brokers import Broker
    from dashboards.views.cellcard import Between, CellCard
    from dashboards.views.network import Network
    from dashboards.views.profile import Source
    from dashboards.views.reach import Way
    from dashboards.views.steps import Step
    from ecosystem.atlas import Atlas

MOST = 12
MOST_PAIRS = 40


def link(actor_id: str, name: str) -> html.Button:
    """An actor's name that opens its card."""
    return html.Button(name, className="link", **attributes({"data-set": f"focus=actor:{actor_id}"}))


def head(title: str, keys: str, label: str) -> html.Div:
    """A heading with the cross that closes what is below."""
    close = html.Button("×", className="button quiet", **attributes({"data-set": keys, "aria-label": label}))
    return html.Div([html.H2(title), close], className="drawer-head")


def way_text(atlas: Atlas, found: Way, tr: Translator) -> html.Section:
    """A way as text: every step with its evidence; or why there is none."""
    start, goal = found.ends
    title = tr("Way between two actors")
    close = head(title, "way=", tr("Forget the way"))
    if found.problem:
        return html.Section([close, html.P(_problem(found, tr), className="nothing-here")], className="group-panel")
    steps = tr.plural("{n} step", "{n} steps", found.steps)
    others = (
        tr("It is the only shortest way.")
        if found.ways == 1
        else tr("It is one of {n} shortest ways.", n=tr.number(found.ways))
    )
    told = tr("From {start} to {goal} in {steps}.", start=start, goal=goal, steps=steps)
    rows = [_step(step(atlas, one, other), tr) for one, other in zip(found.actors, found.actors[1:], strict=False)]
    return html.Section(
        [close, html.P(f"{told} {others}"), html.Ol(rows, className="ties way-steps")], className="group-panel"
    )


def _problem(found: Way, tr: Translator) -> str:
    start, goal = found.ends
    who = tr.joined(f"“{name}”" for name in found.culprits)
    return {
        "incomplete": tr("Choose both ends of the way, under “More”."),
        "unknown": tr("These data have no actor {who}.", who=who),
        "hidden": tr("The filters hide {who}; without them there may be a way.", who=who),
        "same": tr("Both ends are the same actor."),
        "none": tr("There is no way from {start} to {goal} among the ties shown.", start=start, goal=goal),
    }[found.problem]


def _step(one: Step, tr: Translator) -> html.Li:
    ties = [
        html.Li(
            [
                relation_phrase(tie.relation, tie.outgoing, tr) + " ",
                html.Strong(one.other_name),
                html.Div(tie.evidence, className="evidence-text", lang="en"),
                _sources(tie.sources, tr),
            ]
        )
        for tie in one.ties
    ]
    projects = [
        html.Li(
            [
                tr("joint project:") + " ",
                html.Strong(project.title, lang="de"),
                f" ({project.year})" if project.year else "",
                _sources(project.sources, tr),
            ]
        )
        for project in one.projects
    ]
    more = one.more_projects
    rest = [html.Li(tr.plural("and {n} more joint project", "and {n} more joint projects", more))] if more else []
    return html.Li(
        [link(one.actor_id, one.name), " – ", link(one.other_id, one.other_name), html.Ul([*ties, *projects, *rest])]
    )


def _sources(found: tuple[Source, ...], tr: Translator) -> html.Div:
    rows = [
        html.Div(
            [
                html.Span(tr("Source"), className="lead-word"),
                html.A(
                    one.title or one.publisher,
                    href=one.url,
                    target="_blank",
                    rel="noopener noreferrer",
                    className="outgoing",
                )
                if one.url
                else one.title,
            ],
            className="source",
        )
        for one in found
    ]
    return html.Div(rows or tr("no source"), className="sources")


def role_names(tr: Translator) -> dict[str, str]:
    """Roles of brokers."""
    return {
        "coordinator": tr("within its own group"),
        "consultant": tr("between members of another group"),
        "gatekeeper": tr("from its own group to others"),
        "liaison": tr("between two other groups"),
    }


def broker_list(atlas: Atlas, view: Network, tr: Translator) -> list[Component]:
    """Who stands between others, by betweenness, and by which rule."""
    if view.brokers is None or not view.brokers.possible:
        return []
    shown = [one for one in view.brokers.items if view.left.actors[one.actor]]
    standing = sum(bool(one.role) for one in shown)
    cutting = sum(one.articulation for one in shown)
    title = tr(
        "{brokers} and {cutting}",
        brokers=tr.plural("{n} broker", "{n} brokers", standing),
        cutting=tr.plural("{n} articulation actor", "{n} articulation actors", cutting),
    )
    rule = tr(
        "Brokers (solid ring) stand between cities or between sectors more often than random assignment gives: z > 2 "
        "and at least 5 times in one role, from recorded ties. Without an articulation actor (dotted ring) the network "
        "falls into more pieces. By betweenness; the file holds all."
    )
    rows = [html.Li([link(*_who(atlas, one.actor)), " ", html.Small(_role(one, tr))]) for one in shown[:MOST]]
    return [
        html.Section(
            [
                head(title, "br=0", tr("Do not mark brokers")),
                html.P(rule, className="hint"),
                menu(tr, sheet="network/brokers", measure="brokerage"),
                html.Ol(rows) if rows else html.P(tr("Nobody among the actors shown stands out so.")),
            ],
            className="group-panel",
        )
    ]


def _who(atlas: Atlas, at: int) -> tuple[str, str]:
    row = atlas.tables.actors.iloc[at]
    return str(row["actor_id"]), str(row["name"])


def _role(one: Broker, tr: Translator) -> str:
    parts = []
    if one.role:
        where = tr("cities") if one.between == "cities" else tr("sectors")
        parts.append(
            tr("{where}: {role}, {n} times", where=where, role=role_names(tr)[one.role], n=tr.number(one.count))
        )
    if one.articulation:
        parts.append(tr("articulation"))
    return "; ".join(parts)


def border_list(atlas: Atlas, view: Network, tr: Translator) -> list[Component]:
    """Actors whose cluster is uncertain, the least certain first."""
    if view.stability is None or not view.stability.possible:
        return []
    value = view.stability.value
    shown = [at for at in value.argsort() if view.left.actors[at] and view.stability.shaky[at]]
    title = tr.plural("{n} uncertain cluster member", "{n} uncertain cluster members", len(shown))
    rule = tr(
        "Hatched: in {runs} searches with other seeds the actor was together with less than {share} of its cluster on "
        "average. Searched is the network of the whole region.",
        runs=tr.number(RUNS),
        share=tr.share(SHAKY),
    )
    rows = [html.Li([link(*_who(atlas, at)), " ", html.Small(tr.share(float(value[at])))]) for at in shown[:MOST]]
    return [
        html.Section(
            [
                head(title, "stab=0", tr("Do not mark uncertain members")),
                html.P(rule, className="hint"),
                menu(tr, sheet="network/stability", measure="communities"),
                html.Ol(rows) if rows else html.P(tr("All actors shown keep their cluster.")),
            ],
            className="group-panel",
        )
    ]


def cell_text(card: CellCard, names: Mapping[str, str], tr: Translator) -> html.Div:
    """A cell's card: sectors as a bar, ties inside, evidence, ties to other cells."""
    toggled = (
        _button(tr("Close the group"), f"open-={card.key}")
        if card.opened
        else _button(tr("Open the group"), f"open+={card.key}")
    )
    evidence = (
        tr(
            "{strong} of {ties}, {share}",
            strong=tr.number(card.strong),
            ties=tr.number(card.ties),
            share=tr.share(card.strong / card.ties),
        )
        if card.ties
        else tr("no recorded tie")
    )
    facts = [
        (tr("Actors"), tr.number(card.actors)),
        (tr("Linked pairs inside"), tr.number(card.inside)),
        (tr("Ties with a page or register behind them"), evidence),
    ]
    rows = [
        html.Li(
            [
                html.Button(
                    names.get(one.key, one.key),
                    className="link",
                    **attributes({"data-set": f"focus=tie:{card.key}~{one.key}"}),
                ),
                html.Small(" " + _kinds(one.pairs, one.direct, one.joint, tr)),
            ]
        )
        for one in card.partners[:MOST]
    ]
    return html.Div(
        [
            head(names.get(card.key, card.key), "focus=", tr("Close the details")),
            _bar(card.sectors, tr),
            html.Dl([part for name, value in facts for part in (html.Dt(name), html.Dd(value))], className="facts"),
            toggled,
            html.H3(tr("Linked with")),
            html.Ul(rows, className="ties") if rows else html.P(tr("No tie to another group is recorded here.")),
        ],
        className="drawer-body",
    )


def _kinds(pairs: int, direct: int, joint: int, tr: Translator) -> str:
    return tr(
        "{pairs}: {direct} recorded, {joint} with a joint project",
        pairs=tr.plural("{n} pair", "{n} pairs", pairs),
        direct=tr.number(direct),
        joint=tr.number(joint),
    )


def _button(text: str, change: str) -> html.Button:
    return html.Button(text, className="button", **attributes({"data-open": change}))


def _bar(sectors: tuple[int, ...], tr: Translator) -> html.Div:
    names, letters = sector_names(tr), sector_letters(tr)
    told = ", ".join(f"{names[sector]} {tr.number(n)}" for sector, n in zip(Sector, sectors, strict=True) if n)
    parts = [
        html.Span(letters[at], className=f"part part-{at}", style={"flexGrow": n}) for at, n in enumerate(sectors) if n
    ]
    return html.Div(
        [html.Div(parts, className="mix", role="img", **attributes({"aria-label": told})), html.Small(told)]
    )


def between_text(atlas: Atlas, found: Between, names: Mapping[str, str], tr: Translator) -> html.Div:
    """The pairs behind a bundle of ties."""
    one, other = (names.get(key, key) for key in found.keys)
    pairs = found.pairs
    actors = atlas.tables.actors
    ids, called = actors["actor_id"].to_numpy(), actors["name"].to_numpy()
    rows = [
        html.Li(
            [
                link(ids[i], called[i]),
                " – ",
                link(ids[j], called[j]),
                html.Small(" " + _pair(int(direct), int(joint), tr)),
            ]
        )
        for i, j, direct, joint in zip(pairs.i[:MOST_PAIRS], pairs.j, pairs.direct, pairs.joint, strict=False)
    ]
    rest = len(pairs) - len(rows)
    more = (
        [html.P(tr.plural("and {n} more pair; the table holds all", "and {n} more pairs; the table holds all", rest))]
        if rest
        else []
    )
    return html.Div(
        [
            head(tr("{one} – {other}", one=one, other=other), "focus=", tr("Close the details")),
            html.P(tr.plural("{n} linked pair", "{n} linked pairs", len(pairs))),
            html.Ul(rows, className="ties") if rows else html.P(tr("No tie to another group is recorded here.")),
            *more,
        ],
        className="drawer-body",
    )


def _pair(direct: int, joint: int, tr: Translator) -> str:
    parts = [
        tr.plural("{n} recorded tie", "{n} recorded ties", direct) if direct else "",
        tr.plural("{n} joint project", "{n} joint projects", joint) if joint else "",
    ]
    return ", ".join(part for part in parts if part)
