"""Who covers for somebody who is away, and whether they have said that they will."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it; nobody covers for an absence that was noted before."""
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cover", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("accepted", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_foreign_key(batch_op.f("fk_absences_cover"), "people", ["cover"], ["id"])
        batch_op.create_index(batch_op.f("ix_absences_cover"), ["cover"], unique=False)


def downgrade() -> None:
    """Not taken back: restore the backup instead."""
    raise NotImplementedError
