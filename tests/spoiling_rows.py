"""Spoils what stands in a row, as a failing disk or a hand in the database would: any value in any column."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from engine.store import Database
from engine.store.tables import metadata

JUNK = (
    b"\x00\xff", "junk", 0, -1, "", 10**18, 1.5, "2026-13-45", None, "é" * 100_000, "0", "9999-99-99",
)  # fmt: skip
TABLES = ("disputes", "tasks", "worklist", "children", "entries", "texts", "notices")


def spoilable() -> list[tuple[str, str]]:
    """Every column of every table that holds a dispute, but the reference itself."""
    return [(name, c.name) for name in TABLES for c in metadata.tables[name].columns if c.name != "ref"]


def one_of(store: Database, table: str, ref: str) -> Any:
    """What names the first row of a dispute in a table, however it was spoilt."""
    name = "rowid" if store.engine.dialect.name == "sqlite" else "ctid::text"
    with store.engine.connect() as connection:
        return connection.execute(text(f"SELECT MIN({name}) FROM {table} WHERE ref = :ref"), {"ref": ref}).scalar_one()


def spoilt(store: Database, table: str, column: str, ref: str, value: Any) -> bool:
    """Write a value into a column of one row of a dispute, the database's guards off; false where it takes no such."""
    return written(store, table, column, one_of(store, table, ref), value)


def written(store: Database, table: str, column: str, row: Any, value: Any) -> bool:
    """Write a value into a column of one row."""
    at = "rowid = :row" if store.engine.dialect.name == "sqlite" else "ctid = CAST(:row AS tid)"
    try:
        with store.engine.begin() as connection, unguarded(connection, table):
            given = {"value": value, "row": row}
            return connection.execute(text(f'UPDATE {table} SET "{column}" = :value WHERE {at}'), given).rowcount == 1
    except (DBAPIError, OverflowError, ValueError):
        return False


@contextmanager
def unguarded(connection: Any, table: str) -> Iterator[None]:
    """A table's triggers are off while the block runs."""
    if connection.dialect.name != "sqlite":
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield
        connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        return
    wanted = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
    triggers = connection.execute(wanted, {"table": table}).all()
    for trigger in triggers:
        connection.execute(text(f"DROP TRIGGER {trigger.name}"))
    yield
    for trigger in triggers:
        connection.exec_driver_sql(trigger.sql)
