"""How people are reached by telephone, and their teams."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it; whoever was there before has neither until somebody says so."""
    op.add_column("people", sa.Column("telephone", sa.String(length=40), nullable=False, server_default=""))
    op.add_column("people", sa.Column("team", sa.String(length=200), nullable=False, server_default=""))


def downgrade() -> None:
    """Not taken back: restore the backup instead."""
    raise NotImplementedError
