"""``create_app``: the only place where a ``Dash`` object (:mod:`dashboards.wiring`) is made.

The URL is the state. One clientside script (``assets/ecosystem.js``) writes every control to it and derives from
it the stores the callbacks listen to: ``query`` (what pictures are drawn from), ``selected``, ``focus``, ``language``
and ``arrangement`` (map or network). Pages are put on screen here, without Dash's own page registry: that is a
global of the process, and its redirects lose the query string.
"""

from __future__ import annotations

import json
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html
from flask_compress import Compress

from dashboards import downloads, exports, finder, imports, panel, talks
from dashboards.components.attributes import attributes
from dashboards.components.caption import caption
from dashboards.components.controls import CONTROL
from dashboards.components.live import sentence
from dashboards.drawing import FOLLOWED
from dashboards.language import DEFAULT_LANGUAGE, translator
from dashboards.pages import scenario
from dashboards.pages.story import Frame, own_story
from dashboards.regions import Regions, mount, prefix
from dashboards.screen import PLACES, arrival, screen
from dashboards.sitemap import PAGES, page_at
from dashboards.state import DRAWN, NARROWING, SHARED, Selection, defaults
from dashboards.views.filtercounts import span
from dashboards.wiring import SENT, App, components
from ecosystem.model import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    import flask
    from dash.development.base_component import Component

    from dashboards.drawing import Drawings
    from ecosystem.atlas import Atlas

STORES = (*SENT, "changed", "said")


def create_app(atlas: Atlas, region: str = "", regions: Regions[Any] | None = None) -> Dash:
    """The dashboard of an atlas; independent of every other app of the process.

    ``region`` is its key among the ``regions`` of a server (:mod:`dashboards.switch`): what the browser asks for on
    its own, callbacks and files, then stands below ``/r/REGION/``; the addresses of pages stay the same.
    """
    app = App(
        __name__,
        title=atlas.region.name.de,
        assets_folder=str(Path(__file__).parent / "assets"),
        routes_pathname_prefix="/",
        requests_pathname_prefix=f"{prefix(region)}/",
    )
    mount(app.server, regions, region)
    _compress(app.server)
    frame = _frame(atlas, region)
    app.layout = frame
    drawings: dict[str, Drawings] = {}
    _register(app, atlas, drawings)
    with app.together():
        panel.register(app, atlas)
    for page in PAGES:
        with app.together() as drawings[page.PAGE.path]:
            page.register(app, atlas)
    finder.register(app, atlas)
    downloads.register(app.server, atlas)
    exports.register(app.server, atlas)
    if regions is not None:
        # an app alone has no folder to write into, so no address that could
        imports.register(app.server, atlas)
    talks.register(app.server, atlas)
    tr = translator(DEFAULT_LANGUAGE)
    first, *others = PAGES
    pages = [screen(atlas, first.PAGE.path, Selection(), tr), *(page.layout(atlas, Selection(), tr) for page in others)]
    # Dash declares None here
    app.validation_layout = _skeleton(html.Div([frame, *pages]), app.wired)  # type: ignore[assignment]
    return app


def _compress(server: flask.Flask) -> None:
    """Answers are sent compressed; zstd and br are for addresses a browser trusts, gzip for all others.

    Not by Dash, which knows gzip only, at its slowest but one.
    """
    server.config.update(COMPRESS_ALGORITHM=["zstd", "br", "gzip"], COMPRESS_LEVEL=2)
    Compress(server)
    # runs before the compression, which would leave a streamed file open
    server.after_request(_whole)


def _whole(response: flask.Response) -> flask.Response:
    if response.is_streamed and response.status_code == HTTPStatus.OK:
        response.direct_passthrough = False
        response.get_data()
    return response


def _skeleton(layout: html.Div, wired: Container[str]) -> html.Div:
    """Ids and types of what callbacks name: every visitor is sent this layout, and nothing else in it is looked at."""
    known = [one for one in components(layout) if isinstance(name := getattr(one, "id", None), dict) or name in wired]
    return html.Div([one.to_plotly_json() | {"props": {"id": one.id}} for one in known])


def _frame(atlas: Atlas, region: str) -> Component:
    """What is on screen before any page: stores, live region, the notice about a failure."""
    told = {"defaults": defaults(), "shared": SHARED, "drawn": DRAWN, "narrowing": NARROWING}
    settings = json.dumps(told | {"years": list(span(atlas) or ())})
    frame: Component = dmc.MantineProvider(
        [
            dcc.Location(id="url", refresh=False),
            dcc.Store(id="settings", data=settings),
            *(dcc.Store(id=name) for name in STORES),
            html.Div(id="live", className="visually-hidden", role="status", **attributes({"aria-live": "polite"})),
            html.Div(
                [
                    html.Span("Das hat nicht geklappt; das Bild zeigt den letzten Stand. "),
                    html.Span("This did not work; the picture shows the last state. ", lang="en"),
                    html.Button("Neu laden · Reload", className="button", **attributes({"data-reload": "1"})),
                ],
                id="failure",
                className="failure",
                role="alert",
                hidden=True,
            ),
            # a talk goes on from page to page
            dcc.Store(id=own_story(region), storage_type="local"),
            dcc.Store(id=Frame.LOADED),
            # steps too many for a link; the server keeps none
            dcc.Store(id=scenario.Frame.OWN, storage_type="local"),
            dcc.Store(id=Frame.TALKING),
            html.Div(id=Frame.STRIP, className="talk"),
            html.Div(id="told", className="told", role="status"),
            html.Div(id="screen"),
            html.Div(id="print-caption", className="print-caption"),
        ],
        id="mantine",
        forceColorScheme="light",
        theme={"fontFamily": "inherit", "primaryColor": "atlas", "colors": {"atlas": _SHADES}, "scale": 1},
    )
    return frame


