"""Several regions behind one address: each has an app of its own, and this decides which of them answers.

A page says its region in the query (``rg``), so that links are the same with one region and with many; callbacks and
files stand below ``/r/REGION/``. Whoever asks for a region that is not loaded yet sees how far it is, and then the
page; a region that is unknown or at fault is told on the page of the server's own.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote

from werkzeug.wrappers import Request, Response

from dashboards.app import create_app
from dashboards.components.regionwords import step_words
from dashboards.language import preferred, translator
from dashboards.regions import BELOW, Regions, prefix

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from dashboards.regions import State
    from ecosystem.atlas import Atlas

# a kept atlas is there within a second: nobody is sent round for it
AT_ONCE = 1.5
# a callback or a file comes from a page that was on screen: it waits for its region to come back
PATIENT = 60.0
WAITING = Path(__file__).parent / "waiting.html"
PAGE_METHODS = ("GET", "HEAD")


def regions_of(atlas: Atlas, folder: Path | None) -> Regions[WSGIApplication]:
    """The regions of a server that was started with this atlas, each with its app."""
    return Regions(atlas, _app, folder=folder)


def _app(regions: Regions[WSGIApplication], key: str, atlas: Atlas) -> WSGIApplication:
    found: WSGIApplication = create_app(atlas, key, regions).server
    return found


class Switch:
    """The WSGI application in front of the apps."""

    def __init__(self, regions: Regions[WSGIApplication]) -> None:
        self.regions = regions

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        return self._answering(environ)(environ, start_response)

    def _answering(self, environ: WSGIEnvironment) -> WSGIApplication:
        path = environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace")
        if path.startswith(f"{BELOW}/"):
            return self._inner(environ, path.removeprefix(f"{BELOW}/"))
        named = parse_qs(environ.get("QUERY_STRING", "")).get("rg", [""])[-1]
        key = self.regions.key(named)
        if key == "" or environ["REQUEST_METHOD"] not in PAGE_METHODS or not self._known(key):
            return self._own()
        shown = self.regions.ask(key, AT_ONCE)
        if shown is not None:
            return shown.made
        # it may have turned out to be at fault meanwhile
        return self._wait(Request(environ), key) if self._known(key) else self._own()

    def _known(self, key: str) -> bool:
        return self.regions.state(key).kind in {"ready", "loading"}

    def _own(self) -> WSGIApplication:
        shown = self.regions.ask("")
        if shown is None:
            raise RuntimeError("A server without its own region cannot answer.")
        return shown.made

    def _inner(self, environ: WSGIEnvironment, rest: str) -> WSGIApplication:
        """What stands below a region's prefix: its app's own requests, and how far it is."""
        name, _, below = rest.partition("/")
        key = self.regions.key(unquote(name))
        if below == "state.json":
            self.regions.ask(key)
            return _state(self.regions.state(key))
        shown = self.regions.ask(key, PATIENT)
        if shown is None:
            return _gone(self.regions.state(key))
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + f"{BELOW}/{name}"
        environ["PATH_INFO"] = f"/{below}".encode().decode("latin-1")
        return shown.made

    def _wait(self, request: Request, key: str) -> Response:
        language = preferred(request.args.get("lang"), request.cookies.get("lang"), request.accept_languages.best_match)
        tr = translator(language)
        entry = next((one for one in self.regions.entries() if one.key == key), None)
        name = tr.label(entry.name) if entry else key
        words = {
            "language": tr.language,
            "title": tr("{name} is being loaded", name=name),
            "again": tr("The page comes by itself as soon as everything is read."),
            "reload": tr("Load again"),
            "back": tr("Back to {name}", name=tr.label(self.regions.own.region.name)),
            "steps": json.dumps(step_words(tr)),
            "state": f"{prefix(key)}/state.json",
        }
        page = WAITING.read_text(encoding="utf-8")
        for mark, text in words.items():
            page = page.replace(f"[[{mark}]]", escape(text))
        return Response(page, mimetype="text/html", headers={"Cache-Control": "no-store"})


def _state(state: State) -> Response:
    told = {"kind": state.kind, "step": state.step, "done": state.done, "total": state.total}
    return Response(json.dumps(told), mimetype="application/json", headers={"Cache-Control": "no-store"})


def _gone(state: State) -> Response:
    if state.kind == "loading":
        return Response("The region is still being loaded.", 503, {"Retry-After": "5"}, mimetype="text/plain")
    told = state.fault or "There is no region of this name."
    return Response(told, 404, mimetype="text/plain")
