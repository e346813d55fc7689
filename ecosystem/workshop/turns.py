"""One change of a room: a transaction that locks it, numbers what happens, and refuses what came before.

Whatever a turn does is committed as a whole when it ends, or not at all; nobody is told of success before that.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from ecosystem.workshop.models import EventRow, OperatorRow, ParticipantRow, ReceiptRow, RoomRow
from ecosystem.workshop.record import Phase
from ecosystem.workshop.why import Refused, Why

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from ecosystem.workshop.database import Database

Audience = Literal["all", "operator"]
ONCE = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def hashed(token: str) -> str:
    """What is kept of a browser's token.

    >>> len(hashed("anything"))
    64
    """
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class Turn:
    """What a change may use: the session, the locked room, who does it."""

    session: Session
    room: RoomRow
    participant: ParticipantRow | None = None

    def tell(self, kind: str, about: str = "", audience: Audience = "all") -> int:
        """Number what happened; gives its number. What is for ``all`` makes phones look again."""
        self.room.seq += 1
        if audience == "all":
            self.room.seen = self.room.seq
        row = EventRow(room_id=self.room.room_id, seq=self.room.seq, kind=kind, about=about, at=now())
        self.session.add(row)
        return self.room.seq

    def during(self, *phases: Phase) -> None:
        """Refuse what does not belong to this phase of the agenda."""
        if Phase(self.room.phase) not in phases:
            raise Refused(Why.NOT_NOW, phase=self.room.phase)

    @property
    def somebody(self) -> ParticipantRow:
        """The participant whose turn it is."""
        if self.participant is None:
            raise Refused(Why.NOT_JOINED)
        return self.participant


def legible(once: str) -> None:
    """Refuse what is no mark of a request."""
    if not ONCE.match(once):
        raise Refused(Why.NOT_UNDERSTOOD)


@contextlib.contextmanager
def turn(database: Database, code: str, once: str) -> Iterator[Turn]:
    """A turn of nobody in particular; ``once`` is the mark of this request.

    Raises:
        Refused: no such room, it is closed, the mark is missing, or the request was carried out before.
    """
    legible(once)
    with database.writing() as session:
        room = session.scalar(select(RoomRow).where(RoomRow.code == code).with_for_update())
        if room is None:
            raise Refused(Why.NO_ROOM, code=code)
        if room.closed is not None:
            raise Refused(Why.CLOSED)
        once_only(session, room, once)
        yield Turn(session, room)


def once_only(session: Session, room: RoomRow, once: str) -> None:
    """Mark a request as carried out, in the transaction that does it.

    Raises:
        Refused: it was carried out before.
    """
    if session.get(ReceiptRow, (room.room_id, once)) is not None:
        raise Refused(Why.REPLAYED)
    session.add(ReceiptRow(room_id=room.room_id, once=once))


@contextlib.contextmanager
def turn_of_participant(database: Database, code: str, token: str, once: str) -> Iterator[Turn]:
    """A turn of the participant whose browser holds the token."""
    with turn(database, code, once) as mine:
        query = select(ParticipantRow).where(
            ParticipantRow.room_id == mine.room.room_id, ParticipantRow.token == hashed(token)
        )
        found = mine.session.scalar(query)
        if found is None:
            raise Refused(Why.NOT_JOINED)
        found.changed += 1
        yield Turn(mine.session, mine.room, found)


@contextlib.contextmanager
def turn_of_operator(database: Database, code: str, token: str, once: str) -> Iterator[Turn]:
    """A turn of the operator, who signed in with a browser that holds the token."""
    with turn(database, code, once) as mine:
        query = select(OperatorRow.operator_id).where(
            OperatorRow.room_id == mine.room.room_id, OperatorRow.token == hashed(token)
        )
        if mine.session.scalar(query) is None:
            raise Refused(Why.NOT_OPERATOR)
        yield mine
