"""Every write endpoint, given what no page of ours sends: 4xx with a plain sentence, and nothing has changed."""

from __future__ import annotations

import random
import string
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ecosystem.workshop import new_token
from ecosystem.workshop.models import Base

if TYPE_CHECKING:
    from collections.abc import Callable

PHONE = ("join", "propose", "dots", "vote")
OPERATOR = (
    "operator/login", "operator/logout", "operator/accept", "operator/reject", "operator/withdraw", "operator/theme",
    "operator/phase", "operator/minutes", "operator/decide", "operator/close",
)  # fmt: skip
EVERY = (*PHONE, *OPERATOR)
# what each endpoint would take, so that only what a test spoils is wrong
RIGHT: dict[str, dict[str, Any]] = {
    "join": {"table": "2", "role": "science"},
    "propose": {"kind": "actor", "name": "Fuzzed", "sector": "science", "place": "XX111"},
    "dots": {"dots-energy": "1", "dots-care": "1"},
    "vote": {"number": "1", "weight": "1"},
    "operator/login": {"secret": "a secret of the tests"},
    "operator/logout": {},
    "operator/accept": {"number": "2"},
    "operator/reject": {"number": "2", "note": ""},
    "operator/withdraw": {"number": "1"},
    "operator/theme": {"number": "1", "theme": "x"},
    "operator/phase": {"phase": "weigh"},
    "operator/minutes": {"phase": "weigh", "minutes": "5"},
    "operator/decide": {"number": "1", "outcome": "taken", "text": ""},
    "operator/close": {"sure": "TOYROOM"},
}


PHASE = {"dots": "weigh", "vote": "decide", "operator/decide": "decide"}


def occupied(house: Any) -> Any:
    """The room with one accepted and one waiting proposal, a phone and an operator."""
    house.one, house.other = house.phone(), house.operator()
    house.lab(house.one)
    house.lab(house.one, name="Waiting lab")
    house.other.send("accept", number=1)
    return house


@pytest.fixture(scope="module")
def busy(houses: Callable[..., Any]) -> Any:
    """A room for all tests that change nothing."""
    return occupied(houses())


@pytest.fixture
def fresh(house: Any) -> Any:
    """A room of its own for a test that does."""
    return occupied(house)


def held(house: Any) -> list[Any]:
    """Everything in the database."""
    with house.database.engine.connect() as connection:
        return [connection.execute(select(table)).all() for table in Base.metadata.sorted_tables]


def visitor(house: Any, action: str) -> Any:
    return house.other if action.startswith("operator/") else house.one


def send(house: Any, action: str, form: Any, **more: Any) -> Any:
    options: dict[str, Any] = {"headers": {"Accept": "application/json"}} | more
    return visitor(house, action).client.post(f"{house.base}/{action}", data=form, **options)


def marks(house: Any, action: str) -> dict[str, str]:
    return {"csrf": visitor(house, action).csrf, "once": new_token()}


def refused(answer: Any, *codes: int) -> None:
    assert 400 <= answer.status_code < 500, answer.text
    assert not codes or answer.status_code in codes, (answer.status_code, answer.text)
    said = answer.get_json()["said"]
    # a sentence, not a page, a trace or a name of ours
    assert said
    assert said[0].isupper() or said[0] in "„“"
    assert said.rstrip()[-1] in ".?"
    for word in ("Traceback", "Error", "Exception", "SELECT", "sqlalchemy", "None"):
        assert word not in said


@pytest.mark.parametrize("action", EVERY)
def test_without_the_form_token_nothing_happens(busy: Any, action: str) -> None:
    before = held(busy)
    for spoilt in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "ü"}, {"csrf": visitor(busy, action).csrf[:-1]}):
        refused(send(busy, action, RIGHT[action] | {"once": new_token()} | spoilt), 403)
    assert held(busy) == before


@pytest.mark.parametrize("action", EVERY)
def test_another_browsers_token_is_none(busy: Any, action: str) -> None:
    before = held(busy)
    stranger = busy.visitor("/operator" if action.startswith("operator/") else "")
    form = RIGHT[action] | marks(busy, action)
    answer = stranger.client.post(f"{busy.base}/{action}", data=form, headers={"Accept": "application/json"})
    refused(answer, 403)
    assert held(busy) == before


@pytest.mark.parametrize("action", [one for one in EVERY if one not in {"join", "operator/login"}])
def test_who_is_not_in_the_room_changes_nothing(busy: Any, action: str) -> None:
    before = held(busy)
    stranger = busy.visitor("/operator" if action.startswith("operator/") else "")
    form = RIGHT[action] | {"csrf": stranger.csrf, "once": new_token()}
    answer = stranger.client.post(f"{busy.base}/{action}", data=form, headers={"Accept": "application/json"})
    refused(answer, 403)
    assert held(busy) == before


@pytest.mark.parametrize("action", EVERY)
def test_a_phone_is_no_operator_and_the_other_way_round(busy: Any, action: str) -> None:
    before = held(busy)
    wrong = busy.one if action.startswith("operator/") else busy.other
    form = RIGHT[action] | {"csrf": wrong.csrf, "once": new_token()}
    refused(wrong.client.post(f"{busy.base}/{action}", data=form, headers={"Accept": "application/json"}), 403)
    assert held(busy) == before


@pytest.mark.parametrize("action", EVERY)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
def test_other_websites_change_nothing(busy: Any, action: str, origin: str) -> None:
    before = held(busy)
    headers = {"Accept": "application/json", "Origin": origin}
    refused(send(busy, action, RIGHT[action] | marks(busy, action), headers=headers), 403)
    headers = {"Accept": "application/json", "Sec-Fetch-Site": "cross-site"}
    refused(send(busy, action, RIGHT[action] | marks(busy, action), headers=headers), 403)
    assert held(busy) == before


@pytest.mark.parametrize("action", EVERY)
@pytest.mark.parametrize("code", ["OTHER", "toyroom", "%00", "TOYROOM2", "' OR 1=1 --", "../TOYROOM", "x" * 5000])
def test_a_wrong_room_is_none(busy: Any, action: str, code: str) -> None:
    before = held(busy)
    who = visitor(busy, action)
    form = RIGHT[action] | marks(busy, action)
    answer = who.client.post(f"/r/{code}/{action}", data=form, headers={"Accept": "application/json"})
    refused(answer, 400, 404, 405)
    assert held(busy) == before


@pytest.mark.parametrize("action", EVERY)
def test_ten_megabytes_are_refused_before_they_are_read(busy: Any, action: str) -> None:
    before = held(busy)
    large = "x" * 10_000_000
    for name in ("csrf", "name", "secret", "unknown"):
        refused(send(busy, action, RIGHT[action] | marks(busy, action) | {name: large}), 413)
    stream = {"content_type": "application/x-www-form-urlencoded", "content_length": 10_000_000}
    refused(send(busy, action, large.encode(), **stream), 413)
    assert held(busy) == before


@pytest.mark.parametrize("action", EVERY)
def test_other_kinds_of_content_are_not_read(busy: Any, action: str) -> None:
    before = held(busy)
    token = marks(busy, action)
    refused(send(busy, action, "<a/>", content_type="application/xml"), 400)
    refused(send(busy, action, b"\x00\xff" * 50, content_type="application/octet-stream"), 400)
    who = visitor(busy, action)
    answer = who.client.post(
        f"{busy.base}/{action}", json=RIGHT[action] | token, headers={"Accept": "application/json"}
    )
    refused(answer, 400)
    parted = send(busy, action, RIGHT[action] | token, content_type="multipart/form-data")
    refused(parted, 400)
    assert held(busy) == before


@pytest.mark.parametrize("action", EVERY)
def test_other_methods_are_none(busy: Any, action: str) -> None:
    before = held(busy)
    who = visitor(busy, action)
    for method in ("get", "put", "patch", "delete"):
        answer = getattr(who.client, method)(f"{busy.base}/{action}", headers={"Accept": "application/json"})
        refused(answer, 404, 405)
    assert held(busy) == before


@pytest.mark.parametrize("action", [one for one in EVERY if one not in {"dots", "vote", "operator/decide"}])
def test_a_replay_is_refused(fresh: Any, action: str) -> None:
    form = RIGHT[action] | marks(fresh, action)
    who = visitor(fresh, action)
    cookie = who.client.get_cookie("operator", path=f"{fresh.base}/operator")
    assert send(fresh, action, form).status_code == 200
    if action == "operator/login":
        # the replay comes with the cookie it was sent with
        assert cookie
        who.client.set_cookie("operator", cookie.value, path=f"{fresh.base}/operator")
    after = held(fresh)
    refused(send(fresh, action, form), 403, 409, 410)
    assert held(fresh) == after


def test_a_replayed_vote_or_decision_is_refused(fresh: Any) -> None:
    for phase, actions in (("weigh", ["dots"]), ("decide", ["vote", "operator/decide"])):
        fresh.other.send("phase", phase=phase)
        for action in actions:
            form = RIGHT[action] | marks(fresh, action)
            first = send(fresh, action, form)
            assert first.status_code == 200, first.text
            after = held(fresh)
            refused(send(fresh, action, form), 409)
            assert held(fresh) == after


