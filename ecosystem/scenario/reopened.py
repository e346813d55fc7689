"""A scenario opened on the data there are now: every step is checked again, what no longer fits is listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ecosystem.errors import ScenarioError
from ecosystem.scenario.steps import fitting

if TYPE_CHECKING:
    from ecosystem.scenario.record import Scenario, Step
    from ecosystem.scenario.steps import Unfit
    from ecosystem.tables import Tables

VERSION = 10
"""How many digits of a digest name a data version."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario on tables.

    Attributes:
        scenario: as it was made; unfit steps stay in it.
        tables: after the steps that fit.
        unfit: the steps that do not, with the reasons.
        version: the data version it was opened on; ``newer`` where the scenario was made on another one.
    """

    scenario: Scenario
    tables: Tables
    unfit: tuple[Unfit, ...]
    version: str

    @property
    def newer(self) -> bool:
        """Whether the data are not those the scenario was made on."""
        return self.scenario.base != self.version

    @property
    def fit(self) -> tuple[Step, ...]:
        """The steps that were applied."""
        gone = {one.number for one in self.unfit}
        return tuple(step for number, step in enumerate(self.scenario.steps, start=1) if number not in gone)


def opened(tables: Tables, scenario: Scenario) -> Opened:
    """Apply a scenario to the tables there are, whichever version it was made on.

    Raises:
        ScenarioError: the scenario is about another region.

    >>> from ecosystem.regions import locate
    >>> from ecosystem.scenario.record import Action, Scenario, Step
    >>> from ecosystem.tables import read
    >>> found = opened(read(locate("toy")), Scenario("toy", "older", steps=(Step(Action.REMOVE, "actors", "gone"),)))
    >>> found.newer, [one.kind for one in found.unfit]
    (True, ['missing'])
    """
    if scenario.region != tables.region.region_id:
        raise ScenarioError(
            f"The scenario is about “{scenario.region}”, the data are those of “{tables.region.region_id}”. "
            "Open it with its own region."
        )
    now, unfit = fitting(tables, scenario.steps)
    return Opened(scenario, now, unfit, tables.digest[:VERSION])
