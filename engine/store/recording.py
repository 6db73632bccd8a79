"""The recorded changes of what stands beside the journals: each act holds the rows it left, and all acts are chained.

Folding the acts gives every row that must stand there. What stood there before the first act that holds rows, one act
took down as it stood.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, DefaultClause, Integer, String, insert, inspect, or_, select, update

from engine.application import Misfit
from engine.dispute import GENESIS
from engine.store import tables as t
from engine.store.standing import DIGESTED, RECORDED_IN, key_of, recorded

ACTS, SEALS = "acts", "seals"
LINKED = {
    ACTS: ("id", "at", "actor", "kind", "data", "rows", "prev"),
    SEALS: ("number", "kind", "at", "ids", "digest", "prev"),
}
"""What the hash of a row covers, in order."""
Key = tuple[str, tuple[Any, ...]]
Rows = list[tuple[str, dict[str, Any], dict[str, Any] | None]]
"""For each row its table, what tells it apart, and its other columns; none where it is gone."""
BEGAN = "RecordBegan"


@dataclass(frozen=True, kw_only=True)
class Head:
    """Where a chain ends."""

    number: int
    hash: str


def head(connection: Connection, chain: str) -> Head:
    """Where a chain ends; on PostgreSQL nobody else adds to it until this transaction ends."""
    wanted = select(t.heads.c.number, t.heads.c.hash).where(t.heads.c.chain == chain)
    row = connection.execute(wanted.with_for_update() if connection.dialect.name != "sqlite" else wanted).one_or_none()
    if row is None:
        connection.execute(insert(t.heads).values(chain=chain, number=0, hash=GENESIS))
        return Head(number=0, hash=GENESIS)
    return Head(number=row.number, hash=row.hash)


def link(content: Sequence[Any]) -> str:
    """The hash of a row in a chain: over its other columns in order, the one before it included."""
    return hashlib.sha256(msgspec.json.encode(list(content))).hexdigest()


def moved(connection: Connection, chain: str, number: int, hash_: str) -> None:
    """The chain ends here now."""
    connection.execute(update(t.heads).where(t.heads.c.chain == chain).values(number=number, hash=hash_))


def add_act(connection: Connection, at: datetime, told: tuple[str, str, str], rows: Rows) -> None:
    """Add an act to the chain: `told` are its actor, kind and data as they are written."""
    actor, kind, data = told
    last = head(connection, ACTS)
    text = msgspec.json.encode(rows, order="sorted").decode()
    number = last.number + 1
    hash_ = link(_linked(number, at, actor, kind, data, text, last.hash))
    values = {"actor": actor, "kind": kind, "data": data, "rows": text, "prev": last.hash, "hash": hash_}
    connection.execute(insert(t.acts).values(id=number, at=at, **values))
    moved(connection, ACTS, number, hash_)


def _linked(number: int, at: datetime, *rest: str) -> list[Any]:
    return [number, at.astimezone(UTC), *rest]


def rows_of(connection: Connection, touched: Iterable[Key]) -> Rows:
    """The rows that were touched, as they stand now."""
    found: Rows = []
    for table, values in touched:
        key = dict(zip(key_of(table), values, strict=True))
        c = t.metadata.tables[table].c
        row = connection.execute(
            select(*(c[name] for name in recorded(table))).where(*(c[name] == value for name, value in key.items()))
        ).one_or_none()
        kept = None if row is None else _kept(table, row._asdict())
        found.append((table, msgspec.to_builtins(key), kept))
    return found


def all_rows(connection: Connection) -> Rows:
    """All rows that stand beside the journals now; of a dispute only what is recorded and not usual."""
    found: Rows = []
    inspector = inspect(connection)
    for table in RECORDED_IN:
        if not inspector.has_table(table):
            continue
        there = {column["name"] for column in inspector.get_columns(table)}
        c, key = t.metadata.tables[table].c, key_of(table)
        names = [name for name in recorded(table) if name in there]
        order = [_bytewise(connection, c[name]) for name in key]
        wanted = select(*(c[name] for name in (*key, *names))).order_by(*order)
        if table == "disputes":
            wanted = wanted.where(or_(*(c[name].is_not(None) for name in names)))
        for row in connection.execute(wanted):
            values = row._asdict()
            kept = _kept(table, {name: values[name] for name in names})
            found.append((table, msgspec.to_builtins({name: values[name] for name in key}), kept))
    return found


def _bytewise(connection: Connection, column: Any) -> Any:
    return column.collate("C") if connection.dialect.name != "sqlite" and isinstance(column.type, String) else column


def _kept(table: str, values: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as an act holds it."""
    return {str(name): _one(table, str(name), value) for name, value in values.items()}


