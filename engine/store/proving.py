"""What verifying and erasing read and write: rows as they stand, the ends of journals, checkpoints. Knows no state."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, String, delete, exists, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError

from engine.checkpoints import Beside, End, Sealed
from engine.holding import HOLD, LIFTED, REASONED
from engine.records import RowUnreadable
from engine.store import tables as t

T = TypeVar("T")
BESIDE = {
    "acts": ("at", "id"),
    "looks": ("at", "id"),
    "publications": ("at", "pathway", "number"),
    "versions": ("published_at", "version"),
}
TASK = ("partnership", "element", "tier", "side", "role", "opened_at", "due", "overdue", "child", "claimed_by")
DISPUTE = tuple(c.name for c in t.disputes.columns if c.name not in {"ref", "revision", "state", "set_aside"})
NOT_OF_ITS_KIND = (ValueError, TypeError, AttributeError, ArithmeticError, DataError, msgspec.ValidationError)
"""What reading a value raises that is none of its column's kind."""
OWN_ROWS = (t.entries, t.texts, t.tasks, t.children, t.notices)


@contextmanager
def readable(table: str, ref: str) -> Iterator[None]:
    """Say of a row whose value is none of its column's kind that it can't be read: SQLite takes any."""
    try:
        yield
    except NOT_OF_ITS_KIND as error:
        raise RowUnreadable(table=table, ref=ref) from error


def of_its_kind(kind: type[T], row: Any, **more: Any) -> T:
    """A row as a record, each value of the kind that the record says; raises one of NOT_OF_ITS_KIND."""
    return msgspec.convert({str(name): value for name, value in row._asdict().items()} | more, kind)


def stored(connection: Connection, ref: str, columns: Sequence[str] = DISPUTE) -> dict[str, Any]:
    """What stands in the tables around a journal: {place: values}."""
    found: dict[str, Any] = {}
    with readable("disputes", ref):
        d = t.disputes
        row = connection.execute(select(*(d.c[name] for name in columns)).where(d.c.ref == ref)).one()
        found |= {f"disputes, column {name}": value for name, value in row._asdict().items()}
    with readable("tasks", ref):
        rows = connection.execute(select(t.tasks).where(t.tasks.c.ref == ref)).all()
        found |= {
            f"tasks, row {row.key}": {name: getattr(row, name) for name in TASK} for row in rows if row.status == "open"
        }
        found["tasks that are ended"] = sorted([row.key, row.element] for row in rows if row.status != "open")
    with readable("children", ref):
        kept = connection.execute(select(t.children).where(t.children.c.ref == ref))
        found |= {f"children, row {row.number}": [row.case_reference, row.initials] for row in kept}
    with readable("notices", ref):
        n = t.notices.c
        queued = connection.execute(select(n.at, n.to, n.message).where(n.ref == ref))
        found["notices"] = sorted([row.at, row.to, row.message] for row in queued)
    return found


def ends(connection: Connection) -> list[End]:
    """Where each journal ends, by reference."""
    e = t.entries.c
    last = select(e.ref, func.max(e.seq).label("seq")).group_by(e.ref).subquery()
    wanted = select(e.ref, e.seq, e.hash).join(last, (last.c.ref == e.ref) & (last.c.seq == e.seq)).order_by(e.ref)
    rows = connection.execute(wanted).all()
    first = {row.ref: row.hash for row in connection.execute(select(e.ref, e.hash).where(e.seq == 1))}  # asked later
    return [End(ref=row.ref, first=first.get(row.ref, ""), seq=row.seq, last=row.hash) for row in rows]


def beside(connection: Connection, until: datetime) -> dict[str, Beside]:
    """How many rows the tables beside the journals had up to an instant, and a digest of them.

    In the order of bytes, as SQLite has it: a copy may be restored where words are ordered otherwise.
    """
    found = {}
    bytewise = connection.dialect.name != "sqlite"
    for name, order in BESIDE.items():
        table = t.metadata.tables[name]
        by = [
            c.collate("C") if bytewise and isinstance(c.type, String) else c for c in (table.c[each] for each in order)
        ]
        columns = [column for column in table.columns if column.name != "files"]
        wanted = select(*columns).where(table.c[order[0]] <= until).order_by(*by)
        digest, count = hashlib.sha256(), 0
        with readable(name, "all"):
            for row in connection.execute(wanted):
                digest.update(msgspec.json.encode(list(row)) + b"\n")
                count += 1
        found[name] = Beside(count, digest.hexdigest())
    return found


