"""A room from its opening to its deletion, on both databases: what is told back is what was done, and nothing else."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import inspect, make_url, select, text

from ecosystem import workshop
from ecosystem.errors import WorkshopError
from ecosystem.scenario import Action, apply
from ecosystem.workshop import Outcome, Refused, Status, Why, new_token
from ecosystem.workshop.database import Database
from ecosystem.workshop.models import Base, ReceiptRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from ecosystem.atlas import Atlas

SECRET = "a secret of the tests"


def refused(why: Why) -> Any:
    return pytest.raises(Refused, check=lambda error: error.why is why)


def test_an_accepted_actor_is_a_step_with_table_and_reason(hall: Any, toy: Atlas) -> None:
    number = hall.lab(hall.sit(3, "civil_society"), reason="nobody measures", field=["energy", "care"])
    assert hall.at().scenario.steps == ()
    hall.accept(number)
    steps = hall.at().scenario.steps
    assert [(step.action, step.table) for step in steps] == [
        (Action.ADD, "actors"),
        (Action.ADD, "actor_fields"),
        (Action.ADD, "actor_fields"),
    ]
    assert {(step.author, step.reason) for step in steps} == {("table 3, civil_society", "nobody measures")}
    after = apply(toy.tables, steps)
    row = after.actors[after.actors["name"] == "New lab"].iloc[0]
    assert (row["sector"], row["place_id"], row["source_ids"]) == ("science", "XX111", "scenario")
    assert hall.at().scenario.base == toy.version


def test_a_tie_and_a_project_may_name_an_actor_that_was_just_accepted(hall: Any, toy: Atlas) -> None:
    phone = hall.sit()
    known = str(toy.tables.actors["name"].iloc[0])
    with refused(Why.UNKNOWN):
        hall.propose(phone, "tie", source="New lab", relation="cooperates_with", target=known)
    hall.accept(hall.lab(phone))
    hall.accept(hall.propose(phone, "tie", source="new  LAB", relation="cooperates_with", target=known))
    hall.accept(hall.propose(phone, "project", title="Together", field="energy", partner=["New lab", known]))
    after = apply(toy.tables, hall.at().scenario.steps)
    assert len(after.ties) == len(toy.tables.ties) + 1
    assert len(after.participations) == len(toy.tables.participations) + 2
    with refused(Why.NEEDED):
        workshop.withdraw(hall.database, hall.ground, hall.code, hall.operator, new_token(), 1)
    for number in (3, 2, 1):
        workshop.withdraw(hall.database, hall.ground, hall.code, hall.operator, new_token(), number)
    assert hall.at().scenario.steps == ()
    assert {one.status for one in hall.at().proposals} == {Status.WITHDRAWN}


def test_what_does_not_fit_what_was_accepted_before_stays_in_the_queue(hall: Any) -> None:
    one, other = hall.lab(hall.sit(1)), hall.lab(hall.sit(2), name="NEW LAB")
    hall.accept(one)
    with refused(Why.UNFIT):
        hall.accept(other)
    assert [one.status for one in hall.at().proposals] == [Status.ACCEPTED, Status.WAITING]
    hall.reject(other, "table 1 had it already")
    assert hall.at().proposals[1].note == "table 1 had it already"
    for settle in (hall.accept, hall.reject):
        with refused(Why.SETTLED):
            settle(other)


@pytest.mark.parametrize(
    ("why", "kind", "told"),
    [
        (Why.MISSING, "actor", {"sector": "science", "place": "XX111"}),
        (Why.MISSING, "actor", {"name": "  ", "sector": "science", "place": "XX111"}),
        (Why.TOO_LONG, "actor", {"name": "x" * 121, "sector": "science", "place": "XX111"}),
        (Why.SIGNS, "actor", {"name": "a\x00b", "sector": "science", "place": "XX111"}),
        (Why.SIGNS, "actor", {"name": "a\x1b[31m", "sector": "science", "place": "XX111"}),
        (Why.UNKNOWN, "actor", {"name": "New", "sector": "magic", "place": "XX111"}),
        (Why.UNKNOWN, "actor", {"name": "New", "sector": "science", "place": "nowhere"}),
        (Why.UNKNOWN, "actor", {"name": "New", "sector": "science", "place": "XX111", "field": ["mining"]}),
        (Why.UNKNOWN, "tie", {"source": "Nobody", "relation": "funds", "target": "Nobody else"}),
        (Why.PARTNERS, "project", {"title": "Alone", "field": "energy", "partner": ["a-town"]}),
        (Why.PARTNERS, "project", {"title": "Twice", "field": "energy", "partner": ["a-town", "a-town"]}),
        (Why.MISSING, "project", {"title": "Of nothing", "partner": ["a-town", "b-town"]}),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused(hall: Any, why: Why, kind: str, told: dict[str, Any]) -> None:
    phone = hall.sit()
    with refused(why):
        hall.propose(phone, kind, **told)
    assert hall.at().proposals == ()


def test_a_tie_that_is_recorded_is_no_news(hall: Any, toy: Atlas) -> None:
    tie = toy.tables.ties.iloc[0]
    ends = {"source": tie["source_actor_id"], "relation": tie["relation"], "target": tie["target_actor_id"]}
    with refused(Why.KNOWN_TIE):
        hall.propose(hall.sit(), "tie", **ends)
    with refused(Why.SAME):
        hall.propose(hall.sit(), "tie", **ends | {"target": tie["source_actor_id"]})
    with refused(Why.KNOWN_ACTOR):
        hall.lab(hall.sit(), name=str(toy.tables.actors["name"].iloc[0]).upper())


def test_dots_and_votes_are_replaced_and_counted_without_names(hall: Any, toy: Atlas) -> None:
    phones = [hall.sit(table) for table in (1, 1, 2)]
    hall.accept(hall.lab(phones[0]))
    fields = toy.region.field_ids

    def dots(phone: str, **given: int) -> None:
        workshop.give_dots(hall.database, hall.code, phone, new_token(), given, fields)

    def vote(phone: str, weight: int) -> None:
        workshop.vote(hall.database, hall.code, phone, new_token(), 1, weight)

    with refused(Why.NOT_NOW):
        dots(phones[0], energy=1)
    hall.go("weigh")
    dots(phones[0], energy=6)
    dots(phones[0], energy=1, care=2)
    dots(phones[1], care=3)
    for wrong in ({"energy": 7}, {"energy": -1}, {"energy": 4, "care": 3}):
        with refused(Why.DOTS):
            dots(phones[2], **wrong)
    with refused(Why.UNKNOWN):
        dots(phones[2], mining=1)
    assert hall.at().dots == {"energy": 1, "care": 5}
    with refused(Why.NOT_NOW):
        vote(phones[0], 1)
    hall.go("decide")
    for phone, weight in zip(phones, (1, 1, -1), strict=True):
        vote(phone, weight)
    vote(phones[1], 0)
    assert hall.at().votes == {1: (1, 1)}
    workshop.decide(hall.database, hall.code, hall.operator, new_token(), 1, Outcome.TAKEN, "start in spring")
    vote(phones[1], 1)
    (found,) = hall.at().decisions
    assert (found.outcome, found.text, found.votes_for, found.votes_against) == (
        Outcome.TAKEN, "start in spring", 1, 1,
    )  # fmt: skip
    assert hall.at().votes == {1: (2, 1)}
    with refused(Why.NOT_NOW):
        hall.lab(phones[0], "Too late")


def test_a_request_that_was_carried_out_is_refused_the_second_time(hall: Any) -> None:
    once, token = new_token(), new_token()
    workshop.join(hall.database, hall.code, token, once, table=1, role="science")
    before = hall.at()
    with refused(Why.REPLAYED):
        workshop.join(hall.database, hall.code, token, once, table=2, role="science")
    with refused(Why.NOT_UNDERSTOOD):
        workshop.join(hall.database, hall.code, token, "short", table=2, role="science")
    assert hall.at() == before


def test_a_refused_request_leaves_no_mark_so_that_it_can_be_mended(hall: Any) -> None:
    once = new_token()
    with refused(Why.NOT_OPERATOR):
        workshop.go_to(hall.database, hall.code, new_token(), once, workshop.Phase.WEIGH)
    workshop.go_to(hall.database, hall.code, hall.operator, once, workshop.Phase.WEIGH)
    assert hall.at().room.phase is workshop.Phase.WEIGH


def test_rooms_do_not_know_each_other(make: Callable[..., Any]) -> None:
    one, other = make("ROOM1"), make("ROOM2")
    phone = one.sit()
    one.lab(phone)
    with refused(Why.NOT_JOINED):
        other.lab(phone)
    with refused(Why.NOT_OPERATOR):
        workshop.reject(one.database, one.code, other.operator, new_token(), 1)
    with refused(Why.STALE):
        workshop.join(one.database, other.code, phone, new_token(), table=1, role="science")
    with refused(Why.NO_ROOM):
        workshop.pulse(one.database, "ROOM3")
    assert other.at().proposals == ()
    assert other.at().tables == {}


def test_the_operators_secret_opens_the_room_and_can_be_renewed(hall: Any) -> None:
    with refused(Why.WRONG_SECRET):
        workshop.sign_in(hall.database, hall.code, SECRET + "x", new_token(), new_token())
    same = workshop.resume(hall.database, hall.code.lower(), SECRET)
    assert same.code == hall.code
    assert workshop.pulse(hall.database, hall.code, operator=hall.operator).operator
    workshop.resume(hall.database, hall.code, "another long secret")
    assert not workshop.pulse(hall.database, hall.code, operator=hall.operator).operator
    with refused(Why.WRONG_SECRET):
        workshop.sign_in(hall.database, hall.code, SECRET, hall.operator, new_token())
    workshop.sign_in(hall.database, hall.code, "another long secret", hall.operator, new_token())
    workshop.sign_out(hall.database, hall.code, hall.operator)
    assert not workshop.pulse(hall.database, hall.code, operator=hall.operator).operator


def test_neither_secret_nor_tokens_can_be_read_from_the_database(hall: Any) -> None:
    phone = hall.sit()
    with hall.database.engine.connect() as connection:
        told = "".join(
            str(row) for table in Base.metadata.sorted_tables for row in connection.execute(select(table)).all()
        )
    for secret in (SECRET, phone, hall.operator):
        assert secret not in told


def test_a_closed_room_can_be_read_and_nothing_else(hall: Any) -> None:
    phone = hall.sit()
    hall.accept(hall.lab(phone))
    workshop.close(hall.database, hall.code, hall.operator, new_token())
    with refused(Why.CLOSED):
        hall.lab(phone, "Another")
    with refused(Why.CLOSED):
        hall.go("decide")
    assert workshop.resume(hall.database, hall.code).closed is not None
    assert len(hall.at().scenario.steps) == 1


def test_events_have_no_gap_and_phones_look_again_only_for_what_is_theirs(hall: Any) -> None:
    phone = hall.sit()
    seen = hall.at().room.seen
    hall.lab(phone)
    assert hall.at().room.seen == seen
    hall.accept(1)
    assert hall.at().room.seen == hall.at().room.seq > seen
    found = workshop.events(hall.database, hall.code)
    assert [one.seq for one in found] == list(range(1, len(found) + 1))
    assert Counter(one.kind for one in found) == {"joined": 1, "proposed": 1, "accepted": 1}


def test_deleting_a_room_leaves_nothing_of_it(make: Callable[..., Any], url: str) -> None:
    gone, stays = make("GONE1"), make("STAYS")
    for one in (gone, stays):
        one.accept(one.lab(one.sit(), name="Unmistakable"))
        one.reject(one.lab(one.sit(), name="Rejected"), "why not")
    workshop.delete_room(gone.database, "gone1")
    with refused(Why.NO_ROOM):
        gone.at()
    assert len(stays.at().proposals) == 2
    workshop.delete_room(gone.database, "STAYS")
    with gone.database.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            assert connection.execute(select(table)).all() == [], table.name
    with pytest.raises(WorkshopError, match="nothing was deleted"):
        workshop.delete_room(gone.database, "STAYS")
    if url.startswith("sqlite"):
        file = Path(str(make_url(url).database))
        for part in (file, Path(f"{file}-wal")):
            assert not part.exists() or b"Unmistakable" not in part.read_bytes()


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert set(Base.metadata.tables) < set(inspect(connection).get_table_names())


def test_a_database_of_a_newer_version_is_left_alone(database: Database, url: str) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WorkshopError, match="newer version"):
        Database.open(url)


def test_opening_again_changes_nothing(hall: Any, url: str) -> None:
    hall.accept(hall.lab(hall.sit()))
    again = Database.open(url)
    assert workshop.standing(again, hall.code) == hall.at()
    again.close()


def test_a_commit_waits_for_the_disk(database: Database) -> None:
    with database.reading() as session:
        if database.is_sqlite:
            assert session.scalar(text("PRAGMA synchronous")) == 2
            assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        else:
            assert session.scalar(text("SHOW synchronous_commit")) == "on"


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's")
def test_the_file_of_rooms_is_for_its_owner_alone(tmp_path: Path) -> None:
    Database.open(f"sqlite:///{tmp_path / 'deep' / 'rooms.sqlite'}").close()
    assert stat.S_IMODE((tmp_path / "deep" / "rooms.sqlite").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("nonsense", "no address of a database"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("mysql://a/b", "not supported"),
        ("postgresql+psycopg://nobody:hidden@127.0.0.1:1/none", "cannot be used"),
    ],
)
def test_a_database_that_cannot_be_had_is_one_sentence(address: str, says: str) -> None:
    with pytest.raises(WorkshopError, match=says) as told:
        Database.open(address)
    assert "hidden" not in str(told.value)


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(WorkshopError, match="cannot be used"):
        Database.open(f"sqlite:///{tmp_path / 'a.sqlite'}")


@pytest.mark.parametrize(("code", "secret"), [("ab", "long enough"), ("a b c d", "long enough"), ("", "short")])
def test_neither_a_poor_code_nor_a_poor_secret_opens_a_room(database: Database, code: str, secret: str) -> None:
    with pytest.raises(WorkshopError):
        workshop.open_room(
            database,
            region="toy",
            base="0",
            title="",
            secret=secret,
            host="127.0.0.1",
            port=1,
            address="http://127.0.0.1:1",
            code=code,
        )
    with database.reading() as session:
        assert session.scalars(select(ReceiptRow)).all() == []


def test_a_code_is_given_once(make: Callable[..., Any]) -> None:
    make("TWICE")
    with pytest.raises(WorkshopError, match="--resume TWICE"):
        make("twice")


def test_sqlite_is_the_one_python_brings() -> None:
    assert sqlite3.sqlite_version_info >= (3, 35)
