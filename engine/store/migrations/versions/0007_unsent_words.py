"""What was typed and not sent is a person's and a side's, in a table of its own; what there was goes to its writer."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OFFICE = {"business_manager", "co_chair", "chair"}


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "drafts",
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ref"], ["disputes.ref"], name=op.f("fk_drafts_ref_disputes")),
        sa.PrimaryKeyConstraint("ref", "key", "person", "side", name=op.f("pk_drafts")),
    )
    move(op.get_bind())
    op.execute("UPDATE tasks SET draft = NULL, draft_by = NULL")  # PostgreSQL keeps the bytes of a dropped column
    for column in ("draft", "draft_by"):  # one by one: in a batch, SQLite would copy the table
        op.drop_column("tasks", column)


def move(connection: sa.Connection) -> None:
    """Give each draft to whoever wrote it last, on the side on which they stood; where none is known, to nobody."""
    tasks = sa.table("tasks", *map(sa.column, ("ref", "key", "draft", "draft_by")))
    drafts = sa.table("drafts", *map(sa.column, ("ref", "key", "person", "side", "draft")))
    for row in connection.execute(sa.select(tasks).where(tasks.c.draft.is_not(None))).all():
        side = side_of(connection, row.ref, row.draft_by)
        own = {"ref": row.ref, "key": row.key, "person": row.draft_by or "", "side": side, "draft": row.draft}
        connection.execute(sa.insert(drafts).values(**own))


def side_of(connection: sa.Connection, ref: str, person: str | None) -> str:
    """The side on which somebody last acted in the dispute, else the one of their agency today; empty for none."""
    disputes = sa.table("disputes", *map(sa.column, ("ref", "raising_agency", "receiving_agency")))
    people = sa.table("people", *map(sa.column, ("id", "agency", "roles")))
    entries = sa.table("entries", *map(sa.column, ("ref", "seq", "actor")))
    dispute = connection.execute(sa.select(disputes).where(disputes.c.ref == ref)).one()
    found = connection.execute(sa.select(people).where(people.c.id == person)).one_or_none()
    actors = connection.execute(sa.select(entries.c.actor).where(entries.c.ref == ref).order_by(entries.c.seq.desc()))
    acted = next((a for row in actors if (a := json.loads(row.actor))["id"] == person), None)
    roles: set[Any] = set(json.loads(found.roles)) if found else set()
    if roles & OFFICE or (acted and acted["role"] in OFFICE):
        return "partnership"
    agency = acted["agency"] if acted else found.agency if found else None
    return {dispute.raising_agency: "raising", dispute.receiving_agency: "receiving"}.get(agency, "") if agency else ""


def downgrade() -> None:
    """Not taken back: two people's words do not fit in one column. Restore the backup instead."""
    raise NotImplementedError
