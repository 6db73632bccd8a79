"""Generated tamperings: one value or one row of a database changed, past Concord and past every guard."""

import json
import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Connection, Date, DateTime, LargeBinary, inspect, text
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, InterfaceError

from engine import Concord, verify
from engine.application import StoreUnavailable
from engine.store import Database, packing
from engine.store import tables as t
from engine.store.standing import STANDING, Standing
from engine.store.transaction import SqlTransaction

Row = dict[str, Any]
NAMES = {
    "entries": ("Entry", "entries", "journal"), "texts": ("What was typed", "texts"), "checkpoints": ("heckpoint",),
    "versions": ("version",), "publications": ("publication", "version"), "prefixes": ("prefix", "number"),
    "disputes": ("dispute", "Dispute"), "heads": ("acts", "seals", "heads"),
    "numbers": ("number",),
}  # fmt: skip
"""By what a fault names a table, beside its own name."""


@dataclass(frozen=True, kw_only=True)
class Tampering:
    """One thing to change: statements, and what it is called."""

    table: str
    column: str | None
    way: str
    statements: tuple[tuple[str, Row], ...]

    def __str__(self) -> str:
        return f"{self.table}.{self.column or '(row)'}: {self.way}"


class Held:
    """A store that gives one open transaction again and again: what it wrote can be taken back."""

    def __init__(self, tx: SqlTransaction) -> None:
        self.tx = tx

    @contextmanager
    def begin(self, **_: Any) -> Iterator[SqlTransaction]:
        """The transaction."""
        try:
            yield self.tx
        except (DatabaseError, InterfaceError) as error:
            raise StoreUnavailable(why=str(error.orig)) from error

    def forget(self) -> None:
        """Nothing to forget."""


@contextmanager
def unguarded(store: Database) -> Iterator[Connection]:
    """A transaction in which no guard holds, as whoever owns the database can have it; it is taken back."""
    with store.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            dbapi: Any = connection.connection.dbapi_connection
            dbapi.execute("PRAGMA foreign_keys = OFF")
        with connection.begin() as transaction:
            if sqlite:
                triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
                for name in connection.execute(text(triggers)).scalars().all():
                    connection.execute(text(f"DROP TRIGGER {name}"))
            else:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            yield connection
            transaction.rollback()
        if sqlite:
            dbapi.execute("PRAGMA foreign_keys = ON")


def faults(concord: Concord, connection: Connection, known: Sequence[str] = ()) -> list[str]:
    """What verifying says is wrong in this transaction."""
    tx = SqlTransaction(connection)
    held = Concord(store=Held(tx), clock=concord.clock, compiler=concord.compiler, prover=concord.prover)
    held._versions = concord._versions
    return [f"{verdict.ref}: {verdict.fault}" for verdict in verify(held, known=known) if verdict.fault]


def unnamed(concord: Concord, connection: Connection, act: Tampering, known: Sequence[str] = ()) -> str | None:
    """Do it, verify, take it back: what is wrong with the answer; nothing where it was named or could not be done."""
    with connection.begin_nested() as savepoint:
        try:
            for statement, values in act.statements:
                if connection.execute(text(statement), values).rowcount == 0:
                    return None
        except (IntegrityError, DBAPIError):
            savepoint.rollback()
            return None
        try:
            told = faults(concord, connection, known)
        except (TypeError, ValueError, LookupError, AttributeError, RecursionError) as error:
            told = [f"verifying fails: {type(error).__name__} {error}"]
        savepoint.rollback()
    names = (act.table, *NAMES.get(act.table, ()))
    failed = any(fault.startswith("verifying fails") for fault in told)
    if not failed and any(name in fault for fault in told for name in names):
        return None
    return f"{act}: {[fault[:200] for fault in told[:3]]}"


def live(connection: Connection) -> dict[str, set[str]]:
    """The tables of the database with their columns."""
    inspector = inspect(connection)
    return {name: {c["name"] for c in inspector.get_columns(name)} for name in inspector.get_table_names()}


