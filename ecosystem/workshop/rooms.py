"""Rooms are opened, found again, closed and deleted; who may do what in them follows from tokens and one secret.

The operator's secret and the tokens of browsers are kept as hashes only. A resumed room has its code, its address and
its secret again, so that every browser goes on where it was.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from ecosystem.errors import WorkshopError
from ecosystem.workshop.models import ItemRow, OperatorRow, ParticipantRow, RoomRow
from ecosystem.workshop.reading import room_of
from ecosystem.workshop.record import MINUTES, MOST_TABLES, Participant, Phase
from ecosystem.workshop.turns import hashed, legible, now, once_only, turn, turn_of_operator
from ecosystem.workshop.why import Refused, Why

if TYPE_CHECKING:
    from ecosystem.workshop.database import Database
    from ecosystem.workshop.record import Room

# without signs that look alike on a projector
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE = re.compile(r"[A-Z0-9]{4,16}\Z")
MOST_PARTICIPANTS = 300
LEAST_SECRET = 8


def new_code() -> str:
    """Six signs nobody guesses: one of a billion.

    >>> bool(CODE.match(new_code()))
    True
    """
    return "".join(secrets.choice(LETTERS) for _ in range(6))


def new_token() -> str:
    """What a browser is known by, and the mark of a request: 128 bits of chance."""
    return secrets.token_urlsafe(24)


def open_room(
    database: Database,
    *,
    region: str,
    base: str,
    title: str,
    secret: str,
    host: str,
    port: int,
    address: str,
    code: str = "",
) -> Room:
    """A new room at the first phase of the agenda.

    Raises:
        WorkshopError: the code is no code or taken, or the secret is too short.
    """
    wanted = code.upper() or new_code()
    if not CODE.match(wanted):
        raise WorkshopError(f"“{code}” is no room code. Give 4 to 16 letters and digits.")
    row = RoomRow(
        code=wanted, region=region, base=base, title=title, host=host, port=port,
        address=address.rstrip("/"), secret=_scrambled(secret), phase=Phase.COLLECT.value,
        seq=0, seen=0, opened=now(), closed=None,
    )  # fmt: skip
    with database.writing() as session:
        if session.scalar(select(RoomRow.room_id).where(RoomRow.code == wanted)) is not None:
            raise WorkshopError(
                f"There is a room {wanted} already. Go on with it: --resume {wanted}; or choose another --code."
            )
        session.add(row)
        session.flush()
        for position, (phase, minutes) in enumerate(MINUTES.items()):
            started = now() if position == 0 else None
            session.add(
                ItemRow(room_id=row.room_id, position=position, phase=phase.value, minutes=minutes, started=started)
            )
        return room_of(row)


def resume(database: Database, code: str, secret: str = "") -> Room:
    """A room again, also one that was closed: its record can still be read. A new ``secret`` replaces the one it had.

    Raises:
        WorkshopError: there is no such room.
    """
    with database.writing() as session:
        row = session.scalar(select(RoomRow).where(RoomRow.code == code.upper()).with_for_update())
        if row is None:
            known = session.scalars(select(RoomRow.code).order_by(RoomRow.opened.desc()).limit(10)).all()
            raise WorkshopError(f"There is no room “{code}”. The latest rooms: {', '.join(known) or 'none'}.")
        if secret and not _matches(secret, row.secret):
            row.secret = _scrambled(secret)
            session.execute(delete(OperatorRow).where(OperatorRow.room_id == row.room_id))
        return room_of(row)


def delete_room(database: Database, code: str) -> None:
    """Everything of a room, for good.

    Raises:
        WorkshopError: there is no such room.
    """
    with database.writing() as session:
        row = session.scalar(select(RoomRow).where(RoomRow.code == code.upper()))
        if row is None:
            raise WorkshopError(f"There is no room “{code}”: nothing was deleted.")
        session.execute(delete(RoomRow).where(RoomRow.room_id == row.room_id))
    database.forget()


def close(database: Database, code: str, token: str, once: str) -> None:
    """The end of a workshop: from now on it can only be read."""
    with turn_of_operator(database, code, token, once) as mine:
        mine.room.closed = now()
        mine.tell("closed")


def join(database: Database, code: str, token: str, once: str, *, table: int, role: str) -> Participant:
    """Sit down at a table; the same browser again moves there."""
    if not 1 <= table <= MOST_TABLES:
        raise Refused(Why.UNKNOWN, value=table, field="table")
    with turn(database, code, once) as mine:
        query = select(ParticipantRow).where(ParticipantRow.token == hashed(token))
        row = mine.session.scalar(query)
        if row is None:
            count = mine.session.scalar(
                select(func.count()).select_from(ParticipantRow).where(ParticipantRow.room_id == mine.room.room_id)
            )
            if (count or 0) >= MOST_PARTICIPANTS:
                raise Refused(Why.FULL)
            row = ParticipantRow(room_id=mine.room.room_id, token=hashed(token), changed=0, joined=now())
            mine.session.add(row)
        elif row.room_id != mine.room.room_id:
            raise Refused(Why.STALE)
        row.table_number, row.role = table, role
        row.changed += 1
        mine.tell("joined", f"table:{table}", "operator")
        mine.session.flush()
        return Participant(row.participant_id, row.table_number, row.role, row.changed)


def sign_in(database: Database, code: str, secret: str, token: str, once: str) -> None:
    """The operator's browser holds the token from now on.

    Raises:
        Refused: the secret is not the room's.
    """
    legible(once)
    # hashing the secret takes its time on purpose: not while the room is locked
    with database.reading() as session:
        kept = session.scalar(select(RoomRow.secret).where(RoomRow.code == code))
    if kept is None:
        raise Refused(Why.NO_ROOM, code=code)
    if not _matches(secret, kept):
        raise Refused(Why.WRONG_SECRET)
    with database.writing() as session:
        row = session.scalar(select(RoomRow).where(RoomRow.code == code, RoomRow.secret == kept).with_for_update())
        if row is None:
            raise Refused(Why.STALE)
        once_only(session, row, once)
        if session.scalar(select(OperatorRow.operator_id).where(OperatorRow.token == hashed(token))) is None:
            session.add(OperatorRow(room_id=row.room_id, token=hashed(token), started=now()))


def sign_out(database: Database, code: str, token: str) -> None:
    """The token opens nothing any more."""
    with database.writing() as session:
        room = select(RoomRow.room_id).where(RoomRow.code == code).scalar_subquery()
        session.execute(delete(OperatorRow).where(OperatorRow.room_id == room, OperatorRow.token == hashed(token)))


def _scrambled(secret: str) -> str:
    if len(secret) < LEAST_SECRET:
        raise WorkshopError(f"The operator's secret needs at least {LEAST_SECRET} characters. Choose a longer one.")
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}:{_scrypt(secret, salt).hex()}"


def _matches(secret: str, kept: str) -> bool:
    salt, _, known = kept.partition(":")
    return hmac.compare_digest(_scrypt(secret, bytes.fromhex(salt)).hex(), known)


def _scrypt(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