def strays(connection: Connection) -> list[str]:
    """References that stand in a table of a dispute's own while there is no such dispute."""
    found = set()
    for table in OWN_ROWS:
        there = select(table.c.ref).distinct().where(~exists().where(t.disputes.c.ref == table.c.ref))
        found |= {str(ref) for ref in connection.execute(there).scalars()}
    return sorted(found)


def numbers(connection: Connection) -> dict[tuple[str, int], int]:
    """The last number that was given to a dispute, by partnership and year."""
    with readable("numbers", "all"):
        return {(row.partnership, row.year): int(row.last) for row in connection.execute(select(t.numbers))}


def checkpoints(connection: Connection) -> list[Sealed]:
    """The stored checkpoints, in order."""
    c = t.checkpoints.c
    rows = connection.execute(select(c.number, c.body, c.signature, c.public_key).order_by(c.number))
    return [Sealed(**row._asdict()) for row in rows]


def newest_checkpoint(connection: Connection) -> Sealed | None:
    """The last checkpoint that was stored."""
    c = t.checkpoints.c
    wanted = select(c.number, c.body, c.signature, c.public_key).order_by(c.number.desc()).limit(1)
    row = connection.execute(wanted).one_or_none()
    return Sealed(**row._asdict()) if row else None


def add_checkpoint(connection: Connection, checkpoint: Sealed) -> bool:
    """Store a checkpoint; false where another one of its number was stored at the same moment."""
    made = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(t.checkpoints)
    once = made.values(asdict(checkpoint)).on_conflict_do_nothing().returning(t.checkpoints.c.number)
    return connection.execute(once).one_or_none() is not None


def erase(connection: Connection, ref: str, keep: Sequence[int] = ()) -> int:
    """Delete what was typed in a dispute, drafts too, but for the entries that are named; gives how many texts went.

    SQLite overwrites it with zeros.
    """
    connection.execute(delete(t.drafts).where(t.drafts.c.ref == ref))
    gone = delete(t.texts).where(t.texts.c.ref == ref, t.texts.c.seq.not_in(list(keep)))
    return connection.execute(gone).rowcount


def erasable(connection: Connection, partnership: str, closed_before: datetime, most: int) -> list[str]:
    """References of disputes that closed before an instant and still hold something that was typed, oldest first.

    None on which a legal hold stands, and none where reasons of erasures alone are left.
    """
    d, e = t.disputes.c, t.entries.c
    said = exists().where(e.ref == t.texts.c.ref, e.seq == t.texts.c.seq, e.kind.in_(sorted(REASONED)))
    typed = exists().where(t.texts.c.ref == d.ref, ~said)
    drafted = exists().where(t.drafts.c.ref == d.ref)
    put_on, taken_off = (
        select(func.coalesce(func.max(e.seq), 0)).where(e.ref == d.ref, e.kind == kind).scalar_subquery()
        for kind in (HOLD, LIFTED)
    )
    wanted = select(d.ref).where(
        d.partnership == partnership, d.closed_at < closed_before, or_(typed, drafted), put_on <= taken_off
    )
    return list(connection.execute(wanted.order_by(d.closed_at).limit(most)).scalars())


def derived(record: Mapping[str, Any], partnership: str, columns: Mapping[str, Any]) -> dict[str, Any]:
    """What must stand in the tables around a journal where this is the state that it gives."""
    found = record["dispute"]
    kept: dict[str, Any] = {f"disputes, column {name}": value for name, value in columns.items()}
    for task in found["tasks"]:
        row = {name: task.get(name) for name in TASK} | {
            "partnership": partnership,
            "opened_at": datetime.fromisoformat(task["opened"]),
            "due": datetime.fromisoformat(task["due"]) if task["due"] else None,
        }
        kept[f"tasks, row {task['key']}"] = row
    for number, child in enumerate(found["children"]):
        kept[f"children, row {number}"] = [child["case_reference"], child["initials"]]
    return kept
