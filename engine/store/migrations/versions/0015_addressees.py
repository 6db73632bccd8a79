"""To whom of an agency something on its worklists is addressed."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it; whatever was open before is addressed to nobody in particular."""
    op.add_column("worklist", sa.Column("whose", sa.String(length=210), nullable=False, server_default=""))
    op.create_index("ix_worklist_whose", "worklist", ["partnership", "agency", "whose"])


def downgrade() -> None:
    """Not taken back: restore the backup instead."""
    raise NotImplementedError
