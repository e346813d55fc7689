"""Reading data into a region over HTTP: upload, columns, decisions, accept, discard, undo, the folder as a zip file.

Only what changes something is here; the page shows where an import stands. Every request must come from a page of this
server, and what is refused is one sentence, never a page of the framework.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import flask

from dashboards.components.faulttexts import language, said
from dashboards.components.importwords import allowed, drafts_of
from dashboards.downloads import sent
from dashboards.drafts import MOST_FILES
from dashboards.language import translator
from dashboards.origin import require_same_origin
from dashboards.regions import mounted
from ecosystem import intake
from ecosystem.errors import EcosystemError
from ecosystem.sources.safety import MB, UPLOAD, neutral

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas
    from ecosystem.intake import Plan

PIECE = MB
MOST_BODY = UPLOAD.file + 2 * MB
"""Bytes of a whole upload: its files and what frames them."""
MOST_TOLD = 200_000
TOLD = ("region.toml", ".csv", ".geojson", ".yaml")
REJECT_COLUMNS = ("file", "part", "row", "fate", "column", "value", "reason", "cure")
Answer = tuple[dict[str, Any], int]


def register(server: flask.Flask, atlas: Atlas) -> None:
    """``/intake/…``: ``upload``, ``undo`` and ``TOKEN/ACT`` by POST, ``TOKEN/rejects.csv`` and ``region.zip``."""

    @server.post("/intake/upload")
    def upload() -> Answer:
        return _answered(_upload)

    @server.post("/intake/undo")
    def undo() -> Answer:
        return _answered(_undo)

    @server.post("/intake/<token>/<act>")
    def act(token: str, act: str) -> Answer:
        if act not in ACTS:
            flask.abort(404)
        return _answered(lambda tr: ACTS[act](token, tr))

    @server.get("/intake/state.json")
    def state() -> dict[str, str]:
        here = mounted()
        return {"kind": here.regions.state(here.key).kind if here.regions else "ready"}

    @server.get("/intake/<token>/rejects.csv")
    def rejects(token: str) -> flask.Response:
        draft = drafts_of(mounted()).get(token, mounted().key)
        if draft is None or draft.plan is None:
            flask.abort(404)
        return sent(reject_file(draft.plan), f"{atlas.region.region_id}-rejects.csv")

    @server.get("/intake/region.zip")
    def whole() -> flask.Response:
        here = mounted()
        folder = here.regions.folder(here.key) if here.regions else None
        return flask.abort(404) if folder is None else sent(packed(folder), f"{atlas.region.region_id}.zip")


def reject_file(plan: Plan) -> bytes:
    """Every row that is not taken, with its reason; of natural persons only where they stand."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(REJECT_COLUMNS)
    for one in plan.left:
        at = one.origin
        row = ("" if at.row is None else at.row, one.fate.value, one.column, one.value, one.reason, one.cure)
        writer.writerow([neutral(str(cell)) for cell in (at.file, at.part, *row)])
    return buffer.getvalue().encode("utf-8-sig")


def packed(folder: Path) -> bytes:
    """The files of a region folder in a zip file: tables, description, outlines, decisions; no log of imports."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith(".") and path.name.endswith(TOLD):
                archive.write(path, f"{folder.name}/{path.name}")
    return buffer.getvalue()


def _answered(work: Callable[[Translator], dict[str, Any]]) -> Answer:
    """What the work tells, or one sentence on why it is refused."""
    require_same_origin()
    tr = translator(flask.request.args.get("lang", ""))
    refused = allowed(mounted(), tr)
    if refused:
        return {"error": refused}, HTTPStatus.FORBIDDEN
    try:
        return work(tr), HTTPStatus.OK
    except EcosystemError as error:
        told = str(error)
        return {"error": said(told, tr), **language(told, tr)}, HTTPStatus.BAD_REQUEST


def _upload(tr: Translator) -> dict[str, Any]:
    size = flask.request.content_length
    if size is None or size > MOST_BODY:
        told = tr("The files are larger than the {n} MB that can be uploaded at once.", n=tr.number(UPLOAD.file // MB))
        flask.abort(flask.make_response({"error": told}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
    here = mounted()
    drafts = drafts_of(here)
    folder = here.regions.folder(here.key) if here.regions else None
    given = [one for one in flask.request.files.getlist("files") if one.filename]
    if not given or folder is None:
        flask.abort(flask.make_response({"error": tr("Choose one or more files.")}, HTTPStatus.BAD_REQUEST))
    if len(given) > MOST_FILES:
        told = tr("At most {n} files are read in at once.", n=tr.number(MOST_FILES))
        flask.abort(flask.make_response({"error": told}, HTTPStatus.BAD_REQUEST))
    outside = "keep" if flask.request.form.get("outside") == "keep" else "drop"
    draft = drafts.begin(here.key, folder, flask.request.form.get("kind", ""), outside=outside)  # type: ignore[arg-type]
    try:
        for one in given:
            drafts.take(draft.token, one.filename or "file", _pieces(one.stream))
    except BaseException:
        drafts.discard(draft.token)
        raise
    drafts.start(draft.token)
    return {"token": draft.token}


def _pieces(stream: Any) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece


def _map(token: str, tr: Translator) -> dict[str, Any]:
    told = _told(tr)
    drafts_of(mounted()).map(token, {str(header): str(target) for header, target in told.items()})
    return {"token": token}


def _decide(token: str, tr: Translator) -> dict[str, Any]:
    told = _told(tr)
    drafts_of(mounted()).decide(token, str(told.get("key", "")), str(told.get("verdict", "")))
    return {"token": token}


def _accept(token: str, tr: Translator) -> dict[str, Any]:
    here = mounted()
    entry = drafts_of(here).accept(token)
    if entry is None:
        return {"token": "", "told": tr("Nothing changed: all of it was there already.")}
    _reread()
    return {"token": "", "told": tr("Accepted as import {n}.", n=tr.number(entry.number)), "changed": True}


def _discard(token: str, tr: Translator) -> dict[str, Any]:
    drafts_of(mounted()).discard(token)
    return {"token": "", "told": tr("Discarded; nothing was changed.")}


def _undo(tr: Translator) -> dict[str, Any]:
    here = mounted()
    folder = here.regions.folder(here.key) if here.regions else None
    if folder is None:
        flask.abort(404)
    entry = intake.undo(folder)
    _reread()
    return {"told": tr("Import {n} was taken back.", n=tr.number(entry.number)), "changed": True}


def _reread() -> None:
    here = mounted()
    if here.regions is not None:
        here.regions.reread(here.key)
        # the page is loaded anew with the new tables: it begins now
        here.regions.ask(here.key)


def _told(tr: Translator) -> dict[str, Any]:
    if (flask.request.content_length or 0) > MOST_TOLD:
        flask.abort(413)
    try:
        told = json.loads(flask.request.get_data(as_text=True) or "{}")
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        flask.abort(flask.make_response({"error": tr("The request cannot be read.")}, HTTPStatus.BAD_REQUEST))
    return told


ACTS: dict[str, Callable[[str, Any], dict[str, Any]]] = {
    "map": _map,
    "decide": _decide,
    "accept": _accept,
    "discard": _discard,
}
