"""An open room of the toy region behind Flask's test client: no socket, no browser."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from dashboards.app import create_app
from dashboards.room.hall import Hall
from dashboards.room.limits import Limits
from dashboards.room.serve import register
from ecosystem import workshop
from ecosystem.workshop import Database, new_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from ecosystem.atlas import Atlas

SECRET = "a secret of the tests"
CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


class Patient(Limits):
    """Limits that nobody reaches, for tests that are not about them."""

    def spend(self, rate: Any, who: str) -> None:
        """Count nothing."""


@dataclass
class Visitor:
    """A browser: cookies by Flask's client, the form token from the page."""

    client: FlaskClient
    path: str
    csrf: str = ""
    tag: str = ""

    def open(self, query: str = "") -> TestResponse:
        answer = self.client.get(self.path + query)
        found = CSRF.search(answer.text)
        self.csrf = found[1] if found else self.csrf
        return answer

    def send(self, action: str, **form: Any) -> TestResponse:
        return self.post(action, {"csrf": self.csrf, "once": new_token()} | form)

    def post(self, action: str, form: Any, **more: Any) -> TestResponse:
        options: dict[str, Any] = {"headers": {"Accept": "application/json"}} | more
        return self.client.post(f"{self.path}/{action}", data=form, **options)

    def look(self, where: str = "state") -> TestResponse:
        headers = {"Accept": "application/json"} | ({"If-None-Match": f'"{self.tag}"'} if self.tag else {})
        answer = self.client.get(f"{self.path}/{where}", headers=headers)
        if answer.status_code == 200:
            self.tag = answer.get_json()["tag"]
        return answer


@dataclass
class House:
    """A server with an open room, and who comes in."""

    server: Flask
    hall: Hall
    database: Database
    guests: list[Visitor] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"/r/{self.hall.code}"

    def visitor(self, path: str = "") -> Visitor:
        found = Visitor(self.server.test_client(), self.base + path)
        found.open()
        return found

    def phone(self, table: int = 3, role: str = "science") -> Visitor:
        found = self.visitor()
        assert found.send("join", table=table, role=role).status_code == 200
        found.open()
        return found

    def operator(self) -> Visitor:
        found = self.visitor("/operator")
        assert found.send("login", secret=SECRET).status_code == 200
        found.open()
        return found

    def at(self) -> workshop.Standing:
        return workshop.standing(self.database, self.hall.code)

    def lab(self, phone: Visitor, name: str = "New lab", **more: Any) -> TestResponse:
        return phone.send("propose", kind="actor", name=name, sector="science", place="XX111", **more)


@contextmanager
def houses_in(folder: Path, toy: Atlas) -> Iterator[Callable[..., House]]:
    """Opens rooms, each on a server and in a database of its own."""
    made: list[House] = []

    def house(code: str = "TOYROOM", *, patient: bool = True) -> House:
        database = Database.open(f"sqlite:///{folder / f'{code}.sqlite'}")
        workshop.open_room(
            database, region="toy", base=toy.version, title="Toy", secret=SECRET, host="127.0.0.1", port=8050,
            address="http://127.0.0.1:8050", code=code,
        )  # fmt: skip
        server = create_app(toy).server
        hall = Hall(database, toy, code)
        if patient:
            hall.limits = Patient()
        register(server, hall)
        made.append(House(server, hall, database))
        return made[-1]

    yield house
    for one in made:
        one.hall.lookout.stop()
        one.database.close()


@pytest.fixture
def opened(toy: Atlas, tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Opens rooms for one test."""
    with houses_in(tmp_path, toy) as opens:
        yield opens


@pytest.fixture(scope="module")
def houses(toy: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., House]]:
    """Opens rooms for the tests of a module."""
    with houses_in(tmp_path_factory.mktemp("rooms"), toy) as opens:
        yield opens


@pytest.fixture
def house(opened: Callable[..., House]) -> House:
    return opened()
