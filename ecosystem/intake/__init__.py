"""From what a reader handed over to a changed region folder, and from a user's files to a new one.

:func:`plan` says what importing would do, :func:`accept` does it, :func:`undo` takes it back; :func:`found` makes a new
region's folder, :func:`decide` answers what only a person can. Nothing else writes into a region folder.
"""

from ecosystem.errors import IntakeError
from ecosystem.intake import filled
from ecosystem.intake.accepting import Entry, accept, log, require_writable, undo
from ecosystem.intake.copying import copied
from ecosystem.intake.decisions import Decision, Decisions, load
from ecosystem.intake.founding import Founded, found
from ecosystem.intake.planning import Outside, Plan, plan
from ecosystem.intake.record import Fate, Left, Question, Tally
from ecosystem.intake.reviewing import asked, decide

__all__ = [
    "Decision", "Decisions", "Entry", "Fate", "Founded", "IntakeError", "Left", "Outside", "Plan", "Question", "Tally",
    "accept", "asked",
    "copied", "decide", "filled", "found", "load", "log", "plan", "require_writable", "undo",
]  # fmt: skip
