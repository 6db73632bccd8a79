"""What people typed for a task, or to raise a dispute, and have not sent: a row a person, which nobody else replaces.

Outside the record: no journal, export or checkpoint knows of it. Who may read it is decided in `engine.dispute.access`.
"""

import json
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.application import BegunRecord, DraftRecord
from engine.store import statements as said
from engine.store import tables as t
from engine.store.proving import readable

KEY = ("ref", "key", "person", "side")


def keep(connection: Connection, draft: DraftRecord) -> None:
    """Keep what somebody typed for a task, in place of what they typed for it before."""
    made = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(t.drafts)
    own = {name: getattr(draft, name) for name in KEY}
    typed = {"at": draft.at, "draft": json.dumps(dict(draft.draft))}
    connection.execute(made.values(**own, **typed).on_conflict_do_update(index_elements=list(KEY), set_=typed))


def kept(connection: Connection, ref: str) -> list[DraftRecord]:
    """What was typed in a dispute and not sent, by whomever; the latest first."""
    d = t.drafts
    rows = connection.execute(select(d).where(d.c.ref == ref).order_by(d.c.at.desc(), d.c.key, d.c.person))
    return [_draft(row) for row in rows]


def drop(connection: Connection, ref: str, key: str, person: str, side: str) -> None:
    """Forget what somebody typed for a task: they have sent it."""
    connection.execute(said.FORGET_DRAFT, {"of": ref, "task": key, "by": person, "whose": side})


def begin(connection: Connection, begun: BegunRecord) -> None:
    """Keep what somebody has begun to raise, in place of what they had begun before."""
    made = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(t.begun)
    told = {"at": begun.at, "typed": json.dumps({name: list(texts) for name, texts in begun.typed.items()})}
    connection.execute(
        made.values(person=begun.person, **told).on_conflict_do_update(index_elements=["person"], set_=told)
    )


def begun(connection: Connection, person: str) -> BegunRecord | None:
    """What somebody has begun to raise and not sent."""
    row = connection.execute(select(t.begun).where(t.begun.c.person == person)).one_or_none()
    if row is None:
        return None
    with readable("begun", f"what {person} has begun to raise"):
        return BegunRecord(person=row.person, at=row.at, typed=dict(json.loads(row.typed)))


def forget_begun(connection: Connection, which: ColumnElement[bool]) -> int:
    """Forget what somebody had begun to raise; gives how many had."""
    return connection.execute(delete(t.begun).where(which)).rowcount


def _draft(row: Row[Any]) -> DraftRecord:
    with readable("drafts", row.ref):
        return DraftRecord(
            ref=row.ref, key=row.key, person=row.person, side=row.side, at=row.at, draft=dict(json.loads(row.draft))
        )
