"""The agenda: which phase the room is in, and how long it is meant to take."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select

from ecosystem.workshop.models import ItemRow
from ecosystem.workshop.turns import now, turn_of_operator
from ecosystem.workshop.why import Refused, Why

if TYPE_CHECKING:
    from ecosystem.workshop.database import Database
    from ecosystem.workshop.record import Item, Phase

MOST_MINUTES = 480


def go_to(database: Database, code: str, token: str, once: str, phase: Phase) -> None:
    """Start a phase, now; a phase may be gone back to."""
    with turn_of_operator(database, code, token, once) as mine:
        mine.room.phase = phase.value
        row = mine.session.scalars(
            select(ItemRow).where(ItemRow.room_id == mine.room.room_id, ItemRow.phase == phase.value)
        ).one()
        row.started = now()
        mine.tell("phase", phase.value)


def set_minutes(database: Database, code: str, token: str, once: str, phase: Phase, minutes: int) -> None:
    """How long a phase is meant to take, from its start."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused(Why.UNKNOWN, value=minutes, field="minutes")
    with turn_of_operator(database, code, token, once) as mine:
        row = mine.session.scalars(
            select(ItemRow).where(ItemRow.room_id == mine.room.room_id, ItemRow.phase == phase.value)
        ).one()
        row.minutes = minutes
        mine.tell("minutes", phase.value)


def ends(item: Item) -> dt.datetime | None:
    """When a phase is meant to be over; ``None`` where it has not begun."""
    return None if item.started is None else item.started + dt.timedelta(minutes=item.minutes)
