"""What numbering disputes reads and writes: numbers, prefixes, and whose a reference is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.pathway import Prefix, numbered
from engine.store import tables as t
from engine.store.proving import readable


def prefixes(connection: Connection) -> list[Prefix]:
    """The prefixes that partnerships have taken, in the order in which they did."""
    c = t.prefixes.c
    with readable("prefixes", "all"):
        rows = connection.execute(select(c.prefix, c.partnership, c.at).order_by(c.at, c.prefix))
        return [Prefix(**row._asdict()) for row in rows]


def add_prefix(connection: Connection, prefix: str, partnership: str, at: datetime) -> bool:
    """Take a prefix; false where somebody has it."""
    made = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(t.prefixes)
    once = made.values(prefix=prefix, partnership=partnership, at=at).on_conflict_do_nothing()
    return connection.execute(once.returning(t.prefixes.c.prefix)).one_or_none() is not None


def partnerships_of(connection: Connection, refs: Sequence[str] | None = None) -> dict[str, str]:
    """The partnership of each dispute by its own row, of some or of all."""
    d = t.disputes.c
    wanted = select(d.ref, d.partnership)
    rows = connection.execute(wanted if refs is None else wanted.where(d.ref.in_(list(refs))))
    return {row.ref: row.partnership for row in rows}


def first_uses(connection: Connection) -> list[tuple[str, str, datetime]]:
    """Each prefix with a partnership whose disputes carry it, and when the first of them was raised."""
    d = t.disputes.c
    found: dict[tuple[str, str], datetime] = {}
    with readable("disputes", "all"):
        for row in connection.execute(select(d.ref, d.partnership, d.raised_at)):
            if parts := numbered(row.ref):
                key = (parts.prefix, row.partnership)
                found[key] = min(found.get(key, row.raised_at), row.raised_at)
    return sorted(((*key, at) for key, at in found.items()), key=lambda used: (used[2], used[:2]))
