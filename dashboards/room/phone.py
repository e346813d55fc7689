"""What participants' browsers ask for: the page, its parts, proposals, dots, votes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import flask

from dashboards.room import guard, parts
from dashboards.room.sentences import kind_names, table_name
from ecosystem import workshop
from ecosystem.model import Sector
from ecosystem.workshop import DOTS, MOST_TABLES, Kind, Refused, Why, new_token
from ecosystem.workshop.proposals import MOST_PROPOSALS

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.room.hall import Hall
    from ecosystem.workshop import Participant, Pulse


def register(room: flask.Blueprint, hall: Hall) -> None:
    """The routes of ``/r/CODE`` that phones use."""
    home = f"/r/{hall.code}"

    @room.get("/r/<code>")
    def page(code: str) -> flask.Response:
        del code
        tr = guard.language()
        known = guard.token(guard.PHONE) or new_token()
        pulse = hall.pulse(participant=known)
        who = None if flask.request.args.get("seat") == "new" else pulse.participant
        shown = _page(hall, pulse, who, known, tr)
        return guard.with_token(flask.make_response(shown), guard.PHONE, home, known)

    @room.get("/r/<code>/state")
    def state(code: str) -> flask.Response:
        del code
        tr = guard.language()
        known = guard.token(guard.PHONE)
        pulse = hall.pulse(participant=known)
        who = _seated(pulse)
        tag = f"{hall.born}-{pulse.seen}-{who.changed}-{tr.language}"
        return parts.changed(tag, lambda: parts.phone(hall, hall.seen_by_all(pulse), who, tr, guard.csrf(known)))

    @room.get("/r/<code>/actors")
    def actors(code: str) -> flask.Response:
        del code
        pulse = hall.pulse(participant=guard.token(guard.PHONE))
        _seated(pulse)
        return flask.jsonify(hall.found(hall.seen_by_all(pulse), flask.request.args.get("q", "")))

    @room.post("/r/<code>/join")
    def join(code: str) -> flask.Response:
        del code
        tr = guard.language()
        role = flask.request.form.get("role", "")
        if role not in set(Sector):
            raise Refused(Why.UNKNOWN if role else Why.MISSING, value=role[:40], field="role")
        table = guard.whole("table", "table", 1, MOST_TABLES)
        workshop.join(
            hall.database, hall.code, guard.token(guard.PHONE), guard.once(), table=table, role=role
        )  # fmt: skip
        return guard.done(tr("Welcome."), f"{home}?lang={tr.language}")

    @room.post("/r/<code>/propose")
    def propose(code: str) -> flask.Response:
        del code
        tr, form = guard.language(), flask.request.form
        kind = form.get("kind", "")
        if kind not in set(Kind):
            raise Refused(Why.UNKNOWN if kind else Why.MISSING, value=kind[:40], field="kind")
        number = workshop.propose(
            hall.database, hall.base, hall.code, guard.token(guard.PHONE), guard.once(),
            kind=Kind(kind), told=form.to_dict(flat=False), reason=form.get("reason", ""),
        )  # fmt: skip
        said = tr("Proposal {n} has arrived; the moderation looks at it.", n=number)
        return guard.done(said, f"{home}?lang={tr.language}")

    @room.post("/r/<code>/dots")
    def dots(code: str) -> flask.Response:
        del code
        tr, fields = guard.language(), hall.atlas.region.field_ids
        given = {field: guard.whole(f"dots-{field}", "field", 0, DOTS) for field in fields}
        workshop.give_dots(hall.database, hall.code, guard.token(guard.PHONE), guard.once(), given, fields)
        return guard.done(tr("Your dots are counted."), f"{home}?lang={tr.language}")

    @room.post("/r/<code>/vote")
    def vote(code: str) -> flask.Response:
        del code
        tr = guard.language()
        number, weight = guard.whole("number", "proposal", 1, MOST_PROPOSALS), guard.whole("weight", "proposal", -1, 1)
        workshop.vote(hall.database, hall.code, guard.token(guard.PHONE), guard.once(), number, weight)
        return guard.done(tr("Your vote is counted."), f"{home}?lang={tr.language}")


def _seated(pulse: Pulse) -> Participant:
    if pulse.participant is None:
        raise Refused(Why.NOT_JOINED)
    return pulse.participant


def _page(hall: Hall, pulse: Pulse, who: Participant | None, known: str, tr: Translator) -> str:
    common: dict[str, Any] = {
        "tr": tr, "code": hall.code, "csrf": guard.csrf(known), "once": guard.fresh, "hall": hall,
        "region": tr.label(hall.atlas.region.name), "other": "en" if tr.language == "de" else "de",
    }  # fmt: skip
    choices = parts.choices(hall, tr)
    if who is None:
        return flask.render_template("room/join.html", **common, **choices, tables=range(1, MOST_TABLES + 1))
    standing = hall.standing(pulse)
    own = workshop.own_votes(hall.database, who)
    return flask.render_template(
        "room/phone.html", **common, **choices, parts=parts.phone(hall, standing, who, tr, guard.csrf(known)),
        phase=standing.room.phase, seat=table_name(who.table, who.role, tr), who=who, kinds=kind_names(tr), dots=DOTS,
        own=own, closed=standing.room.closed, hue=(who.table - 1) % 8 + 1,
    )  # fmt: skip
