"""Guests of a room over HTTP, for tests and benchmarks: a phone and an operator that send what a browser would."""

from __future__ import annotations

import http.client
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@dataclass
class Answer:
    """Status, headers and text of an answer."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def told(self) -> Any:
        return json.loads(self.text)


@dataclass
class Guest:
    """A browser at ``base`` (a room's address), with its cookie, its form token and one connection that stays open."""

    base: str
    home: str = ""
    cookie: str = ""
    csrf: str = ""
    tag: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    seconds: float = 30.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        self.host, self.path = parts.netloc, parts.path + self.home
        self.connection = http.client.HTTPConnection(self.host, timeout=self.seconds)

    def close(self) -> None:
        """Leave."""
        self.connection.close()

    def ask(self, method: str, path: str, form: Any = None, **headers: str) -> Answer:
        """One request; a connection the server has closed is opened again."""
        body = None if form is None else form if isinstance(form, (bytes, str)) else urlencode(form, doseq=True)
        told = {"Accept": "application/json", "Cookie": self.cookie} if self.cookie else {"Accept": "application/json"}
        if form is not None:
            told["Content-Type"] = "application/x-www-form-urlencoded"
            told["Origin"] = f"http://{self.host}"
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        for attempt in (1, 2):
            try:
                self.connection.request(method, path, body=body, headers=told)
                answer = self.connection.getresponse()
                text = answer.read().decode("utf-8", "replace")
                break
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self.connection.close()
                if attempt == 2 or form is not None:
                    raise
            except OSError:
                # what did not come in time may still come: this connection is of no more use
                self.connection.close()
                raise
        found = dict(answer.getheaders())
        if "Set-Cookie" in found:
            self.cookie = found["Set-Cookie"].split(";")[0]
        return Answer(answer.status, found, text)

    def open(self, query: str = "") -> Answer:
        """The page, from which the form token is taken."""
        answer = self.ask("GET", self.path + query, Accept="text/html")
        found = CSRF.search(answer.text)
        self.csrf = found[1] if found else self.csrf
        return answer

    def send(self, action: str, **form: Any) -> Answer:
        """A form with its two marks."""
        marks = {"csrf": self.csrf, "once": secrets.token_urlsafe(18)}
        return self.ask("POST", f"{self.path}/{action}", marks | form)

    def look(self, where: str = "state") -> Answer:
        """What has changed since the last look; parts are kept."""
        headers = {"If_None_Match": f'"{self.tag}"'} if self.tag else {}
        answer = self.ask("GET", f"{self.path}/{where}", **headers)
        if answer.status == 200:
            told = answer.told
            self.tag, self.parts = told["tag"], self.parts | told["parts"]
        return answer


def phone(base: str, table: int, role: str) -> Guest:
    """A phone whose owner has taken a seat."""
    guest = Guest(base)
    guest.open()
    answer = guest.send("join", table=table, role=role)
    assert answer.status == 200, answer.text
    guest.open()
    return guest


def operator(base: str, secret: str) -> Guest:
    """A browser in which the operator has signed in."""
    guest = Guest(base, "/operator")
    guest.open()
    answer = guest.send("login", secret=secret)
    assert answer.status == 200, answer.text
    guest.open()
    return guest
