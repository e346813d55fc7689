"""Started by a test that kills it: proposes and accepts without end, and says on its output what was confirmed."""

from __future__ import annotations

import sys
from itertools import count

from ecosystem import workshop
from ecosystem.regions import locate
from ecosystem.tables import read
from ecosystem.workshop import Database, Ground, Kind, new_token

if __name__ == "__main__":
    url, code, secret = sys.argv[1:]
    database, ground = Database.open(url), Ground(read(locate("toy")))
    operator, phone = new_token(), new_token()
    workshop.sign_in(database, code, secret, operator, new_token())
    workshop.join(database, code, phone, new_token(), table=1, role="science")
    for one in count():
        told = {"name": [f"Lab {one} {phone}"], "sector": ["science"], "place": ["XX111"]}
        number = workshop.propose(
            database, ground, code, phone, new_token(), kind=Kind.ACTOR, told=told, reason=f"reason {one}"
        )
        print("proposed", number, f"Lab {one} {phone}", sep="\t", flush=True)  # noqa: T201
        if one % 2:
            workshop.accept(database, ground, code, operator, new_token(), number)
            print("accepted", number, f"Lab {one} {phone}", sep="\t", flush=True)  # noqa: T201
