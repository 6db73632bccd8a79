"""What verifying and erasing read and write: rows as they stand, the ends of journals, checkpoints. Knows no state."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, String, delete, exists, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError

from engine.application import Misfit, RowUnreadable
from engine.audit import End, Sealed, TableDigest
from engine.dispute import REASONED, Kind
from engine.store import recording, sealing, spelling, worklist_rows
from engine.store import tables as t
from engine.store.standing import STANDING

T = TypeVar("T")
MIGRATIONS = Path(__file__).parent / "migrations"
BESIDE = {
    "acts": (("at", "id"), ("id", "at", "actor", "kind", "data")),
    "looks": (("at", "id"), ("id", "ref", "person", "name", "agency", "what", "at")),
    "publications": (("at", "pathway", "number"), ("pathway", "number", "version", "at")),
    "versions": (("published_at", "version"), ("version", "partnership", "pathway", "published_at", "number")),
    "seals": (("at", "number"), ("number", "kind", "at", "ids", "digest", "prev", "hash")),
}
"""In what order a checkpoint reads a table, and which of its columns: those of the first checkpoints, for ever."""
TASK = ("partnership", "element", "tier", "side", "role", "opened_at", "due", "overdue", "child", "claimed_by")
DISPUTE = tuple(c.name for c in t.disputes.columns if c.name not in {"ref", "state", "set_aside"})
NOT_OF_ITS_KIND = (ValueError, TypeError, AttributeError, ArithmeticError, DataError, msgspec.ValidationError)
"""What reading a value raises that is none of its column's kind."""
MISSPELLED = "it is not spelled as Concord spells it"
OWN_ROWS = (t.entries, t.texts, t.tasks, t.worklist, t.children, t.notices)


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
        found["tasks that are ended"] = {
            row.key: {name: getattr(row, name) for name in (*TASK, "status")} for row in rows if row.status != "open"
        }
    with readable("worklist", ref):
        found |= {f"worklist, row {row.key} {row.agency}": row._asdict() for row in worklist_rows.of(connection, ref)}
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


def around(connection: Connection, until: datetime) -> dict[str, TableDigest]:
    """How many rows the tables beside the journals had up to an instant, and a digest of them.

    In the order of bytes, as SQLite has it: a copy may be restored where words are ordered otherwise.
    """
    found = {}
    bytewise = connection.dialect.name != "sqlite"
    for name, (order, names) in BESIDE.items():
        table = t.metadata.tables[name]
        by = [
            c.collate("C") if bytewise and isinstance(c.type, String) else c for c in (table.c[each] for each in order)
        ]
        wanted = select(*(table.c[each] for each in names)).where(table.c[order[0]] <= until).order_by(*by)
        digest, count = hashlib.sha256(), 0
        with readable(name, "all"):
            for row in connection.execute(wanted):
                digest.update(msgspec.json.encode(list(row)) + b"\n")
                count += 1
        found[name] = TableDigest(count, digest.hexdigest())
    return found


def misspelled(connection: Connection, ref: str) -> Iterator[Misfit]:
    """The values of a dispute's own rows that are not spelled as they are written."""
    for table in ("disputes", *(own.name for own in OWN_ROWS)):
        for row, column in spelling.misspelled(connection, table, {"ref": ref}):
            yield Misfit(table=table, row=f"{row}, column {column}", why=MISSPELLED)


def misfits(connection: Connection) -> Iterator[Misfit]:
    """What stands beside the disputes and is not what chains, recorded changes and seals give.

    Where the acts' own chain does not hold, what they record is not asked; else each would be told for every row.
    """
    found = list(_misspelled_beside(connection))
    with readable("alembic_version", "all"):
        scripts = ScriptDirectory(str(MIGRATIONS)).get_heads()
        if sorted(MigrationContext.configure(connection).get_current_heads()) != sorted(scripts):
            yield Misfit(table="alembic_version", row="all", why="the tables are of another version of Concord")
    yield from found
    if found:  # what can't be read is not asked
        return
    yield from _published(connection)
    yield from recording.strange_heads(connection)
    for chain, asked in ((recording.ACTS, recording.misfits), (recording.SEALS, sealing.misfits)):
        with readable(chain, "all"):
            broken = recording.chain_misfit(connection, chain)
        if broken:
            yield broken
        else:
            yield from asked(connection)
    if (before := _spelled_before(connection)) and spelling_before(connection) != before:
        yield Misfit(table="entries", row="of format 1", why="one of them is spelled otherwise than before the upgrade")


