"""What people typed for a task and have not sent: one row a person and side, which nobody else replaces.

Outside the record: no journal, export or checkpoint knows of it. Who may read it is decided in `engine.dispute.access`.
"""

import json
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.application import DraftRecord
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


def _draft(row: Row[Any]) -> DraftRecord:
    with readable("drafts", row.ref):
        return DraftRecord(
            ref=row.ref, key=row.key, person=row.person, side=row.side, at=row.at, draft=dict(json.loads(row.draft))
        )
