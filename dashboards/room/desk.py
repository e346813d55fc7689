"""What the operator's browser asks for, the projector's screen, and the record."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

import flask

from dashboards.downloads import sent
from dashboards.room import guard, parts, record
from dashboards.room.limits import SECRET
from ecosystem import workshop
from ecosystem.workshop import Outcome, Phase, Refused, Why, new_token
from ecosystem.workshop.agenda import MOST_MINUTES
from ecosystem.workshop.proposals import MOST_PROPOSALS

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboards.language import Translator
    from dashboards.room.hall import Hall
    from ecosystem.workshop import Pulse

MOST_SECRET = 200


def register(room: flask.Blueprint, hall: Hall) -> None:
    """The routes of the operator (``/r/CODE/operator…``) and of the screen (``/r/CODE/screen…``)."""
    _pages(room, hall)
    _session(room, hall)
    _record(room, hall)
    _screen(room, hall)
    home = _home(hall)
    for name, action in ACTIONS.items():
        room.add_url_rule(f"/r/<code>/operator/{name}", name, _acting(hall, action, home), methods=["POST"])


def _home(hall: Hall) -> str:
    return f"/r/{hall.code}/operator"


def _pages(room: flask.Blueprint, hall: Hall) -> None:
    @room.get("/r/<code>/operator")
    def operator_page(code: str) -> flask.Response:
        del code
        tr = guard.language()
        known = guard.token(guard.OPERATOR) or new_token()
        pulse = hall.pulse(operator=known)
        common = _common(hall, tr) | {"csrf": guard.csrf(known), "once": guard.fresh}
        if pulse.operator:
            standing = hall.standing(pulse)
            found = parts.operator(hall, standing, tr, guard.csrf(known))
            shown = flask.render_template("room/operator.html", **common, parts=found, standing=standing)
        else:
            shown = flask.render_template("room/login.html", **common)
        return guard.with_token(flask.make_response(shown), guard.OPERATOR, _home(hall), known)

    @room.get("/r/<code>/operator/state")
    def operator_state(code: str) -> flask.Response:
        del code
        tr = guard.language()
        known = guard.token(guard.OPERATOR)
        pulse = _signed_in(hall, known)
        standing = hall.standing(pulse)
        tag = f"{hall.born}-{pulse.seq}-{parts.outlook_mark(hall)}-{tr.language}"
        return parts.changed(tag, lambda: parts.operator(hall, standing, tr, guard.csrf(known)))


def _session(room: flask.Blueprint, hall: Hall) -> None:
    home = _home(hall)

    @room.post("/r/<code>/operator/login")
    def login(code: str) -> flask.Response:
        del code
        tr = guard.language()
        hall.limits.spend(SECRET, flask.request.remote_addr or "")
        secret = flask.request.form.get("secret", "")
        if not secret or len(secret) > MOST_SECRET:
            raise Refused(Why.WRONG_SECRET)
        # a token that was there before somebody signed in opens nothing afterwards
        known = new_token()
        workshop.sign_in(hall.database, hall.code, secret, known, guard.once())
        answer = guard.done(tr("Welcome."), f"{home}?lang={tr.language}")
        return guard.with_token(answer, guard.OPERATOR, home, known)

    @room.post("/r/<code>/operator/logout")
    def logout(code: str) -> flask.Response:
        del code
        tr = guard.language()
        known = guard.token(guard.OPERATOR)
        _signed_in(hall, known)
        workshop.sign_out(hall.database, hall.code, known)
        return guard.done(tr("Signed out."), f"{home}?lang={tr.language}")


def _record(room: flask.Blueprint, hall: Hall) -> None:
    @room.get("/r/<code>/operator/record.<ending>")
    def whole_record(code: str, ending: str) -> flask.Response:
        del code
        pulse = _signed_in(hall, guard.token(guard.OPERATOR))
        if ending not in record.ENDINGS:
            raise Refused(Why.NOT_UNDERSTOOD)
        standing = hall.standing(pulse)
        content = record.files(hall, standing, guard.language(), ending)
        return sent(content, f"{hall.code.lower()}-{hall.atlas.region.region_id}.{ending}")


def _screen(room: flask.Blueprint, hall: Hall) -> None:
    @room.get("/r/<code>/screen")
    def screen(code: str) -> str:
        del code
        tr = guard.language()
        return flask.render_template(
            "room/screen.html", **_common(hall, tr), parts=parts.screen(hall, hall.standing(hall.pulse()), tr)
        )

    @room.get("/r/<code>/screen/state")
    def screen_state(code: str) -> flask.Response:
        del code
        tr, pulse = guard.language(), hall.pulse()
        standing = hall.standing(pulse)
        tag = f"{hall.born}-{pulse.seq}-{parts.outlook_mark(hall)}-{tr.language}"
        return parts.changed(tag, lambda: parts.screen(hall, standing, tr))

    @room.get("/r/<code>/ground.svg")
    def ground(code: str) -> flask.Response:
        del code
        answer = flask.make_response(str(hall.picture.drawn))
        answer.mimetype = "image/svg+xml"
        answer.headers["Cache-Control"] = "private, max-age=3600"
        answer.set_etag(f"{hall.atlas.version}-{hall.born}")
        answer.make_conditional(flask.request)
        return answer


def _common(hall: Hall, tr: Translator) -> dict[str, Any]:
    return {
        "tr": tr, "code": hall.code, "hall": hall, "region": tr.label(hall.atlas.region.name),
        "other": "en" if tr.language == "de" else "de", "qr": parts.qr_code(hall.join_address),
    }  # fmt: skip


def _signed_in(hall: Hall, known: str) -> Pulse:
    pulse = hall.pulse(operator=known)
    if not pulse.operator:
        raise Refused(Why.NOT_OPERATOR)
    return pulse


def _acting(hall: Hall, action: Callable[[Hall, str, str], None], home: str) -> Callable[..., flask.Response]:
    def act(code: str) -> flask.Response:
        del code
        tr, known = guard.language(), guard.token(guard.OPERATOR)
        _signed_in(hall, known)
        action(hall, known, guard.once())
        return guard.done(tr("Done."), f"{home}?lang={tr.language}")

    return act


def _number() -> int:
    return guard.whole("number", "proposal", 1, MOST_PROPOSALS)


def _phase() -> Phase:
    told = flask.request.form.get("phase", "")
    if told not in set(Phase):
        raise Refused(Why.UNKNOWN if told else Why.MISSING, value=told[:40], field="kind")
    return Phase(told)


def _accept(hall: Hall, known: str, once: str) -> None:
    workshop.accept(hall.database, hall.base, hall.code, known, once, _number())


def _reject(hall: Hall, known: str, once: str) -> None:
    workshop.reject(hall.database, hall.code, known, once, _number(), flask.request.form.get("note", ""))


def _withdraw(hall: Hall, known: str, once: str) -> None:
    workshop.withdraw(hall.database, hall.base, hall.code, known, once, _number())


def _theme(hall: Hall, known: str, once: str) -> None:
    workshop.sort(hall.database, hall.code, known, once, _number(), flask.request.form.get("theme", ""))


def _go_to(hall: Hall, known: str, once: str) -> None:
    workshop.go_to(hall.database, hall.code, known, once, _phase())


def _minutes(hall: Hall, known: str, once: str) -> None:
    minutes = guard.whole("minutes", "minutes", 1, MOST_MINUTES)
    workshop.set_minutes(hall.database, hall.code, known, once, _phase(), minutes)


def _decide(hall: Hall, known: str, once: str) -> None:
    told = flask.request.form.get("outcome", "")
    if told not in set(Outcome):
        raise Refused(Why.UNKNOWN if told else Why.MISSING, value=told[:40], field="kind")
    text = flask.request.form.get("text", "")
    workshop.decide(hall.database, hall.code, known, once, _number(), Outcome(told), text)


def _close(hall: Hall, known: str, once: str) -> None:
    # nobody ends a workshop by a slip of the hand
    if not hmac.compare_digest(flask.request.form.get("sure", "").encode(), hall.code.encode()):
        raise Refused(Why.MISSING, field="code")
    workshop.close(hall.database, hall.code, known, once)


ACTIONS = {
    "accept": _accept,
    "reject": _reject,
    "withdraw": _withdraw,
    "theme": _theme,
    "phase": _go_to,
    "minutes": _minutes,
    "decide": _decide,
    "close": _close,
}
