"""The database of workshops: SQLite beside the user's data, or PostgreSQL; brought up to date when it is opened.

What a transaction has committed survives a killed process and a power cut: SQLite writes ahead with ``synchronous``
FULL, PostgreSQL with ``synchronous_commit`` on. Writers wait for each other, so that a room's events have one order.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from ecosystem.errors import WorkshopError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"
DRIVERS = ("sqlite+pysqlite", "postgresql+psycopg")
MIGRATION_LOCK = 7_304_911
"""PostgreSQL's advisory lock while a schema is brought up to date; any number nobody else uses."""
SECONDS_TO_WAIT = 20
CONNECTIONS = 20
"""Kept open, one for each of the server's threads: making one takes longer than what it is asked."""


def default_url() -> str:
    """``$ECOSYSTEM_DATABASE``, else an SQLite file in the user's data folder."""
    given = os.environ.get("ECOSYSTEM_DATABASE")
    if given:
        return given
    return f"sqlite:///{platformdirs.user_data_path('ecosystem') / 'workshop.sqlite'}"


@dataclass(frozen=True)
class Database:
    """An open database; use :meth:`open` and :meth:`close`."""

    engine: Engine

    @classmethod
    def open(cls, url: str | None = None) -> Database:
        """Connect and bring the tables up to date.

        Raises:
            WorkshopError: no such kind of database, it cannot be reached, or it was made by a newer version.
        """
        parsed = _parsed(url or default_url())
        engine = _engine(parsed)
        shown = parsed.render_as_string(hide_password=True)
        try:
            with engine.begin() as connection:
                _upgrade(connection)
        except CommandError as error:
            engine.dispose()
            raise WorkshopError(
                f"{shown} was made by a newer version of this program ({error}). Update the program."
            ) from error
        except SQLAlchemyError as error:
            engine.dispose()
            told = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
            raise WorkshopError(f"The database {shown} cannot be used: {told}. Check address and rights.") from error
        if engine.url.get_backend_name() == "sqlite":
            Path(str(engine.url.database)).chmod(0o600)
        return cls(engine)

    @property
    def is_sqlite(self) -> bool:
        """Whether the data lie in a file of SQLite."""
        return self.engine.dialect.name == "sqlite"

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and writes nothing."""
        options = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.engine.connect().execution_options(**options) as connection, Session(connection) as session:
            yield session

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose work is committed at the end as a whole, or not at all."""
        with (
            self.engine.connect().execution_options(ecosystem_write=True) as connection,
            Session(connection) as session,
            session.begin(),
        ):
            yield session

    def forget(self) -> None:
        """Write what was deleted out of SQLite's log, too; PostgreSQL's own housekeeping does it there."""
        if self.is_sqlite:
            with self.engine.connect() as connection:
                raw: Any = connection.connection.dbapi_connection
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise WorkshopError(
            f"“{url}” is no address of a database. Give sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME."
        ) from error
    if parsed.drivername in {"sqlite", "postgresql"}:
        parsed = parsed.set(drivername={"sqlite": DRIVERS[0], "postgresql": DRIVERS[1]}[parsed.drivername])
    if parsed.drivername not in DRIVERS:
        raise WorkshopError(
            f"“{parsed.drivername}” is not supported. Give sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME."
        )
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise WorkshopError("A room needs a file to last: sqlite:///FILE, with four slashes for a path from the root.")
    return parsed


def _engine(url: URL) -> Engine:
    if url.drivername == DRIVERS[1]:
        try:
            # keeps its promise even where the server's default is to confirm early
            engine = create_engine(
                url, pool_size=CONNECTIONS, pool_pre_ping=True, pool_timeout=SECONDS_TO_WAIT,
                connect_args={"options": "-c synchronous_commit=on", "connect_timeout": SECONDS_TO_WAIT},
            )  # fmt: skip
        except ModuleNotFoundError as error:
            raise WorkshopError(
                "PostgreSQL needs a driver that is not installed. Install it: pip install 'ecosystem[postgresql]'."
            ) from error
        return engine
    file = Path(str(url.database)).expanduser()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkshopError(f"{file} cannot be written ({error.strerror}). Choose another file.") from error
    engine = create_engine(
        url.set(database=str(file)), pool_size=CONNECTIONS, connect_args={"timeout": SECONDS_TO_WAIT}
    )
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _settle(connection: Any, _: object) -> None:
    # transactions are begun by _begin: Python's own come too late for a write lock
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("ecosystem_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
