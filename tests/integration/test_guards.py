"""The database itself refuses to change what is only added to; the application's role may not even try."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner
from postgresql import PostgreSQL
from sqlalchemy import Engine, Integer, LargeBinary, Table, func, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from town import MONDAY, Town
from town import closed as hung_up

from engine import SetClock, open_concord, verify
from engine.store import Database
from engine.store.guards import ADDED_TO, ERASABLE
from engine.store.tables import Instant, metadata
from run import main

GUARDED = [metadata.tables[name] for name in sorted((ADDED_TO | ERASABLE) & set(metadata.tables))]
ROLE = f"concord_app_{os.getpid()}"


def something(table: Table) -> dict[str, Any]:
    """A row that fits a table."""
    made: dict[type, Any] = {Integer: 1, LargeBinary: b"x", Instant: datetime(2026, 3, 2, tzinfo=UTC)}
    return {column.name: made.get(type(column.type), "x") for column in table.columns}


@pytest.fixture
def engine(town: Town) -> Engine:
    """The engine of a database in which every guarded table holds a row."""
    town.raises()
    store = town.concord.store
    assert isinstance(store, Database)
    with store.engine.begin() as connection:
        for table in GUARDED:
            if connection.execute(select(func.count()).select_from(table)).scalar_one() == 0:
                connection.execute(insert(table).values(something(table)))
    return store.engine


def refused(engine: Engine, statement: str, *, why: str = "only added to") -> bool:
    """Whether the database refuses a statement for that reason."""
    with engine.connect() as connection:
        try:
            connection.execute(text(statement))
        except DBAPIError as error:
            return why in str(error)
        finally:
            connection.rollback()
    return False


def test_every_guarded_table_refuses_to_be_changed(engine: Engine) -> None:
    """R2: no UPDATE, no DELETE, no TRUNCATE. What people typed can be deleted, to erase it, but never changed."""
    for table in GUARDED:
        key = next(iter(table.columns)).name
        assert refused(engine, f"UPDATE {table} SET {key} = {key}"), table.name
        assert refused(engine, f"DELETE FROM {table}") is (table.name not in ERASABLE), table.name
        if engine.dialect.name == "postgresql":
            assert refused(engine, f"TRUNCATE {table} CASCADE"), table.name


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_replacing_is_refused_on_a_connection_that_knows_nothing_of_recursive_triggers(
    engine: Engine, database_url: str
) -> None:
    """SQLite deletes silently then: by the key, by the rowid, and by an upsert."""
    file = make_url(database_url).database
    assert file
    with closing(sqlite3.connect(file)) as plain:
        assert plain.execute("PRAGMA recursive_triggers").fetchone() == (0,)
        for table in GUARDED:
            names = [f'"{column.name}"' for column in table.columns]
            keys = [f'"{column.name}"' for column in table.primary_key]
            moved = ", ".join(name if name not in keys else f"'9' || {name}" for name in names)
            statements = [
                f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
                f"REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
                f"INSERT INTO {table} SELECT * FROM {table} WHERE 1 LIMIT 1 ON CONFLICT DO UPDATE SET {names[0]} = 0",
                f"UPDATE OR REPLACE {table} SET {names[0]} = {names[0]}",
            ]
            if not isinstance(next(iter(table.primary_key)).type, Integer):  # else the key is the rowid
                statements.append(
                    f"INSERT OR REPLACE INTO {table} (rowid, {', '.join(names)}) SELECT rowid, {moved}"
                    f" FROM {table} LIMIT 1"
                )
            for statement in statements:
                with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                    plain.execute(statement)


@pytest.fixture
def as_role(postgresql: PostgreSQL, postgresql_template: str) -> Iterator[str]:
    """The address of a database for a role that has been granted what the application needs, and nothing else."""
    name = postgresql.create(postgresql_template)
    owner = Database(postgresql.at(name))
    with owner.engine.begin() as connection:
        connection.execute(text(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'made up'"))
        for statement in CliRunner().invoke(main, ["grant", ROLE]).output.splitlines():
            connection.execute(text(statement))
    owner.close()
    url = make_url(postgresql.at(name)).set(username=ROLE, password="made up")
    yield url.render_as_string(hide_password=False)
    postgresql.drop(name)
    postgresql._do("DROP ROLE {}", ROLE)


def test_the_application_works_whole_under_a_role_that_can_only_add(as_role: str) -> None:
    """Raised, completed and verified; and what the role may not do is refused before any guard is asked."""
    concord = open_concord(as_role, SetClock(MONDAY))
    town = Town(concord)
    ref = town.raises(risk=True)
    town.move("2026-03-11T12:00")
    town.settles(ref)
    (verdict,) = verify(concord, [ref])
    assert (verdict.fault, town.dispute(ref).closed is not None) == (None, True)
    store = concord.store
    assert isinstance(store, Database)
    for table in GUARDED:
        for act in (f"UPDATE {table} SET {next(iter(table.columns)).name} = NULL", f"TRUNCATE {table}"):
            assert refused(store.engine, act, why="permission denied")
        if table.name not in ERASABLE:
            assert refused(store.engine, f"DELETE FROM {table}", why="permission denied")
    assert refused(store.engine, "ALTER TABLE entries DISABLE TRIGGER ALL", why="must be owner")
    hung_up(concord)
