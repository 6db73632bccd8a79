"""When a dispute ended is a column of its own, and any deadline that was missed counts; what exists is filled in."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from engine.store import packing

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BATCH = 500
FOUND_BY = (
    "partnership", "raised_at", "ref", "pathway", "version", "raising_agency", "receiving_agency", "reached",
    "end", "closed_at", "ended_at", "missed", "risk",
)  # fmt: skip


def upgrade() -> None:
    """Apply it."""
    op.add_column("disputes", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    fill(op.get_bind())
    op.drop_index("ix_disputes_found", table_name="disputes")
    op.create_index("ix_disputes_found", "disputes", list(FOUND_BY))


def fill(connection: sa.Connection) -> None:
    """Fill the columns of the disputes that are there."""
    names = ("end", "end_stage", "missed")
    at = sa.column("ended_at", sa.DateTime(timezone=True))
    disputes = sa.table("disputes", sa.column("ref"), sa.column("state"), at, *map(sa.column, names))
    last = ""
    while True:
        wanted = sa.select(disputes.c.ref, disputes.c.state).where(disputes.c.ref > last)
        rows = connection.execute(wanted.order_by(disputes.c.ref).limit(BATCH)).all()
        if not rows:
            return
        for row in rows:
            found = ended_by(packing.unpack(row.state)["dispute"]) | {"missed": missed_in(connection, row.ref)}
            connection.execute(sa.update(disputes).where(disputes.c.ref == row.ref).values(**found))
        last = rows[-1].ref


def ended_by(dispute: Mapping[str, Any]) -> dict[str, Any]:
    """How, where and when it ended, as this migration knows it, whatever the code keeps later."""
    end = dispute.get("over") or dispute["ending"] or {}
    told = end.get("at")
    return {
        "end": end.get("how"),
        "end_stage": end.get("stage"),
        "ended_at": datetime.fromisoformat(told) if told else None,
    }


def missed_in(connection: sa.Connection, ref: str) -> bool:
    """Whether a journal says that a deadline was missed: a timer of a stage is the one that the token left by."""
    entries = sa.table("entries", *map(sa.column, ("ref", "seq", "role", "kind", "element", "data")))
    kinds = ("TaskOverdue", "ProtectiveTimescalePassed", "TimerFired", "PathTaken", "StageEntered")
    wanted = sa.select(entries.c.role, entries.c.kind, entries.c.element, entries.c.data)
    rows = connection.execute(wanted.where(entries.c.ref == ref, entries.c.kind.in_(kinds)).order_by(entries.c.seq))
    stages: set[str] = set()
    timer = None
    for row in rows:
        data = json.loads(row.data)
        if row.kind in {"TaskOverdue", "ProtectiveTimescalePassed"}:
            return True
        if row.kind == "StageEntered":
            stages.add(data["stage"])
        elif row.kind == "TimerFired":
            timer = row.element if data["what"] == "deadline" else None
        elif timer is not None and any(source in stages and element == timer for source, element in data["path"]):
            return True
    return False


def downgrade() -> None:
    """Not taken back: restore the backup instead."""
    raise NotImplementedError
