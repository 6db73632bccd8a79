"""By which reader a version's files are read, for as long as anything runs on it; so far there was one."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.add_column("versions", sa.Column("reader", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Take it back."""
    op.drop_column("versions", "reader")
