"""Talks over HTTP: slides from pictures the browser drew, the story as a file, the window with the speaker's notes.

Nothing that is sent here is kept. Requests that bring something must come from a page of this server.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import flask
from PIL import Image

from dashboards.downloads import sent
from dashboards.exports import asked
from dashboards.language import translator
from dashboards.origin import require_same_origin
from dashboards.state import Selection
from ecosystem import story as stories

if TYPE_CHECKING:
    from dashboards.language import Translator
    from ecosystem.atlas import Atlas
    from ecosystem.story import Story

MOST_PICTURES, MOST_BYTES, MOST_PIXELS = 12, 8_000_000, 6000
# what is told beside the pictures: a story, the sentences of a page
MOST_TOLD = 400_000
# a page of its own: it has nothing of the app but the channel on which the talk tells where it stands
NOTES = Path(__file__).parent / "notes.html"


def register(server: flask.Flask, atlas: Atlas) -> None:
    """``/export/slides.pptx``, ``story.yaml`` (both POST), ``story.json`` and ``notes.html``, all below ``/export``."""

    @server.post("/export/slides.pptx")
    def deck() -> flask.Response:
        from dashboards import slides  # noqa: PLC0415 -- the app starts without what writes slides

        require_same_origin()
        if (flask.request.content_length or 0) > MOST_PICTURES * MOST_BYTES + MOST_TOLD:
            flask.abort(413)
        told = _told(flask.request.form.get("told", ""))
        tr = translator(str(told.get("language", "")))
        base = flask.request.host_url.rstrip("/")
        name = atlas.region.region_id
        if told.get("kind") == "story":
            pictures = _pictures()
            content = slides.talk(atlas, _story(atlas, told.get("story")), tr, pictures, base, _today(tr))
            return sent(content, f"{name}-story.pptx")
        path, _, query = str(told.get("state", "/"))[: stories.MOST_SIGNS["state"]].partition("?")
        title, text = (str(told.get(key, ""))[: stories.MOST_SIGNS[key]] for key in ("title", "text"))
        picture = _pictures().get(1)
        slide = slides.view(
            atlas, path, Selection.from_query(query), tr, title=title, text=text, picture=picture, base=base
        )
        content = slides.deck("", "", [slide], None)
        return sent(content, f"{name}-view.pptx")

    @server.post("/export/story.yaml")
    def file() -> flask.Response:
        require_same_origin()
        if (flask.request.content_length or 0) > MOST_TOLD:
            flask.abort(413)
        told = _told(flask.request.get_data(as_text=True))
        return sent(stories.text(_story(atlas, told.get("story"))).encode(), stories.FILE)

    @server.get("/export/story.json")
    def shipped() -> flask.Response:
        return flask.jsonify(stories.record(atlas.tables.talk) if atlas.tables.talk else None)

    @server.get("/export/notes.html")
    def notes() -> str:
        _, tr = asked()
        words = {
            "language": tr.language,
            "title": tr("Notes for the speaker"),
            "back": tr("Previous step"),
            "next": tr("Next step"),
            "after": tr("Next:"),
            "waiting": tr("Start the talk in the other window; title, notes and the next step then stand here."),
        }
        page = NOTES.read_text(encoding="utf-8")
        for name, text in words.items():
            page = page.replace(f"[[{name}]]", text)
        return page


def _told(text: str) -> dict[str, Any]:
    if len(text) > MOST_TOLD:
        flask.abort(413)
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        flask.abort(400)
    return told if isinstance(told, dict) else flask.abort(400)


def _story(atlas: Atlas, own: Any) -> Story:
    """The talk that was sent, else the region's."""
    if own is None:
        return atlas.tables.talk or flask.abort(404)
    found, faults = stories.read(own)
    if found is None:
        flask.abort(flask.make_response("\n".join(fault.sentence() for fault in faults), 400))
    return found


def _pictures() -> dict[int, bytes]:
    """The pictures that were sent, by number of their step."""
    given = flask.request.files
    if len(given) > MOST_PICTURES:
        flask.abort(413)
    found = {}
    for name, upload in given.items():
        number = name.removeprefix("picture-")
        if not number.isdecimal() or len(number) > 3:
            flask.abort(400)
        found[int(number)] = checked(upload.stream.read(MOST_BYTES + 1))
    return found


def checked(content: bytes) -> bytes:
    """A picture, if it is a whole PNG of bearable size."""
    if len(content) > MOST_BYTES:
        flask.abort(413)
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        flask.abort(415)
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            width, height = picture.size
            if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
                flask.abort(413)
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        flask.abort(415)
    return content


def _today(tr: Translator) -> str:
    return tr.date(dt.datetime.now(dt.UTC).date().isoformat())
