"""A room as it stands, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, func, select

from ecosystem.scenario.record import Action, Step
from ecosystem.workshop.models import (
    DecisionRow,
    EventRow,
    ItemRow,
    OperatorRow,
    ParticipantRow,
    ProposalRow,
    RoomRow,
    VoteRow,
)
from ecosystem.workshop.record import (
    Decision,
    Event,
    Item,
    Kind,
    Outcome,
    Participant,
    Phase,
    Proposal,
    Room,
    Standing,
    Status,
)
from ecosystem.workshop.turns import hashed
from ecosystem.workshop.why import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from ecosystem.workshop.database import Database

FIELD, PROPOSAL = "field:", "proposal:"


@dataclass(frozen=True, slots=True)
class Pulse:
    """How far a room is, and who asks: what one short look at the database tells."""

    seq: int
    seen: int
    participant: Participant | None = None
    operator: bool = False


def room_of(row: RoomRow) -> Room:
    """The record of a row."""
    return Room(
        row.code, row.region, row.base, row.title, row.host, row.port, row.address, Phase(row.phase), row.seq, row.seen,
        row.opened, row.closed,
    )  # fmt: skip


def pulse(database: Database, code: str, *, participant: str = "", operator: str = "") -> Pulse:
    """The numbers of the last event, and whose tokens these are.

    Raises:
        Refused: there is no such room.
    """
    # sixty phones ask this every other second: one query, and columns instead of objects
    here = (ParticipantRow.room_id == RoomRow.room_id) & (ParticipantRow.token == hashed(participant))
    asks = (ParticipantRow.participant_id, ParticipantRow.table_number, ParticipantRow.role, ParticipantRow.changed)
    with database.reading() as session:
        found = session.execute(
            select(RoomRow.room_id, RoomRow.seq, RoomRow.seen, *asks)
            .outerjoin(ParticipantRow, here)
            .where(RoomRow.code == code)
        ).first()
        if found is None:
            raise Refused(Why.NO_ROOM, code=code)
        room_id, seq, seen, number, table, role, changed = found
        who = Participant(number, table, role, changed) if participant and number is not None else None
        rules = False
        if operator:
            query = select(OperatorRow.operator_id).where(
                OperatorRow.token == hashed(operator), OperatorRow.room_id == room_id
            )
            rules = session.scalar(query) is not None
        return Pulse(seq, seen, who, rules)


def standing(database: Database, code: str) -> Standing:
    """The whole room.

    Raises:
        Refused: there is no such room.
    """
    with database.reading() as session:
        return standing_in(session, code)


def standing_in(session: Session, code: str) -> Standing:
    """As :func:`standing`, in a session that is open already."""
    room = session.scalar(select(RoomRow).where(RoomRow.code == code))
    if room is None:
        raise Refused(Why.NO_ROOM, code=code)
    at = room.room_id
    items = session.scalars(select(ItemRow).where(ItemRow.room_id == at).order_by(ItemRow.position))
    proposals = session.scalars(select(ProposalRow).where(ProposalRow.room_id == at).order_by(ProposalRow.number))
    decisions = session.scalars(select(DecisionRow).where(DecisionRow.room_id == at).order_by(DecisionRow.decision_id))
    tables = session.execute(
        select(ParticipantRow.table_number, func.count())
        .where(ParticipantRow.room_id == at)
        .group_by(ParticipantRow.table_number)
    )
    dots, votes = _tallies(session, at)
    return Standing(
        room_of(room),
        tuple(Item(Phase(one.phase), one.minutes, one.started) for one in items),
        tuple(map(_proposal, proposals)),
        dots,
        votes,
        tuple(map(_decision, decisions)),
        {table: int(count) for table, count in tables},
    )


def accepted_steps(database: Database, code: str) -> dict[int, tuple[Step, ...]]:
    """The steps of accepted proposals by number, in the order of their acceptance; much less than the whole room."""
    with database.reading() as session:
        room = select(RoomRow.room_id).where(RoomRow.code == code).scalar_subquery()
        rows = session.execute(
            select(ProposalRow.number, ProposalRow.steps)
            .where(ProposalRow.room_id == room, ProposalRow.status == Status.ACCEPTED.value)
            .order_by(ProposalRow.order)
        )
        return {number: tuple(map(_step, steps)) for number, steps in rows}


def proposal(database: Database, code: str, number: int) -> Proposal | None:
    """One proposal; ``None`` where there is none of this number."""
    with database.reading() as session:
        room = select(RoomRow.room_id).where(RoomRow.code == code).scalar_subquery()
        row = session.scalar(select(ProposalRow).where(ProposalRow.room_id == room, ProposalRow.number == number))
        return None if row is None else _proposal(row)


def own_proposals(database: Database, who: Participant) -> tuple[Proposal, ...]:
    """What this participant proposed."""
    with database.reading() as session:
        query = select(ProposalRow).where(ProposalRow.participant_id == who.participant_id)
        return tuple(map(_proposal, session.scalars(query.order_by(ProposalRow.number))))


def events(database: Database, code: str, last: int | None = None) -> tuple[Event, ...]:
    """What happened in a room, in its order; only the ``last`` so many where a number is given."""
    with database.reading() as session:
        room = select(RoomRow.room_id).where(RoomRow.code == code).scalar_subquery()
        query = select(EventRow).where(EventRow.room_id == room).order_by(EventRow.seq.desc()).limit(last)
        found = [Event(row.seq, row.kind, row.about, row.at) for row in session.scalars(query)]
        return tuple(found[::-1])


def own_votes(database: Database, who: Participant) -> dict[str, int]:
    """What this participant gave: subject → weight."""
    with database.reading() as session:
        rows = session.execute(
            select(VoteRow.subject, VoteRow.weight).where(VoteRow.participant_id == who.participant_id)
        )
        return {subject: weight for subject, weight in rows if weight}


def tally(session: Session, room_id: int, subject: str) -> tuple[int, int]:
    """Votes for and against one subject."""
    row = session.execute(
        select(
            func.coalesce(func.sum(case((VoteRow.weight > 0, 1), else_=0)), 0),
            func.coalesce(func.sum(case((VoteRow.weight < 0, 1), else_=0)), 0),
        ).where(VoteRow.room_id == room_id, VoteRow.subject == subject)
    ).one()
    return int(row[0]), int(row[1])


def _tallies(session: Session, room_id: int) -> tuple[dict[str, int], dict[int, tuple[int, int]]]:
    dots: dict[str, int] = {}
    votes: dict[int, tuple[int, int]] = {}
    rows = session.execute(
        select(
            VoteRow.subject,
            func.sum(VoteRow.weight),
            func.sum(case((VoteRow.weight > 0, 1), else_=0)),
            func.sum(case((VoteRow.weight < 0, 1), else_=0)),
        )
        .where(VoteRow.room_id == room_id)
        .group_by(VoteRow.subject)
    )
    for subject, total, pro, contra in rows:
        if subject.startswith(FIELD):
            dots[subject.removeprefix(FIELD)] = int(total)
        else:
            votes[int(subject.removeprefix(PROPOSAL))] = (int(pro), int(contra))
    return dots, votes


def step_record(step: Step) -> dict[str, Any]:
    """A step as it is kept."""
    plain = {name: getattr(step, name) for name in ("table", "key", "author", "time", "reason")}
    return {"action": step.action.value, **plain, "cells": dict(step.cells)}


def _step(told: Mapping[str, Any]) -> Step:
    return Step(**{**told, "action": Action(told["action"])})


def _proposal(row: ProposalRow) -> Proposal:
    return Proposal(
        row.number, row.participant_id, Kind(row.kind), dict(row.cells), row.reason, row.table_number, row.role,
        Status(row.status), row.theme, row.note, tuple(map(_step, row.steps)), row.order, row.proposed, row.settled,
    )  # fmt: skip


def _decision(row: DecisionRow) -> Decision:
    return Decision(row.number, Outcome(row.outcome), row.text, row.votes_for, row.votes_against, row.decided)
