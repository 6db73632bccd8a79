"""Columns by which disputes are found, and the record of who looked; what exists is filled in from its state."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from engine.store import guards, packing

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BATCH = 500
FOUND_BY = (
    "partnership", "raised_at", "ref", "pathway", "version", "raising_agency", "receiving_agency", "reached",
    "end", "closed_at", "missed", "risk",
)  # fmt: skip


def upgrade() -> None:
    """Apply it."""
    for column in (  # one by one: in a batch, SQLite would have to drop the table that others refer to
        sa.Column("raising_agency", sa.String(length=100), nullable=False, server_default=""),
        sa.Column("receiving_agency", sa.String(length=100), nullable=False, server_default=""),
        sa.Column("reached", sa.String(length=100), nullable=True),
        sa.Column("missed", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("risk", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("disputes", column)
    fill(op.get_bind())
    op.create_index("ix_disputes_found", "disputes", list(FOUND_BY))
    op.create_table(
        "looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_looks")),
    )
    op.create_index("ix_looks_ref_at", "looks", ["ref", "at"])
    guards.add(op.get_bind(), "looks", ("id",))


def fill(connection: sa.Connection) -> None:
    """Fill the new columns of the disputes that are there."""
    names = ("raising_agency", "receiving_agency", "reached", "missed", "risk")
    disputes = sa.table("disputes", sa.column("ref"), sa.column("state"), *map(sa.column, names))
    last = ""
    while True:
        wanted = sa.select(disputes.c.ref, disputes.c.state).where(disputes.c.ref > last)
        rows = connection.execute(wanted.order_by(disputes.c.ref).limit(BATCH)).all()
        if not rows:
            return
        for row in rows:
            found = found_by(packing.unpack(row.state)["dispute"])
            connection.execute(sa.update(disputes).where(disputes.c.ref == row.ref).values(**found))
        last = rows[-1].ref


def found_by(dispute: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a dispute as this migration knows them, whatever the code keeps later."""
    agencies = {party["side"]: party["agency"] for party in dispute["parties"]}
    visits = dispute["visits"]
    return {
        "raising_agency": agencies.get("raising", ""),
        "receiving_agency": agencies.get("receiving", ""),
        "reached": visits[-1]["stage"] if visits else None,
        "missed": any(visit["how"] == "deadline" for visit in visits),
        "risk": bool(dispute["reported"] or dispute["referrals"]),
    }


def downgrade() -> None:
    """Not taken back: guards are not taken off a record. Restore the backup instead."""
    raise NotImplementedError