_SHADES = ["#EDF3FA", "#D6E3F3", "#B2CBE8", "#8BB0DB", "#6496CF", "#417DC0", "#2B67AC", "#1B4F91", "#143E74", "#0D2D57"]


def _register(app: Dash, atlas: Atlas, drawings: Mapping[str, Drawings]) -> None:
    followed = [State(name, "data") for name in FOLLOWED]

    def compose(made: Callable[..., Any], path: str, language: str, given: Sequence[str]) -> Any:
        """A screen or what of it changes, with its pictures."""
        *values, search = given
        stores = dict(zip(SENT, (path, language, *values), strict=True))
        selection = _replaced(Selection.from_query(search or ""), language, stores["query"])
        drawn = json.dumps(dict(zip(FOLLOWED, values, strict=True)))
        found, page = made(atlas, path, selection, translator(language), drawn), page_at(path)
        if page:
            known = {f"{name}.data": value for name, value in stores.items()}
            drawings[page.PAGE.path].fill(components(found), known)
        return found

    # the language changes every word; another page leaves bar and filters as they are
    @app.callback(
        Output("screen", "children"),
        Input("language", "data"),
        State("path", "data"),
        *followed,
        State("url", "search"),
    )
    def show(language: str, path: str, *given: str) -> Component:
        whole: Component = compose(screen, path, language, given)
        return whole

    @app.callback(
        *(Output(where, name) for where, name in PLACES),
        Input("path", "data"),
        State("language", "data"),
        *followed,
        State("url", "search"),
        prevent_initial_call=True,
    )
    def move(path: str, language: str, *given: str) -> tuple[Any, ...]:
        parts: tuple[Any, ...] = compose(arrival, path, language, given)
        return parts

    @app.callback(Output("said", "data"), Input("changed", "data"), prevent_initial_call=True)
    def tell(changed: dict[str, str]) -> str:
        before, now = Selection.from_query(changed["before"]), Selection.from_query(changed["now"])
        tr = translator(now.language)
        page = page_at(changed["path"])
        # what a page proposes is told before which control has changed
        own = page.spoken(atlas, before, now, tr) if page and hasattr(page, "spoken") else ""
        moved = page is not None and changed["path"] != changed["left"]
        return (
            own
            if own and not moved
            else sentence(atlas, before, now, tr, page=page.title(tr) if page and moved else "")
        )

    @app.callback(Output("print-caption", "children"), Input("query", "data"), State("path", "data"))
    def printed(query: str, path: str) -> list[Component]:
        selection = Selection.from_query(query)
        tr, address = translator(selection.language), exports.link(path or "/", selection, atlas)
        page = page_at(path or "/")
        counted = page.PAGE.counted(selection) if page else selection
        return [html.P(line) for line in caption(atlas, counted, tr, link=address).lines]

    # URL → stores and controls; one callback, so that all of them change together
    app.clientside_callback(
        "(search, pathname, settings) => window.ecosystem.spread(search, pathname, settings)",
        *(Output(name, "data") for name in ("path", "language", "query", "selected", "focus", "arrangement")),
        Input("url", "search"),
        Input("url", "pathname"),
        State("settings", "data"),
    )
    # controls → URL
    app.clientside_callback(
        "(values, ids) => window.ecosystem.gather(values, ids)",
        Input({"type": CONTROL, "key": ALL}, "value"),
        State({"type": CONTROL, "key": ALL}, "id"),
    )
    # what is said aloud, and where the keyboard is after a change
    app.clientside_callback(
        "(search, pathname) => window.ecosystem.changed(search, pathname)",
        Input("url", "search"),
        Input("url", "pathname"),
    )
    app.clientside_callback("(text) => window.ecosystem.say(text)", Input("said", "data"))
    # one for both: of callbacks without outputs that have the same input, Dash keeps the last alone
    for where in ("screen", "page"):
        app.clientside_callback("(children) => window.ecosystem.arrived()", Input(where, "children"))


def _replaced(selection: Selection, language: str, query: str) -> Selection:
    """The selection with what only the browser knows: its language, and the theme where the link names none."""
    theme = Selection.from_query(query or "").theme
    return replace(selection, language=language if language in LANGUAGES else DEFAULT_LANGUAGE, theme=theme)
