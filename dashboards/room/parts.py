"""The parts of the room's pages: each a piece of HTML that the script puts in place of the one before.

A page is rendered with the same parts, so that it is whole without the script. Everything that somebody typed passes
through Jinja's escaping.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from http import HTTPStatus
from itertools import groupby
from typing import TYPE_CHECKING, Any

import flask
import segno
from markupsafe import Markup

from dashboards.components.words import relation_names, sector_names
from dashboards.room.drawing import svg
from dashboards.room.guard import fresh
from dashboards.room.sentences import (
    event_names,
    outcome_names,
    phase_names,
    phase_tasks,
    status_names,
    table_name,
    told,
)
from dashboards.room.shown import changes, cluster_changes
from ecosystem import workshop
from ecosystem.model import Relation
from ecosystem.workshop import Outcome, Phase, Status, ends

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboards.language import Translator
    from dashboards.room.hall import Hall
    from dashboards.room.outlook import Outlook
    from ecosystem.workshop import Participant, Proposal, Standing

Parts = dict[str, Markup]
LATEST, RECENT = 12, 8


def changed(tag: str, build: Callable[[], Parts]) -> flask.Response:
    """The parts, or "nothing new" to a browser that has these already."""
    if flask.request.if_none_match.contains(tag):
        answer = flask.Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        parts = {name: str(part) for name, part in build().items()}
        answer = flask.jsonify({"tag": tag, "now": _milliseconds(dt.datetime.now(dt.UTC)), "parts": parts})
    answer.set_etag(tag)
    return answer


def phone(hall: Hall, standing: Standing, who: Participant, tr: Translator, csrf: str) -> Parts:
    """What changes on a phone."""
    common = _common(hall, standing, tr) | {"csrf": csrf, "once": fresh}
    mine = workshop.own_proposals(hall.database, who)
    return _for_all(hall, standing, tr, common) | {
        "mine": _part("mine", **common, mine=mine[::-1]),
        "ballot": _ballot(hall, standing, who, tr, common),
    }


def _for_all(hall: Hall, standing: Standing, tr: Translator, common: dict[str, Any]) -> Parts:
    """What all phones are shown alike, rendered once for all of them."""
    return hall.kept(
        ("all", tr.language),
        standing.room.seen,
        lambda: {
            "agenda": _part("agenda", **common),
            "counts": _part("counts", **common, dots=_dots(hall, standing, tr)),
        },
    )


def _ballot(hall: Hall, standing: Standing, who: Participant, tr: Translator, common: dict[str, Any]) -> Markup:
    """The accepted proposals; while there is nothing to vote on, all phones are shown the same."""
    accepted = standing.having(Status.ACCEPTED)
    if standing.room.phase is Phase.DECIDE:
        return _part("ballot", **common, own=workshop.own_votes(hall.database, who), accepted=accepted)
    found = hall.kept(
        ("ballot", tr.language),
        standing.room.seen,
        lambda: {"ballot": _part("ballot", **common, own={}, accepted=accepted)},
    )
    return found["ballot"]


def screen(hall: Hall, standing: Standing, tr: Translator) -> Parts:
    """What changes on the projector."""
    common = _common(hall, standing, tr)
    accepted = standing.having(Status.ACCEPTED)
    return {
        "agenda": _part("agenda", **common),
        "picture": _part("picture", **common, drawn=_drawn(hall, standing, tr), count=len(accepted)),
        "deltas": _part("deltas", **common, **_outlook(hall, standing, tr)),
        "counts": _part("counts", **common, dots=_dots(hall, standing, tr)),
        "board": _part("board", **common, themes=_themes(accepted), latest=accepted[::-1][:LATEST]),
        "log": _part("log", **common, decisions=standing.decisions[::-1]),
        "people": _part("people", **common),
    }


def operator(hall: Hall, standing: Standing, tr: Translator, csrf: str) -> Parts:
    """What changes on the operator's screen."""
    common = _common(hall, standing, tr) | {"csrf": csrf, "once": fresh}
    accepted = standing.having(Status.ACCEPTED)
    events = [(one.at, event_names(tr).get(one.kind, one.kind), _about(one.about, tr)) for one in _latest(hall)]
    return screen(hall, standing, tr) | {
        "steering": _part("steering", **common, phases=list(Phase), agenda=standing.agenda),
        "queue": _part("queue", **common, waiting=standing.having(Status.WAITING)),
        "accepted": _part("accepted", **common, accepted=accepted[::-1], outcomes=list(Outcome)),
        "events": _part("events", **common, events=events),
    }


