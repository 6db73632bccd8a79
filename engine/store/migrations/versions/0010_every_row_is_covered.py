"""Recorded changes hold the rows that they left and are chained; looks and delivered notices are sealed in batches.

What stood beside the journals before is taken down by one act as it stood; so is the spelling of the entries that
there are. A state is packed with a mark, and the revision of a dispute is the number of its last entry.
"""

from datetime import UTC, datetime

import msgspec
import sqlalchemy as sa
from alembic import op

from engine.store import guards, packing, proving, recording, sealing
from engine.store import tables as t

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BATCH = 500
UPGRADE = {"id": "concord", "name": "Concord", "agency": "", "role": "upgrade"}


def upgrade() -> None:
    """Apply it."""
    connection = op.get_bind()
    for name, usual, kind in (
        ("rows", "[]", sa.Text()), ("prev", "", sa.String(length=64)), ("hash", "", sa.String(length=64)),
    ):  # fmt: skip
        op.add_column("acts", sa.Column(name, kind, nullable=False, server_default=usual))
    op.create_table(
        "seals",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ids", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_seals")),
    )
    op.create_index("ix_seals_kind", "seals", ["kind"])
    op.create_table(
        "heads",
        sa.Column("chain", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_heads")),
    )
    for chain in (recording.ACTS, recording.SEALS):
        recording.head(connection, chain)
    op.execute("UPDATE disputes SET revision = last_seq")
    repack(connection)
    changed = chain_acts(connection)
    began(connection, changed=changed)
    now = datetime.now(UTC)
    for kind, due in ((sealing.LOOKS, t.looks.c.id > 0), (sealing.NOTICES, t.notices.c.delivered_at.is_not(None))):
        table = t.metadata.tables[kind]
        ids = connection.execute(sa.select(table.c.id).where(due)).scalars().all()
        if ids:
            sealing.seal(connection, kind, now, ids)
    guards.add(connection, "seals", ("number",))


def repack(connection: sa.Connection) -> None:
    """Pack the states that there are with their mark."""
    disputes, last = sa.table("disputes", sa.column("ref"), sa.column("state")), ""
    while True:
        wanted = sa.select(disputes.c.ref, disputes.c.state).where(disputes.c.ref > last).order_by(disputes.c.ref)
        rows = connection.execute(wanted.limit(BATCH)).all()
        if not rows:
            return
        for row in rows:
            packed = packing.pack(packing.unpack(row.state))
            connection.execute(sa.update(disputes).where(disputes.c.ref == row.ref).values(state=packed))
        last = rows[-1].ref


def chain_acts(connection: sa.Connection) -> bool:
    """Chain the acts that there are: their guard is off meanwhile; gives whether there are any."""
    rows = connection.execute(
        sa.select(*(t.acts.c[name] for name in ("id", "at", "actor", "kind", "data", "rows"))).order_by(t.acts.c.id)
    ).all()
    if not rows:
        return False
    sqlite = connection.dialect.name == "sqlite"
    op.execute(f"DROP TRIGGER acts_not_updated{'' if sqlite else ' ON acts'}")
    last = recording.head(connection, recording.ACTS).hash
    for row in rows:
        prev, content = last, [row.id, row.at.astimezone(UTC), row.actor, row.kind, row.data, row.rows]
        last = recording.link([*content, prev])
        connection.execute(sa.update(t.acts).where(t.acts.c.id == row.id).values(prev=prev, hash=last))
    recording.moved(connection, recording.ACTS, rows[-1].id, last)
    made = guards.SQLITE if sqlite else guards.POSTGRESQL
    why = guards.WHY.format(table="acts")
    op.execute(sa.text(made.format(table="acts", verb="updated", act="UPDATE", when="", why=why)))
    return True


def began(connection: sa.Connection, *, changed: bool) -> None:
    """Take down what stands beside the journals, and how the entries are spelled, where there is anything."""
    rows = recording.all_rows(connection)
    if not rows and not changed:
        return
    data = msgspec.json.encode({"entries": proving.spelling_before(connection)}).decode()
    told = (msgspec.json.encode(UPGRADE).decode(), recording.BEGAN, data)
    recording.add_act(connection, datetime.now(UTC), told, rows)


def downgrade() -> None:
    """Not taken back: guards are not taken off a record. Restore the backup instead."""
    raise NotImplementedError
