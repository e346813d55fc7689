"""``App``: a Dash whose callbacks that draw are asked for together, and whose answers are sent condensed.

What every page and the frame is wired by; which pages there are is said in :mod:`dashboards.app`.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import flask
from dash import Dash, Output, ctx, set_props
from dash.dependencies import DashDependency
from dash.development.base_component import Component

from dashboards.components.markup import condensed
from dashboards.drawing import FOLLOWED, Drawings
from dashboards.language import preferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

log = logging.getLogger(__name__)

# what the server is told when a page is asked for
SENT = ("path", "language", *FOLLOWED)
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


class App(Dash):
    """A Dash that tells the browser the page's language from the start, and sends plain HTML condensed."""

    def __init__(self, name: str, **named: Any) -> None:
        self.wired: set[Any] = set()
        self.drawings: Drawings | None = None
        # compressed by the server, not by Dash; and no file comes from anywhere else
        super().__init__(
            name,
            index_string=INDEX,
            on_error=failed,
            update_title="",
            compress=False,
            serve_locally=True,
            **named,
        )

    @contextmanager
    def together(self) -> Iterator[Drawings]:
        """What is registered meanwhile and draws from the stores becomes one callback (:mod:`dashboards.drawing`)."""
        of_frame = {one.id for one in components(self.layout) if hasattr(one, "id")} - {*SENT}
        found = self.drawings = Drawings(failed, frozenset(of_frame))
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

            register = super(App, self).callback(*args, **named)
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


def failed(error: Exception) -> None:
    """A callback failed: tell the reader, keep what is on screen, and leave the traceback in the log."""
    log.error("A callback failed", exc_info=error)
    set_props("failure", {"hidden": False})


def components(node: Any) -> Iterator[Any]:
    """Every component of what is given, in one walk: by its ids (``layout[id]``) Dash looks through all for each."""
    if isinstance(node, Component):
        yield node
        node = getattr(node, "children", None)
    for one in node if isinstance(node, list | tuple) else (node,):
        if isinstance(one, Component | list | tuple):
            yield from components(one)
