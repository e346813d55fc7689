"""The tables of a workshop's database (SQLAlchemy), the same on SQLite and PostgreSQL.

What they look like is changed by a new migration only (``migrations/versions``); a test compares both.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.engine import Dialect  # noqa: TC002 -- in a signature SQLAlchemy does not read, but mypy does
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC: SQLite knows no time zones, and gives back what it was given without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.datetime | None:
        """With its zone again."""
        del dialect
        if value is None:
            return None
        found: dt.datetime = value
        return found.replace(tzinfo=dt.UTC) if found.tzinfo is None else found.astimezone(dt.UTC)


class Base(DeclarativeBase):
    """The mother of all tables; constraints have names, so that migrations can find them."""

    metadata = MetaData(naming_convention=NAMES)


def _room() -> Mapped[int]:
    return mapped_column(ForeignKey("room.room_id", ondelete="CASCADE"), index=True)


class RoomRow(Base):
    """A workshop's room."""

    __tablename__ = "room"
    room_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    region: Mapped[str] = mapped_column(String(100))
    base: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200))
    host: Mapped[str] = mapped_column(String(255))
    port: Mapped[int] = mapped_column(Integer)
    address: Mapped[str] = mapped_column(String(255))
    secret: Mapped[str] = mapped_column(String(200))
    phase: Mapped[str] = mapped_column(String(20))
    seq: Mapped[int] = mapped_column(Integer, default=0)
    seen: Mapped[int] = mapped_column(Integer, default=0)
    opened: Mapped[dt.datetime] = mapped_column(Moment)
    closed: Mapped[dt.datetime | None] = mapped_column(Moment)


class ItemRow(Base):
    """A phase of the agenda."""

    __tablename__ = "agenda_item"
    room_id: Mapped[int] = mapped_column(ForeignKey("room.room_id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    phase: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int] = mapped_column(Integer)
    started: Mapped[dt.datetime | None] = mapped_column(Moment)


class ParticipantRow(Base):
    """Somebody at a table: no name, no address, only the hash of the token their browser holds."""

    __tablename__ = "participant"
    participant_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    room_id: Mapped[int] = _room()
    token: Mapped[str] = mapped_column(String(64), unique=True)
    table_number: Mapped[int] = mapped_column(Integer)
    role: Mapped[str] = mapped_column(String(40))
    changed: Mapped[int] = mapped_column(Integer, default=0)
    joined: Mapped[dt.datetime] = mapped_column(Moment)


class OperatorRow(Base):
    """A browser the operator has signed in with."""

    __tablename__ = "operator_session"
    operator_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    room_id: Mapped[int] = _room()
    token: Mapped[str] = mapped_column(String(64), unique=True)
    started: Mapped[dt.datetime] = mapped_column(Moment)


class ProposalRow(Base):
    """A proposal; ``steps`` are the scenario's once it is accepted."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("room_id", "number"),)
    proposal_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.room_id", ondelete="CASCADE"))
    number: Mapped[int] = mapped_column(Integer)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.participant_id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    cells: Mapped[dict[str, str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    table_number: Mapped[int] = mapped_column(Integer)
    role: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(20))
    theme: Mapped[str] = mapped_column(String(100), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    order: Mapped[int] = mapped_column("settled_seq", Integer, default=0)
    proposed: Mapped[dt.datetime] = mapped_column(Moment)
    settled: Mapped[dt.datetime | None] = mapped_column(Moment)


class VoteRow(Base):
    """A participant's weight on a subject: ``field:<id>`` (dots) or ``proposal:<number>`` (1 for, -1 against)."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("room_id", "participant_id", "subject"),)
    vote_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.room_id", ondelete="CASCADE"))
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.participant_id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(120))
    weight: Mapped[int] = mapped_column(Integer)


class DecisionRow(Base):
    """An entry of the decision log."""

    __tablename__ = "decision"
    decision_id: Mapped[int] = mapped_column(Integer, primary_key=True)
    room_id: Mapped[int] = _room()
    number: Mapped[int] = mapped_column(Integer)
    outcome: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    votes_for: Mapped[int] = mapped_column(Integer)
    votes_against: Mapped[int] = mapped_column(Integer)
    decided: Mapped[dt.datetime] = mapped_column(Moment)


class EventRow(Base):
    """What happened, in the order it happened; written in the transaction that did it."""

    __tablename__ = "event"
    room_id: Mapped[int] = mapped_column(ForeignKey("room.room_id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Moment)


class ReceiptRow(Base):
    """The mark of a request that was carried out: the same request a second time is refused."""

    __tablename__ = "receipt"
    room_id: Mapped[int] = mapped_column(ForeignKey("room.room_id", ondelete="CASCADE"), primary_key=True)
    once: Mapped[str] = mapped_column(String(64), primary_key=True)
