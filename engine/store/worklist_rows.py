"""What is open in a dispute, as somebody's day asks for it: the rows beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from engine.application import DisputeRecord
from engine.store import tables as t

C = t.worklist.c
OWN = tuple(column.name for column in t.worklist.columns if column.name != "ref")
OF = select(*(C[name] for name in OWN)).where(C.ref == bindparam("of")).order_by(C.key, C.agency)
ADD = insert(t.worklist)
REMOVE = delete(t.worklist).where(C.ref == bindparam("of"), C.key == bindparam("task"), C.agency == bindparam("whose"))


def rows(record: DisputeRecord) -> list[dict[str, Any]]:
    """What must stand there of a dispute."""
    of = {"partnership": record.partnership, "version": record.version}
    return [vars(row) | of for row in record.worklist]


def of(connection: Connection, ref: str) -> Sequence[Row[Any]]:
    """What stands there of a dispute."""
    return connection.execute(OF, {"of": ref}).all()


def replace(connection: Connection, ref: str, made: Sequence[Mapping[str, Any]]) -> None:
    """Put these rows in place of all that stand there of a dispute."""
    connection.execute(delete(t.worklist).where(C.ref == ref))
    if made:
        connection.execute(ADD, [{"ref": ref, **row} for row in made])


def change(connection: Connection, after: DisputeRecord, before: DisputeRecord | None = None) -> None:
    """Bring the rows of a dispute from what they were to what they are."""
    was, now = rows(before) if before else [], rows(after)
    if gone := [{"of": after.ref, "task": row["key"], "whose": row["agency"]} for row in was if row not in now]:
        connection.execute(REMOVE, gone)
    if new := [{"ref": after.ref, **row} for row in now if row not in was]:
        connection.execute(ADD, new)
