"""Dots on the fields, votes on proposals, and what the room decides.

Everybody has one voice: giving dots or a vote again replaces what was given before. Counts are for all to see, who gave
what is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from ecosystem.workshop import drafts
from ecosystem.workshop.models import DecisionRow, ProposalRow, VoteRow
from ecosystem.workshop.reading import FIELD, PROPOSAL, tally
from ecosystem.workshop.record import DOTS, Outcome, Phase, Status
from ecosystem.workshop.turns import now, turn_of_operator, turn_of_participant
from ecosystem.workshop.why import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ecosystem.workshop.database import Database
    from ecosystem.workshop.turns import Turn


def give_dots(
    database: Database, code: str, token: str, once: str, dots: Mapping[str, int], fields: Collection[str]
) -> None:
    """Spread dots over the fields, :data:`ecosystem.workshop.record.DOTS` at most in all.

    Raises:
        Refused: too many dots, fewer than none, or no such field.
    """
    for field, count in dots.items():
        if field not in fields:
            raise Refused(Why.UNKNOWN, value=field[: drafts.MOST_NAME], field="field")
        if count < 0:
            raise Refused(Why.DOTS, most=DOTS, given=count)
    if (given := sum(dots.values())) > DOTS:
        raise Refused(Why.DOTS, most=DOTS, given=given)
    with turn_of_participant(database, code, token, once) as mine:
        mine.during(Phase.WEIGH)
        _clear(mine, [FIELD + field for field in fields])
        for field, count in dots.items():
            if count:
                _give(mine, FIELD + field, count)
        mine.tell("dots")


def vote(database: Database, code: str, token: str, once: str, number: int, weight: int) -> None:
    """For (1) or against (-1) an accepted proposal; 0 takes the vote back."""
    if weight not in {-1, 0, 1}:
        raise Refused(Why.NOT_UNDERSTOOD)
    with turn_of_participant(database, code, token, once) as mine:
        mine.during(Phase.DECIDE)
        _accepted(mine, number)
        _clear(mine, [f"{PROPOSAL}{number}"])
        if weight:
            _give(mine, f"{PROPOSAL}{number}", weight)
        mine.tell("vote", f"{PROPOSAL}{number}")


def decide(database: Database, code: str, token: str, once: str, number: int, outcome: Outcome, text: str = "") -> None:
    """Write what the room decided about an accepted proposal into the log, with the votes as they stand."""
    said = drafts.line(text, "text", drafts.MOST_NOTE, needed=False)
    with turn_of_operator(database, code, token, once) as mine:
        mine.during(Phase.DECIDE)
        _accepted(mine, number)
        pro, contra = tally(mine.session, mine.room.room_id, f"{PROPOSAL}{number}")
        mine.session.add(
            DecisionRow(
                room_id=mine.room.room_id, number=number, outcome=outcome.value, text=said,
                votes_for=pro, votes_against=contra, decided=now(),
            )
        )  # fmt: skip
        mine.tell("decided", f"{PROPOSAL}{number}")


def _accepted(mine: Turn, number: int) -> None:
    status = mine.session.scalar(
        select(ProposalRow.status).where(ProposalRow.room_id == mine.room.room_id, ProposalRow.number == number)
    )
    if status != Status.ACCEPTED.value:
        raise Refused(Why.UNKNOWN, value=number, field="proposal")


def _clear(mine: Turn, subjects: list[str]) -> None:
    mine.session.execute(
        delete(VoteRow).where(
            VoteRow.room_id == mine.room.room_id,
            VoteRow.participant_id == mine.somebody.participant_id,
            VoteRow.subject.in_(subjects),
        )
    )


def _give(mine: Turn, subject: str, weight: int) -> None:
    row = VoteRow(
        room_id=mine.room.room_id, participant_id=mine.somebody.participant_id, subject=subject, weight=weight
    )
    mine.session.add(row)
