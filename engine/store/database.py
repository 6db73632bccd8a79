"""One database, SQLite or PostgreSQL: connections, write locks, migrations."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, InterfaceError, OperationalError

from engine.records import StoreUnavailable
from engine.store.transaction import SqlTransaction

PATIENCE = 60  # so many seconds SQLite waits for a lock
MOMENT = 2_000  # so many milliseconds where it is not needed
MIGRATIONS = Path(__file__).parent / "migrations"
PRAGMAS = (
    "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON", "secure_delete = ON",
)  # fmt: skip


class Database:
    """Where everything is kept. On SQLite a write transaction takes the one write lock at its begin."""

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
            if parsed.drivername in {"postgres", "postgresql"}:
                parsed = parsed.set(drivername="postgresql+psycopg")
            parsed.get_dialect()
        except (ArgumentError, ImportError) as error:
            raise StoreUnavailable(why="DATABASE_URL is no address of a database") from error
        self.url = parsed
        if parsed.get_backend_name() == "sqlite":
            if parsed.database and parsed.database != ":memory:":
                _folder(Path(parsed.database).parent)
            self.engine = create_engine(parsed, connect_args={"timeout": PATIENCE, "check_same_thread": False})
            _sqlite_rules(self.engine)
        else:
            self.engine = create_engine(parsed, pool_pre_ping=True, pool_size=10, max_overflow=20)

    @contextmanager
    def begin(self, *, write: bool = True, patience: float | None = None) -> Iterator[SqlTransaction]:
        """A transaction: committed when the block ends, rolled back when it raises.

        One that only reads sees one moment throughout, on SQLite by itself.
        """
        try:
            with self.engine.connect() as connection:
                options = {"concord_write": write, "concord_patience": patience}
                connection = connection.execution_options(**options)  # noqa: PLW2901 - the same one, marked
                if not write and connection.dialect.name == "postgresql":
                    connection = connection.execution_options(isolation_level="REPEATABLE READ")  # noqa: PLW2901
                with connection.begin():
                    yield SqlTransaction(connection)
        except (DatabaseError, InterfaceError) as error:
            if isinstance(error, (OperationalError, InterfaceError)) or type(error) is DatabaseError:  # a broken file
                raise StoreUnavailable(why=str(error.orig)) from error
            raise

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
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
        finally:
            connection.close()

    def migrate(self) -> None:
        """Bring the tables up to date; where they are, nothing is tried that the application's role may not do."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        if self._current(ScriptDirectory.from_config(config)):
            return
        with self.engine.connect() as connection:
            connection = connection.execution_options(concord_write=True)  # noqa: PLW2901
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")

    def _current(self, scripts: ScriptDirectory) -> bool:
        with self.begin(write=False) as tx:
            return MigrationContext.configure(tx.connection).get_current_heads() == tuple(scripts.get_heads())

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(why=f"{folder}: {error.strerror}") from error


def _wait_for(connection: Connection, patience: float | None) -> None:
    """Set for how long SQLite waits for whoever writes; most connections wait as long as they did."""
    wanted = round((PATIENCE if patience is None else patience) * 1000)
    if connection.info.get("concord_patience", PATIENCE * 1000) != wanted:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {wanted}")
        connection.info["concord_patience"] = wanted


def _sqlite_rules(engine: Engine) -> None:
    def connected(dbapi: Any, record: Any) -> None:  # noqa: ARG001 - SQLAlchemy's signature
        dbapi.isolation_level = None
        cursor = dbapi.cursor()
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