def rows(connection: Connection, table: str) -> list[Row]:
    """The rows of a table as they are held: one of each kind, told apart by what is null and by words of few values."""
    names = sorted(live(connection)[table])
    found: dict[Any, Row] = {}
    for row in connection.execute(text(f"SELECT {', '.join(map(quoted, names))} FROM {quoted(table)}")):
        values = dict(row._mapping)
        words = tuple(values.get(name) for name in ("kind", "status", "role", "side", "chain", "name"))
        found.setdefault((words, tuple(value is None for value in values.values())), values)
    return list(found.values())


def quoted(name: str) -> str:
    """A name for SQL."""
    return f'"{name}"'


def tamperings(connection: Connection, dice: random.Random) -> Iterator[Tampering]:
    """All of them, for each column of each kind of row, in an order that the dice make."""
    made = [
        tampering
        for table in sorted(STANDING)
        for row in rows(connection, table)
        for tampering in (*_of_row(connection, table, row), *_of_values(connection, table, row, dice))
    ]
    dice.shuffle(made)
    yield from made


def _of_row(connection: Connection, table: str, row: Row) -> Iterator[Tampering]:
    if Standing.OUTSIDE in STANDING[table].values() and len(set(STANDING[table].values())) == 1:
        return
    where, key = _where(table, row), _key(table)
    yield _made(table, None, "removed", [(f"DELETE FROM {quoted(table)} WHERE {where}", row)])
    for name in key:
        new = _new_key(row[name])
        if new is None:
            continue
        values = {**row, "new_": new}
        yield _made(
            table,
            None,
            f"moved by {name}",
            [(f"UPDATE {quoted(table)} SET {quoted(name)} = :new_ WHERE {where}", values)],
        )
        copied = ", ".join(":new_" if each == name else quoted(each) for each in row)
        names = ", ".join(map(quoted, row))
        told = f"INSERT INTO {quoted(table)} ({names}) SELECT {copied} FROM {quoted(table)} WHERE {where}"
        yield _made(table, None, f"doubled by {name}", [(told, values)])


def _of_values(connection: Connection, table: str, row: Row, dice: random.Random) -> Iterator[Tampering]:
    where = _where(table, row)
    for name, standing in STANDING[table].items():
        if standing is Standing.OUTSIDE or name not in row:
            continue
        for way, new in ways(table, name, row[name], sqlite=connection.dialect.name == "sqlite", dice=dice):
            if type(new) is type(row[name]) and new == row[name]:
                continue
            update = f"UPDATE {quoted(table)} SET {quoted(name)} = :new_ WHERE {where}"
            yield _made(table, name, way, [(update, {**row, "new_": new})])


def _made(table: str, column: str | None, way: str, statements: list[tuple[str, Row]]) -> Tampering:
    used = [(told, {k: v for k, v in values.items() if f":{k}" in told}) for told, values in statements]
    return Tampering(table=table, column=column, way=way, statements=tuple(used))


def _key(table: str) -> list[str]:
    if table == "alembic_version":
        return ["version_num"]
    return [column.name for column in t.metadata.tables[table].primary_key.columns]


def _where(table: str, row: Row) -> str:
    assert row.keys() >= set(_key(table))
    return " AND ".join(f"{quoted(name)} = :{name}" for name in _key(table))


def _new_key(value: Any) -> Any:
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, date):
        return value + timedelta(days=3)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        return str(date.fromisoformat(value) + timedelta(days=3))
    return f"{value}x"


def ways(table: str, name: str, value: Any, *, sqlite: bool, dice: random.Random) -> Iterator[tuple[str, Any]]:
    """Other values for a column: plausible ones, ones that compare equal, and ones that look alike."""
    yield "nothing", None
    column = t.metadata.tables[table].c[name] if table in t.metadata.tables else None
    kind = column.type if column is not None else None
    if value is None:
        yield "something", _something(kind, sqlite=sqlite)
    elif isinstance(kind, LargeBinary):
        yield from _bytes(table, bytes(value), dice)
    elif isinstance(value, bool):
        yield "the opposite", not value
    elif isinstance(value, int):
        yield "another number", 1 - value if isinstance(kind, Boolean) else value + 1
        if sqlite:
            yield "bytes", str(value).encode()
            yield "2 for true", 2
            yield "a fraction", value + 0.5
            yield "a word", "one"
    elif isinstance(value, (datetime, date)):
        yield "another day", value + timedelta(days=1)
    else:
        yield from _words(kind, str(value), sqlite=sqlite, dice=dice)


