"""What every request to the room goes through: sizes, origin, tokens, limits, headers, and errors as plain sentences.

A browser is known by a token of chance in a cookie that scripts cannot read; no other cookie is set. What it sends must
carry a second token that follows from the first and stands in the room's own pages only.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from dashboards.language import DEFAULT_LANGUAGE, translator
from dashboards.room.limits import ADDRESS, CODE, PARTICIPANT
from dashboards.room.sentences import refusal
from ecosystem.model import LANGUAGES
from ecosystem.workshop import Refused, Why, new_token
from ecosystem.workshop.turns import hashed

if TYPE_CHECKING:
    from dashboards.language import Translator
    from dashboards.room.hall import Hall

log = logging.getLogger(__name__)
PHONE, OPERATOR = "room", "operator"
MOST_BYTES = 16_384
FORM = "application/x-www-form-urlencoded"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
STATUS = {
    Why.NO_ROOM: HTTPStatus.NOT_FOUND,
    Why.CLOSED: HTTPStatus.GONE,
    Why.NOT_JOINED: HTTPStatus.FORBIDDEN,
    Why.NOT_OPERATOR: HTTPStatus.FORBIDDEN,
    Why.WRONG_SECRET: HTTPStatus.FORBIDDEN,
    Why.STALE: HTTPStatus.FORBIDDEN,
    Why.FOREIGN: HTTPStatus.FORBIDDEN,
    Why.TOO_OFTEN: HTTPStatus.TOO_MANY_REQUESTS,
    Why.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Why.NOT_UNDERSTOOD: HTTPStatus.BAD_REQUEST,
    Why.REPLAYED: HTTPStatus.CONFLICT,
    Why.NOT_NOW: HTTPStatus.CONFLICT,
    Why.KNOWN_TIE: HTTPStatus.CONFLICT,
    Why.KNOWN_ACTOR: HTTPStatus.CONFLICT,
    Why.FULL: HTTPStatus.CONFLICT,
    Why.SETTLED: HTTPStatus.CONFLICT,
    Why.UNFIT: HTTPStatus.CONFLICT,
    Why.NEEDED: HTTPStatus.CONFLICT,
    Why.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""How a refusal is answered; all others are 422: the request was read, but what it says cannot be taken."""


def csrf(token: str) -> str:
    """The token of forms that belongs to a browser's token.

    >>> csrf("a") == csrf("a") != csrf("b")
    True
    """
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


def language() -> Translator:
    """From the link, else what the browser prefers, else German."""
    told = flask.request.args.get("lang")
    if told in LANGUAGES:
        return translator(told)
    return translator(flask.request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE)


def token(cookie: str) -> str:
    """The browser's token, empty where it has none; what is no token of ours is none."""
    found = flask.request.cookies.get(cookie, "")
    return found if 16 <= len(found) <= 64 and found.isascii() else ""


def with_token(answer: flask.Response, cookie: str, path: str, value: str) -> flask.Response:
    """Give the browser its token; only this room's pages get it back, and no script sees it."""
    answer.set_cookie(
        cookie, value, path=path, httponly=True, samesite="Lax", secure=flask.request.is_secure, max_age=7 * 24 * 3600
    )
    return answer


def guarded(blueprint: flask.Blueprint, hall: Hall) -> None:
    """Put the guard before and behind every request of the blueprint."""

    @blueprint.before_request
    def check() -> None:
        flask.request.max_content_length = MOST_BYTES
        address = flask.request.remote_addr or ""
        code = (flask.request.view_args or {}).get("code")
        if code is not None and code != hall.code:
            hall.limits.spend(CODE, address)
            raise Refused(Why.NO_ROOM, code=code[:16])
        if flask.request.method == "POST":
            cookie = OPERATOR if flask.request.path.startswith(f"/r/{hall.code}/operator") else PHONE
            _check_form(hall, cookie, address)

    @blueprint.after_request
    def protect(answer: flask.Response) -> flask.Response:
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    @blueprint.errorhandler(Refused)
    def refused(error: Refused) -> flask.Response:
        return answered(error)

    @blueprint.errorhandler(HTTPException)
    def failed(error: HTTPException) -> flask.Response:
        large = error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return answered(Refused(Why.TOO_LARGE if large else Why.NOT_UNDERSTOOD), error.code)

    @blueprint.errorhandler(SQLAlchemyError)
    def silent(error: SQLAlchemyError) -> flask.Response:
        log.error("The room's database failed", exc_info=error)
        return answered(Refused(Why.BUSY))


def _check_form(hall: Hall, cookie: str, address: str) -> None:
    if (flask.request.content_length or 0) > MOST_BYTES:
        raise Refused(Why.TOO_LARGE)
    if flask.request.mimetype != FORM:
        raise Refused(Why.NOT_UNDERSTOOD)
    origin, site = flask.request.headers.get("Origin"), flask.request.headers.get("Sec-Fetch-Site")
    if origin is not None and urlsplit(origin).netloc != flask.request.host:
        raise Refused(Why.FOREIGN)
    if origin is None and site not in {None, "same-origin"}:
        raise Refused(Why.FOREIGN)
    hall.limits.spend(ADDRESS, address)
    known = token(cookie)
    if not known or not hmac.compare_digest(csrf(known).encode(), flask.request.form.get("csrf", "").encode()):
        raise Refused(Why.STALE)
    if cookie == PHONE:
        hall.limits.spend(PARTICIPANT, hashed(known))


def answered(error: Refused, status: int | None = None) -> flask.Response:
    """A refusal as the browser wants it: data for the script, else a page."""
    tr = language()
    said = refusal(error, tr)
    code = status or STATUS.get(error.why, HTTPStatus.UNPROCESSABLE_ENTITY)
    if wants_data():
        answer = flask.jsonify({"ok": False, "why": error.why.value, "said": said})
    else:
        answer = flask.make_response(flask.render_template("room/refused.html", tr=tr, said=said))
    answer.status_code = int(code)
    if error.why is Why.TOO_OFTEN:
        answer.headers["Retry-After"] = str(error.values["seconds"])
    return answer


def wants_data() -> bool:
    """Whether the script asks."""
    return flask.request.accept_mimetypes.best == "application/json"


def done(said: str, back: str) -> flask.Response:
    """Something was carried out: data for the script, else back to the page."""
    if wants_data():
        return flask.jsonify({"ok": True, "said": said})
    answer = flask.redirect(back, HTTPStatus.SEE_OTHER)
    assert isinstance(answer, flask.Response)  # noqa: S101 -- werkzeug's type is wider than what Flask makes
    return answer


def once() -> str:
    """The mark of this request."""
    return flask.request.form.get("once", "")


def whole(name: str, field: str, least: int, most: int) -> int:
    """A whole number of the form.

    Raises:
        Refused: it is missing, no number, or out of bounds.
    """
    text = flask.request.form.get(name, "")
    if not text:
        raise Refused(Why.MISSING, field=field)
    if len(text) > 6 or not text.removeprefix("-").isdecimal() or not text.isascii():
        raise Refused(Why.UNKNOWN, value=text[:40], field=field)
    if not least <= int(text) <= most:
        raise Refused(Why.UNKNOWN, value=text[:40], field=field)
    return int(text)


def hidden(known: str) -> dict[str, str]:
    """What every form of a page carries beside what is typed; a new mark for each form is put in by the template."""
    return {"csrf": csrf(known)}


def fresh() -> str:
    """A mark for one form."""
    return new_token()
