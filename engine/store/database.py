"""One database, SQLite or PostgreSQL: connections, write locks, migrations."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from engine.application import StoreMisnamed, StoreUnavailable, TextUnreadable, ValueUnkeepable, haste
from engine.machine import FILE, made_folder, mend, private_file
from engine.store.transaction import SqlTransaction
from engine.store.turnstile import Turnstile

PATIENCE = 60.0  # so many seconds SQLite waits for a lock, where nobody is in haste
MOMENT = 2_000  # so many milliseconds where it is not needed
UNDECODABLE = "Could not decode to UTF-8"
"""What SQLite's driver says of bytes where a text should be."""
MIGRATIONS = Path(__file__).parent / "migrations"
PRAGMAS = (
    "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON", "secure_delete = ON",
)  # fmt: skip


class Database:
    """Where everything is kept. On SQLite a write transaction takes the one write lock at its begin.

    What a statement was given (what people typed, salts, password hashes) stands in no error and so in no log.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
            if parsed.drivername in {"postgres", "postgresql"}:
                parsed = parsed.set(drivername="postgresql+psycopg")
            parsed.get_dialect()
        except (ArgumentError, ImportError) as error:
            raise StoreMisnamed(why="DATABASE_URL is no address of a database") from error
        self.url = parsed
        self.turnstile = Turnstile()
        if parsed.get_backend_name() == "sqlite":
            if parsed.database and not parsed.database.startswith((":memory:", "file:")):
                _only_ours(Path(parsed.database))
            given = {"timeout": PATIENCE, "check_same_thread": False}
            self.engine = create_engine(parsed, connect_args=given, hide_parameters=True)
            _sqlite_rules(self.engine)
        else:
            self.engine = create_engine(parsed, pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True)
            event.listen(self.engine, "begin", _postgresql_begun)
        event.listen(self.engine, "handle_error", _where_it_happens)

    @contextmanager
    def begin(self, *, write: bool = True, patience: float | None = None) -> Iterator[SqlTransaction]:
        """A transaction: committed when the block ends, rolled back when it raises.

        One that only reads sees one moment throughout, on SQLite by itself. With `patience` it waits for no lock longer
        than so many seconds, and on PostgreSQL no statement takes longer than ten times as long.
        """
        place = self.turnstile.passed() if write and haste() is not None else nullcontext()
        with place, _told(), self.engine.connect() as connection:
            options = {"concord_write": write, "concord_patience": patience}
            connection = connection.execution_options(**options)  # noqa: PLW2901 - the same one, marked
            if not write and connection.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")  # noqa: PLW2901
            with connection.begin():
                tx = SqlTransaction(connection)
                yield tx
                tx.changes.settle()

    def forget(self) -> None:
        """Empty SQLite's log of writes, in which what was deleted still stands; PostgreSQL sees to it by VACUUM.

        Where somebody reads for longer than a moment, that is left to the next time.
        """
        if self.url.get_backend_name() != "sqlite":
            return
        connection = self.engine.raw_connection()
        cursor = connection.cursor()
        try:
            cursor.execute(f"PRAGMA busy_timeout = {MOMENT}")
            with suppress(sqlite3.OperationalError):
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            cursor.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
            connection.info["concord_patience"] = PATIENCE * 1000
        finally:
            connection.close()

    def migrate(self) -> None:
        """Bring the tables up to date; where they are, nothing is tried that the application's role may not do."""
        with self.begin(write=False) as tx:
            if tx.settings.schema() == self.head:
                return
        config = _migrations()
        with _told(), self.engine.connect() as connection:
            connection = connection.execution_options(concord_write=True)  # noqa: PLW2901
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")

    @cached_property
    def head(self) -> tuple[str, ...]:
        """The heads of the migrations that this release's code is for."""
        return tuple(ScriptDirectory.from_config(_migrations()).get_heads())

    def current(self) -> bool:
        """Whether the tables are those of this version of Concord."""
        with self.begin(write=False, patience=MOMENT / 1000) as tx:
            return tx.settings.schema() == self.head

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


@contextmanager
def _told() -> Iterator[None]:
    """Turn what a database says into what a use case is told; never with what a statement was given."""
    try:
        yield
    except DataError:
        raise ValueUnkeepable from None  # the database's own words quote the value
    except NoConnection as error:
        raise StoreUnavailable(why="all its connections are in use") from error
    except (DatabaseError, InterfaceError) as error:
        if isinstance(error, (OperationalError, InterfaceError)) or type(error) is DatabaseError:  # a broken file
            raise StoreUnavailable(why=_first_line(error.orig)) from error
        raise
    except sqlite3.DatabaseError as error:  # while connecting
        raise StoreUnavailable(why=_first_line(error)) from error


def _where_it_happens(context: ExceptionContext) -> None:
    """Say of a failure where it happens whether it is the database's or one row's: what goes on past a row must know.

    What is not known to be either stays as it is.
    """
    error = context.original_exception
    if isinstance(error, sqlite3.OperationalError) and UNDECODABLE in str(error):
        raise TextUnreadable(ref="a row") from None  # the driver's own words quote the value
    if context.is_disconnect and not context.is_pre_ping:  # which connects anew by itself
        raise StoreUnavailable(why="the connection is lost") from error


def _first_line(error: BaseException | None) -> str:
    """What a database says went wrong; the lines below it may quote a row."""
    return str(error).strip().partition("\n")[0]


def _only_ours(file: Path) -> None:
    """Let nobody else open a database's files; SQLite makes those beside it as readable as it."""
    try:
        made_folder(file.parent)
        private_file(file)
        for beside in ("-wal", "-shm"):
            mend(file.with_name(file.name + beside), FILE)
    except OSError as error:
        raise StoreMisnamed(why=f"{file}: {error.strerror}") from error


def _postgresql_begun(connection: Connection) -> None:
    options, seconds = connection.get_execution_options(), haste()
    patience: float | None = options.get("concord_patience")
    if patience is not None:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(patience * 1000)}")
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(patience * 10_000)}")
    elif seconds is not None and options.get("concord_write", True):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(seconds * 1000)}")


def _wait_for(connection: Connection, patience: float | None) -> None:
    """Set for how long SQLite waits for whoever writes; most connections wait as long as they did."""
    wanted = _milliseconds(patience)
    if connection.info.get("concord_patience", PATIENCE * 1000) != wanted:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {wanted}")
        connection.info["concord_patience"] = wanted


def _milliseconds(patience: float | None) -> int:
    return round(min(each for each in (patience, haste(), PATIENCE) if each is not None) * 1000)


def _sqlite_rules(engine: Engine) -> None:
    def connected(dbapi: Any, record: Any) -> None:
        dbapi.isolation_level = None
        cursor = dbapi.cursor()
        record.info["concord_patience"] = wanted = _milliseconds(None)
        cursor.execute(f"PRAGMA busy_timeout = {wanted}")
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        write, patience = options.get("concord_write", True), options.get("concord_patience")
        _wait_for(connection, patience)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
