"""Finding an actor by typing: all names in the browser, or from the server where there are too many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import Input, Output, State, no_update

from dashboards.components.attributes import attributes
from dashboards.views.actornames import named, options

if TYPE_CHECKING:
    from dash import Dash

    from dashboards.language import Translator
    from dashboards.views.actornames import Option
    from ecosystem.atlas import Atlas

# names a browser takes along with the page, about 200 kB before compression: they are there before one types; of more
# the server is asked
MOST_ALONG = 3_000
SHOWN = 40


def actor_search(
    atlas: Atlas, name: str, label: str, tr: Translator, *, actor: str = "", in_panel: bool = False
) -> dmc.Select:
    """A box that finds an actor; ``actor`` is the one it holds."""
    few = len(atlas.positions) <= MOST_ALONG
    return dmc.Select(
        id=name,
        data=options(atlas) if few else _with(options(atlas, most=SHOWN), named(atlas, actor)),
        value=actor or None,
        placeholder=label,
        searchable=True,
        clearable=True,
        filter={"function": "byName" if few else "asSent"},
        limit=SHOWN,
        size="sm",
        nothingFoundMessage=tr("No actor of this name"),
        clearButtonProps={"aria-label": tr("Clear the search")},
        comboboxProps={"withinPortal": not in_panel},
        **attributes({"aria-label": label}),
    )


def _with(found: list[Option], held: list[Option]) -> list[Option]:
    """What a box offers, and what it holds: the same option twice is an error to it."""
    return found + [one for one in held if one not in found]


def register(app: Dash, atlas: Atlas, *names: str) -> None:
    """What the boxes find as somebody types, in a region of many actors."""
    if len(atlas.positions) <= MOST_ALONG:
        return
    for name in names:

        @app.callback(Output(name, "data"), Input(name, "searchValue"), State(name, "value"), prevent_initial_call=True)
        def find(typed: str | None, value: str | None) -> Any:
            return _with(options(atlas, typed, SHOWN), named(atlas, value or "")) if typed else no_update
