"""A room on either database, with a few tables of participants."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from ecosystem import workshop
from ecosystem.workshop import Database, Ground, Kind, Phase, new_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ecosystem.atlas import Atlas

SECRET = "a secret of the tests"


@dataclass
class Hall:
    """What tests do in a room, each call with a mark of its own."""

    database: Database
    ground: Ground
    code: str
    operator: str = field(default_factory=new_token)

    def sit(self, table: int = 1, role: str = "science") -> str:
        token = new_token()
        workshop.join(self.database, self.code, token, new_token(), table=table, role=role)
        return token

    def propose(self, token: str, kind: str, reason: str = "", **told: Any) -> int:
        lists = {name: value if isinstance(value, list) else [value] for name, value in told.items()}
        return workshop.propose(
            self.database, self.ground, self.code, token, new_token(), kind=Kind(kind), told=lists, reason=reason
        )

    def lab(self, token: str, name: str = "New lab", **told: Any) -> int:
        return self.propose(token, "actor", name=name, sector="science", place="XX111", **told)

    def accept(self, number: int) -> None:
        workshop.accept(self.database, self.ground, self.code, self.operator, new_token(), number)

    def reject(self, number: int, note: str = "") -> None:
        workshop.reject(self.database, self.code, self.operator, new_token(), number, note)

    def go(self, phase: str) -> None:
        workshop.go_to(self.database, self.code, self.operator, new_token(), Phase(phase))

    def at(self) -> workshop.Standing:
        return workshop.standing(self.database, self.code)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'rooms.sqlite'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    found = Database.open(url)
    yield found
    found.close()


@pytest.fixture
def make(database: Database, toy: Atlas) -> Callable[..., Hall]:
    """Opens another room of the toy region."""

    def opened(code: str = "") -> Hall:
        room = workshop.open_room(
            database,
            region="toy",
            base=toy.version,
            title="Toy",
            secret=SECRET,
            host="127.0.0.1",
            port=8050,
            address="http://127.0.0.1:8050",
            code=code,
        )
        found = Hall(database, Ground(toy.tables), room.code)
        workshop.sign_in(database, room.code, SECRET, found.operator, new_token())
        return found

    return opened


@pytest.fixture
def hall(make: Callable[..., Hall]) -> Hall:
    return make()
