"""The protocol as a partnership has published it, beside the version of a pathway that was drawn from it."""

import sqlalchemy as sa
from alembic import op

from engine.store.tables import Instant

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "documents",
        sa.Column("version", sa.String(length=64), sa.ForeignKey("versions.version"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )


def downgrade() -> None:
    """Not taken back: restore the backup instead."""
    raise NotImplementedError
