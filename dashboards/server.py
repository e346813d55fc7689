"""The production server: waitress, the same on Linux, macOS and Windows, in one process with the atlas."""

from __future__ import annotations

import os
import socket
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waitress.server import create_server

from dashboards.app import create_app
from dashboards.imports import MOST_BODY
from dashboards.origin import loopback
from dashboards.preparation import Attended, prepare
from dashboards.switch import Switch, regions_of
from ecosystem.atlas import load
from ecosystem.errors import ServeError
from ecosystem.regions import DEFAULT_REGION, locate

if TYPE_CHECKING:
    from pathlib import Path
    from wsgiref.types import WSGIApplication

    from flask import Flask
    from waitress.server import BaseWSGIServer, MultiSocketServer

    from dashboards.room.hall import Hall
    from ecosystem.atlas import Atlas

THREADS = 8
ROOM_THREADS = 16
"""A room full of phones asks often and gets little."""


@dataclass(frozen=True)
class Ready:
    """A server that holds its port and waits for :meth:`run`."""

    server: BaseWSGIServer | MultiSocketServer
    address: str
    atlas: Atlas
    attended: Attended

    def run(self) -> None:
        """Answer requests until interrupted; what the next clicks need is prepared meanwhile."""
        threading.Thread(target=prepare, args=(self.atlas, self.attended.wait), daemon=True).start()
        self.server.run()


def application(region: str = DEFAULT_REGION) -> Switch:
    """The WSGI application of a region and those beside it (:func:`ecosystem.regions.available`).

    For servers with several processes: ``dashboards.server:application()``.
    """
    folder = locate(region)
    return Switch(regions_of(load(folder), folder))


def require_free(host: str, port: int) -> None:
    """Make sure the port can be had, before anybody waits for an atlas.

    Raises:
        ServeError: the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            # a port just left by the last run is free; on Windows the option would take a port that is in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServeError(_sentence(host, port, error)) from error


def _sentence(host: str, port: int, error: OSError) -> str:
    cure = f"Stop what runs there, or choose another port: --port {port + 1 if port < 65535 else port - 1}."
    return f"Cannot listen on {host}:{port} ({error.strerror or error}). {cure}"


def _regions(atlas: Atlas, folder: Path | None, host: str, allow_import: bool) -> WSGIApplication:
    regions = regions_of(atlas, folder)
    regions.imports = "all" if allow_import else "here" if loopback(host) else "off"
    return Switch(regions)


def _rooms(atlas: Atlas, hall: Hall) -> WSGIApplication:
    """A room is about one region, and its visitors import nothing."""
    from dashboards.room.serve import register  # noqa: PLC0415 -- brings a database along, which few need

    app: Flask = create_app(atlas).server
    register(app, hall)
    return app


def bind(
    atlas: Atlas,
    host: str,
    port: int,
    folder: Path | None = None,
    *,
    allow_import: bool = False,
    hall: Hall | None = None,
) -> Ready:
    """The dashboard on ``host``:``port``, bound but not yet answering.

    ``folder`` is where the atlas was read from; with a ``hall`` its room is open beside the dashboard.
    """
    app, threads = (
        (_rooms(atlas, hall), ROOM_THREADS) if hall else (_regions(atlas, folder, host, allow_import), THREADS)
    )
    attended = Attended(app)
    try:
        server = create_server(
            attended, host=host, port=port, threads=threads, ident=None, max_request_body_size=MOST_BODY
        )
    except OSError as error:
        raise ServeError(_sentence(host, port, error)) from error
    shown = "127.0.0.1" if host in {"", "0.0.0.0"} else host  # noqa: S104 -- compared, not bound
    return Ready(server, f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/", atlas, attended)
