"""Who raised each dispute, so that what somebody raised is found."""

from contextlib import suppress

import sqlalchemy as sa
from alembic import op

from engine.store import packing

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BATCH = 500


def upgrade() -> None:
    """Apply it."""
    op.add_column("disputes", sa.Column("raised_by", sa.String(length=100), nullable=False, server_default=""))
    op.create_index("ix_disputes_raised_by", "disputes", ["partnership", "raised_by"])
    fill(op.get_bind())


def downgrade() -> None:
    """Not taken back: restore the backup instead."""
    raise NotImplementedError


def fill(connection: sa.Connection) -> None:
    """Say of each dispute that is there who raised it; of one whose state can't be read, repairing does."""
    disputes = sa.table("disputes", *map(sa.column, ("ref", "state", "raised_by")))
    last = ""
    while True:
        wanted = sa.select(disputes.c.ref, disputes.c.state).where(disputes.c.ref > last)
        rows = connection.execute(wanted.order_by(disputes.c.ref).limit(BATCH)).all()
        if not rows:
            return
        for row in rows:
            named = sa.update(disputes).where(disputes.c.ref == row.ref)
            connection.execute(named.values(raised_by=raiser(row.state)))
        last = rows[-1].ref


def raiser(state: bytes) -> str:
    """Who raised it; nobody where the state can't be read: repairing that dispute says it."""
    with suppress(Exception):
        return str(packing.unpack(state)["dispute"]["raised_by"])
    return ""
