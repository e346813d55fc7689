"""Debian's Chromium for tests and screenshots: where it is, how it starts without calling home, what it is shown."""

from __future__ import annotations

import os
import shutil
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from dash import Dash
from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import WSGIApplication

    from playwright.sync_api import Browser, Page, ViewportSize

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# a flow is walked in one language, the flows of a file in both by turns: what differs is words, and those are compared
# in both without a browser
IN_GERMAN, IN_ENGLISH = (pytest.mark.parametrize("language", [one]) for one in ("de", "en"))
WIDE: ViewportSize = {"width": 1920, "height": 1080}
NARROW: ViewportSize = {"width": 1024, "height": 768}
# without a graphics card the processor stands in, so that WebGL is tested on any machine; for WebGL alone: Debian asks
# for pages to be put together by a card as well, which takes a processor in its place half of its time
FLAGS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
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


def barriers(page: Page, *more: str) -> list[tuple[str, list[Any]]]:
    """What axe holds against the page by the rules of WCAG 2.2 AA and ``more`` tags: rule, and three elements each.

    A grid that is still filling has rows without cells: what is gone within seconds is no barrier, what stays is.
    """
    # what passes is not listed: naming thousands of elements takes as long as looking at them
    rules = {"runOnly": {"type": "tag", "values": [*WCAG, *more]}, "resultTypes": ["violations"]}
    for _ in range(8):
        found = Axe().run(page, options=rules).response["violations"]
        if not found:
            break
        page.wait_for_timeout(1000)
    return [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]


def fits(page: Page, size: ViewportSize = NARROW) -> bool:
    """Whether nothing sticks out sideways in a window of this size."""
    page.set_viewport_size(size)
    page.wait_for_timeout(300)
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
