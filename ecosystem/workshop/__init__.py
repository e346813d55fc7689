"""A workshop: a room in which tables propose, an operator moderates, all vote, and a scenario grows.

Without web: :mod:`dashboards.room` is the face of it. Everything is kept in a database (:class:`Database`); what a
function has returned from is committed, whatever happens to the process afterwards.

>>> import tempfile, pathlib
>>> from ecosystem.regions import locate
>>> from ecosystem.tables import read
>>> toy = read(locate("toy"))
>>> with tempfile.TemporaryDirectory() as folder:
...     database = Database.open(f"sqlite:///{pathlib.Path(folder) / 'rooms.sqlite'}")
...     room = open_room(database, region="toy", base=toy.digest[:10], title="Toy", secret="a long one",
...                      host="127.0.0.1", port=8050, address="http://127.0.0.1:8050", code="TOYS")
...     phone = new_token()
...     _ = join(database, room.code, phone, new_token(), table=3, role="science")
...     told = {"name": ["A new lab"], "sector": ["science"], "place": ["XX111"]}
...     number = propose(database, Ground(toy), room.code, phone, new_token(), kind=Kind.ACTOR, told=told, reason="")
...     found = standing(database, room.code).proposals[0].status.value
...     database.close()
>>> number, found
(1, 'waiting')
"""

from ecosystem.workshop.agenda import ends, go_to, set_minutes
from ecosystem.workshop.database import Database, default_url
from ecosystem.workshop.proposals import Ground, accept, propose, reject, sort, withdraw
from ecosystem.workshop.reading import Pulse, events, own_proposals, own_votes, pulse, standing
from ecosystem.workshop.record import (
    DOTS,
    MOST_TABLES,
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
from ecosystem.workshop.rooms import (
    close,
    delete_room,
    join,
    new_code,
    new_token,
    open_room,
    resume,
    sign_in,
    sign_out,
)
from ecosystem.workshop.voting import decide, give_dots, vote
from ecosystem.workshop.why import SENTENCES, Refused, Why

__all__ = [
    "DOTS",
    "MOST_TABLES",
    "SENTENCES",
    "Database",
    "Decision",
    "Event",
    "Ground",
    "Item",
    "Kind",
    "Outcome",
    "Participant",
    "Phase",
    "Proposal",
    "Pulse",
    "Refused",
    "Room",
    "Standing",
    "Status",
    "Why",
    "accept",
    "close",
    "decide",
    "default_url",
    "delete_room",
    "ends",
    "events",
    "give_dots",
    "go_to",
    "join",
    "new_code",
    "new_token",
    "open_room",
    "own_proposals",
    "own_votes",
    "propose",
    "pulse",
    "reject",
    "resume",
    "set_minutes",
    "sign_in",
    "sign_out",
    "sort",
    "standing",
    "vote",
    "withdraw",
]
