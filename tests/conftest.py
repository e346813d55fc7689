"""What several test files share: a browser, an app served on a free port, and the atlases of the shipped regions."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse
from uuid import uuid4

import pytest
from chromium import WIDE, executable, launched, served
from hypothesis import HealthCheck, settings
from playwright.sync_api import expect
from postgres import VARIABLE, cluster, why_not

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dash import Dash
    from playwright.sync_api import Browser, BrowserContext, Page, Request

    from ecosystem.atlas import Atlas


# how long an example takes says how busy the machine is, not whether the code is right
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--once``, for a second run against other versions of the libraries."""
    parser.addoption("--once", action="store_true", help="of a test with many cases the first one alone")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A browser on a machine of two busy cores is late now and then: once more, told in the summary as a rerun.

    What is wrong fails twice. What takes long comes first, so that no process is left alone with it at the end.
    """
    items.sort(key=lambda item: not (item.get_closest_marker("browser") or item.get_closest_marker("slow")))
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
    if config.getoption("once"):
        first = {item.nodeid.partition("[")[0]: item for item in reversed(items)}
        kept = [item for item in items if first[item.nodeid.partition("[")[0]] is item]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests neither read nor write the user's cache."""
    before = os.environ.get("ECOSYSTEM_CACHE")
    os.environ["ECOSYSTEM_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["ECOSYSTEM_CACHE"]
    else:
        os.environ["ECOSYSTEM_CACHE"] = before


@pytest.fixture(scope="session")
def ruhr() -> Atlas:
    """The default region."""
    from ecosystem.atlas import load

    return load("ruhr")


@pytest.fixture(scope="session")
def toy() -> Atlas:
    """The region whose answers are worked out by hand in data/toy/README.md."""
    from ecosystem.atlas import load

    return load("toy")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server's address, from ECOSYSTEM_POSTGRES_URL or started here; skipped where there is none."""
    given = os.environ.get(VARIABLE)
    if given:
        yield given
        return
    if reason := why_not():
        pytest.skip(reason)
    with cluster() as started:
        yield started


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """A database of its own on the server, gone after the test."""
    from sqlalchemy import create_engine, make_url, text

    name = f"test_{uuid4().hex}"
    server = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(postgres).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium, from CHROMIUM or the path; the test is skipped where there is none."""
    path = executable()
    if path is None:
        pytest.skip("no Chromium: install Debian's chromium or set CHROMIUM to its path")
    # on a busy machine a page may take its time: what never comes still fails
    expect.set_options(timeout=30_000)
    with launched(path) as browser:
        yield browser


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[[Dash], str]]:
    """Serve an app until the module's tests are done; gives its address."""
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(served(app))


@pytest.fixture(scope="session")
def address(ruhr: Atlas) -> Iterator[str]:
    """Where the default region's app answers, without a slash at the end."""
    from dashboards.app import create_app

    with served(create_app(ruhr)) as at:
        yield at.rstrip("/")


@pytest.fixture(scope="session")
def window(chromium: Browser) -> Iterator[BrowserContext]:
    """One window for all tests of a process: opening one takes the processor longer than a page of the app."""
    context = chromium.new_context(viewport=WIDE, locale="de-DE", accept_downloads=True)
    # as with expect: what a busy machine brings late is no fault
    context.set_default_timeout(90_000)
    # the tab of `page`; the window closes with its last one
    context.new_page()
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A page with nothing stored that must end without an error on the console and without leaving this machine.

    It is the same tab as before, which has the app's scripts compiled; everything a test can leave in it is taken back.
    """
    one = window.pages[0]
    one.set_viewport_size(WIDE)
    trouble: list[str] = []
    asked: set[str] = set()
    told: dict[Any, Callable[[Any], object]] = {
        "console": lambda message: trouble.append(message.text) if message.type == "error" else None,
        "pageerror": lambda error: trouble.append(str(error)),
        "request": lambda request: trouble.append(request.url) if _leaves(request) else asked.add(_origin(request)),
    }
    for event, heard in told.items():
        one.on(event, heard)
    yield one
    for event, heard in told.items():
        one.remove_listener(event, heard)
    _forget(one, asked)
    window.clear_cookies()
    window.clear_permissions()
    assert trouble == []


def _forget(page: Page, origins: set[str]) -> None:
    """Take back what a test left: what is stored, other tabs, the medium."""
    window = page.context
    storage = window.new_cdp_session(page)
    for origin in origins:
        storage.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "local_storage"})
    page.evaluate("location.protocol === 'http:' && sessionStorage.clear()")
    storage.detach()
    page.emulate_media(media="null")
    page.goto("about:blank")
    for other in window.pages[1:]:
        other.close()


def _origin(request: Request) -> str:
    return "{0.scheme}://{0.netloc}".format(urlparse(request.url))


def _leaves(request: Request) -> bool:
    parts = urlparse(request.url)
    return parts.scheme not in {"data", "blob"} and parts.hostname not in {"127.0.0.1", "localhost"}