def _misspelled_beside(connection: Connection) -> Iterator[Misfit]:
    """Values in the tables beside the disputes that are not spelled as they are written; references of another kind."""
    apart = {"disputes", *(own.name for own in OWN_ROWS)}
    for table in sorted(STANDING.keys() - apart):
        for row, column in spelling.misspelled(connection, table):
            yield Misfit(table=table, row=f"{row}, column {column}", why=MISSPELLED)
    for table in sorted(apart) if connection.dialect.name == "sqlite" else ():
        ref = t.metadata.tables[table].c.ref
        for value in connection.execute(select(ref).distinct().where(func.typeof(ref) != "text")).scalars():
            yield Misfit(table=table, row=str(value)[:80], why=MISSPELLED)


def _published(connection: Connection) -> Iterator[Misfit]:
    """Publications are numbered one after the other, each of a version of its own pathway and partnership."""
    p, v = t.publications.c, t.versions.c
    joined = select(
        p.pathway, p.number, p.at, p.version, v.pathway.label("own"), v.partnership, v.number.label("first"),
        v.published_at,
    ).join_from(t.publications, t.versions, p.version == v.version, isouter=True)  # fmt: skip
    last: dict[str, int] = {}
    known: set[str] = set()
    for row in connection.execute(joined.order_by(p.number)):
        named, expected = f"{row.pathway} {row.number}", last.get(row.pathway, 0) + 1
        if row.number != expected:
            yield Misfit(table="publications", row=named, why=f"number {expected} is missing before it")
        if row.own != row.pathway or str(row.pathway).partition("/")[0] != row.partnership:
            yield Misfit(table="publications", row=named, why="its version is not one of this pathway")
        if row.version not in known and (row.first, row.published_at) != (row.number, row.at):
            yield Misfit(table="versions", row=str(row.version), why="it says of its first publication something else")
        last[row.pathway] = row.number
        known.add(row.version)


def _spelled_before(connection: Connection) -> Any:
    """How the entries of the first format were spelled, as the act says that took it down."""
    told = connection.execute(select(t.acts.c.data).where(t.acts.c.kind == recording.BEGAN)).scalars().first()
    return msgspec.json.decode(told).get("entries") if told else None


def spelling_before(connection: Connection) -> dict[str, Any]:
    """How many entries of the first format there are, in which names stand in any order, and a digest of that."""
    e = t.entries.c
    by = e.ref.collate("C") if connection.dialect.name != "sqlite" else e.ref
    digest, count = hashlib.sha256(), 0
    for row in connection.execute(select(e.actor, e.data, e.texts).where(e.v < spelling.SORTED).order_by(by, e.seq)):
        digest.update(msgspec.json.encode(list(row)))
        count += 1
    return {"rows": count, "digest": digest.hexdigest()}


def strays(connection: Connection) -> dict[str, list[str]]:
    """References that stand in tables of a dispute's own while there is no such dispute, with those tables."""
    found: dict[str, list[str]] = {}
    for table in OWN_ROWS:
        there = select(table.c.ref).distinct().where(~exists().where(t.disputes.c.ref == table.c.ref))
        for ref in connection.execute(there).scalars():
            found.setdefault(str(ref), []).append(table.name)
    return dict(sorted(found.items()))


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
        for kind in (Kind.HOLD_PLACED, Kind.HOLD_LIFTED)
    )
    wanted = select(d.ref).where(
        d.partnership == partnership, d.closed_at < closed_before, or_(typed, drafted), put_on <= taken_off
    )
    return list(connection.execute(wanted.order_by(d.closed_at).limit(most)).scalars())


def derived(
    record: Mapping[str, Any], partnership: str, columns: Mapping[str, Any], rows: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """What must stand in the tables around a journal where this is the state that it gives."""
    found = record["dispute"]
    kept: dict[str, Any] = {f"disputes, column {name}": value for name, value in columns.items()}
    for task in found["tasks"]:
        kept[f"tasks, row {task['key']}"] = task_row(task, partnership)
    for row in rows:
        kept[f"worklist, row {row['key']} {row['agency']}"] = dict(row)
    for number, child in enumerate(found["children"]):
        kept[f"children, row {number}"] = [child["case_reference"], child["initials"]]
    return kept


def task_row(task: Mapping[str, Any], partnership: str) -> dict[str, Any]:
    """What must stand in the row of a task."""
    return {name: task.get(name) for name in TASK} | {
        "partnership": partnership,
        "opened_at": datetime.fromisoformat(task["opened"]),
        "due": datetime.fromisoformat(task["due"]) if task["due"] else None,
    }
