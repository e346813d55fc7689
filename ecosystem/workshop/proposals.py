"""Proposals: made at the tables, accepted, rejected or taken back by the operator.

Only the operator's acceptance makes steps of a proposal, and only if they fit the tables as all accepted steps before
left them. What is asked of the tables takes longer than a lock should be held: it is tried first, and tried again where
something else was accepted meanwhile.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from ecosystem.scenario import check, fitting
from ecosystem.workshop import drafts
from ecosystem.workshop.models import ProposalRow
from ecosystem.workshop.reading import accepted_steps, proposal, step_record
from ecosystem.workshop.record import Kind, Phase, Status
from ecosystem.workshop.turns import now, turn_of_operator, turn_of_participant
from ecosystem.workshop.why import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ecosystem.scenario import Step
    from ecosystem.tables import Tables
    from ecosystem.workshop.database import Database
    from ecosystem.workshop.drafts import Names
    from ecosystem.workshop.record import Proposal
    from ecosystem.workshop.turns import Turn

MOST_PROPOSALS, MOST_OWN = 2000, 100
TRIES = 5

GROUNDS = 6
"""So many states of the tables are remembered."""


class Ground:
    """A region's tables and what accepted steps made of them; remembers the latest, since steps come one by one.

    Several, because requests that began before a step was accepted still ask for what was there without it.
    """

    def __init__(self, base: Tables) -> None:
        self.base = base
        self._lock = threading.Lock()
        self._kept: list[tuple[tuple[Step, ...], Names]] = [((), drafts.Names(base))]

    def keep(self, steps: tuple[Step, ...], tables: Tables) -> None:
        """These are the tables after these steps: somebody has them already."""
        with self._lock:
            if self._known(steps) is None:
                self._keep(steps, drafts.Names(tables))

    def after(self, steps: tuple[Step, ...]) -> Names:
        """The tables after these steps, with their actors' names; steps that do not fit (newer data) are left out."""
        with self._lock:
            names = self._known(steps)
            if names is None:
                before = max((one for one in self._kept if steps[: len(one[0])] == one[0]), key=lambda one: len(one[0]))
                names = drafts.Names(fitting(before[1].tables, steps[len(before[0]) :])[0])
                self._keep(steps, names)
            return names

    def _known(self, steps: tuple[Step, ...]) -> Names | None:
        return next((names for known, names in reversed(self._kept) if known == steps), None)

    def _keep(self, steps: tuple[Step, ...], names: Names) -> None:
        # what nothing has happened to stays: it is the beginning of everything
        self._kept = [self._kept[0], *self._kept[1:][-(GROUNDS - 1) :], (steps, names)]


def propose(
    database: Database, ground: Ground, code: str, token: str, once: str,
    *, kind: Kind, told: Mapping[str, list[str]], reason: str,
) -> int:  # fmt: skip
    """Put a proposal into the queue; gives its number.

    Raises:
        Refused: it cannot be understood, or it is not the time for it.
    """
    cells = drafts.draft(ground.after(_known(accepted_steps(database, code))), kind, told)
    why = drafts.line(reason, "reason", drafts.MOST_REASON, needed=False)
    with turn_of_participant(database, code, token, once) as mine:
        mine.during(Phase.COLLECT, Phase.CLUSTER)
        who = mine.somebody
        of_room = select(func.count()).where(ProposalRow.room_id == mine.room.room_id)
        count = mine.session.scalar(of_room) or 0
        own = mine.session.scalar(of_room.where(ProposalRow.participant_id == who.participant_id)) or 0
        if count >= MOST_PROPOSALS or own >= MOST_OWN:
            raise Refused(Why.FULL)
        row = ProposalRow(
            room_id=mine.room.room_id, number=count + 1, participant_id=who.participant_id, kind=kind.value,
            cells=cells, reason=why, table_number=who.table_number, role=who.role, status=Status.WAITING.value,
            theme="", note="", steps=[], order=0, proposed=now(), settled=None,
        )  # fmt: skip
        mine.session.add(row)
        mine.tell("proposed", f"proposal:{row.number}", "operator")
        return row.number


def accept(database: Database, ground: Ground, code: str, token: str, once: str, number: int) -> None:
    """Make a waiting proposal part of the scenario.

    Raises:
        Refused: it was settled already, or its steps do not fit what was accepted before.
    """
    for _ in range(TRIES):
        try:
            return _accept_once(database, ground, code, token, once, number)
        except _Meanwhile:
            continue
    raise Refused(Why.TOO_OFTEN, seconds=1)


