"""What would change: steps that turn a region's tables into other tables, and what that does to the numbers.

A scenario is a list of :class:`Step`; :func:`apply` gives new :class:`ecosystem.tables.Tables`, and everything behind
tables works on these as it does on facts. :func:`what_if` gives the atlas of a scenario on the same positions and
with clusters continued from the known ones, :func:`compare` what differs, :func:`best_ties` and :func:`leaving` answer
the two questions asked first. Nothing here writes into a region folder.
"""

from ecosystem.scenario.comparison import Comparison, compare
from ecosystem.scenario.continued import what_if
from ecosystem.scenario.files import dump, load, loads
from ecosystem.scenario.merging import Conflict, Merged, merge
from ecosystem.scenario.questions import best_ties, leaving
from ecosystem.scenario.record import SOURCE, Action, Scenario, Step
from ecosystem.scenario.steps import Unfit, apply, check, fitting

__all__ = [
    "SOURCE",
    "Action",
    "Comparison",
    "Conflict",
    "Merged",
    "Scenario",
    "Step",
    "Unfit",
    "apply",
    "best_ties",
    "check",
    "compare",
    "dump",
    "fitting",
    "leaving",
    "load",
    "loads",
    "merge",
    "what_if",
]
