"""``create_app``: the only place where a ``Dash`` object is made.

The URL is the state. One clientside script (``assets/ecosystem.js``) writes every control to it and derives from
it the stores the callbacks listen to: ``query`` (what pictures are drawn from), ``selected``, ``focus``, ``language``
and ``arrangement`` (map or network). Pages are put on screen here, without Dash's own page registry: that is a
global of the process, and its redirects lose the query string.
"""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
import flask
from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, set_props
from dash.dependencies import DashDependency
from dash.development.base_component import Component
from flask_compress import Compress

from dashboards import downloads, exports, finder, imports, panel, talks
from dashboards.components.attributes import attributes
from dashboards.components.caption import caption
from dashboards.components.controls import CONTROL
from dashboards.components.live import sentence
from dashboards.components.markup import condensed
from dashboards.drawing import FOLLOWED, Drawings
from dashboards.language import DEFAULT_LANGUAGE, preferred, translator
from dashboards.pages import scenario
from dashboards.pages.story import Frame, own_story
from dashboards.regions import Regions, mount, prefix
from dashboards.screen import PLACES, arrival, screen
from dashboards.sitemap import PAGES, page_at
from dashboards.state import DRAWN, NARROWING, SHARED, Selection, defaults
from dashboards.views.filtercounts import span
from ecosystem.model import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from ecosystem.atlas import Atlas

log = logging.getLogger(__name__)

# what the server is told when a page is asked for
SENT = ("path", "language", *FOLLOWED)
STORES = (*SENT, "changed", "said")
INDEX = """<!DOCTYPE html>
<html lang="de">
<head>
{%metas%}
<meta name="color-scheme" content="light dark">
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""


def create_app(atlas: Atlas, region: str = "", regions: Regions[Any] | None = None) -> Dash:
    """The dashboard of an atlas; independent of every other app of the process.

    ``region`` is its key among the ``regions`` of a server (:mod:`dashboards.switch`): what the browser asks for on
    its own, callbacks and files, then stands below ``/r/REGION/``; the addresses of pages stay the same.
    """
    app = _App(
        __name__,
        title=atlas.region.name.de,
        index_string=INDEX,
        update_title="",
        assets_folder=str(Path(__file__).parent / "assets"),
        on_error=_failed,
        compress=False,
        serve_locally=True,
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


def components(node: Any) -> Iterator[Any]:
    """Every component of what is given, in one walk: by its ids (``layout[id]``) Dash looks through all for each."""
    if isinstance(node, Component):
        yield node
        node = getattr(node, "children", None)
    for one in node if isinstance(node, list | tuple) else (node,):
        if isinstance(one, Component | list | tuple):
            yield from components(one)


class _App(Dash):
    """A Dash that tells the browser the page's language from the start, and sends plain HTML condensed."""

    def __init__(self, *args: Any, **named: Any) -> None:
        self.wired: set[Any] = set()
        self.drawings: Drawings | None = None
        super().__init__(*args, **named)

    @contextmanager
    def together(self) -> Iterator[Drawings]:
        """What is registered meanwhile and draws from the stores becomes one callback (:mod:`dashboards.drawing`)."""
        of_frame = {one.id for one in components(self.layout) if hasattr(one, "id")} - {*SENT}
        found = self.drawings = Drawings(_failed, frozenset(of_frame))
        yield found
        self.drawings = None
        if found.all:

            def draw(*given: Any) -> Any:
                answers = found.answers(given, set(ctx.triggered_prop_ids))
                # to Dash a list is several answers, or the one
                return answers if len(answers) > 1 else answers[0]

            self.callback(*found.parts, prevent_initial_call=True)(draw)

    def callback(self, *args: Any, apart: bool = False, **named: Any) -> Any:
        """As Dash's; what the function gives is condensed (:mod:`dashboards.components.markup`).

        One that takes longer than the pictures stays ``apart`` from them, and comes after its page.
        """
        self._note(args)
        several = sum(isinstance(one, Output) for one in args) > 1

        def registered(function: Callable[..., Any]) -> Callable[..., Any]:
            ready = bool(named.get("prevent_initial_call"))
            if self.drawings and not apart and self.drawings.take(args, function, ready=ready):
                return function

            @wraps(function)
            def answer(*given: Any) -> Any:
                found = function(*given)
                # a list may be several outputs, too
                return [condensed(one, self.wired) for one in found] if several else condensed(found, self.wired)

            register = super(_App, self).callback(*args, **named)
            register(answer)
            return function

        return registered

    def clientside_callback(self, *args: Any, **named: Any) -> Any:
        """As Dash's."""
        self._note(args)
        return super().clientside_callback(*args, **named)  # type: ignore[no-untyped-call]

    def _note(self, args: Iterable[Any]) -> None:
        """What callbacks name keeps its component; an id by pattern is never plain HTML."""
        self.wired |= {
            one.component_id for one in args if isinstance(one, DashDependency) and isinstance(one.component_id, str)
        }

    def interpolate_index(self, *parts: Any, **named: Any) -> Any:
        """The index page with ``lang`` set; in the page, since the app is shared by all requests at the time."""
        page = super().interpolate_index(*parts, **named)  # type: ignore[no-untyped-call]
        asked = flask.request
        language = preferred(asked.args.get("lang"), asked.cookies.get("lang"), asked.accept_languages.best_match)
        below = str(self.config.requests_pathname_prefix).rstrip("/")
        for shared in ("_dash-component-suites", "assets") if below else ():
            # the same for every region: a browser fetches and compiles them once
            page = page.replace(f'"{below}/{shared}/', f'"/{shared}/')
        return page.replace('<html lang="de">', f'<html lang="{language}">', 1).replace(
            "<body>", f'<body data-prefix="{below}">', 1
        )


def _failed(error: Exception) -> None:
    """A callback failed: tell the reader, keep what is on screen, and leave the traceback in the log."""
    log.error("A callback failed", exc_info=error)
    set_props("failure", {"hidden": False})


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