class _Meanwhile(Exception):  # noqa: N818 -- it never leaves this module
    """Something else was accepted while the steps were tried."""


def _accept_once(database: Database, ground: Ground, code: str, token: str, once: str, number: int) -> None:
    before = accepted_steps(database, code)
    known = _known(before)
    wanted = _waiting(database, code, number)
    steps = drafts.steps(
        wanted.kind, wanted.cells, author=drafts.label(wanted.table, wanted.role),
        time=wanted.proposed.isoformat(timespec="seconds"), reason=wanted.reason,
    )  # fmt: skip
    tables, unfit = fitting(ground.after(known).tables, steps)
    if unfit:
        raise Refused(Why.UNFIT, reason=unfit[0].reason)
    # before anybody can see the step: sixty phones would else work out what is known here already
    ground.keep((*known, *steps), tables)
    with turn_of_operator(database, code, token, once) as mine:
        if _accepted(mine) != list(before):
            raise _Meanwhile
        row = _row(mine, number, Status.WAITING)
        row.steps = [step_record(step) for step in steps]
        row.status, row.settled = Status.ACCEPTED.value, now()
        row.order = mine.tell("accepted", f"proposal:{number}")


def reject(database: Database, code: str, token: str, once: str, number: int, note: str = "") -> None:
    """Decline a waiting proposal, if wanted with a word why; its table sees both."""
    why = drafts.line(note, "note", drafts.MOST_NOTE, needed=False)
    with turn_of_operator(database, code, token, once) as mine:
        row = _row(mine, number, Status.WAITING)
        row.status, row.note, row.settled = Status.REJECTED.value, why, now()
        row.order = mine.tell("rejected", f"proposal:{number}")


def withdraw(database: Database, ground: Ground, code: str, token: str, once: str, number: int) -> None:
    """Take an accepted proposal out of the scenario.

    Raises:
        Refused: another accepted proposal stands on it (a tie of the actor it adds).
    """
    before = accepted_steps(database, code)
    left = _known({one: steps for one, steps in before.items() if one != number})
    if check(ground.base, left):
        raise Refused(Why.NEEDED)
    with turn_of_operator(database, code, token, once) as mine:
        if _accepted(mine) != list(before):
            raise Refused(Why.STALE)
        row = _row(mine, number, Status.ACCEPTED)
        row.status, row.settled = Status.WITHDRAWN.value, now()
        row.order = mine.tell("withdrawn", f"proposal:{number}")


def sort(database: Database, code: str, token: str, once: str, number: int, theme: str) -> None:
    """Put a proposal under a theme, so that what belongs together stands together."""
    name = drafts.line(theme, "theme", drafts.MOST_THEME, needed=False)
    with turn_of_operator(database, code, token, once) as mine:
        row = mine.session.scalar(_of(mine).where(ProposalRow.number == number))
        if row is None:
            raise Refused(Why.UNKNOWN, value=number, field="proposal")
        row.theme = name
        mine.tell("sorted", f"proposal:{number}")


def _of(mine: Turn):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- SQLAlchemy's own type is not for writing down
    return select(ProposalRow).where(ProposalRow.room_id == mine.room.room_id)


def _row(mine: Turn, number: int, status: Status) -> ProposalRow:
    row: ProposalRow | None = mine.session.scalar(_of(mine).where(ProposalRow.number == number))
    if row is None:
        raise Refused(Why.UNKNOWN, value=number, field="proposal")
    if row.status != status.value:
        raise Refused(Why.SETTLED)
    return row


def _accepted(mine: Turn) -> list[int]:
    found = mine.session.scalars(
        select(ProposalRow.number)
        .where(ProposalRow.room_id == mine.room.room_id, ProposalRow.status == Status.ACCEPTED.value)
        .order_by(ProposalRow.order)
    )
    return list(found)


def _known(accepted: Mapping[int, tuple[Step, ...]]) -> tuple[Step, ...]:
    return tuple(step for steps in accepted.values() for step in steps)


def _waiting(database: Database, code: str, number: int) -> Proposal:
    found = proposal(database, code, number)
    if found is None:
        raise Refused(Why.UNKNOWN, value=number, field="proposal")
    if found.status is not Status.WAITING:
        raise Refused(Why.SETTLED)
    return found
