"""The people of an agency, as a dispute's page asks for them, however many others there are."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply it."""
    op.create_index("ix_people_agency", "people", ["agency"])


def downgrade() -> None:
    """Not taken back: restore the backup instead."""
    raise NotImplementedError
