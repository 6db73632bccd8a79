"""Prefixes of references, each one partnership's; proofs that are known; versions that were published without one."""

import re

import sqlalchemy as sa
from alembic import op

from engine.store import guards

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NUMBERED = re.compile(r"(.+)-[0-9]{4}-[0-9]{4,}")


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "prefixes",
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("partnership", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_prefixes")),
    )
    op.create_table(
        "proofs",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("prover", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", "prover", name=op.f("pk_proofs")),
    )
    op.create_table(
        "unproven",
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_unproven")),
    )
    fill(op.get_bind())
    for table, key in (("prefixes", "prefix"), ("unproven", "version")):
        guards.add(op.get_bind(), table, (key,))


def fill(connection: sa.Connection) -> None:
    """Give each prefix that is in use to the partnership that used it first: what is numbered stays as it is."""
    at = sa.column("raised_at", sa.DateTime(timezone=True))
    disputes = sa.table("disputes", sa.column("ref"), sa.column("partnership"), at)
    wanted = sa.select(disputes.c.ref, disputes.c.partnership, at).order_by(at, disputes.c.ref)
    held: dict[str, dict[str, object]] = {}
    for row in connection.execute(wanted):
        if found := NUMBERED.fullmatch(row.ref):
            held.setdefault(found[1], {"prefix": found[1], "partnership": row.partnership, "at": row.raised_at})
    if held:
        instant = sa.column("at", sa.DateTime(timezone=True))
        prefixes = sa.table("prefixes", sa.column("prefix"), sa.column("partnership"), instant)
        connection.execute(sa.insert(prefixes), list(held.values()))


def downgrade() -> None:
    """Not taken back: guards are not taken off a record. Restore the backup instead."""
    raise NotImplementedError
