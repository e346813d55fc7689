"""One pair of places in all that is known: the card beside the picture and the sections below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components.attributes import attributes
from dashboards.components.cited import actor_links, actor_names, cited
from dashboards.components.coordination import against_chance, quadrant_names, readings
from dashboards.components.links import profile_link, to
from dashboards.components.reasons import support_words
from dashboards.components.scenario import taking
from dashboards.components.words import relation_phrase
from dashboards.views.coordination import PARALLEL
from dashboards.views.scenarioquestions import cooperation
from ecosystem.model import Relation

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.coordination import Pair
    from dashboards.views.pair import Bridge, FieldRow, PairView, Parallel, Side
    from ecosystem.atlas import Atlas
    from ecosystem.tied import RecordedTie, SharedProject

MOST_TIES = 40
MOST_NAMES = 4
MOST_TITLES = 4


def card(view: PairView, split_y: int, tr: Translator) -> html.Div:
    """The pair in figures."""
    pair = view.pair
    facts = [
        (tr("Profile overlap"), tr.share(pair.overlap, 0)),
        (
            tr("Recorded"),
            tr(
                "{ties}, {projects}",
                ties=tr.plural("{n} tie", "{n} ties", pair.direct),
                projects=tr.plural("{n} joint project", "{n} joint projects", pair.projects),
            ),
        ),
        (tr("By chance one would expect"), tr("{n} ties", n=tr.number(pair.expected, 1))),
        (tr("Against chance"), against_chance(pair, tr)),
        (tr("Rests on"), _counts(pair, tr)),
    ]
    return html.Div(
        [
            html.Div(
                [
                    html.H2([_place(pair.place, pair.name, tr), " – ", _place(pair.partner, pair.partner_name, tr)]),
                    html.Button(
                        "×",
                        className="button quiet",
                        **attributes({"data-set": "pair=", "aria-label": tr("Close the pair")}),
                    ),
                ],
                className="drawer-head",
            ),
            html.P(_verdict(pair, split_y, tr), className="finding"),
            html.Dl([part for name, value in facts for part in (html.Dt(name), html.Dd(value))]),
            *_weak(pair, tr),
            html.Div(
                [
                    html.A(tr("Ties, projects and partners below"), href="#pair-details", className="button"),
                    to(_network(tr), tr("Show in the network"), class_name="button"),
                ],
                className="actions",
            ),
        ],
        className="pair-card",
    )


def _network(tr: Translator) -> str:
    return "/netz" if tr.language == "de" else "/network"


def _counts(pair: Pair, tr: Translator) -> str:
    return tr(
        "{a}: {n}, {b}: {m} memberships of actors in fields",
        a=pair.name,
        n=tr.number(pair.n),
        b=pair.partner_name,
        m=tr.number(pair.n_partner),
    )


def _place(key: str, name: str, tr: Translator) -> html.A:
    return profile_link("place", key, name, tr)


def _verdict(pair: Pair, split_y: int, tr: Translator) -> str:
    if not pair.quadrant:
        return tr("This pair cannot be compared: in one of the places no actor with a field is known.")
    name = quadrant_names(split_y, tr)[pair.quadrant]
    told = tr("{quadrant}: {reading}", quadrant=name, reading=readings(tr)[pair.quadrant])
    return tr("Point to check – {text}", text=told) if pair.quadrant == PARALLEL else told


def _weak(pair: Pair, tr: Translator) -> list[Component]:
    if not pair.few:
        return []
    return [html.P(tr("Few actors in one of the places: one more actor can change the picture."), className="hint")]


def profiles(atlas: Atlas, view: PairView, tr: Translator) -> Component:
    """Both profiles side by side: bars to the left and to the right of the fields."""
    names = {field.field_id: tr.label(field.short) for field in atlas.region.fields}
    top = max([side.share for row in view.fields for side in (row.here, row.there) if side.n], default=1.0)
    head = html.Thead(
        html.Tr([html.Th(text, scope="col") for text in (view.pair.name, tr("Field"), view.pair.partner_name)])
    )
    rows = [
        html.Tr(
            [
                html.Td(_bar(row.here, top, tr), className="left"),
                html.Th([names[row.field], html.Small(shared(row, view.pair, tr))], scope="row"),
                html.Td(_bar(row.there, top, tr), className="right"),
            ]
        )
        for row in view.fields
    ]
    return html.Table([head, html.Tbody(rows)], className="butterfly")


def shared(row: FieldRow, pair: Pair, tr: Translator) -> str:
    """Who has the field."""
    if row.here.n and row.there.n:
        return tr("in both")
    if row.here.n or row.there.n:
        return tr("only in {place}", place=pair.name if row.here.n else pair.partner_name)
    return tr("in neither")


def _bar(side: Side, top: float, tr: Translator) -> list[Component]:
    told = f"{tr.share(side.share, 0)} ({tr.number(side.n)})"
    width = 100 * side.share / top if side.n and top > 0 else 0
    state = support_words(tr)[side.state]
    fill = html.Span(className="fill-bar", style={"width": f"{width:.1f}%"})
    return [html.Span(fill, className="bar-room"), html.Span(told, className="bar-number"), html.Small(state)]


def ties(atlas: Atlas, view: PairView, tr: Translator) -> list[Component]:
    """Every recorded tie between the two places with its evidence."""
    if not view.ties:
        return [html.P(tr("No tie is recorded here; that does not mean that there is none."), className="hint")]
    names = actor_names(atlas)
    rest = len(view.ties) - MOST_TIES
    more = [html.P(tr("{n} more stand in the table.", n=tr.number(rest)), className="hint")] if rest > 0 else []
    return [html.Ul([tie_item(atlas, tie, names, tr) for tie in view.ties[:MOST_TIES]], className="ties"), *more]


def tie_item(atlas: Atlas, tie: RecordedTie, names: dict[str, str], tr: Translator) -> html.Li:
    """A recorded tie with its evidence and sources."""
    phrase = relation_phrase(tie.relation, True if Relation(tie.relation).directed else None, tr)
    since = html.Small(" " + tr("since {year}", year=tie.since)) if tie.since else ""
    ends = [profile_link("actor", one, names[one], tr) for one in (tie.source, tie.target)]
    return html.Li(
        [
            html.Div([ends[0], f" {phrase} ", ends[1], since]),
            html.Div(tie.evidence, className="evidence-text", lang="en"),
            cited(atlas, tie.sources, tr),
        ]
    )


def bridges(atlas: Atlas, view: PairView, tr: Translator) -> list[Component]:
    """Actors of other places with ties into both."""
    if not view.bridges:
        return [html.P(tr("No actor elsewhere has recorded ties into both places."), className="hint")]
    names = actor_names(atlas)
    return [html.Ul([_bridge(atlas, one, view.pair, names, tr) for one in view.bridges], className="ties")]


def _bridge(atlas: Atlas, one: Bridge, pair: Pair, names: dict[str, str], tr: Translator) -> html.Li:
    return html.Li(
        [
            profile_link("actor", one.actor_id, names[one.actor_id], tr),
            _side(pair.name, one.here, names, tr),
            _side(pair.partner_name, one.there, names, tr),
            cited(atlas, one.sources, tr),
        ]
    )


def _side(place: str, ids: tuple[str, ...], names: dict[str, str], tr: Translator) -> html.Div:
    rest = len(ids) - MOST_NAMES
    more = " " + tr.plural("and {n} more", "and {n} more", rest) if rest > 0 else ""
    return html.Div(
        [
            html.Span(tr("{place}:", place=place), className="lead-word"),
            *actor_links(ids[:MOST_NAMES], names, tr),
            more,
        ],
        className="evidence-text",
    )


def projects(atlas: Atlas, view: PairView, tr: Translator) -> list[Component]:
    """Joint projects, and calls in which both places have projects of their own."""
    return [
        html.H3(tr("Joint projects")),
        *_joint(atlas, view, tr),
        html.H3(tr("Same call, no joint project")),
        *_lacking(view, tr),
        *_parallels(atlas, view, tr),
    ]


def _joint(atlas: Atlas, view: PairView, tr: Translator) -> list[Component]:
    if not view.projects:
        return [html.P(tr("No joint project is recorded."), className="hint")]
    names = actor_names(atlas)
    return [html.Ul([project_item(atlas, one, names, tr) for one in view.projects], className="ties")]


def project_item(atlas: Atlas, one: SharedProject, names: dict[str, str], tr: Translator) -> html.Li:
    """A joint project with who takes part and its sources."""
    told = " · ".join(part for part in (str(one.year or ""), one.programme, one.call) if part)
    return html.Li(
        [
            html.Strong(one.title, lang="de"),
            html.Div(told, className="evidence-text"),
            html.Div(actor_links(dict.fromkeys((*one.left, *one.right)), names, tr)),
            cited(atlas, one.sources, tr),
        ]
    )


def _lacking(view: PairView, tr: Translator) -> list[Component]:
    if not view.lacking:
        return []
    columns = tr.joined(f"“{name}”" for name in view.lacking)
    told = tr(
        "The data name no dated calls: {columns} of projects.csv is empty. Projects are then compared by programme "
        "and field.",
        columns=columns,
    )
    return [html.P(told, className="hint")]


def _parallels(atlas: Atlas, view: PairView, tr: Translator) -> list[Component]:
    if not view.parallel:
        told = tr("There is no call in which both places have projects and none in common.")
        return [html.P(told, className="hint")]
    records = project_records(atlas)
    return [html.Ul([_parallel(atlas, one, view.pair, records, tr) for one in view.parallel], className="ties")]


Records = dict[str, tuple[str, str, tuple[str, ...]]]


def project_records(atlas: Atlas) -> Records:
    """Project id → its title, year as text, source ids."""
    rows = atlas.tables.projects
    years = ["" if year != year else str(int(year)) for year in rows["year"].astype("float64")]  # noqa: PLR0124 -- NaN differs from itself
    return {
        str(key): (str(title), year, tuple(str(source).split("|")))
        for key, title, year, source in zip(rows["project_id"], rows["title"], years, rows["source_id"], strict=True)
    }


def parallel_name(atlas: Atlas, one: Parallel, tr: Translator) -> str:
    """The call, or the field of the programme where no call is stated."""
    if one.call:
        return tr("{programme}, call {call}", programme=one.programme, call=one.call)
    field = tr.label(atlas.region.field(one.field).short)
    return tr("{programme}, no call stated, field {field}", programme=one.programme, field=field)


def _parallel(atlas: Atlas, one: Parallel, pair: Pair, records: Records, tr: Translator) -> html.Li:
    sources = dict.fromkeys(source for key in (*one.here, *one.there) for source in records[key][2])
    return html.Li(
        [
            html.Strong(parallel_name(atlas, one, tr)),
            _titles(pair.name, one.here, records, tr),
            _titles(pair.partner_name, one.there, records, tr),
            cited(atlas, sources, tr),
        ]
    )


def _titles(place: str, keys: tuple[str, ...], records: Records, tr: Translator) -> html.Div:
    told = [f"{records[key][0]} ({records[key][1]})" if records[key][1] else records[key][0] for key in keys]
    counted = tr.plural("{n} project", "{n} projects", len(keys))
    lead = html.Span(tr("{place}, {projects}:", place=place, projects=counted), className="lead-word")
    first = html.Span("; ".join(told[:MOST_TITLES]), lang="de")
    rest = told[MOST_TITLES:]
    more = [
        html.Details(
            [html.Summary(tr.plural("{n} more", "{n} more", len(rest))), html.Span("; ".join(rest), lang="de")]
        )
    ]
    return html.Div([lead, first, *(more if rest else [])], className="evidence-text")


def candidates(atlas: Atlas, view: PairView, tr: Translator) -> list[Component]:
    """Who could be asked: fields one place could bring, and actors on the same field without a tie."""
    names = actor_names(atlas)
    fields = {field.field_id: tr.label(field.short) for field in atlas.region.fields}
    places = {view.pair.place: view.pair.name, view.pair.partner: view.pair.partner_name}
    givers = [
        html.Li(
            [
                html.Strong(fields[one.field]),
                html.Div(
                    tr(
                        "{giver} is specialised here, {receiver} is not.",
                        giver=places[one.giver],
                        receiver=places[one.receiver],
                    )
                ),
                html.Div(actor_links(one.actors, names, tr), className="evidence-text"),
            ]
        )
        for one in view.givers
    ]
    untied = [
        html.Li(
            [
                html.Div([*actor_links([one.here], names, tr), " – ", *actor_links([one.there], names, tr)]),
                html.Div(
                    tr(
                        "both on {fields}; {common}",
                        fields=tr.joined(fields[field] for field in one.fields),
                        common=tr.plural("{n} partner in common", "{n} partners in common", one.common),
                    ),
                    className="evidence-text",
                ),
                taking(
                    atlas,
                    (cooperation(one.here, one.there),),
                    tr("Take into the scenario"),
                    tr,
                    label=tr("Take into the scenario: {one} – {other}", one=names[one.here], other=names[one.there]),
                ),
            ]
        )
        for one in view.untied
    ]
    return [
        html.H3(tr("A field the other place could bring")),
        html.Ul(givers, className="ties")
        if givers
        else html.P(
            tr("Neither place is specialised, with enough actors, in a field the other has little of."),
            className="hint",
        ),
        html.H3(tr("On the same field, no recorded tie")),
        html.Ul(untied, className="ties")
        if untied
        else html.P(tr("No two actors on the same field are without a recorded tie."), className="hint"),
        to(
            _consortium(view, tr),
            tr("Propose a consortium"),
            class_name="button",
        ),
    ]


def _consortium(view: PairView, tr: Translator) -> str:
    """The other page, for the field both places have most of."""
    both = {row.field: min(row.here.share, row.there.share) for row in view.fields if row.here.n and row.there.n}
    best = view.field or max(both, key=lambda field: both[field], default="")
    path = "/konsortium" if tr.language == "de" else "/consortium"
    return f"{path}?fd={best}" if best else path
