"""How a value is spelled in a column: one way alone, so that no bit of a row can change and mean the same.

SQLite holds in a column whatever somebody puts there, and JSON says one thing in many ways. Knows no journal.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    bindparam,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from engine.store import packing
from engine.store import tables as t
from engine.store.standing import JSON, covered, key_of

INSTANT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}")
SORTED = 2
"""From this format of an entry on, names in its JSON stand in order."""
PACKED = {("disputes", "state"): packing.well_packed}
Fits = Callable[[Any], bool]


def well_spelled(text: str, *, ordered: bool = False) -> bool:
    """Whether a text is JSON as Concord writes it: no name twice, no space, one way to write each value."""
    try:
        value = msgspec.json.decode(text)
        return bool(msgspec.json.encode(value, order="sorted" if ordered else None).decode() == text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False


def misspelled(connection: Connection, table: str, where: Mapping[str, Any] | None = None) -> Iterator[tuple[str, str]]:
    """The row and the column of each value that is not spelled as Concord spells it."""
    if table not in t.metadata.tables or not covered(table):
        return
    names, statement, checks = _reading(table, tuple(where or ()), connection.dialect.name == "sqlite")
    key = [names.index(name) for name in key_of(table)]
    ordered = names.index("v") if table == "entries" else None
    json = [n for n, name in enumerate(names) if name in JSON.get(table, ())]
    for row in connection.execute(statement, dict(where or {})):
        for place, fits in checks:
            if not fits(row[place]):
                yield _named(row, key), names[place]
                break
        else:
            sort = ordered is not None and row[ordered] >= SORTED
            for place in json:
                if not well_spelled(row[place], ordered=sort):
                    yield _named(row, key), names[place]
                    break


def _named(row: Sequence[Any], key: Sequence[int]) -> str:
    return " ".join(str(row[place])[:80] for place in key)


@cache
def _reading(
    table: str,
    where: tuple[str, ...],
    sqlite: bool,
) -> tuple[list[str], Any, list[tuple[int, Fits]]]:
    """The columns of a table, the statement that reads them as they are held, and what each must be."""
    found: Table = t.metadata.tables[table]
    names = [name for name in covered(table) if name in found.c]
    asked = [found.c[name] == bindparam(name) for name in where]
    statement = select(*(type_coerce(found.c[name], NullType()) for name in names)).where(*asked)
    checks = [(n, _fits(found.c[name], sqlite=sqlite)) for n, name in enumerate(names)]
    return names, statement, checks


def _fits(column: Column[Any], *, sqlite: bool) -> Fits:
    own = PACKED.get((column.table.name, column.name)) or _kind(column, sqlite=sqlite)
    if column.nullable:
        return lambda value: value is None or own(value)
    return own


def _kind(column: Column[Any], *, sqlite: bool) -> Fits:
    kind = column.type
    if isinstance(kind, Boolean):
        return (lambda value: type(value) is int and value in {0, 1}) if sqlite else _of(bool)
    if isinstance(kind, LargeBinary):
        return lambda value: isinstance(value, (bytes, memoryview))
    if isinstance(kind, Integer):
        return _of(int)
    if isinstance(kind, Date):
        return _is_date if sqlite else _of(date)
    if isinstance(kind, (DateTime, t.Instant)):
        return _is_instant if sqlite else _of(datetime)
    return _of(str)


def _of(kind: type) -> Fits:
    return lambda value: type(value) is kind


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_instant(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(INSTANT.fullmatch(value) and datetime.fromisoformat(value))
    except ValueError:
        return False