def outlook_mark(hall: Hall) -> str:
    """Which comparison is known: it comes later than the steps it compares."""
    return str(hall.lookout.rounds)


def choices(hall: Hall, tr: Translator) -> dict[str, Any]:
    """What forms offer: sectors, cities, fields, kinds of ties."""
    places = hall.atlas.tables.places
    inside = places[places["in_region"].astype(bool)].sort_values("name")
    relations = relation_names(tr)
    first = Relation.COOPERATES_WITH
    return {
        "sectors": [(str(key), name) for key, name in sector_names(tr).items()],
        "places": list(zip(inside["place_id"], inside["name"], strict=True)),
        "fields": [(one.field_id, tr.label(one.short)) for one in hall.atlas.region.fields],
        "relations": [(one.value, relations[one]) for one in sorted(Relation, key=lambda one: one is not first)],
    }


@lru_cache(maxsize=4)
def qr_code(address: str) -> Markup:
    """The address as a picture for a phone's camera, without a style of its own."""
    made = segno.make(address, error="m", micro=False)
    drawn = made.svg_inline(border=3, dark="#000000", light="#ffffff", omitsize=True, svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704 -- the library's own output; the address is drawn, not written


def _common(hall: Hall, standing: Standing, tr: Translator) -> dict[str, Any]:
    names = hall.names(standing).called
    places = hall.places
    fields = {one.field_id: tr.label(one.short) for one in hall.atlas.region.fields}

    def sentence(one: Proposal) -> str:
        return told(one, lambda actor: names.get(actor, actor), places, fields, tr)

    item = standing.item()
    over = ends(item)
    return {
        "tr": tr,
        "code": hall.code,
        "hall": hall,
        "standing": standing,
        "room": standing.room,
        "said": sentence,
        "seat_of": lambda one: table_name(one.table, one.role, tr),
        "hue": lambda table: (table - 1) % 8 + 1,
        "phase_names": phase_names(tr),
        "task": phase_tasks(tr)[standing.room.phase],
        "status_names": status_names(tr),
        "outcome_names": outcome_names(tr),
        "Phase": Phase,
        "ends": _milliseconds(over) if over and not standing.room.closed else "",
        "minutes": item.minutes,
        "clock": lambda moment: f"{moment.astimezone():%H:%M}",
    }


def _part(name: str, **values: Any) -> Markup:
    return Markup(flask.render_template(f"room/_{name}.html", **values))  # noqa: S704 -- escaped by the template


def _milliseconds(moment: dt.datetime) -> int:
    return round(moment.timestamp() * 1000)


def _drawn(hall: Hall, standing: Standing, tr: Translator) -> Markup:
    name = tr("Map of the region with what the tables propose")
    found = hall.kept(
        ("drawn", tr.language),
        standing.room.seen,
        lambda: {"drawn": svg(hall.added(standing), hall.picture.frame, name=name)},
    )
    return found["drawn"]


def _dots(hall: Hall, standing: Standing, tr: Translator) -> list[tuple[str, int, int]]:
    """Name, dots, and the most dots of any field."""
    most = max(standing.dots.values(), default=0)
    return [(tr.label(one.short), standing.dots.get(one.field_id, 0), max(most, 1)) for one in hall.atlas.region.fields]


def _themes(accepted: tuple[Proposal, ...]) -> list[tuple[str, list[Proposal]]]:
    """Accepted proposals under their themes; those without one come last."""
    ordered = sorted(accepted, key=lambda one: (not one.theme, one.theme, one.order))
    return [(theme, list(several)) for theme, several in groupby(ordered, key=lambda one: one.theme)]


def _outlook(hall: Hall, standing: Standing, tr: Translator) -> dict[str, Any]:
    found: Outlook = hall.lookout.latest()
    comparison = found.comparison
    return {
        "current": found.steps == standing.scenario.steps,
        "rows": changes(comparison, hall.atlas.region, tr)[:RECENT] if comparison else [],
        "clusters": cluster_changes(hall.atlas, comparison, tr)[:3] if comparison else [],
        "unfit": len(found.unfit),
        "other_data": standing.room.base != hall.atlas.version,
    }


def _latest(hall: Hall) -> list[workshop.Event]:
    return list(workshop.events(hall.database, hall.code, last=LATEST))[::-1]


def _about(about: str, tr: Translator) -> str:
    kind, _, number = about.partition(":")
    if kind == "proposal":
        return tr("Proposal {n}", n=number)
    if kind == "table":
        return tr("Table {n}", n=number)
    return phase_names(tr)[Phase(about)] if about in set(Phase) else ""
