"""Sessions that were ended and passwords that were tried in vain: rows that stand outside the record."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.application import Tried
from engine.store import statements as said
from engine.store import tables as t


def signed_in(connection: Connection, person_id: str, day: date) -> list[dict[str, Any]]:
    """A person, their password's hash and how often their sessions were ended; a row for each whom they cover."""
    return [row._asdict() for row in connection.execute(said.SIGNED_IN, {"of": person_id, "day": day})]


def end_sessions(connection: Connection, person_id: str) -> None:
    """Count that a person's sessions are ended."""
    made = _insert(connection)(t.sessions).values(person=person_id, ended=1)
    more = {"ended": t.sessions.c.ended + 1}
    connection.execute(made.on_conflict_do_update(index_elements=["person"], set_=more))


def attempts(connection: Connection, keys: Sequence[str], at: datetime) -> dict[str, Tried]:
    """How often each was tried; nobody else counts these until the transaction ends. Give them in order."""
    found = {}
    for key in keys:
        made = _insert(connection)(t.attempts).values(key=key, count=0, last=at)
        same = made.on_conflict_do_update(index_elements=["key"], set_={"key": t.attempts.c.key})
        row = connection.execute(same.returning(t.attempts.c.count, t.attempts.c.last)).one()
        found[key] = Tried(count=row[0], last=row.last)
    return found


def note(connection: Connection, key: str, tried: Tried) -> None:
    """Keep how often something was tried."""
    connection.execute(update(t.attempts).where(t.attempts.c.key == key).values(count=tried.count, last=tried.last))


def take_back(connection: Connection, key: str) -> None:
    """Take back one that was counted."""
    c = t.attempts.c
    connection.execute(update(t.attempts).where(c.key == key, c["count"] > 0).values(count=c["count"] - 1))


def forget(connection: Connection, keys: Sequence[str]) -> None:
    """Forget what was tried."""
    connection.execute(delete(t.attempts).where(t.attempts.c.key.in_(keys)))


def forget_before(connection: Connection, at: datetime) -> None:
    """Forget what was last tried before an instant."""
    connection.execute(delete(t.attempts).where(t.attempts.c.last < at))


def _insert(connection: Connection) -> Any:
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert
