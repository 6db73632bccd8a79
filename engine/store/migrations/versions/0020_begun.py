"""What somebody has begun to raise and not sent."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables import Instant

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "begun",
        sa.Column("person", sa.String(length=100), sa.ForeignKey("people.id"), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person"),
    )


def downgrade() -> None:
    """Not taken back: restore the backup instead."""
    raise NotImplementedError
