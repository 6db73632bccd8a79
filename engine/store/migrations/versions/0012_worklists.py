"""What is open, as somebody's day asks for it; whoever opens the database fills it from the disputes that run."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PLACE = ("partnership", "agency", "apart", "version", "tier", "role", "staged")
RUNNING = ("partnership", "closed_at", "raised_at", "ref", "raising_agency", "receiving_agency")


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "worklist",
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("agency", sa.String(length=100), nullable=False),
        sa.Column("partnership", sa.String(length=100), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("tier", sa.String(length=100), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("staged", sa.Boolean(), nullable=False),
        sa.Column("apart", sa.Boolean(), nullable=False),
        sa.Column("stands_in", sa.String(length=20), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("overdue", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ref"], ["disputes.ref"], name=op.f("fk_worklist_ref")),
        sa.PrimaryKeyConstraint("ref", "key", "agency", name=op.f("pk_worklist")),
    )
    op.create_index("ix_worklist_places", "worklist", list(PLACE))
    op.create_index("ix_worklist_apart", "worklist", ["partnership", "apart", "agency"])
    op.create_index("ix_worklist_late", "worklist", ["partnership", "stands_in", "overdue", "apart"])
    op.create_index("ix_disputes_running", "disputes", list(RUNNING))


def downgrade() -> None:
    """Not taken back: restore the backup instead."""
    raise NotImplementedError
