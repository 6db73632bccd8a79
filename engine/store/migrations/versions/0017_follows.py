"""Whom each dispute interests beside those who act in it: who follows it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "follows",
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("ref", sa.String(length=40), sa.ForeignKey("disputes.ref"), nullable=False),
        sa.PrimaryKeyConstraint("person", "ref"),
    )


def downgrade() -> None:
    """Not taken back: restore the backup instead."""
    raise NotImplementedError
