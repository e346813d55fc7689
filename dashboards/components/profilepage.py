"""The sections of a profile, and what stands where there is no profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboards.components import profilerelations as relations
from dashboards.components import profilesheets as sheets
from dashboards.components.attributes import attributes
from dashboards.components.block import block
from dashboards.components.caption import caption
from dashboards.components.drawer import facts, projects, sources, ties
from dashboards.components.links import profile_link, to
from dashboards.components.search import kind_names, path_of, search_button, whole_index
from dashboards.components.sheettable import sheet_table
from dashboards.components.subjects import asked, kind_word
from dashboards.components.words import sector_names
from dashboards.state import FILTERS, Selection
from dashboards.views.portrait import portrait
from dashboards.views.profile import profile
from dashboards.views.search import nearest
from dashboards.views.sheet import Sheet
from dashboards.views.units import units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboards.language import Translator
    from dashboards.views.subject import Subject
    from ecosystem.atlas import Atlas

ROWS = 12
MEMBERS = 60


def head(one: Subject, name: str, tr: Translator) -> html.Div:
    """Name, kind, and what can be done with a profile."""
    network = "/netz" if tr.language == "de" else "/network"
    return html.Div(
        [
            html.Div([html.Span(kind_word(one.kind, tr), className="kind"), html.H1(name)], className="profile-name"),
            html.Div(
                [
                    to(f"{network}?sel={one.rule}", tr("Show in the network"), class_name="button"),
                    html.Button(tr("Print"), className="button", **attributes({"data-print": "1"})),
                ],
                className="profile-tools",
            ),
        ],
        className="profile-head",
    )


def summary(told: Sequence[str], selection: Selection, tr: Translator) -> html.Div:
    """The sentences, and how to take them."""
    hedge = tr("Collected, not sampled: that an actor or a tie is missing here does not mean that there is none.")
    filtered = any(key.partition("=")[0] in FILTERS for key in selection.to_query().split("&"))
    whole = tr("A profile shows the whole region's data; the filters of this link do not apply here.")
    return html.Div(
        [
            html.P(" ".join(told), className="finding"),
            html.P(hedge, className="hint"),
            *([html.P(whole, className="hint")] if filtered else []),
        ],
        className="profile-summary",
    )


def composition(atlas: Atlas, one: Subject, selection: Selection, tr: Translator) -> list[Component]:
    """Fields, sectors and places."""
    judged = one.kind in {"place", "field"}
    nowhere = tr("No actor inside the region.")
    parts: list[Component] = [
        block(
            tr("Fields"),
            sheet_table(sheets.fields(atlas, selection, tr), tr, bar="count"),
            tr,
            sheet="profile/fields",
            measure="specialisation",
            hint=tr("Location quotient: share of the field here ÷ share in the region; above 1 is more than usual.")
            if judged and one.compared
            else tr("An actor with several fields counts in each."),
        ),
        block(
            tr("Sectors"),
            sheet_table(sheets.sectors(atlas, selection, tr), tr, bar="count"),
            tr,
            sheet="profile/sectors",
            measure="helix",
        ),
    ]
    # a city that is its own district has no parts
    if one.kind != "place" or portrait(atlas, one).places:
        parts.append(
            block(
                tr("Cities"),
                sheet_table(sheets.places(atlas, selection, tr), tr, bar="count", most=15, nothing=nowhere),
                tr,
                sheet="profile/places",
                measure="specialisation" if one.kind == "field" else "",
            )
        )
    return parts


def beyond(atlas: Atlas, one: Subject, selection: Selection, tr: Translator) -> list[Component]:
    """Partners; what takes long is shown when it is there."""
    none = tr("No linked pair leads out of here. No recorded tie does not mean no tie.")
    found: list[Component] = [
        block(
            tr("Partners"),
            sheet_table(
                relations.partners(atlas, selection, tr),
                tr,
                bar="ties" if one.kind == "actor" else "linked",
                most=ROWS,
                nothing=none,
            ),
            tr,
            sheet="profile/partners",
            measure={"place": "coordination", "field": "relatedness"}.get(one.kind, ""),
            hint=_partner_hint(one, tr),
            class_name="wide",
        )
    ]
    if one.kind == "actor":
        return [*found, position(atlas, selection, tr)]
    return [
        *found,
        block(
            tr("Most linked actors outside"),
            sheet_table(relations.linked(atlas, selection, tr), tr, bar="linked", most=ROWS, nothing=none),
            tr,
            sheet="profile/linked",
        ),
    ]


def _partner_hint(one: Subject, tr: Translator) -> str:
    if one.kind == "place" and one.compared:
        return tr(
            "A linked pair is two actors with a tie or a joint project. Beyond chance: more than the two places' "
            "numbers of ties let expect; certain with q ≤ 0.05 over all pairs of places."
        )
    if one.kind == "field":
        return tr("Actors of the region that work on both fields, against chance (q ≤ 0.05 over all pairs of fields).")
    if one.kind == "actor":
        return tr("Actors with a recorded tie or a joint project; what was recorded may be neither all nor typical.")
    return tr("A linked pair is two actors with a tie or a joint project; chance was not tested here.")


def position(atlas: Atlas, selection: Selection, tr: Translator) -> Component:
    """Brokerage figures of an actor."""
    sheet = relations.brokerage(atlas, selection, tr)
    nothing = sheet.notes[0] if sheet.notes else ""
    return block(
        tr("Position in the network"),
        sheet_table(sheet, tr, nothing=nothing),
        tr,
        sheet="profile/brokerage",
        measure="brokerage",
        class_name="wide",
    )


def peers_and_gaps(atlas: Atlas, one: Subject, selection: Selection, tr: Translator) -> list[Component]:
    """Who is alike and what is missing."""
    alike, gaps = relations.peers(atlas, selection, tr), relations.gaps(atlas, selection, tr)
    return [
        block(
            tr("Peers"),
            sheet_table(alike, tr, nothing=tr("No profile to compare: too little is recorded.")),
            tr,
            sheet="profile/peers",
            measure="coordination" if one.kind == "place" else "",
            hint=alike.notes[0] if alike.notes else "",
            class_name="wide",
        ),
        block(
            tr("Gaps"),
            sheet_table(gaps, tr, most=20, nothing=tr("No gap of the kinds that are looked for.")),
            tr,
            sheet="profile/gaps",
            measure="diversification" if one.kind == "place" else "",
            hint=gaps.notes[0] if gaps.notes else "",
            class_name="wide",
        ),
    ]


def grounds(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    """Evidence and sources."""
    rests = sheets.evidence(atlas, selection, tr)
    return [
        block(
            tr("Evidence"),
            sheet_table(rests, tr, bar="share"),
            tr,
            sheet="profile/evidence",
            hint=rests.notes[0] if rests.notes else "",
        ),
        block(
            tr("Sources"),
            sheet_table(_short(sheets.sources(atlas, selection, tr)), tr, most=ROWS, nothing=tr("No source is named.")),
            tr,
            sheet="profile/sources",
            class_name="wide",
        ),
    ]


def _short(sheet: Sheet) -> Sheet:
    """Without the addresses, which are in the files and on the page of the data."""
    columns = tuple(column for column in sheet.columns if column.key not in {"url", "publisher"})
    return Sheet(sheet.title, columns, sheet.rows, sheet.notes, sheet.sources)


def records(atlas: Atlas, one: Subject, selection: Selection, tr: Translator) -> list[Component]:
    """Actors and projects; of one actor every tie with its source."""
    if one.kind == "actor":
        return [_entry(atlas, one, tr)]
    return [
        block(
            tr("Actors"),
            sheet_table(sheets.members(atlas, selection, tr), tr, most=MEMBERS, nothing=tr("No actor is recorded.")),
            tr,
            sheet="profile/members",
            class_name="wide",
        ),
        block(
            tr("Projects"),
            sheet_table(sheets.projects(atlas, selection, tr), tr, most=ROWS, nothing=tr("No project is recorded.")),
            tr,
            sheet="profile/projects",
            class_name="wide",
        ),
    ]


def entry_facts(atlas: Atlas, one: Subject, tr: Translator) -> Component:
    """What is said of an actor itself."""
    known = profile(atlas, one.key)
    assert known is not None  # noqa: S101 -- a subject of this kind is an actor of the atlas
    return html.Section(
        [
            html.H2(tr("The entry")),
            facts(atlas, known, tr, lambda key, name: profile_link("cluster", key, name, tr)),
        ],
        className="block entry-facts",
    )


def _entry(atlas: Atlas, one: Subject, tr: Translator) -> Component:
    known = profile(atlas, one.key)
    assert known is not None  # noqa: S101 -- as above

    def named(key: str, name: str) -> Component:
        return profile_link("actor", key, name, tr)

    return html.Section(
        [
            html.H2(tr("All ties and projects")),
            html.Div(
                [html.Div(ties(known.ties, tr, named)), html.Div(projects(known.projects, tr, named))],
                className="entry",
            ),
            html.H3(tr("Sources of this entry")),
            sources(known.sources, tr),
        ],
        className="block wide",
    )


def foot(atlas: Atlas, tr: Translator) -> html.Div:
    """What a printed page says of itself."""
    told = caption(atlas, Selection(language=tr.language), tr)
    lines = (told.data, told.sources)
    return html.Div([html.P(line) for line in lines if line], className="profile-foot")


def unknown(atlas: Atlas, selection: Selection, tr: Translator) -> list[Component]:
    """No such profile: the search with what was asked for, and what comes near it."""
    kind, key = asked(selection.subject)
    word = key or selection.subject
    title = tr("There is no profile “{id}”", id=word)
    why = (
        tr(
            "These data have no such {kind}. The id may be mistyped, or come from another version of the data.",
            kind=kind_word(kind, tr).lower() if tr.language == "en" else kind_word(kind, tr),
        )
        if kind
        else tr("Profiles are about a city, a field, an actor, a sector or a cluster.")
    )
    kinds = {"place": ("place", "unit")}.get(kind, (kind,)) if kind else tuple(kind_names(tr))
    index = whole_index(atlas, tr)
    near = nearest(index, word.replace("-", " "), kinds) or nearest(index, word.replace("-", " "))
    rows = [
        html.Li([to(path_of(entry, tr.language), entry.name), html.Small(f" {kind_names(tr)[entry.kind]}")])
        for entry in near
    ]
    found: list[Component] = [html.H2(tr("Similar names")), html.Ul(rows)] if rows else []
    return [html.H1(title), html.P(why), search_button(tr, word, wide=True), *found]


def start(atlas: Atlas, tr: Translator) -> list[Component]:
    """Every place, field, sector and cluster; actors are found by name."""
    unit = units(atlas, "unit")
    lists = [
        (tr("Fields"), [("field", field.field_id, tr.label(field.name)) for field in atlas.region.fields]),
        (tr("Cities and districts"), [("place", key, name) for key, name in zip(unit.ids, unit.names, strict=True)]),
        (tr("Sectors"), [("sector", key, name) for key, name in sector_names(tr).items()]),
        (tr("Clusters"), [("cluster", item.cluster_id, tr.label(item.name)) for item in atlas.clusters.items]),
    ]
    return [
        html.H1(tr("Profiles")),
        html.P(
            tr("One page each: what it is made of, partners, peers, gaps and evidence; to read, compare and print.")
        ),
        search_button(tr, wide=True),
        html.Div([_listed(heading, rows, tr) for heading, rows in lists], className="profile-lists"),
    ]


def _listed(heading: str, rows: Sequence[tuple[str, str, str]], tr: Translator) -> html.Section:
    items = [html.Li(profile_link(kind, key, name, tr)) for kind, key, name in sorted(rows, key=lambda row: row[2])]
    return html.Section([html.H2(heading), html.Ul(items) if items else html.P(tr("None in these data."))])