# signing out has no mark: it can be done only once
@pytest.mark.parametrize("action", [one for one in EVERY if one != "operator/logout"])
@pytest.mark.parametrize(
    "once", ["", "short", "x" * 65, "with blank in it...", "ünïcödé-ünïcödé-ü", "'; DROP TABLE room; --"]
)
def test_a_request_without_its_mark_is_refused(busy: Any, action: str, once: str) -> None:
    busy.other.send("phase", phase=PHASE.get(action, "collect"))
    before = held(busy)
    refused(send(busy, action, RIGHT[action] | {"csrf": visitor(busy, action).csrf, "once": once}), 400)
    assert held(busy) == before


NASTY = st.one_of(
    st.sampled_from([
        "", " ", "0", "-1", "1e9", "99999999999999999999", "NaN", "1.5", "٣", "true", "null", "[]", "{}", "\x00",
        "<script>alert(1)</script>", "' OR '1'='1", "1; DROP TABLE room", "../../etc/passwd", "{{7*7}}", "A" * 3000,
        "\u202e", "\r\nSet-Cookie: a=b", "${jndi:ldap://x}",
    ]),
    st.text(max_size=50),
)  # fmt: skip


def whole(text: str) -> bool:
    """A number: some of those are right."""
    return text.isascii() and text.removeprefix("-").isdecimal()


# fields in which any text is right: their content is not what makes a request wrong
FREE = {"note", "theme", "text", "reason", "name"}


@pytest.mark.parametrize("action", [one for one in EVERY if one != "operator/logout"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_wrong_values_are_refused(busy: Any, action: str, data: Any) -> None:
    right = RIGHT[action]
    field = data.draw(st.sampled_from([name for name in right if name not in FREE]))
    value = data.draw(NASTY.filter(lambda text: text != right[field] and not whole(text)))
    form = right | marks(busy, action) | {field: value}
    busy.other.send("phase", phase=PHASE.get(action, "collect"))
    before = held(busy)
    answer = send(busy, action, form)
    refused(answer)
    assert held(busy) == before


@pytest.mark.parametrize("action", [one for one in EVERY if one != "operator/logout"])
def test_missing_fields_are_refused(busy: Any, action: str) -> None:
    before = held(busy)
    for name in RIGHT[action]:
        if name in FREE - {"name"}:
            continue
        form = {key: value for key, value in RIGHT[action].items() if key != name}
        refused(send(busy, action, form | marks(busy, action)))
    assert held(busy) == before


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(name=st.text(min_size=1, max_size=60), reason=st.text(max_size=80))
def test_whatever_text_is_taken_comes_back_escaped(fresh: Any, name: str, reason: str) -> None:
    marked = f"{name}<i>'\"&"
    answer = fresh.one.send(
        "propose", kind="actor", name=marked, sector="science", place="XX111", reason=reason + "<u>"
    )
    if answer.status_code != 200:
        refused(answer)
        return
    told = fresh.other.client.get(f"{fresh.base}/operator/state", headers={"Accept": "application/json"}).get_json()
    assert "<i>" not in told["parts"]["queue"]
    assert "<u>" not in told["parts"]["queue"]
    assert "&lt;i&gt;" in told["parts"]["queue"]


def test_no_request_however_made_up_is_answered_by_a_failure(busy: Any) -> None:
    chance = random.Random(7)
    keys = [
        "number",
        "name",
        "kind",
        "csrf",
        "once",
        "table",
        "role",
        "phase",
        "secret",
        "sure",
        "dots-energy",
        "partner",
    ]
    for _ in range(300):
        action = chance.choice(EVERY)
        words = ["".join(chance.choices(string.printable, k=chance.randrange(30))) for _ in range(5)]
        form = {chance.choice(keys): word for word in words}
        before = held(busy)
        refused(send(busy, action, form))
        assert held(busy) == before


def test_a_database_that_fails_is_said_in_a_sentence(
    opened: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.exc import OperationalError

    house = opened("FAILS")
    phone = house.phone()

    def fails(*_: Any, **__: Any) -> Any:
        raise OperationalError("SELECT", {}, Exception("disk full"))

    monkeypatch.setattr(house.database.engine.__class__, "connect", fails)
    answer = house.lab(phone)
    assert answer.status_code == 503
    assert "disk" not in answer.get_json()["said"]


def test_a_page_without_the_script_escapes_what_it_repeats(busy: Any) -> None:
    form = RIGHT["operator/accept"] | marks(busy, "operator/accept") | {"number": "<script>alert(1)</script>"}
    answer = send(busy, "operator/accept", form, headers={"Accept": "text/html"})
    assert answer.status_code == 422
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "<script>alert" not in answer.text
