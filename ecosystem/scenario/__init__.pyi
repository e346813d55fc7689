from .comparison import Comparison, compare
from .continued import continue_on, what_if
from .files import dump, dumps, load, loads
from .merging import Conflict, Merged, merge
from .packed import pack, unpack
from .questions import best_ties, leaving, ranked, tie_step
from .record import SOURCE, Action, Scenario, Step
from .reopened import Opened, opened
from .steps import Unfit, apply, check, fitting

__all__ = [
    "SOURCE",
    "Action",
    "Comparison",
    "Conflict",
    "Merged",
    "Opened",
    "Scenario",
    "Step",
    "Unfit",
    "apply",
    "best_ties",
    "check",
    "compare",
    "continue_on",
    "dump",
    "dumps",
    "fitting",
    "leaving",
    "load",
    "loads",
    "merge",
    "opened",
    "pack",
    "ranked",
    "tie_step",
    "unpack",
    "what_if",
]
