"""A scenario on screen: the steps a link or the browser holds, the atlas they make, what differs from the facts.

The server keeps no scenario. A link has the steps packed; one too long for an address stands in the browser's storage
under a short name, and the link has that. What is computed is kept with the atlas by data version and steps.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from dashboards.views.shelf import kept
from ecosystem.errors import ScenarioError

if TYPE_CHECKING:
    from dashboards.state import Selection
    from ecosystem.atlas import Atlas
    from ecosystem.findings.material import Level
    from ecosystem.scenario import Comparison, Opened, Scenario

# longer addresses are cut by programs on the way
MOST_IN_LINK = 6000
# what fits mails and chats as well
MOST_SHARED = 1900
STORED = "~"
"""Before the name of a scenario that only the browser holds."""

Fault = Literal["cut", "gone", "region"]


@dataclass(frozen=True, slots=True)
class Held:
    """What a link and the browser hold: a scenario, or why there is none; both empty where none was begun."""

    scenario: Scenario | None = None
    fault: Fault | None = None


@dataclass(frozen=True, eq=False)
class What:
    """A scenario applied: its steps checked, the atlas behind those that fit, and what differs."""

    opened: Opened
    before: Atlas
    after: Atlas
    compared: Comparison
    level: Level


def held(atlas: Atlas, token: str, browser: Any = None) -> Held:
    """The scenario a token stands for; ``browser`` is what the browser keeps."""
    from ecosystem.scenario import unpack  # noqa: PLC0415 -- an app starts without the engine

    if not token:
        return Held()
    text = stored(browser).get(token, "") if token.startswith(STORED) else token
    if not text:
        return Held(fault="gone")
    try:
        found = unpack(text)
    except ScenarioError:
        return Held(fault="cut")
    return Held(found) if found.region == atlas.region.region_id else Held(fault="region")


def stored(browser: Any) -> dict[str, str]:
    """The long scenarios among what the browser keeps; what is not of this form is nothing."""
    told = browser.get("long") if isinstance(browser, dict) else None
    if not isinstance(told, dict):
        return {}
    return {str(name): text for name, text in told.items() if isinstance(text, str)}


def token(scenario: Scenario) -> tuple[str, str]:
    """What a link has for a scenario, and the packed steps."""
    from ecosystem.scenario import pack  # noqa: PLC0415 -- an app starts without the engine

    text = pack(scenario)
    if len(text) <= MOST_IN_LINK:
        return text, text
    return STORED + hashlib.sha256(text.encode()).hexdigest()[:16], text


def begun(atlas: Atlas) -> Scenario:
    """A scenario without steps on the data there are."""
    from ecosystem.scenario import Scenario  # noqa: PLC0415 -- an app starts without the engine

    return Scenario(atlas.region.region_id, atlas.version)


def level_of(selection: Selection) -> Level:
    """The places that are compared."""
    return "municipality" if selection.unit == "municipality" else "district"


def what(atlas: Atlas, selection: Selection, browser: Any = None) -> What | None:
    """The scenario of a link with all that follows from it; ``None`` where there is none to show."""
    from ecosystem.scenario import compare, pack  # noqa: PLC0415 -- an app starts without the engine

    scenario = held(atlas, selection.scenario, browser).scenario
    if scenario is None:
        return None
    level = level_of(selection)
    opened, after = applied(atlas, scenario)
    key = (pack(replace(scenario, title="", assumptions=(), undone=())), level)
    compared = kept(atlas, "scenario compared", key, lambda: compare(atlas, after, level=level))
    return What(opened, atlas, after, compared, level)


def applied(atlas: Atlas, scenario: Scenario) -> tuple[Opened, Atlas]:
    """The steps checked on the data there are, and the atlas behind those that fit."""
    from ecosystem.scenario import continue_on, opened, pack  # noqa: PLC0415 -- an app starts without the engine

    def made() -> tuple[Opened, Atlas]:
        found = opened(atlas.tables, scenario)
        return found, continue_on(atlas, found.tables)

    found, after = kept(atlas, "scenario", pack(replace(scenario, title="", assumptions=(), undone=())), made)
    return replace(found, scenario=scenario), after


def names(atlas: Atlas, scenario: Scenario) -> dict[str, str]:
    """Actors and projects by id, those the scenario adds among them."""

    def known() -> dict[str, str]:
        tables = atlas.tables
        found = dict(zip(tables.projects["project_id"], tables.projects["title"], strict=True))
        return found | dict(zip(tables.actors["actor_id"], tables.actors["name"], strict=True))

    added = {step.key: step.cells["name"] for step in scenario.steps if step.table == "actors" and "name" in step.cells}
    return {**added, **kept(atlas, "scenario names", "", known)}
