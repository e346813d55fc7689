"""Debian's Chromium for tests and screenshots: where it is, how it starts without calling home, what it is shown."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dash import Dash
from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIApplication

    from playwright.sync_api import Browser, Page

WIDE, NARROW = {"width": 1920, "height": 1080}, {"width": 1024, "height": 768}
# without a graphics card the processor stands in, so that WebGL is tested on any machine
FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """``$CHROMIUM``, else the one on the path; ``None`` where there is none."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_: object) -> None:
        """A line per request would drown what a test prints."""


@contextmanager
def served(app: Dash | WSGIApplication) -> Iterator[str]:
    """The app on a free port of this machine; gives its address, ending in a slash."""
    answering = app.server if isinstance(app, Dash) else app
    server = make_server("127.0.0.1", 0, answering, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def shown(page: Page, address: str, path: str) -> Page:
    """The page at ``path``, complete."""
    page.goto(address + path)
    page.wait_for_selector("#content h1")
    page.wait_for_load_state("networkidle")
    return page
