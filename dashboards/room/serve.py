"""An open room becomes part of an app's server; without this call no address of the server changes anything."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import flask
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from dashboards.room import desk, guard, phone
from ecosystem.workshop import Refused, Why

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from dashboards.room.hall import Hall

HERE = Path(__file__).parent


def register(server: flask.Flask, hall: Hall) -> None:
    """Add the room's routes below ``/r`` to the server.

    Raises:
        Refused: the room is not in the database.
    """
    hall.pulse()
    room = flask.Blueprint(
        "room", __name__, template_folder=str(HERE / "templates"), static_folder=str(HERE / "static"),
        static_url_path="/r/static",
    )  # fmt: skip
    guard.guarded(room, hall)
    phone.register(room, hall)
    desk.register(room, hall)

    # the dashboard answers every other address with its own page; below /r that would only confuse
    @room.get("/r/<path:rest>")
    def elsewhere(rest: str) -> flask.Response:
        del rest
        return guard.answered(Refused(Why.NOT_UNDERSTOOD), HTTPStatus.NOT_FOUND)

    server.register_blueprint(room)

    # a wrong method or address never reaches the blueprint: below /r it is answered in a sentence all the same
    def plainly(error: HTTPException) -> flask.Response | HTTPException | Response:
        if not flask.request.path.startswith("/r/"):
            return error
        answer = guard.answered(Refused(Why.NOT_UNDERSTOOD), error.code)
        for name, value in guard.HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    server.register_error_handler(MethodNotAllowed, plainly)
    server.register_error_handler(NotFound, plainly)
