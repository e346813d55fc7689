"""The form of a scenario: one choice of what should change, and the boxes that belong to it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import Input, Output, State, html

from dashboards.components import actorsearch
from dashboards.components.actorsearch import MOST_ALONG, SHOWN, actor_search
from dashboards.components.attributes import attributes
from dashboards.components.scenario_words import boxes
from dashboards.components.words import relation_names, sector_names
from dashboards.views.actornames import named, options
from dashboards.views.scenarioforms import BOXES, COMMON, FORMS
from ecosystem.model import Relation, Sector

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash import Dash
    from dash.development.base_component import Component

    from dashboards.language import Translator
    from ecosystem.atlas import Atlas

MOST_PROJECTS = 3_000


class Box(StrEnum):
    """Ids of the boxes; ``scen-`` and the name of :data:`dashboards.views.scenarioforms.BOXES`."""

    KIND = "scen-kind"
    ONE = "scen-one"
    RELATION = "scen-relation"
    OTHER = "scen-other"
    NAME = "scen-name"
    SECTOR = "scen-sector"
    PLACE = "scen-place"
    TITLE = "scen-title"
    FIELDS = "scen-fields"
    MANY = "scen-many"
    NUMBER = "scen-number"
    YEAR = "scen-year"
    MONEY = "scen-money"
    PROJECT = "scen-project"
    REASON = "scen-reason"
    AUTHOR = "scen-author"


SENT = tuple(Box(f"scen-{name}") for name in (*BOXES, *COMMON))
"""The boxes in the order their values are sent."""


def kinds(tr: Translator) -> dict[str, str]:
    """What can be changed."""
    return {
        "tie": tr("Add a tie"), "project": tr("Add a joint project"), "actor": tr("Add an actor"),
        "call": tr("Fund a call"), "untie": tr("Take a tie away"), "leave": tr("An actor leaves"),
        "end": tr("A project ends"), "move": tr("Move an actor"), "merge": tr("Merge actors"),
    }  # fmt: skip


def form(atlas: Atlas, go: str, tr: Translator) -> html.Div:
    """All boxes; the style sheet shows those of the kind chosen (``data-kind``)."""
    kind = dmc.Select(
        id=Box.KIND, data=_options(list(kinds(tr).items())), value="tie", allowDeselect=False, size="sm",
        label=tr("What should change?"), checkIconPosition="right",
    )  # fmt: skip
    made = _boxes(atlas, tr)
    return html.Div(
        [
            kind,
            *(html.Div(made[name], className=_class(name)) for name in (*BOXES, *COMMON)),
            html.P(tr("Please no names of persons: a role or the number of a table is enough."), className="hint"),
            html.Button(tr("Add to the scenario"), id=go, className="button primary", n_clicks=0),
        ],
        id="scen-form",
        className="scen-form",
        role="group",
        **attributes({"data-kind": "tie", "aria-label": tr("Change the scenario")}),
    )


def _class(name: str) -> str:
    """For which kinds a box is shown."""
    if name in COMMON:
        return "scen-box"
    return " ".join(
        ["scen-box", "only", *(f"for-{kind}" for kind, parts in FORMS.items() if name in parts[0] + parts[1])]
    )


def _options(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"value": value, "label": text} for value, text in pairs]


def _boxes(atlas: Atlas, tr: Translator) -> dict[str, Component]:
    called = boxes(tr)
    places = atlas.tables.places
    inside = places[places["in_region"]].sort_values("name", kind="stable")
    relations = [(one.value, relation_names(tr)[one]) for one in (Relation.COOPERATES_WITH, *Relation)]
    fields = [(field.field_id, tr.label(field.short)) for field in atlas.region.fields]
    projects = atlas.tables.projects.sort_values("title", kind="stable").head(MOST_PROJECTS)
    return {
        "one": _actor(atlas, Box.ONE, called["one"], tr),
        "other": _actor(atlas, Box.OTHER, called["other"], tr),
        "relation": _one(Box.RELATION, called["relation"], list(dict(relations).items()), tr, Relation.COOPERATES_WITH),
        "name": dmc.TextInput(id=Box.NAME, label=called["name"], value="", size="sm"),
        "sector": _one(Box.SECTOR, called["sector"], [(one.value, sector_names(tr)[one]) for one in Sector], tr),
        "place": _one(Box.PLACE, called["place"], list(zip(inside["place_id"], inside["name"], strict=True)), tr),
        "title": dmc.TextInput(id=Box.TITLE, label=called["title"], value="", size="sm"),
        "fields": _several(Box.FIELDS, called["fields"], _options(fields), tr),
        "many": _several(
            Box.MANY,
            called["many"],
            [] if _search(atlas) == "byName" else options(atlas, most=SHOWN),
            tr,
            search=_search(atlas),
        ),
        "number": _count(Box.NUMBER, called["number"], 3, 1, 50),
        "year": _count(Box.YEAR, called["year"], "", 1990, 2100),
        "money": _count(Box.MONEY, called["money"], "", 0, 10**9),
        "project": _one(
            Box.PROJECT, called["project"], list(zip(projects["project_id"], projects["title"], strict=True)), tr
        ),
        "reason": dmc.TextInput(id=Box.REASON, label=called["reason"], value="", size="sm"),
        "author": dmc.TextInput(id=Box.AUTHOR, label=called["author"], value="", size="sm"),
    }


def _actor(atlas: Atlas, name: str, label: str, tr: Translator) -> html.Div:
    return html.Div([html.Span(label, className="control-name"), actor_box(atlas, name, label, tr)])


def actor_box(atlas: Atlas, name: str, label: str, tr: Translator) -> dmc.Select:
    """A box that finds an actor; the names are sent with the first of them alone."""
    box = actor_search(atlas, name, label, tr)
    if name != Box.ONE and _search(atlas) == "byName":
        box.data = []
    return box


def _search(atlas: Atlas) -> str:
    """Who finds actors by what is typed: the browser, or the server where they are too many to send."""
    return "byName" if len(atlas.positions) <= MOST_ALONG else "asSent"


def register(app: Dash, atlas: Atlas, *more: str) -> None:
    """What the boxes offer: all actors once, copied in the browser; or what the server finds as somebody types."""
    if _search(atlas) == "byName":
        others = [Box.OTHER, Box.MANY, *more]
        app.clientside_callback(
            f"(data) => Array({len(others)}).fill(data)",
            *(Output(one, "data") for one in others),
            Input(Box.ONE, "data"),
        )
        return
    actorsearch.register(app, atlas, Box.ONE, Box.OTHER, *more)

    @app.callback(Output(Box.MANY, "data"), Input(Box.MANY, "searchValue"), State(Box.MANY, "value"))
    def find(typed: str | None, value: list[str] | None) -> list[dict[str, str]]:
        held = [one for actor in value or [] for one in named(atlas, actor)]
        return held + [one for one in options(atlas, typed, SHOWN) if one not in held]


def _one(
    name: str, label: str, pairs: Sequence[tuple[str, str]], tr: Translator, value: str | None = None
) -> Component:
    box: Component = dmc.Select(
        id=name, data=_options([(str(one), str(text)) for one, text in pairs]), value=value, label=label,
        searchable=True, size="sm", limit=SHOWN * 2, nothingFoundMessage=tr("Nothing of this name"),
        placeholder=tr("Choose …"),
    )  # fmt: skip
    return box


def _several(name: str, label: str, data: Sequence[dict[str, str]], tr: Translator, *, search: str = "") -> Component:
    more: dict[str, Any] = {"filter": {"function": search}} if search else {}
    box: Component = dmc.MultiSelect(
        id=name, data=list(data), value=[], label=label, searchable=True, size="sm", limit=SHOWN,
        nothingFoundMessage=tr("Nothing of this name"), hidePickedOptions=True, placeholder=tr("Choose …"), **more,
    )  # fmt: skip
    return box


def _count(name: str, label: str, value: int | str, low: int, high: int) -> Component:
    box: Component = dmc.NumberInput(
        id=name, label=label, value=value, min=low, max=high, allowDecimal=False, size="sm", clampBehavior="none",
        hideControls=True,
    )  # fmt: skip
    return box
