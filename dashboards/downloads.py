"""Downloads: every table as it was read, and the whole atlas in the export formats."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import flask

from ecosystem import export, tables

if TYPE_CHECKING:
    from ecosystem.atlas import Atlas

TYPES = {
    "csv": "text/csv",
    "gexf": "application/xml",
    "graphml": "application/xml",
    "json": "application/json",
    "geojson": "application/geo+json",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "toml": "application/toml",
    "zip": "application/zip",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def register(server: flask.Flask, atlas: Atlas) -> None:
    """``/download/NAME``: a file of the region folder or ``REGION.ENDING``; anything else is not found.

    Names are looked up, never opened: no path of the machine can be reached.
    """

    @cache
    def files() -> dict[str, str]:
        return tables.texts(atlas.tables)

    @cache
    def whole(ending: str) -> bytes:
        return export.render(atlas, ending)

    exports = {f"{atlas.region.region_id}.{ending}": ending for ending in export.formats()}

    # "path": what has slashes is no page of the app either
    @server.route("/download/<path:name>")
    def download(name: str) -> flask.Response:
        if name in exports:
            content = whole(exports[name])
        elif name in files():
            content = files()[name].encode()
        else:
            flask.abort(404)
        return sent(content, name)


def sent(content: bytes, name: str) -> flask.Response:
    """A file to be saved under this name."""
    kind = TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    return flask.send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)
