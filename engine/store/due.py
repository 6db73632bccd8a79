"""What the worker asks of the tables: what is due, whatever else stands in a row, and who fires it. Reads no state.

SQLite takes any value in any column. What stands where an instant should is never decoded here: a row that can't be
read as one counts as due, so that whoever fires it finds the fault and sets that one dispute aside.
"""

from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    and_,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy import text as sql

from engine.application import WorkerRecord
from engine.store import tables as t
from engine.store.proving import NOT_OF_ITS_KIND

HEX = "hex:"
"""What begins the name of a dispute whose reference is no text: its bytes follow."""
LONGEST = 2_000
FEW = 50
LONG = timedelta(days=10_000)
KEPT = timedelta(days=1)
"""So long a worker that says nothing any more is remembered."""

_C = t.disputes.c
_SAID = type_coerce(_C.next_due, String)
_WRITTEN = (func.hex(_C.ref), func.typeof(_C.ref))


def _due(now: datetime, *, sqlite: bool) -> ColumnElement[bool]:
    """Due by now; on SQLite also what sorts beside every instant: numbers before, other text and bytes behind."""
    by = _C.next_due <= now
    return and_(or_(by, literal(":", String) <= _SAID) if sqlite else by, _C.set_aside.is_(None))


def any_due(connection: Connection, now: datetime) -> bool:
    """Whether anything is due; takes no lock."""
    sqlite = connection.dialect.name == "sqlite"
    return connection.execute(select(1).where(_due(now, sqlite=sqlite)).limit(1)).first() is not None


def claim(connection: Connection, now: datetime, besides: Collection[str]) -> str | None:
    """A dispute with something due, the soonest, locked; none that is locked already, or that is named."""
    sqlite = connection.dialect.name == "sqlite"
    named = [ref for ref in besides if not ref.startswith(HEX)]
    odd = [ref.removeprefix(HEX) for ref in besides if ref.startswith(HEX)]
    wanted = select(*(_WRITTEN if sqlite else (_C.ref,))).where(_due(now, sqlite=sqlite))
    if named:
        wanted = wanted.where(_C.ref.not_in(named))
    if odd:
        wanted = wanted.where(func.hex(_C.ref).not_in(odd))
    wanted = wanted.order_by(_C.next_due, _C.ref).limit(1)
    row = connection.execute(wanted if sqlite else wanted.with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        return None
    return _named(*row) if sqlite else str(row.ref)


def _named(written: str, kind: str) -> str:
    """A reference that was read as the hexadecimal digits of its bytes, and the kind of value that it is."""
    try:
        named = bytes.fromhex(written).decode()
    except UnicodeDecodeError:
        return f"{HEX}{written}"
    return named if kind == "text" else f"{HEX}{written}"


def set_aside(connection: Connection, ref: str, why: str | None) -> bool:
    """Set a dispute aside, or take it back; false where it is not there, or somebody else has it locked just now."""
    said = why if why is None else why.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")[:LONGEST]
    own = func.hex(_C.ref) == ref.removeprefix(HEX) if ref.startswith(HEX) else _C.ref == ref
    if connection.dialect.name != "sqlite":
        own = _C.ref.in_(select(_C.ref).where(_C.ref == ref).with_for_update(skip_locked=True))
    return connection.execute(update(t.disputes).where(own).values(set_aside=said)).rowcount == 1


def put_aside(connection: Connection) -> dict[str, str]:
    """Every dispute that is set aside, with why."""
    sqlite = connection.dialect.name == "sqlite"
    columns = (*_WRITTEN, func.hex(_C.set_aside)) if sqlite else (_C.ref, _C.set_aside)
    rows = connection.execute(select(*columns).where(_C.set_aside.is_not(None)).order_by(_C.ref)).all()
    if not sqlite:
        return {row[0]: row[1] for row in rows}
    return {_named(row[0], row[1]): bytes.fromhex(row[2]).decode(errors="replace") for row in rows}


def next_due(connection: Connection) -> datetime | None:
    """The next instant at which anything fires; what is no instant is passed over here."""
    if connection.dialect.name != "sqlite":
        there = and_(func.isfinite(_C.next_due), _C.set_aside.is_(None))
        soonest: datetime | None = connection.execute(select(func.min(_C.next_due)).where(there)).scalar_one()
        return soonest
    years = and_(literal("0", String) <= _SAID, literal(":", String) > _SAID)
    wanted = select(_SAID).where(years, _C.set_aside.is_(None)).order_by(_C.next_due).limit(FEW)
    return next(filter(None, map(_instant, connection.execute(wanted).scalars())), None)


def _instant(written: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(written).replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return None


def now(connection: Connection) -> datetime:
    """The present instant by the database's own clock."""
    if connection.dialect.name != "sqlite":
        found: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return found.astimezone(UTC)
    written = connection.execute(sql("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')")).scalar_one()
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def following(connection: Connection, ref: str, most: int) -> list[str]:
    """The references after one, in order, of disputes that are not set aside."""
    sqlite = connection.dialect.name == "sqlite"
    there = and_(_C.ref > ref, _C.set_aside.is_(None))
    if not sqlite:
        return list(connection.execute(select(_C.ref).where(there).order_by(_C.ref).limit(most)).scalars())
    after = func.hex(_C.ref) > ref.removeprefix(HEX) if ref.startswith(HEX) else there
    wanted = select(*_WRITTEN).where(after, _C.set_aside.is_(None)).order_by(_C.ref).limit(most)
    return [_named(*row) for row in connection.execute(wanted)]


def lag(connection: Connection, ahead: timedelta) -> timedelta:
    """How long the oldest timer has been due and is not fired; nothing where none is due."""
    soonest = next_due(connection)
    return max(timedelta(), now(connection) + ahead - soonest) if soonest else timedelta()


def beat(connection: Connection, worker: str, program: str, ahead: timedelta, *, fired: bool) -> None:
    """Note that a worker works, by the database's clock; those that have said nothing for long are forgotten."""
    w, at = t.workers.c, now(connection)
    late = min(lag(connection, ahead), LONG)
    told = {"turned": at, "lag": int(late.total_seconds()), "program": program[:40]} | ({"fired": at} if fired else {})
    if connection.execute(update(t.workers).where(w.id == worker).values(told)).rowcount != 1:
        connection.execute(delete(t.workers).where(w.id == worker))
        connection.execute(insert(t.workers).values(id=worker, started=at, **told))
    connection.execute(delete(t.workers).where(w.turned < at - KEPT))


def gone(connection: Connection, worker: str) -> None:
    """Forget a worker that has ended."""
    connection.execute(delete(t.workers).where(t.workers.c.id == worker))


def workers(connection: Connection) -> list[WorkerRecord]:
    """The workers that are known, whoever turned last first; what is no such row says nothing."""
    found = []
    for worker in connection.execute(select(t.workers.c.id)).scalars().all():
        with suppress(*NOT_OF_ITS_KIND):
            row = connection.execute(select(t.workers).where(t.workers.c.id == worker)).one()
            found.append(WorkerRecord(**row._asdict()))
    return sorted(found, key=lambda worker: worker.turned, reverse=True)