def _one(table: str, name: str, value: Any) -> Any:
    if value is not None and (table, name) in DIGESTED:
        return hashlib.sha256(value if isinstance(value, bytes) else str(value).encode()).hexdigest()
    return msgspec.to_builtins(value)


def chain_misfit(connection: Connection, chain: str) -> Misfit | None:
    """The first row at which a chain does not hold, or its end where that is not the one that is known."""
    names, c = LINKED[chain], t.metadata.tables[chain].c
    prev, number, first = GENESIS, 0, True
    for row in connection.execute(select(*(c[name] for name in (*names, "hash"))).order_by(c[names[0]])):
        was, number = number, row[0]
        if row.prev != prev:
            why = f"it does not follow from number {was}: that was altered, or one between them is missing"
            return Misfit(table=chain, row=str(number), why="it does not follow from what begins it" if first else why)
        if link(row[:-1]) != row.hash:
            return Misfit(table=chain, row=str(number), why="its content was changed")
        prev, first = row.hash, False
    ended = connection.execute(select(t.heads.c.number, t.heads.c.hash).where(t.heads.c.chain == chain)).one_or_none()
    if ended is None or (ended.number, ended.hash) != (number, prev):
        known = ended.number if ended else "none"
        return Misfit(table=chain, row=str(number), why=f"it is the last one, and the end that is known is {known}")
    return None


def strange_heads(connection: Connection) -> Iterator[Misfit]:
    """Ends of chains that there are not."""
    for chain in connection.execute(select(t.heads.c.chain).where(t.heads.c.chain.not_in(LINKED))).scalars():
        yield Misfit(table="heads", row=str(chain)[:80], why="there is no such chain")


def given(connection: Connection) -> dict[str, dict[bytes, dict[str, Any]]]:
    """Every row that must stand beside the journals, as the acts give it: by table and key."""
    found: dict[str, dict[bytes, dict[str, Any]]] = {table: {} for table in RECORDED_IN}
    for text in connection.execute(select(t.acts.c.rows).order_by(t.acts.c.id)).scalars():
        for table, key, row in msgspec.json.decode(text):
            if table not in found:
                continue
            place = _place(key)
            if row is None:
                found[table].pop(place, None)
            else:
                found[table][place] = row
    return found


def _place(key: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode(key, order="sorted")


def misfits(connection: Connection) -> Iterator[Misfit]:
    """The rows beside the journals that are not what the acts give."""
    wanted = given(connection)
    for table, key, row in all_rows(connection):
        place = _place(key)
        must = wanted[table].pop(place, None)
        named = " ".join(str(value)[:80] for value in key.values())
        if must is None:
            yield Misfit(table=table, row=named, why="no recorded change knows of it")
            continue
        assert row is not None  # noqa: S101 - rows that are there
        for name, value in row.items():
            usual = must[name] if name in must else _usual(t.metadata.tables[table].c[name])
            if _place({"": usual}) != _place({"": value}):
                yield Misfit(table=table, row=f"{named}, column {name}", why="the recorded changes give something else")
    for table, rows in wanted.items():
        for place, must in rows.items():
            if table == "disputes" and must == {"set_aside": None}:
                continue
            named = " ".join(str(value)[:80] for value in msgspec.json.decode(place).values())
            yield Misfit(table=table, row=named, why="it is missing, or not what the recorded changes give")


def _usual(column: Column[Any]) -> Any:
    """What a column holds that has come since a row was recorded: what the database fills in by itself."""
    if not isinstance(column.server_default, DefaultClause):
        return None
    said = str(column.server_default.arg)
    return {"false": False, "true": True}.get(said, int(said) if isinstance(column.type, Integer) else said)