def _something(kind: Any, *, sqlite: bool) -> Any:
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, (DateTime, t.Instant)):
        moment = datetime(2026, 3, 5, 9)  # noqa: DTZ001 - as SQLite holds it
        return f"{moment}.000000" if sqlite else moment.astimezone()
    return 1 if kind is not None and kind.python_type is int else "something"


def _bytes(table: str, value: bytes, dice: random.Random) -> Iterator[tuple[str, Any]]:
    place = dice.randrange(len(value))
    yield "a bit", value[:place] + bytes([value[place] ^ 1 << dice.randrange(8)]) + value[place + 1 :]
    yield "the last bit", value[:-1] + bytes([value[-1] ^ 1])
    yield "a byte more", value + b"\0"
    yield "a byte less", value[:-1]
    if table == "versions":
        yield "packed anew", packing.pack_files(dict(reversed(packing.unpack_files(value).items()))) + b" "
    else:
        state = packing.unpack(value)
        yield "without its mark", value[: -packing.MARK]
        yield "spelled with spaces", packing.repack(json.dumps(state).encode())
        again = json.dumps(state, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
        yield "true for 1", packing.repack(re.sub(r":(false|true)", _as_number, again, count=1).encode())
        yield "1.0 for 1", packing.repack(re.sub(r":(\d+)([,}])", r":\1.0\2", again, count=1).encode())


def _as_number(found: re.Match[str]) -> str:
    return ":1" if found[1] == "true" else ":0"


def _words(kind: Any, value: str, *, sqlite: bool, dice: random.Random) -> Iterator[tuple[str, Any]]:
    if sqlite and isinstance(kind, (DateTime, t.Instant)):
        yield "a second later", value.replace(value[17:19], f"{(int(value[17:19]) + 1) % 60:02d}", 1)
        yield "without fractions", value[:19]
        yield "with a T", value.replace(" ", "T")
        yield "with a zone", f"{value}+00:00"
        return
    if sqlite and isinstance(kind, Date):
        yield "another day", str(date.fromisoformat(value) + timedelta(days=1))
        yield "with a time", f"{value} 00:00:00.000000"
        yield "without hyphens", value.replace("-", "")
        return
    yield "other words", f"{value}x"
    yield "none", ""
    if sqlite or len(value) != getattr(kind, "length", None):  # PostgreSQL cuts off spaces that are too many
        yield "a space after it", f"{value} "
    yield "capitals", value.swapcase()
    yield "letters that look alike", value.replace("a", "\u0430", 1).replace("e", "\u0435", 1)
    yield "accents apart", unicodedata.normalize("NFD", value.replace("e", "é", 1))
    if value:
        place = dice.randrange(len(value))
        yield "a letter less", value[:place] + value[place + 1 :]
    if sqlite:
        yield "bytes", value.encode()
        yield "NUL after it", f"{value}\0"
    if value[:1] in {"{", "["}:
        yield from _json(value)


def _json(value: str) -> Iterator[tuple[str, Any]]:
    yield "a space in it", value.replace(",", ", ", 1)
    held = json.loads(value)
    if isinstance(held, dict) and held:
        first = next(iter(held))
        yield "a name twice, first", f'{{{json.dumps(first)}:"other",{value[1:]}'
        yield "a name twice, last", f"{value[:-1]},{json.dumps(first)}:{json.dumps(held[first])}}}"
        turned = dict(reversed(held.items()))
        yield "in another order", json.dumps(turned, separators=(",", ":"), ensure_ascii=False)
    yield "a whole number with a point", re.sub(r":(\d+)([,}\]])", r":\1.0\2", value, count=1)
    yield "0 for false", value.replace(":false", ":0", 1)
    yield "1 for true", value.replace(":true", ":1", 1)
    yield "escaped", re.sub(r"[a-z]", lambda found: f"\\u{ord(found[0]):04x}", value, count=1)
