"""Signed checkpoints; and the database itself refuses to change what is only added to (R2).

A version stays as it was published first; which version is current is said by the publications.
"""

import sqlalchemy as sa
from alembic import op

from engine.store import guards

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEYS = {
    "entries": ("ref", "seq"),
    "checkpoints": ("number",),
    "acts": ("id",),
    "versions": ("version",),
    "publications": ("pathway", "number"),
    "texts": ("ref", "seq", "name"),
}


def upgrade() -> None:
    """Apply it."""
    connection = op.get_bind()
    op.create_table(
        "checkpoints",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_checkpoints")),
    )
    op.create_table(
        "publications",
        sa.Column("pathway", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("pathway", "number", name=op.f("pk_publications")),
    )
    op.execute(
        "INSERT INTO publications (pathway, number, version, at) "
        "SELECT pathway, number, version, published_at FROM versions"
    )
    verbs = ["updated", "deleted"]
    if connection.dialect.name == "sqlite":
        for verb in verbs:
            op.execute(f"DROP TRIGGER entries_not_{verb}")
    else:
        for verb in [*verbs, "truncated"]:
            op.execute(f"DROP TRIGGER entries_not_{verb} ON entries")
        op.execute("DROP FUNCTION entries_only_added")
    for table, key in KEYS.items():
        guards.add(connection, table, key, erasable=table in guards.ERASABLE)


def downgrade() -> None:
    """Not taken back: guards are not taken off a record. Restore the backup instead."""
    raise NotImplementedError
